"""What "a day later", "that night" or "two days earlier" counts from: rules in order, the first that holds decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from typing import Protocol

from marchland.claims.anchors import is_hour_only
from marchland.claims.datewords import Moment, said_words
from marchland.claims.parse import Sentence
from marchland.claims.tense import is_past_perfect
from marchland.claims.told import DaysTold, Told
from marchland.claims.when import Tie
from marchland.claims.words import Token
from marchland.dates import DateExpression
from marchland.dates.values import Anchored, Away, DayPart
from marchland.records import Interval

NARROW = {"minute": 2, "hour": 2, "day": 3, "night": 3, "week": 10, "fortnight": 14, "month": 45, "year": 400}
"""Most days that an event may take to be counted from in a unit: no day is "a day after" a month."""
_VERBS = ("VERB", "AUX")


class Days(Protocol):
    """What the rules need of the article: its memory, and the day of any event of a sentence."""

    @property
    def published(self) -> Interval | None: ...

    @property
    def memory(self) -> DaysTold: ...

    @property
    def happens(self) -> Collection[str]: ...

    def day(
        self, token: Token, sentence: Sentence, speech: Token | None, quoted: str, seen: frozenset[int]
    ) -> Told | None: ...


Anchor = Callable[[Days, Moment, Tie, frozenset[int]], Told | None]


def counted_from(days: Days, moment: Moment, tie: Tie, seen: frozenset[int]) -> Told | None:
    """The day that the words count from; None where the text tells none."""
    for rule in ANCHORS:
        found = rule(days, moment, tie, seen)
        if found is not None and _narrow_enough(found.interval, tie.expression):
            return found
    return None


def _named_event(days: Days, moment: Moment, tie: Tie, seen: frozenset[int]) -> Told | None:
    """ "hours after **taking Goma**", "the third day of **the offensive**": its day in this sentence, or another."""
    if tie.other is None:
        return None
    told = days.day(tie.other, moment.sentence, moment.speech, moment.quoted, seen)
    if told is not None:
        return told
    begun = days.memory.begun.get(tie.other.lemma_.lower())
    found = begun or days.memory.deed(tie.other, moment.sentence)
    retold = tie.backwards and tie.other.lemma_.lower() in days.happens
    return found or (days.memory.recent(moment.quoted) if retold else None)


def _other_event(days: Days, moment: Moment, tie: Tie, seen: frozenset[int]) -> Told | None:
    """ "seized Goma **on Monday** and took Sake two days later": another event of the sentence that has a day."""
    if tie.other is not None:
        return None
    around = (days.day(t, moment.sentence, moment.speech, moment.quoted, seen) for t in _events_around(moment))
    return next((told for told in around if told is not None), None)


def _saying(days: Days, moment: Moment, tie: Tie, seen: frozenset[int]) -> Told | None:
    """ "said **on Friday** that X had fallen two days earlier"."""
    said = said_words(moment.attached.said, moment.sentence, days.published)
    if said is None or said.interval is None or tie.other is not None or not _backward(tie.expression):
        return None
    return Told(said.interval, said.text, days.memory.number)


def _told_last(days: Days, moment: Moment, tie: Tie, seen: frozenset[int]) -> Told | None:
    """The day that the text told last: "They took Goma **on Monday**. A day later ..."."""
    found = days.memory.recent(moment.quoted)
    if tie.other is not None or found is None or found.number is None:
        return None
    value = tie.expression.value
    if not is_hour_only(value):
        return found
    today = days.published is not None and found.interval.end == days.published.end
    by_day = isinstance(value, DayPart) and value.by_day
    return found if days.memory.number - found.number <= 1 and (by_day or not today) else None


def _undated_saying(days: Days, moment: Moment, tie: Tie, seen: frozenset[int]) -> Told | None:
    """ "The army said X had fallen two days earlier": what is reported without a day was said just before print."""
    printed = days.published
    told = moment.speech is not None and is_past_perfect(moment.trigger) and tie.other is None
    if not told or printed is None or moment.attached.said is not None or not _backward(tie.expression):
        return None
    if printed.first_day is None or printed.last_day is None:
        return None
    said = Interval.of_days(printed.first_day - dt.timedelta(days=1), printed.last_day)
    return Told(said, "the saying, on the day of publication or the day before")


ANCHORS: list[Anchor] = [_named_event, _other_event, _saying, _told_last, _undated_saying]


def _backward(expression: DateExpression) -> bool:
    value = expression.value
    return value.sign < 0 if isinstance(value, Away) else isinstance(value, Anchored) and value.shift < 0


def _narrow_enough(interval: Interval, expression: DateExpression) -> bool:
    return is_narrow(interval, NARROW.get(getattr(expression.value, "unit", "day"), NARROW["day"]))


def is_narrow(interval: Interval, most: int) -> bool:
    """Whether an interval has both ends and spans no more than so many days."""
    first, last = interval.first_day, interval.last_day
    return first is not None and last is not None and (last - first).days < most


def _events_around(moment: Moment) -> Iterator[Token]:
    """Events of the sentence that one without a day may be counted from: those it hangs on, those under it."""
    at = moment.trigger
    while at.head.i != at.i:
        aside = at.dep_ in ("ccomp", "parataxis") and at.head.i > at.i
        at = at.head
        if aside or (moment.speech is not None and at.i == moment.speech.i):
            break
        if at.pos_ in _VERBS:
            yield at
    for child in moment.trigger.children:
        if child.dep_ == "advcl" and child.pos_ in _VERBS:
            yield child
        elif child.dep_ == "prep":
            yield from (below for below in child.children if below.dep_ == "pcomp")
