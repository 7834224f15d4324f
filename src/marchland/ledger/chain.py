"""The filter: a Markov chain over who holds one place, on a grid of half days, weighed by the evidence.

The states are the sides that appear at the place, and "nobody known". Without news a holder goes out of date at the
rate that the half-life gives; a claimed change adds its odds to the one transition it tells of, spread over the days
on which it may have happened. Half days let a place change hands twice in one day. All of it is exact: no sampling.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from marchland.events.weights import Weights
from marchland.ledger.evidence import Change, Evidence

Array = NDArray[np.float64]

LEAD_DAYS = 30
GAP_DAYS = 30
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


def posterior(evidence: Evidence, weights: Weights, kind: str | None, days: tuple[int, int]) -> Posterior:
    """Forward and backward over the grid from the first day to the last of `days`, or as far as evidence goes."""
    states = (*evidence.sides, "")
    times = _grid(evidence, days)
    steps = _transitions(evidence, weights, kind, states, times)
    told = _emissions(evidence, states, times)
    forward, backward = _sweep(_start(evidence, weights, states), steps, told)
    share = forward * backward
    share /= share.sum(axis=1, keepdims=True)
    return Posterior(states, times, share, _entries(forward, backward, steps, told))


def _grid(evidence: Evidence, days: tuple[int, int]) -> NDArray[np.int64]:
    """Every half day on which something may have happened, and now and then one in between."""
    points = {2 * days[0], 2 * days[1], 2 * days[1] + 2}
    for change in evidence.changes:
        points.update(_points(change))
    for state in evidence.states:
        points.update((2 * state.day, 2 * state.day + 2))
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
    evidence: Evidence, weights: Weights, kind: str | None, states: tuple[str, ...], times: NDArray[np.int64]
) -> Array:
    """One matrix for each step of the grid: going out of date, and the changes that are told of."""
    count = len(states)
    landing = np.full(count, (1 - weights.landing.unknown) / max(count - 1, 1))
    landing[-1] = weights.landing.unknown
    kept = np.exp(-math.log(2) / weights.half_life_of(kind) * np.diff(times) / 2)
    steps: Array = kept[:, None, None] * np.eye(count) + (1 - kept)[:, None, None] * landing[None, None, :]
    for change in evidence.changes:
        to = states.index(change.to)
        mass = _mass(change, times) * change.odds * change.ratio(weights.change.ratio_cap)
        leaving = [index for index, side in enumerate(states) if index != to and (change.to or side == change.of)]
        for index in leaving:
            steps[:, index, to] += mass
    return steps


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


def _entries(forward: Array, backward: Array, steps: Array, told: Array) -> Array:
    """Expected entries into each state, step by step."""
    entering = np.zeros_like(told)
    if not len(steps):
        return entering
    both = forward[:-1, :, None] * steps * (told[1:] * backward[1:])[:, None, :]
    both /= both.sum(axis=(1, 2), keepdims=True)
    entering[1:] = both.sum(axis=1) - np.einsum("tii->ti", both)
    return entering
