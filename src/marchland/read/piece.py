"""One story of a text page while its lines are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from marchland.read.outline import Line
from marchland.read.settings import fold

OVER = frozenset({"title", "caps", "short", "other", "sentence"})
NAME = re.compile(
    r"(?:[A-Z][\w'’.-]*|[A-Z]{2,})(?:\s+(?:(?:de|del|van|von|der|al|el|bin|ibn|da|di|la|le)\s+)?[A-Z][\w'’.-]*){1,3}"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©\d,–-]*(?:\(c\)|by\b)?[\s\d,–-]*(?P<name>[A-Z][^.|,;©]{2,60}?)"
    r"(?=\s*(?:[.|,;©\d]|\s-\s|ltd|inc|all rights|$))",
    re.IGNORECASE,
)
ENDED = re.compile(r"[.!?:]$")
DROPPED = frozenset({"rule", "end", "more", "open", "slug", "editors", "copy", "link", "button", "away", "plea"})


@dataclass(slots=True)
class Piece:
    """One story while its lines are read."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    """Words and role of each line that is kept, in order."""
    title: str = ""
    stamps: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    """What the header says of the story, by role."""
    sections: list[str] = field(default_factory=list)
    holders: tuple[str, ...] = ()
    """Folded names in the copyright lines of the page."""
    links: list[str] = field(default_factory=list)
    """Addresses above the first paragraph."""
    late: list[str] = field(default_factory=list)
    """Stamps below the last paragraph."""
    entry: bool = False
    """Whether it is an entry of a live page, a log or a chat."""
    posted: bool = False
    """Whether a name stands beside the hour, as in chats."""

    def add(self, role: str, text: str) -> None:
        """One more line."""
        self.lines.append((text, role))

    @property
    def has_body(self) -> bool:
        """Whether anything is told."""
        return any(role in ("text", "item") for _, role in self.lines)


def holders_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """Folded names in the copyright lines of a page."""
    marks = (_COPYRIGHT.search(line.text) for line in lines if line.kind in ("plea", "button", "field"))
    return tuple(name for mark in marks if mark and len(name := fold(mark["name"])) > 3)
