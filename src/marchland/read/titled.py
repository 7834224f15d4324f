"""Ways to cut a text page at titles: each with a date or an author, under one letterhead, right above prose."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from marchland.read.lines import Reader
from marchland.read.outline import Line
from marchland.read.settings import fold
from marchland.read.spots import (
    HEAD,
    HEADS,
    MARKS,
    climbed,
    has_prose,
    headed,
    hold_prose,
    in_box,
    marks_of,
    opens_head,
    told_until,
)

_CREDIT = re.compile(
    r"[A-Z][\w'’-]+(?:[ ,]+[A-Z][\w'’-]+){0,4}\s*\((?P<credit>[A-Z][^()]{1,40})\)\s*(?:[-–—:]+\s*)?[A-Z\"“]"
)


def by_titles(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Titles, each with a date, an author or a dateline of the kind that the first has."""
    found = list(_titles(lines, reader))
    if len(found) < 2:
        return
    first = found[0][1]
    alike = [at for at, marks in found if _alike(marks, first)]
    if len(alike) > 1:
        yield alike


def by_dates(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """A date above each title, or at the end of each story."""
    stamps = [
        at for at, line in enumerate(lines[: told_until(lines)]) if line.kind == "stamp" and opens_head(at, lines)
    ]
    over = [at for at in stamps if _head_follows(at, lines)]
    if has_prose(lines[: stamps[0]] if stamps else ()):
        ends = [at for at in stamps if _head_follows(at, lines) and lines[at + 1].gap]
        closed = bool(ends) and any(at > ends[-1] for at in stamps)
        if closed:
            yield [0, *(at + 1 for at in ends)]
    elif len(over) > 1 and hold_prose(over, lines):
        yield over


def _head_follows(at: int, lines: Sequence[Line]) -> bool:
    """Whether a title stands below, and a paragraph soon after."""
    return at + 1 < len(lines) and lines[at + 1].kind in HEADS and has_prose(lines[at + 1 : at + 6])


def by_datelines(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Paragraphs that open with a place and the same credit or the same form of date, with or without titles."""
    credits: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.kind == "prose" and (credit := _credit(line.text, reader)):
            credits.setdefault(credit, []).append(at)
    for spots in credits.values():
        if len(spots) > 1:
            yield [climbed(at, lines, HEADS | {"stamp", "byline"}) for at in spots]


def by_repeats(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """The same letterhead above each story."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.kind in HEADS and opens_head(at, lines):
            places.setdefault(re.sub(r"\d+", "#", fold(line.text)), []).append(at)
    for spots in places.values():
        if len(spots) > 1 and hold_prose(spots, lines) and all(headed(spots, lines, reader)):
            yield spots


def by_heads(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Headings of one style, each right above its paragraph."""
    for kinds in (frozenset({"caps"}), frozenset({"short"}), frozenset({"title"}), frozenset({"short", "title"})):
        over = [at for at, line in enumerate(lines[:-1]) if line.kind in kinds and opens_head(at, lines, kinds)]
        spots = [at for at in over if lines[at + 1].prose or lines[at + 1].kind == "sentence"]
        if len(spots) > 1:
            yield spots


def by_calendar(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Days as headings over stories with titles; one without a title begins at its day."""
    days = [at for at, line in enumerate(lines[:-1]) if line.kind == "stamp" and line.gap and lines[at + 1].gap]
    bare = [at for at in days if lines[at + 1].prose]
    titled = [at for at, _ in _titles(lines, reader)]
    if len(days) > 1 and bare and titled and days[0] <= min(titled):
        yield sorted({*titled, *bare})


def _alike(marks: set[str], first: set[str]) -> bool:
    """Whether a head is one of a story, as the first one is; a bare place opens paragraphs of dated stories too."""
    return not marks.isdisjoint({"date", "byline", "credit"}) or (bool(marks & first) and "date" not in first)


def _titles(lines: Sequence[Line], reader: Reader) -> Iterator[tuple[int, set[str]]]:
    """Lines that open a head with a mark of its own, each with the kinds of its marks."""
    reached = -1
    told = told_until(lines)
    for at, line in enumerate(lines):
        below_date = at > 0 and lines[at - 1].kind == "stamp" and not line.gap and opens_head(at - 1, lines)
        opens = line.kind in HEADS and (opens_head(at, lines) or below_date) and not in_box(at, lines)
        # Readers sign what they say, with the day.
        opens = opens and (at < told or line.kind == "title")
        first = next((i for i in range(at + 1, min(at + 1 + HEAD, len(lines))) if lines[i].prose), 0)
        if not opens or not first or first == reached:
            continue
        # A gap ends the head: what stands above it is a masthead or a box. Where each line has one it tells nothing.
        spaced = all(lines[i].gap and lines[i].kind not in HEADS - {"short"} for i in range(at + 1, first + 1))
        gap = next((i for i in range(at + 1, first + 1) if lines[i].gap and not spaced), first + 1)
        block = range(at + 1, gap)
        marks = marks_of([lines[i] for i in block], reader) or _below_summary(first, lines)
        if not marks and lines[first].gap and len(block) == first - at - 1:
            marks = marks_of([lines[first]], reader)
        if marks:
            reached = first
            yield at, marks
        elif below_date:
            reached = first
            yield at - 1, {"date"}


def _below_summary(first: int, lines: Sequence[Line]) -> set[str]:
    """The marks right below a summary that stands under the title."""
    after = itertools.takewhile(lambda line: not line.gap and not line.prose, lines[first + 1 : first + HEAD])
    return {MARKS[line.kind] for line in list(after)[:3] if line.kind in MARKS}


def _credit(text: str, reader: Reader) -> str:
    """What the datelines of stories by one agency share: the credit, or that a day is named."""
    found = reader.datelines.find(text)
    if found and (found.credit or found.date):
        return "a credit or a date"
    match = _CREDIT.match(text)
    return fold(match["credit"]) if match else ""
