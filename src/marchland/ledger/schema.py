"""What tables a ledger has, read from the scripts that make them: for what walks all tables, and for docs/ledger.md."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from marchland.ledger.store import MIGRATIONS

DERIVED = "derived: "
"""How the comment of a table begins that can be made again from the others: `merge` does not take its rows."""

ANSWERS = "answers: "
"""How it goes on for one that is filled when questions are asked: a backup does without its rows, too."""

OWN = "own: "
"""How the comment of a table begins that belongs to this one ledger, not to the record: a backup has it, `merge` does
not take its rows, and the digest of what is on record does without it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: str
    """TEXT, INTEGER, REAL or BLOB."""
    required: bool
    """Whether it is never NULL."""
    meaning: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose values are those of another table's row."""

    columns: tuple[str, ...]
    table: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    name: str
    meaning: str
    derived: bool
    """Whether it can be made again from the other tables."""
    answers: bool
    """Whether it only keeps answers that were worked out once, and is filled again when they are asked for."""
    own: bool
    """Whether it belongs to this one ledger, and is no part of the record."""
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Primary key; empty where it has none."""
    references: tuple[Reference, ...]

    @property
    def on_record(self) -> bool:
        """Whether its rows are the record itself: neither made from others nor this ledger's own."""
        return not (self.derived or self.own)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(one.name for one in self.columns)

    @property
    def order(self) -> tuple[str, ...]:
        """Columns that tell rows apart: the key, or all of them."""
        return self.key or self.names

    def place(self, names: Iterable[str]) -> tuple[int, ...]:
        """Where columns stand in a row."""
        return tuple(self.names.index(name) for name in names)

    def ask(self) -> str:
        """A query for all rows, in an order that is the same in every store."""
        order = ", ".join(one for name in self.order for one in self._sorted(name))
        return f"SELECT {', '.join(self.names)} FROM {self.name} ORDER BY {order}"

    def _sorted(self, name: str) -> tuple[str, ...]:
        """Stores put NULLs at different ends unless told."""
        required = next(one.required for one in self.columns if one.name == name)
        return (name,) if required else (f"({name} IS NULL)", name)

    def put(self) -> str:
        """A statement that adds a row where its key is free."""
        marks = ", ".join("?" for _ in self.columns)
        return f"INSERT INTO {self.name} ({', '.join(self.names)}) VALUES ({marks}) ON CONFLICT DO NOTHING"


@cache
def tables(scripts: tuple[str, ...] = MIGRATIONS) -> tuple[Table, ...]:
    """All tables, in an order in which a row may be put in: those referred to come first."""
    sources = [(files("marchland") / "ledger" / name).read_text(encoding="utf-8") for name in scripts]
    store = sqlite3.connect(":memory:")
    for source in sources:
        store.executescript(source)
    meanings = dict(_meanings("\n".join(sources)))
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    made = [_table(store, name, meanings) for (name,) in store.execute(asked)]
    store.close()
    return tuple(_parents_first(made))


def _table(store: sqlite3.Connection, name: str, meanings: dict[tuple[str, str], str]) -> Table:
    rows = store.execute(f"PRAGMA table_info({name})").fetchall()
    columns = tuple(
        Column(column, kind, bool(required or key), meanings.get((name, column), ""))
        for _, column, kind, required, _, key in rows
    )
    keys = sorted((place, column) for _, column, _, _, _, place in rows if place)
    found = sorted(store.execute(f"PRAGMA foreign_key_list({name})"), key=lambda row: (row[0], row[1]))
    references = tuple(_reference(list(group)) for _, group in groupby(found, key=lambda row: row[0]))
    told = meanings.get((name, ""), "")
    meaning = told.removeprefix(DERIVED)
    return Table(name, meaning.removeprefix(ANSWERS).removeprefix(OWN), told != meaning, meaning.startswith(ANSWERS),
                 told.startswith(OWN), columns, tuple(column for _, column in keys), references)  # fmt: skip


def _reference(rows: list[Any]) -> Reference:
    return Reference(tuple(row[3] for row in rows), rows[0][2], tuple(row[4] or row[3] for row in rows))


def _parents_first(waiting: list[Table]) -> Iterator[Table]:
    done: set[str] = set()
    while waiting:
        ready = [one for one in waiting if all(ref.table in done | {one.name} for ref in one.references)]
        yield from ready
        done |= {one.name for one in ready}
        waiting = [one for one in waiting if one.name not in done]


# ------------------------------------------------------------------------------------------------------------ comments

_CREATE = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+) ?\(\s*(?:--\s*(.*))?", re.IGNORECASE)
_ALTER = re.compile(r"ALTER TABLE (\w+) ADD COLUMN (\w+)[^;]*;\s*(?:--\s*(.*))?", re.IGNORECASE)
_COLUMN = re.compile(r"\s+(\w+)\s+(?:TEXT|INTEGER|REAL|BLOB)\b[^-]*(?:--\s*(.*))?")
_MORE = re.compile(r"\s+--\s*(.*)")


def _meanings(source: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Table and column (empty for the table itself) to the comment behind it; a comment may go on in the next lines."""
    table = column = told = ""
    for line in (*source.splitlines(), ""):
        more = _MORE.fullmatch(line)
        if more and table:
            told += f" {more[1]}"
            continue
        if table and told:
            yield (table, column), told.strip()
        column = told = ""
        if altered := _ALTER.match(line):
            yield (altered[1], altered[2]), (altered[3] or "").strip()
        elif created := _CREATE.match(line):
            table, told = created[1], created[2] or ""
        elif line.startswith(")"):
            table = ""
        elif table and (found := _COLUMN.match(line)):
            column, told = found[1], found[2] or ""
