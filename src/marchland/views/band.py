"""Who held one place, day by day: the shares of every state in as few points as show their course."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from marchland.events.told import ordinal
from marchland.ledger.assessment import LASTS, Assessment, Silence, begins, covers, holdings_until, turned
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


@dataclass(frozen=True, slots=True)
class Looks:
    """One place worked out for the days of its course: on each day silence counts up to that day, as in an answer."""

    told: Assessment
    """For the days up to the last of the evidence."""
    silent: Assessment | None
    """For the days on which silence is settled, or for the last day alone; None where the course ends before."""
    asked: Assessment
    """For the day asked about."""
    silence: Silence
    """Up to the last day of the course."""
    at: int
    """The day asked about, as an ordinal."""


def band(looks: Looks, names: Mapping[str, str]) -> Band:
    """The course as each of its days is answered; empty where nothing is told. `names` are those of sides."""
    told, last = looks.silent or looks.told, looks.silence.until
    spells = tuple(one.row for one in holdings_until(told, looks.silence))
    if told.first is None:
        return Band((), (), spells)
    first = told.first - max(_BEFORE_DAYS, _LEAST_DAYS - (last - told.first))
    found = _shares(looks, first, max(last, told.first))
    days = np.array(sorted(found))
    share = np.array([found[int(day)] for day in days])
    kept = np.union1d(telling(days, share, MOST_POINTS), np.flatnonzero(days == looks.at))
    order = sorted(range(len(told.states)), key=lambda index: (-float(share[:, index].sum()), told.states[index]))
    states = tuple(
        BandState(told.states[index], names.get(told.states[index], told.states[index]),
                  tuple(round(float(one), 4) for one in share[kept, index]))
        for index in order
    )  # fmt: skip
    return Band(tuple(dt.date.fromordinal(int(day)).isoformat() for day in days[kept]), states, spells)


def _shares(looks: Looks, first: int, last: int) -> dict[int, list[float]]:
    """Day to the probability of every state."""
    told, silent, states = looks.told, looks.silent, (looks.silent or looks.told).states
    end = min(last, ordinal(told.silent[1]) or last)
    early = np.arange(first, end + 1)
    columns = [np.interp(2 * early + 2, told.times, told.share[:, told.states.index(one)]) for one in states]
    found = {int(day): [float(one[place]) for one in columns] for place, day in enumerate(early)}
    if silent is not None:
        calm = (ordinal(silent.silent[0]) if silent.silent[1] == LASTS else None) or last
        spread = np.linspace(max(calm, end + 1), last, min(max(last - calm + 1, 1), MOST_POINTS // 2))
        found |= {day: _on(silent, looks.silence, day, states) for day in sorted({round(float(one)) for one in spread})}
    if first <= looks.at <= last:
        found[looks.at] = _on(looks.asked, looks.silence, looks.at, states)
    return found


def _on(made: Assessment, silence: Silence, day: int, states: Sequence[str]) -> list[float]:
    """The probability of every state at the end of a day, where silence counts up to that day."""
    until, shown = replace(silence, until=day), dt.date.fromordinal(day).isoformat()
    rows = [one.row for one in turned(made, until) if covers(begins(one.row), one.row.until, shown)]
    read = until.weighed(made, rows[-1], day) if rows else day
    return [made.probability(one, read) for one in states]


def telling(days: NDArray[np.int64], share: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Which rows show the course: the first, the last, and those where it bends most; at most so many."""
    count = len(share)
    if count <= 2:
        return np.arange(count)
    part = ((days[1:-1] - days[:-2]) / (days[2:] - days[:-2]))[:, None]
    bend = np.abs(share[1:-1] - (1 - part) * share[:-2] - part * share[2:]).max(axis=1)
    bent = np.flatnonzero(bend > 1e-4) + 1
    if len(bent) > most - 5:
        bent = np.argsort(-bend, kind="stable")[: most - 5] + 1
    even = np.linspace(0, count - 1, min(count, max(2, (most - len(bent)) // 2))).round().astype(np.int64)
    return np.unique(np.concatenate(([0, count - 1], bent, even)))


def names_of(spells: Sequence[HoldingRow], parties: Mapping[str, str]) -> dict[str, str]:
    """Names of states: those of the spells, else those of the parties on record."""
    told = {row.holder_id: row.holder_name for row in spells if row.holder_id and row.holder_name}
    return {**parties, **{key: name for key, name in told.items() if key and name}, "": "nobody known"}
