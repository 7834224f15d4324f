"""Calendar arithmetic on whole days, kept within the years that the calendar has; and EDTF text."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from marchland.records import Interval

EARLIEST = dt.date(1, 1, 2)
LATEST = dt.date(9999, 12, 30)
WEEK = 7
YEAR_MONTHS = 12
LONGEST_QUARTER = 92
Days = tuple[dt.date, dt.date]
"""First and last day, both included."""


def plus(day: dt.date, days: int) -> dt.date:
    """So many days later, stopped at the ends of the calendar."""
    ordinal = min(max(day.toordinal() + days, EARLIEST.toordinal()), LATEST.toordinal())
    return dt.date.fromordinal(ordinal)


def month_days(year: int, month: int) -> Days:
    """First and last day of a month; month 13 is January of the next year."""
    months = year * YEAR_MONTHS + month - 1
    months = min(max(months, YEAR_MONTHS * 2), YEAR_MONTHS * 9999)
    year, month = divmod(months, YEAR_MONTHS)
    return dt.date(year, month + 1, 1), min(dt.date(year, month + 1, monthrange(year, month + 1)[1]), LATEST)


def months_days(year: int, first: int, last: int) -> Days:
    """First day of one month to the last day of another."""
    return month_days(year, first)[0], month_days(year, last)[1]


def plus_months(day: dt.date, months: int) -> dt.date:
    """The same day of another month, or its last day when it is shorter."""
    first, last = month_days(day.year, day.month + months)
    return min(plus(first, day.day - 1), last)


def weekday_before(weekday: int, day: dt.date) -> dt.date:
    """The latest such weekday not after `day`."""
    return plus(day, -((day.weekday() - weekday) % WEEK))


def weekday_after(weekday: int, day: dt.date) -> dt.date:
    """The first such weekday not before `day`."""
    return plus(day, (weekday - day.weekday()) % WEEK)


def calendar_unit(unit: str, day: dt.date, shift: int) -> Days:
    """The calendar week (from Monday), weekend, month, quarter, year or decade of a day, or one before or after."""
    if unit in ("week", "weekend", "fortnight"):
        length = 2 * WEEK if unit == "fortnight" else WEEK
        monday = plus(day, -day.weekday() + length * shift)
        return (plus(monday, 5) if unit == "weekend" else monday), plus(monday, length - 1)
    if unit == "month":
        return month_days(day.year, day.month + shift)
    if unit == "quarter":
        first = (day.month - 1) // 3 * 3 + 1 + 3 * shift
        return months_days(day.year, first, first + 2)
    if unit in ("year", "decade"):
        years = 1 if unit == "year" else 10
        year = day.year // years * years + years * shift
        return months_days(year, 1, YEAR_MONTHS * years)
    return plus(day, shift), plus(day, shift)


def stretch_of(days: Days, stretch: str, now: dt.date | None) -> Days:
    """The stretch of a period that words such as "late", "the end of", "earlier in" mean; `now` is publication."""
    first, last = days
    length = (last - first).days + 1
    month = 28 <= length <= 31
    if stretch in ("early", "mid", "late"):
        third = 10 if month else round(length / 3)
        cut = plus(first, third), plus(first, 2 * third)
        if length > LONGEST_QUARTER:
            months = round(length / 365.25 * 4)
            cut = plus_months(first, months), plus_months(first, 2 * months)
        return {"early": (first, plus(cut[0], -1)), "mid": (cut[0], plus(cut[1], -1)), "late": (cut[1], last)}[stretch]
    if stretch in ("beginning", "end"):
        size = WEEK if month else max(2, round(length / 6))
        return (first, plus(first, size - 1)) if stretch == "beginning" else (plus(last, 1 - size), last)
    if stretch == "eve":
        return plus(first, -1), plus(first, -1)
    if stretch in ("so far", "rest") and now and first <= now <= last:
        return (first, now) if stretch == "so far" else (now, last)
    return _counted(days, stretch.split()) if " " in stretch and stretch != "so far" else days


def stretch_name(stretch: str) -> str:
    """The stretch in words: "day -1 5" is "last 5 days"."""
    parts = stretch.split()
    if stretch == "so far" or len(parts) < 2:
        return stretch
    names = {"-1": "last", "1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth"}
    place = names.get(parts[1], f"no. {parts[1]}")
    return f"{place} {parts[0]}" if len(parts) == 2 or parts[2] == "1" else f"{place} {parts[2]} {parts[0]}s"


def _counted(days: Days, parts: list[str]) -> Days:
    """ "half 1", "day -1 3" (the last three days), "week 2 1" (the second week)."""
    first, last = days
    number = int(parts[1])
    if parts[0] == "half":
        middle = plus(first, ((last - first).days + 1) // 2 - 1)
        if first.day == 1 and (last - first).days > LONGEST_QUARTER:
            middle = plus(plus_months(first, round((last - first).days / 61)), -1)
        return (first, middle) if number == 1 else (plus(middle, 1), last)
    if parts[0] == "month" and number > 0:
        start = min(plus_months(first, number - 1), last)
        return start, min(plus(plus_months(start, int(parts[2])), -1), last)
    size = {"day": 1, "week": WEEK, "month": 30}[parts[0]]
    if number == -1:
        return max(first, plus(last, 1 - size * int(parts[2]))), last
    start = min(plus(first, size * (number - 1)), last)
    return start, min(plus(start, size * int(parts[2]) - 1), last)


def edtf(interval: Interval, *, approximate: bool = False, zone: str = "") -> str:
    """The interval as EDTF: a day, month or year where it is exactly that, else first and last day; ".." is open.

    An hour or less is written as date and time, with "Z" where `zone` is UTC; other hours are rounded out to whole
    days, as EDTF has no intervals of hours, and so are approximate ones, as it has no "~" on an hour.
    """
    mark = "~" if approximate else ""
    first, last = interval.first_day, interval.last_day
    if first and last and interval.start and interval.end:
        if interval.end - interval.start <= dt.timedelta(hours=1) and not approximate:
            return interval.start.isoformat(timespec="seconds") + ("Z" if zone == "UTC" else "")
        if first == last:
            return first.isoformat() + mark
        if (first, last) == months_days(first.year, 1, YEAR_MONTHS):
            return f"{first.year:04d}{mark}"
        if (first, last) == month_days(first.year, first.month):
            return f"{first.year:04d}-{first.month:02d}{mark}"
    return "/".join(day.isoformat() + mark if day else ".." for day in (first, last))
