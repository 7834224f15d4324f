"""What happens at a place: changes, fighting, states that somebody may mention, and gains that are only claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bench.simulate.histories import CONTESTED, History
from bench.simulate.noise import Noise, Party

NEAR_DAYS = 60
"""A gain that never was is claimed this near, in days, to a true change of the same place."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that may be told: done by a side on a day, true or not."""

    place: History
    event: str
    actor: str
    """Status under which the side is known."""
    opponent: str
    day: int
    true: bool = True


def happened(place: History, sides: Mapping[str, Party]) -> Iterator[Deed]:
    """Every change of status, as the deed that made it."""
    held = _start(place, sides)
    for before, after in pairwise(place.spells):
        other = _other(held, sides)
        if after.status == CONTESTED:
            yield Deed(place, "contests", other, held, after.day)
        elif after.status == held:
            yield Deed(place, "repels", held, other, after.day)
        else:
            back = sides[after.status].home or any(one.status == after.status for one in place.spells[:1])
            lost = held if before.status == CONTESTED else before.status
            yield Deed(place, "recaptures" if back else "captures", after.status, lost, after.day)
        held = after.status if after.status != CONTESTED else held


def mentioned(place: History, sides: Mapping[str, Party], noise: Noise, chance: np.random.Generator) -> Iterator[Deed]:
    """States told of now and then, whether anything changed or not; the first on the first day."""
    day = place.first
    while day <= place.last:
        yield state(place, day, sides)
        day += 1 + int(chance.exponential(noise.mention_days))


def state(place: History, day: int, sides: Mapping[str, Party]) -> Deed:
    """Who held a place on a day, or who attacked it where it was contested."""
    status = place.on(day)
    if status != CONTESTED:
        return Deed(place, "controls", status, "", day)
    before = [one.status for one in place.spells if one.day <= day and one.status != CONTESTED]
    held = before[-1] if before else _home(sides)
    return Deed(place, "contests", _other(held, sides), held, day)


def attacked(place: History, sides: Mapping[str, Party], noise: Noise, chance: np.random.Generator) -> Iterator[Deed]:
    """Attacks that change nothing, at places that change hands at some time."""
    for _ in range(int(chance.poisson(noise.fights * (len(place.spells) - 1)))):
        day = int(chance.integers(place.first, place.last + 1))
        held = place.on(day)
        if held != CONTESTED:
            yield Deed(place, "attacks", _other(held, sides), held, day)


def pretended(place: History, sides: Mapping[str, Party], noise: Noise, chance: np.random.Generator) -> Iterator[Deed]:
    """Gains that a side claims near a true change, on a day on which it did not hold the place."""
    for change in place.spells[1:]:
        if chance.random() >= noise.false_gain:
            continue
        day = int(change.day + chance.integers(-NEAR_DAYS, NEAR_DAYS + 1))
        side = str(chance.choice(sorted(sides)))
        if place.first < day <= place.last and place.on(day) != side:
            event = "recaptures" if sides[side].home else "captures"
            yield Deed(place, event, side, _other(side, sides), day, true=False)


def _start(place: History, sides: Mapping[str, Party]) -> str:
    first = place.spells[0].status
    return _home(sides) if first == CONTESTED else first


def _home(sides: Mapping[str, Party]) -> str:
    return next(side for side in sorted(sides) if sides[side].home)


def _other(side: str, sides: Mapping[str, Party]) -> str:
    return next(one for one in sorted(sides, key=lambda key: (sides[key].home, key)) if one != side)
