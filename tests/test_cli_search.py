"""marchland search: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "ledger"))
from reports import MONDAY, WAR, put

from marchland.cli import main
from marchland.ledger.store import Ledger


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "war.db"
    with Ledger.open(path) as ledger:
        put(ledger, *WAR, now=MONDAY)
    return path


def search(file: Path, *arguments: str) -> int:
    return main(["search", *arguments, "--ledger", str(file)])


def test_places_claims_and_reports_are_told_with_the_words_marked(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search(file, "osterby") == 0
    told = capsys.readouterr().out
    assert "- Osterby (town, Northmark, XA), x:osterby, 3 claims" in told
    assert "- The Lake League took [found: Osterby] on 3 May, residents of Beta said." in told
    assert "asserts, captures, Lake League, Osterby, 3 May 2031" in told


def test_options_narrow(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(file, "took", "--place", "Holmen", "--party", "the League", "--kind", "claim", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["row"]["place_id"] for one in told["claims"]} == {"x:holmen"}
    assert told["articles"] == []
    assert search(file, "took", "--known-at", "2031-05-03") == 1


def test_nothing_found_ends_with_1_and_a_spelling(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(file, "sandvikk", "--kind", "claim") == 1
    told = capsys.readouterr()
    assert told.out.strip() == ""
    assert 'did you mean: "sandvik" finds' in told.err
    assert "nothing found" in told.err


def test_a_party_that_is_not_on_record_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(file, "took", "--party", "Lake Leage") == 1
    assert "did you mean Lake League (x:lake-league)?" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--from", "soon"], ["--country", "XAX"], ["--kind", "poem"], ["--limit", "0"]])
def test_misuse_ends_with_2(file: Path, wrong: list[str]) -> None:
    assert search(file, "took", *wrong) == 2
