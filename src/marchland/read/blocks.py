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

from marchland.read.text import clean

HIDDEN = "script,style,noscript,svg,iframe,template,select,input,textarea,link,dialog,nav,[hidden]"
"""What a reader of the page does not see, or what holds no prose."""
MAX_STEPS = 400_000
"""Elements and texts of one page that are looked at, each element twice."""
MAX_TEXT = 100_000
"""Characters of one block."""
_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "time",
    ]
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 6, "dt": 6}
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_CLOCK = re.compile(r"[\[(]?\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?[\])]?\s*[:–—-]?", re.IGNORECASE)
MIN_LEAD = 4
"""Words of the shortest title in bold type that text follows in the same paragraph."""
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
    address: str
    """Its id."""


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
    """Machine-readable date of the time element that it is, or empty."""
    link: str = ""
    """Address of the first link in it."""
    bold: bool = False
    """Whether all of it is in bold type."""
    lead: bool = False
    """Whether it is a title in bold type with which a paragraph begins."""
    picture: int = -1
    """Number of the element in which a picture stands right before it, or -1."""

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


def layout_of(tree: LexborHTMLParser, max_depth: int) -> Layout | None:
    """The blocks of a tree from which hidden elements have been taken; None where elements nest deeper than allowed."""
    builder = _Builder()
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


@dataclass(slots=True)
class _Filling:
    """The block that is being filled."""

    pieces: list[str] = field(default_factory=list)
    chain: tuple[int, ...] = ()
    linked: int = 0
    bold: int = 0
    length: int = 0
    link: str = ""
    stamp: str = ""
    led: bool = False
    """Whether it is a title or an hour in bold type that more text follows."""


class _Builder:
    """Fills one block at a time; an element that breaks the layout ends it."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.nodes: list[LexborNode] = []
        self.open: list[int] = []
        """Numbers of the elements that are open."""
        self._links: list[str] = []
        self._bolds = 0
        self._breaks = self._level = 0
        self._picture = -1
        self._block = _Filling()

    def enter(self, node: LexborNode, tag: str) -> None:
        """Begin an element."""
        if tag == "br":
            self._breaks += 1
            self._block.pieces.append(" ")
            if self._breaks > 1:
                self.flush()
        elif tag in _BREAKS:
            self.flush()
        if tag in ("img", "picture", "video"):
            self._picture = self.open[-1] if self.open else -1
        attributes = node.attributes
        parent = self.open[-1] if self.open else -1
        self.open.append(len(self.elements))
        self.nodes.append(node)
        self.elements.append(_element(len(self.elements), parent, tag, attributes))
        if tag == "a":
            self._links.append((attributes.get("href") or "")[:2_000])
        elif tag == "time":
            self._block.stamp = (attributes.get("datetime") or "")[:60]
        elif tag in _BOLD:
            self._bolds += 1
        self._level = _HEADINGS.get(tag, self._level)

    def leave(self) -> None:
        """End the element that was begun last."""
        tag = self.elements[self.open[-1]].tag
        if tag in _BREAKS and tag != "br":
            self.flush()
        self.open.pop()
        if tag == "a":
            self._links.pop()
        elif tag in _BOLD:
            self._bolds -= 1
            if not self._bolds and tag in ("b", "strong"):
                self._block.led = _is_lead("".join(self._block.pieces), self._block.bold >= self._block.length)
        if tag in _HEADINGS:
            self._level = 0

    def text(self, text: str) -> None:
        """Add a text to the block."""
        if text.isspace():
            self._block.pieces.append(" ")
            return
        if self._block.led:
            self.flush()
        self._block.chain = _shared(self._block.chain, self.open) if self._block.chain else tuple(self.open)
        self._breaks = 0
        self._block.pieces.append(text[:MAX_TEXT])
        length = len(text.strip())
        self._block.length += length
        self._block.bold += length if self._bolds else 0
        if self._links:
            self._block.linked += length
            self._block.link = self._block.link or self._links[-1]

    def flush(self) -> None:
        """End the block that is being filled."""
        text = " ".join(clean("".join(self._block.pieces)).split())[:MAX_TEXT] if self._block.chain else ""
        if text or self._block.stamp:
            chain = self._block.chain or tuple(self.open)
            picture, self._picture = self._picture, -1
            self.blocks.append(
                Block(
                    text=text,
                    chain=chain,
                    linked=min(self._block.linked, len(text)),
                    level=self._level,
                    stamp=self._block.stamp,
                    link=self._block.link,
                    bold=bool(text) and self._block.bold >= self._block.length,
                    lead=self._block.led and not _CLOCK.fullmatch(text),
                    picture=picture,
                )
            )
        self._block = _Filling()


def _is_lead(text: str, bold: bool) -> bool:
    """Whether bold words at the head of a paragraph are a title or an hour of their own, and no dateline or name."""
    words = text.split()
    if not bold or not words or words[-1][-1] in "-–—":
        return False
    return bool(_CLOCK.fullmatch(" ".join(words))) or (len(words) >= MIN_LEAD and not words[0].isupper())


def _shared(chain: tuple[int, ...], opened: list[int]) -> tuple[int, ...]:
    """The elements around both: a block stands in what holds all of its text."""
    if chain[-1] == opened[-1]:
        return chain
    pairs = zip(chain, opened, strict=False)
    return tuple(one for one, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _element(number: int, parent: int, tag: str, attributes: dict[str, str | None]) -> Element:
    if not attributes:
        return Element(number, parent, tag, _NONE, _NONE, "", "")
    classes, name, role = attributes.get("class") or "", attributes.get("id") or "", attributes.get("role") or ""
    itemtype = (attributes.get("itemtype") or "").rsplit("/", 1)[-1]
    kind = itemtype or attributes.get("itemprop") or role
    return Element(
        number=number,
        parent=parent,
        tag=tag,
        names=_names(f"{classes} {name} {role}"[:600]) if classes or name or role else _NONE,
        classes=_classes(classes[:300]) if classes else _NONE,
        kind=kind.lower()[:60],
        address=name[:100],
    )


# Pages of one site share their classes: what has been cut up once is kept.
@functools.lru_cache(maxsize=20_000)
def _names(words: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(_CAMEL.sub(" ", words).lower()))


@functools.lru_cache(maxsize=20_000)
def _classes(words: str) -> frozenset[str]:
    return frozenset(_DIGITS.sub("", words).split())
