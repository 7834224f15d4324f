"""Which words of a sentence stand in quotation marks."""

from __future__ import annotations

from marchland.claims.parse import Sentence

_OPENING, _CLOSING, _EITHER = frozenset("“«„"), frozenset("”»"), frozenset({'"', "''", "``"})
QUOTES = _OPENING | _CLOSING | _EITHER
MARKS = _OPENING | _CLOSING | _EITHER | {"'", "‘", "’"}


def in_quotation(sentence: Sentence, is_open: bool = False) -> tuple[frozenset[int], bool]:
    """Indexes of the tokens inside quotation marks, and whether a quotation is still open at the end."""
    found: set[int] = set()
    for index, piece in enumerate(sentence.pieces):
        text = sentence.text[piece.start : piece.end]
        if text in _OPENING:
            is_open = True
        elif text in _CLOSING:
            is_open = False
        elif text in _EITHER:
            is_open = not is_open
        elif is_open:
            found.add(index)
    return frozenset(found), is_open
