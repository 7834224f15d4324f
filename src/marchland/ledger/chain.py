"""The filter: a Markov chain over the state of one place, on a grid of half days, weighed by the evidence.

The states are the sides that appear at the place, each also as the holder of a besieged place or as the last holder
of a place that is fought over; "abandoned"; and "nobody known". Those that nothing tells of are left out. Without
news a holder goes out of date at the rate that the half-life gives, and fighting ends at its own; a claimed change
adds its odds to the one transition it tells of, spread over the days on which it may have happened. Half days let a
place change hands twice in one day. All of it is exact: no sampling.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from marchland.events.weights import Weights
from marchland.ledger.evidence import ABANDONED, BESIEGED, CONTESTED, Change, Evidence
from marchland.ledger.layout import Layout
from marchland.ledger.rates import landing, rates

Array = NDArray[np.float64]
Times = NDArray[np.int64]

LEAD_DAYS = 30
GAP_DAYS = 30
EARLY_DAYS = (1, 2, 3, 5, 7, 10, 14, 18, 24)
"""Points at the beginning of a gap, where certainty goes soonest, in days."""
HAZARD_DAYS = 4
"""Days between points while a raised rate lasts: between points a share is taken to change evenly."""
MOST_TANGLED = 4
"""Changes of unsure order that are kept apart; each doubles the states."""
MOST_POINTS = 60
"""Points of the grid for one change with very many possible days."""
SCALED = 8
"""Values are scaled once in so many steps: what one step can add stays far from the limits of the numbers."""
LIKELY = 0.02
"""A day with this share of a change has a point of its own, however many others there are."""
HALVED_DAYS = 3
"""A change with no more possible days than this is told to the half day."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """The state of the place at each time of the grid, given all the evidence."""

    states: tuple[str, ...]
    """Sides; CONTESTED and ABANDONED where they are told of; the last, an empty string, is "nobody known"."""
    times: Times
    """Half days since day 0 of the calendar: the start of day d is 2d, its end 2d + 2."""
    share: Array
    """Probability by time and state. A side holds a besieged place; a contested one nobody holds alone."""
    entering: Array
    """Expected number of entries into each state in the step that ends at each time; zero at the first."""
    inside: Array
    """Probability by time and side that the place is contested, that side being its last holder."""
    besieged: Array
    """Probability by time and side that the side holds the place under siege: part of its share."""

    def index(self, day: int) -> int:
        """Where in the grid the end of a day is; outside the grid, its nearest end."""
        return max(int(np.searchsorted(self.times, 2 * day + 2, side="right")) - 1, 0)

    def at(self, day: int) -> Array:
        """Probabilities at the end of a day: between two points of the grid on the line that joins them.

        Outside the grid they are those of its nearest end.
        """
        index, time = self.index(day), 2 * day + 2
        if index + 1 >= len(self.times) or time <= self.times[index]:
            row: Array = self.share[index]
            return row
        part = float(time - self.times[index]) / float(self.times[index + 1] - self.times[index])
        between: Array = (1 - part) * self.share[index] + part * self.share[index + 1]
        return between


@dataclass(frozen=True, slots=True)
class _Move:
    """A change that happens once: its weight in each step, and which transitions it makes."""

    mass: Array
    along: Array
    bit: int


@dataclass(frozen=True, slots=True)
class _Steps:
    """All transitions: those that may happen any number of times, as one matrix a step, and the tangled changes."""

    plain: Array
    moves: tuple[_Move, ...]
    sets: int


def posterior(evidence: Evidence, weights: Weights, kind: str | None, days: Sequence[int]) -> Posterior:
    """Forward and backward over a grid that holds all of `days`, and every day of which anything is told.

    A change happens once. Where several changes may have happened in any order, the chain remembers which of them
    have: its states are then pairs of a state of the place and a set of changes.
    """
    layout = Layout.of(evidence.sides, evidence.conditions)
    times = _grid(evidence, days)
    steps = _steps(evidence, weights, kind, layout, times, max(days, default=0))
    told = _emissions(evidence, layout, times)
    start = np.zeros((steps.sets, layout.count))
    start[0] = _start(evidence, weights, layout)
    forward, backward = _sweep(start, steps, told)
    share = (forward * backward).sum(axis=1)
    share /= share.sum(axis=1, keepdims=True)
    entering = _entries(forward, backward, steps, told, layout)
    return Posterior(
        layout.states, times, share @ layout.columns, entering, share @ layout.of_condition(CONTESTED),
        share @ layout.of_condition(BESIEGED),
    )  # fmt: skip


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


def _grid(evidence: Evidence, days: Sequence[int]) -> Times:
    """Every half day on which something may have happened, and now and then one in between."""
    points = {point for day in days for point in (2 * day, 2 * day + 2)}
    for change in (*evidence.changes, *evidence.fights):
        points.update(_points(change))
    for state in evidence.states:
        points.update((2 * state.day, 2 * state.day + 2))
    for hint in evidence.around.hints:
        points.update((2 * hint.day, 2 * hint.day + 2))
    for hazard in evidence.around.hazards:
        points.update((*range(2 * hazard.first_day, 2 * hazard.last_day + 2, 2 * HAZARD_DAYS), 2 * hazard.last_day + 2))
    ordered = sorted(points)
    ordered.insert(0, ordered[0] - 2 * LEAD_DAYS)
    filled = [point for one, two in pairwise(ordered) for point in (one, *_between(one, two))]
    return np.array([*filled, ordered[-1]], dtype=np.int64)


def _between(one: int, two: int) -> list[int]:
    """Points of a gap: dense where it begins."""
    early = [one + 2 * days for days in EARLY_DAYS]
    return [point for point in (*early, *range(one + 2 * GAP_DAYS, two, 2 * GAP_DAYS)) if point < two]


def _points(change: Change) -> list[int]:
    first, count = change.dating.first, len(change.dating.days)
    kept = [first + index for index, share in enumerate(change.dating.days) if share > 1e-4]
    if len(kept) > MOST_POINTS:
        stride = math.ceil(count / MOST_POINTS)
        likely = [first + index for index, share in enumerate(change.dating.days) if share > LIKELY]
        kept = sorted({*range(first, first + count, stride), *likely})
    halves = (0, 1, 2) if len(kept) <= HALVED_DAYS else (0, 2)
    return [2 * day + half for day in kept for half in halves]


def _start(evidence: Evidence, weights: Weights, layout: Layout) -> Array:
    """Before the first report: the side that stood there, most likely; else nobody known."""
    known = weights.prior.known
    start = np.zeros(layout.count)
    start[: len(layout.sides)] = (1 - known) * (1 - weights.landing.unknown) / max(len(layout.sides), 1)
    start[-1] = (1 - known) * weights.landing.unknown
    start[layout.held(evidence.prior)] += known
    start /= start.sum()
    return start


def _steps(evidence: Evidence, weights: Weights, kind: str | None, layout: Layout, times: Times, last: int) -> _Steps:
    """One matrix for each step of the grid: going out of date, and the changes that are told of."""
    told = (one for one in (*evidence.changes, *evidence.fights) if one.pieces)
    gone = 1 - np.exp(-rates(weights, kind, layout, times, last, (one.dating.latest for one in told)))
    plain = gone[:, :, None] * landing(evidence, weights, layout)
    plain[:, np.arange(layout.count), np.arange(layout.count)] += 1 - gone
    for hazard in evidence.around.hazards:
        first, after = 2 * hazard.first_day, 2 * hazard.last_day + 2
        days = np.clip(np.minimum(times[1:], after) - np.maximum(times[:-1], first), 0, None) / 2
        moved = 1 - np.exp(-hazard.rate * days)
        plain *= (1 - moved)[:, None, None]
        plain[:, :, layout.held(hazard.side)] += moved[:, None]
    once, moves = _tangled(evidence, weights), []
    for change in (*evidence.changes, *evidence.fights):
        mass = _mass(change, times) * _odds(change, evidence, weights) * change.ratio(weights.change.ratio_cap)
        along = layout.along(change)
        if change in once:
            moves.append(_Move(mass, along, 1 << once.index(change)))
        else:
            plain += mass[:, None, None] * along
    return _Steps(plain, tuple(moves), 2 ** len(once))


def _odds(change: Change, evidence: Evidence, weights: Weights) -> float:
    """Prior odds of a claimed change: higher where its side gained around the place about that time."""
    around, last = weights.around, change.dating.latest
    raised = sum(
        one.rate for one in evidence.around.hazards
        if one.side == change.to and one.first_day <= last <= one.last_day
    )  # fmt: skip
    return change.odds * min(1 + raised / around.usual_rate, around.most_odds)


def _mass(change: Change, times: Times) -> Array:
    """Share of the change's days in each step of the grid."""
    edges = 2 * (change.dating.first + np.arange(len(change.dating.days) + 1))
    rising = np.concatenate(([0.0], np.cumsum(change.dating.days)))
    mass: Array = np.diff(np.interp(times, edges, rising))
    return mass


def _emissions(evidence: Evidence, layout: Layout, times: Times) -> Array:
    """Likelihood of what is told about each time, by state."""
    told = np.ones((len(times), layout.count))
    for one in evidence.states:
        index = int(np.searchsorted(times, 2 * one.day + (0 if one.at_start else 2)))
        told[index, layout.held(one.side) if one.deed == "repels" else layout.having(one.side)] *= one.piece.ratio
    for hint in evidence.around.hints:
        told[int(np.searchsorted(times, 2 * hint.day + 2)), layout.having(hint.side)] *= hint.ratio
    return told


def _sweep(start: Array, steps: _Steps, told: Array) -> tuple[Array, Array]:
    """Forward and backward values, by time, set of changes and state; each time up to a factor of its own."""
    count, done = len(told), np.arange(steps.sets)
    forward = np.empty((count, *start.shape))
    backward = np.ones((count, *start.shape))
    plain = steps.plain * told[1:, None, :]
    ways = []
    for move in steps.moves:
        before = done[(done & move.bit) == 0]
        ways.append((move.mass.tolist(), move.along, before, before | move.bit))
    now = forward[0] = start * told[0]
    for index in range(count - 1):
        after = now @ plain[index]
        for mass, along, before, then in ways:
            if mass[index]:
                after[then] += mass[index] * (now[before] @ along) * told[index + 1]
        if not index % SCALED:
            after /= after.sum()
        now = forward[index + 1] = after
    back = backward[-1]
    for index in range(count - 2, -1, -1):
        value = back @ plain[index].T
        for mass, along, before, then in ways:
            if mass[index]:
                value[before] += mass[index] * ((back[then] * told[index + 1]) @ along.T)
        if not index % SCALED:
            value /= value.sum()
        back = backward[index] = value
    return forward, backward


def _entries(forward: Array, backward: Array, steps: _Steps, told: Array, layout: Layout) -> Array:
    """Expected entries into each state of the place, step by step."""
    entering = np.zeros((len(told), layout.columns.shape[1]))
    if len(told) < 2:
        return entering
    before, after = forward[:-1], backward[1:] * told[1:, None, :]
    both = np.matmul(before.transpose(0, 2, 1), after) * steps.plain
    done = np.arange(steps.sets)
    for move in steps.moves:
        sets = done[(done & move.bit) == 0]
        joint = np.matmul(before[:, sets].transpose(0, 2, 1), after[:, sets | move.bit])
        both += move.mass[:, None, None] * move.along * joint
    both /= both.sum(axis=(1, 2), keepdims=True)
    coarse = layout.columns.T @ both @ layout.columns
    entering[1:] = coarse.sum(axis=1) - np.einsum("tii->ti", coarse)
    return entering


__all__ = ["ABANDONED", "BESIEGED", "CONTESTED", "Posterior", "posterior"]
