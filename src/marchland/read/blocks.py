"""An HTML tree as its blocks in reading order: one text each, with what the markup tells of it.

A block is a stretch between two breaks of the layout: a paragraph, a heading, an item of a list, a time stamp. Every
block knows the chain of elements that it stands in, so that containers of stories can be looked for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from marchland.read.text import clean

HIDDEN = "script,style,noscript,svg,iframe,template,select,input,textarea,link,dialog,nav,[hidden]"
"""What a reader of the page does not see, or what holds no prose."""
MAX_NODES = 200_000
"""Elements of one page that are looked at."""
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
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 6}
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


def layout_of(tree: LexborHTMLParser) -> Layout:
    """The blocks of a tree from which hidden elements have been taken."""
    builder = _Builder()
    if tree.body is not None:
        for node, entering in _walk(tree.body):
            if not entering:
                builder.leave(node)
            elif node.tag == "-text":
                builder.text(node.text_content or "")
            else:
                builder.enter(node)
        builder.flush()
    return Layout(builder.elements, builder.blocks)


def _walk(body: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every element and text in order, elements a second time when they end."""
    stack: list[tuple[LexborNode, bool]] = [(body, True)]
    for _ in range(2 * MAX_NODES):
        if not stack:
            return
        node, entering = stack.pop()
        yield node, entering
        if not entering or node.tag == "-text":
            continue
        stack.append((node, False))
        child = node.last_child
        while child is not None:
            if child.tag != "-comment":
                stack.append((child, True))
            child = child.prev


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
        self._open: list[int] = []
        self._links: list[str] = []
        self._bolds = 0
        self._breaks = self._level = 0
        self._picture = -1
        self._block = _Filling()

    def enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "br":
            self._breaks += 1
            self._block.pieces.append(" ")
            if self._breaks > 1:
                self.flush()
            return
        if tag in _BREAKS:
            self.flush()
        attributes = node.attributes
        if tag in ("img", "picture", "video"):
            self._picture = self._open[-1] if self._open else -1
        self._open.append(len(self.elements))
        self.elements.append(
            _element(len(self.elements), self._open[-2] if len(self._open) > 1 else -1, tag, attributes)
        )
        if tag == "a":
            self._links.append((attributes.get("href") or "")[:2_000])
        self._bolds += tag in _BOLD
        self._level = _HEADINGS.get(tag, self._level)
        if tag == "time":
            self._block.stamp = (attributes.get("datetime") or "")[:60]

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "br":
            return
        if tag in _BREAKS:
            self.flush()
        self._open.pop()
        if tag == "a":
            self._links.pop()
        self._bolds -= tag in _BOLD
        if tag in ("b", "strong") and not self._bolds:
            self._block.led = _is_lead("".join(self._block.pieces), self._block.bold >= self._block.length)
        if tag in _HEADINGS:
            self._level = 0

    def text(self, text: str) -> None:
        if text.isspace():
            self._block.pieces.append(" ")
            return
        if self._block.led:
            self.flush()
        self._block.chain = _shared(self._block.chain, self._open) if self._block.chain else tuple(self._open)
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
            chain = self._block.chain or tuple(self._open)
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
    classes, name = attributes.get("class") or "", attributes.get("id") or ""
    words = f"{classes} {name} {attributes.get('role') or ''} {attributes.get('data-component') or ''}"[:600]
    itemtype = (attributes.get("itemtype") or "").rsplit("/", 1)[-1]
    kind = itemtype or attributes.get("itemprop") or attributes.get("role") or ""
    return Element(
        number=number,
        parent=parent,
        tag=tag,
        names=frozenset(_WORDS.findall(_CAMEL.sub(" ", words).lower())),
        classes=frozenset(_DIGITS.sub("", classes[:300]).split()),
        kind=kind.lower()[:60],
        address=name[:100],
    )
