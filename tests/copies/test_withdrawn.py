"""Pages that take their own report back, and pages that only speak of taking back."""

from __future__ import annotations

import datetime as dt

import pytest

from marchland.copies.withdrawn import load_words, retraction
from marchland.records import Article, Interval, Part, Span

WORDS = load_words()
STORY = "Lake League fighters took Osterby on Tuesday.\n\nThe mayor counted forty lorries.\n\nShops stayed shut."


def page(*paragraphs: str, headline: str = "", notes: bool = False) -> Article:
    text = "\n\n".join((*([headline] if headline else []), *paragraphs))
    parts = (Part("headline", 0, len(headline)),) if headline else ()
    start = text.index(paragraphs[0])
    corrections = (Span(start, start + len(paragraphs[0])),) if notes else ()
    return Article(
        article_id="a", page_id="p", number=0, text=text, parts=parts, url=None, publisher="Varn Herald",
        publisher_how="", published=Interval.of_days(dt.date(2031, 5, 4)), published_how="", language="en",
        headline=headline, corrections=corrections,
    )  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "This story has been retracted.",
        "This story has been withdrawn because its source could not be confirmed.",
        "Editor's note: This article has since been removed.",
        "Editors’ note: our report was withdrawn on Friday.",
        "We are retracting this story, which rested on a forged letter.",
        "The editors have withdrawn this report.",
        "This news article has been taken down.",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_page_that_takes_itself_back(said: str, first: bool) -> None:
    made = page(said, STORY) if first else page(STORY, said)
    found = retraction(made, WORDS)
    assert found is not None and found.of(made.text).strip() == said.split("\n", maxsplit=1)[0].strip()


@pytest.mark.parametrize("headline", ["RETRACTED: Osterby falls", "KILL: Osterby falls", "WITHDRAWN – Osterby falls"])
def test_headline_that_takes_the_story_back(headline: str) -> None:
    assert retraction(page(STORY, headline=headline), WORDS) is not None


@pytest.mark.parametrize(
    "headline", ["Withdrawal: the last days of an army", "Kill: a word and its history", "WITHDRAWAL: LAST DAYS"]
)
def test_headline_about_a_withdrawal_or_a_killing_is_news(headline: str) -> None:
    assert retraction(page(STORY, headline=headline), WORDS) is None


def test_note_may_say_the_story() -> None:
    said = "The story has been withdrawn."
    assert retraction(page(said, STORY, notes=True), WORDS) is not None
    assert retraction(page(said, STORY), WORDS) is None


@pytest.mark.parametrize(
    "said",
    [
        "The Crown has withdrawn from Osterby.",
        "Withdrawn troops were seen on the causeway.",
        "The Marsh Post has retracted its report that Osterby fell.",
        "This story has been updated.",
        "A photograph in this story has been removed.",
        "An earlier version of this story was withdrawn by an agency.",
        "This story has not been retracted.",
        "“This report was withdrawn,” the captain said, “by cowards.”",
        "Retracted statements are nothing new in Varn.",
        "Kill rates rose on the front.",
        "Correction: the town fell on Tuesday, not on Monday.",
    ],
)
def test_page_that_takes_nothing_back(said: str) -> None:
    assert retraction(page(said, STORY), WORDS) is None
    assert retraction(page(said, STORY, notes=True), WORDS) is None


def test_words_in_the_middle_of_a_story_are_not_the_editors() -> None:
    assert retraction(page("One.", "Two.", "This report was withdrawn.", "Four.", "Five."), WORDS) is None
