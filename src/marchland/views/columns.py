"""What the map shows, in columns: one array for each property, which a browser reads without making objects of rows.

Days are counted from 1970-01-01, probabilities are thousandths, holders are numbers in a list of holders (-1: nobody).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from marchland.ledger.shown import Shown
from marchland.views.words import clean


class PlaceColumns(msgspec.Struct, frozen=True):
    """Places by id; `lat` and `lon` are null without a point."""

    id: list[str]
    name: list[str]
    kind: list[int]
    """Number in `kinds`."""
    country: list[str]
    admin1: list[str]
    lat: list[float | None]
    lon: list[float | None]
    known_first: list[int | None]
    """First day on which anything about the place was known; null where it is not worked out yet."""
    known_from: list[int | None]
    """Last such day: from then on the present version stands."""


@dataclass(slots=True)
class SpellColumns:
    """Who held a place over a stretch of days, in order of time for each place."""

    place: list[int] = field(default_factory=list)
    """Number of the place, or of the version, that it belongs to."""
    holder: list[int] = field(default_factory=list)
    status: list[int] = field(default_factory=list)
    """Number in `statuses`."""
    since: list[int] = field(default_factory=list)
    until: list[int | None] = field(default_factory=list)
    """The day after its last; null where it lasts."""
    early: list[int | None] = field(default_factory=list)
    late: list[int | None] = field(default_factory=list)
    confirmed: list[int | None] = field(default_factory=list)
    knots: list[int] = field(default_factory=lambda: [0])
    """Where its knots begin in `knot_day`; one more than there are spells, for the end."""
    knot_day: list[int] = field(default_factory=list)
    knot_share: list[int] = field(default_factory=list)
    """Probability on that day, in thousandths; in between on the line that joins two knots."""


@dataclass(slots=True)
class LaneColumns:
    """Whether one direction and kind of traffic of a crossing was open over a stretch of days."""

    place: list[int] = field(default_factory=list)
    """As in the spells."""
    direction: list[str] = field(default_factory=list)
    traffic: list[str] = field(default_factory=list)
    state: list[str] = field(default_factory=list)
    since: list[int | None] = field(default_factory=list)
    until: list[int | None] = field(default_factory=list)
    share: list[int] = field(default_factory=list)
    a_holder: list[int] = field(default_factory=list)
    b_holder: list[int] = field(default_factory=list)
    a_presumed: list[int] = field(default_factory=list)
    b_presumed: list[int] = field(default_factory=list)


@dataclass(slots=True)
class CrossingColumns:
    """The two posts of each crossing: country and name."""

    place: list[int] = field(default_factory=list)
    a: list[str] = field(default_factory=list)
    b: list[str] = field(default_factory=list)


class Holders:
    """Numbers of holders, by id and by name: those given first, then any others as they are met."""

    def __init__(self, given: Iterable[tuple[str, str]]) -> None:
        self.ids: dict[str, int] = {}
        self.names: dict[str, int] = {}
        """Number of the first holder of each name: two parties may be called the same."""
        self._called: dict[int, str] = {}
        for party_id, name in given:
            self.number(party_id, name)

    def number(self, party_id: str, name: str) -> int:
        """Of a holder by its id."""
        found = self.ids.setdefault(party_id, len(self.ids))
        self.names.setdefault(name, found)
        self._called.setdefault(found, name)
        return found

    def named(self, name: str | None) -> int:
        """Of a holder that only its name is told of; -1 for none."""
        if name is None:
            return -1
        return self.names[name] if name in self.names else self.number(name, name)

    def pairs(self) -> list[tuple[str, str]]:
        """Id and name of each, in order."""
        return [(party_id, self._called[number]) for party_id, number in self.ids.items()]


@dataclass(slots=True)
class Columns:
    """Spells and lanes of some places or versions, one after another."""

    holders: Holders
    horizon: int
    """What begins after this day is left out."""
    spells: SpellColumns = field(default_factory=SpellColumns)
    lanes: LaneColumns = field(default_factory=LaneColumns)
    crossings: CrossingColumns = field(default_factory=CrossingColumns)

    def add(self, place: int, one: Shown) -> None:
        """Add one place, or one version of it, as far as it matters up to the horizon."""
        made, count, base = self.spells, bisect_right(one.since, self.horizon), len(self.spells.knot_day)
        numbers = [self.holders.number(*party) for party in one.parties]
        numbers.append(-1)
        made.place += [place] * count
        made.holder += [numbers[number] for number in one.holder[:count]]
        made.status += one.status[:count]
        made.since += one.since[:count]
        made.until += one.until[:count]
        made.early += one.early[:count]
        made.late += one.late[:count]
        made.confirmed += one.confirmed[:count]
        made.knots += [base + end for end in one.ends[:count]]
        if count:
            end = bisect_right(one.day, self.horizon, one.ends[count - 2] if count > 1 else 0, one.ends[count - 1])
            made.knots[-1] = base + min(end + 1, one.ends[count - 1])
            made.knot_day += one.day[: made.knots[-1] - base]
            made.knot_share += one.share[: made.knots[-1] - base]
        for lane in one.lanes:
            self._lane(place, lane)
        if one.lanes:
            self.crossings.place.append(place)
            self.crossings.a.append(clean(one.lanes[0].a))
            self.crossings.b.append(clean(one.lanes[0].b))

    def _lane(self, place: int, lane: Any) -> None:
        made, named = self.lanes, self.holders.named
        made.place.append(place)
        made.direction.append(lane.direction)
        made.traffic.append(lane.traffic)
        made.state.append(lane.state)
        made.since.append(lane.begins)
        made.until.append(lane.until)
        made.share.append(lane.share)
        made.a_holder.append(named(lane.a_holder))
        made.b_holder.append(named(lane.b_holder))
        made.a_presumed.append(named(lane.a_presumed))
        made.b_presumed.append(named(lane.b_presumed))


def thinned(days: Sequence[int], most: int) -> list[int]:
    """At most so many days, spread evenly, both ends kept."""
    if len(days) <= most:
        return list(days)
    step = (len(days) - 1) / (most - 1)
    return [days[round(number * step)] for number in range(most)]


def numbered(names: Iterable[str]) -> Mapping[str, int]:
    """Names numbered in order of first sight."""
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
