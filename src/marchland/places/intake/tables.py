"""Tables (CSV): places, further names, memberships. The columns are told apart by the header; extra ones are no harm.

places:      name, lat, lon; and id, kind, country, parent, population, radius_km, feature, aliases, from, to,
             post_a, post_b (of a crossing, whose country is AF/IR)
names:       id, name; and language, use, from, to
memberships: id, parent; and from, to

An id with a scheme ("gn:1140026") is that place; any other ("old-fort") belongs to the layer. Aliases are divided by
semicolons.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping

from marchland.places.corrections import KINDS, countries_of, number, point_of
from marchland.places.intake.files import Source, lines_of
from marchland.places.intake.forms import Form, columns_of, delimiter_of
from marchland.places.intake.items import Fault, Item, LeftOut, Membership, MoreNames, NewName, NewPlace, Wanted
from marchland.places.names import key
from marchland.places.validity import validity

USES = frozenset({"", "preferred", "short", "colloquial", "historic"})
DEFAULT_KIND = "village"
_SAME = {"latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "country_code": "country",
         "alternate_names": "aliases", "radius": "radius_km", "lang": "language"}  # fmt: skip
_LONGEST_NAME = 200
_NEEDED = {Form.PLACES: ("name", "lat", "lon"), Form.NAMES: ("id", "name"), Form.MEMBERSHIPS: ("id", "parent")}
_KNOWN = frozenset({"id", "name", "lat", "lon", "kind", "country", "parent", "population", "radius_km", "feature",
                    "aliases", "from", "to", "post_a", "post_b", "language", "use"})  # fmt: skip


def read_table(source: Source, form: Form, wanted: Wanted) -> Iterator[Item]:
    """The rows of a table, with faults by line."""
    faults: list[Fault] = []
    with source.open() as stream:
        lines = _good(lines_of(stream), faults)
        header = next(lines, "")
        columns = [_SAME.get(column, column) for column in columns_of(header)]
        if why := _header_fault(columns, form):
            yield Fault(1, why)
            return
        reader = csv.reader(lines, delimiter=delimiter_of(header), strict=True)
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Fault(reader.line_num + 1, f"no row of CSV: {error}")
                break
            yield from faults
            faults.clear()
            if cells is None:
                break
            yield from _row(cells, columns, reader.line_num + 1, form, wanted)


def _header_fault(columns: list[str], form: Form) -> str:
    """What is wrong with a header, or an empty string."""
    missing = [column for column in _NEEDED[form] if column not in columns]
    twice = sorted({column for column in columns if column in _KNOWN and columns.count(column) > 1})
    if missing:
        return f"no column {', '.join(missing)}"
    return f"two columns for {', '.join(twice)}" if twice else ""


def _good(lines: Iterator[tuple[int, str] | Fault], faults: list[Fault]) -> Iterator[str]:
    """The lines that can be read; of the others the faults are put aside."""
    for line in lines:
        if isinstance(line, Fault):
            faults.append(line)
            yield ""
        else:
            yield line[1] + "\n"


def _row(cells: list[str], columns: list[str], line: int, form: Form, wanted: Wanted) -> Iterator[Item]:
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != len(columns):
        yield Fault(line, f"{len(cells)} columns, the header has {len(columns)}")
        return
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    try:
        yield _READERS[form](row, line, wanted)
    except ValueError as error:
        yield Fault(line, str(error))


def _place(row: Mapping[str, str], line: int, wanted: Wanted) -> Item:
    name, kind = row["name"], row.get("kind", "") or DEFAULT_KIND
    if not key(name) or len(name) > _LONGEST_NAME:
        raise ValueError("no name" if not key(name) else f"a name of {len(name)} letters")
    if kind not in KINDS - {"country"}:
        raise ValueError(f'"{kind[:40]}" is no kind of place ({", ".join(sorted(KINDS - {"country"}))})')
    country, other = countries_of(row.get("country", "") or wanted.country)
    if (kind == "crossing") != bool(other):
        raise ValueError("a crossing has two countries (AF/IR), every other place one")
    for code in (country, other):
        if code and code not in wanted.alpha2:
            raise ValueError(f'"{code}" is no country')
    if wanted.country not in ("", country, other):
        return LeftOut(f"places outside {wanted.country}")
    lat, lon = point_of(row["lat"], row["lon"])
    aliases = tuple(NewName(one) for part in row.get("aliases", "").split(";") if key(one := part.strip()))
    return NewPlace(
        line, place_id(row.get("id", "") or _slug(name), wanted), name, kind, country, lat, lon, aliases,
        int(number(row.get("population", ""), "population")), row.get("feature", ""),
        number(row.get("radius_km", ""), "radius_km"), row.get("parent", ""),
        valid=validity(row.get("from", ""), row.get("to", "")), other_country=other,
        posts=(row.get("post_a", ""), row.get("post_b", "")),
    )  # fmt: skip


def _slug(name: str) -> str:
    return key(name).replace(" ", "-")


def place_id(text: str, wanted: Wanted) -> str:
    """An id with its scheme. Raises ValueError for an empty one or one with blanks."""
    if not text or re.search(r"\s", text):
        raise ValueError(f'"{text[:40]}" is no id')
    return text if ":" in text else f"{wanted.layer}:{text}"


def _name(row: Mapping[str, str], line: int, wanted: Wanted) -> Item:
    if not key(row["name"]) or len(row["name"]) > _LONGEST_NAME:
        raise ValueError("no name")
    if row.get("use", "") not in USES:
        raise ValueError(f'use "{row["use"][:20]}" is none of {", ".join(sorted(USES - {""}))}')
    name = NewName(row["name"], row.get("language", ""), row.get("use", ""),
                   validity(row.get("from", ""), row.get("to", "")))  # fmt: skip
    return MoreNames(line, place_id(row["id"], wanted), name)


def _membership(row: Mapping[str, str], line: int, wanted: Wanted) -> Item:
    return Membership(line, place_id(row["id"], wanted), row["parent"],
                      validity(row.get("from", ""), row.get("to", "")))  # fmt: skip


_READERS = {Form.PLACES: _place, Form.NAMES: _name, Form.MEMBERSHIPS: _membership}
