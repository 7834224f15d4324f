"""Places around a place: how far and in which direction, and what they are to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from marchland.events.weights import Weights
from marchland.ledger.nearby import Spot, relation
from marchland.places.distance import km_between
from marchland.places.relative import bearing
from marchland.records import Place

_WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_HERE = 0.5
"""Kilometres within which two places are at one spot."""
UNPLACED = 20000.0
"""Radius, in km, of a place whose point is not known."""


@dataclass(frozen=True, slots=True)
class Around:
    """A place beside the one asked about."""

    place: Place
    km: float | None
    """Great circle; None where one of the points is not known."""
    where: str
    """`12 km north-east`; empty where it cannot be told."""
    relation: str
    """parent (a change there bears on this place), neighbour (so does one there, less), or empty."""


def spot(place: Place) -> Spot:
    """Where a place is, for `ledger.nearby`."""
    placed = place.radius_km < UNPLACED
    return Spot(place.place_id, place.name, place.kind, place.country or None, place.admin1 or None,
                place.lat if placed else None, place.lon if placed else None)  # fmt: skip


def around(place: Place, others: Iterable[Place], weights: Weights, most: int) -> tuple[Around, ...]:
    """The parents first, then the nearest: no more than `most`."""
    made = [_around(place, other, weights) for other in others if other.place_id != place.place_id]
    made.sort(key=lambda one: (one.relation != "parent", one.km is None, one.km or 0.0, one.place.place_id))
    return tuple(made[:most])


def _around(place: Place, other: Place, weights: Weights) -> Around:
    kind = relation(spot(place), spot(other), weights)
    if place.radius_km >= UNPLACED or other.radius_km >= UNPLACED:
        return Around(other, None, "", kind)
    km = km_between((place.lat, place.lon), (other.lat, other.lon))
    return Around(other, round(km, 1), where_words(km, bearing(place, other)), kind)


def where_words(km: float, degrees: float) -> str:
    """`12 km north-east`, `0.8 km west`, `at the same spot`."""
    if km < _HERE:
        return "at the same spot"
    far = f"{km:.0f}" if km >= 10 else f"{km:.1f}"
    return f"{far} km {_WINDS[round(degrees / 45) % 8]}"
