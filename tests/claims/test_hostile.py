"""Text that nobody wrote to be read: overlong, in capitals, full of marks. Work stays bounded, offsets true."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.claims.casing import forms_of, in_capitals, recased
from marchland.claims.sentences import MAX_SENTENCE, cut, sentences
from marchland.records import Article, Interval, Part, Span

OPENING = "Troops and rebels fight in the war. "


def article(text: str) -> Article:
    day = Interval.of_days(dt.date(2021, 7, 9))
    parts = (Part("body", 0, len(text)),)
    return Article("a", "p", 0, text, parts, None, "The Test Gazette", "test", day, "test", "en")


def spans_of(claim) -> list[Span]:
    inside = [claim.trigger, claim.place.span]
    inside += [words.span for words in (claim.when, claim.said) if words is not None]
    return [claim.sentence, *inside, *(p.span for p in (claim.actor, claim.opponent, claim.source) if p and p.span)]


HOSTILE = {
    "no stop": "rebels captured Goma and " * 1_250,
    "in capitals": "M23 REBELS CAPTURED GOMA AND " * 1_000,
    "a table": "Goma | M23 | captured | 3 July\n" * 400,
    "a table of tabs": "Goma\tM23\tcaptured\t3 July\t" * 400,
    "a list": "Goma, Sake, Kidal, Homs, Idlib, " * 400,
    "dates": "on Monday and on 3 July 2021 and two weeks ago and " * 200,
    "counts": "17 of 19 districts, 3 of 4 towns and " * 200,
    "open quotes": "“M23 rebels captured Goma. Troops " * 300,
    "only quotes": "\"'“‘" * 2_000,
    "brackets": "(" * 5_000,
    "one word": "a" * 50_000,
    "hyphens": "re-" * 3_000,
    "letters": "A.B." * 2_000,
    "emoji": "🚀🔥👍🏽" * 1_000 + " M23 rebels captured Goma.",
    "right to left": "\u202eM23 rebels captured Goma\u202c. \u200fTroops fled\u200e. " * 100,
    "hard spaces": "M23\u00a0rebels\u00a0captured\u00a0Goma.\u00a0" * 100,
    "white space": " " * 20_000 + "M23 rebels captured Goma.",
    "who said that": "rebels said that " * 800,
    "the capture of": "the capture of " * 800,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_claim_of_hostile_text_lies_in_it(text, coder):
    told = article(OPENING + text)
    for claim in coder.read(told).claims:
        assert all(0 <= span.start <= span.end <= len(told.text) for span in spans_of(claim))
        assert claim.sentence.start <= claim.trigger.start < claim.trigger.end <= claim.sentence.end
        assert claim.sentence.of(told.text).strip() == claim.sentence.of(told.text) != ""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_sentence_is_longer_than_the_bound_and_each_word_is_parsed_once(text, coder):
    told = article(OPENING + text)
    spans = [span for _, span in sentences(told, ())]
    assert all(span.end - span.start <= MAX_SENTENCE for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    words = [p for span in spans for p in coder.parser.pieces(span.of(told.text), [])]
    assert sum(piece.end - piece.start for piece in words) <= len(told.text)


def test_nothing_but_white_space_is_left_between_the_pieces_of_an_overlong_sentence():
    told = article("rebels captured Goma and " * 1_250)
    spans = [span for _, span in sentences(told, ())]
    assert "".join(span.of(told.text) for span in spans).replace(" ", "") == told.text.replace(" ", "")
    assert cut(told, ()) == frozenset(spans)


def test_a_claim_from_a_piece_of_an_overlong_sentence_says_so(coder):
    claims = coder.read(article(OPENING + "M23 rebels captured Goma and held it, " * 60)).claims
    assert claims
    assert all(any(reason.rule == "cut" for reason in claim.reasons) for claim in claims)
    whole = coder.read(article(OPENING + "M23 rebels captured Goma.")).claims
    assert whole
    assert not any(reason.rule == "cut" for claim in whole for reason in claim.reasons)


WORDS = ["M23 rebels", "captured", "Goma", "the army", "denied", "said", "that", "THEY", "both crossings", "fell to",
         ".", ",", "“", "”", '"', "'", "\n", "\n\n", "\t", "|", "\u202e", "\u200f", "\u00a0", "🚀", "SAKE", "—", "(",
         ")", "17 of 19 districts", "on Monday", "according to", "RUSSIAN FORCES", "İSTANBUL", "STRASSE",
         "ŉ", "\x00", "…", "re-took", "spokesman Karl Venn", "we", "x" * 900]  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True)
@given(words=st.lists(st.sampled_from(WORDS), min_size=5, max_size=60), glue=st.sampled_from([" ", "", "  "]))
def test_whatever_the_words_every_span_lies_in_the_text(words, glue, coder):
    told = article(OPENING + glue.join(words))
    for claim in coder.read(told).claims:
        assert all(0 <= span.start <= span.end <= len(told.text) for span in spans_of(claim))
        assert claim.sentence.start <= claim.trigger.start < claim.trigger.end <= claim.sentence.end


CAPITALS = [
    ("M23 REBELS CAPTURE GOMA AS TROOPS FLEE", "captures", "Goma"),
    ("TALIBAN SEIZE KUNDUZ, SAY OFFICIALS", "captures", "Kunduz"),
    ("ARMY RETAKES HOMS FROM REBELS", "recaptures", "Homs"),
    ("RUSSIAN FORCES WITHDRAW FROM KHERSON", "withdraws_from", "Kherson"),
]


@pytest.mark.parametrize(("text", "event", "place"), CAPITALS)
def test_a_headline_in_capitals_still_says_what_happened(text, event, place, coder):
    claims = coder.read(article(text + "\n" + OPENING)).claims
    assert (event, place) in [(claim.event, claim.place.text) for claim in claims]


CASES = [
    ("REBELS TAKE VARNA AND THE UN LEAVES", "Rebels take Varna and the UN leaves"),
    ("THE BROWN SHIELDS' CAMP AT OREN BURNS", "The Brown Shields' camp at OREN burns"),
    ("TROOPS SHELL VARNA'S BRIDGE 3 TIMES", "Troops shell Varna's bridge 3 times"),
]
PROSE = "They saw the UN and the Brown Shields near Varna. "


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_capitals_get_the_letters_that_the_rest_of_the_article_gives_them(text, expected):
    english = {"rebels", "take", "and", "the", "leaves", "camp", "at", "burns", "troops", "shell", "bridge", "times"}
    assert in_capitals(text)
    assert recased(text, forms_of(PROSE + text), english.__contains__, lambda name: False) == expected


@pytest.mark.parametrize("text", ["Rebels take Varna", "M23", "UN & EU", "17 of 19", "", "A. B. C. D."])
def test_a_sentence_with_small_letters_or_of_few_words_is_left_alone(text):
    assert not in_capitals(text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=st.text(max_size=80))
def test_putting_capitals_into_prose_never_changes_the_length(text):
    assert len(recased(text.upper(), {}, lambda word: True, lambda word: False)) == len(text.upper())
