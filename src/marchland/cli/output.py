"""What commands print: data to standard output, words for the person at the terminal to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from marchland.records import Skipped
from marchland.views.paper import Block, show

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[str], None]


def tell(words: str) -> None:
    """A line for the person at the terminal, apart from the data."""
    print(words, file=sys.stderr)


def tell_layers() -> None:
    """One line for who wants to repeat a run: what of the user's own lies over the shipped gazetteer, if anything."""
    from marchland.places.home import gazetteer_folder  # noqa: PLC0415
    from marchland.places.layers import Layers  # noqa: PLC0415

    if layers := Layers.open(gazetteer_folder()):
        tell(f"your own gazetteer is used: {layers.told()}")


def put(blocks: Iterable[Block]) -> None:
    """Blocks to standard output."""
    show(blocks, sys.stdout)


def write(items: Iterable[object]) -> None:
    """Records to standard output, what was skipped to standard error; exit 1 when nothing but skips came."""
    from marchland.jsonl import encode  # noqa: PLC0415

    written = skipped = 0
    for item in items:
        if isinstance(item, Skipped):
            skipped += 1
            tell(f"skipped {item.where}: {item.why}")
        else:
            written += 1
            sys.stdout.write(encode(item).decode())
    if skipped and not written:
        raise typer.Exit(1)


@contextmanager
def progress_line() -> Iterator[Progress]:
    """A line on standard error that is written over at a terminal, and printed now and then elsewhere."""
    live, calls = sys.stderr.isatty(), 0

    def progress(words: str) -> None:
        nonlocal calls
        calls += 1
        if live:
            print(f"\r\x1b[2K{words}", end="", file=sys.stderr, flush=True)
        elif calls % 200 == 0:
            tell(words)

    yield progress
    if live and calls:
        print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
