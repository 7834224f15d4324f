"""An invented ledger for the tests of reviewing: a marsh with a few towns, and a service over it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from litestar.testing import TestClient

from marchland.ledger.store import Ledger
from marchland.ledger.tokens import add
from marchland.records import Article, ClaimRow, Interval
from marchland.service.app import make_app
from marchland.service.settings import Settings

FRONT, NORLAND = "x:fmf", "x:nor"
BASE = ClaimRow(
    claim_id="", page_id="", article_id="", url=None, publisher="Marsh Courier", published="2021-05-04",
    published_how="printed date", sentence="", start=0, end=0, event="captures", stance="asserts", actor="The Front",
    actor_id=FRONT, actor_name="Free Marsh Front", actor_aliases=("FMF",), actor_side=FRONT, opponent_id=NORLAND,
    opponent_name="Norland", opponent_side=NORLAND, place="Reedham", place_id="x:reedham", place_name="Reedham",
    place_aliases=("Reedham",), place_kind="town", country="UZ", admin1="Fenshire", lat=38.0, lon=66.0,
    place_reason="only one", place_part="", source="publisher", source_name="Marsh Courier",
    source_class="publisher", source_side="", date_text="on Tuesday", date_from="2021-05-03", date_to="2021-05-03",
    date_edtf="2021-05-03", date_how="weekday before publication", quantity=None, witness_id="", frame="take",
    reading=0.9, tense="past",
)  # fmt: skip
LEAD = "Rain fell on the fens all week. "


def claim(name: str, place: str = "Reedham", **changes: Any) -> ClaimRow:
    """One claim of an article of its own; `on` is its day, `by` its outlet."""
    day, by = changes.pop("on", "2021-05-03"), changes.pop("by", f"{name} Courier")
    told = f"The Front took {place} on {day}, a miller told {name}."
    printed = (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    row = replace(
        BASE, claim_id=f"claim-{name}", page_id=f"page-{name}", article_id=f"article-{name}", publisher=by,
        source_name=by, published=printed, sentence=told, start=len(LEAD), end=len(LEAD) + len(told), place=place,
        place_id=f"x:{place.lower()}", place_name=place, place_aliases=(place,), date_from=day, date_to=day,
        date_edtf=day, witness_id=f"witness-{name}", lat=38.0 + len(place) * 2,
    )  # fmt: skip
    return replace(row, **changes)


def article(row: ClaimRow) -> Article:
    """The article of a claim."""
    return Article(
        article_id=row.article_id, page_id=row.page_id, number=0, text=f"{LEAD}{row.sentence} Boats stayed in port.",
        parts=(), url=row.url, publisher=row.publisher, publisher_how="byline",
        published=Interval.of_days(dt.date.fromisoformat(row.published or "")), published_how="printed date",
        language="en",
    )  # fmt: skip


LONE = claim("lone", "Reedham", reading=0.55)
"""The only report of a town, badly read: what the record most rests on."""
HEDGED = claim("hedged", "Norwick", stance="hedges", reading=0.8)
FIRM = [claim(f"firm{number}", "Fenton", reading=0.97, on="2021-05-05", source="publisher") for number in range(4)]
"""A town of which many tell."""
REFUSED = claim("refused", "Mill", place_id=None, place_name=None, place_reason="no place of that name is known")
FAR = claim("far", "Eelwater", on="2021-05-06", reading=0.95)
ROWS = (LONE, HEDGED, *FIRM, REFUSED, FAR)


def fill(path: Path, *more: ClaimRow) -> Path:
    """A ledger with these claims."""
    with Ledger.open(path) as ledger:
        for row in (*ROWS, *more):
            ledger.add(article(row), [row])
    return path


def token(path: Path, name: str) -> dict[str, str]:
    """Headers by which a person may review."""
    with Ledger.open(path) as ledger:
        made = add(ledger.database, name, ["review"], days=None)
    return {"Authorization": f"Bearer {made.token}"}


def client(path: Path) -> TestClient[Any]:
    """A service over a ledger, in this process."""
    return TestClient(make_app(Settings(ledger=str(path), history=False)), raise_server_exceptions=False)
