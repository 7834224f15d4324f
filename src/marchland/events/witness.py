"""Witnesses, not outlets: rows that rest on one utterance or one text count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marchland.events.told import Told, family


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness: the row that says it best, and all the rows that repeat it."""

    best: Told
    rows: tuple[Told, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all its claims, sorted."""
        return tuple(sorted({one.row.claim_id for one in self.rows}))

    @property
    def known(self) -> int | None:
        """The day it was first heard."""
        return min((one.known for one in self.rows if one.known is not None), default=None)


def witnesses(rows: Iterable[Told]) -> tuple[Witness, ...]:
    """The witnesses behind some rows, in an order that does not depend on theirs."""
    groups: dict[tuple[object, ...], list[Told]] = {}
    for one in sorted({row.row.claim_id: row for row in rows}.values(), key=_order):
        held = [groups[key] for key in _keys(one) if key in groups]
        merged = held[0] if held else []
        for other in held[1:]:
            if other is not merged:
                merged.extend(other)
        merged.append(one)
        for member in list(merged):
            groups.update(dict.fromkeys(_keys(member), merged))
    unique = {id(group): group for group in groups.values()}.values()
    made = (Witness(min(group, key=_rank), tuple(sorted(group, key=_order))) for group in unique)
    return tuple(sorted(made, key=lambda one: (one.known or 0, one.best.row.claim_id)))


def by_witness(found: Sequence[Witness]) -> dict[str, Witness]:
    """Claim id to its witness."""
    return {claim: one for one in found for claim in one.claims}


def _keys(one: Told) -> tuple[tuple[object, ...], ...]:
    """What makes two rows one witness: the witness id, or one named speaker on one deed of one day."""
    row = one.row
    keys: list[tuple[object, ...]] = [("id", row.witness_id or row.claim_id, row.stance == "denies")]
    if row.source != "publisher" and row.source_name and row.date_from and row.source_class != "anonymous":
        keys.append(("said", row.source_name, family(row.event), row.stance, row.date_from, row.date_to))
    return tuple(keys)


def _rank(one: Told) -> tuple[object, ...]:
    """Best first: a told day before none, narrow before wide, well read before badly read, then by id."""
    return (one.width is None, -one.row.reading, one.width or 0, one.row.claim_id)


def _order(one: Told) -> tuple[object, ...]:
    return (one.known or 0, one.row.claim_id)


def by_place(rows: Iterable[Told]) -> dict[str, list[Told]]:
    """Rows of each place; rows without a place are left out."""
    places: dict[str, list[Told]] = defaultdict(list)
    for one in rows:
        if one.row.place_id:
            places[one.row.place_id].append(one)
    return places
