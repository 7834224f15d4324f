"""One claim on record with everything that became of it: copies, who took it back, what people said of it."""

from __future__ import annotations

from dataclasses import dataclass

from marchland.ledger.query import claims
from marchland.ledger.review import Review, in_force
from marchland.ledger.store import Ledger
from marchland.ledger.taken_back import TakenBack
from marchland.records import Article, Claim, ClaimRow, Resolved


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What became of a claim."""

    reviews: tuple[Review, ...] = ()
    """All that people said of it, or of a copy of it, in order of time, withdrawn or not."""
    in_force: frozenset[str] = frozenset()
    """Ids of those reviews that nobody has withdrawn."""
    taken: tuple[TakenBack, ...] = ()
    """What took it back; empty where it counts."""
    now: str | None = None
    """Its id as people have corrected it; None where they have not."""


@dataclass(frozen=True, slots=True)
class OfClaim:
    """A claim, its article, how it was read, and what became of it."""

    row: ClaimRow
    """As it stands, where it does under this id; else as it was read."""
    article: Article | None
    """None where the ledger is damaged."""
    trace: tuple[Claim, Resolved] | None
    afterwards: Afterwards
    others: tuple[ClaimRow, ...] = ()
    """Other claims on the place that count as the same witness."""
    standing: ClaimRow | None = None
    """The claim as it counts, corrected where people did so; None where it counts no longer."""


def claims_meant(ledger: Ledger, prefix: str) -> tuple[ClaimRow, ...]:
    """The claims as they were read whose id is this, or begins so, by id; also by the id that corrections gave them.

    One that has the very id is alone in the answer.
    """
    wanted = prefix.strip()
    if not wanted:
        return ()
    found = ledger.claims_like(wanted) or ledger.door.originals(wanted)
    exact = tuple(one for one in found if one.claim_id == wanted)
    return exact or found


def of_claim(ledger: Ledger, row: ClaimRow) -> OfClaim:
    """Everything about one claim, given as it was read."""
    after, now = afterwards(ledger, row), _as_it_counts(ledger, row)
    place_id = now.place_id if now else row.place_id
    same = {one.claim_id: one for one in claims(ledger, place_id=place_id)} if place_id else {}
    shown, now = same.get(row.claim_id, row), same.get(now.claim_id, now) if now else None
    witness = (now or shown).witness_id
    others = tuple(one for one in same.values() if one.witness_id == witness and one not in (now, shown))
    return OfClaim(shown, ledger.article(row.article_id), ledger.trace(row.claim_id), after, others, now)


def afterwards(ledger: Ledger, row: ClaimRow) -> Afterwards:
    """Who took a claim back, and what people said of it."""
    found = ledger.door.reviews_of(row)
    standing = ledger.door.standing_of((row,))
    held = {one.review_id for one in in_force(ledger.door.reviews())} & {one.review_id for one in found}
    taken = tuple(one for old, one in standing.aside if old.claim_id == row.claim_id)
    return Afterwards(found, frozenset(held), taken, standing.ids.get(row.claim_id))


def _as_it_counts(ledger: Ledger, row: ClaimRow) -> ClaimRow | None:
    found = ledger.door.standing_of((row,))
    wanted = found.ids.get(row.claim_id, row.claim_id)
    return next((one for one in found.rows if one.claim_id == wanted), None)
