"""Crossings: both posts with their holders, and what passes, by direction and kind of traffic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.params import Parameter

from marchland.consequences.lanes import days_told
from marchland.errors import Absent
from marchland.ledger import query
from marchland.ledger.passage import Posts
from marchland.ledger.store import Ledger
from marchland.places.countries import load_countries
from marchland.records import Answer, CrossingRow, Place
from marchland.service.answers import At, Json, KnownAt, Limit, Listed, Offset, following, plain
from marchland.service.asked import Days, PlaceId, days_asked, place_asked
from marchland.service.desk import Desk
from marchland.views.terminal import verdict
from marchland.views.why import as_mapping
from marchland.views.words import clean

LaneName = Annotated[
    str, Parameter(max_length=40, description='Direction and traffic, "both/all" or "AF>IR/trade"; the whole if empty.')
]


class Post(msgspec.Struct, frozen=True):
    """One side of a crossing on the day asked about."""

    name: str
    """Of the post; empty where no table knows it."""
    country: str
    """ISO alpha-2."""
    country_name: str
    holder_id: str | None
    holder_name: str | None
    presumed: bool
    """Whether no claim says so: the government of that side is taken to stand there."""
    status: str
    probability: float | None
    """Null where it is only presumed."""
    since: str | None
    last_confirmed: str | None


class Passage(msgspec.Struct, frozen=True):
    """A crossing on the day asked about."""

    place_id: str
    name: str
    at: str
    known_at: str | None
    posts: list[Post]
    """Both sides; the first is the one that the place's own holders are those of."""
    lanes: list[Json]
    """What passes that day, as the export of crossings has it; each with `lane`, `last_told` and `direction_words`."""
    spells: list[Json]
    """The same of all times."""


class WhyPassage(msgspec.Struct, frozen=True):
    """The evidence for the state of one lane, as rows that add up to its log-odds."""

    answer: Json
    """As `marchland why --passage --json` has it; `status` is open, restricted, closed or unknown."""
    verdict: str
    lane: str


@get("/api/places/{place_id:str}/passage", sync_to_thread=True, tags=["place"])
def passage(request: Request[Any, Any, Any], place_id: PlaceId, at: At = None, known_at: KnownAt = None) -> Passage:
    """A crossing: both posts with their holders, and whether travellers, trade and aid pass in each direction."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        posts = _posts(place)
        ids = (place.place_id,)
        now = query.crossings(ledger, at=days.at, known_at=days.known, place_ids=ids)
        ever = query.crossings(ledger, known_at=days.known, place_ids=ids)
        who = query.who(ledger, place.place_id, days.at, days.known)
        return Passage(
            place_id=place.place_id, name=clean(place.name, limit=200), at=days.at.isoformat(),
            known_at=days.known_word, posts=_both(posts, who, now), lanes=told_of(ledger, now, days),
            spells=told_of(ledger, [row for row in ever if row.state != "unknown"], replace(days, at=dt.date.max)),
        )  # fmt: skip


@get("/api/places/{place_id:str}/passage/why", sync_to_thread=True, tags=["place"])
def why_passage(
    request: Request[Any, Any, Any], place_id: PlaceId, lane: LaneName = "", at: At = None, known_at: KnownAt = None
) -> WhyPassage:
    """Why a crossing was open or closed: the evidence as rows that add up to the log-odds of the answer."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        place, days = place_asked(ledger, place_id), days_asked(ledger, at, known_at)
        _posts(place)
        found = query.why_passage(ledger, place.place_id, lane, days.at, days.known)
    return WhyPassage(as_mapping(found), clean(verdict(found)), found.lane)


@get("/api/crossings", sync_to_thread=True, tags=["lists"])
def crossings(
    request: Request[Any, Any, Any], at: At = None, known_at: KnownAt = None, limit: Limit = 100, offset: Offset = 0
) -> Listed:
    """Every crossing on the day asked about: a row for each direction and kind of traffic that anything is told of.

    Rows are those of the export, each with `lane`, `last_told` and `direction_words`. `limit`, `offset` and `total`
    count crossings on record: one may have several rows, or none where nothing was known of it by then.
    """
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        days, ids = days_asked(ledger, at, known_at), sorted(query.crossing_sides(ledger))
        rows = query.crossings(ledger, at=days.at, known_at=days.known, place_ids=ids[offset : offset + limit])
        shown = told_of(ledger, rows, days)
    more = following(request, limit, offset) if offset + limit < len(ids) else None
    return Listed(shown, len(ids), more)


def told_of(ledger: Ledger, rows: Sequence[CrossingRow], days: Days) -> list[Json]:
    """Rows of crossings with the lane by name, and the last day up to the one asked about on which it was told."""
    claims = {row.claim_id: row for place in {one.place_id for one in rows} for row in ledger.claims(place, days.known)}
    for country in ledger.place_ids(kind="country") if rows else ():
        claims |= {row.claim_id: row for row in ledger.claims(country, days.known)}
    return [_told(row, days_told(row, claims), days.at.toordinal()) for row in rows]


def _told(row: CrossingRow, told: Iterable[int], until: int) -> Json:
    last = max((day for day in told if day <= until), default=None)
    last_told = dt.date.fromordinal(last).isoformat() if last and row.state != "unknown" else None
    more = {"lane": f"{row.direction}/{row.traffic}", "last_told": last_told,
            "direction_words": direction_words(row.direction)}  # fmt: skip
    return plain("crossings", row) | more


def direction_words(direction: str) -> str:
    """`both directions`, `from Iran to Afghanistan`."""
    first, _, second = direction.partition(">")
    return f"from {country_name(first)} to {country_name(second)}" if second else "both directions"


def country_name(code: str) -> str:
    """The usual name of a country; the code itself where no table has it."""
    found = load_countries().get(code[:2])
    return found.place.name if found else code


def _posts(place: Place) -> Posts:
    posts = query.posts_of(place)
    if posts is None:
        raise Absent(f"{clean(place.name, limit=200)} ({place.place_id}) is no crossing")
    return posts


def _both(posts: Posts, who: Answer, rows: Sequence[CrossingRow]) -> list[Post]:
    """The near post as the place's own answer has it; the far one as its government is presumed to."""
    row = rows[0] if rows else None
    presumed = row.post_a_presumed if row else None
    known = bool(row and row.post_a_holder)
    near = Post(
        name=posts.name_a, country=posts.country_a, country_name=country_name(posts.country_a),
        holder_id=who.holder_id if not who.ended else None,
        holder_name=clean((row.post_a_holder if row else None) or presumed or "", limit=200) or None,
        presumed=not known and bool(presumed), status=who.status,
        probability=round(who.probability, 4) if known else None, since=who.since if known else None,
        last_confirmed=who.last_confirmed,
    )  # fmt: skip
    other = (row.post_b_holder or row.post_b_presumed) if row else None
    told = bool(row and row.post_b_holder)
    far = Post(
        name=posts.name_b, country=posts.country_b, country_name=country_name(posts.country_b), holder_id=None,
        holder_name=clean(other, limit=200) if other else None, presumed=bool(other) and not told, status="unknown",
        probability=None, since=None, last_confirmed=None,
    )  # fmt: skip
    return [near, far]


HANDLERS: list[Any] = [passage, why_passage, crossings]
