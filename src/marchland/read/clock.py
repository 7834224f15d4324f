"""The stamps of the stories of one page, the moment of the page itself, and whether it is live coverage."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from marchland.read.blocks import Block
from marchland.read.entries import PageClock, Stamped, are_live, is_day_heading, minutes_in, moment_of
from marchland.read.lines import Reader
from marchland.read.published import address_interval
from marchland.read.regions import Region
from marchland.read.roles import OUTSIDE, is_dated
from marchland.read.settings import fold
from marchland.read.sheet import Sheet
from marchland.read.stamps import interval_of
from marchland.records import DateCue

MAX_PRINTED = 160
"""Characters of the longest line above the stories in which the date of the page is looked for."""
_MONTH = re.compile(r"\b(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>(?:19|20)\d\d)\b")
_UNDATED = frozenset({"caption", "comment", "embed", "quote"})
"""Roles of blocks whose dates tell nothing of the story."""
_LETTERS = re.compile(r"[^\W\d_]+")
MAX_LABELS = 12
"""Short lines above the stories that may name the kind of page."""


def stamped(region: Region, sheet: Sheet) -> Stamped:
    """The dates of one story: those of its head first, the earliest of them foremost; a change is always later."""
    blocks, roles = sheet.layout.blocks, sheet.roles.of
    inside = [at for at in range(region.first, region.after) if roles[at] not in _UNDATED]
    until = next((at for at in inside if roles[at] == "prose"), region.after)
    dated = [blocks[at] for at in inside if is_dated(blocks[at], sheet.reader) and roles[at] != "heading"]
    head = {id(blocks[at]) for at in inside if at < until}
    beside = {id(blocks[at]) for at in inside if roles[at] == "aside"}
    dated.sort(key=lambda block: (id(block) in beside, _is_changed(block, sheet.reader), id(block) not in head))
    machine = tuple(block.stamp for block in dated if block.stamp)
    words = [block.text for block in dated if block.text and id(block) in head - beside]
    foot = [block.text for block in dated if block.text and id(block) not in head - beside]
    above = next((blocks[at].text for at in range(until - 1, -1, -1) if _names_day(at, sheet)), "")
    heads = [
        day for at in inside if at < until and roles[at] == "heading" and (day := _day_of(blocks[at], sheet.reader))
    ]
    return Stamped(
        machine, (*_earliest_first(words, sheet.reader), *heads, *_earliest_first(foot, sheet.reader)), above
    )


def _day_of(block: Block, reader: Reader) -> str:
    """The day with which a heading begins: "Mon 10 June Islanders buy their island", "Day 12 - Monday, 6 June 2016"."""
    for found in (*reader.dates.full(block.text), *reader.dates.yearless(block.text)):
        before = _LETTERS.findall(block.text[: found.start].casefold())
        if all(word in reader.words.weekdays or word in reader.words.stamp_words for word in before):
            return block.text[: found.end]
    return ""


def page_clock(regions: list[Region], sheet: Sheet) -> PageClock:
    """The moments of the page: its markup, else what is printed above the first story, else its foot or address."""
    above = list(_moments(range(regions[0].first), sheet))
    below = list(_moments(range(regions[-1].after, len(sheet.layout.blocks)), sheet)) if not above else []
    printed = above or below[:1] or list(_changes(sheet)) or list(_in_address(sheet))
    published = next((moment for cue in sheet.told.published if (moment := _moment(cue))), None)
    updated = next((moment for cue in sheet.told.updated if (moment := _moment(cue))), None)
    return PageClock(
        published or min(printed, default=None),
        updated or max(printed, default=None) or (None if published else _month_of(sheet)),
    )


def is_live(stamps: list[Stamped], days: Sequence[DateCue | None], regions: list[Region], sheet: Sheet) -> bool:
    """Whether the page is live coverage: by the hour, and so named; or by bare hours, and no ticker, log or channel."""
    if not are_live(stamps):
        return False
    said = list(_said(regions, sheet))
    words = sheet.reader.words
    if any(_has(text, (*words.live_names, "live")) for text in said):
        return True
    dated = sum(any(sheet.reader.dates.full(text) for text in stamp.words) for stamp in stamps)
    # Posts that come one a day are a blog.
    apart = len({day.interval for day in days if day})
    return 2 * max(dated, apart) <= len(stamps) and not any(_has(text, words.logs) for text in said)


def _said(regions: list[Region], sheet: Sheet) -> Iterator[str]:
    """What the page calls itself: its title, short lines above the stories, names of the elements around them."""
    yield fold(sheet.title)
    above = sheet.layout.blocks[: regions[0].first]
    yield from itertools.islice((fold(block.text) for block in above if len(block.text.split()) <= 3), MAX_LABELS)
    for number in sheet.layout.blocks[regions[0].first].chain:
        yield " ".join(sorted(sheet.layout.elements[number].names))


def _has(text: str, phrases: Iterable[str]) -> bool:
    bare = " ".join("".join(c if c.isalnum() or c == "-" else " " for c in text).split())
    return any(f" {phrase} " in f" {bare} " for phrase in phrases)


def _earliest_first(texts: list[str], reader: Reader) -> list[str]:
    """Texts with a full date by that date; then the others in their order."""

    def key(text: str) -> tuple[int, int, int, int]:
        found = next(iter(reader.dates.full(text)), None)
        return (0, found.year, found.month, found.day or 0) if found else (1, 0, 0, 0)

    return sorted(texts, key=lambda text: (*_changed_in(text, reader), *key(text)))


def _changed_in(text: str, reader: Reader) -> tuple[bool]:
    return (not reader.words.changed.isdisjoint(text.casefold().replace(":", " ").split()),)


def _is_changed(block: Block, reader: Reader) -> bool:
    return block.changed or _changed_in(block.text, reader)[0]


def _names_day(at: int, sheet: Sheet) -> bool:
    return sheet.roles.of[at] in ("heading", "label", "stamp", "other") and is_day_heading(
        sheet.layout.blocks[at].text, sheet.reader
    )


def _moments(where: Iterable[int], sheet: Sheet) -> Iterator[dt.datetime]:
    """Moments printed in some blocks that are not beside the story; sentences count only where no stamp does."""
    blocks, roles = sheet.layout.blocks, sheet.roles.of
    shown = [at for at in where if roles[at] not in OUTSIDE]
    stamps = [moment for at in shown if roles[at] != "prose" for moment in _moments_in(blocks[at], sheet.reader)]
    yield from stamps or [moment for at in shown for moment in _moments_in(blocks[at], sheet.reader)]


def _changes(sheet: Sheet) -> Iterator[dt.datetime]:
    """Moments of the last change, wherever they are printed."""
    for block, role in zip(sheet.layout.blocks, sheet.roles.of, strict=True):
        if role == "stamp" and _changed_in(block.text, sheet.reader)[0]:
            yield from _moments_in(block, sheet.reader)


def _in_address(sheet: Sheet) -> Iterator[dt.datetime]:
    found = address_interval(sheet.told.address, sheet.reader) if sheet.told.address else None
    if found and found[0].start and found[0].first_day == found[0].last_day:
        yield found[0].start


def _month_of(sheet: Sheet) -> dt.datetime | None:
    """The last day of the month that the title or a heading names: days without a year lie in it."""
    heads = (block.text for block, role in zip(sheet.layout.blocks, sheet.roles.of, strict=True) if role == "heading")
    months = sheet.reader.words.months
    found = (match for text in (sheet.title, *heads) for match in _MONTH.finditer(text))
    named = next((match for match in found if match["month"].casefold() in months), None)
    month = interval_of(int(named["year"]), months[named["month"].casefold()], None) if named else None
    return dt.datetime.combine(month.last_day, dt.time()) if month and month.last_day else None


def _moment(date: DateCue) -> dt.datetime | None:
    """The moment of a cue of the markup, with its hour where the markup has one."""
    if date.interval is None:
        return None
    return moment_of(date.how.rsplit(": ", 1)[-1]) or date.interval.start


def _moments_in(block: Block, reader: Reader) -> Iterator[dt.datetime]:
    """Every moment of a block: each date with the hour that follows it, or stands before the only one."""
    if block.stamp:
        moment = moment_of(block.stamp)
        yield from [moment] if moment else []
        return
    dates = [date for date in reader.dates.full(block.text) if date.day and date.interval]
    for date, after in zip(dates, [*dates[1:], None], strict=False) if len(block.text) <= MAX_PRINTED else ():
        start = date.interval.start if date.interval else None
        rest = block.text[date.end : after.start if after else None]
        minutes = minutes_in(rest) if len(dates) > 1 else minutes_in(block.text)
        if start:
            yield start + dt.timedelta(minutes=minutes or 0)
