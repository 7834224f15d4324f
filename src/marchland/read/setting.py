"""How text is set in rows between single breaks: rows of one paragraph, or a title, a stamp and paragraphs apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

CLOCK = re.compile(r"[\[(]?\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?[\])]?\s*[:–—-]?", re.IGNORECASE)
MIN_LEAD = 4
"""Words of the shortest title in bold type that text follows in the same paragraph."""
MAX_HEAD_ROWS = 4
"""Rows of the longest head of a story that is set with single breaks: title, author, day."""
MAX_HEAD_ROW = 140
LONG_ROW = 160
"""Characters of a row that no one wraps by hand: in such a block every break is meant."""
WIDE_ROW = 80
"""Mean characters of rows that are paragraphs, where each ends a sentence."""
_HOUR = re.compile(
    r"(?P<hour>[\[(]?\d{1,2}(?:[:.h]\d{2})?(?<!^\d)(?<!^\d\d)\s*(?:[ap]\.?m\b\.?)?(?:\s*[A-Z]{2,4}\b)?[\])]?|\d{1,2}\s*[ap]\.?m\b\.?)"
    r"(?:\s*[–—|:•-]+\s+|\s+)(?=[A-Z\"“‘'])"
)
_BULLET = re.compile(r"\s*(?:[•▪●◦‣►✔✅👉🔹🔸▶]\ufe0f?|[*–—-]\s)")
_ENDED = re.compile(r"[.!?…:;][\"”’')\]]*$")


@dataclass(slots=True)
class Row:
    """A stretch of text between two breaks, while a block is filled."""

    pieces: list[str] = field(default_factory=list)
    chain: tuple[int, ...] = ()
    linked: int = 0
    bold: int = 0
    fine: int = 0
    length: int = 0
    link: str = ""
    stamp: str = ""
    changed: bool = False
    soft: bool = False
    """Whether only the end of one inline element and the begin of another stand before it."""
    led: bool = False
    """Whether it is a title or an hour in bold type that more text follows."""

    def add(self, text: str, length: int, *, bold: bool, fine: bool, link: list[str] | None) -> None:
        """One more piece of text, and the type in which it is set."""
        self.pieces.append(text)
        self.length += length
        self.bold += length if bold else 0
        self.fine += length if fine else 0
        if link:
            self.linked += length
            self.link = self.link or link[0]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join("".join(self.pieces).split())


def joined(rows: list[Row]) -> Iterator[Row]:
    """The rows of one block as the texts that they are."""
    rows = list(_hardened(rows)) if any(row.soft for row in rows) else rows
    if len(rows) < 2:
        yield from rows
        return
    for group in _groups(rows):
        yield group[0] if len(group) == 1 else _one(group)


def _hardened(rows: list[Row]) -> Iterator[Row]:
    """Stretches in inline elements that touch: fields of a head (author, day) apart, any others as one row."""
    run: list[Row] = []
    for row in rows:
        if run and not row.soft:
            yield from run if _are_fields(run) else [_one(run, "")]
            run = []
        run.append(row)
    yield from run if _are_fields(run) else [_one(run, "")]


def _are_fields(run: list[Row]) -> bool:
    """Whether stretches that touch are fields: short, each begun like a name or a date, and no sentence together."""
    texts = [row.text for row in run]
    if len(texts) < 2 or sum(map(len, texts)) > MAX_HEAD_ROW or texts[-1][-1:] in (".", "!", "?"):
        return False
    return all(len(text) > 2 and (text[0].isupper() or text[0].isdigit()) for text in texts)


def is_lead(text: str, bold: bool) -> bool:
    """Whether bold words at the head of a paragraph are a title or an hour of their own, and no dateline or name."""
    words = text.split()
    if not bold or not words or words[-1][-1] in "-–—":
        return False
    return bool(CLOCK.fullmatch(" ".join(words))) or (len(words) >= MIN_LEAD and not words[0].isupper())


def _groups(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows that make one text together."""
    if _each_apart([row.text for row in rows]):
        yield from ([row] for row in rows)
        return
    group: list[Row] = []
    for row in rows:
        if group and (_stands_alone(group[-1]) or _stands_alone(row) or _BULLET.match(row.text)):
            yield group
            group = []
        group.append(row)
    yield group


def _stands_alone(row: Row) -> bool:
    """A row all in bold type, a date, or the text under a picture."""
    return bool(row.stamp) or (0 < row.length <= row.bold and row.length <= MAX_HEAD_ROW) or 0 < row.length <= row.fine


def hour_before(text: str) -> tuple[str, str] | None:
    """The hour before a mark or a title at the head of a text, and what follows."""
    match = _HOUR.match(text)
    return (match["hour"], text[match.end() :]) if match else None


def _each_apart(texts: list[str]) -> bool:
    """Whether every break is meant: a head, paragraphs, or rows longer than any that are wrapped by hand."""
    ended = [bool(_ENDED.search(text)) for text in texts]
    if not any(ended):
        return len(texts) <= MAX_HEAD_ROWS and all(len(text) <= MAX_HEAD_ROW for text in texts)
    sizes = [len(text) for text in texts]
    if all(ended) and sum(sizes) >= WIDE_ROW * len(sizes):
        return True
    return max(sizes) > LONG_ROW and not any(
        not end and after[:1].islower() for end, after in zip(ended, texts[1:], strict=False)
    )


def _one(rows: Iterable[Row], between: str = " ") -> Row:
    """Rows put together into one."""
    rows = list(rows)
    chains = [row.chain for row in rows if row.chain]
    shared = tuple(
        group[0] for group in itertools.takewhile(lambda group: len(set(group)) == 1, zip(*chains, strict=False))
    )
    return Row(
        pieces=[piece for row in rows for piece in (*row.pieces, between)],
        chain=shared,
        linked=sum(row.linked for row in rows),
        bold=sum(row.bold for row in rows),
        fine=sum(row.fine for row in rows),
        length=sum(row.length for row in rows),
        link=next((row.link for row in rows if row.link), ""),
        stamp=next((row.stamp for row in rows if row.stamp), ""),
        changed=any(row.changed for row in rows),
        led=rows[-1].led,
    )
