"""JSON Lines: one page a row, or the reason why the row is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from marchland.read.address import address_of
from marchland.read.decode import lines_of_bytes
from marchland.read.inputs import SNIFF, Input, Limits, moment_of
from marchland.read.names import known_columns
from marchland.read.page import Page
from marchland.records import Skipped, content_id

STRINGS = ("text", "html", "url", "publisher", "published", "language")
"""Fields that must be strings where a row has them under the reader's own name."""


def open_rows(source: Input, limits: Limits) -> Iterator[Page | Skipped]:
    """The pages of JSON Lines, row by row; a line longer than `limits.row` is passed over without being held."""
    rows = 0
    lines = lines_of_bytes(source.stream, source.head[:SNIFF], limits.row)
    for number, (line, whole) in enumerate(lines, start=1):
        where = f"{source.name}:{number}"
        rows += bool(line.strip())
        if not whole:
            yield Skipped(where, f"row of more than {limits.row:,} bytes")
        elif line.strip():
            yield _page_of_line(line, where)
    if rows == 0:
        yield Skipped(source.name, "empty file")


def page_of_row(row: Mapping[str, object], where: str, columns: Mapping[str, str] | None = None) -> Page | Skipped:
    """The page of one row {"id", "text" or "html", "title", "url", "publisher", "published", "language", ...}.

    Fields may go by other usual names (names.py). Unknown fields are ignored, null counts as absent, and a field of the
    wrong type under the reader's own name is a reason to skip the row. `columns` says which of the row's fields holds
    what, where that is known for all rows.
    """
    wrong = [key for key in STRINGS if not isinstance(row.get(key), str | None)]
    if wrong:
        return Skipped(where, f'field "{wrong[0]}" is not a string')
    if columns is None:
        columns = known_columns(key for key, value in row.items() if value not in (None, ""))
    said = {field: _words(row.get(column)) for field, column in columns.items()}
    text, html = said.get("text"), said.get("html")
    if text is None and html is None:
        return Skipped(where, 'neither "text" nor "html" in the row')
    given = row.get(columns.get("id", "id"))
    return Page(
        page_id=_storable(str(given)) if isinstance(given, str | int) and str(given) else content_id(text or html),
        where=where,
        text=text,
        html=html if text is None else None,
        url=address_of(said.get("url")),
        publisher=said.get("publisher"),
        published=_moment(said.get("published")),
        language=said.get("language"),
        title=said.get("title"),
        byline=said.get("byline"),
        updated=_moment(said.get("updated")),
        fetched=_moment(said.get("fetched")),
    )


def _page_of_line(line: bytes, where: str) -> Page | Skipped:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Skipped(where, f"broken JSON: {str(error)[:120]}")
    if not isinstance(row, dict):
        return Skipped(where, "the row is no JSON object")
    return page_of_row(row, where)


def _moment(said: str | None) -> str | None:
    return moment_of(said) if said else None


def _words(value: object) -> str | None:
    """A value as text; a list of names (authors) as one line; None for anything else and for white space."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    return _storable(value) if isinstance(value, str) and value.strip() else None


def _storable(text: str) -> str:
    # A lone surrogate is legal in JSON and in no encoding.
    return text.encode("utf-8", "replace").decode("utf-8")
