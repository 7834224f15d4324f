"""Reading the shipped gazetteer file: rows by number, row numbers by name, skeleton, id or division.

Only the name indexes stay in memory (about 15 MB); places are read in blocks when they are asked for.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import marisa_trie
import msgspec

from marchland.errors import BrokenData
from marchland.places.shipped import BLOCK_ROWS, FORM, NO_ROW, Row, split_rows, unpack_numbers, unpack_row

_BLOCKS_KEPT = 512
"""Blocks of 64 places kept, their rows still packed: some 5 MB, the places of several countries in the news."""


class PlaceFile:
    """The shipped file, open for reading. Row numbers are meant as in `marchland.places.shipped`."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises BrokenData where it is absent or not a gazetteer of this form."""
        if not path.is_file():
            raise BrokenData(f"{path}: no such gazetteer; build it with scripts/build_gazetteer.py")
        try:
            self._store = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            parts = dict(self._store.execute("SELECT name, data FROM part"))
        except sqlite3.DatabaseError as error:
            raise BrokenData(f"{path}: not a gazetteer: {error}") from error
        if parts.get("form") != str(FORM).encode():
            raise BrokenData(
                f"{path}: form {parts.get('form')!r}, not {FORM}; build it again with scripts/build_gazetteer.py"
            )
        self.size = int(parts["rows"])
        self.names = marisa_trie.Trie().frombytes(parts["names"])
        self.skeletons = marisa_trie.Trie().frombytes(parts["skeletons"])
        self._first, self._more = unpack_numbers(parts["first"]), unpack_numbers(parts["more"])
        self._ids, self._id_rows = unpack_numbers(parts["ids"]), unpack_numbers(parts["id_rows"])
        self._block = lru_cache(maxsize=_BLOCKS_KEPT)(self._read_block)

    def _read_block(self, number: int) -> list[msgspec.Raw]:
        (data,) = self._store.execute("SELECT data FROM block WHERE number = ?", (number,)).fetchone()
        return split_rows(data)

    def row(self, number: int) -> Row:
        """The place in one row."""
        return unpack_row(self._block(number // BLOCK_ROWS)[number % BLOCK_ROWS])

    def rows_named(self, key: str) -> tuple[int, ...]:
        """Rows with a name or an alias of this exact key."""
        at = self.names.get(key)
        if at is None:
            return ()
        first = self._first[at]
        if first >= 0:
            return (first,)
        begin = -first - 1
        return tuple(self._more[begin + 1 : begin + 1 + self._more[begin]])

    def keys_with(self, skeleton: str) -> list[str]:
        """Exact keys of the names with this skeleton."""
        head = skeleton + "\t"
        return [found[len(head) :] for found in self.skeletons.keys(head)]

    def row_of_number(self, number: int) -> int:
        """Row of a GeoNames number, or NO_ROW."""
        at = bisect_left(self._ids, number)
        return self._id_rows[at] if at < len(self._ids) and self._ids[at] == number else NO_ROW

    def row_of_code(self, code: str) -> int:
        """Row of a place that GeoNames does not number, or NO_ROW."""
        found = self._store.execute("SELECT row FROM code WHERE code = ?", (code,)).fetchone()
        return found[0] if found else NO_ROW

    def divisions(self, country: str, level: int) -> list[int]:
        """Rows of a country's divisions of one level (1 or 2)."""
        asked = "SELECT row FROM division WHERE country = ? AND level = ? ORDER BY row"
        return [row for (row,) in self._store.execute(asked, (country, level))]

    def children(self, row: int, country: str) -> list[int]:
        """Rows of the second-order divisions of a first-order one."""
        asked = "SELECT row FROM division WHERE country = ? AND level = 2 AND parent = ? ORDER BY row"
        return [child for (child,) in self._store.execute(asked, (country, row))]

    def seat(self, row: int) -> int:
        """Row of the seat of a division, or NO_ROW."""
        found = self._store.execute("SELECT seat FROM division WHERE row = ?", (row,)).fetchone()
        return found[0] if found else NO_ROW

    def members(self, row: int) -> int:
        """How many populated places lie in a division."""
        found = self._store.execute("SELECT members FROM division WHERE row = ?", (row,)).fetchone()
        return found[0] if found else 0


def shipped_file() -> Path:
    """Where the gazetteer that ships with the package lies."""
    with as_file(files("marchland").joinpath("data", "gazetteer.db")) as path:
        return path
