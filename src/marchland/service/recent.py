"""Changes between two days of knowledge as the service lists them: kept for a while, and never waited for too long.

An earlier day of knowledge that nobody has asked about may have to be worked out for every place. A few places are
worked out while the reader waits; for many, a thread with a connection of its own does it, and the reader is told how
far it is.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from marchland.briefs import Asked, period
from marchland.consequences.settings import load_settings
from marchland.errors import Misuse
from marchland.ledger import query
from marchland.ledger.between import Noted, Span, in_order, noted, places_of_news, told, waiting
from marchland.ledger.compare import Wanted
from marchland.ledger.diff import ChangeRow
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow, HoldingRow
from marchland.views.briefing import Briefing, briefing

_LOG = logging.getLogger("marchland.service")
AT_ONCE = 150
"""Places that are worked out while the reader waits: a second or two."""
_KEPT = 12
"""Lists of changes that are kept."""
_PAUSE = 0.005
"""Seconds of rest after each place that is worked out in the background, so that questions are answered meanwhile."""

_KEPT_TOLD = 2000
"""Changes whose sentences are kept."""
Told = tuple[ChangeRow, dict[str, ClaimRow]]
Key = tuple[str, Span, Wanted, bool]


@dataclass(frozen=True, slots=True)
class Found:
    """The changes, as far as both days of knowledge are worked out."""

    changes: list[Noted]
    waiting: int
    """Places that are still to be worked out; changes at these are not among them."""
    places: int
    """Places on record."""


class _Stopped(Exception):
    """The service ends."""


class Warming:
    """Works out days of knowledge one after the other, in a thread that begins when there is something to do."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._days: dict[str | None, frozenset[str] | None] = {}
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def want(self, day: str | None, first: frozenset[str] = frozenset()) -> None:
        """Have a day worked out: some places before all other work, the rest after what was asked for before."""
        with self._lock:
            self._days.setdefault(day, first)
            if self._thread is None and not self._end.is_set():
                self._thread = threading.Thread(target=self._work, name="days of knowledge", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stop within the time that one lot of places takes."""
        self._end.set()
        thread = self._thread
        if thread is not None:
            thread.join(timeout=30)

    def _work(self) -> None:
        try:
            with Ledger.open(self._name, create=False, shared=True) as ledger:
                while (todo := self._next()) is not None:
                    ledger.memo.clear()
                    query.refresh(ledger, known_at=todo[0], only=todo[1], changed=self._rest)
                    self._done(*todo)
        except _Stopped:
            return
        except Exception as error:  # whatever it is, the next who asks begins anew
            _LOG.warning("an earlier day of knowledge could not be worked out: %s", error, exc_info=error)
            self._forget()

    def _next(self) -> tuple[str | None, frozenset[str] | None] | None:
        """A day and the places of it that come first; once they are done, a day with None, for all the rest."""
        with self._lock:
            if self._days and not self._end.is_set():
                return next((one for one in self._days.items() if one[1] is not None), next(iter(self._days.items())))
            self._thread = None
            return None

    def _done(self, day: str | None, places: frozenset[str] | None) -> None:
        with self._lock:
            if places is None:
                self._days.pop(day, None)
            else:
                self._days[day] = None

    def _forget(self) -> None:
        with self._lock:
            self._days.clear()
            self._thread = None

    def _rest(self, place_id: str, before: Sequence[HoldingRow], after: Sequence[HoldingRow]) -> None:
        if self._end.wait(_PAUSE):
            raise _Stopped


class Recent:
    """Lists of changes for one ledger."""

    def __init__(self, name: str) -> None:
        self.warming = Warming(name)
        self._lists: OrderedDict[Key, Found] = OrderedDict()
        self._told: OrderedDict[tuple[str, Span, str], Told] = OrderedDict()
        self._briefs: OrderedDict[tuple[str, Asked], Briefing] = OrderedDict()
        self._lock = threading.Lock()

    def between(
        self, ledger: Ledger, revision: str, span: Span, wanted: Wanted, *, denials: bool = True
    ) -> Found:  # fmt: skip
        """The changes, as far as they are worked out."""
        in_order(span)
        key = (revision, span, wanted, denials)
        with self._lock:
            if key in self._lists:
                self._lists.move_to_end(key)
                return self._lists[key]
        left = frozenset[str]() if wanted.place_id else self._left(ledger, span)
        asked = set(ledger.place_ids(wanted.country)) if wanted.country else set(ledger.place_ids())
        found = Found(noted(ledger, span, wanted, without=left, denials=denials), len(left & asked), len(asked))
        with self._lock:
            if not found.waiting:
                self._lists[key] = found
            while len(self._lists) > _KEPT:
                self._lists.popitem(last=False)
        return found

    def told(self, ledger: Ledger, revision: str, span: Span, changes: Sequence[Noted]) -> list[Told]:
        """Some of the changes with what made each."""
        keys = [(revision, span, one.row.change_id) for one in changes]
        with self._lock:
            have = {key: self._told[key] for key in keys if key in self._told}
        missing = [one for key, one in zip(keys, changes, strict=True) if key not in have]
        made = {(revision, span, row.change_id): (row, claims) for row, claims in told(ledger, span, missing)}
        with self._lock:
            self._told.update(made)
            while len(self._told) > _KEPT_TOLD:
                self._told.popitem(last=False)
        return [have.get(key) or made[key] for key in keys]

    def brief(self, ledger: Ledger, revision: str, asked: Asked) -> Briefing | Found:
        """A brief; or, where that must be waited for, how far the work is."""
        key = (revision, asked)
        with self._lock:
            if key in self._briefs:
                self._briefs.move_to_end(key)
                return self._briefs[key]
        found = self.between(ledger, revision, asked.span, asked.wanted)
        if found.waiting:
            return found
        made = briefing(period(ledger, asked, found.changes), load_settings())
        with self._lock:
            self._briefs[key] = made
            while len(self._briefs) > _KEPT:
                self._briefs.popitem(last=False)
        return made

    def _left(self, ledger: Ledger, span: Span) -> frozenset[str]:
        """Places for which nobody is kept waiting: a thread works them out, those with news first."""
        days = waiting(ledger, span)
        if sum(map(len, days.values())) <= AT_ONCE:
            return frozenset()
        first = places_of_news(ledger, span)
        for day in (one for one, places in days.items() if places):
            self.warming.want(day, first)
        return frozenset(place for places in days.values() for place in places)

    def close(self) -> None:
        """End the work in the background."""
        self.warming.close()


def span_of(ledger: Ledger, since: str | None, until: str | None, at: str | None = None, *, days: int | None) -> Span:
    """Two days of knowledge as asked for. Raises Misuse.

    Without `since` it is so many days before the later day, or with None the beginning of the record.
    """
    for name, day in (("since", since), ("until", until), ("at", at)):
        checked(day, name)
    last = ledger.last_day(until)
    if since is None and days is not None and last is not None:
        since = (last - dt.timedelta(days=min(days, last.toordinal() - 1))).isoformat()
    (first,) = ledger.database.execute("SELECT min(known) FROM claim").fetchone()
    if since is not None and (first is None or since < str(first)[:10]):
        since = None if until is None or since <= until else since
    return Span(since, until, at)


def checked(day: str | None, name: str) -> str | None:
    """A day that the calendar has. Raises Misuse."""
    if day is None:
        return None
    try:
        return dt.date.fromisoformat(day).isoformat()
    except ValueError:
        raise Misuse(f"{name}: {day!r} is no day of the calendar; write it as YYYY-MM-DD") from None
