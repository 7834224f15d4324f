"""What the names of an article speak for together: a country, a province, a neighbourhood.

Every name gives one vote, shared among its candidates by how likely each is so far. A candidate is then judged by the
votes of the *other* names: for its country, for its province, for the square degrees around it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marchland.records import Place

LEAST_SHARE = 0.02
"""A candidate less likely than this among those of its name has no vote."""
Guess = Sequence[tuple[Place, float]]
"""The candidates of one name, each with its share of the vote."""
Mark = tuple[str, ...] | tuple[float, int, int]
ALL: Mark = ("all",)
"""The mark of every vote, whatever it is for."""
FAINT = 0.15
"""A country with less than this share of the votes of the first one is named in passing, or by a name it shares."""
CLOSE = 0.25
"""Degrees of latitude of the smaller squares."""
WIDE_KINDS = frozenset({"country", "province"})


@dataclass(frozen=True, slots=True)
class Company:
    """The votes of all names of an article, and those of each name alone."""

    votes: Mapping[Mark, float] = field(default_factory=dict)
    own: Mapping[str, Mapping[Mark, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, guesses: Mapping[str, Guess]) -> Company:
        """Count the votes; `guesses` are by the key of the name."""
        own = {name: _votes(guess) for name, guess in guesses.items()}
        total: defaultdict[Mark, float] = defaultdict(float)
        for votes in own.values():
            for mark, vote in votes.items():
                total[mark] += vote
        return cls(dict(total), own)

    def countries(self) -> tuple[str, ...]:
        """The countries that the names speak for, most votes first; those with few beside the first are out."""
        found = sorted((-votes, mark[0]) for mark, votes in self.votes.items() if len(mark) == 1 and mark != ALL)
        return tuple(str(country) for votes, country in found if votes < FAINT * found[0][0])

    def others(self, name: str, mark: Mark) -> float:
        """Votes of the other names for a mark."""
        mine = self.own.get(name)
        return max(self.votes.get(mark, 0.0) - (mine.get(mark, 0.0) if mine else 0.0), 0.0)

    def country(self, name: str, place: Place) -> float:
        """The share of the other names that speak for the country of a place (or its second side), 0 to 1."""
        voters = self.others(name, ALL)
        if not voters:
            return 0.0
        first = self.others(name, (place.country,))
        second = self.others(name, (place.other_country,)) if place.other_country else 0.0
        return max(first, second) / voters

    def province(self, name: str, place: Place) -> float:
        """How many other names speak for the first-order division of a place, or are that division."""
        division = place.name if place.kind == "province" else place.admin1
        return self.others(name, (place.country, division)) if division else 0.0

    def near(self, name: str, place: Place) -> float:
        """How many other names may lie within a hundred kilometres or so."""
        return 0.0 if place.kind in WIDE_KINDS else self.others(name, cell(place, 1.0))

    def close(self, name: str, place: Place) -> float:
        """How many other names may lie within thirty kilometres or so."""
        return 0.0 if place.kind in WIDE_KINDS else self.others(name, cell(place, CLOSE))


def _votes(guess: Guess) -> dict[Mark, float]:
    votes: defaultdict[Mark, float] = defaultdict(float)
    for place, share in guess:
        if share >= LEAST_SHARE:
            for mark in _marks(place):
                votes[mark] += share
    return dict(votes)


def _marks(place: Place) -> Iterator[Mark]:
    """What a vote for a place is a vote for; nothing for a region of several countries."""
    if not place.country:
        return
    yield ALL
    yield (place.country,)
    if place.other_country:
        yield (place.other_country,)
    if division := place.name if place.kind == "province" else place.admin1:
        yield (place.country, division)
    if place.kind not in WIDE_KINDS:
        for size in (1.0, CLOSE):
            _, lat, lon = cell(place, size)
            yield from ((size, lat + up, lon + right) for up in (-1, 0, 1) for right in (-1, 0, 1))


def cell(place: Place, size: float) -> tuple[float, int, int]:
    """The square of so many degrees of latitude in which a place lies, as wide as it is high."""
    row = math.floor(place.lat / size)
    width = size / max(math.cos(math.radians(row * size)), 0.1)
    return size, row, math.floor(place.lon / width)
