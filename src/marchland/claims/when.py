"""Which time expression in a sentence dates the event, and which only dates the saying of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from marchland.claims.parse import Sentence
from marchland.claims.words import Token
from marchland.dates import DateExpression
from marchland.records import PlacePhrase

MAX_CLIMB = 8
_LEAD_MARKS = (":", "-", "–", "—", ".")


@dataclass(frozen=True, slots=True)
class Attached:
    """The expressions that date the event and the saying; either may be missing."""

    event: DateExpression | None
    said: DateExpression | None


def attach(trigger: Token, sentence: Sentence, expressions: Sequence[DateExpression], speech: Token | None) -> Attached:
    """Tie expressions to the event named by `trigger`, or to the verb of speech above it."""
    event: tuple[int, int, DateExpression] | None = None
    said: DateExpression | None = None
    for expression in expressions:
        governor = _governor(expression, sentence)
        if governor is None:
            continue
        if speech is not None and governor.i == speech.i and trigger.i != speech.i:
            said = said or expression
            continue
        closeness = _closeness(trigger, governor, speech)
        if not closeness and _leads(expression, sentence):
            closeness = 1
        distance = -abs(governor.i - trigger.i)
        if closeness and (event is None or (closeness, distance) > event[:2]):
            event = (closeness, distance, expression)
    return Attached(event[2] if event else None, said)


def on_place(
    place: PlacePhrase,
    places: Sequence[PlacePhrase],
    attached: Attached,
    sentence: Sentence,
    expressions: Sequence[DateExpression],
) -> Attached:
    """ "X on Monday, Y on Tuesday and Z on Friday": each place of such a list has the date that follows it."""
    spans = [*sorted({other.span.start for other in places}), sentence.span.end]
    dates = [_between(start, end, sentence, expressions) for start, end in pairwise(spans)]
    if len({date.start for date in dates if date is not None}) < 2:
        return attached
    own = dates[spans.index(place.span.start)]
    return Attached(own, attached.said) if own is not None else attached


def _between(start: int, end: int, sentence: Sentence, expressions: Sequence[DateExpression]) -> DateExpression | None:
    base = sentence.span.start
    return next((e for e in expressions if start - base <= e.start and e.end <= end - base), None)


def long_before(trigger: Token, sentence: Sentence, phrases: Sequence[str]) -> str:
    """Words in the trigger's clause that put the event some time back without telling when: "early in the war"."""
    words = sentence.text.lower()
    return next((phrase for phrase in phrases if phrase in words), "")


def _governor(expression: DateExpression, sentence: Sentence) -> Token | None:
    """The verb or noun that the expression modifies."""
    at = sentence.at(expression.start)
    if at is None:
        return None
    inside = _tokens_inside(expression, sentence)
    for _ in range(MAX_CLIMB):
        if at.i not in inside and at.pos_ not in ("ADP", "ADV", "SCONJ", "PUNCT", "NUM", "PART"):
            return at
        if at.head.i == at.i:
            return at if at.pos_ in ("VERB", "AUX", "NOUN") else None
        at = at.head
    return None


def _tokens_inside(expression: DateExpression, sentence: Sentence) -> frozenset[int]:
    pieces = enumerate(sentence.pieces)
    return frozenset(i for i, p in pieces if p.start < expression.end and p.end > expression.start)


def _closeness(trigger: Token, governor: Token, speech: Token | None) -> int:
    """3: on the event itself; 2: on one of its arguments; 1: on a clause that carries it; 0: elsewhere."""
    if governor.i == trigger.i or _same_predicate(trigger, governor):
        return 4
    if governor.dep_ == "conj" and governor.head.i == trigger.i and governor.pos_ in ("VERB", "AUX"):
        return 2 if _one_predicate(governor) else 0
    if _under(governor, trigger):
        return 3 if governor.pos_ not in ("VERB", "AUX") else 1
    at, steps = trigger, 0
    while at.head.i != at.i and steps < MAX_CLIMB:
        if at.dep_ in ("advcl", "relcl") and at.pos_ in ("VERB", "AUX") and at.i != trigger.i:
            return 0
        if at.i == trigger.i and at.dep_ in ("advcl", "relcl"):
            return 0
        at, steps = at.head, steps + 1
        if speech is not None and at.i == speech.i:
            return 0
        if at.i == governor.i:
            return 2 if trigger.dep_ == "conj" and governor.i == trigger.head.i else 1
    return 0


def _one_predicate(verb: Token) -> bool:
    """ "have fallen **or been evacuated** within a week": a second verb without subject or object of its own."""
    return not any(child.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") for child in verb.children)


def _same_predicate(trigger: Token, governor: Token) -> bool:
    """A copula with its predicate, a verb with its object noun: one event in two words."""
    if trigger.head.i == governor.i and trigger.dep_ in (
        "attr",
        "acomp",
        "dobj",
        "nsubj",
        "nsubjpass",
        "xcomp",
        "oprd",
    ):
        return True
    return governor.head.i == trigger.i and governor.dep_ in ("dobj", "attr", "acomp", "xcomp", "prt")


def _under(token: Token, ancestor: Token) -> bool:
    at, steps = token, 0
    while at.head.i != at.i and steps < MAX_CLIMB:
        at, steps = at.head, steps + 1
        if at.i == ancestor.i:
            return True
        if at.dep_ in ("ccomp", "advcl", "relcl") and at.pos_ == "VERB" and at.i != ancestor.i:
            return False
    return False


def _leads(expression: DateExpression, sentence: Sentence) -> bool:
    """ "Aug. 6 - ZARANJ: taken": a date that opens the line and is set off from it dates everything in it."""
    if sentence.text[: expression.start].strip(" •*–-—(") not in ("", "On", "In", "By"):
        return False
    rest = sentence.text[expression.end :].lstrip()
    return rest[:1] in _LEAD_MARKS or sentence.kind == "caption"
