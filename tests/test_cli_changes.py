"""The commands that compare two moments of the record."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from marchland.cli import main
from marchland.ledger.store import Ledger
from marchland.records import Interval
from test_cli_review import ROW, SENTENCE, article

BACK = replace(
    ROW, claim_id="f4f4f4f4", article_id="a4", page_id="p4", witness_id="w4", publisher="Eel Times",
    source_name="Eel Times", event="recaptures", actor_id="x:nor", actor_name="Norland", actor_side="x:nor",
    opponent_id="x:fmf", opponent_name="Free Marsh Front", opponent_side="x:fmf", published="2021-06-02",
    date_from="2021-06-01", date_to="2021-06-01", date_edtf="2021-06-01", sentence="Norland took Reedham\x1b[2J back.",
)  # fmt: skip
DAYS = ("--known-at", "2021-05-10", "--known-at", "2021-06-10")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "marsh.db"
    with Ledger.open(path) as record:
        record.add(article(ROW), [ROW], now=dt.datetime(2021, 7, 1, tzinfo=dt.UTC))
        record.add(replace(article(BACK), text=BACK.sentence), [BACK], now=dt.datetime(2021, 7, 1, tzinfo=dt.UTC))
    return path


def marchland(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def test_diff_tells_what_was_what_is_and_which_sentence_did_it(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marchland("diff", *DAYS, "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert (
        "What changed from what was known on 10 May 2021 to what was known on 10 Jun 2021: 1 change at 1 place" in out
    )
    assert "- held by Norland since 1 Jun 2021" in out and "was: held by Free Marsh Front since 3 May 2021" in out
    assert "claim f4f4f4f4, Eel Times: “Norland took Reedham[2J back.”" in out
    assert "\x1b" not in out


def test_diff_as_json_and_as_export_are_the_same_rows(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("diff", *DAYS, "--json", "--ledger", ledger) == 0
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    span = ("--since", "2021-05-10", "--known-at", "2021-06-10")
    assert marchland("export", "changes", *span, "--ledger", ledger) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [told]
    assert (told["change"], told["before_holder_id"], told["after_holder_id"]) == ("holder", "x:fmf", "x:nor")
    assert told["because"][0]["claim_id"] == "f4f4f4f4"
    assert marchland("export", "changes", *span, "--format", "csv", "--ledger", ledger) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["because"].startswith("new report, 2021-06-02, Eel Times: Norland took Reedham")
    assert marchland("export", "changes", *span, "--format", "geojson", "--ledger", ledger) == 0
    (feature,) = json.loads(capsys.readouterr().out)["features"]
    assert feature["id"] == told["change_id"]


def test_diff_of_one_day_up_to_now(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("diff", "Reedham", "--known-at", "2021-05-10", "--at", "2021-06-05", "--ledger", ledger) == 0
    assert "to all on record, of 5 Jun 2021: 1 change" in capsys.readouterr().out
    assert marchland("diff", "--known-at", "2021-06-10", "--at", "2021-06-05", "--ledger", ledger) == 0
    assert capsys.readouterr().out.endswith("nothing changed\n")


def test_brief_goes_on_from_the_last_one_unless_it_only_peeks(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("brief", "--peek", "--ledger", ledger) == 0
    first = capsys.readouterr()
    assert first.out.startswith("The first brief: ") and "recorded" not in first.err
    assert marchland("brief", "--ledger", ledger) == 0
    again = capsys.readouterr()
    assert again.out == first.out and "recorded" in again.err
    assert marchland("brief", "--last", "--ledger", ledger) == 0
    assert capsys.readouterr().out.endswith("UTC: nothing changed\n")
    late = replace(ROW, claim_id="late", article_id="late", place_id="x:norwick", place_name="Norwick", place="Norwick")
    with Ledger.open(ledger) as record:
        record.add(article(late), [late])
    assert marchland("brief", "--ledger", ledger) == 0
    assert "Norwick" in capsys.readouterr().out
    assert marchland("brief", "--list", "--ledger", ledger) == 0
    assert capsys.readouterr().out.startswith("3 briefs")


def test_brief_on_some_places_is_not_recorded(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("brief", "Reedham", "--ledger", ledger) == 0
    assert "not recorded" in capsys.readouterr().err
    assert marchland("brief", "--list", "--ledger", ledger) == 0
    assert capsys.readouterr().out == "0 briefs\n"


def test_brief_since_a_day_is_what_has_become_known_since(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("brief", "--since", "2021-05-10", "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert out.startswith("What changed since 10 May 2021: 1 change") and "Norland" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("diff",), "give two days of knowledge"),
        (("diff", "--known-at", "Tuesday"), "wants a day"),
        (("diff", "--known-at", "2021-06-10", "--known-at", "2021-05-10"), "the earlier one comes first"),
        (("diff", "--known-at", "2021-01-01", "--notable", "7"), "between 0 and 1"),
        (("diff", "--known-at", "2021-01-01", "--country", "Freedonia"), "two letters"),
        (("brief", "--since", "2021-01-01", "--last"), "either --since DAY or --last"),
        (("export", "changes"), "marchland export changes --since"),
        (("export", "claims", "--since", "2021-01-01"), "marchland export changes --since"),
        (("export", "changes", "--since", "2021-06-10", "--known-at", "2021-05-10"), "is after --known-at"),
    ],
)
def test_misuse_says_what_to_do(
    arguments: tuple[str, ...], words: str, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marchland(*arguments, "--ledger", ledger) == 2
    assert words in capsys.readouterr().err


# --------------------------------------------------------------------------------------------- both clocks elsewhere


def test_timeline_and_exports_of_what_had_happened_by_a_day(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("timeline", "--at", "2021-05-31", "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert "captures" in out and "recaptures" not in out
    for kind in ("claims", "events"):
        assert marchland("export", kind, "--at", "2021-05-31", "--ledger", ledger) == 0
        assert len(capsys.readouterr().out.splitlines()) == 1
        assert marchland("export", kind, "--known-at", "2021-05-10", "--ledger", ledger) == 0
        assert len(capsys.readouterr().out.splitlines()) == 1


def test_timeline_says_which_claims_are_dated_after_their_report(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    early = replace(ROW, claim_id="early000", article_id="early", published="2021-05-04", date_from="2021-05-20",
                    date_to="2021-05-20", tense="present")  # fmt: skip
    with Ledger.open(ledger) as record:
        record.add(article(early), [early])
    assert marchland("timeline", "--ledger", ledger) == 0
    assert "left out: 1 claim dated after the report of it (early000)" in capsys.readouterr().out


def test_copies_and_versions_take_a_day_of_knowledge(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://news.example/gate"
    texts = [(f"{SENTENCE} {'It rained on the dyke and the ferry was late. ' * 4}Page {day}.", day) for day in (4, 9)]
    with Ledger.open(ledger) as record:
        for text, day in texts:
            page = replace(article(ROW), article_id=f"v{day}", text=text, url=url, canonical_url=url,
                           fetched=f"2021-05-0{day}T10:00:00Z",
                           published=Interval.of_days(dt.date(2021, 5, day)))  # fmt: skip
            record.add(page, [])
            record.link(page)
    for command, words in (("versions", "1 change of 1 page"), ("copies", "2 articles in 1 group")):
        assert marchland(command, "--ledger", ledger) == 0
        assert words in capsys.readouterr().out
        assert marchland(command, "--known-at", "2021-05-08", "--ledger", ledger) == 0
        assert capsys.readouterr().out.startswith("0 ")


def test_place_whose_only_claim_was_taken_back_is_still_known(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lone = replace(ROW, claim_id="lone0000", article_id="lone", place_id="x:norwick", place_name="Norwick",
                   place="Norwick", place_aliases=())  # fmt: skip
    with Ledger.open(ledger) as record:
        record.add(article(lone), [lone])
    assert marchland("review", "reject", "lone", "--by", "A", "--because", "b", "--ledger", ledger) == 0
    capsys.readouterr()
    assert marchland("why", "Norwick", "--ledger", ledger) == 0
    assert "rejected by A: b" in capsys.readouterr().out
