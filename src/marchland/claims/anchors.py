"""How the events of one sentence lie to each other in time: after, before, at the time of, so long after.

"Sake fell on Wednesday, two days after rebels took Goma" holds two events and two time expressions, one of which is
the distance between the events. These are read off the parse; the days are told elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marchland.claims.parse import Sentence
from marchland.claims.tense import is_past_perfect
from marchland.claims.words import Token
from marchland.dates import DateExpression
from marchland.dates.values import Anchored, Away, Between, Bound, DayPart, Point, Value

MAX_CLIMB = 8
AFTER = frozenset({"after", "once", "following", "since"})
BEFORE = frozenset({"before", "until", "till"})
DURING = frozenset({"when", "as", "while", "whereupon"})
_LINKS = frozenset({"after", "before", "following", "of", "since"})
_VERBS = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Length:
    """A distance between two events of the sentence: `expression` lies between `main` and `other`.

    `main` is the event of the clause; `other` the one that the words count from ("after taking Goma").
    """

    expression: DateExpression
    link: Token
    main: Token
    other: Token


@dataclass(frozen=True, slots=True)
class Outer:
    """The event of the clause above, and how the lower one lies to it: before, after or during."""

    above: Token
    how: str
    word: str
    """The word that says so."""


def is_anchored(value: Value) -> bool:
    """Whether words count from another event ("a day later", "that night", "the following Monday")."""
    match value:
        case Away():
            return value.base == "anchor"
        case Anchored():
            return True
        case Point():
            return value.from_anchor
        case Bound():
            return is_anchored(value.of)
        case Between():
            return is_anchored(value.first) or is_anchored(value.last)
    return False


def is_hour_only(value: Value) -> bool:
    """Whether words tell an hour or a part of day without its day."""
    return isinstance(value, DayPart) or (isinstance(value, Bound) and isinstance(value.of, DayPart))


def lengths(sentence: Sentence, expressions: Sequence[DateExpression]) -> list[Length]:
    """Every expression of the sentence that tells how long one of its events came after, or before, another."""
    found = (_length(one, sentence) for one in expressions if is_anchored(one.value))
    return [one for one in found if one is not None]


def _length(expression: DateExpression, sentence: Sentence) -> Length | None:
    """ "two days after X", "the day before X", "the third day of X": the word that links, and both events."""
    link = _link(expression, sentence)
    if link is None:
        return None
    if link.dep_ == "mark" and link.head.i > link.i:
        other = link.head
        return Length(expression, link, other.head, other) if other.head.i != other.i else None
    below = next((c for c in link.children if c.dep_ in ("pobj", "pcomp") and c.i > link.i), None)
    main = _event_above(link)
    return Length(expression, link, main, below) if below is not None and main is not None else None


def _link(expression: DateExpression, sentence: Sentence) -> Token | None:
    """The "after" or "before" that ends the words, or the "of" that follows them."""
    last = sentence.at(expression.end - 1)
    if last is None:
        return None
    if last.lower_ in _LINKS:
        return last
    follower = next((t for t in sentence.doc if sentence.start(t) >= expression.end), None)
    return follower if follower is not None and follower.lower_ in _LINKS and follower.dep_ in _PREPOSED else None


_PREPOSED = ("prep", "mark")


def _event_above(link: Token) -> Token | None:
    """The verb, or the noun of an event, that a preposition's phrase hangs on; words of time are passed over."""
    at = link.head
    for _ in range(MAX_CLIMB):
        if at.pos_ in _VERBS:
            return at
        if at.head.i == at.i:
            return None
        at = at.head
    return None


def outer(trigger: Token) -> Outer | None:
    """The event that the trigger's clause is set against: "fled after **X fell**", "shelled X, **taken** by rebels"."""
    later = told_later(trigger)
    if later is not None:
        return Outer(later, "before", "had")
    at = trigger
    for _ in range(MAX_CLIMB):
        found = _set_against(at, trigger)
        if found is not None:
            return found
        if at.head.i == at.i or (at.dep_ == "conj" and _own_clause(at)):
            return None
        at = at.head
    return None


def told_later(trigger: Token) -> Token | None:
    """ "**had fallen** but was retaken": the plain past beside a past perfect tells what came after it."""
    if trigger.pos_ not in _VERBS or not is_past_perfect(trigger):
        return None
    joined = [c for c in trigger.children if c.dep_ == "conj"] + ([trigger.head] if trigger.dep_ == "conj" else [])
    return next((verb for verb in joined if verb.pos_ in _VERBS and _plain_past(verb)), None)


def _plain_past(verb: Token) -> bool:
    """A past of its own: one without auxiliaries may share "had"."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    return "had" not in helpers and (bool(helpers & {"was", "were"}) or (verb.tag_ == "VBD" and _finite(verb)))


def _own_clause(verb: Token) -> bool:
    return verb.pos_ in _VERBS and any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _set_against(at: Token, trigger: Token) -> Outer | None:
    head = at.head
    if at.dep_ == "advcl" and head.pos_ in _VERBS:
        mark = next((c for c in at.children if c.dep_ in ("mark", "advmod", "prep") and _how(c.lower_)), None)
        if mark is not None and mark.i < at.i:
            return Outer(head, _how(mark.lower_), mark.lower_)
        if is_past_perfect(at) and not _finite(at):
            return Outer(head, "before", "having")
        return Outer(head, "during", "-ing") if at.tag_ == "VBG" and not _marked(at) else None
    if at.dep_ in ("pobj", "pcomp") and _how(head.lower_) and head.dep_ in ("prep", "advcl", "mark"):
        above = _event_above(head)
        return Outer(above, _how(head.lower_), head.lower_) if above is not None and above.i != trigger.i else None
    if at.dep_ == "relcl" and is_past_perfect(at):
        return _above_noun(head, "had")
    if at.dep_ == "acl" and at.tag_ == "VBN" and at.i == trigger.i:
        return _above_noun(head, trigger.lower_)
    return None


def _above_noun(noun: Token, word: str) -> Outer | None:
    above = _event_above(noun) if noun.pos_ not in _VERBS else noun
    return Outer(above, "before", word) if above is not None else None


def _marked(clause: Token) -> bool:
    return any(c.dep_ in ("mark", "aux", "nsubj", "nsubjpass") and c.i < clause.i for c in clause.children)


def _finite(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _how(word: str) -> str:
    """How the event of a clause that begins with this word lies to that of the clause above."""
    if word in AFTER:
        return "before"
    if word in BEFORE:
        return "after"
    return "during" if word in DURING else ""
