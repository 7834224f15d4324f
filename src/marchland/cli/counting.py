"""The command that holds counts of smaller places against the record."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from marchland.cli.asking import day_of, existing_ledger, place_named
from marchland.cli.options import LEDGER, AtOption, KnownAtOption, LedgerOption
from marchland.cli.output import put


def counts(
    place: Annotated[str | None, typer.Argument(help="Only counts of this place, with the members by name.")] = None,
    at: AtOption = None,
    known_at: KnownAtOption = None,
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON Lines, with every name.")] = False,
) -> None:
    """What is claimed in numbers ("17 of 19 districts") beside the members on record, and what is missing.

    "short" is the count less the members on record: + where the record lacks some, - where it has more than claimed. It
    is 0 where "at least" or "at most" allows the difference.
    """
    from marchland.ledger import query  # noqa: PLC0415
    from marchland.ledger.census import counted_places  # noqa: PLC0415
    from marchland.views import counts as view  # noqa: PLC0415

    at, known_at = day_of(at, "--at"), day_of(known_at, "--known-at")
    with existing_ledger(ledger) as record:
        counted = counted_places(record)
        card = place_named(place, record, among=counted) if place and counted else None
        rows = query.counts(record, card.place_id if card else None, at=at or known_at, known_at=known_at)
    if as_json:
        sys.stdout.writelines(view.lines(rows))
    else:
        put(view.counts(rows, named=card is not None))
