"""What runs in before a paragraph on the same line: a title, a place, figures of one shape."""

from __future__ import annotations

import re

MAX_HEAD = 80
"""Characters of the longest head of an entry."""
LEAD = 60
"""Characters of the shortest text after a run-in title."""
_CAPS_LEAD = re.compile(r"(?P<head>[^a-z]{3,110}[.:?!…]|[^a-z]{3,110}\s[–—/|-]+)\s+(?P<text>[A-Z\"“‘'].*)")
_DASH_LEAD = re.compile(r"(?P<head>[^.!?—–|]{3,90}?)\s+[—–]\s+(?P<text>[A-Z0-9\"“‘'].*)")
_PREFIX = re.compile(r"(?P<head>[^.!?]{1,40}?)(?:\s*[–—|:/]\s*|\s+-{1,2}\s+|[\])]\s*[-–—:]?\s+)(?=[A-Z\"“‘'(])")


def prefix_of(text: str) -> str:
    """Words with figures before the first mark of a paragraph; empty where there are none."""
    match = _PREFIX.match(text)
    return match.group() if match and re.search(r"\d", match["head"]) else ""


def shape_of(text: str) -> str:
    """A line with figures, names and words each made one sign."""
    shape = re.sub(r"\d+", "9", text)
    shape = re.sub(r"[^\W\d_]+", lambda word: "A" if word.group()[0].isupper() else "a", shape)
    return re.sub(r"([Aa])(?:[ ,.'’-]+[Aa])+", "A", shape)


def lead_of(text: str) -> tuple[str, str] | None:
    """A run-in title and the text after it."""
    for pattern in (_CAPS_LEAD, _DASH_LEAD):
        match = pattern.fullmatch(text)
        if match and len(match["text"]) >= LEAD and 0 < len(match["head"].split()) <= 14:
            return match["head"].strip(" –—/|-"), match["text"]
    return None
