"""HTML to lines: trafilatura for the story, selectors for what it drops (captions, title, bullets, dates)."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import LxmlError
from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction

from marchland.read.lines import Reader, without_bullet
from marchland.read.published import EARLIEST, Cue, given_interval
from marchland.read.settings import fold
from marchland.read.text import clean, lines_of

MAX_DEPTH = 400
"""Open elements. Deeper pages are attacks or broken; the tree walkers below would run out of stack."""
MAX_CAPTIONS = 40
MAX_SCRIPT = 200_000
"""Characters of linked data that are parsed."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "p", "li", "td", "tr", "th", "option", "dt", "dd"),
    }
)
"""Elements that stand alone, or whose end need not be written."""
_HIDDEN = re.compile(r"<(script|style|noscript|template|svg|head)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|section|article|tr|table|figure|figcaption|blockquote)\b[^<>]*>", re.I
)
_MARKUP = re.compile(r"<[^<>]*>")
# What the extraction libraries let through on hostile markup.
_FAILURES = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, LxmlError)
_META_DATES = (
    ("meta[property='article:published_time']", "content"),
    ("meta[name='article:published_time']", "content"),
    ("meta[itemprop='datePublished']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='publish-date']", "content"),
    ("meta[name='date']", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("meta[name='parsely-pub-date']", "content"),
    ("time[itemprop='datePublished']", "datetime"),
    ("article time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
)


@dataclass(frozen=True, slots=True)
class Markup:
    """An HTML page as lines, with the roles, dates and names that its markup tells."""

    lines: list[str]
    known: dict[str, str]
    url: str | None
    publisher: str | None
    publisher_how: str
    dates: tuple[Cue, ...]


def read_markup(html: str, url: str | None, reader: Reader, now: dt.datetime) -> Markup:
    """Lines and cues of a page. A page nested too deeply is read as bare text. Never raises."""
    html = html.replace("\x00", "")
    if _depth(html) > MAX_DEPTH:
        return Markup(_bare_lines(html), {}, None, None, "", ())
    tree = LexborHTMLParser(html)
    title, captions = _title(tree), _captions(tree)
    lines = _story_lines(html, url, tree)
    known = {fold(caption): "caption" for caption in captions}
    if title:
        known[fold(title)] = "headline"
    head = ([title] if title else []) + [caption for caption in captions if not _is_in(caption, lines)]
    publisher, how = _publisher(tree)
    address = _attribute(tree, "link[rel='canonical']", "href") or _attribute(
        tree, "meta[property='og:url']", "content"
    )
    # The title of an empty page is no story.
    return Markup(
        lines=[*head, *lines] if lines else [],
        known=known,
        url=address if address and address.startswith("http") else None,
        publisher=publisher,
        publisher_how=how,
        dates=(*_linked_dates(tree), *_meta_dates(tree), *_found_date(html, url, now)),
    )


def _depth(html: str) -> int:
    """The greatest number of elements open at once, counted without building a tree."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match.group(2).lower() in _VOID or match.group(3).endswith("/"):
            continue
        depth = max(depth - 1, 0) if match.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _bare_lines(html: str) -> list[str]:
    text = _MARKUP.sub(" ", _BLOCK.sub("\n\n", _HIDDEN.sub(" ", html)))
    return [line for line in lines_of(text) if line]


def _story_lines(html: str, url: str | None, tree: LexborHTMLParser) -> list[str]:
    try:
        document = bare_extraction(html, url=url, include_comments=False, include_tables=True, with_metadata=False)
    except _FAILURES:
        document = None
    text = getattr(document, "text", None) or ""
    lines = [_with_bullet(line) for line in clean(text).split("\n")]
    lines = [" ".join(line.split()) for line in lines if line.strip()]
    return lines or _body_lines(tree)


def _with_bullet(line: str) -> str:
    return f"• {line[2:]}" if line.startswith("- ") else line


def _body_lines(tree: LexborHTMLParser) -> list[str]:
    """The paragraphs of the body, where the extraction found no story (a page of one line)."""
    if tree.body is None:
        return []
    html = tree.body.html or ""
    return _bare_lines(html)


def _title(tree: LexborHTMLParser) -> str:
    headings = [_text(node) for node in tree.css("article h1, main h1, h1")[:3]]
    heading = next((heading for heading in headings if len(heading.split()) >= 3), "")
    if heading:
        return heading
    printed = _attribute(tree, "meta[property='og:title']", "content") or _text(tree.css_first("title"))
    return re.split(r"\s[|–—-]\s(?=[^|–—-]{2,40}$)", clean(printed), maxsplit=1)[0].strip()


def _captions(tree: LexborHTMLParser) -> list[str]:
    found = [_text(node) for node in tree.css("figcaption, .wp-caption-text, .caption")[:MAX_CAPTIONS]]
    return list(dict.fromkeys(caption for caption in found if 20 <= len(caption) <= 600))


def _is_in(caption: str, lines: list[str]) -> bool:
    key = fold(caption)
    return any(key in fold(without_bullet(line)) for line in lines)


def _publisher(tree: LexborHTMLParser) -> tuple[str | None, str]:
    name = _attribute(tree, "meta[property='og:site_name']", "content")
    if name:
        return name, "name of the site in the markup"
    for item in _linked_data(tree):
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str) and publisher["name"].strip():
            return clean(publisher["name"]).strip()[:100], "publisher in the linked data"
    return None, ""


def _linked_dates(tree: LexborHTMLParser) -> Iterator[Cue]:
    for item in _linked_data(tree):
        value = item.get("datePublished")
        if isinstance(value, str) and value.strip():
            yield _cue(value, "linked data datePublished")


def _meta_dates(tree: LexborHTMLParser) -> Iterator[Cue]:
    for selector, attribute in _META_DATES:
        value = _attribute(tree, selector, attribute)
        if value and given_interval(value):
            yield _cue(value, f"markup {selector}")


def _found_date(html: str, url: str | None, now: dt.datetime) -> Iterator[Cue]:
    """What htmldate makes of the rest of the page; asked last, since it does not say where it looked."""
    from htmldate import find_date  # noqa: PLC0415  - slow to load, and only HTML needs it

    latest = now + dt.timedelta(days=2)
    try:
        value = find_date(html, original_date=True, extensive_search=False, url=url, min_date=EARLIEST.isoformat(),
                          max_date=latest.date().isoformat())  # fmt: skip
    except _FAILURES:
        return
    if value:
        yield _cue(value, "date found in the markup by htmldate")


def _cue(value: str, how: str) -> Cue:
    shown = clean(value).strip()[:40]
    interval = given_interval(shown)
    return Cue(interval, f"{how}: {shown}" if interval else f'{how} "{shown}" is no date')


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, object]]:
    for node in tree.css("script[type='application/ld+json']")[:10]:
        try:
            value = json.loads((node.text() or "")[:MAX_SCRIPT])
        except (ValueError, RecursionError):
            continue
        items = value if isinstance(value, list) else [value]
        for item in items[:20]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for entry in graph[:50] if isinstance(graph, list) else [item]:
                if isinstance(entry, dict):
                    yield entry


def _attribute(tree: LexborHTMLParser, selector: str, attribute: str) -> str:
    node = tree.css_first(selector)
    value = node.attributes.get(attribute) if node else None
    return " ".join(clean(value).split())[:2_000] if value else ""


def _text(node: object) -> str:
    text = node.text(separator=" ") if hasattr(node, "text") else ""
    return " ".join(clean(text or "").split())
