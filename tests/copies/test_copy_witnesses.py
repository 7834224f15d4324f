"""Copies and the ledger: copied sentences, shared quotations and relayed agencies are one witness."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from invented import FALL, RIVAL, STANDING, article
from war import BASE, claim

from marchland import pipeline
from marchland.events.told import told
from marchland.events.witness import witnesses
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow, Reading, content_id


def row(of: Article, sentence: str, **changes: object) -> ClaimRow:
    """A claim of an article, with the place and the parties of the invented war, on its sentence."""
    start = of.text.index(sentence)
    day = of.published.last_day.isoformat() if of.published and of.published.last_day else None
    told = {
        "article_id": of.article_id, "page_id": of.page_id, "published": day, "sentence": sentence, "start": start,
        "end": start + len(sentence), "date_text": None, "date_from": None, "date_to": day,
    }  # fmt: skip
    made = claim(of.publisher or "", **{**told, **changes})
    return replace(made, witness_id=made.witness_id or content_id(made.claim_id))


def count(pages: Sequence[tuple[Article, Sequence[ClaimRow]]]) -> int:
    """Witnesses on record after the pages came in, in every order."""
    found = set()
    for order in itertools.islice(itertools.permutations(pages), 24):
        with Ledger.open(":memory:") as ledger:
            for one, rows in order:
                ledger.add(one, rows)
                ledger.link(one)
            found.add(len(witnesses(told(item) for item in ledger.claims())))
    assert len(found) == 1, "the order of arrival has changed the witnesses"
    return found.pop()


def page(text: Iterable[str], sentence: str, by: str, **changes: object) -> tuple[Article, list[ClaimRow]]:
    made = article(
        text, by, **{name: changes.pop(name) for name in ("day", "agencies", "url", "fetched") if name in changes}
    )
    return made, [row(made, sentence, **changes)]


ORIGINAL = page(FALL, FALL[0], "Marsh Courier")
EDITED = page(
    (RIVAL[3], FALL[0].replace("Tuesday", "Wednesday"), FALL[1]), FALL[0].replace("Tuesday", "Wednesday"), "Tide Post"
)
OWN = page(RIVAL, RIVAL[0], "Lake Radio")


def test_copied_sentence_is_one_witness_edits_allowed():
    assert count([ORIGINAL, EDITED]) == 1
    assert count([ORIGINAL, EDITED, OWN]) == 2


def test_denial_and_assertion_are_never_one():
    denied = (EDITED[0], [replace(EDITED[1][0], stance="denies")])
    assert count([ORIGINAL, denied]) == 2


def test_other_places_and_other_deeds_are_never_one():
    for changes in ({"place_id": "x:norwick"}, {"event": "closes"}):
        assert count([ORIGINAL, (EDITED[0], [replace(EDITED[1][0], **changes)])]) == 2


def test_only_claims_inside_the_copied_range_share_a_witness():
    standing = [page((*text, STANDING), text[0], by) for text, by in ((FALL, "Marsh Courier"), (RIVAL, "Lake Radio"))]
    assert count(standing) == 2
    assert count([(one, [row(one, STANDING)]) for one, _ in standing]) == 1


def test_speakers_of_one_sentence_stay_two_witnesses():
    made = ORIGINAL[0]
    rows = [
        row(made, FALL[0], source=name, source_name=name, source_class="official") for name in ("a mayor", "a nurse")
    ]
    assert count([(made, rows)]) == 2


def test_shared_quotation_is_one_witness_where_the_claim_is_the_speakers():
    other = (
        "Mills, bridges and the jetty changed hands within one hour, and boats stood out to sea with lamps dark: “We "
        "leave the town to the gulls and to whoever can drink salt water,” an officer said."
    )
    spoken = {"source_class": "official"}
    mine = page(FALL, FALL[2], "Marsh Courier", source="the captain", source_name="captain", **spoken)
    theirs = page((RIVAL[1], other), other, "Lake Radio", source="an officer", source_name="officer", **spoken)
    assert count([mine, theirs]) == 1
    narrated = [(one, [replace(rows[0], source="publisher", source_class="publisher")]) for one, rows in (mine, theirs)]
    assert count(narrated) == 2


def test_relayed_agency_text_is_one_witness_also_in_other_words():
    first = page(
        ("Reedham fell on Tuesday, Reuters reported.",), "Reedham fell on Tuesday, Reuters reported.", "Eel Times"
    )
    second = page(
        ("REEDHAM (Reuters) - The League has the town.",), "REEDHAM (Reuters) - The League has the town.", "Salt Post"
    )
    agency = page(RIVAL, RIVAL[0], "www.reuters.com")
    assert count([first, second, agency]) == 1
    assert count([first, second, agency, ORIGINAL]) == 2


def test_relays_on_other_days_are_other_witnesses():
    told_again = "Reedham fell on Tuesday, Reuters reported."
    days = ("2031-05-06", "2031-07-01")
    assert count([page((told_again, f"Page {day}."), told_again, "Eel Times", day=day) for day in days]) == 2


def test_unchanged_part_of_two_versions_is_one_witness_and_both_texts_stay():
    address = {"url": "https://marsh.example/reedham"}
    older = page(
        ("Reedham has fallen.", RIVAL[2]), "Reedham has fallen.", "Lake Radio", fetched="2031-05-06T08:00", **address
    )
    newer = page(
        ("Reedham has fallen.", RIVAL[3]), "Reedham has fallen.", "Lake Radio", fetched="2031-05-06T12:00", **address
    )
    assert count([older, newer]) == 1


def test_reprint_does_not_move_the_day():
    late = page(("A look back", *FALL), FALL[0], "Eel Times", day="2031-06-20")
    with Ledger.open(":memory:") as ledger:
        for one, rows in (late, ORIGINAL):
            ledger.add(one, rows)
            ledger.link(one)
        assert {item.date_to for item in ledger.claims()} == {"2031-05-06"}
        assert {item.published for item in ledger.claims()} == {"2031-05-06", "2031-06-20"}
        assert {item.date_to for item in ledger.claims(known_at="2031-05-07")} == {"2031-05-06"}


class Prepared:
    """A coder and a resolver for pages whose claims are known."""

    def __init__(self, pages: Iterable[tuple[Article, Sequence[ClaimRow]]]) -> None:
        self.rows = {one.article_id: rows for one, rows in pages}
        self.articles = [one for one, _ in pages]

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        return (Reading(one, ()) for one in articles)

    def stages(self) -> pipeline.Stages:
        return pipeline.Stages(lambda _: self.articles, self, lambda reading: self.rows[reading.article.article_id])


def held(pages: Sequence[tuple[Article, Sequence[ClaimRow]]]) -> list[object]:
    """Holdings after a run over the pages, without the ids of the claims."""
    with Ledger.open(":memory:") as ledger:
        pipeline.run([Path()], ledger, Prepared(pages).stages())
        return [replace(one, holding_id="", claims=(), contradicted_by=()) for one in query.holdings(ledger)]


@pytest.mark.parametrize("edit", [lambda n: FALL, lambda n: (f"Title {n}", *FALL, f"Reader {n} wrote to us.")])
def test_fifty_copies_leave_the_holdings_as_one_page_does(edit):
    copies = [page(edit(number), FALL[0], f"Paper {number}", date_from="2031-05-06") for number in range(50)]
    assert BASE.event == "captures"
    assert held(copies) == held(copies[:1])
    assert held(copies[::-1]) == held(copies[:1])


def test_reprints_over_weeks_leave_the_answer_of_a_day_as_it_was():
    days = [f"2031-05-{6 + number % 20:02d}" for number in range(30)]
    prints = [page((f"Title {n}", *FALL), FALL[0], f"Paper {n}", day=day) for n, day in enumerate(days)]
    found = []
    for pages in (prints[:1], prints, prints[::-1]):
        with Ledger.open(":memory:") as ledger:
            pipeline.run([Path()], ledger, Prepared(pages).stages())
            answer = query.who(ledger, "x:osterby", at="2031-06-01")
            found.append((answer.holder_id, answer.status, round(answer.probability, 9), answer.since))
    assert found[0] == found[1] == found[2]


def test_stored_rows_keep_their_witness_ids():
    with Ledger.open(":memory:") as ledger:
        for one, rows in (EDITED, ORIGINAL):
            ledger.add(one, rows)
        before = {item.claim_id: item.witness_id for item in ledger.claims()}
        ledger.link(EDITED[0], ORIGINAL[0])
        assert len({item.witness_id for item in ledger.claims()}) == 1
        assert {item.witness_id for item in ledger.claims()} <= set(before.values())
