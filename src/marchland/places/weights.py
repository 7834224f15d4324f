"""The weights of the cues for a place, read from `lexicons/place_weights.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from marchland.errors import BrokenData

FILE = "place_weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the cues by name, and the bounds within which a choice is made."""

    cues: Mapping[str, float]
    floor: float
    close: float
    apart_km: float
    alike: float
    warmth: float
    rounds: int

    def __getitem__(self, name: str) -> float:
        return self.cues[name]

    @classmethod
    def read(cls, text: str) -> Weights:
        """Weights from the text of such a file. Raises BrokenData where one is missing or no number."""
        try:
            found = tomllib.loads(text)
            cues = {name: float(weight) for name, weight in found["weight"].items()}
            choice = {name: float(found["choice"][name]) for name in ("floor", "close", "apart_km", "alike", "warmth")}
            return cls(cues, **choice, rounds=int(found["choice"]["rounds"]))
        except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
            raise BrokenData(f"{FILE}: {type(error).__name__} {error}; see the tables of the shipped file") from error


@cache
def shipped_weights() -> Weights:
    """The shipped weights, read once."""
    return Weights.read((resources.files("marchland.lexicons") / FILE).read_text(encoding="utf-8"))
