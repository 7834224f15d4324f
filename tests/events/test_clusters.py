"""The scores of groupings, on cases worked out by hand."""

from __future__ import annotations

import itertools

import pytest
from bench.clusters import b_cubed, ceaf_e, clusters_of, conll, heaviest, muc
from hypothesis import given, settings
from hypothesis import strategies as st


def groups(text: str) -> list[frozenset[object]]:
    return [frozenset(word) for word in text.split()]


GOLD = groups("abc defg")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # Vilain: 5 links asked for; {ab}{cd}{ef}{g} makes 2 of them and 1 wrong one (cd).
        ("ab cd ef g", ((2 / 3, 2 / 5), (6 / 7, (2 / 3 * 2 + 1 / 3 + 1 / 4 + 1 / 2 * 2 + 1 / 4) / 7))),
        ("abc defg", ((1, 1), (1, 1))),
        ("a b c d e f g", ((0, 0), (1, 2 / 7))),
        ("abcdefg", ((5 / 6, 1), ((3 * 3 + 4 * 4) / 49, 1))),
    ],
)
def test_muc_and_b_cubed(told: str, expected: tuple[tuple[float, float], tuple[float, float]]) -> None:
    for score, (precision, recall) in zip((muc, b_cubed), expected, strict=True):
        found = score(GOLD, groups(told))
        assert (found.precision, found.recall) == pytest.approx((precision, recall))


def test_ceaf_gives_each_group_one_partner() -> None:
    found = ceaf_e(GOLD, groups("ab cd ef g"))
    similar = 2 * 2 / 5 + 2 * 2 / 6
    assert (found.precision, found.recall) == pytest.approx((similar / 4, similar / 2))
    assert ceaf_e(GOLD, GOLD).f1 == 1.0


def test_mean_of_the_three() -> None:
    told = groups("abcdefg")
    assert conll(GOLD, told) == pytest.approx((muc(GOLD, told).f1 + b_cubed(GOLD, told).f1 + ceaf_e(GOLD, told).f1) / 3)
    assert conll(GOLD, GOLD) == pytest.approx(1.0)


def test_items_with_one_label_are_one_group() -> None:
    assert sorted(map(sorted, clusters_of({"a": 1, "b": 2, "c": 1}))) == [["a", "c"], ["b"]]


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_the_heaviest_assignment_is_that_of_trying_all(height: int, width: int, data: st.DataObject) -> None:
    cell = st.floats(0, 1, allow_nan=False)
    rows = data.draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=height, max_size=height))
    short, long = sorted((height, width))
    by_row = height <= width
    tried = max(
        sum(rows[a][b] if by_row else rows[b][a] for a, b in enumerate(chosen))
        for chosen in itertools.permutations(range(long), short)
    )
    assert heaviest(rows) == pytest.approx(tried)
