"""The day of publication of a text that prints none, from the full dates and weekdays inside it. Never a bare guess."""

from __future__ import annotations

import datetime as dt
import re
from calendar import day_name
from dataclasses import replace

from marchland.dates.calendar import weekday_after
from marchland.dates.grammar import find_dates
from marchland.dates.resolve import resolve
from marchland.dates.values import DateExpression, Point
from marchland.records import Interval

YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d,])")
LONGEST_TEXT = 200_000
FARTHEST = 3
"""Days after the latest full date within which a weekday is surely the next one, not the one before."""
CYCLE = 12
"""Years searched back for one in which a day and month falls on the weekday said."""


def infer_published(text: str) -> tuple[Interval | None, str]:
    """The publication interval with the inference in words; or None and why the text does not tell it.

    Needs a full date, with its year, inside the text: publication lies on or after the latest one, and the first
    weekday that the text names then tells the day. With a full date alone the end of the interval is open.
    """
    text = text[:LONGEST_TEXT]
    found = find_dates(text)
    full = [(day, expression) for expression in found if (day := _full_day(text, expression))]
    if not full:
        return None, "no full date with its year in the text to infer publication from"
    latest, expression = max(full, key=lambda pair: pair[0])
    years = [int(year) for year in YEAR.findall(text)]
    if max(years, default=0) > latest.year:
        return None, f"the text names the year {max(years)}, later than its latest full date, {latest}"
    return _today(found, latest) or _by_weekday(found, latest, expression)


def _full_day(text: str, expression: DateExpression) -> dt.date | None:
    """The day of a full date that happened; bounds, and names such as "the ... attacks", are not such dates."""
    point = expression.value
    if not isinstance(point, Point) or point.year is None or point.month is None or point.day is None:
        return None
    if text[max(0, expression.start - 4) : expression.start].lower() == "the ":
        return None
    interval = resolve(expression, None)[0]
    return interval.first_day if interval else None


def _today(found: tuple[DateExpression, ...], latest: dt.date) -> tuple[Interval, str] | None:
    """ "today, Wednesday, September 23": weekday, day and month fix the year, at or before the latest full date's."""
    for expression in found:
        point = expression.value
        if "today" not in expression.text.lower() or not isinstance(point, Point) or point.day is None:
            continue
        day = _year_fixed(point, latest)
        if day:
            return Interval.of_days(day), f'inferred from "{expression.text}" and the latest full date, {latest}'
    return None


def _year_fixed(point: Point, latest: dt.date) -> dt.date | None:
    """The latest day not after a full date on which weekday, day and month agree."""
    if point.year is None and point.weekday is None:
        return None
    years = [point.year] if point.year else [latest.year - back for back in range(CYCLE)]
    for year in years:
        interval = resolve(DateExpression(0, 0, "", replace(point, year=year)), None)[0]
        day = interval.first_day if interval else None
        if day and day <= latest and point.weekday in (None, day.weekday()):
            return day
    return None


def _by_weekday(
    found: tuple[DateExpression, ...], latest: dt.date, expression: DateExpression
) -> tuple[Interval | None, str]:
    """The first weekday named, on or after the latest full date; a range where it may also lie before that date."""
    named = f'the latest full date ("{expression.text}")'
    weekday = next((bare for each in found if (bare := _bare_weekday(each)) is not None), None)
    if weekday is None:
        return Interval(Interval.of_days(latest).start, None), f"inferred from {named}: on or after it"
    day = weekday_after(weekday, latest)
    words = f"inferred from {named} and the first weekday named ({day_name[weekday]})"
    if (day - latest).days <= FARTHEST:
        return Interval.of_days(day), f"{words}: the {day_name[weekday]} on or after it"
    return Interval.of_days(latest, day), f"{words}: between that date and the {day_name[weekday]} after it"


def _bare_weekday(expression: DateExpression) -> int | None:
    """The weekday of an expression that names nothing else."""
    point = expression.value
    if not isinstance(point, Point) or point.day is not None or point.which is not None or point.week_shift is not None:
        return None
    return point.weekday
