"""Words of time tied to a claim, told as days: against publication, the saying or another event."""

from __future__ import annotations

from dataclasses import dataclass

from marchland.claims.parse import Sentence
from marchland.claims.tense import tense as tense_of
from marchland.claims.when import Attached, Tie
from marchland.claims.words import Token
from marchland.dates import DateExpression, resolve
from marchland.records import DateWords, Interval


@dataclass(frozen=True, slots=True)
class Moment:
    """What a claim's day hangs on: its word in the parse and the expressions tied to it."""

    sentence: Sentence
    trigger: Token
    attached: Attached
    tense: str
    speech: Token | None
    """The verb that the event is reported by."""
    quoted: str = ""
    """Whose words the sentence is, when it is part of a quotation."""


def event_words(
    tie: Tie,
    sentence: Sentence,
    published: Interval | None,
    tense: str,
    *,
    anchor: Interval | None = None,
    how: str = "",
) -> DateWords:
    """The words that date an event, told against publication or another event (`anchor`, which `how` names), with the
    rule that tied them to it."""
    tense = tense_of(tie.clause) if tie.clause is not None else tense
    told = resolve(tie.expression, published, tense=tense, anchor=anchor, backwards=tie.backwards)
    interval, edtf, rule = told
    counted = f", counted from {how}" if how else ""
    return _words(tie.expression, sentence, interval, edtf, f"{rule}{counted}; {tie.why.sentence}", "event")


def said_words(expression: DateExpression | None, sentence: Sentence, published: Interval | None) -> DateWords | None:
    """The words that date the saying."""
    if expression is None:
        return None
    interval, edtf, rule = resolve(expression, published, tense="past")
    return _words(expression, sentence, interval, edtf, rule, "saying")


def _words(
    expression: DateExpression, sentence: Sentence, interval: Interval | None, edtf: str, rule: str, of: str
) -> DateWords:
    span = sentence.in_article(expression.start, expression.end)
    zone = expression.clock.zone if expression.clock else ""
    return DateWords(sentence.text[expression.start : expression.end], span, interval, rule, edtf, of, zone)
