"""What the map shows: every place with its holders on both clocks, in columns that a browser reads fast."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter

from marchland.errors import MarchlandError
from marchland.service.atlas import Atlas, MapAnswer, PastAnswer
from marchland.service.headers import LIVE
from marchland.service.history import Helper

Since = Annotated[
    int | None,
    Parameter(ge=0, le=2**53, description="Only what was worked out after the answer with this number in `made`."),
]
PlaceIds = Annotated[
    list[str] | None, Parameter(query="id", max_items=500, description="Ids of places; may be given again and again.")
]


@get("/api/map", sync_to_thread=True, tags=["map"], opt=LIVE, responses={200: ResponseSpec(MapAnswer)})
def everything(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Every place with its holders over time, on everything on record, in columns.

    A spell covers a day if `since` is not after it and `until` is; of several, the last one counts.
    """
    key, body = _atlas(request.app).now()
    return _tagged(request, key, body)


@get("/api/map/places", sync_to_thread=True, tags=["map"], opt=LIVE, responses={200: ResponseSpec(MapAnswer)})
def some(request: Request[Any, Any, Any], place_ids: PlaceIds = None, since: Since = None) -> Response[bytes]:
    """The same about some places, and about those that were worked out anew after an earlier answer."""
    body = msgspec.json.encode(_atlas(request.app).some(place_ids or (), since))
    return _tagged(request, hashlib.sha256(body).hexdigest(), body)


@get("/api/map/history", sync_to_thread=True, tags=["map"], opt=LIVE, responses={200: ResponseSpec(PastAnswer)})
def history(request: Request[Any, Any, Any], since: Since = None) -> Response[bytes]:
    """What was known of places on earlier days, in columns: one version for each stretch between two days on which
    something about the place became known.

    Long answers come in parts: while `more` is true, ask again with `since`. It is worked out in the background; `done`
    and `of` tell how far that is.
    """
    body = msgspec.json.encode(_atlas(request.app).past(since or 0))
    return _tagged(request, hashlib.sha256(body).hexdigest(), body)


def _atlas(app: Litestar) -> Atlas:
    """The map of an application; one that was not started has no helper."""
    if not hasattr(app.state, "atlas"):
        app.state.atlas = Atlas(app.state.desk, lambda: False)
    found: Atlas = app.state.atlas
    return found


def _tagged(request: Request[Any, Any, Any], key: str, body: bytes) -> Response[bytes]:
    """An answer with its ETag, or 304 where the caller has it already."""
    tag = f'"{hashlib.sha256(f"{request.url}|{key}".encode()).hexdigest()[:24]}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers={"ETag": tag})
    return Response(body, media_type="application/json", headers={"ETag": tag})


@asynccontextmanager
async def _lifespan(app: Litestar) -> AsyncIterator[None]:
    """The map while the service runs, and its helper in the background."""
    ledger = app.state.settings.ledger
    helper = Helper(ledger) if app.state.settings.history else None
    app.state.atlas = Atlas(app.state.desk, helper.works if helper else lambda: False)
    warming = threading.Thread(target=_warm, args=(app.state.atlas,), daemon=True)
    if helper:
        warming.start()
    try:
        yield
    finally:
        if helper:
            helper.stop()
            warming.join()


def _warm(made: Atlas) -> None:
    """Read what is kept before the first page asks for it."""
    with suppress(MarchlandError):
        made.now()


HANDLERS: list[Any] = [everything, some, history]
LIFESPAN = _lifespan
