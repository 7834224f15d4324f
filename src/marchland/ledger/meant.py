"""What a person means who reviews: which claims, which place, which days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from marchland.errors import Absent, Misuse
from marchland.ledger import query
from marchland.ledger.named import (
    PartyNamed,
    actor_columns,
    day_columns,
    opponent_columns,
    party_named,
    place_columns,
)
from marchland.ledger.of_claim import claims_meant
from marchland.ledger.review import Value
from marchland.ledger.store import Ledger
from marchland.places.gazetteer import Gazetteer
from marchland.records import ClaimRow, Place

_SHOWN = 8
"""Places that are told of where a name may be several."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person would have another value; None leaves it as it was read."""

    place: str | None = None
    event: str | None = None
    stance: str | None = None
    actor: str | None = None
    opponent: str | None = None
    first: str | None = None
    """The first day on which it may have been, ISO 8601; wants `last` beside it."""
    last: str | None = None
    """The last day; alone: on or before it."""


def claim_named(ledger: Ledger, prefix: str) -> ClaimRow:
    """The claim as it was read, by its id or that of the claim as corrected, or their beginning. Raises Misuse."""
    found = claims_meant(ledger, prefix)
    if len(found) == 1:
        return found[0]
    if found:
        raise Misuse(f'more than one claim has an id that begins with "{prefix.strip()}"; give more of it')
    told = f'no claim on record has an id that begins with "{prefix.strip()}"'
    raise Absent(f"{told}; marchland why, timeline and export claims show them")


def columns(ledger: Ledger, wish: Wish) -> dict[str, Value]:
    """The columns of a claim that a correction changes. Raises Misuse where a name is none, or nothing is changed."""
    parties = parties_on_record(ledger) if wish.actor or wish.opponent else ()
    changes: dict[str, Value] = days(wish.first, wish.last)
    changes |= place_columns(place_meant(ledger, wish.place)) if wish.place else {}
    changes |= {"event": wish.event} if wish.event else {}
    changes |= {"stance": wish.stance} if wish.stance else {}
    changes |= actor_columns(party_named(wish.actor, parties)) if wish.actor else {}
    changes |= opponent_columns(party_named(wish.opponent, parties)) if wish.opponent else {}
    if not changes:
        raise Misuse("nothing is corrected: give a place, an event, a stance, an actor, an opponent or a day")
    return changes


def days(first: str | None, last: str | None) -> dict[str, Value]:
    """The columns for the days of a claim; none where none is given. Raises Misuse for days that make no range."""
    if first and not last:
        raise Misuse("--from wants --to beside it: a first day wants a last one")
    if first and last and first > last:
        raise Misuse(f"--from {first} is after --to {last}")
    return day_columns(first, last) if last else {}


def place_meant(ledger: Ledger, name: str) -> Place:
    """A place on record, else one of the gazetteer. Raises Misuse where the name is none, or of several."""
    found = places_meant(ledger, name)
    if len(found) == 1:
        return found[0]
    told = "; ".join(f"{one.place_id} ({one.name}, {one.kind}, {one.admin1}, {one.country})" for one in found[:_SHOWN])
    raise Misuse(
        f'"{name}" may be more than one place; give its id: {told}' if found else f'no place is called "{name}"'
    )


def places_meant(ledger: Ledger, name: str) -> Sequence[Place]:
    """The places that a name or an id may mean: the one on record, else all of the gazetteer."""
    folded = " ".join(name.split()).casefold()
    known = ledger.place(name)
    mine = [known] if known else [one for one in ledger.places() if one.name.casefold() == folded]
    if len(mine) == 1:
        return mine
    gazetteer = Gazetteer.open()
    by_id = gazetteer.get(name)
    return [by_id] if by_id else mine or list(gazetteer.lookup(name))


def judged(ledger: Ledger, verb: str, ids: Iterable[str]) -> list[ClaimRow]:
    """The claims that a merge or a split is about: two or more, of one place; a merge may name events."""
    found = {row.claim_id: row for one in ids for row in _claims_of(ledger, one, whole=verb == "merge")}
    if len(found) < 2:
        raise Misuse(f"marchland review {verb} wants two claims or more")
    rows = [found[claim] for claim in sorted(found)]
    if len({row.place_id for row in rows}) > 1:
        raise Misuse(f"claims on two places are never one happening; nothing to {verb}")
    return rows


def _claims_of(ledger: Ledger, wanted: str, *, whole: bool) -> Sequence[ClaimRow]:
    """The claim of that id; or, where `whole` is set, all claims of the event of that id."""
    if any(one.claim_id == wanted for one in ledger.claims_like(wanted, 1)):
        return [claim_named(ledger, wanted)]
    events = [one for one in query.events(ledger) if wanted and one.event_id.startswith(wanted)] if whole else []
    if len(events) == 1:
        return [claim_named(ledger, claim) for claim in events[0].claims]
    return [claim_named(ledger, wanted)]


def parties_on_record(ledger: Ledger) -> list[PartyNamed]:
    """Every party that a claim on record names, by id."""
    found = ledger.database.execute("SELECT party_id, name, side, aliases FROM party ORDER BY party_id")
    return [
        PartyNamed(party_id, name, tuple(msgspec.json.decode(aliases)), side)
        for party_id, name, side, aliases in found
    ]  # fmt: skip
