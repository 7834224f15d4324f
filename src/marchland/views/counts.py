"""Counts of smaller places beside the record, as a table for people and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from marchland.records import CountRow
from marchland.views import export
from marchland.views.paper import Block, Line, Table
from marchland.views.words import clean, count, day, escaped

_MOST_NAMES = 24


def counts(rows: Sequence[CountRow], *, named: bool) -> Iterator[Block]:
    """What is claimed beside what is on record; with `named`, which members those are."""
    if not rows:
        yield Line("no count of smaller places on record")
        return
    headers = ("place", "holder", "count", "claimed by", "day", "of ours", "on record", "likely", "short", "note")
    yield Table(
        headers, tuple(_cells(row) for row in rows), styles=(("place", "bold"), ("short", "yellow"), ("note", "dim")),
        right=frozenset({"of ours", "on record", "likely", "short"}), whole=frozenset({"day"}), wide="note",
        spare=("note", "likely"),
    )  # fmt: skip
    yield Line("of ours: the count in terms of our list of members; likely: four fifths of the probability lie there; "
               "short: the count less the members on record (+ the record lacks some, - it has more)")  # fmt: skip
    if named:
        for row in _one_a_day(rows):
            yield Line()
            yield from _members(row)


def _cells(row: CountRow) -> tuple[str, ...]:
    ours = f"{row.claimed:g} of {row.members}" if row.claimed is not None else ""
    by = clean(row.claimant, limit=60) + (" (own gain)" if row.interested else "")
    return (
        clean(row.place_name), clean(row.holder_name, limit=60), clean(row.text, limit=80), by, day(row.day), ours,
        str(row.on_record) if row.members else "", f"{row.expected_low} to {row.expected_high}" if row.members else "",
        f"{row.shortfall:+g}" if row.shortfall is not None else "", clean(row.note),
    )  # fmt: skip


def _one_a_day(rows: Sequence[CountRow]) -> Iterator[CountRow]:
    """One row for each kind of member, side and day: the names on record are the same for all of them."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = (row.place_id, "district" if row.kind == "territory" else row.kind, row.holder_id, row.day)
        if row.members and key not in seen:
            seen.add(key)
            yield row


def _members(row: CountRow) -> Iterator[Block]:
    kind = "district" if row.kind == "territory" else row.kind
    kinds = {"country": "countries"}.get(kind, kind + "s")
    where = f"{kinds} of {clean(row.place_name)} on {day(row.day)}"
    yield Line(f"{where}, for {clean(row.holder_name, limit=60)}", "bold")
    groups = (("on record for it", row.held), ("fought over", row.contested), ("held by others", row.not_held),
              ("holder unknown", row.unknown))  # fmt: skip
    for words, names in groups:
        if names:
            yield Line(f"{words}, {len(names)}: {_listed(names)}")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(clean(name, limit=80) for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {count(more, 'other')}" if more > 0 else shown


def lines(rows: Sequence[CountRow]) -> Iterator[str]:
    """One JSON object a line, in the columns of the export; control characters are escaped."""
    for row in rows:
        yield escaped(json.dumps(export.record("counts", row), ensure_ascii=False)) + "\n"
