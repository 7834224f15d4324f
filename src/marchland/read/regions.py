"""Which stretches of a page are stories of their own: a tree of regions, and rules that vote on each.

A region is a stretch of blocks that one element (or a chain of elements with nothing else in them) holds. A region
that looks like a story, and holds no two smaller ones that do, is a story; a page with fewer than two such regions is
one story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from marchland.read.blocks import Block, Element, Layout
from marchland.read.lines import MIN_BODY, Reader
from marchland.read.settings import fold
from marchland.records import Reason

FLOOR = 2.0
"""Sum of the rules from which a region is a story. Chosen on the development half of the mixed pages."""
MIN_PROSE = 60
"""Characters of prose in the smallest story (an entry of a live blog)."""
HEAD = 6
"""Blocks before the first prose in which a story's heading and date stand."""
BRIEF = 500
"""Characters of prose up to which a piece beside a long story is a box."""
TEASER = 320
"""Characters of the longest summary under a linked title."""
ENTRY = 6
"""Paragraphs of the longest entry of a list of short ones."""
OPENING = 50
"""Characters at the head of a paragraph by which it is known again."""
MAX_HEADING = 160
MAX_KINDS = 20
MAX_STAMP = 90
"""Characters of the longest stamp."""
MAX_NAMES = 10
"""Words of the longest byline."""
MAX_CAPTION = 300
"""Characters of a text under a picture."""
INNER_SHARE = 0.6
"""Share of a region's prose that its inner stories must hold to be told apart."""
_LEAVES = frozenset(
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


@dataclass(frozen=True, slots=True)
class Roles:
    """What each block of a layout is for: prose, heading, stamp, byline, caption, aside, comment, quote or other."""

    of: tuple[str, ...]
    boxes: tuple[int, ...] = ()
    """Numbers of the elements that stand aside from the story."""


def stories_of(root: Region, layout: Layout, roles: Roles, reader: Reader) -> list[Region]:
    """The stories of a page in reading order; empty where there are not two."""
    if sum(role == "prose" for role in roles.of) < 2:
        return []
    found = without_repeats(_best(root, layout, roles, reader), layout, roles)
    found = _without_small(found, layout, roles)
    covered = sum(prose_of(story, layout, roles) for story in found)
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


def votes(region: Region, layout: Layout, roles: Roles, reader: Reader) -> tuple[Reason, ...]:
    """What speaks for and against a region's being a story."""
    look = Look(region, layout.blocks[region.first : region.after], roles.of[region.first : region.after], reader)
    return tuple(Reason(rule.__name__, weight, said) for rule, weight in RULES if (said := rule(look)))


@dataclass(frozen=True, slots=True)
class Look:
    """A region as the rules see it."""

    region: Region
    blocks: list[Block]
    roles: tuple[str, ...]
    reader: Reader

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


def is_heading(block: Block) -> bool:
    """Whether a block is set as a heading: by its tag, or a short line all in bold type."""
    if not block.text:
        return False
    return (
        block.level > 0 or block.lead or (block.bold and len(block.text) < MAX_HEADING and block.text[-1] not in ".:")
    )


def is_dated(block: Block, reader: Reader) -> bool:
    """Whether a block is a stamp: a time element, a printed date, or an hour."""
    if block.stamp:
        return True
    text = block.text
    if len(text) >= MAX_STAMP or not any(character.isdigit() for character in text):
        return False
    labelled = fold(text.split(" ", 1)[0]) in reader.words.stamp_words and bool(reader.dates.full(text))
    return labelled or reader.is_stamp(text) or reader.is_clock(text)


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
    """A story begins with its title."""
    return f'begins with the heading "{look.heading.text[:60]}"' if look.heading else ""


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
    """A linked title and a sentence or two lead to a story elsewhere."""
    heading = look.heading
    if heading is None or not leads_away(heading) or len(look.prose) > 2:
        return ""
    return "a linked title with a summary" if sum(block.prose for block in look.prose) <= TEASER else ""


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
    (mere_teaser, -6.0),
    (list_of_links, -5.0),
    (nameless, -4.0),
    (mere_section, -1.6),
    (brief, -1.0),
)


def leads_away(block: Block) -> bool:
    """Whether a heading is a link to another page, not to a spot on this one."""
    return block.linked > len(block.text) // 2 and not block.link.startswith(("#", "?"))


# -------------------------------------------------------------------------------------------------------------- tree


def region_tree(layout: Layout) -> Region:
    """Regions of the page, outermost first; elements that hold the same blocks are one region."""
    root = Region(0, len(layout.blocks), [])
    spans = _spans(layout)
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


def _spans(layout: Layout) -> dict[int, tuple[int, int]]:
    """First and after-last block of every element that holds any, in document order."""
    spans: dict[int, tuple[int, int]] = {}
    for index, block in enumerate(layout.blocks):
        for number in block.chain:
            first, _ = spans.get(number, (index, 0))
            spans[number] = (first, index + 1)
    return dict(sorted(spans.items()))


def _best(region: Region, layout: Layout, roles: Roles, reader: Reader) -> list[Region]:
    """The stories in a region: those inside it where they hold most of its prose, else itself where it is one."""
    if prose_of(region, layout, roles) < MIN_PROSE:
        return []
    _count_siblings(region, layout, roles)
    inside = [story for inner in region.inner for story in _best(inner, layout, roles, reader)]
    if len(inside) > 1:
        held = sum(prose_of(story, layout, roles) for story in inside)
        if held >= INNER_SHARE * prose_of(region, layout, roles):
            return inside
    whole = any(element.tag not in _LEAVES for element in region.elements)
    if whole and sum(reason.weight for reason in votes(region, layout, roles, reader)) >= FLOOR:
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
        for inner in kind:
            inner.siblings, inner.kind = len(kind) - 1, number


def _alike(one: Element, other: Element) -> bool:
    """Whether two elements are built alike: the same tag, and most classes shared (a post's categories differ)."""
    if one.tag != other.tag:
        return False
    return 2 * len(one.classes & other.classes) >= max(len(one.classes), len(other.classes))


# ------------------------------------------------------------------------------------------------------------- roles


def roles_of(layout: Layout, reader: Reader) -> Roles:
    """The role of every block, from the elements that it stands in."""
    outside = _outside(layout, reader)
    spans = _spans(layout) if any(block.picture >= 0 for block in layout.blocks) else {}
    return Roles(
        tuple(
            "caption" if _is_under_picture(block, layout, spans) else _role(block, layout, reader, outside)
            for block in layout.blocks
        ),
        tuple(number for number, role in outside.items() if role in ("aside", "comment", "quote")),
    )


def _is_under_picture(block: Block, layout: Layout, spans: dict[int, tuple[int, int]]) -> bool:
    """Whether a block shares a small box with the picture before it, and nothing else."""
    if block.picture < 0 or block.picture not in block.chain or not 0 < len(block.text) <= MAX_CAPTION:
        return False
    first, after = spans.get(block.picture, (0, 0))
    return after - first <= 2 and layout.elements[block.picture].tag not in ("p", "body", "a", "header")


def _is_small(element: Element, role: str, counts: dict[int, int], held: dict[int, int], whole: int) -> bool:
    """Whether an element with a name for boxes is one: not most of the page, nor a story."""
    size = held.get(element.number, 0)
    if role == "standfirst":
        return counts.get(element.number, 0) <= 2
    story = counts.get(element.number, 0) > 2 and size > BRIEF and role == "aside"
    return size <= whole // 2 and not (story and element.tag not in ("aside", "footer"))


def _outside(layout: Layout, reader: Reader) -> dict[int, str]:
    """Elements whose names say that they are no story, and which hold too little of the page to be one."""
    whole = sum(block.prose for block in layout.blocks if block.prose >= MIN_BODY)
    held: dict[int, int] = {}
    counts: dict[int, int] = {}
    for block in layout.blocks:
        if block.prose >= MIN_BODY:
            for number in block.chain:
                held[number] = held.get(number, 0) + block.prose
                counts[number] = counts.get(number, 0) + 1
    common = _common_names(layout, held, whole, reader)
    marked = ((element, _named(element, reader, common)) for element in layout.elements)
    return {one.number: role for one, role in marked if role and _is_small(one, role, counts, held, whole)}


def _named(element: Element, reader: Reader, common: frozenset[str]) -> str:
    """The role that the names of an element tell; names that most of the page shares tell nothing."""
    if element.tag in ("figcaption", "caption"):
        return "caption"
    if element.tag in ("aside", "footer"):
        return "aside"
    for role, names in reader.words.markup_names.items():
        if not names.isdisjoint(element.names - common):
            return role
    return ""


def _common_names(layout: Layout, held: dict[int, int], whole: int, reader: Reader) -> frozenset[str]:
    """Names of boxes that hold most of the page between them: the site's own word for its posts."""
    sizes: Counter[str] = Counter()
    known = reader.words.markup_names["aside"]
    outer: dict[int, frozenset[str]] = {}
    for element in layout.elements:
        above = outer.get(element.parent, frozenset())
        mine = element.names & known
        outer[element.number] = above | mine
        for name in mine - above:
            sizes[name] += held.get(element.number, 0)
    return frozenset(name for name, size in sizes.items() if size > whole // 2)


def _role(block: Block, layout: Layout, reader: Reader, outside: dict[int, str]) -> str:
    marked = next((outside[number] for number in reversed(block.chain) if number in outside), "")
    if marked == "byline":
        return _byline_role(block, reader)
    if marked:
        return marked
    if is_heading(block):
        return "heading"
    if not block.text or is_dated(block, reader):
        return "stamp"
    if reader.is_byline(block.text):
        return "byline"
    if block.prose >= MIN_BODY and block.linked < block.prose:
        return "prose"
    return "other"


def _byline_role(block: Block, reader: Reader) -> str:
    """What stands in a box for authors: a date, a name, or a note on the author."""
    if is_dated(block, reader):
        return "stamp"
    return "byline" if len(block.text.split()) <= MAX_NAMES else "aside"


def texts_of(layout: Layout, roles: Roles, wanted: Iterable[str]) -> set[str]:
    """Folded texts of the blocks in some roles that no block in another role repeats."""
    kinds = frozenset(wanted)
    pairs = list(zip(layout.blocks, roles.of, strict=True))
    kept = {fold(block.text) for block, role in pairs if role not in kinds}
    return {fold(block.text) for block, role in pairs if role in kinds} - kept
