"""For whom a crossing was closed or opened, by the words after the verb."""

from __future__ import annotations

import pytest
from histories import WEIGHTS
from war import claim

from marchland.ledger.passage import Posts, lane_of, to_whom

POSTS = Posts("XA", "Osterby", "XB", "Westerby")


@pytest.mark.parametrize(
    ("frame", "sentence", "kind"),
    [
        ("reopen", "Sund reopened the Osterby border post to trade on Thursday, a clerk said.", "trade"),
        ("reopen", "Osterby reopens to freight", "trade"),
        ("reopen", "Sund reopened the gate for humanitarian aid.", "aid"),
        ("close", "Sund closed the Osterby gate to all travellers.", "travellers"),
        ("close-side", "Sund closed the Osterby side to trade the same afternoon.", "trade"),
        ("close", "Sund closed the gate on Monday to aid trucks.", "aid"),
        ("close", "Sund closed the gate to lorries and tankers.", "trade"),
        ("close", "Sund closed the gate to people and goods, he said.", "all"),
        ("close", "Sund closed the gate to trade and everything else.", "all"),
        ("close", "Sund closed the Osterby gate on Thursday.", "all"),
        ("close", "Sund closed the gate to aid the wounded.", "all"),
        ("close", "Sund closed the gate to stop trade.", "all"),
        ("close", "Sund closed the gate, a blow to trade.", "all"),
        ("close", "Sund closed the gate and promised help for traders.", "all"),
        ("close", "The gate reopened to freight on Thursday, five days after it was closed.", "all"),
        ("reopen", "The gate reopened to freight on Thursday, five days after it was closed.", "trade"),
        ("closed-adj", "The gate is closed to travellers but open to trade.", "travellers"),
        ("open-adj", "The gate is closed to travellers but open to trade.", "trade"),
        ("n-closure", "The closure of the Osterby gate to trade went on.", "trade"),
        ("close", "Sund closed one gate to trade, and closed another.", "all"),
    ],
)
def test_traffic_that_the_sentence_names(frame: str, sentence: str, kind: str) -> None:
    row = claim(event="closes", place_kind="crossing", frame=frame, sentence=sentence, quantity=None)
    assert to_whom(row, WEIGHTS.words) == kind
    assert lane_of(row, POSTS, WEIGHTS.words) == ("both", kind)
