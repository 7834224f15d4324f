"""Groups of copies, their origin, and that the order of arrival changes neither."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from bench.copyset import copy_set
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import FALL, RIVAL, STANDING, article, grouped, recorded

from marchland import pipeline
from marchland.errors import Misuse
from marchland.ledger.copybook import CopyBook
from marchland.ledger.store import Ledger
from marchland.records import Reading

ORIGINAL = article(FALL, "reuters.com", dateline="REEDHAM")
REPRINT = article(("Boats leave a fallen town", *FALL, "With inputs from Reuters"), "Eel Times", day="2031-05-07")
CUT = article(("Reedham lost", *FALL[:3]), "Tide Post", day="2031-05-07")
OTHER = article(RIVAL, "Lake Radio")


def test_copies_of_one_text_are_one_group_and_the_rival_report_is_not():
    (group,) = grouped(ORIGINAL, REPRINT, CUT, OTHER)
    assert set(group.articles) == {ORIGINAL.article_id, REPRINT.article_id, CUT.article_id}
    assert {link.kind for link in group.links} <= {"copy", "cut", "quote"}
    assert {"copy", "cut"} <= {link.kind for link in group.links}


def test_the_agency_that_others_credit_is_the_origin_with_its_reasons():
    (group,) = grouped(CUT, REPRINT, ORIGINAL)
    assert group.origin.article_id == ORIGINAL.article_id
    assert {reason.rule for reason in group.origin.reasons} >= {"credited", "earliest", "dateline"}
    assert group.agency == "Reuters"
    assert group.origin.score == pytest.approx(sum(reason.weight for reason in group.origin.reasons))


def test_fifty_prints_of_one_text_are_one_group_with_a_link_each():
    (group,) = grouped(*(article(FALL, f"Paper {number}") for number in range(50)))
    assert len(group.articles) == 50
    assert [link.kind for link in group.links] == ["same"] * 49


def test_fifty_edited_copies_are_one_group():
    copies = [article((f"Title {n} of a paper", *FALL, f"Written by {n} of us."), f"Paper {n}") for n in range(50)]
    (group,) = grouped(*copies)
    assert len(group.articles) == 50


def test_a_standing_paragraph_makes_no_group():
    assert grouped(article((*FALL, STANDING)), article((*RIVAL, STANDING), "Lake Radio")) == ()


def test_a_later_digest_of_two_reports_does_not_make_them_one():
    digest = article((*FALL, *RIVAL), "Digest", day="2031-05-09")
    (group,) = grouped(ORIGINAL, OTHER, digest)
    assert len(group.articles) == 2


def test_links_say_which_characters_are_copied():
    (group,) = grouped(ORIGINAL, CUT)
    (link,) = (link for link in group.links if link.kind == "cut")
    texts = {one.article_id: one.text for one in (ORIGINAL, CUT)}
    (span,) = link.ranges
    assert texts[link.article_id][span.start : span.end] == texts[link.other_id][span.other_start : span.other_end]


MADE = [one.article for one in copy_set(60)]


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_arrival_changes_neither_groups_nor_origin(chance: random.Random):
    shuffled = list(MADE)
    chance.shuffle(shuffled)
    assert grouped(*shuffled) == grouped(*MADE)


def test_index_goes_on_where_an_earlier_run_stopped(tmp_path: Path):
    for one in (ORIGINAL, OTHER, CUT):
        with Ledger.open(tmp_path / "marsh.db") as ledger:
            ledger.add(one, [])
            ledger.link(one)
    with Ledger.open(tmp_path / "marsh.db") as ledger:
        assert ledger.copy_groups() == grouped(ORIGINAL, OTHER, CUT)


def test_two_writers_see_what_the_other_has_added(tmp_path: Path):
    with Ledger.open(tmp_path / "marsh.db") as first, Ledger.open(tmp_path / "marsh.db") as second:
        for ledger, one in ((first, ORIGINAL), (second, CUT), (first, REPRINT)):
            ledger.add(one, [])
            ledger.link(one)
        assert first.copy_groups() == grouped(ORIGINAL, CUT, REPRINT)


def test_fingerprints_are_found_after_they_are_sorted_into_the_index():
    with recorded([]) as ledger:
        rules = ledger.copies.settings
        ledger._copies = CopyBook(ledger._db, replace(rules, index=replace(rules.index, tail=2)))
        for one in (ORIGINAL, OTHER, CUT, REPRINT):
            ledger.add(one, [])
            ledger.link(one)
        assert len(ledger.copy_groups()[0].articles) == 3


def test_ledger_of_the_first_version_is_brought_up_and_linked_by_the_next_run(tmp_path: Path):
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.executescript((files("marchland") / "ledger" / "schema.sql").read_text(encoding="utf-8"))
        old.execute("PRAGMA user_version = 1")
    with Ledger.open(path) as ledger:
        for one in (ORIGINAL, CUT):
            ledger.add(one, [])
        assert ledger.copy_groups() == ()
        stages = pipeline.Stages(lambda _: (), NoWords(), lambda _: ())
        pipeline.run([tmp_path], ledger, stages)
        assert len(ledger.copy_groups()) == 1


class NoWords:
    """A coder to which nothing comes."""

    def read_many(self, articles):
        return iter([Reading(one, ()) for one in articles])


def test_what_two_groups_share_is_told_apart_from_copies():
    with recorded([article((*FALL, STANDING)), article((*RIVAL, STANDING), "Lake Radio")]) as ledger:
        (link,) = ledger.part_links()
        assert link.kind == "part"


def test_linking_twice_adds_nothing():
    with recorded([ORIGINAL, CUT]) as ledger:
        before = (ledger.copies.links(), ledger.copies.credits(), ledger.copies.texts())
        ledger.link(ORIGINAL, CUT)
        assert (ledger.copies.links(), ledger.copies.credits(), ledger.copies.texts()) == before


def test_article_that_is_not_in_cannot_be_linked():
    with recorded([]) as ledger, pytest.raises(Misuse, match="is not in the ledger"):
        ledger.link(ORIGINAL)


def test_linking_that_fails_leaves_nothing_behind(monkeypatch):
    with recorded([ORIGINAL]) as ledger:
        ledger.add(CUT, [])
        monkeypatch.setattr(type(ledger.copies), "_link_claims", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ledger.link(CUT)
        monkeypatch.undo()
        assert [one.article_id for one in ledger.copies.unlinked()] == [CUT.article_id]
        ledger.link(CUT)
        assert len(ledger.copy_groups()) == 1
