"""Why of a place whose likeliest holder is only presumed: headline, total and prior tell of the same state."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from histories import RULES
from war import CROWN, claim

from marchland.ledger.explain import answer
from marchland.ledger.fuse import PartyRef, PlaceRef
from marchland.records import Answer, ClaimRow
from marchland.views.terminal import PlaceCard
from marchland.views.why import why

TABLE = replace(
    RULES,
    prior=lambda place, day: PartyRef(CROWN, "Crown of Varn"),
    party=lambda side: PartyRef(side, "Crown of Varn") if side == CROWN else None,
)
UNNAMED = replace(claim(), opponent_id=None, opponent_side=None, opponent_name=None)


def asked(row: ClaimRow) -> Answer:
    """The day before the place is taken."""
    return answer([row], PlaceRef.of([row]), TABLE, dt.date(2031, 5, 1), None)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (UNNAMED, "Crown of Varn is assumed to have stood there before the first report"),
        (claim(), "Crown of Varn stood there before the first report"),
    ],
)
def test_prior_is_an_assumption_where_no_claim_tells_of_it(row: ClaimRow, words: str) -> None:
    assert [one.sentence for one in asked(row).rows if one.what == "prior"] == [words]


def test_headline_and_total_speak_of_one_state() -> None:
    found = asked(UNNAMED)
    assert found.status == "unknown"
    head, *_ = blocks = list(why(found, PlaceCard("x:osterby", "Osterby")))
    (table,) = (block for block in blocks if hasattr(block, "footer") and block.footer)
    sure = head.text.rpartition("(")[2].rstrip(")")
    assert f"holder unknown on 1 May 2031; presumed: Crown of Varn ({sure})" in head.text
    assert table.footer[-1] == f"log-odds of Crown of Varn (presumed), that is {sure}"
