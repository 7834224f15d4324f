"""A place on its way into the file."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from marchland.places.shipped import NO_ROW

EARTH_KM = 6371.0


@dataclass(slots=True)
class Entry:
    """A place on its way into the file; `parent` and `level` are set for divisions only."""

    number: int
    name: str
    country: str
    aliases: list[str]
    code: str = ""
    level: int = 0
    """1 or 2 for a division, 0 for a populated place."""
    population: int = 0
    lat: float = math.nan
    lon: float = math.nan
    radius_km: float = 0.0
    feature: str = ""
    kind: str = ""
    """Set where feature and population do not tell it: airport, base, village."""
    admin1: Entry | None = None
    admin2: Entry | None = None
    members: list[Entry] = field(default_factory=list)
    seat: Entry | None = None
    row: int = NO_ROW


def km_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) in degrees."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
