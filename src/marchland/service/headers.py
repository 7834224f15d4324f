"""What every response says of itself: what a page may load, and to which state of the record an answer belongs."""

from __future__ import annotations

import hashlib
from typing import Any

from litestar import Litestar, Request, Response
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from marchland.errors import Misuse
from marchland.service.desk import Desk
from marchland.views.words import clean

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self' blob:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LIVE = {"live": True}
"""`opt` of a handler whose answer does not follow from the address and the record alone: no ETag."""


async def before(request: Request[Any, Any, Any]) -> Response[None] | None:
    """304 where the caller has the answer already: it follows from the address and the state of the record.

    Raises Misuse for a parameter that the question does not have: it would be passed over in silence.
    """
    _known(request)
    if request.method != "GET" or not request.url.path.startswith("/api/") or request.route_handler.opt.get("live"):
        return None
    desk: Desk = request.app.state.desk
    tag = _tag(request, desk.revision())
    request.state.tag = tag
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
    return None


def parameters(app: Litestar) -> dict[Any, frozenset[str]]:
    """The names that the query of each question of the API may have, by its handler."""
    pairs = [
        pair for route in app.routes if isinstance(route, HTTPRoute) and route.path.startswith("/api/")
        for pair in route.route_handler_map.values()
    ]  # fmt: skip
    return {handler: frozenset(one.field_alias for one in model.expected_query_params) for handler, model in pairs}


def _known(request: Request[Any, Any, Any]) -> None:
    """Raises Misuse."""
    names = request.app.state.parameters.get(request.route_handler)
    strange = sorted(set(request.query_params) - names) if names is not None else []
    if strange:
        has = ", ".join(sorted(names)) if names else "no parameters"
        raise Misuse(f'there is no parameter "{clean(strange[0], limit=60)}" here; this question has {has}')


def _tag(request: Request[Any, Any, Any], revision: str) -> str:
    asked = f"{request.url.path}?{request.url.query}|{request.headers.get('accept', '')}|{revision}"
    return f'"{hashlib.sha256(asked.encode()).hexdigest()[:24]}"'


class Headers(ASGIMiddleware):
    """Says of every answer of the API to which state of the record it belongs; `SAFE` is given by the gate."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on, and the headers with its answer."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-cache")
                tag = scope["state"].get("tag")
                if tag and message["status"] == 200:
                    headers.setdefault("ETag", tag)
            await send(message)

        await next_app(scope, receive, sent)
