"""The demo's record against what a correct ledger of its reports must hold, and against the README."""

import csv
import datetime as dt
import json
import math
import re
import unicodedata
from difflib import SequenceMatcher
from importlib import resources
from pathlib import Path

import pytest

from marchland.cli import main
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.sureness import log_odds
from marchland.views import explain, paper

README = Path(__file__).parents[2] / "README.md"
FOUND = 0.8
"""Share of the expected changes that must be found; BENCHMARKS.md gives the figure reached."""


@pytest.fixture(scope="module")
def holdings(demo):
    with Ledger.open(demo / "ledger.db") as ledger:
        return query.holdings(ledger)


def expected(must):
    text = (resources.files("marchland.demo") / "expected.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return [row for row in rows if row["must"] == must and row["event"] in ("captures", "recaptures")]


def plain(name):
    folded = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())


def alike(one, other):
    return SequenceMatcher(None, plain(one), plain(other)).ratio() > 0.8


def held(row, holdings):
    """Whether the record has this change of holder, within the days allowed."""
    wanted, slack = dt.date.fromisoformat(row["date"]), int(row["tolerance_days"] or 0)
    return any(
        holding.from_
        and abs((dt.date.fromisoformat(holding.from_) - wanted).days) <= slack
        and any(alike(row["place"], name) for name in (holding.place_name, *holding.place_aliases))
        and any(alike(row["holder"], name) for name in (holding.holder_name or "", *holding.holder_aliases))
        for holding in holdings
    )


def test_most_expected_changes_are_found(holdings):
    rows = expected("yes")
    found = [row for row in rows if held(row, holdings)]
    assert len(found) / len(rows) >= FOUND, [row["place"] for row in rows if row not in found]


def test_the_dari_page_is_named_as_skipped(tmp_path, capsys):
    assert main(["demo", "--out", str(tmp_path)]) == 0
    assert re.search(r"dari.*only English is read", capsys.readouterr().out)


def test_reading_the_same_reports_twice_adds_nothing(demo, capsys):
    with Ledger.open(demo / "ledger.db") as ledger:
        before = ledger.claims()
    main(["demo", "--out", str(demo)])
    with Ledger.open(demo / "ledger.db") as ledger:
        assert ledger.claims() == before


def test_every_claim_can_be_explained(demo):
    with Ledger.open(demo / "ledger.db") as ledger:
        articles = {one.article_id: one for one in ledger.articles()}
        for row in ledger.claims():
            card = explain.frame_card(row.frame)
            one = explain.explanation(row, articles[row.article_id], ledger.trace(row.claim_id), card)
            assert card.example, f"no example of {row.frame}"
            assert json.loads(explain.as_json(one))["claim"]["claim_id"] == row.claim_id
            assert log_odds(one.sure) == pytest.approx(math.log(row.reading / (1 - row.reading)), abs=0.01)
            assert any(line.startswith("event ") for line in paper.plain(explain.blocks(one)))


PAGES = (README, README.parent / "docs" / "asking.md")
COMMANDS = [
    "demo", "copies", "skipped", "explain 13c9be72", "counts", "diff --known-at 2021-07-08 --known-at 2021-07-10",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_the_pages_show_what_a_command_prints(command, demo, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    main(["demo"] if command == "demo" else [*command.split(), "--ledger", str(demo / "ledger.db")])
    printed = [re.sub(r"\s+", " ", line).strip() for line in capsys.readouterr().out.splitlines()]
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    block = re.search(rf"<!-- output: {command} -->\n```text\n(.*?)```", text, re.DOTALL)
    assert block, f"no page has a block of what {command} prints"
    shown = [re.sub(r"\s+", " ", line).strip() for line in block.group(1).splitlines()]
    lines = [line for line in shown if line and line != "…"]
    assert lines
    at = 0
    for line in lines:
        assert line in printed[at:], f"{command} does not print: {line}"
        at = printed.index(line, at) + 1
