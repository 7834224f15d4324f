"""Why: rows that add up, and what each of them says."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import pytest
from histories import RULES, crown_denies, crown_says, league_says, recapture
from hypothesis import given, settings
from hypothesis import strategies as st
from war import CROWN, LEAGUE, claim

from marchland.errors import Misuse
from marchland.ledger.around import NOTHING, Around, Hazard, Hint
from marchland.ledger.explain import answer
from marchland.ledger.explain_passage import passage_answer
from marchland.ledger.fuse import PlaceRef
from marchland.ledger.passage import Posts
from marchland.records import Answer, ClaimRow

DAY = dt.date(2031, 5, 1)
EVENTS = ("captures", "recaptures", "controls", "withdraws_from", "surrenders", "attacks", "repels", "besieges")
CLASSES = ("publisher", "agency", "spokesperson", "resident")


def why(rows: Sequence[ClaimRow], at: dt.date | str, around: Around = NOTHING) -> Answer:
    day = at if isinstance(at, dt.date) else dt.date.fromisoformat(at)
    return answer(rows, PlaceRef.of(rows), RULES, day, None, around)


def shifted(days: int) -> str:
    return (DAY + dt.timedelta(days=days)).isoformat()


@st.composite
def claims(draw: st.DrawFn) -> ClaimRow:
    day, lag, number = draw(st.integers(0, 60)), draw(st.integers(0, 5)), draw(st.integers(0, 5))
    side = draw(st.sampled_from((LEAGUE, CROWN)))
    return claim(
        f"Outlet {number}", event=draw(st.sampled_from(EVENTS)), by_side=side, published=shifted(day + lag),
        date_from=draw(st.sampled_from((shifted(day), None))), date_to=shifted(day), sentence=f"{side} {day} {number}",
        stance=draw(st.sampled_from(("asserts", "asserts", "hedges", "denies"))), source=f"speaker {number}",
        source_name=f"speaker {number}", source_class=draw(st.sampled_from(CLASSES)),
        source_side=draw(st.sampled_from(("", LEAGUE, CROWN))), reading=draw(st.sampled_from((0.3, 0.7, 0.95))),
    )  # fmt: skip


hints = st.builds(Hint, st.just("count"), st.sampled_from((LEAGUE, CROWN)), st.integers(0, 70).map(
    lambda days: DAY.toordinal() + days), st.floats(0.1, 10), st.text(max_size=5))  # fmt: skip
hazards = st.builds(lambda side, first, rate: Hazard(side, DAY.toordinal() + first, DAY.toordinal() + first + 4, rate,
                    "near by"), st.sampled_from((LEAGUE, CROWN)), st.integers(0, 60), st.floats(0, 0.5))  # fmt: skip
arounds = st.builds(Around, st.lists(hints, max_size=2).map(tuple), st.lists(hazards, max_size=1).map(tuple))


@settings(max_examples=60, deadline=None)
@given(st.lists(claims(), min_size=1, max_size=9), st.integers(-5, 400), arounds)
def test_rows_add_up_to_the_log_odds_for_any_evidence(rows: list[ClaimRow], days: int, around: Around) -> None:
    found = why(rows, DAY + dt.timedelta(days=days), around)
    if not found.rows:
        assert found.status == "unknown"
        return
    total = sum(row.log_odds for row in found.rows)
    assert total == pytest.approx(found.log_odds, abs=1e-9)
    assert 1 / (1 + math.exp(-total)) == pytest.approx(found.probability, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.permutations([claim("A"), claim("B"), crown_denies(), league_says(), recapture("C")]))
def test_order_of_arrival_changes_no_row(rows: list[ClaimRow]) -> None:
    assert why(rows, "2031-05-20") == why(sorted(rows, key=lambda one: one.claim_id), "2031-05-20")


def test_who_says_the_same_without_the_rows() -> None:
    rows = [claim("A"), crown_denies(), league_says()]
    full = why(rows, "2031-05-04")
    quick = answer(rows, PlaceRef.of(rows), RULES, dt.date(2031, 5, 4), None, reasons=False)
    assert (quick.rows, quick.rival) == ((), None)
    assert (quick.holder_id, quick.probability, quick.witnesses) == (full.holder_id, full.probability, full.witnesses)


def test_a_row_tells_its_side_its_own_weight_and_who_carries_it() -> None:
    copies = [claim(by, witness_id="one utterance", sentence="It fell.") for by in ("B", "A")]
    (row,) = (row for row in why(copies, "2031-05-04").rows if row.claim_id)
    assert (row.what, row.side, row.side_name, row.against, row.outlets) == (
        "claim", LEAGUE, "Lake League", False, ("A", "B"),
    )  # fmt: skip
    assert row.own is not None
    assert row.own > 1


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (crown_says(), "admission"),
        (league_says(), "claim"),
        (crown_denies(), "denial"),
        (crown_says(event="controls", by_side=LEAGUE, on="2031-05-04"), "admission"),
        (crown_says(event="withdraws_from", by_side=CROWN, against=LEAGUE, on="2031-05-03"), "admission"),
        (crown_says(event="controls", by_side=CROWN, stance="denies", on="2031-05-03"), "admission"),
        (league_says(stance="denies"), "denial"),
    ],
)
def test_a_party_that_tells_of_its_own_loss_admits_it(row: ClaimRow, what: str) -> None:
    rows = why([claim("A"), row], "2031-05-05").rows
    assert [one.what for one in rows if one.claim_id == row.claim_id] == [what]


def test_what_is_told_of_a_later_day_is_marked() -> None:
    rows = why([claim("A"), recapture("C")], "2031-05-20").rows
    assert [row.later for row in rows if row.claim_id] == [False, True]


def test_a_succession_is_no_dispute() -> None:
    taken = [claim(by) for by in "AB"]
    found = why([*taken, recapture("C"), recapture("D")], "2031-06-12")
    assert found.holder_id == CROWN
    assert found.rival is not None
    assert not found.rival.disputed


def test_strong_voices_against_one_another_are_a_dispute() -> None:
    told = {"source_class": "agency", "reading": 0.97}
    says = [claim(by, sentence=f"It fell, says {by}.", **told) for by in "ABF"]
    denies = [
        claim(by, stance="denies", sentence=f"It did not fall, says {by}.", date_to="2031-05-04", **told) for by in "CD"
    ]
    found = why([*says, *denies], "2031-05-04")
    assert found.rival is not None
    assert found.rival.disputed
    assert min(found.rival.pull_for, found.rival.pull_against) > 2


def test_many_witnesses_are_heard_in_few_rows_and_still_add_up() -> None:
    rows = [claim(f"Outlet {n}", sentence=f"Report {n}", published=shifted(3 + n // 10)) for n in range(100)]
    found = why(rows, "2031-07-01")
    assert len(found.rows) == 82
    assert [row.what for row in found.rows[:2]] == ["prior", "earlier"]
    assert sum(row.log_odds for row in found.rows) == pytest.approx(found.log_odds, abs=1e-9)


# ------------------------------------------------------------------------------------------------------------- passage

POSTS = Posts("XA", "Osterby", "XB", "Weir")


def gate(by: str, event: str, day: str, **changes: object) -> ClaimRow:
    return claim(by, event=event, on=day, published=day, place_kind="crossing", sentence=f"{event} on {day}, {by}.",
                 **changes)  # fmt: skip


def passes(rows: Sequence[ClaimRow], at: str, lane: str = "") -> Answer:
    return passage_answer(rows, POSTS, (), RULES.weights, dt.date.fromisoformat(at), None, lane)


SHUT = [gate("A", "closes", "2031-05-03"), gate("B", "closes", "2031-05-03"), gate("C", "reopens", "2031-06-01")]


@pytest.mark.parametrize(("at", "state"), [("2031-05-10", "closed"), ("2031-06-02", "open"), ("2033-01-01", "unknown")])
def test_why_a_crossing_was_open_adds_up_too(at: str, state: str) -> None:
    found = passes(SHUT, at)
    assert (found.status, found.lane) == (state, "both/all")
    assert sum(row.log_odds for row in found.rows) == pytest.approx(found.log_odds, abs=1e-9)
    assert 1 / (1 + math.exp(-found.log_odds)) == pytest.approx(found.probability, abs=1e-6)


def test_a_lane_is_asked_for_by_name() -> None:
    trade = gate("D", "closes", "2031-05-08", quantity="trade")
    assert passes([*SHUT, trade], "2031-05-10", "both/trade").lane == "both/trade"
    with pytest.raises(Misuse, match='the lane "XA>XB/aid" of Osterby; on record: both/all, both/trade'):
        passes([*SHUT, trade], "2031-05-10", "XA>XB/aid")
    with pytest.raises(Misuse, match="no claim on record tells of passage at Osterby"):
        passes([claim("A")], "2031-05-10")
