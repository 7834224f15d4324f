"""Lists that were worked out and are asked for again, page by page: kept as long as the record stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from litestar import Request

from marchland.ledger.store import Ledger
from marchland.service.desk import Desk

T = TypeVar("T")
MOST = 24
"""Lists that are kept at once."""


class Kept:
    """Answers by question and state of the record. Each is worked out once, whoever asks meanwhile."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer kept under a key, or a new one."""
        with self._lock:
            if key in self._made:
                return cast("T", self._found(key))
            mine = self._making.setdefault(key, threading.Lock())
        with mine:
            with self._lock:
                if key in self._made:
                    return cast("T", self._found(key))
            try:
                return self._keep(key, make())
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _found(self, key: Hashable) -> Any:
        self._made.move_to_end(key)
        return self._made[key]

    def _keep(self, key: Hashable, made: T) -> T:
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made


_SHELF = threading.Lock()


def kept(request: Request[Any, Any, Any], question: Hashable, make: Callable[[Ledger], T]) -> T:
    """What `make` answers, worked out once for each state of the record.

    To be asked without a connection in hand: whoever waits for the same answer must not keep others from asking.
    """
    state = request.app.state
    with _SHELF:
        if not hasattr(state, "kept_lists"):
            state.kept_lists = Kept()
    shelf: Kept = state.kept_lists
    desk: Desk = state.desk

    def made() -> T:
        with desk.reader() as ledger:
            return make(ledger)

    return shelf.get((desk.revision(), question), made)
