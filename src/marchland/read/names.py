"""Names of fields in rows and tables: the reader's own, and those that others use for the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("guid", "articleid", "docid", "documentid", "pageid", "uuid"),
    "text": ("body", "content", "fulltext", "articletext", "articlebody", "maintext", "bodytext", "story"),
    "html": ("bodyhtml", "contenthtml", "rawhtml", "pagehtml", "htmlbody"),
    "title": ("headline",),
    "url": ("link", "address", "permalink", "sourceurl", "articleurl", "uri"),
    "publisher": ("source", "outlet", "publication", "sourcename", "newspaper", "sourcedomain", "site"),
    "published": (
        *("date", "publishedat", "publishedon", "publisheddate", "publishdate", "publicationdate", "pubdate"),
        *("datepublished", "datepublish", "publicationtime", "datetime"),
    ),
    "updated": ("modified", "updatedat", "datemodified", "datemodify", "modifieddate", "lastmodified"),
    "fetched": ("crawled", "fetchedat", "crawledat", "crawldate", "datedownload", "retrieved", "accessed"),
    "language": ("lang",),
    "byline": ("author", "authors", "creator", "writer"),
}
"""Each field and what else it may be called, in lower case without punctuation; the reader's own name goes first."""
BODIES = frozenset({"text", "html"})
_PUNCTUATION = re.compile(r"[\W_]+")
_BY_NAME = {other: field for field, others in FIELDS.items() for other in (field, *others)}
_RANK = {other: rank for others in FIELDS.values() for rank, other in enumerate(others, start=1)}


def known_columns(columns: Iterable[object]) -> dict[str, str]:
    """For each field that the columns hold, the column that holds it: of two, the one whose name is closer."""
    ranked: dict[str, tuple[int, str]] = {}
    for column in columns:
        bare = _PUNCTUATION.sub("", column).lower() if isinstance(column, str) and len(column) < 80 else ""
        field = _BY_NAME.get(bare)
        if field and isinstance(column, str):
            rank = -1 if column == field else _RANK.get(bare, 0)
            ranked[field] = min(ranked.get(field, (99, "")), (rank, column))
    return {field: column for field, (_, column) in ranked.items()}
