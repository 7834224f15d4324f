"""Calendar points, partial or full, to days: the year, month or week they leave out is told from publication."""

from __future__ import annotations

import datetime as dt
from calendar import day_name, month_name, monthrange
from collections.abc import Callable
from dataclasses import replace

from marchland.dates.calendar import (
    WEEK,
    Days,
    calendar_unit,
    month_days,
    months_days,
    plus,
    stretch_name,
    stretch_of,
    weekday_after,
    weekday_before,
)
from marchland.dates.feasts import feast_spans, hijri_spans, slack_of
from marchland.dates.hijri import LUNAR
from marchland.dates.told import Context, Refused, Told
from marchland.dates.values import Point

AHEAD = 45
"""A month, or day and month, that begins at most so many days after publication is that one, not the one most of a year
before, unless the tense is past. In `bench/dates.py` this lifts value F1 from 0.789 (with 1 day) to 0.818."""
PAST = ("past", "perfect")
NO_SUCH = "no such day within two years of publication"
CYCLE = 6
"""Years before publication within which weekday, day and month agree at least once, but for 29 February."""
FRESH = 31
"""A date at most so many days before publication holds against a weekday that contradicts it."""
MONTHS_SEARCHED = 48
LAST_YEAR = 9998


def told_point(point: Point, context: Context) -> Told | Refused:
    """The days of a calendar point, or why there are none."""
    impossible = _impossible(point)
    if impossible:
        return Refused(impossible)
    answer = _told(point, context)
    if isinstance(answer, Refused):
        return answer
    if point.stretch and answer.first and answer.last:
        days = stretch_of((answer.first, answer.last), point.stretch, context.now)
        answer = Told(*days, f"{stretch_name(point.stretch)}, {answer.rule}")
    return _checked(point, _moonlit(point, answer))


def _moonlit(point: Point, answer: Told) -> Told:
    """A lunar date with the day before and after, which the moon may make of it."""
    slack = slack_of(point)
    if not slack or not answer.first or not answer.last:
        return answer
    rule = f"{answer.rule}; by the Umm al-Qura tables, a day earlier or later by the moon"
    return replace(answer, first=plus(answer.first, -slack), last=plus(answer.last, slack), rule=rule, approximate=True)


def _impossible(point: Point) -> str:
    """Why no calendar has such a day, or ""."""
    if point.problem:
        return point.problem
    if point.calendar:
        return _impossible_hijri(point)
    if point.year is not None and not 1 <= point.year <= LAST_YEAR:
        return f"there is no year {point.year}" if point.year < 1 else f"the year {point.year} cannot be counted"
    if point.month is not None and not 1 <= point.month <= 12:
        return f"there is no month {point.month}"
    longest = 31
    if point.month is not None:
        longest = monthrange(point.year if point.year else 2000, point.month)[1]
    if point.day is not None and not 1 <= point.day <= longest:
        return f"{month_name[point.month]} has no day {point.day}" if point.month else f"no month has a day {point.day}"
    return ""


def _impossible_hijri(point: Point) -> str:
    longest = 30 if point.calendar == LUNAR or (point.month or 1) > 6 else 31
    if point.day is not None and not 1 <= point.day <= longest:
        return f"month {point.month} of the {point.calendar}-hijri year has no day {point.day}"
    return ""


def _checked(point: Point, answer: Told) -> Told:
    """Say so when the weekday in the words is not the weekday of the date: the date wins."""
    wrong = point.weekday is not None and point.day is not None and answer.first and answer.first == answer.last
    if not wrong or not answer.first or answer.first.weekday() == point.weekday or point.weekday is None:
        return answer
    said, real = day_name[point.weekday], day_name[answer.first.weekday()]
    return replace(answer, rule=f"{answer.rule}; weekday and date disagree ({said} said, {real} by the calendar)")


def _told(point: Point, context: Context) -> Told | Refused:
    if point.feast:
        return _recurring(point, context, point.feast.name.replace(" s ", "'s "))
    if point.calendar:
        return _recurring(point, context, f"{point.calendar}-hijri date")
    if point.month is not None and point.day is not None:
        return _day_of_year(point, context)
    if point.month is not None:
        return _of_year(point, context, "month", lambda year: month_days(year, point.month or 1))
    if point.season is not None:
        first, last = point.season
        return _of_year(point, context, "season", lambda year: months_days(year, first, last))
    if point.day is not None:
        return _day_of_month(point, context)
    if point.weekday is not None:
        return _weekday(point, context)
    year = point.year or 1
    name = {1: "year", 2: "a season or budget year over two years", 10: "decade", 100: "century"}[point.years]
    if point.fiscal:
        name = "fiscal year, taken for the calendar year (its first day differs by country)"
    return Told(*months_days(year, 1, 12 * point.years), name, point.fiscal)


def _recurring(point: Point, context: Context, name: str) -> Told | Refused:
    """A holiday or hijri date: in the year named, or the one meant of those around publication."""
    year = _year(point, context) if not point.calendar else point.year
    if not year and not context.now:
        return Refused("no year, and the day of publication is not known")
    centre = year or (context.now.year if context.now else 1)
    first, last = (centre, centre) if year and point.feast else (max(centre - 2, 1), centre + 2)
    spans = feast_spans(point.feast, first, last) if point.feast else hijri_spans(point, first, last)
    if year and point.feast:
        spans = [span for span in spans if span[0].year == year]
    if not spans:
        return Refused(f"{name}: no such day, or outside the years that can be converted")
    if year:
        several = f", the first of {len(spans)} in that year" if len(spans) > 1 else ""
        return Told(*spans[0], f"{name} of {year}{several}")
    return _which(spans, point, context, name)


def _which(spans: list[Days], point: Point, context: Context, name: str) -> Told | Refused:
    """The last one over, the next one to come, or the one that the tense makes likely."""
    now = context.now or spans[0][0]
    if point.which == -1:
        over = [days for days in spans if days[1] < now]
        return Told(*over[-1], f"last {name}: the latest that was over at publication") if over else Refused(NO_SUCH)
    if point.which == 1:
        ahead = [days for days in spans if days[0] > now]
        return Told(*ahead[0], f"next {name}: the first after publication") if ahead else Refused(NO_SUCH)
    if point.which == 0:
        this = [days for days in spans if days[0].year == now.year]
        return Told(*this[-1], f"this {name}: in the year of publication") if this else Refused(NO_SUCH)
    chosen, how = _choose(spans, context, AHEAD)
    return Told(*chosen, f"{name}: {how}")


def _year(point: Point, context: Context) -> int | None:
    if point.year is None and point.year_shift is not None and context.now:
        return context.now.year + point.year_shift
    return point.year


def _day_of_year(point: Point, context: Context) -> Told | Refused:
    """A day and month: in the year named, or the latest such day not after publication."""
    year = _year(point, context)
    month, day = point.month or 1, point.day or 1
    if year:
        if day > monthrange(year, month)[1]:
            return Refused(f"{month_name[month]} {year} has no day {day}")
        return Told(dt.date(year, month, day), dt.date(year, month, day), "full date")
    if not context.now:
        return Refused("no year, and the day of publication is not known")
    years = [context.now.year + shift for shift in range(-8, 9) if 1 <= context.now.year + shift <= 9998]
    days = [dt.date(year, month, day) for year in years if day <= monthrange(year, month)[1]]
    agreed = _agreeing(point, context.now, days)
    if agreed:
        return Told(agreed, agreed, "day and month: the year in which the weekday agrees")
    if point.which is not None:
        return _which([(day, day) for day in days], point, context, "day and month")
    chosen, how = _choose([(day, day) for day in days], context, AHEAD)
    return Told(*chosen, f"day and month: {how}")


def _agreeing(point: Point, now: dt.date, days: list[dt.date]) -> dt.date | None:
    """The day on which weekday, day and month agree: within a year of publication, the earlier of two, else the latest.

    A day of the last weeks that another weekday is said of is no reason to go back some years: the weekday is wrong.
    """
    fitting = [day for day in days if day.weekday() == point.weekday]
    near = [day for day in fitting if abs((day - now).days) <= 366]
    if near or any(0 <= (now - day).days <= FRESH for day in days):
        return near[0] if near else None
    past = [day for day in fitting if day <= now and now.year - day.year <= CYCLE]
    return past[-1] if past else None


def _of_year(point: Point, context: Context, what: str, span: Callable[[int], Days]) -> Told | Refused:
    """A month or season: in the year named, or the latest one that had begun by publication."""
    year = _year(point, context)
    if year:
        return Told(*span(year), f"{what} and year")
    if not context.now:
        return Refused("no year, and the day of publication is not known")
    if point.which == 0:
        return Told(*span(context.now.year), f"this {what}: in the year of publication")
    return _which([span(context.now.year + shift) for shift in range(-2, 3)], point, context, what)


def _choose(spans: list[Days], context: Context, ahead: int = 1) -> tuple[Days, str]:
    """Of spans in order, the one meant: the latest begun, the next for a future, or the nearest."""
    now = context.now or spans[0][0]
    if context.tense == "future":
        return next((span for span in spans if span[1] >= now), spans[-1]), "the first not before publication"
    if context.near:
        return min(spans, key=lambda span: abs((span[1] - now).days)), "the nearest to publication"
    slack = 1 if context.tense in PAST else ahead
    chosen = [span for span in spans if span[0] <= plus(now, slack)][-1]
    if chosen[0] > now:
        return chosen, "the next, soon after publication"
    months = round((now - chosen[1]).days / 30.4)
    return chosen, "the latest not after publication" + (f", {months} months before" if months > 6 else "")


def _day_of_month(point: Point, context: Context) -> Told | Refused:
    """ "on the 15th", "Friday the 13th": the latest such day not after publication."""
    now = context.now
    if not now:
        return Refused("no month, and the day of publication is not known")
    months = [month_days(now.year, now.month + shift) for shift in range(-MONTHS_SEARCHED, MONTHS_SEARCHED + 1)]
    days = [plus(first, (point.day or 1) - 1) for first, last in months if (point.day or 1) <= last.day]
    days = [day for day in days if point.weekday is None or day.weekday() == point.weekday]
    if not days:
        return Refused("no such weekday and day within four years of publication")
    chosen, how = _choose([(day, day) for day in days], context)
    return Told(*chosen, f"day of the month: {how}")


def _weekday(point: Point, context: Context) -> Told | Refused:
    """The latest such day not after publication, which may be that very day, unless words or tense say other."""
    now, weekday, name = context.now, point.weekday or 0, day_name[point.weekday or 0]
    if point.from_anchor and context.anchor:
        now = context.anchor[0] if point.which == -1 else context.anchor[1]
    elif point.from_anchor and point.which == 1:
        return Refused("the following weekday after another event, which is not known")
    if not now:
        return Refused("a weekday, and the day of publication is not known")
    if point.weeks:
        day = weekday_before(weekday, plus(now, -1)) if point.weeks < 0 else weekday_after(weekday, plus(now, 1))
        day = plus(day, WEEK * point.weeks)
        return Told(day, day, f"weekday: counted in weeks from the nearest {name}")
    if point.week_shift is not None:
        day = plus(calendar_unit("week", now, point.week_shift)[0], weekday)
        return Told(day, day, "weekday of a calendar week")
    if point.which == -1:
        day = weekday_before(weekday, plus(now, -1))
        return Told(day, day, f"last {name}: the latest before publication")
    if point.which == 1 or context.tense == "future":
        day = weekday_after(weekday, plus(now, 1) if point.which == 1 else now)
        return Told(day, day, f"weekday: the first {name} {'after' if point.which == 1 else 'not before'} publication")
    if point.which == 0 and context.tense not in ("past", "perfect"):
        day = plus(calendar_unit("week", now, 0)[0], weekday)
        return Told(day, day, f"this {name}: in the week of publication")
    before, after = weekday_before(weekday, now), weekday_after(weekday, now)
    if context.near and (after - now) < (now - before):
        return Told(after, after, f"weekday: the {name} nearest to publication")
    return Told(before, before, f"weekday: the latest {name} not after publication")
