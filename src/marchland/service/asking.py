"""Who holds a place, and why, by its name: the two questions of the command line."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get
from litestar.params import QueryParameter

from marchland.service.answers import At, Json, KnownAt
from marchland.service.desk import Desk
from marchland.views.answered import answered

PlaceName = Annotated[
    str,
    QueryParameter(
        min_length=1, max_length=200, description="Name, alias or id; where two share it, with kind or country."
    ),
]


@get("/api/who", sync_to_thread=True, tags=["places"])
def who(request: Request[Any, Any, Any], place: PlaceName, at: At = None, known_at: KnownAt = None) -> Json:
    """Who held a place on a day, as far as was known by another: holder, status, probability, since, last confirmed."""
    return _asked(request, "who", place, at, known_at)


@get("/api/why", sync_to_thread=True, tags=["places"])
def why(request: Request[Any, Any, Any], place: PlaceName, at: At = None, known_at: KnownAt = None) -> Json:
    """The same with the evidence: rows whose log-odds add up to those of the answer, and the rival."""
    return _asked(request, "why", place, at, known_at)


def _asked(request: Request[Any, Any, Any], question: str, place: str, at: str | None, known_at: str | None) -> Json:
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        return answered(ledger, question, place, at, known_at)


HANDLERS: list[Any] = [who, why]
