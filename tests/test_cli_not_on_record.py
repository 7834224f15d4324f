"""Questions about what is not on record are told so, with what is nearest; they are not answered with nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from marchland.cli import main
from marchland.ledger.store import Ledger
from test_cli_review import ROW, SECOND, article

COUNTED = replace(
    ROW, claim_id="f4f4f4f4", article_id="a4", page_id="p4", event="controls", place="Fenshire", place_id="x:fenshire",
    place_name="Fenshire", place_aliases=("Fenshire",), place_kind="province", quantity="4 of 6 shires",
    quantity_part=4.0, quantity_whole=6.0, quantity_unit="shires", quantity_kind="places", witness_id="w4",
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "marsh.db"
    with Ledger.open(path) as record:
        for row in (ROW, SECOND, COUNTED):
            record.add(article(row), [row])
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("timeline", "--actor", "Free March Front"), "did you mean Free Marsh Front (x:fmf)?"),
        (("timeline", "--actor", "Zzyqx"), 'no party on record is called "Zzyqx"'),
        (("timeline", "--country", "xx"), "no place on record is in XX; on record are UZ"),
        (("counts", "Reedham"), "no count of smaller places for Reedham"),
        (("counts", "Nowhereton"), 'no report on record names "Nowhereton"'),
    ],
)
def test_what_is_not_on_record_is_told(
    ledger: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert main([*arguments, "--ledger", ledger]) == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("--actor", "marsh front"), ("--actor", "FMF"), ("--country", "uz")])
def test_what_is_on_record_is_answered(
    ledger: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert main(["timeline", *arguments, "--ledger", ledger]) == 0
    assert "Reedham" in capsys.readouterr().out


def test_a_place_with_counts_is_answered(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["counts", "Fenshire", "--ledger", ledger]) == 0
    assert "4 of 6 shires" in capsys.readouterr().out
