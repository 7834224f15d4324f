"""Cutting an article into sentences, and reading whatever text comes."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.claims.sentences import MAX_SENTENCE, sentences
from marchland.locate import locate
from marchland.records import Article, Interval, Part


def article(text, parts=None):
    parts = parts or (Part("body", 0, len(text)),)
    day = Interval.of_days(dt.date(2021, 7, 9))
    return Article("a", "p", 0, text, parts, None, "The Test Gazette", "test", day, "test", "en")


CUTS = [
    ("Goma fell. Sake held.", ["Goma fell.", "Sake held."]),
    ("Gen. Sahil Noor left. He flew.", ["Gen. Sahil Noor left.", "He flew."]),
    ("It cost 3.5 million.", ["It cost 3.5 million."]),
    ('"We left." Soldiers agreed.', ['"We left."', "Soldiers agreed."]),
    ("A headline\nThe first line", ["A headline", "The first line"]),
    ("Did it fall? Yes!", ["Did it fall?", "Yes!"]),
    (
        "Rebels have seized\n\nthe town of Sake from\n\nthe army.",
        ["Rebels have seized\n\nthe town of Sake from\n\nthe army."],
    ),
    ("", []),
    (" \n\n ", []),
]


@pytest.mark.parametrize(("text", "pieces"), CUTS)
def test_a_full_stop_ends_a_sentence_but_not_an_abbreviation_or_a_number(text, pieces):
    assert [span.of(text) for _, span in sentences(article(text), {"gen"})] == pieces


def test_bylines_and_metadata_are_not_read():
    text = "By A. Writer\nGoma fell."
    parts = (Part("byline", 0, 12), Part("body", 13, len(text)))
    assert [(kind, span.of(text)) for kind, span in sentences(article(text, parts), ())] == [("body", "Goma fell.")]


def test_text_without_full_stops_is_cut_at_a_space():
    text = "rebels " * 5_000
    spans = [span for _, span in sentences(article(text), ())]
    assert max(span.end - span.start for span in spans) <= MAX_SENTENCE
    assert " ".join(span.of(text) for span in spans) == text.strip()


def rows_of(text, coder):
    return locate(coder.read(article(text)), coder.gazetteer)


WORDS = ["M23 rebels", "captured", "Goma", "the army", "denied", "said", "that", "both crossings", "they", "fell to",
         ".", ",", "“", "”", '"', "\n", "\u202e", "\u200f",
         "🚀", "SAKE", "17 of 19 districts", "on Monday", "(", "—", "\x00", "é"]  # fmt: skip


@settings(max_examples=30, deadline=None, derandomize=True)
@given(words=st.lists(st.sampled_from(WORDS), max_size=40))
def test_whatever_the_text_each_row_quotes_it(words, coder):
    text = "Troops and rebels fight. " + " ".join(words)
    first = rows_of(text, coder)
    assert all(text[row.start : row.end] == row.sentence != "" for row in first)
    assert first == rows_of(text, coder)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(text=st.text(max_size=300))
def test_no_text_makes_reading_fail(text, coder):
    assert all(text[row.start : row.end] == row.sentence for row in rows_of(text, coder))


HOSTILE = [
    "rebels captured Goma and " * 1_250,
    "M23 REBELS CAPTURE GOMA AS TROOPS FLEE THE WAR. " * 20,
    "🚀🔥 " * 200 + "M23 rebels captured Goma. Troops fled. " + "👍🏽" * 200,
    "\u202eM23 rebels captured Goma\u202c. \u200fTroops fled\u200e the war.",
    '"“”"\'’ "M23 rebels captured “Goma, a resident said. Troops " fled.',
    "(" * 3_000,
    "a" * 20_000,
]


@pytest.mark.parametrize(
    "text", HOSTILE, ids=["no-stop", "capitals", "emoji", "marks", "quotes", "brackets", "one-word"]
)
def test_hostile_text_is_read_and_quoted_as_it_stands(text, coder):
    assert all(text[row.start : row.end] == row.sentence for row in rows_of(text, coder))


def test_the_order_of_articles_does_not_matter(coder):
    texts = [
        "M23 rebels captured Goma. Troops fled.",
        "The army denied this.",
        "Malian troops retook Kidal from rebels.",
    ]
    forward = [reading.claims for reading in coder.read_many(map(article, texts))]
    backward = [reading.claims for reading in coder.read_many(map(article, reversed(texts)))]
    assert forward == backward[::-1]
    assert any(forward)
