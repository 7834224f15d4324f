"""Stories that follow each other without containers: headings of one style, each with its own date, author or dateline.

A story with subheadings looks much the same. Rules vote: a digest has no title above its headings or one that says so;
its parts have marks of their own; its prose begins below the first heading.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from marchland.read.blocks import Block, Layout
from marchland.read.entries import is_day_heading, minutes_in
from marchland.read.lines import Reader
from marchland.read.regions import Region, prose_of, without_repeats
from marchland.read.roles import Roles, is_dated, is_heading, leads_away
from marchland.read.settings import fold
from marchland.records import Reason

FLOOR = 2.0
"""Sum of the rules from which a page is a digest. Chosen on the development half of the mixed pages."""
MAIN_SHARE = 0.75
"""Share of a region's prose that an inner one must hold to be the main part of the page."""
ABOVE = 12
"""Blocks above the first part in which a short line may name the kind of page."""
LABEL = 3
"""Words of such a line."""
_BARE = re.compile(r"[\w-]+")
_WORD = re.compile(r"[^\W\d_]{5,}")
STEM = 7
MIN_WORDS = 8
MAX_LEAD = 14
"""Words of the longest title that runs into its paragraph."""
MAX_PARTS = 30
UNRELATED, RELATED = 0.1, 0.12
"""Share of words below which parts are told apart, and above which they are held together. Of 37 digests of the
development pages 27 lie below .1, and of 50 stories with subheadings on real pages 41 above .12."""
MAX_SPAN = 60
"""Days that the entries of one log may span."""
MAX_BEFORE = 0.4
"""Share of the prose that may stand above the first stamp of a log."""
MAX_SHARE = 0.6
"""Share of the prose that one entry of a log may have."""
DISTINCT = 0.7
"""Share of headings that must differ."""
MARKED = 0.6
"""Share of the parts that must have a mark of their own."""
HEAD = 4
"""Blocks after a heading, and two before it, in which its date, author or section stand."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The main part of a page cut at headings of one style."""

    layout: Layout
    roles: Roles
    reader: Reader
    main: Region
    heads: list[int]
    """Indexes of the headings; each part runs to the next."""
    title: str
    """Title of the page."""
    letter: bool
    """Whether the page came as a letter."""

    def part(self, number: int) -> range:
        """Indexes of the blocks of one part."""
        after = self.heads[number + 1] if number + 1 < len(self.heads) else self.main.after
        return range(self.heads[number], after)


def digest_of(main: Region, layout: Layout, roles: Roles, title: str, letter: bool, reader: Reader) -> list[Region]:
    """The parts of a digest as regions, in order; empty where the page is one story."""
    tried = [
        Digest(layout, roles, reader, main, heads, title, letter) for heads in _styles(layout, roles, main, reader)
    ]
    found = [digest for digest in tried if sum(reason.weight for reason in votes(digest)) >= FLOOR]
    if not found:
        return []
    best = max(found, key=lambda digest: len(digest.heads))
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
        region = inner


def word_for_many(title: str, reader: Reader) -> str:
    """The word of a title that says that several stories follow, or an empty string."""
    words = (*reader.words.digests, *reader.words.live_names)
    bare = " ".join(_BARE.findall(title.casefold()))
    return next((word for word in words if f" {word} " in f" {bare} "), "")


def votes(digest: Digest) -> tuple[Reason, ...]:
    """What speaks for and against the page's being a digest."""
    return tuple(Reason(rule.__name__, weight, said) for rule, weight in RULES if (said := rule(digest)))


# ------------------------------------------------------------------------------------------------------------- rules


def titled_so(digest: Digest) -> str:
    """The page calls itself a digest."""
    blocks = digest.layout.blocks[max(digest.heads[0] - ABOVE, 0) : digest.heads[0]]
    labels = [block.text for block in blocks if len(block.text.split()) <= LABEL]
    for text in (digest.title, *labels):
        if word := word_for_many(text, digest.reader):
            return f'it has "{word}" above its parts'
    return ""


def under_days(digest: Digest) -> str:
    """Parts below two or more headings that are days."""
    inside = digest.layout.blocks[digest.main.first : digest.main.after]
    days = sum(is_heading(block) and is_day_heading(block.text, digest.reader) for block in inside)
    return f"{days} headings are days" if days > 1 else ""


def is_letter(digest: Digest) -> str:
    """A newsletter tells several stories."""
    texts = (block.text.casefold() for block in digest.layout.blocks if len(block.text) < 200)
    around = {name for number in digest.layout.blocks[digest.heads[0]].chain for name in _names(digest, number)}
    if "newsletter" in around:
        return "stands in a container for newsletters"
    mark = next((mark for text in texts for mark in digest.reader.words.letters if mark in text), "")
    return f'prints "{mark}"' if mark else ("came as a letter" if digest.letter else "")


def _names(digest: Digest, number: int) -> frozenset[str]:
    return digest.layout.elements[number].names


def no_title_above(digest: Digest) -> str:
    """Subheadings stand below a title; the headings of a digest may be the greatest on the page."""
    blocks = digest.layout.blocks
    level = blocks[digest.heads[0]].level or 9
    above = (at for at in range(digest.heads[0]) if is_heading(blocks[at]) and digest.roles.of[at] == "heading")
    if any((blocks[at].level or 9) < level for at in above):
        return ""
    return "no greater heading stands above"


def marked_apart(digest: Digest) -> str:
    """Parts with dates, authors, datelines or sections of their own are stories."""
    marked = sum(_is_marked(digest, number) for number in range(len(digest.heads)))
    return f"{marked} of {len(digest.heads)} parts are dated or signed" if marked >= MARKED * len(digest.heads) else ""


def unrelated(digest: Digest) -> str:
    """Parts of one story use the same words again; stories of a digest do not."""
    share = _shared_words(digest)
    return f"two parts share {share:.0%} of their words" if share is not None and share < UNRELATED else ""


def related(digest: Digest) -> str:
    """Words that come again from part to part hold a story together."""
    share = _shared_words(digest)
    return f"two parts share {share:.0%} of their words" if share is not None and share > RELATED else ""


def _shared_words(digest: Digest) -> float | None:
    """Mean share of the longer words of one part that another has, over pairs; None where the parts are too short."""
    parts = [_words(digest, number) for number in range(min(len(digest.heads), MAX_PARTS))]
    pairs = list(itertools.combinations([words for words in parts if len(words) >= MIN_WORDS], 2))
    return sum(len(one & other) / min(len(one), len(other)) for one, other in pairs) / len(pairs) if pairs else None


def _words(digest: Digest, number: int) -> set[str]:
    """The longer words of a part, cut to their beginnings so that "troops" and "troop" agree."""
    texts = (digest.layout.blocks[at].text for at in digest.part(number) if digest.roles.of[at] == "prose")
    return {word.casefold()[:STEM] for text in texts for word in _WORD.findall(text)}


def under_sections(digest: Digest) -> str:
    """Each part stands under the name of a section or a country."""
    blocks, roles = digest.layout.blocks, digest.roles.of
    named = sum(
        roles[at - 1] in ("heading", "label")
        and blocks[at - 1].level != blocks[at].level
        and len(blocks[at - 1].text.split()) <= LABEL
        for at in digest.heads
        if at
    )
    return f"{named} headings stand under another" if named == len(digest.heads) else ""


def mostly_before(digest: Digest) -> str:
    """Headings below most of the prose belong to the boxes under a story."""
    size = _size(range(digest.main.first, digest.heads[0]), digest.layout, digest.roles)
    whole = prose_of(digest.main, digest.layout, digest.roles)
    return f"{size} of {whole} characters stand before the first heading" if 2 * size > whole else ""


def prose_before(digest: Digest) -> str:
    """A story says something before its first subheading."""
    size = _size(range(digest.main.first, digest.heads[0]), digest.layout, digest.roles)
    return f"{size} characters of prose stand before the first heading" if size > 0 else ""


def questions(digest: Digest) -> str:
    """Explainers ask: "What happens next?"."""
    asked = sum(digest.layout.blocks[at].text.endswith("?") for at in digest.heads)
    return f"{asked} headings are questions" if 2 * asked >= len(digest.heads) else ""


def by_the_hour(digest: Digest) -> str:
    """A log: parts open with an hour or a date of their own."""
    stamps = [at for at in digest.heads if is_dated(digest.layout.blocks[at], digest.reader)]
    return f"{len(stamps)} parts open with an hour or a date" if len(stamps) == len(digest.heads) > 2 else ""


def told_in_order(digest: Digest) -> str:
    """A story told by the hour begins with an introduction and goes forward; a log has its newest entry on top."""
    if not by_the_hour(digest) or not prose_before(digest):
        return ""
    hours = [minutes_in(digest.layout.blocks[at].text) for at in digest.heads]
    known = [hour for hour in hours if hour is not None]
    rising = sum(one < other for one, other in itertools.pairwise(known))
    return "the hours run forward below an introduction" if 2 * rising > len(known) - 1 > 0 else ""


def history(digest: Digest) -> str:
    """Dates that lie months apart are a history, told in one piece."""
    blocks = (digest.layout.blocks[at] for at in digest.heads)
    found = [found.interval for block in blocks for found in digest.reader.dates.full(block.text)[:1]]
    days = [interval.start for interval in found if interval and interval.start]
    span = (max(days) - min(days)).days if len(days) > 2 else 0
    return f"its dates span {span} days" if span > MAX_SPAN else ""


def only_ruled(digest: Digest) -> str:
    """Rules between paragraphs divide one story as often as they part two, unless the page calls itself a digest."""
    named = any(f" {word} " in f" {fold(digest.title)} " for word in digest.reader.words.digests)
    if digest.roles.of[digest.heads[0]] != "prose" or named or is_letter(digest):
        return ""
    return "nothing but rules between its parts"


def mere_words(digest: Digest) -> str:
    """Headings of a word or two name parts of a story."""
    if by_the_hour(digest) or under_days(digest):
        return ""
    if digest.roles.of[digest.heads[0]] == "prose":
        return ""
    short = sum(len(digest.layout.blocks[at].text.split()) < 3 for at in digest.heads)
    return f"{short} headings are of one or two words" if 2 * short >= len(digest.heads) else ""


RULES: tuple[tuple[Callable[[Digest], str], float], ...] = (
    (titled_so, 2.0),
    (is_letter, 2.0),
    (under_days, 2.0),
    (no_title_above, 1.0),
    (marked_apart, 1.5),
    (by_the_hour, 2.0),
    (only_ruled, -4.0),
    (told_in_order, -4.0),
    (under_sections, 2.5),
    (mostly_before, -4.0),
    (history, -4.0),
    (unrelated, 2.0),
    (related, -1.5),
    (prose_before, -0.5),
    (questions, -2.0),
    (mere_words, -1.5),
)


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


def _led(inside: range, layout: Layout, roles: Roles, main: Region, reader: Reader) -> list[int]:
    """Stamps that prose follows before the next stamp, where they run through most of the prose and no part is most."""
    kinds = ("stamp", "heading")
    stamps = [at for at in inside if roles.of[at] in kinds and layout.blocks[at].text]
    stamps = [at for at in stamps if roles.of[at] == "stamp" or is_dated(layout.blocks[at], reader)]
    stamps = [at for at in stamps if not any(leads_away(block) for block in layout.blocks[max(at - 2, 0) : at + 3])]
    ends = [*stamps[1:], main.after] if stamps else []
    sizes = {at: _size(range(at, end), layout, roles) for at, end in zip(stamps, ends, strict=True)}
    led = [at for at in stamps if sizes[at]]
    if not led or max(sizes.values()) > MAX_SHARE * sum(sizes.values()):
        return []
    above = _size(range(main.first, led[0]), layout, roles)
    return led if above <= MAX_BEFORE * prose_of(main, layout, roles) else []


def _size(part: range, layout: Layout, roles: Roles) -> int:
    return sum(layout.blocks[at].prose for at in part if roles.of[at] == "prose")


def _is_marked(digest: Digest, number: int) -> bool:
    part, reader = digest.part(number), digest.reader
    near = [digest.layout.blocks[at] for at in part[1 : HEAD + 1]]
    first = next((digest.layout.blocks[at].text for at in part if digest.roles.of[at] == "prose"), "")
    above = digest.layout.blocks[max(digest.heads[number] - 1, 0)]
    return (
        is_dated(digest.layout.blocks[digest.heads[number]], reader)
        or reader.datelines.find(first) is not None
        or any(is_dated(block, reader) or reader.is_byline(block.text) for block in near)
        or any(digest.roles.of[at] == "byline" for at in part[1 : HEAD + 1])
        or _is_section(above, reader)
    )


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
    return at - 1 if _is_section(blocks[at - 1], digest.reader) or (heading and titled) else at


def is_title_above(digest: Digest) -> bool:
    """Whether what stands right above the first heading is the title of the page."""
    return fold(digest.layout.blocks[digest.heads[0] - 1].text) == fold(digest.title)


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


def _is_section(block: Block, reader: Reader) -> bool:
    bare = fold(block.text)
    return bool(bare) and (bare in reader.words.sections or ("name", bare) in reader.words.kinds)
