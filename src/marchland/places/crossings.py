"""Border crossings, from `lexicons/crossings.csv`: each is a place of its own, with two sides."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

from marchland.errors import BrokenData
from marchland.places.countries import split
from marchland.places.names import key
from marchland.records import Place


@dataclass(frozen=True, slots=True)
class Crossing:
    """A crossing with its two posts; `place.country` is the first side, `place.other_country` the second."""

    place: Place
    post_a: str
    post_b: str
    admin1_b: str
    town_id: str
    """Gazetteer id of the town it is named after ("gn:1142404"), not of the gate; empty where not known."""
    confidence: str
    """high, medium or low: that the crossing exists under these names; `place.radius_km` tells of the point."""


def load_crossings() -> tuple[Crossing, ...]:
    """All crossings, in the order of the file. Raises BrokenData with file and line for a row that cannot be read."""
    text = files("marchland.lexicons").joinpath("crossings.csv").read_text(encoding="utf-8")
    return tuple(_crossing(row, number) for number, row in enumerate(csv.DictReader(text.splitlines()), start=2))


def _crossing(row: dict[str, str], line: int) -> Crossing:
    try:
        lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
    except ValueError as error:
        raise BrokenData(f"crossings.csv:{line}: {error}") from error
    place = Place(
        place_id=f"x:{row['id']}", name=row["name"], kind="crossing", country=row["country_a"], lat=lat, lon=lon,
        admin1=row["admin1_a"], feature=row["kind"], other_country=row["country_b"], aliases=split(row["aliases"]),
        radius_km=radius,
    )  # fmt: skip
    town = f"gn:{row['geonames_id']}" if row["geonames_id"] else ""
    return Crossing(place, row["post_a"], row["post_b"], row["admin1_b"], town, row["confidence"])


def all_names(crossing: Crossing) -> tuple[str, ...]:
    """Every name of a crossing once by key: its own, its posts', both posts in either order, its aliases."""
    a, b = crossing.post_a, crossing.post_b
    names = (crossing.place.name, a, b, *crossing.place.aliases, f"{a}-{b}", f"{b}-{a}")
    return tuple({key(name): name for name in reversed(names) if key(name)}.values())[::-1]
