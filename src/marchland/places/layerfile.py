"""One layer of a user's gazetteer: a SQLite file that is read where it lies, so that its size costs no memory.

A row of `place` without a kind only stands for a place of another file, so that names, parents and polygons can be
laid over it. Codes ("pcode:AF32") are further ids of a place.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from marchland.errors import BrokenData
from marchland.places.validity import ALWAYS, Validity

FORM = 1
"""Version of the layer's form; a file of another form is refused."""
TABLES = """
CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place(
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT, kind TEXT, country TEXT, lat REAL, lon REAL,
  population INTEGER, feature TEXT, radius REAL, parent INTEGER, since TEXT, until TEXT,
  other_country TEXT, post_a TEXT, post_b TEXT, source INTEGER, line INTEGER);
CREATE TABLE name(place INTEGER NOT NULL, key TEXT NOT NULL, written TEXT NOT NULL, language TEXT, use TEXT,
  since TEXT, until TEXT);
CREATE TABLE membership(place INTEGER NOT NULL, parent INTEGER NOT NULL, since TEXT, until TEXT);
CREATE TABLE code(code TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE shape(row INTEGER PRIMARY KEY, wkb BLOB NOT NULL);
CREATE VIRTUAL TABLE box USING rtree(row, min_lon, max_lon, min_lat, max_lat);
CREATE TABLE skeleton(bones TEXT NOT NULL, key TEXT NOT NULL, fold TEXT NOT NULL, PRIMARY KEY(bones, key))
  WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX name_key ON name(key);
CREATE INDEX name_place ON name(place);
CREATE INDEX place_parent ON place(parent) WHERE parent IS NOT NULL;
CREATE INDEX place_division ON place(country, kind) WHERE kind IN ('province', 'district');
CREATE INDEX place_crossing ON place(kind) WHERE kind = 'crossing';
CREATE INDEX membership_place ON membership(place);
CREATE INDEX membership_parent ON membership(parent);
"""
_AT_ONCE = 500
_KEPT = 8192
"""Places kept in memory: a few MB."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a place as a layer gives it."""

    written: str
    use: str = ""
    """preferred, short, colloquial or historic; empty for any other."""
    valid: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class Stored:
    """What a layer says of a place; empty fields where it says nothing."""

    place_id: str
    name: str = ""
    kind: str = ""
    country: str = ""
    point: tuple[float, float] | None = None
    population: int = 0
    feature: str = ""
    radius_km: float = 0.0
    valid: Validity = ALWAYS
    other_country: str = ""
    posts: tuple[str, str] = ("", "")
    names: tuple[Named, ...] = ()
    parents: tuple[tuple[str, Validity], ...] = ()
    """Ids of what it lies in, each with its time."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A polygon as stored, with a point inside it and the radius of a disc of its area."""

    wkb: bytes
    box: tuple[float, float, float, float]
    """West, south, east, north in degrees."""
    lat: float
    lon: float
    radius_km: float
    mended: bool


class LayerFile:
    """A layer, open for reading."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises BrokenData where it is no layer of this form."""
        self.name = path.stem
        try:
            self._store = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.about = dict(self._store.execute("SELECT name, value FROM about"))
        except sqlite3.DatabaseError as error:
            raise BrokenData(f"{path}: not a layer of the gazetteer: {error}") from error
        if self.about.get("form") != str(FORM):
            raise BrokenData(f"{path}: a layer of another form; remove it and add its files again")
        self.covers = frozenset(json.loads(self.about["covers"]))
        """Levels of countries whose list of divisions this layer gives in full: "AF/2"."""
        self.id_of = lru_cache(maxsize=_KEPT)(self._id_of)
        self._stored = lru_cache(maxsize=_KEPT)(self._read)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def _ids(self, asked: str, values: Sequence[object]) -> list[str]:
        return [found for (found,) in self._store.execute(asked, values)]

    def named(self, key: str) -> list[tuple[str, str, Validity]]:
        """Id, use and time of every place with a name of this exact key."""
        rows = self._store.execute(
            "SELECT place.id, name.use, name.since, name.until FROM name JOIN place ON place.row = name.place"
            " WHERE key = ? ORDER BY place.id",
            (key,),
        )
        return [(place_id, use, Validity(since, until)) for place_id, use, since, until in rows]

    def has_key(self, key: str) -> bool:
        """Whether any name has this exact key."""
        return self._store.execute("SELECT 1 FROM name WHERE key = ? LIMIT 1", (key,)).fetchone() is not None

    def keys_with(self, skeletons: Iterable[str]) -> list[tuple[str, str]]:
        """Exact keys and folded forms of the names with one of these skeletons."""
        wanted = sorted(skeletons)
        found: list[tuple[str, str]] = []
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            asked = f"SELECT key, fold FROM skeleton WHERE bones IN ({','.join('?' * len(some))})"
            found += self._store.execute(asked, some)
        return found

    def _id_of(self, code: str) -> str:
        """The id of the place with this id or code; empty where there is none."""
        found = self._ids("SELECT id FROM place WHERE id = ?", (code,)) or self._ids(
            "SELECT id FROM code JOIN place ON place.row = code.place WHERE code = ?", (code,)
        )
        return found[0] if found else ""

    def get(self, place_id: str, on: dt.date | None = None) -> Stored | None:
        """What this layer says of a place, or None; a layer's points have no dates."""
        found: Stored | None = self._stored(place_id)
        return found

    def _read(self, place_id: str) -> Stored | None:
        found = self._store.execute(
            "SELECT row, name, kind, country, lat, lon, population, feature, radius, parent, since, until,"
            " other_country, post_a, post_b FROM place WHERE id = ?",
            (place_id,),
        ).fetchone()
        if found is None:
            return None
        row, name, kind, country, lat, lon, population, feature, radius, parent, since, until, other, a, b = found
        return Stored(
            place_id, name or "", kind or "", country or "", None if lat is None else (lat, lon), population or 0,
            feature or "", radius or 0.0, Validity(since or "", until or ""), other or "", (a or "", b or ""),
            self._names(row), self._parents(row, parent),
        )  # fmt: skip

    def _names(self, row: int) -> tuple[Named, ...]:
        rows = self._store.execute("SELECT written, use, since, until FROM name WHERE place = ? ORDER BY rowid", (row,))
        return tuple(Named(written, use, Validity(since, until)) for written, use, since, until in rows)

    def _parents(self, row: int, parent: int | None) -> tuple[tuple[str, Validity], ...]:
        rows = self._store.execute(
            "SELECT place.id, m.since, m.until FROM membership m JOIN place ON place.row = m.parent WHERE m.place = ?",
            (row,),
        )
        found = [(place_id, Validity(since, until)) for place_id, since, until in rows]
        own = [] if parent is None else self._ids("SELECT id FROM place WHERE row = ?", (parent,))
        return tuple([(place_id, Validity()) for place_id in own] + found)

    def divisions(self, country: str, kind: str) -> list[str]:
        """Ids of a country's provinces or districts."""
        return self._ids(
            "SELECT id FROM place WHERE kind = ? AND kind IN ('province', 'district') AND country = ? ORDER BY id",
            (kind, country),
        )

    def crossings(self) -> list[str]:
        """Ids of the border crossings."""
        return self._ids("SELECT id FROM place WHERE kind = 'crossing' ORDER BY id", ())

    def within(self, place_id: str) -> list[str]:
        """Ids of all that this layer says to lie in a place, at any time."""
        return self._ids(
            "SELECT child.id FROM place up JOIN place child ON child.parent = up.row WHERE up.id = ?1 UNION"
            " SELECT child.id FROM place up JOIN membership m ON m.parent = up.row JOIN place child"
            " ON child.row = m.place WHERE up.id = ?1 ORDER BY 1",
            (place_id,),
        )

    def settled(self, place_id: str) -> int:
        """How many populated places this layer says to lie in a division."""
        asked = (
            "SELECT count(*) FROM place up JOIN place child ON child.parent = up.row"
            " WHERE up.id = ? AND child.kind IN ('capital', 'city', 'town', 'village')"
        )
        (count,) = self._store.execute(asked, (place_id,)).fetchone()
        return int(count)

    def boxes_at(self, lat: float, lon: float) -> list[tuple[str, bytes]]:
        """Id and polygon (WKB) of the divisions whose bounding box holds a point."""
        return list(
            self._store.execute(
                "SELECT id, wkb FROM box JOIN shape USING (row) JOIN place USING (row) WHERE min_lon <= ?1"
                " AND max_lon >= ?1 AND min_lat <= ?2 AND max_lat >= ?2 ORDER BY id",
                (lon, lat),
            )
        )

    def shape_of(self, place_id: str) -> bytes | None:
        """The polygon of a place (WKB), or None."""
        found = self._store.execute("SELECT wkb FROM place JOIN shape USING (row) WHERE id = ?", (place_id,)).fetchone()
        return found[0] if found else None
