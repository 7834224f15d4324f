"""Claims and articles: each claim with its sentence in its article, how it was read, and what became of it.

Ranges count characters (Unicode code points) of the article's text; the end is not included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.params import PathParameter, QueryParameter

from marchland.errors import Absent, MarchlandError, Misuse
from marchland.ledger.of_article import ClaimStands, OfArticle, article_ids_like, of_article, shown_day, title
from marchland.ledger.of_claim import Afterwards, OfClaim, claims_meant, of_claim
from marchland.ledger.review import Review
from marchland.ledger.store import Ledger
from marchland.ledger.taken_back import TakenBack
from marchland.records import Article, ClaimRow, CopyGroup, CopyLink, Credit, Span, Version
from marchland.service.answers import Json, plain
from marchland.service.article_forms import (
    ArticleTold,
    Became,
    Brief,
    ClaimThere,
    ClaimTold,
    Copies,
    CopyTold,
    Other,
    Range,
    Said,
    Taken,
    VersionTold,
)
from marchland.service.desk import Desk
from marchland.service.holders import party_names
from marchland.views import explain
from marchland.views.marks import outside
from marchland.views.reviews import about_words, verb_words
from marchland.views.words import clean

LEAST = 4
"""Characters of an id that are enough where no other begins so."""
MOST_TEXT = 200_000
"""Characters of an article's text in one answer."""
MOST_TITLE = 2000
"""Characters of a headline in one answer; the text has it whole."""
MOST_ROWS = 1000
"""Claims, copies or versions in one answer."""
_ID = r"^[^\x00-\x1f/]+$"
Id = Annotated[
    str, PathParameter(min_length=LEAST, max_length=120, pattern=_ID, description="The id, or its first characters.")
]
From = Annotated[int, QueryParameter(ge=0, le=1_000_000_000, description="First character of the text that is given.")]


@get("/api/claims/{claim_id:str}", sync_to_thread=True, tags=["claims"])
def claim(request: Request[Any, Any, Any], claim_id: Id) -> ClaimTold:
    """How one claim was read: its sentence with the parts, the reason for each, how sure, and what became of it."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        row = _claim_meant(ledger, claim_id)
        found = of_claim(ledger, row)
        return _claim(found, ledger.door.copies_of(row), party_names(ledger, explain.sides_of(found.row)))


def _claim_meant(ledger: Ledger, prefix: str) -> ClaimRow:
    found = claims_meant(ledger, prefix)
    if not found:
        raise Absent(f'no claim on record has an id that begins with "{clean(prefix, limit=120)}"')
    if len(found) > 1:
        told = ", ".join(one.claim_id for one in found)
        raise Misuse(f'"{clean(prefix, limit=120)}" begins the id of more than one claim ({told}); give more of it')
    return found[0]


def _claim(found: OfClaim, copies: Sequence[ClaimRow], sides: Mapping[str, str]) -> ClaimTold:
    row, article = found.row, found.article
    if article is None:
        raise MarchlandError(f"the article of claim {row.claim_id} is not in the ledger")
    card = explain.frame_card(row.frame)
    made = explain.explanation(row, article, found.trace, card, others=len(found.others), sides=sides)
    told: Json = explain.plain(made)
    sentence = Span(row.start, row.end)
    return ClaimTold(
        claim=told["claim"], sentence=_range(sentence, article.text),
        elsewhere=[_range(one, article.text) for one in outside(article.text, sentence, made.marks)],
        spans=told["spans"], parts=told["parts"], frame=told["frame"], rivals=told["rivals"], reading=told["reading"],
        note=made.note, article=_brief(article), became=_became(found.afterwards, found.standing),
        copies=[_other(one) for one in copies[:MOST_ROWS]],
        same_witness=[_other(one) for one in found.others[:MOST_ROWS]], same_witnesses=len(found.others),
    )  # fmt: skip


def _became(after: Afterwards, now: ClaimRow | None) -> Became:
    claim = plain("claims", now) if now is not None and after.now else None
    said = [_said(one, one.review_id in after.in_force) for one in after.reviews]
    return Became(now is not None, claim, [_taken(one) for one in after.taken], said)


def _said(one: Review, in_force: bool) -> Said:
    return Said(one.review_id, one.verb, verb_words(one), about_words(one), one.by, one.because, one.made, in_force)


@get("/api/articles/{article_id:str}", sync_to_thread=True, tags=["claims"])
def article(request: Request[Any, Any, Any], article_id: Id, start: From = 0) -> ArticleTold:
    """One article as text, with its parts, all its claims where they stand, its copies, credits and versions."""
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        found = of_article(ledger, _article_meant(ledger, article_id))
        sides = party_names(ledger, ((one.now or one.row).source_side for one in found.claims[:MOST_ROWS]))
        return _article(found, start, sides)


def _article_meant(ledger: Ledger, prefix: str) -> Article:
    ids = article_ids_like(ledger, prefix)
    if len(ids) > 1:
        told = f'"{clean(prefix, limit=120)}" begins the id of more than one article ({", ".join(ids)})'
        raise Misuse(f"{told}; give more of it")
    found = ledger.article(ids[0]) if ids else None
    if found is None:
        raise Absent(f'no article on record has an id that begins with "{clean(prefix, limit=120)}"')
    return found


def _article(found: OfArticle, start: int, sides: Mapping[str, str]) -> ArticleTold:
    one, published = found.article, found.article.published
    first = published.first_day if published else None
    shown = one.text[start : start + MOST_TEXT]
    return ArticleTold(
        article_id=one.article_id, page_id=one.page_id, headline=one.headline[:MOST_TITLE], publisher=one.publisher,
        publisher_how=one.publisher_how, published_from=first.isoformat() if first else None,
        published_to=shown_day(one), published_how=one.published_how,
        updated=one.updated.start.isoformat() if one.updated and one.updated.start else None, fetched=one.fetched,
        agencies=list(one.agencies), authors=list(one.authors), dateline=one.dateline, section=one.section,
        language=one.language, url=one.url, text=shown, text_start=min(start, len(one.text)), length=len(one.text),
        note=_left_out(found, start), parts=[msgspec.to_builtins(part) for part in one.parts],
        corrections=[_range(span, one.text) for span in one.corrections],
        claims=[_there(it, sides) for it in found.claims[:MOST_ROWS]], credits=[_credit(it) for it in found.credits],
        copies=_copies(found), versions=[_version(it, found) for it in found.versions[:MOST_ROWS]],
    )  # fmt: skip


def _left_out(found: OfArticle, start: int) -> str:
    length, end = len(found.article.text), start + MOST_TEXT
    cut = f"only characters {start} to {min(end, length)} of {length} are given; ask with start={end} for more"
    more = len(found.claims) - MOST_ROWS
    return "; ".join(
        [cut] * (length > end or start > 0) + [f"{more} more claims are in /api/claims and the export"] * (more > 0)
    )


def _there(one: ClaimStands, sides: Mapping[str, str]) -> ClaimThere:
    row, asked = one.now or one.row, one.row
    return ClaimThere(
        claim_id=asked.claim_id, start=asked.start, end=asked.end, event=row.event, stance=row.stance,
        actor_name=row.actor_name, opponent_name=row.opponent_name, place_id=row.place_id, place_name=row.place_name,
        place=row.place, source_name=row.source_name, source_class=row.source_class, source_side=row.source_side,
        source_side_name=sides.get(row.source_side, ""), date_from=row.date_from, date_to=row.date_to,
        counts=one.now is not None, corrected=row.claim_id != asked.claim_id,
        taken_back=[_taken(it) for it in one.taken],
    )  # fmt: skip


def _copies(found: OfArticle) -> Copies | None:
    group = found.group
    if group is None:
        return None
    ranked = (group.origin, *group.rivals)
    return Copies(
        group_id=group.group_id, agency=group.agency, origin_id=group.origin.article_id,
        because=[one.sentence for one in group.origin.reasons],
        articles=[
            CopyTold(_brief(found.beside[one.article_id]), one.score, [it.sentence for it in one.reasons],
                     _links(group, found.article.article_id, one.article_id))
            for one in ranked[:MOST_ROWS] if one.article_id in found.beside
        ],
        total=len(group.articles),
    )  # fmt: skip


def _links(group: CopyGroup, mine: str, other: str) -> list[Json]:
    """Links of two members, with the ranges of the first one first."""
    found = []
    for link in group.links:
        if {link.article_id, link.other_id} == {mine, other}:
            found.append(_link(link, turned=link.other_id == mine))
    return found


def _link(link: CopyLink, *, turned: bool) -> Json:
    ranges = [
        {"start": one.other_start, "end": one.other_end, "other_start": one.start, "other_end": one.end}
        if turned else
        {"start": one.start, "end": one.end, "other_start": one.other_start, "other_end": one.other_end}
        for one in link.ranges
    ]  # fmt: skip
    shares = (link.other_share, link.share) if turned else (link.share, link.other_share)
    return {"kind": link.kind, "share": shares[0], "other_share": shares[1], "ranges": ranges}


def _version(one: Version, found: OfArticle) -> VersionTold:
    articles = {found.article.article_id: found.article, **found.beside}
    older, newer = articles[one.older_id], articles[one.newer_id]
    return VersionTold(
        older=_brief(older), newer=_brief(newer), older_read=one.older_read, newer_read=one.newer_read,
        removed=[_range(span, older.text) for span in one.removed],
        added=[_range(span, newer.text) for span in one.added],
        corrections=[_range(span, newer.text) for span in one.corrections],
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- helpers


def _credit(one: Credit) -> Json:
    span = {"start": one.span.start, "end": one.span.end} if one.span else None
    return {"name": one.name, "how": one.how, "whole": one.whole, "span": span}


def _taken(one: TakenBack) -> Taken:
    return Taken(one.day or None, one.reason, one.words, one.by_id)


def _range(span: Span, text: str) -> Range:
    return Range(span.start, span.end, span.of(text))


def _brief(one: Article) -> Brief:
    return Brief(one.article_id, title(one), one.publisher, shown_day(one), one.url)


def _other(one: ClaimRow) -> Other:
    return Other(one.claim_id, one.article_id, one.publisher, one.published, one.url, one.source_name, one.sentence)


HANDLERS: list[Any] = [claim, article]
