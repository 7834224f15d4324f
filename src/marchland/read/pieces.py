"""The lines of one story of a text page to what is kept of them, each in its role."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from marchland.read.lines import MIN_BODY, Reader
from marchland.read.outline import Line, has_phrase, is_caps, is_prose
from marchland.read.settings import fold

REACH = 5
"""Lines after a summary under the title within which the author or the date must stand."""
MAX_NAME = 5
"""Words of the longest name of an author."""
REPEATED = 0.7
"""Share of the words of a quotation that a paragraph must have, in order, for it to be a pull quote."""
MIN_PULL = 4
"""Words of the shortest pull quote."""
APART = 0.7
"""Share of the lines of a head with a gap before them from which gaps tell nothing."""
_OVER = frozenset({"title", "caps", "short", "other", "sentence"})
_NAME = re.compile(
    r"(?:[A-Z][\w'’.-]*|[A-Z]{2,})(?:\s+(?:(?:de|del|van|von|der|al|el|bin|ibn|da|di|la|le)\s+)?[A-Z][\w'’.-]*){1,3}"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©\d,–-]*(?:\(c\)|by\b)?[\s\d,–-]*(?P<name>[A-Z][^.|,;©]{2,60}?)"
    r"(?=\s*(?:[.|,;©\d]|\s-\s|ltd|inc|all rights|$))",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?:]$")
_QUOTE = "\"“”‘’'«»"
_DROPPED = frozenset({"rule", "end", "more", "open", "slug", "editors", "copy", "link", "button", "away", "plea"})
_MARKED = frozenset({"button", "plea"})


@dataclass(slots=True)
class Piece:
    """One story while its lines are read."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    """Words and role of each line that is kept, in order."""
    title: str = ""
    stamps: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    """What the header says of the story, by role."""
    sections: list[str] = field(default_factory=list)
    holders: tuple[str, ...] = ()
    """Folded names in the copyright lines of the page."""
    posted: bool = False
    """Whether a name stands beside the hour, as in chats."""

    def add(self, role: str, text: str) -> None:
        """One more line."""
        self.lines.append((text, role))

    @property
    def has_body(self) -> bool:
        """Whether anything is told."""
        return any(role in ("text", "item") for _, role in self.lines)


def holders_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """Folded names in the copyright lines of a page."""
    marks = (_COPYRIGHT.search(line.text) for line in lines if line.kind in ("plea", "button", "field"))
    return tuple(name for mark in marks if mark and len(name := fold(mark["name"])) > 3)


def read_piece(
    lines: Sequence[Line], reader: Reader, holders: tuple[str, ...] = (), *, entry: bool = False, titled: bool = False
) -> Piece:
    """The roles of the lines of one story.

    `entry` says that its first line is the head of an entry, `titled` that its first line is its title.
    """
    piece = Piece(holders=holders)
    told = list(_without_fields(_unfolded(lines, titled), piece))
    if not told:
        return piece
    body = _body_begins(told, reader, entry=entry)
    _read_head(told[:body], piece, reader, titled=titled)
    _read_body(told[body:], piece, reader)
    return piece


# ----------------------------------------------------------------------------------------------------------- the header


def _unfolded(lines: Sequence[Line], titled: bool) -> Iterator[Line]:
    """Entries and numbered titles cut into their head and what follows on the same line."""
    for at, line in enumerate(lines):
        if line.kind == "entry":
            yield Line(line.when, line.gap, "clock", line.name)
            if line.name:
                yield Line(line.name, False, "poster")
            if line.value:
                yield Line(line.value, False, "prose" if is_prose(line.value) else "title")
        elif line.kind == "number" and (at == 0 and titled):
            yield Line(line.value, line.gap, "prose" if is_prose(line.value) else "title")
        else:
            yield line


def _without_fields(lines: Iterable[Line], piece: Piece) -> Iterator[Line]:
    """The lines without the header; a field with a text in it becomes that text."""
    empty = ""
    for line in lines:
        if line.kind != "field":
            if empty and line.kind not in _DROPPED and empty != "text":
                piece.fields.setdefault(empty, line.text)
            else:
                yield line
            empty = ""
            continue
        empty = line.name if not line.value and line.name != "other" else ""
        if line.name == "text" and line.value:
            yield Line(line.value, line.gap, "prose")
        elif line.value and line.name != "other":
            piece.fields.setdefault(line.name, line.value)
            if line.name == "date":
                yield Line(line.text, line.gap, "stamp", "field")


# ------------------------------------------------------------------------------------------------------------- the head


def _body_begins(lines: list[Line], reader: Reader, *, entry: bool) -> int:
    """The first paragraph; a sentence above the author or the date is a summary under the title."""
    prose = [at for at, line in enumerate(lines) if line.prose]
    if not prose:
        told = (at for at, line in enumerate(lines) if line.kind == "sentence" or (entry and line.kind in _OVER))
        last = [at for at, line in enumerate(lines) if line.kind in ("stamp", "clock", "poster")]
        return next((at for at in told if at > (last[0] if last else -1)), len(lines))
    if entry:
        early = (at for at, line in enumerate(lines[: prose[0]]) if line.kind == "sentence")
        return next(early, prose[0])
    first = prose[0]
    if len(prose) == 1 or reader.datelines.find(lines[first].text):
        return first
    above = itertools.takewhile(lambda at: not lines[at + 1].gap, range(first - 1, -1, -1))
    if any(lines[at].kind in ("stamp", "clock", "byline") for at in above):
        return first
    below = list(itertools.takewhile(lambda line: not line.prose, lines[first + 1 : first + 1 + REACH]))
    marked = any(line.kind in ("stamp", "clock", "byline") for line in below)
    return prose[1] if marked and first + 1 + len(below) < len(lines) else first


def _read_head(head: list[Line], piece: Piece, reader: Reader, *, titled: bool) -> None:
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
            piece.add("item", line.value)
        elif inside and index > at >= 0 and _is_standfirst(line, index == at + 1):
            piece.add("standfirst", line.text)
        elif _is_masthead(line, piece.holders, reader, first=index == 0):
            piece.fields.setdefault("publisher", line.text)
        elif line.kind in ("short", "caps", "button") and len(line.text) < 40:
            piece.sections.append(line.text)
        elif line.kind == "note":
            piece.add("note", line.text)
    if not piece.title and piece.fields.get("headline"):
        piece.title = piece.fields["headline"]
        piece.lines.insert(0, (piece.title, "headline"))


def _is_standfirst(line: Line, under_title: bool) -> bool:
    """A summary: a paragraph above the first, or a line right below the title."""
    return line.kind == "prose" or (line.kind in ("title", "sentence") and under_title and not line.gap)


def _block(head: list[Line], piece: Piece, reader: Reader) -> int:
    """Where the block of the title begins: the last one with a date or an author in it, else with a title."""
    starts = [0, *(at for at, line in enumerate(head) if line.gap and at)]
    if len(starts) > APART * len(head):
        return 0
    blocks = list(itertools.pairwise([*starts, len(head)]))
    for kinds in (frozenset({"stamp", "clock", "byline"}), frozenset({"title"}), frozenset({"caps", "short"})):
        for start, end in reversed(blocks):
            if any(line.kind in kinds for line in head[start:end]):
                return _with_title(start, end, blocks, head, piece, reader)
    return 0


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
        if (head[at].kind in _OVER or _is_note_title(head[at])) and not _in_box(head, at)
    ]
    best = max(ranked, default=(0.0, 0))
    return -best[1] if best[0] > 0 else -1


def _is_note_title(line: Line) -> bool:
    """A correction may be a story of its own: then the note is its title, without a full stop."""
    return line.kind == "note" and not _ENDED.search(line.text)


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
    if _NAME.fullmatch(line.text) and at and head[at - 1].kind in ("clock", "stamp") and len(words) < 4:
        worth -= 2.0
    if _NAME.fullmatch(line.text) and any(other.kind in _OVER and i != at for i, other in enumerate(head)):
        worth -= 0.6
    if "," in line.text and _NAME.fullmatch(line.text.split(",")[0]):
        worth -= 0.8
    return worth


def _is_masthead(line: Line, holders: tuple[str, ...], reader: Reader, *, first: bool = False) -> bool:
    """A few capitalised words, one of which names outlets, or which open the page: the paper, not the title."""
    words = line.text.split()
    if line.kind not in _OVER or _ENDED.search(line.text):
        return False
    big = sum(word[:1].isupper() or word in ("of", "the", "and", "for", "-") for word in words)
    outlet = fold(line.text) in reader.words.outlets or any(fold(word) in reader.words.dump.outlets for word in words)
    if any(fold(line.text).startswith(name) for name in holders):
        return True
    if first and 1 < len(words) <= MAX_NAME and big == len(words):
        return True
    return outlet and len(words) <= 8 and big == len(words) and (len(words) <= 5 or is_caps(line.text))


def _in_box(head: list[Line], at: int) -> bool:
    """Whether a line stands under a heading over other stories, in the same block."""
    for line in reversed(head[: at + 1]):
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
    named = bool(_NAME.fullmatch(who.strip())) and len(who.split()) <= MAX_NAME and len(post.split()) <= MAX_NAME
    return (
        beside and (named or (desk and len(line.text.split()) <= MAX_NAME)) and fold(who) not in reader.words.sections
    )


def _add_author(text: str, piece: Piece) -> None:
    piece.add("byline", text)
    piece.authors.append(text)


# ------------------------------------------------------------------------------------------------------------- the body


def _read_body(lines: list[Line], piece: Piece, reader: Reader) -> None:
    """Paragraphs; boxes, comments, pleas, pull quotes and notes on the authors go."""
    last = max((at for at, line in enumerate(lines) if line.prose), default=0)
    texts = [fold(line.text) for line in lines if line.prose]
    inside = ""
    for at, line in enumerate(lines):
        if line.kind == "comments" and at:
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
    if line.kind in _DROPPED or (piece.title and fold(line.text) == fold(piece.title)):
        _keep_mark(line, piece)
    elif line.kind == "caption":
        piece.add("caption", line.text)
    elif line.kind == "note":
        piece.add("note", line.text)
    elif _is_pull_quote(line, texts) or (tail and _is_bio(line, reader)):
        return
    elif line.kind == "bullet":
        piece.add("item", line.value)
    elif line.kind in ("prose", "sentence", "number", "entry", "other"):
        piece.add("text", line.text)
    elif line.kind in ("title", "caps", "short") and after and after[0].kind in ("prose", "sentence", "bullet"):
        piece.add("subheading", line.text)


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
