"""Days of holidays and of the hijri calendars against days printed in almanacs."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from marchland.dates.feasts import feast_spans
from marchland.dates.hijri import LUNAR, SOLAR, month_of, year_of
from marchland.dates.words import build_words, load_words


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("eid al fitr", 2024, "2024-04-10"),
        ("eid al adha", 2021, "2021-07-20"),
        ("ashura", 2021, "2021-08-18"),
        ("nowruz", 2020, "2020-03-20"),
        ("nowruz", 2021, "2021-03-21"),
        ("nowruz", 2024, "2024-03-20"),
        ("easter", 2024, "2024-03-31"),
        ("orthodox easter", 2024, "2024-05-05"),
        ("good friday", 2022, "2022-04-15"),
        ("thanksgiving", 2020, "2020-11-26"),
        ("orthodox christmas", 2023, "2023-01-07"),
    ],
)
def test_a_holiday_falls_on_the_day_of_the_almanac(name: str, year: int, day: str) -> None:
    spans = feast_spans(load_words().feasts[tuple(name.split())], year, year)
    assert dt.date.fromisoformat(day) in [first for first, _ in spans]


@pytest.mark.parametrize(
    ("year", "month", "first", "last"),
    [
        (1357, 2, "1978-04-21", "1978-05-21"),
        (1399, 12, "2021-02-19", "2021-03-20"),
        (1400, 1, "2021-03-21", "2021-04-20"),
        (1400, 12, "2022-02-20", "2022-03-20"),
        (1403, 12, "2025-02-19", "2025-03-20"),
        (1404, 7, "2025-09-23", "2025-10-22"),
    ],
)
def test_solar_months_begin_and_end_as_observed(year: int, month: int, first: str, last: str) -> None:
    assert month_of(SOLAR, year, month) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_solar_years_follow_each_other_without_a_gap() -> None:
    years = [year_of(SOLAR, year) for year in range(1178, 1634)]
    spans = [span for span in years if span]
    assert len(spans) == len(years)
    assert all(a[1] + dt.timedelta(days=1) == b[0] for a, b in pairwise(spans))
    assert {(last - first).days + 1 for first, last in spans} == {365, 366}


def test_years_outside_the_tables_are_not_converted() -> None:
    assert month_of(LUNAR, 1200, 1) is None
    assert month_of(LUNAR, 1443, 1) == (dt.date(2021, 8, 9), dt.date(2021, 9, 7))
    assert month_of(SOLAR, 1000, 1) is None


def test_a_holiday_with_too_few_numbers_is_broken_data() -> None:
    raw = {"feasts": {"odd day": {"fixed": [1]}}}
    with pytest.raises((ValueError, KeyError)):
        build_words(raw)
