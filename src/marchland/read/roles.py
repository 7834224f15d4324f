"""What each block of a page is for: a heading, a stamp, prose, a caption, or a box beside the story."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from marchland.read.blocks import NAMED_LEVEL, Block, Element, Layout
from marchland.read.lines import MIN_BODY, Reader
from marchland.read.settings import fold

BRIEF = 500
"""Characters of prose up to which a piece beside a long story is a box."""
MAX_HEADING = 160
MAX_STAMP = 90
"""Characters of the longest stamp."""
MAX_NAMES = 10
"""Words of the longest byline."""
MAX_BOX, MAX_BOX_TITLE = 12, 40
"""Blocks of a box of links to other stories, and characters of the line above them."""
_DIGIT = re.compile(r"\d")
OUTSIDE = frozenset({"aside", "comment", "quote"})
"""Roles of what stands beside a story."""
_BOXES = {"figcaption": "caption", "caption": "caption", "aside": "aside", "footer": "aside"}
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NONE: frozenset[str] = frozenset()
_FIELDS = re.compile(r"\s+[–—|•·»-]\s+|\s*\|\s*")
MAX_FIELD = 6
"""Words of a field in the head of an issue."""
_BRACKETED = re.compile(r"[(\[][^()\[\]]+[)\]]\.?")
MAX_CAPTION = 300
"""Characters of a text under a picture."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What each block of a layout is for.

    It is prose, heading, label, stamp, byline, standfirst, caption, embed, aside, comment, quote, direction or other.
    """

    of: tuple[str, ...]
    boxes: tuple[int, ...] = ()
    """Numbers of the elements that stand aside from the story."""


def is_heading(block: Block) -> bool:
    """Whether a block is set as a heading: by its tag, or a short line all in bold type.

    A question in bold type is what an interviewer asks: part of the text.
    """
    if not block.text:
        return False
    bold = block.bold and len(block.text) < MAX_HEADING and block.text[-1] not in ".:?"
    return block.level > 0 or block.lead or bold


def is_dated(block: Block, reader: Reader) -> bool:
    """Whether a block is a stamp: a time element, a printed date, or an hour."""
    text = block.text
    if block.stamp:
        return len(text) < MAX_STAMP
    if len(text) >= MAX_STAMP or not _DIGIT.search(text):
        return False
    labelled = fold(text.split(" ", 1)[0]) in reader.words.stamp_words and bool(reader.dates.full(text))
    return labelled or reader.is_stamp(text) or reader.is_clock(text) or _is_issue_line(text, reader)


def _is_issue_line(text: str, reader: Reader) -> bool:
    """Short fields with a date among them: "Tuesday 29 August 2006 - No. 12 - page 3"."""
    if text[-1] in ".!?":
        return False
    fields = _FIELDS.split(text)
    if len(fields) < 2 and "," in text:
        # A source and its day: "Upland Courier (weekly), Friday 17 April 2009".
        source, day = text.split(",", 1)
        bare = re.sub(r"\([^()]*\)", " ", source).split()
        return bool(bare) and all(word[0].isupper() for word in bare) and reader.is_stamp(day.strip())
    if len(fields) < 2 or any(len(field.split()) > MAX_FIELD for field in fields):
        return False
    return any(reader.is_stamp(field) for field in fields)


def leads_away(block: Block) -> bool:
    """Whether a heading is a link to another page, not to a spot on this one."""
    return block.linked > len(block.text) // 2 and not block.link.startswith(("#", "?"))


def spans_of(layout: Layout) -> dict[int, tuple[int, int]]:
    """First and after-last block of every element that holds any, in document order."""
    spans: dict[int, tuple[int, int]] = {}
    for index, block in enumerate(layout.blocks):
        for number in block.chain:
            first, _ = spans.get(number, (index, 0))
            spans[number] = (first, index + 1)
    return dict(sorted(spans.items()))


def roles_of(layout: Layout, reader: Reader) -> Roles:
    """The role of every block, from the elements that it stands in."""
    outside = _outside(layout, reader)
    spans = spans_of(layout) if any(block.picture >= 0 for block in layout.blocks) else {}
    return Roles(
        tuple(
            "caption"
            if _is_under_picture(block, layout, spans) or _is_fine_print(block, reader)
            else _role(block, layout, reader, outside)
            for block in layout.blocks
        ),
        tuple(number for number, role in outside.items() if role in ("aside", "comment", "quote")),
    )


def _is_under_picture(block: Block, layout: Layout, spans: dict[int, tuple[int, int]]) -> bool:
    """Whether a block shares a small box with the picture before it, and nothing else."""
    if block.picture < 0 or block.picture not in block.chain or not 0 < len(block.text) <= MAX_CAPTION:
        return False
    if 0 < block.level < NAMED_LEVEL:
        return False
    first, after = spans.get(block.picture, (0, 0))
    return after - first <= 2 and layout.elements[block.picture].tag not in ("p", "body", "a", "header")


def _is_fine_print(block: Block, reader: Reader) -> bool:
    """Whether a block right after a picture is set smaller than the text."""
    short = 0 < len(block.text) <= MAX_CAPTION
    return block.picture >= 0 and block.fine and short and not reader.is_byline(block.text)


def _is_small(element: Element, role: str, counts: dict[int, int], held: dict[int, int], whole: int) -> bool:
    """Whether an element with a name for boxes is one: not most of the page, nor a story."""
    size = held.get(element.number, 0)
    if role == "standfirst":
        return counts.get(element.number, 0) <= 2
    story = counts.get(element.number, 0) > 2 and size > BRIEF and role == "aside"
    return size <= whole // 2 and not (story and element.tag not in ("aside", "footer"))


def _outside(layout: Layout, reader: Reader) -> dict[int, str]:
    """Elements whose names say that they are no story, and which hold too little of the page to be one."""
    whole = sum(block.prose for block in layout.blocks if block.prose >= MIN_BODY)
    held: dict[int, int] = {}
    counts: dict[int, int] = {}
    for block in layout.blocks:
        if block.prose >= MIN_BODY:
            for number in block.chain:
                held[number] = held.get(number, 0) + block.prose
                counts[number] = counts.get(number, 0) + 1
    common = _common_names(layout, held, whole, reader)
    # Elements of one kind share their names: each set of names is looked up once.
    known: dict[tuple[str, frozenset[str]], str] = {}
    outside: dict[int, str] = {}
    for one in layout.elements:
        if one.names or one.tag in _BOXES:
            key = (one.tag, one.names)
            role = known[key] if key in known else known.setdefault(key, _named(one, reader, common))
            if role and _is_small(one, role, counts, held, whole):
                outside[one.number] = role
    return _titled_boxes(layout, reader, counts, held) | outside


def _titled_boxes(layout: Layout, reader: Reader, counts: dict[int, int], held: dict[int, int]) -> dict[int, str]:
    """Small boxes under a line such as "Related" or "Keep reading", whatever their names."""
    titles = {at for at, block in enumerate(layout.blocks) if _is_box_title(block, reader)}
    if not titles:
        return {}
    return {
        number: "aside"
        for number, (first, after) in spans_of(layout).items()
        if first in titles
        and 1 < after - first <= MAX_BOX
        and counts.get(number, 0) <= 2
        and held.get(number, 0) <= BRIEF
    }


def _is_box_title(block: Block, reader: Reader) -> bool:
    return 0 < len(block.text) <= MAX_BOX_TITLE and (
        reader.is_foot(block.text) or fold(block.text) in reader.words.lines
    )


def _named(element: Element, reader: Reader, common: frozenset[str]) -> str:
    """The role that the names of an element tell; names that most of the page shares tell nothing."""
    if not element.names.isdisjoint(reader.words.markup_names["inset"]):
        return ""
    if element.tag in _BOXES:
        return _BOXES[element.tag]
    for role, names in reader.words.markup_names.items():
        # What a heading is called tells of its look, not of a box.
        if not names.isdisjoint(element.names - common) and not (role == "aside" and element.tag in _TITLES):
            return role
    return ""


def _common_names(layout: Layout, held: dict[int, int], whole: int, reader: Reader) -> frozenset[str]:
    """Names of boxes that hold most of the page between them: the site's own word for its posts."""
    sizes: Counter[str] = Counter()
    known = reader.words.markup_names["aside"]
    outer: dict[int, frozenset[str]] = {}
    for element in layout.elements:
        above = outer.get(element.parent, _NONE)
        mine = element.names & known if element.names else _NONE
        outer[element.number] = above | mine if mine else above
        for name in mine - above:
            sizes[name] += held.get(element.number, 0)
    return frozenset(name for name, size in sizes.items() if size > whole // 2)


def _role(block: Block, layout: Layout, reader: Reader, outside: dict[int, str]) -> str:
    marked = next((outside[number] for number in reversed(block.chain) if number in outside), "")
    if marked in ("byline", "label") and is_dated(block, reader):
        return "stamp"
    if marked == "byline":
        return _byline_role(block)
    if marked:
        return marked
    dated = not block.text or is_dated(block, reader)
    # An hour in bold type opens an entry; a date in a heading's tag is a heading over what follows.
    if dated and (block.level in (0, NAMED_LEVEL) or reader.is_clock(block.text)):
        return "stamp"
    if is_heading(block):
        return "heading"
    if dated:
        return "stamp"
    if _BRACKETED.fullmatch(block.text) and len(block.text) <= MAX_CAPTION:
        return "direction"
    if reader.is_byline(block.text):
        return "byline"
    if block.prose >= MIN_BODY and block.linked < block.prose:
        return "prose"
    return "other"


def _byline_role(block: Block) -> str:
    """What stands in a box for authors: a name, or a note on the author."""
    return "byline" if len(block.text.split()) <= MAX_NAMES else "aside"


def texts_by_role(layout: Layout, roles: Roles) -> dict[str, set[str]]:
    """Role to the folded texts of its blocks, without texts that stand in another role too."""
    found: dict[str, set[str]] = {}
    for block, role in zip(layout.blocks, roles.of, strict=True):
        found.setdefault(fold(block.text), set()).add(role)
    texts: dict[str, set[str]] = {}
    for text, its in found.items():
        if "heading" in its and its <= OUTSIDE | {"heading", "other"}:
            texts.setdefault("heading", set()).add(text)
            continue
        for role in its if len(its) == 1 or its <= OUTSIDE else ():
            texts.setdefault(role, set()).add(text)
    return texts
