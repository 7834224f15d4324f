"""True histories of places: the status of each on the evening of every day."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from marchland.records import content_id

CONTESTED = "contested"
MERGED = {"RU-proxy": "RU", "CONTESTED": CONTESTED}
"""Statuses of the data set under the names used here; a proxy is the side of its patron."""
TOWN, CITY = 5_000, 50_000
"""Inhabitants from which a place counts as a town, and as a city."""


@dataclass(frozen=True, slots=True)
class Spell:
    """From this day on (an ordinal of the calendar) the place has this status: a side, or contested."""

    day: int
    status: str


@dataclass(frozen=True, slots=True)
class History:
    """One place and what is true of it, from `first` to `last`, ordinals of the calendar."""

    place_id: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    spells: tuple[Spell, ...]
    last: int

    @property
    def first(self) -> int:
        """The day on which the history begins."""
        return self.spells[0].day

    def on(self, day: int) -> str:
        """The status at the end of a day."""
        return self.spells[max(bisect_right([one.day for one in self.spells], day) - 1, 0)].status


def load_histories(folder: Path) -> tuple[History, ...]:
    """The histories of ../shared/bench/control-ukraine, by name of place.

    The first status is that of the first run that is no glitch; transitions.csv has every change after it. A change
    counts from the day on which it was first seen.
    """
    with gzip.open(folder / "intervals.csv.gz", "rt", encoding="utf-8", newline="") as opened:
        runs = [row for row in csv.DictReader(opened) if row["status"] != "UNKNOWN" and row["glitch"] == "0"]
    with (folder / "transitions.csv").open(encoding="utf-8", newline="") as opened:
        changes = list(csv.DictReader(opened))
    by_place: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in sorted(runs, key=lambda one: (one["first_seen"], one["last_seen"])):
        by_place[row["place"]].append(row)
    moved: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in sorted(changes, key=lambda one: one["first_seen_new"]):
        moved[row["place"]].append(row)
    last = max(_day(row["last_seen"]) for row in runs)
    return tuple(_history(name, by_place[name], moved[name], last) for name in sorted(by_place))


def _history(name: str, runs: Sequence[dict[str, str]], moved: Sequence[dict[str, str]], last: int) -> History:
    told = [(_day(runs[0]["first_seen"]), moved[0]["from_status"] if moved else runs[0]["status"])]
    told += [(max(_day(row["first_seen_new"]), told[0][0]), row["to_status"]) for row in moved]
    point = next(((float(row["lat"]), float(row["lon"])) for row in runs if row["lat"]), (None, None))
    people = max((int(row["population"]) for row in runs if row["population"].isdigit()), default=0)
    kind = "city" if people >= CITY else "town" if people >= TOWN else "village"
    return History(content_id("simulated", name), name, kind, *point, _spells(told), last)


def _spells(told: Sequence[tuple[int, str]]) -> tuple[Spell, ...]:
    """One spell for each change that lasted to the evening."""
    evening = {day: MERGED.get(status, status) for day, status in told}
    made: list[Spell] = []
    for day, status in sorted(evening.items()):
        if not made or made[-1].status != status:
            made.append(Spell(day, status))
    return tuple(made)


def _day(stamp: str) -> int:
    return dt.date.fromisoformat(stamp[:10]).toordinal()


def invented(count: int, days: int, sides: Sequence[str], seed: int, *, rate: float = 1 / 120) -> tuple[History, ...]:
    """Histories drawn from a chain of changes between sides, at `rate` a day; the first side has nine places in ten."""
    start = dt.date(2031, 1, 1).toordinal()
    made = []
    for number in range(count):
        chance = np.random.default_rng([seed, number])
        day, holder = start, sides[0] if chance.random() < 0.9 else str(chance.choice(list(sides[1:])))
        spells = [Spell(day, holder)]
        while (day := day + 1 + int(chance.exponential(1 / rate))) < start + days:
            holder = str(chance.choice([side for side in sides if side != holder]))
            spells.append(Spell(day, holder))
        name = f"Place {number:03}"
        made.append(History(content_id("invented", name), name, "town", None, None, tuple(spells), start + days))
    return tuple(made)
