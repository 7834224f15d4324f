"""A page with several stories: each with its own title, lines and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from marchland.read.clock import is_live, page_clock, stamped
from marchland.read.entries import PageClock, entry_dates, is_day_heading
from marchland.read.markup import Described, cue
from marchland.read.regions import Region
from marchland.read.roles import is_dated, is_heading
from marchland.read.settings import fold
from marchland.read.sheet import MAX_MARK, Sheet, StoryLines, known_in, lines_in
from marchland.records import DateCue, Interval

MIN_TITLE = 3
"""Words of the shortest title that stands beside a longer heading."""
_NO_TITLES = frozenset({"aside", "byline", "caption", "comment", "embed", "label", "quote", "standfirst"})


def stories_apart(regions: list[Region], sheet: Sheet) -> Iterator[StoryLines]:
    """The stories of a page with several, each with its own lines and date."""
    page = page_clock(regions, sheet)
    stamps = [stamped(region, sheet) for region in regions]
    days = entry_dates(stamps, page, sheet.reader)
    live = (("type", "liveblogposting"),) if is_live(stamps, days, regions, sheet) else ()
    threads = _threads(regions, sheet)
    for region, day in zip(regions, days, strict=True):
        title = _heading(region, sheet, threads)
        described = _described(title, sheet.told.stories)
        own = [date for date in _described_dates(described) if date.interval]
        yield StoryLines(
            lines=lines_in(region, sheet, described.authors if described else (), title),
            known={**known_in(region, sheet, title), **dict.fromkeys(threads - {fold(title)}, "mark")},
            own=(*own, day) if day else tuple(own),
            authors=described.authors if described else (),
            sections=(
                *live,
                *_sections(region, sheet, title),
                *(_kinds(described) if described else sheet.told.sections),
            ),
            page=_of_page(page),
        )


def _threads(regions: list[Region], sheet: Sheet) -> set[str]:
    """Folded headings that two and more stories share: they name the thread that the stories stand in."""
    heads = [
        {fold(block.text) for block in sheet.layout.blocks[region.first : region.after] if is_heading(block)}
        for region in regions
    ]
    counts = Counter(text for texts in heads for text in texts if text)
    return {text for text, count in counts.items() if count > 1 and 2 * count >= len(regions)}


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


def _heading(region: Region, sheet: Sheet, threads: set[str]) -> str:
    """The greatest heading above the prose; of two, a section name of a word or two is not the title."""
    titled = region.head >= 0 and sheet.roles.of[region.head] != "prose"
    if titled and not is_dated(sheet.layout.blocks[region.head], sheet.reader):
        return sheet.layout.blocks[region.head].text
    until = next((at for at in range(region.first, region.after) if sheet.roles.of[at] == "prose"), region.after)
    inside = [sheet.layout.blocks[at] for at in range(region.first, until) if sheet.roles.of[at] not in _NO_TITLES]
    inside = [block for block in inside if fold(block.text) not in threads and not is_dated(block, sheet.reader)]
    inside = [block for block in inside if not is_day_heading(block.text, sheet.reader)]
    ranked = sorted(
        filter(is_heading, inside), key=lambda block: (len(block.text.split()) < MIN_TITLE, block.level or 7)
    )
    if ranked:
        return ranked[0].text
    return next((block.text for block in inside if sheet.reader.is_title(block.text)), "")


def _described(title: str, stories: tuple[Described, ...]) -> Described | None:
    key = fold(title)
    return next((story for story in stories if key and fold(story.headline) == key), None)


def _described_dates(described: Described | None) -> Iterator[DateCue]:
    if described and described.published:
        yield cue(described.published, "linked data datePublished of this story", "linked-data")
