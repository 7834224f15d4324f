"""Countries, from `lexicons/countries.csv`: names, codes, neighbours, capital, adjectives."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marchland.errors import BrokenData
from marchland.records import Place


@dataclass(frozen=True, slots=True)
class Country:
    """A country and what the news calls it."""

    place: Place
    alpha3: str
    numeric: str
    """Three digits, empty where ISO gives none."""
    capital: str
    neighbours: tuple[str, ...]
    """ISO alpha-2 of the countries it borders on."""
    adjectives: tuple[str, ...]
    """Adjectives and names of its people ("Afghan", "Afghans")."""
    geonames_id: str
    """Its GeoNames id in the form of the other places ("gn:1149361")."""


@cache
def load_countries() -> dict[str, Country]:
    """All countries by ISO alpha-2. Raises BrokenData with file and line for a row that cannot be read."""
    text = files("marchland.lexicons").joinpath("countries.csv").read_text(encoding="utf-8")
    rows = enumerate(csv.DictReader(text.splitlines()), start=2)
    return {row["alpha2"]: _country(row, number) for number, row in rows}


def _country(row: dict[str, str], line: int) -> Country:
    try:
        lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
        population = int(row["population"])
    except ValueError as error:
        raise BrokenData(f"countries.csv:{line}: {error}") from error
    place = Place(
        place_id=f"iso:{row['alpha2']}", name=row["name"], kind="country", country=row["alpha2"], lat=lat, lon=lon,
        population=population, feature="PCL", aliases=split(row["aliases"]), radius_km=radius,
    )  # fmt: skip
    return Country(
        place,
        row["alpha3"],
        row["numeric"],
        row["capital"],
        split(row["neighbours"]),
        split(row["adjectives"]),
        f"gn:{row['geonames_id']}",
    )


def split(listed: str) -> tuple[str, ...]:
    """The parts of a list that a cell holds, separated by semicolons."""
    return tuple(part.strip() for part in listed.split(";") if part.strip()) if listed else ()
