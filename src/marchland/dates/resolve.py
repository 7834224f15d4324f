"""A time expression and the day of publication, to a half-open interval or a refusal with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from marchland.dates.calendar import Days, calendar_unit, edtf, plus, plus_months, stretch_of
from marchland.dates.pointed import told_point
from marchland.dates.told import Context, Refused, Told
from marchland.dates.values import (
    Anchored,
    Around,
    Away,
    Between,
    Bound,
    Clock,
    DateExpression,
    DayPart,
    Deictic,
    Lasting,
    NoDay,
    Offset,
    Point,
    SameTime,
    Unit,
    Value,
)
from marchland.dates.zones import on_clock
from marchland.records import Interval

NO_DAY = "relative to publication, whose day is not known"
NO_ANCHOR = "relative to another event, which is not known"
PAST = ("past", "perfect")
EXACT_DAYS = 13
"""More days than this "ago" are taken as a round number."""
COUNTABLE_YEARS = range(1000, 9000)


def resolve(
    expression: DateExpression,
    published: Interval | None,
    *,
    tense: str = "",
    anchor: Interval | None = None,
    backwards: bool = False,
    zone: str = "",
) -> tuple[Interval | None, str, str]:
    """When the words mean: interval, EDTF text, and the rule that fired; or None, "", and why they cannot be told.

    `tense` is that of the verb the words belong to: past, perfect, present, future, or "". `anchor` is when another
    event took place, for "a day later" and the like; with `backwards` the anchor is the later of the two events ("X,
    hours after Y": X is known, Y is asked for). `zone` is the IANA name of the zone of the place or dateline: hours
    that the words give on another clock ("0800 GMT") are moved to it; without it they stay as written, and the rule
    names the clock.
    """
    told = _over_publication(expression, published, tense, anchor, backwards)
    if isinstance(told, Refused):
        return None, "", told.why
    told = _not_after(told, expression.value, published, tense)
    interval = _hours(told, expression.clock)
    written = expression.clock.zone if expression.clock and told.hours else ""
    rule = told.rule
    if written and written != zone:
        rule += f"; {expression.clock.name} by the clock of {written}" if expression.clock else ""
        interval = on_clock(interval, written, zone) if zone else interval
        rule += f", moved to that of {zone}" if zone else ""
    return interval, edtf(interval, approximate=told.approximate, zone="" if zone else written), rule


def _over_publication(
    expression: DateExpression, published: Interval | None, tense: str, anchor: Interval | None, backwards: bool
) -> Told | Refused:
    """Told for the first and the last day that publication may have been, and everything between."""
    days = _days(published)
    around = _days(anchor)
    answers = [
        told(expression.value, Context(now, tense, around, -1 if backwards else 1), expression.clock is not None)
        for now in (days or (None,))
    ]
    first, last = answers[0], answers[-1]
    if isinstance(first, Refused) or isinstance(last, Refused):
        return first if isinstance(first, Refused) else last
    widened = first.first and last.first and (first.first, first.last) != (last.first, last.last)
    rule = f"{last.rule}, over the days it may have been published" if widened else last.rule
    return replace(last, first=first.first, rule=rule)


def _days(interval: Interval | None) -> Days | None:
    """First and last day, or None when an end is open or too near an end of the calendar to count from."""
    if interval is None or interval.first_day is None or interval.last_day is None:
        return None
    days = interval.first_day, interval.last_day
    return days if all(day.year in COUNTABLE_YEARS for day in days) else None


def _not_after(answer: Told, value: Value, published: Interval | None, tense: str) -> Told:
    """What is told in the past lies not after publication."""
    end = published.last_day if published else None
    cut = tense in PAST and end and answer.last and answer.first and answer.first <= end < answer.last
    if not cut or isinstance(value, Bound):
        return answer
    return replace(answer, last=end, rule=f"{answer.rule}, not after publication")


def _hours(answer: Told, clock: Clock | None) -> Interval:
    """The days as an interval, narrowed to the hours that the words name."""
    whole = Interval.of_days(answer.first, answer.last) if answer.last else Interval(_midnight(answer.first), None)
    if not clock or not answer.hours:
        return whole
    if answer.hours == "before":
        return Interval(whole.start, _at(answer.first, clock.start)) if clock.start else whole
    start = _at(answer.first, clock.start) if answer.hours != "end" else whole.start
    end = _at(answer.last, max(clock.end, 24)) if answer.hours == "after" else _at(answer.last, clock.end)
    return Interval(start, whole.end if answer.hours == "start" else end)


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time()) if day else None


def _at(day: dt.date | None, hours: float) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=round(hours * 60)) if day else None


def told(value: Value, context: Context, hours: bool = False) -> Told | Refused:
    """The days that a value means in a context, beside hours or not: one function for each kind of value."""
    match value:
        case Point():
            return told_point(value, context)
        case Deictic():
            return _deictic(value, context)
        case Unit():
            return _unit(value, context)
        case Away():
            return _away(value, context)
        case Lasting():
            return _lasting(value, context)
        case Anchored():
            return _anchored(value, context)
        case SameTime():
            return _same_time(value, context)
        case Offset():
            return _offset(value, context)
        case Around():
            return _around(value, context)
        case Bound():
            return _bound(value, context, hours)
        case Between():
            return _between(value, context)
        case DayPart():
            return _day_part(value, context)
        case NoDay(why):
            return Refused(why)


def _deictic(value: Deictic, context: Context) -> Told | Refused:
    if not context.now:
        return Refused(NO_DAY)
    rule = f"{value.name}: counted from publication"
    return Told(plus(context.now, value.first), plus(context.now, value.last), rule, value.approximate)


def _unit(value: Unit, context: Context) -> Told | Refused:
    now = context.now
    if not now:
        return Refused(NO_DAY)
    shift = value.shift
    if value.unit == "weekend" and now.weekday() < 5 and context.tense != "future":
        shift = {0: -1, 1: 0}.get(shift, shift)
    whole = calendar_unit(value.unit, now, shift)
    name = {-2: "before last", -1: "last", 0: "this", 1: "next"}[value.shift]
    if value.stretch == "so far" and value.unit == "week" and value.shift == 0:
        return Told(whole[0], max(whole[0], plus(now, -1)), "earlier this week: Monday to the day before publication")
    days = stretch_of(whole, value.stretch, now)
    return Told(*days, " ".join(f"{value.stretch} {name} {value.unit}: of the calendar".split()))


def _away(value: Away, context: Context) -> Told | Refused:
    if value.base == "published":
        if not context.now:
            return Refused(NO_DAY)
        first, last = distance((context.now, context.now), value, value.sign)
        return Told(first, last, f"{value.unit}s {'ago' if value.sign < 0 else 'from now'}", value.unit != "day")
    if not context.anchor:
        return _hours_earlier(value, context)
    sign = value.sign * context.direction
    first, last = distance(context.anchor, value, sign)
    late = context.now if context.tense != "future" and sign > 0 else None
    last = min(last, late) if late and first <= late else last
    if sign > 0:
        first = max(first, min(last, context.anchor[0]))
    else:
        last = min(last, max(first, context.anchor[1]))
    return Told(first, last, f"{value.unit}s {'after' if sign > 0 else 'before'} another event", True)


def _hours_earlier(value: Away, context: Context) -> Told | Refused:
    """ "hours earlier" without the later event: the news itself is the later event. Longer spans are refused."""
    if value.sign > 0 or value.unit not in ("minute", "hour") or not context.now:
        return Refused(NO_ANCHOR)
    first, last = distance((context.now, context.now), value, -1)
    return Told(first, last, f"{value.unit}s before: no other event is known, so counted from publication", True)


def _same_time(value: SameTime, context: Context) -> Told | Refused:
    """The day, week, month or year that lies so far back, counted in calendar units."""
    if not context.now:
        return Refused(NO_DAY)
    away, sizes = value.away, {"month": 1, "quarter": 3, "year": 12, "decade": 120}
    if away.unit in sizes:
        then = plus_months(context.now, away.sign * away.low * sizes[away.unit])
    else:
        then = plus(context.now, away.sign * away.low * {"week": 7, "fortnight": 14}.get(away.unit, 1))
    amount = f"{away.low} {away.unit}{'s' if away.low > 1 else ''}"
    return Told(*calendar_unit(value.unit, then, 0), f"the {value.unit} {amount} before publication")


def _offset(value: Offset, context: Context) -> Told | Refused:
    """So far from a day that the words name."""
    base = told(value.of, context)
    if isinstance(base, Refused) or not base.first or not base.last:
        return base
    slack = value.away.low != value.away.high or value.away.unit not in ("day", "night", "week", "fortnight")
    if slack:
        days = distance((base.first, base.last), value.away, value.away.sign)
    else:
        size = {"week": 7, "fortnight": 14}.get(value.away.unit, 1) * value.away.low * value.away.sign
        end = base.last if size > 0 else base.first
        days = (
            (plus(end, size), plus(end, size))
            if not base.approximate
            else (plus(base.first, size), plus(base.last, size))
        )
    side = "after" if value.away.sign > 0 else "before"
    return Told(*days, f"{value.away.unit}s {side} a day that is named: {base.rule}", slack or base.approximate)


def _around(value: Around, context: Context) -> Told | Refused:
    """The calendar week (or month) that holds a day, or the one that begins or ends with it."""
    day = told(value.of, context)
    if isinstance(day, Refused) or not day.first or not day.last:
        return day
    if value.side == "of":
        return Told(*calendar_unit(value.unit, day.first, 0), f"the {value.unit} that holds a day: {day.rule}")
    months = {"month": 1, "year": 12}.get(value.unit)
    if value.side == "from":
        end = plus_months(day.first, months) if months else plus(day.first, 7)
        return Told(day.first, plus(end, -1), f"the {value.unit} from a day on: {day.rule}")
    start = plus_months(day.last, -months) if months else plus(day.last, -7)
    return Told(plus(start, 1), day.last, f"the {value.unit} up to a day: {day.rule}")


def distance(base: Days, value: Away, sign: int) -> Days:
    """The days at some distance from a base, with the slack that such words have."""
    near, far = _steps(base[0], value, sign), _steps(base[1], value, sign)
    return min(*near, *far), max(*near, *far)


def _steps(day: dt.date, value: Away, sign: int) -> Days:
    low, high, slack = value.low, value.high, 0
    if value.unit in ("minute", "hour"):
        hours = 24 if value.unit == "hour" else 1440
        return _ordered(plus(day, sign * (low // hours)), plus(day, sign * -(-high // hours)))
    if value.unit in ("week", "fortnight"):
        size = 14 if value.unit == "fortnight" else 7
        low, high, slack = low * size, high * size, max(3, high + 1) if low == high else 3
    elif value.unit in ("month", "quarter", "year", "decade"):
        size = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[value.unit]
        slack = 15 if value.unit == "month" else 91 if value.high == 1 and value.unit == "year" else 183
        ends = _ordered(plus_months(day, sign * low * size), plus_months(day, sign * high * size))
        return plus(ends[0], -slack), plus(ends[1], slack)
    elif high > EXACT_DAYS and low == high:
        slack = round(high / 10)
    ends = _ordered(plus(day, sign * low), plus(day, sign * high))
    return plus(ends[0], -slack), plus(ends[1], slack)


def _ordered(a: dt.date, b: dt.date) -> Days:
    return (a, b) if a <= b else (b, a)


def _lasting(value: Lasting, context: Context) -> Told | Refused:
    if not context.now:
        return Refused(NO_DAY)
    ahead = value.sense == "coming" or (value.sense != "past" and context.tense == "future")
    other = _span_end(context.now, value, 1 if ahead else -1)
    rule = f"{value.sense} {value.unit}s: a span that {'begins' if ahead else 'ends'} at publication"
    return Told(*_ordered(context.now, other), rule)


def _span_end(day: dt.date, value: Lasting, sign: int) -> dt.date:
    if value.unit in ("month", "quarter", "year", "decade"):
        return plus_months(day, sign * value.high * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[value.unit])
    hours = {"minute": 1 / 60, "hour": 1.0}.get(value.unit)
    if hours:
        return plus(day, sign * -int(-value.high * hours // 24))
    days = value.high * {"week": 7, "fortnight": 14}.get(value.unit, 1)
    inclusive = value.sense == "in" and sign < 0 and value.unit == "day" and days > 1 and value.low == value.high
    return plus(day, sign * (days - inclusive))


def _anchored(value: Anchored, context: Context) -> Told | Refused:
    if context.anchor:
        shift = value.shift * context.direction
        first = calendar_unit(value.unit, context.anchor[0], shift)
        last = calendar_unit(value.unit, context.anchor[1], shift)
        return Told(first[0], last[1], f"the {value.unit} counted from another event")
    if value.of:
        return Refused(f'counted from "{value.of}", another event, whose day is not known')
    if value.shift >= 0:
        return Refused(NO_ANCHOR)
    if not context.now:
        return Refused(NO_DAY)
    days = calendar_unit(value.unit, context.now, value.shift)
    return Told(*days, f"the {value.unit} before: no other event is known, so counted from publication", True)


def _bound(value: Bound, context: Context, hours: bool) -> Told | Refused:
    """One end from the words, the other open or at publication."""
    ahead = value.side in ("until", "by") or (value.side == "before" and not hours)
    near = ahead and context.tense in ("", "none", "present")
    tense = "past" if value.side == "since" else context.tense
    inner = told(value.of, replace(context, near=near, tense=tense))
    if isinstance(inner, Refused):
        return inner
    if value.side in ("before", "after") and hours and inner.first == inner.last:
        return replace(inner, rule=f"{value.side} an hour of that day: {inner.rule}", hours=value.side)
    if value.side in ("since", "after"):
        start = inner.first if value.side == "since" else plus(inner.last, 1) if inner.last else None
        if value.within and start:
            return Told(start, plus(start, value.within - 1), f"shortly after: {inner.rule}", True, "")
        end = context.now if context.now and start and start <= context.now else None
        return Told(start, end, f"{value.side}: {inner.rule}", inner.approximate, "start")
    if value.side == "by" and hours and inner.first == inner.last:
        return replace(inner, rule=f"by an hour of that day: {inner.rule}", hours="end")
    end = plus(inner.first, -1) if value.side == "before" and inner.first else inner.last
    if value.within and end:
        return Told(plus(end, 1 - value.within), end, f"shortly before: {inner.rule}", True, "")
    return Told(None, end, f"{value.side}: {inner.rule}", inner.approximate, "end" if value.side != "before" else "")


def _between(value: Between, context: Context) -> Told | Refused:
    """Both ends; an end that names no year or week is told from the other."""
    first: Told | Refused
    last: Told | Refused
    if context.tense == "future":
        first = told(value.first, context)
        last = told(value.last, replace(context, now=first.first) if isinstance(first, Told) else context)
    else:
        last = told(value.last, context)
        relative = isinstance(value.first, Point) and isinstance(last, Told)
        first = told(value.first, replace(context, now=last.last) if relative and isinstance(last, Told) else context)
    if isinstance(first, Refused) or isinstance(last, Refused):
        return first if isinstance(first, Refused) else last
    if first.first and last.last and first.first > last.last:
        return Refused("the range ends before it begins")
    return Told(first.first, last.last, f"range: {first.rule}, to {last.rule}", first.approximate or last.approximate)


def _day_part(value: DayPart, context: Context) -> Told | Refused:
    if context.anchor:
        return Told(*context.anchor, "hours on the day of another event")
    if not context.now:
        return Refused(NO_DAY)
    if value.by_day:
        return Told(context.now, context.now, "a part of the day of publication, as no other is named", True)
    ahead = context.tense == "future"
    days = (context.now, plus(context.now, 1)) if ahead else (plus(context.now, -1), context.now)
    return Told(*days, "hours without a day: publication or the day beside it", True)
