"""The review queue while the service runs: made in the background, kept for one state of the record, shown at once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from litestar import Litestar

from marchland.ledger.queue import Item
from marchland.ledger.queue_book import QueueBook
from marchland.ledger.store import Ledger
from marchland.service.desk import Desk

_LOG = logging.getLogger("marchland.service")
AGAIN = 20.0
"""Seconds after which a queue is made again that was made before all holdings were worked out."""
PATIENCE = 5.0
"""Seconds for which the first question waits for the first round."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The queue as far as it is made."""

    items: tuple[Item, ...]
    revision: str
    """The state of the record from which it is made; an older one while a new queue is not there yet."""
    done: bool
    """Whether all effects that are to be worked out are."""


class Keeper:
    """Makes the queue in a thread of its own, with a connection of its own, whenever it is asked for anew."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._book = desk, QueueBook()
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._wanted = ""
        self._made = 0.0
        self._shown = Shown((), "", done=False)

    def shown(self) -> Shown:
        """The queue now; the work on a newer one goes on behind it."""
        revision = self._desk.revision()
        with self._change:
            late = not self._shown.done and time.monotonic() - self._made > AGAIN
            if self._shown.revision != revision or late:
                self._want(revision)
            self._change.wait_for(lambda: self._shown.revision or self._thread is None, PATIENCE)
            return self._shown

    def item(self, claim_id: str) -> Item | None:
        """The item that a claim belongs to, if it is in the queue as last made."""
        return next((one for one in self._shown.items if claim_id in one.claims), None)

    def _want(self, revision: str) -> None:
        self._wanted = revision
        if self._thread is None and not self._stopped:
            self._thread = threading.Thread(target=self._work, name="review queue", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        """Make the queue for the state that is wanted last, until there is none but that."""
        try:
            with Ledger.open(self._desk.name, create=False, shared=True) as ledger:
                while self._make(ledger):
                    ledger.memo.clear()
        except Exception:  # whatever it is, the next question tries again
            _LOG.exception("the review queue could not be made")
            self._book = QueueBook()
        finally:
            with self._change:
                self._thread = None
                self._change.notify_all()

    def _make(self, ledger: Ledger) -> bool:
        """One queue, round by round; whether another one is wanted already."""
        revision = self._wanted
        last: list[Item] = []
        for last in self._book.rounds(ledger):
            if self._stopped:
                return False
            self._show(last, revision, done=False)
            if self._wanted != revision:
                return True
        self._show(last, revision, done=not self._book.waits)
        self._made = time.monotonic()
        return self._wanted != revision

    def _show(self, items: list[Item], revision: str, *, done: bool) -> None:
        with self._change:
            self._shown = Shown(tuple(items), revision, done)
            self._change.notify_all()

    def stop(self) -> None:
        """End the work; wait for the place that is being worked out."""
        self._stopped = True
        thread = self._thread
        if thread is not None:
            thread.join(timeout=10)


@asynccontextmanager
async def keeping(app: Litestar) -> AsyncIterator[None]:
    """The queue of a service, from its start to its end."""
    app.state.review_queue = keeper = Keeper(app.state.desk)
    try:
        yield
    finally:
        keeper.stop()
