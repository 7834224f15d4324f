"""An invented ledger for the tests of lists, claims, articles and exports: the Lake League against the Crown of Varn.

Three outlets print one text, one page is read twice, and one report is full of things that no page may run.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from marchland.ledger.review import Review, made_review
from marchland.ledger.store import Ledger
from marchland.records import (
    Article,
    Claim,
    ClaimRow,
    Interval,
    Part,
    Party,
    Place,
    PlacePhrase,
    Resolved,
    Skipped,
    Span,
    Speaker,
    Traced,
    content_id,
)

LEAGUE, CROWN = "x:lake-league", "x:crown-of-varn"
NAMES = {LEAGUE: "Lake League", CROWN: "Crown of Varn"}
PLACES = {
    "Osterby": ("XA", 60.0, "town"), "Vesterby": ("XA", 60.4, "town"), "Sandvik": ("XA", 60.8, "city"),
    "Holmen": ("XB", 61.2, "town"), "Nordhamn": ("XB", 61.6, "village"),
}  # fmt: skip
HOSTILE = '<script>alert(1)</script> & "quoted" \u202e </textarea>'
COPIED = (
    "Drivers who came from the north told of columns on the old road, of shops that stayed shut and of a mayor who had "
    "left in the night with his family and two lorries of papers, while the council met in a school without him."
)


def claim(article: Article, place: str, sentence: str, start: int, **changes: object) -> Traced:
    """A claim that the League took a place, or as `changes` have it, with how it was read."""
    country, lat, kind = PLACES[place]
    at = start + sentence.index(place)
    phrase = PlacePhrase(place, Span(at, at + len(place)), name=place)
    published = article.published.last_day.isoformat() if article.published and article.published.last_day else None
    party = str(changes.pop("party", LEAGUE))
    row = ClaimRow(
        claim_id=content_id(article.article_id, start, place), page_id=article.page_id, article_id=article.article_id,
        url=article.url, publisher=article.publisher, published=published, published_how="printed", sentence=sentence,
        start=start, end=start + len(sentence), event="captures", stance="asserts", actor=NAMES[party], actor_id=party,
        actor_name=NAMES[party], actor_aliases=(), actor_side=party, opponent_id=None, opponent_name=None,
        opponent_side=None, place=place, place_id=f"x:{place.lower()}", place_name=place, place_aliases=(place,),
        place_kind=kind, country=country, admin1="Northmark", lat=lat, lon=20.0, place_reason="only one", place_part="",
        source="publisher", source_name=article.publisher or "", source_class="publisher", source_side="",
        date_text=None, date_from=published, date_to=published, date_edtf=published or "", date_how="day of the report",
        quantity=None, witness_id="", frame="take", reading=0.9, tense="past",
    )  # fmt: skip
    row = replace(row, **changes)  # type: ignore[arg-type]
    made = Claim(
        claim_id=row.claim_id, article_id=row.article_id, page_id=row.page_id, sentence=Span(row.start, row.end),
        trigger=Span(start, start + 3), frame="take", event=row.event, stance=row.stance, stance_how="plain",
        actor=Party(NAMES[party], party, NAMES[party]), opponent=None, place=phrase,
        source=Speaker("publisher", article.publisher or "", "publisher"), when=None, said=None, quantity=None,
    )  # fmt: skip
    choice = Place(f"x:{place.lower()}", place, kind, country, lat, 20.0)
    return Traced(replace(row, witness_id=f"w-{row.claim_id}"), made, Resolved(phrase, choice, "only one"))


def report(
    outlet: str, day: str, *places: str, url: str | None = None, headline: str = "", more: str = "", **changes: object
) -> tuple[Article, list[Traced]]:
    """A report in which somebody takes each place, one sentence for each, after a headline."""
    sentences = [f"The fighters took {place}, {outlet} has learnt." for place in places]
    head = headline or f"{outlet} on {day}"
    text = "\n\n".join([head, " ".join(sentences), more] if more else [head, " ".join(sentences)])
    page = f"{outlet}-{day}".lower().replace(" ", "-")
    article = Article(
        article_id=content_id(page, 0, text), page_id=page, number=0, text=text,
        parts=(Part("headline", 0, len(head)), Part("body", len(head) + 2, len(text))), url=url, publisher=outlet,
        publisher_how="byline", published=Interval.of_days(dt.date.fromisoformat(day)), published_how="printed date",
        language="en", content_id=content_id(text), headline=head,
    )  # fmt: skip
    found = [claim(article, place, sentence, text.index(sentence), **changes)
             for place, sentence in zip(places, sentences, strict=True)]  # fmt: skip
    return article, found


def copied(outlet: str, day: str) -> tuple[Article, list[Traced]]:
    """The one text that several outlets print."""
    made, found = report("Meridian Wire", day, "Holmen", headline="Holmen taken", more=COPIED)
    article = replace(made, article_id=content_id(outlet, day, made.text), page_id=outlet.lower(), publisher=outlet)
    again = [claim(article, "Holmen", one.row.sentence, one.row.start) for one in found]
    return article, again


def reports() -> list[tuple[Article, list[Traced]]]:
    """All reports."""
    page = "https://varn.example/1"
    return [
        report("Varn Herald", "2031-05-04", "Osterby", "Sandvik", url=page, more="The bridge stayed open all day."),
        report("Lake Radio", "2031-05-05", "Osterby"),
        report("Varn Herald", "2031-05-06", "Osterby", url=page, more="The bridge was shut by noon, the mayor said."),
        *(copied(outlet, "2031-05-07") for outlet in ("Meridian Wire", "Eel Times", "Marsh Courier")),
        report("Eel Times", "2031-05-08", "Vesterby", party=CROWN, source="a mayor", source_name="mayor of Vesterby",
               source_class="official", source_side=CROWN, stance="hedges"),
        report(HOSTILE, "2031-05-09", "Nordhamn", headline=HOSTILE, url="javascript:alert(1)"),
        report("Lake Radio", "2031-05-10", "Sandvik", party=CROWN, event="recaptures"),
    ]  # fmt: skip


def make(path: Path) -> Path:
    """The ledger at a path."""
    fill(str(path))
    return path


def fill(name: str) -> None:
    """Put everything into a ledger, by its name."""
    with Ledger.open(name) as ledger:
        for article, found in reports():
            ledger.add(article, found)
            ledger.link(article)
        ledger.add_skipped("2031-05-11T00:00:00", [
            Skipped(f"page-{number}.html", "no date of publication", "", f"https://skipped.example/{number}")
            for number in range(7)
        ] + [Skipped("crawl.warc.gz@10", "triage found nothing", "", None, True),
             Skipped("seite.html", "language", "de")])  # fmt: skip


def rows(path: Path) -> dict[str, ClaimRow]:
    """Claims of the ledger as they stand, by id."""
    with Ledger.open(path, create=False) as ledger:
        return {one.claim_id: one for one in ledger.claims()}


def correct(path: Path, row: ClaimRow, verb: str, **changes: str) -> Review:
    """A review of a claim, put on record."""
    made = made_review(verb, by="Ada Berg", because="read the page", made="2031-05-12T10:00:00+00:00",
                       claims=[row.claim_id], row=row, changes=changes)  # fmt: skip
    with Ledger.open(path, create=False) as ledger:
        ledger.add_review(made)
    return made
