"""A labelled set as a ledger that can be asked again and again, and what it believed on the evening of any day."""

from __future__ import annotations

import datetime as dt
import importlib.util
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from bench.shared import SHARED, LabelledSet
from marchland.claims.coder import Coder
from marchland.ledger.around import NOTHING, Around
from marchland.ledger.census import around
from marchland.ledger.fuse import Fused, Rules, fuse
from marchland.ledger.query import rules as rules_of
from marchland.ledger.store import Ledger
from marchland.locate import trace
from marchland.pipeline import Stages, run
from marchland.read import read_path
from marchland.records import ClaimRow


@cache
def built(labelled: LabelledSet) -> Ledger:
    """The ledger of a labelled set, whole pages in, kept in memory; read once in a process."""
    coder = Coder.load()
    ledger = Ledger.open(":memory:")
    run(labelled.inputs, ledger, Stages(read_path, coder, lambda found: trace(found, coder.gazetteer)))
    return ledger


@cache
def scorer() -> ModuleType:
    """The scorer of the labelled sets, for its way of matching names and places."""
    path = SHARED / "score" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Belief:
    """How likely each side is to hold a place at the end of a day; "" is nobody known."""

    shares: Mapping[str, float]

    def of(self, sides: Sequence[str]) -> float:
        """Of any of some sides."""
        return min(sum(self.shares.get(side, 0.0) for side in set(sides)), 1.0)


@dataclass(frozen=True, slots=True)
class Replay:
    """The claims about one place as they stood on the evening of any day."""

    days: tuple[int, ...]
    """Days on which anything about the place became known, as ordinals of the calendar."""
    stood: tuple[tuple[ClaimRow, ...], ...]
    """The claims that stood on the evening of each: what had been taken back by then is left out."""
    beside: tuple[Around, ...] = ()
    """What else bore on the place on each of those evenings, such as counts; empty for nothing."""

    @classmethod
    def of(cls, ledger: Ledger, place_id: str) -> Replay:
        """All that a ledger has of a place. Claims whose report has no date are left out: nobody knows since when."""
        days = sorted({row.published for row in ledger.claims(place_id=place_id) if row.published})
        stood = tuple(tuple(row for row in ledger.claims(place_id=place_id, known_at=day) if row.published)
                      for day in days)  # fmt: skip
        dates = [dt.date.fromisoformat(day) for day in days]
        weighed = rules_of(ledger) if days else None
        beside = tuple(around(ledger, weighed, place_id, some[0].country, date) if weighed and some else NOTHING
                       for some, date in zip(stood, dates, strict=True))  # fmt: skip
        return cls(tuple(date.toordinal() for date in dates), stood, beside)

    @property
    def rows(self) -> tuple[ClaimRow, ...]:
        """All claims that stand in the end."""
        return self.stood[-1] if self.stood else ()

    def known(self, day: int | None) -> tuple[ClaimRow, ...]:
        """What stood on the evening of a day; None for what stands in the end."""
        if day is None:
            return self.rows
        index = bisect_right(self.days, day)
        return self.stood[index - 1] if index else ()

    def fused(self, rules: Rules, known: int | None, until: int) -> Fused | None:
        """The filter on what was known by a day."""
        rows = self.known(known)
        index = len(self.days) if known is None else bisect_right(self.days, known)
        beside = self.beside[index - 1] if index and self.beside else NOTHING
        return fuse(rows, rules, until=dt.date.fromordinal(until), around=beside) if rows else None

    def belief(self, rules: Rules, day: int, known: int | None) -> Belief | None:
        """Who held it at the end of a day, on what was known by another; None where nothing on record tells."""
        found = self.fused(rules, known, day)
        return belief(found, day) if found else None


def belief(found: Fused, day: int) -> Belief:
    """The posterior of a fused place at the end of a day."""
    made: dict[str, float] = {}
    for state, share in zip(found.posterior.states, found.posterior.at(day).tolist(), strict=True):
        made[state] = made.get(state, 0.0) + share
    return Belief(made)
