"""One address read twice: what came in, what went, and what both have."""

from __future__ import annotations

from difflib import SequenceMatcher

from marchland.copies.align import aligned
from marchland.copies.compare import kept_words
from marchland.copies.settings import CopySettings
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
    """The change from one reading of an address to the next."""
    before, after = words_of(older.text), words_of(newer.text)
    kept = kept_words(before, after, settings.align)
    added, removed = _changes(before, after)
    return Version(
        address=address, older_id=older.article_id, newer_id=newer.article_id, older_read=read_at(older),
        newer_read=read_at(newer), added=added, removed=removed, corrections=newer.corrections,
        kept=aligned(before, after, kept),
    )  # fmt: skip


def _changes(before: Words, after: Words) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Ranges of the newer text that are new, and ranges of the older that are gone."""
    steps = SequenceMatcher(None, before.ids.tolist(), after.ids.tolist(), autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    added = tuple(after.span(first, last) for _, _, _, first, last in changed if last > first)
    removed = tuple(before.span(first, last) for _, first, last, _, _ in changed if last > first)
    return added, removed
