"""Writing the file."""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import defaultdict
from pathlib import Path

import marisa_trie

from marchland.places.generic import index_keys
from marchland.places.names import skeleton
from marchland.places.shipped import BLOCK_ROWS, DEGREE, FORM, KINDS, NO_ROW, Row, pack, pack_numbers

from .entry import Entry
from .seats import kind_of


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
        for name in index_keys((entry.name, *entry.aliases)):
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
        " parent INTEGER NOT NULL, seat INTEGER NOT NULL, members INTEGER NOT NULL);"
        "CREATE TABLE code(code TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;"
    )
    rows = [as_row(entry) for entry in entries]
    blocks = (rows[at : at + BLOCK_ROWS] for at in range(0, len(rows), BLOCK_ROWS))
    store.executemany("INSERT INTO block VALUES (?, ?)", ((n, pack(block)) for n, block in enumerate(blocks)))
    store.executemany("INSERT INTO part VALUES (?, ?)", sorted(index_parts(entries).items()))
    store.executemany(
        "INSERT INTO division VALUES (?, ?, ?, ?, ?, ?)",
        ((e.row, e.country, e.level, row_of(e.admin1), row_of(e.seat), len(e.members)) for e in entries if e.level),
    )
    store.execute("CREATE INDEX division_of ON division(country, level)")
    store.executemany("INSERT INTO code VALUES (?, ?)", sorted((e.code, e.row) for e in entries if e.code))
    store.commit()
    store.execute("VACUUM")
    store.close()
