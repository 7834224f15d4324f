"""The commands by which people correct the record."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from marchland.cli import main
from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow, Interval

SENTENCE = "The Front took Reedham on Tuesday, a mayor said."
ROW = ClaimRow(
    claim_id="c1c1c1c1", page_id="p1", article_id="a1", url="https://news.example/1", publisher="Marsh Courier",
    published="2021-05-04", published_how="printed date", sentence=SENTENCE, start=0, end=len(SENTENCE),
    event="captures", stance="asserts", actor="The Front", actor_id="x:fmf", actor_name="Free Marsh Front",
    actor_aliases=("FMF",), actor_side="x:fmf", opponent_id="x:nor", opponent_name="Norland", opponent_side="x:nor",
    place="Reedham", place_id="x:reedham", place_name="Reedham", place_aliases=("Reedham", "Redham"),
    place_kind="town", country="UZ", admin1="Fenshire", lat=38.0, lon=66.0, place_reason="only one", place_part="",
    source="publisher", source_name="Marsh Courier", source_class="publisher", source_side="",
    date_text="on Tuesday", date_from="2021-05-03", date_to="2021-05-03", date_edtf="2021-05-03",
    date_how="weekday before publication", quantity=None, witness_id="w1", frame="take", reading=0.9, tense="past",
)  # fmt: skip
SECOND = replace(ROW, claim_id="d2d2d2d2", article_id="a2", page_id="p2", publisher="Eel Times", witness_id="w2",
                 source_name="Eel Times", date_from="2021-08-01", date_to="2021-08-01",
                 published="2021-08-02")  # fmt: skip
NEAR = replace(ROW, claim_id="e3e3e3e3", article_id="a3", page_id="p3", witness_id="w3", place="Norwick",
               place_id="x:norwick", place_name="Norwick", place_aliases=("Norwick",))  # fmt: skip
WHO = ("--by", "Ada Berg", "--because", "read the page")


def article(row: ClaimRow) -> Article:
    day = dt.date.fromisoformat(row.published or "")
    return Article(
        article_id=row.article_id, page_id=row.page_id, number=0, text=SENTENCE, parts=(), url=row.url,
        publisher=row.publisher, publisher_how="byline", published=Interval.of_days(day), published_how="printed date",
        language="en",
    )  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "marsh.db"
    with Ledger.open(path) as record:
        for row in (ROW, SECOND, NEAR):
            record.add(article(row), [row])
    return path


def marchland(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def test_rejected_claim_is_out_of_why_and_shown_as_taken_back(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("review", "reject", "c1c1", *WHO, "--ledger", ledger) == 0
    assert "reject claim c1c1c1c1" in capsys.readouterr().out
    assert marchland("why", "Reedham", "--at", "2021-05-04", "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert "taken back" in out and "rejected by Ada Berg: read the page" in out
    assert marchland("explain", "c1c1", "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert "counts no longer" in out and "Ada Berg" in out


def test_accepted_holder_is_a_row_with_name_and_reason(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = ("--place", "Reedham", "--holder", "Norland", "--day", "2021-06-01")
    assert marchland("review", "accept", *held, *WHO, "--ledger", ledger) == 0
    assert "Reedham: controls, Norland, 2021-06-01" in capsys.readouterr().out
    assert marchland("who", "Reedham", "--at", "2021-06-01", "--ledger", ledger) == 0
    assert "held by Norland" in capsys.readouterr().out
    assert marchland("who", "Reedham", "--at", "2021-06-01", "--known-at", "2021-06-30", "--ledger", ledger) == 0
    assert "Free Marsh Front" in capsys.readouterr().out
    assert marchland("why", "Reedham", "--at", "2021-06-01", "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert "Ada Berg" in out and "read the page" in out
    assert marchland("why", "Reedham", "--ledger", ledger) == 0
    assert "on 2 Aug 2021: " in capsys.readouterr().out.splitlines()[0]


def test_corrected_claim_is_found_under_both_ids(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        marchland("review", "correct", "c1c1", "--place", "Norwick", "--day", "2021-05-01", *WHO, "--ledger", ledger)
        == 0
    )
    assert "correct: place Norwick, date_from 2021-05-01" in capsys.readouterr().out
    assert marchland("export", "claims", "--ledger", ledger) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (moved,) = [row for row in rows if row["date_from"] == "2021-05-01"]
    assert (moved["place_name"], moved["lat"]) == ("Norwick", 38.0)
    for claim_id in ("c1c1", moved["claim_id"]):
        assert marchland("explain", claim_id, "--ledger", ledger) == 0
        assert f"as reviewed it is claim {moved['claim_id']}" in capsys.readouterr().out


def test_merge_and_split(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def events() -> int:
        capsys.readouterr()
        assert marchland("export", "events", "--ledger", ledger) == 0
        return sum("x:reedham" in line for line in capsys.readouterr().out.splitlines())

    assert events() == 2
    assert marchland("review", "merge", "c1c1", "d2d2", *WHO, "--ledger", ledger) == 0
    assert events() == 1
    assert marchland("review", "list", "--json", "--ledger", ledger) == 0
    merged = json.loads(capsys.readouterr().out)
    assert marchland("review", "withdraw", merged["review_id"][:10], *WHO, "--ledger", ledger) == 0
    assert events() == 2


def test_list_shows_what_was_withdrawn(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    marchland("review", "reject", "c1c1", *WHO, "--ledger", ledger)
    review = capsys.readouterr().out.split()[0]
    marchland("review", "withdraw", review, "--by", "Bo Dahl", "--because", "hasty", "--ledger", ledger)
    marchland("review", "reject", "e3e3", *WHO, "--ledger", ledger)
    capsys.readouterr()
    assert marchland("review", "list", "Reedham", "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 reviews, 1 withdrawn") and "hasty" in out
    assert marchland("review", "list", "--known-at", "2021-09-01", "--ledger", ledger) == 0
    assert capsys.readouterr().out == "0 reviews\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("accept", "c1c1", "--by", "A"), "because"),
        (("accept", "c1c1", "--by", " ", "--because", "x"), "a name and a reason"),
        (("accept", *WHO), "either a claim, or"),
        (("accept", "c1c1", "--place", "Reedham", *WHO), "either a claim, or"),
        (("accept", "--place", "Reedham", *WHO), "wants all three"),
        (("reject", "nonsense", *WHO), 'no claim on record has an id that begins with "nonsense"'),
        (("reject", "", *WHO), "no claim on record"),
        (("correct", "c1c1", *WHO), "nothing is corrected"),
        (("correct", "c1c1", "--event", "conquers", *WHO), "no event is called"),
        (("correct", "c1c1", "--actor", "Nobody Known At All", *WHO), "no party is called"),
        (("correct", "c1c1", "--day", "Tuesday", *WHO), "wants a day"),
        (("correct", "c1c1", "--from", "2021-05-01", *WHO), "--to beside it"),
        (("merge", "c1c1", *WHO), "two claims or more"),
        (("merge", "c1c1", "e3e3", *WHO), "two places"),
        (("withdraw", "nonsense", *WHO), "no review on record"),
        (("accept", "--place", "Reedham", "--holder", "Norland", "--day", "2999-01-01", *WHO), "has not come yet"),
    ],
)
def test_misuse_says_what_to_do_and_keeps_nothing(
    arguments: tuple[str, ...], words: str, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marchland("review", *arguments, "--ledger", ledger) == 2
    assert words in capsys.readouterr().err
    with Ledger.open(ledger) as record:
        assert record.door.reviews() == ()


def test_hostile_words_of_a_reviewer_do_no_harm(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        marchland("review", "reject", "c1c1", "--by", "\x1b[2JAda", "--because", "=cmd\x07|'", "--ledger", ledger) == 0
    )
    assert marchland("review", "list", "--ledger", ledger) == 0
    assert marchland("review", "list", "--json", "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\x07" not in out


def test_the_queue_names_what_is_worth_a_look(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("review", "queue", "--ledger", ledger) == 0
    shown = capsys.readouterr().out
    assert "claims worth a look" in shown or "claim worth a look" in shown
    assert "Norwick" in shown
    assert marchland("review", "queue", "Norwick", "--json", "--ledger", ledger) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert told["claim_id"] == "e3e3e3e3"
    assert told["exact"]
    assert marchland("review", "accept", "e3e3", *WHO, "--ledger", ledger) == 0
    capsys.readouterr()
    assert marchland("review", "queue", "Norwick", "--ledger", ledger) == 0
    assert "0 claims worth a look" in capsys.readouterr().out
