"""What the shipped tables know of sides and crossings, in the form that the filter asks for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping

from marchland.claims.partytable import ARMED_KINDS, PartyRow, load_rows
from marchland.claims.states import with_states
from marchland.events.weights import load_weights
from marchland.ledger.ended import ends
from marchland.ledger.fuse import PartyRef, PlaceRef, Rules
from marchland.ledger.likenames import is_against, is_alias, same_name
from marchland.ledger.passage import Posts
from marchland.places.countries import load_countries
from marchland.places.crossings import load_crossings
from marchland.places.names import key


def shipped_rules(without: Collection[str] = ()) -> Rules:
    """The filter with the shipped weights and table of parties, less those of the countries or ids in `without`.

    Raises BrokenData.
    """
    rows = with_states(load_rows(without), load_countries().values())
    table = _Table(rows)
    return Rules(load_weights(), table.same_side, table.opposed, table.government, table.party, ends(rows))


class _Table:
    """Questions to the table of parties."""

    def __init__(self, rows: Mapping[str, PartyRow]) -> None:
        self._rows = rows
        self._forces = Counter(row.parent for row in rows.values() if row.kind == "state-forces")
        self._names: dict[str, frozenset[str]] = {}
        self._governments: dict[str, list[PartyRow]] = {}
        for row in rows.values():
            if row.kind in ("government", "de-facto-authority") and row.country and not row.parent:
                self._governments.setdefault(row.country, []).append(row)

    def same_side(self, one: str, other: str) -> bool:
        """One party under two names, or armed groups of one country that are allies."""
        a, b = self._rows.get(one), self._rows.get(other)
        if one == other:
            return True
        if a is None or b is None:
            return self._by_name(a, b, one, other)
        if self._lineages(a) & self._lineages(b):
            return True
        armed = a.kind in ARMED_KINDS and b.kind in ARMED_KINDS and a.country == b.country
        return armed and (other in a.allies or one in b.allies)

    def _by_name(self, a: PartyRow | None, b: PartyRow | None, one: str, other: str) -> bool:
        """Where the table does not have both: by the words that they go by."""
        if a is None and b is None:
            return same_name(one, other)
        listed, unlisted = (a, other) if a is not None else (b, one)
        if listed is None:
            return False
        here = not listed.country or unlisted.startswith(f"x:{listed.country.lower()}:")
        if is_against(unlisted):
            return listed.kind in ARMED_KINDS and here
        return is_alias(unlisted, self._plain_names(listed))

    def _plain_names(self, row: PartyRow) -> frozenset[str]:
        """Its names that need no context, as they are written in ids."""
        if row.party_id not in self._names:
            plain = (name for name in row.aliases if name.lower() not in row.starred)
            self._names[row.party_id] = frozenset(key(name).replace(" ", "-") for name in plain)
        return self._names[row.party_id]

    def _lineages(self, row: PartyRow) -> set[str]:
        """Its own lineage and those it stands under, but for parents it is at war with or of another country."""
        found = {row.lineage}
        parent = self._rows.get(row.parent)
        while parent and parent.country == row.country and parent.party_id not in row.opponents:
            if parent.lineage in found:
                break
            found.add(parent.lineage)
            parent = self._rows.get(parent.parent)
        return found

    def opposed(self, one: str, other: str) -> bool:
        """Whether the table has them at war."""
        a, b = self._rows.get(one), self._rows.get(other)
        return (a is not None and other in a.opponents) or (b is not None and one in b.opponents)

    def government(self, place: PlaceRef, day: dt.date) -> PartyRef | None:
        """The government of the place's country on that day: of several, the one that most armed forces stand under."""
        found = [row for row in self._governments.get(place.country or "", ()) if row.valid(day)]
        found.sort(key=lambda row: (row.kind != "government", -self._forces[row.party_id], row.party_id))
        return self.party(found[0].party_id) if found else None

    def party(self, side: str) -> PartyRef | None:
        """A side with all its names."""
        row = self._rows.get(side)
        return PartyRef(side, row.name, row.aliases) if row else None


def shipped_posts() -> dict[str, Posts]:
    """The posts of every shipped crossing, by the id of its place. Raises BrokenData."""
    return {
        one.place.place_id: Posts(one.place.country, one.post_a, one.place.other_country, one.post_b)
        for one in load_crossings()
    }
