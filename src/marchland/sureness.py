"""How sure the reader is of a claim: the sum of the rules that apply, each with a weight in log-odds.

The weights stand in lexicons/sureness.toml, fitted on labelled reports (scripts/fit_sureness.py); no number is here.
The sum is the log-odds that the sentence says this of this place. A rule that applies is kept with the claim, also
where its weight is nothing, so that `marchland explain` can print rows that add up. What the rules look at:
`claims.sureness` (the parse) and `places.sureness` (the place that was found).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from marchland.errors import BrokenData
from marchland.records import Reason

FILE = "sureness.toml"
BASE = "base"
PREFIX = "reading: "
"""Begins the name of every reason that counts for sureness; the others say why and weigh nothing."""


@dataclass(frozen=True, slots=True)
class Sureness:
    """Weights of the rules, in log-odds, by name."""

    weights: Mapping[str, float]

    @classmethod
    def load(cls) -> Sureness:
        """The shipped weights. Raises BrokenData where one is no number."""
        return cls.read((resources.files("marchland.lexicons") / FILE).read_text(encoding="utf-8"))

    @classmethod
    def read(cls, text: str) -> Sureness:
        """Weights from the text of such a file. Raises BrokenData where one is no number."""
        try:
            found = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BrokenData(f"{FILE}: {error}") from error
        table = {**found.get("weight", {}), **found.get("unfitted", {})}
        wrong = [name for name, weight in table.items() if not isinstance(weight, int | float)]
        if wrong:
            raise BrokenData(f"{FILE}: the weight of {wrong[0]!r} is no number")
        return cls({name: float(weight) for name, weight in table.items()})

    def base(self) -> Reason:
        """Where every reading begins."""
        return self.reason(BASE, "a claim read from a plain sentence")

    def reason(self, name: str, says: str) -> Reason:
        """One row. Raises BrokenData for a rule that has no weight."""
        if name not in self.weights:
            raise BrokenData(f"{FILE}: the rule {name!r} has no weight")
        return Reason(PREFIX + name, self.weights[name], says)


def probability(reasons: Iterable[Reason]) -> float:
    """How sure the reading is, 0 to 1, from reasons in log-odds; those that only explain weigh nothing."""
    return round(1 / (1 + math.exp(-log_odds(reasons))), 4)


def log_odds(reasons: Iterable[Reason]) -> float:
    """The sum of the reasons that count."""
    return sum(counted(reasons))


def counted(reasons: Iterable[Reason]) -> list[float]:
    """The weights that add up."""
    return [reason.weight for reason in reasons if reason.rule.startswith(PREFIX)]
