"""The forms in which the review queue and reviews come and go."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from marchland.records import EVENTS
from marchland.service.answers import Json
from marchland.service.article_forms import Brief, Range

Line = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
ClaimId = Annotated[str, Meta(min_length=4, max_length=120, pattern=r"^[^\x00-\x1f/]+$")]
Event = Annotated[str, Meta(max_length=40, description=f"One of {', '.join(EVENTS)}.")]


class Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For `correct`: what is to have another value; what is left out or null stays as it was read."""

    place: Line | None = None
    """Name or id of the right place: one on record, or one of the gazetteer."""
    event: Event | None = None
    stance: Literal["asserts", "hedges", "denies", "plans"] | None = None
    actor: Line | None = None
    """Who did it: name or id of a party."""
    opponent: Line | None = None
    """To whom it was done: name or id of a party."""
    date_from: Day | None = None
    """The first day on which it may have been; wants `date_to` beside it."""
    date_to: Day | None = None
    """The last day; alone it means "on or before"."""


class NewReview(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person says of the record. Whose word it is tells the token."""

    verb: Literal["accept", "reject", "correct", "merge", "split"]
    """merge: the claims tell of one happening; split: no two of them do."""
    claims: Annotated[list[ClaimId], Meta(min_length=1, max_length=50)]
    """One claim; two or more for `merge` and `split`. Its copies in the same words are meant, too."""
    because: Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")] = ""
    """The reason; wanted for all but `accept`."""
    changes: Changes | None = None
    key: Line = ""
    """A word of your own for this review: sent again with it, nothing is written twice."""
    expected: Line | None = None
    """`state` of the item as you saw it: 409 where somebody has judged it since. Without it both are kept."""


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a review is taken back."""

    because: Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")] = ""
    key: Line = ""


class ReviewTold(msgspec.Struct, frozen=True):
    """What a person said of the record."""

    review_id: str
    verb: str
    words: str
    """With what was changed, for readers."""
    about: str
    """What it is about, for readers."""
    by: str
    because: str
    made: str
    """ISO 8601, UTC."""
    in_force: bool
    """False once it was withdrawn."""
    claims: list[str]
    """Ids of the claims as they were read; of a withdrawal, those of the review that it takes back."""
    withdraws: str | None
    """Id of the review that it takes back."""
    withdrawn_by: str | None
    """Who took it back, where somebody did."""
    place_id: str | None
    place_name: str | None
    day: str | None
    """Of a word on a holder: its day."""
    changes: Json
    """Columns of the claim and their right values, as in the export of claims."""


class StoodTold(msgspec.Struct, frozen=True):
    """Who held a place at the end of a day, in short."""

    holder_id: str | None
    holder_name: str | None
    status: str
    since: str | None
    probability: float
    passage: list[str]
    """Of a crossing, the state of each lane."""
    words: str


class MovedTold(msgspec.Struct, frozen=True):
    """An answer that is another one after a review."""

    place_id: str
    place_name: str
    at: str
    """The day of which it is the answer."""
    before: StoodTold
    after: StoodTold
    turns: bool
    """Whether it changes in words, not in its probability alone."""
    words: str


class Outcome(msgspec.Struct, frozen=True):
    """A review on record, and what came of it."""

    review: ReviewTold
    new: bool
    """False where it was on record already: nothing was written."""
    changed: list[MovedTold]
    """Answers that changed with it, those that turn first: of its places and of some that rest on them."""
    also: list[ReviewTold]
    """What others have said of the same claims, in force; yours is kept too."""
    note: str
    """The same in words; empty where nobody has."""
    state: str
    """Word for what people have said of the claims, for `expected`."""
    revision: str
    """Of the record, after it."""


class Foreseen(msgspec.Struct, frozen=True):
    """What a review would move; nothing is written."""

    changed: list[MovedTold]
    words: str
    """For readers: what it would be, and that nothing moves where nothing does."""


class DoubtTold(msgspec.Struct, frozen=True):
    """One reason to look again."""

    kind: str
    share: float
    """Of such claims that are likely to be wrong, 0 to 1."""
    words: str


class ItemTold(msgspec.Struct, frozen=True):
    """One thing to look at: a claim with its copies."""

    claim_id: str
    copies: list[str]
    """Ids of the other claims that a review of it reaches or that say the same as one witness."""
    place_id: str | None
    place_name: str | None
    place: str
    """As written."""
    country: str | None
    event: str
    stance: str
    actor_id: str | None
    actor_name: str | None
    opponent_name: str | None
    date_from: str | None
    date_to: str | None
    sentence: str
    source: str
    """Who says so, as written."""
    outlets: list[str]
    published: str | None
    article_id: str
    score: float
    """effect times doubt, by which the queue is ordered."""
    effect: float
    """How much of the answers about its place would go without it, 0 to 1."""
    exact: bool
    """Whether the filter has worked that out; else it is told from what the claim weighs."""
    doubt: float
    """The chance that something is wrong with it, 0 to 1."""
    doubts: list[DoubtTold]
    changed: list[MovedTold]
    """The answers without it, where worked out."""
    refused: bool
    """Whether no place was chosen for it, so that it counts for nothing."""
    because: str
    """Why it is here, in a line."""


class QueueTold(msgspec.Struct, frozen=True):
    """One page of the queue."""

    items: list[ItemTold]
    total: int
    next: str | None
    done: bool
    """False while effects are still being worked out: the order may change; ask again."""
    revision: str
    """The state of the record from which it is made."""


class Sibling(msgspec.Struct, frozen=True):
    """Another claim on the place."""

    claim_id: str
    sentence: str
    event: str
    stance: str
    actor_name: str | None
    date_from: str | None
    date_to: str | None
    publisher: str | None
    published: str | None
    together: bool
    """Whether both tell of one happening, as the record has it."""


class ItemWhole(msgspec.Struct, frozen=True):
    """Everything that is needed to decide about one claim."""

    item: ItemTold
    claim: Json
    """As exported; as people have corrected it, where they have."""
    counts: bool
    """Whether it counts today."""
    state: str
    """Word for what people have said of it, for `expected`."""
    reviews: list[ReviewTold]
    """What people have said of it or of a copy, withdrawn or not."""
    article: Brief
    context: Range
    """The sentence with some text on either side, as it stands in the article."""
    sentence: Range
    spans: list[Json]
    """Parts of the claim where they stand in the article: role, start, end, text."""
    parts: list[Json]
    """Each part as written, as understood, and why."""
    rivals: list[Json]
    """Places that the words may mean, best first, with the reasons."""
    reading: Json
    """How sure the reading is: rows in log-odds that add up."""
    others: list[Sibling]
    """Other claims on the place, nearest in time first: to merge or split."""
    without: list[MovedTold]
    """What would change if the claim were rejected."""


class PlaceTold(msgspec.Struct, frozen=True):
    """A place that a name may mean."""

    place_id: str
    name: str
    kind: str
    country: str
    admin1: str
    lat: float
    lon: float
    on_record: bool
