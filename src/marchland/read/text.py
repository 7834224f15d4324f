"""Characters to clean lines: white space, invisible characters, hard-wrapped lines."""

from __future__ import annotations

import itertools
import re

_SPACE = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_HYPHENS = "\u2010\u2011\ufe63\uff0d"
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_TABLE = str.maketrans(
    {
        **dict.fromkeys(_SPACE, " "),
        **dict.fromkeys(_INVISIBLE, ""),
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_LINE_ENDS, "\n"),
    }
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile(r" {2,}")
_BULLET = re.compile(r"[•·▪●◦*‣∙►–—-]\s")
MIN_WIDTH, MAX_WIDTH = 55, 130
"""Columns at which texts are wrapped by hand or by a mail program."""
SLACK = 6
"""Columns by which three of the longest lines of a wrapped text may differ."""
ALL_FULL, MANY_FULL = 0.6, 0.35
"""Shares of the lines inside blocks that must be full."""
_STIFF = re.compile(r"^[\W_]+$|https?://\S{20}")
"""A rule, or a line with an address that cannot be broken."""
_QUOTE_MARK = re.compile(r"^(?:>\s?)+(?=\S|$)")


def clean(text: str) -> str:
    """The text with one kind of space, of hyphen and of line end, and nothing invisible; quotes stay as they are."""
    text = text.replace("\r\n", "\n").translate(_TABLE)
    return _CONTROL.sub("", text)


def lines_of(text: str) -> list[str]:
    """The lines of a clean text, unwrapped, without spaces at their ends; an empty string stands for a gap."""
    raw = [_QUOTE_MARK.sub("", line).rstrip() for line in clean(text).split("\n")]
    lines = [_SPACES.sub(" ", line).strip() for line in raw]
    width = _width(lines)
    ends = [len(line) for line in raw]
    width = _width(lines)
    if not width or not _is_wrapped(lines, width):
        return lines
    indents = [end - len(line.lstrip()) for end, line in zip(ends, raw, strict=True)]
    return _unwrapped(lines, indents, width)


def _width(lines: list[str]) -> int:
    """The column at which lines end: the longest but for rules, addresses and one or two that stick out; 0 for none."""
    lengths = sorted((len(line) for line in lines if line and not _STIFF.search(line)), reverse=True)
    for rank, length in enumerate(lengths[: 3 + len(lengths) // 20]):
        if rank + 2 < len(lengths) and lengths[rank + 2] >= length - SLACK:
            return length if MIN_WIDTH <= length <= MAX_WIDTH else 0
    longest = max(lengths, default=0)
    return longest if MIN_WIDTH <= longest <= MAX_WIDTH else 0


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Whether lines end because the next word had no room: then line breaks inside a block mean nothing."""
    pairs = [(line, after) for line, after in itertools.pairwise(lines) if line and after]
    full = sum(_is_full(line, after, width) for line, after in pairs)
    if full >= 2 and full >= ALL_FULL * len(pairs):
        return True
    # Headers have short lines; then the words must go on in small letters below.
    flowing = sum(_is_full(line, after, width) and after[:1].islower() for line, after in pairs)
    return flowing >= 2 and full >= 4 and full >= MANY_FULL * len(pairs)


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width and not _BULLET.match(after) and not _STIFF.search(line)


def _unwrapped(lines: list[str], indents: list[int], width: int) -> list[str]:
    joined: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        opens = indents[number] > indents[number - 1] if number else True
        if before and line and not opens and _goes_on(before, line, width - indents[number - 1]):
            joined[-1] += ("" if joined[-1].endswith("-") else " ") + line
        else:
            joined.append(line)
    return joined


def _goes_on(line: str, after: str, width: int) -> bool:
    """Whether a paragraph goes on below: the next word had no room, or begins small after a line of some length."""
    flows = after[:1].islower() and 3 * len(line) > 2 * width and line[-1] not in ".!?:"
    return _is_full(line, after, width) or (flows and not _STIFF.search(line))
