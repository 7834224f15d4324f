"""Decisions of people about events: the newer prevails, merges reach on, a split wins a draw."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.events.judgement import APART, SAME, Judgement, settled


def said(kind: str, ids: str, day: int = 1) -> Judgement:
    return Judgement(kind, tuple(ids), f"2031-06-{day:02d}T10:00:00", "ada")


@pytest.mark.parametrize(
    ("judgements", "groups"),
    [
        pytest.param([], "a b c d", id="nothing decided"),
        pytest.param([said(SAME, "ab"), said(SAME, "bc")], "abc d", id="merges reach on"),
        pytest.param([said(SAME, "ab"), said(APART, "ab", 2)], "a b c d", id="a newer split undoes a merge"),
        pytest.param([said(APART, "ab"), said(SAME, "ab", 2)], "ab c d", id="a newer merge undoes a split"),
        pytest.param([said(SAME, "ab"), said(APART, "ab")], "a b c d", id="a split wins a draw"),
        pytest.param([said(SAME, "abc"), said(APART, "ab", 2)], "a bc d", id="the rest of an older merge stays"),
        pytest.param([said(APART, "ad"), said(SAME, "ab", 2), said(SAME, "bd", 3)], "abd c", id="two newer merges"),
        pytest.param([said(SAME, "ab"), said(SAME, "cd"), said(APART, "ad", 2), said(SAME, "bc")], "a bcd",
                     id="a split keeps two groups apart"),
    ],
)  # fmt: skip
def test_what_holds(judgements: list[Judgement], groups: str) -> None:
    found = settled(judgements)
    made: dict[str, str] = {}
    for claim in "abcd":
        made[found.one(claim)] = made.get(found.one(claim), "") + claim
    assert " ".join(sorted(made.values())) == groups


SOME = st.builds(
    said, st.sampled_from([SAME, APART]), st.sampled_from(["ab", "bc", "cd", "abc", "ad", "bd"]), st.integers(1, 4)
)


@settings(max_examples=80, deadline=None)
@given(st.lists(SOME, max_size=7), st.randoms())
def test_order_changes_nothing_and_no_group_holds_a_split_pair(found: list[Judgement], chance: random.Random) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    one = settled(found)
    assert one == settled(mixed)
    assert not any(first == second for first, second in one.apart)
    newest = max(found, key=lambda item: (item.made, item.kind == APART, item.claim_ids), default=None)
    if newest:
        first, *rest = newest.claim_ids
        assert all((one.one(first) == one.one(other)) == (newest.kind == SAME) for other in rest)
        assert newest.kind == SAME or all(one.divided(first, other) for other in rest)
