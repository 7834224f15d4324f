"""Several stories on one text page, told apart; a page with one story is never cut."""

from __future__ import annotations

import re

from marchland.read.lines import Reader
from marchland.read.settings import fold

WINDOW = 10
"""Lines of a story's head within which its title may be printed again."""
_RULE = re.compile(r"[*=_#~–—-]{3,}|(?:\* ){2,}\*")


def split_stories(lines: list[str], reader: Reader) -> list[list[str]]:
    """The lines of each story in order; lines before the first title go with the first story.

    A story opens at a title which is printed again within its head beside a stamp or a button, or is followed by
    a printed date, or by a dateline where the story before had one or a rule stands between.
    """
    kept = [line for line in lines if line]
    starts = [0]
    for index in range(1, len(kept)):
        here = kept[starts[-1] : index]
        if _opens(kept, index, here, reader) and _has_body(here, reader) and _body_follows(kept, index, reader):
            starts.append(index)
    return [kept[start:end] for start, end in zip(starts, [*starts[1:], len(kept)], strict=True)]


def _opens(kept: list[str], index: int, here: list[str], reader: Reader) -> bool:
    title = kept[index]
    if not reader.is_title(title) or fold(title) in {fold(line) for line in here[: WINDOW + 1]}:
        return False
    head = _head(kept, index, reader)
    again = any(fold(line) == fold(title) for line in head)
    furnished = any(reader.is_stamp(line) or reader.is_furniture(line) for line in head)
    if again:
        return furnished
    if any(reader.is_stamp(line) for line in head[:3]):
        return True
    first = kept[index + len(head) + 1 : index + len(head) + 2]
    dated = any(reader.datelines.find(line) for line in first)
    return dated and (bool(_RULE.fullmatch(kept[index - 1])) or _has_dateline(here, reader))


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


def _has_body(lines: list[str], reader: Reader) -> bool:
    return any(reader.is_body(line) for line in lines)


def _body_follows(kept: list[str], index: int, reader: Reader) -> bool:
    return any(reader.is_body(line) for line in kept[index + 1 : index + 2 + WINDOW])


def _has_dateline(lines: list[str], reader: Reader) -> bool:
    first = next((line for line in lines if reader.is_body(line) and not reader.is_picture(line)), "")
    return reader.datelines.find(first) is not None
