"""Invented articles for the tests of copies: reports of one fall by two authors, and what others made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from marchland.ledger.store import Ledger
from marchland.records import Article, CopyGroup, Interval, content_id

FALL = (
    "Marsh League fighters took Reedham before sunrise on Tuesday, when the garrison left its posts along the dyke.",
    "The mayor, Tolm Ivard, counted forty lorries on the causeway and said that no shot had been heard since midnight.",
    "“We leave the town to the gulls and to whoever can drink salt water,” its captain told the ferrymen.",
    "Bakers opened an hour late; by noon the price of flour had doubled and the queue reached the old toll house.",
    "In Norwick, the provincial board denied that the dyke road was lost and promised two companies by Sunday.",
    "A nurse at the fever hospital said that nine wounded men had been carried in on doors, none of them from Reedham.",
)
RIVAL = (
    "Reedham has a new master: the Marsh League walked in at first light, finding barracks empty and kettles warm.",
    "Ferry owner Osk Brandel, who watched from the jetty, put its men at three hundred, most on bicycles.",
    "Provincial officials would not say where the garrison had gone, and a telephone at its post rang unanswered.",
    "Flour is dear, the school is shut, and boats to the far bank leave as soon as they are full, residents said.",
)
STANDING = (
    "The League and the province have been at war over the marshes since the eel tax of three winters ago, in which "
    "more than four thousand people were killed and every second bridge was burnt, according to the lake almanac."
)


def article(
    text: str | Iterable[str], by: str = "Marsh Courier", *, day: str | None = "2031-05-06", **more: object
) -> Article:
    """An article of some paragraphs."""
    told = text if isinstance(text, str) else "\n\n".join(text)
    published = Interval.of_days(dt.date.fromisoformat(day)) if day else None
    known = {
        "article_id": content_id(told, by, day, sorted(more.items(), key=str)), "page_id": f"{by}-{day}", "number": 0,
        "text": told, "parts": (), "url": None, "publisher": by, "publisher_how": "test", "published": published,
        "published_how": "test", "language": "en",
    }  # fmt: skip
    return Article(**{**known, **more})  # type: ignore[arg-type]


def recorded(articles: Sequence[Article]) -> Ledger:
    """A ledger in memory with the articles, linked one by one."""
    ledger = Ledger.open(":memory:")
    for one in articles:
        ledger.add(one, [])
        ledger.link(one)
    return ledger


def grouped(*articles: Article) -> tuple[CopyGroup, ...]:
    """The copy groups of some articles."""
    with recorded(articles) as ledger:
        return ledger.copy_groups()
