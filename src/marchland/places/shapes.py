"""Polygons: from GeoJSON to stored bytes (WKB), and whether a point lies in one. The only user of GEOS (shapely)."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from marchland.places.layerfile import Outline

MENDABLE = 0.01
"""A polygon that touches or crosses itself is mended where that changes its area by no more than this share."""
_KM_OF_DEGREE = 111.32
_POLYGONS = frozenset({"Polygon", "MultiPolygon"})


def outline(geometry: Any) -> Outline:
    """The polygon of a GeoJSON geometry in degrees. Raises ValueError with the reason where it is none."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in _POLYGONS:
        raise ValueError(f"no polygon, but {str(kind)[:40] if kind else 'no geometry'}")
    try:
        found = shapely.force_2d(shape(geometry))
    except (ShapelyError, ValueError, TypeError, IndexError, KeyError, AttributeError) as error:
        raise ValueError(f"no polygon: {str(error)[:120]}") from error
    if found.is_empty:
        raise ValueError("an empty polygon")
    west, south, east, north = (float(edge) for edge in found.bounds)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(f"a polygon off the earth ({west:g}, {south:g} to {east:g}, {north:g}): degrees are wanted")
    whole = found if found.is_valid else _mended(found)
    inside = whole.representative_point()
    return Outline(shapely.to_wkb(whole), (west, south, east, north), inside.y, inside.x, _radius(whole, inside.y),
                   whole is not found)  # fmt: skip


def _mended(found: Any) -> Any:
    whole = shapely.make_valid(found)
    pieces = [piece for piece in shapely.get_parts(whole, return_index=False) if piece.geom_type in _POLYGONS]
    whole = shapely.union_all(pieces) if pieces else None
    if whole is None or not whole.area or abs(whole.area - found.area) > MENDABLE * whole.area:
        raise ValueError(f"no polygon: {shapely.is_valid_reason(found)}")
    return whole


def _radius(whole: Any, lat: float) -> float:
    km2 = whole.area * _KM_OF_DEGREE**2 * math.cos(math.radians(lat))
    return round(math.sqrt(km2 / math.pi), 3)


@lru_cache(maxsize=512)
def _prepared(wkb: bytes) -> Any:
    whole = shapely.from_wkb(wkb)
    shapely.prepare(whole)
    return whole


def holds(wkb: bytes, lat: float, lon: float) -> bool:
    """Whether a point lies in a polygon or on its edge."""
    return bool(shapely.intersects_xy(_prepared(wkb), lon, lat))
