"""Questions on both clocks, and reasons that add up."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence

import pytest
from histories import article_of, crown_denies, crown_says, league_says, recapture
from war import CROWN, LEAGUE, claim

from marchland.errors import Misuse
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow

WAR = [
    claim("A"), claim("B", published="2031-05-05"), crown_denies(), league_says(), recapture("C"), recapture("D"),
    claim("E", event="controls", by_side=CROWN, on="2031-06-30", published="2031-07-01"),
]  # fmt: skip


def fill(ledger: Ledger, rows: Sequence[ClaimRow]) -> Ledger:
    for row in rows:
        ledger.add(article_of(row), [row])
    return ledger


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        yield opened


@pytest.mark.parametrize(
    ("at", "known_at", "holder"),
    [
        ("2031-05-02", None, CROWN),
        ("2031-05-03", None, LEAGUE),
        ("2031-06-09", None, LEAGUE),
        ("2031-06-10", None, CROWN),
        ("2031-06-30", "2031-06-01", LEAGUE),
        ("2031-06-30", "2031-05-03", None),
        (None, None, CROWN),
    ],
)
def test_who_on_both_clocks(ledger: Ledger, at: str | None, known_at: str | None, holder: str | None) -> None:
    assert query.who(fill(ledger, WAR), "x:osterby", at, known_at).holder_id == holder


@pytest.mark.parametrize("at", ["2031-05-02", "2031-05-04", "2031-06-15", "2031-07-01", "2033-01-01"])
@pytest.mark.parametrize("known_at", [None, "2031-05-04", "2031-06-11"])
def test_rows_of_why_add_up_to_the_answer(ledger: Ledger, at: str, known_at: str | None) -> None:
    answer = query.why(fill(ledger, WAR), "x:osterby", at, known_at)
    total = sum(row.log_odds for row in answer.rows)
    assert 1 / (1 + math.exp(-total)) == pytest.approx(answer.probability, abs=1e-6)


def test_why_tells_witnesses_denials_and_silence_apart(ledger: Ledger) -> None:
    answer = query.why(fill(ledger, [claim("A"), crown_denies()]), "x:osterby", "2031-08-01")
    assert [row.what for row in answer.rows][:: len(answer.rows) - 1] == ["prior", "decay"]
    assert {row.what: row.log_odds > 0 for row in answer.rows} == {
        "prior": False, "claim": True, "denial": False, "decay": False,
    }  # fmt: skip


def test_answer_says_since_when_and_when_last_confirmed(ledger: Ledger) -> None:
    answer = query.who(fill(ledger, WAR), "x:osterby", "2031-07-01")
    assert (answer.status, answer.since, answer.last_confirmed) == ("held", "2031-06-10", "2031-06-30")


def test_holder_admitted_by_the_loser_is_surer(ledger: Ledger) -> None:
    before = query.who(fill(ledger, [claim("A")]), "x:osterby", "2031-05-04").probability
    assert query.who(fill(ledger, [crown_says()]), "x:osterby", "2031-05-04").probability > before


def test_holdings_of_one_day_are_one_for_each_place(ledger: Ledger) -> None:
    fill(ledger, [*WAR, claim("A", place_id="x:westerby", place_name="Westerby")])
    rows = query.holdings(ledger, at="2031-05-20")
    assert [(row.place_id, row.holder_id) for row in rows] == [("x:osterby", LEAGUE), ("x:westerby", LEAGUE)]


def test_past_view_does_not_change_when_later_reports_come(ledger: Ledger) -> None:
    before = query.holdings(fill(ledger, WAR[:4]), at="2031-05-10", known_at="2031-05-10")
    assert query.holdings(fill(ledger, WAR[4:]), at="2031-05-10", known_at="2031-05-10") == before


def test_timeline_is_in_order_and_can_be_narrowed(ledger: Ledger) -> None:
    fill(ledger, WAR)
    events = query.timeline(ledger)
    assert [one.date_to for one in events] == sorted(one.date_to or "" for one in events)
    assert {one.actor_id for one in query.timeline(ledger, actor="crown")} == {CROWN}
    assert query.timeline(ledger, country="XB") == []


def test_claims_carry_the_id_of_their_event(ledger: Ledger) -> None:
    rows = query.claims(fill(ledger, WAR))
    assert {row.event_id for row in rows} == {one.event_id for one in query.events(ledger)}


def test_place_that_no_claim_is_about_is_misuse(ledger: Ledger) -> None:
    with pytest.raises(Misuse, match="x:nowhere"):
        query.who(fill(ledger, WAR), "x:nowhere", "2031-05-04")


def test_day_that_is_none_is_misuse(ledger: Ledger) -> None:
    with pytest.raises(Misuse, match="no day such as"):
        query.holdings(fill(ledger, WAR), at="yesterday")


def test_empty_ledger_answers_with_nothing(ledger: Ledger) -> None:
    assert (query.holdings(ledger), query.events(ledger), query.crossings(ledger)) == ([], [], [])


def test_why_is_quick_with_thirty_witnesses(ledger: Ledger) -> None:
    fill(ledger, [claim(f"Outlet {number}", sentence=f"Report {number}") for number in range(30)])
    query.who(ledger, "x:osterby", "2031-05-04")
    start = time.perf_counter()
    query.who(ledger, "x:osterby", "2031-05-04")
    assert time.perf_counter() - start < 1.0
