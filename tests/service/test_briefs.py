"""Briefs on a period: one content in every form, no more than the record says, and harmless whatever reports say."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from changes_war import CROWN, HOSTILE, LEAGUE, WAR, article, claim, make
from litestar.testing import TestClient

from marchland.briefs import Asked, period
from marchland.cli import main
from marchland.ledger.diff import Because
from marchland.ledger.store import Ledger
from marchland.service import recent
from marchland.service.app import make_app
from marchland.service.settings import Settings
from marchland.views.brief_docx import docx_bytes, plain
from marchland.views.brief_markdown import address, escaped, markdown
from marchland.views.brief_summary import summary
from marchland.views.briefing import Briefing, Entry, Grid, Heading, Quote, Source, Sources, Text, _weight

MAY = {"from": "2031-05-11", "to": "2031-05-31"}
BACK_AGAIN = [
    claim("The League took Osterby again on 10 June.", by=by, published="2031-06-11", on="2031-06-10",
          side=LEAGUE, event="recaptures") for by in ("Marsh Post", "Hill Gazette")
]  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("briefs") / "war.db")


@pytest.fixture(scope="module")
def api(path: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(str(path)))) as client:
        yield client


def entries(api: TestClient, **params: object) -> list[dict]:
    told = api.get("/api/brief", params={**MAY, **params})
    assert told.status_code == 200, told.text
    return [one for one in told.json()["blocks"] if one["type"] == "change"]


def test_brief_holds_each_change_of_the_period_once(api: TestClient) -> None:
    told = entries(api)
    listed = api.get("/api/changes", params={"since": "2031-05-10", "until": "2031-05-31"}).json()
    assert sorted(one["change_id"] for one in told) == sorted(one["change_id"] for one in listed["items"])


def test_summary_says_who_gained_and_what_only_one_side_says(api: TestClient) -> None:
    told = api.get("/api/brief", params=MAY).json()
    summary = "\n".join(told["summary"])
    assert "Crown of Varn gained 1: Osterby (20 May 2031" in summary
    assert "On the word of Lake League only, held by it on 23 May 2031: Sandvik" in summary
    assert "Reports came late about 1 change of earlier days: Vesterby (20 Apr 2031)" in summary
    assert "Closed, by the reports: Gate" in summary
    assert "Lake League alone says that it gained 1: Sandvik" in summary
    assert not re.search(r"^Lake League gained \d+:[^\n]*Sandvik", summary, re.MULTILINE)


def test_summary_tells_what_was_gained_over_the_days_apart_from_what_came_back(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "war.db") as ledger:
        for row in [*WAR, *BACK_AGAIN]:
            ledger.add(article(row), [row], now=dt.datetime(2031, 7, 1, tzinfo=dt.UTC))
        told = {last: list(summary(period(ledger, Asked("2031-05-11", last)))) for last in ("2031-05-31", "2031-06-20")}
    first, whole = ("\n".join(told[last]) for last in told)
    assert "Crown of Varn gained 1: Osterby (20 May 2031" in first and "came back" not in first
    assert "2 places changed hands in these days, 3 times in all," in whole
    assert "one of them came back to the holder of before" in whole
    assert not re.search(r" gained \d+:[^\n]*Osterby", whole) and re.search(r"Lost, [^\n]*: Crown of Varn 1\.", whole)
    assert re.search(
        r"Taken and taken back within these days, .*: Osterby \(taken by Crown of Varn 20 May 2031, [^;]*;"
        r" taken by Lake League 10 Jun 2031, ", whole
    )  # fmt: skip


def test_place_that_a_side_alone_says_it_took_back_did_not_come_back(tmp_path: Path) -> None:
    boast = claim("We hold Osterby again, the League announced.", by="Marsh Post", published="2031-06-11",
                  on="2031-06-10", source="the League", source_name="the League", source_class="party",
                  source_side=LEAGUE, event="recaptures", side=LEAGUE)  # fmt: skip
    with Ledger.open(tmp_path / "war.db") as ledger:
        for row in [*WAR, boast]:
            ledger.add(article(row), [row], now=dt.datetime(2031, 7, 1, tzinfo=dt.UTC))
        told = "\n".join(summary(period(ledger, Asked("2031-05-11", "2031-06-20"))))
    assert "came back" not in told and "taken back within" not in told
    assert re.search(r"held by the same as before, by its own word only: Osterby \(taken by Crown of Varn", told)


def test_summary_names_a_new_holder_once_and_says_where_no_outlet_is_named(tmp_path: Path) -> None:
    rows = [replace(claim(f"The League took Nordby, {number} said.", by=f"{number}", place="Nordby", on=on,
                          published=on, **extra), publisher=None)
            for number, on, extra in ((1, "2031-05-12", {}), (2, "2031-05-12", {}),
                                      (3, "2031-05-20", {"event": "besieges", "side": CROWN}))]  # fmt: skip
    with Ledger.open(tmp_path / "war.db") as ledger:
        for row in rows:
            ledger.add(article(row), [row], now=dt.datetime(2031, 7, 1, tzinfo=dt.UTC))
        told = list(summary(period(ledger, Asked("2031-05-11", "2031-06-20"))))
    assert told[0] == "3 claims in 3 reports whose outlets are not named became known (11 May to 20 Jun 2031)."
    assert all(line.count("Nordby (") == 1 for line in told if line.startswith("Also new on record"))


def test_change_names_who_said_it_where_and_what_speaks_against_it(api: TestClient) -> None:
    told = {one["place"]: one for one in entries(api)}
    (said,) = told["Sandvik (town)"]["quotes"]
    assert said["who"] == "the League (side of Lake League), Marsh Post" and said["source"] > 0
    assert told["Sandvik (town)"]["tags"] == ["claimed by one side only"]
    assert told["Vesterby (town)"]["tags"] == ["late report: of 20 Apr 2031, 21 days before the period"]
    assert "before that Lake League" in told["Osterby (town)"]["text"]


def test_denial_stands_beside_what_it_denies(api: TestClient) -> None:
    told = entries(api, **{"from": "2031-05-04", "to": "2031-05-07"})
    quotes = [one for entry in told for one in entry["quotes"] if one["role"] in ("denies it", "denial")]
    assert any("spokesman of the Crown (side of Crown of Varn)" in one["who"] for one in quotes)


@pytest.mark.parametrize(("params", "places"), [
    ({"country": "XB"}, {"Holmen (town)"}), ({"place": "x:gate"}, {"Gate (crossing)"}),
    ({"party": "crown"}, {"Osterby (town)"}), ({"place": "x:nowhere"}, set()), ({"country": "ZZ"}, set()),
])  # fmt: skip
def test_brief_on_some_of_the_record(api: TestClient, params: dict, places: set[str]) -> None:
    assert {one["place"] for one in entries(api, **params)} == places


def test_days_that_cannot_be_are_misuse_and_days_without_reports_are_empty(api: TestClient) -> None:
    for first, last in (("2031-05-31", "2031-05-01"), ("2031-02-30", "2031-05-01"), ("0000-00-00", "2031-01-01")):
        for ending in ("", ".md", ".docx"):
            assert api.get(f"/api/brief{ending}", params={"from": first, "to": last}).status_code == 400
    for first, last in (("1800-01-01", "1800-01-02"), ("2199-12-30", "2199-12-31"), ("2040-01-01", "2040-01-31")):
        told = api.get("/api/brief", params={"from": first, "to": last})
        assert told.status_code == 200 and told.json()["changes"] == 0


# ------------------------------------------------------------------------------------------------------------ Markdown


def test_markdown_has_the_words_of_reports_as_text_only(api: TestClient) -> None:
    answer = api.get("/api/brief.md", params=MAY)
    assert answer.headers["content-disposition"] == 'attachment; filename="brief-2031-05-11-2031-05-31.md"'
    text = answer.text
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", text)
    assert "](" not in bare and "<script" not in bare and "`" not in bare and "javascript" in text
    assert re.findall(r"<[^>]*>", bare) == re.findall(r"<https://news\.example/[0-9a-f]{8}>", bare)
    assert "\x1b" not in text and "\u202e" not in text
    for line in text.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) >= 2
    assert text == api.get("/api/brief.md", params=MAY).text


@pytest.mark.parametrize(("words", "shown"), [
    ("1. first", "1\\. first"), ("- a", "\\- a"), ("+ b", "\\+ b"), ("14.3 of 16", "14.3 of 16"), ("# c", "\\# c"),
    ("see https://evil.example", "see https\\://evil.example"), ("www.evil.example", "www\\.evil.example"),
    ("a@evil.example", "a\\@evil.example"), ("a|b", "a\\|b"), ("a\n\n# b", "a \\# b"), ("==", "\\=="),
    ("&lt;b&gt;", "\\&lt;b\\&gt;"), ("<!-- x -->", "\\<\\!-- x --\\>"), ("back\\slash", "back\\\\slash"),
])  # fmt: skip
def test_words_that_would_be_markup_are_escaped(words: str, shown: str) -> None:
    assert escaped(words) == shown


@pytest.mark.parametrize(("url", "shown"), [
    ("https://news.example/a b>c", "<https://news.example/a%20b%3Ec>"),
    ("javascript:alert(1)", "javascript:alert(1)"), ("https:///no-host", "https\\:///no-host"),
    ("https://[::1", "https\\://\\[::1"),
])  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str, shown: str) -> None:
    assert address(url) == shown


# ---------------------------------------------------------------------------------------------------------------- DOCX


def test_docx_opens_again_has_the_text_and_the_same_bytes(api: TestClient, path: Path) -> None:
    answer = api.get("/api/brief.docx", params=MAY)
    assert answer.headers["content-disposition"].endswith('.docx"')
    paper = docx.Document(io.BytesIO(answer.content))
    text = "\n".join(one.text for one in paper.paragraphs)
    for block in api.get("/api/brief", params=MAY).json()["blocks"]:
        if block["type"] == "change":
            assert block["place"] in text and block["text"] in text
    assert "the League took Holmen <script>alert(2)</script>" in text
    assert paper.core_properties.created.date() == dt.date(2031, 5, 31)
    with TestClient(make_app(Settings(str(path)))) as again:
        assert again.get("/api/brief.docx", params=MAY).content == answer.content


def test_docx_holds_no_field_no_link_and_nothing_from_outside(api: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(api.get("/api/brief.docx", params=MAY).content)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        body = packed.read("word/document.xml").decode()
        related = "".join(packed.read(one).decode() for one in packed.namelist() if one.endswith(".rels"))
    assert "fldSimple" not in body and "instrText" not in body and "w:hyperlink" not in body
    assert "External" not in related and "evil.example" not in related


def test_every_block_is_told_in_every_form() -> None:
    odd = "nul \x00 bell \x07 \ufffe \ud800 end"
    quotes = (Quote(odd, "who", "2031-05-01", "new report", "", "c1", 1), Quote("silence", "s", None, "aside"))
    source = Source(1, odd, None, odd, ("c1",))
    blocks = (Heading(2, odd), Text(odd), Entry("i", "holder", "x", odd, odd, (odd,), quotes),
              Grid(odd, ("a|b", "c"), ((odd, "|"),)), Grid("", ("a",), ()), Sources((source,)),
              Sources(()))  # fmt: skip
    brief = Briefing(odd, "2031-05-01", "2031-05-02", (odd,), (odd,), blocks, "brief", 1, 0)
    told = re.sub(" +", " ", markdown(brief).replace("\ufffe", ""))
    assert "nul bell end" in told and "No report is named" in told
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(docx_bytes(brief))).paragraphs)
    assert "nul bell end" in re.sub(" +", " ", text) and plain(odd) in text


# ------------------------------------------------------------------------------------------------------------- command


def test_command_writes_the_brief_in_each_form(
    api: TestClient, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    span = ["brief", "--from", MAY["from"], "--to", MAY["to"], "--ledger", str(path)]
    assert main([*span, "--format", "md"]) == 0
    assert capsys.readouterr().out == api.get("/api/brief.md", params=MAY).text
    assert main([*span, "--format", "docx", "--output", str(tmp_path / "b.docx")]) == 0
    assert (tmp_path / "b.docx").read_bytes() == api.get("/api/brief.docx", params=MAY).content
    capsys.readouterr()
    assert main(span) == 0
    assert "Sandvik (town): Claimed by Lake League only" in capsys.readouterr().out
    assert main([*span, "--output", str(tmp_path / "b.txt")]) == 0
    assert "Osterby" in (tmp_path / "b.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("arguments", "words"), [
    (("--from", "2031-05-01"), "a period has two ends"), (("--format", "md"), "a brief on a period"),
    (("--from", "2031-05-01", "--to", "2031-05-02", "--format", "odt"), "choose one of text, md, docx"),
    (("--from", "2031-05-01", "--to", "2031-05-02", "--format", "docx"), "--output FILE"),
    (("--from", "2031-05-02", "--to", "2031-05-01"), "after it ends"),
])  # fmt: skip
def test_command_says_what_it_misses(
    path: Path, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", *arguments, "--ledger", str(path)]) == 2
    assert words in capsys.readouterr().err


def test_brief_is_not_told_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "AT_ONCE", 0)
    monkeypatch.setattr(recent.Warming, "want", lambda *_: None)
    with TestClient(make_app(Settings(str(make(tmp_path / "cold.db"))))) as client:
        for ending in ("", ".md", ".docx"):
            answer = client.get(f"/api/brief{ending}", params=MAY)
            assert answer.status_code == 503 and answer.json()["waiting"] and answer.headers["retry-after"]


def test_hostile_words_are_those_of_the_report(path: Path) -> None:
    with Ledger.open(path) as ledger:
        assert any(row.sentence == HOSTILE for row in ledger.claims())


@pytest.mark.parametrize(("moved", "rests", "way", "words"), [
    (1.5, True, 1, "moved the odds by +1.50, the change rests on it"),
    (-0.5, True, 1, "moved the odds by -0.50, pulls the other way but the change rests on it"),
    (-0.5, False, -1, "moved the odds by -0.50"), (0.5, False, -1, "moved the odds by +0.50, pulls the other way"),
    (-0.5, False, 0, "moved the odds by -0.50"), (-0.001, True, 1, "the change rests on it"), (0.0, False, 1, ""),
])  # fmt: skip
def test_sentence_that_pulls_against_the_change_says_so(moved: float, rests: bool, way: int, words: str) -> None:
    assert _weight(Because("new report", moved, rests, "It fell."), way) == words
