"""An HTML page laid out: its blocks, their roles, and how the blocks of a story become lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from marchland.read.belongs import told_in
from marchland.read.blocks import Block, Layout
from marchland.read.lines import Reader
from marchland.read.markup import Told
from marchland.read.regions import Region
from marchland.read.roles import Roles, leads_away
from marchland.read.settings import fold
from marchland.records import DateCue

MAX_MARK = 40
"""Characters of the longest section name above a title."""
KNOWN = {
    "byline": "byline",
    "caption": "caption",
    "embed": "embed",
    "heading": "subheading",
    "label": "mark",
    "prose": "body",
    "stamp": "stamp",
    "standfirst": "standfirst",
}
"""Role of a block to the kind of part that it becomes."""
_INLINE = frozenset({"a", "b", "strong", "i", "em", "span", "font", "u", "small"})
NOTHING = Told((), (), (), None, "", "", (), (), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page laid out, and what its markup tells of it."""

    layout: Layout
    roles: Roles
    main: Region
    """The part of the page that holds most of its prose."""
    title: str
    told: Told
    reader: Reader


@dataclass(frozen=True, slots=True)
class StoryLines:
    """One story of a page before its lines are given roles, and what the markup tells of it."""

    lines: list[str]
    known: dict[str, str] = field(default_factory=dict)
    """Folded line to the role that the markup told: headline, caption, body."""
    own: tuple[DateCue, ...] = ()
    authors: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    page: tuple[DateCue, ...] = ()
    """The day of the page that it stands on with others: the last resort."""


@dataclass(frozen=True, slots=True)
class Markup:
    """An HTML page: its stories, and what it tells of itself."""

    stories: tuple[StoryLines, ...]
    told: Told = NOTHING
    tree: HtmlElement | None = None
    """For the last resort in looking for a date."""


def lines_in(region: Region, sheet: Sheet, authors: tuple[str, ...] = (), title: str = "") -> list[str]:
    """The blocks of a story that belong to it; what leads away or stands aside goes."""
    lines: list[str] = []
    inside = range(region.first, region.after)
    whole = _items_with_heads(inside, sheet)
    for at in told_in(inside, sheet.layout, sheet.roles, authors, sheet.reader):
        block, role = sheet.layout.blocks[at], sheet.roles.of[at]
        if role == "heading" and leads_away(block) and lines:
            continue
        if role == "byline":
            lines.append(byline_of(block.text))
        elif role != "other" or block.text == title or _is_text(block, sheet.layout):
            bullet = role in ("prose", "other") and block.text != title and _is_item(block, sheet.layout, whole)
            lines.append(f"• {block.text}" if bullet else block.text)
        elif len(block.text) <= MAX_MARK and not lines:
            lines.append(block.text)
    return lines


def _blocks(region: Region, sheet: Sheet) -> list[Block]:
    return sheet.layout.blocks[region.first : region.after]


def byline_of(text: str) -> str:
    """The line of a box for authors, so that it can be told from others."""
    return text if text[:3].casefold() == "by " else f"By {text}"


def _items_with_heads(inside: range, sheet: Sheet) -> set[int]:
    """Items of a list that hold a title or an hour too: stories that happen to stand in a list."""
    heads = [at for at in inside if sheet.roles.of[at] in ("heading", "stamp")]
    elements = sheet.layout.elements
    return {number for at in heads for number in sheet.layout.blocks[at].chain if elements[number].tag == "li"}


def known_in(region: Region, sheet: Sheet, title: str) -> dict[str, str]:
    """Folded line to its role, for the lines of a story."""
    known = {fold(title): "headline"} if title else {}
    told = set() if title and any(fold(b.text) == fold(title) for b in _blocks(region, sheet)) else {fold(title)}
    for at in range(region.first, region.after):
        text, role = sheet.layout.blocks[at].text, sheet.roles.of[at]
        if role == "byline":
            known.setdefault(fold(byline_of(text)), "byline")
        elif role in KNOWN or (role == "other" and fold(title) not in told):
            # A short line above the title names the section.
            known.setdefault(fold(text), KNOWN.get(role, "mark"))
        told.add(fold(text))
    return known


def _is_text(block: Block, layout: Layout) -> bool:
    """Whether a short block is a paragraph or an item of a list, and no button, label or link."""
    if block.linked * 2 >= len(block.text):
        return False
    tag = next((t for n in reversed(block.chain) if (t := layout.elements[n].tag) not in _INLINE), "")
    words = len(block.text.split())
    ended = words > 2 and block.text.rstrip("\"”’')")[-1:] in (".", "!", "?", ":")
    return ended or (tag in ("p", "li", "blockquote", "dd") and words > 4)


def _is_item(block: Block, layout: Layout, whole: set[int]) -> bool:
    """Whether the block is an item of a list, and not a story that happens to stand in one."""
    around = [number for number in block.chain if layout.elements[number].tag not in _INLINE]
    return any(layout.elements[number].tag == "li" and number not in whole for number in around[-2:])
