"""Which claims count at a moment of knowledge: known by then, not taken back by then, as people had corrected them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from marchland.events.bases import SharedWords
from marchland.events.witness import joined
from marchland.ledger.review import Review, places_of, reviewed
from marchland.ledger.taken_back import TakenBack
from marchland.records import ClaimRow, Weighed


@dataclass(frozen=True, slots=True)
class Notes:
    """Everything on record that says of claims whether they count."""

    taken: Mapping[str, Sequence[TakenBack]] = field(default_factory=dict)
    """Claim id to all that took it back."""
    later: Mapping[str, str] = field(default_factory=dict)
    """Claim id to the day before which it was not known."""
    reviews: tuple[Review, ...] = ()
    """The reviews in force."""
    ratio: float = 1.0
    """Likelihood ratio of a reviewer."""
    hidden: frozenset[str] = frozenset()
    """Claims that had not come into the ledger by the moment asked about."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Some claims on one day of knowledge."""

    rows: tuple[ClaimRow, ...]
    """Those that count, by day and id; those that rest on the same words have one `witness_id`."""
    aside: tuple[tuple[ClaimRow, TakenBack], ...] = ()
    """Those that had counted, with what took each back."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """Id of a claim as it was read to its id as people have corrected it, where they have."""


def stand(rows: Sequence[ClaimRow], notes: Notes, shared: SharedWords, known_at: str | None) -> Standing:
    """The claims that count on a day of knowledge, out of rows that were published by then."""
    aside: list[tuple[ClaimRow, TakenBack]] = []
    kept: list[ClaimRow] = []
    for row in rows:
        unknown = known_at is not None and notes.later.get(row.claim_id, "") > known_at
        if unknown or row.claim_id in notes.hidden:
            continue
        gone = [one for one in notes.taken.get(row.claim_id, ()) if one.holds(known_at)]
        aside += [(row, one) for one in gone]
        if not gone:
            kept.append(row)
    made = reviewed(kept, notes.reviews, shared, notes.ratio)
    by_id = {row.claim_id: row for row in kept}
    aside += [(by_id[one.claim_id], one) for one in made.rejected]
    ordered = sorted(made.rows, key=lambda row: (_known(row, notes), row.claim_id)) if notes.reviews else made.rows
    return Standing(joined(ordered, shared), tuple(aside), made.ids)


def _known(row: ClaimRow, notes: Notes) -> str:
    return notes.later.get(row.claim_id, row.published or "9999")


def wanted(notes: Notes, place_id: str) -> tuple[str, list[str]]:
    """The clause, with its values, that finds the claims on one place: people may have moved some to it."""
    places = sorted(places_of(notes.reviews, place_id))
    beside = sorted(
        claim for one in notes.reviews for claim in one.claims
        if one.verb == "correct" and one.changes.get("place_id") == place_id and one.row and one.row.place_id is None
    )  # fmt: skip
    clause = f"place_id IN ({_marks(places)})"
    return (f"({clause} OR claim_id IN ({_marks(beside)}))" if beside else clause), [*places, *beside]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def of_place(found: Standing, place_id: str) -> Standing:
    """Only what is about one place, once people have moved claims from one to another."""
    rows = tuple(row for row in found.rows if row.place_id == place_id)
    return replace(found, rows=rows, aside=tuple(one for one in found.aside if one[0].place_id == place_id))


def taken_rows(found: Standing) -> tuple[Weighed, ...]:
    """Rows for `why` of the claims that count no longer: they weigh nothing, and say who took them back, and when."""
    return tuple(
        Weighed(
            "taken back", 0.0, f"{one.reason}, {one.words}; it said: “{row.sentence}”", row.claim_id, one.day or None,
            speaker="" if row.source == "publisher" else row.source_name or row.source, quote=row.sentence,
            outlets=(row.publisher,) if row.publisher else (), claims=(row.claim_id,),
        )
        for row, one in sorted(found.aside, key=lambda pair: (pair[1].day, pair[0].claim_id, pair[1].reason))
    )  # fmt: skip
