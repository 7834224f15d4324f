"""Agencies and outlets whose words an article says it carries: "AFP reported", "(Reuters)", "with inputs from dpa"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from marchland.copies.settings import SHORT, Names, RelayWords
from marchland.records import Article, Credit, Span

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s|\n")


class RelayFinder:
    """Finds credits; made once for one set of names and words."""

    def __init__(self, names: Names, words: RelayWords) -> None:
        self.names = names
        name = _names(names.aliases)
        between = rf"(?:(?i:{_any(words.between)})\s+){{0,3}}"
        before, whole, after = _any(words.before), _any(words.whole), _any(words.after)
        pictures = rf"\b(?i:{_any(words.pictures)})\b"
        self._pictures = re.compile(pictures)
        self._any = re.compile(rf"\b{name}\b")
        bare = [alias.removeprefix("the ").removeprefix("The ") for alias in names.aliases]
        self._heads = frozenset(_WORD.findall(alias)[0] for alias in bare)
        self._cues = (
            (True, re.compile(rf"(?<!\w)(?i:{whole})\s*:?\s*{between}{name}\b")),
            (
                True,
                re.compile(rf"[(\[](?:(?![^()\[\]]*{pictures})[^()\[\]]{{0,40}}?\b)??{name}\b[^()\[\]]{{0,40}}[)\]]"),
            ),
            (True, re.compile(rf"(?:^|[\s.])(?:--?|–|—)\s?{name}\b|[/|]\s*{name}\W{{0,3}}$", re.MULTILINE)),
            (
                True,
                re.compile(rf"(?:^|(?<=[.!?])\s+)\W{{0,3}}{name}(?:\s+News)?\s*(?:[-–—/|:,]|\.\s|\.?$)", re.MULTILINE),
            ),
            (False, re.compile(rf"(?<!\w)(?i:{before})\s+{between}{name}\b")),
            (False, re.compile(rf"\b{name}(?:['’]s?)?,?\s+{between}(?i:{after})\b")),
            (False, re.compile(rf"\b{name}['’]s?\s+(?:[A-Z][\w-]+\s+){{1,3}}(?i:{after})\b")),
        )

    def credits(self, article: Article) -> tuple[Credit, ...]:
        """Who is credited, by place in the text; one credit for each name and cue.

        What a publisher tells of itself is no relay: it is the source.
        """
        own = self.names.publisher(article)
        found = {(one.name, one.how, one.span): one for one in self._found(article) if one.name != own}
        if own:
            found[own, "", None] = Credit(article.article_id, own, None, f"published by {own}", True)
        return tuple(sorted(_first_of_each(found.values()), key=order))

    def _found(self, article: Article) -> Iterator[Credit]:
        for name in article.agencies:
            if self._only_pictures(name, article.text):
                continue
            yield Credit(article.article_id, self.names.of(name) or name, None, f"credited to {name}", True)
        captions = [part for part in article.parts if part.kind == "caption"]
        for part in article.parts:
            if part.kind == "byline":
                yield from self._in_byline(article, part.start, part.end)
        for start, end in self._lines(article.text):
            for whole, pattern in self._cues:
                for match in pattern.finditer(article.text, start, end):
                    if not any(part.start <= match.start() < part.end for part in captions) and not (
                        match.group()[0] in "([" and self._under_picture(article.text, match.start())
                    ):
                        yield self._credit(article, match, whole)

    def _lines(self, text: str) -> Iterator[tuple[int, int]]:
        """Lines with a word that begins a name: most have none, and the patterns are slow."""
        start = 0
        for line in text.split("\n"):
            words = _WORD.findall(line)
            if not self._heads.isdisjoint(words) or not self._heads.isdisjoint(map(str.casefold, words)):
                yield start, start + len(line)
            start += len(line) + 1

    def _in_byline(self, article: Article, start: int, end: int) -> Iterator[Credit]:
        for match in self._any.finditer(article.text, start, end):
            yield self._credit(article, match, True)

    def _credit(self, article: Article, match: re.Match[str], whole: bool) -> Credit:
        alias = _alias(match)
        words = " ".join(match.group().split())
        name = self.names.of(alias) or alias
        return Credit(article.article_id, name, Span(match.start(), match.end()), f'"{words}"', whole)

    def _only_pictures(self, name: str, text: str) -> bool:
        """Whether a name stands in the text, and nowhere but in brackets after a caption."""
        at = [match.start() for match in self._any.finditer(text) if self.names.of(_alias(match)) == name]
        return bool(at) and all(
            text[start - 1 : start] in "([" and self._under_picture(text, start - 1) for start in at
        )

    def _under_picture(self, text: str, at: int) -> bool:
        """Whether the sentence that ends with a name in brackets says that it is a caption."""
        before = text[max(at - 300, 0) : at].rstrip(" .\n")
        begin = max((end.end() for end in _SENTENCE_END.finditer(before)), default=0)
        return bool(self._pictures.match(before[begin:].lstrip()))


def _alias(match: re.Match[str]) -> str:
    """The name in a match, as written."""
    return next(group for group in match.groups() if group)


def _first_of_each(found: Iterable[Credit]) -> list[Credit]:
    """Every credit of a sentence, since each shows where; of credits of the whole text one for each name."""
    kept: dict[tuple[object, ...], Credit] = {}
    for one in sorted(found, key=lambda one: (not one.whole, *order(one))):
        key = (one.name, True) if one.whole else (one.name, one.span)
        inside = any(other.name == one.name and _holds(other, one) for other in kept.values())
        if (key not in kept and not inside) or (key in kept and kept[key].span is None and one.span is not None):
            kept[key] = one
    return list(kept.values())


def _holds(one: Credit, other: Credit) -> bool:
    """Whether the cue of one lies in that of another."""
    return bool(one.span and other.span and one.span.start <= other.span.start < one.span.end)


def order(one: Credit) -> tuple[int, str, str]:
    """By place in the text, those of the whole text first."""
    return (one.span.start if one.span else -1, one.name, one.how)


def _any(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)


def _names(aliases: Mapping[str, str]) -> str:
    """One group for short names, which keep their case, and one for the others."""
    short = _any(alias for alias in aliases if len(alias) <= SHORT)
    other = _any(alias for alias in aliases if len(alias) > SHORT)
    return rf"(?:(?:the\s+)?(?:({short})|(?i:({other}))))"
