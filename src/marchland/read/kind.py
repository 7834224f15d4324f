"""What kind of piece a story is: opinion, analysis, live coverage, an obituary, sport; and which cue says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from marchland.read.lines import Reader
from marchland.read.settings import fold
from marchland.read.story import Story

_LABEL = re.compile(
    r"^(?P<before>[A-Za-z][A-Za-z -]{2,24})\s*(?:[:|]|\s[–—-]\s)|[|–—:-]\s*(?P<after>[A-Za-z][A-Za-z -]{2,24})$"
)


def section_of(
    story: Story, url: str | None, told: Iterable[tuple[str, str]], reader: Reader
) -> tuple[str, str]:  # fmt: skip
    """The section and its cue; both empty for plain news, which is what most pages are."""
    for where, words in (*told, *_of_address(url), *_of_title(story.title), *_of_lines(story)):
        for word in (fold(words), *(fold(part) for part in re.split(r"[,/;>&]", words))):
            section = reader.words.kinds.get((where, word))
            if section:
                return section, f'{_CUES[where]}: "{words[:60]}"'
    return "", ""


_CUES = {"type": "type in the linked data", "name": "name of the section", "path": "address", "headline": "headline"}


def _of_address(url: str | None) -> list[tuple[str, str]]:
    # The last part of a path is the story's own name, not its section.
    parts = urlsplit(url).path.lower().split("/")[:-1] if url else []
    return [("path", part) for part in parts if part] + [("name", part) for part in parts if part]


def _of_title(title: str) -> list[tuple[str, str]]:
    match = _LABEL.search(title)
    return [("headline", match["before"] or match["after"])] if match else []


def _of_lines(story: Story) -> list[tuple[str, str]]:
    """Section names printed above the story or beside its date."""
    printed = [story.text[part.start : part.end] for part in story.parts if part.kind == "byline"]
    return [("name", line) for line in (*printed, *story.marks[:4]) if len(line) <= 40]
