"""The days of a text page: that of the issue, and what each story prints of its own."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from marchland.read.cuts import Cut
from marchland.read.entries import PageClock, minutes_in
from marchland.read.hours import day_first, numeric_day, short_year
from marchland.read.lines import Reader
from marchland.read.outline import Line
from marchland.read.piece import Piece
from marchland.read.published import address_interval
from marchland.read.settings import fold
from marchland.records import DateCue, Interval

FOOT = 4
"""Lines at the end of a page in which its date may stand."""
_NOW = frozenset({"just now", "now", "a moment ago", "moments ago"})
_WEEKDAYS = {
    name: number
    for number, day in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
    for name in (day, day[:3])
}


@dataclass(frozen=True, slots=True)
class Context:
    """What the page says around its stories."""

    reader: Reader
    clock: PageClock
    day_first: bool
    """How its numeric dates are read."""


def words_of(piece: Piece, page: Context, *, late: bool = False) -> tuple[str, ...]:
    """What a story prints of its date; a full date in its dateline is nearer than the date of a header."""
    changed = page.reader.words.changed
    stamps = [text for text in piece.stamps if changed.isdisjoint(fold(text).replace(":", " ").split())] or piece.stamps
    if not stamps and piece.fields.get("date"):
        opening = next((text for text, role in piece.lines if role == "text"), "")
        dateline = page.reader.datelines.find(opening)
        stamps = [] if dateline and page.reader.dates.full(dateline.date) else [piece.fields["date"]]
        return tuple(plain_date(text, page) for text in stamps)
    stamps = stamps or (piece.late if late else []) or _in_addresses(piece, page)
    return tuple(plain_date(text, page) for text in stamps)


def _in_addresses(piece: Piece, page: Context) -> list[str]:
    """The day in the address that stands above the story."""
    found = (address_interval(text, page.reader) for text in piece.links)
    return [
        day.first_day.isoformat() for day, _ in filter(None, found) if day.first_day and day.first_day == day.last_day
    ]


def plain_date(text: str, page: Context) -> str:
    """A numeric date that can be read two ways, written so that it cannot."""
    if not text or page.reader.dates.full(text):
        return text
    if fold(text) in _NOW:
        return "0 minutes ago"
    weekday = _WEEKDAYS.get(fold(text))
    near = page.clock.updated or page.clock.published
    if weekday is not None and near:
        return (near.date() - dt.timedelta(days=(near.weekday() - weekday) % 7)).isoformat()
    day = numeric_day(text, page.day_first) or short_year(text, page.reader.words.months)
    return f"{day.isoformat()} {text}" if day else text


def of_page(clock: PageClock) -> tuple[DateCue, ...]:
    if clock.published is None:
        return ()
    return (DateCue(Interval.of_days(clock.published.date()), "date of the page that it stands on", "page"),)


def page_clock(cut: Cut, reader: Reader, first: bool) -> PageClock:
    """The day of the issue: a field of its header, a stamp, or any line above the stories; else one at the foot."""
    above, foot = cut.preamble or _shared_head(cut), cut.lines[-FOOT:]
    groups = (
        [line.value for line in above if line.kind == "field" and line.name == "date"],
        [line.text for line in above if line.kind in ("stamp", "clock")],
        [line.text for line in above if line.kind not in ("copy", "field", "prose", "plea", "bullet", "number")],
        [line.text for line in foot if line.kind in ("stamp", "plea", "button", "title", "short", "caps", "caption")],
    )
    for texts in groups:
        moments = [moment for text in texts if (moment := _moment(text, reader, first, cut))]
        if moments:
            return PageClock(moments[-1], max(moments))
    ages = sum("ago" in line.text.split() for line in cut.lines if line.kind == "clock")
    saved = [moment for line in above if line.kind == "copy" and (moment := _moment(line.text, reader, first, cut))]
    # Ages count from the hour at which the copy was made.
    return PageClock(None, saved[0] if saved and ages else None)


def _shared_head(cut: Cut) -> Sequence[Line]:
    """The head of the first piece, where it alone is dated: then the date is the page's."""
    heads = [list(itertools.takewhile(lambda line: not line.prose, piece)) for piece in cut.pieces()]
    dated = [any(line.kind in ("stamp", "clock", "field") for line in head) for head in heads]
    return heads[0] if dated[0] and not any(dated[1:]) else ()


def _moment(text: str, reader: Reader, first: bool, cut: Cut) -> dt.datetime | None:
    found = next((date.interval for date in reader.dates.full(text) if date.interval and date.day), None)
    day = found.first_day if found else _numeric(text, first, cut)
    if day is None:
        return None
    hour = re.search(r"\d{1,2}[:.]\d\d(?!\d|[./-]\d)(?:\s*[ap]\.?m)?", text, re.IGNORECASE)
    minutes = (minutes_in(hour.group()) if hour else None) or 0
    return dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60))


def _numeric(text: str, first: bool, cut: Cut) -> dt.date | None:
    """A numeric date; of two readings that on a weekday which the stories name most often."""
    days = [day for order in (first, not first) if (day := numeric_day(text, order))]
    words = [word for line in cut.lines for word in re.findall(r"[a-z]+day\b", line.text.casefold())]
    named = [sum(_WEEKDAYS.get(word) == day.weekday() for word in words) for day in days]
    return max(zip(named, [-at for at in range(len(days))], days, strict=True), default=(0, 0, None))[2]


def reads_day_first(lines: Sequence[Line]) -> bool:
    return day_first((line.text for line in lines), _WEEKDAYS) is not False
