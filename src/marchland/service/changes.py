"""What changed between two days of knowledge, and briefs: as pages, Markdown and DOCX."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.params import QueryParameter

from marchland.briefs import Asked
from marchland.errors import Misuse
from marchland.ledger.between import ORDERS, Noted, Span
from marchland.ledger.compare import Wanted
from marchland.ledger.diff import Because, ChangeRow
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow
from marchland.service.answers import DAY, At, Day, Json, Limit, Offset, bounded, following, plain
from marchland.service.desk import Desk
from marchland.service.holders import name_of
from marchland.service.problems import problem
from marchland.service.recent import Found, Recent, checked, span_of
from marchland.views.brief_docx import KIND, docx_bytes
from marchland.views.brief_markdown import markdown
from marchland.views.briefing import Briefing
from marchland.views.changes import words
from marchland.views.words import clean

_DAY = DAY
Since = Annotated[
    str | None,
    QueryParameter(
        pattern=_DAY,
        description="The earlier day of knowledge: what was known on it is no news. Without it, a week before `until`.",
    ),
]
Until = Annotated[
    str | None,
    QueryParameter(pattern=DAY, description="The later day of knowledge; if not given, all on record counts."),
]
Later = Annotated[str | None, QueryParameter(pattern=DAY, description="Another name of `until`, as elsewhere.")]
Country = Annotated[str | None, QueryParameter(pattern=r"^[A-Za-z]{2}$", description="Only this country, ISO alpha-2.")]
PlaceId = Annotated[str | None, QueryParameter(max_length=200, description="Only this place, by its id.")]
Party = Annotated[
    str | None,
    QueryParameter(max_length=200, description="Only what a party gained or lost: a part of its name or its id."),
]
Kind = Literal["holder", "appeared", "gone", "status", "date", "crossing", "denied", "admitted", "probability"]
Kinds = Annotated[
    list[Kind] | None,
    QueryParameter(name="kind", max_items=9, description="Only changes of these kinds; give it again for several."),
]
Late = Annotated[bool, QueryParameter(description="Only late reports.")]
By = Annotated[Literal["place", "day", "known"], QueryParameter(description="In which order the changes come.")]
Notable = Annotated[
    float, QueryParameter(ge=0.01, le=1, description="The least change of a probability alone that is told, 0 to 1.")
]


class Changes(msgspec.Struct, frozen=True):
    """One page of the changes between two days of knowledge."""

    since: str | None
    """The earlier day of knowledge; null for the beginning of the record."""
    until: str | None
    """The later one: as asked, else the last day on which anything became known."""
    by: str
    """place, day or known: the order of the items."""
    items: list[Json]
    """Changes with the columns of the export, and: `words`, the change in a few words; `day`, of which it tells;
    `known`, on which its first new report became known; `late`, days by which what it tells lies before `since` (null
    where it is no late report); `former_holder_id` and
    `former_holder_name`, who held it before as the record has it now; `changed_hands`; and for each
    sentence under `because` also the speaker's `side`, its `stance`, `article_id` and `source_class`."""
    total: int
    """Changes in the whole list."""
    places: int
    """Places at which anything changed."""
    late: int
    """Late reports: changes that tell of days before `since`."""
    kinds: dict[str, int]
    """How many of each kind, before `kind` is asked for."""
    next: str | None
    """Address of the page that follows, or null."""
    waiting: int = 0
    """Places that are not compared yet, as an earlier day of knowledge is still being worked out for them, those with
    news first; ask again in a moment. 0 where the list is whole."""
    places_on_record: int = 0


class ChangeDays(msgspec.Struct, frozen=True):
    """How many changes there were, by day."""

    since: str | None
    until: str | None
    held: list[list[str | int]]
    """Day of which changes tell, and how many; in order, days without any left out."""
    known: list[list[str | int]]
    """Day on which the first new report of changes became known, and how many."""
    waiting: int = 0
    """Places that are not compared yet, as in the list of changes."""


@get("/api/changes", sync_to_thread=True, tags=["changes"])
def changes(
    request: Request[Any, Any, Any], since: Since = None, until: Until = None, known_at: Later = None, at: At = None,
    country: Country = None, place: PlaceId = None, party: Party = None, kind: Kinds = None, notable: Notable = 0.1,
    late: Late = False, by: By = "place", limit: Limit = 100, offset: Offset = 0,
) -> Changes:  # fmt: skip
    """What became known between two days, by place or by day, each change with the sentences that made it.

    With `late`, only late reports.
    """
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        span = span_of(ledger, since, _later(until, known_at), at, days=7)
        listed = _listed(request, ledger, span, _wanted(at, place, country, party, notable))
        found = listed.changes
        kept = [one for one in found if (not kind or one.row.change in kind) and (one.late or not late)]
        shown = sorted(kept, key=ORDERS[by])[offset : offset + limit]
        items = [
            _item(one, *made, _names(ledger))
            for one, made in zip(shown, _kept(request).told(ledger, desk.revision(), span, shown), strict=True)
        ]
        more = following(request, limit, offset) if offset + limit < len(kept) else None
        return Changes(
            since=span.since, until=_last(ledger, span), by=by, items=items, total=len(kept),
            places=len({one.row.place_id for one in kept}), late=sum(one.late > 0 for one in kept),
            kinds=dict(Counter(one.row.change for one in found)), next=more, waiting=listed.waiting,
            places_on_record=listed.places,
        )  # fmt: skip


@get("/api/changes/days", sync_to_thread=True, tags=["changes"])
def change_days(
    request: Request[Any, Any, Any], since: Day = None, until: Until = None, known_at: Later = None, at: At = None,
    country: Country = None, place: PlaceId = None, party: Party = None, notable: Notable = 0.1,
) -> ChangeDays:  # fmt: skip
    """How many changes there were on each day: on which they happened, and on which they became known.

    Without `since`, from the beginning of the record. New denials are not counted.
    """
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        span = span_of(ledger, since, _later(until, known_at), at, days=None)
        listed = _listed(request, ledger, span, _wanted(at, place, country, party, notable), denials=False)
        held, known = (_counted(getattr(one, name) for one in listed.changes) for name in ("day", "known"))
        return ChangeDays(span.since, _last(ledger, span), held, known, listed.waiting)


def _later(until: str | None, known_at: str | None) -> str | None:
    """The later day of knowledge, under either of its names. Raises Misuse for two days."""
    if until and known_at and until != known_at:
        raise Misuse("until and known_at are two names of one day: give one of them")
    return until or known_at


First = Annotated[
    str, QueryParameter(name="from", pattern=_DAY, description="First day of knowledge of the brief, YYYY-MM-DD.")
]
Last = Annotated[str, QueryParameter(name="to", pattern=_DAY, description="Last day of knowledge of the brief.")]


@get("/api/brief", sync_to_thread=True, tags=["changes"])
def brief(
    request: Request[Any, Any, Any], first: First, last: Last, country: Country = None, place: PlaceId = None,
    party: Party = None, notable: Notable = 0.1,
) -> Briefing | Response[Any]:  # fmt: skip
    """A brief on what became known from one day to another: a summary, each change with its sentences, sources.

    Where an earlier day of knowledge is still being worked out for very many places, 503 says how far that is.
    """
    return _brief(request, first, last, _wanted(None, place, country, party, notable))


@get("/api/brief.md", sync_to_thread=True, tags=["changes"], media_type="text/markdown")
def brief_markdown(
    request: Request[Any, Any, Any], first: First, last: Last, country: Country = None, place: PlaceId = None,
    party: Party = None, notable: Notable = 0.1,
) -> Response[Any]:  # fmt: skip
    """The same brief as Markdown, to be saved."""
    made = _brief(request, first, last, _wanted(None, place, country, party, notable))
    return made if isinstance(made, Response) else _saved(markdown(made).encode(), made, "md", "text/markdown")


@get("/api/brief.docx", sync_to_thread=True, tags=["changes"])
def brief_docx(
    request: Request[Any, Any, Any], first: First, last: Last, country: Country = None, place: PlaceId = None,
    party: Party = None, notable: Notable = 0.1,
) -> Response[Any]:  # fmt: skip
    """The same brief as a DOCX file, to be saved; same record, same bytes."""
    made = _brief(request, first, last, _wanted(None, place, country, party, notable))
    return made if isinstance(made, Response) else _saved(docx_bytes(made), made, "docx", KIND)


def _brief(request: Request[Any, Any, Any], first: str, last: str, wanted: Wanted) -> Briefing | Response[Any]:
    asked = Asked(str(checked(first, "from")), str(checked(last, "to")), wanted)
    bounded(asked.first, asked.last)
    with request.app.state.desk.reader() as ledger:
        made = _kept(request).brief(ledger, request.app.state.desk.revision(), asked)
    if isinstance(made, Briefing):
        return made
    request.state.tag = None
    words_ = (
        f"what was known before {asked.first} is being worked out: {made.places - made.waiting} of {made.places} "
        "places are done; ask again in a moment"
    )
    waiting = problem(503, words_, waiting=made.waiting, places=made.places)
    waiting.headers["Retry-After"] = "3"
    return waiting


def _saved(content: bytes, made: Briefing, ending: str, kind: str) -> Response[bytes]:
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    named = {"Content-Disposition": f'attachment; filename="{made.file_name}.{ending}"'}
    return Response(content, media_type=kind + charset, headers=named)


def _counted(days: Any) -> list[list[str | int]]:
    return [[day, many] for day, many in sorted(Counter(day for day in days if day).items())]


def _wanted(at: str | None, place: str | None, country: str | None, party: str | None, notable: float) -> Wanted:
    return Wanted(at, place or None, country.upper() if country else None, party or "", notable)


def _listed(
    request: Request[Any, Any, Any], ledger: Ledger, span: Span, wanted: Wanted, *, denials: bool = True
) -> Found:  # fmt: skip
    """The changes; an answer that is not whole yet gets no ETag."""
    found = _kept(request).between(ledger, request.app.state.desk.revision(), span, wanted, denials=denials)
    if found.waiting:
        request.state.tag = None
    return found


def _kept(request: Request[Any, Any, Any]) -> Recent:
    state = request.app.state
    if getattr(state, "recent", None) is None:
        state.recent = Recent(state.desk.name)
    made: Recent = state.recent
    return made


def _last(ledger: Ledger, span: Span) -> str | None:
    if span.until is not None:
        return span.until
    last = ledger.last_day()
    return last.isoformat() if last else None


def _names(ledger: Ledger) -> Mapping[str, str]:
    """Names of the parties on record, by id."""
    if "party names" not in ledger.memo:
        ledger.memo["party names"] = dict(ledger.database.execute("SELECT party_id, name FROM party").fetchall())
    made: Mapping[str, str] = ledger.memo["party names"]
    return made


def _item(one: Noted, row: ChangeRow, rows: Mapping[str, ClaimRow], names: Mapping[str, str]) -> Json:
    former = [getattr(one.former, name, None) for name in ("holder_id", "holder_name")]
    return plain("changes", row) | {
        "because": [_sentence(item, rows.get(item.claim_id or ""), names) for item in row.because],
        "words": words(row, one.day), "day": one.day, "known": one.known, "late": one.late or None,
        "former_holder_id": former[0], "former_holder_name": former[1], "changed_hands": one.changed_hands,
    }  # fmt: skip


def _sentence(one: Because, row: ClaimRow | None, names: Mapping[str, str]) -> Json:
    side = row.source_side if row else ""
    made: Json = msgspec.to_builtins(one)
    return made | {
        "sentence": clean(one.sentence, limit=2000), "said_by": clean(one.said_by, limit=200),
        "side": name_of(side, names) if side else None,
        "stance": row.stance if row else None, "article_id": row.article_id or None if row else None,
        "source_class": row.source_class if row else None,
    }  # fmt: skip


@asynccontextmanager
async def LIFESPAN(app: Litestar) -> AsyncIterator[None]:
    """Lists of changes live as long as the service."""
    app.state.recent = Recent(app.state.desk.name)
    try:
        yield
    finally:
        app.state.recent.close()


HANDLERS: list[Any] = [changes, change_days, brief, brief_markdown, brief_docx]
__all__: Sequence[str] = ("HANDLERS", "LIFESPAN")
