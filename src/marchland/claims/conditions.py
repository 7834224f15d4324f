"""The conditions of a frame: what must hold of the words around its predicate (`needs` in lexicons/control_frames.csv).

Each condition is one small function; lexicons/README.md describes the vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from marchland.claims import roles
from marchland.claims.lexicon import Need
from marchland.claims.parse import Sentence
from marchland.claims.phrases import Phraser
from marchland.claims.words import Token

Words = frozenset[str]
_PARTS = frozenset({"part", "place", "care", "step", "action", "office", "time"})
_PEACEFUL = frozenset({"without", "unopposed", "consent", "agreement", "peacefully"})


@dataclass(frozen=True, slots=True)
class Conditions:
    """Checks conditions of words in a parsed sentence."""

    phraser: Phraser
    is_party: Callable[[Token, Sentence], bool]
    """Whether a word can stand for people under arms or in office."""

    def hold(self, need: Need, token: Token, sentence: Sentence) -> bool:
        """Whether one condition holds, negation taken into account."""
        check = CHECKS.get(need.what)
        found = check(self, need.values, token, sentence) if check else not need.negated
        return found != need.negated


def _particle(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    found = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep")}
    return bool(values & found) if values else bool(roles.children(token, "prt"))


def _preposition(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    if not values:
        return bool(roles.children(token, "prep"))
    # dates are looked for only where a preposition fits, whatever follows it
    fits = bool(values & _prepositions(token, frozenset()))
    return fits and bool(values & _prepositions(token, sentence.dated))


def _preposition_object(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    return bool(values & {obj.lemma_.lower() for prep in token.children for obj in _pobjs(prep)})


def _object(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    lemmas = {obj.lemma_.lower() for obj in roles.logical_objects(token)}
    return bool(values & lemmas) if values else bool(roles.children(token, "dobj", "obj"))


def _subject(given: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    subjects = roles.logical_subjects(token)
    if values & {subject.lemma_.lower() for subject in subjects}:
        return True
    return "party" in values and any(given.is_party(subject, sentence) for subject in subjects)


def _complement(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    return bool(values & {child.lemma_.lower() for child in roles.children(token, "attr", "acomp")})


def _predicate(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    found = roles.children(token, "oprd", "acomp", "ccomp", "xcomp", "advmod", "amod")
    return bool(values & {child.lower_ for child in found})


def _adverb(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    return bool(values & {child.lower_ for child in roles.children(token, "advmod", "prt", "acomp")})


def _passive(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    return roles.is_passive(token)


def _names_place(given: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    phrases = (p for obj in roles.logical_objects(token) for p in given.phraser.phrases(obj, sentence))
    return any(phrase.name or phrase.within for phrase in phrases)


def _idle_object(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    return bool(_PARTS & {obj.lemma_ for obj in roles.logical_objects(token)})


def _peaceful(_: Conditions, values: Words, token: Token, sentence: Sentence) -> bool:
    return any(word.lower_ in _PEACEFUL for word in token.subtree)


CHECKS: Mapping[str, Callable[[Conditions, Words, Token, Sentence], bool]] = {
    "advmod": _adverb,
    "attr": _complement,
    "obj": _object,
    "oprd": _predicate,
    "part": _idle_object,
    "passive": _passive,
    "place": _names_place,
    "prep": _preposition,
    "prepobj": _preposition_object,
    "prt": _particle,
    "subj": _subject,
    "with": _peaceful,
}
"""By the name before the "=". `kind` is about places, not words, and checked where they are found."""


def _prepositions(token: Token, dated: frozenset[int]) -> set[str]:
    """Prepositions on a word, less those that only tell the day ("fell **on** Monday")."""
    found = {
        child.lower_
        for child in token.children
        if child.dep_ in ("prep", "agent", "dative", "prt") and not any(obj.i in dated for obj in _pobjs(child)[:1])
    }
    found |= {grand.lower_ for obj in roles.children(token, "dobj") for grand in roles.children(obj, "prep")} - {"of"}
    deeper = {
        grand.lower_ for child in token.children if child.dep_ in ("prep", "prt", "advmod") for grand in child.children
    }
    return found | (deeper & {"of", "from", "on", "to", "in"} if found & {"out", "in", "back", "away"} else set())


def _pobjs(prep: Token) -> list[Token]:
    if prep.dep_ not in ("prep", "prt", "advmod"):
        return []
    direct = roles.children(prep, "pobj")
    return direct + [obj for inner in roles.children(prep, "prep") for obj in roles.children(inner, "pobj")]
