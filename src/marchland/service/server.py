"""The service behind a socket: what is taken from slow or greedy clients, and how it stops."""

from __future__ import annotations

import asyncio
import socket

import h11
import uvicorn
from litestar import Litestar
from uvicorn.protocols.http.h11_impl import H11Protocol

from marchland.errors import Misuse
from marchland.service.gate import LONGEST_HEAD, is_here
from marchland.service.settings import Settings

CONNECTIONS = 400
"""Connections at once; more are answered 503."""
SLOWEST_HEAD = 20.0
"""Seconds for which the first line and the headers of a request are waited for."""
PATIENCE = 1
"""Seconds for which answers that are under way are waited for when the service stops."""


class PatientTo(H11Protocol):
    """Ends a connection on which the head of a request does not come to its end in time."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._late = self.loop.call_later(SLOWEST_HEAD, transport.close)

    def data_received(self, data: bytes) -> None:
        """Wait on while a head is not whole, which uvicorn would for ever."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._late is None:
            self._late = self.loop.call_later(SLOWEST_HEAD, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


class Server(uvicorn.Server):
    """Sends the pages that listen for changes away before it stops, as they would never go by themselves."""

    def __init__(self, app: Litestar) -> None:
        super().__init__(
            uvicorn.Config(
                app, http=PatientTo, ws="none", lifespan="on", loop="asyncio", log_level="warning", access_log=False,
                proxy_headers=False, server_header=False, limit_concurrency=CONNECTIONS, timeout_keep_alive=20,
                timeout_graceful_shutdown=PATIENCE, h11_max_incomplete_event_size=LONGEST_HEAD, backlog=512,
            )
        )  # fmt: skip
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        if board := getattr(self._app.state, "board", None):
            board.close()
        await super().shutdown(sockets)


def listening(settings: Settings) -> socket.socket:
    """The socket to listen on. Raises Misuse where the port is taken or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, else asyncio sets no TCP_NODELAY,
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # and every answer waits 40 ms for an ACK
    try:
        made.bind((settings.host, settings.port))
    except OverflowError:
        made.close()
        raise Misuse(f"there is no port {settings.port}; it is a number up to 65535") from None
    except OSError as error:
        made.close()
        where = f"{settings.host}, port {settings.port}"
        raise Misuse(f"nothing can listen on {where}: {error.strerror}; name another with --port or --host") from error
    made.listen(512)
    return made


def only_here(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine alone."""
    return host == "localhost" or is_here(host)
