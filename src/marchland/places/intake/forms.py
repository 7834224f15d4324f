"""What form a file has, told from its first lines and not from its name."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum

HEAD = 1 << 16
"""Bytes looked at."""
_GEONAMES_COLUMNS, _ALTERNATE_COLUMNS = 19, 10
_LINES = 50


class Form(Enum):
    """A form of gazetteer file; the value is what the user is told."""

    GEONAMES = "GeoNames places (19 columns, tab-separated)"
    ALTERNATES = "GeoNames alternate names (10 columns, tab-separated)"
    GEOJSON = "boundaries (GeoJSON)"
    PLACES = "a table of places (CSV)"
    NAMES = "a table of names (CSV)"
    MEMBERSHIPS = "a table of memberships (CSV)"
    CORRECTIONS = "a table of corrections (CSV)"


class UnknownForm(Exception):
    """The file is in no form that is known; the message says what it looks like."""


def form_of(head: bytes) -> Form:
    """The form of a file that begins with these bytes (a byte order mark apart). Raises UnknownForm."""
    if not head.strip():
        raise UnknownForm("empty")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[1:200:2].count(0) > 20:
        raise UnknownForm("text in UTF-16; save it as UTF-8")
    if b"\0" in head[:4096]:
        raise UnknownForm("not text")
    text = head.decode("utf-8", errors="replace")
    if text.lstrip()[:1] in ("{", "["):
        return _json(text)
    lines = text.split("\n")[:_LINES]
    return _dump([line for line in lines if line.strip()]) or _table(lines[0])


def _json(text: str) -> Form:
    if text.lstrip().startswith("["):
        raise UnknownForm("a JSON list; GeoJSON is an object with features")
    if re.search(r'"type"\s*:\s*"Topology"', text):
        raise UnknownForm("TopoJSON; convert it to GeoJSON")
    return Form.GEOJSON


def _dump(lines: Sequence[str]) -> Form | None:
    """A dump of GeoNames, by its usual number of columns and a first column of numbers."""
    rows = [line.rstrip("\r").split("\t") for line in lines]
    tabbed = [row for row in rows if len(row) >= _ALTERNATE_COLUMNS // 2 and row[0].isdecimal()]
    if 2 * len(tabbed) < len(rows) or not tabbed:
        return None
    columns = Counter(map(len, tabbed)).most_common(1)[0][0]
    near = abs(columns - _GEONAMES_COLUMNS) < abs(columns - _ALTERNATE_COLUMNS)
    return Form.GEONAMES if near else Form.ALTERNATES


def delimiter_of(header: str) -> str:
    """What divides the columns of a table: the commonest of comma, semicolon and tab in its header."""
    return max(",;\t", key=header.count)


def columns_of(header: str) -> tuple[str, ...]:
    """The names of the columns in lower case, with blanks as underscores."""
    cells = next(csv.reader([header], delimiter=delimiter_of(header)), [])
    return tuple(cell.strip().lower().replace(" ", "_") for cell in cells)


def _table(header: str) -> Form:
    if "\r" in header.rstrip("\r"):
        raise UnknownForm("lines that end in a carriage return alone; save it with usual line ends")
    try:
        columns = set(columns_of(header.rstrip("\r")))
    except csv.Error as error:
        raise UnknownForm(f"a first line that is no header: {error}") from error
    if "what" in columns and "place" in columns:
        return Form.CORRECTIONS
    if "name" in columns and columns & {"lat", "latitude"}:
        return Form.PLACES
    if {"id", "name"} <= columns:
        return Form.NAMES
    if {"id", "parent"} <= columns:
        return Form.MEMBERSHIPS
    shown = ", ".join(sorted(columns))[:120]
    raise UnknownForm(f"neither a GeoNames dump, nor GeoJSON, nor a table with the columns of a gazetteer ({shown})")
