"""What every request passes before anything else looks at it: from where, to which name, how much, how often.

It stands around the whole application, so that also an address which does not exist is answered with its headers and is
counted. Whatever writes is put into the audit log before it is answered.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

import msgspec
from litestar import Litestar
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from marchland.errors import MarchlandError
from marchland.ledger import audit
from marchland.service.headers import SAFE
from marchland.service.problems import problem
from marchland.service.rates import Rates
from marchland.service.settings import Settings
from marchland.views.words import clean

_LOG = logging.getLogger("marchland.service")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_UNCOUNTED = ("/static/", "/api/stream")
_NOT_LET_IN = frozenset({401, 403, 421})
_REFUSED = frozenset({401, 403, 404, 405, 408, 413, 414, 421, 429, 431})
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
LONGEST_PATH = 2_048
LONGEST_HEAD = 16_384
"""Bytes of the headers of a request."""
SLOWEST = 20.0
"""Seconds for which the body of a request is waited for."""


class Refused(Exception):
    """Why a request goes no further."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


class Gate:
    """Stands around an application."""

    def __init__(self, app: Litestar, settings: Settings) -> None:
        self._app, self._inner, self._settings = app, app.asgi_handler, settings
        self._rates, self._refusals = Rates(), Rates()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what goes no further; pass on the rest."""
        if scope["type"] != ScopeType.HTTP:
            await self._inner(scope, receive, send)
            return
        answer = self._answer(scope, send)
        try:
            self._look(scope)
        except Refused as refused:
            await _refuse(answer, refused)
            return
        await self._inner(scope, _patient(receive), answer)

    def _look(self, scope: Any) -> None:
        """Raises Refused."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        address, settings = _address(scope), self._settings
        writes = scope["method"] not in _READING
        host = _name(headers.get("host", ""))
        if not named_well(host, scope.get("server"), settings.names):
            raise Refused(421, f'this service is not reached as "{clean(host, limit=100)}"; see marchland serve --name')
        if writes and not of_this_site(headers):
            raise Refused(403, "a page of another site may not write here")
        self._size(scope, headers)
        if not scope["path"].startswith(_UNCOUNTED):
            here = is_here(address)
            wait = self._rates.wait(address, settings.rate_here if here else settings.rate)
            if wait:
                raise Refused(429, "too many requests of this address", {"Retry-After": str(int(wait) + 1)})

    def _size(self, scope: Any, headers: Mapping[str, str]) -> None:
        if len(scope["query_string"]) > self._settings.most_query or len(scope["path"]) > LONGEST_PATH:
            raise Refused(414, f"the address is too long; its query may have {self._settings.most_query} characters")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEAD:
            raise Refused(431, f"the headers are too long; they may have {LONGEST_HEAD} bytes")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > 18 or int(length) > self._settings.most_body:
            raise Refused(413, f"the body is too long; it may have {self._settings.most_body} bytes")

    # ---------------------------------------------------------------------------------------------------------- answer

    def _answer(self, scope: Any, send: Send) -> Send:
        """Gives every answer its headers; what was tried is in the audit log before it is told what came of it."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                has = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in _SAFE if one[0] not in has)]
                if scope["method"] not in _READING or message["status"] in _NOT_LET_IN:
                    await self._note(scope, message["status"])
            await send(message)

        return sent

    async def _note(self, scope: Any, status: int) -> None:
        address, state = _address(scope), scope.get("state", {})
        deed = state.get("audit", "")
        if status in _REFUSED:
            if self._refusals.wait(address, self._settings.refusals):
                return
            if self._refusals.spent(address, self._settings.refusals):
                deed = "refused; what else of this address is refused in the next seconds is not written down"
        one = audit.Attempt(
            name=state.get("writer", ""), token_id=state.get("token_id", ""), address=clean(address, limit=100),
            method=clean(scope["method"], limit=20), path=clean(scope["path"], limit=300),
            deed=clean(deed, limit=300), status=status,
        )  # fmt: skip
        await asyncio.to_thread(self._keep, one)

    def _keep(self, one: audit.Attempt) -> None:
        try:
            with self._app.state.desk.writer() as ledger:
                audit.note(ledger.database, one)
        except MarchlandError as error:
            _LOG.error("the audit log lacks %s %s (%s): %s", one.method, one.path, one.status, error)


# ------------------------------------------------------------------------------------------------------------- who asks


def named_well(host: str, server: tuple[str, int | None] | None, names: tuple[str, ...]) -> bool:
    """Whether a request came under a name that is this service's own: not one that a stranger points here.

    On this machine's own addresses only localhost and these will do (else any page that a browser shows could have its
    own name lead here and read all); elsewhere the address itself and `names`, and any name where none is told.
    """
    address = _name(server[0]) if server else ""
    if host and (host in names or host == address):
        return True
    return host in _HERE if is_here(address) else not names


def of_this_site(headers: Mapping[str, str]) -> bool:
    """Whether what a browser says of the page that asks, if it says anything, is that it is of this service."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2].lower() == headers.get("host", "").lower()


def is_here(address: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        found = ip_address(address)
    except ValueError:
        return address == "testclient"
    return found.is_loopback or bool(getattr(found, "ipv4_mapped", None) and found.ipv4_mapped.is_loopback)  # type: ignore[union-attr]


def _name(host: str) -> str:
    """The name in "name:port", lower case; "[::1]:80" gives "::1"."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return (host if host.count(":") > 1 else host.partition(":")[0]).lower()


def _address(scope: Any) -> str:
    return str(scope["client"][0]) if scope.get("client") else ""


# -------------------------------------------------------------------------------------------------------------- answers


def _patient(receive: Receive) -> Receive:
    """Waits so long for a body, and no longer."""
    done = False

    async def received() -> Any:
        nonlocal done
        if done:
            return await receive()  # waits for the end of the connection
        try:
            async with asyncio.timeout(SLOWEST):
                message = await receive()
        except TimeoutError:
            raise HTTPException(status_code=408, detail="the body of the request did not come in time") from None
        done = not message.get("more_body", False)
        return message

    return received


async def _refuse(send: Send, refused: Refused) -> None:
    made = problem(refused.status, refused.detail)
    headers = {"Content-Type": "application/problem+json", "Cache-Control": "no-store", **refused.headers}
    body = msgspec.json.encode(made.content)
    headers["Content-Length"] = str(len(body))
    if refused.status in (413, 421, 431):
        headers["Connection"] = "close"
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": refused.status, "headers": pairs})
    await send({"type": "http.response.body", "body": body, "more_body": False})


_SAFE = [(name.lower().encode(), value.encode()) for name, value in SAFE.items()]


def gated(app: Litestar, settings: Settings) -> ASGIApp:
    """The application's own handler with a gate around it."""
    return Gate(app, settings)
