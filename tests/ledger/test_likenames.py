"""Parties that no table has: which of the names that reports give them are one."""

from __future__ import annotations

import pytest

from marchland.ledger.likenames import is_alias, same_name
from marchland.ledger.parties import shipped_rules

ONE = (
    ("x:sd:rsf", "x:eg:rsf", "the same letters told of from another country"),
    ("x:zz:bhf", "x:zz:blue-hills", "initials of a name whose noun for any body is left out of the id"),
    ("x:zz:hth", "x:zz:hayat-tahir-al-harim", "initials without the small words"),
    ("x:zz:hayat-tahir", "x:zz:hayat-tahir-al-harim", "the first words of a longer name"),
    ("x:zz:us-bdf", "x:zz:bdf", "a nation that backs it before the name"),
    ("x:zz:talewan", "x:zz:taliwan", "two spellings"),
    ("x:zz:some-rebels", "x:zz:some-armed-groups", "two descriptions of whoever is against the state"),
)
TWO = (
    ("x:zz:bdf", "x:zz:bna", "other letters"),
    ("x:zz:splm", "x:zz:splm-n", "a faction that goes by its own letter"),
    ("x:zz:some-rebels", "x:zz:some-norland-units", "rebels and somebody's units"),
    ("x:zz:some-rebels", "x:zz:blue-hills", "a description and a name: which of them it is, a place tells"),
    ("x:zz:free-norland", "x:zz:norland", "a name that ends like another"),
)


@pytest.mark.parametrize(("one", "other", "why"), ONE)
def test_one_party_under_two_names(one: str, other: str, why: str) -> None:
    assert same_name(one, other), why
    assert same_name(other, one), why


@pytest.mark.parametrize(("one", "other", "why"), TWO)
def test_two_parties(one: str, other: str, why: str) -> None:
    assert not same_name(one, other), why
    assert not same_name(other, one), why


def test_a_name_of_a_listed_party_is_that_party_wherever_it_is_told_of() -> None:
    assert is_alias("x:zz:blue-front", frozenset({"blue-front"}))
    assert not is_alias("x:zz:some-rebels", frozenset({"some-rebels"}))


def test_whoever_is_only_described_is_the_armed_group_of_that_country() -> None:
    rules = shipped_rules()
    assert rules.same_side("x:af:some-insurgents", "taliban")
    assert not rules.same_side("x:af:some-insurgents", "afghanistan-republic")
    assert not rules.same_side("x:cd:some-insurgents", "taliban")


def test_without_its_rows_a_country_has_a_state_that_stands_for_its_government() -> None:
    full, bare = shipped_rules(), shipped_rules({"SY"})
    assert full.party("state:sy") is None
    assert bare.party("state:sy") is not None
    assert bare.same_side("state:sy", "state:sy:forces")
