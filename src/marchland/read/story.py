"""The lines of one story to its final text and parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from marchland.read.datelines import Dateline
from marchland.read.heads import Piece, cut_head
from marchland.read.lines import MIN_BODY, Reader, without_bullet
from marchland.read.settings import fold
from marchland.records import Part

GAP = "\n\n"
MAX_MASTHEAD_WORDS = 5
LOOK_AHEAD = 10
"""Lines."""
SETTLED = frozenset({"text", "item", "byline", "stamp", "mark", "masthead", "publisher", "note"})
"""Roles that the reading of a text page has settled."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the final text and the roles of its stretches, with offsets in the paragraph."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Draft:
    """A story while its lines are read in order."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    title: str = ""
    in_body: bool = False
    stamps: list[str] = field(default_factory=list)
    dateline: Dateline | None = None
    marks: list[str] = field(default_factory=list)
    """Lines that went, but may name the publisher or an agency: "© ...", "Source: ..."."""
    masthead: str = ""

    def add(self, kind: str, line: str) -> None:
        """One more paragraph with a single role."""
        self.paragraphs.append(Paragraph(line, (Piece(kind, 0, len(line)),)))


@dataclass(frozen=True, slots=True)
class Story:
    """One story: final text, parts, title, and the printed cues to its date, place and publisher."""

    text: str
    parts: tuple[Part, ...]
    stamps: tuple[str, ...]
    dateline: Dateline | None
    marks: tuple[str, ...]
    masthead: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes after a line: the next few lines, and whether a paragraph of prose is among all that follow."""

    lines: list[str]
    has_body: bool


def read_story(lines: list[str], reader: Reader, known: Mapping[str, str] | None = None) -> Story:
    """Give every line its role, drop what belongs to the page, and join the rest.

    `known` gives the role of lines that the markup told (folded line to kind).
    """
    draft = Draft()
    known = known or {}
    body_ends = _last_body(lines, reader)
    for index, line in enumerate(lines):
        settled = known.get(fold(line), "") in SETTLED
        if not settled and draft.in_body and reader.is_foot(line) and index > body_ends // 2:
            draft.marks.extend(lines[index : index + 3])
            break
        after = Ahead(lines[index + 1 : index + 1 + LOOK_AHEAD], index < body_ends)
        _place(line, after, draft, reader, known)
    if not any(piece.kind == "body" for paragraph in draft.paragraphs for piece in paragraph.pieces):
        _promote(draft)
    # In HTML the containers have told titles of other stories already.
    if not known:
        _drop_teasers(draft, reader)
    return _joined(draft)


def _place(line: str, later: Ahead, draft: Draft, reader: Reader, known: Mapping[str, str]) -> None:
    """Add one line to the draft in its role, or drop it."""
    kind = known.get(fold(line), "")
    if kind in SETTLED:
        _place_settled(kind, line, draft, reader)
        return
    if draft.title and fold(line) == fold(draft.title) and kind != "body":
        return
    if kind in ("caption", "headline") or (not kind and _is_caption(line, later, draft, reader)):
        draft.title = draft.title or (line if kind == "headline" else "")
        draft.add(kind or "caption", line)
    elif kind in ("subheading", "standfirst", "embed"):
        draft.add(kind, line)
    elif kind == "stamp" or reader.is_stamp(line):
        draft.stamps.append(line)
        draft.add("byline", line)
    elif reader.is_note(line) and (draft.title or draft.in_body):
        draft.add("note", line)
    elif reader.is_furniture(line) or reader.is_foot(line) or reader.is_clock(line):
        draft.marks.append(line)
    elif reader.is_byline(line):
        draft.add("byline", line)
    elif reader.is_bullet(line):
        draft.add("bullet", without_bullet(line))
    elif _is_masthead(line, later, draft, reader):
        draft.masthead = line
        draft.add("byline", line)
    elif _is_headline(line, later, draft, reader):
        draft.title = line
        draft.add("headline", line)
    else:
        _add_body(line, draft, reader)


def _place_settled(kind: str, line: str, draft: Draft, reader: Reader) -> None:
    if kind == "text":
        _add_body(line, draft, reader)
    elif kind == "mark":
        draft.marks.append(line)
    elif kind == "publisher":
        draft.masthead = line
    else:
        draft.masthead = line if kind == "masthead" else draft.masthead
        draft.stamps.extend([line] if kind == "stamp" else [])
        draft.add({"item": "bullet", "stamp": "byline", "masthead": "byline"}.get(kind, kind), line)


def _add_body(line: str, draft: Draft, reader: Reader) -> None:
    if draft.in_body:
        draft.add("body", line)
        return
    head = cut_head(line, reader)
    draft.paragraphs.append(Paragraph(line, head.pieces))
    draft.stamps.extend(head.stamps)
    draft.dateline = draft.dateline or head.dateline
    draft.in_body = head.reaches_body


def _is_caption(line: str, later: Ahead, draft: Draft, reader: Reader) -> bool:
    if len(line) > 600:
        return False
    if reader.is_picture(line):
        return bool(later.lines) or draft.in_body
    if draft.in_body or not later.has_body or reader.datelines.find(line):
        return False
    repeated = bool(draft.title) and fold(draft.title) in {fold(other) for other in later.lines[:5]}
    return len(line) >= MIN_BODY and (reader.ends_with_credit(line) or (repeated and not reader.is_title(line)))


def _is_masthead(line: str, later: Ahead, draft: Draft, reader: Reader) -> bool:
    """The name of the outlet above the title: a few capitalised words, first on the page, with a title to come."""
    words = line.split()
    if draft.paragraphs or not 0 < len(words) <= MAX_MASTHEAD_WORDS or not all(word[0].isupper() for word in words):
        return False
    if fold(line) in {fold(other) for other in later.lines}:
        return False
    soon = [other for other in later.lines[:4] if not reader.is_furniture(other)]
    return any(reader.is_title(other) for other in soon)


def _is_headline(line: str, later: Ahead, draft: Draft, reader: Reader) -> bool:
    return not draft.title and not draft.in_body and bool(later.lines) and reader.is_title(line)


def _last_body(lines: list[str], reader: Reader) -> int:
    return max((index for index, line in enumerate(lines) if reader.is_body(line)), default=0)


def _promote(draft: Draft) -> None:
    """A page with nothing but a title or a caption: that is what it says."""
    for index, paragraph in enumerate(draft.paragraphs):
        if paragraph.pieces[0].kind in ("headline", "caption"):
            draft.paragraphs[index] = Paragraph(paragraph.text, (Piece("body", 0, len(paragraph.text)),))
            return


def _drop_teasers(draft: Draft, reader: Reader) -> None:
    """Titles of other stories after the last paragraph: two or more, or one with its date."""
    cut = len(draft.paragraphs)
    while cut and _is_teaser(draft.paragraphs[cut - 1], reader):
        cut -= 1
    if cut and len(draft.paragraphs) - cut >= 2:
        draft.paragraphs[cut:] = []


def _is_teaser(paragraph: Paragraph, reader: Reader) -> bool:
    kind = paragraph.pieces[0].kind
    return kind == "byline" or (kind == "body" and reader.is_title(paragraph.text))


def _joined(draft: Draft) -> Story:
    parts: list[Part] = []
    position = 0
    for paragraph in draft.paragraphs:
        parts.extend(Part(p.kind, position + p.start, position + p.end) for p in paragraph.pieces)
        position += len(paragraph.text) + len(GAP)
    text = GAP.join(paragraph.text for paragraph in draft.paragraphs)
    return Story(
        text, tuple(parts), tuple(draft.stamps), draft.dateline, tuple(draft.marks), draft.masthead, draft.title
    )
