"""Holidays and hijri dates to the days that they fall on in a stretch of years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from marchland.dates import hijri
from marchland.dates.calendar import WEEK, Days, month_days, plus, weekday_after
from marchland.dates.values import Feast, Point

EASTERS = {"western": EASTER_WESTERN, "orthodox": EASTER_ORTHODOX}
EASTER_YEARS = range(1583, 4100)


def feast_spans(feast: Feast, first: int, last: int) -> list[Days]:
    """Every time that a feast, or the other one of its name, falls in the years from `first` to `last`, in order."""
    spans = list(_each(feast, first, last))
    if feast.other:
        spans += _each(feast.other, first, last)
    return sorted(spans)


def slack_of(point: Point) -> int:
    """Days by which a lunar date may lie earlier or later than told."""
    by_moon = point.calendar == hijri.LUNAR or (point.feast and point.feast.fixed_by == hijri.LUNAR)
    return hijri.LUNAR_SLACK if by_moon else 0


def hijri_spans(point: Point, first: int, last: int) -> list[Days]:
    """A day, month or year of a hijri calendar, wherever it touches the years from `first` to `last`."""
    low, high = (hijri.year_at(point.calendar, dt.date(year, 7, 1)) for year in (first, last))
    years = [point.year] if point.year else range(low - 1, high + 2)
    spans = [span for year in years if (span := _hijri(point, year))]
    return [span for span in spans if point.year or (span[1].year >= first and span[0].year <= last)]


def _hijri(point: Point, year: int) -> Days | None:
    if not point.month:
        return hijri.year_of(point.calendar, year)
    month = hijri.month_of(point.calendar, year, point.month)
    if not month or not point.day:
        return month
    day = plus(month[0], point.day - 1)
    return (day, day) if day <= month[1] else None


def _each(feast: Feast, first: int, last: int) -> Iterator[Days]:
    if feast.fixed_by in (hijri.LUNAR, hijri.SOLAR):
        month, day = feast.terms
        point = Point(calendar=feast.fixed_by, month=month, day=day or None)
        for begins, ends in hijri_spans(point, first, last):
            yield begins, plus(ends, feast.length - 1)
        return
    for year in range(max(first, 1), min(last, 9998) + 1):
        once = _in_year(feast, year)
        if once:
            yield once, plus(once, feast.length - 1)


def _in_year(feast: Feast, year: int) -> dt.date | None:
    if feast.fixed_by == "fixed":
        return dt.date(year, *feast.terms)
    if feast.fixed_by == "nth":
        month, weekday, which = feast.terms
        return plus(weekday_after(weekday, month_days(year, month)[0]), WEEK * (which - 1))
    method = EASTERS[feast.fixed_by]
    return plus(easter(year, method), feast.terms[0]) if year in EASTER_YEARS else None
