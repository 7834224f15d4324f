"""The commands that read reports: all stages at once, or one of them from JSON Lines to JSON Lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.asking import ledger_path
from marchland.cli.options import DEMO_FOLDER, LEDGER, STANDARD_INPUT, LedgerOption, Reports, Source, TriageOption
from marchland.cli.output import progress_line, put, tell_layers, write
from marchland.errors import Misuse
from marchland.records import Sift, Skipped
from marchland.views import terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from marchland.records import Article


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for the ledger and the map.")] = DEMO_FOLDER,
) -> None:
    """Read the bundled reports, end to end: the record in the terminal, a ledger and a map."""
    from marchland import demonstration  # noqa: PLC0415

    if out.exists() and not out.is_dir():
        raise Misuse(f"{out} is a file; --out wants a folder")
    out.mkdir(parents=True, exist_ok=True)
    tell_layers()
    with progress_line() as progress:
        blocks = demonstration.run(out, progress)
    put(blocks)


def run(
    paths: Reports,
    ledger: LedgerOption = LEDGER,
    triage: TriageOption = Sift.CRAWLS,
    page: Annotated[Path | None, typer.Option("--map", help="Also write the record as one HTML map page.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also code reports that are in already, by the rules of this Marchland.")
    ] = False,
) -> None:
    """Read reports, code them and add them to the ledger; the same input twice adds nothing."""
    from marchland import pipeline  # noqa: PLC0415
    from marchland.ledger.store import Ledger  # noqa: PLC0415

    _must_exist(paths)
    _must_exist(path.parent for path in (_file(ledger), page) if path)
    tell_layers()
    with Ledger.open(ledger_path(ledger)) as record, progress_line() as progress:
        record.workers = os.cpu_count() or 1
        stages = replace(pipeline.shipped_stages(), read=_reader(triage))
        summary = pipeline.run(paths, record, stages, progress, again=again)
        if page:
            pipeline.write_page(record, page)
    put(terminal.run_summary(summary))
    if not summary.articles and (summary.skipped or summary.set_aside):
        raise typer.Exit(1)


def _file(ledger: str) -> Path | None:
    """The file that a ledger is in; None for one on a server."""
    from marchland.ledger.database import is_address  # noqa: PLC0415

    return None if is_address(ledger) else Path(ledger)


def read(paths: Reports, triage: TriageOption = Sift.NONE) -> None:
    """Reports to articles, as JSON Lines."""
    _must_exist(paths)
    reader = _reader(triage)
    write(item for path in paths for item in reader(path))


def claims(source: Source) -> None:
    """Articles (JSON Lines of `marchland read`) to claims, as JSON Lines."""
    from marchland.claims.coder import Coder  # noqa: PLC0415
    from marchland.jsonl import decode_lines  # noqa: PLC0415
    from marchland.records import Article  # noqa: PLC0415

    tell_layers()
    coder = Coder.load()
    items = decode_lines(_lines(source), Article, source)
    write(item if isinstance(item, Skipped) else coder.read(item) for item in items)


def resolve(source: Source) -> None:
    """Claims (JSON Lines of `marchland claims`) to located and dated claims, with the columns of `export claims`.

    Copies and events are known only to a ledger: event_id stays empty."""
    from marchland.jsonl import decode_lines  # noqa: PLC0415
    from marchland.locate import locate as resolve_reading  # noqa: PLC0415
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415
    from marchland.records import Reading  # noqa: PLC0415
    from marchland.views.export import record  # noqa: PLC0415

    tell_layers()
    gazetteer = Gazetteer.open()
    items = decode_lines(_lines(source), Reading, source)
    rows = (
        row
        for item in items
        for row in ([item] if isinstance(item, Skipped) else resolve_reading(item, gazetteer))
    )  # fmt: skip
    write(row if isinstance(row, Skipped) else record("claims", row) for row in rows)


def _reader(sift: Sift) -> Callable[[Path], Iterator[Article | Skipped]]:
    """Reads the articles of a file, a folder, or standard input where the path is "-"."""
    from marchland.read import read_path, read_stream  # noqa: PLC0415
    from marchland.read.sieve import sieve_of  # noqa: PLC0415

    sieve = sieve_of(sift)

    def reader(path: Path) -> Iterator[Article | Skipped]:
        if path == STANDARD_INPUT:
            return read_stream(sys.stdin.buffer, sieve=sieve)
        return read_path(path, sieve=sieve)

    return reader


def _must_exist(paths: Iterable[Path]) -> None:
    missing = [str(path) for path in paths if path != STANDARD_INPUT and not path.exists()]
    if missing:
        raise Misuse(f"no such file or folder: {', '.join(missing)}")


def _lines(source: str) -> Iterator[bytes]:
    if source == "-":
        yield from sys.stdin.buffer
        return
    if not Path(source).is_file():
        raise Misuse(f"no such file: {source}")
    with Path(source).open("rb") as file:
        yield from file
