"""The days that an article has told so far: what "a day later" in a later sentence counts from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from marchland.claims.parse import Sentence
from marchland.claims.quotes import in_quotation
from marchland.claims.words import Token
from marchland.records import Interval

REACH = 6
"""Sentences after which "a day later" no longer counts from a day that was told."""
Deed = tuple[str, str]
"""Family of events and the place's name."""


@dataclass(frozen=True, slots=True)
class Told:
    """A day that the article told, with the words that told it."""

    interval: Interval
    words: str
    number: int | None = None
    """Of the sentence, in order; None for what stands in no sentence."""

    def says(self, now: int) -> str:
        """The words and where they stand, seen from sentence `now`."""
        if self.number is None or self.number == now:
            return f'"{self.words}"' if self.number is not None else self.words
        if self.number > now:
            return f'"{self.words}" further on'
        back = now - self.number
        return f'"{self.words}" in the sentence before' if back == 1 else f'"{self.words}" {back} sentences before'


@dataclass
class DaysTold:
    """Memory of one article; made anew for each."""

    deeds: dict[Deed, Told] = field(default_factory=dict)
    named: dict[int, Deed] = field(default_factory=dict)
    """Where in the article a word names a deed, or its place -> which deed."""
    begun: dict[str, Told] = field(default_factory=dict)
    """Noun -> when what it names began: "the offensive"."""
    last: dict[str, Told] = field(default_factory=dict)
    """Whose words ("" for the article's own) -> the day told last in them."""
    background: Told | None = None
    """The old date that the present paragraph is about."""
    number: int = 0
    kind: str = ""
    end: int = 0

    def enter(self, sentence: Sentence, number: int, text: str) -> None:
        """Go on to a sentence: another kind of part breaks the chain, a new paragraph ends its background."""
        if sentence.kind != self.kind:
            self.last.clear()
        if sentence.kind != self.kind or "\n" in text[self.end : sentence.span.start]:
            self.background = None
        self.number, self.kind, self.end = number, sentence.kind, sentence.span.end

    def told(self, found: Told, voice: str, begun: Collection[Token]) -> None:
        """Take note of the day of a main event; `begun` are nouns for what began with it."""
        self.last[voice] = found
        for noun in begun:
            self.begun[noun.lemma_.lower()] = found

    def recent(self, voice: str) -> Told | None:
        """The day told last in these words, when that was not long ago."""
        found = self.last.get(voice)
        near = found is not None and found.number is not None and self.number - found.number <= REACH
        return found if near else None

    def deed(self, token: Token, sentence: Sentence) -> Told | None:
        """The day that the article gives to the deed, or the place's deed, that this word names."""
        start = sentence.in_article(sentence.start(token), sentence.end(token)).start
        return self.deeds.get(self.named.get(start, ("", "")))


def voice_of(token: Token, sentence: Sentence, quoted: str) -> str:
    """Whose words an event is told in: "" for the article's own."""
    inside, _ = in_quotation(sentence)
    return quoted or ("a quotation" if token.i in inside else "")
