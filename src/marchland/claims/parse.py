"""From a sentence to a dependency parse in which each name is one word.

The small English model knows neither Qala-i-Naw nor M23. So names found beforehand are given to the parser as single
words that it does know (lexicons/grammar.toml, `surrogates`), and mapped back afterwards: offsets are always those of
the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from spacy.attrs import LENGTH, SPACY
from spacy.language import Language

from marchland.claims.mentions import Mention
from marchland.claims.model import English
from marchland.claims.words import Token
from marchland.dates import DateExpression, find_dates
from marchland.records import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """One word for the parser: what it stands for in the sentence, and what the parser is shown."""

    start: int
    end: int
    shown: str
    mention: Mention | None


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence. Token i of `doc` covers `text[starts[i]:ends[i]]`."""

    text: str
    span: Span
    kind: str
    """Kind of article part it lies in: headline, caption, body, ..."""
    doc: tuple[Token, ...]
    pieces: tuple[Piece, ...]

    @cached_property
    def expressions(self) -> tuple[DateExpression, ...]:
        """Time expressions in the sentence."""
        return find_dates(self.text)

    @cached_property
    def dated(self) -> frozenset[int]:
        """Indexes of the tokens that belong to a time expression."""
        pieces = enumerate(self.pieces)
        return frozenset(i for i, p in pieces if any(e.start <= p.start < e.end for e in self.expressions))

    def mention(self, token: Token) -> Mention | None:
        """The name that this token stands for, if any."""
        return self.pieces[token.i].mention

    def start(self, token: Token) -> int:
        return self.pieces[token.i].start

    def end(self, token: Token) -> int:
        return self.pieces[token.i].end

    def written(self, first: Token, last: Token) -> str:
        """The text from one token to another, as written in the article."""
        return self.text[self.start(first) : self.end(last)]

    def in_article(self, start: int, end: int) -> Span:
        """Offsets in the sentence -> offsets in the article."""
        return Span(self.span.start + start, self.span.start + end)

    def at(self, offset: int) -> Token | None:
        """The token that covers this offset in the sentence."""
        for token, piece in zip(self.doc, self.pieces, strict=True):
            if piece.start <= offset < piece.end:
                return token
        return None


@dataclass(frozen=True)
class Parser:
    """The model, and the words that it is shown in place of names."""

    model: English
    surrogates: Mapping[str, str]
    shown: Mapping[str, str]
    """Verb forms that the model does not know -> one that it knows and that means the same."""

    @classmethod
    def load(cls, surrogates: Mapping[str, str], shown: Mapping[str, str]) -> Parser:
        """Load the first installed model; takes about half a second."""
        return cls(English.load(), surrogates, shown)

    @property
    def nlp(self) -> Language:
        """The model itself."""
        return self.model.nlp

    @cached_property
    def english(self) -> frozenset[str]:
        """English nouns, verbs and adjectives that the model's lemmatizer lists."""
        lemmatizer: Any = self.nlp.get_pipe("lemmatizer")
        vocabulary: set[str] = set(self.nlp.Defaults.stop_words)
        for table in ("lemma_index", "lemma_exc"):
            for entries in lemmatizer.lookups.get_table(table).values():
                vocabulary.update(entries)
        return frozenset(vocabulary)

    def is_english(self, word: str) -> bool:
        """True for a lower-case English word in any of its usual forms."""
        if word in self.english:
            return True
        return any(word.endswith(end) and word[: -len(end)] + tail in self.english for end, tail in _ENDINGS)

    def pieces(self, text: str, mentions: Sequence[Mention]) -> tuple[Piece, ...]:
        """Words of the sentence, each mention as one word; an address of the web is not one."""
        starting = {mention.start: mention for mention in mentions}
        pieces: list[Piece] = []
        at = 0
        for start in [*sorted(starting), len(text)]:
            pieces.extend(self._plain(text, at, start))
            mention = starting.get(start)
            if mention is not None:
                pieces.append(Piece(mention.start, mention.end, self._shown(mention), mention))
                at = mention.end
        return tuple(pieces)

    def _plain(self, text: str, start: int, end: int) -> Iterator[Piece]:
        tokens = self._tokens(text[start:end], start)
        index = 0
        while index < len(tokens):
            length = 3 if _is_again(tokens[index : index + 3]) else 1
            members = tokens[index : index + length]
            word = members[0][1] if length == 1 else members[0][1] + members[2][1]
            begin, finish = members[0][0], members[-1][0] + len(members[-1][1])
            yield Piece(begin, finish, self.shown.get(word.lower(), _shown_plain(word)), None)
            index += length

    def _tokens(self, text: str, start: int) -> list[tuple[int, str]]:
        """The model's tokens with where they begin, without white space and addresses of the web."""
        at, found = 0, []
        for length, space in self.nlp.tokenizer(text).to_array([LENGTH, SPACY]).tolist():
            word = text[at : at + length]
            if not word.isspace() and "://" not in word:
                found.append((start + at, word))
            at += length + space
        return found

    def _shown(self, mention: Mention) -> str:
        simple = mention.kind == "party" and " " not in mention.text and "-" not in mention.text
        return mention.text if simple else self.surrogates[mention.kind]

    def parse(self, batch: Iterable[tuple[str, Span, str, tuple[Piece, ...]]]) -> Iterator[Sentence]:
        """Parse sentences given as (text, span, kind, pieces)."""
        listed = [item for item in batch if item[3]]
        docs = self.model.parse([(_words(pieces), _spaces(text, pieces)) for text, _, _, pieces in listed])
        for (text, span, kind, pieces), doc in zip(listed, docs, strict=True):
            yield Sentence(text, span, kind, doc, pieces)


def _words(pieces: Sequence[Piece]) -> list[str]:
    return [piece.shown for piece in pieces]


def _spaces(text: str, pieces: Sequence[Piece]) -> list[bool]:
    """Whether anything stands between each word and the next."""
    return [*(text[piece.end : follower.start] != "" for piece, follower in pairwise(pieces)), False]


_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ies", "y"),
    ("ied", "y"),
    ("ly", ""),
)


def _is_again(tokens: Sequence[tuple[int, str]]) -> bool:
    """The three tokens of "re-took", which the parser is shown as "retook"."""
    words = [word for _, word in tokens]
    return len(words) == 3 and words[0].lower() == "re" and words[1] == "-" and words[2].isalpha()


def _shown_plain(word: str) -> str:
    return word.replace("’", "'").replace("“", '"').replace("”", '"').replace("‘", "'") or word
