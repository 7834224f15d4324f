"""Whether a page takes its own report back as a whole: "This story has been retracted".

Only what the page says of itself counts. That an army withdrew, that another outlet retracted a report, or that a
photograph was removed from the story, takes nothing back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import msgspec

from marchland.errors import BrokenData
from marchland.records import Article, Span

_SENTENCE = re.compile(r"[^\n.!?]*[.!?\n]?")
_QUOTES = str.maketrans({"’": "'", "‘": "'"})
_BE = (r"(?:has|have|had to)\s+", r"(?:been|be)", r"(?:was|is being|is|were)")
_EDITORS = r"(?:we|the editors|our editors)"
_AUXILIARY = r"(?:are|have|has|had|hereby|must|is)?"


@dataclass(frozen=True)
class RetractionWords:
    """The words of retractions.toml."""

    heads: tuple[str, ...]
    capitals: tuple[str, ...]
    nouns: tuple[str, ...]
    taken: tuple[str, ...]
    taking: tuple[str, ...]
    between: tuple[str, ...]
    labels: tuple[str, ...]

    @cached_property
    def head(self) -> re.Pattern[str]:
        """A title or a note that says nothing else, or says it before a colon or a dash."""
        return re.compile(
            rf"[\s*\[(]*(?:(?i:{_any(self.heads)})\s*(?:[:–—]|- |$)|{_any(self.capitals)}\s*[:–—-].*[a-z])"
        )

    @cached_property
    def own(self) -> re.Pattern[str]:
        """A sentence in which the page speaks of itself."""
        return self._sentence("(?:this|our)")

    @cached_property
    def noted(self) -> re.Pattern[str]:
        """The same in a note of the editors, where "the story" is this one."""
        return self._sentence("(?:this|our|the)")

    def _sentence(self, which: str) -> re.Pattern[str]:
        label = rf"(?:{_any(self.labels)}\s*[:–—-]\s*)?"
        filler = rf"(?:{_any(self.between)}\s+)*"
        thing = rf"{which}\s+(?:\w+\s+)?{_any(self.nouns)}"
        been = rf"(?:{_BE[0]}{filler}{_BE[1]}|{_BE[2]})"
        passive = rf"{thing}\s+{been}\s+{filler}{_any(self.taken)}\b"
        active = rf"{_EDITORS}\s+{_AUXILIARY}\s*{filler}{_any(self.taking)}\s+{thing}\b"
        return re.compile(rf"[\s*\[(]*{label}(?:{passive}|{active})")


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def load_words() -> RetractionWords:
    """The shipped words. Raises BrokenData where a list is missing."""
    text = (files("marchland") / "lexicons" / "retractions.toml").read_text(encoding="utf-8")
    try:
        return msgspec.toml.decode(text, type=RetractionWords)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BrokenData(f"retractions.toml: {error}") from error


def retraction(article: Article, words: RetractionWords) -> Span | None:
    """The words by which a page takes its report back; None where it does not.

    They are sought in the headline, in notes of the editors, and in the first two and the last of the paragraphs.
    """
    for span, noted in _stretches(article):
        text = span.of(article.text)
        if words.head.match(text):
            return span
        for match in _SENTENCE.finditer(text):
            if match.group().strip() and (words.noted if noted else words.own).match(_folded(match.group())):
                return Span(span.start + match.start(), span.start + match.end())
    return None


def _stretches(article: Article) -> Iterator[tuple[Span, bool]]:
    """Where a page speaks of itself, and whether it is a note: notes, the headline, first and last paragraphs."""
    yield from ((span, True) for span in article.corrections)
    yield from ((Span(part.start, part.end), False) for part in article.parts if part.kind == "headline")
    paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]+", article.text)]
    yield from ((span, False) for span in dict.fromkeys((*paragraphs[:2], *paragraphs[-1:])))


def _folded(text: str) -> str:
    return text.translate(_QUOTES).casefold()
