"""A run: what is added, what is passed over, and what it says has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from marchland import pipeline
from marchland.jsonl import decode_lines, encode
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow, Interval, Reading, Skipped, content_id

SENTENCE = "The Front took Reedham on Tuesday, a mayor said."
ARTICLE = Article(
    article_id="a1", page_id="p1", number=0, text=SENTENCE, parts=(), url=None, publisher="Marsh Courier",
    publisher_how="byline", published=Interval.of_days(dt.date(2031, 5, 4)), published_how="printed date",
    language="en",
)  # fmt: skip
PAGES: dict[str, list[Article | Skipped]] = {
    "one": [ARTICLE, replace(ARTICLE, article_id="a2", number=1)],
    "two": [Skipped("two.txt", "empty file"), replace(ARTICLE, article_id="a3", page_id="p3")],
}


class Words:
    """A coder that finds nothing by itself and can be made to stop in the middle."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.seen: list[str] = []
        self.stop_after = stop_after

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            if len(self.seen) == self.stop_after:
                raise KeyboardInterrupt
            self.seen.append(article.article_id)
            yield Reading(article, ())


def resolve(reading: Reading) -> Sequence[ClaimRow]:
    article = reading.article
    return [
        ClaimRow(
            claim_id=content_id(article.article_id), page_id=article.page_id, article_id=article.article_id, url=None,
            publisher="Marsh Courier", published="2031-05-04", published_how="printed date", sentence=SENTENCE, start=0,
            end=len(SENTENCE), event="captures", stance="asserts", actor="The Front", actor_id="x:fmf",
            actor_name="Free Marsh Front", actor_aliases=(), actor_side="x:fmf", opponent_id="x:nor",
            opponent_name="Norland", opponent_side="x:nor", place="Reedham", place_id="x:reedham",
            place_name="Reedham", place_aliases=("Reedham",), place_kind="town", country="UZ", admin1="Fenshire",
            lat=38.0, lon=66.0, place_reason="", place_part="", source="a mayor", source_name="mayor of Reedham",
            source_class="official", source_side="x:nor", date_text=None, date_from="2031-05-03",
            date_to="2031-05-03", date_edtf="2031-05-03", date_how="weekday", quantity=None,
            witness_id=article.article_id, frame="take", reading=0.9, tense="past",
        )
    ]  # fmt: skip


def stages(coder: Words) -> pipeline.Stages:
    return pipeline.Stages(lambda path: PAGES[path.name], coder, resolve)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "marsh.db") as record:
        yield record


def test_run_counts_pages_articles_claims_and_names_what_it_skipped(ledger: Ledger) -> None:
    heard: list[str] = []
    summary = pipeline.run([Path("one"), Path("two")], ledger, stages(Words()), heard.append)
    assert (summary.pages, summary.articles, summary.known, summary.claims, summary.places) == (2, 3, 0, 3, 1)
    assert summary.skipped == (Skipped("two.txt", "empty file"),)
    assert [(row.place_name, row.holder_name) for row in summary.changes] == [("Reedham", "Free Marsh Front")]
    assert len(heard) == 3


def test_same_input_twice_adds_nothing_and_codes_nothing(ledger: Ledger) -> None:
    pipeline.run([Path("one")], ledger, stages(Words()))
    again = Words()
    summary = pipeline.run([Path("one")], ledger, stages(again))
    assert (summary.articles, summary.known, summary.claims, summary.changes) == (2, 2, 0, ())
    assert again.seen == []


def test_reports_read_again_by_other_rules_have_their_newest_claims(ledger: Ledger) -> None:
    pipeline.run([Path("one")], ledger, stages(Words()))

    def better(reading: Reading) -> Sequence[ClaimRow]:
        return [replace(row, claim_id=f"new-{row.claim_id}", event="attacks") for row in resolve(reading)]

    coder = Words()
    summary = pipeline.run([Path("one")], ledger, replace(stages(coder), resolve=better), again=True)
    assert (summary.known, summary.claims, coder.seen) == (2, 2, ["a1", "a2"])
    assert {row.event for row in ledger.claims()} == {"attacks"}
    assert {one.reason for _, one in ledger.door.standing().aside} == {"rule change"}
    assert pipeline.run([Path("one")], ledger, replace(stages(Words()), resolve=better), again=True).claims == 0


def test_stopped_run_is_taken_up_where_it_was(ledger: Ledger) -> None:
    with pytest.raises(KeyboardInterrupt):
        pipeline.run([Path("one")], ledger, stages(Words(stop_after=1)))
    rest = Words()
    pipeline.run([Path("one")], ledger, stages(rest))
    assert rest.seen == ["a2"]
    assert {row.article_id for row in query.claims(ledger)} == {"a1", "a2"}


def test_views_for_the_map_follow_the_days_of_publication(ledger: Ledger) -> None:
    pipeline.run([Path("one")], ledger, stages(Words()))
    assert [view.day for view in pipeline.known_views(ledger, query.claims(ledger))] == ["2031-05-04"]


def test_page_of_an_empty_ledger_is_still_written(ledger: Ledger, tmp_path: Path) -> None:
    pipeline.write_page(ledger, tmp_path / "map.html")
    assert "<!doctype html>" in (tmp_path / "map.html").read_text()


def test_records_survive_the_way_through_json_lines() -> None:
    assert list(decode_lines([encode(ARTICLE)], Article, "-")) == [ARTICLE]


@pytest.mark.parametrize("line", [b"no json", b"[]", b'{"article_id": 1}', b"\xff\xfe"])
def test_broken_line_is_skipped_with_its_number(line: bytes) -> None:
    first, second = decode_lines([b"\n", line, encode(ARTICLE)], Article, "in.jsonl")
    assert isinstance(first, Skipped)
    assert first.where == "in.jsonl:2"
    assert second == ARTICLE
