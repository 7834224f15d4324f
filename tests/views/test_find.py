"""Which place on record a name means."""

from __future__ import annotations

import pytest
from invented_war import CLAIM, REFUSED

from marchland.views.find import cards_of, find_place, fold
from marchland.views.terminal import PlaceCard

CARDS = (
    PlaceCard("x:1", "Reedham", ("Redham",), "town", "UZ", "Fenshire"),
    PlaceCard("x:2", "Marshal", ("Mārshāl",), "city", "UZ", "Marshal"),
    PlaceCard("x:3", "Marshal", (), "province", "UZ", ""),
    PlaceCard("x:4", "Lockgate", ("Redham Lock",), "crossing", "UZ/AF", "Fenshire"),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x:3", "x:3"),
        ("Reedham", "x:1"),
        ("  REEDHAM ", "x:1"),
        ("Redham", "x:1"),
        ("Mārshāl city", "x:2"),
        ("Marshal, province", "x:3"),
        ("Lockgate, AF", "x:4"),
        ("Lokgate", "x:4"),
    ],
)
def test_place_is_found_by_id_name_alias_qualifier_or_near_spelling(name: str, expected: str) -> None:
    found = find_place(name, CARDS)
    assert found.card is not None
    assert found.card.place_id == expected


def test_ambiguous_name_gives_the_choices_and_no_place() -> None:
    found = find_place("marshal", CARDS)
    assert found.card is None
    assert {card.place_id for card in found.choices} == {"x:2", "x:3"}


def test_name_that_is_off_gives_suggestions_and_no_place() -> None:
    found = find_place("Reedmarsh", CARDS)
    assert found.card is None
    assert "Reedham" in {card.name for card in found.suggestions}


def test_name_that_nothing_is_like_gives_nothing() -> None:
    found = find_place("Xyzzyx", CARDS)
    assert (found.card, found.choices, found.suggestions) == (None, (), ())


def test_names_compare_without_marks_case_and_spaces() -> None:
    assert fold("Islām-Qal'a") == fold("islam qala")


def test_cards_leave_out_refused_places_and_name_both_sides_of_a_crossing() -> None:
    (card,) = cards_of([CLAIM, CLAIM, REFUSED], {"x:reedham": "UZ/AF"})
    assert (card.name, card.country) == ("Reedham", "UZ/AF")
