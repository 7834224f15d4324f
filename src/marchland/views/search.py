"""What a search found, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marchland.ledger.search_names import PARTY, PLACE
from marchland.ledger.search_records import ARTICLE, CLAIM, ArticleHit, ClaimHit, Facet, Found, NamedHit
from marchland.ledger.search_words import Range
from marchland.views.paper import Block, Line, Marked
from marchland.views.words import clean, count, day

_STYLES = {"found": "bold yellow"}
_NAMED = 5
_TOLD = 6
"""Values of a facet that are told."""


def blocks(found: Found) -> Iterator[Block]:
    """Places and parties, then claims and reports with the words marked, then by what they can be narrowed."""
    for kind, hits in ((PLACE, found.places), (PARTY, found.parties)):
        if hits:
            yield Line(_head(kind, min(len(hits), _NAMED), found.totals[kind]), "bold")
            yield from (Line(_named(one)) for one in hits[:_NAMED])
            yield Line()
    if found.claims:
        yield Line(_head(CLAIM, len(found.claims), found.totals[CLAIM]), "bold")
        for one in found.claims:
            yield from _claim(one)
        yield Line()
    if found.articles:
        yield Line(_head(ARTICLE, len(found.articles), found.totals[ARTICLE]), "bold")
        for article in found.articles:
            yield from _article(article)
        yield Line()
    yield from (Line(_facet(one), "dim") for one in found.facets if len(one.values) > 1)


def instead(found: Found) -> Iterator[str]:
    """What else may be asked where nothing was found."""
    words = {"filters": "without the filters", "beginnings": "words that begin so", "spelling": "did you mean"}
    for one in found.instead:
        yield f'{words[one.why]}: "{clean(one.q)}" finds {count(one.claims, "claim or report", "claims or reports")}'


_NAMES = {PLACE: "Places", PARTY: "Parties", CLAIM: "Claims", ARTICLE: "Reports"}


def _head(kind: str, shown: int, total: int) -> str:
    return f"{_NAMES[kind]}, {shown} of {total}" if shown < total else _NAMES[kind]


def _named(one: NamedHit) -> str:
    about = ", ".join(part for part in (one.what, one.within if one.within != one.name else "", one.country) if part)
    also = f" [{one.spelling}]" if one.spelling != one.name else ""
    near = "; spelled alike" if one.near else ""
    told = f" ({about})" if about else ""
    return f"- {one.name}{also}{told}, {one.id}, {count(one.claims, 'claim')}{near}"


def _claim(one: ClaimHit) -> Iterator[Block]:
    row, piece = one.row, one.snippet
    yield _marked(piece.text, piece.marks)
    first, last = day(row.date_from, none=".."), day(row.date_to, none="no day")
    days = last if first == last or not row.date_to else f"{first} to {last}"
    what = (row.stance, row.event.replace("_", " "), row.actor_name, row.place_name, days)
    source = row.source_name if row.source_name != row.publisher else ""
    who = (source, row.publisher, day(row.published, none="undated"), f"claim {row.claim_id[:10]}")
    yield Line(", ".join(one for one in (*what, *who) if one), "dim")


def _article(one: ArticleHit) -> Iterator[Block]:
    if one.headline:
        yield _marked(one.headline, one.marks)
    told = (one.outlet, day(one.published, none="undated"), count(one.claims, "claim"))
    yield Line(f"{', '.join(part for part in told if part)}, article {one.article_id[:10]}", "dim")
    yield _marked(one.snippet.text, one.snippet.marks, lead="" if one.headline else "- ")


def _marked(text: str, marks: Sequence[Range], lead: str = "- ") -> Marked:
    pieces: list[tuple[str, tuple[str, ...]]] = [(lead, ())]
    at = 0
    for start, end in marks:
        pieces += [(text[at:start], ()), (text[start:end], ("found",))]
        at = end
    return Marked((*pieces, (text[at:], ())), _STYLES, legend=False)


def _facet(one: Facet) -> str:
    told = ", ".join(f"{value.name.replace('_', ' ')} {value.count}" for value in one.values[:_TOLD])
    more = len(one.values) - _TOLD
    return f"{one.name}: {told}" + (f", and {more} more" if more > 0 else "")
