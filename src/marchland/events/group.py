"""Claims of one happening, across sources, become one event."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from marchland.events.cluster import Cluster, attach, clusters
from marchland.events.dating import Dating, date_of
from marchland.events.told import (
    UNLISTED,
    SameSide,
    Told,
    actor_key,
    equal_sides,
    family,
    is_described,
    is_future,
    iso,
    opponent_key,
    side_keys,
    told,
)
from marchland.events.weights import Weights, Words
from marchland.events.witness import Witness, by_place, witnesses
from marchland.records import ClaimRow, EventRow, content_id

OPPOSED = {"closes": ("reopens",), "reopens": ("closes",), "restricts": ("reopens",)}
"""Deeds that undo one another whoever does them."""
SIDED = frozenset({"captures", "leaves", "controls", "repels", "besieges", "hands_over"})
"""Deeds that are one happening only when done by one side."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening with its evidence: what an `EventRow` is written from, and what the filter weighs."""

    event_id: str
    place_id: str
    family: str
    side: str
    """Key of the side that acts; empty where nobody says."""
    witnesses: tuple[Witness, ...]
    denials: tuple[Witness, ...]
    dating: Dating | None
    partial: bool
    """Speaks of a part of the place, or counts smaller places in it."""

    @property
    def rows(self) -> tuple[ClaimRow, ...]:
        """All claims, those for it first."""
        return tuple(one.row for found in (*self.witnesses, *self.denials) for one in found.rows)


def group(
    rows: Sequence[ClaimRow], weights: Weights, same_side: SameSide = equal_sides
) -> tuple[tuple[EventRow, ...], dict[str, str]]:
    """Events, sorted by place and day, and claim id to event id. The order of the rows changes nothing.

    Plans, deeds dated after the report of them, and claims whose place was refused belong to no event.
    """
    found = happenings(rows, weights, same_side)
    events = sorted((event_row(one) for one in found), key=lambda one: (one.place_id, one.date_to or "", one.event_id))
    return tuple(events), {row.claim_id: one.event_id for one in found for row in one.rows}


def happenings(rows: Iterable[ClaimRow], weights: Weights, same_side: SameSide = equal_sides) -> tuple[Happening, ...]:
    """The happenings that the rows tell of, with their evidence."""
    listed = list({row.claim_id: row for row in rows if row.stance != "plans" and not is_future(row)}.values())
    places = by_place(told(row) for row in listed)
    keys = {place_id: side_keys((one.row for one in found), same_side) for place_id, found in places.items()}
    return tuple(
        one for place_id in sorted(places) for one in _at_place(place_id, places[place_id], keys[place_id], weights)
    )


def is_partial(row: ClaimRow, words: Words) -> bool:
    """Whether a claim is about a part of its place, or a count of smaller places in it.

    "17 of 19 districts" is, and "most of" and "85%"; "the sixth capital" is not. What is said of a country as a whole
    is never about one place.
    """
    if row.place_part or row.place_kind == "country":
        return True
    text = (row.quantity or "").casefold()
    if re.search(r"\b[\w.-]+ (?:out )?of (?:\w+ )*?\d+|\d ?%|\d/\d", text):
        return True
    found = set(re.findall(r"[\w-]+", text))
    if " of " in text and found & set(words.units) and not re.match(r"all\b", text):
        return True
    if text and (found & set(words.partial) or any(" " in part and part in text for part in words.partial)):
        return not re.match(r"\w*(?:third|second)\b", text)
    return row.place_kind in words.counting_kinds and bool(found & set(words.units))


def event_row(one: Happening) -> EventRow:
    """The event as exported."""
    rows = [item.row for found in one.witnesses for item in found.rows] or list(one.rows)
    place = min(rows, key=lambda row: (row.place_offset_km > 0, row.claim_id))
    actors = [row for row in rows if row.actor_name]
    dating = one.dating
    return EventRow(
        event_id=one.event_id,
        event=_most(row.event for row in rows) or one.family,
        place_id=one.place_id,
        place_name=place.place_name or place.place,
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        actor_id=_most(row.actor_id for row in actors),
        actor_name=_most(row.actor_name for row in actors),
        opponent_name=_most(row.opponent_name for row in rows),
        date_from=iso(dating.earliest) if dating else None,
        date_to=iso(dating.latest) if dating else None,
        witnesses=len(one.witnesses),
        outlets=len({row.publisher or row.url or row.page_id for row in rows}) if one.witnesses else 0,
        claims=tuple(sorted({row.claim_id for row in rows})),
        denied_by=tuple(sorted({_speaker(found.best.row) for found in one.denials})),
        part=one.partial,
    )


def _speaker(row: ClaimRow) -> str:
    return (row.publisher or row.source) if row.source == "publisher" else row.source


def _most(values: Iterable[str | None]) -> str | None:
    """The commonest value, the first in the alphabet among equals."""
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None


# -------------------------------------------------------------------------------------------------------- at one place


def _at_place(place_id: str, rows: list[Told], keys: Mapping[str, str], weights: Weights) -> Iterable[Happening]:
    kinds: dict[tuple[str, bool], list[Told]] = defaultdict(list)
    for one in rows:
        kinds[family(one.row.event), is_partial(one.row, weights.words)].append(one)
    for (deed, partial), members in sorted(kinds.items()):
        cuts = _cuts(rows, deed, keys, weights)
        for cluster, denials in _gather(members, deed, cuts, keys, weights):
            yield _happening(place_id, deed, partial, cluster, denials, weights)


def _cuts(rows: Sequence[Told], deed: str, keys: Mapping[str, str], weights: Weights) -> Mapping[str, list[int]]:
    """For each side, the days on which the opposite of its deed is told of, narrowly dated and not denied."""
    cuts: dict[str, list[int]] = defaultdict(list)
    sides = set(keys.values())
    for one in rows:
        width = one.width
        if width is None or width > weights.grouping.narrow_days or one.row.stance != "asserts" or one.last is None:
            continue
        actor, kind = keys[actor_key(one.row)], family(one.row.event)
        if kind in OPPOSED.get(deed, ()):
            cuts[""].append(one.last)
        if deed in ("captures", "leaves", "controls") and kind == "captures" and actor and not one.row.place_part:
            for side in sides - {actor} if deed != "leaves" else {actor}:
                cuts[side].append(one.last)
    return cuts


def _gather(
    members: Sequence[Told], deed: str, cuts: Mapping[str, list[int]], keys: Mapping[str, str], weights: Weights
) -> list[tuple[Cluster, list[Told]]]:
    sides: dict[str, list[Told]] = defaultdict(list)
    for one in members:
        if one.row.stance != "denies":
            sides[keys[actor_key(one.row)] if deed in SIDED else ""].append(one)
    loose = sides.pop("", [])
    loose += [one for side in _loose(sides) for one in sides.pop(side)]
    found = [
        made for side in sorted(sides) for made in clusters(sides[side], side, cuts.get(side, ()), weights.grouping)
    ]
    found = _one_taker(found, keys, weights) if deed == "captures" else found
    found += _settle(found, loose, cuts, keys, weights)
    return _deny(found, [one for one in members if one.row.stance == "denies"], deed, keys, weights)


def _loose(sides: Collection[str]) -> list[str]:
    """Sides that may be another one under less of a name.

    Those that no table knows, beside one that it does; those that are only described, beside one that has a name.
    """
    unlisted = [side for side in sorted(sides) if side.startswith(UNLISTED)]
    if len(unlisted) < len(sides):
        return unlisted
    described = [side for side in unlisted if is_described(side)]
    return described if len(described) < len(unlisted) else []


def _one_taker(found: list[Cluster], keys: Mapping[str, str], weights: Weights) -> list[Cluster]:
    """A taker whom few name, where many name another for the same days, is a misreading of the same happening.

    Not so where one is told to have taken it from the other, or to have taken it back.
    """
    kept: list[Cluster] = []
    for one in sorted(found, key=lambda item: (-item.weight, item.last, item.side)):
        rivals = [
            host for host in kept
            if host.side != one.side and host.weight >= 2 * one.weight and not _from_one_another(host, one, keys)
            and host.gap(one.first if one.first is not None else one.last, one.last) <= weights.grouping.join_days
        ]  # fmt: skip
        if rivals:
            rivals[0].take(one.rows)
        else:
            kept.append(one)
    return kept


def _from_one_another(one: Cluster, other: Cluster, keys: Mapping[str, str]) -> bool:
    against = {keys[opponent_key(item.row)] for item in one.rows} | {
        keys[opponent_key(item.row)] for item in other.rows
    }
    back = any(item.row.event == "recaptures" for item in (*one.rows, *other.rows))
    return back or bool(against & {one.side, other.side})


def _only_back(cluster: Cluster) -> bool:
    """Whether it is only told of as a recapture: then a fall that names no taker is what went before it."""
    return all(item.row.event == "recaptures" for item in cluster.rows)


def _settle(
    found: list[Cluster],
    loose: Sequence[Told],
    cuts: Mapping[str, list[int]],
    keys: Mapping[str, str],
    weights: Weights,
) -> list[Cluster]:
    """Claims that name no actor, or one that no table knows, join what a known side did then; the rest stand alone."""
    left: dict[str, list[Told]] = defaultdict(list)
    for one in sorted(loose, key=lambda item: item.row.claim_id):
        hosts = [
            cluster for cluster in found
            if cluster.side != keys[opponent_key(one.row)] and not (one.row.event == "captures" and _only_back(cluster))
        ]  # fmt: skip
        host = attach(hosts, one, weights.grouping.join_days)
        if host:
            host.take([one])
        else:
            left[keys[actor_key(one.row)]].append(one)
    return [made for side in sorted(left) for made in clusters(left[side], side, cuts.get(side, ()), weights.grouping)]


def _deny(
    found: list[Cluster], denials: Sequence[Told], deed: str, keys: Mapping[str, str], weights: Weights
) -> list[tuple[Cluster, list[Told]]]:
    """Each denial goes to the happening of that side that it may deny; one that finds none stands alone."""
    held: dict[int, list[Told]] = defaultdict(list)
    alone: list[tuple[Cluster, list[Told]]] = []
    for one in sorted(denials, key=lambda item: item.row.claim_id):
        side = keys[actor_key(one.row)] if deed in SIDED else ""
        hosts = [cluster for cluster in found if not side or not cluster.side or cluster.side == side]
        host = attach(hosts, _before(one), weights.grouping.denial_days)
        if host:
            held[id(host)].append(one)
        elif one.last is not None:
            alone.append((Cluster(side, None, one.last), [one]))
    return [(cluster, held[id(cluster)]) for cluster in found] + alone


def _before(one: Told) -> Told:
    """A denial may speak of anything shortly before it was said."""
    return one


def _happening(
    place_id: str, deed: str, partial: bool, cluster: Cluster, denials: Sequence[Told], weights: Weights
) -> Happening:
    seen, against = witnesses(cluster.rows), witnesses(denials)
    dating = date_of(seen or against, weights)
    day = min((one.last for one in (cluster.rows or denials) if one.last is not None), default=None)
    canonical = dating.latest if dating else day
    event_id = content_id(
        "event", place_id, deed, cluster.side, partial, iso(canonical), *(() if seen else ("denied",))
    )
    return Happening(event_id, place_id, deed, cluster.side, seen, against, dating, partial)
