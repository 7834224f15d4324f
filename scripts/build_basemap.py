"""Build src/marchland/data/basemap.json.gz: country outlines for the map page.

    npm pack world-atlas@2.0.2          (in a scratch folder; unpack it)
    python scripts/build_basemap.py path/to/package/countries-10m.json

The outlines are Natural Earth's (public domain), packed as TopoJSON by world-atlas (ISC licence). They are simplified
to about a kilometre and written as whole hundredths of a degree, each ring as its first point and then the steps from
point to point, so that the file stays small. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from marchland.views.basemap import clip

TARGET = Path(__file__).parent.parent / "src/marchland/data/basemap.json.gz"
UNIT = 100
"""Steps in one degree: 0.01 degree is 1.1 km at most, the error of the source."""
TOLERANCE = 0.6
"""How far, in steps, a left-out point may lie from the line that is kept."""

Point = tuple[int, int]


def main(source: Path) -> None:
    """Read the TopoJSON at `source` and write the shipped file."""
    topology = json.loads(source.read_text())
    arcs = [simplify(decode(arc, topology["transform"])) for arc in topology["arcs"]]
    shapes = [country(one, arcs) for one in topology["objects"]["countries"]["geometries"]]
    shapes = sorted((one for one in shapes if one["rings"]), key=lambda one: one["name"])
    content = json.dumps({"unit": UNIT, "countries": shapes}, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(content.encode(), 9, mtime=0))
    print(f"{TARGET.name}: {len(shapes)} countries, {TARGET.stat().st_size / 1000:.0f} kB", file=sys.stderr)


def decode(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """One delta-coded arc as points in whole steps."""
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    points: list[Point] = []
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((round((x * scale_x + shift_x) * UNIT), round((y * scale_y + shift_y) * UNIT)))
    return points


def simplify(points: list[Point]) -> list[Point]:
    """Douglas-Peucker over one arc; the ends stay, so neighbours keep one border."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        inner = range(first + 1, last)
        far = max(inner, key=lambda index: off(points[index], points[first], points[last]), default=None)
        if far is not None and off(points[far], points[first], points[last]) > TOLERANCE:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [points[index] for index in sorted(keep)]


def off(point: Point, first: Point, last: Point) -> float:
    """Distance of a point from the stretch between two others, in steps."""
    (x, y), (ax, ay), (bx, by) = point, first, last
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
    return float(((ax + along * (bx - ax) - x) ** 2 + (ay + along * (by - ay) - y) ** 2) ** 0.5)


def country(geometry: dict[str, Any], arcs: list[list[Point]]) -> dict[str, Any]:
    """Name and rings of one country; rings too small to be drawn are left out."""
    polygons = {"Polygon": [geometry.get("arcs", [])], "MultiPolygon": geometry.get("arcs", [])}
    closed = [ring(part, arcs) for polygon in polygons.get(geometry["type"], []) for part in polygon]
    rings = [piece for one in closed for piece in cut_at_date_line(one)]
    return {"name": geometry["properties"]["name"], "rings": [steps(one) for one in rings if len(one) > 3]}


def ring(part: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Arcs joined to one closed line; a negative number means the arc backwards."""
    points: list[Point] = []
    for number in part:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return [one for index, one in enumerate(points) if index == 0 or one != points[index - 1]]


def cut_at_date_line(points: list[Point]) -> list[list[Point]]:
    """A ring in pieces between 180 west and 180 east; one that goes round a pole is left out."""
    east, turn = [points[0]], 360 * UNIT
    for x, y in points[1:]:
        shift = round((east[-1][0] - x) / turn) * turn
        east.append((x + shift, y))
    if east[-1][0] != east[0][0]:
        return []
    half = turn // 2
    if all(-half <= x <= half for x, _ in east):
        return [east]
    copies = [[(x + shift, y) for x, y in east] for shift in (-turn, 0, turn)]
    pieces = (clip(copy, (-half, -half, half, half)) for copy in copies)
    return [[(round(x), round(y)) for x, y in piece] for piece in pieces]


def steps(points: list[Point]) -> list[int]:
    """First point, then the steps from each to the next, flat."""
    flat = list(points[0])
    for (ax, ay), (bx, by) in pairwise(points):
        flat += [bx - ax, by - ay]
    return flat


if __name__ == "__main__":
    main(Path(sys.argv[1]))
