"""Small gazetteer files of invented places, for tests of what a user adds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

GEONAMES = (
    ("9000001", "Westmark", "Westmarch", "34.5", "62.2", "A", "ADM1", "AF", "99", "", "500000"),
    ("9000002", "Oldford District", "", "34.6", "62.1", "A", "ADM2", "AF", "99", "9901", "20000"),
    ("9000003", "Oldford", "Eski Ford,OLDF,ΟΛΔΦ", "34.61", "62.11", "P", "PPLA2", "AF", "99", "9901", "9000"),
    ("9000004", "Grey River", "", "34.62", "62.15", "H", "STM", "AF", "99", "", ""),
    ("9000005", "Thornwick Air Base", "Thornwick", "34.70", "62.30", "S", "AIRB", "AF", "99", "", "0"),
    ("1140026", "Herat", "Hirat Shahr", "34.35", "62.20", "P", "PPLA", "AF", "11", "", "574276"),
)


def geonames_line(row: Sequence[str]) -> str:
    """A line of a GeoNames dump: number, name, alternate names, lat, lon, class, code, country, divisions, people."""
    number, name, others, lat, lon, group, code, country, admin1, admin2, people = row
    cells = (number, name, name, others, lat, lon, group, code, country, "", admin1, admin2, "", "", people, "", "0",
             "Asia/Kabul", "2024-01-01")  # fmt: skip
    return "\t".join(cells) + "\n"


def geonames(path: Path, rows: Sequence[Sequence[str]] = GEONAMES) -> Path:
    """A GeoNames dump."""
    path.write_text("".join(map(geonames_line, rows)), encoding="utf-8")
    return path


def square(west: float, south: float, size: float = 1.0) -> dict[str, object]:
    """A square polygon."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def geojson(path: Path, features: Sequence[tuple[dict[str, object], object]]) -> Path:
    """A GeoJSON file of (properties, geometry)."""
    told = [{"type": "Feature", "properties": about, "geometry": shape} for about, shape in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": told}), encoding="utf-8")
    return path
