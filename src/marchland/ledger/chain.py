"""The filter: a Markov chain over who holds one place, on a grid of half days, weighed by the evidence.

The states are the sides that appear at the place, and "nobody known". Without news a holder goes out of date at the
rate that the half-life gives; a claimed change adds its odds to the one transition it tells of, spread over the days
on which it may have happened. Half days let a place change hands twice in one day. All of it is exact: no sampling.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from marchland.events.weights import Weights
from marchland.ledger.around import Hazard
from marchland.ledger.evidence import Change, Evidence

Array = NDArray[np.float64]

LEAD_DAYS = 30
GAP_DAYS = 30
MOST_TANGLED = 4
"""Changes of unsure order that are kept apart; each doubles the states."""
MOST_POINTS = 60
"""Points of the grid for one change with very many possible days."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """Who held the place at each time of the grid, given all the evidence."""

    states: tuple[str, ...]
    """Sides; the last, an empty string, is "nobody known"."""
    times: NDArray[np.int64]
    """Half days since day 0 of the calendar: the start of day d is 2d, its end 2d + 2."""
    share: Array
    """Probability by time and state."""
    entering: Array
    """Expected number of entries into each state in the step that ends at each time; zero at the first."""

    def at(self, day: int) -> Array:
        """Probabilities at the end of a day; outside the grid, those of its nearest end."""
        index = int(np.searchsorted(self.times, 2 * day + 2, side="right")) - 1
        row: Array = self.share[max(index, 0)]
        return row


def posterior(evidence: Evidence, weights: Weights, kind: str | None, days: Sequence[int]) -> Posterior:
    """Forward and backward over a grid that holds all of `days`, and every day of which anything is told.

    A change happens once. Where several changes may have happened in any order, the chain remembers which of them
    have: its states are then pairs of holder and set of changes.
    """
    states = (*evidence.sides, "")
    times = _grid(evidence, days)
    once = _tangled(evidence, weights)
    steps = _transitions(evidence, weights, kind, states, times, once)
    sets, count = 2 ** len(once), len(states)
    told = np.tile(_emissions(evidence, states, times), (1, sets))
    start = np.concatenate((_start(evidence, weights, states), np.zeros((sets - 1) * count)))
    forward, backward = _sweep(start, steps, told)
    share = (forward * backward).reshape(len(times), sets, count).sum(axis=1)
    share /= share.sum(axis=1, keepdims=True)
    return Posterior(states, times, share, _entries(forward, backward, steps, told, count))


def _tangled(evidence: Evidence, weights: Weights) -> list[Change]:
    """The changes whose days are disputed, or may come before or after a change to somebody else; the weightiest."""
    found = []
    for one in evidence.changes:
        spans = [other for other in evidence.changes if other.to != one.to and _overlap(one, other)]
        disputed = one.dating.earliest is not None and len(one.dating.days) > weights.grouping.narrow_days
        if len(one.dating.days) > 1 and (spans or disputed):
            found.append(one)
    found.sort(key=lambda one: -one.ratio(weights.change.ratio_cap))
    return found[:MOST_TANGLED]


def _overlap(one: Change, other: Change) -> bool:
    ends = (one.dating.first + len(one.dating.days), other.dating.first + len(other.dating.days))
    return one.dating.first < ends[1] and other.dating.first < ends[0]


def _grid(evidence: Evidence, days: Sequence[int]) -> NDArray[np.int64]:
    """Every half day on which something may have happened, and now and then one in between."""
    points = {point for day in days for point in (2 * day, 2 * day + 2)}
    for change in evidence.changes:
        points.update(_points(change))
    for state in evidence.states:
        points.update((2 * state.day, 2 * state.day + 2))
    for hint in evidence.around.hints:
        points.update((2 * hint.day, 2 * hint.day + 2))
    for hazard in evidence.around.hazards:
        points.update((2 * hazard.first_day, 2 * hazard.last_day + 2))
    for day, _, _ in evidence.fights:
        points.update((2 * day, 2 * day + 2))
    ordered = sorted(points)
    ordered.insert(0, ordered[0] - 2 * LEAD_DAYS)
    filled = [point for one, two in pairwise(ordered) for point in range(one, two, 2 * GAP_DAYS)]
    return np.array([*filled, ordered[-1]], dtype=np.int64)


def _points(change: Change) -> list[int]:
    first, count = change.dating.first, len(change.dating.days)
    if count > MOST_POINTS:
        stride = math.ceil(count / MOST_POINTS)
        return [2 * (first + index) for index in (*range(0, count, stride), count)]
    kept = [first + index for index, share in enumerate(change.dating.days) if share > 1e-4]
    return [point for day in kept for point in (2 * day, 2 * day + 1, 2 * day + 2)]


def _start(evidence: Evidence, weights: Weights, states: tuple[str, ...]) -> Array:
    """Before the first report: the side that stood there, most likely; else nobody known."""
    known = weights.prior.known
    start = np.full(len(states), 0.0)
    start[:] = (1 - known) * (1 - weights.landing.unknown) / max(len(states) - 1, 1)
    start[-1] = (1 - known) * weights.landing.unknown
    start[states.index(evidence.prior)] += known
    start /= start.sum()
    return start


def _transitions(
    evidence: Evidence, weights: Weights, kind: str | None, states: tuple[str, ...], times: NDArray[np.int64],
    once: list[Change],
) -> Array:  # fmt: skip
    """One matrix for each step of the grid: going out of date, and the changes that are told of."""
    count, sets = len(states), 2 ** len(once)
    landing = np.full(count, (1 - weights.landing.unknown) / max(count - 1, 1))
    landing[-1] = weights.landing.unknown
    kept = np.exp(-math.log(2) / weights.half_life_of(kind) * np.diff(times) / 2)
    plain = kept[:, None, None] * np.eye(count) + (1 - kept)[:, None, None] * landing[None, None, :]
    for hazard in evidence.around.hazards:
        _raise(plain, states.index(hazard.side), hazard, times)
    steps: Array = np.zeros((len(kept), sets, count, sets, count))
    for done in range(sets):
        steps[:, done, :, done, :] = plain
    for change in evidence.changes:
        to = states.index(change.to)
        mass = _mass(change, times) * change.odds * change.ratio(weights.change.ratio_cap)
        leaving = [index for index, side in enumerate(states) if index != to and (change.to or side == change.of)]
        bit = 1 << once.index(change) if change in once else 0
        for done in (done for done in range(sets) if not done & bit):
            for index in leaving:
                steps[:, done, index, done | bit, to] += mass
    return steps.reshape(len(kept), sets * count, sets * count)


def _raise(plain: Array, to: int, hazard: Hazard, times: NDArray[np.int64]) -> None:
    """Let part of what stays in every state go to one, over the days of a hazard."""
    first, last = 2 * hazard.first_day, 2 * hazard.last_day + 2
    days = np.clip(np.minimum(times[1:], last) - np.maximum(times[:-1], first), 0, None) / 2
    gone = 1 - np.exp(-hazard.rate * days)
    plain *= (1 - gone)[:, None, None]
    plain[:, :, to] += gone[:, None]


def _mass(change: Change, times: NDArray[np.int64]) -> Array:
    """Share of the change's days in each step of the grid."""
    edges = 2 * (change.dating.first + np.arange(len(change.dating.days) + 1))
    rising = np.concatenate(([0.0], np.cumsum(change.dating.days)))
    mass: Array = np.diff(np.interp(times, edges, rising))
    return mass


def _emissions(evidence: Evidence, states: tuple[str, ...], times: NDArray[np.int64]) -> Array:
    """Likelihood of what is told about each time, by state."""
    told = np.ones((len(times), len(states)))
    for one in evidence.states:
        index = int(np.searchsorted(times, 2 * one.day + (0 if one.at_start else 2)))
        told[index, states.index(one.side)] *= one.piece.ratio
    for hint in evidence.around.hints:
        told[int(np.searchsorted(times, 2 * hint.day + 2)), states.index(hint.side)] *= hint.ratio
    return told


def _sweep(start: Array, steps: Array, told: Array) -> tuple[Array, Array]:
    forward, backward = np.empty_like(told), np.ones_like(told)
    forward[0] = start * told[0]
    for index, step in enumerate(steps):
        forward[index] /= forward[index].sum()
        forward[index + 1] = (forward[index] @ step) * told[index + 1]
    forward[-1] /= forward[-1].sum()
    for index in range(len(steps) - 1, -1, -1):
        value = steps[index] @ (told[index + 1] * backward[index + 1])
        backward[index] = value / value.sum()
    return forward, backward


def _entries(forward: Array, backward: Array, steps: Array, told: Array, count: int) -> Array:
    """Expected entries into each of `count` holders, step by step."""
    entering = np.zeros((len(told), count))
    if not len(steps):
        return entering
    both = forward[:-1, :, None] * steps * (told[1:] * backward[1:])[:, None, :]
    sets = told.shape[1] // count
    both = both.reshape(len(steps), sets, count, sets, count).sum(axis=(1, 3))
    both /= both.sum(axis=(1, 2), keepdims=True)
    entering[1:] = both.sum(axis=1) - np.einsum("tii->ti", both)
    return entering
