"""What passes over one crossing on one day, by direction and kind of traffic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marchland.consequences.records import Range
from marchland.consequences.settings import Settings
from marchland.events.told import iso, ordinal
from marchland.records import ClaimRow, CrossingRow

TRAFFIC = ("travellers", "trade", "aid")
UNKNOWN, DOUBTFUL = "unknown", "doubtful"


@dataclass(frozen=True, slots=True)
class Passage:
    """The states of one crossing, ready to be asked by day."""

    rows: tuple[CrossingRow, ...]
    """Those that say anything."""
    told: Mapping[int, tuple[int, ...]]
    """Place in `rows` to the days on which it was told, as ordinals."""
    directions: tuple[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """One direction and kind of traffic on one day."""

    state: str
    row: CrossingRow | None = None
    told: int | None = None
    """Last day on which it was told, up to the day asked about."""


def passage_of(rows: Iterable[CrossingRow], claims: Mapping[str, ClaimRow]) -> Passage:
    """The rows of one crossing; without a state there is nothing to keep but the two directions."""
    listed = sorted(set(rows), key=lambda one: (one.from_ or "", one.direction, one.traffic, one.state))
    kept = tuple(one for one in listed if one.state != UNKNOWN)
    told = {index: tuple(sorted(days_told(one, claims))) for index, one in enumerate(kept)}
    a, b = (listed[0].post_a[:2], listed[0].post_b[:2]) if listed else ("", "")
    return Passage(kept, told, (f"{a}>{b}", f"{b}>{a}"))


def days_told(row: CrossingRow, claims: Mapping[str, ClaimRow]) -> Iterable[int]:
    """The days on which a state was told, and those of which it was told, as ordinals."""
    begin = ordinal(row.from_)
    if begin is not None:
        yield begin
    for claim_id in row.claims:
        claim = claims.get(claim_id)
        days = [ordinal(day) for day in (claim.date_to, claim.published)] if claim else []
        yield from (day for day in days if day is not None)


def state_on(passage: Passage, traffic: str, direction: str, day: int) -> State:
    """The newest state that covers the end of the day; of two as new, the one that speaks of this traffic alone."""
    date = iso(day) or ""
    inside = [
        index for index, one in enumerate(passage.rows)
        if one.traffic in ("all", traffic) and one.direction in ("both", direction)
        and (one.from_ or "") <= date and (one.until is None or date < one.until)
    ]  # fmt: skip
    if not inside:
        return State(UNKNOWN)
    best = max(inside, key=lambda index: _rank(passage.rows[index], index))
    told = max((one for one in passage.told[best] if one <= day), default=None)
    return State(passage.rows[best].state, passage.rows[best], told)


def _rank(row: CrossingRow, index: int) -> tuple[object, ...]:
    return (row.from_ or "", row.traffic != "all", row.direction != "both", row.probability, -index)


def share_on(passage: Passage, traffic: str, day: int, settings: Settings) -> Range:
    """The share of that traffic which passes on a day: the lesser direction for the low, the greater for the high."""
    both = [_share(state_on(passage, traffic, one, day), day, settings) for one in passage.directions]
    return Range(min(one.low for one in both), sum(one.best for one in both) / len(both), max(one.high for one in both))


def _share(found: State, day: int, settings: Settings) -> Range:
    if not stale(found, day, settings):
        return settings.passing[found.state]
    return settings.passing[UNKNOWN if found.state == "open" else DOUBTFUL]


def stale(found: State, day: int, settings: Settings) -> bool:
    """Whether nobody has said so for a while."""
    return found.told is not None and day - found.told > settings.stands_days


def both_ways(states: Sequence[State], directions: Sequence[str]) -> str:
    """One word where both directions agree, else both: `open AF>IR, closed IR>AF`."""
    if len({one.state for one in states}) == 1:
        return states[0].state
    return ", ".join(f"{one.state} {way}" for one, way in zip(states, directions, strict=True))
