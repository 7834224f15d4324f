"""Who stands at the posts of a crossing: told of, only presumed, or gone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from histories import RULES, WEIGHTS
from war import CROWN, claim

from marchland.ledger.ended import Ended, gone_by
from marchland.ledger.fuse import PartyRef, fuse, holdings
from marchland.ledger.parties import shipped_rules
from marchland.ledger.passage import Posts, passage
from marchland.records import CrossingRow, HoldingRow
from marchland.views import terminal

POSTS = Posts("XA", "Osterby", "XB", "Westerby", "Republic of Sund", "Crown of Varn")
SHUT = claim(event="closes", on="2031-05-01", published="2031-05-01", place_kind="crossing")


def presumed() -> list[HoldingRow]:
    """The Crown by the table of parties alone, until the place is taken from somebody who is not named."""
    rules = replace(
        RULES,
        prior=lambda place, day: PartyRef(CROWN, "Crown of Varn"),
        party=lambda side: PartyRef(side, "Crown of Varn") if side == CROWN else None,
    )
    fused = fuse([replace(claim(), opponent_id=None, opponent_side=None, opponent_name=None)], rules)
    assert fused is not None
    return list(holdings(fused, WEIGHTS))


def on(day: int, held: list[HoldingRow], ended: Ended) -> CrossingRow:
    """The gate on a day of May."""
    until = dt.date(2031, 5, 20)
    return passage([SHUT], POSTS, held, WEIGHTS, until.toordinal(), at=dt.date(2031, 5, day), ended=ended)[0]


def gone(party: str) -> dt.date | None:
    return dt.date(2031, 4, 30) if party == CROWN else None


def lasts(party: str) -> dt.date | None:
    return None


@pytest.mark.parametrize(
    ("day", "ended", "holder", "instead", "words"),
    [
        (2, lasts, None, "Crown of Varn", "XA Osterby: unknown (presumably Crown of Varn) | "),
        (2, gone, None, None, "XA Osterby: unknown | "),
        (9, gone, "Lake League", None, "XA Osterby: Lake League | "),
    ],
)
def test_presumed_holder_is_no_holder(
    day: int, ended: Ended, holder: str | None, instead: str | None, words: str
) -> None:
    row = on(day, presumed(), ended)
    assert (row.post_a_holder, row.post_a_presumed) == (holder, instead)
    assert (row.post_b_holder, row.post_b_presumed) == (None, "Republic of Sund")
    (table,) = terminal.crossings([row])
    assert isinstance(table, terminal.Table)
    assert table.rows[0][1] == words + "XB Westerby: unknown (presumably Republic of Sund)"


def test_holder_that_was_told_of_but_is_gone_holds_nothing() -> None:
    told = [replace(row, status="held") for row in presumed()]
    assert (on(2, told, lasts).post_a_holder, on(2, told, gone).post_a_holder) == ("Crown of Varn", None)


def test_post_of_which_nothing_is_told_is_presumed_to_be_the_governments() -> None:
    row = on(2, [], lasts)
    assert (row.post_a_holder, row.post_a_presumed) == (None, "Crown of Varn")


def test_shipped_rules_know_which_party_is_gone() -> None:
    ended = shipped_rules().ended
    last = ended("afghanistan-republic")
    assert last is not None
    assert gone_by(ended, "afghanistan-republic", last) is None
    assert gone_by(ended, "afghanistan-republic", last + dt.timedelta(days=1)) == last
    assert gone_by(ended, None, last) is None
