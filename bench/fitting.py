"""Fit the ledger's weights: losses by war, a quadratic step from the priors, each war left out once.

A parameter of weights.toml is fitted on a scale on which it may be any number (log, or logit for shares), with a
normal prior there: its mean and standard deviation stand in the table `[fit]` of weights.toml. The loss of a war is
its log score on the questions of bench/day_states.py, that evening and in hindsight alike, where each place counts
twice for each of its gains, not once for each question: the evenings of one place tell almost the same. What each
war says of a parameter is measured by moving it one standard deviation up and down; the step that follows is that
of a parabola with the prior's, and is halved until the true loss is no worse than at the priors.
"""

from __future__ import annotations

import dataclasses
import math
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.calibration import asked, wars
from bench.control_ukraine import FOLDER
from bench.day_states import Question
from bench.replay import Belief, Replay, belief
from bench.scoring import FLOOR
from bench.simulate.histories import CONTESTED, load_histories
from bench.simulate.noise import load_war
from bench.simulate.reports import fill, simulate
from marchland.events.weights import Weights
from marchland.ledger.fuse import Rules
from marchland.ledger.store import Ledger

Vector = NDArray[np.float64]
SIMULATED = "simulator"
MOST_STEPS = 2.0
"""No parameter moves further than this from its prior, in standard deviations."""
PLACES, EVENINGS, WORTH = 80, 3, 60.0
"""Of the simulator: places, evenings of each, and for how many questions all of them count together."""
HALVINGS = 4


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of weights.toml, or (`half_life.*`) a factor on all numbers of a table."""

    path: str
    prior: float
    sd: float
    scale: str
    now: float = 1.0
    """Of a factor: what the table has been multiplied with already."""

    def value(self, steps: float) -> float:
        """So many standard deviations from the prior mean."""
        moved = self._free(self.prior) + steps * self.sd
        return math.exp(moved) if self.scale == "log" else 1 / (1 + math.exp(-moved))

    def _free(self, value: float) -> float:
        return math.log(value) if self.scale == "log" else math.log(value / (1 - value))


def load_parameters(text: str | None = None) -> tuple[Parameter, ...]:
    """The table `[fit]` of weights.toml, in its order. Raises KeyError without one, TypeError for an unknown field."""
    text = text or (files("marchland") / "lexicons" / "weights.toml").read_text(encoding="utf-8")
    return tuple(Parameter(path, **entry) for path, entry in tomllib.loads(text)["fit"].items())


def moved(weights: Weights, parameters: Sequence[Parameter], steps: Sequence[float]) -> Weights:
    """The weights with every parameter so many standard deviations from its prior."""
    for one, step in zip(parameters, steps, strict=True):
        table, _, key = one.path.partition(".")
        table = "classes" if table == "class" else table
        weights = replace(weights, **{table: _changed(getattr(weights, table), key, one, step)})
    return weights


def _changed(table: Any, key: str, one: Parameter, step: float) -> Any:
    value = one.value(step)
    if key == "*":
        return {name: number * value / one.now for name, number in table.items()}
    if dataclasses.is_dataclass(table) and not isinstance(table, type):
        return dataclasses.replace(table, **{key: value})
    return {**table, key: value}


# --------------------------------------------------------------------------------------------------------------- losses


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its questions and for how many observations they count."""

    replay: Replay
    asked: tuple[tuple[int, tuple[str, ...], bool], ...]
    """Day, sides asked about, and whether they hold the place."""
    worth: float


def labelled(rules: Rules) -> dict[str, list[Place]]:
    """The labelled wars that have anything to ask."""
    found, _ = wars(rules)
    made = {war: _places(asked(questions)) for war, questions in sorted(found.items())}
    return {war: places for war, places in made.items() if places}


def _places(made: Sequence[Question]) -> list[Place]:
    by_place: dict[str, list[Question]] = defaultdict(list)
    for one in made:
        by_place[one.place.name].append(one)
    return [
        Place(some[0].place.replay, tuple((one.day, one.place.sides[one.holder], one.holds) for one in some),
              2.0 * len(some[0].place.steps))
        for _, some in sorted(by_place.items())
    ]  # fmt: skip


@cache
def simulated(seed: int = 11) -> tuple[Place, ...]:
    """Places of real histories as simulated reporters at level 1 tell of them; none where the histories are absent."""
    if not FOLDER.is_dir():
        return ()
    war, chance = load_war(), np.random.default_rng(seed)
    histories = load_histories(FOLDER)
    chosen = [histories[int(index)] for index in chance.choice(len(histories), size=PLACES, replace=False)]
    with Ledger.open(":memory:") as ledger:
        fill(ledger, simulate(chosen, war, seed=seed))
        replays = [Replay.of(ledger, one.place_id) for one in chosen]
    made = []
    for history, replay in zip(chosen, replays, strict=True):
        days = [int(chance.integers(history.first, history.last + 1)) for _ in range(EVENINGS)]
        days += [min(spell.day + int(chance.integers(0, 30)), history.last) for spell in history.spells[1:]]
        told = tuple((day, (party.id,), history.on(day) == status) for day in sorted(set(days)) if replay.known(day)
                     for status, party in sorted(war.sides.items()))  # fmt: skip
        made.append(Place(replay, told, WORTH / PLACES))
    return tuple(one for one in made if one.asked)


def loss(places: Sequence[Place], rules: Rules) -> float:
    """The log score, summed over the observations for which the places count."""
    return sum(one.worth * float(np.mean(_losses(one, rules))) for one in places)


def _losses(place: Place, rules: Rules) -> list[float]:
    late = place.replay.fused(rules, None, place.asked[-1][0])
    cached: dict[int, Belief | None] = {}
    found = []
    for day, sides, holds in place.asked:
        if day not in cached:
            cached[day] = place.replay.belief(rules, day, day)
        for held in (cached[day], belief(late, day) if late else None):
            share = 0.5 if held is None else told(held, sides)
            found.append(-math.log(max(share if holds else 1 - share, FLOOR)))
    return found


def told(held: Belief, sides: Sequence[str]) -> float:
    """The chance that one of some sides holds a place: half of "nobody known" counts, none of "contested"."""
    return min(held.of([side for side in sides if side != CONTESTED]) + 0.5 * held.shares.get("", 0.0), 1.0)


def worth(places: Sequence[Place]) -> float:
    """For how many observations some places count."""
    return sum(one.worth for one in places)


# ------------------------------------------------------------------------------------------------------------------ fit


@dataclass(frozen=True, slots=True)
class Shape:
    """Slope and bend of one war's loss at the priors, by parameter, in standard deviations."""

    base: float
    slope: Vector
    bend: Vector


def shape(evaluate: Callable[[Vector], float], count: int) -> Shape:
    """From the loss one standard deviation up and down, each parameter by itself."""
    base = evaluate(np.zeros(count))
    pairs = [(evaluate(unit), evaluate(-unit)) for unit in np.eye(count)]
    slope = np.array([(up - down) / 2 for up, down in pairs])
    bend = np.array([max(up + down - 2 * base, 0.0) for up, down in pairs])
    return Shape(base, slope, bend)


def step(shapes: Sequence[Shape]) -> Vector:
    """The bottom of the parabola of some wars and the prior."""
    slope, bend = sum(one.slope for one in shapes), sum(one.bend for one in shapes)
    return np.clip(-slope / (bend + 1.0), -MOST_STEPS, MOST_STEPS)


def settled(start: Vector, penalised: Callable[[Vector], float]) -> Vector:
    """The step, halved until it is no worse than none."""
    base = penalised(np.zeros(len(start)))
    for halving in range(HALVINGS):
        one = start / 2**halving
        if penalised(one) <= base:
            return one
    return np.zeros(len(start))


def penalised(losses: Mapping[str, Callable[[Vector], float]], names: Sequence[str]) -> Callable[[Vector], float]:
    """The loss of some wars with that of the prior."""
    return lambda steps: sum(losses[name](steps) for name in names) + 0.5 * float(steps @ steps)
