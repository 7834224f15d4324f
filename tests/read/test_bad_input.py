"""Bad input is skipped with its reason or read right; nothing raises out of the stage."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.errors import Misuse
from marchland.read import read_bytes, read_path, read_row
from marchland.read.page import MAX_PAGE
from marchland.records import Article, Skipped

NOW = dt.datetime(2026, 3, 1)
STORY = "The army said that it had left the café at the river and the post beside the bridge."
DARI = "طالبان روز جمعه گفتند که گذرگاه مرزی را تصرف کرده‌اند و سربازان دولتی به آن سوی مرز فرار کردند."
GERMAN = (
    "Die Armee hat nach eigenen Angaben am Dienstag den Grenzübergang verlassen, und die Rebellen haben ihn besetzt."
)


def read(data: bytes, name: str = "page.txt") -> list[Article | Skipped]:
    return list(read_bytes(data, name, now=NOW))


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\n", "a.txt", "empty"),
        (b"", "a.jsonl", "empty"),
        (bytes(range(256)) * 40, "a.txt", "binary"),
        (b"\x00" * 500, "a.txt", "binary"),
        (b"%PDF-1.7 ...", "a.txt", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "PNG"),
        (b"<html><head><title>Nothing here at all</title></head></html>", "a.html", "no text"),
        (b"<html><body></body></html>", "a.html", "no text"),
        (DARI.encode(), "a.txt", "Persian"),
        (GERMAN.encode(), "a.txt", "German"),
        (b"Share this\nFollow us\nNo comments", "a.txt", "furniture"),
        (b"x" * (MAX_PAGE + 1), "a.txt", "more than"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_its_reason(data: bytes, name: str, why: str) -> None:
    (skipped,) = read(data, name)
    assert isinstance(skipped, Skipped)
    assert why in skipped.why
    assert skipped.where == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    (article,) = read(STORY.encode(encoding))
    assert isinstance(article, Article)
    assert article.text == STORY


def test_a_few_zero_bytes_in_a_text_do_not_make_it_binary() -> None:
    (article,) = read(STORY.encode().replace(b"army", b"ar\x00my"))
    assert isinstance(article, Article)
    assert article.text == STORY


@pytest.mark.parametrize("text", ["Rebels take Orlo", "Kabul falls", "Sudan army retakes Jebel Moya", "Gate closed"])
def test_a_very_short_english_text_is_not_thrown_away(text: str) -> None:
    (article,) = read(text.encode())
    assert isinstance(article, Article)
    assert article.text == text


def test_a_broken_row_is_named_and_the_others_are_read() -> None:
    rows = [{"id": "a", "text": STORY}, {"id": 7, "html": f"<p>{STORY}</p>", "extra": [1]}, {"id": "c", "text": None}]
    lines = [json.dumps(rows[0]), '{"id": "b", "text": ', "[1, 2]", "", json.dumps(rows[1]), json.dumps(rows[2])]
    found = read("\n".join(lines).encode(), "rows.jsonl")
    assert [item.page_id for item in found if isinstance(item, Article)] == ["a", "7"]
    skipped = {item.where: item.why for item in found if isinstance(item, Skipped)}
    assert list(skipped) == ["rows.jsonl:2", "rows.jsonl:3", "rows.jsonl:6"]
    assert "broken JSON" in skipped["rows.jsonl:2"]


def test_an_endless_row_is_passed_over_and_the_next_is_read() -> None:
    data = b'{"text": "' + b"a" * (MAX_PAGE + 10) + b'"}\n' + json.dumps({"id": "b", "text": STORY}).encode()
    skipped, article = read(data, "rows.jsonl")
    assert isinstance(skipped, Skipped)
    assert "rows.jsonl:1" in skipped.where
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({}, "neither"),
        ({"text": None, "html": None}, "neither"),
        ({"text": 5}, '"text" is not a string'),
        ({"text": STORY, "published": 2021}, '"published" is not a string'),
    ],
)
def test_a_row_without_a_page_says_what_it_lacks(row: dict[str, object], why: str) -> None:
    (skipped,) = read_row(row, "r:1", now=NOW)
    assert isinstance(skipped, Skipped)
    assert why in skipped.why


def test_content_decides_the_kind_before_the_name() -> None:
    (from_html,) = read(f"<!doctype html><html><body><p>{STORY}</p></body></html>".encode(), "a.txt")
    (from_row,) = read(json.dumps({"id": "row", "text": STORY}).encode(), "a.txt")
    (from_text,) = read(STORY.encode(), "a.html")
    assert [item.text for item in (from_html, from_row, from_text) if isinstance(item, Article)] == [STORY] * 3
    assert isinstance(from_row, Article)
    assert from_row.page_id == "row"


def test_markup_that_is_nested_without_end_is_read_as_bare_text() -> None:
    (article,) = read(b"<html><body>" + b"<div>" * 50_000 + STORY.encode(), "deep.html")
    assert isinstance(article, Article)
    assert article.text == STORY


def test_a_folder_is_read_in_order_and_other_files_are_reported(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text(STORY)
    (tmp_path / "sub" / "c.html").write_text(f"<html><body><p>{STORY}</p></body></html>")
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "row", "text": STORY}))
    (tmp_path / "d.csv").write_text("a,b")
    found = list(read_path(tmp_path, now=NOW))
    assert [item.page_id for item in found if isinstance(item, Article)] == ["row", "b", "c"]
    assert [Path(item.where).name for item in found if isinstance(item, Skipped)] == ["d.csv"]


def test_a_path_that_does_not_exist_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="no such file"):
        list(read_path(tmp_path / "none.txt"))


def assert_sound(found: list[Article | Skipped]) -> None:
    """At least one answer; parts lie in the text in order, do not overlap, and cover all but white space."""
    assert found
    for article in found:
        if isinstance(article, Skipped):
            assert article.why
            continue
        position = 0
        for part in article.parts:
            assert position <= part.start < part.end <= len(article.text)
            assert not any(character.isalnum() for character in article.text[position : part.start])
            position = part.end
        assert not any(character.isalnum() for character in article.text[position:])


PIECES = st.sampled_from(
    ["Rebels take the gate", "Updated 09 July 2021", "Follow", "• one item", "KABUL: They left the town on Friday.",
     "\n",
     "\n\n",
     "© Any News", "(AFP)", "date 2021-07-08 ", "Caption: a man. ", "<p>", "</div>", '{"text": "', "July 14 (UPI) - ", 
     "By A. Nobody. ",
     "The army said that it had left the town, and that nobody was hurt in the fighting.", 
     "World. ", "***", "\x00", "\ud7ff", "1/2/2021"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["a.txt", "a.html", "a.jsonl"]))
def test_any_mix_of_page_pieces_gives_sound_articles(page: str, name: str) -> None:
    assert_sound(read(page.encode(), name))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.jsonl", ""]))
def test_any_bytes_are_read_or_skipped_and_nothing_raises(data: bytes, name: str) -> None:
    assert_sound(read(data, name))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["id", "text", "html", "url", "publisher", "published", "language", "x"]),
                       st.one_of(st.none(), st.integers(), st.text(max_size=60), st.lists(st.integers(), max_size=2)))
)  # fmt: skip
def test_any_row_is_read_or_skipped_and_nothing_raises(row: dict[str, object]) -> None:
    assert_sound(list(read_row(row, now=NOW)))
