"""The queue of what is worth a look, and what people say of it.

Whatever is written is committed before it is acknowledged. Two people who review one claim are both kept, and each is
told of the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, JSONBody, PathParameter, QueryParameter

from marchland.errors import MarchlandError, Misuse
from marchland.ledger import judging, query
from marchland.ledger.doubts import KINDS
from marchland.ledger.judging import Asked, Kept
from marchland.ledger.meant import Wish, claim_named, places_meant
from marchland.ledger.moved import foreseen
from marchland.ledger.of_claim import OfClaim, of_claim
from marchland.ledger.queue import Item, lone_item, sharpened
from marchland.ledger.queue_book import without_one
from marchland.ledger.review import in_force, made_review
from marchland.ledger.store import Ledger
from marchland.records import EVENTS, Article, ClaimRow, Span
from marchland.service import access, stream
from marchland.service.answers import Limit, Offset, following, plain
from marchland.service.article_forms import Brief, Range
from marchland.service.desk import Desk
from marchland.service.headers import LIVE
from marchland.service.holders import party_names
from marchland.service.problems import problem
from marchland.service.review_forms import (
    Changes,
    Foreseen,
    ItemWhole,
    MovedTold,
    NewReview,
    Outcome,
    PlaceTold,
    QueueTold,
    Sibling,
    Withdrawal,
)
from marchland.service.review_queue import Keeper, keeping
from marchland.service.review_told import item_told, moved_told, reviews_told
from marchland.views import explain
from marchland.views.words import clean

CONTEXT = 500
"""Characters of the article on either side of the sentence."""
SIBLINGS = 40
"""Other claims on the place that are told of."""
PLACES = 30
"""Places that a name may mean, at most."""
_PLAIN = r"^[^\x00-\x1f]*$"
_ID = r"^[^\x00-\x1f/]+$"
Word = Annotated[str | None, QueryParameter(max_length=200, pattern=_PLAIN)]
Id = Annotated[str, PathParameter(min_length=4, max_length=120, pattern=_ID)]


# --------------------------------------------------------------------------------------------------------------- queue


@get("/api/review/queue", sync_to_thread=True, tags=["review"], opt=LIVE)
def queue(
    request: Request[Any, Any, Any],
    country: Annotated[str | None, QueryParameter(pattern=r"^[A-Za-z]{2}$", description="ISO alpha-2.")] = None,
    place: Word = None,
    event: Annotated[str | None, QueryParameter(max_length=40, description=f"One of {', '.join(EVENTS)}.")] = None,
    stance: FromQuery[Literal["asserts", "hedges", "denies", "plans"] | None] = None,
    outlet: Word = None,
    doubt: Annotated[str | None, QueryParameter(max_length=40, description=f"One of {', '.join(KINDS)}.")] = None,
    reviewer: Word = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> QueueTold:
    """What is worth a look, by effect on the answers times doubt; with `reviewer`, what that person has judged."""
    wanted = _wanted(country, place, event, stance, outlet, doubt)
    desk: Desk = request.app.state.desk
    if reviewer:
        with desk.reader() as ledger:
            found, done, revision = _judged_by(ledger, reviewer), True, desk.revision()
    else:
        shown = _keeper(request).shown()
        found, done, revision = list(shown.items), shown.done, shown.revision
        done = done and revision == desk.revision()
    kept = [one for one in found if all(fits(one) for fits in wanted)]
    more = following(request, limit, offset) if offset + limit < len(kept) else None
    told = [item_told(one) for one in kept[offset : offset + limit]]
    return QueueTold(told, len(kept), more, done, revision)


def _keeper(request: Request[Any, Any, Any]) -> Keeper:
    state = request.app.state
    if "review_queue" not in state:
        state.review_queue = Keeper(state.desk)
    keeper: Keeper = state.review_queue
    return keeper


def _wanted(
    country: str | None, place: str | None, event: str | None, stance: str | None, outlet: str | None, doubt: str | None
) -> list[Callable[[Item], bool]]:
    """What an item has to be, each as a question."""
    if event and event not in EVENTS:
        raise Misuse(f'no event is called "{clean(event, limit=40)}"; choose one of {", ".join(EVENTS)}')
    if doubt and doubt not in KINDS:
        raise Misuse(f'no doubt is called "{clean(doubt, limit=40)}"; choose one of {", ".join(KINDS)}')
    found: list[tuple[str | None, Callable[[Item], bool]]] = [
        (country, lambda one: (one.row.country or "").casefold() == (country or "").casefold()),
        (place, lambda one: _is_at(one.row, place or "")),
        (event, lambda one: one.row.event == event),
        (stance, lambda one: one.row.stance == stance),
        (outlet, lambda one: any((outlet or "").casefold() in name.casefold() for name in one.outlets)),
        (doubt, lambda one: any(it.kind == doubt for it in one.doubts)),
    ]
    return [fits for asked, fits in found if asked]


def _is_at(row: ClaimRow, place: str) -> bool:
    names = (row.place_id or "", row.place_name or "", row.place, *row.place_aliases)
    return place.casefold() in {one.casefold() for one in names}


def _judged_by(ledger: Ledger, name: str) -> list[Item]:
    """The claims that a person has judged, the newest judgement first."""
    mine = [one for one in in_force(ledger.door.reviews()) if one.by.casefold() == name.casefold() and one.claims]
    rows = {claim: row for one in mine[::-1] for claim in one.claims for row in ledger.claims_like(claim, 1)}
    return [_bare_item(ledger, row) for row in rows.values()]


def _bare_item(ledger: Ledger, row: ClaimRow) -> Item:
    """A claim as an item, with an effect told from its weight."""
    return lone_item(row, query.rules(ledger).weights)


# ------------------------------------------------------------------------------------------------------------ one item


@get("/api/review/queue/{claim_id:str}", sync_to_thread=True, tags=["review"])
def queue_item(request: Request[Any, Any, Any], claim_id: Id) -> ItemWhole:
    """Everything needed to decide about one claim: it is in its article, with rivals, reviews and what it moves."""
    desk: Desk = request.app.state.desk
    keeper = _keeper(request)
    with desk.reader() as ledger:
        row = claim_named(ledger, claim_id)
        found = of_claim(ledger, row)
        if found.article is None:
            raise MarchlandError(f"the article of claim {row.claim_id} is not in the ledger")
        item = _worked_out(ledger, keeper.item(row.claim_id), row, found.standing)
        return _whole(ledger, found, found.article, item)


def _worked_out(ledger: Ledger, item: Item | None, row: ClaimRow, now: ClaimRow | None) -> Item:
    """The item of a claim with its effect worked out, also where the queue has not come to that.

    `now` is the claim as it counts; None where it counts no longer.
    """
    if item is not None and item.effect.exact:
        return item
    made, last = item or _bare_item(ledger, row), ledger.last_day()
    trace = ledger.trace(row.claim_id)
    effect, asked = None, now or row
    if asked.place_id and last:
        effect = without_one(ledger, asked.place_id, last).effect(asked, {*made.claims, asked.claim_id})
    return sharpened(made, trace[1] if trace else None, effect)


def _whole(ledger: Ledger, found: OfClaim, article: Article, item: Item) -> ItemWhole:
    row, now = found.row, found.standing
    sides = party_names(ledger, explain.sides_of(row))
    card = explain.frame_card(row.frame)
    made = explain.explanation(row, article, found.trace, card, others=len(found.others), sides=sides)
    told: Any = explain.plain(made)
    published = article.published.last_day if article.published else None
    refusal = made_review(
        "reject", by="nobody", because="a question", made=judging.now_after(ledger), claims=[row.claim_id], row=row
    )
    return ItemWhole(
        item=item_told(item), claim=plain("claims", now or row), counts=now is not None,
        state=judging.state_of(ledger, [row]), reviews=reviews_told(ledger, found.afterwards.reviews),
        article=Brief(article.article_id, article.headline or article.text[:120], article.publisher,
                      published.isoformat() if published else None, article.url),
        context=_context(article.text, Span(row.start, row.end)),
        sentence=Range(row.start, row.end, article.text[row.start : row.end]), spans=told["spans"],
        parts=told["parts"], rivals=told["rivals"], reading=told["reading"], others=_siblings(ledger, now or row),
        without=moved_told(foreseen(ledger, refusal)),
    )  # fmt: skip


def _context(text: str, sentence: Span) -> Range:
    """The sentence with some text on either side, cut between words."""
    start, end = max(sentence.start - CONTEXT, 0), min(sentence.end + CONTEXT, len(text))
    if start:
        start = min(text.find(" ", start, sentence.start) + 1 or sentence.start, sentence.start)
    if end < len(text):
        end = max(text.rfind(" ", sentence.end, end), sentence.end)
    return Range(start, end, text[start:end])


def _siblings(ledger: Ledger, row: ClaimRow) -> list[Sibling]:
    if not row.place_id:
        return []
    rows = {one.claim_id: one for one in query.claims(ledger, place_id=row.place_id) if one.event in EVENTS}
    mine = rows.get(row.claim_id, row)

    def apart(one: ClaimRow) -> tuple[bool, int, str]:
        return (not _together(one, mine), abs(_day(one) - _day(mine)), one.claim_id)

    near = sorted((one for one in rows.values() if one.claim_id != row.claim_id and one.article_id), key=apart)
    return [
        Sibling(one.claim_id, one.sentence, one.event, one.stance, one.actor_name, one.date_from, one.date_to,
                one.publisher, one.published, _together(one, mine))
        for one in near[:SIBLINGS]
    ]  # fmt: skip


def _together(one: ClaimRow, other: ClaimRow) -> bool:
    return bool(one.event_id) and one.event_id == other.event_id


def _day(row: ClaimRow) -> int:
    told = row.date_to or row.date_from or row.published
    return dt.date.fromisoformat(told[:10]).toordinal() if told else 0


# ------------------------------------------------------------------------------------------------------------- reviews


_KEPT = {
    200: ResponseSpec(Outcome, description="It was on record already; nothing was written."),
    201: ResponseSpec(Outcome, description="It is on record."),
}


@post("/api/reviews", tags=["review"], opt=LIVE, status_code=201, responses=_KEPT, guards=[access.may_review],
      security=access.NEEDED)  # fmt: skip
async def add(request: Request[Any, Any, Any], data: JSONBody[NewReview]) -> Response[Any]:
    """Say something of a claim. 201 once it is on record for good, 200 where it was there; with what changed by it."""
    return await sync_to_thread(_add, request, data)  # Litestar wraps a handler twice that shares its path with another


def _add(request: Request[Any, Any, Any], data: NewReview) -> Response[Any]:
    name = access.writer_of(request)
    desk: Desk = request.app.state.desk
    with desk.writer() as ledger:
        asked = _asked(data, name)
        said = judging.by_key(ledger, name, data.key)
        if said is None and data.expected is not None:
            rows = [claim_named(ledger, one) for one in data.claims]
            if judging.state_of(ledger, rows) != data.expected:
                return _conflict(ledger, rows)
        told = _outcome(ledger, judging.keep(ledger, asked))
    return _acknowledged(request, told, name)


def _conflict(ledger: Ledger, rows: Sequence[ClaimRow]) -> Response[Any]:
    found = judging.said_of(ledger, rows)
    told = "; ".join(f"{one.by}: {one.verb}" for one in found) or "what was said of it was taken back"
    detail = f"somebody has judged this claim since you saw it ({told}); look again, or send it without `expected`"
    return problem(409, detail, reviews=reviews_told(ledger, found), state=judging.state_of(ledger, rows))


@post("/api/reviews/preview", sync_to_thread=True, tags=["review"], opt=LIVE, status_code=200)
def preview(request: Request[Any, Any, Any], data: JSONBody[NewReview]) -> Foreseen:
    """What a review would change; nothing is written, and no token is needed."""
    desk: Desk = request.app.state.desk
    by = access.writer_of(request) if request.headers.get("authorization") else "nobody yet"
    with desk.reader() as ledger:
        asked = _asked(data, by, because=data.because.strip() or "a question")
        found = moved_told(foreseen(ledger, judging.drafted(ledger, asked)))
    return Foreseen(found, "; ".join(one.words for one in found) or "no answer would change")


@post("/api/reviews/{review_id:str}/withdraw", sync_to_thread=True, tags=["review"], opt=LIVE, status_code=201,
      responses=_KEPT, guards=[access.may_review], security=access.NEEDED)  # fmt: skip
def undo(request: Request[Any, Any, Any], review_id: Id, data: JSONBody[Withdrawal]) -> Response[Any]:
    """Take a review back: the answers are again what they were without it. The review stays on record."""
    name = access.writer_of(request)
    desk: Desk = request.app.state.desk
    with desk.writer() as ledger:
        sent = judging.by_key(ledger, name, data.key)
        made = Kept(sent, new=False) if sent else judging.withdraw(
            ledger, review_id, by=name, because=data.because, key=data.key
        )  # fmt: skip
        told = _outcome(ledger, made)
    return _acknowledged(request, told, name)


def _asked(data: NewReview, by: str, because: str | None = None) -> Asked:
    return Asked(
        data.verb, tuple(data.claims), by, data.because if because is None else because, _wish(data.changes), data.key
    )


def _wish(changes: Changes | None) -> Wish:
    if changes is None:
        return Wish()
    for told in (changes.date_from, changes.date_to):
        try:
            dt.date.fromisoformat(told or "2000-01-01")
        except ValueError:
            raise Misuse(f"{told} is no day such as 2021-07-09") from None
    return Wish(
        changes.place, changes.event, changes.stance, changes.actor, changes.opponent, changes.date_from,
        changes.date_to,
    )  # fmt: skip


def _outcome(ledger: Ledger, kept: Kept) -> tuple[Outcome, list[str]]:
    """What is answered, and the places of which open pages are told."""
    review = kept.review
    about = next((one for one in ledger.door.reviews() if one.review_id == review.about), review)
    rows = [row for one in about.claims for row in ledger.claims_like(one, 1)]
    words = ", ".join(f"{one.by} as {one.verb}" for one in kept.also)
    found: list[MovedTold] = moved_told(kept.moved)
    told = Outcome(
        review=reviews_told(ledger, [review])[0], new=kept.new, changed=found, also=reviews_told(ledger, kept.also),
        note=f"already reviewed by {words}; yours is kept too" if words else "",
        state=judging.state_of(ledger, rows), revision="",
    )  # fmt: skip
    return told, sorted({*(one.place_id for one in found), *ledger.door.places_of(review)})


def _acknowledged(request: Request[Any, Any, Any], made: tuple[Outcome, list[str]], name: str) -> Response[Outcome]:
    """The answer, once all is committed; open pages are told what is new."""
    told, places = made
    desk: Desk = request.app.state.desk
    words = f"{told.review.verb}: {told.changed[0].words if told.changed else told.review.about}"
    request.state.audit = clean(f"{told.review.verb} {told.review.review_id}: {told.review.about}", limit=300)
    if told.new:
        stream.tell(request.app, places=places, by=name, words=clean(words, limit=300))
    return Response(_at(told, desk.revision()), status_code=201 if told.new else 200)


def _at(told: Outcome, revision: str) -> Outcome:
    return Outcome(told.review, told.new, told.changed, told.also, told.note, told.state, revision)


@get("/api/reviews", sync_to_thread=True, tags=["review"])
def log(
    request: Request[Any, Any, Any],
    by: Word = None,
    place: Word = None,
    verb: FromQuery[Literal["accept", "reject", "correct", "merge", "split", "withdraw"] | None] = None,
    in_force_only: Annotated[bool, QueryParameter(name="in_force", description="Without those withdrawn.")] = False,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """What people have said of the record, the newest first: who, when, what, why, and whether it is in force."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        held = in_force(ledger.door.reviews())
        found = [
            one for one in reversed(ledger.door.reviews())
            if (by is None or one.by.casefold() == by.casefold()) and (verb is None or one.verb == verb)
            and (not in_force_only or one in held) and (place is None or place in ledger.door.places_of(one))
        ]  # fmt: skip
        shown = reviews_told(ledger, found[offset : offset + limit])
    more = following(request, limit, offset) if offset + limit < len(found) else None
    return {"items": shown, "total": len(found), "next": more}


@get("/api/review/places", sync_to_thread=True, tags=["review"])
def places(
    request: Request[Any, Any, Any],
    name: Annotated[str, QueryParameter(min_length=1, max_length=200, pattern=_PLAIN, description="Name or id.")],
) -> list[PlaceTold]:
    """The places that a name may mean, on record or of the gazetteer: for corrections."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        found = list(places_meant(ledger, name))[:PLACES]
        known = {one.place_id for one in found if ledger.place(one.place_id) is not None}
    return [
        PlaceTold(one.place_id, one.name, one.kind, one.country, one.admin1, one.lat, one.lon, one.place_id in known)
        for one in found
    ]


HANDLERS: list[Any] = [queue, queue_item, add, preview, undo, log, places]
LIFESPAN = keeping
