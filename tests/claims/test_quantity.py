"""Counts and shares that belong to a claim."""

import pytest

from marchland.claims.lexicon import Lexicon
from marchland.claims.quantity import Counter


@pytest.fixture(scope="module")
def counter():
    return Counter.from_grammar(Lexicon.load().grammar["counts"])


@pytest.mark.parametrize(
    ("words", "part", "whole", "bound"),
    [
        ("85 percent of the territory", 85, 100, ""),
        ("85% of the country", 85, 100, ""),
        ("more than twenty villages", 20, None, "at-least"),
        ("about 1,200 soldiers", 1200, None, "about"),
        ("fewer than three posts", 3, None, "at-most"),
        ("twenty-six districts", 26, None, ""),
        ("two hundred villages", 200, None, ""),
    ],
)
def test_a_count_has_a_part_a_whole_and_a_bound(counter, words, part, whole, bound):
    found = counter.find(words)
    assert (found.part, found.whole, found.bound) == (part, whole, bound)


@pytest.mark.parametrize("words", ["most of the city", "parts of Homs", "half of the province"])
def test_a_share_is_kept_in_words_without_a_number(counter, words):
    found = counter.find(words)
    assert found.text != "" and words.startswith(found.text) and found.part is None


def test_words_without_a_count_have_none(counter):
    assert counter.find("the city of Homs") is None
