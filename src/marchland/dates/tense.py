"""Past or future from the words around a time expression, where no parse of the sentence is at hand."""

from __future__ import annotations

import re

from marchland.dates.words import TimeWords, load_words

WINDOW = 160
"""Characters looked at on either side."""
WORD = re.compile(r"[A-Za-z]+")
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z\"'“‘`(])|\n\s*\n")
REACH = 8
"""Words back from the expression within which its verb is sought."""
LEAD = 2
"""An expression with no more words before it opens the sentence: its verb follows."""
SHORTEST_PARTICIPLE = 5


def tense_near(text: str, start: int, end: int, *, words: TimeWords | None = None) -> str:
    """past, future, or "" where no word says: from the nearest verb before `text[start:end]`, or after one that leads.

    It reads words, not grammar: "will", "is due", "was", "captured"; "must be" and "would" leave it open. `resolve`
    takes the answer as its tense.
    """
    words = words or load_words()
    before = SENTENCE_END.split(text[max(0, start - WINDOW) : start])[-1]
    after = SENTENCE_END.split(text[end : end + WINDOW])[0]
    told, after_it = WORD.findall(before.lower())[::-1], WORD.findall(after.lower())
    return _first(told[:REACH], words) if len(told) > LEAD else _first(after_it, words)


def _first(found: list[str], words: TimeWords) -> str:
    """What the first word that says anything says; a list of verb phrases goes word by word."""
    for i, word in enumerate(found):
        if word in words.groups["open_cues"]:
            return ""
        if word in words.groups["future_cues"] and not _was_due(found, i, words):
            return "future"
        if word in words.groups["past_cues"] or _participle(word, words):
            return "past"
    return ""


def _was_due(found: list[str], i: int, words: TimeWords) -> bool:
    """ "was due", "had been expected": due then."""
    return any(word in words.groups["past_auxiliaries"] for word in (*found[max(0, i - 2) : i], *found[i + 1 : i + 3]))


def _participle(word: str, words: TimeWords) -> bool:
    return word.endswith("ed") and len(word) >= SHORTEST_PARTICIPLE and word not in words.groups["no_participles"]
