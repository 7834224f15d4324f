"""Claims of one happening become one event, whatever order they come in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from histories import WEIGHTS, crown_denies, league_says, recapture
from hypothesis import given, settings
from hypothesis import strategies as st
from war import CROWN, LEAGUE, claim

from marchland.events.group import group, is_partial
from marchland.events.judgement import APART, SAME, Judgement
from marchland.events.told import why_no_event
from marchland.records import ClaimRow, EventRow


def events(rows: Sequence[ClaimRow]) -> tuple[EventRow, ...]:
    return group(rows, WEIGHTS)[0]


LAST_MONTH = claim("Weekly", date_from="2031-05-01", date_to="2031-05-31", published="2031-06-09")
OPEN = claim("Digest", date_from=None, date_to="2031-05-06", published="2031-05-06")
WRONG = claim("Blog", on="2031-04-29")
HISTORY = claim("Almanac", on="2019-08-01", published="2031-05-04")


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        pytest.param([claim("A"), claim("B")], [("2031-05-03", "2031-05-03")], id="two outlets, one day"),
        pytest.param([claim("A"), LAST_MONTH], [("2031-05-03", "2031-05-03")], id="last month joins a told day"),
        pytest.param([claim("A"), OPEN], [("2031-05-03", "2031-05-03")], id="an open start joins"),
        pytest.param([OPEN], [(None, "2031-05-06")], id="an open start alone stays open"),
        pytest.param([claim("A"), claim("B"), WRONG], [("2031-05-03", "2031-05-03")], id="one wrong day is outvoted"),
        pytest.param([claim("A"), HISTORY], [("2019-08-01",) * 2, ("2031-05-03",) * 2], id="history stands apart"),
        pytest.param(
            [claim("A"), recapture(day="2031-05-05"), claim("B", on="2031-05-06", published="2031-05-06")],
            [("2031-05-03",) * 2, ("2031-05-05",) * 2, ("2031-05-06",) * 2],
            id="a recapture in between cuts two captures apart",
        ),
    ],
)
def test_days_of_events(rows: list[ClaimRow], days: list[tuple[str | None, str]]) -> None:
    assert [(one.date_from, one.date_to) for one in events(rows)] == days


def test_denial_is_named_but_is_no_witness() -> None:
    (event,) = events([claim("A"), crown_denies()])
    assert (event.witnesses, event.denied_by, len(event.claims)) == (1, ("a Crown spokesman",), 1)


def test_plan_is_no_event() -> None:
    assert group([claim(stance="plans")], WEIGHTS) == ((), {})


def test_deed_dated_after_its_report_is_no_event_and_says_so() -> None:
    forecast = claim(date_from="2031-05-04", date_to="2031-06-20", published="2031-05-04", tense="future")
    rows = [claim(on="2031-05-09", published="2031-05-04", tense="none"), forecast]
    assert group(rows, WEIGHTS) == ((), {})
    assert all("after its report of 2031-05-04" in why_no_event(row) for row in rows)


def test_deed_told_as_done_keeps_its_event_where_its_day_was_misread() -> None:
    (event,) = events([claim(on="2031-05-09", published="2031-05-04", tense="past")])
    assert (event.date_from, event.date_to) == (None, "2031-05-04")


def test_day_lies_inside_what_was_told() -> None:
    wide = claim("Weekly", date_from="2031-02-01", date_to="2031-02-10", published="2031-02-20")
    late = claim("Digest", date_from=None, date_to="2031-02-17", published="2031-02-17")
    (event,) = events([wide, late])
    assert "2031-02-01" <= (event.date_from or "") <= (event.date_to or "") <= "2031-02-10"
    assert event.dates_told == ("..2031-02-17: Digest", "2031-02-01..2031-02-10: Weekly")


def test_past_holding_is_told_of_its_beginning_only() -> None:
    had = claim(event="controls", tense="pluperfect", date_from="2029-03-01", date_to="2031-05-04")
    assert [(one.date_from, one.date_to) for one in events([had])] == [("2029-03-01", "2029-03-01")]
    has = replace(had, tense="perfect", claim_id="has")
    assert [one.date_to for one in events([has])] == ["2031-05-04"]


OTHER = "x:salt-riders"


def test_fights_of_other_parties_are_other_events() -> None:
    rows = [claim(name, event="contests") for name in "AB"]
    rows += [claim("C", event="attacks", by_side=CROWN), claim("D", event="attacks", by_side=OTHER, against="x:guild")]
    quiet = replace(claim("E", event="contests"), actor_id=None, actor_side=None, opponent_id=None, opponent_side=None)
    found = [set(one.claims) for one in events([*rows, quiet])]
    assert {row.claim_id for row in rows[:3]} <= max(found, key=len)
    assert {rows[3].claim_id} in found or {rows[3].claim_id, quiet.claim_id} in found


def test_closing_that_names_nobody_is_the_closing_that_names_somebody() -> None:
    nobody = replace(claim("B", event="closes"), actor_id=None, actor_side=None, actor_name=None)
    (event,) = events([claim("A", event="closes"), nobody])
    assert (event.witnesses, event.actors_told) == (2, ("Lake League: A",))


def test_fighters_are_whoever_did_it() -> None:
    fighters = replace(
        claim("B"), actor_id="x:va:some-fighters", actor_side="x:va:some-fighters", actor_name="fighters"
    )
    assert len(events([claim("A"), fighters])) == 1


def said(kind: str, *rows: ClaimRow, day: int = 1) -> Judgement:
    return Judgement(kind, tuple(row.claim_id for row in rows), f"2031-06-{day:02d}T09:00:00", "Ada", "as seen")


A, B, C = claim("A"), claim("B"), claim("C", on="2031-06-20", published="2031-06-21")


def parts(judgements: Sequence[Judgement], rows: Sequence[ClaimRow] = (A, B, C)) -> list[set[str]]:
    names = {row.claim_id: row.publisher or "" for row in rows}
    return sorted(({names[claim] for claim in one.claims} for one in group(rows, WEIGHTS, judgements=judgements)[0]),
                  key=sorted)  # fmt: skip


def test_people_part_and_join_events() -> None:
    assert parts([]) == [{"A", "B"}, {"C"}]
    assert parts([said(APART, A, B)]) == [{"A"}, {"B"}, {"C"}]
    assert parts([said(SAME, B, C)]) == [{"A", "B", "C"}]
    assert parts([said(SAME, B, C), said(APART, A, C, day=2)]) == [{"A"}, {"B", "C"}]
    assert parts([said(SAME, A, C), said(APART, A, C, day=2)]) == parts([])


def test_decision_is_named_and_events_keep_ids_of_their_own() -> None:
    found = group([A, B, C], WEIGHTS, judgements=[said(APART, A, B)])[0]
    assert len({one.event_id for one in found}) == 3
    assert [one.decided_by for one in found if one.claims != (C.claim_id,)] == [
        ("not one event: Ada, 2031-06-01, as seen",)
    ] * 2


def test_decision_over_two_places_changes_nothing() -> None:
    away = claim("D", place_id="x:norwick")
    assert parts([said(SAME, A, away)], [A, B, away]) == parts([], [A, B, away])


MOVED = [said(APART, crown_denies(), A), said(SAME, crown_denies(), C)]


def test_denial_may_be_moved_to_another_event() -> None:
    denied = crown_denies()
    ids = group([A, C, denied], WEIGHTS)[1], group([A, C, denied], WEIGHTS, judgements=MOVED)[1]
    assert ids[0][denied.claim_id] == ids[0][A.claim_id]
    assert ids[1][denied.claim_id] == ids[1][C.claim_id] != ids[1][A.claim_id]


def test_claim_without_a_place_belongs_to_no_event() -> None:
    assert group([claim(place_id=None)], WEIGHTS) == ((), {})


def test_copies_of_one_text_are_one_witness_in_many_outlets() -> None:
    (event,) = events([claim(f"Outlet {number}", witness_id="w-wire") for number in range(50)])
    assert (event.witnesses, event.outlets, len(event.claims)) == (1, 50, 50)


def test_one_spokesman_in_two_papers_is_one_witness() -> None:
    (event,) = events([league_says(), league_says(page_id="p2", sentence="Again.")])
    assert (event.witnesses, len(event.claims)) == (1, 2)


def test_capture_without_an_actor_joins_what_a_side_did_that_day() -> None:
    nobody = replace(claim("B"), actor_id=None, actor_side=None, actor_name=None)
    (event,) = events([claim("A"), nobody])
    assert (event.actor_id, event.witnesses) == (LEAGUE, 2)


def test_taker_whom_one_names_against_many_is_a_misreading() -> None:
    odd = replace(
        claim("D"), actor_id="x:va:odd-band", actor_side="x:va:odd-band", opponent_id=None, opponent_side=None
    )
    (event,) = events([*(replace(claim(name), actor_side="league", actor_id="league") for name in "ABC"), odd])
    assert (event.actor_id, event.witnesses) == ("league", 4)


def test_two_known_takers_are_two_events() -> None:
    rows = [*(replace(claim(name), actor_side="league", actor_id="league", opponent_side=None) for name in "ABC"),
            replace(claim("D"), actor_id="guild", actor_side="guild", opponent_side=None)]  # fmt: skip
    assert sorted((one.actor_id, one.witnesses) for one in events(rows)) == [("guild", 1), ("league", 3)]


def test_recapture_on_the_same_day_is_another_event() -> None:
    assert [one.actor_id for one in events([claim("A"), claim("B"), recapture(day="2031-05-03")])].count(CROWN) == 1


@pytest.mark.parametrize(
    ("quantity", "kind", "part", "partial"),
    [
        ("17 of 19 districts", "province", "", True),
        ("nine out of 10 districts", "city", "", True),
        ("most of", "city", "", True),
        ("85% of the territory", "country", "", True),
        ("nearly all", "town", "", True),
        ("26 districts", "province", "", True),
        ("third crossing", "crossing", "", False),
        ("the sixth capital", "city", "", False),
        ("two towns", "town", "", False),
        ("hundreds of troops", "city", "", False),
        (None, "town", "outskirts", True),
        (None, "town", "", False),
    ],
)
def test_counts_and_parts_are_not_the_place(quantity: str | None, kind: str, part: str, partial: bool) -> None:
    assert is_partial(claim(quantity=quantity, place_kind=kind, place_part=part), WEIGHTS.words) is partial


@pytest.mark.parametrize("kind", ["forces", "people"])
def test_a_number_of_people_says_nothing_of_how_much_of_a_place(kind: str) -> None:
    row = claim(quantity="several hundred soldiers", quantity_part=300.0, quantity_kind=kind)
    assert not is_partial(row, WEIGHTS.words)
    assert is_partial(replace(row, place_part="the outskirts of"), WEIGHTS.words)


POOL = [
    claim("A"), claim("B"), WRONG, OPEN, LAST_MONTH, HISTORY, crown_denies(), recapture(), recapture("Other"),
    claim("H", on="2031-06-20", published="2031-06-21"), claim("I", event="contests"), league_says(),
    claim("J", event="withdraws_from", by_side=CROWN), claim("K", date_from=None, date_to=None, published=None),
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POOL), max_size=12, unique_by=lambda row: row.claim_id), st.randoms())
def test_order_and_repetition_change_nothing(rows: list[ClaimRow], chance: random.Random) -> None:
    shuffled = [*rows, *rows]
    chance.shuffle(shuffled)
    assert group(shuffled, WEIGHTS) == group(rows, WEIGHTS)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POOL), max_size=12, unique_by=lambda row: row.claim_id))
def test_every_claim_is_in_one_event_at_most(rows: list[ClaimRow]) -> None:
    listed, of = group(rows, WEIGHTS)
    members = [claim_id for one in listed for claim_id in one.claims]
    assert len(members) == len(set(members))
    assert set(members) <= set(of)
    assert len({one.event_id for one in listed}) == len(listed)


def test_fall_that_names_no_taker_is_not_the_recapture_after_it() -> None:
    fell = replace(claim("A", on="2031-06-10", published="2031-06-11"), actor_id=None, actor_side=None, actor_name=None)
    assert sorted((one.event, one.actor_id) for one in events([fell, recapture()])) == [
        ("captures", None),
        ("recaptures", CROWN),
    ]
