"""Hard-wrapped lines joined again: a mail, an old wire or a print broke the lines, the paragraphs did not end there.

A line that goes on below in small letters was broken. Such lines tell at which column a block breaks; then a full line
goes on too, whatever comes below. Blocks of one page may break at different columns, or not at all.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MIN_WIDTH, MAX_WIDTH = 30, 130
"""Columns at which texts are wrapped by hand or by a mail program."""
FEWEST = 2
"""Lines that must go on in small letters somewhere on the page."""
NEAR = 0.7
"""Share of the width from which a line that goes on in small letters was broken, and no title."""
STEADY = 0.5
"""Share of the broken lines that must reach to the column."""
ALIKE = 12
"""Columns by which the width of one block must differ from that of the page to be its own."""
FULL_SHARE = 0.6
"""Share of full lines from which a text is wrapped though none goes on in small letters."""
_BULLET = re.compile(r"[•·▪●◦*‣∙►–—-]\s")
_STARTS = re.compile(
    r"\[?\d{1,4}[:./-]\d|[(\[]?\d{1,2}[.)]\s|[A-Z][\w-]{1,20}(?: [\w-]{1,20})?:\s|[A-Z][^a-z]{7}|By [A-Z]"
)
"""What opens an entry, an item, a field or a dateline: no line goes on with it after a full stop."""
_STIFF = re.compile(r"^[\W_]+$|https?://\S{20}")
"""A rule, or a line with an address that cannot be broken."""
_SMALL = re.compile(r"[a-z](?!\w*:)(?!y\s+[A-Z])")
"""A small letter that begins no byline and no name of a field."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A line without the spaces at its ends, and where it begins and ends on the page."""

    text: str
    indent: int

    @property
    def end(self) -> int:
        """The column at which it ends."""
        return self.indent + len(self.text)


def unwrapped(lines: Sequence[Raw]) -> list[str]:
    """The paragraphs; an empty string stands for a gap. Text that is not wrapped comes back line by line."""
    whole = _width(lines)
    if not whole:
        return [line.text for line in lines]
    found: list[str] = []
    for block in _blocks(lines):
        own = _width(block, fewest=1)
        # The last words of a few lines tell too little of the column.
        found.extend(_joined(block, own if own and abs(own - whole) > ALIKE else whole))
    return found


def _blocks(lines: Sequence[Raw]) -> Iterator[list[Raw]]:
    """Lines between gaps; each gap is a block of its own."""
    for _, group in itertools.groupby(lines, key=lambda line: bool(line.text)):
        yield list(group)


def _width(lines: Sequence[Raw], fewest: int = FEWEST) -> int:
    """The column at which lines break; 0 where they do not."""
    pairs = [(line, after) for line, after in itertools.pairwise(lines) if line.text and after.text]
    broken = sorted((line.end for line, after in pairs if _flows(line, after)), reverse=True)
    if len(broken) >= fewest:
        width = next((end for end, other in itertools.pairwise(broken) if end - other <= 8), broken[0])
        steady = sum(end >= NEAR * width for end in broken) >= STEADY * len(broken)
        return width if steady else 0
    width = max((line.end for line in lines), default=0)
    full = sum(_is_full(line, after, width) for line, after in pairs)
    return width if width <= MAX_WIDTH and fewest == FEWEST and full >= max(FEWEST, FULL_SHARE * len(pairs)) else 0


def _flows(line: Raw, after: Raw) -> bool:
    """Whether a sentence goes on below in small letters."""
    return (
        MIN_WIDTH <= line.end <= MAX_WIDTH
        and bool(_SMALL.match(after.text))
        and line.text[-1] not in ".!?:;|"
        and not _STIFF.search(line.text)
    )


def _is_full(line: Raw, after: Raw, width: int) -> bool:
    """Whether the first word below had no room."""
    room = width - line.end - 1
    return len(after.text.split(" ", 1)[0]) > room and not _BULLET.match(after.text) and not _STIFF.search(line.text)


def _joined(block: Sequence[Raw], width: int) -> Iterator[str]:
    text = ""
    for number, line in enumerate(block):
        before = block[number - 1] if number else None
        if before and text and _goes_on(before, line, width):
            text += ("" if text.endswith("-") else " ") + line.text
            continue
        if number:
            yield text
        text = line.text
    yield text


def _goes_on(line: Raw, after: Raw, width: int) -> bool:
    """Whether a paragraph goes on below: in small letters, or because the line is full."""
    if not line.text or not after.text or line.end > MAX_WIDTH or after.indent > line.indent + 1:
        return False
    if _flows(line, after) and line.end >= NEAR * width:
        return True
    if line.text.isupper() and after.text.isupper() and " " in line.text and " " in after.text:
        return line.end <= width and line.text[-1].isalnum() and not _STARTS.match(after.text[:6])
    opens = line.text[-1] in '.!?"”)' and _STARTS.match(after.text)
    return line.end <= width + 2 and not opens and _is_full(line, after, width)
