"""Calendar points, partial or full, to days: the year, month or week they leave out is told from publication."""

from __future__ import annotations

import datetime as dt
from calendar import day_name, month_name, monthrange
from collections.abc import Callable
from dataclasses import replace

from marchland.dates.calendar import (
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
from marchland.dates.told import Context, Refused, Told
from marchland.dates.values import Point

AHEAD = 45
"""A month, or day and month, that begins at most so many days after publication is that one, not the one most of a year
before, unless the tense is past. In `bench/dates.py` this lifts value F1 from 0.789 (with 1 day) to 0.818."""
PAST = ("past", "perfect")
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
    return _checked(point, answer)


def _impossible(point: Point) -> str:
    """Why no calendar has such a day, or ""."""
    if point.problem:
        return point.problem
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


def _checked(point: Point, answer: Told) -> Told:
    """Say so when the weekday in the words is not the weekday of the date: the date wins."""
    wrong = point.weekday is not None and point.day is not None and answer.first and answer.first == answer.last
    if not wrong or not answer.first or answer.first.weekday() == point.weekday or point.weekday is None:
        return answer
    said, real = day_name[point.weekday], day_name[answer.first.weekday()]
    return replace(answer, rule=f"{answer.rule}; weekday and date disagree ({said} said, {real} by the calendar)")


def _told(point: Point, context: Context) -> Told | Refused:
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
    return Told(*months_days(year, 1, 12 * point.years), "year" if point.years == 1 else "decade")


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
    chosen, how = _choose([(day, day) for day in days], context, AHEAD)
    return Told(*chosen, f"day and month: {how}")


def _agreeing(point: Point, now: dt.date, days: list[dt.date]) -> dt.date | None:
    """The day within a year of publication on which weekday, day and month agree; the earlier of two."""
    fitting = [day for day in days if day.weekday() == point.weekday and abs((day - now).days) <= 366]
    return fitting[0] if fitting else None


def _of_year(point: Point, context: Context, what: str, span: Callable[[int], Days]) -> Told | Refused:
    """A month or season: in the year named, or the latest one that had begun by publication."""
    year = _year(point, context)
    if year:
        return Told(*span(year), f"{what} and year")
    if not context.now:
        return Refused("no year, and the day of publication is not known")
    spans = [span(context.now.year + shift) for shift in range(-2, 3)]
    if point.which == -1:
        chosen = [days for days in spans if days[1] < context.now][-1]
        return Told(*chosen, f"last {what}: the latest that was over at publication")
    if point.which == 1:
        chosen = next(days for days in spans if days[0] > context.now)
        return Told(*chosen, f"next {what}: the first after publication")
    if point.which == 0:
        return Told(*span(context.now.year), f"this {what}: in the year of publication")
    chosen, how = _choose(spans, context, AHEAD)
    return Told(*chosen, f"{what}: {how}")


def _choose(spans: list[Days], context: Context, ahead: int = 1) -> tuple[Days, str]:
    """Of spans in order, the one meant: the latest begun, the next for a future, or the nearest."""
    now = context.now or spans[0][0]
    if context.tense == "future":
        return next((span for span in spans if span[1] >= now), spans[-1]), "the first not before publication"
    if context.near:
        return min(spans, key=lambda span: abs((span[1] - now).days)), "the nearest to publication"
    slack = 1 if context.tense in PAST else ahead
    chosen = [span for span in spans if span[0] <= plus(now, slack)][-1]
    how = "the latest not after publication" if chosen[0] <= now else "the next, soon after publication"
    return chosen, how


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
