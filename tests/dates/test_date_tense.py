"""Tense from the words around a time expression."""

from __future__ import annotations

import pytest

from marchland.dates import find_dates, tense_near


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("The town fell on Monday.", "past"),
        ("The garrison was shelled on Monday.", "past"),
        ("The army will leave on Monday.", "future"),
        ("The army is due to leave on Monday.", "future"),
        ("The vote is scheduled for Monday.", "future"),
        ("The vote, scheduled for Monday, comes late.", "future"),
        ("The vote was scheduled for Monday.", ""),
        ("The army plans to leave on Monday.", "future"),
        ("The plan of Monday came to nothing.", ""),
        ("The men must be freed by Monday.", ""),
        ("They were told to leave by Monday.", ""),
        ("On Monday the army withdrew.", "past"),
        ("On Monday the army will withdraw.", "future"),
        ("The town fell. Monday is a feast.", ""),
        ("Monday.", ""),
    ],
)
def test_the_nearest_verb_tells_the_tense(sentence: str, tense: str) -> None:
    found = next(each for each in find_dates(sentence) if "Monday" in each.text)
    assert tense_near(sentence, found.start, found.end) == tense
