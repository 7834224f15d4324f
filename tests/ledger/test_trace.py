"""How a claim came about is kept beside it, and never changed."""

import datetime as dt
import math
import sqlite3

import pytest

from marchland.ledger.store import Ledger
from marchland.locate import trace
from marchland.records import Article, Interval, Part
from marchland.sureness import counted

TEXT = "Rebels of the Marsh Front seized the town of Goma on Monday, residents said."


@pytest.fixture(scope="module")
def article():
    return Article("a1", "p1", 0, TEXT, (Part("body", 0, len(TEXT)),), None, "The Test Gazette", "test",
                   Interval.of_days(dt.date(2021, 7, 9)), "test", "en")  # fmt: skip


@pytest.fixture(scope="module")
def found(coder, article):
    made = trace(coder.read(article), coder.gazetteer)
    assert made
    return made


def test_the_ledger_gives_back_what_was_read(article, found):
    with Ledger.open(":memory:") as ledger:
        assert ledger.add(article, found) == len(found)
        for one in found:
            assert ledger.trace(one.row.claim_id) == (one.claim, one.resolved)
            assert ledger.claims_like(one.row.claim_id[:9]) == (one.row,)
        assert ledger.article("a1") == article


def test_a_row_alone_leaves_nothing_to_explain(article, found):
    with Ledger.open(":memory:") as ledger:
        ledger.add(article, [one.row for one in found])
        assert ledger.trace(found[0].row.claim_id) is None


def test_what_was_kept_is_never_changed(article, found, tmp_path):
    with Ledger.open(tmp_path / "l.db") as ledger:
        ledger.add(article, found)
    with sqlite3.connect(tmp_path / "l.db") as other, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        other.execute("UPDATE claim_trace SET record = x'00'")


def test_the_rows_of_sureness_add_up_to_what_the_row_says(found):
    for one in found:
        weights = counted(one.claim.reasons)
        assert len(weights) > 1
        assert one.row.reading == one.claim.reading == pytest.approx(1 / (1 + math.exp(-sum(weights))), abs=1e-4)
