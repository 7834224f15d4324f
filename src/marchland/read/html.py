"""HTML to the lines of its stories: regions for pages with several, trafilatura for a page with one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement
from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction, load_html

from marchland.read.blocks import HIDDEN, Block, Layout, layout_of
from marchland.read.depth import is_deeper
from marchland.read.entries import PageClock, Stamped, are_live, entry_dates, is_day_heading, minutes_in, moment_of
from marchland.read.flat import digest_of, main_region
from marchland.read.lines import Reader, without_bullet
from marchland.read.markup import FAILURES, Described, Told, attribute, cue, found_date, time_tags, told_by
from marchland.read.regions import (
    Region,
    Roles,
    is_dated,
    is_heading,
    leads_away,
    region_tree,
    roles_of,
    stories_of,
    texts_of,
)
from marchland.read.settings import fold
from marchland.read.text import clean, lines_of
from marchland.records import DateCue, Interval

MAX_PRINTED = 160
"""Characters of the longest line above the stories in which the date of the page is looked for."""
MAX_DEPTH = 400
"""Open elements. Deeper pages are attacks or broken; the tree walkers below would run out of stack."""
MAX_TAGS = 50_000
"""Tags of a page; the largest page of 181 real ones has 3,300."""
MAX_CAPTIONS = 40
AGREED = 0.1
"""Share of the main part's prose that the extraction must have, else it missed the story (old tables, bare breaks)."""
MAX_BOXES = 0.7
"""Share of the extracted text that must be left when boxes are taken out of it."""
_BARE = re.compile(r"<(script|style|noscript|template|svg|head)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|section|article|tr|table|figure|figcaption|blockquote)\b[^<>]*>", re.I
)
_KNOWN = {
    "caption": "caption",
    "embed": "embed",
    "heading": "subheading",
    "prose": "body",
    "stamp": "stamp",
    "standfirst": "standfirst",
}
"""Role of a block to the kind of part that it becomes."""
_INLINE = frozenset({"a", "b", "strong", "i", "em", "span", "font", "u", "small"})
MIN_TITLE = 3
"""Words of the shortest title that stands beside a longer heading."""
MAX_MARK = 40
"""Characters of the longest section name above a title."""
_MARKUP = re.compile(r"<[^<>]*>")
NOTHING = Told((), (), (), None, "", "", (), (), None)


@dataclass(frozen=True, slots=True)
class StoryLines:
    """One story of a page before its lines are given roles, and what the markup tells of it."""

    lines: list[str]
    known: dict[str, str] = field(default_factory=dict)
    """Folded line to the role that the markup told: headline, caption, body."""
    own: tuple[DateCue, ...] = ()
    authors: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    page: tuple[DateCue, ...] = ()
    """The day of the page that it stands on with others: the last resort."""


@dataclass(frozen=True, slots=True)
class Markup:
    """An HTML page: its stories, and what it tells of itself."""

    stories: tuple[StoryLines, ...]
    told: Told = NOTHING
    tree: HtmlElement | None = None
    """For the last resort in looking for a date."""


def read_markup(html: str, reader: Reader, *, letter: bool = False) -> Markup:
    """Lines and cues of a page; `letter` says that it came by mail. Never raises.

    A page with too many tags, or nested too deeply, is read as bare text.
    """
    html = html.replace("\x00", "")
    if html.count("<") > MAX_TAGS or is_deeper(html, MAX_DEPTH):
        return Markup((StoryLines(_bare_lines(html)),))
    tree = LexborHTMLParser(html)
    told = told_by(tree)
    for node in tree.css(HIDDEN):
        node.decompose()
    layout = layout_of(tree, MAX_DEPTH)
    if layout is None:
        return Markup((StoryLines(_bare_lines(html)),), told)
    dates = tuple(time_tags(tree))
    roles = roles_of(layout, reader)
    title = _title(tree)
    root = region_tree(layout)
    main = main_region(root, layout, roles)
    regions = stories_of(root, layout, roles, reader) or digest_of(main, layout, roles, title, letter, reader)
    if regions:
        return Markup(tuple(_apart(regions, layout, roles, told, reader)), told)
    captions = _captions(tree)
    _take_out(layout, roles)
    document = _loaded(tree)
    return Markup((_one_story(title, captions, document, main, layout, roles, told, dates),), told, document)


def _take_out(layout: Layout, roles: Roles) -> None:
    """Take the boxes beside the story out of the tree; what stands inside one goes with it."""
    boxes = frozenset(roles.boxes)
    inside: set[int] = set()
    for element in layout.elements:
        if element.parent in inside or element.parent in boxes:
            inside.add(element.number)
        elif element.number in boxes:
            layout.nodes[element.number].decompose()


def last_resort(markup: Markup, url: str | None, now: dt.datetime) -> Iterator[DateCue]:
    """The date that htmldate finds in a page with one story."""
    if markup.tree is not None:
        yield from found_date(markup.tree, url, now)


# --------------------------------------------------------------------------------------------------------- one story


def _one_story(
    title: str, captions: list[str], document: HtmlElement | None, main: Region, layout: Layout, roles: Roles,
    told: Told, times: tuple[DateCue, ...],
) -> StoryLines:  # fmt: skip
    outside = texts_of(layout, roles, ("aside", "comment", "quote"))
    lines = _without(outside, _extracted(document, layout))
    if _share_of(main, layout, roles, lines) < AGREED:
        lines = _lines(main, layout, roles)
    known = {fold(caption): "caption" for caption in (*captions, *texts_of(layout, roles, ("caption",)))}
    for role, part in (("standfirst", "standfirst"), ("heading", "subheading"), ("embed", "embed")):
        known |= dict.fromkeys(texts_of(layout, roles, (role,)), part)
    if title:
        known[fold(title)] = "headline"
    head = ([title] if title else []) + [caption for caption in captions if not _is_in(caption, lines)]
    # The title of an empty page is no story.
    return StoryLines([*head, *lines] if lines else [], known, (*told.published, *times), told.authors, told.sections)


def _share_of(main: Region, layout: Layout, roles: Roles, lines: list[str]) -> float:
    """Share of the prose of the main part of the page that the extraction has."""
    have = {fold(without_bullet(line)) for line in lines}
    whole = got = 0
    for at in range(main.first, main.after):
        if roles.of[at] == "prose":
            size = layout.blocks[at].prose
            whole, got = whole + size, got + (size if fold(layout.blocks[at].text) in have else 0)
    return got / whole if whole else 1.0


def _without(outside: set[str], lines: list[str]) -> list[str]:
    """The lines without boxes that the extraction let through; all of them where the boxes would be the story."""
    kept = [line for line in lines if fold(without_bullet(line)) not in outside]
    return kept if sum(map(len, kept)) >= MAX_BOXES * sum(map(len, lines)) else lines


def _loaded(tree: LexborHTMLParser) -> HtmlElement | None:
    try:
        document = load_html(tree.html or "")
    except FAILURES:
        return None
    return document if isinstance(document, HtmlElement) else None


def _extracted(document: HtmlElement | None, layout: Layout) -> list[str]:
    """What trafilatura takes for the story; its fast way is no worse on news (BENCHMARKS.md) and half as long."""
    text = ""
    if document is not None:
        try:
            found = bare_extraction(
                document, include_comments=False, include_tables=True, with_metadata=False, fast=True
            )
        except FAILURES:
            found = None
        text = getattr(found, "text", None) or ""
    lines = [" ".join(_with_bullet(line).split()) for line in clean(text).split("\n") if line.strip()]
    # A page of one line: nothing that the extraction would call a story.
    return lines or [block.text for block in layout.blocks if block.prose > 0]


def _with_bullet(line: str) -> str:
    return f"• {line[2:]}" if line.startswith("- ") else line


def _title(tree: LexborHTMLParser) -> str:
    headings = [_text(node) for node in tree.css("article h1, main h1, h1")[:3]]
    heading = next((heading for heading in headings if len(heading.split()) >= 3), "")
    if heading:
        return heading
    printed = attribute(tree, "meta[property='og:title']", "content") or _text(tree.css_first("title"))
    return re.split(r"\s[|–—-]\s(?=[^|–—-]{2,40}$)", clean(printed), maxsplit=1)[0].strip()


def _captions(tree: LexborHTMLParser) -> list[str]:
    found = [_text(node) for node in tree.css("figcaption, .wp-caption-text, .caption")[:MAX_CAPTIONS]]
    return list(dict.fromkeys(caption for caption in found if 20 <= len(caption) <= 600))


def _is_in(caption: str, lines: list[str]) -> bool:
    key = fold(caption)
    return any(key in fold(without_bullet(line)) for line in lines)


# ----------------------------------------------------------------------------------------------------- several stories


def _apart(regions: list[Region], layout: Layout, roles: Roles, told: Told, reader: Reader) -> Iterator[StoryLines]:
    """The stories of a page with several, each with its own lines and date."""
    page = _page_clock(regions, layout, roles, told, reader)
    stamps = [_stamped(region, layout, roles, regions, reader) for region in regions]
    days = entry_dates(stamps, page, reader)
    live = (("type", "liveblogposting"),) if are_live(stamps) else ()
    for region, day in zip(regions, days, strict=True):
        title = _heading(region, layout, roles, reader)
        described = _described(title, told.stories)
        own = [date for date in _described_dates(described) if date.interval]
        yield StoryLines(
            lines=_lines(region, layout, roles),
            known=_known(region, layout, roles, title),
            own=(*own, day) if day else tuple(own),
            authors=described.authors if described else (),
            sections=(*live, *_sections(region, layout, title), *(_kinds(described) if described else told.sections)),
            page=_of_page(page),
        )


def _of_page(page: PageClock) -> tuple[DateCue, ...]:
    """The day of the page, for a story that has none of its own."""
    if page.published is None:
        return ()
    return (DateCue(Interval.of_days(page.published.date()), "date of the page that it stands on", "page"),)


def _kinds(described: Described) -> tuple[tuple[str, str], ...]:
    return tuple(("type", kind) for kind in described.kinds)


def _sections(region: Region, layout: Layout, title: str) -> list[tuple[str, str]]:
    """Short lines above the title, which may be the name of a section."""
    above: list[tuple[str, str]] = []
    for block in layout.blocks[region.first : region.after]:
        if block.text == title or len(above) > 3:
            break
        if len(block.text) <= MAX_MARK:
            above.append(("name", block.text))
    return above


def _heading(region: Region, layout: Layout, roles: Roles, reader: Reader) -> str:
    """The greatest heading above the prose; of two, a section name of a word or two is not the title."""
    until = next((at for at in range(region.first, region.after) if roles.of[at] == "prose"), region.after)
    inside = [layout.blocks[at] for at in range(region.first, until) if roles.of[at] != "aside"]
    heads = [block for block in inside if is_heading(block) and not is_dated(block, reader)]
    ranked = sorted(heads, key=lambda block: (len(block.text.split()) < MIN_TITLE, block.level or 7))
    if ranked:
        return ranked[0].text
    return next((block.text for block in inside if reader.is_title(block.text) and not is_dated(block, reader)), "")


def _lines(region: Region, layout: Layout, roles: Roles) -> list[str]:
    """The blocks of a story that belong to it; what leads away or stands aside goes."""
    lines: list[str] = []
    for at in range(region.first, region.after):
        block, role = layout.blocks[at], roles.of[at]
        if role in ("aside", "comment", "quote") or not block.text:
            continue
        if role == "heading" and leads_away(block) and lines:
            continue
        if role == "byline":
            lines.append(block.text if block.text[:3].casefold() == "by " else f"By {block.text}")
        elif role == "other" and not _is_text(block, layout):
            lines.append(block.text) if len(block.text) <= MAX_MARK and not lines else None
        else:
            bullet = role in ("prose", "other") and _is_item(block, layout)
            lines.append(f"• {block.text}" if bullet else block.text)
    return lines


def _is_text(block: Block, layout: Layout) -> bool:
    """Whether a short block is a paragraph or an item of a list, and no button, label or link."""
    tag = next((t for n in reversed(block.chain) if (t := layout.elements[n].tag) not in _INLINE), "")
    if block.linked * 2 >= len(block.text):
        return False
    words = len(block.text.split())
    ended = words > 2 and block.text.rstrip("\"”’')")[-1:] in (".", "!", "?")
    return ended or (tag in ("p", "li", "blockquote", "dd") and words > 4)


def _known(region: Region, layout: Layout, roles: Roles, title: str) -> dict[str, str]:
    known = {fold(title): "headline"} if title else {}
    for at in range(region.first, region.after):
        role = _KNOWN.get(roles.of[at])
        if role:
            known.setdefault(fold(layout.blocks[at].text), role)
    return known


def _is_item(block: Block, layout: Layout) -> bool:
    """Whether the block is an item of a list, and not a story that happens to stand in one."""
    around = [tag for number in block.chain if (tag := layout.elements[number].tag) not in _INLINE]
    return "li" in around[-2:]


def _stamped(region: Region, layout: Layout, roles: Roles, regions: list[Region], reader: Reader) -> Stamped:
    inside = [layout.blocks[at] for at in range(region.first, region.after) if roles.of[at] != "comment"]
    dated = [block for block in inside if is_dated(block, reader)]
    machine = tuple(block.stamp for block in dated if block.stamp)
    taken = {at for other in regions for at in range(other.first, other.after)}
    above = next(
        (
            layout.blocks[at].text
            for at in range(region.first - 1, -1, -1)
            if at not in taken and roles.of[at] in ("heading", "stamp", "other")
            and is_day_heading(layout.blocks[at].text, reader)
        ),
        "",
    )  # fmt: skip
    return Stamped(machine, tuple(block.text for block in dated if block.text), above)


def _page_clock(regions: list[Region], layout: Layout, roles: Roles, told: Told, reader: Reader) -> PageClock:
    """The moments of the page: its markup, else what is printed above the first story."""
    above = [layout.blocks[at] for at in range(regions[0].first) if roles.of[at] not in ("aside", "comment")]
    printed = [moment for block in above if (moment := _moment_in(block, reader))]
    published = next((moment for cue in told.published if (moment := _moment(cue))), None)
    updated = next((moment for cue in told.updated if (moment := _moment(cue))), None)
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


# --------------------------------------------------------------------------------------------------------- bare text


def _bare_lines(html: str) -> list[str]:
    """The text of a page that no tree can be built of, block by block."""
    from html import unescape  # noqa: PLC0415

    text = _MARKUP.sub(" ", _BLOCK.sub("\n", _BARE.sub(" ", html)))
    return [line for line in lines_of(unescape(text)) if line]


def _text(node: object) -> str:
    text = node.text(separator=" ") if hasattr(node, "text") else ""
    return " ".join(clean(text or "").split())
