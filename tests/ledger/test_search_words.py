"""What is typed into a search box is understood, and never an error."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marchland.ledger.search_words import LENGTH, MOST, Term, Words, fold, marks, parse, snippet

FREELY = settings(deadline=None, suppress_health_check=list(HealthCheck))
"""No test fails because a machine is slow."""


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("took Osterby", [("took",), ("osterby",)], []),
        ('"north of Osterby" took', [("north", "of", "osterby"), ("took",)], []),
        ("-league Osterby", [("osterby",)], [("league",)]),
        ('took -"the league"', [("took",)], [("the", "league")]),
        ("Öster-by", [("oster", "by")], []),
        ("OR NEAR( AND ^x title:y", [("or",), ("near",), ("and",), ("x",), ("title", "y")], []),
        ('"never closed', [("never", "closed")], []),
        ("!!! ... \0 -", [], []),
        ("", [], []),
    ],
)
def test_words_phrases_and_words_that_must_not_be_there(typed: str, wanted: object, unwanted: object) -> None:
    found = parse(typed)
    assert [one.words for one in found.wanted] == wanted
    assert [one.words for one in found.unwanted] == unwanted


def test_only_a_star_behind_a_word_lets_it_go_on() -> None:
    assert parse("osterb* took").wanted == (Term(("osterb",), prefix=True), Term(("took",)))
    assert parse("* took").wanted == (Term(("took",)),)


def test_very_long_questions_are_cut() -> None:
    assert len(parse("a " * 5000).wanted) == MOST
    assert len(parse("x" * 5000).wanted[0].words[0]) == LENGTH


def test_case_and_accents_make_no_difference() -> None:
    assert fold("Ōstêrby") == fold("OSTERBY") == "osterby"


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", check_same_thread=False)
    made.execute("CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')")
    made.execute("INSERT INTO words VALUES ('The League took Osterby.')")
    return made


@FREELY
@given(typed=st.text(max_size=60) | st.text(alphabet='"*-^:(){}+ANDORT NEAR\0\ud800é', max_size=40))
def test_whatever_is_typed_can_be_asked(index: sqlite3.Connection, typed: str) -> None:
    found = parse(typed)
    for asked in (found.match, found.refuse):
        if asked:
            index.execute("SELECT count(*) FROM words WHERE words MATCH ?", (asked,)).fetchone()


@FREELY
@given(text=st.text(max_size=400), typed=st.text(max_size=20), most=st.integers(20, 300))
def test_ranges_lie_inside_the_piece_in_order(text: str, typed: str, most: int) -> None:
    found = snippet(text, parse(typed).wanted, most=most)
    assert len(found.text) <= max(most, 0) or len(text) <= most
    ends = [0]
    for start, end in found.marks:
        assert ends[-1] <= start < end <= len(found.text)
        ends.append(end)


def test_marks_are_the_words_asked_for() -> None:
    text = "The League took Österby; Osterby was taken from the Crown."
    found = marks(text, parse('osterby "the crown"').wanted)
    assert [text[start:end] for start, end in found] == ["Österby", "Osterby", "the Crown"]


def test_snippet_of_a_long_text_shows_the_words_and_says_that_there_is_more() -> None:
    text = "Nothing of note. " * 60 + "The League took Osterby at dawn. " + "Nothing of note. " * 60
    found = snippet(text, parse("osterby dawn").wanted)
    assert [found.text[start:end] for start, end in found.marks] == ["Osterby", "dawn"]
    assert found.before
    assert found.after


def test_direction_characters_are_shown_as_blanks() -> None:
    assert snippet("took \u202eOsterby\n", Words().wanted).text == "took  Osterby "
