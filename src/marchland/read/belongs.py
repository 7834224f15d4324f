"""What of a stretch of a page the story tells, and what the page says around it: buttons, pleas, notes on authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from marchland.read.blocks import Layout
from marchland.read.lines import MIN_BODY, Reader
from marchland.read.looks import has_phrase
from marchland.read.outline import outline
from marchland.read.roles import OUTSIDE, Roles
from marchland.read.settings import fold

MAX_BIO = 400
"""Characters of a note on an author."""
MIN_LINK = 20
"""Characters of the title of another page."""
_PAGE = frozenset({"away", "button", "comments", "copy", "editors", "link", "more", "rule"})
"""Kinds of lines with which the page speaks, wherever they stand."""
_KEPT = frozenset({"caption", "embed", "heading", "label", "stamp", "standfirst"})
"""Roles that the markup has told: their words do not matter."""
_NAME = re.compile(r"(?:[A-Z][\w.’'-]+ ){2,3}(?:(?:and|&) (?:[A-Z][\w.’'-]+ ){2,3})?(?:is|are|writes|reports|covers)\b")


def told_in(inside: Iterable[int], layout: Layout, roles: Roles, authors: Sequence[str], reader: Reader) -> list[int]:
    """Indexes of the blocks that a story consists of: up to its end mark, without what the page says around it."""
    shown = [at for at in inside if layout.blocks[at].text and roles.of[at] not in OUTSIDE | {"direction"}]
    kinds = [line.kind for line in outline([layout.blocks[at].text for at in shown], reader)]
    prose = [number for number, at in enumerate(shown) if roles.of[at] == "prose"]
    ends = (number for number, kind in enumerate(kinds) if kind == "end" and prose and number > prose[0])
    until = next(ends, len(shown))
    kept = [
        at
        for at, kind in zip(shown[:until], kinds[:until], strict=True)
        if roles.of[at] in _KEPT or not (kind in _PAGE and not _is_long(at, layout))
    ]
    speaking = {at for at, kind in zip(shown, kinds, strict=True) if kind == "plea" and roles.of[at] not in _KEPT}
    foot = _foot(kept, shown, layout, roles)
    return _without_edges([at for at in kept if at < foot], speaking, layout, roles, authors, reader)


def is_bio(text: str, authors: Sequence[str], reader: Reader) -> bool:
    """Whether a last paragraph tells of the authors: it begins with a name and says what they do."""
    if len(text) > MAX_BIO:
        return False
    named = any(name and fold(text).startswith(fold(name)) for name in authors)
    said = has_phrase(text.casefold(), reader.words.dump.bios)
    tells = bool(_NAME.match(text))
    return (named and (tells or said)) or (tells and said)


def is_closing(text: str, reader: Reader) -> bool:
    """Whether a line takes leave of listeners or readers."""
    return fold(text).replace("’", "'").startswith(reader.words.closings)


def _is_long(at: int, layout: Layout) -> bool:
    """A paragraph: its words are not those of a button."""
    return layout.blocks[at].prose > 2 * MIN_BODY


def _foot(kept: list[int], inside: list[int], layout: Layout, roles: Roles) -> int:
    """Where the foot begins: links to other pages below the text, with no more than a line after them."""
    prose = [at for at in kept if roles.of[at] == "prose"]
    links = [at for at in inside if layout.blocks[at].linked > MIN_LINK and 2 * layout.blocks[at].prose < MIN_LINK]
    for at in links if len(links) > 1 else ():
        below = sum(layout.blocks[other].prose for other in prose if other > at)
        if prose and at > prose[0] and below < 2 * MIN_BODY:
            return at
    return len(layout.blocks)


def _without_edges(
    kept: list[int], speaking: set[int], layout: Layout, roles: Roles, authors: Sequence[str], reader: Reader
) -> list[int]:
    """Without pleas before and after the text, notes on the authors, farewells, and headings over nothing."""
    prose = [at for at in kept if roles.of[at] == "prose" and at not in speaking]
    if not prose:
        return kept
    kept = [at for at in kept if at not in speaking or prose[0] < at < prose[-1]]
    while len(kept) > 1 and _is_edge(kept[-1], layout, roles, authors, reader):
        kept.pop()
    return kept


def _is_edge(at: int, layout: Layout, roles: Roles, authors: Sequence[str], reader: Reader) -> bool:
    text, role = layout.blocks[at].text, roles.of[at]
    return role in ("heading", "label") or is_bio(text, authors, reader) or is_closing(text, reader)
