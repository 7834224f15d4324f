"""Past or future from the words around a time expression, where no parse of the sentence is at hand."""

from __future__ import annotations

import re

from marchland.dates.words import TimeWords, load_words

WINDOW = 160
"""Characters looked at on either side."""
WORD = re.compile(r"[A-Za-z]+")
SENTENCE_END = re.compile(r"(?<=[^\W_]{2})[.!?][\"'”’)]*\s+(?=$|[A-Z\"'“‘`(])|\n\s*\n")
REACH = 10
"""Words back from the expression within which its verb is sought."""
LEAD = 2
"""An expression with no more words before it opens the sentence: its verb follows."""
TIES = ("to", "for", "on")
"""Words after "set", "plans" and the like that make them look ahead."""
SHORTEST_PARTICIPLE = 5


def tense_near(text: str, start: int, end: int, *, words: TimeWords | None = None) -> str:
    """past, future, or "" where no word says: from the nearest verb before `text[start:end]`, or after one that leads.

    It reads words, not grammar: "will", "is due", "was", "captured"; "must be" and "would" leave it open. `resolve`
    takes the answer as its tense.
    """
    words = words or load_words()
    deadline = text[start:end].partition(" ")[0].lower() in words.groups["deadlines"]
    before = SENTENCE_END.split(text[max(0, start - WINDOW) : start])[-1]
    after = SENTENCE_END.split(text[end : end + WINDOW])[0]
    told, after_it = WORD.findall(before.lower())[::-1], WORD.findall(after.lower())
    said = _first(told[:REACH], words) if len(told) > LEAD else _first(after_it, words, forwards=True)
    return said if not deadline or said == "future" else ""


def _first(found: list[str], words: TimeWords, *, forwards: bool = False) -> str:
    """What the first word that says anything says; `found` runs away from the expression."""
    order = found if forwards else found[::-1]
    for at, word in enumerate(found):
        i = at if forwards else len(found) - 1 - at
        before, after = order[max(0, i - 2) : i], order[i + 1 : i + 2]
        if word in words.groups["open_cues"]:
            return ""
        if word in words.groups["future_cues"] or (word in words.groups["planned_cues"] and after and after[0] in TIES):
            return "" if any(each in words.groups["past_auxiliaries"] for each in (*before, *after)) else "future"
        if before[-2:] == ["to", "be"]:
            return ""
        if (not before or before[-1] != "be") and (word in words.groups["past_cues"] or _participle(word, words)):
            return "past"
    return ""


def _participle(word: str, words: TimeWords) -> bool:
    return word.endswith("ed") and len(word) >= SHORTEST_PARTICIPLE and word not in words.groups["no_participles"]
