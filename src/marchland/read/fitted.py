"""The lines of an extraction fitted to the blocks of the page: paragraphs apart, contents and notes on authors gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from marchland.read.belongs import is_bio, is_closing
from marchland.read.blocks import Block
from marchland.read.lines import without_bullet
from marchland.read.settings import fold
from marchland.read.sheet import Sheet

OPENING = 12
"""Letters by which the block that begins a line is looked for."""
_QUOTES = "\"“”‘’'"
MAX_SKIPPED = 8
"""Blocks of one box."""
MAX_TAIL = 3
"""Lines at the end that may tell of the authors."""


def fitted(lines: list[str], sheet: Sheet) -> list[str]:
    """The lines cut where blocks end, without a list of the headings to come and without what follows the story."""
    known = {fold(block.text) for block in sheet.layout.blocks}
    starts: dict[str, list[int]] = {}
    for at, block in enumerate(sheet.layout.blocks):
        starts.setdefault(letters_of(block.text)[:OPENING], []).append(at)
    cut = [
        part
        for line in lines
        for part in ([line] if fold(without_bullet(line)) in known else _cut(line, starts, sheet))
    ]
    return _without_tail(_without_quotes_again(_without_contents(cut, sheet)), sheet)


def _cut(line: str, starts: dict[str, list[int]], sheet: Sheet) -> list[str]:
    """A line as the blocks that it runs together; itself where it is no such run."""
    wanted = letters_of(without_bullet(line))
    for at in starts.get(wanted[:OPENING], ()):
        run = _run(wanted, at, sheet.layout.blocks)
        if len(run) > 1:
            # Columns of a layout run together: only the one that holds the story counts.
            main = sheet.layout.blocks[sheet.main.first : sheet.main.after]
            inside = [block for block in run if any(block is one for one in main)]
            return list(_paragraphs(inside or run))
    return [line]


def _run(wanted: str, at: int, blocks: Sequence[Block]) -> list[Block]:
    """Blocks whose letters are those of a line; a few between them may be boxes that the extraction left out."""
    run: list[Block] = []
    position = skipped = 0
    for block in blocks[at:]:
        letters = letters_of(block.text)
        if position == len(wanted) or skipped > MAX_SKIPPED:
            break
        if not letters or not wanted.startswith(letters, position):
            skipped += 1
            continue
        position, skipped = position + len(letters), 0
        run.append(block)
    return run if position == len(wanted) else []


def _paragraphs(run: list[Block]) -> Iterator[str]:
    """Texts of blocks; an hour or a title in bold type stays with the paragraph that it opens."""
    lead = ""
    for block in run:
        text = f"{lead} {block.text}".strip()
        lead = text if block.run_in else ""
        if not block.run_in and text:
            yield text
    if lead:
        yield lead


def _without_contents(lines: list[str], sheet: Sheet) -> list[str]:
    """Without headings that are listed before they come."""
    pairs = zip(sheet.layout.blocks, sheet.roles.of, strict=True)
    heads = {fold(block.text) for block, role in pairs if role == "heading"}
    left = Counter(fold(without_bullet(line)) for line in lines)
    kept: list[str] = []
    for line in lines:
        key = fold(without_bullet(line))
        left[key] -= 1
        if not (left[key] and key in heads):
            kept.append(line)
    return kept


def _without_quotes_again(lines: list[str]) -> list[str]:
    """Without quotations that stand alone and are said again in a paragraph: they are set large beside it."""
    whole = [letters_of(line) for line in lines]

    def is_again(at: int) -> bool:
        quoted = lines[at][0] in _QUOTES and lines[at][-1] in _QUOTES
        return quoted and any(whole[at] in other and len(other) > len(whole[at]) for other in whole)

    return [line for at, line in enumerate(lines) if not is_again(at)]


def _without_tail(lines: list[str], sheet: Sheet) -> list[str]:
    """Without notes on the authors and farewells after the last paragraph."""
    for _ in range(MAX_TAIL):
        if len(lines) < 2 or not (
            is_bio(lines[-1], sheet.told.authors, sheet.reader) or is_closing(lines[-1], sheet.reader)
        ):
            break
        lines = lines[:-1]
    return lines


def letters_of(text: str) -> str:
    """The letters and figures of a text, by which it is known again however it is set."""
    return "".join(filter(str.isalnum, text.casefold()))
