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
STATUSES = ("unknown", "held", "claimed", "contested", "besieged", "abandoned")
EXACT = 0.02
"""How far the line between two knots may be from the probability, unless there are `MOST_KNOTS` already."""
MOST_KNOTS = 10
_FAR = dt.date(9000, 1, 1)
_FORGETS = ("held", "claimed", "unknown")
"""What silence wears down faster while reports may still come (`Silence.weighed`)."""
_COLUMNS = ("holder", "status", "since", "until", "early", "late", "confirmed", "ends")
Days = NDArray[np.float64]


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
    """One place on one state of knowledge; its spells in columns, in order of time."""

    parties: tuple[tuple[str, str], ...] = ()
    """Id and name of each holder."""
    holder: tuple[int, ...] = ()
    """Number in `parties`; -1 for nobody."""
    status: tuple[int, ...] = ()
    """Number in `STATUSES`."""
    since: tuple[int, ...] = ()
    until: tuple[int | None, ...] = ()
    """The day after the last; None where it lasts."""
    early: tuple[int | None, ...] = ()
    """First day on which it may have begun."""
    late: tuple[int | None, ...] = ()
    confirmed: tuple[int | None, ...] = ()
    """Last day on which somebody told of it."""
    ends: tuple[int, ...] = ()
    """How many knots there are up to the end of each spell."""
    day: tuple[int, ...] = ()
    """Days of the knots."""
    share: tuple[int, ...] = ()
    """Probability in thousandths on the day of each knot; in between on the line that joins two of them."""
    lanes: tuple[ShownLane, ...] = ()


def shown(made: Assessment, rules: Rules, lanes: Sequence[CrossingRow] = ()) -> Shown:
    """What a map shows of an assessment, and of the lanes of a crossing."""
    rows = turned(made, Silence.of(_FAR, rules))
    named = {one.row.holder_id: one.row.holder_name or one.row.holder_id for one in rows if one.row.holder_id}
    numbers = {party: number for number, party in enumerate(named)}
    edge, found = _Edge(made, rules), []
    days: list[int] = []
    shares: list[int] = []
    for one, begins, until in _dated(rows, edge, len(made.turns)):
        row, since = one.row, edge.first if begins is None else max(begins, edge.first)
        last = until - 1 if until is not None else int(made.times[-1]) // 2 - 1 - EPOCH
        for day, share in _knots(one, edge, since, max(since, last)):
            days.append(day)
            shares.append(share)
        found.append((
            numbers.get(row.holder_id or "", -1), STATUSES.index(row.status), since, until, _number(row.from_earliest),
            _number(row.from_latest), _number(row.last_confirmed), len(days),
        ))  # fmt: skip
    columns = zip(*found, strict=True) if found else ((),) * len(_COLUMNS)
    return Shown(
        parties=tuple(named.items()), **dict(zip(_COLUMNS, columns, strict=True)), day=tuple(days),
        share=tuple(shares), lanes=tuple(map(_lane, lanes)),
    )  # fmt: skip


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


def _knots(one: Assessed, edge: _Edge, first: int, last: int) -> Iterator[tuple[int, int]]:
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
    return ((int(days[at]), round(1000 * float(shares[at]))) for at in kept)


def _lane(row: CrossingRow) -> ShownLane:
    return ShownLane(
        row.direction, row.traffic, row.state, _number(row.from_), _number(row.until), round(1000 * row.probability),
        row.post_a_holder, row.post_b_holder, row.post_a_presumed, row.post_b_presumed, row.post_a, row.post_b,
    )  # fmt: skip


def _number(day: str | None) -> int | None:
    """Days since 1970-01-01 of an ISO day."""
    return dt.date.fromisoformat(day).toordinal() - EPOCH if day else None
