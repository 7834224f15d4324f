"""How good probabilities are: Brier and log score, Murphy's decomposition, reliability, bootstrap by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FLOOR = 0.001
"""No probability counts as smaller in the log score: one wrong "certain" is bad, but not infinitely."""
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Forecast:
    """A probability, what came true, and the place that it is about."""

    told: float
    true: bool
    place: str


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about the same probability: their mean, the share that came true, and its 90 % interval."""

    count: int
    told: float
    seen: float
    low: float
    high: float


def brier(made: Sequence[Forecast]) -> float:
    """Mean squared distance between forecast and truth; 0 is best, 0.25 is a coin."""
    told, true = _columns(made)
    return float(np.mean((told - true) ** 2))


def log_score(made: Sequence[Forecast]) -> float:
    """Mean surprise in nats; 0 is best, 0.693 is a coin."""
    told, true = _columns(made)
    return float(np.mean(-np.log(np.maximum(np.where(true > 0, told, 1 - told), FLOOR))))


def murphy(made: Sequence[Forecast], bins: int = 10) -> tuple[float, float, float]:
    """Reliability (0 is best), resolution (more is better) and uncertainty.

    The Brier score is the first less the second with the third, but for what differs inside a bin.
    """
    told, true = _columns(made)
    base = true.mean()
    parts = [(len(group), told[group].mean(), true[group].mean()) for group in _groups(told, bins)]
    reliability = sum(count * (mean - seen) ** 2 for count, mean, seen in parts) / len(made)
    resolution = sum(count * (seen - base) ** 2 for count, _, seen in parts) / len(made)
    return float(reliability), float(resolution), float(base * (1 - base))


def ece(made: Sequence[Forecast], bins: int = 10) -> float:
    """Mean distance between forecast and share that came true, over bins of equal mass."""
    told, true = _columns(made)
    groups = _groups(told, bins)
    return float(sum(len(one) * abs(told[one].mean() - true[one].mean()) for one in groups) / len(made))


def reliability(made: Sequence[Forecast], bins: int = 8) -> list[Bin]:
    """The reliability curve, with bins of equal mass and intervals by bootstrap over places."""
    told, true = _columns(made)
    found = []
    for group in _groups(told, bins):
        inside = [made[int(index)] for index in group]
        low, high = interval(inside, lambda some: float(np.mean([one.true for one in some])))
        found.append(Bin(len(group), float(told[group].mean()), float(true[group].mean()), low, high))
    return found


def interval(
    made: Sequence[Forecast], measure: Callable[[Sequence[Forecast]], float], share: float = 0.9
) -> tuple[float, float]:
    """Of a measure, by drawing places with replacement: the days of one place are not independent. Seeded."""
    by_place: dict[str, list[Forecast]] = defaultdict(list)
    for one in made:
        by_place[one.place].append(one)
    places = sorted(by_place)
    chance = np.random.default_rng(0)
    found = []
    for _ in range(DRAWS):
        drawn = chance.integers(len(places), size=len(places))
        found.append(measure([one for index in drawn for one in by_place[places[int(index)]]]))
    low, high = np.quantile(found, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def _columns(made: Sequence[Forecast]) -> tuple[Array, Array]:
    return np.array([one.told for one in made]), np.array([float(one.true) for one in made])


def _groups(told: Array, bins: int) -> list[NDArray[np.int64]]:
    """Indices in bins of about equal mass, in order of the forecast; equal forecasts stay together."""
    order = np.argsort(told, kind="stable")
    steps = np.flatnonzero(np.diff(told[order]) > 1e-9) + 1
    wanted = [len(order) * number / bins for number in range(1, bins)]
    cuts = sorted({int(steps[np.abs(steps - one).argmin()]) for one in wanted}) if len(steps) else []
    return [np.asarray(group, dtype=np.int64) for group in np.split(order, cuts)]
