"""What a reader types into a search box, and where its words stand in a text.

Words, "several words in a row", prefix* and -without; anything else is taken as it is written. Accents and case make
no difference. Nothing that is typed is an error: what has no letter or digit is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST = 24
"""Words of one question that count."""
LENGTH = 200
"""Characters of a question that count."""
SNIPPET = 280
"""Characters of a text that are shown, about."""
_TERM = re.compile(r'(?P<not>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_TOKEN = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control and direction characters: each is shown as a blank, so that ranges stay true."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Term:
    """Some words in a row, without marks and in small letters."""

    words: tuple[str, ...]
    prefix: bool = False
    """Whether the last word may go on."""

    @property
    def expression(self) -> str:
        """The term as FTS5 has it: only letters and digits stand between the quotation marks."""
        return f'"{" ".join(self.words)}"' + (" *" if self.prefix else "")


@dataclass(frozen=True, slots=True)
class Words:
    """A question."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def match(self) -> str:
        """What FTS5 is asked for; empty where nothing is."""
        return " AND ".join(one.expression for one in self.wanted)

    @property
    def refuse(self) -> str:
        """What must not be in the text; empty where anything may."""
        return " OR ".join(one.expression for one in self.unwanted)

    @property
    def plain(self) -> tuple[str, ...]:
        """All the words that are wanted."""
        return tuple(word for one in self.wanted for word in one.words)


def parse(text: str) -> Words:
    """The question that somebody typed."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    left = MOST
    for found in _TERM.finditer(readable(text)[:LENGTH]):
        told = found["phrase"] if found["word"] is None else found["word"]
        words = tuple(fold(one) for _, one in tokens(told or ""))[:left]
        left -= len(words)
        if words:
            prefix = found["word"] is not None and told.endswith("*")
            (unwanted if found["not"] else wanted).append(Term(words, prefix))
    return Words(tuple(wanted), tuple(unwanted))


def readable(text: str) -> str:
    """Text without what no store takes: NUL and halves of characters."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def tokens(text: str) -> Iterator[tuple[int, str]]:
    """Where each word of a text begins, and the word."""
    for found in _TOKEN.finditer(text):
        yield found.start(), found[0]


def fold(word: str) -> str:
    """A word without marks or case, as the index has it."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not "\u0300" <= letter <= "\u036f")
    return "".join(letter for letter in unicodedata.normalize("NFC", bare).lower() if letter.isalnum())


# ------------------------------------------------------------------------------------------------------------- snippets


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text and where the words asked for stand in it; never markup."""

    text: str
    marks: tuple[Range, ...] = ()
    """Half-open ranges of characters (code points) of `text`, in order."""
    before: bool = False
    """Whether the whole text begins earlier."""
    after: bool = False
    """Whether the whole text goes on."""


def marks(text: str, wanted: Iterable[Term]) -> tuple[Range, ...]:
    """Where the terms stand, in order, without overlap."""
    found = [(start, start + len(word), fold(word)) for start, word in tokens(text)]
    hits = sorted({hit for term in wanted for hit in _hits(term, found)})
    made: list[Range] = []
    for start, end in hits:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


def _hits(term: Term, found: Sequence[tuple[int, int, str]]) -> Iterator[Range]:
    *first, last = term.words
    for at in range(len(found) - len(first)):
        final = found[at + len(first)]
        ends = final[2].startswith(last) if term.prefix else final[2] == last
        if ends and all(found[at + step][2] == word for step, word in enumerate(first)):
            yield found[at][0], final[1]


def snippet(text: str, wanted: Sequence[Term], *, most: int = SNIPPET) -> Snippet:
    """The piece of a text that has most of the terms, whole words, `most` characters at the most."""
    places = marks(text, wanted)
    start = _best(places, most) if len(text) > most else 0
    start, end = _whole(text, start, min(len(text), start + most))
    inside = tuple((a - start, b - start) for a, b in places if a >= start and b <= end)
    return Snippet(_UNSEEN.sub(" ", text[start:end]), inside, start > 0, end < len(text))


def _best(places: Sequence[Range], most: int) -> int:
    """Where a window should begin, a little before the first of the most marks that fit into it."""
    lead = most // 5
    best, count = 0, 0
    for at, (start, _) in enumerate(places):
        fits = sum(end <= start + most - lead for _, end in places[at : at + 40])
        if fits > count:
            best, count = start, fits
    begin = best - lead if count else 0
    return begin if begin > lead else 0


def _whole(text: str, start: int, end: int) -> Range:
    """The range without a broken word at its ends."""
    if start:
        blank = text.find(" ", start, min(start + 40, end))
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = text.rfind(" ", max(end - 40, start), end)
        end = blank if blank > start else end
    return start, end
