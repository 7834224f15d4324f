"""Who says so: the nearest speaker of the clause that holds a claim, and what that speaker's verb is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marchland.claims import roles
from marchland.claims.parse import Sentence
from marchland.claims.words import Token

MAX_CLIMB = 14
_ACCORDING = "according"
_SPEECH_NOUNS = frozenset({"claim", "report", "statement", "announcement", "denial", "news", "account", "assertion"})
_NEVER_SPEAKERS = frozenset({"it", "this", "that", "which", "there", "what"})


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker as written, with the verb of speech and where both stand in the sentence."""

    text: str
    head: Token
    verb: Token
    first: Token
    last: Token


@dataclass(frozen=True, slots=True)
class SpeechReader:
    """Finds speakers with the verbs of lexicons/speech.csv."""

    verbs: Mapping[str, str]

    def speaker(self, trigger: Token, sentence: Sentence) -> Said | None:
        """The innermost speaker whose words hold the trigger; None when the publisher itself speaks."""
        return (
            self._own(trigger, sentence)
            or self._above(trigger, sentence)
            or self._according(trigger, sentence)
            or self._tail(trigger, sentence)
        )

    def any_speaker(self, sentence: Sentence) -> Said | None:
        """The first speaker named in the sentence, whatever is said: quotations run on over several sentences."""
        for token in sentence.doc:
            if (
                token.pos_ == "VERB"
                and token.lemma_.lower() in self.verbs
                and (said := self._said(token, sentence)) is not None
            ):
                return said
        return None

    def _own(self, trigger: Token, sentence: Sentence) -> Said | None:
        """Frames whose own verb is one of speech: "the group claimed the capture of"."""
        return (
            self._said(trigger, sentence) if trigger.lemma_.lower() in self.verbs and trigger.pos_ == "VERB" else None
        )

    def _above(self, trigger: Token, sentence: Sentence) -> Said | None:
        at = trigger
        for _ in range(MAX_CLIMB):
            head = at.head
            if head.i == at.i or at.dep_ == "relcl":
                return None
            speaks = head.pos_ == "VERB" and head.lemma_.lower() in self.verbs
            if speaks and self._inside_speech(at, head) and (said := self._said(head, sentence)) is not None:
                return said
            if head.lemma_.lower() in _SPEECH_NOUNS and (said := self._owner_of(head, sentence)) is not None:
                return said
            at = head
        return None

    def _inside_speech(self, at: Token, verb: Token) -> bool:
        """True when what hangs at `at` is what is said, not when, where or why it is said."""
        if at.dep_ in ("ccomp", "xcomp", "dobj", "parataxis", "attr", "dep", "oprd"):
            return True
        if at.dep_ in ("nsubjpass",):
            return True
        if at.dep_ == "prep":
            return at.lower_ in ("of", "about", "to", "that", "on") and verb.lemma_.lower() in (
                "accuse",
                "speak",
                "warn",
                "tell",
                "vow",
            )
        return False

    def _said(self, verb: Token, sentence: Sentence) -> Said | None:
        subjects = roles.surface_subjects(verb)
        if roles.is_passive(verb):
            subjects = roles.logical_subjects(verb)
        elif subjects and _place_reported(verb, subjects[0], sentence):
            return None
        if not subjects or subjects[0].lower_ in _NEVER_SPEAKERS - {"it"}:
            return None
        mention = sentence.mention(subjects[0])
        borrowed = not roles.children(verb, "nsubj", "nsubjpass", "agent")
        if borrowed and mention is not None and mention.kind == "place":
            return None
        return self._make(subjects[0], verb, sentence)

    def _owner_of(self, noun: Token, sentence: Sentence) -> Said | None:
        owners = roles.children(noun, "poss") or roles.prep_objects(noun, "by") or roles.prep_objects(noun, "from")
        return self._make(owners[0], noun, sentence) if owners else None

    def _according(self, trigger: Token, sentence: Sentence) -> Said | None:
        for token in sentence.doc:
            if token.lower_ == _ACCORDING:
                for obj in roles.prep_objects(token, "to", shared=False):
                    return self._make(obj, token, sentence)
        return None

    def _tail(self, trigger: Token, sentence: Sentence) -> Said | None:
        """ "..., the ministry said." where the parse failed to join both clauses: the verb stands at the very end."""
        last = [token for token in sentence.doc if not token.is_punct and not token.is_space]
        for token in last[-3:]:
            apart = token.i > trigger.i and token.pos_ == "VERB" and token.lemma_.lower() in self.verbs
            if apart and token.tag_ in ("VBD", "VBZ", "VBP") and not roles.children(token, "dobj", "ccomp"):
                return self._said(token, sentence)
        return None

    def _make(self, head: Token, verb: Token, sentence: Sentence) -> Said:
        first, last = noun_phrase(head)
        return Said(sentence.written(first, last), head, verb, first, last)


def _place_reported(verb: Token, subject: Token, sentence: Sentence) -> bool:
    """ "X reported to have fallen": a headline's passive, in which a place is no speaker."""
    mention = sentence.mention(subject)
    return (
        mention is not None
        and mention.kind == "place"
        and bool(roles.children(verb, "xcomp"))
        and verb.tag_ in ("VBN", "VBD")
    )


def noun_phrase(head: Token) -> tuple[Token, Token]:
    """First and last word of the noun phrase around this head:

    its premodifiers and "of", "from", "in" phrases, no clauses.
    """
    members = [head]
    for child in head.children:
        if child.i < head.i and child.dep_ in (
            "det",
            "compound",
            "amod",
            "poss",
            "nummod",
            "nmod",
            "case",
            "quantmod",
            "advmod",
            "predet",
            "punct",
        ):
            members += [token for token in child.subtree if token.i < head.i]
        elif (
            child.i > head.i
            and child.dep_ == "prep"
            and child.lower_ in ("of", "from", "in", "for", "at", "close", "to", "on")
        ):
            members += _short(child)
        elif child.i > head.i and child.dep_ in ("case",):
            members.append(child)
        elif child.i > head.i and child.dep_ == "conj":
            members += [token for token in child.subtree if token.dep_ not in ("relcl", "acl", "appos")][:6]
    indexes = [token.i for token in members]
    doc = head.doc
    first = min(indexes)
    while doc[first].is_punct and first < head.i:
        first += 1
    last = max(indexes)
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
