"""The form of the shipped gazetteer file: shared by the script that builds it and the class that reads it.

The file is a SQLite database with four tables:

- `block(number, data)`: places in rows of `BLOCK_ROWS`, each block a zlib-compressed msgpack list of `Row`;
- `division(row, country, level, parent, seat, members)`: what can be asked of a province or a district;
- `code(code, row)`: places by an id that is no GeoNames number;
- `part(name, data)`: the name indexes. `names` is a marisa trie of exact keys; key number n names the place row
  `first[n]`, or, where negative, the rows listed in `more` from `-first[n] - 1` on, after their count. `skeletons`
  is a marisa trie of "skeleton<TAB>key". `ids` and `id_rows` find the row of a GeoNames number. Arrays are
  little-endian int32, not compressed, so that the file opens quickly.

Rows are numbered from 0: by country, then divisions before populated places, then by population.
"""

from __future__ import annotations

import sys
import zlib
from array import array

import msgspec

BLOCK_ROWS = 64
FORM = 2
"""Version of the file's form; a file of another form is refused."""
KINDS = ("province", "district", "capital", "city", "town", "village", "airport", "base")
NO_ROW = -1
DEGREE = 1e4
"""Coordinates are stored as ten-thousandths of a degree (11 m)."""


class Row(msgspec.Struct, array_like=True, frozen=True):
    """One place as stored; `admin1` and `admin2` are row numbers or NO_ROW."""

    number: int
    """GeoNames number, 0 where it has none."""
    code: str
    """The id of a place that GeoNames does not number ("iso:AO-CCU", "icao:OAIX"), else empty."""
    name: str
    kind: int
    country: str
    lat: int
    lon: int
    admin1: int
    admin2: int
    population: int
    feature: str
    """GeoNames feature code; "PPLA derived" where the seat of a division was told by name or size alone."""
    radius_m: int
    aliases: list[str]


def pack(rows: list[Row]) -> bytes:
    """One block as stored."""
    return zlib.compress(msgspec.msgpack.encode(rows), 9)


def split_rows(data: bytes) -> list[msgspec.Raw]:
    """The rows of one block, each still packed: of most blocks one row is wanted."""
    return _BLOCKS.decode(zlib.decompress(data))


def unpack_row(data: msgspec.Raw) -> Row:
    """One row of a block."""
    return _ROWS.decode(data)


_BLOCKS = msgspec.msgpack.Decoder(list[msgspec.Raw])
_ROWS = msgspec.msgpack.Decoder(Row)


def pack_numbers(numbers: array[int]) -> bytes:
    """An array of int32 as stored."""
    if sys.byteorder == "big":
        numbers = array("i", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def unpack_numbers(data: bytes) -> array[int]:
    """A stored array of int32."""
    numbers = array("i")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
