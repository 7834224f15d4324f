"""A text page to the lines of its stories: outline, cut, roles, and the day that each story shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marchland.read.cuts import Cut, cut_of
from marchland.read.entries import PageClock, Stamped, are_live, entry_dates, is_day_heading
from marchland.read.issue import Context, of_page, page_clock, plain_date, reads_day_first, words_of
from marchland.read.leads import lead_of, prefix_of
from marchland.read.lines import Reader
from marchland.read.looks import is_prose
from marchland.read.outline import Line, outline
from marchland.read.piece import Piece, holders_of
from marchland.read.pieces import read_piece
from marchland.read.settings import fold
from marchland.read.sheet import StoryLines
from marchland.records import DateCue

MAX_SECTION = 40
"""Characters of the longest name of a section."""
TITLE = 3
"""Words of the shortest title in the head of an entry."""
FEW = 4
"""Lines of a page that is too short to have anything around its story."""
KEPT = 0.3
"""Share of a page's prose that must be left in a page with one story, else its form was misread."""
_HEAD = frozenset({"title", "caps", "short", "byline", "stamp"})
"""Kinds of lines in the head of a short page."""
_AND = re.compile(r",\s+|\s+and\s+|\s*&\s*|;\s*")
_BY = re.compile(r"^\s*(?:(?:written|reported|story|text) )?by:?\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*[<(\[]?\S+@\S+[>)\]]?")
_TAIL = re.compile(r"(?P<text>.*[.!?\"”’)])\s+[(\[]?(?P<credit>[A-Z][\w/-]*(?: [A-Z][\w/-]*){0,2})[)\]]?\.?")


@dataclass(frozen=True, slots=True)
class Told:
    """One story and what stands over it."""

    piece: Piece
    over: str
    """Name of the section."""
    day: str
    """Heading with the day."""


def text_stories(lines: Sequence[str], reader: Reader, *, letter: bool = False) -> list[StoryLines]:
    """The stories of a text page with their roles, dates, authors and sections; empty where it is not cut."""
    cut = cut_of(outline(lines, reader), reader, letter=letter)
    if cut is None:
        return []
    first = reads_day_first(cut.lines)
    page = Context(reader, page_clock(cut, reader, first), first)
    told = [story for story in _told(cut, reader) if story.piece.has_body]
    return list(_finished(told, page)) if len(told) > 1 else []


def without_boxes(lines: Sequence[str], reader: Reader) -> list[str]:
    """The lines without the blocks that begin with a heading over other stories: their titles open none."""
    kept: list[str] = []
    inside = False
    for line in lines:
        inside = bool(line) and (inside or fold(line) in reader.words.dump.related)
        kept.extend([] if inside else [line])
    return kept


def one_story(lines: Sequence[str], reader: Reader) -> StoryLines | None:
    """The one story of a text page without what stands around it; None where too little would be left."""
    page = outline(lines, reader)
    piece = read_piece(page, reader, holders_of(page))
    prose = sum(len(line.text) for line in page if line.prose)
    kept = sum(len(text) for text, role in piece.lines if is_prose(text) and role == "text")
    few = len(page) < FEW and not _opens_with_dateline(page, reader)
    if few or not piece.has_body or kept < KEPT * prose:
        return None
    first = reads_day_first(page)
    context = Context(reader, PageClock(None, None), first)
    # A date that only a header has, or that can be read two ways; the others are weighed with the dateline.
    piece.late.clear()
    words = () if any(reader.dates.full(text) for text in piece.stamps) else words_of(piece, context)
    day = _cue(Stamped((), words, ""), context) if words else None
    return _lines(Told(piece, "", ""), day, (), context)


def _opens_with_dateline(page: Sequence[Line], reader: Reader) -> bool:
    """Whether a title, and perhaps an outlet or an author, stand over one paragraph that begins with a dateline."""
    first = next((at for at, line in enumerate(page) if line.prose), 0)
    headed = first > 0 and all(line.kind in _HEAD for line in page[:first])
    return headed and reader.datelines.find(page[first].text) is not None


def _told(cut: Cut, reader: Reader) -> Iterator[Told]:
    over, day = _over(cut.preamble, reader, "", "")
    # A day above all stories is that of the page, unless others follow.
    day = day if any(_over(_after_prose(lines), reader, "", "")[1] for lines in cut.pieces()) else ""
    holders = holders_of(cut.lines)
    for lines in _trimmed(cut):
        how = {
            "entry": cut.way in ("entries", "days", "shapes", "prefixes"),
            "titled": cut.way in ("heads", "numbers", "bullets"),
        }
        shown = {"leads": _led, "prefixes": _prefixed, "shapes": _shaped}.get(cut.way, list)(lines)
        yield Told(read_piece(shown, reader, holders, **how), over, day)
        over, day = _over(_after_prose(lines), reader, over, day)


def _trimmed(cut: Cut) -> Iterator[Sequence[Line]]:
    """The stories; where all others are one block of lines, the last one ends at its first gap too."""
    pieces = list(cut.pieces())
    yield from pieces[:-1]
    last = pieces[-1]
    if not any(_gaps(piece) for piece in pieces[:-1]):
        gap = next((at for at, line in enumerate(last) if at and line.gap), len(last))
        last = last[:gap]
    ended = next((at for at, line in enumerate(last) if cut.way == "ends" and line.kind == "end"), len(last))
    yield last[: ended + 1]


def _gaps(piece: Sequence[Line]) -> bool:
    """Whether a gap stands between its first line and its last paragraph."""
    last = max((at for at, line in enumerate(piece) if line.prose or line.kind == "sentence"), default=0)
    return any(line.gap for line in piece[1 : last + 1])


def _after_prose(lines: Sequence[Line]) -> Sequence[Line]:
    last = max((at for at, line in enumerate(lines) if line.prose or line.kind == "sentence"), default=-1)
    return lines[last + 1 :]


def _over(lines: Sequence[Line], reader: Reader, over: str, day: str) -> tuple[str, str]:
    """The section and the day that hold for what follows."""
    for line in lines:
        named = line.kind in ("caps", "short") or ("name", fold(line.text)) in reader.words.kinds
        if named and line.gap and len(line.text) <= MAX_SECTION:
            over = line.text
        elif line.kind == "stamp" and is_day_heading(line.text, reader):
            day = line.text
    return over, day


def _led(lines: Sequence[Line]) -> Sequence[Line]:
    """A run-in title and its text as two lines, and the credit behind the text as a third."""
    lead = lead_of(lines[0].text)
    if lead is None:
        return lines
    head, text = lead
    tail = _TAIL.fullmatch(text)
    text, credit = (tail["text"], tail["credit"]) if tail else (text, "")
    made = [Line(head, True, "title"), Line(text, False, "prose")]
    return [*made, *([Line(f"({credit})", False, "button")] if credit else []), *lines[1:]]


def _prefixed(lines: Sequence[Line]) -> Sequence[Line]:
    """What stands before the mark of a paragraph as a stamp of its own."""
    prefix = prefix_of(lines[0].text)
    return [Line(prefix.strip(), True, "stamp"), Line(lines[0].text[len(prefix) :], False, "prose"), *lines[1:]]


def _shaped(lines: Sequence[Line]) -> Sequence[Line]:
    """The head of an entry as a stamp, and what it says besides figures and marks as its title."""
    first = lines[0]
    if first.kind == "entry":
        return lines
    parts = [part.strip() for part in re.split(r"\s*[|–—]\s*|\s+-+\s+|:\s+|^[\d.:/-]+\s+", first.text) if part]
    named = next((part for part in parts if len(re.findall(r"[^\W\d_]{2,}", part)) >= TITLE and len(parts) > 1), "")
    titles = [Line(named, False, "title")] if named else []
    return [Line(first.text.replace(named, "") if named else first.text, True, "stamp"), *titles, *lines[1:]]


def _finished(told: Sequence[Told], page: Context) -> Iterator[StoryLines]:
    # Dates at the end of stories stand at the end of each.
    late = all(story.piece.late for story in told)
    words = [words_of(story.piece, page, late=late) for story in told]
    stamps = [Stamped((), said, plain_date(story.day, page)) for story, said in zip(told, words, strict=True)]
    days = entry_dates(stamps, page.clock, page.reader)
    live = are_live(stamps) and not any(story.piece.posted for story in told)
    for story, day in zip(told, days, strict=True):
        yield _lines(story, day, (("type", "liveblogposting"),) if live else (), page)


def _lines(story: Told, day: DateCue | None, live: tuple[tuple[str, str], ...], page: Context) -> StoryLines:
    piece = story.piece
    publisher = piece.fields.get("publisher", "")
    kept = [(text, role) for text, role in piece.lines if role != "mark" or not publisher]
    if publisher:
        kept.append((publisher, "publisher"))
    known: dict[str, str] = {}
    for text, role in kept:
        known.setdefault(fold(text), role)
    names = [*piece.sections, piece.fields.get("section", ""), story.over]
    return StoryLines(
        lines=[text for text, _ in kept],
        known=known,
        own=(day,) if day else (),
        authors=_authors(piece),
        sections=(*live, *(("name", name) for name in names if name)),
        page=of_page(page.clock),
    )


def _authors(piece: Piece) -> tuple[str, ...]:
    named = piece.authors or [text for role in ("byline", "sender") if (text := piece.fields.get(role))]
    names = (name for text in named for name in _AND.split(_BY.sub("", _ADDRESS.sub("", text), count=1)))
    return tuple(name.title() if name.isupper() else name for name in names if name.strip())


def _cue(stamp: Stamped, page: Context) -> DateCue | None:
    return entry_dates([stamp], page.clock, page.reader)[0]
