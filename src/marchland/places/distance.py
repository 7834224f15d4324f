"""How far places lie from one another, on a round earth."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from marchland.records import Place

EARTH_KM = 6371.0


def km(a: Place, b: Place) -> float:
    """Great-circle distance of two places in kilometres."""
    return km_between((a.lat, a.lon), (b.lat, b.lon))


def km_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon), in degrees, in kilometres."""
    lat1, lon1, lat2, lon2 = map(radians, (*a, *b))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


KM_PER_DEGREE = 111.0
"""Kilometres in a degree of latitude, a little less than there are."""


def box(lat: float, lon: float, km: float) -> tuple[float, float, float, float]:
    """Least and greatest latitude, least and greatest longitude, between which everything so near lies."""
    high = km / KM_PER_DEGREE
    wide = high / max(cos(radians(min(abs(lat) + high, 89.0))), 0.01)
    return lat - high, lat + high, lon - wide, lon + wide
