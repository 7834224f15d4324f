"""The lines of one story of a text page to what is kept of them, each in its role."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from marchland.read.lines import MIN_BODY, Reader
from marchland.read.looks import has_phrase, is_prose, is_sentence, unmarked
from marchland.read.outline import Line
from marchland.read.piece import DROPPED, ENDED, NAME, OVER, Piece
from marchland.read.settings import alternatives, fold
from marchland.read.tops import read_head

MAX_VALUE = 100
"""Characters of the longest value that stands below the name of its field and goes with it."""
REACH = 5
"""Lines after a summary under the title within which the author or the date must stand."""
REPEATED = 0.7
"""Share of the words of a quotation that a paragraph must have, in order, for it to be a pull quote."""
MIN_PULL = 4
"""Words of the shortest pull quote."""
_PLACE = re.compile(r"(?P<place>[A-Z][\w'’-]*(?:[ -][\w'’-]+){0,3}):\s+(?=[A-Z\"“])")
_TITLE = re.compile(r"(?:title|headline)\s*[-–—:]\s*", re.IGNORECASE)
_ASKED = re.compile(r"[\"“‘'«]|[A-Z]\w{0,12}:\s")
"""What somebody says, or asks in an interview."""
_QUOTE = "\"“”‘’'«»"
_MARKED = frozenset({"button", "plea"})


def read_piece(
    lines: Sequence[Line], reader: Reader, holders: tuple[str, ...] = (), *, entry: bool = False, titled: bool = False
) -> Piece:
    """The roles of the lines of one story.

    `entry` says that its first line is the head of an entry, `titled` that its first line is its title.
    """
    piece = Piece(holders=holders, entry=entry)
    told = list(_without_fields(_unfolded(lines, titled), piece))
    if entry:
        # An entry that corrects another is one too.
        told = [replace(line, kind="prose") if line.kind == "note" else line for line in told]
    if not told:
        return piece
    body = _body_begins(told, reader, entry=entry)
    read_head(told[:body], piece, reader, titled=titled)
    _read_body(told[body:], piece, reader)
    return piece


def _unfolded(lines: Sequence[Line], titled: bool) -> Iterator[Line]:
    """The head of an entry, or a numbered title, and what follows on the same line, as lines of their own."""
    for at, line in enumerate(lines):
        if line.kind == "entry" and at == 0:
            yield Line(line.when, line.gap, "clock", line.name)
            if line.name:
                yield Line(line.name, False, "poster")
            yield from _after_head(line.value, dated=not re.search(r"\d[:.h]\d\d", line.when))
        elif line.kind in ("number", "bullet") and (at == 0 and titled):
            value = _TITLE.sub("", line.value)
            yield Line(value, line.gap, "prose" if is_prose(value) else "title")
        else:
            yield line


def _after_head(value: str, *, dated: bool) -> Iterator[Line]:
    """What follows on the line of an entry's head: a place before a colon is the title of a dated entry."""
    place = _PLACE.match(value) if dated else None
    if place:
        yield Line(place["place"], False, "title")
        value = value[place.end() :]
    if value:
        yield Line(value, False, "prose" if is_prose(value) else "title")


def _without_fields(lines: Iterable[Line], piece: Piece) -> Iterator[Line]:
    """The lines without the header; a field with a text in it becomes that text."""
    empty = ""
    for line in lines:
        if line.kind != "field":
            if empty == "other" and len(line.text) <= MAX_VALUE:
                empty = ""
            elif empty and line.kind not in DROPPED and empty not in ("text", "other"):
                piece.fields.setdefault(empty, line.text)
            else:
                yield line
            empty = ""
            continue
        empty = "" if line.value else line.name
        if line.name == "text" and (is_prose(line.value) or is_sentence(line.value) or NAME.fullmatch(line.value)):
            kind = "byline" if NAME.fullmatch(line.value) else "prose"
            yield Line(line.value, line.gap, kind)
        elif line.value and line.name != "other":
            piece.fields.setdefault(line.name, line.value)
            if line.name == "date":
                yield Line(line.text, line.gap, "stamp", "field")


def _body_begins(lines: list[Line], reader: Reader, *, entry: bool) -> int:
    """The first paragraph; a sentence above the author or the date is a summary under the title."""
    prose = [at for at, line in enumerate(lines) if line.prose]
    if not prose:
        told = (at for at, line in enumerate(lines) if line.kind == "sentence" or (entry and line.kind in OVER))
        last = [at for at, line in enumerate(lines) if line.kind in ("stamp", "clock", "poster")]
        return next((at for at in told if at > (last[0] if last else -1)), len(lines))
    if entry:
        early = (at for at, line in enumerate(lines[: prose[0]]) if line.kind == "sentence")
        return next(early, prose[0])
    first = prose[0]
    if len(prose) == 1 or reader.datelines.find(lines[first].text):
        return first
    above = itertools.takewhile(
        lambda at: not lines[at + 1].gap and lines[at].kind not in DROPPED, range(first - 1, -1, -1)
    )
    if any(lines[at].kind in ("stamp", "clock", "byline") for at in above):
        return first
    if _opens_below(lines, prose, reader):
        return prose[1]
    below = list(itertools.takewhile(lambda line: not line.prose, lines[first + 1 : first + 1 + REACH]))
    led = all(line.kind not in ("related", "comments", "title", "caps", "end", "rule") for line in below)
    # Beyond a gap a mark tells only where none stands above: days inside a story have gaps around them.
    gap = next((at for at, line in enumerate(below) if line.gap), len(below))
    if any(line.kind in ("stamp", "byline") for line in lines[:first]):
        below = below[:gap]
    marked = led and any(line.kind in ("stamp", "clock", "byline") for line in below)
    return prose[1] if marked else first


def _opens_below(lines: list[Line], prose: list[int], reader: Reader) -> bool:
    """Whether the second paragraph has the dateline: then the first one is a summary or stands under a picture."""
    near = prose[1] - prose[0] <= 2 * REACH
    return near and len(prose) > 2 and reader.datelines.find(lines[prose[1]].text) is not None


def _read_body(lines: list[Line], piece: Piece, reader: Reader) -> None:
    """Paragraphs; boxes, comments, pleas, pull quotes and notes on the authors go."""
    last = max((at for at, line in enumerate(lines) if line.prose), default=0)
    piece.late.extend(line.when or line.text for line in lines[last:] if line.kind == "stamp" or line.when)
    texts = [fold(line.text) for line in lines if line.prose]
    inside = ""
    for at, line in enumerate(lines):
        if line.kind == "comments" and 2 * sum(other.prose for other in lines[:at]) >= len(texts):
            inside = "comments"
        elif inside == "comments":
            _keep_mark(line, piece)
        elif line.kind in ("related", "summary") and at:
            inside = "box"
        elif inside == "box" and not (line.prose and line.kind == "prose"):
            _keep_mark(line, piece)
        else:
            inside = ""
            _place(line, lines[at + 1 : at + 2], at >= last, texts, piece, reader)


def _place(line: Line, after: list[Line], tail: bool, texts: list[str], piece: Piece, reader: Reader) -> None:
    """One line of the body in its role, or dropped."""
    ahead = bool(after) and after[0].kind in ("prose", "sentence", "bullet")
    if line.kind in DROPPED or (piece.title and fold(line.text) == fold(piece.title)):
        _keep_mark(line, piece)
    elif line.kind == "caption":
        piece.add("caption", line.text)
    elif line.kind == "note" and not piece.posted:
        piece.add("note", line.text)
    elif _is_pull_quote(line, texts) or (tail and _is_bio(line, reader)):
        return
    elif line.kind == "bullet":
        piece.add("item", line.value)
    elif line.kind == "title" and re.match(
        rf"(?:{alternatives(reader.words.dump.labels)}):\s", line.text, re.IGNORECASE
    ):
        return
    elif ahead and (line.kind in ("title", "caps", "short") or _is_crosshead(line)):
        piece.add("subheading", line.text)
    elif line.kind == "entry" and (piece.posted or (piece.entry and not line.prose)):
        # What a messenger notes between the messages.
        return
    elif line.kind in ("prose", "sentence", "number", "entry", "note", "other"):
        piece.add("text", unmarked(line.text))


def _is_crosshead(line: Line) -> bool:
    """A question or a numbered title over the paragraphs that follow."""
    asks = line.kind == "sentence" and line.gap and line.text.endswith("?") and not _ASKED.match(line.text)
    return asks or (line.kind == "number" and not ENDED.search(line.value) and not line.prose)


def _keep_mark(line: Line, piece: Piece) -> None:
    """Copyright and source lines go, but may name the publisher or an agency."""
    if line.kind in _MARKED and len(line.text) < 200:
        piece.add("mark", line.text)


def _is_pull_quote(line: Line, texts: list[str]) -> bool:
    """A line wholly in quotation marks whose words another paragraph has in the same order."""
    text = line.text.strip()
    if text[0] not in _QUOTE or text[-1] not in _QUOTE or re.search(r"[\"”]\s+\w+ \w+", text[1:-1]):
        return False
    words = re.findall(r"\w+", text.casefold())
    own = fold(line.text)
    return len(words) >= MIN_PULL and any(
        _shared(words, re.findall(r"\w+", other)) >= REPEATED * len(words) for other in texts if other != own
    )


def _shared(words: list[str], other: list[str]) -> int:
    """How many of the words stand in another text in the same order."""
    count = position = 0
    for word in words:
        found = next((i for i in range(position, len(other)) if other[i] == word), -1)
        if found >= 0:
            count, position = count + 1, found + 1
    return count


def _is_bio(line: Line, reader: Reader) -> bool:
    """A note on the authors at the end: it begins with a name and tells what they do."""
    lowered = line.text.casefold()
    told = has_phrase(lowered, reader.words.dump.bios)
    return told and line.text[0] not in _QUOTE and len(line.text) < 5 * MIN_BODY
