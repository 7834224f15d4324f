"""Stories that follow each other without containers: headings of one style, each with its own date, author or dateline.

A story with subheadings looks much the same. Rules vote: a digest has no title above its headings or one that says so;
its parts have marks of their own; its prose begins below the first heading.
"""

from __future__ import annotations

import itertools
from collections import Counter

from marchland.read.blocks import Block, Layout
from marchland.read.digests import HEAD, Digest, is_section, size_of, votes
from marchland.read.entries import is_day_heading
from marchland.read.lines import Reader
from marchland.read.regions import LEAVES, Region, prose_of, without_repeats
from marchland.read.roles import Roles, is_dated, leads_away
from marchland.read.settings import fold

FLOOR = 2.0
"""Sum of the rules from which a page is a digest. Chosen on the development half of the mixed pages."""
MAIN_SHARE = 0.75
"""Share of a region's prose that an inner one must hold to be the main part of the page."""
MAX_LEAD = 14
"""Words of the longest title that runs into its paragraph."""
MAX_BEFORE = 0.4
"""Share of the prose that may stand above the first stamp of a log."""
MAX_SHARE = 0.6
"""Share of the prose that one entry of a log may have."""
DISTINCT = 0.7
"""Share of headings that must differ."""


def digest_of(main: Region, layout: Layout, roles: Roles, title: str, letter: bool, reader: Reader) -> list[Region]:
    """The parts of a digest as regions, in order; empty where the page is one story."""
    tried = [
        Digest(layout, roles, reader, main, heads, title, letter) for heads in _styles(layout, roles, main, reader)
    ]
    found = [digest for digest in tried if sum(reason.weight for reason in votes(digest)) >= FLOOR]
    if not found:
        return []
    # Of two styles with as many parts, that with titles comes before that with days.
    best = max(found, key=lambda one: (len(one.heads), not _is_day(layout.blocks[one.heads[0]], reader)))
    begins = [_begin(best, number) for number in range(len(best.heads))]
    ends = [*begins[1:], _end(best, begins[-1])]
    parts = [Region(begin, end, [], head=head) for begin, end, head in zip(begins, ends, best.heads, strict=True)]
    parts = without_repeats(parts, layout, roles)
    return parts if len(parts) > 1 else []


def main_region(root: Region, layout: Layout, roles: Roles) -> Region:
    """The smallest region that holds most of the prose of the page."""
    region = root
    while True:
        inner = max(region.inner, key=lambda one: prose_of(one, layout, roles), default=None)
        if inner is None or prose_of(inner, layout, roles) < MAIN_SHARE * prose_of(region, layout, roles):
            return region
        if all(element.tag in LEAVES for element in inner.elements):
            return region
        region = inner


def _styles(layout: Layout, roles: Roles, main: Region, reader: Reader) -> list[list[int]]:
    """Headings of the main part by style, each with prose before the next one; styles of two and more."""
    inside = range(main.first, main.after)
    heads = [at for at in inside if roles.of[at] == "heading" and not leads_away(layout.blocks[at])]
    heads = [at for at in heads if not is_day_heading(layout.blocks[at].text, reader) and not _runs_on(at, layout)]
    count = Counter(layout.blocks[at].level for at in heads)
    found = [stamps] if len(stamps := _led(inside, layout, roles, main, reader)) > 2 else []
    for level in sorted(level for level, number in count.items() if number > 1):
        same = [at for at in heads if layout.blocks[at].level == level]
        ends = [*same[1:], main.after]
        kept = [
            at for at, end in zip(same, ends, strict=True) if any(roles.of[i] == "prose" for i in range(at + 1, end))
        ]
        # Lines that come again and again are buttons, not titles.
        if len(kept) > 1 and len({fold(layout.blocks[at].text) for at in kept}) > DISTINCT * len(kept):
            found.append(kept)
    return [*found, ruled] if len(ruled := _ruled(inside, layout, roles)) > 2 else found


def _runs_on(at: int, layout: Layout) -> bool:
    """Whether bold words at the head of a paragraph are no title but the beginning of its sentence."""
    block, after = layout.blocks[at], layout.blocks[at + 1 : at + 2]
    long = len(block.text.split()) > MAX_LEAD
    return block.lead and (long or any(one.text[:1].islower() for one in after))


def _ruled(inside: range, layout: Layout, roles: Roles) -> list[int]:
    """Paragraphs right below a rule."""
    return [at for at in inside if layout.blocks[at].ruled and roles.of[at] == "prose"]


def _is_day(block: Block, reader: Reader) -> bool:
    return is_dated(block, reader) or is_day_heading(block.text, reader)


def _led(inside: range, layout: Layout, roles: Roles, main: Region, reader: Reader) -> list[int]:
    """Stamps that prose follows before the next stamp, where they run through most of the prose and no part is most."""
    kinds = ("stamp", "heading")
    stamps = [at for at in inside if roles.of[at] in kinds and layout.blocks[at].text]
    stamps = [at for at in stamps if roles.of[at] == "stamp" or _is_day(layout.blocks[at], reader)]
    stamps = [at for at in stamps if not any(leads_away(block) for block in layout.blocks[max(at - 2, 0) : at + 3])]
    ends = [*stamps[1:], main.after] if stamps else []
    sizes = {at: size_of(range(at, end), layout, roles) for at, end in zip(stamps, ends, strict=True)}
    led = [at for at in stamps if sizes[at]]
    if not led or max(sizes.values()) > MAX_SHARE * sum(sizes.values()):
        return []
    above = size_of(range(main.first, led[0]), layout, roles)
    return led if above <= MAX_BEFORE * prose_of(main, layout, roles) else []


def _begin(digest: Digest, number: int) -> int:
    """Where a part begins: at the rule above its heading, or with the section, stamp or heading right above it."""
    at, blocks = digest.heads[number], digest.layout.blocks
    first = digest.heads[number - 1] + 1 if number else max(at - HEAD, digest.main.first)
    above = itertools.takewhile(lambda i: digest.roles.of[i] != "prose", range(at, first - 1, -1))
    ruled = next((i for i in above if blocks[i].ruled), at)
    if ruled < at and (number or _is_rule_kept(digest)):
        return ruled
    if not at or at <= first:
        return at
    heading = digest.roles.of[at - 1] in ("heading", "label") and blocks[at - 1].level != blocks[at].level
    titled = number or not is_title_above(digest)
    return at - 1 if is_section(blocks[at - 1], digest.reader) or (heading and titled) else at


def is_title_above(digest: Digest) -> bool:
    """Whether what stands right above the first heading is the title of the page."""
    return fold(digest.layout.blocks[digest.heads[0] - 1].text) in fold(digest.title)


def _is_rule_kept(digest: Digest) -> bool:
    """Whether rules stand between the parts."""
    return all(_rules_above(digest, number) for number in range(1, len(digest.heads)))


def _rules_above(digest: Digest, number: int) -> bool:
    return any(digest.layout.blocks[at].ruled for at in range(digest.heads[number - 1] + 1, digest.heads[number] + 1))


def _end(digest: Digest, begin: int) -> int:
    """The end of the last part: at a rule below its prose, where no other part has one inside."""
    if any(_is_ruled_inside(digest, number) for number in range(len(digest.heads) - 1)):
        return digest.main.after
    after = [at for at in range(begin + 1, digest.main.after) if digest.layout.blocks[at].ruled]
    told = (at for at in after if any(digest.roles.of[i] == "prose" for i in range(digest.heads[-1], at)))
    return next(told, digest.main.after)


def _is_ruled_inside(digest: Digest, number: int) -> bool:
    """Whether prose stands on both sides of a rule in a part."""
    part = digest.part(number)
    prose = [at for at in part if digest.roles.of[at] == "prose"]
    return bool(prose) and any(digest.layout.blocks[at].ruled for at in range(prose[0] + 1, prose[-1] + 1))
