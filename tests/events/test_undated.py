"""An open date is fresh news only where its report is of one day, and of the day that it ends on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ledger.war import BASE

from marchland.events.group import is_seat
from marchland.events.told import told
from marchland.events.weights import load_weights

WEIGHTS = load_weights()


@pytest.mark.parametrize(
    ("changes", "undated"),
    [
        ({}, False),
        ({"published_from": "2031-05-01"}, True),
        ({"date_to": "2031-05-20"}, True),
        ({"date_to": "2031-05-20", "date_text": "by Tuesday"}, False),
    ],
)
def test_an_open_date_is_fresh_news_only_of_its_reports_day(changes: dict[str, str], undated: bool) -> None:
    plain = replace(BASE, date_from=None, date_to="2031-05-31", published="2031-05-31", date_text=None)
    assert told(replace(plain, **changes)).undated(WEIGHTS) is undated


@pytest.mark.parametrize(
    ("part", "seat"),
    [
        ("the center of Norwell district in Reedham", True),
        ("the district headquarters", True),
        ("its centre", True),
        ("the police headquarters of Norwell", False),
        ("parts of Norwell", False),
        ("", False),
    ],
)
def test_who_holds_the_seat_of_a_district_holds_it(part: str, seat: bool) -> None:
    assert is_seat(replace(BASE, place_kind="district", place_part=part), WEIGHTS.words) is seat
    assert not is_seat(replace(BASE, place_kind="town", place_part=part), WEIGHTS.words)
