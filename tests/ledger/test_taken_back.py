"""Corrected, retracted, late and re-read reports: what stands on which day of knowledge."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from war import CROWN, LEAGUE, claim

from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.ledger.taken_back import CORRECTION, RETRACTION, RULE_CHANGE
from marchland.records import Article, ClaimRow, Interval, Span, content_id

ADDRESS = "https://herald.example/osterby"
FALL = (
    "Lake League fighters took Osterby on Saturday, the mayor said, and raised their flag over the old customs house."
)
WEST = "They also walked into Westerby, where the garrison had left its posts along the dyke before sunrise."
REST = (
    "Bakers opened an hour late; by noon the price of flour had doubled and the queue reached the toll house.",
    "The mayor counted forty lorries on the causeway and said that no shot had been heard since midnight.",
    "Boats to the far bank leave as soon as they are full, and the school is shut until further notice.",
)
NOTE = "Correction: an earlier text said that Westerby had fallen. It has not."
GONE = "This story has been retracted."

Page = tuple[Article, list[ClaimRow]]


def page(
    *paragraphs: str, fetched: str = "2031-05-04T18:00:00Z", day: str = "2031-05-04", note: str = "",
    url: str = ADDRESS, by: str = "Varn Herald",
) -> Page:  # fmt: skip
    """A reading of the page, with a claim on Osterby and one on Westerby where their sentences are in it."""
    text = "\n\n".join((*paragraphs, *([note] if note else [])))
    made = Article(
        article_id=content_id(text, fetched, url), page_id=f"page-{fetched}", number=0, text=text, parts=(), url=url,
        publisher=by, publisher_how="", published=Interval.of_days(dt.date.fromisoformat(day)), published_how="",
        language="en", canonical_url=url, fetched=fetched,
        corrections=(Span(text.index(note), len(text)),) if note else (),
    )  # fmt: skip
    towns = ((FALL, "x:osterby", "Osterby"), (WEST, "x:westerby", "Westerby"))
    rows = [
        claim(by, article_id=made.article_id, page_id=made.page_id, published=day, sentence=sentence, url=url,
              start=text.index(sentence), end=text.index(sentence) + len(sentence), place_id=place, place_name=name)
        for sentence, place, name in towns if sentence in text
    ]  # fmt: skip
    return made, rows


FIRST = page(FALL, WEST, *REST)
SECOND = page(FALL, *REST, note=NOTE, fetched="2031-05-09T08:00:00Z")
RETRACTED = page(GONE, FALL, WEST, *REST, fetched="2031-05-12T08:00:00Z")


def recorded(pages: Iterable[Page]) -> Ledger:
    ledger = Ledger.open(":memory:")
    for article, rows in pages:
        ledger.add(article, rows)
        ledger.link(article)
    return ledger


def towns(ledger: Ledger, known_at: str | None = None) -> set[str | None]:
    return {row.place_id for row in ledger.claims(known_at=known_at)}


@pytest.mark.parametrize("order", list(itertools.permutations((FIRST, SECOND))))
def test_claim_whose_sentence_is_gone_is_taken_back_from_the_day_of_the_correction(order: Sequence[Page]) -> None:
    with recorded(order) as ledger:
        assert towns(ledger, "2031-05-08") == {"x:osterby", "x:westerby"}
        assert towns(ledger, "2031-05-09") == {"x:osterby"}
        assert towns(ledger) == {"x:osterby"}
        assert query.who(ledger, "x:westerby", "2031-05-06", "2031-05-08").holder_id == LEAGUE
        assert query.who(ledger, "x:westerby", "2031-05-06", "2031-05-09").holder_id != LEAGUE


def test_what_was_taken_back_is_on_record_with_the_note_that_did_it() -> None:
    with recorded((FIRST, SECOND)) as ledger:
        ((row, taken),) = ledger.door.standing("x:westerby").aside
        assert (row.sentence, taken.reason, taken.day, taken.words) == (WEST, CORRECTION, "2031-05-09", NOTE)
        assert ledger.claims_like(row.claim_id) == (row,)
        assert ledger.door.standing("x:westerby", "2031-05-08").aside == ()


def test_unchanged_claim_stays_and_is_one_witness() -> None:
    with recorded((FIRST, SECOND)) as ledger:
        held = ledger.claims("x:osterby")
        assert len(held) == 2 and len({row.witness_id for row in held}) == 1


def test_claim_added_by_a_later_reading_is_not_known_before_it() -> None:
    early, late = page(FALL, *REST), page(FALL, WEST, *REST, fetched="2031-05-09T08:00:00Z")
    for order in ((early, late), (late, early)):
        with recorded(order) as ledger:
            assert towns(ledger, "2031-05-08") == {"x:osterby"}
            assert towns(ledger, "2031-05-09") == {"x:osterby", "x:westerby"}


@pytest.mark.parametrize("order", list(itertools.permutations((FIRST, SECOND, RETRACTED))))
def test_retraction_leaves_what_there_was_before_it(order: Sequence[Page]) -> None:
    other = claim(
        "Marsh Post", event="controls", by_side=CROWN, on="2031-05-03", published="2031-05-04", place_id="x:osterby"
    )
    alone = page("Nothing of note.", url="https://post.example/1", by="Marsh Post")[0]
    other = replace(other, article_id=alone.article_id)
    with recorded([(alone, [other])]) as without, recorded([*order, (alone, [other])]) as ledger:
        assert ledger.claims() == without.claims()
        assert query.holdings(ledger) == query.holdings(without)
        assert towns(ledger, "2031-05-11") == {"x:osterby"}
        assert query.holdings(ledger, known_at="2031-05-11") != query.holdings(without, known_at="2031-05-11")
        assert {one.reason for _, one in ledger.door.standing("x:osterby").aside} >= {RETRACTION}


def test_page_that_is_known_only_as_retracted_says_nothing() -> None:
    with recorded([RETRACTED]) as ledger:
        assert ledger.claims() == ()
        assert {one.words for _, one in ledger.door.standing().aside} == {GONE}


def test_sentence_that_now_tells_of_another_place_is_taken_back_where_it_was() -> None:
    later = "They had withdrawn, he said, to the next town before nightfall."
    first, second = page(FALL, WEST, *REST, later), page(FALL, *REST, later, fetched="2031-05-09T08:00:00Z", note=NOTE)
    for (article, rows), place in ((first, "x:westerby"), (second, "x:osterby")):
        start = article.text.index(later)
        rows.append(claim("Varn Herald", article_id=article.article_id, page_id=article.page_id, sentence=later,
                          event="withdraws_from", place_id=place, start=start, end=start + len(later)))  # fmt: skip
    with recorded((first, second)) as ledger:
        assert {row.place_id for row in ledger.claims() if row.event == "withdraws_from"} == {"x:osterby"}
        assert "x:westerby" in towns(ledger, "2031-05-08") and "x:westerby" not in towns(ledger, "2031-05-09")


def test_page_that_moved_on_to_another_story_takes_nothing_back() -> None:
    moved = page("Rain is forecast for the lake on Monday.", "The ferry sails at nine.", fetched="2031-05-20T08:00:00Z")
    with recorded((FIRST, moved)) as ledger:
        assert towns(ledger) == {"x:osterby", "x:westerby"}


def test_page_that_lost_its_end_takes_nothing_back() -> None:
    long, short = page(*REST, FALL, WEST), page(*REST, FALL, fetched="2031-05-20T08:00:00Z")
    with recorded((long, short)) as ledger:
        assert towns(ledger) == {"x:osterby", "x:westerby"}


def test_two_texts_of_one_time_take_nothing_back() -> None:
    with recorded((FIRST, page(FALL, *REST, "And more."))) as ledger:
        assert towns(ledger) == {"x:osterby", "x:westerby"}


def test_late_report_is_known_from_the_day_it_was_printed() -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.add(*FIRST, now=dt.datetime(2033, 1, 1, tzinfo=dt.UTC))
        assert towns(ledger, "2031-05-03") == set()
        assert towns(ledger, "2031-05-04") == {"x:osterby", "x:westerby"}


# ------------------------------------------------------------------------------------------------------- read again


def test_article_read_by_newer_rules_has_its_newest_claims_at_every_day_of_knowledge() -> None:
    article, (osterby, westerby) = FIRST
    better = replace(westerby, claim_id="better", event="attacks")
    with recorded([FIRST]) as ledger:
        assert ledger.reread(article, [osterby, better], now=dt.datetime(2032, 1, 1, tzinfo=dt.UTC)) == 1
        for known_at in ("2031-05-04", None):
            assert {row.claim_id for row in ledger.claims(known_at=known_at)} == {osterby.claim_id, "better"}
        ((row, taken),) = ledger.door.standing("x:westerby").aside
        assert (row.claim_id, taken.reason) == (westerby.claim_id, RULE_CHANGE)


def test_reading_again_with_the_same_rules_changes_nothing() -> None:
    with recorded([FIRST]) as ledger:
        before = ledger.claims()
        assert ledger.reread(*FIRST) == 0
        assert ledger.claims() == before and ledger.door.standing().aside == ()


def test_claims_that_an_older_rule_found_come_back_with_it() -> None:
    article, rows = FIRST
    with recorded([FIRST]) as ledger:
        ledger.reread(article, rows[:1], now=dt.datetime(2032, 1, 1, tzinfo=dt.UTC))
        assert towns(ledger) == {"x:osterby"}
        ledger.reread(article, rows, now=dt.datetime(2032, 1, 2, tzinfo=dt.UTC))
        assert towns(ledger) == {"x:osterby", "x:westerby"}


def test_reading_of_an_article_that_is_not_in_adds_it() -> None:
    with Ledger.open(":memory:") as ledger:
        assert ledger.reread(*FIRST) == 2


@pytest.mark.parametrize("table", ["taken_back", "reading"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET recorded_at = 'x'"])
def test_what_was_taken_back_is_never_changed(tmp_path, table: str, change: str) -> None:  # type: ignore[no-untyped-def]
    with Ledger.open(tmp_path / "a.db") as ledger:
        for article, rows in (FIRST, SECOND):
            ledger.add(article, rows)
            ledger.link(article)
        ledger.reread(FIRST[0], FIRST[1][:1])
    with sqlite3.connect(tmp_path / "a.db") as other, pytest.raises(sqlite3.IntegrityError, match="never"):
        other.execute(change.format(table))


# ------------------------------------------------------------------------------------------------------- both clocks

PAGES = (
    FIRST, SECOND, RETRACTED,
    page("The Crown took Osterby back, a ferryman said.", FALL, *REST, url="https://post.example/2", day="2031-05-06",
         fetched="2031-05-06T10:00:00Z", by="Marsh Post"),
    page(*REST, url="https://post.example/2", day="2031-05-06", fetched="2031-05-10T10:00:00Z", by="Marsh Post",
         note="Correction: Osterby did not fall."),
    page(WEST, *REST, url="https://lake.example/3", day="2031-05-07", fetched="2031-05-07T10:00:00Z", by="Lake Radio"),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.permutations(PAGES), st.integers(4, 14))
def test_answer_of_a_past_evening_is_that_of_a_ledger_which_had_only_read_so_far(
    order: Sequence[Page], day: int
) -> None:
    known = f"2031-05-{day:02d}"
    read = [one for one in order if (one[0].fetched or "")[:10] <= known]
    with recorded(order) as whole, recorded(read) as part:
        assert whole.claims(known_at=known) == part.claims(known_at=known) == part.claims()
        for at in ("2031-05-04", known):
            assert query.holdings(whole, at=at, known_at=known) == query.holdings(part, at=at, known_at=known)
        rows = query.why(whole, "x:osterby", known, known).rows
        assert all(row.day is None or row.day <= known for row in rows)


@settings(max_examples=20, deadline=None)
@given(st.permutations(PAGES))
def test_order_of_arrival_changes_nothing(order: Sequence[Page]) -> None:
    with recorded(order) as one, recorded(PAGES) as other:
        assert one.claims() == other.claims()
        found = [
            {(taken.claim_id, taken.reason, taken.day, taken.words) for _, taken in ledger.door.standing().aside}
            for ledger in (one, other)
        ]
        assert found[0] == found[1]
