"""Invented reports with claims whose ids, spans and traces are what reading would have made of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from war import LEAGUE, NAMES, claim

from marchland.ledger.store import Ledger
from marchland.records import (
    Article,
    Claim,
    Interval,
    Part,
    Party,
    Place,
    PlacePhrase,
    Resolved,
    Span,
    Speaker,
    Traced,
    content_id,
)

PLACES = {"Osterby": 60.0, "Vesterby": 60.4, "Sandvik": 60.8, "Holmen": 61.2}
Report = tuple[Article, list[Traced]]


def report(page: str, *places: str, day: str = "2031-05-04", url: str | None = None, more: str = "") -> Report:
    """An article in which the League takes each place, one sentence for each."""
    sentences = [f"The Lake League took {place} on 3 May, residents of {page} said." for place in places]
    text = " ".join([*sentences, more]).strip()
    printed = Interval.of_days(dt.date.fromisoformat(day)) if day else None
    article = Article(
        article_id=content_id(page, 0, text), page_id=page, number=0, text=text,
        parts=(Part("body", 0, len(text)),), url=url, publisher=f"{page} Herald", publisher_how="byline",
        published=printed, published_how="printed date", language="en", content_id=content_id(text),
    )  # fmt: skip
    return article, [_traced(article, place, text.index(sentence), sentence)
                     for place, sentence in zip(places, sentences, strict=True)]  # fmt: skip


def _traced(article: Article, place: str, start: int, sentence: str) -> Traced:
    at = start + sentence.index(place)
    span = Span(at, at + len(place))
    phrase = PlacePhrase(place, span, name=place)
    made = Claim(
        claim_id=content_id(article.article_id, start, place), article_id=article.article_id, page_id=article.page_id,
        sentence=Span(start, start + len(sentence)), trigger=Span(start, start + 4), frame="take", event="captures",
        stance="asserts", stance_how="plain", actor=Party("The Lake League", LEAGUE, NAMES[LEAGUE]), opponent=None,
        place=phrase, source=Speaker("publisher", article.publisher or "", "publisher"), when=None, said=None,
        quantity=None,
    )  # fmt: skip
    place_id = f"x:{place.lower()}"
    choice = Place(place_id, place, "town", "XA", PLACES[place], 20.0)
    day = article.published.last_day if article.published else None
    row = claim(
        by=article.publisher or "", page_id=article.page_id, article_id=article.article_id, url=article.url,
        claim_id=content_id(made.claim_id, place_id), published=day.isoformat() if day else None, sentence=sentence,
        start=start, end=start + len(sentence), place=place, place_id=place_id, place_name=place,
        place_aliases=(place,), lat=PLACES[place],
    )  # fmt: skip
    return Traced(row, made, Resolved(phrase, choice, "only one"))


def without_date(made: Report) -> Report:
    """The same report, undated."""
    article, found = made
    rows = [replace(one, row=replace(one.row, published=None)) for one in found]
    return replace(article, published=None), rows


def put(ledger: Ledger, *reports: Report, now: dt.datetime | None = None) -> None:
    """Add and link reports, as a run does."""
    for article, found in reports:
        ledger.add(article, found, now=now)
        ledger.link(article)


MONDAY = dt.datetime(2031, 5, 5, 8, 0, 0, tzinfo=dt.UTC)
WAR = (
    report("Alpha", "Osterby", "Sandvik", url="https://alpha.example/1"),
    report("Beta", "Osterby", day="2031-05-05", more="The road north stayed open, drivers said."),
    report("Gamma", "Vesterby", "Holmen", day="2031-05-06"),
    report("Alpha", "Osterby", "Holmen", day="2031-05-07", url="https://alpha.example/1"),
)
"""Four reports; the last is another version of the first."""
