"""What simpler methods would say of who holds a place, from the same claims: the bars that the ledger has to pass.

Each answers with a side, "contested", or nothing. The plain ones are what others do: count outlets, believe the last
claim, believe whoever attacks, believe whoever was there. The last is a fixed table of grades, as intelligence services
use it, without any fitting.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from marchland.records import ClaimRow

CONTESTED = "contested"
HOLDING = frozenset({"captures", "recaptures", "controls", "repels"})
LEAVING = frozenset({"withdraws_from", "surrenders"})
FIGHTING = frozenset({"contests", "besieges"})
RECENT_DAYS = 7
"""Outlets vote together when their claims were published this near to the last one."""
GRADES = {
    "monitor-group": 0.9, "un-agency": 0.9, "agency": 0.9, "official": 0.8, "governor": 0.8, "lawmaker": 0.8,
    "councillor": 0.8, "police": 0.8, "publisher": 0.75, "outlet": 0.75, "media": 0.7, "military": 0.7, "minister": 0.7,
    "resident": 0.6, "analyst": 0.6, "foreign-official": 0.6, "belligerent": 0.5, "spokesperson": 0.5, "anonymous": 0.5,
}  # fmt: skip
"""Reliability by class of speaker, A to D as shares (NATO grading, read as probabilities by us); else 0.6."""

Answer = Callable[[Sequence[ClaimRow], str], str]


def said(answer: Answer, rows: Sequence[ClaimRow], home: str) -> str:
    """The answer from the claims that tell of holding or fighting; `home` is the side that stood there first."""
    telling = [row for row in rows if row.stance in ("asserts", "hedges") and tells(row)]
    return answer(telling, home)


def tells(row: ClaimRow) -> str:
    """Whom a claim has hold the place: a side, "contested", or nothing. A withdrawal leaves it to the opponent."""
    if row.place_part:
        return ""
    if row.event in HOLDING:
        return row.actor_side or row.actor_id or ""
    if row.event in LEAVING:
        return row.opponent_side or row.opponent_id or ""
    return CONTESTED if row.event in FIGHTING else ""


def majority(rows: Sequence[ClaimRow], home: str) -> str:
    """What most outlets say in the week before the last report; copies count, as outlets do."""
    if not rows:
        return ""
    last = max(_day(row) for row in rows)
    voices: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if last - _day(row) <= RECENT_DAYS:
            voices[tells(row)].add(row.publisher or row.page_id)
    return min(voices, key=lambda side: (-len(voices[side]), side))


def last_claim(rows: Sequence[ClaimRow], home: str) -> str:
    """What the last report says."""
    return tells(max(rows, key=lambda row: (_day(row), row.claim_id))) if rows else ""


def attacker(rows: Sequence[ClaimRow], home: str) -> str:
    """The side that most claims name of those that did not stand there first, as soon as one is named."""
    named = Counter(row.actor_side or row.actor_id or "" for row in rows)
    for side in ("", home):
        named.pop(side, None)
    return min(named, key=lambda side: (-named[side], side)) if named else home if rows else ""


def defender(rows: Sequence[ClaimRow], home: str) -> str:
    """The side that stood there first, whatever is told."""
    return home if rows else ""


BASELINES: dict[str, Answer] = {
    "majority of outlets": majority, "last claim": last_claim, "always the attacker": attacker,
    "always the defender": defender,
}  # fmt: skip


def graded(rows: Sequence[ClaimRow], side: str) -> float:
    """Share of a side by a fixed table of grades: the log-odds begin at even, and each claim of the week before the
    last report moves them by its speaker's grade, towards the side or away from it."""
    if not rows:
        return 0.5
    last, odds = max(_day(row) for row in rows), 0.0
    for row in rows:
        if last - _day(row) <= RECENT_DAYS and tells(row) != CONTESTED:
            grade = GRADES.get(row.source_class, 0.6)
            odds += math.log(grade / (1 - grade)) * (1 if tells(row) == side else -1)
    return 1 / (1 + math.exp(-odds))


def _day(row: ClaimRow) -> int:
    return dt.date.fromisoformat(row.published or "1970-01-01").toordinal()
