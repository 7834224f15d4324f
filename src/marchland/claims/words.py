"""A parsed sentence as plain Python objects.

Frames, roles and stance ask every word for its children, head and lemma many times over. spaCy makes a new object for
each such answer; these words are made once for each sentence and answer in the same names with the same values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from spacy.lang.en.lex_attrs import like_num
from spacy.lang.lex_attrs import is_punct


class Token:
    """One word of a parse: the names and values of spaCy's own, `children` and `head` made once."""

    def __init__(self, i: int, text: str, *, pos: str, tag: str, dep: str, lemma: str) -> None:
        """A word without its links; `link` makes those of the whole sentence."""
        self.i = i
        self.text = text
        self.lower_ = text.lower()
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.lemma_ = lemma
        self.doc: tuple[Token, ...] = ()
        self.head: Token = self
        self.children: list[Token] = []

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def lefts(self) -> Iterator[Token]:
        """Children before the word, in order."""
        return (child for child in self.children if child.i < self.i)

    @property
    def rights(self) -> Iterator[Token]:
        """Children after the word, in order."""
        return (child for child in self.children if child.i > self.i)

    @cached_property
    def subtree(self) -> tuple[Token, ...]:
        """The word and all that hangs under it: what hangs before each word, the word, what hangs after it."""
        found: list[Token] = []
        waiting = [(self, False)]
        while waiting:
            token, opened = waiting.pop()
            if opened or not token.children:
                found.append(token)
                continue
            waiting += [(child, False) for child in reversed(token.children) if child.i > token.i]
            waiting.append((token, True))
            waiting += [(child, False) for child in reversed(token.children) if child.i < token.i]
        return tuple(found)

    @cached_property
    def left_edge(self) -> Token:
        """The first word of the subtree."""
        return min(self.subtree, key=lambda member: member.i)

    @cached_property
    def right_edge(self) -> Token:
        """The last word of the subtree."""
        return max(self.subtree, key=lambda member: member.i)

    @cached_property
    def conjuncts(self) -> tuple[Token, ...]:
        """All words coordinated with this one, however the chain runs."""
        start = self
        while start.dep_ == "conj" and start.head is not start:
            start = start.head
        found = [start]
        for member in found:
            found.extend(child for child in member.children if child.dep_ == "conj" and child.i > member.i)
        return tuple(member for member in found if member is not self)

    @property
    def ancestors(self) -> Iterator[Token]:
        """The word's head, that one's head, and so on to the root."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    def is_ancestor(self, other: Token) -> bool:
        """Whether `other` hangs under this word."""
        return any(at is self for at in other.ancestors)

    def nbor(self, offset: int = 1) -> Token:
        """The word so many places on; raises IndexError beyond the sentence."""
        if not 0 <= self.i + offset < len(self.doc):
            raise IndexError(f"no word {offset} places from {self.text!r}")
        return self.doc[self.i + offset]

    @cached_property
    def like_num(self) -> bool:
        """Whether it is a number in digits or words."""
        return bool(like_num(self.text))  # type: ignore[no-untyped-call]

    @cached_property
    def is_punct(self) -> bool:
        """Whether it is made of punctuation."""
        return bool(is_punct(self.text))

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.text.isspace()

    @property
    def is_alpha(self) -> bool:
        """Whether it is made of letters."""
        return self.text.isalpha()

    @property
    def is_digit(self) -> bool:
        """Whether it is made of digits."""
        return self.text.isdigit()

    @property
    def is_title(self) -> bool:
        """Whether it is written with a capital and small letters."""
        return self.text.istitle()

    @property
    def is_upper(self) -> bool:
        """Whether it is written in capitals."""
        return self.text.isupper()


def link(tokens: Sequence[Token], heads: Sequence[int]) -> tuple[Token, ...]:
    """The sentence made of these words: each gets its head (by index; a root's is its own) and its children."""
    doc = tuple(tokens)
    for token, at in zip(doc, heads, strict=True):
        token.doc = doc
        token.head = doc[at]
        if at != token.i:
            doc[at].children.append(token)
    return doc
