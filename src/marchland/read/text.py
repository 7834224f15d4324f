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


def clean(text: str) -> str:
    """The text with one kind of space, of hyphen and of line end, and nothing invisible; quotes stay as they are."""
    text = text.replace("\r\n", "\n").translate(_TABLE)
    return _CONTROL.sub("", text)


def lines_of(text: str) -> list[str]:
    """The lines of a clean text, unwrapped, without spaces at their ends; an empty string stands for a gap."""
    lines = [_SPACES.sub(" ", line).strip() for line in clean(text).split("\n")]
    return _unwrapped(lines) if _is_wrapped(lines) else lines


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines end because the next word had no room: then line breaks inside a block mean nothing."""
    width = max(map(len, lines), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return False
    pairs = [(line, after) for line, after in itertools.pairwise(lines) if line and after]
    full = sum(_is_full(line, after, width) for line, after in pairs)
    return full >= 2 and full >= 0.6 * len(pairs)


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width and not _BULLET.match(after)


def _unwrapped(lines: list[str]) -> list[str]:
    width = max(map(len, lines))
    joined: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        if before and line and _is_full(before, line, width):
            joined[-1] += ("" if joined[-1].endswith("-") else " ") + line
        else:
            joined.append(line)
    return joined
