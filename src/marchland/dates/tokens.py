"""Text as a line of words, numbers and marks with offsets: what the date grammar reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from marchland.dates.words import TimeWords

TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
"""One class of characters a token, so that the scan is linear on any text."""

LONGEST_NUMBER = 4
REACH = 10
"""No expression has more tokens than this before the word that makes it one."""


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of one text. Asking past either end gives an empty token, so that the grammar needs no guards."""

    raw: tuple[str, ...]
    low: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    words: TimeWords
    size: int
    figures: dict[int, int]
    """The plain numbers by position."""
    promising: tuple[bool, ...]
    """For each token, whether a word or figure that an expression needs follows soon enough."""
    read: dict[tuple[Any, ...], Any] = field(default_factory=dict, compare=False, repr=False)
    """What readers found at positions that several of them look at."""

    def at(self, i: int) -> str:
        """Token `i` in lower case, or ""."""
        return self.low[i] if 0 <= i < self.size else ""

    def shown(self, i: int) -> str:
        """Token `i` as written, or ""."""
        return self.raw[i] if 0 <= i < len(self.raw) else ""

    def capital(self, i: int) -> bool:
        """Whether token `i` begins with a capital letter."""
        return self.shown(i)[:1].isupper()

    def number(self, i: int) -> int | None:
        """The plain number at `i`, of four digits at most."""
        return self.figures.get(i)

    def joined(self, i: int) -> bool:
        """Whether token `i` touches the one before it ("6th", "10:30", "2021-07")."""
        return 0 < i < len(self.spans) and self.spans[i - 1][1] == self.spans[i][0]

    def isin(self, i: int, group: str) -> bool:
        """Whether token `i` is one of the words of a group of the lexicon."""
        return self.at(i) in self.words.groups[group]

    def match(self, i: int, *wanted: str) -> bool:
        """Whether the tokens from `i` on are these words."""
        return self.low[i : i + len(wanted)] == wanted

    def skip(self, i: int, *optional: str) -> int:
        """`i`, or the next position when token `i` is one of these words."""
        return i + 1 if self.at(i) in optional else i


def tokenize(text: str, words: TimeWords) -> Line:
    """Cut a text into tokens, in time linear in its length."""
    found = [(hit.group(), hit.span()) for hit in TOKEN.finditer(text)]
    raw = tuple(word for word, _ in found)
    low = tuple(word.lower() for word in raw)
    spans = tuple(span for _, span in found)
    return Line(raw, low, spans, words, len(low), _figures(low), _promising(low, words))


def _figures(low: tuple[str, ...]) -> dict[int, int]:
    short = ((i, word) for i, word in enumerate(low) if "0" <= word[0] <= "9" and len(word) <= LONGEST_NUMBER)
    return {i: int(word) for i, word in short if word.isascii()}


def _promising(low: tuple[str, ...], words: TimeWords) -> tuple[bool, ...]:
    """Whether each token may begin an expression and has the core of one within reach: most tokens have not."""
    reach, promising = 0, [False] * len(low)
    for i in range(len(low) - 1, -1, -1):
        word = low[i]
        digit = word[0].isdigit()
        reach = REACH if digit or word in words.cores else reach - 1
        promising[i] = reach > 0 and (digit or word in words.starters)
    return tuple(promising)
