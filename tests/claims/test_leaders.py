"""A leader speaks for the state or the party that is named, and for nobody where none is."""

from __future__ import annotations

import datetime as dt

import pytest

from marchland.claims.speakers import Speakers

DAY = dt.date(2021, 7, 9)


@pytest.fixture(scope="module")
def speakers() -> Speakers:
    return Speakers.load()


@pytest.mark.parametrize(
    "words",
    [
        "a civil society leader", "a community leader in Reedham", "tribal leaders", "an elder", "a village elder",
        "a religious leader", "the opposition leader", "a business leader", "a leader", "Sahil Noor, a youth leader",
        "a leader of the displaced", "an Afghan opposition leader", "an Afghan community leader",
    ],
)  # fmt: skip
def test_a_leader_of_no_party_is_on_no_side(speakers: Speakers, words: str) -> None:
    found = speakers.classify(words, day=DAY, country="AF", context=())
    assert (found.side, found.kind == "minister") == ("", False)


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("a Taliban leader", "taliban"),
        ("a leader of the Taliban", "taliban"),
        ("the Iranian leader", "iran-government"),
    ],
)
def test_a_leader_of_a_named_party_or_state_is_on_its_side(speakers: Speakers, words: str, side: str) -> None:
    assert speakers.classify(words, day=DAY, country="AF", context=()).side == side
