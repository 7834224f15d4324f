"""How deep the elements of an HTML text nest, told without building a tree: parsers are quadratic on deep ones."""

from __future__ import annotations

import re

import numpy as np

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "p", "li", "td", "tr", "th", "option", "dt", "dd"),
    }
)
"""Elements that stand alone, or whose end need not be written."""
_ALONE = tuple(int.from_bytes(name, "little") for name in (b"br", b"hr", b"im", b"li", b"me", b"p ", b"p>", b"wb"))
"""First two letters of the commonest of them (and of no element that nests), as 16-bit numbers."""
_SLASH, _BANG, _QUESTION = b"/!?"


def is_deeper(html: str, limit: int) -> bool:
    """Whether more than `limit` elements are open at once anywhere; an estimate first, an exact count where it is near.

    The estimate counts too many open elements rather than too few.
    """
    raw = np.frombuffer(html.encode("latin-1", "replace") + b"   ", dtype=np.uint8)
    at = np.flatnonzero(raw[:-3] == ord("<"))
    if at.size <= limit:
        return False
    first = raw[at + 1]
    # The bit tells small letters from capitals; what is no letter is not among the names in any case.
    pair = (first | 0x20).astype(np.uint16) | ((raw[at + 2] | 0x20).astype(np.uint16) << 8)
    step = np.ones(at.size, dtype=np.int32)
    step[(first == _BANG) | (first == _QUESTION) | np.isin(pair, _ALONE)] = 0
    step[first == _SLASH] = -1
    height = np.cumsum(step)
    # Ends without a beginning must not hide later beginnings.
    rise = height - np.minimum.accumulate(np.minimum(height, 0))
    return bool(rise.max() > limit) and _depth(html) > limit


def _depth(html: str) -> int:
    """The greatest number of elements open at once."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match.group(2).lower() in _VOID or match.group(3).endswith("/"):
            continue
        depth = max(depth - 1, 0) if match.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest
