"""Points and radii of divisions."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict

from marchland.places.names import key, similarity

from .entry import Entry, km_between
from .seats import KNOWN_SEATS
from .sources import table


def place_divisions(divisions: list[Entry], cities: list[Entry]) -> None:
    """Give every division a point and a radius from its populated places, or its parent's where it has none."""
    for city in cities:
        for division in (city.admin1, city.admin2):
            if division is not None:
                division.members.append(city)
    by_country = defaultdict(list)
    for city in cities:
        by_country[city.country].append(city)
    for division in sorted(divisions, key=lambda one: one.level):
        division.population = sum(city.population for city in division.members)
        if not math.isnan(division.lat):
            continue  # a source gave the point
        seat = _district_seat(division)
        if seat is not None:
            division.lat, division.lon = seat.lat, seat.lon
            division.radius_km = _reach(division, division.members)
            continue
        if division.members:
            _place(division, division.members)
        elif division.admin1 is not None and not math.isnan(division.admin1.lat):
            division.lat, division.lon = division.admin1.lat, division.admin1.lon
            division.radius_km = max(division.admin1.radius_km, 25.0)
        elif by_country[division.country]:
            _place(division, by_country[division.country])


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
    return max(away[math.ceil(0.9 * len(away)) - 1], 10.0)


def _district_seat(division: Entry) -> Entry | None:
    """The place that reports of a district mean: its seat, else its namesake; None for a province."""
    if division.level != 2:
        return None
    names = {key(name) for name in (division.name, *division.aliases)}
    seats = [city for city in division.members if city.feature in KNOWN_SEATS]
    seats = seats or [city for city in division.members if key(city.name) in names]
    return max(seats, key=lambda city: (city.population, -city.number), default=None)


def use_known_points(divisions: list[Entry]) -> None:
    """Points, spellings and native names that a source gives for divisions; rows like no division are passed over."""
    of_country = defaultdict(list)
    for division in divisions:
        of_country[division.country].append(division)
    provinces: dict[str, Entry | None] = {}
    for row in table("district_points.csv"):
        level = int(row["level"])
        among = [one for one in of_country[row["country"]] if one.level == level]
        if level == 2:
            among = [one for one in among if one.admin1 is provinces.get(row["province"])]
        found = _best(row["name"], among, 0.75)
        if level == 1:
            provinces[row["province"]] = found
        if found is not None:
            found.lat, found.lon = float(row["lat"]), float(row["lon"])
            found.radius_km = 80.0 if level == 1 else 20.0
            found.aliases += [row["name"], *(name for name in row["native"].split(";") if name)]


def _best(name: str, among: list[Entry], floor: float) -> Entry | None:
    """The division most like the name, where it is like enough; one that has its point already is not taken again."""
    scored = [
        (max(similarity(name, known) for known in (one.name, *one.aliases)), -at)
        for at, one in enumerate(among)
        if not one.radius_km
    ]
    best = max(scored, default=(0.0, 0))
    return among[-best[1]] if best[0] >= floor else None
