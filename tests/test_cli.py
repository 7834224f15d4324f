"""The command line: what goes to which stream, and how it ends."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from marchland.cli import main
from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow, Interval

SENTENCE = "The Front took Reedham on Tuesday, a mayor said."
ARTICLE = Article(
    article_id="a1", page_id="p1", number=0, text=SENTENCE, parts=(), url="https://news.example/1",
    publisher="Marsh Courier", publisher_how="byline", published=Interval.of_days(dt.date(2031, 5, 4)),
    published_how="printed date", language="en",
)  # fmt: skip
ROW = ClaimRow(
    claim_id="c1", page_id="p1", article_id="a1", url="https://news.example/1", publisher="Marsh Courier",
    published="2031-05-04", published_how="printed date", sentence=SENTENCE, start=0, end=len(SENTENCE),
    event="captures", stance="asserts", actor="The Front", actor_id="x:fmf", actor_name="Free Marsh Front",
    actor_aliases=("FMF",), actor_side="x:fmf", opponent_id="x:nor", opponent_name="Norland", opponent_side="x:nor",
    place="Reedham", place_id="x:reedham", place_name="Reedham", place_aliases=("Reedham", "Redham"),
    place_kind="town", country="UZ", admin1="Fenshire", lat=38.0, lon=66.0, place_reason="only one", place_part="",
    source="a mayor", source_name="mayor of Reedham", source_class="official", source_side="x:nor",
    date_text="on Tuesday", date_from="2031-05-03", date_to="2031-05-03", date_edtf="2031-05-03",
    date_how="weekday before publication", quantity=None, witness_id="w1", frame="take", reading=0.9, tense="past",
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "marsh.db"
    refused = replace(ROW, claim_id="c2", place_id=None, place_name=None, place_aliases=(), place_kind=None,
                      country=None, admin1=None, lat=None, lon=None, place_reason="two of that name")  # fmt: skip
    with Ledger.open(path) as record:
        record.add(ARTICLE, [ROW, refused])
    return path


def marchland(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def test_who_answers_in_one_plain_line(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("who", "Reedham", "--ledger", ledger) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Reedham (town, Fenshire, UZ): ")
    assert "Free Marsh Front since 3 May 2031" in out
    assert (out.count("\n"), err) == (1, "")


def test_who_before_anything_was_known_names_no_holder(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("who", "Reedham", "--at", "2031-05-06", "--known-at", "2031-05-01", "--ledger", ledger) == 0
    assert "Free Marsh Front" not in capsys.readouterr().out


def test_why_quotes_the_sentence_and_its_source(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("why", "Redham", "--at", "2031-05-04", "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert SENTENCE in out
    assert "mayor of Reedham, Marsh Courier" in out


def test_why_as_json_and_as_a_chart(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chart = tmp_path / "why.svg"
    question = ("why", "Redham", "--at", "2031-05-04", "--ledger", ledger)
    assert marchland(*question, "--json", "--svg", chart) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"][1]["quote"] == SENTENCE
    assert marchland(*question, "--svg", "-") == 0
    assert capsys.readouterr().out == chart.read_text()
    assert marchland(*question, "--svg", tmp_path / "no" / "folder.svg") == 2
    assert "cannot be written" in capsys.readouterr().err
    assert marchland(*question, "--svg", "-", "--json") == 2


def test_why_of_passage_asks_for_a_crossing(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("why", "Redham", "--passage", "--ledger", ledger) == 2
    assert "no claim on record tells of passage at Reedham" in capsys.readouterr().err
    assert marchland("why", "Redham", "--lane", "both/all", "--ledger", ledger) == 2
    assert "add --passage" in capsys.readouterr().err


def test_timeline_lists_the_event(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("timeline", "--ledger", ledger) == 0
    assert "3 May 2031  captures  Reedham, Fenshire" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["claims", "events", "holdings", "crossings", "counts"])
@pytest.mark.parametrize("form", ["jsonl", "csv", "geojson"])
def test_every_export_is_written_and_readable(
    kind: str, form: str, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marchland("export", kind, "--format", form, "--ledger", ledger) == 0
    out = capsys.readouterr().out
    if form == "csv":
        assert len(list(csv.reader(io.StringIO(out)))) >= 1
    elif form == "geojson":
        assert json.loads(out)["type"] == "FeatureCollection"
    else:
        assert all(json.loads(line) for line in out.splitlines())


def test_geojson_says_on_stderr_what_it_left_out(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("export", "claims", "--format", "geojson", "--ledger", ledger) == 0
    out, err = capsys.readouterr()
    assert len(json.loads(out)["features"]) == 1
    assert err == "left out 1 of 2 claims: no coordinates\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("who", "Reedham", "--ledger", "absent.db"), "there is no ledger absent.db"),
        (("who", "Reedham", "--ledger", "demo"), "marchland demo"),
        (("who",), "Missing argument"),
        (("nonsense",), "No such command"),
        (("run", "absent.txt"), "no such file or folder: absent.txt"),
        (("read", "absent.txt"), "no such file or folder: absent.txt"),
        (("claims", "absent.jsonl"), "no such file: absent.jsonl"),
        (("timeline", "--country", "Freedonia"), "--country wants two letters"),
    ],
)
def test_misuse_exits_2_and_says_what_to_do(
    arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert marchland(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("who", "Reedham", "--at", "yesterday"), "--at wants a day"),
        (("export", "claims", "--format", "parquet"), "not yet"),
        (("export", "wishes"), "choose one of"),
        (("export", "claims", "--at", "Tuesday"), "--at wants a day"),
    ],
)
def test_bad_options_are_misuse(
    arguments: tuple[str, ...], words: str, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marchland(*arguments, "--ledger", ledger) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err


def test_unknown_place_fails_with_a_suggestion(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert marchland("who", "Reedmarsh", "--ledger", ledger) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "did you mean Reedham (town, Fenshire, UZ)?" in err


def test_ledger_can_be_named_in_the_environment(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MARCHLAND_LEDGER", str(ledger))
    assert marchland("who", "Reedham") == 0
    assert "Free Marsh Front" in capsys.readouterr().out


def test_broken_lines_are_skipped_by_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "readings.jsonl"
    broken.write_text('{"nothing": 1}\n\nno json\n')
    assert marchland("resolve", broken) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(": ")[0] for line in err.splitlines()] == [f"skipped {broken}:1", f"skipped {broken}:3"]


def test_questions_print_no_colours_where_nobody_looks(ledger: Path) -> None:
    command = [sys.executable, "-m", "marchland", "why", "Reedham", "--ledger", str(ledger)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


def test_heavy_libraries_stay_out_of_questions(ledger: Path) -> None:
    code = (
        "import sys; from marchland.cli import main; main(sys.argv[1:]);"
        "heavy = ('spacy', 'trafilatura', 'selectolax', 'fastwarc', 'feedparser', 'rich.console');"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "who", "Reedham", "--ledger", str(ledger)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


HEADER = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://reed.example/{name}\r\n"
    "WARC-Date: 2031-05-06T00:00:00Z\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
)
ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
STORY = "<html><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
MATCH = STORY.format(
    title="Otters win the cup in Reedham",
    text="The Otters won the county cup on Sunday with two goals in the last minute, and people sang until dark.",
)
BATTLE = STORY.format(
    title="Rebels take the Reedham crossing",
    text="Rebel fighters seized the Reedham border crossing on Sunday after troops fled the post, residents said.",
)


def crawl(path: Path, **pages: str) -> Path:
    """A web archive of some pages."""
    answers = ((name, ANSWER + page) for name, page in pages.items())
    records = (HEADER.format(name=name, length=len(text)) + text + "\r\n\r\n" for name, text in answers)
    path.write_bytes("".join(records).encode())
    return path


def test_run_sets_pages_of_a_crawl_aside_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = crawl(tmp_path / "crawl.warc", cup=MATCH, crossing=BATTLE)
    ledger = tmp_path / "ledger.db"
    assert marchland("run", archive, "--ledger", ledger) == 0
    assert "read 1 page, 1 article" in capsys.readouterr().out
    assert marchland("skipped", "--ledger", ledger) == 0
    out = capsys.readouterr().out
    assert "0 things skipped, 1 page set aside by triage" in out
    assert marchland("run", archive, "--ledger", ledger, "--triage", "none") == 0
    assert "read 2 pages, 2 articles (1 already on record)" in capsys.readouterr().out


def test_a_page_in_another_language_is_on_record_with_its_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Les rebelles ont pris la ville de Valmont dimanche, ont déclaré deux habitants au journal local.")
    assert marchland("run", page, "--ledger", tmp_path / "ledger.db") == 1
    capsys.readouterr()
    assert marchland("skipped", "--ledger", tmp_path / "ledger.db") == 0
    assert [line.split()[-8] for line in capsys.readouterr().out.splitlines() if "French" in line] == ["fr"]
