"""The service behind a socket: what is taken from slow or greedy clients, and how it stops."""

from __future__ import annotations

import socket

import uvicorn
from litestar import Litestar

from marchland.errors import Misuse
from marchland.service.gate import LONGEST_HEAD, is_here
from marchland.service.settings import Settings

CONNECTIONS = 400
"""Connections at once; more are answered 503."""
PATIENCE = 1
"""Seconds for which answers that are under way are waited for when the service stops."""


class Server(uvicorn.Server):
    """Sends the pages that listen for changes away before it stops, as they would never go by themselves."""

    def __init__(self, app: Litestar) -> None:
        super().__init__(
            uvicorn.Config(
                app, http="h11", ws="none", lifespan="on", loop="asyncio", log_level="warning", access_log=False,
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
