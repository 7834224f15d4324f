"""What may be wrong with a ledger, and the small questions that checks ask of a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

RESTORE = (
    'bring back a copy with "marchland ledger restore BACKUP --ledger NEW", or read the report again into a new one'
)
AGAIN = 'put it into a new ledger with "marchland ledger merge THIS --ledger NEW", which makes what is derived again'


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a ledger that is not as it was written, or contradicts the rest."""

    table: str
    row: str
    """The key of the row; empty for the whole table or file."""
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Note:
    """Nothing broken, but worth knowing."""

    what: str
    rows: tuple[str, ...]
    """Keys of the rows, sorted."""


def spans(table: str, row: str, record: object, length: int) -> Iterator[Fault]:
    """Ranges of characters, however deep in a record, that do not lie in their text."""
    outside = sorted({pair for pair in _ranges(record) if not 0 <= pair[0] <= pair[1] <= length})
    if outside:
        told = ", ".join(f"{start} to {end}" for start, end in outside[:3])
        yield Fault(table, row, f"points at {told} of a text of {length} characters", RESTORE)


def _ranges(record: object) -> Iterator[tuple[int, int]]:
    if isinstance(record, Mapping):
        start, end = record.get("start"), record.get("end")
        if isinstance(start, int) and isinstance(end, int):
            yield start, end
        record = record.values()
    elif not isinstance(record, list | tuple):
        return
    for part in record:
        if isinstance(part, Mapping | list | tuple):
            yield from _ranges(part)


def is_day(day: str | None) -> bool:
    """Whether it is a day, ISO 8601, or none."""
    try:
        return day is None or dt.date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def is_moment(moment: str) -> bool:
    """Whether it is a moment with its zone, ISO 8601."""
    try:
        return dt.datetime.fromisoformat(moment).tzinfo is not None
    except ValueError:
        return False
