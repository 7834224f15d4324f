"""The conventions and priors of `lexicons/consequences.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from marchland.consequences.records import Range
from marchland.errors import BrokenData

FILE = "consequences.toml"
MONEY = frozenset({"revenue", "value", "far"})
REVENUE = "revenue"
STATES = ("open", "restricted", "closed", "doubtful", "unknown")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure may measure."""

    kind: str
    """revenue, value, traffic, far or share."""
    words: str


@dataclass(frozen=True, slots=True)
class Settings:
    """As the file has them."""

    measures: Mapping[str, Measure]
    periods: Mapping[str, float]
    """Days in each."""
    most_age_days: int
    after_days: int
    same_print_days: int
    contradiction: float
    passing: Mapping[str, Range]
    """State of a crossing to the share of traffic that passes."""
    stands_days: int
    sure: float
    wide_days: int
    told_days: int
    round_to: int
    kinds: Mapping[str, str]
    """Last word of what is counted -> forces or people."""

    def is_money(self, measure: str) -> bool:
        """Whether it is told in a currency."""
        return self.measures[measure].kind in MONEY

    def words(self, measure: str) -> str:
        """The measure in words."""
        return self.measures[measure].words if measure in self.measures else measure


def load_settings() -> Settings:
    """The shipped settings. Raises BrokenData."""
    return read_settings(files("marchland.lexicons").joinpath(FILE).read_text(encoding="utf-8"))


def read_settings(text: str) -> Settings:
    """The settings of a file in the form of `lexicons/consequences.toml`. Raises BrokenData."""
    try:
        made = _settings(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BrokenData(f"{FILE}: {error!r}") from error
    for name, share in made.passing.items():
        if not 0 <= share.low <= share.best <= share.high <= 1:
            raise BrokenData(f"{FILE}: passing.{name} is no low, best and high between 0 and 1")
    return made


def _settings(told: Mapping[str, Any]) -> Settings:
    figures, passing, flows = told["figures"], told["passing"], told["flows"]
    return Settings(
        measures={name: Measure(one["kind"], one["words"]) for name, one in told["measures"].items()},
        periods={name: float(days) for name, days in told["periods"].items()},
        most_age_days=int(figures["most_age_days"]),
        after_days=int(figures["after_days"]),
        same_print_days=int(figures["same_print_days"]),
        contradiction=float(figures["contradiction"]),
        passing={name: Range(*map(float, passing[name])) for name in STATES},
        stands_days=int(passing["stands_days"]),
        sure=float(told["holding"]["sure"]),
        wide_days=int(flows["wide_days"]),
        told_days=int(flows["told_days"]),
        round_to=int(flows["round_to"]),
        kinds={word: kind for kind, words in flows["kinds"].items() for word in words},
    )
