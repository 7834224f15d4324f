"""Count and check the table of border crossings, and list what looks wrong, as file:line.

    python scripts/check_crossings.py [--list unsourced|one-source|native|towns|points|twins|names]

Without --list it prints the figures of BENCHMARKS.md; with it, the rows behind one of them. The form of every row is
checked by the loader itself (`marchland.places.crossings`); here it is looked at what only other data can tell. Exit
code 1 where a point lies off the border, two rows look like one crossing, or two crossings share an unmarked name.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from itertools import accumulate, combinations, pairwise
from math import cos, hypot, radians

from marchland.places.crossings import Crossing, all_names, load_crossings
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key, similarity

BORDER_SLACK_KM = 4.0
"""What the simplified outlines may be off."""
TOWN_SLACK_KM = 20.0
"""How far a gate may lie from the town it is named after, beyond the radius of its point."""
TWIN_KM = 5.0
KM_OF_DEGREE = 111.2
NON_LATIN = frozenset({
    "AE", "AF", "AM", "BD", "BG", "BT", "BY", "CN", "DZ", "EG", "EH", "ER", "ET", "GE", "GR", "IL", "IN", "IQ", "IR",
    "JO", "KG", "KH", "KP", "KR", "KW", "KZ", "LA", "LB", "LY", "MA", "MD", "MK", "MM", "MN", "MR", "NP", "OM", "PK",
    "PS", "QA", "RS", "RU", "SA", "SD", "SY", "TD", "TH", "TJ", "TN", "UA", "YE",
})  # fmt: skip
"""Countries where a crossing is written in another script than the Latin one in its own press."""
SHORT_NAMES = {
    "Bosnia and Herz.": "BA", "Central African Rep.": "CF", "Dem. Rep. Congo": "CD", "Dominican Rep.": "DO",
    "Eq. Guinea": "GQ", "S. Sudan": "SS", "Somaliland": "SO", "W. Sahara": "EH", "Palestine": "PS", "Kosovo": "XK",
}  # fmt: skip
"""Names of the outlines that countries.csv does not know."""

FAULTS = {
    "points": "points off the land of a side",
    "twins": "pairs of rows that look like one",
    "names": "names of two crossings, unmarked",
}

Ring = list[tuple[float, float]]
Finding = tuple[int, str]


def figures(crossings: tuple[Crossing, ...]) -> dict[str, int]:
    """The counts of the table, by what they count."""
    kept = [one for one in crossings if one.stood_behind]
    afghan = [one for one in crossings if "AF" in (one.place.country, one.place.other_country)]
    return {
        "rows": len(crossings),
        "to stand behind (confidence high or medium, with a source)": len(kept),
        "with two or more sources of different hosts or registers": sum(len(one.origins) >= 2 for one in kept),
        "Afghan rows": len(afghan),
        "Afghan rows to stand behind": sum(one.stood_behind for one in afghan),
        "with a UN/LOCODE of a side": sum(bool(one.locode_a or one.locode_b) for one in crossings),
        "without a name in the script of a side that has its own": sum(no_native_name(one) for one in crossings),
        "pairs of countries": len({frozenset((one.place.country, one.place.other_country)) for one in crossings}),
    }


def no_native_name(crossing: Crossing) -> bool:
    """Whether a side writes in another script and no name is given in any."""
    sides = {crossing.place.country, crossing.place.other_country}
    return bool(sides & NON_LATIN) and all(
        max(map(ord, name)) < 0x0370 or name.isascii() for name in all_names(crossing)
    )


def off_border(crossings: Iterable[tuple[int, Crossing]]) -> Iterator[Finding]:
    """Points further from the land of one of their sides (a checkpoint's: of both) than they admit.

    A note that blames the outlines excuses a point.
    """
    land = outlines()
    for line, one in crossings:
        at = (one.place.lat, one.place.lon)
        sides = sorted({one.place.country, one.place.other_country} & set(land))
        far = {side: min(distance_to_ring(at, ring) for ring in land[side]) for side in sides}
        worst = (min if one.place.feature == "checkpoint" else max)(sides, key=lambda side: far[side])
        if far[worst] > one.place.radius_km + BORDER_SLACK_KM and "outlines" not in one.note:
            yield line, f"{one.place.place_id}: {far[worst]:.0f} km from {worst}, radius {one.place.radius_km:.0f} km"


def off_town(crossings: Iterable[tuple[int, Crossing]], gazetteer: Gazetteer) -> Iterator[Finding]:
    """Points far from every town of the post's name in that country, where there is one within 150 km."""
    for line, one in crossings:
        at = (one.place.lat, one.place.lon)
        for side, post in ((one.place.country, one.post_a), (one.place.other_country, one.post_b)):
            towns = [t for t in gazetteer.lookup(post) if t.country == side and t.kind in ("city", "town", "village")]
            far = min((apart(at, (town.lat, town.lon)) for town in towns), default=0.0)
            if one.place.radius_km + TOWN_SLACK_KM < far < 150:
                yield line, f"{one.place.place_id}: {far:.0f} km from the town {post} ({side})"


def twins(crossings: Iterable[tuple[int, Crossing]]) -> Iterator[Finding]:
    """Rows of one pair of countries and one kind, near and with like names, unless a note says "not the same"."""
    groups: dict[tuple[frozenset[str], str], list[tuple[int, Crossing]]] = defaultdict(list)
    for line, one in crossings:
        groups[frozenset((one.place.country, one.place.other_country)), one.place.feature].append((line, one))
    for group in groups.values():
        for (first, a), (second, b) in combinations(group, 2):
            far = apart((a.place.lat, a.place.lon), (b.place.lat, b.place.lon))
            posts = ((x, y) for x in (a.post_a, a.post_b) for y in (b.post_a, b.post_b))
            alike = max(similarity(key(x), key(y)) for x, y in posts)
            other = "not the same" in f"{a.note} {b.note}".lower()
            if not other and ((far < TWIN_KM and alike > 0.7) or (far < 60 and alike > 0.9)):
                yield second, f"{b.place.place_id} is like {a.place.place_id} (line {first}), {far:.0f} km away"


def shared_names(crossings: Iterable[tuple[int, Crossing]]) -> Iterator[Finding]:
    """A name of two crossings whose notes do not say so."""
    bearers: dict[str, list[tuple[int, Crossing]]] = defaultdict(list)
    for line, one in crossings:
        for name in all_names(one):
            bearers[key(name)].append((line, one))
    for name, group in bearers.items():
        for (_, a), (line, b) in combinations(group, 2):
            if "shares" not in f"{a.note} {b.note}".lower():
                yield line, f"{name!r} is a name of {a.place.place_id} and of {b.place.place_id}"


def outlines() -> dict[str, list[Ring]]:
    """Rings of (lat, lon) of each country, by ISO alpha-2."""
    content = json.loads(gzip.decompress((files("marchland") / "data" / "basemap.json.gz").read_bytes()))
    codes = {key(name): country.place.country for country in Gazetteer.open().countries() for name in
             (country.place.name, *country.place.aliases)}  # fmt: skip
    codes |= {key(name): code for name, code in SHORT_NAMES.items()}
    found: dict[str, list[Ring]] = defaultdict(list)
    for shape in content["countries"]:
        for flat in shape["rings"]:
            steps = zip(accumulate(flat[1::2]), accumulate(flat[0::2]), strict=True)
            found[codes.get(key(shape["name"]), "")].append(
                [(y / content["unit"], x / content["unit"]) for y, x in steps]
            )
    return found


def distance_to_ring(at: tuple[float, float], ring: Ring) -> float:
    """Kilometres from a point to the land in a ring; 0 inside. Flat geometry: good for a few hundred kilometres."""
    wide = cos(radians(at[0]))
    points = [((lon - at[1]) * wide, lat - at[0]) for lat, lon in [*ring, ring[0]]]
    inside = sum(
        (ay > 0) != (by > 0) and ax - ay * (bx - ax) / (by - ay) > 0 for (ax, ay), (bx, by) in pairwise(points)
    )
    return 0.0 if inside % 2 else KM_OF_DEGREE * min(_to_segment(a, b) for a, b in pairwise(points))


def _to_segment(a: tuple[float, float], b: tuple[float, float]) -> float:
    (ax, ay), (dx, dy) = a, (b[0] - a[0], b[1] - a[1])
    long = dx * dx + dy * dy
    share = max(0.0, min(1.0, -(ax * dx + ay * dy) / long)) if long else 0.0
    return hypot(ax + share * dx, ay + share * dy)


def apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points that are not far from each other."""
    return KM_OF_DEGREE * hypot(a[0] - b[0], (a[1] - b[1]) * cos(radians((a[0] + b[0]) / 2)))


def findings() -> dict[str, list[Finding]]:
    """Rows behind each figure and each check, by the word that --list takes. The first four may be right."""
    rows = list(enumerate(load_crossings(), start=2))
    asks: dict[str, Callable[[Crossing], bool]] = {
        "unsourced": lambda one: not one.stood_behind,
        "one-source": lambda one: one.stood_behind and len(one.origins) < 2,
        "native": no_native_name,
    }
    found = {what: [(line, one.place.place_id) for line, one in rows if ask(one)] for what, ask in asks.items()}
    found["towns"] = list(off_town(rows, Gazetteer.open()))
    return found | {"points": list(off_border(rows)), "twins": list(twins(rows)), "names": list(shared_names(rows))}


def main(arguments: list[str]) -> int:
    """Print figures or one list; how many faults were found decides the exit code."""
    found = findings()
    if arguments[:1] == ["--list"]:
        print(
            "\n".join(f"crossings.csv:{line}: {what}" for line, what in sorted(found[arguments[1]])) or "nothing found"
        )
        return int(bool(found[arguments[1]]))
    crossings = load_crossings()
    for what, count in figures(crossings).items():
        print(f"{count:5}  {what}")
    print(f"{len(found['towns']):5}  points far from the town their post is named after, to look at")
    for what, name in FAULTS.items():
        print(f"{len(found[what]):5}  {name}")
    kinds = Counter(one.place.feature for one in crossings).most_common()
    print("       " + ", ".join(f"{count} {kind}" for kind, count in kinds))
    return int(any(found[what] for what in FAULTS))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
