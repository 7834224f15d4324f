"""Questions about a stretch of lines: whether it holds prose, opens a head, has marks of a story, stands in a box."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from marchland.read.lines import Reader
from marchland.read.looks import is_prose
from marchland.read.outline import Line

HEAD = 10
"""Lines of a head: from its title to its first paragraph."""
BOX = 30
"""Lines of the longest box of titles."""
MOST = 0.8
"""Share of the stories that must hold a paragraph of prose."""
HEADS = frozenset({"title", "caps", "short"})
MARKS = {"stamp": "date", "clock": "date", "entry": "date", "byline": "byline"}
_AFTER = frozenset(
    {"prose", "sentence", "button", "link", "plea", "bullet", "caption", "more", "end", "rule", "away", "open", "slug"}
)


def told_until(lines: Sequence[Line]) -> int:
    """Where readers begin to speak: at a heading over comments, below the story."""
    told = itertools.accumulate(line.prose for line in lines)
    found = (at for (at, line), count in zip(enumerate(lines), told, strict=True) if line.kind == "comments" and count)
    return next(found, len(lines))


def has_prose(lines: Sequence[Line], *, short: bool = False) -> bool:
    kinds = ("sentence",) if short else ()
    return any(line.prose or line.kind in kinds or (line.kind == "field" and is_prose(line.value)) for line in lines)


def headed(starts: Sequence[int], lines: Sequence[Line], reader: Reader) -> Iterator[bool]:
    """Whether each story has a title and a mark of its own below the line at which it begins."""
    for start, end in itertools.pairwise([*starts, len(lines)]):
        head = list(itertools.takewhile(lambda line: not line.prose, lines[start + 1 : end]))
        yield any(line.kind == "title" for line in head) and bool(marks_of(head, reader))


def hold_prose(starts: Sequence[int], lines: Sequence[Line], fewest: int = 2) -> bool:
    told = sum(has_prose(lines[start:end]) for start, end in itertools.pairwise([*starts, len(lines)]))
    return told >= fewest and told >= MOST * len(starts)


def climbed(
    at: int, lines: Sequence[Line], kinds: frozenset[str] = HEADS | {"stamp", "byline", "slug", "editors"}
) -> int:
    """The first line of the head that a line stands in."""
    while at and lines[at - 1].kind in kinds:
        # A short line above a gap signs the story before.
        if lines[at].gap and lines[at - 1].kind == "short":
            break
        at -= 1
    return at


def opens_head(at: int, lines: Sequence[Line], kinds: frozenset[str] = HEADS) -> bool:
    """Whether a line stands after a gap, after a line that ends something, or below a heading of another kind."""
    return at == 0 or lines[at].gap or lines[at - 1].kind in _AFTER | (HEADS - kinds)


def in_box(at: int, lines: Sequence[Line]) -> bool:
    """Whether a line stands in the block of a heading over other stories."""
    for index in range(at, max(at - BOX, 0), -1):
        if lines[index].gap:
            return False
        if lines[index - 1].kind in ("related", "summary"):
            return True
    return False


def continues(at: int, lines: Sequence[Line]) -> bool:
    return any(line.kind == "more" for line in lines[max(at - 3, 0) : at])


def is_titled(lines: Sequence[Line]) -> bool:
    return any(
        line.kind in HEADS or line.kind == "field" for line in itertools.takewhile(lambda line: not line.prose, lines)
    )


def marks_of(lines: Sequence[Line], reader: Reader) -> set[str]:
    """Which marks of its own a story has before or in its first paragraph."""
    found: set[str] = set()
    for line in lines:
        if line.kind in MARKS:
            found.add(MARKS[line.kind])
        elif line.kind == "field" and line.name in ("date", "byline"):
            found.add(line.name)
        if line.prose:
            return found | _of_dateline(line.text, reader)
    return found


def _of_dateline(text: str, reader: Reader) -> set[str]:
    """A dateline is a mark; one with an agency or a day is a stronger one."""
    found = reader.datelines.find(text)
    if found is None:
        return set()
    return {"dateline", "credit"} if found.credit or found.date else {"dateline"}
