"""The ledger as a service uses it: some connections for questions, one for writing, and a number for its state."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from marchland import __version__
from marchland.errors import StoreFailed
from marchland.ledger.assess import method
from marchland.ledger.database import is_address
from marchland.ledger.store import Ledger

_PATIENCE = 30.0
"""Seconds for which a question waits for a connection."""
_REMEMBERED = 300
"""Answers that a connection remembers; some are large, and whoever asks about day after day would fill the memory."""
_STATE = (
    "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM review), (SELECT count(*) FROM reading),"
    " (SELECT count(*) FROM taken_back), (SELECT count(*) FROM skipped), count(*), CAST (sum(revision) AS INTEGER)"
    " FROM place_stamp"
)


class Desk:
    """Connections to one ledger, lent to one thread at a time. Close it at the end."""

    def __init__(self, name: str, *, readers: int = 4) -> None:
        """Open `readers` connections for questions and two more. Raises as `Ledger.open` does."""
        self.name = name
        self._seen: dict[int, int] = {}
        self._states: dict[int, str] = {}
        self._open: list[Ledger] = []
        self._free: queue.LifoQueue[Ledger] = queue.LifoQueue()
        self._writing = threading.RLock()
        self._looking = threading.Lock()
        self._writer, self._watch = self._opened(), self._opened()
        if not is_address(name):
            self._writer.database.execute("PRAGMA synchronous = FULL")
        for _ in range(readers):
            self._free.put(self._opened())

    @property
    def shown_name(self) -> str:
        """The ledger's name for readers: no folder, no password."""
        return self._watch.database.name.rpartition("/")[2]

    def _opened(self) -> Ledger:
        made = Ledger.open(self.name, create=False, shared=True)
        self._open.append(made)
        return made

    @contextmanager
    def reader(self) -> Iterator[Ledger]:
        """A connection for a question; what it remembers is forgotten when somebody has written meanwhile."""
        try:
            ledger = self._free.get(timeout=_PATIENCE)
        except queue.Empty:
            raise StoreFailed("too many questions at once; ask again in a moment") from None
        try:
            self._renew(ledger)
            yield ledger
        finally:
            if len(ledger.memo) > _REMEMBERED:
                ledger.memo.clear()
            self._free.put(ledger)

    @contextmanager
    def writer(self) -> Iterator[Ledger]:
        """The connection for writing; one thread at a time. What it commits outlives a failure of power."""
        with self._writing:
            self._renew(self._writer)
            yield self._writer

    def revision(self) -> str:
        """A word for the state of the record: another one whenever something was written that may change an answer."""
        with self._looking:
            return self._renew(self._watch)

    def _renew(self, ledger: Ledger) -> str:
        """Forget what a connection remembers if the record has changed; its state."""
        key, others = id(ledger), ledger.database.others()
        if self._seen.get(key) == others and key in self._states and ledger is not self._writer:
            return self._states[key]
        found = repr((__version__, method(ledger), ledger.database.execute(_STATE).fetchone()))
        state = hashlib.sha256(found.encode()).hexdigest()[:16]
        if self._states.get(key) != state:
            ledger.memo.clear()
        self._seen[key], self._states[key] = others, state
        return state

    def close(self) -> None:
        """Close every connection."""
        for ledger in self._open:
            ledger.close()
