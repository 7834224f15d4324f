"""The files that a user names, and what lies in their archives, as streams of bytes and of bounded lines."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from marchland.errors import BrokenData
from marchland.places.intake.items import Fault

LONGEST_LINE = 1 << 20
MOST_UNPACKED = 16 << 30
_CHUNK = 1 << 20
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a member of a zip; can be opened again."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """How it is called in messages."""
        return f"{self.path.name}/{self.member}" if self.member else self.path.name

    @contextmanager
    def open(self) -> Iterator[Guarded]:
        """Open it for reading, unpacked. Raises BrokenData, also while it is read, where it is broken."""
        with ExitStack() as stack:
            try:
                stream = self._stream(stack)
            except _BROKEN as error:
                raise BrokenData(f"{self.name}: cannot be read: {error}") from error
            yield Guarded(stream, self.name)

    def _stream(self, stack: ExitStack) -> IO[bytes]:
        if self.member:
            archive = stack.enter_context(zipfile.ZipFile(self.path))
            return stack.enter_context(archive.open(self.member))
        file = stack.enter_context(self.path.open("rb"))
        packed = file.peek(2)[:2] == b"\x1f\x8b"
        return cast(IO[bytes], stack.enter_context(gzip.GzipFile(fileobj=file))) if packed else file


class Guarded:
    """A stream of bytes without a byte order mark, of bounded length; a broken one raises BrokenData as it is read."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        """Guard a stream; `name` is for messages."""
        self._stream, self._name = stream, name
        self.taken = 0
        """Bytes read so far, unpacked."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, empty at the end."""
        return self._counted(self._stream.read, size)

    def readline(self, size: int) -> bytes:
        """The next line, or `size` bytes of a longer one."""
        return self._counted(self._stream.readline, size)

    def _counted(self, read: Callable[[int], bytes], size: int) -> bytes:
        try:
            data = read(size)
        except _BROKEN as error:
            raise BrokenData(f"{self._name}: broken after {self.taken:,} bytes: {error}") from error
        if not self.taken:
            data = data.removeprefix(_BOM)
        self.taken += len(data)
        if self.taken > MOST_UNPACKED:
            raise BrokenData(f"{self._name}: more than {MOST_UNPACKED >> 30} GiB when unpacked")
        return data


def sources_of(path: Path) -> list[Source]:
    """The file itself, or the files in a zip. Raises BrokenData for a zip that is broken, encrypted or empty."""
    with path.open("rb") as file:
        zipped = file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    if not zipped:
        return [Source(path)]
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if info.filename and not info.filename.endswith("/")]
    except _BROKEN as error:
        raise BrokenData(f"{path.name}: a broken zip: {error}") from error
    if any(info.flag_bits & 1 for info in members):
        raise BrokenData(f"{path.name}: an encrypted zip; unpack it first")
    if not members:
        raise BrokenData(f"{path.name}: an empty zip")
    return [Source(path, info.filename) for info in members if not _is_clutter(info.filename)]


def _is_clutter(member: str) -> bool:
    return member.startswith("__MACOSX/") or member.rsplit("/", 1)[-1].startswith(".")


def digest_of(path: Path) -> str:
    """SHA-256 of a file as it lies on the disk."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def lines_of(stream: Guarded) -> Iterator[tuple[int, str] | Fault]:
    """The lines with their numbers from 1, without line ends; a fault for one that is too long or not UTF-8."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            yield Fault(number, f"longer than {LONGEST_LINE >> 20} MiB")
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            continue
        try:
            yield number, line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            yield Fault(number, f"not UTF-8: byte 0x{line[error.start]:02x} at place {error.start + 1}")
