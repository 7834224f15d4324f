"""Packed files (gzip, bzip2, xz) to what is inside them, in a bounded stream."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, cast

from marchland.read.inputs import MEBIBYTE, CutShort, Input, Limits, OutOfBounds, Readable, why
from marchland.records import Skipped

CHUNK = 65_536
XZ_MEMORY = 256 * MEBIBYTE
"""Bytes of the dictionary with which an xz file is unpacked; the highest preset of xz takes 64 MiB."""


class _Decompressor(Protocol):
    """What the decompressors of bz2 and lzma have in common; `Zlib` makes that of zlib alike."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Zlib:
    """One part of a gzip stream."""

    def __init__(self) -> None:
        self._inside = zlib.decompressobj(wbits=31)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inside.eof

    @property
    def unused_data(self) -> bytes:
        return self._inside.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        given = self._inside.decompress(self._inside.unconsumed_tail + data, max_length)
        self.needs_input = len(given) < max_length
        return given


class Unpacked:
    """The bytes inside a gzip, bzip2 or xz stream of one part or several.

    `read` raises `CutShort` where the packed bytes end early or break, `OutOfBounds` where they grow beyond `ratio`.
    """

    def __init__(self, stream: Readable, make: Callable[[], _Decompressor], ratio: int) -> None:
        self._stream, self._make, self._ratio = stream, make, ratio
        self._part, self._pending = make(), b""
        self._taken = self._given = 0

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, and at most one chunk; empty at the end."""
        size = min(size, CHUNK) if size > 0 else CHUNK
        while self._is_open():
            data = self._step(size)
            if data:
                self._given += len(data)
                if self._given > max(MEBIBYTE, self._ratio * self._taken):
                    raise OutOfBounds(f"grows more than {self._ratio} times when unpacked, as no report does")
                return data
        return b""

    def _is_open(self) -> bool:
        """Go on to the next part where one has ended; False at the proper end of the last. Zeros are padding."""
        if not self._part.eof:
            return self._taken > 0 or bool(self._fetch())
        self._pending = (self._pending + self._part.unused_data).lstrip(b"\x00")
        while not self._pending:
            if not self._fetch():
                return False
            self._pending = self._pending.lstrip(b"\x00")
        self._part = self._make()
        return True

    def _fetch(self) -> bytes:
        self._pending = self._stream.read(CHUNK)
        self._taken += len(self._pending)
        return self._pending

    def _step(self, size: int) -> bytes:
        fed = b""
        if self._part.needs_input:
            fed, self._pending = self._pending or self._fetch(), b""
            if not fed:
                raise CutShort(f"cut short after {self._taken:,} packed bytes; what came before is read", self._taken)
        try:
            return self._part.decompress(fed, size)
        except (OSError, ValueError, EOFError, MemoryError, zlib.error, lzma.LZMAError) as error:
            at = self._taken - len(fed)
            raise CutShort(
                f"broken at or after packed byte {at:,}: {why(error)}; what came before is read", at
            ) from None


def open_gzip(source: Input, limits: Limits) -> Iterator[Input | Skipped]:
    """What is inside a gzip file."""
    yield _inside(source, Unpacked(source.stream, Zlib, limits.ratio))


def open_bzip2(source: Input, limits: Limits) -> Iterator[Input | Skipped]:
    """What is inside a bzip2 file."""
    yield _inside(source, Unpacked(source.stream, bz2.BZ2Decompressor, limits.ratio))


def open_xz(source: Input, limits: Limits) -> Iterator[Input | Skipped]:
    """What is inside an xz file."""
    yield _inside(source, Unpacked(source.stream, lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY), limits.ratio))


def _inside(source: Input, stream: Readable) -> Input:
    """Under the same name: "dump.tar.gz!/page.html" says enough."""
    return Input(source.name, cast(BinaryIO, stream), depth=source.depth + 1, fetched=source.fetched)
