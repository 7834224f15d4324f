"""How each party is drawn, the same on every page: a colour that colour-blind readers can tell, and a letter.

Parties of one lineage, as a movement and the state that it became, have one colour and a letter each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from marchland.claims.partytable import PartyRow, load_rows
from marchland.claims.states import with_states
from marchland.ledger.mapped import post_counts, spell_counts
from marchland.ledger.store import Ledger
from marchland.places.countries import load_countries
from marchland.views.page_data import letters
from marchland.views.words import clean

COLOURS = 8
"""Colours of the style sheet, `--c0` to `--c7` (Okabe and Ito); the last is for all that come after the first seven."""
NAME = 120
"""Characters of a name that are shown."""


class HolderStyle(msgspec.Struct, frozen=True):
    """A party that holds or held something or stands at a post, and how it is drawn."""

    id: str
    name: str
    letter: str
    colour: int
    """Number of the colour, 0 to 7."""


def styles(ledger: Ledger) -> list[HolderStyle]:
    """Parties that held something, the one that held most spells first; then those that only stand at posts.

    While places are still worked out, of those that are; before the first of them, the sides that claims tell of.
    """
    key = ("holder styles", *ledger.database.execute("SELECT count(*), coalesce(max(made), 0) FROM map_now").fetchone())
    if key not in ledger.memo:
        counted = spell_counts(ledger)
        order = sorted(counted, key=lambda one: (-counted[one], one)) or _sides(ledger)
        names: dict[str, str] = {}
        for party_id, name in (*order, *_at_posts(ledger, {name for _, name in order})):
            names.setdefault(party_id, name)
        ledger.memo[key] = drawn(list(names.items()))
    made: list[HolderStyle] = ledger.memo[key]
    return made


def drawn(parties: Sequence[tuple[str, str]]) -> list[HolderStyle]:
    """Parties, by id and name, as they are drawn where they stand in this order."""
    names = [clean(name, limit=NAME) for _, name in parties]
    found = zip(parties, names, letters(names), _colours([party_id for party_id, _ in parties]), strict=True)
    return [HolderStyle(party_id, name, letter, colour) for (party_id, _), name, letter, colour in found]


def _colours(party_ids: Iterable[str]) -> list[int]:
    """Number of the colour of each party: that of the first of its lineage, or the next one."""
    table = _table()
    families: dict[str, int] = {}
    lineages = (table[one].lineage if one in table else one for one in party_ids)
    return [min(families.setdefault(one, len(families)), COLOURS - 1) for one in lineages]


def _at_posts(ledger: Ledger, known: set[str]) -> list[tuple[str, str]]:
    """Id and name of the parties at posts of crossings that are not among those of these names, commonest first."""
    counted = post_counts(ledger)
    order = sorted(counted.keys() - known, key=lambda name: (-counted[name], name))
    return [(_id_of(ledger, name), name) for name in order]


def _id_of(ledger: Ledger, name: str) -> str:
    """The party of that name on record, else the one of the shipped table, else the name itself."""
    asked = "SELECT party_id FROM party WHERE name = ? ORDER BY party_id"
    found = ledger.database.execute(asked, (name,)).fetchone()
    return str(found[0]) if found else _ids().get(name, name)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, PartyRow]:
    """The shipped table of parties, with the states that it leaves out."""
    return with_states(load_rows(), load_countries().values())


@lru_cache(maxsize=1)
def _ids() -> Mapping[str, str]:
    """Ids of the parties of the shipped table by name."""
    return {row.name: party_id for party_id, row in _table().items()}


def party_names(ledger: Ledger, ids: Iterable[str]) -> dict[str, str]:
    """The name of each party by its id: as it is on record, else as the table has it, else the words of the id."""
    wanted = sorted({one for one in ids if one})
    asked = f"SELECT party_id, name FROM party WHERE party_id IN ({', '.join('?' * len(wanted))})"
    recorded = dict(ledger.database.execute(asked, wanted).fetchall()) if wanted else {}
    return {one: name_of(one, recorded) for one in wanted}


def name_of(party_id: str, recorded: Mapping[str, str]) -> str:
    """The name of one party, where `recorded` has those on record by id; an id that neither has is told as words."""
    name = recorded.get(party_id)
    if not name:
        listed = _table().get(party_id)
        name = listed.name if listed else party_id.rsplit(":", 1)[-1].replace("-", " ")
    return clean(name, limit=200)


def _sides(ledger: Ledger) -> list[tuple[str, str]]:
    found = ledger.database.execute(
        "SELECT p.party_id, p.name FROM party p WHERE p.party_id IN (SELECT side FROM party) ORDER BY p.party_id"
    )
    return [(party_id, name) for party_id, name in found]
