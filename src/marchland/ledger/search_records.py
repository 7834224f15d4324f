"""A question to the index of words, and what it found."""

from __future__ import annotations

from dataclasses import dataclass, field

from marchland.ledger.search_names import PARTY, PLACE
from marchland.ledger.search_words import Range, Snippet
from marchland.records import ClaimRow

CLAIM, ARTICLE = "claim", "article"
FOUND = (PLACE, PARTY, CLAIM, ARTICLE)
"""What can be found."""
FACETS = ("event", "stance", "party", "outlet", "country", "class")
"""What the claims found are counted by."""
ORDERS = ("best", "newest")
EQUAL = {
    "country": "country", "place": "place_id", "speaker": "speaker", "side": "side", "class_": "class",
    "outlet": "outlet", "event": "event", "stance": "stance",
}  # fmt: skip
"""Filter to column of claim_item; `class` is a word of Python's own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question. Filters with several values take any of them; all filters must hold."""

    q: str = ""
    country: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    """Ids of parties: who acts, or to whom it was done."""
    speaker: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    """Ids of parties on whose side the speaker stands."""
    class_: tuple[str, ...] = ()
    """Classes of speakers: publisher, party, official, ..."""
    outlet: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    since: str | None = None
    """First day of publication."""
    until: str | None = None
    """Last day of publication."""
    at: str | None = None
    """Only what had happened by this day."""
    known_at: str | None = None
    order: str = "best"

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set that speaks of claims."""
        return any(getattr(self, one) for one in (*EQUAL, "party", "since", "until", "at"))


@dataclass(frozen=True, slots=True)
class NamedHit:
    """A place or a party whose name fits."""

    id: str
    name: str
    spelling: str
    """The name or alias that fits."""
    kind: str
    """place, party, outlet, speaker."""
    what: str
    """Kind of a place ("town"), else empty."""
    within: str
    """Division of a place, else empty."""
    country: str
    """ISO alpha-2, empty where not told."""
    claims: int
    """Claims on it that count at the moment of knowledge."""
    near: bool
    """Whether the name is only near to what was typed."""


@dataclass(frozen=True, slots=True)
class ClaimHit:
    """A claim with its sentence."""

    row: ClaimRow
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article with the piece of it that fits best."""

    article_id: str
    headline: str
    marks: tuple[Range, ...]
    """Where the words stand in the headline, as in a snippet."""
    outlet: str
    published: str
    """Day, empty where not told."""
    claims: int
    """Claims in it that fit the filters."""
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Value:
    """A value by which the claims found can be narrowed."""

    value: str
    name: str
    """As shown."""
    count: int
    """Claims found that have it, under all other filters."""


@dataclass(frozen=True, slots=True)
class Facet:
    """Claims found, counted by one of their columns."""

    name: str
    """event, stance, party, outlet, country, class (of the speaker)."""
    values: tuple[Value, ...]
    """The most frequent first."""
    others: int
    """Claims with other values, or none. A claim may have two parties; other columns have one value."""


@dataclass(frozen=True, slots=True)
class Instead:
    """A question that finds more."""

    q: str
    why: str
    """filters: without them; beginnings: words that begin so; spelling: words that are spelled alike."""
    claims: int
    """Claims that it finds."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: one page of each kind that was asked for, and how many there are of each."""

    places: tuple[NamedHit, ...] = ()
    parties: tuple[NamedHit, ...] = ()
    claims: tuple[ClaimHit, ...] = ()
    articles: tuple[ArticleHit, ...] = ()
    totals: dict[str, int] = field(default_factory=dict)
    """Kind to how many there are: place, party, claim, article."""
    facets: tuple[Facet, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    """Names of the places and parties that the filters have by id."""
    instead: tuple[Instead, ...] = ()
    """Where no claim and no article was found: what finds some."""
