"""Records as JSON Lines, CSV and GeoJSON, in the columns that scores and users read.

Same rows, same bytes. JSON Lines keep lists as lists; CSV joins them with `;`; GeoJSON (RFC 7946) holds the rows that
have a point. Text that a spreadsheet would run as a formula gets a leading apostrophe in CSV.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from marchland.consequences.rows import ConsequenceRow
from marchland.errors import Misuse
from marchland.ledger.diff import Because, ChangeRow
from marchland.records import ClaimRow, CountRow, CrossingRow, EventRow, HoldingRow
from marchland.views import plover
from marchland.views.crosswalk import ADDED, columns_of, crosswalk

Row = ClaimRow | EventRow | HoldingRow | CrossingRow | ChangeRow | ConsequenceRow | CountRow

CLAIM_COLUMNS = (
    "claim_id", "page_id", "article_id", "url", "publisher", "published", "published_how", "sentence", "start", "end",
    "event", "stance", "actor", "actor_id", "actor_name", "actor_aliases", "opponent_name", "place", "place_id",
    "place_name", "place_aliases", "place_kind", "country", "admin1", "lat", "lon", "place_reason", "source",
    "source_name", "source_class", "source_side", "date_text", "date_from", "date_to", "date_edtf", "date_how",
    "quantity", "witness_id", "event_id",
)  # fmt: skip
"""The contract for claims; the other fields of `ClaimRow` follow it."""

KINDS: dict[str, type[Row]] = {
    "claims": ClaimRow,
    "events": EventRow,
    "holdings": HoldingRow,
    "crossings": CrossingRow,
    "changes": ChangeRow,
    "consequences": ConsequenceRow,
    "counts": CountRow,
}
FORMATS = ("jsonl", "csv", "geojson")
OF_CLAIMS = ("plover",)
"""Formats that hold claims only."""
LATER_FORMATS = ("parquet", "acled", "ucdp", "hxl", "ftm")
"""Planned formats: refused by name, so that nobody searches for a spelling mistake."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def columns(kind: str) -> tuple[str, ...]:
    """Column names of one kind of record, in order, as exported (`from`, not `from_`). Raises Misuse."""
    if kind not in KINDS:
        raise Misuse(f'no record is called "{kind}"; choose one of {", ".join(KINDS)}')
    names = tuple(field.name.rstrip("_") for field in dataclasses.fields(KINDS[kind]))
    if kind != "claims":
        return names
    rest = tuple(name for name in names if name not in (*CLAIM_COLUMNS, *ADDED))
    return CLAIM_COLUMNS + rest + ADDED


def record(kind: str, row: Row) -> dict[str, Any]:
    """One row as a mapping in export order; tuples become lists."""
    values = {field.name.rstrip("_"): getattr(row, field.name) for field in dataclasses.fields(row)}
    if isinstance(row, ClaimRow):
        values |= columns_of(row, crosswalk())
    listed = {name: _listed(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return {name: listed[name] for name in columns(kind)}


def _listed(values: tuple[Any, ...]) -> list[Any]:
    return [dataclasses.asdict(one) if isinstance(one, Because) else one for one in values]


def export(kind: str, form: str, rows: Iterable[Row]) -> Iterator[str]:
    """Pieces of text that make up the export of `rows`. Raises Misuse for an unknown kind or format."""
    if form in LATER_FORMATS:
        raise Misuse(
            f'the format "{form}" is planned but not yet written; choose one of {", ".join((*FORMATS, *OF_CLAIMS))}'
        )
    if form in OF_CLAIMS and kind == "claims":
        return plover.lines((row for row in rows if isinstance(row, ClaimRow)), crosswalk(), plover.Codes.load())
    if form in OF_CLAIMS:
        raise Misuse(f'the format "{form}" holds claims only: marchland export claims --format {form}')
    if form not in FORMATS:
        raise Misuse(f'no format is called "{form}"; choose one of {", ".join((*FORMATS, *OF_CLAIMS))}')
    records = (record(kind, row) for row in rows)
    write = {"jsonl": _jsonl, "csv": _csv, "geojson": _geojson}[form]
    columns(kind)
    return write(kind, records)


def without_point(rows: Iterable[Row]) -> int:
    """How many rows have no coordinates, and so no place in GeoJSON."""
    return sum(row.lat is None or row.lon is None for row in rows)


def _jsonl(_kind: str, records: Iterable[dict[str, Any]]) -> Iterator[str]:
    for one in records:
        yield json.dumps(one, ensure_ascii=False) + "\n"


def _csv(kind: str, records: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield _csv_line(columns(kind))
    for one in records:
        yield _csv_line([cell(value) for value in one.values()])


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def cell(value: object) -> str:
    """One value as CSV text: lists joined with `;`, absent values empty, formulas made harmless."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    text = ";".join(_in_cell(one).replace(";", ",") for one in value) if isinstance(value, list) else str(value)
    return "'" + text if text.startswith(_FORMULA) and not _is_number(text) else text


def _in_cell(value: object) -> str:
    """One of several values: of what made a change, who said it and the words."""
    if not isinstance(value, dict):
        return str(value)
    told = (value["reason"], value["known"], value["said_by"], value["publisher"])
    return f"{', '.join(part for part in told if part)}: {value['sentence']}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _geojson(kind: str, records: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    comma = "\n"
    for one in records:
        if one["lat"] is not None and one["lon"] is not None:
            yield comma + json.dumps(_feature(kind, one), ensure_ascii=False)
            comma = ",\n"
    yield "\n]}\n"


def _feature(kind: str, one: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [round(one["lon"], 6), round(one["lat"], 6)]}
    rest = {name: value for name, value in one.items() if name not in ("lat", "lon")}
    return {"type": "Feature", "id": _feature_id(kind, one), "geometry": point, "properties": rest}


def _feature_id(kind: str, one: dict[str, Any]) -> str:
    if kind == "crossings":
        return "/".join(str(one[part] or "") for part in ("place_id", "direction", "traffic", "from"))
    return str(one[f"{kind.removesuffix('s')}_id"])
