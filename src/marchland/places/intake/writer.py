"""Writing a layer: rows go to the file as they come, indexes are made at the end, so that size costs no memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from marchland.places.generic import bare_name, index_keys
from marchland.places.intake.items import Membership, NewName, NewPlace
from marchland.places.layerfile import FORM, INDEXES, TABLES, Outline
from marchland.places.names import bones, fold
from marchland.places.validity import Validity

_AT_ONCE = 20_000
_CACHE_KIB = 32_768
_PLACE = """
INSERT INTO place(id, name, kind, country, lat, lon, population, feature, radius, parent, since, until,
  other_country, post_a, post_b, source, line) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
ON CONFLICT(id) DO UPDATE SET name=excluded.name, kind=excluded.kind, country=excluded.country, lat=excluded.lat,
  lon=excluded.lon, population=excluded.population, feature=excluded.feature, radius=excluded.radius,
  parent=excluded.parent, since=excluded.since, until=excluded.until, other_country=excluded.other_country,
  post_a=excluded.post_a, post_b=excluded.post_b, source=excluded.source, line=excluded.line
  WHERE place.kind IS NULL RETURNING row
"""
_WORK = """
CREATE TEMP TABLE pending(place INTEGER, ref TEXT, name TEXT, since TEXT, until TEXT, dated INTEGER, source INTEGER,
  line INTEGER);
CREATE TEMP TABLE outlined(row INTEGER PRIMARY KEY, derived INTEGER);
"""
"""What is linked once all rows are in: parents by id or code; divisions that the shipped file may know."""


class LayerWriter:
    """A layer on its way. `source` is the number of the file that a row comes from."""

    def __init__(self, path: Path) -> None:
        """Begin a new file, which must not be there."""
        self.store = sqlite3.connect(path, isolation_level=None)
        self.store.executescript(
            f"PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-{_CACHE_KIB};"
            + TABLES
            + _WORK
        )
        self.store.execute("BEGIN")
        self._names: list[tuple[object, ...]] = []
        self._rows: dict[str, int] = {}
        self.names = 0
        """Names written; a name may have several keys."""

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    # -------------------------------------------------------------------------------------------------------- places

    def place(self, item: NewPlace, source: int, *, linked: bool) -> bool:
        """Write a place; False where its id stands in the layer already. `linked`: its parent is an id of the file."""
        country = item.kind == "country"
        parent = self.row_for(item.parent) if linked and item.parent else None
        found = self.store.execute(
            _PLACE,
            (
                item.place_id, None if country else item.name, item.kind, item.country, None if country else item.lat,
                None if country else item.lon, item.population, item.feature, None if country else item.radius_km,
                parent, item.valid.since, item.valid.until, item.other_country, *item.posts, source, item.line,
            ),
        ).fetchall()  # fmt: skip
        if not found:
            return False
        row: int = found[0][0]
        names = (NewName(item.name), *item.names)
        bare = _bare(names) if item.kind in ("province", "district") else ()
        self._add_names(row, (*names, *bare))
        if item.parent and not linked:
            self._pend(row, item.parent, item.parent_name, "", "", False, source, item.line)
        self.store.executemany("INSERT OR IGNORE INTO code VALUES (?, ?)", [(code, row) for code in item.codes])
        if item.outline is not None:
            self._add_outline(row, item.outline, derived=(item.lat, item.lon) == (item.outline.lat, item.outline.lon))
        return True

    def where(self, place_id: str) -> tuple[int, int]:
        """File and line that a place of this layer comes from."""
        source, line = self.store.execute("SELECT source, line FROM place WHERE id = ?", (place_id,)).fetchone()
        return source, line

    def row_of(self, place_id: str) -> int | None:
        """The row of an id or a code, or None."""
        found = self.store.execute("SELECT row FROM place WHERE id = ?", (place_id,)).fetchone() or (
            self.store.execute("SELECT place FROM code WHERE code = ?", (place_id,)).fetchone()
        )
        return found[0] if found else None

    def row_for(self, place_id: str) -> int:
        """The row of an id, made now where there is none: it stands for a place that comes later or from elsewhere."""
        row = self._rows.get(place_id)
        if row is None:
            self.store.execute("INSERT OR IGNORE INTO place(id) VALUES (?)", (place_id,))
            (row,) = self.store.execute("SELECT row FROM place WHERE id = ?", (place_id,)).fetchone()
            self._rows[place_id] = row
        return row

    def _add_outline(self, row: int, outline: Outline, *, derived: bool) -> None:
        west, south, east, north = outline.box
        self.store.execute("INSERT INTO shape VALUES (?, ?)", (row, outline.wkb))
        self.store.execute("INSERT INTO box VALUES (?, ?, ?, ?, ?)", (row, west, east, south, north))
        self.store.execute("INSERT INTO outlined VALUES (?, ?)", (row, derived))

    # --------------------------------------------------------------------------------------------------------- names

    def name(self, place_id: str, name: NewName) -> None:
        """Write a name of a place of this layer, or of one that lies elsewhere."""
        row = self.row_of(place_id)
        self._add_names(row if row is not None else self._stand_in(place_id), (name,))

    def _stand_in(self, place_id: str) -> int:
        row = self.store.execute("INSERT INTO place(id) VALUES (?)", (place_id,)).lastrowid
        assert row is not None
        return row

    def _add_names(self, row: int, names: Iterable[NewName]) -> None:
        once: dict[tuple[str, Validity], NewName] = {}
        for name in names:
            for exact in sorted(index_keys((name.written,)), key=len, reverse=True):
                once.setdefault((exact, name.valid), name)
        self.names += len({(name.written, valid) for (_, valid), name in once.items()})
        self._names += [
            (row, exact, name.written, name.language, name.use, valid.since, valid.until)
            for (exact, valid), name in once.items()
            if exact
        ]
        if len(self._names) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write the names that wait."""
        self.store.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?)", self._names)
        self._names.clear()

    # --------------------------------------------------------------------------------------------------- memberships

    def membership(self, item: Membership, source: int) -> None:
        """Write that a place lies in another for a time; both are looked up at the end."""
        row = self.row_of(item.place_id)
        place = row if row is not None else self._stand_in(item.place_id)
        self._pend(place, item.parent, "", item.valid.since, item.valid.until, True, source, item.line)

    def _pend(self, *values: object) -> None:
        self.store.execute("INSERT INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    # ----------------------------------------------------------------------------------------------------------- end

    def finish(self, about: dict[str, object]) -> None:
        """Make the indexes and say what the layer is."""
        self.flush()
        self.store.execute("COMMIT")
        self.store.executescript(INDEXES)
        self._write_skeletons()
        told = {"form": FORM, **about}
        self.store.executemany(
            "INSERT INTO about VALUES (?, ?)",
            [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in sorted(told.items())],
        )

    def _write_skeletons(self) -> None:
        self.store.create_function("fold", 1, fold, deterministic=True)
        self.store.create_function("bones", 1, bones, deterministic=True)
        self.store.executescript(
            "CREATE TEMP TABLE bone AS SELECT key, fold(key) AS fold FROM (SELECT DISTINCT key FROM name);"
            "INSERT INTO skeleton SELECT bones(fold), key, fold FROM bone WHERE fold != '' ORDER BY 1, 2;"
            "DROP TABLE bone; DROP TABLE pending; DROP TABLE outlined;"
        )

    def count(self, asked: str) -> int:
        """The number that a query gives."""
        (found,) = self.store.execute(asked).fetchone()
        return int(found)


def _bare(names: Iterable[NewName]) -> list[NewName]:
    """The names of a division without their generic word: "Oldford" for "Oldford District"."""
    return [replace(name, written=bare) for name in names if (bare := bare_name(name.written))]
