"""What every reader of a format takes and gives: bytes under a name in, pages or further bytes out.

    Opener = (Input, Limits) -> Pages, Inputs and Skipped, in order

A container (zip, tar, gzip, mbox) gives Inputs, which are opened in their turn; everything else gives Pages. An opener
never raises for what is in the bytes: broken input is a Skipped that names the member and the offset, and what can
still be read is read.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from marchland.read.markup import FAILURES
from marchland.read.page import MAX_PAGE, Page
from marchland.records import Skipped

MEBIBYTE = 1 << 20
SNIFF = 65_536
"""Bytes from which the kind of an input is told."""
MAX_NAME = 400
"""Characters of a name that are shown."""
BROKEN = (
    *FAILURES, OSError, EOFError, RuntimeError, NotImplementedError, MemoryError,
    zlib.error, lzma.LZMAError, struct.error, tarfile.TarError, zipfile.BadZipFile,
)  # fmt: skip
"""What reading from a broken archive or disk raises."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a hostile input from filling the memory or running for ever."""

    page: int = MAX_PAGE
    """Bytes of one page."""
    depth: int = 4
    """Containers inside containers."""
    members: int = 1_000_000
    """Members of one container."""
    unpacked: int = 64 * 1024 * MEBIBYTE
    """Bytes unpacked from one file given by the user."""
    ratio: int = 200
    """Times that one member may grow when unpacked, once it is over a mebibyte."""
    row: int = MAX_PAGE
    """Bytes of one line of JSON Lines, one row of CSV, one item of a feed."""
    feed: int = 64 * MEBIBYTE
    """Bytes of one feed."""
    letter: int = 32 * MEBIBYTE
    """Bytes of one letter with its attachments."""
    spool: int = 8 * 1024 * MEBIBYTE
    """Bytes of a zip that are kept in a temporary file, where the zip comes from a pipe or out of an archive."""
    directory: int = 256 * MEBIBYTE
    """Bytes of the table of contents of a zip, which is held in memory."""


@dataclass(frozen=True, slots=True)
class Input:
    """Bytes under a name, not yet known to be anything."""

    name: str
    """As shown to people: "dump.zip!/2021/page.html"."""
    stream: BinaryIO
    """Read once, from the start; need not be seekable."""
    depth: int = 0
    """Containers around it."""
    fetched: str | None = None
    """When it was crawled, ISO 8601, where a container tells."""
    head: bytes = b""
    """Its first bytes, by which its kind was told. The stream gives them again."""


Opener = Callable[[Input, Limits], Iterator[Page | Input | Skipped]]


class OutOfBounds(OSError):
    """A bound was reached. The message says which."""


class CutShort(OSError):
    """Packed data that end or break. `at` is the offset of the break in the packed bytes."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class Readable(Protocol):
    """Anything with a `read`."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(slots=True)
class Budget:
    """Bytes that may still be unpacked from one file of the user, however its containers are nested."""

    left: int

    def take(self, size: int) -> None:
        """Use up so many bytes. Raises `OutOfBounds` when they are used up."""
        self.left -= size
        if self.left < 0:
            raise OutOfBounds("more is packed in the file than is read from one file")


class Guarded(io.RawIOBase):
    """A stream that never raises: it ends where it breaks or leaves its bounds, and tells afterwards what was wrong."""

    def __init__(self, stream: Readable, budget: Budget) -> None:
        self._stream, self._budget, self._position = stream, budget, 0
        self.trouble = ""
        self.broke_at = 0
        """Offset of the break: in the packed bytes where these are known, else in the stream itself."""

    def readable(self) -> bool:
        """Yes: the stream can be read."""
        return True

    def tell(self) -> int:
        """Bytes read so far."""
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; less comes only at the end."""
        filled = 0
        while filled < len(buffer) and not self.trouble and (data := self._some(len(buffer) - filled)):
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        self._position += filled
        return filled

    def _some(self, size: int) -> bytes:
        try:
            data = self._stream.read(min(size, SNIFF))
            self._budget.take(len(data))
        except BROKEN as error:
            self.trouble = why(error)
            self.broke_at = error.at if isinstance(error, CutShort) else self._position
            return b""
        return data


class Recalling(io.RawIOBase):
    """A stream that can be read only once, of whose last bytes at least `keep` can be gone back to."""

    def __init__(self, stream: Readable, keep: int) -> None:
        self._stream, self._keep = stream, keep
        self._kept, self._start, self._position = bytearray(), 0, 0

    def readable(self) -> bool:
        """Yes: the stream can be read."""
        return True

    def seekable(self) -> bool:
        """Yes, within its bounds."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from what is kept, else from the stream."""
        if self._position == self._start + len(self._kept):
            self._kept += self._stream.read(len(buffer))
            # Cut rarely: each cut moves all that is kept.
            surplus = len(self._kept) - self._keep - len(buffer)
            if surplus > self._keep:
                del self._kept[:surplus]
                self._start += surplus
        at = self._position - self._start
        data = self._kept[at : at + len(buffer)]
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to an offset. Raises `OutOfBounds` for one that is kept no more."""
        if whence != io.SEEK_SET or offset < self._start:
            raise OutOfBounds("the stream cannot be gone back in so far")
        end = self._start + len(self._kept)
        self._position = min(offset, end)
        while self._position < offset and self.read(min(offset - self._position, SNIFF)):
            pass
        return self._position


def why(error: BaseException) -> str:
    """What an error says, in a form fit to be shown."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return shown(said or type(error).__name__)[:160]


def shown(name: str) -> str:
    """A name out of an archive or a file system in a form fit to be shown and stored: no escapes, no line ends."""
    kept = "".join(character if character.isprintable() else "\ufffd" for character in name[: 2 * MAX_NAME])
    return kept if len(kept) <= MAX_NAME else f"{kept[: MAX_NAME // 2]}…{kept[-MAX_NAME // 2 :]}"


_ISO = re.compile(r"\d{4}(?:-\d{1,2}(?:-\d{1,2}(?:[T\s].*)?)?)?", re.DOTALL)
_BASIC = re.compile(r"(\d{4})[/.]?(\d{2})[/.]?(\d{2})(?:[T\s]?(\d{2}):?(\d{2}):?(\d{2})Z?)?")


def moment_of(said: str) -> str:
    """A date as rows, feeds and letters write it, as ISO 8601 by the writer's own clock; as it is if it is no date."""
    said = said.strip()[:100]
    if _ISO.fullmatch(said):
        return said
    basic = _BASIC.fullmatch(said)
    if basic:
        year, month, day, *clock = basic.groups()
        return f"{year}-{month}-{day}" + (f"T{':'.join(clock)}" if clock[0] else "")
    try:
        parts = email.utils.parsedate_tz(said)
        moment = dt.datetime(*parts[:6]) if parts else None
    except FAILURES:
        return said
    return moment.isoformat() if moment else said
