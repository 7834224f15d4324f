"""Tables with named columns (CSV, TSV): one page a row, like a row of JSON Lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from marchland.read.decode import lines_of_bytes, text_of_line
from marchland.read.inputs import Input, Limits, OutOfBounds, shown
from marchland.read.kinds import delimiter_of
from marchland.read.names import BODIES, known_columns
from marchland.read.page import Page
from marchland.read.rows import page_of_row
from marchland.records import Skipped

MAX_COLUMNS_SHOWN = 12
MAX_TROUBLES = 100
"""Broken rows of one table that are named one by one; the others are counted."""


def open_table(source: Input, limits: Limits) -> Iterator[Page | Skipped]:
    """The pages of a table. One without a column of text is refused, and its columns are named."""
    _allow_fields_of(limits.row)
    lines = _Lines(source.stream, source.head, limits.row)
    try:
        first = next(lines, "")
        delimiter = delimiter_of(first)
        columns = next(csv.reader([first], delimiter=delimiter), [])
    except (csv.Error, OutOfBounds) as error:
        yield Skipped(f"{source.name}:1", f"broken first row: {error}")
        return
    if BODIES.isdisjoint(known_columns(columns)):
        named = ", ".join(f'"{shown(column)[:40]}"' for column in columns[:MAX_COLUMNS_SHOWN])
        yield Skipped(source.name, f"table without a column of text or html; its columns: {named}")
        return
    yield from _told(_pages(lines, columns, delimiter, source.name), source.name)


def _told(items: Iterator[Page | Skipped], name: str) -> Iterator[Page | Skipped]:
    """The pages, and the first of the broken rows; of the others the number."""
    troubles = 0
    for item in items:
        troubles += isinstance(item, Skipped)
        if isinstance(item, Page) or troubles <= MAX_TROUBLES:
            yield item
    if troubles > MAX_TROUBLES:
        yield Skipped(name, f"{troubles - MAX_TROUBLES:,} more rows are broken or have no text")


def _pages(lines: _Lines, columns: list[str], delimiter: str, name: str) -> Iterator[Page | Skipped]:
    rows, known = csv.reader(lines, delimiter=delimiter), known_columns(columns)
    while True:
        where = f"{name}:{lines.number + 1}"
        lines.taken = 0
        try:
            row = next(rows, None)
        except (csv.Error, OutOfBounds) as error:
            yield Skipped(where, f"broken row: {error}")
            continue
        if row is None:
            return
        if any(row):
            yield _page(row, columns, known, where)


def _page(row: list[str], columns: list[str], known: Mapping[str, str], where: str) -> Page | Skipped:
    if any(row[len(columns) :]):
        return Skipped(
            where, f"row of {len(row)} fields under {len(columns)} columns: a quotation mark or comma is amiss"
        )
    return page_of_row(dict(zip(columns, row, strict=False)), where, known)


class _Lines:
    """The lines of a table as text. Raises `OutOfBounds` when one row takes more of them than a row may."""

    def __init__(self, stream: BinaryIO, head: bytes, limit: int) -> None:
        self._lines, self._limit = lines_of_bytes(stream, head, limit), limit
        self.number = self.taken = 0
        """Lines read so far; bytes taken by the row that is being read."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line, whole = next(self._lines)
        self.number += 1
        self.taken += len(line)
        if not whole or self.taken > self._limit:
            raise OutOfBounds(f"it takes more than {self._limit:,} bytes (a quotation mark without its pair?)")
        return text_of_line(line)


def _allow_fields_of(size: int) -> None:
    """Let the csv module read long fields. It keeps the bound for the whole process, so it is only ever raised."""
    if csv.field_size_limit() < size:
        csv.field_size_limit(size)
