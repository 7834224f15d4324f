"""Search over places, parties, speakers, outlets and the words of reports, and suggestions while somebody types."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import msgspec
from litestar import Litestar, Request, get
from litestar.params import QueryParameter

from marchland.errors import MarchlandError
from marchland.ledger.search import Searcher
from marchland.ledger.search_index import Progress
from marchland.ledger.search_names import KINDS
from marchland.ledger.search_records import FOUND, ArticleHit, ClaimHit, Facet, Instead, NamedHit, Wanted
from marchland.ledger.search_words import LENGTH, Snippet
from marchland.service.answers import DAY, At, KnownAt, Limit, Offset
from marchland.service.desk import Desk
from marchland.service.headers import LIVE

_LOG = logging.getLogger("marchland.service")
_MOST = 20
"""Values of one filter."""
_AT_ONCE = 2
"""Lots that a question takes in before it is answered."""
_PAUSE = 2.0
"""Seconds between two looks whether the ledger has more."""


class FoundClaim(msgspec.Struct, frozen=True):
    """A claim with its sentence; columns as in the export of claims."""

    claim_id: str
    article_id: str
    place_id: str | None
    place_name: str | None
    place_kind: str | None
    country: str | None
    event: str
    stance: str
    actor_id: str | None
    actor_name: str | None
    opponent_id: str | None
    opponent_name: str | None
    source_name: str
    source_class: str
    date_from: str | None
    date_to: str | None
    publisher: str | None
    published: str | None
    snippet: Snippet
    """The sentence, or most of it, with ranges of code points where the words stand."""


class SearchAnswer(msgspec.Struct, frozen=True):
    """What was found, kind by kind."""

    places: list[NamedHit]
    parties: list[NamedHit]
    claims: list[FoundClaim]
    articles: list[ArticleHit]
    totals: dict[str, int]
    """Kind (place, party, claim, article) to how many there are, of those not listed here, too."""
    next: str | None
    """Address of the page that follows, or null where no kind has more."""
    facets: list[Facet]
    """Claims found, counted by what they can be narrowed by."""
    names: dict[str, str]
    """Names of the places and parties that the filters have by id."""
    instead: list[Instead]
    """Questions that find something, where this one found no claim and no article."""
    index: Progress
    """How far the index of words is; until it is complete, more may be found later."""


class Suggestions(msgspec.Struct, frozen=True):
    """Names that may be meant by what is being typed."""

    items: list[NamedHit]
    """The best first."""


def _filter(words: str, name: str | None = None) -> Any:
    return QueryParameter(name=name, max_items=_MOST, description=f"{words} Several values: any of them.")


Text = Annotated[str, QueryParameter(max_length=LENGTH, description='Words, "words in a row", prefix*, -without.')]
Value = Annotated[str, msgspec.Meta(max_length=300)]
Values = list[Value] | None
Kind = Annotated[
    Literal["place", "party", "claim", "article"] | None,
    QueryParameter(description="Only this kind; if not given, a page of every kind."),
]
From = Annotated[str | None, QueryParameter(name="from", pattern=DAY, description="First day of publication.")]
To = Annotated[str | None, QueryParameter(name="to", pattern=DAY, description="Last day of publication.")]
Order = Annotated[Literal["best", "newest"], QueryParameter(description="Best first (BM25), or newest first.")]


@get("/api/search", sync_to_thread=True, tags=["search"], opt=LIVE)
def search(
    request: Request[Any, Any, Any],
    q: Text = "",
    kind: Kind = None,
    country: Annotated[Values, _filter("ISO alpha-2 codes.")] = None,
    place: Annotated[Values, _filter("Ids of places.")] = None,
    party: Annotated[Values, _filter("Ids of parties: who acts, or to whom it was done.")] = None,
    speaker: Annotated[Values, _filter("Names of speakers.")] = None,
    side: Annotated[Values, _filter("Ids of parties on whose side the speaker stands.")] = None,
    class_: Annotated[Values, _filter("Classes of speakers.", "class")] = None,
    outlet: Annotated[Values, _filter("Names of outlets.")] = None,
    event: Annotated[Values, _filter("Kinds of events.")] = None,
    stance: Annotated[Values, _filter("asserts, hedges, denies, plans.")] = None,
    from_: From = None,
    to: To = None,
    at: At = None,
    known_at: KnownAt = None,
    order: Order = "best",
    limit: Limit = 20,
    offset: Offset = 0,
) -> SearchAnswer:
    """Places, parties, claims and articles about some words, with counts by which the claims can be narrowed."""
    wanted = Wanted(
        q=q, country=_tuple(country), place=_tuple(place), party=_tuple(party), speaker=_tuple(speaker),
        side=_tuple(side), class_=_tuple(class_), outlet=_tuple(outlet), event=_tuple(event), stance=_tuple(stance),
        since=from_, until=to, at=at, known_at=known_at, order=order,
    )  # fmt: skip
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        searcher = _searcher(request.app)
        progress = searcher.catch_up(ledger, lots=_AT_ONCE)
        kinds = (kind,) if kind else FOUND
        found = searcher.find(ledger, wanted, kinds=kinds, limit=limit, offset=offset)
    more = any(found.totals[one] > offset + limit for one in kinds)
    return SearchAnswer(
        places=list(found.places), parties=list(found.parties), claims=[_claim(one) for one in found.claims],
        articles=list(found.articles), totals=found.totals, next=_next(request, limit, offset) if more else None,
        facets=list(found.facets), names=found.names, instead=list(found.instead), index=progress,
    )  # fmt: skip


@get("/api/suggest", sync_to_thread=True, tags=["search"], opt=LIVE)
def suggest(
    request: Request[Any, Any, Any],
    q: Text = "",
    kind: Annotated[
        Literal["place", "party", "outlet", "speaker"] | None, QueryParameter(description="Only names of this kind.")
    ] = None,
    known_at: KnownAt = None,
    limit: Annotated[int, QueryParameter(ge=1, le=50, description="Most names that are given.")] = 8,
) -> Suggestions:
    """Names of places, parties, outlets and speakers that may be meant by what is being typed."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        searcher = _searcher(request.app)
        searcher.catch_up(ledger, lots=_AT_ONCE)
        kinds = (kind,) if kind else KINDS
        return Suggestions(list(searcher.suggest(ledger, q, kinds=kinds, known_at=known_at, limit=limit)))


def _tuple(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(one for one in values or () if one)


def _claim(hit: ClaimHit) -> FoundClaim:
    row = hit.row
    told = {name: getattr(row, name) for name in FoundClaim.__struct_fields__ if name != "snippet"}
    return FoundClaim(**told, snippet=hit.snippet)


def _next(request: Request[Any, Any, Any], limit: int, offset: int) -> str:
    """The address of the next page; filters with several values keep them all."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name not in ("limit", "offset")]
    return f"{request.url.path}?{urlencode([*asked, ('limit', limit), ('offset', offset + limit)])}"


# ---------------------------------------------------------------------------------------------------- keeping the index

_MAKING = threading.Lock()


def _searcher(app: Litestar) -> Searcher:
    """The searcher of an application, made when it is first needed."""
    with _MAKING:
        if not hasattr(app.state, "searcher"):
            desk: Desk = app.state.desk
            with desk.reader() as ledger:
                app.state.searcher = Searcher.of(ledger)
        made: Searcher = app.state.searcher
        return made


class _Keeper(threading.Thread):
    """Takes what comes into the ledger into the index, as long as the service runs, half of the time at the most."""

    def __init__(self, app: Litestar) -> None:
        super().__init__(name="marchland-search", daemon=True)
        self._app = app
        self._ended = threading.Event()
        self._seen = ""

    def run(self) -> None:
        """Look for more until told to end."""
        pause = _PAUSE
        while not self._ended.wait(pause):
            began = time.monotonic()
            try:
                pause = _PAUSE if self._step() else max(time.monotonic() - began, 0.01)
            except MarchlandError as error:
                _LOG.warning("the index of words waits: %s", error)
                pause = 10 * _PAUSE

    def _step(self) -> bool:
        """One lot; whether all that is on record is in."""
        desk: Desk = self._app.state.desk
        state = desk.revision()
        if state == self._seen:
            return True
        searcher = _searcher(self._app)
        with desk.reader() as ledger:
            done = searcher.catch_up(ledger).complete
        self._seen = state if done else ""
        return done

    def end(self) -> None:
        """Stop after the lot in hand."""
        self._ended.set()
        if self.is_alive():
            self.join()


@asynccontextmanager
async def LIFESPAN(app: Litestar) -> AsyncIterator[None]:
    """Keep the index while the service runs."""
    keeper = _Keeper(app)
    keeper.start()
    try:
        yield
    finally:
        keeper.end()
        if hasattr(app.state, "searcher"):
            app.state.searcher.index.close()


HANDLERS: list[Any] = [search, suggest]
