"""What a map shows of one place on one state of knowledge: its spells, each with how likely it was day by day.

It does not depend on the day that is asked about: each spell begins and ends as `query.who` would tell it on the days
about its edges, with silence counted to the day asked about. Days are counted from 1970-01-01.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from marchland.ledger.assessment import LASTS, SETTLED, Assessed, Assessment, Silence, label_of, turned
from marchland.ledger.fuse import Rules
from marchland.records import CrossingRow, HoldingRow

EPOCH = dt.date(1970, 1, 1).toordinal()
EXACT = 0.015
"""How far the line between two knots may be from the probability, unless there are `MOST_KNOTS` already."""
MOST_KNOTS = 12
_FAR = dt.date(9000, 1, 1)
_FORGETS = ("held", "claimed", "unknown")
"""What silence wears down faster while reports may still come (`Silence.weighed`)."""
Days = NDArray[np.float64]


class ShownSpell(msgspec.Struct, frozen=True, array_like=True):
    """One holder, or none, over a stretch of days."""

    holder: int
    """Its place in `Shown.parties`; -1 for nobody."""
    status: str
    """As in HoldingRow."""
    begins: int
    until: int | None
    """The day after its last; None where it lasts."""
    early: int | None
    """First day on which it may have begun."""
    late: int | None
    confirmed: int | None
    """Last day on which somebody told of it."""
    knots: tuple[int, ...]
    """Day, probability in thousandths, day, probability, ...: in between on the line that joins two of them."""


class ShownLane(msgspec.Struct, frozen=True, array_like=True):
    """One direction and kind of traffic of a crossing over a stretch of days; who stands at its posts by name."""

    direction: str
    traffic: str
    state: str
    begins: int | None
    until: int | None
    share: int
    """Probability in thousandths."""
    a_holder: str | None
    b_holder: str | None
    a_presumed: str | None
    b_presumed: str | None
    a: str
    b: str


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """One place on one state of knowledge."""

    parties: tuple[tuple[str, str], ...]
    """Id and name of each holder."""
    spells: tuple[ShownSpell, ...]
    lanes: tuple[ShownLane, ...] = ()


def shown(made: Assessment, rules: Rules, lanes: Sequence[CrossingRow] = ()) -> Shown:
    """What a map shows of an assessment, and of the lanes of a crossing."""
    rows = turned(made, Silence.of(_FAR, rules))
    named = {one.row.holder_id: one.row.holder_name or one.row.holder_id for one in rows if one.row.holder_id}
    parties = list(named)
    edge = _Edge(made, rules)
    spells = tuple(
        _spell(one, parties.index(one.row.holder_id) if one.row.holder_id else -1, edge, begins, until)
        for one, begins, until in _dated(rows, edge, len(made.turns))
    )
    return Shown(tuple(named.items()), spells, tuple(map(_lane, lanes)))


class _Edge:
    """Days and shares of an assessment as they are told on each day itself, not with hindsight."""

    def __init__(self, made: Assessment, rules: Rules) -> None:
        self.made = made
        self.late = np.array(Silence.of(_FAR, rules).late)
        self.settled = made.silent[1] == LASTS and made.silent[0] != ""
        self.end = (_number(made.silent[0]) or 0) - SETTLED if self.settled else 0
        """The last day of the evidence."""
        self.first = (made.first or 0) - EPOCH - Silence.of(_FAR, rules).reach

    def turn(self, day: int, row: HoldingRow) -> int:
        """The first day that, asked about itself, tells of a turn that silence brings on `day`."""
        return day - math.floor(float(self.late[-1])) if self.settled and row.status in _FORGETS else day

    def share(self, row: HoldingRow, days: Days) -> Days:
        """Probability at the end of each day of the state that a holding is in, silence counted to that day."""
        made = self.made
        ahead = np.zeros(len(days))
        if self.settled and row.status in _FORGETS:
            ahead = np.where(days > self.end, self.late[-1], 0.0)  # before that, a claim may lie in between
        label = label_of(row, made.states)
        if label not in made.states:
            return np.zeros(len(days))
        grid = made.share[:, made.states.index(label)]
        found: Days = np.interp(2 * (days + ahead + EPOCH) + 2, made.times, grid)
        return found


def _dated(rows: Sequence[Assessed], edge: _Edge, turns: int) -> Iterator[tuple[Assessed, int | None, int | None]]:
    """Each holding with its first day and the day after its last; the last `turns` of them begin by silence."""
    begins = _number(rows[0].row.from_ or rows[0].row.from_latest) if rows else None
    for number, one in enumerate(rows):
        until, left = _number(one.row.until), len(rows) - number - 1
        if until is not None and left and left <= turns:
            until = edge.turn(until, one.row)
        yield one, begins, until
        if left:
            after = rows[number + 1].row
            begins = until if left <= turns else _number(after.from_ or after.from_latest)


def _spell(one: Assessed, holder: int, edge: _Edge, begins: int | None, until: int | None) -> ShownSpell:
    row = one.row
    first = edge.first if begins is None else max(begins, edge.first)
    last = max(first, until - 1 if until is not None else int(edge.made.times[-1]) // 2 - 1 - EPOCH)
    return ShownSpell(
        holder, row.status, first, until, _number(row.from_earliest), _number(row.from_latest),
        _number(row.last_confirmed), _knots(one, edge, first, last),
    )  # fmt: skip


def _knots(one: Assessed, edge: _Edge, first: int, last: int) -> tuple[int, ...]:
    """The curve of a spell by as few points as are needed."""
    grid = edge.made.times // 2 - 1 - EPOCH
    told = np.array(one.told, dtype=np.int64) - EPOCH
    days = np.unique(np.concatenate([grid, told, told + 1, [first, last]]))
    days = days[(days >= first) & (days <= last)].astype(float)
    shares = edge.share(one.row, days)
    kept = [0] if len(days) == 1 else [0, len(days) - 1]
    while len(kept) < min(MOST_KNOTS, len(days)):
        off = np.abs(np.interp(days, days[kept], shares[kept]) - shares)
        worst = int(off.argmax())
        if off[worst] <= EXACT:
            break
        kept = sorted([*kept, worst])
    return tuple(value for at in kept for value in (int(days[at]), round(1000 * float(shares[at]))))


def _lane(row: CrossingRow) -> ShownLane:
    return ShownLane(
        row.direction, row.traffic, row.state, _number(row.from_), _number(row.until), round(1000 * row.probability),
        row.post_a_holder, row.post_b_holder, row.post_a_presumed, row.post_b_presumed, row.post_a, row.post_b,
    )  # fmt: skip


def _number(day: str | None) -> int | None:
    """Days since 1970-01-01 of an ISO day."""
    return dt.date.fromisoformat(day).toordinal() - EPOCH if day else None
