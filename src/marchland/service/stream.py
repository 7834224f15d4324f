"""Changes as they happen, as Server-Sent Events: those made here at once, those of other processes within a second."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec
from litestar import Litestar, Request, get
from litestar.exceptions import ServiceUnavailableException
from litestar.response import Stream

from marchland.errors import MarchlandError
from marchland.service.desk import Desk
from marchland.service.headers import LIVE
from marchland.views.words import clean

_LOG = logging.getLogger("marchland.service")
LOOK = 1.0
"""Seconds between two looks whether another process has written."""
GRACE = 0.4
"""Seconds for which a write that is noticed may turn out to be one of this service, which says more of it."""
HEARTBEAT = 15.0
"""Seconds of silence after which a listener is sent a word that means nothing, so that lost ones are noticed."""
KEPT = 300
"""Events that can be told again to who was away for a moment."""
WAITING = 100
"""Events that may wait for a slow listener before it is dropped."""
MOST_PLACES = 500
_ELSEWHERE = "another process has written to the ledger"
_MISSED = "more has changed than can be told again"


class Changed(msgspec.Struct, frozen=True):
    """What was written."""

    id: str
    revision: str
    """The state of the record after it."""
    places: list[str]
    """Ids of the places about which answers may be others now, at most 500; see `all`."""
    by: str
    """Who wrote; empty where it was another process."""
    words: str
    """What was done."""
    all: bool = False
    """Whether more than these places may have changed."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a handler says that it has written."""

    places: tuple[str, ...]
    by: str
    words: str


class Board:
    """What was written lately, and who listens. All but `tell` runs on the loop."""

    def __init__(self, desk: Desk, loop: asyncio.AbstractEventLoop, most: int) -> None:
        self._desk, self._loop, self._most = desk, loop, most
        self._start, self._number = secrets.token_hex(3), 0
        self._told: asyncio.Queue[_Told] = asyncio.Queue()
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._listeners: set[asyncio.Queue[bytes | None]] = set()
        self._revision = desk.revision()
        self._stamps = self._read_stamps()
        self._closed = False

    def tell(self, told: _Told) -> None:
        """From any thread: something was written."""
        with suppress(RuntimeError):  # the loop has ended: nobody listens
            self._loop.call_soon_threadsafe(self._told.put_nowait, told)

    async def watch(self) -> None:
        """Spread what is told, and look every second whether others have written."""
        while True:
            try:
                await self._turn()
            except MarchlandError as error:
                _LOG.error("changes cannot be followed: %s", error)
                await asyncio.sleep(LOOK)

    async def _turn(self) -> None:
        told = await self._next(LOOK)
        if told is None:
            if await asyncio.to_thread(self._desk.revision) == self._revision:
                return
            told = await self._next(GRACE)
        self._spread(*await asyncio.to_thread(self._seen, told))

    async def _next(self, seconds: float) -> _Told | None:
        try:
            return await asyncio.wait_for(self._told.get(), seconds)
        except TimeoutError:
            return None

    def _seen(self, told: _Told | None) -> tuple[_Told, list[str]]:
        """What was written, and all places that it moved: those told, and those whose stamp is another."""
        self._revision = self._desk.revision()
        stamps = self._read_stamps()
        moved = {place for place, stamp in stamps.items() if self._stamps.get(place) != stamp}
        self._stamps = stamps
        told = told or _Told((), "", _ELSEWHERE)
        return told, [*told.places, *sorted(moved - set(told.places))]

    def _read_stamps(self) -> dict[str, int]:
        with self._desk.reader() as ledger:
            return dict(ledger.database.execute("SELECT place_id, revision FROM place_stamp").fetchall())

    def _spread(self, told: _Told, places: list[str]) -> None:
        self._number += 1
        more = len(places) > MOST_PLACES
        told_to = self._event(places[:MOST_PLACES], told.by, told.words, more)
        self._kept.append((self._number, told_to))
        for listener in list(self._listeners):
            self._hand(listener, told_to)

    def _event(self, places: list[str], by: str, words: str, more: bool) -> bytes:
        name = f"{self._start}-{self._number}"
        made = Changed(name, self._revision, places, clean(by, limit=200), clean(words, limit=500), more)
        return b"id: %s\nevent: changed\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(made))

    def _hand(self, listener: asyncio.Queue[bytes | None], event: bytes | None) -> None:
        """Give a listener an event; one that has not taken the last hundred is sent away."""
        if listener.full():
            self._listeners.discard(listener)
            while not listener.empty():
                listener.get_nowait()
            event = None
        listener.put_nowait(event)

    # ------------------------------------------------------------------------------------------------------- listeners

    @property
    def full(self) -> bool:
        """Whether nobody more may listen."""
        return self._closed or len(self._listeners) >= self._most

    async def listen(self, last: str) -> AsyncIterator[bytes]:
        """Events from now on, after those that came since `last`, until the service stops."""
        listener: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING)
        self._listeners.add(listener)
        try:
            yield b"retry: 2000\nid: %s-%d\n\n" % (self._start.encode(), self._number)
            for event in self._since(last):
                yield event
            while (told := await self._word(listener)) is not None:
                yield told
        finally:
            self._listeners.discard(listener)

    async def _word(self, listener: asyncio.Queue[bytes | None]) -> bytes | None:
        try:
            return await asyncio.wait_for(listener.get(), HEARTBEAT)
        except TimeoutError:
            return b": still here\n\n"

    def _since(self, last: str) -> list[bytes]:
        start, _, number = last.partition("-")
        if not last or (start == self._start and number == str(self._number)):
            return []
        first = self._kept[0][0] if self._kept else self._number + 1
        known = start == self._start and number.isdecimal() and len(number) < 18
        if not known or not first - 1 <= int(number) <= self._number:
            return [self._event([], "", _MISSED, more=True)]
        return [event for at, event in islice(self._kept, len(self._kept)) if at > int(number)]

    def close(self) -> None:
        """Send every listener away, so that the service can stop."""
        self._closed = True
        for listener in list(self._listeners):
            while not listener.empty():
                listener.get_nowait()
            listener.put_nowait(None)


def tell(app: Litestar, *, places: Iterable[str] = (), by: str = "", words: str = "") -> None:
    """Say that something was written, to every page that is open; after it was committed, from any thread."""
    board: Board | None = getattr(app.state, "board", None)
    if board is not None:
        board.tell(_Told(tuple(dict.fromkeys(places)), by, words))


@asynccontextmanager
async def watching(app: Litestar) -> AsyncIterator[None]:
    """Follows the ledger as long as the service runs."""
    board = Board(app.state.desk, asyncio.get_running_loop(), app.state.settings.listeners)
    app.state.board = board
    task = asyncio.create_task(board.watch())
    try:
        yield
    finally:
        board.close()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@get("/api/stream", tags=["changes"], opt=LIVE, media_type="text/event-stream")
async def stream(request: Request[Any, Any, Any]) -> Stream:
    """Changes as they happen, as Server-Sent Events named "changed"; Last-Event-ID gives those that were missed."""
    board: Board = request.app.state.board
    if board.full:
        raise ServiceUnavailableException("too many pages are listening", headers={"Retry-After": "30"})
    last = request.headers.get("last-event-id", "")[:100]
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Stream(board.listen(last), media_type="text/event-stream", headers=headers)


HANDLERS: list[Any] = [stream]
LIFESPAN = watching
