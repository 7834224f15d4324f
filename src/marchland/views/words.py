"""How days, shares and other people's text are written for readers."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MARKS = ('"', "“", "«", "„")
_KEEP = frozenset("\u200c\u200d")
"""Joiners that Persian and Indic spelling needs."""


def clean(text: object, *, limit: int = 2000) -> str:
    """Text of a stranger on one line: no control or direction characters, white space folded, cut at `limit`.

    A report may carry terminal escape sequences or letters that turn the line around; none of them may pass.
    """
    line = " ".join(str(text).split())
    if not line.isprintable():  # most texts are, and this is asked fast
        line = "".join("" if _hidden(letter) else letter for letter in line)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def clean_piece(text: str) -> str:
    """A piece of a longer text as `clean` makes it, but with the white space at its ends, as one blank."""
    return "".join("" if _hidden(letter) else letter for letter in re.sub(r"\s+", " ", text))


def escaped(line: str) -> str:
    """JSON with every control and direction character as an escape: nothing is lost, and no terminal obeys it."""
    return "".join(_escape(letter) if _hidden(letter) else letter for letter in line)


def _escape(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))


def _hidden(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN and letter not in _KEEP


def day(value: str | None, *, none: str = "?") -> str:
    """`2021-07-08` as `8 Jul 2021`; anything that is no ISO day is given back cleaned."""
    if not value:
        return none
    try:
        date = dt.date.fromisoformat(value[:10])
    except ValueError:
        return clean(value)
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def percent(share: float) -> str:
    """A probability as whole percents, never 0 or 100 unless it is so: `97 %`, `> 99 %`."""
    if 0.995 <= share < 1:
        return "> 99 %"
    if 0 < share < 0.005:
        return "< 1 %"
    return f"{share * 100:.0f} %"


def count(number: int, one: str, many: str = "") -> str:
    """`1 witness`, `3 witnesses`; the plural is `one` with an s unless given."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def quoted(sentence: str) -> str:
    """A sentence in quotation marks; one that begins with a mark of its own gets none."""
    return sentence if sentence[:1] in _MARKS else f"“{sentence}”"
