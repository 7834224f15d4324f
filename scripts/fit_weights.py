"""Fit the weights of the ledger on labelled wars and the simulator, each labelled war left out once.

    python scripts/fit_weights.py [--write]

Which numbers are fitted, and how far a prior lets them move, stands in the table `[fit]` of
src/marchland/lexicons/weights.toml; bench/fitting.py has the method. Needs ../shared. Prints what each war by itself
says of each parameter, the spread of that, and the log and Brier scores of each war with the priors, with the weights
fitted on all wars (in sample), and with those fitted on all others and the simulator (out of sample). `--write`
puts the weights fitted on all into the file, each with the prior that it moved from.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.fitting import (
    SIMULATED,
    Parameter,
    Place,
    Shape,
    Vector,
    labelled,
    load_parameters,
    loss,
    moved,
    penalised,
    settled,
    shape,
    simulated,
    step,
    told,
    worth,
)
from bench.shared import labelled_sets

from marchland.ledger.fuse import Rules
from marchland.ledger.parties import shipped_rules

FILE = Path(__file__).resolve().parents[1] / "src" / "marchland" / "lexicons" / "weights.toml"


def losses(rules: Rules, parameters: Sequence[Parameter], by_war: Mapping[str, Sequence[Place]]
           ) -> dict[str, Callable[[Vector], float]]:  # fmt: skip
    """The loss of each war as a function of the steps; each value is worked out once."""
    known: dict[tuple[str, bytes], float] = {}

    def evaluate(war: str, steps: Vector) -> float:
        key = (war, np.round(steps, 9).tobytes())
        if key not in known:
            known[key] = loss(by_war[war], replace(rules, weights=moved(rules.weights, parameters, steps.tolist())))
        return known[key]

    return {war: partial(evaluate, war) for war in by_war}


def brier(places: Sequence[Place], rules: Rules) -> float:
    """Brier score of what was told that evening, all questions alike."""
    found = []
    for place in places:
        for day, sides, holds in place.asked:
            held = place.replay.belief(rules, day, day)
            found.append(((0.5 if held is None else told(held, sides)) - holds) ** 2)
    return float(np.mean(found))


def parameters_table(parameters: Sequence[Parameter], shapes: Mapping[str, Shape], fitted: Vector) -> list[str]:
    """What each war says."""
    lines = ["| parameter | prior | fitted | " + " | ".join(shapes) + " | spread |", "|---" * (len(shapes) + 4) + "|"]
    alone = {war: step([one]) for war, one in shapes.items()}
    for index, one in enumerate(parameters):
        says = [one.value(float(steps[index])) for steps in alone.values()]
        spread = float(np.std([steps[index] for steps in alone.values()]))
        cells = " | ".join(f"{value:.3g}" for value in says)
        lines.append(f"| {one.path} | {one.prior:g} | {one.value(float(fitted[index])):.3g} | {cells} | {spread:.2f} |")
    return [*lines, "", "Spread: standard deviation over the wars, in those of the prior."]


def scores_table(
    by_war: Mapping[str, Sequence[Place]], found: Mapping[str, Callable[[Vector], float]], all_in: Vector,
    left_out: Mapping[str, Vector], rules_at: Callable[[Vector], Rules],
) -> list[str]:  # fmt: skip
    """Log and Brier score of each war, with the priors, in sample and out of sample."""
    lines = ["| war | log score, priors | in sample | out of sample | Brier that evening, priors | in | out |",
             "|---" * 7 + "|"]  # fmt: skip
    for war, places in by_war.items():
        ways = [np.zeros(len(all_in)), all_in, left_out.get(war)]
        logs = ["" if one is None else f"{found[war](one) / worth(places):.3f}" for one in ways]
        squares = ["" if one is None else f"{brier(places, rules_at(one)):.3f}" for one in ways]
        lines.append(f"| {war} | " + " | ".join([*logs, *squares]) + " |")
    return lines


def rewritten(text: str, parameters: Sequence[Parameter], steps: Sequence[float]) -> str:
    """The file with fitted numbers, each with its prior behind it. Raises ValueError where a line is not found."""
    for one, moved_by in zip(parameters, steps, strict=True):
        table, _, key = one.path.partition(".")
        value = one.value(moved_by)
        head, body, rest = _table(text, table)
        if key == "*":
            text, count = _factored(head + _times(body, value / one.now) + rest, one, value)
        else:
            line = re.compile(rf"(?m)^{re.escape(key)} = [\d.]+.*$")
            shown = f"{key} = {_short(value)}  # fitted (scripts/fit_weights.py); prior {one.prior:g}"
            body, count = line.subn(shown, body)
            text = head + body + rest
        if count != 1:
            raise ValueError(f"weights.toml: no single line for {one.path}")
    return text


def _times(body: str, factor: float) -> str:
    """All numbers of a table, times a factor."""
    return re.sub(r"(?m)^([\w-]+) = ([\d.]+)", lambda row: f"{row[1]} = {_short(float(row[2]) * factor)}", body)


def _factored(text: str, one: Parameter, value: float) -> tuple[str, int]:
    """The file with the factor that a table now holds."""
    line = re.compile(rf'(?m)^("{re.escape(one.path)}" = .*now = )[\d.]+')
    return line.subn(lambda row: f"{row[1]}{value:.4g}", text)


def _table(text: str, name: str) -> tuple[str, str, str]:
    """What stands before the body of a table, the body, and what follows."""
    found = re.search(rf"(?m)^\[{re.escape(name)}\]\n", text)
    if found is None:
        raise ValueError(f"weights.toml: no table [{name}]")
    following = re.search(r"(?m)^\[", text[found.end() :])
    end = found.end() + following.start() if following else len(text)
    return text[: found.end()], text[found.end() : end], text[end:]


def _short(value: float) -> str:
    """Three figures, never in powers of ten."""
    digits = max(2 - math.floor(math.log10(value)), 0)
    return f"{round(value, digits):.{min(digits, 4)}f}"


def main() -> None:
    """Fit, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the weights into weights.toml")
    asked = parser.parse_args()
    if not labelled_sets():
        sys.exit("there is no ../shared with labelled reports to fit on")
    rules, parameters = shipped_rules(), load_parameters()
    by_war: dict[str, Sequence[Place]] = {**labelled(rules)}
    wars = list(by_war)
    if made := simulated():
        by_war[SIMULATED] = made
    for war, places in by_war.items():
        print(f"{war}: {len(places)} places, {sum(len(one.asked) for one in places)} questions, "
              f"counted as {worth(places):g} observations")  # fmt: skip
    found = losses(rules, parameters, by_war)
    shapes = {war: shape(found[war], len(parameters)) for war in by_war}
    everything = list(by_war)
    fitted = settled(step(list(shapes.values())), penalised(found, everything))
    left_out = {}
    for war in wars:
        others = [one for one in everything if one != war]
        left_out[war] = settled(step([shapes[one] for one in others]), penalised(found, others))
    print("\n" + "\n".join(parameters_table(parameters, shapes, fitted)))
    at = lambda steps: replace(rules, weights=moved(rules.weights, parameters, steps.tolist()))  # noqa: E731
    print("\n" + "\n".join(scores_table(by_war, found, fitted, left_out, at)))
    if asked.write:
        text = FILE.read_text(encoding="utf-8")
        FILE.write_text(rewritten(text, parameters, fitted.tolist()), encoding="utf-8")
        print(f"\nwritten to {FILE}")


if __name__ == "__main__":
    main()
