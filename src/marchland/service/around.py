"""What lies around one place and what follows from it: neighbours, counts, consequences."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.params import Parameter

from marchland.consequences.of_place import of_place
from marchland.consequences.records import Period
from marchland.consequences.rows import rows as consequence_rows
from marchland.consequences.settings import load_settings
from marchland.errors import Misuse
from marchland.events.told import iso
from marchland.ledger import query
from marchland.ledger.around import Hazard, Hint
from marchland.ledger.assess import around_of
from marchland.ledger.store import Ledger
from marchland.records import CountRow, Place
from marchland.service.answers import DAY, At, Json, KnownAt, Limit, Listed, Offset, listed, plain
from marchland.service.asked import Days, PlaceId, day_of, days_asked, place_asked
from marchland.service.desk import Desk
from marchland.views import consequences as told
from marchland.views.neighbours import Around, around
from marchland.views.paper import Block, Line, Table
from marchland.views.words import clean

MOST_DAYS = 1100
"""Longest period of consequences."""
USUAL_DAYS = 90
Km = Annotated[int, Parameter(ge=1, le=500, description="Places so near, in km.")]
From = Annotated[str | None, Parameter(query="from", pattern=DAY, description="First day of the period, YYYY-MM-DD.")]
To = Annotated[
    str | None, Parameter(query="to", pattern=DAY, description="Last day of it; if not given, the day asked about.")
]
Most = Annotated[int, Parameter(ge=1, le=100, description="Most places.")]


class Neighbour(msgspec.Struct, frozen=True):
    """A place beside the one asked about, and who held it on that day."""

    place_id: str
    name: str
    kind: str
    admin1: str
    lat: float | None
    lon: float | None
    km: float | None
    """In a straight line; null where one of the points is not known."""
    where: str
    """Distance and direction as seen from the place asked about, in words."""
    relation: str
    """parent (of which it is part), neighbour (a change there bears on this place), or empty."""
    holder_id: str | None
    holder_name: str | None
    status: str
    probability: float
    since: str | None


class Bearing(msgspec.Struct, frozen=True):
    """Something that is no claim on the place, and bears on who holds it."""

    kind: str
    """count, correction, or surroundings: a change of holder near it."""
    sentence: str
    side: str
    side_name: str
    first_day: str | None
    last_day: str | None
    ratio: float | None
    """Of a count: how many times as likely it is where that side holds the place as where it does not."""
    rate: float | None
    """Of surroundings: likelihood of an unreported change of holder on each of the days."""
    claims: list[str]


class Neighbours(msgspec.Struct, frozen=True):
    """What lies around a place."""

    items: list[Neighbour]
    bears: list[Bearing]
    at: str
    km: int


class Sheet(msgspec.Struct, frozen=True):
    """A table for people."""

    title: str
    headers: list[str]
    rows: list[list[str]]
    right: list[str]
    """Headers of the columns of figures."""
    minor: bool
    """Whether it only says what was left out of the others."""


class Follows(msgspec.Struct, frozen=True):
    """What follows from who held the crossings of a place, over a period."""

    first: str
    last: str
    items: list[Json]
    """As the export of consequences has them."""
    told: list[Sheet | str]
    """The same for people: lines and tables in order."""


@get("/api/places/{place_id:str}/neighbours", sync_to_thread=True, tags=["place"])
def neighbours(
    request: Request[Any, Any, Any], place_id: PlaceId, at: At = None, known_at: KnownAt = None, km: Km = 60,
    limit: Most = 20,
) -> Neighbours:  # fmt: skip
    """Places near a place and those that it is part of, with their holders; and what of them bears on this one."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        rules = query.rules(ledger)
        found = around(place, (*ledger.places_near(place, km), *_country(ledger, place)), rules.weights, limit)
        near = [one for one in found if one.km is None or one.km <= km or one.relation == "parent"]
        return Neighbours([_neighbour(ledger, one, days) for one in near], _bears(ledger, place, days),
                          days.at.isoformat(), km)  # fmt: skip


def _country(ledger: Ledger, place: Place) -> tuple[Place, ...]:
    found = ledger.place(f"iso:{place.country}") if place.country else None
    return (found,) if found and found.place_id != place.place_id else ()


def _neighbour(ledger: Ledger, one: Around, days: Days) -> Neighbour:
    place, who = one.place, query.who(ledger, one.place.place_id, days.at, days.known)
    placed = one.km is not None
    return Neighbour(
        place_id=place.place_id, name=clean(place.name, limit=200), kind=place.kind,
        admin1=clean(place.admin1, limit=200), lat=place.lat if placed else None, lon=place.lon if placed else None,
        km=one.km, where=one.where, relation=one.relation, holder_id=None if who.ended else who.holder_id,
        holder_name=clean(who.holder_name, limit=200) if who.holder_name and not who.ended else None,
        status=who.status, probability=round(who.probability, 4), since=who.since,
    )  # fmt: skip


def _bears(ledger: Ledger, place: Place, days: Days) -> list[Bearing]:
    """What moves the odds at the place from outside its own claims."""
    found, _ = around_of(ledger, query.rules(ledger), place.place_id, days.known)
    return [*(_of_hint(one) for one in found.hints), *(_of_hazard(one) for one in found.hazards)]


def _of_hint(one: Hint) -> Bearing:
    name = one.names[0] if one.names else one.side
    return Bearing(one.kind, clean(one.sentence), one.side, clean(name, limit=200), iso(one.day), iso(one.day),
                   round(one.ratio, 4), None, list(one.claim_ids))  # fmt: skip


def _of_hazard(one: Hazard) -> Bearing:
    name = one.names[0] if one.names else one.side
    return Bearing("surroundings", clean(one.sentence), one.side, clean(name, limit=200), iso(one.first_day),
                   iso(one.last_day), None, round(one.rate, 4), list(one.claim_ids))  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- counts


@get("/api/places/{place_id:str}/counts", sync_to_thread=True, tags=["place"])
def counts(
    request: Request[Any, Any, Any], place_id: PlaceId, at: At = None, known_at: KnownAt = None, limit: Limit = 50,
    offset: Offset = 0,
) -> Listed:  # fmt: skip
    """Counts of smaller places that bear on a place: those of its own parts, and those in which it is counted.

    Newest first, as the export of counts has them, each with `counted`: whether the place is one of the members.
    """
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        rows = [*query.counts(ledger, place.place_id, at=days.at, known_at=days.known)]
        inside = {
            count.count_id: count for parent in _wholes(ledger, place)
            for count in query.counts(ledger, parent, at=days.at, known_at=days.known) if _counts(count, place.name)
        }  # fmt: skip
    every = sorted((*rows, *inside.values()), key=lambda one: (one.day, one.known_from, one.count_id), reverse=True)
    return listed(request, every, lambda row: plain("counts", row) | {"counted": row.count_id in inside}, limit, offset)


def _wholes(ledger: Ledger, place: Place) -> list[str]:
    """Ids of the country and the division that a place lies in, as far as they are on record."""
    near = ledger.places_near(place, 1.0)
    inside = [one.place_id for one in near if one.kind == "province" and one.name == place.admin1]
    return [*inside, *(one.place_id for one in _country(ledger, place))]


def _counts(row: CountRow, name: str) -> bool:
    """Whether a place of that name is among the members that are counted."""
    members = (*row.held, *row.contested, *row.unknown, *(one.rpartition(" (")[0] for one in row.not_held))
    return name in members


# -------------------------------------------------------------------------------------------------------- consequences


@get("/api/places/{place_id:str}/consequences", sync_to_thread=True, tags=["place"])
def consequences(
    request: Request[Any, Any, Any], place_id: PlaceId, at: At = None, known_at: KnownAt = None,
    first: From = None, last: To = None,
) -> Follows:  # fmt: skip
    """Money and traffic that passed to another holder, people who crossed, what is open: over 90 days, or a period."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        period = _period(ledger, day_of(first, "from"), day_of(last, "to"), days)
        settings = load_settings()
        found = of_place(ledger, place, period, settings, days.known)
    items = [plain("consequences", row) for row in consequence_rows(found, settings)]
    sheets = [sheet for one in told.view(found, settings) if (sheet := _sheet(one))]
    return Follows(found.period.first.isoformat(), found.period.last.isoformat(), items, sheets)


def _period(ledger: Ledger, first: dt.date | None, last: dt.date | None, days: Days) -> Period:
    """The period asked about; without one the 90 days up to the day asked about, or up to the last that is known."""
    end = last or min(days.at, ledger.last_day(days.known) or days.at)
    begin = first or end - dt.timedelta(days=USUAL_DAYS - 1)
    if (end - begin).days >= MOST_DAYS:
        raise Misuse(f"the period is longer than {MOST_DAYS} days; ask for a shorter one")
    return Period(begin, end)


def _sheet(one: Block) -> Sheet | str | None:
    if isinstance(one, Line):
        return clean(one.text) or None
    if isinstance(one, Table):
        rows = [[clean(cell) for cell in row] for row in one.rows]
        return Sheet(clean(one.title), list(one.headers), rows, sorted(one.right), one.title in told.LEFT_OUT)
    return None


HANDLERS: list[Any] = [neighbours, counts, consequences]
