"""What speaks for and against a page's being a digest: rules that vote, each with what it saw.

A digest has no title above its headings or one that says so; its parts have marks of their own; its prose begins below
the first heading.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from marchland.read.blocks import Block, Layout
from marchland.read.entries import is_day_heading, minutes_in
from marchland.read.lines import Reader
from marchland.read.regions import Region, prose_of
from marchland.read.roles import OUTSIDE, Roles, is_dated, is_heading
from marchland.read.settings import fold
from marchland.records import Reason

ABOVE = 12
"""Blocks above the first part in which a short line may name the kind of page."""
LABEL = 3
"""Words of such a line."""
_BARE = re.compile(r"[\w-]+")
_WORD = re.compile(r"[^\W\d_]{5,}")
STEM = 7
MIN_WORDS = 8
MAX_PARTS = 30
UNRELATED, RELATED = 0.1, 0.12
"""Share of words below which parts are told apart, and above which they are held together. Of 37 digests of the
development pages 27 lie below .1, and of 50 stories with subheadings on real pages 41 above .12."""
MAX_SPAN = 60
"""Days that the entries of one log may span."""
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


def called(layout: Layout, roles: Roles, title: str, reader: Reader) -> str:
    """What the page calls itself, in its title or in a short line above its first paragraph, if that means several."""
    above = itertools.takewhile(lambda pair: pair[1] != "prose", zip(layout.blocks, roles.of, strict=True))
    labels = [block.text for block, role in above if role not in OUTSIDE and len(block.text.split()) <= LABEL]
    return next((word for text in (title, *labels) if (word := word_for_many(text, reader))), "")


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
    size = size_of(range(digest.main.first, digest.heads[0]), digest.layout, digest.roles)
    whole = prose_of(digest.main, digest.layout, digest.roles)
    return f"{size} of {whole} characters stand before the first heading" if 2 * size > whole else ""


def prose_before(digest: Digest) -> str:
    """A story says something before its first subheading."""
    size = size_of(range(digest.main.first, digest.heads[0]), digest.layout, digest.roles)
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
    (history, -6.0),
    (unrelated, 2.0),
    (related, -1.5),
    (prose_before, -0.5),
    (questions, -2.0),
    (mere_words, -1.5),
)


def size_of(part: range, layout: Layout, roles: Roles) -> int:
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
        or is_section(above, reader)
    )


def is_section(block: Block, reader: Reader) -> bool:
    bare = fold(block.text)
    return bool(bare) and (bare in reader.words.sections or ("name", bare) in reader.words.kinds)
