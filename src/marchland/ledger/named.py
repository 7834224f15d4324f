"""What a person means by a place or a party, in the columns of a claim: for corrections by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marchland.claims.partytable import PartyRow, load_rows
from marchland.errors import Misuse
from marchland.ledger.review import Value
from marchland.records import ClaimRow, Place

_NEAR = 5
_LIKE = 80
"""How like a name must be, out of 100, to be offered in place of one that no party has."""


@dataclass(frozen=True, slots=True)
class PartyNamed:
    """A party with its names and its side."""

    party_id: str
    name: str
    aliases: tuple[str, ...]
    side: str


def parties_of(rows: Iterable[ClaimRow]) -> tuple[PartyNamed, ...]:
    """The parties that claims tell of, by id."""
    found: dict[str, PartyNamed] = {}
    for row in sorted(rows, key=lambda one: one.claim_id):
        if row.opponent_id and row.opponent_id not in found:
            found[row.opponent_id] = PartyNamed(
                row.opponent_id, row.opponent_name or row.opponent_id, (), row.opponent_side or row.opponent_id
            )
        if row.actor_id and not (row.actor_id in found and found[row.actor_id].aliases):
            found[row.actor_id] = PartyNamed(
                row.actor_id, row.actor_name or row.actor_id, row.actor_aliases, row.actor_side or row.actor_id
            )
    return tuple(found[party_id] for party_id in sorted(found))


def party_named(name: str, on_record: Iterable[PartyNamed]) -> PartyNamed:
    """The party of that id or name: one that claims tell of, else one of the shipped table. Raises Misuse."""
    known = list(on_record)
    table = load_rows()
    known += [_of_table(row, table) for row in table.values() if row.party_id not in {one.party_id for one in known}]
    wanted = name.strip().casefold()
    for fits in (_has_id, _has_name, _has_alias):
        found = [one for one in known if fits(one, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            told = "; ".join(f"{one.party_id} ({one.name})" for one in found[:_NEAR])
            raise Misuse(f'"{name}" may be more than one party; give one of these ids: {told}')
    near = "; ".join(f"{one.party_id} ({one.name})" for one in known if wanted and wanted in one.name.casefold())
    raise Misuse(f'no party is called "{name}"' + (f"; did you mean {near}?" if near else ""))


def near_parties(name: str, known: Iterable[PartyNamed], most: int = _NEAR) -> tuple[PartyNamed, ...]:
    """The parties whose names are most like a name, the likest first; none where none is."""
    from rapidfuzz import fuzz  # noqa: PLC0415  not needed for a name that is right

    wanted = name.strip().casefold()

    def likeness(one: PartyNamed) -> float:
        return max(float(fuzz.WRatio(wanted, it.casefold())) for it in (one.name, one.party_id, *one.aliases))

    ranked = sorted(((likeness(one), one) for one in known), key=lambda pair: (-pair[0], pair[1].party_id))
    return tuple(one for score, one in ranked[:most] if score >= _LIKE)


def _has_id(one: PartyNamed, wanted: str) -> bool:
    return one.party_id.casefold() == wanted


def _has_name(one: PartyNamed, wanted: str) -> bool:
    return one.name.casefold() == wanted


def _has_alias(one: PartyNamed, wanted: str) -> bool:
    return wanted in {alias.casefold() for alias in one.aliases}


def _of_table(row: PartyRow, table: Mapping[str, PartyRow]) -> PartyNamed:
    """A row of the table; its side is the root of its parents."""
    root = row
    while root.parent in table and table[root.parent].country == root.country:
        root = table[root.parent]
    return PartyNamed(row.party_id, row.name, row.aliases, root.party_id)


def actor_columns(party: PartyNamed) -> dict[str, Value]:
    """The columns of a claim that name who acts."""
    return {
        "actor": party.name, "actor_id": party.party_id, "actor_name": party.name, "actor_aliases": party.aliases,
        "actor_side": party.side,
    }  # fmt: skip


def opponent_columns(party: PartyNamed) -> dict[str, Value]:
    """The columns of a claim that name whom it was done to."""
    return {"opponent_id": party.party_id, "opponent_name": party.name, "opponent_side": party.side}


def place_columns(place: Place) -> dict[str, Value]:
    """The columns of a claim on the whole of a place."""
    return {
        "place_id": place.place_id, "place_name": place.name, "place_aliases": place.aliases, "place_kind": place.kind,
        "country": place.country, "admin1": place.admin1, "lat": place.lat, "lon": place.lon, "place_part": "",
        "place_offset_km": 0.0, "place_side": "", "place_precision": "exact", "place_radius_km": place.radius_km,
    }  # fmt: skip


def day_columns(first: str | None, last: str) -> dict[str, Value]:
    """The columns of a claim that say when: from the first day to the last; no first day is "on or before"."""
    edtf = last if first == last else f"{first or '..'}/{last}"
    return {"date_from": first, "date_to": last, "date_edtf": edtf}
