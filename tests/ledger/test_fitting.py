"""Fitting: parameters on their scales, losses that count places, and the file that is written."""

from __future__ import annotations

import importlib.util
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from bench.fitting import Parameter, Shape, load_parameters, moved, penalised, settled, shape, step

from marchland.events.weights import load_weights, read_weights

TEXT = (files("marchland") / "lexicons" / "weights.toml").read_text(encoding="utf-8")
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fit_weights.py"
PARAMETERS = load_parameters()


def script() -> ModuleType:
    """scripts/fit_weights.py as a module."""
    spec = importlib.util.spec_from_file_location("fit_weights", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fit_weights"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("one", "up"), [
    (Parameter("a.b", 3.0, 0.5, "log"), 3.0 * np.exp(0.5)),
    (Parameter("a.b", 0.5, 1.0, "logit"), 1 / (1 + np.exp(-1.0))),
])  # fmt: skip
def test_a_parameter_moves_on_its_own_scale(one: Parameter, up: float) -> None:
    assert one.value(0) == pytest.approx(one.prior)
    assert one.value(1) == pytest.approx(up)


def test_every_fitted_parameter_is_a_number_of_the_file() -> None:
    weights = load_weights()
    for index, one in enumerate(PARAMETERS):
        steps = [float(index == other) for other in range(len(PARAMETERS))]
        assert moved(weights, PARAMETERS, steps) != moved(weights, PARAMETERS, [0.0] * len(PARAMETERS)), one.path


def test_a_factor_moves_a_whole_table_and_counts_from_where_it_stands() -> None:
    one = Parameter("half_life.*", 1.0, 0.5, "log", now=2.0)
    before, after = load_weights().half_life, moved(load_weights(), [one], [1.0]).half_life
    assert {key: after[key] / before[key] for key in before} == pytest.approx(dict.fromkeys(before, np.exp(0.5) / 2))


def test_the_written_file_holds_the_fitted_numbers_and_their_priors() -> None:
    steps = [0.5] * len(PARAMETERS)
    text = script().rewritten(TEXT, PARAMETERS, steps)
    wanted = moved(load_weights(), PARAMETERS, steps)
    written = read_weights(text)
    assert written.interest.own_gain == pytest.approx(wanted.interest.own_gain, rel=0.01)
    assert written.half_life["town"] == pytest.approx(wanted.half_life["town"], rel=0.01)
    assert written.stance["hedges"] == pytest.approx(wanted.stance["hedges"], rel=0.01)
    assert "prior 3" in text
    assert script().rewritten(text, load_parameters(text), [0.0] * len(PARAMETERS)).count("prior 3") == text.count(
        "prior 3"
    )


def test_writing_back_no_step_brings_the_priors_back() -> None:
    there = script().rewritten(TEXT, PARAMETERS, [0.7] * len(PARAMETERS))
    back = read_weights(script().rewritten(there, load_parameters(there), [0.0] * len(PARAMETERS)))
    assert back.half_life["city"] == pytest.approx(load_weights().half_life["city"] / _now("half_life.*"), rel=0.02)
    assert back.change.claimed == pytest.approx(next(one.prior for one in PARAMETERS if one.path == "change.claimed"))


def _now(path: str) -> float:
    return next(one.now for one in PARAMETERS if one.path == path)


def test_the_step_is_that_of_the_parabola_and_of_the_prior() -> None:
    made = shape(lambda steps: float(3 * (steps[0] - 1) ** 2 + steps[1]), 2)
    assert made.slope == pytest.approx([-6.0, 1.0])
    assert step([made]) == pytest.approx([6 / 7, -1.0])


def test_a_step_that_makes_it_worse_is_halved_or_not_made() -> None:
    total = penalised({"a": lambda steps: float(abs(steps[0]) * 10 - 4 * (0 < steps[0] < 0.3))}, ["a"])
    assert settled(np.array([1.0]), total)[0] == pytest.approx(0.25)
    assert settled(np.array([-1.0]), total)[0] == 0.0


def test_no_step_leaves_two_standard_deviations() -> None:
    assert step([Shape(0.0, np.array([50.0]), np.array([0.0]))])[0] == -2.0
