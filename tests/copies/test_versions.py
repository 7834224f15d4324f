"""One address read twice: what came in, what went, and that nothing is lost."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from bench.prose import Author
from invented import FALL, RIVAL, article, recorded

from marchland.cli import main
from marchland.ledger.store import Ledger
from marchland.records import Span

ADDRESS = "https://marsh.example/reedham"
FIRST = article(FALL[:4], url=ADDRESS + "?utm_source=gull", canonical_url=ADDRESS, fetched="2031-05-06T08:00:00Z")
NOTE = "Correction: an earlier text gave thirty lorries."
SECOND_TEXT = "\n\n".join((FALL[0], FALL[1].replace("forty", "fourteen"), *FALL[2:4], FALL[5], NOTE))
SECOND = replace(
    article(SECOND_TEXT, url=ADDRESS, canonical_url=ADDRESS, fetched="2031-05-06T12:00:00Z"),
    corrections=(Span(SECOND_TEXT.index(NOTE), len(SECOND_TEXT)),),
)
THIRD = article((*FALL[:2], RIVAL[3]), url=ADDRESS, canonical_url=ADDRESS, fetched="2031-05-07T09:00:00Z")


def test_what_came_in_and_what_went_is_told_by_characters():
    with recorded([FIRST, SECOND]) as ledger:
        (one,) = ledger.copies.versions()
        assert (one.address, one.older_id, one.newer_id) == (ADDRESS, FIRST.article_id, SECOND.article_id)
        assert [span.of(FIRST.text) for span in one.removed] == ["forty"]
        assert [span.of(SECOND.text)[:8] for span in one.added] == ["fourteen", "A nurse "]
        assert [span.of(SECOND.text) for span in one.corrections] == [NOTE]
        assert {item.text for item in ledger.articles()} == {FIRST.text, SECOND.text}


@pytest.mark.parametrize("order", [(FIRST, SECOND, THIRD), (THIRD, FIRST, SECOND), (SECOND, THIRD, FIRST)])
def test_versions_stand_in_the_order_of_reading_whatever_came_first(order):
    with recorded(order) as ledger:
        chain = [(one.older_id, one.newer_id) for one in ledger.copies.versions(ADDRESS)]
        assert chain == [(FIRST.article_id, SECOND.article_id), (SECOND.article_id, THIRD.article_id)]


def test_same_text_read_again_is_no_version():
    again = replace(FIRST, article_id="again", fetched="2031-05-08T08:00:00Z")
    with recorded([FIRST, again]) as ledger:
        assert ledger.copies.versions() == ()


def test_long_pages_are_told_apart_in_no_time():
    author = Author(3)
    facts = author.event().facts
    paragraphs = [author.paragraph(facts) for _ in range(600)]
    changed = [text if number % 5 else text.replace(" the ", " some ") for number, text in enumerate(paragraphs)]
    begun = time.perf_counter()
    with recorded(
        [article(text, url=ADDRESS, fetched=day) for text, day in ((paragraphs, "1"), (changed, "2"))]
    ) as ledger:
        assert len(ledger.copies.versions()[0].added) > 50
    assert time.perf_counter() - begun < 10


def test_second_story_of_a_page_is_no_version_of_the_first():
    beside = replace(article(RIVAL, url=ADDRESS, canonical_url=ADDRESS), number=1)
    with recorded([FIRST, beside]) as ledger:
        assert ledger.copies.versions() == ()


def test_commands_show_versions_and_copies(tmp_path, capsys):
    path = tmp_path / "marsh.db"
    with Ledger.open(path) as ledger:
        for one in (FIRST, SECOND, article(FALL, "Eel Times")):
            ledger.add(one, [])
            ledger.link(one)
    assert main(["versions", ADDRESS, "--ledger", str(path)]) == 0
    told = capsys.readouterr().out
    assert "- forty" in told and "+ fourteen" in told and "correction: " + NOTE in told
    assert main(["versions", "--json", "--ledger", str(path)]) == 0
    assert capsys.readouterr().out.count('"older_id"') == 1
    assert main(["copies", "--ledger", str(path)]) == 0
    told = capsys.readouterr().out
    assert "3 articles, one text" in told and "likely origin: " in told
    assert main(["copies", "--json", "--ledger", str(path)]) == 0
    assert '"group_id"' in capsys.readouterr().out
