"""Try other weights for the cues of a place, one at a time, and show what they do: `python scripts/tune_places.py`.

    python scripts/tune_places.py [--write] [--half 0|1] [--passes N]

Coordinate search in coarse steps over the tables `weight` and `choice` of src/marchland/lexicons/place_weights.toml.
What is raised: the mean of the shares of mentions with the right id and within 161 km on LGL and on TR-News, and, four
times as heavy, the share of the labelled reports' claimed places that are right. `--half` searches on every other
article and shows the figures of the other half, too. Needs ../shared. `--write` puts the weights found into that file.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import places as bench
from bench.shared import labelled_sets

from marchland.claims.coder import Coder
from marchland.places.choose import km_between
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.places.resolve import Resolver
from marchland.places.weights import FILE, Weights, shipped_weights
from marchland.read import read_path
from marchland.records import Article, Reading

PATH = Path(__file__).resolve().parents[1] / "src" / "marchland" / "lexicons" / FILE
STEPS = (-0.4, -0.2, -0.1, 0.1, 0.2, 0.4)
CHOICES = {"floor": (-0.2, -0.1, 0.1, 0.2), "warmth": (-0.1, -0.05, 0.05, 0.1, 0.2)}
FIXED = ("exact", "kind-", "crossing-", "passage", "within-")
"""Weights set by hand: what they need is not in these sets."""
LEAST_GAIN = 0.0004
Point = tuple[float, float]


class Trial:
    """The sets, read once, and what weights do on them."""

    def __init__(self, half: int | None) -> None:
        self.gazetteer = Gazetteer.open()
        self.sets = [_every_other(bench.load(name), half) for name in bench.SETS]
        self.readings = list(_readings(self.gazetteer))

    def figures(self, weights: Weights) -> list[float]:
        """Exact and near for each set, then the share of claimed places that are right."""
        found = []
        for rows in self.sets:
            answers = [bench.answered(row, self.gazetteer, weights) for row in rows]
            counts = bench.tally(rows, answers, self.gazetteer)
            found += [counts["exact"] / counts["all"], counts["near"] / counts["all"]]
        return [*found, _claimed_right(self.readings, self.gazetteer, weights)]

    def worth(self, weights: Weights) -> float:
        """What is raised."""
        *mentions, claimed = self.figures(weights)
        return (sum(mentions) / len(mentions) + claimed) / 2


def _every_other(rows: list[dict[str, Any]], half: int | None) -> list[dict[str, Any]]:
    return rows if half is None else rows[half::2]


def _readings(gazetteer: Gazetteer) -> Iterator[tuple[Reading, dict[str, Point]]]:
    """The labelled reports as read, each with the points of its war's places by key."""
    coder = Coder.load()
    for labelled in labelled_sets():
        with labelled.truth.open(encoding="utf-8", newline="") as lines:
            points = {
                key(row["place"]): (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(lines) if row["lat"]
            }
        articles = (one for path in labelled.inputs for one in read_path(path) if isinstance(one, Article))
        yield from ((coder.read(article), points) for article in articles)


def _claimed_right(
    readings: Sequence[tuple[Reading, dict[str, Point]]], gazetteer: Gazetteer, weights: Weights
) -> float:
    """Of the claimed places whose words are a name in the truth: the share that lies within 35 km of it."""
    right = all_ = 0
    for reading, points in readings:
        resolver = Resolver.of(reading, gazetteer, weights=weights)
        for claim in reading.claims:
            truth = points.get(key(claim.place.name)) or points.get(key(claim.place.text))
            if truth and not claim.place.part:
                choice = resolver.resolve(claim.place, claim.event)[0].choice
                all_ += 1
                right += choice is not None and km_between((choice.lat, choice.lon), truth) <= 35
    return right / max(all_, 1)


def variations(weights: Weights) -> Iterator[tuple[str, Weights]]:
    """The weights with one of them moved by one step."""
    for name, value in weights.cues.items():
        if not name.startswith(FIXED):
            for step in STEPS:
                yield (
                    f"{name} {value + step:+.2f}",
                    replace(weights, cues={**weights.cues, name: round(value + step, 2)}),
                )
    for name, steps in CHOICES.items():
        for step in steps:
            value = round(getattr(weights, name) + step, 2)
            if value > 0:
                yield f"{name} {value:.2f}", replace(weights, **{name: value})


def search(trial: Trial, weights: Weights, passes: int) -> Weights:
    """Take every step that gains, until none does or the passes are over."""
    best = trial.worth(weights)
    for number in range(passes):
        before = best
        for name in dict.fromkeys(one.split()[0] for one, _ in variations(weights)):
            options = [
                (trial.worth(other), said, other) for said, other in variations(weights) if said.split()[0] == name
            ]
            worth, said, other = max(options, key=lambda one: one[0])
            if worth > best + LEAST_GAIN:
                best, weights = worth, other
                print(f"pass {number + 1}: {said}: {best:.4f}", file=sys.stderr)
        if best - before < LEAST_GAIN:
            break
    return weights


def written(text: str, weights: Weights) -> str:
    """The file's text with these weights in place of its own."""
    values = {**weights.cues, "floor": weights.floor, "warmth": weights.warmth}
    return re.sub(
        r"^([\w-]+) = (-?[\d.]+)", lambda m: f"{m[1]} = {values[m[1]]:g}" if m[1] in values else m[0], text, flags=re.M
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--passes", type=int, default=2)
    given = parser.parse_args()
    trial = Trial(given.half)
    print("before", *(f"{one:.3f}" for one in trial.figures(shipped_weights())))
    weights = search(trial, shipped_weights(), given.passes)
    print("after ", *(f"{one:.3f}" for one in trial.figures(weights)))
    if given.half is not None:
        other = Trial(1 - given.half)
        print("the other half before", *(f"{one:.3f}" for one in other.figures(shipped_weights())))
        print("the other half after ", *(f"{one:.3f}" for one in other.figures(weights)))
    if given.write:
        PATH.write_text(written(PATH.read_text(encoding="utf-8"), weights), encoding="utf-8")


if __name__ == "__main__":
    main()
