"""Reviews and items of the queue in the forms in which they leave the API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from marchland.ledger.moved import Moved, Stood
from marchland.ledger.queue import Item
from marchland.ledger.review import Review, in_force
from marchland.ledger.store import Ledger
from marchland.service.review_forms import DoubtTold, ItemTold, MovedTold, ReviewTold, StoodTold
from marchland.views.moved import because_words, moved_words, stood_words
from marchland.views.reviews import about_words, verb_words

MOST_MOVED = 60
"""Answers of one outcome that are told."""


def review_told(one: Review, held: Sequence[Review], back: Review | None = None) -> ReviewTold:
    """A review; `held` are all that are in force, `back` is the one that it takes back."""
    gone = next((it for it in held if it.about == one.review_id), None)
    meant = one if back is None else back
    words = about_words(one) if back is None else f"{verb_words(back)} by {back.by}, {about_words(back)}"
    row = meant.row
    return ReviewTold(
        review_id=one.review_id, verb=one.verb, words=verb_words(one), about=words, by=one.by,
        because=one.because, made=one.made, in_force=one in held, claims=list(meant.claims),
        withdraws=one.about or None, withdrawn_by=gone.by if gone else None,
        place_id=row.place_id if row else None, place_name=row.place_name or row.place if row else None,
        day=row.date_to if row and meant.of_holder else None, changes=msgspec.to_builtins(dict(one.changes)),
    )  # fmt: skip


def reviews_told(ledger: Ledger, found: Iterable[Review]) -> list[ReviewTold]:
    """Some reviews, in their order."""
    held = in_force(ledger.door.reviews())
    every = {one.review_id: one for one in ledger.door.reviews()}
    return [review_told(one, held, every.get(one.about)) for one in found]


def stood_told(one: Stood) -> StoodTold:
    """Who held a place on a day."""
    return StoodTold(
        one.holder_id, one.holder_name, one.status, one.since, one.probability, list(one.passage), stood_words(one)
    )


def moved_told(found: Iterable[Moved]) -> list[MovedTold]:
    """Answers that changed, or would."""
    return [
        MovedTold(one.place_id, one.place_name, one.before.at, stood_told(one.before), stood_told(one.after), one.turns,
                  moved_words(one))
        for one in list(found)[:MOST_MOVED]
    ]  # fmt: skip


def item_told(one: Item) -> ItemTold:
    """One item of the queue."""
    row = one.row
    return ItemTold(
        claim_id=row.claim_id, copies=[claim for claim in one.claims if claim != row.claim_id], place_id=row.place_id,
        place_name=row.place_name, place=row.place, country=row.country, event=row.event, stance=row.stance,
        actor_id=row.actor_id, actor_name=row.actor_name, opponent_name=row.opponent_name, date_from=row.date_from,
        date_to=row.date_to, sentence=row.sentence, source=row.source_name or row.source, outlets=list(one.outlets),
        published=row.published, article_id=row.article_id, score=one.score, effect=round(one.effect.share, 4),
        exact=one.effect.exact, doubt=round(one.doubt, 4),
        doubts=[DoubtTold(it.kind, it.share, it.words) for it in one.doubts], changed=moved_told(one.effect.moved),
        refused=row.place_id is None, because=because_words(one),
    )  # fmt: skip
