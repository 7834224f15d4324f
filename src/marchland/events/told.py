"""A claim row with its days as numbers, and what belongs to whom: the small questions that grouping asks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from marchland.claims.parties import COMMON
from marchland.events.weights import Weights
from marchland.records import EVENTS, ClaimRow

UNLISTED = "x:"
"""How the ids of parties begin that no table knows: their name is only the words of one report."""
DESCRIBED = f":{COMMON}"
"""In the id of a party that has no name, only a description: "x:cd:some-gunmen"."""
SameSide = Callable[[str, str], bool]

FAMILY = {
    "captures": "captures", "recaptures": "captures", "withdraws_from": "leaves", "surrenders": "leaves",
    "attacks": "fights", "contests": "fights",
}  # fmt: skip
"""Events that tell of one kind of deed; an event that is not here is a family of its own."""


DONE = frozenset({"past", "perfect", "pluperfect"})
"""Tenses of what is over, or has begun."""


def family(event: str) -> str:
    """The kind of deed: `captures` for both captures and recaptures."""
    return FAMILY.get(event, event)


@dataclass(frozen=True, slots=True)
class Told:
    """One claim with its days as ordinals of the calendar; `first` None means "on or before `last`"."""

    row: ClaimRow
    first: int | None
    last: int | None
    known: int | None
    """Day of publication; None where the article is not dated."""

    @property
    def width(self) -> int | None:
        """Days from the first to the last, both included; None when open or not dated."""
        return None if self.first is None or self.last is None else self.last - self.first + 1

    def undated(self, weights: Weights) -> bool:
        """Whether it names a day that could not be told: no real day, or so many weeks after who knows what.

        Nor whether its report is of one day, or whether the day that it lies before is the report's own; nor is the
        past perfect in the author's own voice news. Then it happened some time before, not in the last days.
        "Again" and "hours later" name no day, and leave it news.
        """
        late, stems = weights.grouping.narrow_days, weights.words.spans
        if self.first is not None or self.last is None:
            return False
        if self.known is not None and self.last < self.known - late and not self.row.date_text:
            return True  # "had fallen before it was retaken on the 3rd": no report of that day is at hand
        if self.row.tense == "pluperfect" and self.row.source == "publisher" and not self.row.date_text:
            return True
        begun = ordinal(self.row.published_from)
        if begun is not None and self.last - begun > late:
            return True
        if self.last != self.known:
            return False
        words = (self.row.date_text or "").casefold().split()
        return any(word[:1].isdigit() or word.startswith(tuple(stems)) for word in words)


def told(row: ClaimRow) -> Told:
    """The days of a row: none where its words do not tell any.

    A day after the day of publication cannot be meant of a deed: it counts as open. "Had held it since March" tells of
    March, and of no day after.
    """
    first, last, known = ordinal(row.date_from), ordinal(row.date_to), ordinal(row.published)
    if last is None and first is not None:
        last = known if known is not None and known >= first else first
    if known is not None and last is not None and last > known + 1:
        last = known
    if row.event == "controls" and row.tense == "pluperfect" and (last is None or known is None or last >= known):
        last = first
    if first is not None and last is not None and first > last:
        first = None
    return Told(row, first, last, known)


def why_no_event(row: ClaimRow) -> str:
    """Why a claim belongs to no event, for people; empty for one that may.

    What is not about control may be an event without a place, where it says whose."""
    if not row.place_id and (row.event in EVENTS or not (actor_key(row) or opponent_key(row))):
        return f"its place was refused: {row.place_reason}"
    if row.stance == "plans":
        return "it tells of a plan"
    if is_future(row):
        if not is_misdated(row):
            return f"it tells of what may come: {days_words(row)}, in a report of {row.published}"
        return (
            f"it is dated {days_words(row)}, after its report of {row.published}: a plan, or one of the days is wrong"
        )
    return ""


def is_misdated(row: ClaimRow) -> bool:
    """Whether its day is after that of its report, which no good reading gives: neither a plan nor a "may" is meant."""
    hope = row.stance == "plans" or (row.stance == "hedges" and row.tense not in DONE)
    return not hope and is_ahead(row)


def days_words(row: ClaimRow) -> str:
    """The days of a claim, as written in reasons: "2031-05-03", "2031-05-03 to 2031-05-09"."""
    found = [one for one in (row.date_from, row.date_to) if one]
    return " to ".join(dict.fromkeys(found))


def is_future(row: ClaimRow) -> bool:
    """Whether the deed is dated from the day of the report on, or later: then it is a plan.

    Not where the words say that it is over: then the day was misread, and the deed is told without one.
    """
    return row.tense not in DONE and is_ahead(row)


def is_ahead(row: ClaimRow) -> bool:
    """Whether its day is after that of its report: whatever the tense, that day is not believed of a deed."""
    first, last, known = ordinal(row.date_from), ordinal(row.date_to), ordinal(row.published)
    if first is None or known is None:
        return False
    return first > known + 1 or (first >= known and last is not None and last > known + 1)


def ordinal(day: str | None) -> int | None:
    """The ordinal of an ISO day, or None for no day."""
    try:
        return dt.date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def iso(day: int | None) -> str | None:
    """The ISO day of an ordinal."""
    return None if day is None else dt.date.fromordinal(day).isoformat()


def actor_key(row: ClaimRow) -> str:
    """The side that acts, else the party, else nothing."""
    return row.actor_side or row.actor_id or ""


def opponent_key(row: ClaimRow) -> str:
    """The side acted against, else the party, else nothing."""
    return row.opponent_side or row.opponent_id or ""


def equal_sides(one: str, other: str) -> bool:
    """The plainest answer to "is that the same side?"."""
    return one == other


def is_admission(row: ClaimRow, same_side: SameSide = equal_sides) -> bool:
    """Whether a side says that it does not hold the place: "the army admits that it lost the town".

    Written as a denial of its control, it is no word against those who say that it lost it.
    """
    own = bool(row.source_side and actor_key(row)) and same_side(row.source_side, actor_key(row))
    return row.stance == "denies" and row.event == "controls" and own


def side_keys(rows: Iterable[ClaimRow], same_side: SameSide = equal_sides) -> Mapping[str, str]:
    """Every side in the rows of one place to the one that stands for it, where `same_side` merges some of them.

    Who is only described ("the rebels") is the one armed group with a name there, if there is but one; of several that
    no table knows, the one that mostly acts.
    """
    listed = list(rows)
    sides = {side for row in listed for side in (actor_key(row), opponent_key(row), row.source_side) if side}
    roots: dict[str, str] = {"": ""}
    for side in sorted(sides, key=lambda one: (is_described(one), one)):
        same = [root for root in sorted(set(roots.values()) - {""}) if same_side(root, side)]
        roots[side] = same[0] if same and (len(same) == 1 or not is_described(side)) else side
    named = _mostly(roots[actor_key(row)] for row in listed)
    return {side: named if named and is_described(root) else root for side, root in roots.items()}


def own_keys(rows: Iterable[ClaimRow]) -> Mapping[str, str]:
    """Every side to itself: without a place nothing says that two names are one party's."""
    return {side: side for row in rows for side in ("", actor_key(row), opponent_key(row), row.source_side)}


def is_described(side: str) -> bool:
    """Whether a party has no name, only a description: "x:cd:some-gunmen"."""
    return side.startswith(UNLISTED) and DESCRIBED in side


def _mostly(acting: Iterable[str]) -> str:
    """The named party that no table knows and that acts more than twice as often as any other such; else nobody."""
    counted = Counter(side for side in acting if side.startswith(UNLISTED) and not is_described(side))
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][1] > 2 * ranked[1][1])
    return ranked[0][0] if clear else ""
