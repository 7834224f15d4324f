"""What the changes around a place say about it: a post whose district fell, a district whose neighbours fell.

The places around are taken as their own claims tell of them, without what stands around them in turn: a change runs
one step, from a wider place to those inside it and between neighbours of one rank, and never from a part upwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marchland.events.told import ordinal
from marchland.events.weights import Surroundings, Weights
from marchland.ledger.around import NOTHING, Around, Hazard
from marchland.places.distance import km_between
from marchland.records import HoldingRow

RANK = {"country": 4, "province": 3, "district": 2}
"""How wide a place is; a kind that is not listed is a spot, of rank 1."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place is, as far as its surroundings need to know."""

    place_id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None

    @property
    def rank(self) -> int:
        """Wider places have a higher one."""
        return RANK.get(self.kind, 1)


def spot_of(row: HoldingRow) -> Spot:
    """The spot of a holding."""
    return Spot(row.place_id, row.place_name, row.kind, row.country, row.admin1, row.lat, row.lon)


def relation(place: Spot, other: Spot, weights: Weights) -> str:
    """How the other place bears on this one: "parent", "neighbour", or not at all, which is an empty string.

    A province is the parent of what has its name as its province; a district, of the spots close to its centre, for
    the sources give no finer parents. Neighbours are places of one rank within some distance.
    """
    if place.place_id == other.place_id or place.country != other.country or not 1 <= other.rank <= 3:
        return ""
    if other.kind == "province":
        inside = place.rank < other.rank and bool(place.admin1) and place.admin1 == other.name
        return "parent" if inside else ""
    away = _km(place, other)
    if away is None or other.rank < place.rank:
        return ""
    around = weights.around
    if other.rank > place.rank:
        same = not place.admin1 or not other.admin1 or place.admin1 == other.admin1
        return "parent" if same and away <= around.inside_km else ""
    return "neighbour" if away <= around.reach(place.kind) else ""


def _km(place: Spot, other: Spot) -> float | None:
    if place.lat is None or place.lon is None or other.lat is None or other.lon is None:
        return None
    return km_between((place.lat, place.lon), (other.lat, other.lon))


def places_around(place: Spot, others: Iterable[Spot], weights: Weights) -> tuple[str, ...]:
    """Ids of the places whose changes bear on this one: all parents, and the nearest neighbours; sorted."""
    parents, near = [], []
    for other in others:
        kind = relation(place, other, weights)
        if kind == "parent":
            parents.append(other.place_id)
        elif kind:
            near.append((_km(place, other) or 0.0, other.place_id))
    kept = [place_id for _, place_id in sorted(set(near))[: weights.around.most]]
    return tuple(sorted({*parents, *kept}))


def around_of(place: Spot, others: Sequence[HoldingRow], weights: Weights) -> Around:
    """The hazards that the holdings of the places around bring; `others` are those of `places_around`, or more."""
    kept = set(places_around(place, (spot_of(row) for row in others), weights))
    found = [
        _hazard(row, relation(place, spot_of(row), weights), weights.around)
        for row in others
        if row.place_id in kept and row.holder_id and row.from_ and row.status in ("held", "claimed")
    ]
    hazards = tuple(sorted(found, key=lambda one: (one.first_day, one.side, one.sentence)))
    return Around(hazards=hazards) if hazards else NOTHING


def _hazard(row: HoldingRow, kind: str, around: Surroundings) -> Hazard:
    day = ordinal(row.from_) or 0
    rate = (around.parent_rate if kind == "parent" else around.neighbour_rate) * row.probability
    what = "of which it is part" if kind == "parent" else "near it"
    words = f"{row.place_name}, {what}, came to be held by {row.holder_name} on {row.from_}"
    before = around.before_days
    return Hazard(
        row.holder_id or "",
        day - before,
        day + around.days - 1,
        rate,
        words,
        row.claims,
        (row.holder_name or "", *row.holder_aliases),
    )
