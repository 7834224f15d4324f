"""Bytes to characters: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_SAMPLE = 65_536
MAX_CONTROL = 0.01
"""Share of control and undecodable characters above which the bytes are no text."""


class NotText(ValueError):
    """The bytes are not text; the message says what they look like."""


def decode(data: bytes) -> str:
    """The characters of a page. Raises `NotText` for what is no text in any encoding known here."""
    for magic, name in FORMATS:
        if data.startswith(magic):
            raise NotText(f"{name}, not text")
    text = _decoded(data)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > MAX_CONTROL * len(sample) + 1:
        raise NotText("binary, not text: control characters throughout")
    return text


def _decoded(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return data.decode(unmarked, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of a Latin script has a zero in nearly every second byte."""
    head = data[:4096]
    if len(head) < 8:
        return None
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else None


def _other(data: bytes) -> str:
    """Not UTF-8 throughout: what the page declares, else UTF-8 with a few broken bytes, else Latin-1 (as cp1252)."""
    declared = _DECLARED.search(data[:4096])
    if declared:
        name = _python_name(declared.group(1).decode("ascii"))
        if name and name != "utf-8":
            return data.decode(name, errors="replace")
    mended = data.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd")
    wide = sum(character > "\x7f" for character in mended[:_SAMPLE]) - broken
    return mended if wide > broken else data.decode("cp1252", errors="replace")


def _python_name(declared: str) -> str | None:
    """Python's name of a text encoding, or None when it knows no such encoding or it is not one of text."""
    try:
        found = codecs.lookup(declared)
        b"".decode(found.name)
    except LookupError:
        return None
    return "cp1252" if found.name in ("iso8859-1", "ascii") else found.name
