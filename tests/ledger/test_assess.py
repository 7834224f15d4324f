"""Assessments that are kept: the same as if all were worked out anew, and known to be out of date when they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from histories import WEIGHTS, article_of, crown_denies, crown_says, league_says, recapture
from hypothesis import given, settings
from hypothesis import strategies as st
from war import CROWN, LEAGUE, claim

from marchland.ledger import assess, query
from marchland.ledger.assessment import Silence, holdings_until, label_of
from marchland.ledger.fuse import fuse
from marchland.ledger.parties import shipped_rules
from marchland.ledger.review import made_review
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow

RULES = shipped_rules()
ELSEWHERE = {"place_id": "x:westerby", "place_name": "Westerby", "place": "Westerby"}
GATE = {"place_id": "x:ferry", "place_name": "Ferry Gate", "place": "Ferry Gate", "place_kind": "crossing"}
WAR = (
    claim("A"), claim("B", published="2031-05-05"), crown_denies(), league_says(), recapture("C"), recapture("D"),
    claim("E", event="controls", by_side=CROWN, on="2031-06-30", published="2031-07-01"),
    claim("F", **ELSEWHERE), crown_says(**ELSEWHERE), claim("G", on="2031-06-02", published="2031-06-03", **ELSEWHERE),
    claim("H", event="closes", **GATE), claim("H", event="reopens", on="2031-06-01", published="2031-06-01", **GATE),
    claim("I", **GATE), claim("J", event="besieges", on="2031-07-02", published="2031-07-03"),
)  # fmt: skip
DAYS = (None, "2031-05-04", "2031-05-30", "2031-06-11", "2031-07-03", "2031-07-20", "2033-01-01")


def answers(ledger: Ledger, at: str | None, known_at: str | None) -> tuple[object, ...]:
    places = ledger.place_ids()
    return (
        query.holdings(ledger, at=at, known_at=known_at), query.crossings(ledger, at=at, known_at=known_at),
        [query.who(ledger, place, at, known_at) for place in places],
    )  # fmt: skip


def add(ledger: Ledger, rows: Sequence[ClaimRow], *, link: bool = True) -> None:
    for row in rows:
        ledger.add(article_of(row), [row])
        if link:
            ledger.link(article_of(row))


@settings(max_examples=25, deadline=None)
@given(
    rows=st.permutations(WAR), cuts=st.lists(st.integers(0, len(WAR)), max_size=3),
    asked=st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)), min_size=1, max_size=3),
)  # fmt: skip
def test_kept_answers_are_those_worked_out_from_nothing(
    rows: Sequence[ClaimRow], cuts: Sequence[int], asked: Sequence[tuple[str | None, str | None]]
) -> None:
    with Ledger.open(":memory:") as grown, Ledger.open(":memory:") as fresh:
        ends = [*sorted(cuts), len(rows)]
        for first, last in zip([0, *ends], ends, strict=False):
            add(grown, rows[first:last])
            told = [answers(grown, at, known_at) for at, known_at in asked]
        add(fresh, WAR)
        assert told == [answers(fresh, at, known_at) for at, known_at in asked]


@pytest.mark.parametrize("known_at", DAYS)
@pytest.mark.parametrize("at", DAYS)
def test_who_why_and_the_exports_agree(at: str | None, known_at: str | None) -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, WAR)
        day = at or known_at or "2031-07-03"
        rows = {row.place_id: row for row in query.holdings(ledger, at=day, known_at=known_at)}
        gates = query.crossings(ledger, at=day, known_at=known_at)
        for place_id in ledger.place_ids():
            who, why = (ask(ledger, place_id, day, known_at) for ask in (query.who, query.why))
            row = rows.get(place_id)
            assert (who.holder_id, who.status) == ((row.holder_id, row.status) if row else (None, "unknown"))
            assert row is None or who.probability == pytest.approx(row.probability, abs=1e-4)
            assert (why.holder_id, why.status, why.since) == (who.holder_id, who.status, who.since)
            assert why.probability == pytest.approx(who.probability, abs=0.01)
        held = rows.get("x:ferry")
        assert {gate.post_a_holder for gate in gates} <= {held.holder_name if held else None}


def apart(rows: Sequence[ClaimRow]) -> list[ClaimRow]:
    """The same, with the places so far from one another that nothing at one bears on another."""
    places = sorted({row.place_id or "" for row in rows})
    return [replace(row, lat=10.0 * places.index(row.place_id or "")) for row in rows]


def test_only_the_places_that_are_written_about_are_worked_out_again() -> None:
    news = claim("K", sentence="Westerby is ours, they said.", published="2031-05-08", **ELSEWHERE)
    with Ledger.open(":memory:") as ledger:
        *war, news = apart([*WAR, news])
        add(ledger, war)
        until = dt.date(2031, 7, 20)
        assert assess.refresh(ledger, RULES, None, until) == 3
        assert assess.refresh(ledger, RULES, None, until) == 0
        add(ledger, [news])
        assert assess.stale(ledger, assess.LATEST, until) == ["x:westerby"]


def test_what_is_written_about_a_neighbour_or_a_new_one_bears_on_a_place() -> None:
    near = claim("K", sentence="Northby is ours, they said.", place_id="x:northby", place_name="Northby", lat=60.1)
    with Ledger.open(":memory:") as ledger:
        add(ledger, WAR)
        until = dt.date(2031, 7, 20)
        assert assess.refresh(ledger, RULES, None, until) == 3
        add(ledger, [near])
        assert set(assess.stale(ledger, assess.LATEST, until)) == {"x:ferry", "x:osterby", "x:westerby", "x:northby"}


def test_silence_needs_no_new_work_once_reports_have_settled() -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, WAR)
        assert assess.refresh(ledger, RULES, None, dt.date(2031, 7, 20)) == 3
        for days in (1, 40, 400, 4000):
            assert assess.refresh(ledger, RULES, None, dt.date(2031, 7, 20) + dt.timedelta(days=days)) == 0


@pytest.mark.parametrize("days", [7, 20, 60, 150, 290, 330, 700, 1500])
def test_silence_read_from_one_run_is_the_filter_run_to_that_day(days: int) -> None:
    until = dt.date(2031, 7, 3) + dt.timedelta(days=days)
    with Ledger.open(":memory:") as ledger:
        add(ledger, WAR)
        for place_id, made in assess.over_all(ledger, RULES, None, until):
            last = holdings_until(made, Silence.of(until, RULES))[-1].row
            beside, _ = assess.around_of(ledger, RULES, place_id, None)
            run = fuse(ledger.claims(place_id), RULES, until=until, around=beside)
            assert run is not None
            label = label_of(last, made.states)
            assert last.probability == pytest.approx(run.share_of(label, until.toordinal()), abs=0.01)
            best = max(run.posterior.states, key=lambda state: run.share_of(state, until.toordinal()))
            sure = run.share_of(best, until.toordinal())
            assert label == (best if sure >= WEIGHTS.spell.probability else "") or abs(sure - 0.5) < 0.01


def test_a_run_that_is_killed_leaves_answers_that_are_known_to_be_out_of_date(tmp_path: Path) -> None:
    file = tmp_path / "war.db"
    with Ledger.open(file) as ledger:
        add(ledger, WAR[:4])
        before = answers(ledger, None, None)
    with Ledger.open(file) as ledger:
        add(ledger, WAR[4:])  # and no question afterwards: what is kept is that of the first four
    with Ledger.open(file) as ledger, Ledger.open(":memory:") as fresh:
        add(fresh, WAR)
        assert answers(ledger, None, None) == answers(fresh, None, None) != before


def test_a_write_that_fails_leaves_what_was_kept(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "war.db") as ledger:
        add(ledger, WAR)
        before = answers(ledger, None, None)
        with pytest.raises(ZeroDivisionError), ledger.database.transaction():
            ledger.add(article_of(claim("K")), [claim("K")])
            raise ZeroDivisionError
        assert assess.stale(ledger, assess.LATEST, dt.date(2031, 7, 3)) == []
        assert answers(ledger, None, None) == before


def test_other_weights_or_code_make_all_that_is_kept_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger.open(":memory:") as ledger:
        add(ledger, WAR)
        until = dt.date(2031, 7, 20)
        assess.refresh(ledger, RULES, None, until)
        ledger.without = ("XA",)
        assert len(assess.stale(ledger, assess.LATEST, until)) == 3
        ledger.without = ()
        assert assess.stale(ledger, assess.LATEST, until) == []
        monkeypatch.setattr(assess, "method", lambda _: "another")
        assert len(assess.stale(ledger, assess.LATEST, until)) == 3


def test_a_copy_that_arrives_late_makes_its_place_out_of_date() -> None:
    words = ("The Lake League took Osterby on 3 May after a night of shelling that broke the mill and the bridge, "
             "and its riders were seen at the mill by noon while the garrison left on a south road.")  # fmt: skip
    first = claim("A", sentence=words, end=len(words))
    copy = replace(first, claim_id="copy", witness_id="copy", publisher="B", source_name="B", page_id="b",
                   article_id="article-b", published="2031-05-06")  # fmt: skip
    with Ledger.open(":memory:") as ledger, Ledger.open(":memory:") as fresh:
        add(ledger, [first])
        ledger.add(article_of(copy), [copy])
        apart = answers(ledger, "2031-05-10", None)
        ledger.link(article_of(copy))
        assert len({row.witness_id for row in ledger.claims("x:osterby")}) == 1
        assert answers(ledger, "2031-05-10", None) != apart
        add(fresh, [copy, first])
        assert answers(ledger, "2031-05-10", None) == answers(fresh, "2031-05-10", None)


def test_several_processes_work_out_the_same(tmp_path: Path) -> None:
    until = dt.date(2031, 7, 20)
    with Ledger.open(tmp_path / "one.db") as one, Ledger.open(tmp_path / "two.db") as two:
        add(one, WAR)
        add(two, WAR)
        assert assess.refresh(one, RULES, None, until, workers=1) == assess.refresh(two, RULES, None, until, workers=2)
        assert answers(one, "2031-07-20", None) == answers(two, "2031-07-20", None)


def test_what_changed_is_told_for_each_place() -> None:
    told: dict[str, tuple[list[str | None], list[str | None]]] = {}
    with Ledger.open(":memory:") as ledger:
        add(ledger, WAR[:2])
        assess.refresh(ledger, RULES, None, dt.date(2031, 6, 1))
        add(ledger, WAR[4:6])
        assess.refresh(
            ledger, RULES, None, dt.date(2031, 7, 1),
            changed=lambda place, before, after: told.update(
                {place: ([row.holder_id for row in before], [row.holder_id for row in after])}
            ),
        )  # fmt: skip
    assert told == {"x:osterby": ([CROWN, LEAGUE], [CROWN, LEAGUE, CROWN])}


@pytest.mark.parametrize("changes", [None, {"place_id": "x:westerby", "place_name": "Westerby"}])
def test_a_review_makes_the_places_that_it_is_about_out_of_date(changes: dict[str, object] | None) -> None:
    review = made_review(
        "correct" if changes else "reject", claims=[WAR[0].claim_id], row=WAR[0], by="Ada Berg", because="read it",
        made="2031-06-05T10:00:00+00:00", **({"changes": changes} if changes else {}),
    )  # fmt: skip
    with Ledger.open(":memory:") as kept, Ledger.open(":memory:") as fresh:
        add(kept, WAR)
        before = [answers(kept, "2031-05-20", day) for day in (None, "2031-05-30")]
        kept.add_review(review)
        add(fresh, WAR)
        fresh.add_review(review)
        after = [answers(kept, "2031-05-20", day) for day in (None, "2031-05-30")]
        assert after == [answers(fresh, "2031-05-20", day) for day in (None, "2031-05-30")]
        assert (after[0] != before[0], after[1] == before[1]) == (True, True)
