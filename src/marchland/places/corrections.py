"""A user's own names and corrections: a small CSV file that wins over every layer and the shipped gazetteer.

| what | meaning | columns it needs |
|---|---|---|
| name | the place is also called so | place, name |
| not | the place is not called so | place, name |
| point | the place lies here | place, lat, lon |
| parent | the place lies in this division | place, parent |
| place | a new place, with an id of your own | place, name, kind, country, lat, lon |

`place` and `parent` are ids (`marchland places NAME` prints them). `from` and `to` (2004, 2004-04, 2004-04-13) say
when a row holds, `note` is yours. A crossing has two countries: AF/IR.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from marchland.errors import BrokenData
from marchland.places.layerfile import Named, Stored
from marchland.places.names import fold, key, skeleton
from marchland.places.validity import Validity, validity

COLUMNS = ("what", "place", "name", "lat", "lon", "radius_km", "kind", "country", "parent", "from", "to", "note")
NEEDS = {
    "name": ("place", "name"),
    "not": ("place", "name"),
    "point": ("place", "lat", "lon"),
    "parent": ("place", "parent"),
    "place": ("place", "name", "kind", "country", "lat", "lon"),
}
KINDS = frozenset({"country", "province", "district", "capital", "city", "town", "village", "crossing", "base",
                   "airport", "area"})  # fmt: skip
LARGEST = 16 << 20
_MOST = 2e10


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of the file."""

    line: int
    what: str
    place: str
    valid: Validity
    name: str = ""
    point: tuple[float, float] | None = None
    radius_km: float = 0.0
    kind: str = ""
    countries: tuple[str, str] = ("", "")
    parent: str = ""


class Corrections:
    """The rows of a corrections file, asked like a layer."""

    name = "corrections"

    def __init__(self, rows: Iterable[Correction] = (), path: Path | None = None) -> None:
        """Lay out the rows by place and by name."""
        self.rows = tuple(rows)
        self.path = path
        self.covers: frozenset[str] = frozenset()
        self._of: dict[str, list[Correction]] = {}
        self._named: dict[str, list[Correction]] = {}
        self._banned: dict[str, list[Correction]] = {}
        for row in self.rows:
            self._of.setdefault(row.place, []).append(row)
            names = {"name": self._named, "place": self._named, "not": self._banned}.get(row.what)
            if names is not None:
                names.setdefault(key(row.name), []).append(row)

    # ------------------------------------------------------------------------------------------------- like a layer

    def named(self, exact: str) -> list[tuple[str, str, Validity]]:
        """Id, use and time of every place with a name of this exact key."""
        return [(row.place, "", row.valid) for row in self._named.get(exact, ())]

    def has_key(self, exact: str) -> bool:
        """Whether any name has this exact key."""
        return exact in self._named

    def keys_with(self, skeletons: Iterable[str]) -> list[tuple[str, str]]:
        """Exact keys and folded forms of the names with one of these skeletons."""
        return [(exact, fold(exact)) for bones in skeletons for exact in self._skeletons.get(bones, ())]

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for exact in self._named:
            found.setdefault(skeleton(exact), []).append(exact)
        return found

    def id_of(self, code: str) -> str:
        """The id itself where a row is about it."""
        return code if code in self._of else ""

    def get(self, place_id: str, on: dt.date | None = None) -> Stored | None:
        """What the rows say of a place on a day; without a day a point that has ended does not count."""
        rows = self._of.get(place_id)
        if rows is None:
            return None
        stored = Stored(place_id, names=tuple(Named(row.name, "", row.valid) for row in rows if row.what == "name"),
                        parents=tuple((row.parent, row.valid) for row in rows if row.parent))  # fmt: skip
        for row in rows:
            if row.what == "place":
                stored = replace(stored, name=row.name, kind=row.kind, country=row.countries[0], point=row.point,
                                 radius_km=row.radius_km, valid=row.valid, other_country=row.countries[1])  # fmt: skip
        for row in rows:
            if row.what == "point" and (row.valid.holds(on) if on else not row.valid.until):
                stored = replace(stored, point=row.point, radius_km=row.radius_km or stored.radius_km)
        return stored

    def divisions(self, country: str, kind: str) -> list[str]:
        """Ids of the new provinces or districts of a country."""
        return [row.place for row in self.rows if (row.kind, row.countries[0]) == (kind, country)]

    def crossings(self) -> list[str]:
        """Ids of the new border crossings."""
        return [row.place for row in self.rows if row.kind == "crossing"]

    def within(self, place_id: str) -> list[str]:
        """Ids of all that the rows say to lie in a place, at any time."""
        return [row.place for row in self.rows if row.parent == place_id]

    def settled(self, place_id: str) -> int:
        """How many populated places the rows say to lie in a division."""
        return len(self.within(place_id))

    def boxes_at(self, lat: float, lon: float) -> list[tuple[str, bytes]]:
        """Corrections have no polygons."""
        return []

    # ------------------------------------------------------------------------------------------------ what is denied

    def bans(self, place_id: str, exact: str, on: dt.date | None) -> bool:
        """Whether a name is forbidden for a place; without a day only where that has no end."""
        rows = self._banned.get(exact, ())
        return any(row.place == place_id and (row.valid.holds(on) if on else not row.valid.until) for row in rows)

    def has_bans(self, exact: str) -> bool:
        """Whether the name is forbidden for any place."""
        return exact in self._banned


# ---------------------------------------------------------------------------------------------------------- the file


def read_corrections(path: Path) -> Corrections:
    """The corrections in a file; none where there is no file. Raises BrokenData with file and line."""
    if not path.is_file():
        return Corrections(path=path)
    if path.stat().st_size > LARGEST:
        raise BrokenData(f"{path}: larger than {LARGEST >> 20} MiB; add large tables with marchland gazetteer add")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenData(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    try:
        rows = tuple(_rows(text, path))
    except csv.Error as error:
        raise BrokenData(f"{path}: no CSV: {error}") from error
    _refuse_cycles(rows, path)
    return Corrections(rows, path)


def _refuse_cycles(rows: Iterable[Correction], path: Path) -> None:
    lines = {row.place: row.line for row in rows if row.parent}
    try:
        TopologicalSorter({row.place: {row.parent} for row in rows if row.parent}).prepare()
    except CycleError as error:
        places = [str(place) for place in error.args[1]]
        raise BrokenData(
            f"{path}:{min(lines[place] for place in places)}: a cycle of parents: {' lies in '.join(reversed(places))}"
        ) from None


def _rows(text: str, path: Path) -> Iterator[Correction]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    unknown = [column for column in reader.fieldnames or () if column not in COLUMNS]
    if unknown:
        raise BrokenData(f"{path}:1: unknown column {', '.join(unknown)}; the columns are {', '.join(COLUMNS)}")
    new: dict[str, int] = {}
    for cells in reader:
        if not any(cells.values()):
            continue
        try:
            row = correction(cells, reader.line_num)
        except ValueError as error:
            raise BrokenData(f"{path}:{reader.line_num}: {error}") from error
        if row.what == "place" and row.place in new:
            raise BrokenData(f"{path}:{row.line}: {row.place} is a new place on line {new[row.place]} already")
        if row.what == "place":
            new[row.place] = row.line
        yield row


def correction(cells: dict[str, str | None], line: int) -> Correction:
    """One row. Raises ValueError with the reason."""
    if None in cells:
        raise ValueError("more cells than columns")
    row = {column: (cell or "").strip() for column, cell in cells.items()}
    what = row.get("what", "")
    if what not in NEEDS:
        raise ValueError(f'"what" is {", ".join(sorted(NEEDS))}, not "{what}"')
    missing = [column for column in NEEDS[what] if not row.get(column)]
    if missing:
        raise ValueError(f'"{what}" needs {", ".join(missing)}')
    if ":" not in row["place"]:
        raise ValueError(f'"{row["place"]}" is no id such as gn:1140026 or my:old-fort')
    if what in ("name", "not", "place") and not key(row["name"]):
        raise ValueError(f'"{row["name"]}" has no letter')
    if row.get("parent") == row["place"]:
        raise ValueError(f"{row['place']} lies in itself")
    return Correction(
        line, what, row["place"], validity(row.get("from", ""), row.get("to", "")), row.get("name", ""),
        point_of(row["lat"], row["lon"]) if what in ("point", "place") else None,
        number(row.get("radius_km", ""), "radius_km"), _kind(row) if what == "place" else "",
        countries_of(row["country"]) if what == "place" else ("", ""),
        row.get("parent", "") if what in ("place", "parent") else "",
    )  # fmt: skip


def _kind(row: dict[str, str]) -> str:
    kind = row["kind"]
    if kind not in KINDS - {"country"}:
        raise ValueError(f'"{kind}" is no kind of place ({", ".join(sorted(KINDS - {"country"}))})')
    if (kind == "crossing") != ("/" in row["country"]):
        raise ValueError("a crossing has two countries (AF/IR), every other place one")
    return kind


# ------------------------------------------------------------------------------------------------- cells of any table


def point_of(lat: str, lon: str) -> tuple[float, float]:
    """Latitude and longitude in degrees. Raises ValueError for what is no number or lies off the earth."""
    found = _degrees(lat, "latitude", 90.0), _degrees(lon, "longitude", 180.0)
    if found == (0.0, 0.0):
        raise ValueError("0, 0 lies in the sea off Africa: a point that was left out")
    return found


def _degrees(text: str, what: str, most: float) -> float:
    value = _float(text, what)
    if not -most <= value <= most:
        raise ValueError(f"{what} {text} is not between -{most:g} and {most:g}")
    return value


def number(text: str, what: str) -> float:
    """A number of 0 or more, 0 for an empty cell. Raises ValueError, also for one that nothing on earth has."""
    value = _float(text, what) if text else 0.0
    if value < 0:
        raise ValueError(f"{what} {text} is below 0")
    if value > _MOST:
        raise ValueError(f"{what} {text[:40]} is more than there can be")
    return value


def _float(text: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f'{what} "{text[:40]}" is no number') from None
    if not math.isfinite(value):
        raise ValueError(f"{what} {text} is no number")
    return value


def countries_of(text: str) -> tuple[str, str]:
    """ISO alpha-2 of a country, or of the two sides of a crossing ("AF/IR"). Raises ValueError."""
    first, _, second = text.upper().partition("/")
    for code in (first, second):
        if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise ValueError(f'"{text[:20]}" is no country code such as AF, or AF/IR for a crossing')
    if not first:
        raise ValueError("no country")
    return first, second
