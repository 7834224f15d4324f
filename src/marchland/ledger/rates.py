"""How fast each state of a place ends without a report of it, and what then follows."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from marchland.events.weights import Weights
from marchland.ledger.evidence import ABANDONED, BESIEGED, CONTESTED, Evidence
from marchland.ledger.layout import Layout

Array = NDArray[np.float64]
LOG_2 = math.log(2)


def rates(
    weights: Weights, kind: str | None, layout: Layout, times: NDArray[np.int64], last: int, stirs: Iterable[int] = ()
) -> Array:
    """Expected unreported ends of each state in each step of the grid.

    A holder is likeliest to lose a place soon after it was fought over or changed hands (on the days `stirs`), and
    ever less likely the longer it has been quiet; half of the certainty is gone after the half-life.

    Of the changes of the last days before `last`, the day to which silence counts, most are not reported yet: there
    an unreported change is as likely as any, reported or not.
    """
    lasting = {
        "": weights.half_life_of(kind), CONTESTED: weights.fighting.half_life,
        BESIEGED: weights.fighting.siege_half_life, ABANDONED: weights.fighting.abandoned_half_life,
    }  # fmt: skip
    days = np.diff(times) / 2
    found = np.array([LOG_2 / lasting[condition] for condition, _ in layout.fine])
    rated: Array = days[:, None] * found[None, :]
    held = [index for index, (condition, _) in enumerate(layout.fine) if not condition]
    rated[:, held] = _quieting(weights, lasting[""], times, stirs, _late(weights, times, last))[:, None]
    return rated


def _quieting(weights: Weights, half_life: float, times: NDArray[np.int64], stirs: Iterable[int], late: Array) -> Array:
    """Expected ends in each step, at a rate that falls as one over the days of quiet; `late` days pass besides.

    A place counts as stirred where its record begins: it comes to be told of because something moves there.
    """
    calm = weights.reporting.calm_days
    passed = times / 2 + np.concatenate(([0.0], np.cumsum(late)))
    before = int(times[0])
    moments = np.array(sorted({before, *(2 * day for day in stirs)}))
    last = moments[np.searchsorted(moments, times[:-1], side="right") - 1]
    since = np.where(last < times[0], last / 2, np.interp(last, times, passed))
    begin, end = passed[:-1] - since, passed[1:] - since
    found: Array = LOG_2 / math.log1p(half_life / calm) * np.log((calm + end) / (calm + begin))
    return found


def _late(weights: Weights, times: NDArray[np.int64], last: int) -> Array:
    """Extra days' worth of unreported changes in each step, because their reports may still come."""
    waiting = awaited(weights)
    since = 2 * (last + 1) - times
    behind = np.interp(np.clip(since / 2, 0, len(waiting) - 1), np.arange(len(waiting)), waiting)
    late: Array = np.maximum(behind[:-1] - behind[1:], 0.0)
    return late


def awaited(weights: Weights) -> Array:
    """Days' worth of unreported changes in the last 0, 1, 2, ... days, because their reports may still come."""
    missed, lag = weights.reporting.capture / (1 - weights.reporting.capture), weights.freshness.lag
    found: Array = missed * np.array([0.0, *np.cumsum([max(1 - sum(lag[: day + 1]), 0.0) for day in range(len(lag))])])
    return found


def landing(evidence: Evidence, weights: Weights, layout: Layout) -> Array:
    """Where each state leads when it ends without a report; rows sum to 1.

    A place that is taken back is reported less often than one that falls: an unreported change leads back to a side
    that stood there before, rather than to a third.
    """
    before = {evidence.prior, *(one.of for one in evidence.changes)} - {""}
    silent = np.array([
        1 - (weights.reporting.recapture if side in before else weights.reporting.capture) for side in layout.sides
    ])  # fmt: skip
    rows = np.zeros((layout.count, layout.count))
    for row, (condition, side) in enumerate(layout.fine):
        unknown, stays = _ends(weights, condition)
        share = silent * np.array([one != side for one in layout.sides])
        others = share / share.sum() if share.sum() else share
        rows[row, : len(layout.sides)] = (1 - unknown - stays) * others
        if stays:
            rows[row, layout.held(side)] += stays
        rows[row, -1] += 1 - rows[row].sum()
    return rows


def _ends(weights: Weights, condition: str) -> tuple[float, float]:
    """Of unreported ends: the share that leaves nobody known, and the share that leaves the last holder in place."""
    fighting = weights.fighting
    stays = {CONTESTED: fighting.stays, BESIEGED: fighting.siege_stays}.get(condition, 0.0)
    return weights.landing.unknown * (1 - stays), stays
