"""Time zones of places, and hours written on another clock than the place's own.

Days and hours of an `Interval` are those of the clock on the wall at the place; only hours that the words give on
another clock ("0800 GMT") have to be moved to it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import cos, radians
from zoneinfo import ZoneInfo

from marchland.records import Interval

TABLE = "zone.tab"
"""Of the tz database: country, coordinates of the zone's city, name, in that order."""
ISO_6709 = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")
MOST_OF = "most"
"""How the table's note begins on the zone that holds in most of a country."""
NEARER = 9
"""Squared: another city has to be three times as near as that of the zone that holds in most of the country."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A row of the table: IANA name, coordinates of its city in degrees, whether it holds in most of the country."""

    name: str
    lat: float
    lon: float
    most: bool


def zone_of(country: str | None, lat: float | None = None, lon: float | None = None) -> tuple[str, str]:
    """IANA name of the zone of a place, and how it was told; "" and why where it cannot be.

    `country` is ISO 3166-1 alpha-2; latitude and longitude in degrees. Of a country with several zones the one whose
    city lies nearest is taken, which near the line between two zones may be the neighbour's.
    """
    zones = zones_of_countries().get(country or "", ())
    if not zones:
        return "", f'no time zone is known for the country "{country}"' if country else "no country"
    if len(zones) == 1:
        return zones[0].name, f"the zone of {country}"
    if lat is None or lon is None:
        return "", f"{country} has {len(zones)} zones, and the place has no coordinates"
    nearest = min(zones, key=lambda zone: _square(zone, lat, lon) / (NEARER if zone.most else 1))
    return nearest.name, f"the nearest of the {len(zones)} zones of {country}"


@cache
def zones_of_countries() -> dict[str, tuple[Zone, ...]]:
    """Every country's zones with the coordinates of their cities, read once from the tz database."""
    found: dict[str, list[Zone]] = {}
    text = (resources.files("tzdata.zoneinfo") / TABLE).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            country, where, name, *note = line.split("\t")
            most = bool(note) and note[0].startswith(MOST_OF)
            found.setdefault(country, []).append(Zone(name, *_degrees(where), most))
    return {country: tuple(zones) for country, zones in found.items()}


def on_clock(interval: Interval, written: str, zone: str) -> Interval:
    """The interval moved from the clock that the words give to that of the place, both IANA names; open ends stay."""
    return Interval(_moved(interval.start, written, zone), _moved(interval.end, written, zone))


def _moved(moment: dt.datetime | None, written: str, zone: str) -> dt.datetime | None:
    if moment is None or not dt.MINYEAR < moment.year < dt.MAXYEAR:
        return moment
    return moment.replace(tzinfo=ZoneInfo(written)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _degrees(where: str) -> tuple[float, float]:
    hit = ISO_6709.fullmatch(where)
    if hit is None:
        raise ValueError(f"{TABLE}: no coordinates in {where!r}")
    parts = hit.groups(default="0")
    north, east = (int(parts[i + 1]) + int(parts[i + 2]) / 60 + int(parts[i + 3]) / 3600 for i in (0, 4))
    return (north if parts[0] == "+" else -north), (east if parts[4] == "+" else -east)


def _square(zone: Zone, lat: float, lon: float) -> float:
    """Square of the distance in degrees of latitude, over the shorter way round."""
    east = abs(zone.lon - lon)
    east = min(east, 360 - east) * cos(radians(lat))
    return east * east + (zone.lat - lat) ** 2
