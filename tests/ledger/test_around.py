"""What moves the odds at a place from outside its own claims."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from histories import RULES
from war import CROWN, LEAGUE, claim

from marchland.ledger.around import NOTHING, Around, Hazard, Hint
from marchland.ledger.explain import answer
from marchland.ledger.fuse import PlaceRef, fuse

ROWS = [claim("A", event="controls", by_side=CROWN, on="2031-05-03")]
MAY_20 = dt.date(2031, 5, 20)


def share(around: Around, side: str = LEAGUE) -> float:
    fused = fuse(ROWS, RULES, until=MAY_20, around=around)
    assert fused is not None
    return 1 / (1 + math.exp(-fused.log_odds(side, MAY_20.toordinal())))


def hint(ratio: float) -> Around:
    return Around(hints=(Hint("count", LEAGUE, MAY_20.toordinal(), ratio, "17 of 19 districts fell"),))


def hazard(rate: float) -> Around:
    first = dt.date(2031, 5, 10).toordinal()
    return Around(hazards=(Hazard(LEAGUE, first, first + 5, rate, "the district around it fell"),))


def test_a_hint_moves_the_odds_its_way_by_its_weight() -> None:
    none, weak, strong = share(hint(1.0)), share(hint(5.0)), share(hint(50.0))
    assert none < weak < strong
    assert strong / (1 - strong) == pytest.approx(50 * none / (1 - none), rel=0.01)


def test_a_hazard_makes_an_unreported_change_likelier() -> None:
    assert share(NOTHING) <= share(hazard(0.001)) < share(hazard(0.1)) < share(hazard(0.5))


@pytest.mark.parametrize(("around", "what"), [(hint(20.0), "count"), (hazard(0.2), "hazard")])
def test_each_has_a_row_of_its_own_and_the_rows_add_up(around: Around, what: str) -> None:
    found = answer(ROWS, PlaceRef.of(ROWS), RULES, MAY_20, None, around)
    assert [row.sentence for row in found.rows if row.what == what] == [
        one.sentence for one in (*around.hints, *around.hazards)
    ]
    assert math.log(found.probability / (1 - found.probability)) == pytest.approx(
        sum(row.log_odds for row in found.rows), abs=1e-6
    )


def test_nothing_around_is_nothing() -> None:
    assert share(NOTHING) == share(Around())
