"""What the shipped tables say of sides and crossings, as the ledger asks for it."""

from __future__ import annotations

import datetime as dt

import pytest

from marchland.ledger.fuse import PlaceRef, Rules
from marchland.ledger.parties import shipped_posts, shipped_rules


@pytest.fixture(scope="module")
def rules() -> Rules:
    return shipped_rules()


def somewhere(country: str) -> PlaceRef:
    return PlaceRef("x", "X", (), "town", country, None, None, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("taliban", "taliban-emirate", True),
        ("taliban", "taliban-emirate-forces", True),
        ("taliban", "afghanistan-republic", False),
        ("x:nobody-knows", "x:nobody-knows", True),
        ("x:nobody-knows", "taliban", False),
    ],
)
def test_sides_that_are_one(rules: Rules, one: str, other: str, same: bool) -> None:
    assert rules.same_side(one, other) is same
    assert rules.same_side(other, one) is same


def test_enemies_are_told_from_strangers(rules: Rules) -> None:
    assert rules.opposed("taliban", "afghanistan-republic")
    assert not rules.opposed("taliban", "x:nobody-knows")


@pytest.mark.parametrize(("day", "side"), [(dt.date(2021, 7, 1), "afghanistan-republic"), (dt.date(1700, 1, 1), None)])
def test_government_of_a_country_on_a_day(rules: Rules, day: dt.date, side: str | None) -> None:
    found = rules.prior(somewhere("AF"), day)
    assert (found.side if found else None) == side


def test_country_without_a_row_has_no_government(rules: Rules) -> None:
    assert rules.prior(somewhere("XA"), dt.date(2031, 5, 4)) is None


def test_crossings_have_two_posts_in_two_countries() -> None:
    posts = shipped_posts()
    assert posts
    assert all(len(one.country_a) == len(one.country_b) == 2 and one.name_a and one.name_b for one in posts.values())
