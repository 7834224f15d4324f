"""The head of a paragraph: what stands before its first sentence (stamp, section, caption, dateline)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marchland.read.datelines import Dateline
from marchland.read.lines import Reader
from marchland.read.settings import alternatives, fold

MAX_PIECES = 10
MAX_SEGMENT = 140
"""Characters of the longest stamp, section heading or byline at the head of a paragraph."""
MAX_CAPTION = 400
_SEGMENT = re.compile(r"(?:[.?!](?=\s+[A-Z0-9\[\"“‘'])|\s+[|>]|[.?!]?$)")
_BETWEEN = re.compile(r"[\s.|>/–—-]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph with one role."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """A paragraph cut into pieces, and the cues found on the way."""

    pieces: tuple[Piece, ...]
    stamps: tuple[str, ...]
    dateline: Dateline | None
    reaches_body: bool
    """False when the paragraph is nothing but head."""


def cut_head(paragraph: str, reader: Reader) -> Head:
    """Cut stamps, section headings, bylines, captions and the dateline off the head; the rest is body."""
    pieces: list[Piece] = []
    stamps: list[str] = []
    position = 0
    while len(pieces) < MAX_PIECES and position < len(paragraph):
        dateline = reader.datelines.find(paragraph, position)
        if dateline:
            pieces.append(_trimmed(paragraph, "dateline", position, dateline.end))
            return _finished(paragraph, pieces, stamps, dateline, dateline.end)
        piece = _piece_at(paragraph, position, reader)
        if piece is None:
            break
        if piece.kind == "byline" and reader.dates.full(paragraph[piece.start : piece.end]):
            stamps.append(paragraph[piece.start : piece.end])
        pieces.append(piece)
        gap = _BETWEEN.match(paragraph, piece.end)
        position = gap.end() if gap else piece.end
    return _finished(paragraph, pieces, stamps, None, position)


def _finished(paragraph: str, pieces: list[Piece], stamps: list[str], dateline: Dateline | None, position: int) -> Head:
    body = position < len(paragraph)
    if body:
        pieces = [*pieces, Piece("body", position, len(paragraph))]
    return Head(tuple(pieces), tuple(stamps), dateline, body)


def _piece_at(paragraph: str, position: int, reader: Reader) -> Piece | None:
    """The piece of head that begins here, or None where the first sentence begins."""
    window = paragraph[position : position + MAX_CAPTION]
    field = re.match(rf"(?:{alternatives(reader.words.fields)})[\s:]+(?:19|20)\d\d-\d\d(?:-\d\d)?(?![\d-])", window)
    if field:
        return Piece("byline", position, position + field.end())
    for kind, marker in (("caption", reader.caption_marker(window)), ("headline", reader.headline_marker(window))):
        end = _segment_end(window, marker.end()) if marker else 0
        if marker and marker.end() < end < len(window):
            return Piece(kind, position, position + end)
    end = _segment_end(window, 0)
    segment = window[:end].rstrip(" .|>")
    if not segment or end > MAX_SEGMENT or position + end >= len(paragraph):
        return None
    apart = fold(segment) in reader.words.sections or fold(segment) in reader.words.lines
    if apart or reader.is_stamp(segment) or reader.is_byline(segment) or _is_name_before_stamp(window, end, reader):
        return _trimmed(paragraph, "byline", position, position + end)
    return None


def _is_name_before_stamp(window: str, end: int, reader: Reader) -> bool:
    """A few capitalised words right before a printed date: the outlet, or a section that no list knows."""
    words = window[:end].strip(" .|>").split()
    if not 0 < len(words) <= 4 or not all(word[0].isupper() for word in words):
        return False
    gap = _BETWEEN.match(window, end)
    begin = gap.end() if gap else end
    return reader.is_stamp(window[begin : _segment_end(window, begin)].rstrip(" .|>"))


def _segment_end(window: str, start: int) -> int:
    match = _SEGMENT.search(window, start)
    return match.end() if match else len(window)


def _trimmed(paragraph: str, kind: str, start: int, end: int) -> Piece:
    while end > start and paragraph[end - 1].isspace():
        end -= 1
    return Piece(kind, start, end)
