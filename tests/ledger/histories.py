"""Short histories of the invented war, for several tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from war import CROWN, LEAGUE, claim

from marchland.events.weights import Weights, load_weights
from marchland.ledger.fuse import Rules, fuse, holdings
from marchland.records import Article, ClaimRow, HoldingRow, Interval

WEIGHTS: Weights = load_weights()
RULES = Rules(WEIGHTS)


def league_says(**changes: object) -> ClaimRow:
    """A spokesman of the League."""
    return claim("Lake Radio", source="a League spokesman", source_name="League spokesman", source_side=LEAGUE,
                 source_class="spokesperson", **changes)  # fmt: skip


def crown_says(**changes: object) -> ClaimRow:
    """A spokesman of the Crown."""
    return claim("Crown Gazette", source="a Crown spokesman", source_name="Crown spokesman", source_side=CROWN,
                 source_class="spokesperson", **changes)  # fmt: skip


def crown_denies(**changes: object) -> ClaimRow:
    """The Crown denies that the place fell."""
    return crown_says(**{"stance": "denies", "date_from": None, "date_to": "2031-05-04", **changes})


def recapture(by: str = "Marsh Post", day: str = "2031-06-10", **changes: object) -> ClaimRow:
    """The Crown takes it back."""
    published = (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    return claim(by, event="recaptures", by_side=CROWN, on=day, published=published, **changes)


def spells(rows: Sequence[ClaimRow], until: str | None = None) -> list[HoldingRow]:
    """The holdings that follow from some claims."""
    fused = fuse(rows, RULES, until=dt.date.fromisoformat(until) if until else None)
    return holdings(fused, WEIGHTS) if fused else []


def told(rows: Sequence[ClaimRow], until: str | None = None) -> list[tuple[str | None, str, str | None]]:
    """Holder, status and first day of each spell."""
    return [(row.holder_id, row.status, row.from_) for row in spells(rows, until)]


def article_of(row: ClaimRow) -> Article:
    """The article that carries a claim."""
    day = dt.date.fromisoformat(row.published) if row.published else None
    return Article(
        article_id=row.article_id, page_id=row.page_id, number=0, text=row.sentence, parts=(), url=None,
        publisher=row.publisher, publisher_how="", published=Interval.of_days(day) if day else None, published_how="",
        language="en",
    )  # fmt: skip
