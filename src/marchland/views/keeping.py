"""What is printed about a ledger as a store: whether it is whole, and what was copied or merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from marchland.views.paper import Block, Line, Table
from marchland.views.words import count

if TYPE_CHECKING:
    from marchland.ledger.backup import Copied
    from marchland.ledger.check import Report
    from marchland.ledger.faults import Fault, Note
    from marchland.ledger.merge import Merged, Twin

SHOWN = 50
"""Faults, or contradictions, that are printed; `--json` has all of them."""
FEW = 5


def checked(name: str, report: Report) -> Iterator[Block]:
    """What a check found, first whether the ledger is whole."""
    if report.faults:
        yield Line(f"{name} is not whole: {count(len(report.faults), 'fault')}", "bold red")
        yield from _faults(report.faults)
    else:
        yield Line(f"{name} is whole: {_contents(report.rows)}", "bold")
    for note in report.notes:
        yield Line(_note(note))


def _contents(rows: dict[str, int]) -> str:
    names = {"article": "article", "claim": "claim", "place": "place", "skipped": "thing skipped"}
    many = {"thing skipped": "things skipped"}
    told = {table: one for table, one in names.items() if table in rows}
    told |= {table: table for table in ("review", "brief") if rows.get(table)}
    return ", ".join(count(rows[table], one, many.get(one, "")) for table, one in told.items())


def _faults(faults: Sequence[Fault]) -> Iterator[Block]:
    rows = tuple((one.table, one.row, one.what) for one in faults[:SHOWN])
    yield Table(("table", "row", "what is wrong"), rows, styles=(("what is wrong", "red"),), wide="what is wrong")
    if len(faults) > SHOWN:
        yield Line(f"and {len(faults) - SHOWN} more: see --json")
    for todo in sorted({one.todo for one in faults}):
        yield Line(f"what to do: keep this ledger as it is, and {todo}")


def _note(note: Note) -> str:
    more = f" and {len(note.rows) - FEW} more" if len(note.rows) > FEW else ""
    return f"note: {len(note.rows)} {note.what} ({', '.join(note.rows[:FEW])}{more})"


def copied(verb: str, done: Copied) -> Iterator[Block]:
    """What went over into a backup, or out of one."""
    yield Line(f"{verb} {done.place}: {_contents(done.rows)}", "bold")
    yield Line(f"{count(sum(done.rows.values()), 'row')} in {count(len(done.rows), 'table')}, read back and compared; "
               f"contents {done.digest[:16]}")  # fmt: skip


def merged(done: Merged, other: str) -> Iterator[Block]:
    """What a merge brought, and what contradicted."""
    new = _contents(done.added)
    yield Line(f"merged {other}: new are {new}; {count(done.linked, 'article')} compared for copies", "bold")
    if done.twins:
        yield Line(f"{count(len(done.twins), 'row')} differed; the rows that gave way are in table merge_twin")
        yield Table(("table", "row", "differs in", "kept"), tuple(_twin(one) for one in done.twins[:SHOWN]))
    if len(done.twins) > SHOWN:
        yield Line(f"and {len(done.twins) - SHOWN} more: see table merge_twin")


def _twin(one: Twin) -> tuple[str, ...]:
    return one.table, ", ".join(map(str, one.key)), ", ".join(one.differs), "theirs" if one.theirs_kept else "own"
