"""From claims to holdings: histories of an invented war, and what the filter must make of them."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from histories import RULES, WEIGHTS, crown_denies, crown_says, league_says, recapture, spells, told
from hypothesis import given, settings
from hypothesis import strategies as st
from war import CROWN, LEAGUE, claim

from marchland.ledger.fuse import fuse, holdings
from marchland.records import ClaimRow

BEFORE = (CROWN, "held", None)
TAKEN = (LEAGUE, "held", "2031-05-03")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([claim()], [BEFORE, TAKEN], id="a capture by one outlet"),
        pytest.param([claim(), crown_denies()], [BEFORE, TAKEN], id="denied by the loser"),
        pytest.param([crown_says()], [BEFORE, TAKEN], id="admitted by the loser"),
        pytest.param([league_says()], [BEFORE, (LEAGUE, "claimed", "2031-05-03")], id="only the winner says so"),
        pytest.param([claim("A"), claim("B"), claim("C", on="2031-04-28")], [BEFORE, TAKEN], id="one wrong day"),
        pytest.param([claim(stance="plans")], [], id="a plan is nothing"),
        pytest.param([claim(quantity="three of its five quarters")], [], id="a part is not the whole"),
        pytest.param([claim(place_part="outskirts")], [], id="the outskirts are not the town"),
        pytest.param(
            [claim(event="controls", place_kind="province", quantity="17 of 19 districts")],
            [],
            id="a count of districts",
        ),
        pytest.param(
            [claim("A"), recapture(), claim("C", on="2031-06-20", published="2031-06-21")],
            [BEFORE, TAKEN, (CROWN, "held", "2031-06-10"), (LEAGUE, "held", "2031-06-20")],
            id="taken, taken back, taken again",
        ),
        pytest.param(
            [claim("A"), claim("B"), recapture("C", "2031-05-03"), recapture("D", "2031-05-03")],
            [BEFORE, TAKEN, (CROWN, "held", "2031-05-03")],
            id="taken and taken back on one day",
        ),
        pytest.param(
            [claim(event="withdraws_from", by_side=CROWN)], [BEFORE, TAKEN], id="who leaves gives way to the only rival"
        ),
        pytest.param(
            [claim(event="contests", on="2031-05-03")],
            [BEFORE, (CROWN, "contested", "2031-05-03")],
            id="fighting inside without an end",
        ),
        pytest.param(
            [
                claim(event="contests", on="2031-05-03"),
                claim("B", event="repels", by_side=CROWN, on="2031-05-06", published="2031-05-07"),
            ],
            [BEFORE, (CROWN, "contested", "2031-05-03"), BEFORE],
            id="fighting that was beaten off",
        ),
        pytest.param(
            [claim(date_from="2031-01-01", date_to="2031-04-30")],
            [BEFORE, (LEAGUE, "held", None)],
            id="a wide date dates nothing",
        ),
        pytest.param([claim(event="controls")], [(LEAGUE, "held", None)], id="a state has no first day"),
        pytest.param([claim(published=None, date_from=None, date_to=None)], [], id="no day at all"),
        pytest.param(
            [claim("A"), claim("B", published=None, date_from=None, date_to=None)],
            [BEFORE, TAKEN],
            id="undated confirms",
        ),
    ],
)  # fmt: skip
def test_histories(rows: list[ClaimRow], expected: list[tuple[str | None, str, str | None]]) -> None:
    got = told(rows)
    if rows and rows[0].event == "controls" and not rows[0].quantity:
        got = got[-1:]
    assert got == expected


def test_old_history_is_an_early_spell_of_its_own() -> None:
    rows = [claim("A", on="2019-08-01", published="2031-05-04"), claim("B")]
    assert [one for one in told(rows) if one[0] == LEAGUE] == [(LEAGUE, "held", "2019-08-01"), TAKEN]


def test_silence_turns_into_unknown() -> None:
    rows = spells([claim()], until="2034-01-01")
    assert [(row.holder_id, row.status) for row in rows] == [(CROWN, "held"), (LEAGUE, "held"), (None, "unknown")]
    assert rows[1].until == rows[2].from_


def test_spells_follow_one_another() -> None:
    rows = spells([claim("A"), recapture(), claim("C", on="2031-06-20", published="2031-06-21")])
    assert [row.until for row in rows[:-1]] == [row.from_ for row in rows[1:]]
    assert rows[-1].until is None


def test_admission_weighs_more_than_an_outlet_and_that_more_than_a_boast() -> None:
    boast, outlet, admission = (spells([row])[-1].probability for row in (league_says(), claim(), crown_says()))
    assert boast < outlet < admission


def test_denial_by_the_loser_says_little_and_by_the_winner_much() -> None:
    plain = spells([claim()])[-1].probability
    loser = spells([claim(), crown_denies()])[-1].probability
    own = [claim(), league_says(stance="denies", date_from=None, date_to="2031-05-04")]
    assert plain > loser > 0.8
    assert told(own) == [BEFORE]


def test_hedge_weighs_less() -> None:
    assert spells([claim(stance="hedges")])[-1].probability < spells([claim()])[-1].probability


def test_badly_read_claim_weighs_less() -> None:
    assert spells([claim(reading=0.6)])[-1].probability < spells([claim(reading=0.95)])[-1].probability


def test_denial_is_listed_as_a_contradiction() -> None:
    denial = crown_denies()
    assert spells([claim(), denial])[-1].contradicted_by == (denial.claim_id,)


def test_known_from_and_last_confirmed() -> None:
    later = claim("B", event="controls", on="2031-05-20", published="2031-05-21")
    row = spells([claim(), later])[-1]
    assert (row.known_from, row.last_confirmed, row.witnesses) == ("2031-05-04", "2031-05-20", 2)


def test_fifty_copies_of_one_page_change_nothing() -> None:
    one = claim("A", witness_id="w-wire")
    many = [claim(f"Outlet {number}", witness_id="w-wire") for number in range(50)]
    alone, copied = spells([one]), spells([one, *many])
    assert [row.probability for row in alone] == [row.probability for row in copied]
    assert [row.from_ for row in alone] == [row.from_ for row in copied]


def test_two_unsure_dates_of_opposite_deeds_are_used_once_each() -> None:
    rows = [
        claim("A", date_from=None, date_to="2031-05-04"), claim("B", date_from=None, date_to="2031-05-04"),
        claim("C", event="withdraws_from", date_from=None, date_to="2031-05-04"), crown_says(event="recaptures",
        by_side=CROWN, date_from=None, date_to="2031-05-05", published="2031-05-05"),
    ]  # fmt: skip
    assert len([row for row in spells(rows) if row.holder_id == LEAGUE]) <= 1


def test_allies_are_one_holder_where_the_rules_say_so() -> None:
    band = replace(claim("B"), actor_name="Lake Band", actor_side="x:band", actor_id="x:band")
    rules = type(RULES)(WEIGHTS, same_side=lambda one, other: {one, other} <= {"x:band", LEAGUE} or one == other)
    fused = fuse([claim("A"), band], rules)
    assert fused is not None
    assert [row.status for row in holdings(fused, WEIGHTS)] == ["held", "held"]
    assert holdings(fused, WEIGHTS)[-1].witnesses == 2


POOL = [
    claim("A"), claim("B"), claim("C", on="2031-04-28"), crown_denies(), crown_says(), league_says(), recapture(),
    claim("D", event="contests"), claim("E", event="controls", on="2031-06-30", published="2031-07-01"),
    claim("F", event="withdraws_from", by_side=CROWN), claim("G", date_from=None, date_to="2031-05-06"),
    claim("H", on="2019-08-01"), claim("I", event="repels", by_side=CROWN), claim("J", event="besieges"),
    claim("K", date_from="2031-04-01", date_to="2031-04-30"), claim("L", stance="plans"),
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POOL), max_size=10, unique_by=lambda row: row.claim_id), st.randoms())
def test_order_and_repetition_change_nothing(rows: list[ClaimRow], chance: random.Random) -> None:
    shuffled = [*rows, *rows]
    chance.shuffle(shuffled)
    assert spells(shuffled) == spells(rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(POOL), max_size=10, unique_by=lambda row: row.claim_id))
def test_holdings_are_in_order_and_probabilities_are_such(rows: list[ClaimRow]) -> None:
    found = spells(rows, until="2032-01-01")
    starts = [row.from_ for row in found if row.from_]
    assert starts == sorted(starts)
    assert all(0 < row.probability <= 1 for row in found)
    assert all(row.until is None or row.from_ is None or row.from_ <= row.until for row in found)
