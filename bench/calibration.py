"""Are the probabilities right? Each labelled war replayed: what the ledger told of an evening on that evening.

    python -m bench calibration
    python -m bench.calibration --write

bench/day_states.py makes the questions. A forecast uses only claims published by the evening that it is about;
questions about a place of which nothing had been told by then are left out, and counted. Beside the ledger stand
what simpler methods make of the same claims (bench/baselines.py): a plain answer counts as 0.95, its contrary as
0.05, none as 0.5. Where the ledger gives a share to "nobody known", half of it counts for the side asked about.
`--write` puts tables and curves into docs/, else the curves go to out/bench.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bench.baselines import BASELINES, CONTESTED, Answer, graded, said
from bench.calibration_page import show
from bench.chart import reliability_chart
from bench.day_states import Question, questions, watched
from bench.scoring import Forecast, brier, ece, interval, log_score, murphy, reliability
from bench.shared import SHARED, labelled_sets
from marchland.ledger.fuse import Rules
from marchland.ledger.parties import shipped_rules

SURE = 0.95
ENOUGH = 200
"""With fewer day-states than this a single calibration error would say more than is known."""
LEDGER, HINDSIGHT = "ledger, that evening", "ledger, in hindsight"

Told = Callable[[Question], float]


def wars(rules: Rules) -> tuple[dict[str, list[Question]], dict[str, int]]:
    """The questions of each war, and the places with truth that are not on record, by labelled set."""
    made: dict[str, list[Question]] = defaultdict(list)
    absent = {}
    for labelled in labelled_sets():
        if labelled.name == "seeds":
            continue
        places, absent[labelled.name] = watched(labelled, rules)
        for place in places:
            made[place.war] += questions(place)
    return dict(made), absent


def asked(made: Iterable[Question]) -> list[Question]:
    """Those about a place of which something had been told by then."""
    return [one for one in made if one.place.replay.known(one.day)]


def by_ledger(rules: Rules, one: Question, *, hindsight: bool = False) -> float:
    """What the ledger tells. "Nobody known" holds it means that it may be anybody: half of that share counts."""
    found = one.place.replay.belief(rules, one.day, None if hindsight else one.day)
    return 0.5 if found is None else found.of(one.place.sides[one.holder]) + 0.5 * found.shares.get("", 0.0)


def by_baseline(answer: Answer, one: Question) -> float:
    """What a simple method tells."""
    found = said(answer, one.place.replay.known(one.day), one.place.home)
    if found in ("", CONTESTED):
        return 0.5
    return SURE if found in one.place.sides[one.holder] else 1 - SURE


def by_grades(one: Question) -> float:
    """What a fixed table of grades tells."""
    rows = one.place.replay.known(one.day)
    telling = [row for row in rows if row.stance in ("asserts", "hedges")]
    held = [row for row in telling if said(lambda some, _: "x" if some else "", [row], "")]
    return max((graded(held, side) for side in one.place.sides[one.holder]), default=graded(held, "nobody"))


def methods(rules: Rules) -> dict[str, Told]:
    """Every way to answer, by name."""
    return {
        LEDGER: partial(by_ledger, rules),
        HINDSIGHT: partial(by_ledger, rules, hindsight=True),
        **{name: partial(by_baseline, answer) for name, answer in BASELINES.items()},
        "fixed grades": by_grades,
    }


def forecasts(made: Sequence[Question], told: Told) -> list[Forecast]:
    """Each question with its answer."""
    return [Forecast(told(one), one.holds, f"{one.place.war} {one.place.name}") for one in made]


@dataclass(frozen=True, slots=True)
class Scored:
    """One war by all methods."""

    war: str
    made: dict[str, list[Forecast]]
    states: int
    """Day-states: evenings of places."""
    places: int
    silent: int
    """Questions left out: nothing had been told of the place by then."""


def scored(rules: Rules) -> tuple[list[Scored], dict[str, int]]:
    """All wars, and all but the largest together; with the places not on record."""
    found, absent = wars(rules)
    order = sorted(found, key=lambda war: (-len(found[war]), war))
    groups = [(war, found[war]) for war in order]
    if len(order) > 2:
        groups.insert(1, ("the other wars together", [one for war in order[1:] for one in found[war]]))
    return [scored_of(war, made, rules) for war, made in groups if asked(made)], absent


def scored_of(war: str, made: Sequence[Question], rules: Rules) -> Scored:
    """One war by all methods."""
    kept = asked(made)
    states = {(one.place.war, one.place.name, one.day) for one in kept}
    places = {(one.place.war, one.place.name) for one in kept}
    by_method = {name: forecasts(kept, told) for name, told in methods(rules).items()}
    return Scored(war, by_method, len(states), len(places), len(made) - len(kept))


def report(one: Scored) -> Iterator[str]:
    """The table of one war."""
    yield f"### {one.war}\n"
    yield (
        f"{len(one.made[LEDGER])} questions about {one.states} day-states of {one.places} places; left out, because "
        f"nothing had been told by then: {one.silent}.\n"
    )
    yield "| method | Brier (90 %) | log score (90 %) | reliability | resolution | uncertainty |"
    yield "|---" * 6 + "|"
    for name, made in one.made.items():
        parts = " | ".join(f"{part:.3f}" for part in murphy(made))
        yield f"| {name} | {_ranged(made, brier)} | {_ranged(made, log_score)} | {parts} |"
    if one.states >= ENOUGH:
        error = _ranged(one.made[LEDGER], ece)
        yield f"\nMean calibration error of the ledger that evening, in ten bins of equal mass: {error}."
    else:
        yield f"\nFewer than {ENOUGH} day-states: no single calibration error is given."
    yield "\n| told | forecasts | came true | 90 % by place |"
    yield "|---" * 4 + "|"
    for item in reliability(one.made[LEDGER]):
        yield f"| {item.told:.3f} | {item.count} | {item.seen:.2f} | {item.low:.2f} to {item.high:.2f} |"
    yield ""


def _ranged(made: Sequence[Forecast], measure: Callable[[Sequence[Forecast]], float]) -> str:
    low, high = interval(made, measure)
    return f"{measure(made):.3f} ({low:.3f} to {high:.3f})"


def charts(found: Sequence[Scored]) -> dict[str, str]:
    """The reliability curves of the two largest groups, as SVG, by name of file."""
    drawn = {}
    for one in found[:2]:
        curves = {name: reliability(one.made[name]) for name in (LEDGER, HINDSIGHT)}
        drawn["calibration-" + re.sub(r"\W+", "-", one.war) + ".svg"] = reliability_chart(one.war, curves)
    return drawn


def main() -> None:
    """Show the tables and the curves."""
    if not labelled_sets():
        print(f"skipped: {SHARED} is absent")
        return
    found, absent = scored(shipped_rules())
    lines = [line for one in found for line in report(one)]
    missing = ", ".join(f"{name} {count}" for name, count in absent.items())
    show("calibration", [*lines, f"Places with truth that are not on record, or only as part of another: {missing}."],
         charts(found))  # fmt: skip


if __name__ == "__main__":
    main()
