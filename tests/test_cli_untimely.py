"""Claims that are dated after their report: named by the timeline under its filters, and explained."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from marchland.cli import main
from marchland.ledger.store import Ledger
from test_cli_review import ROW, article

EARLY = replace(ROW, claim_id="early000", article_id="early", page_id="p8", published="2021-05-04",
                date_from="2021-05-20", date_to="2021-05-22", tense="present")  # fmt: skip
WHY = "it is dated 2021-05-20 to 2021-05-22, after its report of 2021-05-04"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "marsh.db"
    with Ledger.open(path) as record:
        record.add(article(ROW), [ROW])
        record.add(article(EARLY), [EARLY])
    return path


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ((), True),
        (("--actor", "marsh front"), True),
        (("--actor", "Norland"), False),
        (("--country", "uz"), True),
        (("--at", "2021-05-10"), False),
        (("--at", "2021-05-22"), True),
    ],
)
def test_timeline_names_those_that_it_was_asked_for(
    asked: tuple[str, ...], named: bool, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["timeline", *asked, "--ledger", str(ledger)]) == 0
    assert ("early000" in capsys.readouterr().out) is named


def test_explain_says_why_a_claim_is_in_no_event(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "early000", "--ledger", str(ledger)]) == 0
    assert f"in no event, and moves no holder: {WHY}" in capsys.readouterr().out
    assert main(["explain", "early000", "--json", "--ledger", str(ledger)]) == 0
    assert json.loads(capsys.readouterr().out)["claim"]["event_reason"].startswith(WHY)
    assert main(["explain", ROW.claim_id, "--ledger", str(ledger)]) == 0
    assert "in no event" not in capsys.readouterr().out
