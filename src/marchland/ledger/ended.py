"""What the table of parties knows of the end of one: a government that is gone holds nothing and loses no revenue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from marchland.claims.partytable import PartyRow, load_rows

Ended = Callable[[str], dt.date | None]


def never(party_id: str) -> dt.date | None:
    """No party is known to have ended."""
    return None


def gone_by(ended: Ended, party_id: str | None, day: dt.date) -> dt.date | None:
    """The last day of a party that was gone on a day; None where it lasted."""
    last = ended(party_id) if party_id else None
    return last if last and last < day else None


def shipped_ends() -> Ended:
    """The last day of a party by the shipped table, with what it went on as; None while it lasts. Raises BrokenData."""
    return ends(load_rows())


def ends(rows: Mapping[str, PartyRow]) -> Ended:
    """The same by some table: a party lasts as long as any of its lineage."""
    last: dict[str, dt.date | None] = {}
    for row in rows.values():
        known = last.get(row.lineage, dt.date.min)
        last[row.lineage] = None if row.end is None or known is None else max(known, row.end)

    def ended(party_id: str) -> dt.date | None:
        row = rows.get(party_id)
        return last.get(row.lineage) if row else None

    return ended
