"""How precisely a place is told: in words, as a radius, and in the codes of ACLED and UCDP.

The codes follow ACLED's codebook (`geo_precision`: 1 a particular town; 2 a small part of a region, or near a town;
3 a larger region) and the codebook of UCDP's Georeferenced Event Dataset (`where_prec`: 1 exact; 2 a limited area
around a location; 3 a second-order division; 4 a first-order division; 5 a larger part of a country, between two
places, or told vaguely; 6 the country; 7 international waters or airspace, which the gazetteer does not have).
`lexicons/place_precision.csv` says which word has which codes.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marchland.errors import BrokenData
from marchland.records import Place, Resolved

EXTENT_KM = {
    "village": 2.0,
    "town": 4.0,
    "city": 8.0,
    "capital": 12.0,
    "crossing": 5.0,
    "base": 3.0,
    "airport": 3.0,
    "area": 25.0,
    "district": 25.0,
    "province": 100.0,
    "country": 500.0,
}
"""How far a spot in a place of this kind may lie from its point, where the gazetteer does not say."""
ROUGH_KM = 5.0
"""A crossing, base or airport whose point may be off by more is told only as being near there."""
LIMITED_KM = 25.0
"""UCDP's limited area around a location."""
OUTSIDE_KM = 10.0
"""How far beyond a town its airport or a base there may lie."""
_SITES = frozenset({"crossing", "base", "airport"})


@dataclass(frozen=True, slots=True)
class Precision:
    """How precisely a place is told."""

    words: str
    radius_km: float
    """How far the point may be off from where it happened."""
    geo_precision: int
    """ACLED."""
    where_prec: int
    """UCDP."""


def precision(resolved: Resolved) -> Precision | None:
    """The precision of an answer; None for a refusal. A spot told by way of a refused name has one, too."""
    if resolved.spot is not None:
        words, radius = _of_spot(resolved.spot.how, resolved.spot.radius_km), resolved.spot.radius_km
    elif resolved.choice is not None:
        words, radius = _of_place(resolved.choice, resolved.part), extent(resolved.choice)
        radius += OUTSIDE_KM if words == "part" and resolved.phrase.kind in _SITES else 0.0
    else:
        return None
    return Precision(words, round(radius, 1), *codes()[words])


def extent(place: Place) -> float:
    """How far a spot in a place may lie from its point, in km."""
    return place.radius_km or EXTENT_KM.get(place.kind, EXTENT_KM["area"])


def _of_spot(how: str, radius: float) -> str:
    if how in ("between", "halfway", "road"):
        return "between"
    if radius > LIMITED_KM:
        return "far"
    return how


def _of_place(place: Place, part: str) -> str:
    if place.kind == "country":
        return "border" if "border" in part or "frontier" in part else "region" if part else "country"
    if place.kind in ("province", "district"):
        return place.kind
    if place.kind == "area":
        return "near" if extent(place) <= LIMITED_KM else "region"
    if place.kind in _SITES and extent(place) > ROUGH_KM:
        return "near"
    return "part" if part else "exact"


@cache
def codes() -> dict[str, tuple[int, int]]:
    """Precision in words -> the codes of ACLED and UCDP. Raises BrokenData for a row that cannot be read."""
    text = files("marchland.lexicons").joinpath("place_precision.csv").read_text(encoding="utf-8")
    found: dict[str, tuple[int, int]] = {}
    for line, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            found[row["precision"]] = int(row["geo_precision"]), int(row["where_prec"])
        except ValueError as error:
            raise BrokenData(f"place_precision.csv:{line}: {error}") from error
        if row["geo_precision"] not in "123" or row["where_prec"] not in "1234567":
            raise BrokenData(f"place_precision.csv:{line}: ACLED's codes are 1 to 3, UCDP's 1 to 7")
    return found
