"""Months and days of the solar-hijri and lunar-hijri calendars as days of the common one."""

from __future__ import annotations

import datetime as dt

from hijridate import Hijri

from marchland.dates.calendar import Days, plus

SOLAR = "solar"
LUNAR = "lunar"
SOLAR_YEARS = range(1178, 1634)
"""Where the rule of 33 years gives the leap years of the observed calendar."""
LUNAR_YEARS = range(1344, 1500)
"""The years of the Umm al-Qura tables."""
LUNAR_SLACK = 1
"""Days by which the moon, seen or not, may put a lunar date earlier or later than the tables."""
NEW_YEAR_1400 = dt.date(2021, 3, 21)


def month_of(calendar: str, year: int, month: int) -> Days | None:
    """First and last day of a month of either calendar; None outside the years that can be converted."""
    if calendar == SOLAR:
        return _solar_month(year, month) if year in SOLAR_YEARS else None
    if year not in LUNAR_YEARS:
        return None
    first = Hijri(year, month, 1)
    day = first.to_gregorian()
    return dt.date(day.year, day.month, day.day), plus(dt.date(day.year, day.month, day.day), first.month_length() - 1)


def year_of(calendar: str, year: int) -> Days | None:
    """First and last day of a year."""
    first, last = month_of(calendar, year, 1), month_of(calendar, year, 12)
    return (first[0], last[1]) if first and last else None


def year_at(calendar: str, day: dt.date) -> int:
    """The hijri year that holds most of the year around a day: near enough to search from."""
    if calendar == SOLAR:
        return day.year - 621
    return round((day.year - 622) * 33 / 32)


def _solar_month(year: int, month: int) -> Days:
    years = range(min(year, 1400), max(year, 1400))
    leaps = sum(_is_leap(each) for each in years)
    days = (year - 1400) * 365 + (leaps if year > 1400 else -leaps)
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    length = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    first = plus(NEW_YEAR_1400, days + before)
    return first, plus(first, length - 1)


def _is_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8
