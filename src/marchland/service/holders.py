"""How each party is drawn, the same on every page: a colour that colour-blind readers can tell, and a letter."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from marchland.ledger.mapped import spell_counts
from marchland.ledger.store import Ledger
from marchland.views.page_data import letters
from marchland.views.words import clean

COLOURS = 8
"""Colours of the style sheet, `--c0` to `--c7` (Okabe and Ito); the last is for all that come after the first seven."""


class HolderStyle(msgspec.Struct, frozen=True):
    """A party that holds or held something, and how it is drawn."""

    id: str
    name: str
    letter: str
    colour: int
    """Number of the colour, 0 to 7."""


def styles(ledger: Ledger) -> list[HolderStyle]:
    """Parties that held something, the one that held most spells first.

    While places are still worked out, of those that are; before the first of them, the sides that claims tell of.
    """
    key = ("holder styles", *ledger.database.execute("SELECT count(*), coalesce(max(made), 0) FROM map_now").fetchone())
    if key not in ledger.memo:
        counted = spell_counts(ledger)
        order = sorted(counted, key=lambda one: (-counted[one], one)) or _sides(ledger)
        names: dict[str, str] = {}
        for party_id, name in order:
            names.setdefault(party_id, name)
        ledger.memo[key] = drawn(list(names.items()))
    made: list[HolderStyle] = ledger.memo[key]
    return made


def drawn(parties: Sequence[tuple[str, str]]) -> list[HolderStyle]:
    """Parties, by id and name, as they are drawn where they stand in this order."""
    names = [clean(name, limit=120) for _, name in parties]
    return [
        HolderStyle(party_id, name, letter, min(number, COLOURS - 1))
        for number, ((party_id, _), name, letter) in enumerate(zip(parties, names, letters(names), strict=True))
    ]


def _sides(ledger: Ledger) -> list[tuple[str, str]]:
    found = ledger.database.execute(
        "SELECT p.party_id, p.name FROM party p WHERE p.party_id IN (SELECT side FROM party) ORDER BY p.party_id"
    )
    return [(party_id, name) for party_id, name in found]
