"""The command that shows who bears witness to what."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from marchland.cli.asking import day_of, existing_ledger, place_named
from marchland.cli.options import LEDGER, KnownAtOption, LedgerOption, PlaceArgument
from marchland.cli.output import put


def witnesses(
    place: PlaceArgument,
    known_at: KnownAtOption = None,
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object, with every claim and link.")] = False,
) -> None:
    """Who bears witness to what at a place: each witness with its claims, and why these are one witness."""
    from marchland.ledger.parties import shipped_rules  # noqa: PLC0415
    from marchland.ledger.testimony import heard  # noqa: PLC0415
    from marchland.views import testimony  # noqa: PLC0415

    known_at = day_of(known_at, "--known-at")
    with existing_ledger(ledger) as record:
        card = place_named(place, record)
        rules = shipped_rules()
        found = heard(record, card.place_id, rules.weights, rules.same_side, known_at)
    if as_json:
        sys.stdout.write(testimony.as_json(found))
    else:
        put(testimony.blocks(found, card.label))
