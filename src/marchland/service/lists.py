"""Lists: places, claims, events, holdings, counts and consequences, page by page, narrowed by what is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request, get
from litestar.params import QueryParameter

from marchland.consequences.asked import followed, of_country, on_record
from marchland.consequences.build import Scope
from marchland.consequences.rows import rows as flat
from marchland.consequences.settings import load_settings
from marchland.errors import Misuse
from marchland.ledger import listing, query
from marchland.ledger.listing import PlaceGlance, Wanted
from marchland.ledger.store import Ledger
from marchland.records import EventRow, HoldingRow
from marchland.service import stock
from marchland.service.answers import DAY, At, Json, KnownAt, Limit, Listed, Offset, bounded, following, listed, plain
from marchland.service.asked import Days, day_of, days_asked
from marchland.service.desk import Desk
from marchland.service.holders import party_names
from marchland.service.kept import kept
from marchland.views.export import Row

T = TypeVar("T")
_DAY = DAY
_WORDS = r"^[^\x00-\x1f\x7f]*$"
First = Annotated[str | None, QueryParameter(name="from", pattern=_DAY, description="First day.")]
Last = Annotated[str | None, QueryParameter(name="to", pattern=_DAY, description="Last day.")]
Country = Annotated[str, QueryParameter(pattern=r"^([A-Za-z]{2})?$", description="Only this country, ISO alpha-2.")]
Order = Annotated[str, QueryParameter(pattern="^(newest|oldest)$", description="newest or oldest first.")]


def _words(told: str) -> Any:
    return QueryParameter(max_length=200, pattern=_WORDS, description=told)


PlaceId = Annotated[str, _words("Only this place, by its id.")]
Text = Annotated[str, _words("Only places with these words in a name or alias.")]
Kind = Annotated[str, _words("Only this kind of place: country, province, district, city, town, crossing, ...")]
Holder = Annotated[str, _words("Only what this party holds, by its id.")]
Status = Annotated[str, _words("held, claimed, contested, besieged, abandoned or unknown.")]
Event = Annotated[str, _words("Only this event: captures, controls, ...; or a PLOVER category in lower case.")]
Stance = Annotated[str, _words("asserts, hedges, denies or plans.")]
Actor = Annotated[str, _words("Only what this party did: its id, or a part of its id or name.")]
Speaker = Annotated[str, _words("A part of the name of the speaker.")]
Class = Annotated[str, _words("Class of the speaker: publisher, agency, spokesperson, governor, ...")]
Side = Annotated[str, _words("Id of the side that the speaker stands on.")]
Publisher = Annotated[str, _words("Outlet, by its whole name.")]


class PlaceRow(msgspec.Struct, frozen=True):
    """A place and who held it."""

    place_id: str
    name: str
    aliases: list[str]
    kind: str
    country: str
    """ISO alpha-2; both sides of a crossing joined with a slash."""
    admin1: str
    lat: float | None
    lon: float | None
    holder_id: str | None
    holder_name: str | None
    status: str
    probability: float
    since: str | None
    last_confirmed: str | None
    witnesses: int
    claims: int
    """Claims on record about it, known by the day of knowledge."""


class Places(msgspec.Struct, frozen=True):
    """One page of the places on record."""

    items: list[PlaceRow]
    total: int
    """Places in the whole list."""
    next: str | None
    """Address of the page that follows, or null."""
    at: str
    """The day for which holders are told."""
    known_at: str | None


@get("/api/places", sync_to_thread=True, tags=["lists"])
def places(
    request: Request[Any, Any, Any], q: Text = "", country: Country = "", kind: Kind = "", holder: Holder = "",
    status: Status = "", at: At = None, known_at: KnownAt = None, limit: Limit = 100, offset: Offset = 0,
) -> Places:  # fmt: skip
    """Places on record by name, each with who held it on a day, as far as was known by another."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        days = days_asked(ledger, at, known_at)
    fits = _standing(request, days, holder, status) if holder or status else None
    with desk.reader() as ledger:
        found = listing.places(ledger, words=q, country=country.upper(), kind=kind, known_at=days.known_word)
        found = [one for one in found if fits is None or fits(one.place_id)]
        shown = found[offset : offset + limit]
        claims = listing.claims_on(ledger, [one.place_id for one in shown], days.known_word)
        rows = [_place(ledger, one, days, claims[one.place_id]) for one in shown]
    more = following(request, limit, offset) if offset + limit < len(found) else None
    return Places(rows, len(found), more, days.at.isoformat(), days.known_word)


def _place(ledger: Ledger, one: PlaceGlance, days: Days, claims: int) -> PlaceRow:
    told = query.who(ledger, one.place_id, days.at, days.known)
    return PlaceRow(
        place_id=one.place_id, name=one.name, aliases=list(one.aliases), kind=one.kind, country=one.country,
        admin1=one.admin1, lat=one.lat, lon=one.lon, holder_id=told.holder_id, holder_name=told.holder_name,
        status=told.status, probability=told.probability, since=told.since, last_confirmed=told.last_confirmed,
        witnesses=told.witnesses, claims=claims,
    )  # fmt: skip


def _standing(request: Request[Any, Any, Any], days: Days, holder: str, status: str) -> Callable[[str], bool]:
    """Whether a place has a holder or a status on the day asked about."""

    def asked(ledger: Ledger) -> dict[str, tuple[str | None, str]]:
        rows = query.holdings(ledger, at=days.at, known_at=days.known)
        return {row.place_id: (row.holder_id, row.status) for row in rows}

    held = kept(request, ("held", days), asked)

    def fits(place_id: str) -> bool:
        of, how = held.get(place_id, (None, "unknown"))
        return (not holder or of == holder) and (not status or how == status)

    return fits


@get("/api/claims", sync_to_thread=True, tags=["lists"])
def claims(
    request: Request[Any, Any, Any], place: PlaceId = "", country: Country = "", event: Event = "",
    stance: Stance = "", actor: Actor = "", speaker: Speaker = "", speaker_class: Class = "", side: Side = "",
    publisher: Publisher = "", first: First = None, last: Last = None, known_at: KnownAt = None,
    order: Order = "newest", limit: Limit = 50, offset: Offset = 0,
) -> Listed:  # fmt: skip
    """Claims that count, by the day they became known; as the export has them, as people have corrected them.

    Each also has the name of the side that its speaker stands on: `source_side_name`.
    """
    desk: Desk = request.app.state.desk
    known = day_of(known_at, "known_at")
    with desk.reader() as ledger:
        wanted = Wanted(
            place_id=place, places=_within(ledger, country), event=event, stance=stance, publisher=publisher,
            first=_iso(first, "from"), last=_iso(last, "to"), actor=actor,
            actor_alone=listing.is_party(ledger, actor), speaker=speaker,
            speaker_class=speaker_class, side=side, known_at=known.isoformat() if known else None,
        )  # fmt: skip
    keys = kept(request, wanted, lambda ledger: listing.claim_keys(ledger, wanted))
    if order == "newest":
        keys = keys[::-1]
    with desk.reader() as ledger:
        rows = listing.claims_of(ledger, keys[offset : offset + limit], wanted.known_at)
        sides = party_names(ledger, (row.source_side for row in rows))
    more = following(request, limit, offset) if offset + limit < len(keys) else None
    told = [plain("claims", row) | {"source_side_name": sides.get(row.source_side, "")} for row in rows]
    return Listed(told, len(keys), more)


MOST_CLAIMS = 60_000
"""Claims from which a list of events may be worked out while somebody waits."""


@get("/api/events", sync_to_thread=True, tags=["lists"])
def events(
    request: Request[Any, Any, Any], place: PlaceId = "", country: Country = "", event: Event = "",
    actor: Actor = "", first: First = None, last: Last = None, at: At = None, known_at: KnownAt = None,
    order: Order = "newest", limit: Limit = 50, offset: Offset = 0,
) -> Listed:  # fmt: skip
    """What happened, by day; as the export of events has it. `from` and `to` are the days of the happening.

    Of a very large record only with a place, a country, an event or days: it says so where they are needed.
    """
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        known, day = day_of(known_at, "known_at"), day_of(at, "at")
        begin, end = _iso(first, "from"), _iso(last, "to")
        within, alone = frozenset({place}) if place else _within(ledger, country), listing.is_party(ledger, actor)
        ids = listing.places_told(
            ledger, places=within, event=event, first=begin, last=end, most=MOST_CLAIMS,
            known_at=known.isoformat() if known else None,
        )  # fmt: skip
    rows = kept(request, ("events", ids, known, day),
                lambda ledger: query.timeline_of(ledger, ids, known_at=known, at=day))  # fmt: skip
    acted = [one for one in rows if not actor or listing.acts(one, actor, alone=alone)]
    fits = [one for one in acted if _happened(one, event, begin, end)]
    return listed(request, fits[::-1] if order == "newest" else fits, _row("events"), limit, offset)


def _happened(one: EventRow, event: str, begin: str, end: str) -> bool:
    return (
        (not event or one.event == event)
        and not (begin and (one.date_to or "") < begin)
        and not (end and (one.date_from or one.date_to or "9999") > end)
    )


@get("/api/holdings", sync_to_thread=True, tags=["lists"])
def holdings(
    request: Request[Any, Any, Any], place: PlaceId = "", country: Country = "", kind: Kind = "", holder: Holder = "",
    status: Status = "", at: At = None, known_at: KnownAt = None, limit: Limit = 100, offset: Offset = 0,
) -> Listed:  # fmt: skip
    """Who held what, as the export has it: all spells, or with `at` those that cover that day."""
    desk: Desk = request.app.state.desk
    day, known = day_of(at, "at"), day_of(known_at, "known_at")
    with desk.reader() as ledger:
        within = _within(ledger, country)
        some = [place] if place and ledger.place(place) else []
        rows = query.holdings_of(ledger, some, at=day, known_at=known)
    if not place:
        rows = kept(request, ("holdings", day, known), lambda it: query.holdings(it, at=day, known_at=known))
    fits = [one for one in rows if _held(one, within, kind, holder, status)]
    return listed(request, fits, _row("holdings"), limit, offset)


def _held(one: HoldingRow, within: frozenset[str] | None, kind: str, holder: str, status: str) -> bool:
    return (
        (within is None or one.place_id in within)
        and (not kind or one.kind == kind)
        and (not holder or one.holder_id == holder)
        and (not status or one.status == status)
    )


@get("/api/counts", sync_to_thread=True, tags=["lists"])
def counts(
    request: Request[Any, Any, Any], place: PlaceId = "", country: Country = "", at: At = None,
    known_at: KnownAt = None, limit: Limit = 100, offset: Offset = 0,
) -> Listed:  # fmt: skip
    """Counts of smaller places ("17 of 19 districts") beside the record on their own days, as the export has them."""
    day, known = day_of(at, "at"), day_of(known_at, "known_at")
    rows = kept(request, ("counts", place, day, known),
                lambda ledger: query.counts(ledger, place or None, at=day, known_at=known))  # fmt: skip
    fits = [one for one in rows if not country or one.country == country.upper()]
    return listed(request, fits, _row("counts"), limit, offset)


@get("/api/consequences", sync_to_thread=True, tags=["lists"])
def consequences(
    request: Request[Any, Any, Any], first: First = None, last: Last = None, country: Country = "",
    known_at: KnownAt = None, limit: Limit = 100, offset: Offset = 0,
) -> Listed:  # fmt: skip
    """What followed from who held the crossings over a period, as the export has it; `from` and `to` are needed."""
    begin, end, known = _iso(first, "from"), _iso(last, "to"), day_of(known_at, "known_at")
    if not begin or not end:
        raise Misuse("consequences are of a period: give from and to, such as from=2021-07-01&to=2021-09-30")
    bounded(begin, end)
    scope, day = of_country(country) if country else Scope(), known.isoformat() if known else None

    def made(ledger: Ledger) -> Sequence[Row]:
        found = followed(on_record(ledger, day), begin, end, scope=scope, known_at=day)
        return list(flat(found, load_settings()))

    rows = kept(request, ("consequences", begin, end, scope, day), made)
    return listed(request, rows, _row("consequences"), limit, offset)


# ------------------------------------------------------------------------------------------------------------- helpers


def _row(kind: str) -> Callable[[Row], Json]:
    return lambda row: plain(kind, row)


def _iso(text: str | None, name: str) -> str:
    """A day that is asked for, ISO 8601; empty for none. Raises Misuse."""
    found = day_of(text, name)
    return found.isoformat() if found else ""


def _within(ledger: Ledger, country: str) -> frozenset[str] | None:
    """Ids of the places of a country, its crossings among them; None where none is asked for."""
    if not country:
        return None
    return frozenset(one.place_id for one in listing.places(ledger, country=country.upper()))


HANDLERS: list[Any] = [places, claims, events, holdings, counts, consequences, *stock.HANDLERS]
