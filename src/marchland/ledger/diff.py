"""What changed in the record between two moments of knowledge, and which claims did it. All of it is pure.

Holdings, states of crossings and denials of the two views are laid side by side. For each change, every witness that
came in or was taken back in between is added to the earlier view and taken from the later one: by how much that moves
the log-odds of the holder, and whether the change would be undone without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marchland.events.group import Happening
from marchland.events.told import iso
from marchland.records import ClaimRow, CrossingRow, HoldingRow, content_id

NOTABLE = 0.1
"""A change of probability that is told, if nothing else has changed."""
ALWAYS, NEVER = "9999", ""

Row = HoldingRow | CrossingRow


@dataclass(frozen=True, slots=True)
class Because:
    """One thing that made a change."""

    reason: str
    """new report, denial, admission (a side says that it does not hold the place), reviewer, correction by publisher,
    retraction by publisher, rule change; silence; elsewhere (other places, or other rules)."""
    log_odds: float
    """By how much it moved the log-odds of the holder, in nats; 0 where the change is none of odds."""
    undoes: bool
    """Whether the change would not be there without it."""
    sentence: str
    """The sentence of the claim, or what else did it, in words."""
    claim_id: str | None = None
    said_by: str = ""
    publisher: str | None = None
    url: str | None = None
    known: str | None = None
    """The day from which it was known."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of the record between two moments of knowledge (export of changes)."""

    change_id: str
    change: str
    """holder, appeared, gone (the record no longer says so), status, date, probability, crossing, denied, admitted."""
    place_id: str
    place_name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    direction: str | None
    """Of a crossing, as in the export of crossings; None for all else."""
    traffic: str | None
    before_holder_id: str | None
    before_holder_name: str | None
    before_status: str | None
    """Status of the holding, state of the crossing, or the event that is denied; None where there was none."""
    before_probability: float | None
    before_from: str | None
    before_until: str | None
    after_holder_id: str | None
    after_holder_name: str | None
    after_status: str | None
    after_probability: float | None
    after_from: str | None
    after_until: str | None
    because: tuple[Because, ...]
    """What made it, the strongest first."""


@dataclass(frozen=True, slots=True)
class View:
    """The record at one moment of knowledge."""

    holdings: tuple[HoldingRow, ...] = ()
    crossings: tuple[CrossingRow, ...] = ()
    denials: frozenset[str] = frozenset()
    """Ids of all claims that deny something."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What was, and what is; one of the two may be missing."""

    change: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The newer of the two."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found


# ------------------------------------------------------------------------------------------------- laid side by side


def pairs(before: View, after: View, *, at: str | None = None, notable: float = NOTABLE) -> Iterator[Pair]:
    """The changes of holders, then of crossings, each by place and day. With `at`, only what held on that day."""
    yield from _changed(before.holdings, after.holdings, _lane_of_holding, at, notable)
    yield from _changed(before.crossings, after.crossings, _lane_of_crossing, at, notable)


def _lane_of_holding(row: Row) -> tuple[str, ...]:
    return (row.place_id,)


def _lane_of_crossing(row: Row) -> tuple[str, ...]:
    assert isinstance(row, CrossingRow)
    return (row.place_id, row.direction, row.traffic)


def _changed(
    before: Iterable[Row], after: Iterable[Row], lane: Callable[[Row], tuple[str, ...]], at: str | None, notable: float
) -> Iterator[Pair]:
    lanes: dict[tuple[str, ...], tuple[list[Row], list[Row]]] = {}
    for index, rows in enumerate((before, after)):
        for row in rows:
            if _says_something(row) and (at is None or _covers(row, at)):
                lanes.setdefault(lane(row), ([], []))[index].append(row)
    for key in sorted(lanes):
        old, new = (sorted(rows, key=_begin) for rows in lanes[key])
        yield from _of_lane(old, new, notable)


def _says_something(row: Row) -> bool:
    """Not that somebody may have stood there before anything was told, nor that a crossing's state is unknown."""
    if isinstance(row, CrossingRow):
        return row.state != "unknown" or row.from_ is not None
    return bool(row.claims) or row.from_ is not None or row.from_latest is not None


def _of_lane(old: Sequence[Row], new: Sequence[Row], notable: float) -> Iterator[Pair]:
    """The changes of one place, or of one direction and traffic of a crossing."""
    left = list(old)
    fresh = []
    for row in new:
        same = next((one for one in left if _who(one) == _who(row) and overlap(one, row)), None)
        if same is None:
            fresh.append(row)
            continue
        left.remove(same)
        kind = _difference(same, row, notable)
        if kind:
            yield Pair(kind, same, row)
    taken: list[Row] = []
    for row in _news(fresh, new):
        there = _on(old, _begin(row) or _end(row))
        if there is not None and _who(there) != _who(row):
            taken.append(there)
        kind = "crossing" if isinstance(row, CrossingRow) else "holder" if there is not None else "appeared"
        yield Pair(kind, there, row)
    for row in _news(left, old):
        if row not in taken:
            kind = "crossing" if isinstance(row, CrossingRow) else "gone"
            yield Pair(kind, row, _on(new, _begin(row) or _end(row)))


def _news(fresh: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """Without those of which nobody tells since when, and that only end where another begins: that one tells it."""
    begun = {row.from_ for row in new}
    return [row for row in fresh if _begin(row) or row.until is None or row.until not in begun]


def _who(row: Row) -> str:
    """Holder or state: what makes two spells one."""
    return row.state if isinstance(row, CrossingRow) else row.holder_id or row.status


def _difference(old: Row, new: Row, notable: float) -> str:
    if isinstance(new, CrossingRow) or isinstance(old, CrossingRow):
        if old.from_ != new.from_:
            return "crossing" if _who(new) != "unknown" else ""
        return "crossing" if new.until is None and abs(old.probability - new.probability) >= notable else ""
    if old.status != new.status:
        return "status"
    if old.from_ != new.from_:
        return "date" if new.holder_id else ""
    return "probability" if new.until is None and abs(old.probability - new.probability) >= notable else ""


def _begin(row: Row) -> str:
    latest = None if isinstance(row, CrossingRow) else row.from_latest
    return row.from_ or latest or NEVER


def _end(row: Row) -> str:
    return row.until or ALWAYS


def overlap(one: Row, other: Row) -> bool:
    """Whether two spells have a day in common, or one begins where the other one ends."""
    return _begin(one) <= _end(other) and _begin(other) <= _end(one)


def _covers(row: Row, day: str) -> bool:
    return _begin(row) <= day < _end(row)


def _on(rows: Sequence[Row], day: str) -> Row | None:
    """What held on a day, as far as the rows tell."""
    inside = [row for row in rows if _covers(row, day)]
    return inside[-1] if inside else None


# ------------------------------------------------------------------------------------------------------------ denials


@dataclass(frozen=True, slots=True)
class Denial:
    """A happening that somebody denies, with the claim that says so."""

    event: Happening
    row: ClaimRow
    admission: bool = False
    """Whether the side itself says so, of its own control."""


def denials(found: Iterable[Happening], known: frozenset[str]) -> Iterator[Denial]:
    """New denials of happenings that somebody else tells of; those in parts of a place move no holder.

    `known` are ids of claims that are no news.
    """
    for event in found:
        for witness in event.denials if event.witnesses and not event.partial else ():
            if not known & set(witness.claims):
                yield Denial(event, witness.best.row, witness in event.admissions)


# ------------------------------------------------------------------------------------------------------------- written


def change_row(pair: Pair, because: Sequence[Because], place: ClaimRow | None) -> ChangeRow:
    """A change as exported."""
    row = pair.row
    crossing = row if isinstance(row, CrossingRow) else None
    told = {**_side("before", pair.before), **_side("after", pair.after)}
    lane = (crossing.direction, crossing.traffic) if crossing else (None, None)
    change_id = content_id("change", pair.change, row.place_id, *lane, *told.values())
    return ChangeRow(
        change_id=change_id, change=pair.change, place_id=row.place_id, place_name=row.place_name,
        kind=(place.place_kind or "") if place else "", country=place.country if place else None,
        admin1=place.admin1 if place else None, lat=row.lat, lon=row.lon, direction=lane[0], traffic=lane[1],
        because=tuple(because), **told,
    )  # fmt: skip


def _side(name: str, row: Row | None) -> dict[str, Any]:
    values: tuple[Any, ...] = (None,) * 6
    if isinstance(row, CrossingRow):
        values = (None, None, row.state, row.probability, row.from_, row.until)
    elif row is not None:
        values = (row.holder_id, row.holder_name, row.status, row.probability, row.from_, row.until)
    keys = ("holder_id", "holder_name", "status", "probability", "from", "until")
    return {f"{name}_{key}": value for key, value in zip(keys, values, strict=True)}


def denied_row(denial: Denial, because: Because) -> ChangeRow:
    """A new denial as exported: what is denied stands before it."""
    row, event = denial.row, denial.event
    told = event.witnesses[0].best.row
    days = (event.dating.earliest, event.dating.latest) if event.dating else (None, None)
    first, last = (iso(one) for one in days)
    what = "admitted" if denial.admission else "denied"
    blank: dict[str, Any] = _side("after", None) | {"after_status": what}
    return ChangeRow(
        change_id=content_id("change", what, event.event_id, row.claim_id), change=what,
        place_id=event.place_id, place_name=row.place_name or row.place, kind=row.place_kind or "",
        country=row.country, admin1=row.admin1,
        lat=row.lat, lon=row.lon, direction=None, traffic=None, before_holder_id=told.actor_side,
        before_holder_name=told.actor_name, before_status=told.event, before_probability=None, before_from=first,
        before_until=last, because=(because,), **blank,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- causes


@dataclass(frozen=True, slots=True)
class Moved:
    """Witnesses that came in, and witnesses that went, between two views of one place, each as its rows."""

    came: tuple[tuple[ClaimRow, ...], ...] = ()
    went: tuple[tuple[ClaimRow, ...], ...] = ()


Weigh = Callable[[Sequence[ClaimRow]], float]
"""Log-odds of the holder in question on the word of some claims."""
Outcome = Callable[[Sequence[ClaimRow]], object]
"""What the record would say, in the terms of the change, on the word of some claims."""
Bears = Callable[[Sequence[ClaimRow], bool], int]
"""Whether a witness, who came in or went, speaks for the holder in question (1), against it (-1), or of neither (0)."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """One witness that came or went: by how much it moved the odds, and whether the change rests on it."""

    rows: tuple[ClaimRow, ...]
    came: bool
    log_odds: float
    undoes: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """The claims on one place in both views."""

    before: Sequence[ClaimRow] = ()
    after: Sequence[ClaimRow] = ()
    moved: Moved = field(default_factory=Moved)


def weighings(sides: Sides, weigh: Weigh, outcome: Outcome, bears: Bears, most: int) -> list[Weighing]:
    """The witnesses that made a change: those without which it would be undone first, then the weightiest.

    A witness's weight is the mean of two: added to the earlier view, and taken from the later one. Where it pulls
    against its own words, as a retreat does that is the first to name who was there, only the later one counts. Those
    that pull the other way, or say the contrary, are left out, unless the change rests on them.
    """
    was, now = weigh(sides.before), weigh(sides.after)
    told, sign = outcome(sides.after), 1 if now >= was else -1
    found, telling = [], []
    for came, witnesses in ((True, sides.moved.came), (False, sides.moved.went)):
        for rows in witnesses:
            first = _with(sides.before, rows) if came else _without(sides.before, rows)
            last = _without(sides.after, rows) if came else _with(sides.after, rows)
            says, part = bears(rows, came) * (1 if came else -1), now - weigh(last)
            moved = ((weigh(first) - was) + part) / 2
            moved = part if moved * says < 0 else moved
            one = Weighing(rows, came, moved, outcome(last) != told)
            found.append(one)
            if one.undoes or (moved * sign > 0.01 and says * sign >= 0):
                telling.append(one)
    telling = telling or found
    telling.sort(key=lambda one: (not one.undoes, -abs(one.log_odds), one.rows[0].claim_id))
    return telling[:most]


def _with(rows: Sequence[ClaimRow], more: Sequence[ClaimRow]) -> list[ClaimRow]:
    held = {row.claim_id for row in more}
    return [*(row for row in rows if row.claim_id not in held), *more]


def _without(rows: Sequence[ClaimRow], less: Sequence[ClaimRow]) -> list[ClaimRow]:
    held = {row.claim_id for row in less}
    return [row for row in rows if row.claim_id not in held]


def in_order(found: Iterable[ChangeRow], rank: Mapping[str, int]) -> list[ChangeRow]:
    """Changes by place, the most telling kinds first; `rank` has the order of the kinds."""
    return sorted(
        found,
        key=lambda one: (one.place_name, one.place_id, rank.get(one.change, 99), one.after_from or "", one.change_id),
    )
