"""What the speaker does with an event: asserts, hedges, denies or plans it.

From the word that names the event, climb the parse to the root; every word on the way that denies, hedges or plans what
hangs under it has its say. The strongest wins: a plan is never a fact, a denied report is a denial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marchland.claims import roles
from marchland.claims.words import Token

FUTURE_MODALS = frozenset({"will", "would", "shall", "'ll", "wo", "should", "must"})
MAYBE_MODALS = frozenset({"may", "might", "could", "can", "ca"})
CONDITIONS = frozenset({"if", "unless", "once", "until", "whether", "lest", "should"})
NEGATIVES = frozenset({"no", "not", "n't", "never", "neither", "nor", "hardly", "barely"})
REPORTED = frozenset({"say", "report", "believe", "think", "claim", "allege", "understand", "rumour", "rumor"})
"""Verbs that hedge in the passive: "is said to", "was reported to"."""
RANK = {"asserts": 0, "hedges": 1, "denies": 2, "plans": 3}
MAX_CLIMB = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A stance with the word that made it so."""

    stance: str
    how: str


@dataclass(frozen=True, slots=True)
class StanceReader:
    """Reads stance with the words of lexicons/stance.csv."""

    words: Mapping[tuple[str, str], str]

    def read(self, trigger: Token, start: str = "") -> Found:
        """Stance of the event that this word names; `start` is what its frame already says of it."""
        found = [Found(start, "the frame itself")] if start else []
        found += self._own(trigger)
        at, negations = trigger, 0
        for _ in range(MAX_CLIMB):
            head = at.head
            if head.i == at.i or self._presupposed(at, head):
                break
            found += self._from_above(at, head)
            negations += self._negated_above(at, head)
            at = head
        return self._settle(found)

    def _presupposed(self, at: Token, head: Token) -> bool:
        """What a relative clause, an adverbial one or a participle says is taken for granted, whatever is said of
        its head."""
        if at.dep_ in ("relcl", "advcl"):
            return True
        infinitive = any(child.tag_ == "TO" or child.dep_ == "mark" for child in at.children)
        return at.dep_ == "acl" and not infinitive and (head.lemma_.lower(), "noun") not in self.words

    def _settle(self, found: list[Found]) -> Found:
        if not found:
            return Found("asserts", "plain statement")
        denials = [f for f in found if f.stance == "denies"]
        others = [f for f in found if f.stance != "denies"]
        if len(denials) % 2 == 0 and denials:
            found = others or [Found("asserts", f"two denials: {denials[0].how}, {denials[1].how}")]
        return max(found, key=lambda f: RANK[f.stance])

    def _own(self, trigger: Token) -> list[Found]:
        """What the words right on the trigger say: negation, modals, adverbs, condition."""
        found: list[Found] = []
        clause = _clause(trigger)
        for child in clause.children:
            word = child.lower_
            if child.dep_ == "neg" or (word in NEGATIVES and child.dep_ in ("advmod", "preconj")):
                found.append(Found("denies", child.text))
            elif child.dep_ in ("aux", "auxpass") and child.tag_ == "MD":
                found += self._modal(child, clause)
            elif (child.dep_ == "mark" or (child.dep_ == "advmod" and child.i < clause.i)) and word in CONDITIONS:
                found.append(Found("plans", child.text))
            elif child.pos_ in ("ADV", "ADJ") and (stance := self._word(child)):
                found.append(Found(stance, child.text))
            elif word in ("longer", "more") and any(grand.lower_ == "no" for grand in child.children):
                found.append(Found("denies", f"no {word}"))
        if trigger.pos_ in ("NOUN", "PROPN"):
            found += self._on_noun(trigger)
        found += [Found("denies", f"no {s.text}") for s in roles.children(clause, "nsubj", "nsubjpass") if _no(s)]
        return found

    def _on_noun(self, noun: Token) -> list[Found]:
        found = [
            Found(stance, child.text)
            for child in roles.children(noun, "amod", "compound", "advmod")
            if (stance := self._word(child))
        ]
        if _no(noun):
            found.append(Found("denies", f"no {noun.text}"))
        return found

    def _modal(self, modal: Token, clause: Token) -> list[Found]:
        word = modal.lower_
        perfect = any(child.lower_ in ("have", "'ve") for child in roles.children(clause, "aux"))
        if word in FUTURE_MODALS:
            return [Found("hedges" if perfect else "plans", modal.text)]
        return [Found("hedges", modal.text)] if word in MAYBE_MODALS else []

    def _word(self, token: Token) -> str:
        """Stance of an adverb or adjective; "asserts" is no news."""
        pos = "adv" if token.pos_ == "ADV" else "adj"
        stance = self.words.get((token.lower_, pos)) or self.words.get((token.lemma_.lower(), pos), "")
        return stance if stance != "asserts" else ""

    def _from_above(self, at: Token, head: Token) -> list[Found]:
        """What the governing word says of what hangs under it."""
        if not _governs(at, head):
            return []
        pos = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}.get(head.pos_, "")
        lemma = head.lemma_.lower()
        stance = self.words.get((lemma, pos)) or (
            self.words.get((head.lower_, "adj"), "") if pos in ("verb", "adj") else ""
        )
        found = [Found(stance, head.text)] if stance and stance != "asserts" else []
        if stance == "denies" and pos == "verb" and at.dep_ in ("xcomp",) and lemma not in _INFINITIVE_DENIALS:
            found = [Found("denies", head.text)]
        if roles.is_passive(head) and at.dep_ in ("xcomp", "oprd") and lemma in REPORTED:
            found.append(Found("hedges", f"is {head.text}"))
        return found + self._verb_marks(at, head)

    def _verb_marks(self, at: Token, head: Token) -> list[Found]:
        """Negation and modals on the governing verb: "did not expect", "could take", "is not inevitable"."""
        if head.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
            return []
        found: list[Found] = []
        for child in head.children:
            if child.i == at.i:
                continue
            if child.dep_ == "neg" and at.dep_ in ("xcomp", "attr", "acomp", "nsubj", "nsubjpass", "dobj", "ccomp"):
                silent = self.words.get((head.lemma_.lower(), "verb")) == "asserts" and at.dep_ in ("dobj", "ccomp")
                found.append(Found("hedges" if silent else "denies", f"{child.text} {head.text}"))
            elif (
                child.dep_ == "aux"
                and child.tag_ == "MD"
                and at.dep_ in ("xcomp", "attr", "dobj", "nsubj", "nsubjpass")
            ):
                found += self._modal(child, head)
            elif (
                child.dep_ in ("acomp", "attr")
                and at.dep_ in ("nsubj", "csubj", "ccomp", "advcl")
                and (stance := self._word(child))
            ) or (
                child.dep_ == "advmod" and at.dep_ in ("xcomp", "dobj", "nsubjpass") and (stance := self._word(child))
            ):
                found.append(Found(stance, child.text))
        return found

    def _negated_above(self, at: Token, head: Token) -> int:
        return int(any(child.dep_ == "neg" for child in head.children) and at.dep_ == "xcomp")


_INFINITIVE_DENIALS = frozenset({"fail", "refuse", "decline", "struggle", "lack"})


def _clause(trigger: Token) -> Token:
    """The word that carries the auxiliaries of the trigger's clause:

    the verb itself, or the copula above a predicate noun.
    """
    if trigger.dep_ in ("attr", "acomp") and trigger.head.pos_ in ("AUX", "VERB"):
        return trigger.head
    return trigger


def _governs(at: Token, head: Token) -> bool:
    """True where the head says something about what hangs under it, rather than standing beside it in time or
    manner."""
    if at.dep_ in (
        "xcomp",
        "ccomp",
        "acl",
        "pcomp",
        "pobj",
        "dobj",
        "nsubj",
        "nsubjpass",
        "attr",
        "prep",
        "csubj",
        "oprd",
        "amod",
    ):
        return not (
            at.dep_ == "prep"
            and head.pos_ in ("VERB", "AUX")
            and at.lower_ not in ("to", "for", "of", "against", "about")
        )
    return False


def _no(token: Token) -> bool:
    return any(
        child.lower_ in ("no", "neither") and child.dep_ in ("det", "neg", "preconj") for child in token.children
    )
