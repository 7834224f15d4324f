"""Fit the weights of the cues for a place on every other article of LGL and TR-News; show the figures of both halves.

    python scripts/fit_places.py [--half 0|1] [--rounds N]

A multinomial logit over the candidates of each labelled name, drawn to the shipped weights; the votes of the other
names are counted again with the weights found, and the fit is made again. Nothing is written: what is shipped in
src/marchland/lexicons/place_weights.toml are such weights, rounded; those of kinds and crossings, which these texts do
not need, are set by hand. Figures are shares where the gazetteer has a candidate: exact id, within 161 km. Needs
../shared.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import places as bench

from marchland.places.article import chooser_for
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.places.rules import COMPANY_RULES, RULES, Case
from marchland.places.weights import Weights, shipped_weights

HELD = ("exact", "alike", "division-of-town")
"""Weights that are not moved: they set the scale, or what they need is not in these texts."""
MOST_CANDIDATES = 60
PULL = 2.0
"""How strongly a weight is drawn to the shipped one."""
STEPS, RATE = 300, 0.05
Example = tuple[np.ndarray, int]
"""The cues of each candidate, and which of them is right."""


def examples(rows: Sequence[dict[str, Any]], gazetteer: Gazetteer, weights: Weights) -> list[Example]:
    """One for each labelled mention whose right place is among several candidates."""
    column = {name: at for at, name in enumerate(weights.cues)}
    found = []
    for row in rows:
        phrases = bench.phrases(row)
        chooser = chooser_for(row["text"], phrases, gazetteer, weights=weights)
        for gold, phrase in zip(row["toponyms"], phrases, strict=True):
            candidates = chooser.candidates(phrase)[:MOST_CANDIDATES]
            right = [
                at
                for at, (place, _) in enumerate(candidates)
                if gold["geonameid"] and _is_right(place, gold, gazetteer)
            ]
            if right and len(candidates) > 1:
                cues = np.zeros((len(candidates), len(column)))
                for at, (place, likeness) in enumerate(candidates):
                    case = Case(phrase, "", chooser.scene, gazetteer, likeness, key(phrase.name))
                    for cue in filter(None, (rule(case, place) for rule in (*RULES, *COMPANY_RULES))):
                        cues[at, column[cue[1]]] += cue[2]
                found.append((cues, right[0]))
    return found


def _is_right(place: Any, gold: dict[str, Any], gazetteer: Gazetteer) -> bool:
    return bench.is_exact(place, gold, gazetteer)


def fit(made: Sequence[Example], weights: Weights) -> Weights:
    """The likeliest weights, given the labels and the pull of the shipped ones (Adam's method)."""
    names = list(weights.cues)
    cues, absent = np.zeros((len(made), MOST_CANDIDATES, len(names))), np.full((len(made), MOST_CANDIDATES), -1e9)
    for at, (one, _) in enumerate(made):
        cues[at, : len(one)], absent[at, : len(one)] = one, 0.0
    right, moved = np.array([at for _, at in made]), np.array([name not in HELD for name in names])
    start = now = np.array([weights.cues[name] for name in names])
    mean, square = np.zeros_like(now), np.zeros_like(now)
    for step in range(1, STEPS + 1):
        score = cues @ now / weights.warmth + absent
        share = np.exp(score - score.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        share[np.arange(len(made)), right] -= 1
        slope = (np.einsum("nk,nkf->f", share, cues) + PULL * (now - start)) / weights.warmth / len(made)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        now = now - moved * RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return replace(weights, cues=dict(zip(names, map(float, now), strict=True)))


def show(title: str, gazetteer: Gazetteer, weights: Weights) -> None:
    """The figures of both halves of each set."""
    for name in bench.SETS:
        halves = (bench.load(name)[half::2] for half in (0, 1))
        told = [
            bench.tally(rows, [bench.answered(row, gazetteer, weights) for row in rows], gazetteer) for rows in halves
        ]
        pairs = [f"{bench.ratio(one, 'exact any', 'any')} / {bench.ratio(one, 'near any', 'any')}" for one in told]
        print(f"{title:8} {name:8} half 0 {pairs[0]}, half 1 {pairs[1]}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", type=int, choices=(0, 1), default=0)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    gazetteer, weights = Gazetteer.shipped(), shipped_weights()
    show("shipped", gazetteer, weights)
    rows = [row for name in bench.SETS for row in bench.load(name)[given.half :: 2]]
    for _ in range(given.rounds):
        weights = fit(examples(rows, gazetteer, weights), weights)
    show("fitted", gazetteer, weights)
    for name, weight in weights.cues.items():
        if abs(weight - shipped_weights().cues[name]) > 0.05:
            print(f"{name:20} {shipped_weights().cues[name]:+.2f} -> {weight:+.2f}")


if __name__ == "__main__":
    main()
