"""Boundaries as GeoJSON: OCHA's common operational datasets (COD-AB) and geoBoundaries, one feature at a time.

COD-AB names its columns in three ways: `ADM2_EN`, `ADM2_PCODE`, `ADM2ALT1EN`; `admin2Name_en`, `admin2Pcode`; and
`adm2_name`, `adm2_name1`, `adm2_pcode`. geoBoundaries has `shapeName`, `shapeISO`, `shapeID`, `shapeGroup` and
`shapeType`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ijson

from marchland.errors import BrokenData
from marchland.places.corrections import point_of
from marchland.places.intake.files import Guarded, Source
from marchland.places.intake.items import Fault, Item, LeftOut, NewName, NewPlace, Noted, Wanted
from marchland.places.layerfile import Outline
from marchland.places.names import key
from marchland.places.validity import ALWAYS, validity

LARGEST_FEATURE = 128 << 20
"""Bytes of one feature."""
_CHUNK = 1 << 16
_KINDS = {0: "country", 1: "province", 2: "district"}
_COD = re.compile(r"adm(?:in)?(\d)_?(.+)")
_NAME = re.compile(r"(?:ref_?name|ref|alt_?(?:name)?\d?|name\d?)?_?([a-z]{2,3})?\d?")
_NO_NAMES = frozenset({"iso", "iso2", "iso3", "id", "cd", "src", "lat", "lon", "lvl", "typ"})
_FIRST = ("en", "name_en", "nameen", "name", "fr", "name_fr", "es", "name_es", "pt", "name_pt")
"""Columns for the name that a place goes by, the best first; else the first name that there is."""


@dataclass(frozen=True, slots=True)
class Division:
    """What the properties of a feature say."""

    level: int
    code: str
    codes: tuple[str, ...]
    name: str
    names: tuple[NewName, ...]
    country: str
    parent: str = ""
    parent_name: str = ""
    until: str = ""
    point: tuple[float, float] | None = None


def read_boundaries(source: Source, wanted: Wanted) -> Iterator[Item]:
    """The divisions of a file, with faults by number of the feature (from 1)."""
    number = 0
    with source.open() as stream:
        bounded = _Bounded(stream)
        try:
            for feature in ijson.items(bounded, "features.item", use_float=True):
                number += 1
                bounded.start()
                try:
                    yield from _items(feature, number, wanted)
                except ValueError as error:
                    yield Fault(number, str(error))
        except ijson.JSONError as error:
            yield Fault(0, f"not JSON after feature {number}: {' '.join(str(error).split())[:120]}")
            return
    if not number:
        yield Fault(0, "no features: a FeatureCollection of GeoJSON is wanted")


class _Bounded:
    """A stream that refuses to give more than so many bytes of one feature."""

    def __init__(self, stream: Guarded) -> None:
        self._stream, self._since = stream, 0

    def start(self) -> None:
        """A feature is done."""
        self._since = self._stream.taken

    def read(self, size: int = _CHUNK) -> bytes:
        if self._stream.taken - self._since > LARGEST_FEATURE:
            raise BrokenData(
                f"a feature of more than {LARGEST_FEATURE >> 20} MiB, {self._since:,} bytes into the file: "
                "take a simplified edition of these boundaries"
            )
        return self._stream.read(size)


def _items(feature: Any, line: int, wanted: Wanted) -> Iterator[Item]:
    """The place of one feature. Raises ValueError with what is wrong with it."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise ValueError("no properties: no feature of GeoJSON")
    found = _cod(properties, wanted) or _geoboundaries(properties, wanted)
    if found is None:
        shown = ", ".join(map(str, properties))[:120]
        raise ValueError(f"neither P-codes (adm1_pcode) nor shapeName and shapeID among its properties: {shown}")
    if wanted.country and found.country != wanted.country:
        yield LeftOut(f"divisions outside {wanted.country}")
        return
    whole = _outline(feature.get("geometry"), found)
    if isinstance(whole, Outline) and whole.mended:
        yield Noted("polygons that touched themselves and were mended")
    yield _place(found, whole, line)


def _outline(geometry: Any, found: Division) -> Outline | tuple[float, float]:
    """The polygon; or the point, of features that only have one. Raises ValueError."""
    from marchland.places.shapes import outline  # noqa: PLC0415  loads GEOS

    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        at = geometry.get("coordinates")
        if not isinstance(at, list) or len(at) < 2:
            raise ValueError("a point without coordinates")
        return point_of(str(at[1]), str(at[0]))
    return outline(geometry)


def _place(found: Division, whole: Outline | tuple[float, float], line: int) -> NewPlace:
    shape = whole if isinstance(whole, Outline) else None
    lat, lon = found.point or ((shape.lat, shape.lon) if shape else whole)  # type: ignore[misc]
    return NewPlace(
        line, found.code, found.name, _KINDS.get(found.level, "area"), found.country, lat, lon, found.names,
        feature=f"ADM{found.level}", radius_km=shape.radius_km if shape else 0.0, parent=found.parent,
        parent_name=found.parent_name, valid=validity("", found.until) if found.until else ALWAYS,
        codes=found.codes, outline=shape,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- COD-AB


def _cod(properties: Mapping[str, Any], wanted: Wanted) -> Division | None:
    """A feature of COD-AB; None where it has no P-code. Raises ValueError."""
    cells: dict[int, dict[str, str]] = {}
    for column, value in properties.items():
        found = _COD.fullmatch(column.lower())
        if found and isinstance(value, str) and value.strip():
            cells.setdefault(int(found[1]), {})[found[2]] = value.strip()
    levels = [level for level, row in cells.items() if "pcode" in row]
    if not levels:
        return None
    level = max(levels)
    code, names = cells[level]["pcode"], _names(cells[level])
    if not names:
        raise ValueError(f"P-code {code} has no name")
    country = _country(properties, cells, wanted)
    parent = next((cells[up]["pcode"] for up in range(level - 1, 0, -1) if "pcode" in cells.get(up, {})), "")
    above = _names(cells.get(level - 1, {})) if parent else []
    return Division(
        level, f"iso:{country}" if level == 0 else f"pcode:{code}", (f"pcode:{code}",) if level == 0 else (),
        names[0].written, tuple(names), country, f"pcode:{parent}" if parent else "",
        above[0].written if above else "", _until(properties), _centre(properties),
    )  # fmt: skip


def _names(row: Mapping[str, str]) -> list[NewName]:
    """The names of one level, the one that the place goes by first."""
    named = {
        column: NewName(name, found[1] or "")
        for column, name in row.items()
        if (found := _NAME.fullmatch(column)) and column not in _NO_NAMES and key(name)
    }
    first = [column for column in _FIRST if column in named] + list(named)
    return [named[column] for column in dict.fromkeys(first)]


def _country(properties: Mapping[str, Any], cells: Mapping[int, Mapping[str, str]], wanted: Wanted) -> str:
    lower = {column.lower(): value for column, value in properties.items() if isinstance(value, str)}
    lowest = min(level for level, row in cells.items() if "pcode" in row)
    given = (lower.get("iso2"), lower.get("iso3"), cells.get(0, {}).get("pcode"), cells[lowest]["pcode"][:2])
    found = next((wanted.alpha2[code.upper()] for code in given if code and code.upper() in wanted.alpha2), "")
    if not (found or wanted.country):
        raise ValueError(f"P-code {cells[lowest]['pcode']} names no country; say which with --country")
    return found or wanted.country


def _until(properties: Mapping[str, Any]) -> str:
    """The day on which a version was replaced; "valid on" is when it was issued, not when a division came to be."""
    lower = {column.lower().replace("_", ""): value for column, value in properties.items()}
    given = lower.get("validto")
    day = given[:10].replace("/", "-") if isinstance(given, str) else ""
    return validity("", day).until


def _centre(properties: Mapping[str, Any]) -> tuple[float, float] | None:
    lat, lon = properties.get("center_lat"), properties.get("center_lon")
    return None if lat is None or lon is None else point_of(str(lat), str(lon))


# ------------------------------------------------------------------------------------------------------ geoBoundaries


def _geoboundaries(properties: Mapping[str, Any], wanted: Wanted) -> Division | None:
    """A feature of geoBoundaries; None where it is none. Raises ValueError."""
    name, shape_id = properties.get("shapeName"), properties.get("shapeID")
    if not (isinstance(shape_id, str) and shape_id):
        return None
    if not (isinstance(name, str) and key(name)):
        raise ValueError(f"shapeID {shape_id} has no shapeName")
    level = re.fullmatch(r"ADM(\d)", str(properties.get("shapeType", "")))
    if not level:
        raise ValueError(f'shapeType "{str(properties.get("shapeType"))[:20]}" is no level such as ADM1')
    country = wanted.alpha2.get(str(properties.get("shapeGroup", ""))) or wanted.country
    if not country:
        raise ValueError(
            f'shapeGroup "{str(properties.get("shapeGroup"))[:20]}" is no country; say which with --country'
        )
    iso = str(properties.get("shapeISO") or "")
    codes = (f"iso:{iso}",) if re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", iso) else ()
    code = f"gb:{shape_id}"
    if level[1] == "0":
        code, codes = f"iso:{country}", (f"gb:{shape_id}",)
    return Division(int(level[1]), code, codes, name.strip(), (NewName(name.strip()),), country)
