"""What the places around one say of it, out of the ledger: the changes there, by their own claims alone.

`marchland.ledger.nearby` has the rules; here the places are found and worked out, each once for one day of knowledge.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from marchland.ledger.around import NOTHING, Around
from marchland.ledger.fuse import Rules, fuse, holdings
from marchland.ledger.nearby import Spot, around_of, places_around
from marchland.ledger.store import Ledger
from marchland.records import HoldingRow, Place


def surroundings(ledger: Ledger, rules: Rules, place: Place, known: dt.date | None) -> tuple[Around, frozenset[str]]:
    """What changes around a place say of it as known by a day, and the places that this rests on.

    It also rests on which places are on record around it: `Ledger.add` touches what lies around a new one.
    """
    spot = _spot(place)
    near = places_around(spot, map(_spot, ledger.places_near(place, rules.weights.around.widest)), rules.weights)
    if not near:
        return NOTHING, frozenset()
    rows = [row for place_id in near for row in _changes(ledger, rules, place_id, known)]
    return around_of(spot, rows, rules.weights), frozenset(near)


def _changes(ledger: Ledger, rules: Rules, place_id: str, known: dt.date | None) -> Iterable[HoldingRow]:
    """The dated changes of holder at a place, by its own claims; kept for as long as nothing is added."""
    if known is not None:  # the same on all days up to the next on which something about it became known
        days = _days(ledger, place_id)
        index = bisect_right(days, known.isoformat())
        if not index:
            return ()
        known = dt.date.fromisoformat(days[index - 1])
    key = ("changes", place_id, known, rules.judgements)
    if key not in ledger.memo:
        decided = ledger.door.judgements(known.isoformat() if known else None, place_id)
        own = replace(rules, judgements=decided) if decided else rules
        fused = fuse(ledger.claims(place_id, known_at=known), own)
        found = holdings(fused, own.weights) if fused else []
        ledger.memo[key] = tuple(
            row for row in found if row.from_ and row.holder_id and row.status in ("held", "claimed")
        )
    made: tuple[HoldingRow, ...] = ledger.memo[key]
    return made


def _days(ledger: Ledger, place_id: str) -> tuple[str, ...]:
    key = ("known days", place_id)
    if key not in ledger.memo:
        ledger.memo[key] = ledger.known_days(place_id)
    days: tuple[str, ...] = ledger.memo[key]
    return days


def _spot(place: Place) -> Spot:
    known = place.radius_km < 20000.0
    lat, lon = (place.lat, place.lon) if known else (None, None)
    return Spot(place.place_id, place.name, place.kind, place.country or None, place.admin1 or None, lat, lon)
