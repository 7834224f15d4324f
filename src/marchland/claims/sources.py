"""The phrase that names a source, and the other voices around it: who relays it, whom it was told, whom it cites."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from marchland.claims import roles
from marchland.claims.attribution import Attribution
from marchland.claims.parse import Sentence
from marchland.claims.words import Token

_PREMODIFIERS = ("det", "compound", "amod", "poss", "nummod", "nmod", "case", "quantmod", "advmod", "predet", "punct")
_PREPOSITIONS = ("of", "from", "in", "for", "at", "close", "to", "on")
NEAR = 8
"""Words between a source or its verb and a formula of anonymity that the parse has hung elsewhere."""


@dataclass(frozen=True, slots=True)
class VoiceWords:
    """Words of lexicons/voices.toml."""

    relaying: frozenset[str]
    telling: frozenset[str]
    anonymity: tuple[str, ...]
    outlet: frozenset[str]
    agency: frozenset[str]
    documents: frozenset[str]
    foreign: frozenset[str]
    voiceless: frozenset[str]

    @classmethod
    def load(cls) -> VoiceWords:
        """The shipped words."""
        text = (resources.files("marchland.lexicons") / "voices.toml").read_text(encoding="utf-8")
        found: Mapping[str, Sequence[str]] = tomllib.loads(text)
        return cls(
            frozenset(found["relaying"]),
            frozenset(found["telling"]),
            tuple(found["anonymity"]),
            frozenset(found["outlet"]),
            frozenset(found["agency"]),
            frozenset(found["documents"]),
            frozenset(found["foreign"]),
            frozenset(found["voiceless"]),
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A source as written."""

    head: Token
    first: Token
    last: Token
    text: str
    described: str
    """The text with its apposition: "Sahil Noor, a lawmaker from Reedham"."""


def named(head: Token, sentence: Sentence, content: frozenset[int] = frozenset()) -> Named:
    """The noun phrase around a source's head; what is said (`content`) is no part of it."""
    first, last = _undated(head, *noun_phrase(head), sentence)
    if any(index < first.i for index in content):
        first = _from_comma(first, head)
    apposed = [c for c in roles.children(head, "appos") if c.pos_ == "PROPN" and c.i > head.i]
    if apposed and head.pos_ == "NOUN" and sentence.mention(apposed[0]) is None and _comma_between(head, apposed[0]):
        name = named(apposed[0], sentence)  # "the governor of Reedham, Sahil Noor": the name, described by the office
        return Named(name.head, name.first, name.last, name.text, f"{name.text}, {sentence.written(first, last)}")
    close = [c for c in roles.children(head, "appos") if c.pos_ == "PROPN" and not _comma_between(head, c)]
    if close:
        last = max((last, noun_phrase(close[0])[1]), key=lambda t: t.i)
    text = sentence.written(first, last)
    apart = [_written(c, sentence) for c in roles.children(head, "appos") if c.i > last.i]
    return Named(head, first, last, text, ", ".join([text, *apart]))


def _undated(head: Token, first: Token, last: Token, sentence: Sentence) -> tuple[Token, Token]:
    """The phrase without a day that the parse has put into it: "the council on Monday", "Friday spokesman X"."""
    doc, dated = head.doc, sentence.dated
    while first.i < head.i and first.i in dated:
        first = doc[first.i + 1]
    while last.i > head.i and (last.i in dated or (last.lower_ == "on" and last.i + 1 in dated)):
        last = doc[last.i - 1]
    return first, last


def _written(head: Token, sentence: Sentence) -> str:
    first, last = noun_phrase(head)
    return sentence.written(first, last)


def _comma_between(head: Token, other: Token) -> bool:
    return any(t.text == "," for t in head.doc[head.i : other.i])


def _from_comma(first: Token, head: Token) -> Token:
    """ "..., surrendered to the army, district chief X said": the phrase begins after the last comma."""
    commas = [t.i for t in head.doc[first.i : head.i] if t.text == ","]
    return head.doc[commas[-1] + 1] if commas else first


def relayed(found: Attribution, words: VoiceWords) -> tuple[Token | None, Token | None]:
    """(who speaks, who passes it on) where the cue is one of relaying: "the agency quoted a resident as saying"."""
    verb = found.cue
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        verb = verb.head.head
    if verb.lemma_.lower() not in words.relaying:
        return found.source, None
    if roles.is_passive(verb):
        relay = roles.logical_subjects(verb) or [
            o for t in verb.subtree for o in roles.prep_objects(t, "by", shared=False)
        ]
        return next(iter(roles.logical_objects(verb)), None), next(iter(relay), None)
    return next(iter(roles.children(verb, "dobj")), None), next(iter(roles.surface_subjects(verb)), None)


def own_source(found: Attribution, words: VoiceWords) -> Token | None:
    """Whom the source itself cites: "said, citing residents", "the agency, which cited an officer"."""
    for token in found.cue.doc:
        if token.lemma_.lower() not in words.relaying or token.i == found.cue.i:
            continue
        follows = token.tag_ == "VBG" and token.i > min([found.cue.i, *found.content])
        of_source = token.dep_ in ("relcl", "acl") and found.source is not None and token.head.i == found.source.i
        if follows or of_source:
            return next(iter(roles.children(token, "dobj")), None)
    return None


def writer(source: Token, words: VoiceWords) -> Token:
    """Whose the paper is, where the source is one: "a statement by the group" is the group's."""
    if source.lemma_.lower() not in words.documents:
        return source
    owners = roles.children(source, "poss")
    for name in ("by", "from", "of"):
        owners = owners or roles.prep_objects(source, name, shared=False)
    return owners[0] if owners else source


def hearers(found: Attribution, words: VoiceWords) -> list[Token]:
    """To whom it was said: "told the Samad news agency", "in remarks to"."""
    verb = found.cue
    if verb.lemma_.lower() not in words.telling:
        return []
    direct = [c for c in roles.children(verb, "dobj", "dative") if c.i not in found.content and c.pos_ != "ADP"]
    return [*direct, *roles.prep_objects(verb, "to", shared=False), *roles.prep_objects(verb, "with", shared=False)]


def is_anonymous(found: Attribution, sentence: Sentence, words: VoiceWords) -> bool:
    """Whether a formula of anonymity stands in the sentence outside what is said."""
    lowered = sentence.text.lower()
    for phrase in words.anonymity:
        at = lowered.find(phrase)
        token = sentence.at(at) if at >= 0 else None
        if token is not None and token.i not in found.content and _beside(token, found):
            return True
    return False


def _beside(token: Token, found: Attribution) -> bool:
    """Whether a word belongs to the source or the verb of speech, or stands right beside them."""
    near = [found.cue, *([found.source] if found.source is not None else [])]
    return any(t.is_ancestor(token) or abs(t.i - token.i) <= NEAR for t in near) and not any(
        i in found.content for i in range(*sorted((token.i, found.cue.i)))
    )


def noun_phrase(head: Token) -> tuple[Token, Token]:
    """First and last word of the noun phrase around this head:

    its premodifiers and "of", "from", "in" phrases, no clauses.
    """
    members = [head]
    for child in head.children:
        if child.i < head.i and child.dep_ in _PREMODIFIERS:
            members += [token for token in child.subtree if token.i < head.i]
        elif child.i > head.i and child.dep_ == "prep" and child.lower_ in _PREPOSITIONS:
            members += _short(child)
        elif child.i > head.i and child.dep_ == "case":
            members.append(child)
        elif child.i > head.i and child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            members += [token for token in child.subtree if token.dep_ not in ("relcl", "acl", "appos")][:6]
    return _trimmed(head, min(t.i for t in members), max(t.i for t in members))


def _trimmed(head: Token, first: int, last: int) -> tuple[Token, Token]:
    doc = head.doc
    while doc[first].is_punct and first < head.i:
        first += 1
    while doc[last].is_punct and last > head.i:
        last -= 1
    return doc[first], doc[last]


def _short(prep: Token) -> list[Token]:
    """A prepositional phrase without the clauses in it."""
    members = [prep]
    for obj in roles.children(prep, "pobj"):
        members.append(obj)
        for child in obj.children:
            if child.dep_ in ("det", "compound", "amod", "poss", "nummod", "case"):
                members += list(child.subtree)
            elif child.dep_ == "prep" and child.lower_ in ("of", "in"):
                members += _short(child)
    return members
