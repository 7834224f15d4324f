"""Find every English time expression in a text.

A scanner, not a set of regular expressions: at each word that can begin an expression the readers below look at a
bounded number of tokens, so that the time is linear in the text whatever it holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from marchland.dates import clock as clocks
from marchland.dates.points import read_dated, read_day_number, read_point
from marchland.dates.relative import read_count, read_deictic, read_relative, read_the_unit, read_unit_word, skip_about
from marchland.dates.tokens import Line, tokenize
from marchland.dates.values import (
    Anchored,
    Away,
    Between,
    Bound,
    Clock,
    DateExpression,
    DayPart,
    Deictic,
    NoDay,
    Point,
    Unit,
    Value,
)
from marchland.dates.words import TimeWords, load_words

BOUNDS = ("since", "until", "by", "before", "after")
IN_PERIOD = ("in", "on", "of", "during")
DASHES = ("-", "–", "—")


@dataclass(frozen=True, slots=True)
class Moment:
    """What was read at one position: the value, the hours, and the position after it."""

    value: Value
    clock: Clock | None
    after: int


def find_dates(text: str, *, words: TimeWords | None = None) -> tuple[DateExpression, ...]:
    """All time expressions of a text, in order, none overlapping another, the longest taken first at each word."""
    line = tokenize(text, words or load_words())
    found, i = [], 0
    while i < len(line.low):
        hit = read_expression(line, i) if line.promising[i] else None
        if hit:
            start, end = line.spans[i][0], line.spans[hit.after - 1][1]
            found.append(DateExpression(start, end, text[start:end], hit.value, hit.clock))
        i = hit.after if hit else i + 1
    return tuple(found)


def read_expression(line: Line, i: int) -> Moment | None:
    """The expression that begins at token `i`, with its preposition."""
    side = next((side for side in BOUNDS if line.isin(i, side)), "")
    if side:
        hit = read_moment(line, line.skip(skip_about(line, i + 1), "on", "in"), side)
        bounded = (
            hit and not isinstance(hit.value, NoDay | Away) and not (side == "after" and isinstance(hit.value, DayPart))
        )
        return replace(hit, value=Bound(side, hit.value)) if hit and bounded else _by_now(line, i)
    ranged = read_range(line, i)
    if ranged:
        return ranged
    if line.isin(i, "on") or line.at(i) in ("for", "within", "inside", "from", "since"):
        led = line.at(i)
        straight = read_moment(line, i + 1, led)
        led_to = straight or read_moment(line, skip_about(line, i + 1), led)
        return led_to if led_to and not isinstance(led_to.value, NoDay) else _plain(line, i)
    return _plain(line, i)


def _plain(line: Line, i: int) -> Moment | None:
    return read_moment(line, i, "")


def _by_now(line: Line, i: int) -> Moment | None:
    """Phrases that begin with a bound's word and are none: "by now"."""
    deictic = read_deictic(line, i)
    return Moment(deictic[0], deictic[1], deictic[2]) if deictic else None


# -------------------------------------------------------------------------------------------------------------- ranges


def read_range(line: Line, i: int) -> Moment | None:
    """ "from Aug. 6 to Aug. 8", "between 3 and 5 July", "Saturday to Monday", "July 3-5"."""
    led = line.at(i) in ("from", "between") or line.isin(i, "on")
    j = i + 1 if led else i
    first = _range_start(line, j, line.at(i) if led else "")
    if not first or not _joins(line, first, line.at(i)):
        return None
    last = _range_end(line, first)
    if last and line.at(first.after) == "and" and line.at(i) != "between" and not _one_month(first.value, last.value):
        return None
    return Moment(Between(*_share(first.value, last.value)), None, last.after) if last else None


def _one_month(first: Value, last: Value) -> bool:
    """Whether two days share one month's name, so that "and" joins them: "7 and 8 July", "July 7 and 8"."""
    points = isinstance(first, Point) and isinstance(last, Point)
    return points and (first.month is None or last.month is None)  # type: ignore[union-attr]


def _range_start(line: Line, i: int, led: str) -> Moment | None:
    """A calendar point or, before a dash or "and", a bare day number ("3-5 July")."""
    hit = read_point(line, i, led)
    if hit or (stretch := _stretched(line, i, led)):
        return Moment(hit[0], None, hit[1]) if hit else stretch
    deictic = read_deictic(line, i)
    if deictic and led in ("from", "between"):
        return Moment(deictic[0], deictic[1], deictic[2])
    day = read_day_number(line, line.skip(i, "the"))
    if not day or line.at(day[1] - 1) in line.words.ordinals:
        return None
    return Moment(Point(day=day[0]), None, day[1])


def _joins(line: Line, first: Moment, led: str) -> bool:
    word = line.at(first.after)
    if word == "and":
        return led == "between" or (isinstance(first.value, Point) and first.value.day is not None)
    return line.isin(first.after, "to") and (word != "until" or led == "from")


def _range_end(line: Line, first: Moment) -> Moment | None:
    """The second end; a bare number is a day only after a day ("July 3-5")."""
    i = first.after + 1
    point = first.value
    hit = read_point(line, i, "to")
    stretch = None if hit else _stretched(line, i, "to")
    if stretch and isinstance(stretch.value, Point):
        hit = stretch.value, stretch.after
    if hit and _same_kind(point, hit[0]):
        return Moment(hit[0], None, hit[1])
    deictic = read_deictic(line, i)
    if deictic and line.at(first.after) != "and":
        return Moment(deictic[0], deictic[1], deictic[2])
    day = read_day_number(line, line.skip(i, "the"))
    if not day or not isinstance(point, Point) or point.day is None or point.month is None:
        return None
    follows = point.day < day[0] and (line.at(first.after) != "and" or day[0] == point.day + 1)
    return Moment(Point(day=day[0], year=None), None, day[1]) if follows and not line.at(day[1]).isalpha() else None


def _same_kind(first: Value, second: Point) -> bool:
    """Whether two ends can make one range: both days, both weekdays, both months, both years."""
    if not isinstance(first, Point):
        return isinstance(first, Deictic)
    if first.day is not None and second.day is not None:
        return True
    if first.weekday is not None or second.weekday is not None:
        return first.weekday is not None and second.weekday is not None
    if first.day is not None or second.day is not None:
        return False
    return (first.month is None) == (second.month is None) and first.season == second.season


def _share(first: Value, last: Value) -> tuple[Value, Value]:
    """Month and year that only one end names belong to both."""
    if isinstance(first, Point) and isinstance(last, Point):
        month = last.month if first.month is None and first.day is not None else first.month
        later_month = first.month if last.month is None and last.day is not None else last.month
        year = last.year if first.year is None else first.year
        first = replace(first, month=month, year=year)
        last = replace(last, month=later_month, year=last.year or (first.year if first.weekday is None else None))
    return first, last


# ------------------------------------------------------------------------------------------------------------- moments


def read_moment(line: Line, i: int, led: str) -> Moment | None:
    """One moment: a day or period with its hours before or after it, or hours alone."""
    readers = (_edged_day, _stretched, _clock_led, _day, _hours_alone)
    found = [hit for reader in readers if (hit := reader(line, i, led))]
    return max(found, key=lambda hit: hit.after, default=None)


def _day(line: Line, i: int, led: str) -> Moment | None:
    """A day or period, then whatever hours or dates complete it."""
    hit = _bare_day(line, i, led)
    if not hit:
        return None
    hit = _completed(line, hit)
    return _with_hours(line, hit) if _takes_hours(hit.value) else hit


def _bare_day(line: Line, i: int, led: str) -> Moment | None:
    deictic = read_deictic(line, i if line.at(i) != "the" else i + 1)
    point, relative = read_point(line, i, led), read_relative(line, i, led)
    found = [Moment(*deictic)] if deictic else []
    found += [Moment(point[0], None, point[1])] if point else []
    found += [_day_part_of(line, relative[0], relative[1])] if relative else []
    return max(found, key=lambda hit: hit.after, default=None)


def _day_part_of(line: Line, value: Value, after: int) -> Moment:
    """ "the next morning" is a part of the next day; a night runs on to the morning."""
    part = line.words.parts.get(value.unit) if isinstance(value, Anchored) else None
    if not part or not isinstance(value, Anchored):
        return Moment(value, None, after)
    hours = replace(part, end=clocks.NIGHT_END) if value.unit == "night" else part
    return Moment(replace(value, unit="day"), hours, after)


def _completed(line: Line, hit: Moment) -> Moment:
    """ "today, Wednesday, September 23": the date says it all; "yesterday (Friday)" adds nothing."""
    if isinstance(hit.value, Away) and hit.value.base == "anchor":
        day = read_point(line, line.skip(hit.after, "on"), "on")
        sharper = day and (day[0].weekday is not None or day[0].day is not None)
        return Moment(day[0], None, day[1]) if day and sharper else hit
    if not isinstance(hit.value, Deictic) or line.at(hit.after) not in (",", "("):
        return hit
    point = read_point(line, hit.after + 1, "")
    if not point or (point[0].weekday is None and point[0].day is None):
        return hit
    closed = line.skip(point[1], ")") if line.at(hit.after) == "(" else point[1]
    return Moment(point[0], hit.clock, closed) if point[0].day is not None else replace(hit, after=closed)


def _takes_hours(value: Value) -> bool:
    if isinstance(value, Point):
        return value.day is not None or value.weekday is not None
    return isinstance(value, Deictic) and not value.approximate


def _with_hours(line: Line, hit: Moment) -> Moment:
    """Hours that follow a day: "Monday morning", "Friday night at about 10 p.m.", "July 8, early in the morning"."""
    for led in ("", "at", "in"):
        j = hit.after if not led else hit.after + 1
        if led and line.at(hit.after) != led:
            continue
        found = clocks.read_clock(line, j, "day")
        if found and not (led == "in" and line.at(j) != "the"):
            exact = found[0].end - found[0].start <= 1 or hit.clock is None
            hit = Moment(hit.value, found[0] if exact else hit.clock, found[1])
    dated = read_dated(line, hit.after) if isinstance(hit.value, Point) and hit.value.day is None else None
    return replace(hit, value=replace(dated[0], weekday=hit.value.weekday), after=dated[1]) if dated else hit  # type: ignore[union-attr]


def _edged_day(line: Line, i: int, led: str) -> Moment | None:
    """ "late on Saturday", "early Thursday", "earlier today", "late last night"."""
    edge = line.at(i)
    if edge not in ("early", "late", "earlier", "later"):
        return None
    hit = _day(line, line.skip(i + 1, "on"), "on")
    if not hit or not _takes_hours(hit.value) or (isinstance(hit.value, Point) and hit.value.season):
        return None
    hours = {"early": clocks.EARLY_DAY, "late": clocks.LATE_DAY}.get(edge)
    if hit.clock:
        hours = (
            clocks.part_of(hit.clock, edge)
            if edge in ("early", "late") and hit.clock.end - hit.clock.start > 1
            else hit.clock
        )
    return replace(hit, clock=hours)


def _stretched(line: Line, i: int, led: str) -> Moment | None:
    """ "late June", "the end of July", "earlier in August", "the first week of May", "early last month"."""
    read = _stretch_word(line, i) or _counted_stretch(line, i)
    if not read:
        return None
    stretch, j = read
    point = read_point(line, j, "of")
    if point and point[0].day is None and point[0].weekday is None:
        return Moment(replace(point[0], stretch=stretch), None, point[1])
    unit = read_relative(line, j, "of") if line.at(j) != "the" else None
    unit = unit if unit and isinstance(unit[0], Unit) else read_the_unit(line, j)
    return Moment(replace(unit[0], stretch=stretch), None, unit[1]) if unit and isinstance(unit[0], Unit) else None


def _stretch_word(line: Line, i: int) -> tuple[str, int] | None:
    if line.at(i) in ("earlier", "later"):
        stretch = "so far" if line.at(i) == "earlier" else "rest"
        return stretch, line.skip(i + 1, "in", "on", "during")
    j = line.skip(i, "the", "very")
    stretch = line.words.stretches.get(line.at(j), "")
    if stretch in ("early", "late", "mid"):
        return stretch, line.skip(j + 1, "-", "in", "of")
    return (stretch, j + 2) if stretch and line.at(j + 1) == "of" else None


def _counted_stretch(line: Line, i: int) -> tuple[str, int] | None:
    """ "the first week of", "the last days of", "the first half of", "the last three days of"."""
    j = line.skip(i, "the")
    number = (
        -1
        if line.at(j) in ("last", "final", "closing")
        else line.words.ordinals.get(line.at(j), 1 if line.at(j) == "opening" else 0)
    )
    if not number or j == i:
        return None
    if line.match(j + 1, "half", "of"):
        return f"half {number}", j + 3
    count = read_count(line, j + 1)
    j = count[2] if count else j + 1
    unit = read_unit_word(line, j)
    if unit not in ("day", "week", "month") or line.at(j + 1) != "of":
        return None
    plural = line.at(j) != unit
    size = count[1] if count else 5 if plural and unit == "day" else 1
    return f"{unit} {number} {size}", j + 2


def _clock_led(line: Line, i: int, led: str) -> Moment | None:
    """ "8 a.m. on Friday", "midnight on Thursday", "the night of July 8", "eight last night", "dawn Friday"."""
    part = clocks.read_clock(line, i, led or "at")
    if part:
        follows = line.isin(part[1], "on") or line.at(part[1]) in ("of", ",")
        hit = _day(line, part[1] + follows, "on")
        if hit and _takes_hours(hit.value):
            sharper = hit.clock is None or part[0].end - part[0].start <= 1
            return replace(hit, clock=part[0] if sharper else hit.clock)
    return _bare_hour_led(line, i, led)


def _bare_hour_led(line: Line, i: int, led: str) -> Moment | None:
    """ "at around eight last night", "at six in the morning", "at 8 on Friday evening"."""
    hour = clocks.read_hour(line, i) or _unmarked_hour(line, i, led)
    if not hour:
        return None
    day = _day(line, line.skip(hour[1], "on", ","), "on")
    if day and _takes_hours(day.value):
        return replace(day, clock=clocks.at_hour(hour[0], day.clock))
    part = clocks.read_clock(line, hour[1] + 1, "in") if line.at(hour[1]) in ("in", "at") else None
    if not part:
        return None
    then = _day(line, line.skip(part[1], "on", "of", ","), "on")
    value, after = (then.value, then.after) if then and _takes_hours(then.value) else (DayPart(), part[1])
    return Moment(value, clocks.at_hour(hour[0], part[0]), after)


def _unmarked_hour(line: Line, i: int, led: str) -> tuple[clocks.Hour, int] | None:
    hit = (
        clocks.read_bare_hour(line, skip_about(line, i))
        if led in ("at", "around", "about", "by", "until", "since")
        else None
    )
    return (clocks.Hour(hit[0], 0, ""), hit[1]) if hit else None


def _hours_alone(line: Line, i: int, led: str) -> Moment | None:
    """ "at night", "in the morning", "at about 10 p.m.", without a day."""
    hit = clocks.read_clock(line, i, led)
    if not hit:
        return None
    a_part = hit[0].name.split()[-1] in line.words.parts
    by_day = a_part and hit[0].end <= clocks.EVENING
    return Moment(DayPart(by_day), hit[0], hit[1]) if not a_part or led else None
