"""Who may write: the tokens that come with requests, and the log of what was tried with them."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Components, SecurityScheme

from marchland.ledger import audit
from marchland.ledger.tokens import SCOPES, Token, holder
from marchland.service.answers import Limit, Offset, following
from marchland.service.desk import Desk
from marchland.service.headers import LIVE

Asking = ASGIConnection[Any, Any, Any, Any]
"""A request, or what is known of it before its body is read."""
COMPONENTS = Components(
    security_schemes={
        "token": SecurityScheme(type="http", scheme="bearer", description="Made by marchland token add NAME.")
    }
)
NEEDED: list[dict[str, list[str]]] = [{"token": []}]
"""What the description of the API says of a question that needs a token."""
_WANTED = {"WWW-Authenticate": 'Bearer realm="marchland"'}
_WRONG = {"WWW-Authenticate": 'Bearer realm="marchland", error="invalid_token"'}
_NEVER = {"Cache-Control": "no-store"}


class Me(msgspec.Struct, frozen=True):
    """Who asks, by the token."""

    name: str | None
    """Whose token came with the request; null without one."""
    scopes: list[str]
    """What the token is good for: review, admin."""
    expires: str | None
    """From when on it is good no more, UTC; null where it lasts."""


class Log(msgspec.Struct, frozen=True):
    """One page of the audit log."""

    items: list[audit.Attempt]
    """The newest first."""
    total: int
    """Rows of the whole log."""
    next: str | None
    """Address of the page that follows, or null."""


def writer_of(request: Asking, scope: str = "review") -> str:
    """The name behind the token of a request that is to be let in, for a handler in a thread of its own.

    Raises NotAuthorizedException (401) without a good token, PermissionDeniedException (403) where it is not good for
    this. The token is looked up every time, so one that is revoked is refused at once.
    """
    found = _token(request)
    if found is None:
        raise NotAuthorizedException(
            "this needs a token: send Authorization: Bearer TOKEN, made by marchland token add", headers=_WANTED
        )
    request.state.writer, request.state.token_id = found.name, found.token_id
    if not found.may(scope):
        raise PermissionDeniedException(f"this token of {found.name} may not do that: {SCOPES.get(scope, scope)}")
    return found.name


async def may_review(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard for whatever writes: who may not is told so before the body is looked at. Raises as `writer_of`."""
    await asyncio.to_thread(writer_of, connection)


def _token(request: Asking) -> Token | None:
    """The token that came with a request, None where none did. Raises NotAuthorizedException for a bad one."""
    kind, _, told = request.headers.get("authorization", "").strip().partition(" ")
    if not kind:
        return None
    desk: Desk = request.app.state.desk
    found = None
    if kind.lower() == "bearer":
        with desk.reader() as ledger:
            found = holder(ledger.database, told.strip())
    if found is None:
        raise NotAuthorizedException("this token is unknown, revoked or past its day", headers=_WRONG)
    return found


@get("/api/me", sync_to_thread=True, tags=["access"], opt=LIVE)
def me(request: Request[Any, Any, Any]) -> Response[Me]:
    """Who asks, by the token that came with the question."""
    found = _token(request)
    told = Me(found.name, list(found.scopes), found.expires or None) if found else Me(None, [], None)
    return Response(told, headers=_NEVER)


@get("/api/audit", sync_to_thread=True, tags=["access"], opt=LIVE)
def log(request: Request[Any, Any, Any], limit: Limit = 100, offset: Offset = 0) -> Response[Log]:
    """What was tried that writes, and what was refused, the newest first. Needs a token for admin."""
    writer_of(request, "admin")
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        total = audit.how_many(ledger.database)
        found = audit.attempts(ledger.database, limit=limit, offset=offset)
    more = following(request, limit, offset) if offset + limit < total else None
    return Response(Log(found, total, more), headers=_NEVER)


HANDLERS: list[Any] = [me, log]
