"""Which words stand with a trigger of PLOVER: its objects, particles, prepositions, infinitives, what follows."""

from __future__ import annotations

from marchland.claims import roles
from marchland.claims.parse import Sentence
from marchland.claims.words import Token

WINDOW = 4
"""How far behind its trigger a word may stand where the parse does not tie them."""


def word_class(token: Token) -> str:
    """Part of speech as the tables write it, else empty."""
    return {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}.get(token.pos_, "")


def forms(token: Token) -> tuple[str, ...]:
    """The word as a table may list it: its lemma, then as written, in lower case."""
    return tuple(dict.fromkeys((token.lemma_.lower(), token.lower_)))


def near(token: Token, sentence: Sentence) -> dict[str, int]:
    """Words that stand with a trigger: its objects, particles, prepositions, infinitives, and what follows closely."""
    found: dict[str, int] = {}
    objects = roles.logical_objects(token) if token.pos_ == "VERB" else []
    for one in (*token.children, *objects):
        if one in objects or (one.dep_ not in _APART and not _is_finite(one) and not _is_time(one, sentence)):
            _note(found, one)
            for under in one.children:
                if under.dep_ in _PARTS:
                    if not _is_of_noun(under):
                        _note(found, under)
                    for deeper in under.children if under.dep_ in ("prep", "conj") else ():
                        if deeper.dep_ in ("pobj", "compound", "amod", "conj"):
                            _note(found, deeper)
    found["+obj" if objects else "-obj"] = token.i
    for other in token.doc[token.i + 1 : token.i + 1 + WINDOW]:
        if _is_time(other, sentence) or _is_of_noun(other):
            continue
        if other.pos_ in ("VERB", "PUNCT", "SCONJ") and other.dep_ != "xcomp":
            break
        _note(found, other)
    return found


def _note(found: dict[str, int], word: Token) -> None:
    for form in forms(word):
        found.setdefault(form, word.i)


def _is_of_noun(word: Token) -> bool:
    return word.lower_ == "of" and word.head.pos_ in ("NOUN", "PROPN")


def _is_time(word: Token, sentence: Sentence) -> bool:
    """ "on" in "on Sunday"."""
    return word.i in sentence.dated or (
        word.dep_ == "prep" and any(child.i in sentence.dated for child in word.children)
    )


def _is_finite(word: Token) -> bool:
    return word.dep_ == "ccomp" and word.tag_ in ("VBZ", "VBP", "VBD", "MD")


_APART = frozenset({"nsubj", "csubj", "advcl", "agent", "relcl", "conj", "parataxis"})
_PARTS = frozenset({"compound", "amod", "nmod", "conj", "pobj", "pcomp", "prep", "dobj", "aux", "prt"})
