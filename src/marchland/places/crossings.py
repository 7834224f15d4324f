"""Border crossings, from `lexicons/crossings.csv`: each is a place of its own, with two sides."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import urlsplit

from marchland.errors import BrokenData
from marchland.places.countries import Country, load_countries, split
from marchland.places.names import key
from marchland.records import Place

COLUMNS = (
    "id", "name", "country_a", "post_a", "admin1_a", "country_b", "post_b", "admin1_b", "aliases", "kind", "lat", "lon",
    "radius_km", "geonames_id", "locode_a", "locode_b", "confidence", "sources", "note",
)  # fmt: skip
KINDS = frozenset({"road", "rail", "road-rail", "river", "ferry", "foot", "checkpoint", "informal"})
"""river: by boat or ford; checkpoint: on a line in one country or between armies; informal: in use, not recognised."""
CONFIDENCE = ("high", "medium", "low")
UNCONFIRMED = "general knowledge, not confirmed"
"""Stands in `sources` where no source was found: such a row is of low confidence."""
_WIDEST_KM = 35.0
_WIKIPEDIA = (
    "wiki",
    "knowledgr",
    "knowledger",
    "absoluteastronomy",
    "soft.lk",
    "alem.dynip",
    "review.clateway",
    "eymaps",
)
"""Parts of hosts that copy Wikipedia: all of them are one source."""
_LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")


@dataclass(frozen=True, slots=True)
class Crossing:
    """A crossing with its two posts; `place.country` is the first side, `place.other_country` the second.

    `place.radius_km` is the precision of the point: the gate lies within so many kilometres of it.
    """

    place: Place
    post_a: str
    post_b: str
    admin1_b: str
    town_id: str
    """Gazetteer id of the town it is named after ("gn:1142404"), not of the gate; empty where not known."""
    confidence: str
    """high, medium or low: that the crossing exists under these names; `place.radius_km` tells of the point."""
    locode_a: str = ""
    """UN/LOCODE of the first side's post without the blank ("AFISQ"); empty where none is confirmed."""
    locode_b: str = ""
    sources: tuple[str, ...] = ()
    """Addresses, or names of registers ("UN/LOCODE"), that know of the crossing; empty where none was found."""
    note: str = ""

    @property
    def origins(self) -> frozenset[str]:
        """Where its sources come from: hosts and registers. All copies of Wikipedia are one."""
        return frozenset(_origin(source) for source in self.sources)

    @property
    def stood_behind(self) -> bool:
        """Whether it rests on a source and is more than a guess: confidence high or medium."""
        return bool(self.sources) and self.confidence != "low"


def load_crossings() -> tuple[Crossing, ...]:
    """All crossings, in the order of the file. Raises BrokenData with file and line for a row that cannot be right."""
    text = files("marchland.lexicons").joinpath("crossings.csv").read_text(encoding="utf-8")
    return read_crossings(text, load_countries())


def read_crossings(text: str, countries: Mapping[str, Country]) -> tuple[Crossing, ...]:
    """The crossings of a table in the form of `lexicons/crossings.csv`.

    Raises BrokenData with file and line for wrong columns, a country that is none or not a neighbour, a point off the
    earth or without precision, an unknown kind or confidence, no source, a malformed UN/LOCODE, an id twice, and two
    rows with the same posts between the same countries.
    """
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BrokenData(f"crossings.csv:1: the columns are {', '.join(COLUMNS)}")
    seen: dict[object, int] = {}
    read = []
    for row in rows:
        fault = next(_faults(row, countries), "") or _repeated(row, seen, rows.line_num)
        if fault:
            raise BrokenData(f"crossings.csv:{rows.line_num}: {fault}")
        read.append(_crossing(row))
    return tuple(read)


def _faults(row: dict[str, str], countries: Mapping[str, Country]) -> Iterator[str]:
    """What is wrong with one row, in the order in which it should be mended."""
    if None in row or None in row.values():
        yield "wrong number of columns"
    yield from (f"no {name}" for name in ("id", "name", "post_a", "post_b", "kind", "sources") if not row[name])
    a, b = row["country_a"], row["country_b"]
    yield from (f"unknown country {code!r}" for code in (a, b) if code not in countries)
    if a != b and b not in countries[a].neighbours:
        yield f"{a} and {b} are not neighbours"
    yield from _point_faults(row)
    if row["kind"] not in KINDS:
        yield f"unknown kind {row['kind']!r}"
    if row["confidence"] not in CONFIDENCE:
        yield f"unknown confidence {row['confidence']!r}"
    if row["sources"] == UNCONFIRMED and row["confidence"] != "low":
        yield "not confirmed, yet not of low confidence"
    for code, country in ((row["locode_a"], a), (row["locode_b"], b)):
        if code and not (_LOCODE.fullmatch(code) and code.startswith(country)):
            yield f"not a UN/LOCODE of {country}: {code!r}"


def _point_faults(row: dict[str, str]) -> Iterator[str]:
    try:
        lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
    except ValueError as error:
        yield str(error)
        return
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        yield f"not a point on earth: {lat}, {lon}"
    if not 0 < radius <= _WIDEST_KM:
        yield f"radius_km is {radius}; more than 0 and at most {_WIDEST_KM:.0f} is wanted"


def _repeated(row: dict[str, str], seen: dict[object, int], line: int) -> str:
    """An id, or a pair of posts, that stands above already; notes both in `seen`."""
    sides = frozenset({(row["country_a"], key(row["post_a"])), (row["country_b"], key(row["post_b"]))})
    for what, name in ((row["id"], "id"), ((sides, row["kind"]), "pair of posts")):
        if seen.setdefault(what, line) != line:
            return f"{name} as in line {seen[what]}"
    return ""


def _crossing(row: dict[str, str]) -> Crossing:
    place = Place(
        place_id=f"x:{row['id']}", name=row["name"], kind="crossing", country=row["country_a"], lat=float(row["lat"]),
        lon=float(row["lon"]), admin1=row["admin1_a"], feature=row["kind"], other_country=row["country_b"],
        aliases=split(row["aliases"]), radius_km=float(row["radius_km"]),
    )  # fmt: skip
    return Crossing(
        place, row["post_a"], row["post_b"], row["admin1_b"], f"gn:{row['geonames_id']}" if row["geonames_id"] else "",
        row["confidence"], row["locode_a"], row["locode_b"],
        () if row["sources"] == UNCONFIRMED else split(row["sources"]), row["note"],
    )  # fmt: skip


def _origin(source: str) -> str:
    host = urlsplit(source.split(maxsplit=1)[0]).hostname
    if host is None:
        return key(source)
    return "wikipedia" if any(part in source.lower() for part in _WIKIPEDIA) else host.removeprefix("www.")


def all_names(crossing: Crossing) -> tuple[str, ...]:
    """Every name of a crossing once by key: its own, its posts', both posts in either order, its aliases."""
    a, b = crossing.post_a, crossing.post_b
    names = (crossing.place.name, a, b, *crossing.place.aliases, f"{a}-{b}", f"{b}-{a}")
    return tuple({key(name): name for name in reversed(names) if key(name)}.values())[::-1]
