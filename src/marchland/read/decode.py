"""Bytes to characters: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

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
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
ENCODINGS = re.compile(
    r"utf-?(?:8|16|32)(?:-[lb]e|-sig)?|iso8859-\d{1,2}|cp\d{3,4}|koi8-[rtu]|mac-[a-z]+|tis-620|ptcp154|kz1048"
    r"|gb2312|gbk|gb18030|hz|big5(?:hkscs)?|euc_(?:jp|kr|jis_2004|jisx0213)|johab|iso2022_[a-z0-9_]+|shift_jis\w*|ascii"
)
"""Encodings of web pages, by Python's names; its other codecs (idna, unicode_escape, undefined) are none."""
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_SAMPLE = 65_536
MAX_CONTROL = 0.01
"""Share of control and undecodable characters above which the bytes are no text."""
MAX_BROKEN = 0.005
"""Share of undecodable characters above which a declared encoding is not believed."""


class NotText(ValueError):
    """The bytes are not text; the message says what they look like."""


def decode(data: bytes, charset: str | None = None) -> str:
    """The characters of a page. `charset` is what came with it, such as the Content-Type header's.

    Where the bytes prove their encoding (a byte order mark, UTF-8 throughout), that is believed; then `charset`, then
    what the page declares, then a guess. Raises `NotText` for what is no text in any encoding known here.
    """
    for magic, name in FORMATS:
        if data.startswith(magic):
            raise NotText(f"{name}, not text")
    text = _decoded(data, charset)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > MAX_CONTROL * len(sample) + 1:
        raise NotText("binary, not text: control characters throughout")
    return text


def leading_text(head: bytes) -> str:
    """The first characters of an input, whatever it is."""
    wide = _wide(head)
    if wide:
        return head.decode(wide, errors="replace")
    # The head may end inside a character.
    return head.decode("utf-8", errors="replace")


def lines_of_bytes(stream: BinaryIO, head: bytes, limit: int) -> Iterator[tuple[bytes, bool]]:
    """The lines of a stream as UTF-8 where it is UTF-16 or UTF-32, else as they are; and whether each is whole.

    Of a line longer than `limit` bytes the first part comes, with False; the rest is passed over, not held.
    """
    wide = _wide(head)
    file = io.BufferedReader(_Transcoded(stream, wide)) if wide else stream
    first = True
    while line := file.readline(limit + 1):
        whole = len(line) <= limit or line.endswith(b"\n")
        if not whole:
            while (rest := file.readline(_SAMPLE)) and not rest.endswith(b"\n"):
                pass
        yield (line.removeprefix(codecs.BOM_UTF8) if first else line), whole
        first = False


def text_of_line(line: bytes) -> str:
    """The characters of one line of a table: UTF-8, else cp1252."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


class _Transcoded(io.RawIOBase):
    """A stream of wide characters as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream, self._decoder = stream, codecs.getincrementaldecoder(encoding)(errors="replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready and (data := self._stream.read(_SAMPLE)):
            self._ready = self._decoder.decode(data).encode("utf-8", errors="replace")
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


def _decoded(data: bytes, charset: str | None) -> str:
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _other(data, charset)


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or its zeros; None for anything else."""
    for mark, name in MARKS[1:]:
        if data.startswith(mark):
            return name
    return _utf16_without_mark(data)


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


def _other(data: bytes, charset: str | None) -> str:
    """Not UTF-8 throughout: what is declared, else UTF-8 with a few broken bytes, else Latin-1 (as cp1252)."""
    for name in _declared(data, charset):
        text = data.decode(name, errors="replace")
        if text.count("\ufffd") <= MAX_BROKEN * len(text):
            return text
    mended = data.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd")
    wide = sum(character > "\x7f" for character in mended[:_SAMPLE]) - broken
    return mended if wide > broken else data.decode("cp1252", errors="replace")


def _declared(data: bytes, charset: str | None) -> Iterator[str]:
    """Python's names of the encodings that the page is said to have, UTF-8 left out: it was tried."""
    head = data[:4096]
    said = [charset] if charset else []
    said += [
        match.group(1).decode("ascii") for pattern in (_DECLARED, _XML_DECLARED) for match in pattern.finditer(head)
    ]
    for name in said[:4]:
        known = _python_name(name)
        if known and not known.startswith("utf"):
            yield known


def _python_name(declared: str) -> str | None:
    """Python's name of a text encoding, or None when it knows no such encoding or pages do not use it."""
    try:
        found = codecs.lookup(declared.strip())
    except (LookupError, ValueError):
        return None
    if not ENCODINGS.fullmatch(found.name):
        return None
    return "cp1252" if found.name in ("iso8859-1", "ascii") else found.name
