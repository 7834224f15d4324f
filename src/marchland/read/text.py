"""Characters to clean lines: white space, invisible characters, hard-wrapped lines."""

from __future__ import annotations

import re

from marchland.read.wrap import Raw, unwrapped

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
_MARKS = re.compile(r"^(?:#{1,6}\s+(?=\w)|\^(?=\w))|(?<=\w)[<^]$")
_PICTURES = re.compile(
    "^[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u20e3\u200d\u2190-\u21ff\u231a-\u23ff \t]+(?=\\S)"
)
"""Small pictures and arrows before a title."""
_STRONG = re.compile(r"(?P<mark>\*{1,3}|_{1,3}|={2,4} ?)(?P<text>\w[^*_]*[\w.!?:)]) ?(?P=mark)")
_QUOTE_MARK = re.compile(r"^(?:> ?)+")


def clean(text: str) -> str:
    """The text with one kind of space, of hyphen and of line end, and nothing invisible; quotes stay as they are."""
    text = text.replace("\r\n", "\n").translate(_TABLE)
    return _CONTROL.sub("", text)


def lines_of(text: str) -> list[str]:
    """The lines of a clean text, unwrapped, without spaces at their ends; an empty string stands for a gap."""
    return [_plain(line) for line in unwrapped([_raw(line) for line in clean(text).split("\n")])]


def _raw(line: str) -> Raw:
    line = _QUOTE_MARK.sub("", line)
    text = _SPACES.sub(" ", line).strip()
    return Raw(text, len(line) - len(line.lstrip()) if text else 0)


def _plain(line: str) -> str:
    """A line without the marks of plain-text markup: "## Title", "**bold**", the caret of old wires."""
    line = _MARKS.sub("", _PICTURES.sub("", line))
    match = _STRONG.fullmatch(line)
    return match["text"] if match else line
