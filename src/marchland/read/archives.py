"""Archives (zip, tar) to their members. Names of members are only names: nothing is ever written."""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from marchland.read.inputs import (
    BROKEN,
    MEBIBYTE,
    Input,
    Limits,
    OutOfBounds,
    Readable,
    shown,
    why,
)
from marchland.records import Skipped

CHUNK = 65_536
MAX_READ = 64 * MEBIBYTE
"""Bytes that the headers of one member of a tar may take, and the most that is read from one at a time."""
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})
"""Members by which documents, spreadsheets and books that are zips inside are known."""
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"


# ----------------------------------------------------------------------------------------------------------------- zip


def open_zip(source: Input, limits: Limits) -> Iterator[Input | Skipped]:
    """The members of a zip, in the order of its table of contents."""
    with _seekable(source.stream, limits) as file:
        try:
            _check_directory(file, limits)
            archive = zipfile.ZipFile(file)
        except BROKEN as error:
            yield Skipped(source.name, f"broken zip archive: {why(error)}")
            return
        if not _OFFICE.isdisjoint(archive.NameToInfo):
            yield Skipped(source.name, "an office document or book, not text; export it as text or HTML")
            return
        for number, info in enumerate(archive.infolist()):
            if number >= limits.members:
                yield Skipped(source.name, f"more than {limits.members:,} members; the rest is not read")
                return
            if not info.filename.endswith("/") and not _is_clutter(info.filename):
                yield from _zip_member(archive, info, source, limits)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Input, limits: Limits
) -> Iterator[Input | Skipped]:
    name = f"{source.name}!/{shown(info.filename)}"
    refused = _refused(info, limits)
    if refused:
        yield Skipped(name, refused)
        return
    try:
        stream = archive.open(info)
    except BROKEN as error:
        yield Skipped(f"{name}@{info.header_offset}", f"broken member: {why(error)}")
        return
    with stream:
        yield Input(name, cast(BinaryIO, stream), depth=source.depth + 1, fetched=source.fetched)


def _refused(info: zipfile.ZipInfo, limits: Limits) -> str:
    """Why a member is not opened, or an empty string."""
    if info.flag_bits & 0x1:
        return "encrypted"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, which is not followed"
    if info.file_size > max(MEBIBYTE, limits.ratio * info.compress_size):
        return f"grows more than {limits.ratio} times when unpacked, as no report does"
    return ""


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Raises `OutOfBounds` when the table of contents, which is read whole, is larger than any honest one."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - CHUNK - 100))
    tail = file.read()
    at, at_64 = tail.rfind(_END), tail.rfind(_END_64)
    directory = 0
    if 0 <= at <= len(tail) - 22:
        directory = struct.unpack_from("<L", tail, at + 12)[0]
    if directory == 0xFFFFFFFF and 0 <= at_64 <= len(tail) - 56:
        directory = struct.unpack_from("<Q", tail, at_64 + 40)[0]
    if min(directory, size) > limits.directory:
        raise OutOfBounds(f"its table of contents takes more than {limits.directory:,} bytes")
    file.seek(0)


@contextmanager
def _seekable(stream: Readable, limits: Limits) -> Iterator[BinaryIO]:
    """The stream itself where one can move about in it, else a temporary copy of it, up to a bound."""
    if isinstance(stream, io.BufferedIOBase) and stream.seekable():
        yield cast(BinaryIO, stream)
        return
    with tempfile.SpooledTemporaryFile(max_size=16 * MEBIBYTE) as copy:
        while data := stream.read(CHUNK):
            if copy.tell() + len(data) > limits.spool:
                break
            copy.write(data)
        copy.seek(0)
        yield cast(BinaryIO, copy)


# ----------------------------------------------------------------------------------------------------------------- tar


def open_tar(source: Input, limits: Limits) -> Iterator[Input | Skipped]:
    """The regular files of a tar, in order; links and devices are named and passed over."""
    forward = _Forward(source.stream)
    try:
        archive = tarfile.TarFile(fileobj=forward, mode="r", errorlevel=1)
    except BROKEN as error:
        yield Skipped(source.name, f"broken tar archive: {why(error)}")
        return
    for _ in range(limits.members):
        try:
            # The first member was read with the archive; `next` gives it first.
            member = archive.next()
        except BROKEN as error:
            yield Skipped(f"{source.name}@{forward.tell()}", f"broken tar archive: {why(error)}; the rest is not read")
            return
        if member is None:
            if forward.last.strip(b"\x00"):
                yield Skipped(f"{source.name}@{forward.tell()}", "cut short inside a header; what came before is read")
            return
        # tarfile keeps every member that it has seen.
        archive.members = []  # type: ignore[attr-defined]
        yield from _tar_member(archive, member, source)
    yield Skipped(source.name, f"more than {limits.members:,} members; the rest is not read")


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo, source: Input) -> Iterator[Input | Skipped]:
    name = f"{source.name}!/{shown(member.name)}"
    if member.isdir() or _is_clutter(member.name):
        return
    if not member.isreg() or member.issparse():
        yield Skipped(name, "a link, a device or a file with holes, which is not read")
        return
    try:
        stream = archive.extractfile(member)
    except BROKEN as error:
        yield Skipped(name, f"broken member: {why(error)}")
        return
    if stream is not None:
        with stream:
            yield Input(name, cast(BinaryIO, stream), depth=source.depth + 1, fetched=source.fetched)


class _Forward(io.RawIOBase):
    """A stream as a file that can be moved forward in, by reading; with a bound on what is read at once.

    The headers of a member say how long they are, and tarfile believes them.
    """

    def __init__(self, stream: Readable) -> None:
        self._stream, self._position = stream, 0
        self.last = b""
        """What was read last: zeros at a proper end, which tarfile does not tell from a cut."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= MAX_READ:
            raise OutOfBounds(f"a header that takes more than {MAX_READ:,} bytes")
        data = self.last = self._stream.read(size)
        self._position += len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if whence != io.SEEK_SET or offset < self._position:
            raise OutOfBounds("a header that points backward")
        while self._position < offset and self.read(min(offset - self._position, CHUNK)):
            pass
        return self._position


def _is_clutter(name: str) -> bool:
    """Files that no one put there on purpose: hidden ones, and what some systems add to archives."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in parts)
