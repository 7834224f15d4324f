"""What is printed of a page that was read twice, and of what a merge brought."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marchland.ledger.merge import Merged
from marchland.records import Article, Span, Version
from marchland.views import copies, keeping
from marchland.views.paper import Line

NOTE = "Correction: an earlier version of this story named another town."
KILLED = "Retraction: the Courier has retracted this story."


def printed(note: str, older: str, newer: str) -> list[str]:
    text = f"{note}\n\nThe League holds the bridge at Reedham."
    first = Article(
        article_id="a", page_id="p", number=0, text=text, parts=(), url="courier.example/1", publisher="Courier",
        publisher_how="", published=None, published_how="", language="en", corrections=(Span(0, len(note)),),
    )  # fmt: skip
    pages = {"a": first, "b": replace(first, article_id="b")}
    change = Version("courier.example/1", "a", "b", older, newer, (), (), (Span(0, len(note)),), ())
    return [block.text for block in copies.versions([change], pages) if isinstance(block, Line)]


@pytest.mark.parametrize(("note", "label"), [(NOTE, "correction"), (KILLED, "retraction")])
def test_a_note_is_labelled_by_what_it_is(note: str, label: str) -> None:
    told = [line for line in printed(note, "2031-05-06", "2031-05-08") if line.startswith("  ")]
    assert told == [f"  {label}: {note}"]


@pytest.mark.parametrize(
    ("older", "newer", "words"),
    [
        ("2031-05-06T08:00:00Z", "2031-05-08T09:30:00Z", "6 May 2031 to 8 May 2031"),
        ("2031-05-06T08:00:00Z", "2031-05-06T09:30:00Z", "6 May 2031 08:00 to 6 May 2031 09:30"),
        ("", "2031-05-08", "no date to 8 May 2031"),
    ],
)
def test_readings_are_told_by_day(older: str, newer: str, words: str) -> None:
    assert f"courier.example/1: {words}" in printed(NOTE, older, newer)


def test_a_merge_tells_of_reviews_and_briefs() -> None:
    rows = {"article": 0, "claim": 0, "place": 0, "skipped": 0, "review": 2, "brief": 1, "claim_trace": 9}
    (line,) = keeping.merged(Merged(rows), "other.db")
    assert isinstance(line, Line)
    assert "new are 0 articles, 0 claims, 0 places, 0 things skipped, 2 reviews, 1 brief;" in line.text
