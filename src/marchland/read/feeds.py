"""Feeds (RSS, Atom) to pages: one an item. Each item is parsed alone, so that a broken one harms no other."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Any
from xml.parsers import expat

from marchland.read.address import address_of
from marchland.read.decode import NotText, decode
from marchland.read.inputs import Budget, Input, Limits, OutOfBounds, moment_of, shown
from marchland.read.markup import FAILURES
from marchland.read.page import Page
from marchland.read.publisher import host_of
from marchland.records import Skipped, content_id

MAX_FRAME = 65_536
"""Characters of the elements around the items."""
MAX_MENDED = 1_000_000
"""Characters of items that are no XML even after mending, which feedparser reads all the same: 9 microseconds each."""
MAX_DEPTH = 20
"""Elements around an item."""
_SKIPPED = r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
_ITEM = re.compile(rf"{_SKIPPED}|<(/?)((?:[\w.-]+:)?(?:item|entry))(?=[\s/>])[^<>]*>", re.DOTALL)
_TAG = re.compile(rf"{_SKIPPED}|<\?.*?(?:\?>|\Z)|<(/?)([A-Za-z_][\w.:-]*)([^<>]*)>", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(?:\w+;)?", re.DOTALL
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The elements open around every item, with the names of their prefixes, and what the feed says of itself."""

    opening: str
    closing: str
    title: str


def open_feed(source: Input, limits: Limits) -> Iterator[Page | Skipped]:
    """The page of each item. What a DTD defines is dropped, so nothing expands and nothing is fetched."""
    data = source.stream.read(limits.feed + 1)
    try:
        text = _CONTROL.sub("", decode(data))
    except NotText as error:
        yield Skipped(source.name, str(error))
        return
    frame: _Frame | None = None
    budget = Budget(MAX_MENDED)
    for start, end, trouble in _items(text):
        where = f"{source.name}@{start}"
        frame = frame or _frame(text[:start])
        if trouble:
            yield Skipped(where, trouble)
        if end - start > limits.row:
            yield Skipped(where, f"item of more than {limits.row:,} characters")
        elif len(frame.opening) > MAX_FRAME:
            yield Skipped(source.name, "broken feed: the elements around its items take more than any feed needs")
            return
        else:
            yield _page(text[start:end], frame, source, where, budget)
    if len(data) > limits.feed:
        yield Skipped(f"{source.name}@{limits.feed}", f"feed of more than {limits.feed:,} bytes; the rest is not read")
    elif frame is None:
        yield Skipped(source.name, "feed without items")


def _items(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each item starts and ends, and what is wrong with it, or an empty string."""
    opened, name = -1, ""
    for match in _ITEM.finditer(text):
        closes, tag = match.group(1), match.group(2)
        if tag is None or (closes and tag != name):
            continue
        if opened >= 0:
            yield opened, match.end() if closes else match.start(), "" if closes else "item without an end"
        opened, name = (-1, "") if closes or match.group().endswith("/>") else (match.start(), tag)
    if opened >= 0:
        yield opened, len(text), "feed cut short inside this item"


def _frame(head: str) -> _Frame:
    """What stands open before the first item. The head's own content is parsed once, for the title of the feed."""
    head = _DOCTYPE.sub("", head)
    opened: list[tuple[str, str]] = []
    for match in _TAG.finditer(head):
        closes, name, rest = match.groups()
        if name is None or rest.endswith("/"):
            continue
        if not closes:
            opened.append((name, match.group()))
        elif any(name == other for other, _ in opened):
            while opened.pop()[0] != name:
                pass
    opened = opened[:MAX_DEPTH]
    closing = "".join(f"</{name}>" for name, _ in reversed(opened))
    # A head that is cut short, or broken, is read all the same: it is not long.
    said = _parsed(head[:MAX_FRAME] + closing)
    title = _plain(_said(said.feed, "title")) if said is not None else ""
    return _Frame("".join(tag for _, tag in opened), closing, title)


def _parsed(document: str) -> Any:
    """A feed as feedparser reads it, or None where it fails. It gets bytes only: a string might be an address."""
    import feedparser  # noqa: PLC0415  - only feeds need it

    try:
        return feedparser.parse(
            io.BytesIO(document.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except FAILURES:
        return None


def _mended(item: str, frame: _Frame, budget: Budget) -> str:
    """The item within its frame as XML, with the names of HTML characters resolved where it is none without that.

    Raises `OutOfBounds` when it is still none and too many have been before it.
    """
    document = frame.opening + item + frame.closing
    if _is_xml(document):
        return document
    document = frame.opening + _AMPERSAND.sub(_named_character, item) + frame.closing
    if not _is_xml(document):
        budget.take(len(item))
    return document


def _named_character(match: re.Match[str]) -> str:
    words = match.group()
    return escape(unescape(words), quote=False) if words.startswith("&") else words


def _is_xml(document: str) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(document.encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return False
    return True


def _page(item: str, frame: _Frame, source: Input, where: str, budget: Budget) -> Page | Skipped:
    try:
        parsed = _parsed(_mended(item, frame, budget))
    except OutOfBounds:
        return Skipped(where, "broken feed item: no XML, and too much of the feed is broken to mend it")
    if parsed is None or not parsed.entries:
        return Skipped(where, "broken feed item")
    entry = parsed.entries[0]
    title, body = _plain(_said(entry, "title")), _body(entry)
    if not title and not body:
        return Skipped(where, "feed item without title or text")
    url = address_of(_said(entry, "link"))
    published, updated = _said(entry, "published"), _said(entry, "updated")
    how = "published date of the feed entry"
    if parsed.version.startswith("rss"):
        # feedparser files dc:date under "updated"; in RSS it is the date of the item.
        how = "pubDate of the feed item" if published else "dc:date of the feed item"
        published, updated = published or updated, updated if published else ""
    return Page(
        page_id=content_id(_said(entry, "id") or url or title, body),
        where=where,
        text=None if body else title,
        html=_document(title, body) if body else None,
        url=url,
        publisher=_plain(_said(entry.get("source") or {}, "title")) or (None if host_of(url) else frame.title) or None,
        published=moment_of(published) if published else None,
        published_how=how,
        title=title or None,
        byline=_plain(_said(entry.get("author_detail") or {}, "name") or _said(entry, "author")) or None,
        updated=moment_of(updated) if updated else None,
        fetched=source.fetched,
    )


def _body(entry: Any) -> str:
    """The whole text where the item has it, else its summary, as HTML."""
    contents = [_html(part) for part in entry.get("content") or () if isinstance(part, dict)]
    body = max(contents, key=len, default="")
    return body if body.strip() else _html(entry.get("summary_detail") or {})


def _html(part: Any) -> str:
    value = part.get("value") or ""
    if part.get("type") == "text/plain" or "<" not in value:
        return "".join(f"<p>{escape(line)}</p>" for line in unescape(value).splitlines() if line.strip())
    return str(value)


def _document(title: str, body: str) -> str:
    """The item as a page of its own, with its headline where pages have theirs."""
    title = escape(title)
    story = f"<article>{f'<h1>{title}</h1>' if title else ''}{body}</article>"
    return f"<!doctype html><html><head><title>{title}</title></head><body>{story}</body></html>"


def _said(record: Any, key: str) -> str:
    # feedparser answers "updated" with "published" unless asked as a plain dictionary.
    value = dict.get(record, key)
    return value.strip() if isinstance(value, str) else ""


def _plain(markup: str) -> str:
    return shown(" ".join(unescape(_MARKUP.sub(" ", markup)).split()))
