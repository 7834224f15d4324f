"""One place: who held it, why, its band of holders through time, what is told of it and what happened there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.params import Parameter

from marchland.ledger import query
from marchland.ledger.assessment import on_day, turned
from marchland.ledger.parties import shipped_rules
from marchland.ledger.store import Ledger
from marchland.ledger.testimony import heard
from marchland.records import Answer, ClaimRow, HoldingRow, Place
from marchland.service import around, gates
from marchland.service.answers import At, Json, KnownAt, Limit, Listed, Offset, following, listed, plain
from marchland.service.asked import FIRST, Days, PlaceId, days_asked, place_asked
from marchland.service.desk import Desk
from marchland.service.holders import party_names
from marchland.views import witnessed
from marchland.views.band import BandState, Looks, band, names_of
from marchland.views.reviews import verb_words
from marchland.views.terminal import verdict
from marchland.views.why import as_mapping
from marchland.views.words import clean


class PlaceCard(msgspec.Struct, frozen=True):
    """A place and who held it on the day asked about."""

    place_id: str
    name: str
    aliases: list[str]
    kind: str
    country: str
    """ISO alpha-2; both sides of a crossing joined with a slash."""
    admin1: str
    lat: float | None
    lon: float | None
    crossing: bool
    at: str
    """The day asked about, ISO 8601."""
    known_at: str | None
    """Using only what was known by this day; null for everything on record."""
    holder_id: str | None
    holder_name: str | None
    status: str
    """held, claimed (only by its own side), contested, besieged, abandoned, unknown."""
    presumed: bool
    """Whether the holder is only presumed: no claim tells who stood there."""
    probability: float
    since: str | None
    from_earliest: str | None
    """First day on which the holding may have begun."""
    from_latest: str | None
    """Last day on which it may have begun."""
    last_confirmed: str | None
    witnesses: int
    denials: int
    against: int
    """Other witnesses against it, who do not deny it but tell of something else."""
    ended: str | None
    """Last day of the holder, where it was gone by the day asked about."""
    reason: str
    """Why nothing can be said; else empty."""
    verdict: str
    """All of this in words."""
    claims: int
    """Claims on record about the place, known by then."""
    first_known: str | None
    last_known: str | None


class Why(msgspec.Struct, frozen=True):
    """The evidence behind an answer, as rows that add up to its log-odds."""

    answer: Json
    """As `marchland why --json` has it: the answer, its rival, and `rows` in order, each with `cumulative`."""
    verdict: str
    sides: dict[str, str]
    """Ids of the parties that the rows name, and their names."""


class Band(msgspec.Struct, frozen=True):
    """Who held the place through time: shares of every state by day, and the spells that they make."""

    days: list[str]
    """Between two of them the shares run on straight lines."""
    states: list[BandState]
    """Most likely first; the empty id is nobody known."""
    spells: list[Json]
    """As the export of holdings has them."""


class Heard(msgspec.Struct, frozen=True):
    """One page of what is told of a place: control and passage first, the latest first; claims in no event last."""

    items: list[witnessed.EventCard]
    total: int
    """Cards in the whole list."""
    next: str | None
    claims: int
    """Claims about the place known by then."""
    witnesses: int
    sides: dict[str, str]
    """Ids of parties that the cards name, and their names."""


@get("/api/places/{place_id:str}", sync_to_thread=True, tags=["place"])
def card(
    request: Request[Any, Any, Any], place_id: PlaceId, at: At = None, known_at: KnownAt = None
) -> PlaceCard:  # fmt: skip
    """A place, and who held it: since when, how sure, last confirmed, by how many."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        return _card(ledger, place, days)


def _card(ledger: Ledger, place: Place, days: Days) -> PlaceCard:
    found = query.who(ledger, place.place_id, days.at, days.known)
    spell = _covering(ledger, place.place_id, days)
    posts, known = query.posts_of(place), place.radius_km < 20000.0
    claims, first, last = _told(ledger, place.place_id, days)
    country = f"{posts.country_a[:2]}/{posts.country_b[:2]}" if posts else place.country
    return PlaceCard(
        place_id=place.place_id, name=clean(place.name, limit=200),
        aliases=[clean(one, limit=200) for one in place.aliases], kind=place.kind, country=country,
        admin1=clean(place.admin1, limit=200), lat=place.lat if known else None, lon=place.lon if known else None,
        crossing=posts is not None, at=days.at.isoformat(), known_at=days.known_word, holder_id=found.holder_id,
        holder_name=clean(found.holder_name, limit=200) if found.holder_name else None, status=found.status,
        presumed=found.status == "unknown" and bool(found.holder_id), probability=round(found.probability, 4),
        since=found.since, from_earliest=spell.from_earliest if spell else None,
        from_latest=spell.from_latest if spell else None, last_confirmed=found.last_confirmed,
        witnesses=found.witnesses, denials=found.denials, against=found.against, ended=found.ended,
        reason=found.reason, verdict=clean(verdict(found)), claims=claims, first_known=first, last_known=last,
    )  # fmt: skip


def _covering(ledger: Ledger, place_id: str, days: Days) -> HoldingRow | None:
    """The holding that covers the day asked about."""
    made, silence = query.assessed(ledger, place_id, at=days.at, known_at=days.known)
    rows = on_day(turned(made, silence), made, silence, days.at.toordinal())
    return rows[-1] if rows else None


def _told(ledger: Ledger, place_id: str, days: Days) -> tuple[int, str | None, str | None]:
    """Claims about a place, and the first and last day on which one became known."""
    where, values = ("", []) if days.known is None else (" AND known <= ?", [days.known.isoformat()])
    asked = f"SELECT count(*), min(known), max(known) FROM claim WHERE place_id = ?{where}"
    found: tuple[int, str | None, str | None] = ledger.database.execute(asked, [place_id, *values]).fetchone()
    return found


@get("/api/places/{place_id:str}/why", sync_to_thread=True, tags=["place"])
def why(request: Request[Any, Any, Any], place_id: PlaceId, at: At = None, known_at: KnownAt = None) -> Why:
    """The evidence for and against the answer, as rows that add up to its log-odds; the second likeliest answer."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        return explained(ledger, query.why(ledger, place.place_id, days.at, days.known))


def explained(ledger: Ledger, found: Answer) -> Why:
    """An answer with its rows, in the form in which it is sent."""
    ids = {row.speaker_side for row in found.rows} | {row.side or "" for row in found.rows}
    return Why(as_mapping(found), clean(verdict(found)), party_names(ledger, ids))


def parties(ledger: Ledger, ids: Iterable[str]) -> dict[str, str]:
    """Names of parties by id, of those that are on record."""
    wanted = sorted({one for one in ids if one})
    asked = f"SELECT party_id, name FROM party WHERE party_id IN ({', '.join('?' * len(wanted))})"
    found = ledger.database.execute(asked, wanted) if wanted else ()
    return {party_id: clean(name, limit=200) for party_id, name in found}


@get("/api/places/{place_id:str}/band", sync_to_thread=True, tags=["place"])
def course(request: Request[Any, Any, Any], place_id: PlaceId, at: At = None, known_at: KnownAt = None) -> Band:
    """Who held the place through time: the probability of every state by day, and the spells with uncertain ends.

    Each day is as it is answered when asked about, with silence up to that day. The course ends on the day asked about,
    or on the last day known by then if that is later.
    """
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        looks = _looks(ledger, place.place_id, days)
        spells = [one.row for one in looks.told.rows] + [one.row for one in (looks.silent or looks.told).rows]
        found = band(looks, names_of(spells, parties(ledger, looks.told.states)))
    return Band(list(found.days), list(found.states), [plain("holdings", row) for row in found.spells])


def _looks(ledger: Ledger, place_id: str, days: Days) -> Looks:
    """The place worked out for every day of its course."""
    last = max(days.at, ledger.last_day(days.known) or days.at)
    told, silence = query.assessed(ledger, place_id, at=FIRST, known_at=days.known)
    end = dt.date.fromisoformat(told.silent[1]) if told.states else last
    silent = query.assessed(ledger, place_id, at=last, known_at=days.known)[0] if last > end else None
    asked = query.assessed(ledger, place_id, at=days.at, known_at=days.known)[0]
    return Looks(told, silent, asked, replace(silence, until=last.toordinal()), days.at.toordinal())


@get("/api/places/{place_id:str}/events", sync_to_thread=True, tags=["place"])
def events(
    request: Request[Any, Any, Any], place_id: PlaceId, at: At = None, known_at: KnownAt = None, limit: Limit = 100,
    offset: Offset = 0,
) -> Listed:  # fmt: skip
    """What happened at a place by the day asked about, the latest first, as the export of events has it."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        rows = query.timeline(ledger, place_id=place.place_id, known_at=days.known, at=days.at)
    return listed(request, rows[::-1], lambda row: plain("events", row), limit, offset)


# -------------------------------------------------------------------------------------------------------------- claims

Most = Annotated[int, Parameter(ge=1, le=200, description="Most witnesses of one happening on either side.")]
EventId = Annotated[str | None, Parameter(max_length=100, description="Only the claims of this event.")]


@get("/api/places/{place_id:str}/claims", sync_to_thread=True, tags=["place"])
def claims(
    request: Request[Any, Any, Any], place_id: PlaceId, at: At = None, known_at: KnownAt = None, limit: Limit = 10,
    offset: Offset = 0, witnesses: Most = 5, event_id: EventId = None,
) -> Heard:  # fmt: skip
    """What is told of a place: each happening with its witnesses, copies folded under them, denials beside.

    Claims that tell only of days after the day asked about are there, too, and marked as later.
    """
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        rules = shipped_rules()
        found = heard(ledger, place.place_id, rules.weights, rules.same_side, days.known_word)
        standing = ledger.door.standing(place.place_id, days.known_word)
        stacks = witnessed.stacks(found, standing.aside)
        if event_id:
            stacks = [one for one in stacks if one.testimony and one.testimony.event.event_id == event_id]
        shown, at_day = _Shown(ledger, standing.ids), days.at.isoformat()
        page = [witnessed.event_card(one, shown, most=witnesses, at=at_day)
                for one in stacks[offset : offset + limit]]  # fmt: skip
        sides = party_names(ledger, (witness.best.side for one in page for witness in (*one.tells, *one.denies)))
    voices = sum(len(one.testimony.voices) if one.testimony else len(one.rows) for one in stacks)
    more = following(request, limit, offset) if offset + limit < len(stacks) else None
    return Heard(page, len(stacks), more, len(standing.rows), voices, sides)


class _Shown:
    """Shows claims with their marked sentences and what people said of them."""

    def __init__(self, ledger: Ledger, ids: Any) -> None:
        self._ledger = ledger
        self._read = {new: old for old, new in ids.items()}
        """Id of a claim as people have corrected it to its id as it was read."""

    def __call__(self, row: ClaimRow) -> witnessed.ClaimCard:
        ledger = self._ledger
        read = self._read.get(row.claim_id, row.claim_id)
        trace = ledger.trace(read)
        article = ledger.article(row.article_id) if trace else None
        return witnessed.claim_card(row, article, trace[0] if trace else None, self._said(read))

    def _said(self, claim_id: str) -> list[str]:
        door = self._ledger.door
        if not door.reviews():
            return []
        row = next((one for one in self._ledger.claims_like(claim_id) if one.claim_id == claim_id), None)
        found = door.reviews_of(row) if row else ()
        return [clean(f"{verb_words(one)}, by {one.by} on {one.day}: {one.because}", limit=600) for one in found]


HANDLERS: list[Any] = [card, why, course, events, claims, *gates.HANDLERS, *around.HANDLERS]
