"""A review from what a person asked for to what it moved: drafted, foreseen, kept once, and told.

Whoever sends the same review again, by its key or word for word, finds the one that is on record. Two people on one
claim are both on record; each is told of the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from marchland.errors import Absent, Misuse
from marchland.ledger.meant import Wish, claim_named, columns, judged
from marchland.ledger.moved import Moved, answers, moved, names_of, questions
from marchland.ledger.review import Review, in_force, made_review, order
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow, content_id

OF_CLAIM = ("accept", "reject", "correct")
TOGETHER = ("merge", "split")
READ_RIGHTLY = "read rightly"
"""The reason of those who accept a claim without another word."""
NOTHING = Wish()
TAKEN_BACK = "taken back by its reviewer"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to say of the record."""

    verb: str
    claims: tuple[str, ...]
    by: str
    because: str = ""
    wish: Wish = NOTHING
    """For `correct`: what is to have another value."""
    key: str = ""
    """As in `Review.key`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A review on record, and what came of it."""

    review: Review
    new: bool
    """False where it was on record already, so that nothing was written."""
    moved: tuple[Moved, ...] = ()
    also: tuple[Review, ...] = ()
    """What others have said of the same claims, in force."""


def drafted(ledger: Ledger, asked: Asked) -> Review:
    """The review as it would be kept. Raises Misuse for one that says nothing, Absent for a claim not on record."""
    because = asked.because or (READ_RIGHTLY if asked.verb == "accept" else "")
    if not because.strip():
        raise Misuse(f"say why: a review that is to {asked.verb} needs a reason (because)")
    made = now_after(ledger)
    if asked.verb in TOGETHER:
        claims = [row.claim_id for row in judged(ledger, asked.verb, asked.claims)]
        return made_review(asked.verb, by=asked.by, because=because, made=made, claims=claims, key=asked.key)
    if asked.verb not in OF_CLAIM or len(asked.claims) != 1:
        raise Misuse(f"to {asked.verb} wants one claim, not {len(asked.claims)}")
    row = claim_named(ledger, asked.claims[0])
    changes = columns(ledger, asked.wish) if asked.verb == "correct" else {}
    return made_review(
        asked.verb, by=asked.by, because=because, made=made, claims=[row.claim_id], row=row, changes=changes,
        key=asked.key,
    )  # fmt: skip


def now_after(ledger: Ledger) -> str:
    """Now, UTC; after every review on record, so that the newest word of a person is the last one given."""
    now = dt.datetime.now(dt.UTC)
    last = max((one.made for one in ledger.door.reviews()), default="")
    if last and last >= now.isoformat(timespec="microseconds"):
        before = dt.datetime.fromisoformat(last)
        now = max(now, before.replace(tzinfo=before.tzinfo or dt.UTC) + dt.timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def keep(ledger: Ledger, asked: Asked) -> Kept:
    """Write a review, and tell what it moved. On return it is committed. Raises as `drafted` does."""
    sent = by_key(ledger, asked.by, asked.key)
    if sent is not None:
        return Kept(sent, new=False, also=others(ledger, sent))
    review = drafted(ledger, asked)
    same = _said_already(ledger, review)
    if same is not None:
        return Kept(same, new=False, also=others(ledger, same))
    return _kept(ledger, review)


def withdraw(ledger: Ledger, review_id: str, *, by: str, because: str = "", key: str = "") -> Kept:
    """Take a review back, and tell what that moved; one that is withdrawn already stays so. Raises Absent."""
    found = next((one for one in ledger.door.reviews() if one.review_id == review_id), None)
    if found is None:
        raise Absent(f'no review on record has the id "{review_id}"')
    held = in_force(ledger.door.reviews())
    if found not in held:
        gone = [one for one in held if one.about == review_id]
        return Kept(gone[0] if gone else found, new=False)
    why = because.strip() or TAKEN_BACK
    return _kept(ledger, made_review("withdraw", by=by, because=why, made=now_after(ledger), about=review_id, key=key))


def _kept(ledger: Ledger, review: Review) -> Kept:
    asked = questions(ledger, review)
    before = answers(ledger, asked)
    new = ledger.add_review(review)
    found = moved(before, answers(ledger, asked), names_of(ledger, asked))
    return Kept(review, new, tuple(found), others(ledger, review))


def by_key(ledger: Ledger, by: str, key: str) -> Review | None:
    """The review that a program sent before under a key, if it is on record."""
    return next((one for one in ledger.door.reviews() if key and (one.by, one.key) == (by, key)), None)


def _said_already(ledger: Ledger, review: Review) -> Review | None:
    """The same review where it is the last word of its author on the same claims."""
    mine = [
        one for one in in_force(ledger.door.reviews())
        if one.by == review.by and one.verb != "withdraw" and set(one.claims) & set(review.claims)
    ]  # fmt: skip
    last = max(mine, key=order, default=None)
    if last is None or last.verb != review.verb or last.claims != review.claims or last.because != review.because:
        return None
    return last if dict(last.changes) == dict(review.changes) else None


# ---------------------------------------------------------------------------------------------------------- two people


def others(ledger: Ledger, review: Review) -> tuple[Review, ...]:
    """What other people have said of the claims of a review, in force, in order of time."""
    rows = [row for one in review.claims for row in ledger.claims_like(one, 1)]
    return tuple(one for one in said_of(ledger, rows) if one.by != review.by)


def said_of(ledger: Ledger, rows: Sequence[ClaimRow]) -> tuple[Review, ...]:
    """What people have said of some claims, or of their copies, in force, in order of time."""
    held = {one.review_id: one for one in in_force(ledger.door.reviews())}
    found = {one.review_id for row in rows for one in ledger.door.reviews_of(row)}
    return tuple(one for review_id, one in held.items() if review_id in found and one.verb != "withdraw")


def state_of(ledger: Ledger, rows: Sequence[ClaimRow]) -> str:
    """A word for what people have said of some claims: another one whenever anybody has said or taken back anything."""
    return content_id("said", *(one.review_id for one in said_of(ledger, rows)))
