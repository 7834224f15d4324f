"""What is on record, counted and listed: days, parties, outlets, copies, versions, and what was not read."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.params import QueryParameter

from marchland.ledger import listing
from marchland.ledger.of_article import groups_of, shown_day, title
from marchland.ledger.store import Ledger
from marchland.records import Article, CopyGroup, Skipped, Span, Version
from marchland.service.answers import Json, KnownAt, Limit, Listed, Offset, following, listed
from marchland.service.asked import day_of
from marchland.service.desk import Desk
from marchland.service.holders import name_of
from marchland.service.kept import kept

MOST_DAYS = 800
"""Days that are told one by one; with more, months are."""
MOST_MEMBERS = 200
"""Members of a group of copies in one answer."""
_WORDS = r"^[^\x00-\x1f\x7f]*$"
Text = Annotated[str, QueryParameter(max_length=200, pattern=_WORDS, description="Only with these words in it.")]
Address = Annotated[str, QueryParameter(max_length=2000, pattern=_WORDS, description="Only this page, by its address.")]

Aside = Annotated[bool | None, QueryParameter(description="Only what triage set aside, or only all else.")]


class Period(msgspec.Struct, frozen=True):
    """What was published on a day, or in a month."""

    day: str
    """A day, YYYY-MM-DD, or a month, YYYY-MM."""
    articles: int
    claims: int


class Number(msgspec.Struct, frozen=True):
    """How often something is on record."""

    name: str
    claims: int


class NotRead(msgspec.Struct, frozen=True):
    """A reason for which things were not read."""

    why: str
    language: str
    """ISO 639-1, where the reason is the language."""
    set_aside: bool
    """Whether it could be read, but triage found nothing in it."""
    number: int


class Sizes(msgspec.Struct, frozen=True):
    """What is on record, in numbers."""

    ledger: str
    articles: int
    claims: int
    places: int
    parties: int
    outlets: int
    reviews: int
    skipped: int
    first_published: str | None
    last_published: str | None
    last_day: str | None
    """Last day on which anything became known of who holds what: where the map, the changes and briefs end."""
    last_recorded: str | None
    """When the last article came into the ledger, UTC."""
    undated: int
    """Articles of which nothing tells the day."""
    periods: list[Period]
    """Days of publication in order; months where there are very many."""
    events: list[Number]
    """Claims by event, as they were read."""
    stances: list[Number]
    not_read: list[NotRead]
    """The most frequent reasons for which things were not read."""


@get("/api/record", sync_to_thread=True, tags=["record"])
def sizes(request: Request[Any, Any, Any]) -> Sizes:
    """What is on record, in numbers: sizes, days of publication, events, and why things were not read."""
    desk: Desk = request.app.state.desk
    return kept(request, "sizes", lambda ledger: _sizes(ledger, desk.shown_name))


def _sizes(ledger: Ledger, name: str) -> Sizes:
    ask = ledger.database.execute
    number = {one: ask(f"SELECT count(*) FROM {one}").fetchone()[0]
              for one in ("article", "claim", "place", "party", "review", "skipped")}  # fmt: skip
    first, last, recorded = ask("SELECT min(published), max(published), max(recorded_at) FROM article").fetchone()
    (undated,) = ask("SELECT count(*) FROM article WHERE published IS NULL").fetchone()
    known = ledger.last_day()
    (outlets,) = ask("SELECT count(DISTINCT publisher) FROM article").fetchone()
    return Sizes(
        ledger=name, articles=number["article"], claims=number["claim"], places=number["place"],
        parties=number["party"], outlets=outlets, reviews=number["review"], skipped=number["skipped"],
        first_published=first, last_published=last, last_day=known.isoformat() if known else None,
        last_recorded=recorded, undated=undated,
        periods=_periods(listing.days(ledger)), events=[Number(*one) for one in listing.kinds(ledger, "event")],
        stances=[Number(*one) for one in listing.kinds(ledger, "stance")],
        not_read=[NotRead(*one) for one in listing.why_skipped(ledger)],
    )  # fmt: skip


def _periods(days: list[tuple[str, int, int]]) -> list[Period]:
    if len(days) <= MOST_DAYS:
        return [Period(*one) for one in days]
    months: dict[str, tuple[int, int]] = {}
    for day, articles, claims in days:
        before = months.get(day[:7], (0, 0))
        months[day[:7]] = (before[0] + articles, before[1] + claims)
    return [Period(month, *found) for month, found in months.items()]


@get("/api/parties", sync_to_thread=True, tags=["lists"])
def parties(request: Request[Any, Any, Any], q: Text = "", limit: Limit = 100, offset: Offset = 0) -> Listed:
    """Parties that claims name, as they were read, the one named most often first; each with its `side_name`."""
    found = kept(request, "parties", listing.parties)
    wanted = q.casefold()
    fits = [one for one in found if any(wanted in it.casefold() for it in (one.party_id, one.name, *one.aliases))]
    names = {one.party_id: one.name for one in found}
    return listed(request, fits, lambda one: msgspec.to_builtins(one) | {"side_name": name_of(one.side, names)}, limit,
                  offset)  # fmt: skip


@get("/api/outlets", sync_to_thread=True, tags=["lists"])
def outlets(request: Request[Any, Any, Any], q: Text = "", limit: Limit = 100, offset: Offset = 0) -> Listed:
    """Publishers on record with their articles and claims, the one with most articles first."""
    found = kept(request, "outlets", listing.outlets)
    names = ("publisher", "articles", "claims", "first", "last")
    fits = [one for one in found if q.casefold() in one[0].casefold()]
    return listed(request, fits, lambda one: dict(zip(names, (one[0] or None, *one[1:]), strict=True)), limit, offset)


@get("/api/copies", sync_to_thread=True, tags=["lists"])
def copies(request: Request[Any, Any, Any], known_at: KnownAt = None, limit: Limit = 20, offset: Offset = 0) -> Listed:
    """Groups of articles that are one text, the largest first: one witness, however many outlets print it."""
    desk: Desk = request.app.state.desk
    known = day_of(known_at, "known_at")
    day = known.isoformat() if known else None
    groups = kept(request, ("copies", day), lambda ledger: groups_of(ledger, day))
    with desk.reader() as ledger:
        shown = [_group(ledger, one) for one in groups[offset : offset + limit]]
    more = following(request, limit, offset) if offset + limit < len(groups) else None
    return Listed(shown, len(groups), more)


def _group(ledger: Ledger, one: CopyGroup) -> Json:
    ranked = [one.origin, *one.rivals][:MOST_MEMBERS]
    return {
        "group_id": one.group_id, "agency": one.agency, "total": len(one.articles),
        "origin_id": one.origin.article_id, "because": [it.sentence for it in one.origin.reasons],
        "articles": [_brief(ledger.article(it.article_id)) | {"origin": it.score} for it in ranked],
    }  # fmt: skip


@get("/api/versions", sync_to_thread=True, tags=["lists"])
def versions(
    request: Request[Any, Any, Any], address: Address = "", known_at: KnownAt = None, limit: Limit = 20,
    offset: Offset = 0,
) -> Listed:  # fmt: skip
    """Pages that were read more than once with other words: what came in and what went."""
    desk: Desk = request.app.state.desk
    known = day_of(known_at, "known_at")
    found = kept(request, ("versions", address), lambda ledger: ledger.copies.versions(address or None))
    fits = [one for one in found if known is None or one.newer_read[:10] <= known.isoformat()]
    with desk.reader() as ledger:
        shown = [_version(ledger, one) for one in fits[offset : offset + limit]]
    more = following(request, limit, offset) if offset + limit < len(fits) else None
    return Listed(shown, len(fits), more)


def _version(ledger: Ledger, one: Version) -> Json:
    older, newer = ledger.article(one.older_id), ledger.article(one.newer_id)
    return {
        "address": one.address, "older": _brief(older), "newer": _brief(newer), "older_read": one.older_read,
        "newer_read": one.newer_read, "removed": _texts(one.removed, older), "added": _texts(one.added, newer),
        "corrections": _texts(one.corrections, newer),
    }  # fmt: skip


@get("/api/skipped", sync_to_thread=True, tags=["lists"])
def skipped(
    request: Request[Any, Any, Any], q: Text = "",
    set_aside: Aside = None, limit: Limit = 100, offset: Offset = 0,
) -> Listed:  # fmt: skip
    """What was not read, and why, the newest run first: other languages, broken input, pages that triage set aside."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        total, rows = listing.skipped(ledger, words=q, set_aside=set_aside, limit=limit, offset=offset)
    more = following(request, limit, offset) if offset + limit < total else None
    return Listed([_not_read(run, one) for run, one in rows], total, more)


def _not_read(run: str, one: Skipped) -> Json:
    return {"run": run, "where": one.where, "why": one.why, "language": one.language, "url": one.url,
            "set_aside": one.set_aside}  # fmt: skip


def _brief(one: Article | None) -> Json:
    if one is None:
        return {}
    return {"article_id": one.article_id, "title": title(one), "publisher": one.publisher,
            "published": shown_day(one), "url": one.url}  # fmt: skip


def _texts(spans: tuple[Span, ...], article: Article | None) -> list[str]:
    return [span.of(article.text) for span in spans] if article else []


HANDLERS: list[Any] = [sizes, parties, outlets, copies, versions, skipped]
