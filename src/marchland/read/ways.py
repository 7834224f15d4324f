"""Ways in which stories follow each other on a text page: header blocks, end marks, entries, numbers, titles.

Each way yields the lines at which stories could begin; whether the page is so built, the rules of `cuts` say.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from marchland.read.leads import MAX_HEAD, lead_of, prefix_of, shape_of
from marchland.read.lines import Reader
from marchland.read.looks import is_prose
from marchland.read.outline import Line
from marchland.read.spots import (
    HEADS,
    MOST,
    climbed,
    continues,
    has_prose,
    hold_prose,
    is_titled,
    opens_head,
    told_until,
)
from marchland.read.titled import by_calendar, by_datelines, by_dates, by_heads, by_repeats, by_titles

MARKED = 0.6
"""Share of the paragraphs that must have a run-in title."""
_SIGNED = re.compile(r"(?P<who>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}),? (?=\d[\d./-]{5,9},? \d)")


def by_headers(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Each story begins with the same line of a header: "2 of 3 documents", "Message: 2", "HD", "BYLINE:"."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        token = line.name if line.kind == "open" else line.when if line.kind == "field" else ""
        if token:
            places.setdefault(token, []).append(at)
    kept = [spots for spots in places.values() if len(spots) > 1 and hold_prose(spots, lines)]
    most = max(map(len, kept), default=0)
    first = next((spots for spots in kept if 3 * len(spots) >= 2 * most), None)
    if first:
        yield [climbed(at, lines) if lines[at].kind == "field" else at for at in first]


def by_slugs(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Wire copy without headers: a slug line opens each story, unless the take before says that more follows."""
    slugs = [at for at, line in enumerate(lines) if line.kind == "slug" and not continues(at, lines)]
    starts = [at for at in slugs if not at or lines[at - 1].kind not in ("slug", "open")]
    if len(starts) > 1 and hold_prose(starts, lines):
        yield starts


def by_ends(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """A mark ends each story: ###, ENDS, NNNN."""
    ends = [at for at, line in enumerate(lines) if line.kind == "end"]
    starts = [start for start, end in itertools.pairwise([-1, *ends, len(lines)]) if has_prose(lines[start + 1 : end])]
    if ends and len(starts) > 1:
        yield [start + 1 for start in starts]


def by_rules(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """A rule stands between stories that have titles and marks of their own."""
    rules = [at for at, line in enumerate(lines) if line.kind == "rule"]
    parts = [(start + 1, end) for start, end in itertools.pairwise([-1, *rules, len(lines)])]
    told = [(start, end) for start, end in parts if has_prose(lines[start:end])]
    titled = [start for start, end in told if is_titled(lines[start:end])]
    if len(titled) > 1 and len(titled) >= MOST * len(told):
        yield titled


def by_entries(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Hours or days of one form lead the entries of a live page, a log, or a chat."""
    upto = told_until(lines)
    forms: dict[tuple[bool, bool, bool, bool], list[int]] = {}
    for at, line in enumerate(lines[:upto]):
        if line.kind in ("clock", "entry"):
            alone = line.kind == "clock"
            form = (alone, bool(line.name), alone or _has_hour(line.when), not alone and _has_day(line.when))
            forms.setdefault(form, []).append(at)
    for form, spots in [*forms.items(), *_signed(lines[:upto])]:
        told = [at for at, end in itertools.pairwise([*spots, upto]) if has_prose(lines[at:end], short=form[1])]
        if len(told) > (1 if form[1] else 2) and 2 * len(told) >= len(spots):
            # An entry without news still ends the one before it.
            yield [at for at in spots if at >= told[0]]


def _signed(lines: Sequence[Line]) -> Iterator[tuple[tuple[bool, bool, bool, bool], list[int]]]:
    """Lines with one name and the day and hour of each message, as chats without brackets have them."""
    names: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        match = _SIGNED.match(line.text) if line.kind == "stamp" else None
        if match:
            names.setdefault(match["who"], []).append(at)
    for spots in names.values():
        if len(spots) > 2:
            yield (False, True, True, True), spots


def by_days(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """A log: each day as a heading, and what happened below it."""
    days = [
        at for at, line in enumerate(lines[: told_until(lines)][:-1]) if line.kind == "stamp" and lines[at + 1].prose
    ]
    alone = [at for at in days if at == 0 or lines[at].gap]
    if len(alone) > 2 and hold_prose(alone, lines):
        yield alone


def by_numbers(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Numbered items, each with a paragraph of its own; the numbers may begin anew under each section."""
    runs: list[list[int]] = []
    for at, line in enumerate(lines[: told_until(lines)]):
        if line.kind == "number":
            if runs and int(line.name) == int(lines[runs[-1][-1]].name) + 1:
                runs[-1].append(at)
            else:
                runs.append([at])
    ends = [*(run[0] for run in runs[1:]), len(lines)][: len(runs)]
    # A list of contents has the numbers and no paragraphs.
    told = [run for run, end in zip(runs, ends, strict=True) if hold_prose(run, lines[:end], fewest=1)]
    if len(told) > 1:
        yield [at for run in told for at in run]
    yield from (run for run in told if len(run) > 1)


def by_shapes(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Short lines of one shape with figures in them, each above a paragraph: heads of entries that no list knows."""
    shapes: dict[str, list[int]] = {}
    for at, line in enumerate(lines[: told_until(lines)]):
        if (
            len(line.text) <= MAX_HEAD
            and line.kind not in ("prose", "sentence", "copy", "number", "bullet")
            and opens_head(at, lines)
        ):
            shape = shape_of(line.text)
            if "9" in shape:
                shapes.setdefault(shape, []).append(at)
    for spots in shapes.values():
        if len(spots) > 2 and hold_prose(spots, lines):
            yield spots


def by_prefixes(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Paragraphs that begin with figures of one shape before a mark."""
    shapes: dict[str, list[int]] = {}
    prose = 0
    for at, line in enumerate(lines):
        prose += line.prose or (line.kind == "bullet" and is_prose(line.value))
        prefix = prefix_of(line.text) if is_prose(line.text) else ""
        if prefix:
            shapes.setdefault(shape_of(prefix), []).append(at)
    for spots in shapes.values():
        if len(spots) > 2 and len(spots) >= MARKED * prose:
            yield spots


def by_links(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """The address of each story above its title."""
    alone = [at for at, line in enumerate(lines[:-1]) if line.kind == "link" and line.gap and " " not in line.text]
    spots = [at for at in alone if lines[at + 1].kind in HEADS]
    if len({lines[at].text for at in spots}) == len(spots) > 1 and hold_prose(spots, lines):
        yield spots


def by_places(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Paragraphs of a bulletin, each with its place before it."""
    told = [at for at, line in enumerate(lines) if line.prose]
    spots = [at for at in told if reader.datelines.find(lines[at].text)]
    if len(spots) > 2 and len(spots) >= MARKED * len(told):
        yield [climbed(at, lines, HEADS | {"stamp", "byline"}) for at in spots]


def by_leads(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Paragraphs with a run-in title."""
    spots = [at for at, line in enumerate(lines) if line.kind in ("prose", "title", "other") and lead_of(line.text)]
    prose = sum(line.prose or line.kind == "bullet" for line in lines)
    if len(spots) > 2 and len(spots) >= MARKED * prose:
        yield spots


def by_bullets(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """A list whose items are paragraphs, and little else."""
    spots = [at for at, line in enumerate(lines) if line.kind == "bullet" and is_prose(line.value)]
    others = sum(line.prose for line in lines)
    if len(spots) > 2 and len(spots) >= MOST * (len(spots) + others):
        yield spots


WAYS: tuple[tuple[str, Callable[[Sequence[Line], Reader], Iterator[list[int]]]], ...] = (
    ("ends", by_ends),
    ("headers", by_headers),
    ("slugs", by_slugs),
    ("entries", by_entries),
    ("titles", by_titles),
    ("shapes", by_shapes),
    ("prefixes", by_prefixes),
    ("dates", by_dates),
    ("calendar", by_calendar),
    ("rules", by_rules),
    ("days", by_days),
    ("numbers", by_numbers),
    ("links", by_links),
    ("places", by_places),
    ("leads", by_leads),
    ("datelines", by_datelines),
    ("repeats", by_repeats),
    ("bullets", by_bullets),
    ("heads", by_heads),
)


def _has_hour(when: str) -> bool:
    return bool(re.search(r"\d[:.h]\d\d|\d\s*[ap]\.?m|\d{4}\s+[A-Za-z]", when))


def _has_day(when: str) -> bool:
    return bool(re.search(r"[A-Za-z]{3,}\.? \d|\d (?:[A-Z][a-z]{2}|de)|\d[-./]\d+[-./]\d", when))
