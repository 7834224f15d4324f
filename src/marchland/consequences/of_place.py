"""What follows for one place, from no more of the record than bears on it: its claims, its country's crossings."""

from __future__ import annotations

import datetime as dt

from marchland.consequences.asked import followed
from marchland.consequences.build import Record, Scope
from marchland.consequences.records import Consequences, Period
from marchland.consequences.settings import Settings
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.places.names import key
from marchland.records import Place


def of_place(
    ledger: Ledger, place: Place, asked: Period, settings: Settings, known: dt.date | None
) -> Consequences:  # fmt: skip
    """As `build.consequences` for the whole record. Raises Misuse for a period in which nothing is known."""
    sides = query.crossing_sides(ledger)
    gates = {one for one, both in sides.items() if place.country in both.split("/")} | ({place.place_id} & set(sides))
    wanted = sorted({*gates, place.place_id})
    end = ledger.last_day(known) or asked.last
    record = Record(
        [row for one in wanted for row in query.claims(ledger, place_id=one, known_at=known)],
        query.holdings_of(ledger, wanted, known_at=known),
        query.crossings(ledger, known_at=known, place_ids=gates),
        min(known, end) if known else end,
    )
    division = place.name if place.kind == "province" else place.admin1
    scope = Scope(place_id=place.place_id, province=(place.country or None, key(division)))
    return followed(
        record, asked.first.isoformat(), asked.last.isoformat(), scope=scope, settings=settings,
        known_at=known.isoformat() if known else None,
    )  # fmt: skip
