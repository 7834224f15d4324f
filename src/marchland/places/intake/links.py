"""What is told once all rows of a layer are in: which divisions the gazetteer knows already, and what lies in what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from marchland.places.distance import km_between
from marchland.places.gazetteer import Gazetteer
from marchland.places.intake.writer import LayerWriter
from marchland.places.names import key, similarity
from marchland.records import Place

ALIKE, ALIKE_INSIDE = 0.84, 0.75
"""How alike the names of one division are in two sources; the second where the known point lies in the polygon."""
NEAR_KM = 60.0
_LEVELS = {"province": 1, "district": 2}


@dataclass(frozen=True, slots=True)
class Outlined:
    """A division of the new layer, before it is told whether the gazetteer knows it."""

    row: int
    place_id: str
    country: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    derived: bool


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A parent that is nowhere, or a cycle: file, line and what is wrong."""

    source: int
    line: int
    why: str


# ------------------------------------------------------------------------------------------- divisions known already


def join_divisions(writer: LayerWriter, base: Gazetteer) -> int:
    """Give divisions that the gazetteer knows, under a like name in the same spot, their id there; returns how many.

    What a file calls them remains as a code. A point that was only taken from the polygon gives way to a known one.
    """
    writer.flush()
    writer.store.execute("CREATE INDEX temp.waiting ON pending(place)")
    writer.store.execute("CREATE INDEX name_place ON name(place)")
    joined = 0
    groups = writer.store.execute(
        "SELECT DISTINCT country, kind FROM place JOIN outlined USING (row) WHERE kind IN ('province', 'district')"
        " ORDER BY country, kind"
    ).fetchall()
    for country, kind in groups:
        rows = [Outlined(*row) for row in writer.store.execute(
            "SELECT row, id, country, kind, lat, lon, radius, derived FROM place JOIN outlined USING (row)"
            " WHERE country = ? AND kind = ? ORDER BY row", (country, kind))]  # fmt: skip
        for one, known in _matches(writer, rows, base.divisions(country, _LEVELS[kind])):
            _join(writer, one, known)
            joined += 1
    writer.store.execute("DROP INDEX name_place")
    return joined


def _matches(writer: LayerWriter, rows: list[Outlined], known: tuple[Place, ...]) -> list[tuple[Outlined, Place]]:
    """Each division with at most one of the known ones, the likest first, then the nearest."""
    scored = [
        (-likeness, away, one.row, place.place_id, one, place)
        for one in rows
        for likeness, away, place in _alike(writer, one, known)
    ]
    taken: set[object] = set()
    found = []
    for _, _, row, place_id, one, place in sorted(scored, key=lambda score: score[:4]):
        if row not in taken and place_id not in taken:
            taken |= {row, place_id}
            found.append((one, place))
    return found


def _alike(writer: LayerWriter, one: Outlined, known: tuple[Place, ...]) -> Iterator[tuple[float, float, Place]]:
    names = [name for (name,) in writer.store.execute("SELECT DISTINCT written FROM name WHERE place = ?", (one.row,))]
    keys = set(map(key, names))
    for place in known:
        away = km_between((one.lat, one.lon), (place.lat, place.lon))
        if away > max(NEAR_KM, 2 * one.radius_km):
            continue
        theirs = (place.name, *place.aliases)
        floor = ALIKE_INSIDE if _inside(writer, one.row, place) else ALIKE
        likeness = 1.0 if keys & set(map(key, theirs)) else max(similarity(a, b, floor) for a in names for b in theirs)
        if likeness >= floor:
            yield likeness, away, place


def _inside(writer: LayerWriter, row: int, place: Place) -> bool:
    from marchland.places.shapes import holds  # noqa: PLC0415  loads GEOS

    found = writer.store.execute("SELECT wkb FROM shape WHERE row = ?", (row,)).fetchone()
    return found is not None and holds(found[0], place.lat, place.lon)


def _join(writer: LayerWriter, one: Outlined, known: Place) -> None:
    """One division under the known id; another row of the layer that has this id already takes all it has."""
    store, other = writer.store, writer.row_of(known.place_id)
    if other is None:
        store.execute("UPDATE place SET id = ? WHERE row = ?", (known.place_id, one.row))
    else:
        for table in ("name", "pending", "code"):
            store.execute(f"UPDATE {table} SET place = ? WHERE place = ?", (other, one.row))
        for table in ("shape", "box", "outlined"):
            store.execute(f"UPDATE {table} SET row = ? WHERE row = ?", (other, one.row))
        store.execute("UPDATE place SET parent = ? WHERE parent = ?", (other, one.row))
        store.execute("DELETE FROM place WHERE row = ?", (one.row,))
    row = one.row if other is None else other
    store.execute("INSERT OR IGNORE INTO code VALUES (?, ?)", (one.place_id, row))
    if other is None and one.derived and _inside(writer, row, known):
        store.execute("UPDATE place SET lat = ?, lon = ? WHERE row = ?", (known.lat, known.lon, row))


# -------------------------------------------------------------------------------------------------- what lies in what


def link_parents(writer: LayerWriter, base: Gazetteer, layer: str) -> Iterator[Unlinked]:
    """Look up the parents that rows name, then those that polygons tell; yields those that are nowhere."""
    store = writer.store
    store.execute("CREATE TEMP TABLE link(child INTEGER, up INTEGER, source INTEGER, line INTEGER)")
    for row, ref, name, since, until, dated, source, line in store.execute("SELECT * FROM pending").fetchall():
        up = _parent(writer, base, layer, row, ref, name)
        if up is None:
            told = f"{ref} ({name})" if name else ref
            yield Unlinked(source, line, f"unknown parent {told}: add its file first, or together with this one")
            continue
        if dated:
            store.execute("INSERT INTO membership VALUES (?, ?, ?, ?)", (row, up, since, until))
        else:
            store.execute("UPDATE place SET parent = ? WHERE row = ?", (up, row))
        store.execute("INSERT INTO link VALUES (?, ?, ?, ?)", (row, up, source, line))
    _link_by_polygon(writer, base)


def _parent(writer: LayerWriter, base: Gazetteer, layer: str, row: int, ref: str, name: str) -> int | None:
    """Row of a parent: in this layer, in what the gazetteer knows, or by its name among the provinces."""
    found = writer.row_of(ref)
    if found is None and ":" not in ref:
        found = writer.row_of(f"{layer}:{ref}")
    if found is not None:
        return found
    known = base.get(ref) or (_named(writer, base, row, name) if name else None)
    return None if known is None else writer.row_for(known.place_id)


def _named(writer: LayerWriter, base: Gazetteer, row: int, name: str) -> Place | None:
    (country,) = writer.store.execute("SELECT country FROM place WHERE row = ?", (row,)).fetchone()
    scored = [
        (max(similarity(name, one, ALIKE) for one in (place.name, *place.aliases)), place.place_id, place)
        for place in base.divisions(country, 1)
    ]
    best = max(scored, key=lambda score: score[:2], default=None)
    return best[2] if best and best[0] >= ALIKE else None


def _link_by_polygon(writer: LayerWriter, base: Gazetteer) -> None:
    """Districts without a parent lie in the province whose polygon holds their point."""
    store = writer.store
    rows = store.execute(
        "SELECT row, lat, lon FROM place JOIN outlined USING (row) WHERE kind = 'district' AND parent IS NULL"
    ).fetchall()
    for row, lat, lon in rows:
        up = _province_at(writer, lat, lon)
        if up is None:
            known = [place for place in base.divisions_at(lat, lon) if place.kind == "province"]
            up = writer.row_for(known[0].place_id) if known else None
        if up is not None:
            store.execute("UPDATE place SET parent = ? WHERE row = ?", (up, row))


def _province_at(writer: LayerWriter, lat: float, lon: float) -> int | None:
    from marchland.places.shapes import holds  # noqa: PLC0415  loads GEOS

    boxes = writer.store.execute(
        "SELECT row, wkb FROM box JOIN shape USING (row) JOIN place USING (row) WHERE kind = 'province'"
        " AND min_lon <= ?1 AND max_lon >= ?1 AND min_lat <= ?2 AND max_lat >= ?2 ORDER BY row",
        (lon, lat),
    )
    return next((row for row, wkb in boxes if holds(wkb, lat, lon)), None)


def cycle(writer: LayerWriter, base: Gazetteer, layer: str) -> Unlinked | None:
    """A cycle among the parents that rows name, also where it leads through places of the gazetteer."""
    edges: dict[str, set[str]] = {}
    lines: dict[str, tuple[int, int]] = {}
    asked = (
        "SELECT child.id, up.id, link.source, link.line FROM link JOIN place child ON child.row = link.child"
        " JOIN place up ON up.row = link.up"
        " WHERE link.child IN (SELECT up FROM link) OR substr(child.id, 1, length(?1)) != ?1"
    )  # what nothing lies in is on no cycle
    for child, up, source, line in writer.store.execute(asked, (f"{layer}:",)):
        edges.setdefault(child, set()).add(up)
        lines.setdefault(child, (source, line))
    for outer in {up for ups in edges.values() for up in ups} - edges.keys():
        _lead_on(outer, base, edges)
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        round_trip = [str(node) for node in error.args[1]]
        source, line = min(lines[node] for node in round_trip if node in lines)
        return Unlinked(source, line, f"a cycle of parents: {' lies in '.join(reversed(round_trip))}")
    return None


def _lead_on(place_id: str, base: Gazetteer, edges: dict[str, set[str]]) -> None:
    """The way up in the gazetteer from a place that the new layer only names."""
    place = base.get(place_id)
    while place is not None and place.place_id not in edges:
        up = base.parent(place)
        if up is not None:
            edges[place.place_id] = {up.place_id}
        place = up
