"""Lists of places that parsers lose: read from the words between the names.

"X in the west and Y in the east", "X on Monday, Y on Tuesday and Z on Thursday", "six cities, including X and Y",
"26 of 28 districts in X, in Y 14 of 17".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from marchland.claims.mentions import Mention
from marchland.claims.parse import Sentence
from marchland.records import PlacePhrase

_SIDE = r"\w*(?:north|south|east|west|cent)\w*"
_LINK = re.compile(
    rf"\s*(?:(?P<inside>,?\s*(?:in|of|near|bordering)(?:\s+the)?(?:\s+{_SIDE})?)"
    rf"|(?:,?\s*(?:in|to) the (?:far |deep )?{_SIDE},?(?:\s+and)?)"
    r"|[,;:]?\s*(?:and|as well as|&|also|including|such as|namely|among them)?"
    r"(?:\s+(?:also|including|then|finally))?(?:\s+the)?(?:\s+(?:city|town|district) of)?"
    r"|(?:\s+(?:city|district|districts|town|province|provinces),?(?:\s+and)?(?:\s+the)?))\s*"
)
_OPENS = re.compile(
    r"[^;.:]{0,80}?,?\s+(?:including|such as|among them|notably)"
    r"(?:\s+(?:[a-z][\w-]*(?:[’']s)?|[A-Z]\w+[’']s)){0,6}?(?=\s+[A-Z](?!\w*[’']s\s))"
)
""" ", including the large eastern town of": what stands between a count or an area and the names in it."""
_SPELT = re.compile(r"[^;.:]{0,80}?(?::|\s[–—-])(?:\s+(?:[a-z][\w-]*,?|[–—-])){0,6}?(?=\s+[A-Z](?!\w*[’']s\s))")
""" ": the three northernmost - ": before names that the count counts, which must close with "and"."""
_COUNT = re.compile(
    r"\s*,?\s*(?P<part>\d+|all|none|[a-z]+(?:-[a-z]+)?)\s+(?:out\s+)?of\s+(?:the\s+|its\s+)?"
    r"(?P<whole>\d+|[a-z]+(?:-[a-z]+)?)\b(?P<unit>\s+(?!and\b|the\b)[a-z]+)?"
)
_INTRODUCED = re.compile(r"\s*[,;]?\s*(?:and\s+|while\s+)?in(?:\s+nearby|\s+neighbou?ring)?\s*")


def listed_after(found: list[PlacePhrase], sentence: Sentence) -> list[PlacePhrase]:
    """Names that go on a list begun by place phrases; the list must close with "and" or open with "including"."""
    last = max(found, key=lambda phrase: phrase.span.end)
    at = last.span.end - sentence.span.start
    opened = None if last.name else _OPENS.match(sentence.text, at)
    spelt = None if last.name or opened or last.number == "one" else _SPELT.match(sentence.text, at)
    if not last.name and not opened and not spelt and (last.within or last.with_countries or last.number == "one"):
        return []
    covered = {phrase.span.start for phrase in found}
    at = begun.end() if (begun := opened or spelt) else at
    listed: list[PlacePhrase] = []
    closed, previous = bool(opened), last
    for mention in _mentions_from(at, sentence):
        gap = _undated(sentence, at, mention.start)
        if mention.kind != "place" or not (link := _LINK.fullmatch(gap)):
            break
        closed = closed or "and" in gap
        if link["inside"]:
            previous = replace(previous, within=(*previous.within, mention.name))
            listed[-1:] = [previous] if listed else []
        elif sentence.span.start + mention.start not in covered:
            span = sentence.in_article(mention.start, mention.end)
            previous = PlacePhrase(mention.text, span, mention.name, number="one")
            listed.append(previous)
        at = mention.end
    return listed if closed else []


def counts_after(first: PlacePhrase, sentence: Sentence) -> list[PlacePhrase]:
    """Counts in other places that share the verb: "(it holds 26 of 28 districts,) in X 14 of 17 and in Y 3 of 7"."""
    if first.name or first.number not in ("several", "all") or not _COUNT.match(first.text):
        return []
    at = first.span.end - sentence.span.start
    counted: list[PlacePhrase] = []
    for mention in _mentions_from(at, sentence):
        count = _COUNT.match(sentence.text, mention.end)
        if mention.kind != "place" or not count or not _INTRODUCED.fullmatch(sentence.text[at : mention.start]):
            break
        start = count.start("part")
        span = sentence.in_article(start, count.end())
        text = sentence.text[start : count.end()]
        counted.append(replace(first, text=text, span=span, within=(mention.name,)))
        at = count.end()
    return counted


def _mentions_from(at: int, sentence: Sentence) -> Iterator[Mention]:
    return (piece.mention for piece in sentence.pieces if piece.mention and piece.start >= at)


def _undated(sentence: Sentence, start: int, end: int) -> str:
    """The words between two offsets, less any time expression ("on Monday") in them."""
    text = sentence.text[start:end]
    for expression in reversed(sentence.expressions):
        if start <= expression.start and expression.end <= end:
            before = re.sub(r"\s*\b(?:on|in|at|by)\s*$", "", text[: expression.start - start])
            text = before + text[expression.end - start :]
    return text
