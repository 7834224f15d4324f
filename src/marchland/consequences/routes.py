"""Which crossings are open, for whom, and who holds their posts; and which lies nearest to a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from marchland.consequences.lanes import DOUBTFUL, TRAFFIC, UNKNOWN, Passage, State, both_ways, stale, state_on
from marchland.consequences.records import Lane, Period, Post, Route
from marchland.consequences.settings import Settings
from marchland.events.told import iso
from marchland.ledger.ended import Ended, gone_by, never
from marchland.places.distance import km_between
from marchland.records import CrossingRow, HoldingRow

STATES = ("open", "restricted", "closed", DOUBTFUL, UNKNOWN)
_WORST = {name: index for index, name in enumerate(STATES)}
ASSUMED, ENDED = "assumed", "ended"


def route(
    gates: Sequence[CrossingRow], spells: Sequence[HoldingRow], passage: Passage, period: Period, settings: Settings,
    ended: Ended = never,
) -> Route:  # fmt: skip
    """One crossing over the period; `spells` are the holdings of its own post."""
    head = min(gates, key=lambda one: (one.from_ or "", one.direction, one.traffic))
    last = max(gates, key=lambda one: (one.from_ or "", one.direction, one.traffic))
    near = _post(head.post_a, spells, period, ended)
    if not spells and last.post_a_presumed:
        near = Post(head.post_a, last.post_a_presumed, ASSUMED, None)
    posts = (near, Post(head.post_b, last.post_b_holder or last.post_b_presumed, ASSUMED, None))
    lanes = tuple(_lane(passage, traffic, period, settings) for traffic in TRAFFIC)
    return Route(head.place_id, head.place_name, posts, lanes, head.lat, head.lon)


def _post(name: str, spells: Sequence[HoldingRow], period: Period, ended: Ended) -> Post:
    """Who holds it at the end of the last day; a party that is gone by then holds nothing."""
    day = period.last.isoformat()
    inside = [
        one for one in sorted(spells, key=lambda one: (one.from_ or one.from_latest or "", one.holding_id))
        if (one.from_ or one.from_latest or "") <= day and (one.until is None or day < one.until)
    ]  # fmt: skip
    if not inside or not inside[-1].holder_id:
        return Post(name, None, "unknown", None)
    row = inside[-1]
    if gone_by(ended, row.holder_id, period.last):
        return Post(name, None, ENDED, row.last_confirmed)
    return Post(name, row.holder_name, ASSUMED if row.status == "unknown" else row.status, row.last_confirmed)


def _lane(passage: Passage, traffic: str, period: Period, settings: Settings) -> Lane:
    daily = [_states(passage, traffic, day) for day in period.days]
    words = [both_ways(states, passage.directions) for states in daily]
    counted = Counter(
        max((DOUBTFUL if stale(one, day, settings) else one.state for one in states), key=_WORST.__getitem__)
        for day, states in zip(period.days, daily, strict=True)
    )
    claims = {claim for states in daily for one in states if one.row for claim in one.row.claims}
    final = daily[-1]
    rows = [one.row for one in final if one.row]
    told = max((one.told for one in final if one.told is not None), default=None)
    return Lane(
        traffic=traffic, state=words[-1], since=max((row.from_ for row in rows if row.from_), default=None),
        told=iso(told), doubtful=any(stale(one, period.days[-1], settings) for one in final),
        days=tuple((state, counted[state]) for state in STATES),
        changes=tuple(_changes(words, period)), claims=tuple(sorted(claims)),
    )  # fmt: skip


def _states(passage: Passage, traffic: str, day: int) -> list[State]:
    return [state_on(passage, traffic, direction, day) for direction in passage.directions]


def _changes(words: Sequence[str], period: Period) -> Iterator[tuple[str, str]]:
    for day, before, after in zip(list(period.days)[1:], words, words[1:], strict=False):
        if before != after:
            yield iso(day) or "", after


def nearest(
    routes: Sequence[Route], point: tuple[float, float], traffic: str, most: int
) -> tuple[Route, ...]:  # fmt: skip
    """Routes with their distance from a point: those open for that traffic first, the closed last; at most so many."""
    placed = [
        replace(one, km=round(km_between(point, (one.lat, one.lon)), 1))
        for one in routes if one.lat is not None and one.lon is not None
    ]  # fmt: skip
    return tuple(sorted(placed, key=lambda one: (_openness(one, traffic), one.km or 0.0, one.place_id))[:most])


def _openness(one: Route, traffic: str) -> int:
    lane = next(lane for lane in one.lanes if lane.traffic == traffic)
    order: Mapping[str, int] = {"open": 0, "restricted": 2, UNKNOWN: 3, "closed": 5}
    return order.get(lane.state, 2) + (lane.doubtful if lane.state != "closed" else -lane.doubtful)
