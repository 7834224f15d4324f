"""A review of a claim says which copies it reaches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from marchland.events.bases import SharedWords
from marchland.ledger.review import copies_of
from marchland.ledger.store import Ledger
from test_cli_review import NEAR, ROW, SENTENCE, WHO, article, marchland


def test_copies_have_the_same_words_deed_and_place() -> None:
    copy = replace(ROW, claim_id="aaaa", article_id="a9", start=40, end=40 + len(SENTENCE))
    denied = replace(copy, claim_id="bbbb", stance="denies")
    shared = SharedWords({"a1": 1, "a9": 2}, {(2, 40): (1, 0)}, {}, {})
    assert copies_of(ROW, (ROW, copy, denied), shared) == (copy,)


def test_a_claim_without_copies_is_rejected_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "marsh.db"
    with Ledger.open(path) as record:
        for row in (ROW, NEAR):
            record.add(article(row), [row])
    assert marchland("review", "reject", "c1c1", *WHO, "--ledger", path) == 0
    assert "copies" not in capsys.readouterr().out
