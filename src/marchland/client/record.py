"""The record from Python: `marchland.open(ledger)` asks a ledger, or a running service, the questions of the commands.

    import marchland

    with marchland.open("marchland.db") as record:
        print(record.who("Example Gate", at="2021-07-09"))
        frame = record.holdings(at="2021-07-09").pandas()

Rows have the columns of `marchland export`, whether they come from a file or from a service, and show themselves as a
table in notebooks. All text in them is of strangers: in HTML it is escaped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Protocol

from marchland.client.rows import Rows, Values, escaped
from marchland.errors import Misuse
from marchland.views.words import clean
from marchland.views.words import day as day_words

Day = dt.date | str | None


class Source(Protocol):
    """Where a record's answers come from: a ledger, or a service over one."""

    def answer(self, question: str, place: str, at: str | None, known_at: str | None) -> Values:
        """The answer to "who" or "why", as the record `Answer`, with the place's `label`."""

    def rows(self, kind: str, given: Mapping[str, str | None]) -> Iterable[Values]:
        """Rows of one kind in the columns of its export; `given` has the options of `marchland export`."""

    def places(self) -> Iterable[Values]:
        """The places on record."""

    def close(self) -> None:
        """Give back what is held open."""


class Said:
    """One answer: who held a place on a day, as far as was known by another; with `why`, the evidence in rows."""

    def __init__(self, told: Values) -> None:
        self.told = told
        """All fields, as `marchland why --json` names them."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self.told[name]
        except KeyError:
            raise AttributeError(f"an answer has no {name}; it has {', '.join(self.told)}") from None

    @property
    def evidence(self) -> Rows:
        """The rows that add up to `log_odds`; empty unless it was asked with `why`."""
        return Rows("why", self.told.get("rows") or ())

    def __repr__(self) -> str:
        return f"{clean(self.told['label'])}: {clean(self.told['verdict'])}"

    def _repr_html_(self) -> str:
        known = f", as known on {day_words(self.told['known_at'])}" if self.told["known_at"] else ""
        asked = f"<b>{escaped(self.told['label'])}</b> on {day_words(self.told['at'])}{known}"
        return f"<p>{asked}: {escaped(self.told['verdict'])}</p>" + (
            self.evidence._repr_html_() if self.evidence else ""
        )


class Record:
    """A ledger as it is asked from Python. `at` and `known_at` are days, ISO 8601 or `datetime.date`.

    Use as a context manager, or call `close`.
    """

    def __init__(self, source: Source, name: str, at: str | None = None, known_at: str | None = None) -> None:
        self._source = source
        self._name = name
        self._at, self._known_at = at, known_at

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger, or the connection to the service."""
        self._source.close()

    def __repr__(self) -> str:
        return f"<record {self._name}>"

    def on(self, at: Day = None, known_at: Day = None) -> Record:
        """The same record with other days to ask about where a question gives none."""
        return Record(self._source, self._name, _iso(at) or self._at, _iso(known_at) or self._known_at)

    def who(self, place: str, at: Day = None, known_at: Day = None) -> Said:
        """Who held a place, by name or id. Raises Absent where no place on record is meant, Misuse for two."""
        return self._asked("who", place, at, known_at)

    def why(self, place: str, at: Day = None, known_at: Day = None) -> Said:
        """The same, with the evidence row by row. Raises as `who`."""
        return self._asked("why", place, at, known_at)

    def _asked(self, question: str, place: str, at: Day, known_at: Day) -> Said:
        days = (_iso(at) or self._at, _iso(known_at) or self._known_at)
        return Said(self._source.answer(question, place, *days))

    def holdings(self, at: Day = None, known_at: Day = None) -> Rows:
        """Who held what: all spells, or with `at` those that cover the day, as likely as on that day."""
        return self._rows("holdings", at=at, known_at=known_at)

    def crossings(self, at: Day = None, known_at: Day = None) -> Rows:
        """Whether crossings were open, by direction and traffic: all spells, or those that cover the day `at`."""
        return self._rows("crossings", at=at, known_at=known_at)

    def claims(self, at: Day = None, known_at: Day = None) -> Rows:
        """What sentences say happened; with `at`, what had happened by that day."""
        return self._rows("claims", at=at, known_at=known_at)

    def events(self, at: Day = None, known_at: Day = None) -> Rows:
        """Happenings, each told by one claim or more; with `at`, those of that day or before."""
        return self._rows("events", at=at, known_at=known_at)

    def counts(self, at: Day = None, known_at: Day = None) -> Rows:
        """Counts of smaller places ("17 of 19 districts") beside the record."""
        return self._rows("counts", at=at, known_at=known_at)

    def changes(self, since: Day, known_at: Day = None, at: Day = None) -> Rows:
        """What changed between two days of knowledge, each with the sentences that did it."""
        return self._rows("changes", since=since, known_at=known_at, at=at)

    def consequences(self, first: Day = None, last: Day = None, known_at: Day = None) -> Rows:
        """What follows from who held the crossings over a period: money, people, routes."""
        return self._rows("consequences", first=first, last=last, known_at=known_at)

    def places(self) -> Rows:
        """The places on record."""
        return Rows("places", self._source.places())

    def _rows(self, kind: str, **days: Day) -> Rows:
        set_before = {"at": self._at, "known_at": self._known_at}
        given = {name: _iso(value) or set_before.get(name) for name, value in days.items()}
        if kind in ("changes", "consequences"):
            given["at"] = _iso(days.get("at"))
        return Rows(kind, self._source.rows(kind, given))


def opened(name: str) -> Record:
    """The record of a ledger's file or database, or of the service at an address (http or https)."""
    if name.startswith(("http://", "https://")):
        from marchland.client.from_service import OfService  # noqa: PLC0415  only one of the two is needed

        return Record(OfService(name), name)
    from marchland.client.from_ledger import OfLedger  # noqa: PLC0415

    return Record(OfLedger(name), name.rpartition("/")[2])


def _iso(day: Day) -> str | None:
    """A day as text. Raises Misuse for what is no day."""
    if day is None:
        return None
    try:
        return day.isoformat()[:10] if isinstance(day, dt.date) else dt.date.fromisoformat(day).isoformat()
    except ValueError:
        raise Misuse(f"{day!r} is no day such as 2021-07-09") from None
