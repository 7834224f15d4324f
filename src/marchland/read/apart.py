"""A page with several stories: each with its own title, lines and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from marchland.read.blocks import Block
from marchland.read.entries import PageClock, Stamped, are_live, entry_dates, is_day_heading, minutes_in, moment_of
from marchland.read.lines import Reader
from marchland.read.markup import Described, cue
from marchland.read.regions import Region
from marchland.read.roles import is_dated, is_heading
from marchland.read.settings import fold
from marchland.read.sheet import MAX_MARK, Sheet, StoryLines, known_in, lines_in
from marchland.records import DateCue, Interval

MIN_TITLE = 3
"""Words of the shortest title that stands beside a longer heading."""
MAX_PRINTED = 160
"""Characters of the longest line above the stories in which the date of the page is looked for."""


def stories_apart(regions: list[Region], sheet: Sheet) -> Iterator[StoryLines]:
    """The stories of a page with several, each with its own lines and date."""
    page = _page_clock(regions, sheet)
    stamps = [_stamped(region, sheet) for region in regions]
    days = entry_dates(stamps, page, sheet.reader)
    live = (("type", "liveblogposting"),) if are_live(stamps) else ()
    for region, day in zip(regions, days, strict=True):
        title = _heading(region, sheet)
        described = _described(title, sheet.told.stories)
        own = [date for date in _described_dates(described) if date.interval]
        yield StoryLines(
            lines=lines_in(region, sheet),
            known=known_in(region, sheet, title),
            own=(*own, day) if day else tuple(own),
            authors=described.authors if described else (),
            sections=(
                *live,
                *_sections(region, sheet, title),
                *(_kinds(described) if described else sheet.told.sections),
            ),
            page=_of_page(page),
        )


def _of_page(page: PageClock) -> tuple[DateCue, ...]:
    """The day of the page, for a story that has none of its own."""
    if page.published is None:
        return ()
    return (DateCue(Interval.of_days(page.published.date()), "date of the page that it stands on", "page"),)


def _kinds(described: Described) -> tuple[tuple[str, str], ...]:
    return tuple(("type", kind) for kind in described.kinds)


def _sections(region: Region, sheet: Sheet, title: str) -> list[tuple[str, str]]:
    """Short lines above the title, which may be the name of a section."""
    above: list[tuple[str, str]] = []
    for block in sheet.layout.blocks[region.first : region.after]:
        if block.text == title or len(above) > 3:
            break
        if len(block.text) <= MAX_MARK:
            above.append(("name", block.text))
    return above


def _heading(region: Region, sheet: Sheet) -> str:
    """The greatest heading above the prose; of two, a section name of a word or two is not the title."""
    if region.head >= 0 and not is_dated(sheet.layout.blocks[region.head], sheet.reader):
        return sheet.layout.blocks[region.head].text
    until = next((at for at in range(region.first, region.after) if sheet.roles.of[at] == "prose"), region.after)
    inside = [sheet.layout.blocks[at] for at in range(region.first, until) if sheet.roles.of[at] != "aside"]
    heads = [block for block in inside if is_heading(block) and not is_dated(block, sheet.reader)]
    ranked = sorted(heads, key=lambda block: (len(block.text.split()) < MIN_TITLE, block.level or 7))
    if ranked:
        return ranked[0].text
    return next(
        (block.text for block in inside if sheet.reader.is_title(block.text) and not is_dated(block, sheet.reader)), ""
    )


def _stamped(region: Region, sheet: Sheet) -> Stamped:
    inside = [at for at in range(region.first, region.after) if sheet.roles.of[at] != "comment"]
    dated = [
        sheet.layout.blocks[at]
        for at in inside
        if is_dated(sheet.layout.blocks[at], sheet.reader) and sheet.roles.of[at] != "heading"
    ]
    machine = tuple(block.stamp for block in dated if block.stamp)
    above = next(
        (
            sheet.layout.blocks[at].text
            for at in range(region.first - 1, -1, -1)
            if sheet.roles.of[at] in ("heading", "stamp", "other")
            and is_day_heading(sheet.layout.blocks[at].text, sheet.reader)
        ),
        "",
    )
    return Stamped(machine, tuple(block.text for block in dated if block.text), above)


def _page_clock(regions: list[Region], sheet: Sheet) -> PageClock:
    """The moments of the page: its markup, else what is printed above the first story."""
    above = [
        sheet.layout.blocks[at] for at in range(regions[0].first) if sheet.roles.of[at] not in ("aside", "comment")
    ]
    printed = [moment for block in above if (moment := _moment_in(block, sheet.reader))]
    published = next((moment for cue in sheet.told.published if (moment := _moment(cue))), None)
    updated = next((moment for cue in sheet.told.updated if (moment := _moment(cue))), None)
    return PageClock(published or (printed[-1] if printed else None), updated or (max(printed) if printed else None))


def _moment(date: DateCue) -> dt.datetime | None:
    """The moment of a cue of the markup, with its hour where the markup has one."""
    if date.interval is None:
        return None
    return moment_of(date.how.rsplit(": ", 1)[-1]) or date.interval.start


def _moment_in(block: Block, reader: Reader) -> dt.datetime | None:
    if block.stamp:
        return moment_of(block.stamp)
    if len(block.text) > MAX_PRINTED:
        return None
    found = next((date for date in reader.dates.full(block.text) if date.day and date.interval), None)
    if found is None or found.interval is None or found.interval.start is None:
        return None
    return found.interval.start + dt.timedelta(minutes=minutes_in(block.text) or 0)


def _described(title: str, stories: tuple[Described, ...]) -> Described | None:
    key = fold(title)
    return next((story for story in stories if key and fold(story.headline) == key), None)


def _described_dates(described: Described | None) -> Iterator[DateCue]:
    if described and described.published:
        yield cue(described.published, "linked data datePublished of this story", "linked-data")
