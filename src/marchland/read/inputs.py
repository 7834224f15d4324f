"""What every reader of a format takes and gives: bytes under a name in, pages or further bytes out.

    Opener = (Input, Limits) -> Pages, Inputs and Skipped, in order

A container (zip, tar, gzip, mbox) gives Inputs, which are opened in their turn; everything else gives Pages. An opener
never raises for what is in the bytes: broken input is a Skipped that names the member and the offset, and what can
still be read is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from marchland.read.page import MAX_PAGE, Page
from marchland.records import Skipped

MEBIBYTE = 1 << 20


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


Opener = Callable[[Input, Limits], Iterator[Page | Input | Skipped]]
