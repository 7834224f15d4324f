"""Quotations that run over several sentences: each sentence inside belongs to the speaker who is named only once."""

from __future__ import annotations

from collections.abc import Sequence

_OPENING, _CLOSING, _EITHER = "“«", "”»", '"'


def groups(texts: Sequence[str]) -> list[int | None]:
    """For each sentence the number of the running quotation it lies in, or None when it is not (or all) within one.

    A sentence that opens a quotation, those inside and the one that closes it share a number. A new paragraph is not
    seen here: writers reopen the quotation there, which counts as the same one.
    """
    found: list[int | None] = []
    number, inside = 0, False
    for text in texts:
        begins_inside = inside
        inside = _after(text, inside)
        if inside and not begins_inside:
            number += 1
        found.append(number if inside or begins_inside else None)
    return found


def _after(text: str, inside: bool) -> bool:
    """Whether a quotation is open at the end of this text."""
    stripped = text.lstrip()
    if inside and stripped[:1] in _OPENING + _EITHER:
        stripped = stripped[1:]
    for character in stripped:
        if character in _OPENING:
            inside = True
        elif character in _CLOSING:
            inside = False
        elif character == _EITHER:
            inside = not inside
    return inside
