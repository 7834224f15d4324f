"""Places that GeoNames' list of populated places lacks: airfields, and villages of one country's own list."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

from marchland.places.extras import load_common_words, load_sites
from marchland.places.names import key, similarity, skeleton

from .entry import Entry, km_between
from .sources import table

BASE_WORDS = re.compile(
    r"\b(?:Air ?[Bb]ase|Air Force Base|AFB|Air Station|Army Airfield|Army Air Field|Naval|Military|RAF|Base A[eé]rea)\b"
)
AIRFIELD_KM = 2.0
"""How far the reference point of an airfield may lie from the part of it that is meant."""
VILLAGE_KM = 3.0
KNOWN_KM = 5.0
"""An airfield as near as this to a site of the lexicon is that site."""
GENERIC = frozenset({
    "aero", "aerodrome", "aeroclub", "afb", "air", "airbase", "airfield", "airport", "airstrip", "area", "army",
    "base", "central", "city", "county", "downtown", "east", "executive", "field", "force", "glider", "heliport",
    "international", "island", "lrrs", "memorial", "military", "municipal", "national", "naval", "new", "north",
    "northeast", "northern", "northwest", "old", "private", "regional", "seaplane", "south", "southeast",
    "southern", "southwest", "sport", "state", "station", "town", "west",
})  # fmt: skip
"""Words that name no airfield by themselves: "Municipal Airport" is hundreds."""
_PLAIN_ID = re.compile(r"[A-Z]{4}|[A-Z]{2}\d{2}")


# ------------------------------------------------------------------------------------------------------------ airfields


def read_airfields(cities: list[Entry]) -> list[Entry]:
    """The airfields of airportsdata that may be in the news: those with an airline code, and outside the countries
    with thousands of private strips all with a code of their own."""
    text = files("airportsdata").joinpath("airports.csv").read_text(encoding="utf-8")
    sites = [site for site in load_sites() if site.kind in ("base", "airport")]
    near = _by_cell(cities)
    found = []
    for row in csv.DictReader(text.splitlines()):
        if not _is_wanted(row):
            continue
        entry = _airfield(row)
        if any(km_between((entry.lat, entry.lon), (site.lat, site.lon)) <= KNOWN_KM for site in sites):
            continue
        beside = _nearest(entry, near)
        if beside is not None:
            entry.admin1, entry.admin2 = beside.admin1, beside.admin2
        found.append(entry)
    return found


def _is_wanted(row: dict[str, str]) -> bool:
    return bool(row["iata"]) or bool(BASE_WORDS.search(row["name"])) or (
        row["country"] not in ("US", "CA", "AU", "BR", "DE", "FR", "GB") and bool(_PLAIN_ID.fullmatch(row["icao"]))
    )  # fmt: skip


def _airfield(row: dict[str, str]) -> Entry:
    base = bool(BASE_WORDS.search(row["name"]))
    entry = Entry(0, row["name"], row["country"], airfield_names(row["name"], row["city"]), code=f"icao:{row['icao']}")
    entry.lat, entry.lon, entry.radius_km = float(row["lat"]), float(row["lon"]), AIRFIELD_KM
    entry.kind, entry.feature = ("base", "AIRB") if base else ("airport", "AIRP")
    return entry


def airfield_names(name: str, city: str) -> list[str]:
    """Other ways to print the name of an airfield: without "International", without its city, by its city."""
    plain = re.sub(r"\b(?:International|Regional|Domestic) (?=Airport\b)", "", name)
    names = [plain]
    if city and plain.startswith(city + " ") and not GENERIC.issuperset(plain[len(city) + 1 :].lower().split()):
        names.append(plain[len(city) + 1 :])
    if city and name.endswith("International Airport"):
        names += [f"{city} Airport", f"{city} International Airport"]
    names += [re.sub(r"\bAir Base\b", written, one) for one in (name,) for written in ("Airbase", "Airfield")]
    return [one for one in dict.fromkeys(names) if one != name and " " in one]


def _by_cell(cities: list[Entry]) -> dict[tuple[str, int, int], list[Entry]]:
    cells = defaultdict(list)
    for city in cities:
        cells[city.country, round(city.lat), round(city.lon)].append(city)
    return cells


def _nearest(entry: Entry, cells: dict[tuple[str, int, int], list[Entry]]) -> Entry | None:
    lat, lon = round(entry.lat), round(entry.lon)
    near = [city for x in (-1, 0, 1) for y in (-1, 0, 1) for city in cells.get((entry.country, lat + x, lon + y), ())]
    return min(
        near, key=lambda city: (km_between((entry.lat, entry.lon), (city.lat, city.lon)), city.number), default=None
    )


# ------------------------------------------------------------------------------------------------------------- villages


def read_villages(divisions: list[Entry], cities: list[Entry]) -> list[Entry]:
    """Villages of villages.csv in their districts.

    Left out are names that also mean something better known, in the list's own country or (as a country, a big town)
    anywhere, and names that several villages of one province share: they would only mislead.
    """
    taken = _taken_names(divisions, cities)
    common = load_common_words()
    rows = table("villages.csv")
    times = defaultdict(set)
    for row in rows:
        times[row["country"], row["province"], key(village_name(row["name"]))].add(row["no"])
    finder = _Districts(divisions)
    found = []
    for row in rows:
        name = village_name(row["name"])
        unclear = len(times[row["country"], row["province"], key(name)]) > 1
        if unclear or len(key(name)) < 4 or key(name) in common or key(name) in taken or skeleton(name) in taken:
            continue
        entry = Entry(0, name, row["country"], [], code=f"village:{row['country']}-{row['no']}")
        entry.lat, entry.lon, entry.radius_km = float(row["lat"]), float(row["lon"]), VILLAGE_KM
        entry.kind, entry.feature = "village", "PPL"
        entry.admin1, entry.admin2 = finder.find(row)
        found.append(entry)
    return found


def village_name(written: str) -> str:
    """ "orup" -> "Orup", "Angurak (2)" -> "Angurak"."""
    plain = re.sub(r"\s*\(.*?\)", "", written).strip(" '")
    return plain[:1].upper() + plain[1:]


def _taken_names(divisions: list[Entry], cities: list[Entry]) -> set[str]:
    listed = {row["country"] for row in table("villages.csv")}
    taken = set()
    for entry in (*divisions, *cities):
        if entry.country in listed:
            taken |= {found for name in (entry.name, *entry.aliases) if (found := skeleton(name))}
        elif entry.population >= 20_000 or entry.level == 1:
            taken |= {key(name) for name in (entry.name, *entry.aliases)}
    return taken | {key(row[0]) for row in country_rows()}


def country_rows() -> Iterator[tuple[str]]:
    """Names of countries."""
    text = files("marchland.lexicons").joinpath("countries.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for name in (row["name"], *row["aliases"].split(";")):
            yield (name,)


class _Districts:
    """Finds the divisions that a list spells in its own way."""

    def __init__(self, divisions: list[Entry]) -> None:
        self._divisions = divisions
        self._found: dict[tuple[str, str, str], tuple[Entry | None, Entry | None]] = {}

    def find(self, row: dict[str, str]) -> tuple[Entry | None, Entry | None]:
        asked = (row["country"], row["province"], row["district"])
        if asked not in self._found:
            provinces = [one for one in self._divisions if one.level == 1 and one.country == row["country"]]
            province = _likest(row["province"], provinces)
            inside = [one for one in self._divisions if one.level == 2 and one.admin1 is province and province]
            self._found[asked] = (province, _likest(row["district"], inside))
        return self._found[asked]


def _likest(name: str, among: list[Entry]) -> Entry | None:
    scored = [(max(similarity(name, known) for known in (one.name, *one.aliases)), -at) for at, one in enumerate(among)]
    best = max(scored, default=(0.0, 0))
    return among[-best[1]] if best[0] >= 0.75 else None
