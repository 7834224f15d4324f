"""How much each address has asked lately: two numbers for each, where Litestar's own limit lists every request."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

MOST = 10_000
"""Addresses remembered; of more, those that asked last."""


class Rates:
    """A bucket for each address: it holds half a minute's worth, and fills up again as time goes by."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, a_minute: int) -> float:
        """Seconds until a request of `key` may come; 0 where it may now, and then it is counted."""
        left = self._left(key, a_minute)
        if left < 1:
            return (1 - left) * 60 / a_minute
        self._keep(key, left - 1)
        return 0.0

    def spent(self, key: str, a_minute: int) -> bool:
        """Whether nothing is left for `key`; nothing is counted."""
        return self._left(key, a_minute) < 1

    def _left(self, key: str, a_minute: int) -> float:
        most, now = max(1.0, a_minute / 2), self._clock()
        left, then = self._kept.get(key, (most, now))
        return min(most, left + (now - then) * a_minute / 60)

    def _keep(self, key: str, left: float) -> None:
        self._kept[key] = (left, self._clock())
        self._kept.move_to_end(key)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
