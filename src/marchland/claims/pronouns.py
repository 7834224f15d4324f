"""Whom a pronoun stands for: cues that speak for or against each noun before it, added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from marchland.claims.parse import Sentence
from marchland.claims.roles import MAX_CLIMB, PASSIVE_SUBJECTS, SUBJECTS
from marchland.claims.words import Token
from marchland.records import Party

PLURAL = frozenset({"they", "them", "their", "themselves"})
SINGULAR = frozenset({"it", "its", "itself"})
POSSESSIVE = frozenset({"its", "their", "his", "her"})
_SUBJECT = (*SUBJECTS, *PASSIVE_SUBJECTS)


@dataclass(frozen=True, slots=True)
class Heard:
    """A party as a sentence spoke of it."""

    party: Party
    number: str
    """one, many, or empty where the words do not tell."""
    standing: float


Cue = Callable[[Token, Token, Sentence], tuple[float, str] | None]


def subject(noun: Token, pronoun: Token, sentence: Sentence) -> tuple[float, str] | None:
    """Subjects are taken up more often than objects."""
    weight = standing(noun)
    return (weight, "a subject" if weight > 1 else "named before it in the sentence")


def agrees(noun: Token, pronoun: Token, sentence: Sentence) -> tuple[float, str] | None:
    """ "they" are several, "it" is one; a bare name may be either."""
    counted = number(noun, sentence)
    if pronoun.lower_ in PLURAL and counted:
        return (1.0, "in number") if counted == "many" else (-1.0, "one, not many")
    if pronoun.lower_ in SINGULAR and counted == "many":
        return -3.0, "many, not one"
    return None


def says_so(noun: Token, pronoun: Token, sentence: Sentence) -> tuple[float, str] | None:
    """ "The army said ... that it held the town": whoever says it speaks of itself."""
    for clause in _clauses_above(pronoun):
        if clause.dep_ == "ccomp" and noun.head.i == clause.head.i and noun.dep_ in _SUBJECT:
            return 2.0, "who says so"
    return None


def owns(noun: Token, pronoun: Token, sentence: Sentence) -> tuple[float, str] | None:
    """ "The army withdrew its troops": a possessive goes with the subject of its clause."""
    if pronoun.lower_ not in POSSESSIVE:
        return None
    verb = next(_verbs_above(pronoun), None)
    return (
        (2.0, "subject of its clause") if verb is not None and noun.head.i == verb.i and noun.dep_ in _SUBJECT else None
    )


def acts_on(noun: Token, pronoun: Token, sentence: Sentence) -> tuple[float, str] | None:
    """ "The army drove them out": nobody is their own object."""
    if pronoun.lower_ in POSSESSIVE or pronoun.dep_ in _SUBJECT:
        return None
    verb = next(_verbs_above(pronoun), None)
    return (-9.0, "acts on it") if verb is not None and noun.head.i == verb.i and noun.dep_ in _SUBJECT else None


def undone(noun: Token, pronoun: Token, sentence: Sentence) -> tuple[float, str] | None:
    """ "The army retook the town from rebels after they had seized it": who lost it again is who had seized it."""
    verb = noun.head.head
    lost = noun.dep_ == "pobj" and noun.head.lower_ == "from" and verb.lemma_.lower().startswith("re")
    later = any(clause.head.i == verb.i and clause.dep_ == "advcl" for clause in _clauses_above(pronoun))
    return (3.0, "who lost it again") if lost and later else None


def near(noun: Token, pronoun: Token, sentence: Sentence) -> tuple[float, str] | None:
    """Of equals the nearer one."""
    return -0.02 * (pronoun.i - noun.i), "near"


CUES: tuple[Cue, ...] = (subject, agrees, says_so, owns, acts_on, undone, near)


def ranked(pronoun: Token, sentence: Sentence) -> Iterator[tuple[Token, str]]:
    """Nouns before the pronoun that it may stand for, the likeliest first, with the cue that spoke for it most."""
    scored = []
    for noun in sentence.doc[: pronoun.i]:
        if noun.pos_ in ("NOUN", "PROPN") and _can_act(noun, sentence):
            told = [found for cue in CUES if (found := cue(noun, pronoun, sentence)) is not None]
            scored.append((sum(weight for weight, _ in told), noun.i, noun, max(told)[1]))
    for weight, _, noun, why in sorted(scored, key=lambda item: (-item[0], -item[1])):
        if weight > -2:
            yield noun, why


def agreeing(pronoun: Token, before: Sequence[Heard]) -> Iterator[Party]:
    """Parties of the sentence before, the likeliest first: those of fitting number, subjects before others."""
    if pronoun.lower_ == "latter":
        yield from (heard.party for heard in reversed(before))
        return
    for heard in sorted(before, key=lambda heard: -(heard.standing + _agreement(pronoun, heard.number))):
        if _agreement(pronoun, heard.number) > -2:
            yield heard.party


def _agreement(pronoun: Token, counted: str) -> float:
    if pronoun.lower_ in PLURAL and counted:
        return 1.0 if counted == "many" else -1.0
    return -3.0 if pronoun.lower_ in SINGULAR and counted == "many" else 0.0


def number(noun: Token, sentence: Sentence) -> str:
    """one for "the army", many for "rebels", empty for a name."""
    if sentence.mention(noun) is not None:
        return ""
    return (
        "many"
        if noun.tag_ in ("NNS", "NNPS") or noun.lower_ in ("police", "people")
        else "one"
        if noun.tag_ == "NN"
        else ""
    )


def standing(noun: Token) -> float:
    """How much a noun stands out in its sentence by its role."""
    if noun.dep_ in _SUBJECT:
        return 2.0 if noun.head.dep_ == "ROOT" else 1.5
    return 1.0 if noun.dep_ in ("dobj", "pobj") else 0.5


def _can_act(noun: Token, sentence: Sentence) -> bool:
    """Not a word before another noun, and not a place that something happens in."""
    mention = sentence.mention(noun)
    if noun.dep_ in ("compound", "amod", "nmod", "npadvmod") and noun.head.i > noun.i:
        return False
    return not (mention is not None and mention.kind == "place" and noun.dep_ not in _SUBJECT)


def _verbs_above(token: Token) -> Iterator[Token]:
    at = token
    for _ in range(MAX_CLIMB):
        if at.head.i == at.i:
            return
        at = at.head
        if at.pos_ in ("VERB", "AUX"):
            yield at


def _clauses_above(token: Token) -> Iterator[Token]:
    """The clauses that hold a word, from the inside out; one coordinated with another counts as that one, too."""
    for verb in _verbs_above(token):
        at = verb
        while at.dep_ == "conj" and at.head.i != at.i:
            at = at.head
        yield at
