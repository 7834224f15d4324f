"""The command that holds counts of smaller places against the record."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.asking import day_of, existing_ledger, place_named
from marchland.cli.options import LEDGER, AtOption, KnownAtOption, LedgerOption
from marchland.cli.output import put, tell
from marchland.views.find import cards_on_record
from marchland.views.words import clean

if TYPE_CHECKING:
    from marchland.ledger.store import Ledger
    from marchland.views.terminal import PlaceCard


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
        card = _counted_place(place, record, counted) if place else None
        rows = query.counts(record, card.place_id if card else None, at=at or known_at, known_at=known_at)
    if as_json:
        sys.stdout.writelines(view.lines(rows))
    else:
        put(view.counts(rows, named=card is not None))


def _counted_place(name: str, record: Ledger, counted: Collection[str]) -> PlaceCard:
    """The place of which anything is counted that a name means; otherwise says so and exits with 1."""
    from marchland.views.find import find_place  # noqa: PLC0415

    cards = cards_on_record(record, counted)
    found = find_place(name, cards)
    if found.card or found.choices:
        return place_named(name, record, among=counted)
    card = place_named(name, record)
    told = ", ".join(sorted({clean(one.name) for one in cards}))
    tell(f"no count of smaller places for {clean(card.label)}" + (f"; there are counts for {told}" if told else ""))
    raise typer.Exit(1)
