"""Which stretches of a page are stories of their own: a tree of regions, and rules that vote on each.

A region is a stretch of blocks that one element (or a chain of elements with nothing else in them) holds. A region
that looks like a story, and holds no two smaller ones that do, is a story; a page with fewer than two such regions is
one story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from marchland.read.blocks import Block, Element, Layout
from marchland.read.lines import Reader
from marchland.read.roles import BRIEF, Roles, is_dated, is_heading, leads_away, spans_of
from marchland.read.settings import fold
from marchland.records import Reason

FLOOR = 2.0
"""Sum of the rules from which a region is a story. Chosen on the development half of the mixed pages."""
MIN_PROSE = 60
"""Characters of prose in the smallest story (an entry of a live blog)."""
HEAD = 6
"""Blocks before the first prose in which a story's heading and date stand."""
TEASER = 320
"""Characters of the longest summary under a linked title."""
ENTRY = 6
"""Paragraphs of the longest entry of a list of short ones."""
OPENING = 50
"""Characters at the head of a paragraph by which it is known again."""
MAX_KINDS = 20
INNER_SHARE = 0.6
"""Share of a region's prose that its inner stories must hold to be told apart."""
LEAVES = frozenset(
    {"p", "blockquote", "dd", "dt", "span", "b", "strong", "em", "i", "a", "font", "td", "h2", "h3", "h4"}
)
"""Elements that hold one paragraph, never a story."""
_KINDS = ("newsarticle", "article", "blogposting", "liveblogupdate", "reportagenewsarticle", "analysisnewsarticle")


@dataclass(slots=True)
class Region:
    """A stretch of blocks, the elements that hold just it, and the regions inside."""

    first: int
    after: int
    elements: list[Element]
    inner: list[Region] = field(default_factory=list)
    outer: Region | None = None
    siblings: int = 0
    """Regions beside it that are built like it and hold prose."""
    kind: int = 0
    """Which of the kinds of regions beside it."""
    full: int = 0
    """How many of those built like it, itself with them, are longer than a summary."""
    head: int = -1
    """Index of its heading where that is known, or -1."""


def stories_of(root: Region, layout: Layout, roles: Roles, reader: Reader, said: str = "") -> list[Region]:
    """The stories of a page in reading order; empty where there are not two. `said` is what the page calls itself."""
    if sum(role == "prose" for role in roles.of) < 2:
        return []
    told = _best(root, layout, roles, reader, said)
    once = without_repeats(told, layout, roles)
    found = _without_small(once, layout, roles)
    # What is told again counts as covered, too.
    covered = sum(prose_of(story, layout, roles) for story in told if story in found or story not in once)
    # Where much prose lies outside, the story of the page is not among the regions: they are boxes beside it.
    return found if len(found) > 1 and covered >= INNER_SHARE * prose_of(root, layout, roles) else []


def without_repeats(found: list[Region], layout: Layout, roles: Roles) -> list[Region]:
    """Without regions that tell again what was there before: for a machine, a small screen or a slide show."""
    inside = {at for region in found for at in range(region.first, region.after)}
    seen = {fold(block.text) for at, block in enumerate(layout.blocks) if at not in inside and is_heading(block)}
    titles = [_first_heading(region, layout) for region in found]
    # A heading that many share names their thread, not each of them.
    shared = {title for title, count in Counter(titles).items() if count > 2}
    kept: list[Region] = []
    for region, title in zip(found, titles, strict=True):
        again = any(_tells(region, other, layout, roles) or _tells(other, region, layout, roles) for other in kept)
        if not again and (not title or title in shared or fold(title) not in seen):
            kept.append(region)
        seen.add(fold(title))
    return kept


def _first_heading(region: Region, layout: Layout) -> str:
    return next((block.text for block in layout.blocks[region.first : region.after] if is_heading(block)), "")


def _tells(region: Region, other: Region, layout: Layout, roles: Roles) -> bool:
    """Whether a region has the beginnings of most paragraphs of another in it."""
    text = " ".join(block.text for block in layout.blocks[region.first : region.after])
    openings = [layout.blocks[at].text[:OPENING] for at in _prose_at(other, roles)]
    return 2 * sum(words in text for words in openings) > len(openings)


def _prose_at(region: Region, roles: Roles) -> list[int]:
    return [at for at in range(region.first, region.after) if roles.of[at] == "prose"]


def _without_small(found: list[Region], layout: Layout, roles: Roles) -> list[Region]:
    """Without the short pieces around one long story: they lead to others, unless they are built like it."""
    sizes = [prose_of(region, layout, roles) for region in found]
    counts = [sum(roles.of[at] == "prose" for at in range(region.first, region.after)) for region in found]
    long = [region for region, size, count in zip(found, sizes, counts, strict=True) if count > 2 and size > BRIEF]
    if not long or sum(prose_of(region, layout, roles) for region in long) < sum(sizes) / 2:
        return found
    # One long story and short ones built like it: a page and its teasers, unless the long one is itself an entry.
    entries = len(long) > 1 or len(_prose_at(long[0], roles)) <= ENTRY
    listed = [region for region in long if region.siblings and entries]
    built = {(id(region.outer), region.kind) for region in listed}
    return [
        region
        for region, size, count in zip(found, sizes, counts, strict=True)
        if (count > 2 and size > BRIEF) or (id(region.outer), region.kind) in built
    ]


def votes(region: Region, layout: Layout, roles: Roles, reader: Reader, said: str = "") -> tuple[Reason, ...]:
    """What speaks for and against a region's being a story."""
    inside = slice(region.first, region.after)
    look = Look(region, layout.blocks[inside], roles.of[inside], reader, said)
    return tuple(Reason(rule.__name__, weight, said) for rule, weight in RULES if (said := rule(look)))


@dataclass(frozen=True, slots=True)
class Look:
    """A region as the rules see it."""

    region: Region
    blocks: list[Block]
    roles: tuple[str, ...]
    reader: Reader
    said: str = ""
    """What the page calls itself, where that is a word for several stories."""

    @property
    def tags(self) -> set[str]:
        """Tags of the elements that hold just this region."""
        return {element.tag for element in self.region.elements}

    @property
    def head(self) -> list[Block]:
        """The blocks before the first prose, the last few of them."""
        until = self.roles.index("prose") if "prose" in self.roles else len(self.roles)
        return self.blocks[max(until - HEAD, 0) : until]

    @property
    def prose(self) -> list[Block]:
        """Its paragraphs."""
        return [block for block, role in zip(self.blocks, self.roles, strict=True) if role == "prose"]

    @property
    def heading(self) -> Block | None:
        """The heading in its head."""
        return next((block for block in self.head if is_heading(block)), None)


# ------------------------------------------------------------------------------------------------------------- rules


def article_element(look: Look) -> str:
    """The page itself marks it as an article."""
    return "stands in an article element" if "article" in look.tags else ""


def article_type(look: Look) -> str:
    """The page says so in its linked data attributes."""
    kind = next((element.kind for element in look.region.elements if element.kind in _KINDS), "")
    return f'its itemtype is "{kind}"' if kind else ""


def story_name(look: Look) -> str:
    """Classes as content systems give them to posts and entries."""
    names = look.reader.words.story_names
    word = next((name for element in look.region.elements for name in sorted(element.names & names)), "")
    return f'a class of it is "{word}"' if word else ""


def own_heading(look: Look) -> str:
    """A story begins with its title; where several are built alike, that may be a plain line set apart."""
    if look.heading:
        return f'begins with the heading "{look.heading.text[:60]}"'
    lines = [block for block in look.head if look.region.siblings and not leads_away(block)]
    line = next((block.text for block in lines if look.reader.is_title(block.text)), "")
    return f'begins with the line "{line[:60]}", as those beside it do' if line else ""


def own_stamp(look: Look) -> str:
    """A story carries its own date or hour, near its head or at its end."""
    near = [*look.head, *look.blocks[:3], *look.blocks[-2:]]
    stamp = next((block for block in near if is_dated(block, look.reader)), None)
    return f'carries the stamp "{stamp.text or stamp.stamp}"' if stamp else ""


def own_author(look: Look) -> str:
    """A byline or a dateline belongs to one story."""
    if any(look.reader.is_byline(block.text) for block in look.head):
        return "has a byline of its own"
    first = next(iter(look.prose), None)
    return "opens with a dateline" if first and look.reader.datelines.find(first.text) else ""


def one_of_many(look: Look) -> str:
    """Entries of one list are built alike."""
    count = look.region.siblings
    return f"stands beside {count} built like it" if count else ""


def mere_teaser(look: Look) -> str:
    """A linked title and a sentence or two lead to a story elsewhere; a short post stands among long ones."""
    heading = look.heading
    if heading is None or not leads_away(heading) or len(look.prose) > 2:
        return ""
    if 2 * look.region.full > look.region.siblings and not _leads_on(look, heading):
        return ""
    return "a linked title with a summary" if sum(block.prose for block in look.prose) <= TEASER else ""


def _leads_on(look: Look, heading: Block) -> bool:
    """Whether a button below leads where the title leads: "Read more"."""
    links = [block for block in look.blocks if block is not heading and block.linked > len(block.text) // 2]
    return any(block.link == heading.link and look.reader.is_furniture(block.text) for block in links)


def list_of_links(look: Look) -> str:
    """As many linked titles as paragraphs: a list that leads to other pages."""
    away = sum(leads_away(block) and len(block.text) > 20 for block in look.blocks)
    return f"{away} linked titles" if away > 1 and away >= len(look.prose) else ""


def nameless(look: Look) -> str:
    """Without a title and a date nothing tells where a story begins."""
    return "" if own_heading(look) or own_stamp(look) else "has neither heading nor stamp"


def mere_section(look: Look) -> str:
    """A part of a story under a heading: no date, no author, no mark of the page."""
    marked = article_element(look) or article_type(look) or own_stamp(look) or own_author(look)
    return "" if marked else "a section without date or author"


def page_says(look: Look) -> str:
    """The page calls itself a digest, and the stretch stands in it beside others built alike."""
    return f'the page has "{look.said}" above it' if look.said and look.region.siblings else ""


def brief(look: Look) -> str:
    """One paragraph with no date is more often a box than a story."""
    return "" if len(look.prose) > 1 or own_stamp(look) else "one paragraph and no date"


RULES: tuple[tuple[Callable[[Look], str], float], ...] = (
    (article_element, 1.5),
    (article_type, 2.0),
    (story_name, 1.0),
    (own_heading, 1.0),
    (own_stamp, 1.0),
    (own_author, 0.7),
    (one_of_many, 1.0),
    (page_says, 1.0),
    (mere_teaser, -6.0),
    (list_of_links, -5.0),
    (nameless, -4.0),
    (mere_section, -1.6),
    (brief, -1.0),
)


# -------------------------------------------------------------------------------------------------------------- tree


def region_tree(layout: Layout) -> Region:
    """Regions of the page, outermost first; elements that hold the same blocks are one region."""
    root = Region(0, len(layout.blocks), [])
    spans = spans_of(layout)
    open_regions = [root]
    for number, (first, after) in spans.items():
        element = layout.elements[number]
        while not (open_regions[-1].first <= first and after <= open_regions[-1].after):
            open_regions.pop()
        top = open_regions[-1]
        if (top.first, top.after) == (first, after):
            top.elements.append(element)
            continue
        region = Region(first, after, [element], outer=top)
        top.inner.append(region)
        open_regions.append(region)
    return root


def _best(region: Region, layout: Layout, roles: Roles, reader: Reader, said: str) -> list[Region]:
    """The stories in a region: those inside it where they hold most of its prose, else itself where it is one."""
    if prose_of(region, layout, roles) < MIN_PROSE:
        return []
    _count_siblings(region, layout, roles)
    inside = [story for inner in region.inner for story in _best(inner, layout, roles, reader, said)]
    if len(inside) > 1:
        held = sum(prose_of(story, layout, roles) for story in inside)
        if held >= INNER_SHARE * prose_of(region, layout, roles):
            return inside
    whole = any(element.tag not in LEAVES for element in region.elements)
    if whole and sum(reason.weight for reason in votes(region, layout, roles, reader, said)) >= FLOOR:
        return [region]
    return inside


def prose_of(region: Region, layout: Layout, roles: Roles) -> int:
    """Characters of prose in a region."""
    return sum(layout.blocks[at].prose for at in range(region.first, region.after) if roles.of[at] == "prose")


def _count_siblings(region: Region, layout: Layout, roles: Roles) -> None:
    kinds: list[list[Region]] = []
    for inner in region.inner:
        if prose_of(inner, layout, roles) >= MIN_PROSE:
            alike = next((kind for kind in kinds[:MAX_KINDS] if _alike(kind[0].elements[0], inner.elements[0])), None)
            if alike is None:
                kinds.append([inner])
            else:
                alike.append(inner)
    for number, kind in enumerate(kinds):
        full = sum(prose_of(inner, layout, roles) > TEASER or len(_prose_at(inner, roles)) > 1 for inner in kind)
        for inner in kind:
            inner.siblings, inner.kind, inner.full = len(kind) - 1, number, full


def _alike(one: Element, other: Element) -> bool:
    """Whether two elements are built alike: the same tag, and most classes shared (a post's categories differ)."""
    if one.tag != other.tag:
        return False
    return 2 * len(one.classes & other.classes) >= max(len(one.classes), len(other.classes))
