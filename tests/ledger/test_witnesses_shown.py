"""`marchland witnesses`: who bears witness to what, and why several claims are one witness."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from histories import article_of, crown_denies
from war import claim

from marchland.cli import main
from marchland.ledger.store import Ledger

SPOKEN = {"source": "Ona Vey", "source_name": "Ona Vey", "source_class": "spokesperson", "source_side": ""}
ROWS = [
    claim("Lake Radio", sentence="Osterby fell on 3 May, Ona Vey said.", **SPOKEN),
    claim("Marsh Courier", sentence="According to Ona Vey the town has fallen.", published="2031-05-05", **SPOKEN),
    claim("Tide Post", sentence="The League is in Osterby.\x1b[31m"),
    claim("Eel Times", sentence="Osterby will be taken.", stance="plans"),
    crown_denies(),
]


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "varn.db"
    with Ledger.open(path) as record:
        for row in ROWS:
            record.add(article_of(row), [row])
            record.link(article_of(row))
    return str(path)


def test_each_witness_is_shown_with_its_claims_and_the_reason(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["witnesses", "Osterby", "--ledger", ledger]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "3 May 2031: captures by Lake League; 2 witnesses, denied by 1 witness" in out
    assert "both quote Ona Vey" in out
    assert "1 claim in no event" in out
    assert "it tells of a plan" in out
    assert "\x1b" not in out


def test_json_has_every_claim_and_link(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["witnesses", "Osterby", "--ledger", ledger, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (event,) = found["events"]
    voices = {one["who"]: one for one in event["witnesses"]}
    assert {who: (len(one["claims"]), one["denies"]) for who, one in voices.items()} == {
        "Ona Vey": (2, False), "Tide Post": (1, False), "Crown spokesman": (1, True),
    }  # fmt: skip
    assert [link["kind"] for link in voices["Ona Vey"]["links"]] == ["said"]
    assert voices["Ona Vey"]["reading"] > max(row.reading for row in ROWS)
    assert [one["why"] for one in found["left_out"]] == ["it tells of a plan"]


def test_witness_ids_of_the_export_agree(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "claims", "--ledger", ledger]) == 0
    exported = {one["claim_id"]: one["witness_id"] for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert main(["witnesses", "Osterby", "--ledger", ledger, "--json"]) == 0
    for event in json.loads(capsys.readouterr().out)["events"]:
        for one in event["witnesses"]:
            assert {exported[claim_id] for claim_id in one["claims"]} == {one["witness_id"]}


def test_known_at_shows_what_was_known_then(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["witnesses", "Osterby", "--ledger", ledger, "--known-at", "2031-05-04", "--json"]) == 0
    (event,) = json.loads(capsys.readouterr().out)["events"]
    assert sorted(len(one["claims"]) for one in event["witnesses"] if not one["denies"]) == [1, 1]


def test_unknown_place_fails_with_a_word(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["witnesses", "Nowhere", "--ledger", ledger]) == 1
    assert "Nowhere" in capsys.readouterr().err
