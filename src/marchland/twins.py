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
Deed = tuple[str, str, str]


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
        if _deed(one) and _has_day(one):
            sure[_deed(one)].append(one)
    return [_by_twin(one, sure) for one in told]


def _by_twin(one: Telling, sure: Mapping[Deed, Sequence[Telling]]) -> Telling:
    twins = [other for other in sure.get(_deed(one), ()) if _one_actor(one.claim, other.claim)]
    if not twins or not _lacks_day(one):
        return one
    spans = [other.dated.interval for other in twins if other.dated.interval is not None]
    days = Interval(min(s.start for s in spans if s.start), max(s.end for s in spans if s.end))
    if _width(days) > WIDEST or not _can_be(days, one.dated.interval):
        return one
    words = " and ".join(dict.fromkeys(f'"{t.claim.when.text}"' for t in twins if t.claim.when is not None))
    how = f"the day on which this article has it elsewhere: {words}"
    return Telling(one.claim, one.answer, Dated(days, edtf(days), how))


def _deed(one: Telling) -> Deed:
    """Kind of deed, place and part; empty for what is no single deed at a place."""
    place = one.answer.choice
    single = place is not None and one.claim.event in ONCE and one.claim.stance in ("asserts", "hedges")
    return (one.claim.event, place.place_id, one.answer.part) if single and place is not None else ("", "", "")


def _has_day(one: Telling) -> bool:
    when, days = one.claim.when, one.dated.interval
    own = when is not None and when.interval is not None and one.claim.tense != "future"
    return own and days is not None and days.start is not None and days.end is not None and _width(days) <= WIDEST


def _lacks_day(one: Telling) -> bool:
    open_start = one.dated.interval is None or one.dated.interval.start is None
    return one.claim.when is None and open_start and one.claim.tense != "future" and bool(_deed(one)[0])


def _width(days: Interval) -> int:
    first, last = days.first_day, days.last_day
    return (last - first).days + 1 if first is not None and last is not None else WIDEST + 1


def _can_be(days: Interval, limit: Interval | None) -> bool:
    """Whether the twin's day lies within what the telling itself allows."""
    return limit is None or limit.end is None or days.start is None or days.start < limit.end


def _one_actor(one: Claim, other: Claim) -> bool:
    """Whether both can be one deed: by one side, or by nobody who is named."""
    if one.actor is None or other.actor is None:
        return True
    return (one.actor.side or one.actor.party_id) == (other.actor.side or other.actor.party_id)
