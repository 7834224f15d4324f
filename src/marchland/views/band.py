"""Who held one place, day by day: the shares of every state in as few points as show their course."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marchland.ledger.assessment import Assessment, Silence, holdings_until
from marchland.records import HoldingRow

MOST_POINTS = 800
_BEFORE_DAYS = 20
"""Days that are shown before the first that anything is told of."""
_LEAST_DAYS = 60


@dataclass(frozen=True, slots=True)
class BandState:
    """One of the states of a place."""

    id: str
    """Of a party; "contested", "abandoned"; empty for nobody known."""
    name: str
    shares: tuple[float, ...]
    """Probability at the end of each of the days."""


@dataclass(frozen=True, slots=True)
class Band:
    """The course of a place, most likely states first."""

    days: tuple[str, ...]
    """ISO 8601, in order; between two of them the shares run on straight lines."""
    states: tuple[BandState, ...]
    spells: tuple[HoldingRow, ...]


def band(made: Assessment, silence: Silence, names: Mapping[str, str]) -> Band:
    """The course up to the day to which silence counts; empty where nothing is told. `names` are those of sides."""
    spells = tuple(one.row for one in holdings_until(made, silence))
    if made.first is None:
        return Band((), (), spells)
    last = max(silence.until, made.first)
    first = made.first - max(_BEFORE_DAYS, _LEAST_DAYS - (last - made.first))
    days = np.arange(first, last + 1)
    share = _shares(made, silence, days)
    kept = telling(share, MOST_POINTS)
    order = sorted(range(len(made.states)), key=lambda index: (-float(share[:, index].sum()), made.states[index]))
    told = tuple(
        BandState(made.states[index], names.get(made.states[index], made.states[index]),
                  tuple(round(float(one), 4) for one in share[kept, index]))
        for index in order
    )  # fmt: skip
    return Band(tuple(dt.date.fromordinal(int(day)).isoformat() for day in days[kept]), told, spells)


def _shares(made: Assessment, silence: Silence, days: NDArray[np.int64]) -> NDArray[np.float64]:
    """Probability by day and state."""
    read = days.astype(np.float64)
    if made.rows:
        last = made.rows[-1].row
        begin = max(int(made.times[0]) // 2, silence.until - len(silence.late))
        late = days >= begin
        read[late] = [silence.weighed(made, last, int(day)) for day in days[late]]
    columns = [np.interp(2 * read + 2, made.times, made.share[:, index]) for index in range(len(made.states))]
    return np.stack(columns, axis=1)


def telling(share: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Which rows show the course: the first, the last, and those where it bends most; at most so many."""
    count = len(share)
    if count <= 2:
        return np.arange(count)
    bend = np.abs(share[1:-1] - (share[:-2] + share[2:]) / 2).max(axis=1)
    bent = np.flatnonzero(bend > 1e-4) + 1
    if len(bent) > most - 2:
        bent = np.argsort(-bend, kind="stable")[: most - 2] + 1
    even = np.linspace(0, count - 1, min(count, max(2, (most - len(bent)) // 2))).round().astype(np.int64)
    return np.unique(np.concatenate(([0, count - 1], bent, even)))[:most]


def names_of(spells: Sequence[HoldingRow], parties: Mapping[str, str]) -> dict[str, str]:
    """Names of states: those of the spells, else those of the parties on record."""
    told = {row.holder_id: row.holder_name for row in spells if row.holder_id and row.holder_name}
    return {**parties, **{key: name for key, name in told.items() if key and name}, "": "nobody known"}
