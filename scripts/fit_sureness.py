"""Fit the weights of sureness on the labelled reports, and show how they do on reports that they were not fitted on.

    python scripts/fit_sureness.py [--write] [--spread S]

Logistic regression by Newton's method, each weight drawn to its own prior mean with the standard deviation `spread`
(src/marchland/lexicons/sureness.toml, tables `prior` and `weight`): where there are few labels the prior stays. Needs
../shared. `--write` puts the fitted weights into that file; without it nothing is changed.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.shared import labelled_sets
from bench.sureness import Case, brier, cases, ranked

from marchland.claims.coder import Coder
from marchland.sureness import BASE

FILE = Path(__file__).resolve().parents[1] / "src" / "marchland" / "lexicons" / "sureness.toml"
BASE_SPREAD = 3.0
"""The base is where every reading begins: hardly held by its prior."""
FOLDS = 10
SPREADS = (0.05, 0.1, 0.2, 0.35, 0.5, 1.0)


def design(made: Sequence[Case], names: Sequence[str]) -> np.ndarray:
    """One row a claim, one column a rule: 1 where it applies."""
    return np.array([[float(name in one.rules or name == BASE) for name in names] for one in made])


def fit(made: Sequence[Case], prior: Mapping[str, float], spread: float) -> dict[str, float]:
    """The likeliest weights, given the labels and the prior. Rules that never apply keep their prior mean."""
    names = list(prior)
    applies, right = design(made, names), np.array([float(one.right) for one in made])
    mean = np.array([prior[name] for name in names])
    pull = np.array([1 / (BASE_SPREAD if name == BASE else spread) ** 2 for name in names])
    weights = mean.copy()
    for _ in range(100):
        told = 1 / (1 + np.exp(-applies @ weights))
        slope = applies.T @ (told - right) + pull * (weights - mean)
        bend = (applies * (told * (1 - told))[:, None]).T @ applies + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def told(made: Sequence[Case], weights: Mapping[str, float]) -> list[float]:
    """What claims would be told with, 0 to 1."""
    names = list(weights)
    odds = design(made, names) @ np.array([weights[name] for name in names])
    return [float(share) for share in 1 / (1 + np.exp(-odds))]


def crossed(made: Sequence[Case], groups: Sequence[str], prior: Mapping[str, float], spread: float) -> list[float]:
    """Each claim as told by weights fitted without its group."""
    shares = [0.0] * len(made)
    for group in sorted(set(groups)):
        inside = [i for i, one in enumerate(groups) if one == group]
        weights = fit([one for one, other in zip(made, groups, strict=True) if other != group], prior, spread)
        for i, share in zip(inside, told([made[i] for i in inside], weights), strict=True):
            shares[i] = share
    return shares


def folds(made: Sequence[Case]) -> list[str]:
    """A group for each claim; those of one page share it."""
    pages = sorted({one.page for one in made})
    random.Random(0).shuffle(pages)
    number = {page: str(i % FOLDS) for i, page in enumerate(pages)}
    return [number[one.page] for one in made]


def report(made: Sequence[Case], prior: Mapping[str, float], spread: float) -> str:
    """A row: Brier score and ranking on pages, and on sets, that the weights were not fitted on."""
    right = [one.right for one in made]
    by_page = crossed(made, folds(made), prior, spread)
    by_set = crossed(made, [one.of for one in made], prior, spread)
    return (
        f"| {spread:g} | {brier(by_page, right):.4f} | {ranked(by_page, right):.3f} | "
        f"{brier(by_set, right):.4f} | {ranked(by_set, right):.3f} |"
    )


def constant(made: Sequence[Case]) -> float:
    """Brier score of telling every claim of a set with the share right of the others."""
    shares = []
    for one in made:
        others = [other.right for other in made if other.of != one.of]
        shares.append(sum(others) / len(others))
    return brier(shares, [one.right for one in made])


def rewritten(text: str, weights: Mapping[str, float]) -> str:
    """The file with other numbers in its table `weight`, to two decimals, so that the rows shown add up."""
    head, table = text.split("[weight]", 1)
    for name, weight in weights.items():
        table = re.sub(rf"(?m)^{re.escape(name)} = .*$", f"{name} = {weight:.2f}", table)
    return head + "[weight]" + table


def main() -> None:
    """Fit, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the weights into sureness.toml")
    parser.add_argument("--spread", type=float, help="instead of the spread in the file")
    asked = parser.parse_args()
    sets = labelled_sets()
    if not sets:
        sys.exit("there is no ../shared with labelled reports to fit on")
    text = FILE.read_text(encoding="utf-8")
    found = tomllib.loads(text)
    prior, spread = found["prior"], asked.spread or found["spread"]
    coder = Coder.load()
    made = [one for labelled in sets for one in cases(labelled, coder)]
    print(f"{len(made)} claims, {sum(one.right for one in made)} of them right")
    print("| spread | Brier, other pages | right surer than wrong | Brier, other sets | right surer than wrong |")
    print("|---" * 5 + "|")
    for one in SPREADS:
        print(report(made, prior, one))
    print(f"telling all claims of a set alike, with the share right in the other sets: Brier {constant(made):.4f}\n")
    weights = fit(made, prior, spread)
    for name, weight in weights.items():
        applies = [one for one in made if name in one.rules or name == BASE]
        good = f"{sum(one.right for one in applies) / len(applies):.2f}" if applies else "-"
        print(f"{name:18} {weight:+.2f} (prior {prior[name]:+.2f}); applies {len(applies)} times, {good} right")
    if asked.write:
        FILE.write_text(rewritten(text, weights), encoding="utf-8")
        print(f"\nwritten to {FILE}")


if __name__ == "__main__":
    main()
