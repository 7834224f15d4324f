"""One event told twice in an article: the telling without a day takes the day of the one that has it.

A headline says "Rebels take the town", the body "the town fell on Monday". Both are one deed at one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marchland.dates import edtf
from marchland.records import Claim, Dated, Interval, Resolved

ONCE = frozenset({"captures", "recaptures", "withdraws_from", "surrenders", "hands_over", "closes", "reopens"})
"""Events that an article seldom tells of twice at one place and means two of them; fights go on for days."""
WIDEST = 3
"""Days that the tellings with a day may span together."""
FAMILY = {"recaptures": "captures"}
Deed = tuple[str, str, str]
NONE: Deed = ("", "", "")


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim at its place, with the day that its own sentence gives."""

    claim: Claim
    answer: Resolved
    dated: Dated


def with_twins(told: Sequence[Telling]) -> list[Telling]:
    """The tellings, those without words of time dated by their twin where all twins agree."""
    sure: dict[Deed, list[Telling]] = defaultdict(list)
    for one in told:
        if _deed(one) != NONE and _has_day(one):
            sure[_deed(one)].append(one)
    return [_by_twin(one, sure) for one in told]


def _by_twin(one: Telling, sure: Mapping[Deed, Sequence[Telling]]) -> Telling:
    twins = _twins(one, sure.get(_deed(one), ())) if _lacks_day(one) else []
    if not twins:
        return one
    spans = [other.dated.interval for other in twins if other.dated.interval is not None]
    days = Interval(min(s.start for s in spans if s.start), max(s.end for s in spans if s.end))
    if _width(days) > WIDEST or not _can_be(days, one.dated.interval):
        return one
    words = " and ".join(dict.fromkeys(f'"{t.claim.when.text}"' for t in twins if t.claim.when is not None))
    how = f"the day on which this article has it elsewhere: {words}"
    return Telling(one.claim, one.answer, Dated(days, edtf(days), how))


def _twins(one: Telling, dated: Sequence[Telling]) -> Sequence[Telling]:
    """The tellings with a day of the same deed by the same side; where a side is not named, all that may be meant."""
    by_same = [other for other in dated if _same_actor(one.claim, other.claim)]
    if by_same and one.claim.event in {other.claim.event for other in by_same}:
        return by_same
    return dated if all(other.claim.event == one.claim.event and _may_be(one, other) for other in dated) else []


def _deed(one: Telling) -> Deed:
    """Family of deeds, place and part; empty for what is no single deed at a place."""
    place, event = one.answer.choice, one.claim.event
    if place is None or event not in ONCE or one.claim.stance not in ("asserts", "hedges"):
        return NONE
    return (FAMILY.get(event, event), place.place_id, one.answer.part)


def _has_day(one: Telling) -> bool:
    when, days = one.claim.when, one.dated.interval
    own = when is not None and when.interval is not None and one.claim.tense != "future"
    return own and days is not None and days.start is not None and days.end is not None and _width(days) <= WIDEST


def _lacks_day(one: Telling) -> bool:
    open_start = one.dated.interval is None or one.dated.interval.start is None
    return one.claim.when is None and open_start and one.claim.tense != "future" and _deed(one) != NONE


def _width(days: Interval) -> int:
    first, last = days.first_day, days.last_day
    return (last - first).days + 1 if first is not None and last is not None else WIDEST + 1


def _can_be(days: Interval, limit: Interval | None) -> bool:
    """Whether the twin's day lies within what the telling itself allows."""
    return limit is None or limit.end is None or days.start is None or days.start < limit.end


def _same_actor(one: Claim, other: Claim) -> bool:
    if one.actor is None or other.actor is None:
        return False
    return (one.actor.side or one.actor.party_id) == (other.actor.side or other.actor.party_id)


def _may_be(one: Telling, other: Telling) -> bool:
    """Whether one of them names nobody, so that both may be one deed."""
    return one.claim.actor is None or other.claim.actor is None
