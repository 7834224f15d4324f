"""Days before anything is told of a place: one number for all questions, and no holder without end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from histories import article_of, recapture
from war import CROWN, claim

from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.views import terminal
from marchland.views import why as why_view
from marchland.views.paper import Line
from marchland.views.terminal import PlaceCard

FIRST = dt.date(2031, 5, 3)
DAYS_BEFORE = [12000, 400, 70, 55, 40, 31, 29, 12, 3, 1]


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        for row in (claim("A"), claim("B", published="2031-05-05"), recapture("C"), recapture("D")):
            opened.add(article_of(row), [row])
        yield opened


@pytest.mark.parametrize("backwards", [False, True])
def test_who_why_and_the_holdings_give_one_number_before_the_first_report(ledger: Ledger, backwards: bool) -> None:
    for before in sorted(DAYS_BEFORE, reverse=backwards):
        day = FIRST - dt.timedelta(days=before)
        who, why = query.who(ledger, "x:osterby", day), query.why(ledger, "x:osterby", day)
        assert (why.holder_id, why.status) == (who.holder_id, who.status)
        assert why.probability == pytest.approx(who.probability, abs=1e-4), day
        rows = query.holdings(ledger, at=day)
        assert [row.holder_id for row in rows] == [who.holder_id] * len(rows)
        assert [row.probability for row in rows] == pytest.approx([who.probability] * len(rows), abs=1e-4)


def test_the_order_of_the_questions_does_not_matter(ledger: Ledger) -> None:
    days = [FIRST + dt.timedelta(days=days) for days in (-50, -10, 0, 15, 30, 38)]
    told = [query.who(ledger, "x:osterby", day).probability for day in days]
    with Ledger.open(":memory:") as other:
        for row in ledger.claims():
            other.add(article_of(row), [row])
        assert told == [query.who(other, "x:osterby", day).probability for day in reversed(days)][::-1]


@pytest.mark.parametrize(("before", "known"), [(1, True), (25, True), (60, True), (130, False), (12000, False)])
def test_who_stood_there_first_did_not_do_so_since_ever(ledger: Ledger, before: int, known: bool) -> None:
    day = FIRST - dt.timedelta(days=before)
    who, why = query.who(ledger, "x:osterby", day), query.why(ledger, "x:osterby", day)
    assert who == replace(why, rows=(), rival=None, probability=who.probability, log_odds=who.log_odds)
    assert (who.holder_id, who.status) == ((CROWN, "held") if known else (None, "unknown"))
    assert bool(query.holdings(ledger, at=day)) is known
    assert ("what is told of the place begins on" in who.reason) is not known
    card = PlaceCard("x:osterby", "Osterby")
    shown = [one.text for view in (terminal.who, why_view.why) for one in view(who, card) if isinstance(one, Line)]
    assert sum(who.reason in line for line in shown) >= 2
