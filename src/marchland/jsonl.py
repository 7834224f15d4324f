"""Records as JSON Lines: how one stage hands over to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from marchland.records import Skipped

T = TypeVar("T")


def decode_lines(lines: Iterable[bytes], kind: type[T], where: str) -> Iterator[T | Skipped]:
    """Records of one kind from JSON Lines; a broken line is skipped, named by its number."""
    decoder = msgspec.json.Decoder(kind)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError as error:
            yield Skipped(f"{where}:{number}", f"no {kind.__name__} record: {error}")


def encode(record: object) -> bytes:
    """One record as a line of JSON."""
    return msgspec.json.encode(record) + b"\n"
