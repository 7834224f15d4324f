"""Whether a crossing is open: by traffic and direction, from closings, restrictions and reopenings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from marchland.events.group import Happening, happenings
from marchland.events.told import iso
from marchland.events.weights import Weights, Words
from marchland.ledger.fuse import PlaceRef
from marchland.records import ClaimRow, CrossingRow, HoldingRow

STATE = {"closes": "closed", "restricts": "restricted", "reopens": "open"}


@dataclass(frozen=True, slots=True)
class Posts:
    """The two posts of a crossing: countries as ISO alpha-2, and names; `holder_b` is who stands on the far side."""

    country_a: str
    name_a: str
    country_b: str
    name_b: str
    holder_b: str | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """From this day on one direction and kind of traffic is in this state."""

    day: int
    state: str
    probability: float
    claims: tuple[str, ...]


def passage(
    rows: Sequence[ClaimRow], posts: Posts, holdings: Sequence[HoldingRow], weights: Weights, until: int
) -> list[CrossingRow]:
    """Spells of one crossing, by direction, traffic and day; `until` is the day to which silence counts.

    Plans change nothing. A crossing of whose passage nothing is told has one row, its state unknown.
    """
    place = PlaceRef.of(rows)
    told = [row for row in rows if row.event in STATE]
    series: dict[tuple[str, str], list[_Step]] = defaultdict(list)
    for one in _by_lane(told, posts, weights):
        for lane, step in _steps(one[0], one[1], weights):
            series[lane].append(step)
    made = [
        row for lane in sorted(series) for row in _spells(place, lane, series[lane], posts, holdings, weights, until)
    ]
    return made or [_row(place, ("both", "all"), _Step(until, "unknown", 1.0, ()), None, None, posts, holdings)]


def lane_of(row: ClaimRow, posts: Posts, words: Words) -> tuple[str, str]:
    """Direction and kind of traffic that a claim speaks of, from its words of quantity."""
    text = (row.quantity or "").casefold()
    traffic = "all"
    for kind, stems in (("aid", words.aid), ("trade", words.trade), ("travellers", words.travellers)):
        if _has(text, stems):
            traffic = kind
    if _has(text, words.outbound):
        return f"{posts.country_a}>{posts.country_b}", traffic
    if _has(text, words.inbound):
        return f"{posts.country_b}>{posts.country_a}", traffic
    return "both", traffic


def _has(text: str, stems: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(stem)}", text) for stem in stems)


def _by_lane(
    rows: Sequence[ClaimRow], posts: Posts, weights: Weights
) -> list[tuple[tuple[str, str], Sequence[Happening]]]:
    lanes: dict[tuple[str, str], list[ClaimRow]] = defaultdict(list)
    for row in rows:
        lanes[lane_of(row, posts, weights.words)].append(row)
    return [(lane, happenings(lanes[lane], weights)) for lane in sorted(lanes)]


def _steps(lane: tuple[str, str], found: Sequence[Happening], weights: Weights) -> list[tuple[tuple[str, str], _Step]]:
    made = []
    for one in found:
        if one.dating is None or not one.witnesses:
            continue
        probability = _probability(one, weights)
        if probability < 0.5:
            continue
        claims = tuple(sorted(claim for item in one.witnesses for claim in item.claims))
        state = STATE[one.family]
        limited = any(_has((row.quantity or "").casefold(), weights.words.limited) for row in one.rows)
        if state == "open" and lane == ("both", "all") and limited:
            state = "restricted"
        made.append((lane, _Step(one.dating.earliest or one.dating.latest, state, probability, claims)))
    return made


def _probability(one: Happening, weights: Weights) -> float:
    """That it took place: prior odds times one ratio for each witness, for and against."""
    odds = weights.passage.claimed / (1 - weights.passage.claimed)
    for sign, found in ((1, one.witnesses), (-1, one.denials)):
        for item in found:
            row = item.best.row
            share = weights.stance.get(row.stance, 0.0) * item.independence
            told = weights.ratio_of(row.source_class) ** (sign * share)
            odds *= item.reading * told + 1 - item.reading
    return odds / (1 + odds)


def _spells(
    place: PlaceRef, lane: tuple[str, str], steps: Sequence[_Step], posts: Posts, holdings: Sequence[HoldingRow],
    weights: Weights, until: int,
) -> list[CrossingRow]:  # fmt: skip
    """Steps that repeat the state confirm it; the last fades to unknown after the half-life."""
    made: list[list[_Step]] = []
    for step in sorted(steps, key=lambda one: (one.day, one.state)):
        if made and made[-1][-1].state == step.state and step.day - made[-1][-1].day <= weights.passage.half_life:
            made[-1].append(step)
        else:
            made.append([step])
    rows = []
    for index, run in enumerate(made):
        fades = run[-1].day + weights.passage.half_life
        following = made[index + 1][0].day if index + 1 < len(made) else None
        end = following if following is not None and following <= fades else (fades if fades < until else following)
        claims = tuple(sorted({claim for one in run for claim in one.claims}))
        best = _Step(run[0].day, run[0].state, max(one.probability for one in run), claims)
        rows.append(_row(place, lane, best, best.day, end, posts, holdings))
        if end == fades and following != fades:
            rows.append(_row(place, lane, _Step(fades, "unknown", 0.5, ()), fades, following, posts, holdings))
    return rows


def _row(
    place: PlaceRef, lane: tuple[str, str], step: _Step, begin: int | None, end: int | None, posts: Posts,
    holdings: Sequence[HoldingRow],
) -> CrossingRow:  # fmt: skip
    return CrossingRow(
        place_id=place.place_id,
        place_name=place.name,
        place_aliases=place.aliases,
        lat=place.lat,
        lon=place.lon,
        direction=lane[0],
        traffic=lane[1],
        state=step.state,
        from_=iso(begin),
        until=iso(end),
        probability=round(step.probability, 4),
        claims=step.claims,
        post_a=f"{posts.country_a} {posts.name_a}".strip(),
        post_a_holder=holder_on(holdings, iso(step.day) or ""),
        post_b=f"{posts.country_b} {posts.name_b}".strip(),
        post_b_holder=posts.holder_b,
    )


def holder_on(holdings: Sequence[HoldingRow], day: str) -> str | None:
    """Who held it at the end of a day, by its holdings."""
    inside = [
        row
        for row in holdings
        if ((row.from_ or row.from_latest or day) <= day) and (row.until is None or day < row.until)
    ]
    return inside[-1].holder_name if inside else None
