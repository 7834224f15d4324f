"""The day asked about where none is given."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from marchland.cli import main
from marchland.ledger.store import Ledger
from test_cli_review import ROW, article

UNDATED = replace(ROW, claim_id="e5e5e5e5", article_id="a5", page_id="p5", witness_id="w5", published=None,
                  date_from=None, date_to=None)  # fmt: skip
READ = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(("dated", "day"), [(True, "2021-05-04"), (False, "2026-07-01")])
def test_default_day_is_the_last_of_publication_where_there_is_one(
    dated: bool, day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "marsh.db"
    with Ledger.open(path) as record:
        record.add(replace(article(ROW), article_id="a5", page_id="p5", published=None), [UNDATED], now=READ)
        if dated:
            record.add(article(ROW), [ROW], now=READ)
    for given in ((), ("--at", day)):
        assert main(["who", "Reedham", *given, "--ledger", str(path)]) == 0
    first, second = capsys.readouterr().out.strip().split("Reedham")[1:]
    assert first.strip() == second.strip()
