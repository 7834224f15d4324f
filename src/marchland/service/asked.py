"""What a question about one place names: the place, and the days of both clocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from litestar.params import Parameter

from marchland.errors import Absent, Misuse
from marchland.ledger.store import Ledger
from marchland.records import Place

PlaceId = Annotated[str, Parameter(max_length=200, description="Id of a place on record, such as gn:1142404.")]
FIRST, LAST = dt.date(1000, 1, 1), dt.date(2999, 12, 31)
"""Days that may be asked about."""


@dataclass(frozen=True, slots=True)
class Days:
    """Both clocks of a question."""

    at: dt.date
    """What held at the end of this day."""
    known: dt.date | None
    """What was known by this day; None for everything on record."""

    @property
    def known_word(self) -> str | None:
        """The day of knowledge as ISO 8601."""
        return self.known.isoformat() if self.known else None


def days_asked(ledger: Ledger, at: str | None, known_at: str | None) -> Days:
    """The days as they are asked; without `at` the day of knowledge, else the last on record. Raises Misuse."""
    known = day_of(known_at, "known_at")
    last = ledger.last_published() or ledger.last_day() or dt.date(1970, 1, 1)
    return Days(day_of(at, "at") or known or last, known)


def day_of(text: str | None, name: str) -> dt.date | None:
    """A day out of a parameter of that name. Raises Misuse for one that is no day, or out of all bounds."""
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        raise Misuse(f"{name} wants a day such as 2021-07-09") from None
    if not FIRST <= day <= LAST:
        raise Misuse(f"{name} wants a day between {FIRST} and {LAST}")
    return day


def place_asked(ledger: Ledger, place_id: str) -> Place:
    """The place of that id. Raises Absent where none is on record."""
    found = ledger.place(place_id) if place_id.isprintable() else None
    if found is None:
        raise Absent(f"no claim on record is about {place_id}")
    return found
