"""On which day did it happen? The likelihood of each day, given what every witness tells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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
    sure = [(one, _weight(one, weights)) for one in dated]
    log = [sum(_vote(one, weight, day, weights) for one, weight in sure) for day in range(first, last + 1)]
    inside = _inside(dated, first, last)
    log = [value if kept else -math.inf for value, kept in zip(log, inside, strict=True)]
    best = max(log)
    share = [math.exp(value - best) for value in log]
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


def _inside(dated: Sequence[Witness], first: int, last: int) -> list[bool]:
    """Which days lie within the interval of a witness that has both ends; all, where none has."""
    closed = [(one.best.first, one.best.last) for one in dated if one.best.first is not None]
    days = range(first, last + 1)
    return [not closed or any(a <= day <= (b or a) for a, b in closed) for day in days]


def _reach(one: Witness, weights: Weights) -> int:
    """How far back an open date is looked for."""
    return weights.grouping.miss_days if one.best.undated(weights.words.spans) else weights.grouping.open_reach


def _weight(one: Witness, weights: Weights) -> float:
    """How much the word of a witness counts for the day, 0 to 1."""
    return one.reading * (weights.grouping.hedged_vote if one.best.row.stance == "hedges" else 1.0)


def _vote(one: Witness, weight: float, day: int, weights: Weights) -> float:
    """Log-likelihood of the day for one witness."""
    grouping = weights.grouping
    density = _density(one, day, weights)
    return weight * math.log(grouping.date_right * density + (1 - grouping.date_right) / grouping.miss_days)


def _density(one: Witness, day: int, weights: Weights) -> float:
    first, last = one.best.first, one.best.last
    if last is None or day > last:
        return 0.0
    if one.best.undated(weights.words.spans):
        return 1.0 / weights.grouping.miss_days
    if first is None:
        return weights.freshness.of(last - day)
    return 1.0 / (last - first + 1) if day >= first else 0.0
