"""Letters (.eml) and mailboxes (.mbox) to pages: newsletters, of which each may tell several stories."""

from __future__ import annotations

import email
import email.header
import email.utils
import re
from collections.abc import Iterator
from email.message import Message
from email.policy import compat32
from pathlib import PurePath

from marchland.read.address import address_of
from marchland.read.decode import NotText, decode
from marchland.read.inputs import Input, Limits, moment_of, shown
from marchland.read.kinds import is_html
from marchland.read.markup import FAILURES
from marchland.read.page import Page
from marchland.records import Skipped, content_id

MAX_BOUNDARIES, MAX_LINES = 30, 500_000
"""Every line of a letter is compared with every boundary that is open, so both are bounded."""
MAX_SUBJECT = 300
"""Characters."""
MAX_PARTS = 1_000
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_SENDER = re.compile(r"(?P<person>.{2,60}?)\s+(?:from|at|via|of|\|)\s+(?P<outlet>.{2,60})", re.IGNORECASE)


def open_letter(source: Input, limits: Limits) -> Iterator[Page | Skipped]:
    """The page of one letter."""
    data = source.stream.read(limits.letter + 1)
    yield _page(data, source.name, PurePath(source.name).stem or source.name, limits)


def open_mailbox(source: Input, limits: Limits) -> Iterator[Page | Skipped]:
    """The page of every letter of a mailbox, in order; where a letter stands is told by its first line."""
    for line, data in _letters(source, limits.letter):
        yield _page(data, f"{source.name}:{line}", None, limits)


def _letters(source: Input, limit: int) -> Iterator[tuple[int, bytes]]:
    """Each letter with the number of its first line; of one that is too long, as much as shows that it is."""
    lines: list[bytes] = []
    number = size = 0
    first, blank = 1, True
    while line := source.stream.readline(limit):
        number += 1
        if blank and line.startswith(b"From ") and number > 1:
            yield first, b"".join(lines)
            lines, size, first = [], 0, number
        blank = not line.strip()
        if size <= limit and not (number == first and line.startswith(b"From ")):
            lines.append(line)
            size += len(line)
    yield first, b"".join(lines)


def _page(data: bytes, where: str, page_id: str | None, limits: Limits) -> Page | Skipped:
    if len(data) > limits.letter:
        return Skipped(where, f"letter of more than {limits.letter:,} bytes")
    if len(_BOUNDARY.findall(data)) > MAX_BOUNDARIES:
        return Skipped(where, f"letter of more than {MAX_BOUNDARIES} parts that have parts")
    if data.count(b"\n") > MAX_LINES:
        return Skipped(where, f"letter of more than {MAX_LINES:,} lines")
    try:
        letter = email.message_from_bytes(_QUOTED.sub(rb"\1", data) if page_id is None else data, policy=compat32)
        bodies = list(_bodies(letter))
    except FAILURES as error:
        return Skipped(where, f"broken letter: {shown(str(error))[:120]}")
    heads = {name.lower(): _words(value) for name, value in reversed(list(letter.raw_items()))}
    body, html = _best(bodies)
    if not body.strip():
        return Skipped(where, "letter without text")
    byline, publisher = _sender(heads.get("from", ""))
    sent = heads.get("date", "")
    return Page(
        page_id=page_id or content_id(heads.get("message-id") or body, sent),
        where=where,
        text=None if html else body,
        html=body if html else None,
        url=address_of(heads.get("archived-at", "").strip("<> ")),
        publisher=publisher,
        published=moment_of(sent) if sent else None,
        published_how="Date header of the letter",
        title=heads.get("subject", "")[:MAX_SUBJECT] or None,
        byline=byline,
        parts_of_many=True,
    )


def _bodies(letter: Message) -> Iterator[tuple[str, str]]:
    """The texts of a letter with their types, attachments left out."""
    for number, part in enumerate(letter.walk()):
        if number >= MAX_PARTS:
            return
        kind = part.get_content_type()
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        if kind in ("text/html", "text/plain"):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                yield kind, _decoded(data, _charset(part))


def _best(bodies: list[tuple[str, str]]) -> tuple[str, bool]:
    """The text to read and whether it is HTML: the longest HTML part, else the plain parts one after another."""
    html = max((text for kind, text in bodies if kind == "text/html"), key=len, default="")
    if html.strip():
        return html, True
    plain = "\n\n".join(text for kind, text in bodies if kind == "text/plain")
    return plain, is_html(plain)


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return decode(data, charset)
    except NotText:
        return ""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except FAILURES:
        return None


def _words(value: object) -> str:
    """A header as one line of text; as it is written where its coding is broken."""
    raw = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")[:10_000]
    try:
        words = str(email.header.make_header(email.header.decode_header(raw)))
    except FAILURES:
        words = raw
    return shown(" ".join(words.encode("utf-8", "replace").decode("utf-8").split()))


def _sender(words: str) -> tuple[str | None, str | None]:
    """Author and publisher in a From header: "Ana Bell from The Border Letter <letter@...>"."""
    try:
        name, address = email.utils.parseaddr(words)
    except FAILURES:
        name, address = "", ""
    match = _SENDER.fullmatch(name)
    if match:
        return match["person"], match["outlet"]
    return None, name or address.rpartition("@")[2] or None
