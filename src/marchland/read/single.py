"""A page with one story: trafilatura finds it, the layout tells titles, captions and boxes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement
from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction, load_html

from marchland.read.blocks import Block, Layout
from marchland.read.fitted import fitted, letters_of
from marchland.read.lines import without_bullet
from marchland.read.markup import FAILURES, attribute, found_date, time_tags
from marchland.read.regions import prose_of
from marchland.read.roles import OUTSIDE, is_heading, leads_away, texts_by_role
from marchland.read.settings import fold
from marchland.read.sheet import KNOWN, Markup, Sheet, StoryLines, lines_in
from marchland.read.text import clean
from marchland.records import DateCue

MAX_BOXES = 0.7
"""Share of the extracted text that must be left when boxes are taken out of it."""
AGREED = 0.1
"""Share of the main part's prose that the extraction must have, else it missed the story (old tables, bare breaks)."""
AGREED_ON_ARTICLE = 0.5
"""The same where the page marks that part as an article: the extraction lost what stands below a plea or a box."""
_PARTS = ("standfirst", "heading", "embed", "label", "byline", "stamp")
"""Roles that the layout tells of lines besides captions."""
MIN_GLUED = 12
"""Characters of the shortest title or caption that is looked for inside another line."""
ALL_LINK = 0.9
"""Share of its letters that are linked, in a line that only leads to another page."""
MAX_CAPTIONS = 40
LONG = 100
"""Characters of a paragraph that is no label."""
NEAR = 12
"""Blocks above the first paragraph in which the date of a story is printed."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What is read from the tree of a page before boxes are taken out of it."""

    captions: tuple[str, ...]
    times: tuple[DateCue, ...]


def tree_of(tree: LexborHTMLParser) -> Tree:
    """Captions and machine-readable dates of a page."""
    found = [text_of(node) for node in tree.css("figcaption, .wp-caption-text, .caption")[:MAX_CAPTIONS]]
    captions = dict.fromkeys(caption for caption in found if 20 <= len(caption) <= 600)
    return Tree(tuple(captions), tuple(time_tags(tree)))


def one_story(tree: Tree, document: HtmlElement | None, sheet: Sheet) -> StoryLines:
    """The story of a page that has one."""
    texts = texts_by_role(sheet.layout, sheet.roles)
    outside = set[str]().union(*(texts.get(role, set()) for role in OUTSIDE), _links(sheet))
    lines = _without(outside, _extracted(document, sheet.layout))
    if _is_glued(sheet, lines) or _share_of(sheet, lines) < (AGREED_ON_ARTICLE if _is_article(sheet) else AGREED):
        lines = lines_in(sheet.main, sheet)
    else:
        lines = fitted(lines, sheet)
    known = dict.fromkeys(map(fold, (*tree.captions, *texts.get("caption", ()))), "caption")
    for role in _PARTS:
        known |= dict.fromkeys(texts.get(role, ()), KNOWN[role])
    if sheet.title:
        known[fold(sheet.title)] = "headline"
    captions = [caption for caption in tree.captions if not _is_in(caption, lines)]
    head = [sheet.title, *captions] if sheet.title else captions
    return StoryLines(
        # The title of an empty page is no story.
        lines=[*head, *lines] if lines else [],
        known=known,
        own=(*sheet.told.published, *tree.times, *_printed(sheet)),
        authors=sheet.told.authors,
        sections=sheet.told.sections,
    )


def last_resort(markup: Markup, url: str | None, now: dt.datetime) -> Iterator[DateCue]:
    """The date that htmldate finds in a page with one story."""
    if markup.tree is not None:
        yield from found_date(markup.tree, url, now)


def load(tree: LexborHTMLParser) -> HtmlElement | None:
    """The tree as trafilatura and htmldate want it, or None where it cannot be loaded."""
    try:
        document = load_html(tree.html or "")
    except FAILURES:
        return None
    return document if isinstance(document, HtmlElement) else None


def title_of(tree: LexborHTMLParser, layout: Layout) -> str:
    """The title of a page: its first heading of three words, else a line of it that its title element has in it."""
    headings = [text_of(node) for node in tree.css("article h1, main h1, h1")[:3]]
    heading = next((heading for heading in headings if len(heading.split()) >= 3), "")
    if heading:
        return heading
    printed = attribute(tree, "meta[property='og:title']", "content") or text_of(tree.css_first("title"))
    bare = re.split(r"\s(?:[|–—-]|::)\s(?=[^|–—-]{2,40}$)", clean(printed), maxsplit=1)[0].strip()
    shown = {fold(block.text) for block in layout.blocks}
    longer = (block.text for block in layout.blocks if block.level and len(bare.split()) > 3 and _goes_on(block, bare))
    if found := next(longer, ""):
        return found
    # A word or two are the name of the site.
    if fold(bare) in shown and len(bare.split()) > 2:
        return bare
    told = (block.text for block in layout.blocks if _may_be_title(block.text, printed, is_heading(block)))
    return next(told, "") or _above_story(layout) or bare


def _above_story(layout: Layout) -> str:
    """The greatest heading right above the first long paragraph."""
    blocks = layout.blocks
    first = next((at for at, block in enumerate(blocks) if block.prose > LONG and not is_heading(block)), 0)
    heads = [block for block in blocks[max(first - NEAR, 0) : first] if is_heading(block)]
    heads = [block for block in heads if len(block.text.split()) > 2 and not block.linked]
    return min(heads, key=lambda block: block.level or 7).text if heads else ""


def _goes_on(block: Block, beginning: str) -> bool:
    """Whether a heading begins with the words of the title element, which may be cut short."""
    return fold(block.text).startswith(fold(beginning).rstrip("…. "))


def _may_be_title(text: str, printed: str, heading: bool) -> bool:
    return len(text.split()) >= 4 and len(text) < 200 and fold(text) in fold(printed) and (heading or text[-1] != ".")


def text_of(node: object) -> str:
    """The text of a node, cleaned."""
    text = node.text(separator=" ") if hasattr(node, "text") else ""
    return " ".join(clean(text or "").split())


def _printed(sheet: Sheet) -> Iterator[DateCue]:
    """Dates printed between the title and the first paragraph, the earliest first: a change is always later."""
    first = next((at for at in range(sheet.main.first, sheet.main.after) if sheet.roles.of[at] == "prose"), 0)
    near = range(max(first - NEAR, 0), first)
    texts = [sheet.layout.blocks[at].text for at in near if sheet.roles.of[at] == "stamp"]
    found = [(date, text) for text in texts for date in sheet.reader.dates.full(text) if date.interval and date.day]
    for date, text in sorted(found, key=lambda pair: (pair[0].year, pair[0].month, pair[0].day or 0)):
        yield DateCue(date.interval, f'printed above the story: "{text[:80]}"', "printed")


def _links(sheet: Sheet) -> set[str]:
    """Folded texts of lines that are nothing but a link to another page."""
    pairs = zip(sheet.layout.blocks, sheet.roles.of, strict=True)
    alone = (block for block, role in pairs if role == "other" and block.linked >= ALL_LINK * len(block.text))
    return {fold(block.text) for block in alone if leads_away(block) and len(block.text.split()) > 2}


def _is_article(sheet: Sheet) -> bool:
    """Whether the page itself marks its main part as an article."""
    first = next((at for at in range(sheet.main.first, sheet.main.after) if sheet.roles.of[at] == "prose"), None)
    around = sheet.layout.blocks[first].chain if first is not None else ()
    elements = (sheet.layout.elements[number] for number in around)
    return any(element.tag == "article" or element.kind == "articlebody" for element in elements)


def _is_glued(sheet: Sheet, lines: list[str]) -> bool:
    """Whether the extraction ran blocks together, as it does where it finds no story: a title stands in a line."""
    pairs = zip(sheet.layout.blocks, sheet.roles.of, strict=True)
    apart = [block.text for block, role in pairs if role in ("heading", "caption") and len(block.text) >= MIN_GLUED]
    return any(text in line and len(line) > len(text) + MIN_GLUED for text in apart for line in lines)


def _share_of(sheet: Sheet, lines: list[str]) -> float:
    """Prose of the page that the extraction has, as a share of the prose of its main part."""
    # A paragraph may be two blocks (an hour in bold, a run-in title), and two blocks one line.
    have = "\n".join(letters_of(without_bullet(line)) for line in lines)
    whole = prose_of(sheet.main, sheet.layout, sheet.roles)
    pairs = zip(sheet.layout.blocks, sheet.roles.of, strict=True)
    got = sum(block.prose for block, role in pairs if role == "prose" and letters_of(block.text) in have)
    return got / whole if whole else 1.0


def _without(outside: set[str], lines: list[str]) -> list[str]:
    """The lines without boxes that the extraction let through; all of them where the boxes would be the story."""
    kept = [line for line in lines if fold(without_bullet(line)) not in outside]
    return kept if sum(map(len, kept)) >= MAX_BOXES * sum(map(len, lines)) else lines


def _extracted(document: HtmlElement | None, layout: Layout) -> list[str]:
    """What trafilatura takes for the story; its fast way is no worse on news (BENCHMARKS.md) and half as long."""
    text = ""
    if document is not None:
        try:
            found = bare_extraction(
                document, include_comments=False, include_tables=True, with_metadata=False, fast=True
            )
        except FAILURES:
            found = None
        text = getattr(found, "text", None) or ""
    lines = [" ".join(_with_bullet(line).split()) for line in clean(text).split("\n") if line.strip()]
    # A page of one line: nothing that the extraction would call a story.
    return lines or [block.text for block in layout.blocks if block.prose > 0]


def _with_bullet(line: str) -> str:
    return f"• {line[2:]}" if line.startswith("- ") else line


def _is_in(caption: str, lines: list[str]) -> bool:
    key = fold(caption)
    return any(key in fold(without_bullet(line)) for line in lines)
