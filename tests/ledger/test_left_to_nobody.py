"""A place that its holder left to nobody: who tells of it bears it out, and the answer is named for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from histories import article_of, crown_says
from war import CROWN

from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.views import why as view
from marchland.views.paper import Line, Table
from marchland.views.terminal import PlaceCard

LEFT = replace(
    crown_says(event="withdraws_from", by_side=CROWN), opponent_id=None, opponent_side=None, opponent_name=None
)
DAY = "2031-05-04"


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        opened.add(article_of(LEFT), [LEFT])
        yield opened


def test_the_admission_bears_out_that_the_place_is_abandoned(ledger: Ledger) -> None:
    (row,) = query.holdings(ledger, at=DAY)
    assert (row.status, row.holder_id, row.witnesses) == ("abandoned", None, 1)
    assert (row.claims, row.contradicted_by) == ((LEFT.claim_id,), ())
    answer = query.who(ledger, "x:osterby", DAY)
    assert (answer.witnesses, answer.against, answer.last_confirmed) == (1, 0, "2031-05-03")


def test_the_evidence_adds_up_to_abandoned_and_not_to_nobody_known(ledger: Ledger) -> None:
    blocks = list(view.why(query.why(ledger, "x:osterby", DAY), PlaceCard("x:osterby", "Osterby")))
    (table,) = (one for one in blocks if isinstance(one, Table) and one.footer)
    assert table.footer is not None
    assert table.footer[-1].startswith("log-odds of abandoned, that is ")
    assert not any(isinstance(one, Line) and one.text.startswith("second: abandoned") for one in blocks)
