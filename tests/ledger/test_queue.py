"""The review queue by itself: order by effect times doubt, kinds of doubt, and what is done again after a review."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reports import WAR, put
from war import CROWN, claim

from marchland.events.weights import load_weights
from marchland.ledger import query
from marchland.ledger.doubts import Facts, doubts
from marchland.ledger.judging import Asked, keep, withdraw
from marchland.ledger.queue import items, likely_effect, ordered
from marchland.ledger.queue_book import QueueBook, without_one
from marchland.ledger.store import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "war.db") as made:
        put(made, *WAR)
        yield made


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"reading": 0.5}, "reading"),
        ({"stance": "hedges"}, "hedged"),
        ({"date_from": None, "date_to": None}, "dates"),
        ({"date_from": "2031-04-01", "date_to": "2031-05-01"}, "dates"),
        ({"source": "two men", "source_class": "anonymous"}, "speaker"),
        ({"source": "an envoy", "source_side": "x:lake-league"}, "speaker"),
        ({"place_id": None, "place_reason": "no such place"}, "left-out"),
        ({"stance": "plans"}, "left-out"),
        ({"place_precision": "region"}, "roughly"),
    ],
)
def test_each_kind_of_doubt_has_its_rule(changes: dict[str, Any], kind: str) -> None:
    assert kind in {one.kind for one in doubts(Facts(claim(**changes)))}


def test_a_plain_claim_raises_no_doubt() -> None:
    assert doubts(Facts(claim())) == ()


def test_a_claim_that_nobody_else_makes_weighs_more_than_one_of_many() -> None:
    weights = load_weights()
    row = claim()
    with Ledger.open(":memory:") as record:
        put(record, WAR[2])
        (lone, *_) = query.holdings(record)
    many = dataclasses.replace(lone, witnesses=6, probability=0.99)
    effects = [likely_effect(row, [lean], weights) for lean in (_bears_out(lone), _bears_out(many))]
    assert effects[0] > effects[1]


def _bears_out(holding: Any) -> Any:
    from marchland.ledger.doubts import Leaning  # noqa: PLC0415

    return Leaning(holding, bears_out=True)


def test_copies_are_one_item() -> None:
    rows = [claim(by=name, witness_id="w1") for name in ("Alpha", "Beta")]
    found = items(rows, None, load_weights())
    assert [len(one.claims) for one in found] == [2]
    assert found[0].outlets == ("Alpha", "Beta")


def test_the_order_of_the_claims_changes_nothing(ledger: Ledger) -> None:
    rows, held, weights = ledger.claims(), query.holdings(ledger), load_weights()
    assert ordered(items(rows, held, weights)) == ordered(items(rows[::-1], held, weights))


def test_the_effect_is_what_the_record_would_be_without_the_claim(ledger: Ledger) -> None:
    last = ledger.last_day()
    assert last is not None
    row = next(one for one in ledger.claims("x:vesterby"))
    effect = without_one(ledger, "x:vesterby", last).effect(row, [row.claim_id])
    assert effect.exact
    assert effect.moved[-1].before.status == query.who(ledger, "x:vesterby").status
    assert effect.moved[-1].after.status == "unknown"


def test_a_queue_made_again_is_the_one_made_from_nothing(ledger: Ledger) -> None:
    book = QueueBook()
    before = book.newest(ledger)
    foremost = before[0].row.claim_id
    kept = keep(ledger, Asked("reject", (foremost,), "Ada", "misread"))
    after = book.newest(ledger)
    assert foremost not in {one.row.claim_id for one in after}
    assert after == QueueBook().newest(ledger)
    withdraw(ledger, kept.review.review_id, by="Ada")
    assert book.newest(ledger) == before


def test_a_question_to_a_supposed_ledger_keeps_nothing(ledger: Ledger) -> None:
    from marchland.ledger.judging import drafted  # noqa: PLC0415

    row = ledger.claims("x:vesterby")[0]
    before = query.who(ledger, "x:vesterby")
    supposed = ledger.supposing(drafted(ledger, Asked("reject", (row.claim_id,), "Ada", "misread")))
    assert query.who(supposed, "x:vesterby").status == "unknown"
    assert [one.place_id for one in query.holdings(supposed)].count("x:vesterby") == 0
    assert query.who(ledger, "x:vesterby") == before
    with Ledger.open(ledger.database.name) as other:
        assert query.who(other, "x:vesterby") == before
        assert other.door.reviews() == ()


def test_a_claim_against_the_record_is_doubtful() -> None:
    with Ledger.open(":memory:") as record:
        put(record, *WAR)
        held = next(one for one in query.holdings(record) if one.place_id == "x:osterby")
    row = claim(by_side=CROWN, stance="denies")
    against = dataclasses.replace(held, contradicted_by=(row.claim_id,))
    (found,) = items([row], [against], load_weights())
    assert "contradicted" in {one.kind for one in found.doubts}
