"""A brief as Markdown (CommonMark with tables). Words of reports are escaped: they can make no link, no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from marchland.views.briefing import Block, Briefing, Entry, Grid, Heading, Points, Quote, Sources, Text
from marchland.views.words import clean, day, quoted

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&$^])")
_BARE = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)|(@)")
"""What would make an address a link by itself."""
_START = re.compile(r"^(\d{0,9})([-+=:.)])(?=\s|=|-|:|$)")
"""What would begin a list or underline a heading."""
_KEPT = "/:?#[]@!$&'*+,;=%-._~"
"""Letters that stay as they are in an address; brackets and blanks are encoded."""


def escaped(text: str) -> str:
    """Text that is shown as it is, on one line, wherever it stands."""
    line = _BARE.sub(lambda found: f"\\{found[0]}", _MARKS.sub(r"\\\1", clean(text)))
    return _START.sub(r"\1\\\2", line)


def address(url: str) -> str:
    """An address as a link that shows itself, where it is one of the web; else as text."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return escaped(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return escaped(url)
    return f"<{quote(clean(url, limit=1000), safe=_KEPT)}>"


def markdown(brief: Briefing) -> str:
    """The whole brief; same brief, same text."""
    return "\n\n".join(part for part in _parts(brief) if part) + "\n"


def _parts(brief: Briefing) -> Iterator[str]:
    yield f"# {escaped(brief.title)}"
    yield from (f"*{escaped(one)}*" for one in brief.clocks)
    yield "## In short"
    yield _points(brief.summary)
    for block in brief.blocks:
        yield _block(block)


def _points(items: tuple[str, ...]) -> str:
    return "\n".join(f"- {escaped(one)}" for one in items)


def _block(one: Block) -> str:
    if isinstance(one, Heading):
        return f"{'#' * one.level} {escaped(one.text)}"
    if isinstance(one, Text):
        return escaped(one.text)
    if isinstance(one, Points):
        return _points(one.items)
    if isinstance(one, Entry):
        return "\n\n".join(_entry(one))
    if isinstance(one, Grid):
        return _grid(one)
    assert isinstance(one, Sources)
    return "\n".join(_sources(one))


def _entry(one: Entry) -> Iterator[str]:
    tags = f" _({escaped('; '.join(one.tags))})_" if one.tags else ""
    yield f"**{escaped(one.place)}**: {escaped(one.text)}{tags}"
    yield from (_quote(item) for item in one.quotes)


def _quote(one: Quote) -> str:
    if one.role == "aside" or one.claim_id is None:
        return f"> {escaped(one.sentence)}"
    told = [escaped(part) for part in (one.role, one.who, day(one.day, none="no day"), one.weight) if part]
    source = f" \\[{one.source}\\]" if one.source else ""
    return f"> {escaped(quoted(one.sentence))}\n>\n> {', '.join(told)}{source}"


def _grid(one: Grid) -> str:
    if not one.rows:
        return ""
    lines = [f"**{escaped(one.title)}**\n"] if one.title else []
    lines += [_row(one.headers), _row(tuple("---" for _ in one.headers), plain=True)]
    return "\n".join([*lines, *(_row(row) for row in one.rows)])


def _row(cells: tuple[str, ...], *, plain: bool = False) -> str:
    return "| " + " | ".join(cell if plain else escaped(cell) or " " for cell in cells) + " |"


def _sources(found: Sources) -> Iterator[str]:
    if not found.items:
        yield "No report is named."
    for one in found.items:
        told = [escaped(one.outlet), day(one.day, none="no day"), address(one.url) if one.url else "address not known"]
        yield f"{one.number}. {', '.join(told)}; {'claims' if len(one.claims) > 1 else 'claim'} {', '.join(one.claims)}"
