"""What the markup of an HTML page tells of it besides its text: dates, names, address, kind; linked data and meta."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from selectolax.lexbor import LexborHTMLParser

from marchland.read.published import EARLIEST, given_interval
from marchland.read.settings import fold
from marchland.read.text import clean
from marchland.records import DateCue

MAX_SCRIPT = 2_000_000
"""Characters of linked data that are parsed."""
MAX_ITEMS = 400
"""Things described in the linked data of one page."""
MAX_AUTHORS = 12
FAILURES = (
    ValueError, TypeError, AttributeError, LookupError, AssertionError, ArithmeticError, RecursionError, LxmlError,
)  # fmt: skip
"""What parsers of other hands raise over content that they did not foresee."""
_STORIES = ("article", "posting", "liveblogupdate", "report")
_META_DATES = (
    ("meta[property='article:published_time']", "content"),
    ("meta[name='article:published_time']", "content"),
    ("meta[itemprop='datePublished']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='publish-date']", "content"),
    ("meta[name='date']", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("meta[name='parsely-pub-date']", "content"),
)
_TIME_TAGS = ("time[itemprop='datePublished']", "time[pubdate]", "article time[datetime]", "time[datetime]")
_META_CHANGES = (
    "meta[property='article:modified_time']", "meta[property='og:updated_time']", "meta[itemprop='dateModified']",
    "meta[name='last-modified']",
)  # fmt: skip
_META_SECTIONS = ("meta[property='article:section']", "meta[name='section']", "meta[itemprop='articleSection']")
_META_AUTHORS = ("meta[name='author']", "meta[property='author']", "meta[name='parsely-author']", "meta[name='byl']")


@dataclass(frozen=True, slots=True)
class Described:
    """One story as linked data describes it."""

    headline: str
    kinds: tuple[str, ...]
    published: str
    updated: str
    authors: tuple[str, ...]
    section: str
    body: str
    """First words of its text, folded, or empty."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that the markup of one page tells of it."""

    stories: tuple[Described, ...]
    published: tuple[DateCue, ...]
    updated: tuple[DateCue, ...]
    publisher: str | None
    publisher_how: str
    address: str
    authors: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    """(where, words): where is type or name."""
    language: str | None


def told_by(tree: LexborHTMLParser) -> Told:
    """Read the markup of a page. Never raises."""
    items = list(_linked_data(tree))
    stories = tuple(_described(item) for item in items if _is_story(item))
    dated = tuple(_described(item) for item in items if not _is_story(item))
    publisher, how = _publisher(tree, items)
    names = [("type", kind) for story in stories[:1] for kind in story.kinds]
    names += [("name", story.section) for story in stories[:1] if story.section]
    names += [("name", text) for selector in _META_SECTIONS if (text := attribute(tree, selector, "content"))]
    return Told(
        stories=stories,
        published=(*_dates_of((*stories, *dated), "published"), *_meta_dates(tree)),
        updated=(*_dates_of((*stories, *dated), "updated"), *_changes(tree)),
        publisher=publisher,
        publisher_how=how,
        address=attribute(tree, "link[rel='canonical']", "href")
        or attribute(tree, "meta[property='og:url']", "content"),
        authors=next((story.authors for story in stories if story.authors), ()) or _meta_authors(tree),
        sections=tuple(names),
        language=attribute(tree, "html", "lang")[:2].lower() or None,
    )


def time_tags(tree: LexborHTMLParser) -> Iterator[DateCue]:
    """The machine-readable dates of time elements, best first."""
    for selector in _TIME_TAGS:
        value = attribute(tree, selector, "datetime")
        if value and given_interval(value):
            yield cue(value, f"markup {selector}", "time-tag")


def found_date(tree: HtmlElement, url: str | None, now: dt.datetime) -> Iterator[DateCue]:
    """What htmldate makes of the rest of the page; asked last, since it does not say where it looked."""
    from htmldate import find_date  # noqa: PLC0415  - slow to load, and only HTML needs it

    latest = now + dt.timedelta(days=2)
    try:
        value = find_date(tree, original_date=True, extensive_search=False, url=url, min_date=EARLIEST.isoformat(),
                          max_date=latest.date().isoformat())  # fmt: skip
    except FAILURES:
        return
    if value:
        yield cue(value, "date found in the markup by htmldate", "markup")


def cue(value: str, how: str, kind: str) -> DateCue:
    """A date as written in the markup; where the words make no date, it says so."""
    shown = clean(value).strip()[:40]
    interval = given_interval(shown)
    return DateCue(interval, f"{how}: {shown}" if interval else f'{how} "{shown}" is no date', kind)


def attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    """The value of an attribute of the first element that fits, cleaned; empty where there is none."""
    node = tree.css_first(selector)
    value = node.attributes.get(name) if node else None
    return " ".join(clean(value).split())[:2_000] if value else ""


def _linked_data(tree: LexborHTMLParser) -> Iterator[Mapping[str, object]]:
    seen = 0
    for node in tree.css("script[type='application/ld+json']")[:20]:
        try:
            value = json.loads((node.text() or "")[:MAX_SCRIPT], strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _unnested(value):
            seen += 1
            if seen > MAX_ITEMS:
                return
            yield item


def _unnested(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    """The things described, those inside lists, graphs, main entities and live blogs with them."""
    if isinstance(value, list):
        for one in value[:MAX_ITEMS]:
            yield from _unnested(one, depth)
    elif isinstance(value, dict):
        yield value
        if depth < 3:
            for key in ("@graph", "mainEntity", "liveBlogUpdate", "hasPart"):
                yield from _unnested(value.get(key), depth + 1)


def _is_story(item: Mapping[str, object]) -> bool:
    kinds = [kind.lower() for kind in _texts(item.get("@type"))]
    return any(kind.endswith(_STORIES) for kind in kinds) or (not kinds and "datePublished" in item)


def _described(item: Mapping[str, object]) -> Described:
    return Described(
        headline=_first(item, "headline", "name"),
        kinds=tuple(kind.lower() for kind in _texts(item.get("@type"))),
        published=_first(item, "datePublished", "dateCreated", "uploadDate"),
        updated=_first(item, "dateModified"),
        authors=tuple(dict.fromkeys(_people(item.get("author"))))[:MAX_AUTHORS],
        section=_first(item, "articleSection"),
        body=fold(clean(_first(item, "articleBody", "text", limit=200))),
    )


def _dates_of(stories: tuple[Described, ...], which: str) -> Iterator[DateCue]:
    """Dates of the first story that has one; other stories on the page have their own."""
    for story in stories:
        value = story.published if which == "published" else story.updated
        if value:
            yield cue(
                value, f"linked data {'datePublished' if which == 'published' else 'dateModified'}", "linked-data"
            )
            return


def _meta_dates(tree: LexborHTMLParser) -> Iterator[DateCue]:
    for selector, name in _META_DATES:
        value = attribute(tree, selector, name)
        if value and given_interval(value):
            yield cue(value, f"markup {selector}", "meta")


def _changes(tree: LexborHTMLParser) -> Iterator[DateCue]:
    for selector in (*_META_CHANGES, "time[itemprop='dateModified']"):
        value = attribute(tree, selector, "datetime" if selector.startswith("time") else "content")
        if value and given_interval(value):
            yield cue(value, f"markup {selector}", "updated")


def _publisher(tree: LexborHTMLParser, items: list[Mapping[str, object]]) -> tuple[str | None, str]:
    name = attribute(tree, "meta[property='og:site_name']", "content")
    if name:
        return name, "name of the site in the markup"
    for item in items:
        publisher = item.get("publisher")
        found = _first(publisher, "name") if isinstance(publisher, dict) else ""
        if found:
            return found[:100], "publisher in the linked data"
    return None, ""


def _meta_authors(tree: LexborHTMLParser) -> tuple[str, ...]:
    texts = (attribute(tree, selector, "content") for selector in _META_AUTHORS)
    found = next((text for text in texts if text and not text.startswith(("http", "@"))), "")
    return (found.removeprefix("By ").removeprefix("by "),) if found else ()


def _people(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        for text in _texts(name):
            if text.strip() and not text.startswith("http"):
                yield " ".join(clean(text).split())[:100]


def _first(item: Mapping[str, object], *keys: str, limit: int = 400) -> str:
    for key in keys:
        for text in _texts(item.get(key)):
            if text.strip():
                return " ".join(clean(text[: 4 * limit]).split())[:limit]
    return ""


def _texts(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one
