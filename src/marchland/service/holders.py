"""How each party is drawn, the same on every page: a colour that colour-blind readers can tell, and a letter."""

from __future__ import annotations

import msgspec

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
    """Parties that held something, the one that held most spells first."""
    key = ("holder styles",)
    if key not in ledger.memo:
        ledger.memo[key] = _styles(ledger)
    made: list[HolderStyle] = ledger.memo[key]
    return made


def _styles(ledger: Ledger) -> list[HolderStyle]:
    found = ledger.database.execute(
        "SELECT p.party_id, p.name, count(*) FROM assessed_holding h JOIN party p"
        " ON h.record LIKE '%\"holder_id\":\"' || p.party_id || '\"%' GROUP BY p.party_id, p.name ORDER BY 3 DESC, 1"
    ).fetchall()
    names = [clean(name, limit=120) for _, name, _ in found]
    return [
        HolderStyle(party_id, name, letter, min(number, COLOURS - 1))
        for number, ((party_id, _, _), name, letter) in enumerate(zip(found, names, letters(names), strict=True))
    ]
