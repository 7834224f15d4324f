"""Soldiers and people who crossed a border, gave up or were driven out: by place, direction and day.

Witnesses count, not outlets. Reports of the same days are one flow, not several; a total ("5,000 since Monday") holds
the flows of its days and is never added to them. What is left, flows whose days do not meet, is added up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from marchland.consequences.counts import EVENTS, counts, has_count, kind_of, same_number
from marchland.consequences.records import Count, Flow, Movement, Period, Range
from marchland.consequences.settings import Settings
from marchland.events.told import iso, ordinal
from marchland.events.told import told as days_of
from marchland.records import ClaimRow

CONTROL = frozenset({"captures", "recaptures", "controls", "contests", "attacks", "besieges", "repels"})


@dataclass(frozen=True, slots=True)
class Way:
    """Where a claim says that people went: the countries of a crossing, or the one that they went to."""

    where: str
    name: str
    direction: str


def movements(
    rows: Sequence[ClaimRow], sides: Mapping[str, tuple[str, str]], period: Period, settings: Settings
) -> tuple[Movement, ...]:
    """What the claims tell of, by event, place or direction, and kind. `sides` has the two countries of crossings."""
    theatre = Counter(row.country for row in rows if row.event in CONTROL and row.country)
    told = [row for row in rows if row.event in EVENTS and row.stance != "plans" and _touches(row, period)]
    groups: dict[tuple[str, str, str], list[ClaimRow]] = defaultdict(list)
    for row in told:
        way = way_of(row, sides, theatre)
        groups[row.event, way.direction or way.where, ""].append(row)
    made = []
    for (event, _, _), found in sorted(groups.items()):
        for kind, of_kind in _by_kind(found, settings):
            made.append(_movement(event, kind, of_kind, sides, theatre, period, settings))
    return tuple(made)


def way_of(row: ClaimRow, sides: Mapping[str, tuple[str, str]], theatre: Mapping[str, int]) -> Way:
    """Where a claim says that people went.

    For a country that is named, into it; over a crossing, out of the side where the war is on record, and neither way
    where both or none have it.
    """
    where, name = row.place_id or f"text:{row.place.casefold()}", row.place_name or row.place
    if row.event != "flees_across":
        return Way(where, name, "")
    if row.place_kind == "country" and row.country:
        return Way(where, name, f">{row.country}")
    a, b = sides.get(row.place_id or "", ("", ""))
    if a and b and theatre.get(a, 0) != theatre.get(b, 0):
        return Way(where, name, f">{b}" if theatre.get(a, 0) > theatre.get(b, 0) else f">{a}")
    return Way(where, name, "")


def _touches(row: ClaimRow, period: Period) -> bool:
    """Whether what it tells of can lie in the period; one dated only "on or before" a day counts by that day."""
    told = days_of(row)
    if told.last is None:
        return False
    days = period.days
    return told.last in days if told.first is None else told.first <= days[-1] and told.last >= days[0]


def undated(rows: Iterable[ClaimRow]) -> tuple[str, ...]:
    """Claims that give a number of people and no day at all: they can be set in no period."""
    return tuple(sorted(row.claim_id for row in rows if row.event in EVENTS and row.stance not in ("plans", "denies")
                        and has_count(row) and days_of(row).last is None))  # fmt: skip


def _by_kind(rows: Sequence[ClaimRow], settings: Settings) -> list[tuple[str, list[ClaimRow]]]:
    """Forces apart from people; reports that do not tell which go to the one that most others tell of."""
    kinds: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in rows:
        kinds[kind_of(row, settings)].append(row)
    named = sorted((kind for kind in kinds if kind), key=lambda kind: (-len(kinds[kind]), kind))
    if named and "" in kinds:
        kinds[named[0]] += kinds.pop("")
    return sorted(kinds.items())


# ----------------------------------------------------------------------------------------------------------- one kind


def _movement(
    event: str, kind: str, rows: Sequence[ClaimRow], sides: Mapping[str, tuple[str, str]],
    theatre: Mapping[str, int], period: Period, settings: Settings,
) -> Movement:  # fmt: skip
    said = [row for row in rows if row.stance != "denies"]
    found = counts(said, settings)
    made = _flows(event, kind, found, _labels(said, sides, theatre), settings)
    way = _way(rows, sides, theatre)
    notes = []
    totals = [one for one in made if one.part_of == "total"]
    if totals:
        notes.append("totals hold the flows of their days and are not added to them")
    if any(_cut(one, period) for one in made):
        notes.append("a flow that only touches the period counts whole")
    return Movement(
        event=event, kind=kind, where=way.where, name=way.name, direction=way.direction,
        amount=_amount(made, settings),
        open_high=any(one.open_high for one in made), flows=made,
        witnesses=sum(one.witnesses for one in made),
        uncounted=tuple(sorted(row.claim_id for row in said if not has_count(row))),
        denied=tuple(sorted(row.claim_id for row in rows if row.stance == "denies")), notes=tuple(notes),
    )  # fmt: skip


def _way(rows: Sequence[ClaimRow], sides: Mapping[str, tuple[str, str]], theatre: Mapping[str, int]) -> Way:
    """The place that most of them name; for a direction, the country itself where any names it."""
    ways = [way_of(row, sides, theatre) for row in rows]
    counted = Counter(ways)
    return min(counted, key=lambda way: (not way.where.startswith("iso:"), -counted[way], way.where))


def _labels(
    rows: Sequence[ClaimRow], sides: Mapping[str, tuple[str, str]], theatre: Mapping[str, int]
) -> Mapping[str, Way]:
    return {row.claim_id: way_of(row, sides, theatre) for row in rows}


def _flows(
    event: str, kind: str, found: Sequence[Count], ways: Mapping[str, Way], settings: Settings
) -> tuple[Flow, ...]:
    """Counts of the same days made one flow; then which of them are totals of others."""
    merged = [_merged(group) for group in same_number(found, settings)]
    narrow = sorted((group for group in merged if not _wide(group, settings)), key=_window)
    wide = sorted((group for group in merged if _wide(group, settings)), key=_window)
    clusters: list[list[Count]] = []
    for group in narrow:
        if clusters and _common([*clusters[-1], *group]):
            clusters[-1] += group
        else:
            clusters.append(list(group))
    flows = [_flow(event, kind, group, ways) for group in [*clusters, *_same_window(wide)]]
    return tuple(_nested(flows, settings))


def _merged(group: Sequence[Count]) -> list[Count]:
    """One count told with several days: those of the narrowest."""
    best = min(group, key=lambda one: (one.first is None, one.last - (one.first or one.last), one.last, one.claims))
    return [replace(one, first=best.first, last=best.last) for one in group]


def _wide(group: Sequence[Count], settings: Settings) -> bool:
    return any(one.first is None or one.last - one.first >= settings.wide_days for one in group)


def _window(group: Sequence[Count]) -> tuple[int, int]:
    """The days on which all of them agree; of a total, its own."""
    firsts = [one.first if one.first is not None else one.last for one in group]
    return max(firsts), min(one.last for one in group)


def _common(group: Sequence[Count]) -> bool:
    """Whether there is a day that all of them may mean."""
    first, last = _window(group)
    return first <= last


def _same_window(wide: Sequence[Sequence[Count]]) -> list[list[Count]]:
    """Totals of the very same days are one total."""
    groups: dict[tuple[object, ...], list[Count]] = defaultdict(list)
    for group in wide:
        groups[group[0].first, group[0].last].extend(group)
    return [groups[key] for key in sorted(groups, key=str)]


def _flow(event: str, kind: str, group: Sequence[Count], ways: Mapping[str, Way]) -> Flow:
    """Low, best and high over its witnesses: the best is the median of exact numbers where there are any."""
    firm = [one for one in group if not one.hedged] or list(group)
    exact = [one for one in firm if one.exact] or firm
    best = median_low(sorted(one.amount.best for one in exact))
    low = min(one.amount.low for one in firm)
    high = max(one.amount.high for one in group)
    begin, end = _window(group)
    open_start = any(one.first is None for one in group)
    way = min((ways[claim] for one in group for claim in one.claims if claim in ways), key=lambda one: one.where)
    return Flow(
        event=event, kind=kind, where=way.where, name=way.name, direction=way.direction,
        first=None if open_start else iso(begin), last=iso(end) or "",
        amount=Range(min(low, best), best, max(high, best)),
        open_high=any(one.open_high and one.amount.high >= high for one in group), witnesses=len(group),
        counts=tuple(sorted(group, key=lambda one: (one.last, one.claims))), part_of="",
    )  # fmt: skip


def _nested(flows: Sequence[Flow], settings: Settings) -> list[Flow]:
    """Marks totals, and the flows whose days a total holds; by day."""
    spans = [span(one, settings) for one in flows]
    made = []
    for index, one in enumerate(flows):
        first, last = spans[index]
        holds = any(i != index and first <= a and b <= last and (b - a) < (last - first)
                    for i, (a, b) in enumerate(spans))  # fmt: skip
        held = any(i != index and a <= first and last <= b and (last - first) < (b - a)
                   for i, (a, b) in enumerate(spans))  # fmt: skip
        made.append(replace(one, part_of="total" if holds else "part" if held else ""))
    return sorted(made, key=lambda one: (one.last, one.first or "", one.where))


def span(flow: Flow, settings: Settings) -> tuple[int, int]:
    """Its days as ordinals; "on or before" reaches back some days."""
    last = ordinal(flow.last) or 0
    return (ordinal(flow.first) or last - settings.told_days, last)


def _cut(flow: Flow, period: Period) -> bool:
    first, last = ordinal(flow.first), ordinal(flow.last) or 0
    return last > period.days[-1] or (first is not None and first < period.days[0])


def _best(flow: Flow) -> float:
    return flow.amount.best


def _high(flow: Flow) -> float:
    return flow.amount.high


def _amount(flows: Sequence[Flow], settings: Settings) -> Range:
    """The low is the largest single count, as if all spoke of the same people; best and high add up what can be."""
    low = max((one.amount.low for one in flows), default=0.0)
    return Range(low, _sum(flows, _best, settings), _sum(flows, _high, settings))


def _sum(flows: Iterable[Flow], part: Callable[[Flow], float], settings: Settings) -> float:
    """The largest sum over flows whose days do not meet: so a total and its parts are never both in it."""
    spans = sorted((*span(one, settings)[::-1], part(one)) for one in flows)
    best: list[tuple[int, float]] = []
    for last, first, value in spans:
        before = max((total for day, total in best if day < first), default=0.0)
        best.append((last, max(before + value, best[-1][1] if best else 0.0)))
    return best[-1][1] if best else 0.0
