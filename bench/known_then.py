"""When did the ledger know? The labelled sets replayed in order of publication.

    python -m bench known_then

For each gain that truth.csv tells of, the first day, from the day of the gain on, on whose evening the ledger gave
the new holder at least 0.9 of that evening, on claims published by then; it has until the next row of the place, or
30 days after the last report. The delay counts from the day of the gain, so it holds how late the reports are
themselves: the second row shows the day of the first report that tells of the gain at all, which no method can
beat. A false alarm is an evening on which a holder is given at least 0.9 where truth says that another holds the
place, or that this one does not yet; the evenings are those of bench/day_states.py.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.baselines import tells
from bench.calibration import asked, wars
from bench.calibration_page import show
from bench.day_states import Question, Step, Watched
from bench.shared import SHARED, labelled_sets
from marchland.ledger.fuse import Rules
from marchland.ledger.parties import shipped_rules
from marchland.records import ClaimRow

SURE = 0.9
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One gain: after how many days it was first told of, and known; None for never."""

    told: int | None
    known: int | None


def found(place: Watched, step: Step, rules: Rules) -> Found:
    """When one gain was known."""
    last = max([one.day for one in place.steps if one.day > step.day], default=place.replay.days[-1] + PATIENCE + 1) - 1
    days = [step.day, *(day for day in place.replay.days if step.day < day <= last)]
    sides = place.sides[step.holder]
    for day in dict.fromkeys(days):
        held = place.replay.belief(rules, day, day)
        if held is not None and held.of(sides) >= SURE:
            return Found(_told(place, step, last), day - step.day)
    return Found(_told(place, step, last), None)


def _told(place: Watched, step: Step, last: int) -> int | None:
    """Days to the first report, whatever it weighs, that has the new holder hold the place."""
    days = [
        day for day in place.replay.days
        if step.day <= day <= last and any(_tells_of(row, day, place.sides[step.holder])
                                           for row in place.replay.known(day))
    ]  # fmt: skip
    return min(days) - step.day if days else None


def _tells_of(row: ClaimRow, day: int, sides: Sequence[str]) -> bool:
    printed = row.published == dt.date.fromordinal(day).isoformat()
    return printed and row.stance in ("asserts", "hedges") and tells(row) in sides


def alarms(made: Iterable[Question], rules: Rules) -> tuple[int, int, int]:
    """False alarms; evenings on which anybody was given 0.9; all evenings asked about."""
    evenings: dict[tuple[str, int], list[Question]] = defaultdict(list)
    for one in made:
        evenings[one.place.name, one.day].append(one)
    false = sure = 0
    for some in evenings.values():
        one = some[0]
        held = one.place.replay.belief(rules, one.day, one.day)
        if held is None:
            continue
        named = {side for side, share in held.shares.items() if side and share >= SURE}
        sure += bool(named)
        false += any(named & set(other.place.sides[other.holder]) for other in some if not other.holds)
    return false, sure, len(evenings)


def gains(made: Sequence[Question]) -> list[tuple[Watched, Step]]:
    """Every gain at the places of some questions whose day is told to the day or nearly, once each."""
    places = {(one.place.war, one.place.name): one.place for one in made}
    return [(place, step) for _, place in sorted(places.items()) for step in place.steps if step.slack <= 3]


def row(war: str, made: Sequence[Question], rules: Rules) -> str:
    """One row of the table."""
    results = [found(place, step, rules) for place, step in gains(made)]
    known, told = ([days for days in column if days is not None] for column in
                   ([one.known for one in results], [one.told for one in results]))  # fmt: skip
    false, sure, evenings = alarms(asked(made), rules)
    return (
        f"| {war} | {len(results)} | {_middle(told)} | {_middle(known)} | {_ninth(known)} | "
        f"{1 - len(known) / len(results):.2f} ({len(results) - len(known)}) | "
        f"{1 - len(told) / len(results):.2f} ({len(results) - len(told)}) | {false} of {sure} ({evenings}) |"
    )


def _middle(days: Sequence[int]) -> str:
    return f"{np.median(days):g}" if days else "n/a"


def _ninth(days: Sequence[int]) -> str:
    return f"{np.quantile(days, 0.9, method='higher'):g}" if days else "n/a"


def main() -> None:
    """Print a row for each war."""
    if not labelled_sets():
        print(f"skipped: {SHARED} is absent")
        return
    rules = shipped_rules()
    made, _ = wars(rules)
    head = ("| war | gains | first told, median days | known at 0.9, median days | 90th percentile | never known "
          "| never told | false alarms, of evenings with somebody at 0.9 (all) |")  # fmt: skip
    rows = [row(war, made[war], rules) for war in sorted(made, key=lambda one: (-len(made[one]), one))]
    show("known_then", [head, "|---" * 8 + "|", *rows], {})


if __name__ == "__main__":
    main()
