"""One article on record with its claims as they stand, its copies, its credits and the versions of its page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from marchland.copies.compare import TextLink
from marchland.copies.groups import Shelf, copy_groups
from marchland.ledger.database import Database, Kept
from marchland.ledger.store import Ledger
from marchland.ledger.taken_back import TakenBack
from marchland.records import Article, ClaimRow, CopyGroup, Credit, Version

MOST_TEXTS = 2000
"""Texts that are looked at for the copies of one: a paragraph that stands everywhere may lead to all on record."""
_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")
_ARTICLE: Kept[Article] = Kept(Article, "article")


@dataclass(frozen=True, slots=True)
class ClaimStands:
    """A claim of an article, and whether it counts."""

    row: ClaimRow
    """As it was read."""
    now: ClaimRow | None
    """As it counts, corrected where people did so; None where it counts no longer."""
    taken: tuple[TakenBack, ...] = ()
    """What took it back."""


@dataclass(frozen=True, slots=True)
class OfArticle:
    """An article and what the record knows of it."""

    article: Article
    claims: tuple[ClaimStands, ...]
    """In the order of the text."""
    group: CopyGroup | None
    """The articles that are one text with it; None where it is alone."""
    credits: tuple[Credit, ...]
    versions: tuple[Version, ...]
    """Changes of its page, by time of reading; empty for a page that was read once."""
    beside: dict[str, Article]
    """The other articles that these name, by id."""


def article_ids_like(ledger: Ledger, prefix: str, most: int = 10) -> tuple[str, ...]:
    """Ids of articles that begin so, by id; one that is the very id is alone."""
    query = "SELECT article_id FROM article WHERE article_id >= ? AND substr(article_id, 1, length(?)) = ?"
    found = ledger.database.execute(f"{query} ORDER BY article_id LIMIT ?", (prefix, prefix, prefix, most))
    ids = tuple(one for (one,) in found)
    return (prefix,) if prefix in ids else ids


def of_article(ledger: Ledger, article: Article) -> OfArticle:
    """Everything on record about one article."""
    group = group_of(ledger, article.article_id)
    pages = versions_of(ledger, article.article_id)
    named = {*(group.articles if group else ()), *(one for it in pages for one in (it.older_id, it.newer_id))}
    beside = {one: found for one in sorted(named - {article.article_id}) if (found := ledger.article(one))}
    credits = ledger.copies.credits([article.article_id])
    return OfArticle(article, claims_of(ledger, article.article_id), group, credits, pages, beside)


def claims_of(ledger: Ledger, article_id: str) -> tuple[ClaimStands, ...]:
    """The claims of an article in the order of its text, each with how it stands now."""
    found = ledger.database.execute("SELECT record FROM claim WHERE article_id = ?", (article_id,))
    rows = sorted((_ROW.decode(record) for (record,) in found), key=lambda one: (one.start, one.end, one.claim_id))
    standing = ledger.door.standing_of(rows)
    now = {one.claim_id: one for one in standing.rows}

    def stands(row: ClaimRow) -> ClaimStands:
        taken = tuple(one for old, one in standing.aside if old.claim_id == row.claim_id)
        return ClaimStands(row, now.get(standing.ids.get(row.claim_id, row.claim_id)), taken)

    return tuple(map(stands, rows))


def versions_of(ledger: Ledger, article_id: str) -> tuple[Version, ...]:
    """The changes of the page of an article."""
    asked = "SELECT address FROM copy_article WHERE article_id = ? AND address IS NOT NULL"
    found = ledger.database.execute(asked, (article_id,)).fetchone()
    return ledger.copies.versions(found[0]) if found else ()


def group_of(ledger: Ledger, article_id: str, most: int = MOST_TEXTS) -> CopyGroup | None:
    """The group of copies that an article is in, as `Ledger.copy_groups` has it; None where it is alone.

    Only the texts that links lead to are looked at, and no more than `most`.
    """
    asked = "SELECT text_key FROM copy_article WHERE article_id = ?"
    found = ledger.database.execute(asked, (article_id,)).fetchone()
    if found is None:
        return None
    keys, links = _reached(ledger, found[0], most)
    texts = _holders(ledger.database, sorted(keys))
    articles = [_ARTICLE.decode(record) for record in _records(ledger.database, sorted(texts))]
    shelf = Shelf.of(articles, texts, links, ledger.copies.credits(sorted(texts)))
    return next((one for one in copy_groups(shelf, ledger.copies.settings) if article_id in one.articles), None)


def groups_of(ledger: Ledger, known_at: str | None = None) -> tuple[CopyGroup, ...]:
    """All groups of copies, as `Ledger.copy_groups` has them; articles that share nothing are not even read."""
    asked = (
        "SELECT article_id, text_key FROM copy_article WHERE text_key IN (SELECT one_key FROM copy_link"
        " UNION SELECT other_key FROM copy_link"
        " UNION SELECT text_key FROM copy_article GROUP BY text_key HAVING count(*) > 1) ORDER BY article_id"
    )
    texts = dict(ledger.database.execute(asked).fetchall())
    articles = [_ARTICLE.decode(record) for record in _records(ledger.database, sorted(texts))]
    known = [one for one in articles if known_at is None or known_on(ledger, one) <= known_at]
    shelf = Shelf.of(known, texts, ledger.copies.links(), ledger.copies.credits())
    return copy_groups(shelf, ledger.copies.settings)


def known_on(ledger: Ledger, article: Article) -> str:
    """The day from which an article was known: published, else recorded, ISO 8601."""
    asked = "SELECT coalesce(published, substr(recorded_at, 1, 10)) FROM article WHERE article_id = ?"
    (day,) = ledger.database.execute(asked, (article.article_id,)).fetchone()
    return str(day)


def _reached(ledger: Ledger, key: int, most: int) -> tuple[set[int], tuple[TextLink, ...]]:
    """Keys of the texts that links between whole texts lead to from one, and the links among them."""
    seen, fresh = {key}, {key}
    links: dict[tuple[int, int, str], TextLink] = {}
    while fresh and len(seen) < most:
        found = ledger.copies.links(sorted(fresh))
        links |= {(one.one, one.other, one.kind): one for one in found}
        fresh = {end for one in found if one.kind == "text" for end in (one.one, one.other)} - seen
        seen |= set(sorted(fresh)[: most - len(seen)])
        fresh &= seen
    return seen, tuple(links.values())


def _holders(db: Database, keys: Sequence[int]) -> dict[str, int]:
    """Article id to the key of its text, for these texts."""
    asked = "SELECT article_id, text_key FROM copy_article WHERE text_key = ?"
    return {article: key for one in keys for article, key in db.execute(asked, (one,))}


def _records(db: Database, article_ids: Collection[str]) -> list[str]:
    asked = "SELECT record FROM article WHERE article_id = ?"
    return [db.execute(asked, (one,)).fetchone()[0] for one in article_ids]


def shown_day(article: Article) -> str | None:
    """The last day on which an article may have been published, ISO 8601."""
    last = article.published.last_day if article.published else None
    return last.isoformat() if last else None


def title(article: Article, most: int = 160) -> str:
    """The headline, else the first words."""
    words = " ".join((article.headline or article.text[: 2 * most]).split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
