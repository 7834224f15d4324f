"""The head of a story on a text page: which line is its title, who wrote it, when; what stands above is the page."""

from __future__ import annotations

import itertools

from marchland.read.lines import Reader
from marchland.read.looks import is_caps
from marchland.read.outline import Line
from marchland.read.piece import DROPPED, ENDED, NAME, OVER, Piece
from marchland.read.settings import fold
from marchland.read.spots import BOX

MAX_NAME = 5
"""Words of the longest name of an author."""
SAME = 2.0
"""Worth from which a line is the title that the header names."""
APART = 0.7
"""Share of the lines of a head with a gap before them from which gaps tell nothing."""
_BLOCKS = tuple(map(frozenset, (("stamp", "byline"), ("clock",), ("title",), ("caps", "short"))))
"""What a block must have to be that of the title, best first."""


def read_head(head: list[Line], piece: Piece, reader: Reader, *, titled: bool) -> None:
    """Title, authors, stamps and pictures above the first paragraph; what stands above their block is the page's."""
    block = _block(head, piece, reader)
    at = 0 if titled else _title_at(head, block, piece, reader)
    for index, line in enumerate(head):
        inside = index >= block
        if index == at:
            piece.title = line.text
            piece.add("headline", line.text)
        elif line.kind == "caption" and inside:
            piece.add("caption", line.text)
        elif line.kind in ("stamp", "clock"):
            _add_stamp(line, piece, inside)
        elif line.kind == "poster":
            piece.posted = True
            piece.add("byline", line.text)
        elif inside and index != at and _is_masthead(line, piece.holders, reader, first=index == 0):
            piece.add("masthead", line.text)
        elif line.kind == "byline" or (inside and _is_name(line, head, index, at, reader)):
            _add_author(line.text, piece)
        elif line.kind == "bullet" and inside and not _in_box(head, index):
            _add_item(line, piece)
        elif inside and index > at >= 0 and _is_standfirst(line, index == at + 1):
            piece.add("standfirst", line.text)
        elif _is_masthead(line, piece.holders, reader, first=index == 0):
            piece.fields.setdefault("publisher", line.text)
        elif inside and line.kind in ("short", "caps", "button") and len(line.text) < 40:
            piece.sections.append(line.text)
        elif line.kind == "note":
            piece.add("note", line.text)
        elif line.kind == "link":
            piece.links.append(line.text)
    if not piece.title and piece.fields.get("headline"):
        piece.title = piece.fields["headline"]
        piece.lines.insert(0, (piece.title, "headline"))


def _add_item(line: Line, piece: Piece) -> None:
    """A point of a summary; a name behind a dash is that of the author."""
    if NAME.fullmatch(line.value):
        _add_author(line.value, piece)
    elif len(line.value.split()) > 2:
        piece.add("item", line.value)


def _is_standfirst(line: Line, under_title: bool) -> bool:
    """A summary: a paragraph above the first, or a line right below the title."""
    return line.kind == "prose" or (line.kind in ("title", "sentence") and under_title and not line.gap)


def _block(head: list[Line], piece: Piece, reader: Reader) -> int:
    """Where the block of the title begins: the last one with a date or an author in it, else with a title."""
    gaps = sum(line.gap for line in head)
    if gaps > APART * len(head):
        return 0
    starts = [0, *(at for at in range(1, len(head)) if head[at].gap or _ends_box(head, at))]
    blocks = list(itertools.pairwise([*starts, len(head)]))
    for kinds in _BLOCKS:
        for start, end in reversed(blocks):
            if any(line.kind in kinds for line in head[start:end]):
                return _with_title(start, end, blocks, head, piece, reader)
    return 0


def _ends_box(head: list[Line], at: int) -> bool:
    """Whether a line stands below buttons and links, and is none."""
    return head[at - 1].kind in DROPPED - {"rule"} and head[at].kind not in DROPPED


def _with_title(
    start: int, end: int, blocks: list[tuple[int, int]], head: list[Line], piece: Piece, reader: Reader
) -> int:
    """A block without a title in it belongs to the one above that ends with it."""
    if any(line.kind == "title" and not _is_masthead(line, piece.holders, reader) for line in head[start:end]):
        return start
    above = next((block for block in reversed(blocks) if block[1] == start), None)
    return above[0] if above and any(line.kind in ("title", "caps") for line in head[above[0] : above[1]]) else start


def _title_at(head: list[Line], block: int, piece: Piece, reader: Reader) -> int:
    """The line that is the title: the first of the best; -1 where none is."""
    ranked = [
        (_worth(head, at, piece, reader), -at)
        for at in range(block, len(head))
        if (head[at].kind in OVER or _is_note_title(head[at])) and not _in_box(head, at)
    ]
    best = max(ranked, default=(0.0, 0))
    given = piece.fields.get("headline") and not piece.fields.get("sender")
    if given and best[0] < SAME:
        return -1
    return -best[1] if best[0] > 0 else -1


def _is_note_title(line: Line) -> bool:
    """A correction may be a story of its own: then the note is its title, without a full stop."""
    return line.kind == "note" and not ENDED.search(line.text)


def _worth(head: list[Line], at: int, piece: Piece, reader: Reader) -> float:
    """How much a line of a head looks like the title of its story."""
    line = head[at]
    words = line.text.split()
    given = fold(piece.fields.get("headline", ""))
    worth = 1.0 if line.kind == "title" else 0.5
    if given:
        same = fold(line.text)
        worth += 3.0 if same == given or given.endswith(same) else 0.0
    if _is_masthead(line, piece.holders, reader):
        worth -= 2.0
    if len(words) < 3:
        worth -= 0.3
    if NAME.fullmatch(line.text) and at and head[at - 1].kind in ("clock", "stamp") and len(words) < 4:
        worth -= 2.0
    if NAME.fullmatch(line.text) and any(other.kind in OVER and i != at for i, other in enumerate(head)):
        worth -= 0.6
    if "," in line.text and NAME.fullmatch(line.text.split(",")[0]):
        worth -= 0.8
    return worth


def _is_masthead(line: Line, holders: tuple[str, ...], reader: Reader, *, first: bool = False) -> bool:
    """A few capitalised words, one of which names outlets, or which open the page: the paper, not the title."""
    words = line.text.split()
    if line.kind not in OVER or ENDED.search(line.text) or _is_name_and_post(line.text):
        return False
    big = sum(word[:1].isupper() or word in ("of", "the", "and", "for", "-") for word in words)
    outlet = fold(line.text) in reader.words.outlets or any(fold(word) in reader.words.dump.outlets for word in words)
    if any(fold(line.text).startswith(name) for name in holders):
        return True
    if first and 1 < len(words) <= MAX_NAME and big == len(words):
        return True
    return outlet and len(words) <= 8 and big == len(words) and (len(words) <= 5 or is_caps(line.text))


def _is_name_and_post(text: str) -> bool:
    """An author's name and, behind a comma, what the author works for."""
    who, _, post = text.partition(",")
    return bool(post) and len(who.split()) > 1 and bool(NAME.fullmatch(who.strip()))


def _in_box(head: list[Line], at: int) -> bool:
    """Whether a line stands under a heading over other stories, in the same block."""
    for line in reversed(head[max(at - BOX, 0) : at + 1]):
        if line.kind in ("related", "summary"):
            return True
        if line.gap:
            return False
    return False


def _add_stamp(line: Line, piece: Piece, inside: bool) -> None:
    if inside:
        piece.add("stamp", line.text)
        if line.name != "field":
            piece.stamps.append(line.text)


def _is_name(line: Line, head: list[Line], index: int, title: int, reader: Reader) -> bool:
    """A name beside the date, or beside the title."""
    if line.kind not in ("short", "title") or index == title:
        return False
    who, _, post = line.text.partition(",")
    near = head[max(index - 1, 0) : index + 2]
    beside = any(other.kind in ("stamp", "clock", "byline") for other in near) or abs(index - title) == 1
    desk = bool({fold(word) for word in line.text.split()} & reader.words.byline_words) and not _is_masthead(
        line, (), reader
    )
    named = bool(NAME.fullmatch(who.strip())) and len(who.split()) <= MAX_NAME and len(post.split()) <= MAX_NAME
    return (
        beside and (named or (desk and len(line.text.split()) <= MAX_NAME)) and fold(who) not in reader.words.sections
    )


def _add_author(text: str, piece: Piece) -> None:
    piece.add("byline", text)
    piece.authors.append(text)
