"""Several stories on one text page, told apart; a page with one story is never cut."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marchland.read.lines import Reader
from marchland.read.settings import fold

WINDOW = 10
"""Lines of a story's head within which its title may be printed again."""
_RULE = re.compile(r"[*=_#~–—-]{3,}|(?:\* ){2,}\*")


@dataclass(slots=True)
class Before:
    """What is known of the story that a new title would end."""

    start: int
    """Where it begins among the lines of the page."""
    first: str = ""
    """Its first paragraph of prose that is no caption, or empty."""


def split_stories(lines: list[str], reader: Reader) -> list[list[str]]:
    """The lines of each story in order; lines before the first title go with the first story.

    A story opens at a title which is printed again within its head beside a stamp or a button; or is followed by
    a printed date, and the story before was too; or is followed by a dateline, and the story before was too or a rule
    stands between.
    """
    kept = [line for line in lines if line]
    starts = [0]
    before = Before(0)
    for index, line in enumerate(kept):
        if index and before.first and _opens(kept, index, before, reader) and _body_follows(kept, index, reader):
            starts.append(index)
            before = Before(index)
        elif not before.first and reader.is_body(line) and not reader.is_picture(line):
            before.first = line
    return [kept[start:end] for start, end in zip(starts, [*starts[1:], len(kept)], strict=True)]


def _opens(kept: list[str], index: int, before: Before, reader: Reader) -> bool:
    title = kept[index]
    opening = kept[before.start : min(index, before.start + WINDOW + 1)]
    if not reader.is_title(title) or fold(title) in {fold(line) for line in opening}:
        return False
    head = _head(kept, index, reader)
    if any(fold(line) == fold(title) for line in head):
        return any(reader.is_stamp(line) or reader.is_furniture(line) for line in head)
    stamped = any(reader.is_stamp(line) for line in opening)
    if any(reader.is_stamp(line) for line in head[:3]):
        return stamped
    first = kept[index + len(head) + 1 : index + len(head) + 2]
    dated = any(reader.datelines.find(line) for line in first)
    if not dated or _RULE.fullmatch(kept[index - 1]):
        return dated
    # Where the first story prints its date and this title has none, the title is a heading inside the story.
    return not stamped and reader.datelines.find(before.first) is not None


def _head(kept: list[str], index: int, reader: Reader) -> list[str]:
    """The lines after a title before its first paragraph: stamps, buttons, bullets, a caption, the title again."""
    head: list[str] = []
    title = fold(kept[index])
    for position in range(index + 1, min(index + 1 + WINDOW, len(kept))):
        line = kept[position]
        if reader.is_body(line) and not _is_caption_in_head(kept, position, title, reader):
            break
        head.append(line)
    return head


def _is_caption_in_head(kept: list[str], position: int, title: str, reader: Reader) -> bool:
    """A long line in the head is a caption when it carries a credit, or stands before the title printed again."""
    line = kept[position]
    if reader.datelines.find(line):
        return False
    later = {fold(other) for other in kept[position + 1 : position + 5]}
    return reader.is_picture(line) or reader.ends_with_credit(line) or title in later


def _body_follows(kept: list[str], index: int, reader: Reader) -> bool:
    return any(reader.is_body(line) for line in kept[index + 1 : index + 2 + WINDOW])
