"""Claims dated after their report: what may come is no fault, and what is one is told with both its days."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marchland.events.told import is_misdated, why_no_event
from test_cli_review import ROW

COMING = replace(ROW, date_from="2021-05-04", date_to="2021-06-01", tense="present")
"""In a report of 2021-05-04."""


@pytest.mark.parametrize(
    ("stance", "tense", "fault"),
    [
        ("hedges", "present", False),
        ("hedges", "none", False),
        ("plans", "future", False),
        ("hedges", "perfect", True),
        ("asserts", "present", True),
    ],
)
def test_what_may_come_is_not_misdated(stance: str, tense: str, fault: bool) -> None:
    assert is_misdated(replace(COMING, stance=stance, tense=tense)) is fault


def test_what_may_come_is_no_event_and_says_so() -> None:
    assert why_no_event(replace(COMING, stance="hedges")) == (
        "it tells of what may come: 2021-05-04 to 2021-06-01, in a report of 2021-05-04"
    )


def test_both_days_are_told() -> None:
    assert "it is dated 2021-05-04 to 2021-06-01, after its report of 2021-05-04" in why_no_event(COMING)
