"""Points and radii of divisions."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict

from marchland.places.names import key, similarity

from .entry import Entry, km_between
from .seats import KNOWN_SEATS
from .sources import table

SETTLED = 5
"""Places that must be known of a district before its settled land is told from them."""
WIDE_KM = 60.0
"""Nine in ten places of a district within this of its seat: else it is too wide to lie at its seat."""


def gather_members(cities: list[Entry]) -> None:
    """Tell every division which populated places lie in it, and how many people live there."""
    for city in cities:
        for division in (city.admin1, city.admin2):
            if division is not None:
                division.members.append(city)
                division.population += city.population


def place_divisions(divisions: list[Entry], cities: list[Entry]) -> None:
    """Give every division a point and a radius.

    A district lies at its seat, unless it is too wide for that; else in the middle of its populated places where
    enough of them are known; else where a source puts it, or where its province does.
    """
    by_country = defaultdict(list)
    for city in cities:
        by_country[city.country].append(city)
    for division in sorted(divisions, key=lambda one: one.level):
        given = None if math.isnan(division.lat) else (division.lat, division.lon)
        seat = _district_seat(division)
        if seat is not None and not _is_wide(division, seat):
            division.lat, division.lon = seat.lat, seat.lon
            division.radius_km = _reach(division, division.members)
        elif given and (division.level == 1 or seat is not None or len(division.members) < SETTLED):
            continue
        elif division.members:
            _place(division, division.members)
        elif division.admin1 is not None and not math.isnan(division.admin1.lat):
            division.lat, division.lon = division.admin1.lat, division.admin1.lon
            division.radius_km = max(division.admin1.radius_km, 25.0)
        elif by_country[division.country]:
            _place(division, by_country[division.country])


def _is_wide(division: Entry, seat: Entry) -> bool:
    """Whether a district reaches so far from its seat that its name means the land rather than the seat."""
    away = sorted(km_between((seat.lat, seat.lon), (one.lat, one.lon)) for one in division.members)
    return len(away) >= SETTLED and away[math.ceil(0.9 * len(away)) - 1] > WIDE_KM


def _place(division: Entry, members: list[Entry]) -> None:
    division.lat, division.lon = middle([(city.lat, city.lon) for city in members])
    division.radius_km = _reach(division, members)


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the settled land: every cell of a quarter degree with a place in it counts once.

    Towns crowd together, so that the middle of the towns themselves may lie far from the middle of the land.
    """
    cells = sorted({(round(lat * 4), round(lon * 4)) for lat, lon in points})
    x = y = z = 0.0
    for cell_lat, cell_lon in cells:
        lat, lon = math.radians(cell_lat / 4), math.radians(cell_lon / 4)
        weight = math.cos(lat)
        x += weight * math.cos(lat) * math.cos(lon)
        y += weight * math.cos(lat) * math.sin(lon)
        z += weight * math.sin(lat)
    if len(cells) == 1:
        return statistics.median(lat for lat, _ in points), statistics.median(lon for _, lon in points)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _reach(division: Entry, members: list[Entry]) -> float:
    """Kilometres from the point of a division within which nine in ten of its populated places lie, at least 10."""
    away = sorted(km_between((division.lat, division.lon), (city.lat, city.lon)) for city in members)
    return max(away[math.ceil(0.9 * len(away)) - 1], 10.0) if away else 10.0


def _district_seat(division: Entry) -> Entry | None:
    """The place that reports of a district mean: its seat, else its namesake; None for a province."""
    if division.level != 2:
        return None
    if division.seat is not None:
        return division.seat
    names = {key(name) for name in (division.name, *division.aliases)}
    seats = [city for city in division.members if city.feature in KNOWN_SEATS]
    seats = seats or [city for city in division.members if key(city.name) in names]
    return max(seats, key=lambda city: (city.population, -city.number), default=None)


def use_known_points(divisions: list[Entry]) -> None:
    """Points, spellings and native names that a source gives for divisions; rows like no division are passed over.

    Rows with a point go first, each to a division of its own; the others only add their spelling.
    """
    of_country = defaultdict(list)
    for division in divisions:
        of_country[division.country].append(division)
    provinces: dict[str, Entry | None] = {}
    taken: set[int] = set()
    for row in sorted(table("district_points.csv"), key=lambda row: (row["level"], not row["lat"])):
        level = int(row["level"])
        among = [one for one in of_country[row["country"]] if one.level == level]
        if level == 2:
            among = [one for one in among if one.admin1 is provinces.get(row["province"])]
        free = [one for one in among if id(one) not in taken] if row["lat"] else among
        found = _best(row["name"], free, 0.75 if row["lat"] else 0.85)
        if level == 1:
            provinces[row["province"]] = found
        if found is None:
            continue
        found.aliases += [row["name"], *(name for name in row["native"].split(";") if name)]
        if row["lat"]:
            taken.add(id(found))
            found.lat, found.lon = float(row["lat"]), float(row["lon"])
            found.radius_km = 80.0 if level == 1 else 20.0


def _best(name: str, among: list[Entry], floor: float) -> Entry | None:
    """The division most like the name, where it is like enough."""
    scored = [(max(similarity(name, known) for known in (one.name, *one.aliases)), -at) for at, one in enumerate(among)]
    best = max(scored, default=(0.0, 0))
    return among[-best[1]] if best[0] >= floor else None
