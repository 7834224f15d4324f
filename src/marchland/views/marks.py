"""Which characters of an article make a claim: the spans of its parts, and a text cut into pieces along them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from marchland.records import Claim, Span

ROLES = ("event", "place", "actor", "opponent", "speaker", "date", "said on", "stance", "quantity")
"""In the order in which they take precedence where one colour must do for two."""
FRAME = "the frame itself"
"""How a stance came about where the word for the event says it: "lost"."""
_ENDS = ".!?\n"
_MOST = 300
"""Characters of context on either side of what stands outside the sentence."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One part of a claim in the article's text; the end is not included."""

    role: str
    """One of `ROLES`."""
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of characters that play the same roles; none for plain text."""

    text: str
    roles: tuple[str, ...]


def marks(claim: Claim, text: str) -> tuple[Mark, ...]:
    """The parts of a claim where they stand in its article, in the order of the text."""
    spans: list[tuple[str, Span | None]] = [
        ("event", claim.trigger),
        ("place", claim.place.span if claim.place.kind not in ("context", "none") else None),
        ("actor", claim.actor.span if claim.actor and claim.actor.text else None),
        ("opponent", claim.opponent.span if claim.opponent and claim.opponent.text else None),
        ("speaker", claim.source.span),
        ("date", claim.when.span if claim.when else None),
        ("said on", claim.said.span if claim.said else None),
        ("stance", stance_words(claim, text)),
        ("quantity", _nearest(claim.quantity.text, claim.place.span, claim.sentence, text) if claim.quantity else None),
    ]
    found = [
        Mark(role, span.start, span.end, span.of(text))
        for role, span in spans
        if span is not None and 0 <= span.start < span.end <= len(text)
    ]
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.role)))


def stance_words(claim: Claim, text: str) -> Span | None:
    """Where the words stand that make the stance ("reportedly", "no longer"); None for a plain statement."""
    if claim.stance == "asserts":
        return None
    quoted = re.match(r'"([^"]+)"', claim.stance_how)
    hows = [quoted.group(1)] if quoted else claim.stance_how.split(", ")
    spans = [claim.trigger if how == FRAME else _told(how, claim, text) for how in hows]
    return next((span for span in spans if span is not None), None)


def _told(how: str, claim: Claim, text: str) -> Span | None:
    """Where words that make a stance stand, or the last of them."""
    whole = _nearest(how, claim.trigger, claim.sentence, text)
    return whole or _nearest(how.rpartition(" ")[2], claim.trigger, claim.sentence, text)


def _nearest(words: str, to: Span, within: Span, text: str) -> Span | None:
    """Where whole words stand in a stretch of text, nearest to a span of it."""
    if not words:
        return None
    before, after = (r"\b" if one.isalnum() else "" for one in (words[0], words[-1]))
    pattern = re.compile(before + re.escape(words) + after, re.IGNORECASE)
    found = [Span(*one.span()) for one in pattern.finditer(text, within.start, within.end)]
    return min(found, key=lambda span: abs(span.start - to.start), default=None)


def stretches(text: str, start: int, end: int, found: Sequence[Mark]) -> Iterator[Stretch]:
    """The text from one offset to another, cut where a mark begins or ends. Overlapping marks share their words."""
    inside = [mark for mark in found if mark.start < end and mark.end > start]
    cuts = {start, end, *(mark.start for mark in inside), *(mark.end for mark in inside)}
    cuts = {cut for cut in cuts if start <= cut <= end}
    for begin, finish in pairwise(sorted(cuts)):
        here = {mark.role for mark in inside if mark.start <= begin and finish <= mark.end}
        yield Stretch(text[begin:finish], tuple(role for role in ROLES if role in here))


def outside(text: str, sentence: Span, found: Sequence[Mark]) -> tuple[Span, ...]:
    """Sentences that hold the marks which the claim's own sentence does not hold, in order, none twice."""
    away = [mark for mark in found if mark.end <= sentence.start or mark.start >= sentence.end]
    made: list[Span] = []
    for mark in away:
        if not any(span.start <= mark.start < span.end for span in made):
            made.append(_around(text, mark, sentence))
    return tuple(made)


def _around(text: str, mark: Mark, sentence: Span) -> Span:
    """The sentence about a mark, roughly: from the full stop before to the one after, and not into the claim's own."""
    start = max(text.rfind(end, 0, mark.start) for end in _ENDS) + 1
    ends = [at + 1 for end in _ENDS if (at := text.find(end, mark.end)) >= 0]
    end = min(ends, default=len(text))
    start, end = max(start, mark.start - _MOST), min(end, mark.end + _MOST)
    if mark.end <= sentence.start:
        end = max(min(end, sentence.start), mark.end)
    else:
        start = min(max(start, sentence.end), mark.start)
    while start < mark.start and text[start].isspace():
        start += 1
    return Span(start, end)
