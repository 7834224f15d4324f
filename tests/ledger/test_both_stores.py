"""What was taken back, reviews, comparisons and briefs: the same in SQLite and in PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from test_taken_back import FIRST, RETRACTED, SECOND, Page
from war import LEAGUE

from marchland.ledger import brief
from marchland.ledger.compare import Wanted, changes, moment
from marchland.ledger.review import as_claim, holder_row, made_review
from marchland.ledger.store import Ledger

MADE = "2031-05-20T10:00:00+00:00"
STAMP = dt.datetime(2031, 6, 1, tzinfo=dt.UTC)


def told(ledger: Ledger, pages: Iterable[Page]) -> tuple[object, ...]:
    """What the two clocks say of a ledger with some pages, two reviews, an article read again and a brief."""
    for article, rows in pages:
        ledger.add(article, rows, now=STAMP)
        ledger.link(article)
    osterby = FIRST[1][0]
    ledger.reread(FIRST[0], FIRST[1][:1], now=dt.datetime(2031, 6, 2, tzinfo=dt.UTC))
    ledger.add_review(
        made_review("correct", claims=[osterby.claim_id], row=osterby, by="Ada", because="so", made=MADE,
                    changes={"place_id": "x:norwick", "place_name": "Norwick", "lat": 61.5})
    )  # fmt: skip
    bare = holder_row(osterby, side=LEAGUE, name="Lake League", aliases=(), event="controls")
    word = as_claim(bare, day="2031-05-18", by="Bo", because="seen", made=MADE, denies=False)
    ledger.add_review(made_review("accept", row=word, by="Bo", because="seen", made=MADE))
    kept = brief.keep(ledger, moment(ledger).view, name="", made=MADE, since="", changes=0)
    days = (None, "2031-05-04", "2031-05-10", "2031-05-20")
    return (
        [ledger.door.standing(None, day) for day in days], ledger.door.reviews(), ledger.place_ids(),
        ledger.door.days("x:osterby"), kept, brief.as_of(ledger, kept),
        changes(ledger, moment(ledger, known_at=days[1]), moment(ledger), Wanted()),
    )  # fmt: skip


def test_both_stores_tell_the_same(place_for_ledger: str) -> None:
    pages = (FIRST, SECOND, RETRACTED)
    with Ledger.open(":memory:") as memory, Ledger.open(place_for_ledger) as ledger:
        assert told(ledger, pages) == told(memory, pages)
    with Ledger.open(place_for_ledger, create=False) as again:
        assert len(again.door.reviews()) == 2
        assert again.door.standing().aside
