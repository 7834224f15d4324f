"""Briefs: what the record said when somebody was told of it. The next brief of the series goes on from there.

What is kept is the record itself, not only the moment: so a brief also tells what newer rules have changed, and a late
report, printed before the last brief but come in after it, is told in the next.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from marchland.ledger.compare import Moment, with_claims
from marchland.ledger.database import Kept
from marchland.ledger.diff import View
from marchland.ledger.store import Ledger
from marchland.records import content_id

_VIEW: Kept[View] = Kept(View, "brief")


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief that was recorded."""

    brief_id: str
    name: str
    made: str
    """ISO 8601, UTC."""
    since: str
    """Id of the brief from which it went on, or a day of knowledge; empty for the beginning of the record."""
    changes: int


def briefs(ledger: Ledger, name: str | None = None) -> tuple[Brief, ...]:
    """All briefs, or those of one series, in order of time."""
    query = "SELECT brief_id, name, made, since, changes FROM brief ORDER BY made, brief_id"
    found = (Brief(*row) for row in ledger.database.execute(query).fetchall())
    return tuple(one for one in found if name is None or one.name == name)


def as_of(ledger: Ledger, brief: Brief) -> Moment:
    """What a brief was made from: the record as it was then, with the claims that had come in by then."""
    (record,) = ledger.database.execute("SELECT record FROM brief WHERE brief_id = ?", (brief.brief_id,)).fetchone()
    return with_claims(_VIEW.unpack(record), ledger.door.standing(recorded_before=brief.made))


def keep(ledger: Ledger, view: View, *, name: str, made: str, since: str, changes: int) -> Brief:
    """Record a brief. `made` is when, ISO 8601, UTC; where the clock was set back, the last moment on record counts."""
    with ledger.database.transaction():
        moments = [made, *(one.made for one in briefs(ledger)), *_last(ledger)]
        packed = _packed(view)
        made = max(moments)
        brief = Brief(content_id("brief", name, made, since, packed.hex()), name, made, since, changes)
        ledger.database.execute(
            "INSERT INTO brief VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING",
            (brief.brief_id, name, made, since, changes, packed),
        )
    return brief


def _last(ledger: Ledger) -> Sequence[str]:
    (last,) = ledger.database.execute("SELECT max(recorded_at) FROM article").fetchone()
    return [last] if last else []


def _packed(view: View) -> bytes:
    """The view without the names that places and parties also go by; what is sorted gives the same bytes."""
    bare = View(
        tuple(replace(one, place_aliases=(), holder_aliases=()) for one in view.holdings),
        tuple(replace(one, place_aliases=()) for one in view.crossings),
        view.denials,
    )
    told = {"holdings": bare.holdings, "crossings": bare.crossings, "denials": sorted(bare.denials)}
    return zlib.compress(msgspec.json.encode(told))
