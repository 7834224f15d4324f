"""Zones of places, and hours written on another clock than the place's own."""

from __future__ import annotations

import datetime as dt

import pytest

from marchland.dates import find_dates, on_clock, resolve, zone_of
from marchland.records import Interval

FRIDAY = Interval.of_days(dt.date(2021, 7, 9))


@pytest.mark.parametrize(
    ("country", "lat", "lon", "zone"),
    [
        ("AF", None, None, "Asia/Kabul"),
        ("SY", 33.5, 36.3, "Asia/Damascus"),
        ("CD", -1.68, 29.23, "Africa/Lubumbashi"),
        ("CD", -4.3, 15.3, "Africa/Kinshasa"),
        ("UA", 48.0, 37.8, "Europe/Kyiv"),
        ("UA", 46.6, 32.6, "Europe/Kyiv"),
        ("UA", 45.0, 34.1, "Europe/Simferopol"),
        ("RU", 56.8, 60.6, "Asia/Yekaterinburg"),
        ("ES", 28.1, -15.4, "Atlantic/Canary"),
        ("FJ", -18.1, 178.4, "Pacific/Fiji"),
    ],
)
def test_a_place_has_the_zone_of_its_country_or_the_nearest_of_several(
    country: str, lat: float | None, lon: float | None, zone: str
) -> None:
    assert zone_of(country, lat, lon)[0] == zone


@pytest.mark.parametrize(("country", "why"), [("", "no country"), ("XX", "no time zone"), ("RU", "no coordinates")])
def test_where_no_zone_can_be_told_the_reason_is_given(country: str, why: str) -> None:
    zone, reason = zone_of(country)
    assert zone == ""
    assert why in reason


def test_hours_on_another_clock_are_moved_to_that_of_the_place() -> None:
    (expression,) = find_dates("The gate fell at 2130 GMT on Monday.")
    interval, edtf, rule = resolve(expression, FRIDAY, zone="Asia/Kabul")
    assert interval == Interval(dt.datetime(2021, 7, 6, 2), dt.datetime(2021, 7, 6, 3))
    assert edtf == "2021-07-06T02:00:00"
    assert "moved to that of Asia/Kabul" in rule


def test_hours_of_the_place_stay_as_written_whatever_its_zone() -> None:
    for words in ("at 21:30 on Monday", "at 9:30 p.m. local time on Monday", "on Monday"):
        (expression,) = find_dates(f"The gate fell {words}.")
        assert resolve(expression, FRIDAY, zone="Asia/Kabul") == resolve(expression, FRIDAY)


def test_summer_time_and_the_ends_of_the_calendar_are_minded() -> None:
    winter = Interval(dt.datetime(2022, 1, 1, 23), dt.datetime(2022, 1, 2, 0))
    summer = Interval(dt.datetime(2022, 7, 1, 22), None)
    assert on_clock(winter, "UTC", "Europe/Kyiv").start == dt.datetime(2022, 1, 2, 1)
    assert on_clock(summer, "UTC", "Europe/Kyiv") == Interval(dt.datetime(2022, 7, 2, 1), None)
    edge = Interval(dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31))
    assert on_clock(edge, "UTC", "Asia/Kabul") == edge
