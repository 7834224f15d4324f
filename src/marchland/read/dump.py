"""A text page to the lines of its stories: outline, cut, roles, and the day that each story shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marchland.read.cuts import Cut, cut_of, lead_of
from marchland.read.entries import PageClock, Stamped, are_live, entry_dates, is_day_heading, minutes_in
from marchland.read.hours import day_first, numeric_day
from marchland.read.lines import Reader
from marchland.read.outline import Line, is_prose, outline
from marchland.read.pieces import Piece, holders_of, read_piece
from marchland.read.settings import fold
from marchland.read.sheet import StoryLines
from marchland.records import DateCue, Interval

MAX_SECTION = 40
"""Characters of the longest name of a section."""
FEW = 4
"""Lines of a page that is too short to have anything around its story."""
KEPT = 0.6
"""Share of a page's prose that must be left in a page with one story, else its form was misread."""
_WEEKDAYS = {
    name: number
    for number, day in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
    for name in (day, day[:3])
}
_AND = re.compile(r",\s+|\s+and\s+|\s*&\s*|;\s*")
_BY = re.compile(r"^\s*(?:(?:written|reported|story|text) )?by:?\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*[<(\[]?\S+@\S+[>)\]]?")
_TAIL = re.compile(r"(?P<text>.*[.!?\"”’)])\s+[(\[]?(?P<credit>[A-Z][\w/-]*(?: [A-Z][\w/-]*){0,2})[)\]]?\.?")


@dataclass(frozen=True, slots=True)
class Context:
    """What the page says around its stories."""

    reader: Reader
    clock: PageClock
    day_first: bool
    """How its numeric dates are read."""


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
    first = _reads_day_first(cut.lines)
    page = Context(reader, _page_clock(cut, reader, first), first)
    told = [story for story in _told(cut, reader) if story.piece.has_body]
    return list(_finished(told, page)) if len(told) > 1 else []


def one_story(lines: Sequence[str], reader: Reader) -> StoryLines | None:
    """The one story of a text page without what stands around it; None where too little would be left."""
    page = outline(lines, reader)
    piece = read_piece(page, reader, holders_of(page))
    prose = sum(len(line.text) for line in page if line.prose)
    kept = sum(len(text) for text, role in piece.lines if is_prose(text) and role == "text")
    if len(page) < FEW or not piece.has_body or kept < KEPT * prose:
        return None
    first = _reads_day_first(page)
    context = Context(reader, PageClock(None, None), first)
    # A date that only a header has, or that can be read two ways; the others are weighed with the dateline.
    words = () if any(reader.dates.full(text) for text in piece.stamps) else _words(piece, context)
    day = _cue(Stamped((), words, ""), context) if words else None
    return _lines(Told(piece, "", ""), day, (), context)


# --------------------------------------------------------------------------------------------------------- the stories


def _told(cut: Cut, reader: Reader) -> Iterator[Told]:
    over, day = _over(cut.preamble, reader, "", "")
    holders = holders_of(cut.lines)
    for lines in _trimmed(cut):
        how = {"entry": cut.way in ("entries", "days"), "titled": cut.way in ("heads", "numbers")}
        shown = _led(lines) if cut.way == "leads" else lines
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
    yield last[:ended]


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


def _finished(told: Sequence[Told], page: Context) -> Iterator[StoryLines]:
    stamps = [Stamped((), _words(story.piece, page), story.day) for story in told]
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
        page=_of_page(page.clock),
    )


def _authors(piece: Piece) -> tuple[str, ...]:
    named = piece.authors or [text for role in ("byline", "sender") if (text := piece.fields.get(role))]
    names = (name for text in named for name in _AND.split(_BY.sub("", _ADDRESS.sub("", text), count=1)))
    return tuple(name.title() if name.isupper() else name for name in names if name.strip())


# ---------------------------------------------------------------------------------------------------------------- days


def _words(piece: Piece, page: Context) -> tuple[str, ...]:
    """What a story prints of its date; a full date in its dateline is nearer than the date of a header."""
    changed = page.reader.words.changed
    stamps = [text for text in piece.stamps if changed.isdisjoint(fold(text).replace(":", " ").split())] or piece.stamps
    if not stamps and piece.fields.get("date"):
        opening = next((text for text, role in piece.lines if role == "text"), "")
        dateline = page.reader.datelines.find(opening)
        stamps = [] if dateline and page.reader.dates.full(dateline.date) else [piece.fields["date"]]
    return tuple(_plain(text, page) for text in stamps)


def _plain(text: str, page: Context) -> str:
    """A numeric date that can be read two ways, written so that it cannot."""
    if page.reader.dates.full(text):
        return text
    day = numeric_day(text, page.day_first)
    return f"{day.isoformat()} {text}" if day else text


def _cue(stamp: Stamped, page: Context) -> DateCue | None:
    return entry_dates([stamp], page.clock, page.reader)[0]


def _of_page(clock: PageClock) -> tuple[DateCue, ...]:
    if clock.published is None:
        return ()
    return (DateCue(Interval.of_days(clock.published.date()), "date of the page that it stands on", "page"),)


def _page_clock(cut: Cut, reader: Reader, first: bool) -> PageClock:
    """The day of the issue: a field of its header, a stamp, or any line above the stories; else one at the foot."""
    above, foot = cut.preamble, cut.lines[-FEW:]
    groups = (
        [line.value for line in above if line.kind == "field" and line.name == "date"],
        [line.text for line in above if line.kind in ("stamp", "clock")],
        [line.text for line in above if line.kind not in ("copy", "field", "prose", "plea", "bullet", "number")],
        [line.text for line in foot if not line.prose and line.kind not in ("copy", "field", "link")],
    )
    for texts in groups:
        moments = [moment for text in texts if (moment := _moment(text, reader, first, cut))]
        if moments:
            return PageClock(moments[-1], max(moments))
    return PageClock(None, None)


def _moment(text: str, reader: Reader, first: bool, cut: Cut) -> dt.datetime | None:
    found = next((date.interval for date in reader.dates.full(text) if date.interval and date.day), None)
    day = found.first_day if found else _numeric(text, first, cut)
    if day is None:
        return None
    minutes = minutes_in(text) or 0
    return dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60))


def _numeric(text: str, first: bool, cut: Cut) -> dt.date | None:
    """A numeric date; of two readings that on a weekday which the stories name most often."""
    days = [day for order in (first, not first) if (day := numeric_day(text, order))]
    words = [word for line in cut.lines for word in re.findall(r"[a-z]+day\b", line.text.casefold())]
    named = [sum(_WEEKDAYS.get(word) == day.weekday() for word in words) for day in days]
    return max(zip(named, [-at for at in range(len(days))], days, strict=True), default=(0, 0, None))[2]


def _reads_day_first(lines: Sequence[Line]) -> bool:
    return day_first((line.text for line in lines), _WEEKDAYS) is not False
