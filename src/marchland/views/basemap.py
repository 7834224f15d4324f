"""Country outlines cut to the region of a record (Natural Earth, public domain)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any

from marchland.errors import BrokenData

Point = tuple[float, float]
"""Longitude and latitude in steps of the file (hundredths of a degree)."""

_NAME = "basemap.json.gz"


@dataclass(frozen=True, slots=True)
class Box:
    """A region in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]], *, least: float = 4.0) -> Box:
        """The smallest box that holds all (lat, lon) points, at least `least` degrees each way; the world for none."""
        if not points:
            return cls(-180, -60, 180, 80)
        lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
        return cls(min(lons), min(lats), max(lons), max(lats)).grown(0.0, least=least)

    def grown(self, share: float, *, least: float = 0.0) -> Box:
        """The same box, larger on every side by a share of its size."""
        wide, high = max(self.east - self.west, least), max(self.north - self.south, least)
        lon, lat = (self.west + self.east) / 2, (self.south + self.north) / 2
        half_wide, half_high = wide * (0.5 + share), high * (0.5 + share)
        return Box(
            max(-180.0, lon - half_wide), max(-85.0, lat - half_high),
            min(180.0, lon + half_wide), min(85.0, lat + half_high),
        )  # fmt: skip


def outlines(box: Box) -> dict[str, Any]:
    """Outlines inside the box: `unit` (steps in a degree), `box` in steps, and the countries.

    Each has its name, its label (point, and width of the land there) and its rings (first point, then steps, flat).
    Raises BrokenData where the shipped file is absent or broken.
    """
    content = _shipped()
    unit = int(content["unit"])
    edges = (round(box.west * unit), round(box.south * unit), round(box.east * unit), round(box.north * unit))
    countries = [_cut(one, edges) for one in content["countries"]]
    return {"unit": unit, "box": edges, "countries": [one for one in countries if one["rings"]]}


def _shipped() -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(gzip.decompress((files("marchland") / "data" / _NAME).read_bytes()))
    except (OSError, EOFError, ValueError) as error:
        raise BrokenData(f"{_NAME} cannot be read ({error}); install Marchland again") from error
    return content


def _cut(country: dict[str, Any], edges: tuple[int, int, int, int]) -> dict[str, Any]:
    rings = [clip(_points(flat), edges) for flat in country["rings"]]
    kept = sorted((ring for ring in rings if len(ring) > 2), key=_area, reverse=True)
    label = [*_middle(kept[0]), _width(kept[0])] if kept else None
    return {"name": country["name"], "label": label, "rings": [_flat(ring) for ring in kept]}


def _points(flat: list[int]) -> list[Point]:
    return list(zip(accumulate(flat[0::2]), accumulate(flat[1::2]), strict=True))


def _flat(ring: Sequence[Point]) -> list[int]:
    whole = [(round(x), round(y)) for x, y in ring]
    flat = list(whole[0])
    for (ax, ay), (bx, by) in pairwise(whole):
        flat += [bx - ax, by - ay]
    return flat


def clip(ring: list[Point], edges: tuple[float, float, float, float]) -> list[Point]:
    """The part of a ring inside (west, south, east, north): Sutherland and Hodgman's method, one edge at a time."""
    west, south, east, north = edges
    if all(west <= x <= east and south <= y <= north for x, y in ring):
        return ring
    for axis, bound, sign in ((0, west, 1), (1, south, 1), (0, east, -1), (1, north, -1)):
        ring = _clip_edge(ring, axis, bound, sign)
    return ring


def _clip_edge(ring: list[Point], axis: int, bound: float, sign: int) -> list[Point]:
    inside: Callable[[Point], bool] = lambda point: (point[axis] - bound) * sign >= 0  # noqa: E731
    out: list[Point] = []
    for index, point in enumerate(ring):
        before = ring[index - 1]
        if inside(point) != inside(before):
            out.append(_crossing_point(before, point, axis, bound))
        if inside(point):
            out.append(point)
    return out


def _crossing_point(first: Point, last: Point, axis: int, bound: float) -> Point:
    share = (bound - first[axis]) / (last[axis] - first[axis])
    other = first[1 - axis] + share * (last[1 - axis] - first[1 - axis])
    return (bound, other) if axis == 0 else (other, bound)


def _area(ring: Sequence[Point]) -> float:
    closed = [*ring, ring[0]]
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(closed))) / 2


def _width(ring: Sequence[Point]) -> int:
    return round(max(x for x, _ in ring) - min(x for x, _ in ring))


def _middle(ring: Sequence[Point]) -> list[int]:
    """The centre of gravity, in whole steps."""
    total = x = y = 0.0
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        weight = ax * by - bx * ay
        total, x, y = total + weight, x + (ax + bx) * weight, y + (ay + by) * weight
    return [round(x / (3 * total)), round(y / (3 * total))] if total else [round(one) for one in ring[0]]
