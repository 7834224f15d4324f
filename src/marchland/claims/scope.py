"""What an event's word hangs under: the governing words, up to the point where what is said above no longer reaches it.

"Officials denied that rebels planned to take the town": the taking hangs under "planned" by an infinitive, that under
"denied" by a that-clause. "Troops who lost the town may be tried": a relative clause takes its event for granted, so
"may" does not reach it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from marchland.claims.words import Token

MAX_CLIMB = 12
COPULAS = frozenset({"be", "remain", "stay", "seem", "appear", "become"})
STATE_PREPOSITIONS = frozenset({"under", "into", "within"})
"""Prepositions of states: in "has not come under their control", the verb's negation reaches the state."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "'s"})
_ABOVE = {"acomp": "pred", "attr": "pred", "oprd": "pred", "nsubj": "subj", "csubj": "subj", "nsubjpass": "noun",
          "csubjpass": "noun", "dobj": "noun", "dative": "noun"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """One step up: `below` hangs under `above` as `kind`.

    Kinds: `to`, `that`, `ing`, `bare` (clauses), `noun` (object), `subj`, `pred` (predicate of a copula), `of` and the
    other prepositions, `shared` and `conj` (coordination with and without common auxiliaries), `purpose`, `time`.
    """

    above: Token
    below: Token
    kind: str


def links(trigger: Token, listed: Callable[[Token, str], bool]) -> Iterator[Link]:
    """The steps from a word upwards, as far as the words above have a say; `listed` tells whether the lexicon gives a
    word a say over what hangs under it so."""
    at = trigger
    for _ in range(MAX_CLIMB):
        link = _step(at, listed)
        if link is None:
            return
        yield link
        if link.kind in ("purpose", "time") or link.kind in INSTEAD:
            return
        at = link.above


INSTEAD = frozenset({"without", "instead", "rather"})


def _step(at: Token, listed: Callable[[Token, str], bool]) -> Link | None:
    head, dep = at.head, at.dep_
    if dep == "appos" and (participle := leading_participle(at)) is not None:
        return Link(participle, at, "noun") if listed(participle, "noun") else None
    if head.i == at.i or dep in ("appos", "parataxis", "ROOT") or _set_off(at, head):
        return None
    if dep == "relcl":
        noun = _telling(head, listed) if _is_told(at) else head
        return _on_noun(at, noun, listed) if clause_kind(at) == "to" or _is_told(at) else None
    if dep == "conj":
        return Link(head, at, "shared" if _shares(at, head) else "conj")
    if dep in ("pobj", "pcomp"):
        return _through_preposition(at, head, listed)
    if dep in ("xcomp", "ccomp"):
        return Link(head, at, clause_kind(at))
    if dep == "acl":
        return _on_noun(at, head, listed)
    if dep == "advcl":
        return _adverbial(at, head, listed)
    if dep in ("compound", "nmod", "amod"):
        return Link(head, at, "of") if at.pos_ == "NOUN" and listed(head, "of") else None
    kind = _ABOVE.get(dep)
    if kind in ("noun", "subj") and not _reaches_noun(at, head, kind, listed):
        return None
    return Link(head, at, kind) if kind else None


def leading_participle(noun: Token) -> Token | None:
    """ "The mayor, denying reports that X fell, said": the participle that the parse took for a part of "reports"."""
    comma = noun.nbor(-2) if noun.i >= 2 else noun
    first = noun.nbor(-1) if noun.i else noun
    fits = first.tag_ == "VBG" and first.head.i == noun.i and first.dep_ in ("compound", "amod")
    return first if fits and comma.text == "," else None


def _is_told(clause: Token) -> bool:
    """Whether a clause that the parse took for a relative one has all its parts besides "that": "a statement that the
    town had been captured". In "the statement that surprised them" the word is the subject."""
    that = next((child for child in clause.children if child.lower_ == "that" and child.i < clause.i), None)
    if that is None:
        return False
    passive = any(child.dep_ == "nsubjpass" and child.i != that.i for child in clause.children)
    active = any(child.dep_ == "dobj" and child.i != that.i for child in clause.children)
    return that.dep_ == "mark" or (passive and that.dep_ == "dobj") or (active and that.dep_ == "dative")


def _telling(noun: Token, listed: Callable[[Token, str], bool]) -> Token:
    """The noun that tells: "denied a statement by the rebels that they had taken it" is about the statement."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("by", "from"):
        return noun
    above = noun.head.head
    return next((told for told in (above, *above.children) if told.pos_ == "NOUN" and listed(told, "that")), noun)


def _set_off(at: Token, head: Token) -> bool:
    """Whether a semicolon stands between two clauses: neither has a say over the other, whatever the parse."""
    first, last = sorted((at.i, head.i))
    return last - first > 1 and any(token.text == ";" for token in at.doc[first + 1 : last])


def clause_kind(clause: Token) -> str:
    """to, that, ing or bare: the form of a complement clause."""
    if any(child.tag_ == "TO" for child in clause.children):
        return "to"
    if clause.pos_ in ("ADJ", "NOUN", "PROPN", "ADP") and clause.dep_ == "xcomp":
        return "pred"
    subject = any(child.dep_ in ("nsubj", "nsubjpass", "expl", "mark") for child in clause.children)
    finite = clause.tag_ in ("VBD", "VBP", "VBZ") or any(c.dep_ in ("aux", "auxpass") for c in clause.children)
    if clause.tag_ == "VBG" and not finite:
        return "ing"
    if clause.tag_ == "VB" and not finite:
        return "bare"
    return "that" if subject or finite else "ing"


def _shares(at: Token, head: Token) -> bool:
    """Whether a coordinated word goes with the auxiliaries of the first: "could not hold or retake it"."""
    if at.pos_ not in ("VERB", "AUX"):
        return True
    if any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "expl") for child in at.children):
        return False
    form = {"VBD": "VBD", "VBP": "VBD", "VBZ": "VBD"}
    return form.get(at.tag_, at.tag_) == form.get(head.tag_, head.tag_) or at.tag_ == "VB"


def _through_preposition(at: Token, preposition: Token, listed: Callable[[Token, str], bool]) -> Link | None:
    """From the object of a preposition to what the preposition hangs on."""
    word, governor = preposition.lower_, preposition.head
    if word in ("of", "than") and governor.pos_ in ("ADP", "SCONJ", "ADV") and governor.i != preposition.i:
        word, preposition = governor.lower_, governor  # "instead of", "rather than", "out of"
        governor = preposition.head
    if word in INSTEAD:
        return Link(preposition, at, word)
    if governor.i == preposition.i or preposition.dep_ not in ("prep", "agent", "dative", "prt", "advmod", "pcomp"):
        return None
    if listed(governor, word):
        return Link(governor, at, word)
    if word == "by" and at.tag_ == "VBG":
        return Link(governor, at, "shared")
    state = word in STATE_PREPOSITIONS or (word in ("in", "on") and governor.lemma_ in COPULAS)
    return Link(governor, at, "pred") if state and governor.pos_ in ("VERB", "AUX") else None


def _on_noun(at: Token, noun: Token, listed: Callable[[Token, str], bool]) -> Link | None:
    """A clause on a noun: "a plan to take X", "reports that X fell"; "the town they took" is taken for granted."""
    kind = clause_kind(at)
    if kind == "to":
        return Link(noun, at, "to")
    marked = any(child.dep_ == "mark" for child in at.children)
    telling = kind == "ing" and listed(at, "that")  # "a statement saying that ..."
    return Link(noun, at, "that") if (marked or telling or kind == "that") and listed(noun, "that") else None


def _adverbial(at: Token, head: Token, listed: Callable[[Token, str], bool]) -> Link | None:
    if at.i >= 2 and at.nbor(-1).lower_ in ("of", "than") and at.nbor(-2).lower_ in INSTEAD:
        return Link(at.nbor(-2), at, at.nbor(-2).lower_)
    if any(child.tag_ == "TO" for child in at.children):
        return Link(head, at, "to" if listed(head, "to") else "purpose")
    if any(child.lower_ in _TIME_MARKS and child.dep_ in ("mark", "advmod") for child in at.children):
        return Link(head, at, "time")
    return None


_TIME_MARKS = frozenset({"after", "before", "when", "once", "until", "till", "as"})


def _reaches_noun(at: Token, head: Token, kind: str, listed: Callable[[Token, str], bool]) -> bool:
    """A noun with an article is taken for granted ("may avenge the capture of X"), unless the verb is about whether it
    happens ("may lead to the capture of X")."""
    if listed(head, kind):
        return True
    if kind == "subj":
        return head.lemma_ in COPULAS or is_conditional(head)
    definite = any(child.lower_ in DEFINITE or child.dep_ == "poss" for child in at.children)
    return at.pos_ in ("NOUN", "PROPN") and not definite


def is_conditional(verb: Token) -> bool:
    """Whether the verb has a modal of possibility: "the fall of X could come within days"."""
    return any(child.tag_ == "MD" and child.lower_ not in ("will", "wo", "'ll", "shall") for child in verb.children)
