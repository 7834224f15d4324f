"""Days that hang on other events: within the sentence, and from sentence to sentence through the article.

"A day later they took Sake" is counted from the day told last; "two days after the fall of Goma" from the day on which
some other sentence has Goma fall; "had fallen two days earlier" from the saying. What can only be bounded ("the town,
which they had taken") gets a limit: on or before the other event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from marchland.claims.anchors import Outer, is_anchored, is_hour_only, outer
from marchland.claims.counted import counted_from, is_narrow
from marchland.claims.datewords import Moment, event_words, said_words
from marchland.claims.parse import Sentence
from marchland.claims.quotes import in_quotation
from marchland.claims.tense import is_past_perfect, tense
from marchland.claims.told import DaysTold, Deed, Told, voice_of
from marchland.claims.when import Tie, attach
from marchland.claims.words import Token
from marchland.dates import DateExpression
from marchland.dates.values import Away, Deictic, Lasting, Unit
from marchland.places.names import key
from marchland.records import Claim, DateWords, Interval

WIDEST_LIMIT = 45
"""Days that another event may span to bound one without words of its own."""
SURE_DAYS = 3
"""Days that a deed may span for others to be counted from it."""
OLD = 300
"""Days before publication from which on a paragraph that opens with such a date is about the past."""
OPENING = 4
"""Characters that may stand before a date that opens its sentence."""
FAMILY = {"recaptures": "captures"}
OWN_WORDS = 3.0
"""Least weight of the rule by which words date a saying, and not what is said."""
LONG_AGO = "some time before"
_VERBS = ("VERB", "AUX")


@dataclass(frozen=True)
class Timeline:
    """Tells the days of one article's events against each other."""

    published: Interval | None
    is_speech: Callable[[Token], bool]
    beginnings: Collection[str]
    """Verbs that begin something: "the offensive that began on Sunday"."""
    happens: Collection[str]
    """Verbs that only say that their subject happened: "the attack came a day after X fell"."""
    memory: DaysTold = field(default_factory=DaysTold)

    def day(
        self, token: Token, sentence: Sentence, speech: Token | None, quoted: str, seen: frozenset[int] = frozenset()
    ) -> Told | None:
        """When an event of the sentence happened, if words tell; `seen` are expressions that may not be used again."""
        left = [one for one in sentence.expressions if one.start not in seen]
        attached = attach(token, sentence, left, speech)
        below = self.is_speech(token) and attached.event is not None and attached.event.why.weight < OWN_WORDS
        if attached.event is None or below:
            return None
        moment = Moment(sentence, token, attached, tense(token), speech, quoted)
        words = self.words(moment, attached.event, seen)
        if words is None or words.interval is None or words.interval.last_day is None:
            return None
        return Told(words.interval, words.text, self.memory.number)

    def words(self, moment: Moment, tie: Tie, seen: frozenset[int] = frozenset()) -> DateWords:
        """The words of a tie with what they mean, counted from another event where they ask for one."""
        sentence, value = moment.sentence, tie.expression.value
        if not is_anchored(value) and not is_hour_only(value):
            base, how = self._base(moment, tie.expression)
            return event_words(tie, sentence, base, moment.tense, how=how)
        found = counted_from(self, moment, tie, seen | {tie.expression.start})
        if found is None:
            return event_words(tie, sentence, self.published, moment.tense)
        how = found.says(self.memory.number)
        return event_words(tie, sentence, self.published, moment.tense, anchor=found.interval, how=how)

    def _base(self, moment: Moment, expression: DateExpression) -> tuple[Interval | None, str]:
        """What "yesterday" and "ago" count from: publication, or the day of saying for somebody else's words."""
        said = said_words(moment.attached.said, moment.sentence, self.published)
        hour = moment.attached.said is not None and is_hour_only(moment.attached.said.value)
        if hour or said is None or said.interval is None or not is_narrow(said.interval, 1):
            return self.published, ""
        inside, _ = in_quotation(moment.sentence)
        ago = isinstance(expression.value, Away) and expression.value.sign < 0
        near = isinstance(expression.value, Deictic | Unit | Lasting) and moment.trigger.i in inside
        return (said.interval, f'"{said.text}", when it was said') if ago or near else (self.published, "")

    def note(self, sentence: Sentence, quoted: str) -> None:
        """Remember the day that the sentence told of its main event."""
        for token in main_events(sentence, self.is_speech):
            if is_past_perfect(token) or tense(token) == "future":
                continue
            found = self.day(token, sentence, None, quoted)
            if found is not None:
                voice = voice_of(token, sentence, quoted)
                self.memory.told(found, voice, _begun(token, self.beginnings))
                self.memory.background = self._old(found, sentence) if not voice else None
            elif tense(token) in ("present", "perfect") and not self.is_speech(token):
                self.memory.background = None

    def _old(self, found: Told, sentence: Sentence) -> Told | None:
        """The day told, if it lies long before publication and opens the sentence: "In 1998 ..."."""
        day, now = found.interval.last_day, self.published.first_day if self.published else None
        opens = sentence.text.find(found.words) <= OPENING
        return found if opens and day is not None and now is not None and (now - day).days >= OLD else None

    # ------------------------------------------------------------------------------------------ without own words

    def limit(self, moment: Moment, claim: Claim) -> DateWords | None:
        """The days between which an event without words of its own must lie, by another event's day."""
        if claim.stance == "plans" or moment.tense == "future":
            return None
        above = outer(moment.trigger)
        if above is not None and (moment.speech is None or above.above.i != moment.speech.i):
            return self._beside(above, moment)
        told = self.memory.recent(moment.quoted)
        if told is None or moment.speech is not None or not is_past_perfect(moment.trigger):
            return None
        how = f'on or before {told.says(self.memory.number)}: "had" puts it before what was told last'
        return self._bounded(None, told.interval.end, how, moment)

    def _beside(self, above: Outer, moment: Moment) -> DateWords | None:
        told = self.day(above.above, moment.sentence, moment.speech, moment.quoted)
        if told is None or above.how == "during" or not is_narrow(told.interval, WIDEST_LIMIT):
            return None
        deed = moment.sentence.written(above.above, above.above)
        name = f'"{deed}" {told.says(self.memory.number)}'
        if above.how == "after":
            return self._bounded(told.interval.start, None, f'on or after {name}, by "{above.word}"', moment)
        return self._bounded(None, told.interval.end, f'on or before {name}, by "{above.word}"', moment)

    def _bounded(
        self, start: dt.datetime | None, end: dt.datetime | None, how: str, moment: Moment
    ) -> DateWords | None:
        last = self.published.end if self.published else None
        end = end if end is not None else last
        if end is None or (last is not None and end > last) or (start is not None and start >= end):
            return None
        return _on_trigger(moment, Interval(start, end), how, "limit")

    def past(self, moment: Moment) -> DateWords | None:
        """For an event without words in a paragraph about the past: the paragraph's date, as some time before."""
        found = self.memory.background
        if found is None or moment.tense != "past" or moment.speech is not None:
            return None
        how = f"{LONG_AGO}: the paragraph is about {found.says(self.memory.number)}"
        return _on_trigger(moment, None, how, "event")


def _on_trigger(moment: Moment, interval: Interval | None, how: str, of: str) -> DateWords:
    """Words of time that stand elsewhere, shown on the event's own word."""
    sentence, word = moment.sentence, moment.trigger
    span = sentence.in_article(sentence.start(word), sentence.end(word))
    return DateWords(sentence.written(word, word), span, interval, how, "", of)


def main_events(sentence: Sentence, is_speech: Callable[[Token], bool]) -> list[Token]:
    """The events that carry the story on: main verbs, what a main verb of speech reports, and verbs joined to them."""
    found: list[Token] = []
    for root in (token for token in sentence.doc if token.head.i == token.i):
        told = [c for c in root.children if c.dep_ == "ccomp"] if is_speech(root) else []
        for one in (root, *told):
            found += [one, *(other for other in one.conjuncts if other.pos_ in _VERBS)]
    return sorted({token.i: token for token in found}.values(), key=lambda token: token.i)


def _begun(token: Token, beginnings: Collection[str]) -> list[Token]:
    """ "the **offensive** began", "launched an **offensive**"."""
    if token.lemma_.lower() not in beginnings:
        return []
    return [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj") and c.pos_ == "NOUN"]


# ---------------------------------------------------------------------------------------------------- the article


def date_claims(
    claims: Sequence[Claim], moments: Mapping[str, Moment], sentences: Sequence[Sentence], text: str, line: Timeline
) -> list[Claim]:
    """The claims, with the days that hang on other events told, in the order of the text."""
    numbers = {sentence.span.start: number for number, sentence in enumerate(sentences)}
    _remember_deeds(claims, numbers, line.memory)
    dated: dict[str, Claim] = {}
    for number, sentence in enumerate(sentences):
        line.memory.enter(sentence, number, text)
        here = [c for c in claims if c.sentence.start == sentence.span.start and c.claim_id in moments]
        done = [_dated(claim, moments[claim.claim_id], line) for claim in here]
        dated |= {claim.claim_id: claim for claim in done}
        _remember_deeds(done, numbers, line.memory)
        line.note(sentence, next((moments[c.claim_id].quoted for c in here), ""))
    return [dated.get(claim.claim_id, claim) for claim in claims]


def _dated(claim: Claim, moment: Moment, line: Timeline) -> Claim:
    tie, before = moment.attached.event, claim.when
    if tie is None and before is None:
        past = line.past(moment)
        return replace(claim, when=past) if past is not None else replace(claim, limit=line.limit(moment, claim))
    if tie is None:
        return claim
    words = line.words(moment, tie)
    vague = before is not None and before.rule.startswith(LONG_AGO) and words.interval is None
    return claim if vague else replace(claim, when=words)


def _remember_deeds(claims: Sequence[Claim], numbers: Mapping[int, int], memory: DaysTold) -> None:
    """Which words name which deed, and on which day the article has it happen."""
    for claim in claims:
        deed: Deed = (FAMILY.get(claim.event, claim.event), key(claim.place.name))
        if not claim.place.name:
            continue
        memory.named.setdefault(claim.trigger.start, deed)
        memory.named.setdefault(claim.place.span.start, deed)
        told = claim.when
        sure = told is not None and told.interval is not None and is_narrow(told.interval, SURE_DAYS)
        if told is not None and told.interval is not None and sure and claim.stance in ("asserts", "hedges"):
            memory.deeds.setdefault(deed, Told(told.interval, told.text, numbers.get(claim.sentence.start)))
