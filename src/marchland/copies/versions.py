"""One address read twice: what came in, what went, and what both have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from marchland.copies.align import Row, aligned, runs
from marchland.copies.compare import kept_words
from marchland.copies.settings import Aligning, CopySettings
from marchland.copies.sketch import Words, words_of
from marchland.records import Article, Span, Version


def address_of(article: Article) -> str | None:
    """What two versions have in common: the address without tracking parts; a page with several stories has several."""
    address = article.canonical_url or article.url
    return f"{address}#story-{article.number + 1}" if address and article.number else address


def read_at(article: Article) -> str:
    """When this text stood at its address, ISO 8601: fetched, else last changed, else published; empty for unknown."""
    if article.fetched:
        return article.fetched
    told = article.updated or article.published
    return told.start.isoformat() if told and told.start else ""


def version(address: str, older: Article, newer: Article, settings: CopySettings) -> Version:
    """The change from one reading of an address to the next. What was only moved is neither added nor removed."""
    before, after = words_of(older.text), words_of(newer.text)
    removed, added = _changes(before, after, settings.align)
    return Version(
        address=address, older_id=older.article_id, newer_id=newer.article_id, older_read=read_at(older),
        newer_read=read_at(newer), added=added, removed=removed, corrections=newer.corrections,
        kept=aligned(before, after, kept_words(before, after, settings.align)),
    )  # fmt: skip


def _changes(before: Words, after: Words, rules: Aligning) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Ranges of the older text that are gone, and ranges of the newer that are new: what no run of words has in common.

    Runs are found as copies are, since a full difference of two long pages takes minutes.
    """
    finer = replace(rules, seed=rules.version_words)
    same = tuple(runs(Row.of(before.ids, finer), Row.of(after.ids, finer)))
    gone = _outside(len(before), ((one.first, one.last) for one in same))
    new = _outside(len(after), ((one.other_first, one.other_last) for one in same))
    return tuple(before.span(*one) for one in gone), tuple(after.span(*one) for one in new)


def _outside(length: int, held: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges of words that none of the others holds."""
    reached = 0
    for first, last in sorted(held):
        if first > reached:
            yield reached, first
        reached = max(reached, last)
    if reached < length:
        yield reached, length
