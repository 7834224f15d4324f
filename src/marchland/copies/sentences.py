"""Which sentences with claims are the same words in two linked texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from marchland.copies.compare import TextLink
from marchland.copies.settings import Grouping
from marchland.copies.sketch import words_of

Sentence = tuple[int, int]
"""Key of a text, and where in it the sentence begins."""
Told = tuple[int, int, str]
"""First and last character of a sentence with a claim (the last is not included), and its words."""


def same_sentences(
    mine: Sequence[Told], theirs: Sequence[Told], link: TextLink, rules: Grouping
) -> Iterator[tuple[int, int]]:
    """Starts of sentences of the one and of the other that lie in one copied range and say the same words.

    A shared quotation has to lie in both sentences, or take up most of them; the words around it may differ.
    """
    test = _same_quote if link.kind == "quote" else _same_words
    for span in link.ranges:
        near = [one for one in theirs if _overlap(one, span.other_start, span.other_end)]
        for one in mine:
            if near and _overlap(one, span.start, span.end):
                ends = (span.start, span.end), (span.other_start, span.other_end)
                yield from ((one[0], other[0]) for other in near if test(one, other, ends, rules))


Ends = tuple[tuple[int, int], tuple[int, int]]


def _same_words(one: Told, other: Told, ends: Ends, rules: Grouping) -> bool:
    inside = _overlap(one, *ends[0]) >= rules.inside * (one[1] - one[0])
    inside = inside and _overlap(other, *ends[1]) >= rules.inside * (other[1] - other[0])
    return inside and alike(one[2], other[2]) >= rules.alike


def _same_quote(one: Told, other: Told, ends: Ends, rules: Grouping) -> bool:
    """Whether most of the quotation, or of the sentence, is the other on both sides."""
    for told, (start, end) in ((one, ends[0]), (other, ends[1])):
        if _overlap(told, start, end) < rules.inside * min(end - start, told[1] - told[0]):
            return False
    return True


def alike(one: str, other: str) -> float:
    """Share of the words of the longer sentence that are in the other, 0 to 1."""
    mine, theirs = Counter(words_of(one).ids.tolist()), Counter(words_of(other).ids.tolist())
    longer = max(mine.total(), theirs.total())
    return (mine & theirs).total() / longer if longer else 0.0


def _overlap(told: Told, start: int, end: int) -> int:
    """Characters of a sentence that lie in a range."""
    return max(min(told[1], end) - max(told[0], start), 0)
