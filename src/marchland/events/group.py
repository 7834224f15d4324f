"""Claims of one happening, across sources, become one event."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from marchland.events.dating import Dating, date_of
from marchland.events.decided import decide
from marchland.events.gather import Gathered, at_place
from marchland.events.judgement import SAME, Judgement, Settled, settled
from marchland.events.told import (
    SameSide,
    Told,
    equal_sides,
    is_admission,
    iso,
    own_keys,
    side_keys,
    told,
    why_no_event,
)
from marchland.events.weights import Weights, Words
from marchland.events.witness import Witness, by_place, weighed, witnesses
from marchland.records import ClaimRow, EventRow, content_id

PEOPLE = frozenset({"forces", "people"})
"""Kinds of counts that say nothing of how much of a place is meant."""


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
    decided: tuple[Judgement, ...] = ()
    """What people have decided about its claims, as far as it holds."""
    admissions: tuple[Witness, ...] = ()
    """Of the denials, those by the side itself: `told.is_admission`."""

    @property
    def rows(self) -> tuple[ClaimRow, ...]:
        """All claims, those for it first."""
        return tuple(one.row for found in (*self.witnesses, *self.denials) for one in found.rows)


def group(
    rows: Sequence[ClaimRow], weights: Weights, same_side: SameSide = equal_sides, judgements: Iterable[Judgement] = ()
) -> tuple[tuple[EventRow, ...], dict[str, str]]:
    """Events, sorted by place and day, and claim id to event id. The order of the rows changes nothing.

    What people have decided (`judgements`) prevails over the rules, within one place. Plans, deeds dated after the
    report of them, and claims whose place was refused belong to no event: `told.why_no_event` says why.
    """
    found = happenings(rows, weights, same_side, judgements)
    events = sorted((event_row(one) for one in found), key=lambda one: (one.place_id, one.date_to or "", one.event_id))
    return tuple(events), {row.claim_id: one.event_id for one in found for row in one.rows}


def happenings(
    rows: Iterable[ClaimRow], weights: Weights, same_side: SameSide = equal_sides, judgements: Iterable[Judgement] = ()
) -> tuple[Happening, ...]:
    """The happenings that the rows tell of, with their evidence."""
    listed = {row.claim_id: row for row in rows if not why_no_event(row)}
    places = by_place(told(row) for row in listed.values())
    holds = settled(judgements)
    return tuple(
        one for place_id in sorted(places) for one in _at_place(place_id, places[place_id], weights, same_side, holds)
    )


def is_partial(row: ClaimRow, words: Words) -> bool:
    """Whether a claim is about a part of its place, or a count of smaller places in it.

    "17 of 19 districts" is, and "most of" and "85%"; "the sixth capital" is not, nor a number of people. What is said
    of a country as a whole is never about one place.
    """
    if (row.place_part and not is_seat(row, words)) or row.place_kind == "country":
        return True
    if row.quantity_kind in PEOPLE and row.quantity_part is not None and row.quantity_whole is None:
        return False
    text = (row.quantity or "").casefold()
    if re.search(r"\b[\w.-]+ (?:out )?of (?:\w+ )*?\d+|\d ?%|\d/\d", text):
        return True
    found = set(re.findall(r"[\w-]+", text))
    if " of " in text and found & set(words.units) and not re.match(r"all\b", text):
        return True
    if text and (found & set(words.partial) or any(" " in part and part in text for part in words.partial)):
        return not re.match(r"\w*(?:third|second)\b", text)
    return row.place_kind in words.counting_kinds and bool(found & set(words.units))


def is_seat(row: ClaimRow, words: Words) -> bool:
    """Whether the part is the seat of a district ("the centre of X district", "X's district headquarters").

    Who holds the seat is taken to hold the district: the convention of those who map control by district.
    """
    if row.place_kind != "district":
        return False
    part = re.findall(r"[^\W_]+", re.sub(r"[’']s\b", "", row.place_part))
    seats = [word for word in part if word.casefold() in words.seats]
    rest = [word for word in part if word not in seats and word.casefold() not in _OF_DISTRICT]
    return bool(seats) and all(word[:1].isupper() for word in rest)


_OF_DISTRICT = frozenset({"the", "of", "in", "its", "district"})
"""Small words around the seat of a district; what else is in lower case makes a part of it ("police headquarters")."""


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
        place_name=(place.place_name or place.place) if one.place_id else "",
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
        denied_by=tuple(sorted({_speaker(found.best.row) for found in one.denials if found not in one.admissions})),
        part=one.partial,
        dates_told=dates_told(one.witnesses or one.denials),
        actors_told=_told_of(one.witnesses, lambda row: row.actor_name or ""),
        decided_by=tuple(_decision(item) for item in one.decided),
        admitted_by=tuple(sorted({_speaker(found.best.row) for found in one.admissions})),
    )


def dates_told(found: Sequence[Witness]) -> tuple[str, ...]:
    """Each of the days told with who tells it: "2031-05-03: Varn Herald, Lake Radio"; ".." for an open start."""
    return _told_of(found, _days)


def _days(row: ClaimRow) -> str:
    one = told(row)
    if one.last is None:
        return "no day"
    first = iso(one.first) if one.first is not None else ""
    return f"{first}..{iso(one.last)}" if one.first != one.last else f"{first}"


def _told_of(found: Sequence[Witness], what: Callable[[ClaimRow], str]) -> tuple[str, ...]:
    tellers: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if said := what(one.best.row):
            tellers[said].add(_speaker(one.best.row) or "")
    return tuple(
        f"{said}: {', '.join(sorted(names - {''})) or 'nobody named'}" for said, names in sorted(tellers.items())
    )


def _decision(one: Judgement) -> str:
    what = "one event" if one.kind == SAME else "not one event"
    return f"{what}: {one.by or 'nobody named'}, {one.made[:10]}{f', {one.reason}' if one.reason else ''}"


def _speaker(row: ClaimRow) -> str:
    return (row.publisher or row.source) if row.source == "publisher" else row.source


def _most(values: Iterable[str | None]) -> str | None:
    """The commonest value, the first in the alphabet among equals."""
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None


# -------------------------------------------------------------------------------------------------------- at one place


def _at_place(
    place_id: str, rows: list[Told], weights: Weights, same_side: SameSide, holds: Settled
) -> tuple[Happening, ...]:
    told_of = [one.row for one in rows]
    keys = side_keys(told_of, same_side) if place_id else own_keys(told_of)
    kinds: dict[bool, list[Told]] = defaultdict(list)
    for one in rows:
        kinds[is_partial(one.row, weights.words)].append(one)
    found = [made for partial in sorted(kinds) for made in at_place(rows, kinds[partial], partial, keys, weights)]
    made = [_happening(place_id, one, weights, same_side) for one in decide(found, holds)]
    return _with_ids_of_their_own(made)


def _happening(place_id: str, one: Gathered, weights: Weights, same_side: SameSide) -> Happening:
    seen, against = (weighed(witnesses(rows), weights.witness) for rows in (one.cluster.rows, one.denials))
    dating = date_of(seen or against, weights)
    day = min((item.last for item in (one.cluster.rows or one.denials) if item.last is not None), default=None)
    canonical = dating.latest if dating else day
    event_id = content_id(
        "event", place_id, one.deed, one.cluster.side, one.partial, iso(canonical), *(() if seen else ("denied",))
    )
    admitted = tuple(item for item in against if is_admission(item.best.row, same_side))
    return Happening(
        event_id, place_id, one.deed, one.cluster.side, seen, against, dating, one.partial, one.decided, admitted
    )


def _with_ids_of_their_own(found: Sequence[Happening]) -> tuple[Happening, ...]:
    """Two happenings of one deed, side and day, which people have parted or the rules have, get ids from their claims.

    The one with the smallest claim id keeps the plain id.
    """
    seen: set[str] = set()
    made = []
    for one in sorted(found, key=lambda item: min(row.claim_id for row in item.rows)):
        own = one.event_id in seen
        seen.add(one.event_id)
        first = min(row.claim_id for row in one.rows)
        made.append(replace(one, event_id=content_id(one.event_id, first)) if own else one)
    return tuple(sorted(made, key=lambda item: (item.partial, item.family, item.side, item.event_id)))
