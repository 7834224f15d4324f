"""Who truly held a place on an evening, as the labelled sets tell (truth.csv), as questions that a ledger can be
asked.

A row of truth.csv tells that a side gained a place on a day. From it follow:

- from the evening of that day (for a date "±1", "week", "month": 1, 7, 31 days later) until the next row of the
  place, the new holder holds it, and the holder of the row before does not;
- before it (by as much), the new holder does not hold it, and the holder of the row before does; where there is no
  row before, who held it is not asked, for the row does not tell, and where a recapture has no row before, only the
  day before it is asked about, since the loss that must have gone before it has no day.

Two rows of one place and day tell nothing of the days around them. Evenings asked about: 14, 7, 3, 2 and 1 days
before a row; 0, 1, 2, 3, 7 and 14 days after; and every 60 days between two rows. Each evening is one day-state;
each side that the rows name there is one question about it, "does that side hold the place?".
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bench.replay import Replay, built, scorer
from bench.shared import LabelledSet
from marchland.events.told import actor_key, opponent_key
from marchland.ledger.fuse import PlaceRef, Rules
from marchland.ledger.store import Ledger
from marchland.records import EVENTS

GAINS = ("captured", "recaptured", "surrendered")
BEFORE, AFTER = (14, 7, 3, 2, 1), (0, 1, 2, 3, 7, 14)
BETWEEN_DAYS = 60
SLACK = {"week": 7, "month": 31}


@dataclass(frozen=True, slots=True)
class Step:
    """One gain: from this day on, give or take `slack` days, this side holds the place."""

    day: int
    slack: int
    holder: str
    """As the row names it."""
    back: bool
    """Whether it is told as a recapture."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One place of truth.csv with what the ledger has of it."""

    war: str
    name: str
    place_id: str
    replay: Replay
    steps: tuple[Step, ...]
    sides: dict[str, tuple[str, ...]]
    """Keys of the sides in the ledger that go by the name of a holder."""
    home: str
    """Key of the side that stood there by the shipped table; empty for none."""


@dataclass(frozen=True, slots=True)
class Question:
    """Does this side hold the place at the end of that day?"""

    place: Watched
    day: int
    holder: str
    holds: bool


def watched(labelled: LabelledSet, rules: Rules) -> tuple[list[Watched], int]:
    """Places with truth that are on record, by name; and how many are not, or only as part of another."""
    ledger, judge = built(labelled), scorer()
    by_place: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in judge.read_csv([labelled.truth]):
        if row["event"] in GAINS and judge.day(row["date"]):
            by_place[row["place"]].append(row)
    shown = _shown(ledger)
    made = [_watched(labelled, ledger, rows, shown, rules) for _, rows in sorted(by_place.items())]
    kept = _nearest([one for one in made if one is not None], {one["place_id"]: one for _, one in shown})
    return kept, len(made) - len(kept)


def _nearest(found: Sequence[Watched], shown: dict[str, dict[str, Any]]) -> list[Watched]:
    """One place of truth.csv for each on record: not the airport or the base of a town beside the town itself."""
    best: dict[str, tuple[float, str]] = {}
    for one in found:
        names = [shown[one.place_id]["place_name"], *shown[one.place_id]["place_aliases"]]
        alike = max(difflib.SequenceMatcher(None, one.name.casefold(), name.casefold()).ratio() for name in names)
        best[one.place_id] = max(best.get(one.place_id, (0.0, "")), (alike, one.name))
    return [one for one in found if best[one.place_id][1] == one.name]


def _shown(ledger: Ledger) -> list[tuple[int, dict[str, Any]]]:
    """Every place on record as the scorer wants it, with the number of claims of control there."""
    counts: dict[str, int] = defaultdict(int)
    for row in ledger.claims():
        if row.place_id and row.event in EVENTS:
            counts[row.place_id] += 1
    return [
        (counts[one.place_id], {"place_id": one.place_id, "place_name": one.name, "place_aliases": list(one.aliases),
         "lat": one.lat or None, "lon": one.lon or None, "kind": one.kind})
        for one in ledger.places()
    ]  # fmt: skip


def _watched(
    labelled: LabelledSet, ledger: Ledger, rows: Sequence[dict[str, str]], shown: Sequence[tuple[int, dict[str, Any]]],
    rules: Rules,
) -> Watched | None:  # fmt: skip
    """The place on record that fits the row as the scorer has it: by name before by distance, then with most claims."""
    judge = scorer()
    fits = [(not _named(rows[0], one), -count, one["place_id"]) for count, one in shown
            if count and judge.at_place(rows[0], [one])]  # fmt: skip
    if not fits:
        return None
    place_id = min(fits)[2]
    replay = Replay.of(ledger, place_id)
    if not replay.rows:
        return None
    war = labelled.name if labelled.name.startswith("afghanistan") else rows[0]["country"].split("/")[0]
    steps = tuple(sorted((_step(row) for row in rows), key=lambda one: one.day))
    named = _names(replay, rules)
    sides = {one.holder: _sides_of(one.holder, named, rules) for one in steps}
    prior = rules.prior(PlaceRef.of(replay.rows), dt.date.fromordinal(replay.days[0]))
    return Watched(war, rows[0]["place"], place_id, replay, steps, sides, prior.side if prior else "")


def _named(row: dict[str, str], shown: dict[str, Any]) -> bool:
    judge = scorer()
    names = judge.names_of(shown, "place_name", "place_aliases")
    return any(judge.alike(part, name, 0.88) for part in row["place"].split("/") for name in names)


def _sides_of(holder: str, named: dict[str, list[str]], rules: Rules) -> tuple[str, ...]:
    """The sides that go by the name of a holder, and those that the table of parties has as one with them."""
    judge = scorer()
    fits = [side for side, names in sorted(named.items())
            if judge.holder_is({"new_holder": holder}, {"holder_name": side, "holder_aliases": names})]  # fmt: skip
    return tuple(side for side in sorted(named) if any(one == side or rules.same_side(one, side) for one in fits))


def _step(row: dict[str, str]) -> Step:
    told = row["date_precision"]
    found = re.search(r"±(\d+)", told)
    slack = int(found[1]) if found else SLACK.get(told, 0 if told == "day" else 1)
    return Step(dt.date.fromisoformat(row["date"]).toordinal(), slack, row["new_holder"], row["event"] == "recaptured")


def _names(replay: Replay, rules: Rules) -> dict[str, list[str]]:
    """The names of every side that the claims at a place, or the filter, know of."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in replay.rows:
        names[actor_key(row)] |= {row.actor_name or "", *row.actor_aliases}
        names[opponent_key(row)].add(row.opponent_name or "")
    fused = replay.fused(rules, None, replay.days[-1])
    for side, party in (fused.parties if fused else {}).items():
        names[side] |= {party.name, *party.aliases}
    names.pop("", None)
    return {side: sorted(found - {""}) for side, found in names.items()}


def questions(place: Watched) -> list[Question]:
    """All questions about one place, by day and side."""
    found: dict[tuple[int, str], bool] = {}
    for day, holder, holds in _told(_settled(place.steps)):
        found.setdefault((day, holder), holds)
    return [Question(place, day, holder, holds) for (day, holder), holds in sorted(found.items())]


def _settled(steps: Sequence[Step]) -> list[Step | None]:
    """The steps, with None for those that share their day: nothing is told of the time around them."""
    days = [one.day for one in steps]
    return [one if days.count(one.day) == 1 else None for one in steps]


def _told(steps: Sequence[Step | None]) -> Iterator[tuple[int, str, bool]]:
    for before, step, after in zip([None, *steps[:-1]], steps, [*steps[1:], None], strict=True):
        if step is None:
            continue
        first = steps[0] is step
        start = step.day - (1 if first and step.back else max(BEFORE)) - step.slack
        if not first:
            start = before.day + before.slack if before else step.day
        for back in BEFORE:
            if (day := step.day - step.slack - back) >= start:
                yield day, step.holder, False
                if before and before.holder != step.holder:
                    yield day, before.holder, True
        last = after.day - after.slack - 1 if after else step.day + step.slack + max(AFTER)
        muddled = after is None and steps[-1] is not step
        for later in () if muddled else AFTER:
            if (day := step.day + step.slack + later) <= last:
                yield from _held(day, step, before)
    for one, two in pairwise(steps):
        if one and two and one.holder != two.holder:
            for day in range(one.day + one.slack + BETWEEN_DAYS, two.day - two.slack - BETWEEN_DAYS, BETWEEN_DAYS):
                yield from _held(day, one, None)
                yield day, two.holder, False


def _held(day: int, step: Step, before: Step | None) -> Iterator[tuple[int, str, bool]]:
    yield day, step.holder, True
    if before and before.holder != step.holder:
        yield day, before.holder, False
