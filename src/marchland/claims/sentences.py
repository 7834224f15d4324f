"""Cut an article into sentences without parsing it: only sentences that can hold a claim are worth a parse."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from marchland.records import Article, Span

MAX_SENTENCE = 1_200
"""Characters. Longer "sentences" (tables, text without full stops) are cut at a space, so that time stays bounded."""

_END = re.compile(
    r"[.!?…]+[\"”’')\]]*(?=\s|$)|\n\s*\n|\n|;(?=\s)"
    r"|\s[-–—](?=\s(?:The|A|An|On|In|At|It|He|She|They|Last)\s)|(?<=\d{4})\s[-–—](?=\s[A-Z])"
    r"|(?<=\w\))\s[-–—](?=\s[A-Z])"
)
"""A full stop and its kin, a line's end, a semicolon, or a dash after an agency or before a new sentence."""
_OPENING = re.compile(r"\s*[\"“‘'(\[#@]*[A-Z0-9\u00c0-\u024f•\-–—]")
_LAST_WORD = re.compile(r"([\w.]+)[.!?…]+[\"”’')\]]*$")


def sentences(article: Article, abbreviations: Collection[str]) -> Iterator[tuple[str, Span]]:
    """Yield (kind of part, span in the article) for each sentence of each part, in order."""
    for kind, spans in _read(article, abbreviations):
        yield from ((kind, span) for span in spans)


def cut(article: Article, abbreviations: Collection[str]) -> frozenset[Span]:
    """The spans that are but pieces of a sentence too long to be read whole."""
    if all(part.end - part.start <= MAX_SENTENCE for part in article.parts):
        return frozenset()
    return frozenset(span for _, spans in _read(article, abbreviations) if len(spans) > 1 for span in spans)


def _read(article: Article, abbreviations: Collection[str]) -> Iterator[tuple[str, list[Span]]]:
    for part in article.parts:
        if part.kind not in ("byline", "embed", "metadata", "note"):
            for start, end in _whole(article.text, part.start, part.end, abbreviations):
                yield part.kind, list(_pieces(article.text, start, end))


def _whole(text: str, start: int, end: int, abbreviations: Collection[str]) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and not _ends_sentence(text, begin, match, abbreviations):
            continue
        yield begin, match.end()
        begin = match.end()
    yield begin, end


def _ends_sentence(text: str, begin: int, match: re.Match[str], abbreviations: Collection[str]) -> bool:
    if "\n" in match.group():
        return not _runs_on(text, begin, match)
    if not _OPENING.match(text, match.end()):
        return False
    if match.group()[0] != ".":  # a question or exclamation mark, or a dash before a new sentence
        return True
    word = _LAST_WORD.search(text[max(begin, match.end() - 24) : match.end()])
    last = word.group(1).casefold() if word else ""
    is_initial = len(last) == 1 and last.isalpha()
    return not (last in abbreviations or is_initial)


def _runs_on(text: str, begin: int, line_end: re.Match[str]) -> bool:
    """Whether a sentence goes on after the line: nothing closes the line and the next begins in lower case."""
    before = text[max(begin, line_end.start() - 40) : line_end.start()].rstrip()
    after = text[line_end.end() : line_end.end() + 40].lstrip()
    return before[-1:].isalnum() and after[:1].islower()


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence without white space around it; one that is too long in pieces, each cut at a space."""
    start, end = _bare(text, start, end)
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + 1, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        yield Span(*_bare(text, start, cut))
        start, _ = _bare(text, cut, end)
    if end > start:
        yield Span(start, end)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
