"""On which day did it happen? The likelihood of each day, given what every witness tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marchland.events.weights import Weights
from marchland.events.witness import Witness

MOST_DAYS = 40_000


@dataclass(frozen=True, slots=True)
class Dating:
    """The days of one happening. `days[i]` is the share of `first + i`; they sum to 1."""

    first: int
    days: tuple[float, ...]
    told: bool
    """Whether any witness dates it, to `dated_days` or better."""
    earliest: int | None
    """First of the days that are as good as the best; None where none but open dates were told."""
    latest: int


def date_of(found: Sequence[Witness], weights: Weights) -> Dating | None:
    """Weigh the days that the witnesses tell; a wrong day of one of them cannot outweigh two others.

    Where any witness tells when it began or ended, the day is one of those: "by the 17th" moves nothing to the 17th.
    Each witness is right with a set chance, and otherwise says nothing about the day, so that days multiply like
    votes and a narrow date counts for more than a wide one. None where no witness has any day.
    """
    dated = [one for one in found if one.best.last is not None]
    if not dated:
        return None
    first, last = _span(dated, weights)
    log = np.zeros(last - first + 1)
    for one in dated:
        log += _votes(one, first, last, weights)
    log[~_inside(dated, first, last)] = -np.inf
    share: list[float] = np.exp(log - log.max()).tolist()
    good = [index for index, value in enumerate(share) if value >= weights.grouping.vote_share]
    total = sum(share)
    widths = [one.best.width for one in dated if one.best.width is not None]
    told = bool(widths) and min(widths) <= weights.grouping.dated_days
    earliest = first + good[0] if widths else None
    return Dating(first, tuple(value / total for value in share), told, earliest, first + good[-1])


def _span(dated: Sequence[Witness], weights: Weights) -> tuple[int, int]:
    """First and last day that anybody tells."""
    lasts = [one.best.last for one in dated if one.best.last is not None]
    starts = [one.best.first for one in dated if one.best.first is not None]
    opens = [one.best.last - _reach(one, weights) for one in dated
             if one.best.first is None and one.best.last is not None]  # fmt: skip
    last = max(lasts)
    return max(min(starts or opens), last - MOST_DAYS), last


def _inside(dated: Sequence[Witness], first: int, last: int) -> NDArray[np.bool_]:
    """Which days lie within the interval of a witness that has both ends; all, where none has."""
    closed = [(one.best.first, one.best.last) for one in dated if one.best.first is not None]
    found = np.full(last - first + 1, not closed)
    for begin, end in closed:
        found[max(begin - first, 0) : (end or begin) - first + 1] = True
    return found


def _reach(one: Witness, weights: Weights) -> int:
    """How far back an open date is looked for."""
    return weights.grouping.miss_days if one.best.undated(weights) else weights.grouping.open_reach


def _weight(one: Witness, weights: Weights) -> float:
    """How much the word of a witness counts for the day, 0 to 1."""
    return one.reading * (weights.grouping.hedged_vote if one.best.row.stance == "hedges" else 1.0)


def _votes(one: Witness, first: int, last: int, weights: Weights) -> NDArray[np.float64]:
    """Log-likelihood of each day from first to last for one witness."""
    grouping = weights.grouping
    density = _density(one, first, last, weights)
    found: NDArray[np.float64] = np.log(
        grouping.date_right * density + (1 - grouping.date_right) / grouping.miss_days
    )  # fmt: skip
    return _weight(one, weights) * found


def _density(one: Witness, first: int, last: int, weights: Weights) -> NDArray[np.float64]:
    """How likely the witness is to tell of each day from first to last as it does."""
    begin, end = one.best.first, one.best.last
    density = np.zeros(last - first + 1)
    if end is None:
        return density
    before = max(end - first + 1, 0)
    if one.best.undated(weights):
        density[:before] = 1.0 / weights.grouping.miss_days
    elif begin is None:
        lag = np.array(weights.freshness.lag)
        density[:before] = lag[np.clip(end - first - np.arange(before), 0, len(lag) - 1)]
    else:
        density[max(begin - first, 0) : before] = 1.0 / (end - begin + 1)
    return density
