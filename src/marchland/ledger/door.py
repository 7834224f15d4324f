"""The one door through which claims leave a ledger: as they stand on a day of knowledge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from marchland.errors import Misuse
from marchland.events.bases import SharedWords
from marchland.events.judgement import Judgement
from marchland.events.weights import load_weights
from marchland.ledger.database import Database, Kept
from marchland.ledger.review import CLASS, Review, about, copies_of, in_force, judgements
from marchland.ledger.standing import Notes, Standing, of_place, stand, wanted
from marchland.ledger.taken_back import TakenBack
from marchland.ledger.takenbook import TakenBook
from marchland.records import EVENTS, ClaimRow

_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")
_REVIEW: Kept[Review] = Kept(Review, "review")


Shared = Callable[[Sequence[ClaimRow] | None], SharedWords]
"""Which sentences are the same words: over everything, or as far as it bears on some claims."""


class Door:
    """Claims with what was taken back, and what people said of them. `memo` is forgotten when anything is added."""

    def __init__(self, database: Database, memo: dict[object, Any], shared: Shared) -> None:
        self._db = database
        self._memo = memo
        self._shared = shared

    def standing(
        self, place_id: str | None = None, known_at: str | None = None, recorded_before: str | None = None
    ) -> Standing:
        """The claims that count, and those that were taken back, on a day of knowledge (ISO 8601; None for now).

        With `recorded_before`, only what had come into this ledger before that moment, UTC.
        """
        notes = self._notes(known_at) if recorded_before is None else self._notes_before(known_at, recorded_before)
        clauses, values = ([], []) if known_at is None else (["known <= ?"], [known_at])
        if place_id is not None:
            clause, found = wanted(notes, place_id)
            clauses.append(clause)
            values += found
        if recorded_before is not None:
            clauses.append("article_id IN (SELECT article_id FROM article WHERE recorded_at < ?)")
            values.append(recorded_before)
        query = f"SELECT record FROM claim WHERE {' AND '.join(clauses) or 'TRUE'} ORDER BY known, claim_id"
        rows = [_ROW.decode(record) for (record,) in self._db.execute(query, values)]
        if place_id is None:
            return stand(rows, notes, self._shared_words(), known_at)
        near = [one.row for one in notes.reviews if one.row is not None]
        return of_place(stand(rows, notes, self._shared([*rows, *near]), known_at), place_id)

    def standing_of(self, rows: Sequence[ClaimRow], known_at: str | None = None) -> Standing:
        """How some claims, given as they were read, stand on a day of knowledge; what else is on record is not told.

        Claims of one witness are joined only as far as they are among these.
        """
        notes = self._notes(known_at)
        held = tuple(one for one in notes.reviews if not one.of_holder)
        near = [one.row for one in held if one.row is not None]
        return stand(rows, replace(notes, reviews=held), self._shared([*rows, *near]), known_at)

    def gone(self, known_at: str | None = None) -> frozenset[str]:
        """Ids of the claims that count on no account on a day of knowledge, whatever people said of them: taken back
        by their publisher or by a newer reading, or not yet known."""
        taken, later = self._taken()
        back = {claim_id for claim_id, many in taken.items() if any(one.holds(known_at) for one in many)}
        unknown = {claim_id for claim_id, day in later.items() if known_at is not None and day > known_at}
        return frozenset(back | unknown)

    def touched(self, known_at: str | None = None) -> tuple[ClaimRow, ...]:
        """The claims, as they were read, that the reviews in force on a day of knowledge reach; copies among them."""
        key = ("touched", known_at)
        if key not in self._memo:
            asked = [one.row for one in in_force(self.reviews(), known_at) if one.row is not None and one.claims]
            near = {row.claim_id: row for one in asked for row in (one, *self.copies_of(one))}
            gone = self.gone(known_at)
            self._memo[key] = tuple(
                row for row in near.values() if row.claim_id not in gone and self._known_by(row, known_at)
            )
        found: tuple[ClaimRow, ...] = self._memo[key]
        return found

    def _known_by(self, row: ClaimRow, day: str | None) -> bool:
        asked = "SELECT 1 FROM claim WHERE claim_id = ? AND known <= ?"
        return day is None or self._db.execute(asked, (row.claim_id, day)).fetchone() is not None

    def words_of_reviewers(self, known_at: str | None = None) -> tuple[ClaimRow, ...]:
        """What people said of holders, as claims."""
        held = in_force(self.reviews(), known_at)
        return tuple(one.row for one in held if one.of_holder and one.row is not None)

    def newest(self, most: int) -> tuple[ClaimRow, ...]:
        """The claims, as they were read, that became known last; `most` of them."""
        found = self._db.execute("SELECT record FROM claim ORDER BY known DESC, claim_id LIMIT ?", (most,))
        return tuple(_ROW.decode(record) for (record,) in found)

    def refused(self) -> Standing:
        """The claims about control whose place was refused, and to which nobody has given one since."""
        events = ", ".join(f"'{one}'" for one in EVENTS)
        query = f"SELECT record FROM claim WHERE place_id IS NULL AND event IN ({events}) ORDER BY known, claim_id"
        rows = [_ROW.decode(record) for (record,) in self._db.execute(query)]
        found = self.standing_of(rows)
        return replace(found, rows=tuple(row for row in found.rows if row.place_id is None))

    def days(self, place_id: str) -> tuple[str, ...]:
        """The days on which something about a place became known, was taken back or was reviewed, in order."""
        clause, values = wanted(self._notes(None), place_id)
        found = self._db.execute(f"SELECT claim_id, known FROM claim WHERE {clause}", values).fetchall()
        taken, later = self._taken()
        days = {known for _, known in found}
        for claim_id, _ in found:
            days |= {one.day for one in taken.get(claim_id, ()) if one.day} | {later.get(claim_id, "")}
        days |= {one.day for one in self.reviews() if place_id in self.places_of(one)}
        return tuple(sorted(days - {""}))

    def originals(self, prefix: str, most: int = 10) -> tuple[ClaimRow, ...]:
        """Claims as they were read whose id as people have corrected them begins so."""
        ids = self._corrected_ids()
        return tuple(self._rows(sorted(old for old, new in ids.items() if new.startswith(prefix))[:most]))

    def _corrected_ids(self) -> Mapping[str, str]:
        """Id of each claim as it was read to its id as people have corrected it, where they have."""
        if "corrected ids" not in self._memo:
            self._memo["corrected ids"] = self.standing_of(self.touched()).ids
        found: Mapping[str, str] = self._memo["corrected ids"]
        return found

    def reviews_of(self, row: ClaimRow) -> tuple[Review, ...]:
        """What people have said of a claim, or of a copy of it, in order of time, withdrawn or not."""
        rows = [one.row for one in self.reviews() if one.row is not None]
        return about(row, self.reviews(), self._shared([row, *rows])) if self.reviews() else ()

    def copies_of(self, row: ClaimRow) -> tuple[ClaimRow, ...]:
        """The other claims, as they were read, that a review of a claim reaches."""
        if not row.place_id:
            return ()
        asked = "SELECT record FROM claim WHERE place_id = ? ORDER BY known, claim_id"
        rows = [_ROW.decode(record) for (record,) in self._db.execute(asked, (row.place_id,))]
        return copies_of(row, rows, self._shared([row, *rows]))

    def places_of(self, review: Review) -> set[str]:
        """The places whose answers a review may change."""
        if review.about:
            return {place for one in self.reviews() if one.review_id == review.about for place in self.places_of(one)}
        rows = [review.row] if review.row else self._rows(review.claims)
        moved = review.changes.get("place_id")
        return {row.place_id for row in rows if row.place_id} | ({str(moved)} if moved else set())

    def _rows(self, claim_ids: Sequence[str]) -> list[ClaimRow]:
        found = (
            self._db.execute("SELECT record FROM claim WHERE claim_id = ?", (one,)).fetchone() for one in claim_ids
        )
        return [_ROW.decode(row[0]) for row in found if row]

    def _notes(self, known_at: str | None) -> Notes:
        """What says of claims whether they count."""
        taken, later = self._taken()
        held = in_force(self.reviews(), known_at)
        return Notes(taken, later, held, load_weights().ratio_of(CLASS) if held else 1.0)

    def _notes_before(self, known_at: str | None, moment: str) -> Notes:
        """The same as it was recorded before a moment; a later reading of an article by other rules is left out."""
        taken, later = self._taken()
        early = {claim_id: [one for one in many if one.recorded_at < moment] for claim_id, many in taken.items()}
        hidden = frozenset(TakenBook(self._db).read_since(moment))
        held = in_force((one for one in self.reviews() if one.made < moment), known_at)
        return Notes(early, later, held, load_weights().ratio_of(CLASS) if held else 1.0, hidden)

    def _taken(self) -> tuple[Mapping[str, Sequence[TakenBack]], Mapping[str, str]]:
        if "taken" not in self._memo:
            book = TakenBook(self._db)
            self._memo["taken"] = (book.taken(), book.later())
        found: tuple[Mapping[str, Sequence[TakenBack]], Mapping[str, str]] = self._memo["taken"]
        return found

    def _shared_words(self) -> SharedWords:
        if "shared words" not in self._memo:
            self._memo["shared words"] = self._shared(None)
        shared: SharedWords = self._memo["shared words"]
        return shared

    def reviews(self) -> tuple[Review, ...]:
        """All that people have said of the record, in order of time, withdrawn or not."""
        if "reviews" not in self._memo:
            found = self._db.execute("SELECT record FROM review ORDER BY made, review_id")
            self._memo["reviews"] = tuple(_REVIEW.decode(record) for (record,) in found)
        made: tuple[Review, ...] = self._memo["reviews"]
        return made

    def judgements(self, known_at: str | None = None, place_id: str | None = None) -> tuple[Judgement, ...]:
        """What people have decided about events by a day of knowledge: merges and splits.

        With `place_id`, in the ids that the claims on that place have: that is enough to work out that place.
        """
        held = [one for one in in_force(self.reviews(), known_at) if one.verb in ("merge", "split")]
        return judgements(held, self.standing(place_id, known_at).ids) if held else ()

    def keep(self, review: Review) -> bool:
        """Write a review inside the caller's transaction; whether it is new. Misuse for one that is about nothing."""
        for claim_id in review.claims:
            if self._db.execute("SELECT 1 FROM claim WHERE claim_id = ?", (claim_id,)).fetchone() is None:
                raise Misuse(f"no claim on record has the id {claim_id}")
        if review.about and review.about not in {one.review_id for one in self.reviews()}:
            raise Misuse(f"no review on record has the id {review.about}")
        record = msgspec.json.encode(review).decode()
        cursor = self._db.execute(
            "INSERT INTO review VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
            (review.review_id, review.verb, review.made, review.by, record),
        )
        return bool(cursor.rowcount)
