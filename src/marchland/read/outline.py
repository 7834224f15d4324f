"""The lines of a text page and what each looks like by itself: a rule, a field of a header, an hour, a title, prose.

The kind of a line is the first answer in a cascade of small questions; what a line does in its story is asked later.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from marchland.read import looks
from marchland.read.hours import Head, HeadFinder
from marchland.read.lines import Reader
from marchland.read.looks import Asked, is_prose
from marchland.read.settings import fold

CODES = 4
"""Names of database fields that a page must have before a bare "PD 3 May" counts as one."""
_STAMPED = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d\d")
_CLOSED = re.compile(r"(?P<text>.*[.!?\"”’)])\s+[(/-]?(?P<end>enditem|ends|endit|end item|nnnn)[)/-]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text page: its words, whether a gap stands before it, and what it looks like."""

    text: str
    gap: bool
    kind: str
    name: str = ""
    """What a field's value is; who posted an entry; the pattern of an opening line."""
    value: str = ""
    """What stands after the name, the number, the bullet or the hour."""
    when: str = ""
    """The hour or the date at the head of an entry; the name of a field as printed."""

    @property
    def prose(self) -> bool:
        """Whether it is a paragraph, or has one after its mark."""
        return self.kind == "prose" or (self.kind in ("entry", "number", "lead") and is_prose(self.value))


def outline(lines: Sequence[str], reader: Reader) -> list[Line]:
    """The lines that are not empty, each with its kind."""
    heads = HeadFinder(reader.words)
    coded = len({line.split(" ", 1)[0] for line in lines} & reader.words.dump.codes) >= CODES
    often = Counter(line for line in lines if _STAMPED.match(line))
    found: list[Line] = []
    gap = True
    for text in lines:
        closed = _CLOSED.fullmatch(text)
        for part in (closed["text"], closed["end"]) if closed else (text,):
            if part:
                found.append(_line(Asked(part, fold(part), reader, heads, coded), gap))
            gap = not part
    # A line with the hour of printing comes again on every page.
    return [replace(line, kind="copy") if often[line.text] > 1 and not line.prose else line for line in found]


def _line(asked: Asked, gap: bool) -> Line:
    for kind, ask in _QUESTIONS:
        answer = ask(asked)
        if isinstance(answer, Head):
            return Line(asked.text, gap, kind, answer.who, answer.rest, answer.when)
        if isinstance(answer, tuple) and answer:
            return Line(asked.text, gap, kind, *answer)
        if answer:
            return Line(asked.text, gap, kind)
    return Line(asked.text, gap, "other")


_QUESTIONS: tuple[tuple[str, Callable[[Asked], object]], ...] = (
    ("end", looks.end_of),
    ("rule", looks.is_rule),
    ("more", looks.is_more),
    ("open", looks.opening_of),
    ("copy", looks.is_copy_note),
    ("summary", looks.heading_in("summary")),
    ("slug", looks.is_slug),
    ("editors", looks.is_to_editors),
    ("note", lambda asked: asked.reader.is_note(asked.text)),
    ("field", looks.field_of),
    ("button", lambda asked: bool(looks.FORWARDED.fullmatch(asked.text))),
    ("entry", lambda asked: asked.heads.boxed(looks.unmarked(asked.text))),
    ("stamp", looks.is_stamp),
    ("clock", looks.is_clock),
    ("entry", lambda asked: asked.heads.plain(looks.unmarked(asked.text))),
    ("comments", looks.heading_in("comments")),
    ("related", looks.heading_in("related")),
    ("byline", looks.is_byline),
    ("caption", looks.is_caption),
    ("link", looks.is_link),
    ("link", looks.is_host),
    ("button", looks.is_count),
    ("away", looks.leads_on),
    ("plea", looks.is_plea),
    ("plea", looks.is_contact),
    ("button", looks.is_navigation),
    ("button", looks.is_furniture),
    ("number", looks.number_of),
    ("bullet", looks.bullet_of),
    ("prose", lambda asked: is_prose(asked.text)),
    ("sentence", lambda asked: looks.is_sentence(asked.text)),
    ("caps", lambda asked: looks.is_caps(asked.text) and len(asked.text) <= looks.MAX_BUTTON),
    ("title", lambda asked: len(asked.text.split()) > 2 and len(asked.text) <= looks.MAX_TITLE),
    ("short", lambda asked: len(asked.text) <= looks.MAX_BUTTON),
)
"""Kinds of lines in the order in which they are asked for."""
