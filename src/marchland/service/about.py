"""What this service serves: its ledger, its days, its holders and how they are drawn."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, get

from marchland import __version__
from marchland.service.desk import Desk
from marchland.service.headers import LIVE
from marchland.service.holders import HolderStyle, styles


class About(msgspec.Struct, frozen=True):
    """The ledger at a glance."""

    version: str
    """Of Marchland."""
    revision: str
    """A word for the state of the record; another one whenever an answer may have changed."""
    ledger: str
    """Name of the ledger, without its folder or password."""
    articles: int
    claims: int
    places: int
    reviews: int
    first_day: str | None
    """First day on which anything on record was published."""
    last_day: str | None
    """Last day on which anything on record became known: where the clocks stand when nothing is asked."""
    countries: list[str]
    """ISO alpha-2 codes of the countries of the places on record."""
    holders: list[HolderStyle]
    """Parties that held something, most often seen first, then those that only stand at posts of crossings; each as it
    is drawn everywhere."""


@get("/api/about", sync_to_thread=True, tags=["record"], opt=LIVE)  # holders grow while places are worked out
def about(request: Request[Any, Any, Any]) -> About:
    """The ledger at a glance: its size, its days, its parties and how they are drawn."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        ask = ledger.database.execute
        articles, claims, places, reviews = (
            ask(f"SELECT count(*) FROM {one}").fetchone()[0] for one in ("article", "claim", "place", "review")
        )
        first, last = ask("SELECT min(published) FROM claim").fetchone()[0], ledger.last_day()
        countries = ask("SELECT DISTINCT country FROM place WHERE country <> '' ORDER BY country").fetchall()
        return About(
            version=__version__, revision=desk.revision(), ledger=desk.shown_name, articles=articles, claims=claims,
            places=places, reviews=reviews, first_day=first, last_day=last.isoformat() if last else None,
            countries=[country for (country,) in countries], holders=styles(ledger),
        )  # fmt: skip


HANDLERS: list[Any] = [about]
