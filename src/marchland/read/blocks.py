"""An HTML tree as its blocks in reading order: one text each, with what the markup tells of it.

A block is a stretch between two breaks of the layout: a paragraph, a heading, an item of a list, a time stamp. Every
block knows the chain of elements that it stands in, so that containers of stories can be looked for.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from marchland.read.marks import NO_TITLES, Titles, is_of_change, stamp_in
from marchland.read.setting import CLOCK, Row, hour_before, is_lead, joined
from marchland.read.text import clean

HIDDEN = "script,style,noscript,svg,iframe,template,select,input,textarea,link,dialog,nav,[hidden]"
"""What a reader of the page does not see, or what holds no prose."""
MAX_STEPS = 400_000
"""Elements and texts of one page that are looked at, each element twice."""
MAX_TEXT = 100_000
"""Characters of one block."""
_BREAKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"),
        *("tfoot", "th", "thead", "tr", "ul"),
    ]
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 6, "dt": 6}
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_FINE = frozenset({"small", "i", "em", "cite"})
_STYLED = _BOLD | _FINE | {"pre"}
_ANY = re.compile(r"[^\W_]")
"""Elements of the type in which captions and credits are set."""
_WEIGHT = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
NAMED_LEVEL = 5
"""Level of a heading that only its class tells."""
MAX_FIELD = 60
"""Characters of a name and its value in a list of such."""
MAX_NAMED = 200
"""Characters of such a heading."""
_SMALL = frozenset({"a", "abbr", "b", "em", "font", "i", "relative-time", "small", "span", "strong", "time"})
"""Elements that are their date; one that others carry is that of all that they hold."""
MAX_BEFORE_STAMP = 60
"""Characters of a paragraph after which a date in it is part of a sentence."""
_FIELDS = frozenset({"a", "b", "em", "small", "span", "strong"})
_NONE: frozenset[str] = frozenset()
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its place in the tree and the words that its markup gives it."""

    number: int
    parent: int
    """Number of the element around it; -1 for the body."""
    tag: str
    names: frozenset[str]
    """Words of its id, classes and role, in lower case: "RelatedStories-box" gives related, stories, box."""
    classes: frozenset[str]
    """Its classes without their numbers: what items of one list share."""
    kind: str
    """Last part of its itemtype, its itemprop or its ARIA role, in lower case, or empty."""


@dataclass(slots=True)
class Block:
    """One text and its marks. `chain` holds the numbers of the elements around it, outermost first."""

    text: str
    chain: tuple[int, ...]
    linked: int
    """Characters of it that are links."""
    level: int = 0
    """Level of the heading that it is, or 0."""
    stamp: str = ""
    """Machine-readable date of the element that it is, or empty."""
    changed: bool = False
    """Whether that date is the one of a change."""
    link: str = ""
    """Address of the first link in it."""
    bold: bool = False
    """Whether all of it is in bold type."""
    fine: bool = False
    """Whether all of it is in small or slanted type, as captions are."""
    lead: bool = False
    """Whether it is a title in bold type with which a paragraph begins."""
    run_in: bool = False
    """Whether it is bold and its paragraph goes on in the next block."""
    picture: int = -1
    """Number of the element in which a picture stands right before it, or -1."""
    ruled: bool = False
    """Whether a rule or an empty paragraph stands before it."""

    @property
    def prose(self) -> int:
        """Characters that are not links."""
        return len(self.text) - self.linked


@dataclass(slots=True)
class Layout:
    """The blocks of a page in reading order, and the elements that they stand in."""

    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)
    """The node of each element, so that boxes can be taken out of the tree."""


def layout_of(tree: LexborHTMLParser, max_depth: int, titles: Titles = NO_TITLES) -> Layout | None:
    """The blocks of a tree from which hidden elements have been taken; None where elements nest deeper than allowed."""
    builder = _Builder(titles)
    # None on the stack ends the element that was entered last.
    stack: list[LexborNode | None] = [tree.body] if tree.body is not None else []
    for _ in range(MAX_STEPS):
        if not stack:
            break
        node = stack.pop()
        if node is None:
            builder.leave()
            continue
        tag = node.tag
        if tag == "-text":
            builder.text(node.text_content or "")
        elif tag and tag != "-comment":
            if len(builder.open) > max_depth:
                return None
            builder.enter(node, tag)
            stack.append(None)
            child = node.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
    builder.flush()
    return Layout(builder.elements, builder.blocks, builder.nodes)


class _Builder:
    """Fills one block at a time; an element that breaks the layout ends it."""

    def __init__(self, titles: Titles) -> None:
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.nodes: list[LexborNode] = []
        self.open: list[int] = []
        """Numbers of the elements that are open."""
        self._titles = titles
        self._begun: list[int] = []
        """For each open element: how many blocks there were before it."""
        self._links: list[str] = []
        self._bolds = self._fines = self._pres = 0
        self._breaks = self._level = 0
        self._picture = self._dated = self._closed = -1
        self._ruled = False
        self._rows: list[Row] = []
        self._row = Row()

    def enter(self, node: LexborNode, tag: str) -> None:
        """Begin an element."""
        attributes = node.attributes
        stamp = stamp_in(tag, attributes)
        dated = (bool(stamp) or tag == "time") and self._length() <= MAX_BEFORE_STAMP
        self._break(tag, dated)
        number, parent = len(self.elements), self.open[-1] if self.open else -1
        if tag in _FIELDS and parent == self._closed and self._row.chain:
            self._rows.append(self._row)
            self._row = Row(soft=True)
        self.open.append(number)
        self._begun.append(len(self.blocks))
        self.nodes.append(node)
        element = _element(number, parent, tag, attributes)
        self.elements.append(element)
        self._style(element, attributes, 1)
        if tag == "a":
            self._links.append((attributes.get("href") or "")[:2_000])
        if dated:
            self._row.stamp, self._row.changed = stamp, is_of_change(element.names, attributes)
            if tag in _SMALL:
                self._dated = number
            else:
                self.flush()
        self._level = _HEADINGS.get(tag, self._level)

    def leave(self) -> None:
        """End the element that was begun last."""
        element = self.elements[self.open[-1]]
        tag = element.tag
        if tag in _BREAKS or element.number == self._dated:
            empty = tag == "p" and not self._length() and self._begun[-1] == len(self.blocks)
            # A paragraph that holds a picture is not empty.
            self._ruled = self._ruled or (empty and self._picture < element.number)
            self.flush()
        begun = self._begun.pop()
        self.open.pop()
        self._closed = element.parent if tag in _FIELDS else -1
        if tag == "a":
            self._links.pop()
        self._style(element, self.nodes[element.number].attributes, -1)
        if tag in _HEADINGS:
            self._level = 0
        if element.names and tag not in _HEADINGS and tag != "time":
            self._name_heading(element, begun)

    def text(self, text: str) -> None:
        """Add a text to the block."""
        if self._pres and "\n" in text:
            self._preformatted(text)
            return
        if text.isspace():
            self._row.pieces.append(" ")
            return
        if self._row.led:
            self.flush(run_in=True)
        self._row.chain = _shared(self._row.chain, self.open) if self._row.chain else tuple(self.open)
        self._breaks, self._closed = 0, -1
        length = len(text.strip())
        self._row.add(
            text[:MAX_TEXT], length, bold=bool(self._bolds), fine=bool(self._fines), link=self._links[-1:] or None
        )

    def flush(self, *, run_in: bool = False) -> None:
        """End the block that is being filled: its rows as one text, or each by itself."""
        rows = [row for row in (*self._rows, self._row) if row.chain or row.stamp]
        self._rows, self._row = [], Row()
        for row in joined(rows):
            self._add(row, run_in=run_in and row is rows[-1])

    def _add(self, row: Row, *, run_in: bool) -> None:
        text = " ".join(clean("".join(row.pieces)).split())[:MAX_TEXT] if row.chain else ""
        if not text and not row.stamp:
            return
        hour = hour_before(text) if row.chain and not row.led and not row.stamp else None
        if hour and (self._level or row.bold >= row.length or hour[0][-1:].isdigit() or len(text) > MAX_FIELD):
            self.blocks.append(Block(hour[0], row.chain, 0, run_in=not self._level, ruled=self._ruled))
            text, self._ruled = hour[1], False
        picture, self._picture = self._picture, -1
        ruled, self._ruled = self._ruled, bool(text) and not _ANY.search(text)
        self.blocks.append(
            Block(
                text=text,
                chain=row.chain or tuple(self.open),
                linked=min(row.linked, len(text)),
                level=self._level,
                stamp=row.stamp,
                changed=row.changed,
                link=row.link,
                bold=bool(text) and row.bold >= row.length,
                fine=bool(text) and row.fine >= row.length,
                lead=run_in and not CLOCK.fullmatch(text),
                run_in=run_in,
                picture=picture,
                ruled=ruled,
            )
        )
        if text and len(self.blocks) > 1 and self._is_value():
            value, name = self.blocks.pop(), self.blocks[-1]
            name.text, name.level, name.bold = f"{name.text.rstrip(':')}: {value.text}", 0, False

    def _is_value(self) -> bool:
        """Whether the last block is a short value under its name in a list of names and values."""
        name, value = self.blocks[-2:]
        tags = [self.elements[block.chain[-1]].tag for block in (name, value)]
        return tags == ["dt", "dd"] and len(name.text) + len(value.text) < MAX_FIELD and value.text[-1] not in ".!?"

    def _break(self, tag: str, stamped: bool) -> None:
        if tag == "br":
            self._breaks += 1
            self._rows.append(self._row)
            self._row = Row()
            if self._breaks > 1:
                self.flush()
        elif tag in _BREAKS or stamped:
            self.flush()
        if tag in ("img", "picture", "video", "amp-img"):
            self._picture = self.open[-1] if self.open else -1
        elif tag == "hr":
            self._ruled = True

    def _length(self) -> int:
        return sum(row.length for row in (*self._rows, self._row))

    def _preformatted(self, text: str) -> None:
        """Lines of preformatted text: an empty one ends a block, as two breaks do."""
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if line.strip():
                self.text(line)
            if number + 1 < len(lines):
                self._break("br", stamped=False)

    def _style(self, element: Element, attributes: dict[str, str | None], step: int) -> None:
        """Keep count of the elements that set their text in bold or in small type."""
        tag = element.tag
        if not attributes and tag not in _STYLED:
            return
        if tag == "pre":
            self._pres += step
        if tag in _BOLD or _is_bold(element, attributes, self._titles):
            self._bolds += step
            if step < 0 and not self._bolds and tag not in _HEADINGS:
                self._row.led = is_lead("".join(self._row.pieces), self._row.bold >= self._row.length)
        elif tag in _FINE or (tag == "font" and (attributes.get("size") or "") in ("1", "2", "-1", "-2")):
            self._fines += step

    def _name_heading(self, element: Element, begun: int) -> None:
        """One short block in an element that is named as titles are: it is a heading."""
        if len(self.blocks) - begun != 1 or not self._titles.fit(element.names):
            return
        block = self.blocks[-1]
        if not block.level and not block.stamp and 0 < len(block.text) <= MAX_NAMED:
            block.level = NAMED_LEVEL


def _is_bold(element: Element, attributes: dict[str, str | None], titles: Titles) -> bool:
    """Whether the style of an element, or its name inside a paragraph, sets it in bold type."""
    if element.tag not in ("span", "font", "u", "em", "i"):
        return False
    return bool(_WEIGHT.search(attributes.get("style") or "")) or titles.fit(element.names)


def _shared(chain: tuple[int, ...], opened: list[int]) -> tuple[int, ...]:
    """The elements around both: a block stands in what holds all of its text."""
    if chain[-1] == opened[-1]:
        return chain
    pairs = zip(chain, opened, strict=False)
    return tuple(one for one, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _element(number: int, parent: int, tag: str, attributes: dict[str, str | None]) -> Element:
    if not attributes:
        return Element(number, parent, tag, _NONE, _NONE, "")
    classes, name, role = attributes.get("class") or "", attributes.get("id") or "", attributes.get("role") or ""
    itemtype = (attributes.get("itemtype") or "").rsplit("/", 1)[-1]
    kind = itemtype or attributes.get("itemprop") or role
    # Test ids and components name what hashed classes hide.
    part = attributes.get("data-testid") or attributes.get("data-component") or attributes.get("data-type") or ""
    return Element(
        number=number,
        parent=parent,
        tag=tag,
        names=_names(f"{classes} {name} {role} {part}"[:600]) if classes or name or role or part else _NONE,
        classes=_classes(classes[:300]) if classes else _NONE,
        kind=kind.lower()[:60],
    )


# Pages of one site share their classes: what has been cut up once is kept.
@functools.lru_cache(maxsize=20_000)
def _names(words: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(_CAMEL.sub(" ", words).lower()))


@functools.lru_cache(maxsize=20_000)
def _classes(words: str) -> frozenset[str]:
    return frozenset(_DIGITS.sub("", words).split())
