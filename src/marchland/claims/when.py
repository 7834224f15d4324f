"""Which time expression in a sentence dates the event, and which only dates the saying of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from marchland.claims.anchors import AFTER, BEFORE, Length, is_anchored, lengths, outer, told_later
from marchland.claims.parse import Sentence
from marchland.claims.words import Token
from marchland.dates import DateExpression
from marchland.dates.values import Bound
from marchland.records import PlacePhrase, Reason

MAX_CLIMB = 8
COUNTED_FROM_ANOTHER = 0.5
"""What an expression that hangs on another event has to yield to one that needs none, on the same word."""
FROM_ANOTHER_CLAUSE = 2.0
"""Most that a rule weighs by which the words of another clause are taken for the event."""
_LEAD_MARKS = (":", "-", "–", "—", ".")
_VERBS = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Tie:
    """A time expression and why it is that of the event."""

    expression: DateExpression
    why: Reason
    other: Token | None = None
    """The other event of the sentence that the words count from, when they name one."""
    backwards: bool = False
    """Whether the other event is the one that the words were written for: "took X two days **after Y**", of Y."""
    clause: Token | None = None
    """The verb of another clause that the words stand in; its tense, not the event's, tells on which side they lie."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The expressions that date the event and the saying; either may be missing."""

    event: Tie | None
    said: DateExpression | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A time expression beside an event: what the rules look at."""

    trigger: Token
    expression: DateExpression
    governor: Token
    """The verb or noun that the expression modifies."""
    speech: Token | None
    sentence: Sentence
    length: Length | None
    """Set when the expression tells how long one event of the sentence came after another."""

    @property
    def event(self) -> str:
        """The event's word as written."""
        return self.sentence.written(self.trigger, self.trigger)

    @property
    def holder(self) -> str:
        """The word that the expression modifies, as written."""
        return self.sentence.written(self.governor, self.governor)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which words of time belong to an event; `holds` says it in a sentence, or is empty."""

    holds: Callable[[Pair], str]
    weight: float

    @property
    def name(self) -> str:
        return self.holds.__name__.strip("_").replace("_", "-")


def attach(trigger: Token, sentence: Sentence, expressions: Sequence[DateExpression], speech: Token | None) -> Attached:
    """Tie expressions to the event named by `trigger`, or to the verb of speech above it.

    Where the event's word is itself one of speech, the day is taken for both ("On Friday the group announced control of
    X"), but "later claimed the capture of X" tells only when it was claimed.
    """
    said: DateExpression | None = None
    best: tuple[float, int, Tie] | None = None
    between = {one.expression.start: one for one in lengths(sentence, expressions)}
    for expression in expressions:
        governor = _governor(expression, sentence)
        if governor is None:
            continue
        governor = _before_the_length(governor, expression, between.values())
        own = trigger.i != governor.i or is_anchored(expression.value)
        if speech is not None and governor.i == speech.i and own:
            said = said or expression
            continue
        pair = Pair(trigger, expression, governor, speech, sentence, between.get(expression.start))
        tie = _tie(pair)
        if tie is None:
            continue
        ranked = (_rank(tie), -abs(governor.i - trigger.i), tie)
        best = ranked if best is None or ranked[:2] > best[:2] else best
    return Attached(best[2] if best else None, said)


def _tie(pair: Pair) -> Tie | None:
    """The tie by the heaviest rule that holds."""
    for rule in RULES:
        told = rule.holds(pair)
        if told:
            other, backwards = _counted_from(pair)
            of_day = rule.holds is _day_that_the_clause_explains
            expression = _bare(pair.expression) if of_day else pair.expression
            elsewhere = rule.weight <= FROM_ANOTHER_CLAUSE and pair.governor.pos_ in _VERBS
            clause = pair.governor if elsewhere else None
            return Tie(expression, Reason(rule.name, rule.weight, told), other, backwards, clause)
    return None


def _bare(expression: DateExpression) -> DateExpression:
    """ "since May, when X fell": it fell in May, and not since."""
    return replace(expression, value=expression.value.of) if isinstance(expression.value, Bound) else expression


def _rank(tie: Tie) -> float:
    return tie.why.weight - (COUNTED_FROM_ANOTHER if is_anchored(tie.expression.value) else 0.0)


def _counted_from(pair: Pair) -> tuple[Token | None, bool]:
    if pair.length is None:
        return None, False
    inside = _stands_in(pair.trigger, pair.length)
    return (pair.length.main, True) if inside else (pair.length.other, False)


# -------------------------------------------------------------------------------------------------- the rules, in order


def _length_to_the_clause_above(pair: Pair) -> str:
    """ "took X on Friday, two days after they **seized** Y": the words count from one event to the other."""
    if pair.length is None or pair.length.link.lower_ == "of" or not _stands_in(pair.trigger, pair.length):
        return ""
    main = pair.sentence.written(pair.length.main, pair.length.main)
    return f'"{pair.expression.text}" lies between "{pair.event}" and "{main}"'


def _length_from_the_clause_below(pair: Pair) -> str:
    """ "two days after they seized Y, they **took** X"."""
    if pair.length is None or pair.length.main.i != pair.trigger.i:
        return ""
    other = pair.sentence.written(pair.length.other, pair.length.other)
    return f'"{pair.expression.text}" counts from "{other}" to "{pair.event}"'


def _on_the_event(pair: Pair) -> str:
    trigger, governor = pair.trigger, pair.governor
    same = governor.i == trigger.i or _same_predicate(trigger, governor)
    return f'"{pair.expression.text}" goes with "{pair.event}"' if same else ""


def _day_that_the_clause_explains(pair: Pair) -> str:
    """ "since May, when fighters **seized** X"; "the following day the group **took** X", read as a clause on a day."""
    trigger = pair.trigger
    if trigger.dep_ != "relcl" or trigger.head.i not in _tokens_inside(pair.expression, pair.sentence):
        return ""
    relative = [c.lower_ for c in trigger.children if c.tag_ in ("WDT", "WP", "WRB") and c.i < trigger.i]
    if relative and relative[0] not in ("when", "that"):
        return ""
    return f'"{pair.event}" says what happened "{pair.expression.text}"'


def _within_the_event(pair: Pair) -> str:
    below = _under(pair.governor, pair.trigger) and pair.governor.pos_ not in _VERBS
    return f'"{pair.expression.text}" stands inside what belongs to "{pair.event}"' if below else ""


def _day_of_the_noun(pair: Pair) -> str:
    """ "a 2012 revolt that **overran** X": the clause says what the noun did, and the noun has a day."""
    on_noun = pair.trigger.dep_ == "relcl" and pair.governor.i == pair.trigger.head.i
    said = on_noun and pair.governor.pos_ not in _VERBS and pair.sentence.mention(pair.governor) is None
    return f'"{pair.event}" is what "{pair.holder}" of "{pair.expression.text}" did' if said else ""


def _verbs_in_one(pair: Pair) -> str:
    """ "have fallen **or been evacuated** within a week": a second verb without subject or object of its own."""
    governor = pair.governor
    second = governor.dep_ == "conj" and governor.head.i == pair.trigger.i and governor.pos_ in _VERBS
    later = told_later(pair.trigger)
    if later is not None and later.i == governor.i:
        return ""
    return f'"{pair.event}" and "{pair.holder}" are one' if second and _one_predicate(governor) else ""


def _first_of_a_list(pair: Pair) -> str:
    """ "On Monday they entered X and **took** Y"."""
    joined = pair.trigger.dep_ == "conj" and pair.trigger.head.i == pair.governor.i
    return f'"{pair.event}" goes on from "{pair.holder}"' if joined and _carries(pair) else ""


def _clause_above(pair: Pair) -> str:
    above = pair.governor.i != pair.trigger.i and _carries(pair)
    return f'"{pair.event}" is part of what "{pair.holder}" tells' if above else ""


def _same_time(pair: Pair) -> str:
    """ "fled on Tuesday when rebels **took** X": two events of one time."""
    above = outer(pair.trigger)
    same = above is not None and above.how == "during" and above.above.i == pair.governor.i
    return f'"{pair.event}" happened while "{pair.holder}" did' if same else ""


def _clause_below(pair: Pair) -> str:
    second = pair.governor.dep_ == "conj" and pair.governor.head.i == pair.trigger.i
    aside = pair.governor.dep_ in ("relcl", "acl") and pair.trigger.pos_ in _VERBS and not _closes_an_aside(pair)
    apart = aside or _after_or_before(pair.governor)
    below = pair.governor.pos_ in _VERBS and not (second or apart) and _under(pair.governor, pair.trigger)
    return f'"{pair.holder}" is part of "{pair.event}"' if below else ""


def _opens_the_line(pair: Pair) -> str:
    return f'"{pair.expression.text}" opens the line' if _leads(pair.expression, pair.sentence) else ""


RULES = [
    Rule(_length_to_the_clause_above, 4.4),
    Rule(_length_from_the_clause_below, 4.0),
    Rule(_on_the_event, 4.0),
    Rule(_day_that_the_clause_explains, 3.5),
    Rule(_within_the_event, 3.0),
    Rule(_day_of_the_noun, 2.5),
    Rule(_verbs_in_one, 2.0),
    Rule(_first_of_a_list, 2.0),
    Rule(_clause_above, 1.0),
    Rule(_same_time, 1.0),
    Rule(_clause_below, 1.0),
    Rule(_opens_the_line, 1.0),
]


# --------------------------------------------------------------------------------------------------------- lists, words


def on_place(
    place: PlacePhrase,
    places: Sequence[PlacePhrase],
    attached: Attached,
    sentence: Sentence,
    expressions: Sequence[DateExpression],
) -> Attached:
    """ "X on Monday, Y on Tuesday and Z on Friday", "X and Y on Monday and Tuesday respectively": a date for each."""
    starts = sorted({other.span.start for other in places})
    spans = [*starts, sentence.span.end]
    dates = [_between(start, end, sentence, expressions) for start, end in pairwise(spans)]
    in_turn = _in_turn(starts[-1], sentence, expressions)
    dates = in_turn if len(in_turn) == len(starts) else dates
    if len({date.start for date in dates if date is not None}) < 2:
        return attached
    own = dates[starts.index(place.span.start)]
    if own is None:
        return attached
    why = Reason("each-its-own", 4.0, f'of the places listed, "{place.text}" is given "{own.text}"')
    return Attached(Tie(own, why), attached.said)


def passed(heads: Sequence[Token], sentence: Sentence, expressions: Sequence[DateExpression]) -> Tie | None:
    """ "took X on Thursday, days after Y": the words that tell how long before X the place Y was taken."""
    for one in lengths(sentence, expressions):
        if one.other.i in {head.i for head in heads}:
            place, deed = sentence.written(one.other, one.other), sentence.written(one.main, one.main)
            told = f'"{one.expression.text}" lies between {place} and "{deed}"'
            return Tie(one.expression, Reason("length-to-a-place", 4.0, told), one.main, backwards=True)
    return None


def _between(start: int, end: int, sentence: Sentence, expressions: Sequence[DateExpression]) -> DateExpression | None:
    base = sentence.span.start
    return next((e for e in expressions if start - base <= e.start and e.end <= end - base), None)


def _in_turn(last: int, sentence: Sentence, expressions: Sequence[DateExpression]) -> list[DateExpression | None]:
    """The dates after the last place, where the sentence says "respectively"."""
    if "respectively" not in sentence.text.lower():
        return []
    return [one for one in expressions if one.start > last - sentence.span.start]


def long_before(sentence: Sentence, phrases: Sequence[str]) -> str:
    """Words that put the event some time back and tell no day: "early in the war"; not "in the past three days"."""
    words = sentence.text.lower()
    for one in sentence.expressions:
        words = words[: one.start] + "." * (one.end - one.start) + words[one.end :]
    return next((phrase for phrase in phrases if phrase in words), "")


# ---------------------------------------------------------------------------------------------------- the parse


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


def _before_the_length(governor: Token, expression: DateExpression, between: Iterable[Length]) -> Token:
    """ "fighting broke out **on Friday** a month after troops left": what stands before the length is the main event's,
    though the parse may hang it on the other."""
    for one in between:
        inside = governor.i == one.other.i or one.other.is_ancestor(governor)
        if expression.end <= one.expression.start and inside and one.other.i > one.link.i > one.main.i:
            return one.main
    return governor


def _tokens_inside(expression: DateExpression, sentence: Sentence) -> frozenset[int]:
    pieces = enumerate(sentence.pieces)
    return frozenset(i for i, p in pieces if p.start < expression.end and p.end > expression.start)


def _stands_in(token: Token, length: Length) -> bool:
    """Whether a token is the event that the words of length lead up to, or one with it; no clause lies between."""
    at = token
    for _ in range(MAX_CLIMB):
        if at.i == length.other.i:
            return True
        apart = at.dep_ in _CLAUSES or (at.dep_ == "conj" and at.head.i == length.main.i)
        if apart or at.i in (length.main.i, at.head.i):
            return False
        at = at.head
    return False


_CLAUSES = frozenset({"relcl", "ccomp", "acl", "advcl", "parataxis", "appos"})


def _carries(pair: Pair) -> bool:
    """Whether the event is part of the clause that the expression modifies, without a clause of time between them."""
    trigger = pair.trigger
    if trigger.dep_ == "acl" and trigger.tag_ == "VBN" and pair.governor.pos_ in _VERBS:
        return False
    at = trigger
    for _ in range(MAX_CLIMB):
        if at.head.i == at.i:
            return False
        if at.dep_ in ("advcl", "relcl") and (at.pos_ in _VERBS or at.i == trigger.i):
            return False
        if at.dep_ in ("pobj", "pcomp") and at.head.lower_ in AFTER | BEFORE:
            return False
        at = at.head
        if pair.speech is not None and at.i == pair.speech.i:
            return False
        if at.i == pair.governor.i:
            return True
    return False


def _after_or_before(clause: Token) -> bool:
    """Whether a clause tells of an event before or after that of the clause it hangs on."""
    marks = (clause.head, *(c for c in clause.children if c.dep_ == "mark"))
    return clause.dep_ in ("pcomp", "advcl") and any(mark.lower_ in AFTER | BEFORE for mark in marks)


def _closes_an_aside(pair: Pair) -> bool:
    """ "took X, located far to the north, **on Friday**": the aside is over, its comma says."""
    before = pair.sentence.text[: pair.expression.start].rstrip()
    opens = pair.sentence.text[: pair.sentence.start(pair.governor)].rstrip()
    return before.endswith(",") and opens.endswith(",")


def _one_predicate(verb: Token) -> bool:
    """A second verb without subject or object of its own."""
    return not any(child.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") for child in verb.children)


def _same_predicate(trigger: Token, governor: Token) -> bool:
    """A copula with its predicate, a verb with its object noun: one event in two words."""
    if trigger.head.i == governor.i and trigger.dep_ in _ONE_EVENT:
        return True
    return governor.head.i == trigger.i and governor.dep_ in ("dobj", "attr", "acomp", "xcomp", "prt")


_ONE_EVENT = frozenset({"attr", "acomp", "dobj", "nsubj", "nsubjpass", "xcomp", "oprd"})


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
