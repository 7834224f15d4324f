"""An invented ledger for the tests of a place's page: a town with a denial and a copy, a crossing, a province."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from marchland.ledger.review import made_review
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
    Span,
    Speaker,
    Traced,
    content_id,
)

LEAGUE, CROWN = "x:lake-league", "x:crown-of-varn"
NAMES = {LEAGUE: "Lake League", CROWN: "Crown of Varn"}
TOWN, GATE, PROVINCE, NEAR = "x:osterby", "x:gate", "x:northmark", "x:vesterby"
_POINTS = {TOWN: (60.0, 20.0), GATE: (60.3, 20.0), PROVINCE: (60.1, 20.1), NEAR: (60.0, 20.3)}
_KINDS = {GATE: "crossing", PROVINCE: "province"}
WHO = {"by": "Ada Berg", "because": "read the page", "made": "2031-05-20T10:00:00+00:00"}


def told(sentence: str, place_id: str, name: str, *, by: str, day: str, on: str, **changes: object) -> Traced:
    """One article of one sentence, as reading would have made a claim of it; `on` is the day that it tells of."""
    side = str(changes.pop("by_side", LEAGUE))
    other = CROWN if side == LEAGUE else LEAGUE
    article_id, at = content_id(by, day, sentence), sentence.index(name)
    point, last = _POINTS[place_id], len(sentence) - 4
    phrase = PlacePhrase(name, Span(at, at + len(name)), name=name)
    claim = Claim(
        claim_id=content_id(article_id, 0, name), article_id=article_id, page_id=f"page-{by}",
        trigger=Span(last, last + 3), sentence=Span(0, len(sentence)), frame="take",
        event=str(changes.get("event", "captures")), stance="asserts",
        stance_how="plain", actor=Party(NAMES[side], side, NAMES[side]), opponent=None, place=phrase, when=None,
        source=Speaker("publisher", by, "publisher"), said=None, quantity=None,
    )  # fmt: skip
    row = ClaimRow(
        claim_id=content_id(claim.claim_id, place_id), page_id=claim.page_id, article_id=article_id,
        url=f"https://{by.partition(' ')[0].casefold()}.example/{day}", publisher=by, published=day,
        published_how="printed",
        sentence=sentence, start=0, end=len(sentence), event="captures", stance="asserts", actor=NAMES[side],
        actor_id=side, actor_name=NAMES[side], actor_aliases=(), actor_side=side, opponent_id=other,
        opponent_name=NAMES[other], opponent_side=other, place=name, place_id=place_id, place_name=name,
        place_aliases=(name,), place_kind=_KINDS.get(place_id, "town"), country="XA", admin1="Northmark",
        lat=point[0], lon=point[1], place_reason="only one", place_part="", source="publisher", source_name=by,
        source_class="publisher", source_side="", date_text="on that day", date_from=on, date_to=on, date_edtf=on,
        date_how="", quantity=None, witness_id=content_id("w", claim.claim_id), frame="take", reading=0.9,
        tense="past",
    )  # fmt: skip
    choice = Place(place_id, name, row.place_kind or "", "XA", *point)
    return Traced(replace(row, **changes), claim, Resolved(phrase, choice, "only one"))  # type: ignore[arg-type]


def put(ledger: Ledger, *found: Traced) -> None:
    """Add the articles with their claims, and link them, as a run does."""
    for one in found:
        row = one.row
        day = dt.date.fromisoformat(row.published or "")
        article = Article(
            article_id=row.article_id, page_id=row.page_id, number=0, text=row.sentence,
            parts=(Part("body", 0, len(row.sentence)),), url=row.url, publisher=row.publisher, publisher_how="byline",
            published=Interval.of_days(day), published_how="printed date", language="en",
            content_id=content_id(row.sentence),
        )  # fmt: skip
        ledger.add(article, [one])
        ledger.link(article)


LONG = ("The Lake League took Osterby on 3 May after two days of shelling, residents who had crossed the lake by ferry "
        "said on Sunday, and its flag was seen over the customs house.")  # fmt: skip
FIRST = told(LONG, TOWN, "Osterby", by="Varn Herald", day="2031-05-04", on="2031-05-03")
COPY = told(LONG, TOWN, "Osterby", by="Reed Post", day="2031-05-05", on="2031-05-03", page_id="page-Reed",
            witness_id=FIRST.row.witness_id)  # fmt: skip
SECOND = told("Osterby is in the hands of the League 🏴, a ferryman told us.", TOWN, "Osterby", by="Lake Radio",
              day="2031-05-06", on="2031-05-05", event="controls")  # fmt: skip
DENIAL = told("Osterby has not fallen, said a spokesman of the Crown.", TOWN, "Osterby", by="Crown Gazette",
              day="2031-05-05", on="2031-05-03", stance="denies", source="a spokesman", source_name="Crown spokesman",
              source_class="spokesperson", source_side=CROWN)  # fmt: skip
WRONG = told("The Crown retook Osterby on 12 May, one leaflet said.", TOWN, "Osterby", by="Leaflet", day="2031-05-13",
             on="2031-05-12", by_side=CROWN, event="recaptures")  # fmt: skip
SHUT = told("The League closed the Weir Gate to lorries on 8 May.", GATE, "Weir Gate", by="Varn Herald",
            day="2031-05-08", on="2031-05-08", event="closes")  # fmt: skip
TAKEN = told("The League took the Weir Gate on 7 May.", GATE, "Weir Gate", by="Lake Radio", day="2031-05-08",
             on="2031-05-07")  # fmt: skip
AROUND = told("Vesterby fell to the League on 2 May.", NEAR, "Vesterby", by="Lake Radio", day="2031-05-03",
              on="2031-05-02")  # fmt: skip
WHOLE = told("The League holds all of Northmark since 9 May.", PROVINCE, "Northmark", by="Lake Radio",
             day="2031-05-10", on="2031-05-09")  # fmt: skip
ALL = (FIRST, COPY, SECOND, DENIAL, WRONG, SHUT, TAKEN, AROUND, WHOLE)


def make(path: Path) -> Path:
    """The ledger, with one claim rejected by a reviewer and one accepted."""
    with Ledger.open(path) as ledger:
        put(ledger, *ALL)
        ledger.add_review(made_review("reject", claims=[WRONG.row.claim_id], row=WRONG.row, **WHO))
        ledger.add_review(made_review("accept", claims=[SECOND.row.claim_id], row=SECOND.row, **WHO))
    return path
