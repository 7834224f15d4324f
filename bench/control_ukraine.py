"""Recovery of who held 675 places of Ukraine, March 2022 to August 2024, from simulated reports, as noise grows.

    python -m bench control_ukraine

Real histories (../shared/bench/control-ukraine) drive a simulator of reporters (bench/simulate); its claims go into a
ledger like any others. Evenings of places are drawn at random, and the status that the ledger gives (a side, contested)
is compared with the true one; "unknown" is wrong. `holdings` are the spells as exported, `who` the answer for one
evening, each with all that was ever told, and `who` also with what was known on that evening, as the simpler methods
beside it. Level 1 is the noise that the labelled reports show, level 0 none.
**These figures come from a simulator: they prove the code, not the world.**
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.baselines import BASELINES, said
from bench.calibration_page import show
from bench.chart import share_chart
from bench.replay import Belief, Replay
from bench.shared import SHARED
from bench.simulate.histories import CONTESTED, History, load_histories
from bench.simulate.noise import War, load_war
from bench.simulate.reports import fill, simulate
from marchland.ledger.fuse import Rules, holdings
from marchland.ledger.parties import shipped_rules
from marchland.ledger.query import covers
from marchland.ledger.store import Ledger
from marchland.records import HoldingRow

FOLDER = SHARED / "bench" / "control-ukraine"
LEVELS = (0.0, 0.5, 1.0, 2.0, 3.0)
DRAWN = 300
AFTER_DAYS = 30
FIGHTING = ("contested", "besieged")
STRATA = ("all places and days", "places that change hands", "after a change")
TITLES = ("holdings", "who", "who, as known that evening", *BASELINES)
CHARTED = ("who", "who, as known that evening", "last claim", "always the defender")

Right = Mapping[str, Mapping[str, list[bool]]]
"""For each stratum and each way to answer, which answers are right."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One evening of one place."""

    place: History
    day: int
    status: str
    strata: tuple[str, ...]


def drawn(histories: Sequence[History], count: int, seed: int) -> list[Asked]:
    """Evenings drawn at random from all places and days, and as many again from the weeks after a change."""
    chance = np.random.default_rng(seed)
    days = np.array([one.last - one.first + 1 for one in histories], dtype=float)
    made = []
    for index in chance.choice(len(histories), size=count, p=days / days.sum()):
        place = histories[int(index)]
        made.append(_asked(place, int(chance.integers(place.first, place.last + 1)), STRATA[0]))
    moved = [(one, spell.day) for one in histories for spell in one.spells[1:]]
    for index in chance.choice(len(moved), size=count):
        place, day = moved[int(index)]
        made.append(_asked(place, min(day + int(chance.integers(1, AFTER_DAYS + 1)), place.last), STRATA[2]))
    return made


def _asked(place: History, day: int, stratum: str) -> Asked:
    changing = (STRATA[1],) if stratum == STRATA[0] and len(place.spells) > 1 else ()
    return Asked(place, day, place.on(day), (stratum, *changing))


def recovered(histories: Sequence[History], war: War, level: float, asked: Sequence[Asked], rules: Rules, seed: int = 0
              ) -> tuple[Right, int]:  # fmt: skip
    """Which answers are right; and how many claims there were."""
    right: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    with Ledger.open(":memory:") as ledger:
        count = fill(ledger, simulate(histories, war, level=level, seed=seed))
        replays = {one.place_id: Replay.of(ledger, one.place_id) for one in {item.place for item in asked}}
    held: dict[str, list[HoldingRow]] = {}
    for one in asked:
        key = one.place.place_id
        if key not in held:
            held[key] = _spells(replays[key], rules, None, one.place.last)
        answers = dict(_answers(one, replays[key], held[key], rules, war))
        for stratum in one.strata:
            for title, answer in answers.items():
                right[stratum][title].append(answer == one.status)
    return right, count


def _answers(
    one: Asked, replay: Replay, held: Sequence[HoldingRow], rules: Rules, war: War
) -> Iterator[tuple[str, str]]:
    sides = {party.id: status for status, party in war.sides.items()}
    yield TITLES[0], status_on(held, one.day, sides)
    yield TITLES[1], _who(held, replay.belief(rules, one.day, None), one.day, rules, sides)
    then = _spells(replay, rules, one.day, one.day)
    yield TITLES[2], _who(then, replay.belief(rules, one.day, one.day), one.day, rules, sides)
    home = next(party.id for party in war.sides.values() if party.home)
    for title, answer in BASELINES.items():
        found = said(answer, replay.known(one.day), home)
        yield title, CONTESTED if found == CONTESTED else sides.get(found, "")


def _spells(replay: Replay, rules: Rules, known: int | None, until: int) -> list[HoldingRow]:
    fused = replay.fused(rules, known, until)
    return holdings(fused, rules.weights) if fused else []


def _who(held: Sequence[HoldingRow], found: Belief | None, day: int, rules: Rules, sides: Mapping[str, str]) -> str:
    """As `query.who` answers: the likeliest side, if it is likely enough, and whether its spell is one of fighting.

    `who` itself also weighs each witness by itself, which is of no use here and takes a hundred times as long.
    """
    if found is None:
        return ""
    side = max(sorted(found.shares), key=lambda one: found.shares[one])
    if side == CONTESTED and found.shares[side] >= rules.weights.spell.probability:
        return CONTESTED
    if found.shares[side] < rules.weights.spell.probability:
        return ""
    mine = [row for row in held if row.holder_id == side]
    return CONTESTED if status_on(mine, day, sides) == CONTESTED else sides.get(side, "")


def status_on(held: Sequence[HoldingRow], day: int, sides: Mapping[str, str]) -> str:
    """The status that some holdings give for the end of a day; empty where nobody known holds the place."""
    date = dt.date.fromordinal(day).isoformat()
    inside = [row for row in held if covers(row.from_ or row.from_latest, row.until, date)]
    if not inside:
        return ""
    row = inside[-1]
    return CONTESTED if row.status in FIGHTING else sides.get(row.holder_id or "", "")


def main() -> None:
    """Show a table for each stratum."""
    if not FOLDER.is_dir():
        print(f"skipped: {FOLDER} is absent (its data is CC BY-SA and not shipped here)")
        return
    histories, war, rules = load_histories(FOLDER), load_war(), shipped_rules()
    asked = drawn(histories, DRAWN, seed=7)
    found = {level: recovered(histories, war, level, asked, rules) for level in LEVELS}
    right = {level: one for level, (one, _) in found.items()}
    moved = sum(len(one.spells) > 1 for one in histories)
    lines = [f"{len(histories)} places, {moved} that change hands, {sum(len(one.spells) - 1 for one in histories)} "
             "changes; claims by level of noise: " +
             ", ".join(f"{level:g}: {count}" for level, (_, count) in found.items()) + "."]  # fmt: skip
    lines += [line for stratum in STRATA for line in table(stratum, asked, right)]
    shown = {title: [float(np.mean(right[level][STRATA[0]][title])) for level in LEVELS] for title in CHARTED}
    show("control_ukraine", lines, {"calibration-noise.svg": share_chart(STRATA[0], "noise", LEVELS, shown)})


def table(stratum: str, asked: Sequence[Asked], right: Mapping[float, Right]) -> Iterator[str]:
    """The share right by level of noise and way to answer."""
    count = sum(stratum in one.strata for one in asked)
    yield f"\nRight status, {stratum} ({count} evenings); from the simulator\n"
    yield "| noise | " + " | ".join(TITLES) + " |"
    yield "|---" * (len(TITLES) + 1) + "|"
    for level, found in right.items():
        yield f"| {level:g} | " + " | ".join(f"{np.mean(found[stratum][title]):.3f}" for title in TITLES) + " |"


if __name__ == "__main__":
    main()
