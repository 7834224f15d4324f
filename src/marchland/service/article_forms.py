"""The forms in which claims and articles leave the API.

Ranges count characters (Unicode code points) of the article's text; the end is not included.
"""

from __future__ import annotations

import msgspec

from marchland.service.answers import Json


class Range(msgspec.Struct, frozen=True):
    """Characters of an article's text; the end is not included."""

    start: int
    end: int
    text: str = ""
    """The characters, where they are given."""


class Brief(msgspec.Struct, frozen=True):
    """An article in a line."""

    article_id: str
    title: str
    """The headline, else the first words."""
    publisher: str | None
    published: str | None
    """Last day on which it may have been published."""
    url: str | None


class Other(msgspec.Struct, frozen=True):
    """Another claim in a line."""

    claim_id: str
    article_id: str
    publisher: str | None
    published: str | None
    url: str | None
    source_name: str
    sentence: str


class Taken(msgspec.Struct, frozen=True):
    """What took a claim back."""

    day: str | None
    """From this day of knowledge on; null for every day."""
    reason: str
    """correction by publisher, retraction by publisher, rule change, reviewer."""
    words: str
    """The note, the sentence or the reason that was given."""
    by_id: str
    """The article, the reading or the review that did it."""


class Said(msgspec.Struct, frozen=True):
    """What a person said of a claim."""

    review_id: str
    verb: str
    words: str
    """What was changed, for readers."""
    about: str
    by: str
    because: str
    made: str
    in_force: bool
    """False once it was withdrawn."""


class Became(msgspec.Struct, frozen=True):
    """What became of a claim."""

    counts: bool
    """Whether it counts today."""
    claim: Json | None
    """The claim as it counts, where people have corrected it or said that it was read rightly; else null."""
    taken_back: list[Taken]
    reviews: list[Said]


class ClaimTold(msgspec.Struct, frozen=True):
    """How one claim was read, part by part, and what became of it."""

    claim: Json
    """As exported; as it was read where people have corrected it since."""
    sentence: Range
    elsewhere: list[Range]
    """Other stretches of the article in which parts of the claim stand."""
    spans: list[Json]
    """Parts where they stand: role, start, end, text."""
    parts: list[Json]
    """Each part as written, as understood, and why."""
    frame: Json
    """The rule that fired, with the example of the lexicon."""
    rivals: list[Json]
    """Places that the words may mean, best first."""
    reading: Json
    """How sure the reading is: rows in log-odds that add up."""
    note: str
    article: Brief
    became: Became
    copies: list[Other]
    """The same words, deed, stance and place in other articles: a review of this claim holds for them, too."""
    same_witness: list[Other]
    """Claims that count as one witness with this one."""
    same_witnesses: int
    """How many these are, also where not all are given."""


class ClaimThere(msgspec.Struct, frozen=True):
    """A claim where it stands in its article."""

    claim_id: str
    start: int
    end: int
    event: str
    stance: str
    actor_name: str | None
    opponent_name: str | None
    place_id: str | None
    place_name: str | None
    place: str
    """As written."""
    source_name: str
    source_class: str
    source_side: str
    source_side_name: str
    """Name of that party; empty where the speaker stands on no side."""
    date_from: str | None
    date_to: str | None
    counts: bool
    corrected: bool
    """Whether people have corrected it or said that it was read rightly; then these are the corrected values."""
    taken_back: list[Taken]


class CopyTold(msgspec.Struct, frozen=True):
    """A copy of an article."""

    article: Brief
    origin: float
    """How much speaks for it as the place where the text comes from."""
    because: list[str]
    links: list[Json]
    """What it shares with this article: kind, shares of both texts, and the ranges (`start` to `end` of this one)."""


class Copies(msgspec.Struct, frozen=True):
    """The articles that are one text: one witness, however many outlets print it."""

    group_id: str
    agency: str
    """Agency that they credit most, or empty."""
    origin_id: str
    """The article that the text likely comes from."""
    because: list[str]
    """What speaks for that."""
    articles: list[CopyTold]
    total: int


class VersionTold(msgspec.Struct, frozen=True):
    """A change of the article's page from one reading to the next."""

    older: Brief
    newer: Brief
    older_read: str
    newer_read: str
    removed: list[Range]
    """What went, of the older text."""
    added: list[Range]
    """What came, of the newer text."""
    corrections: list[Range]
    """Notes of correction in the newer text."""


class ArticleTold(msgspec.Struct, frozen=True):
    """One article as text, with its parts, its claims, its copies and its versions."""

    article_id: str
    page_id: str
    headline: str
    publisher: str | None
    publisher_how: str
    published_from: str | None
    published_to: str | None
    published_how: str
    updated: str | None
    fetched: str | None
    agencies: list[str]
    authors: list[str]
    dateline: str | None
    section: str
    language: str
    url: str | None
    text: str
    text_start: int
    """Where in the article `text` begins; ranges count from the beginning of the article."""
    length: int
    """Characters of the whole text."""
    note: str
    """Says what was left out of this answer; empty for nothing."""
    parts: list[Json]
    """headline, byline, dateline, caption, bullet and body as ranges."""
    corrections: list[Range]
    claims: list[ClaimThere]
    credits: list[Json]
    """Whose text it says it is: name, how, whole, and where it says so."""
    copies: Copies | None
    versions: list[VersionTold]
