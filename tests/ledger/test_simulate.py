"""The simulator of reporters: seeded, honest at level 0, and noisier as the level grows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from bench.baselines import BASELINES, graded, said
from bench.control_ukraine import FOLDER, drawn, recovered
from bench.replay import Replay
from bench.simulate.deeds import happened, state
from bench.simulate.histories import CONTESTED, History, Spell, invented, load_histories
from bench.simulate.noise import load_war
from bench.simulate.reports import fill, simulate
from war import CROWN, LEAGUE, claim

from marchland.ledger.parties import shipped_rules
from marchland.ledger.store import Ledger

WAR = load_war()
DAY = dt.date(2031, 5, 1).toordinal()
FOUGHT = History("x:osterby", "Osterby", "town", None, None,
                 (Spell(DAY, "UA"), Spell(DAY + 10, CONTESTED), Spell(DAY + 12, "RU"), Spell(DAY + 40, "UA")),
                 DAY + 90)  # fmt: skip


def test_the_same_seed_makes_the_same_claims() -> None:
    places = invented(5, 200, ("UA", "RU"), seed=3)
    assert list(simulate(places, WAR, seed=1)) == list(simulate(places, WAR, seed=1))
    assert list(simulate(places, WAR, seed=1)) != list(simulate(places, WAR, seed=2))


def test_a_history_is_told_as_the_deeds_that_made_it() -> None:
    told = [(one.event, one.actor, one.opponent, one.day - DAY) for one in happened(FOUGHT, WAR.sides)]
    assert told == [("contests", "RU", "UA", 10), ("captures", "RU", "UA", 12), ("recaptures", "UA", "RU", 40)]


@pytest.mark.parametrize(
    ("day", "event", "actor"), [(9, "controls", "UA"), (11, "contests", "RU"), (20, "controls", "RU")]
)
def test_a_state_is_told_as_it_is(day: int, event: str, actor: str) -> None:
    deed = state(FOUGHT, DAY + day, WAR.sides)
    assert (deed.event, deed.actor) == (event, actor)


def test_without_noise_no_claim_is_false_late_or_a_copy() -> None:
    for row in simulate([FOUGHT], WAR, level=0):
        day = dt.date.fromisoformat(row.published or "").toordinal()
        assert (row.stance, row.date_to) == ("asserts", row.published)
        if row.event == "controls":
            assert row.actor_id == WAR.sides[FOUGHT.on(day)].id


def test_noise_brings_silence_false_gains_and_misread_claims() -> None:
    places = invented(60, 400, ("UA", "RU"), seed=4)
    plain, noisy = (list(simulate(places, WAR, level=level, seed=5)) for level in (0.5, 2.0))
    gains = [Counter(row.event in ("captures", "recaptures") for row in rows)[True] for rows in (plain, noisy)]
    assert gains[1] < gains[0]
    assert any(row.actor_id is None for row in noisy)
    assert any(row.stance == "denies" for row in noisy)


def test_without_noise_the_ledger_recovers_a_history() -> None:
    places = [replace(one, kind="city") for one in invented(12, 300, ("UA", "RU"), seed=6)]
    right, _ = recovered(places, WAR, 0.0, drawn(places, 60, seed=1), shipped_rules())
    assert sum(right["all places and days"]["who"]) >= 58


def test_a_replay_knows_only_what_was_published() -> None:
    with Ledger.open(":memory:") as ledger:
        fill(ledger, simulate([FOUGHT], WAR, level=0))
        replay = Replay.of(ledger, FOUGHT.place_id)
    before, after = (
        replay.belief(shipped_rules(), DAY + 15, DAY + 9),
        replay.belief(shipped_rules(), DAY + 15, DAY + 15),
    )
    assert before is not None and after is not None
    ids = WAR.sides["UA"].id, WAR.sides["RU"].id
    assert before.of(ids[:1]) > 0.5 > before.of(ids[1:])
    assert after.of(ids[1:]) > 0.5 > after.of(ids[:1])


ROWS = [
    claim("Varn Herald", event="controls", by_side=CROWN, on="2031-05-01", published="2031-05-01"),
    claim("Marsh Post", on="2031-05-03", published="2031-05-03"),
    claim("Lake Radio", on="2031-05-03", published="2031-05-04"),
    claim("Crown Gazette", event="controls", by_side=CROWN, on="2031-05-04", published="2031-05-05"),
]


ANSWERS = (("majority of outlets", CROWN), ("last claim", CROWN), ("always the attacker", LEAGUE),
           ("always the defender", CROWN))  # fmt: skip


@pytest.mark.parametrize(("name", "answer"), ANSWERS)
def test_the_simple_methods_answer_as_they_are_named(name: str, answer: str) -> None:
    assert said(BASELINES[name], ROWS, CROWN) == answer


def test_the_fixed_grades_are_even_where_as_many_speak_for_each_side() -> None:
    assert graded(ROWS, LEAGUE) == pytest.approx(0.5)
    assert graded(ROWS[:3], LEAGUE) == pytest.approx(0.75)
    assert graded([], LEAGUE) == 0.5


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the histories of ../shared/bench/control-ukraine are absent")
def test_real_histories_say_who_held_a_town() -> None:
    places = {one.name: one for one in load_histories(FOLDER)}
    town = places["Kherson"]
    assert len(places) > 600
    assert [town.on(dt.date(2022, 11, day).toordinal()) for day in (10, 12)] == ["RU", "UA"]
