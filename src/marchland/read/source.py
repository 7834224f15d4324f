"""Files, folders, streams and rows to articles: which kind each is, what is packed inside, with bounds on all of it."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from marchland.errors import Misuse
from marchland.read.archives import open_tar, open_zip
from marchland.read.decode import NotText, decode
from marchland.read.feeds import open_feed
from marchland.read.inputs import BROKEN, SNIFF, Budget, Guarded, Input, Limits, Opener, shown, why
from marchland.read.kinds import PACKED, is_html, sniff
from marchland.read.lines import Reader
from marchland.read.mail import open_letter, open_mailbox
from marchland.read.page import Page, read_page
from marchland.read.rows import open_rows, page_of_row
from marchland.read.settings import shipped_words
from marchland.read.sieve import Sieve
from marchland.read.tables import open_table
from marchland.read.unpack import open_bzip2, open_gzip, open_xz
from marchland.read.warc import open_warc
from marchland.records import Article, Skipped, content_id

STANDARD_INPUT = "standard input"
UNLIMITED = Limits()
MAX_FOLDERS = 200
"""Folders inside folders."""


def read_path(
    path: Path,
    *,
    now: dt.datetime | None = None,
    reader: Reader | None = None,
    limits: Limits = UNLIMITED,
    sieve: Sieve | None = None,
) -> Iterator[Article | Skipped]:
    """The articles of a file, or of every file in a folder, sorted by path. `now` is the clock that bounds dates.

    A page that `sieve` sets aside is not read; it comes out as a Skipped.
    Raises `Misuse` when the path does not exist; whatever is in the files never raises.
    """
    if not path.exists():
        raise Misuse(f"{path}: no such file or folder; give a page, an archive, a feed, a table or a folder of them")
    yield from _articles(_pages_of_path(path, limits), now, reader, sieve)


def read_bytes(
    data: bytes, name: str, *, now: dt.datetime | None = None, reader: Reader | None = None, limits: Limits = UNLIMITED
) -> Iterator[Article | Skipped]:
    """The articles in the bytes of one file called `name`. Never raises."""
    yield from _articles(pages_of_stream(io.BytesIO(data), name, limits), now, reader)


def read_stream(
    stream: BinaryIO,
    name: str = STANDARD_INPUT,
    *,
    now: dt.datetime | None = None,
    reader: Reader | None = None,
    limits: Limits = UNLIMITED,
    sieve: Sieve | None = None,
) -> Iterator[Article | Skipped]:
    """The articles in a stream of any kind, which need not be seekable. Never raises."""
    yield from _articles(pages_of_stream(stream, name, limits), now, reader, sieve)


def read_row(
    row: Mapping[str, object], where: str = "row", *, now: dt.datetime | None = None, reader: Reader | None = None
) -> Iterator[Article | Skipped]:
    """The articles of one row {"id", "text" or "html", "title", "url", "publisher", "published", ...}. Never raises."""
    yield from _articles([page_of_row(row, where)], now, reader)


def _articles(
    pages: Iterable[Page | Skipped], now: dt.datetime | None, reader: Reader | None, sieve: Sieve | None = None
) -> Iterator[Article | Skipped]:
    now, reader = now or dt.datetime.now(), reader or Reader.of(shipped_words())
    for page in pages:
        if isinstance(page, Skipped):
            yield page
        elif sieve and (aside := sieve(page)):
            yield aside
        else:
            yield from read_page(page, reader, now)


# ------------------------------------------------------------------------------------------------------------- folders


def _pages_of_path(path: Path, limits: Limits) -> Iterator[Page | Skipped]:
    if not path.is_dir():
        yield from _pages_of_file(path, limits)
        return
    found = False
    for file in _files(path):
        found = True
        yield from [file] if isinstance(file, Skipped) else _pages_of_file(file, limits)
    if not found:
        yield Skipped(shown(str(path)), "empty folder")


def _files(folder: Path, depth: int = 0) -> Iterator[Path | Skipped]:
    """The files under a folder in the order of their paths. Hidden ones and linked folders are left out."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted((entry.name, entry.is_dir(follow_symlinks=False), entry.is_file()) for entry in entries)
    except OSError as error:
        yield Skipped(shown(str(folder)), f"cannot be opened: {error.strerror}")
        return
    for name, is_folder, is_file in listed:
        if name.startswith("."):
            continue
        if is_folder and depth < MAX_FOLDERS:
            yield from _files(folder / name, depth + 1)
        elif is_folder:
            yield Skipped(shown(str(folder / name)), f"more than {MAX_FOLDERS} folders inside each other")
        elif is_file:
            yield folder / name


def _pages_of_file(path: Path, limits: Limits) -> Iterator[Page | Skipped]:
    try:
        stream = path.open("rb")
    except OSError as error:
        yield Skipped(shown(str(path)), f"cannot be opened: {error.strerror}")
        return
    with stream:
        yield from pages_of_stream(stream, str(path), limits)


# ---------------------------------------------------------------------------------------------------- kinds of content


def pages_of_stream(stream: BinaryIO, name: str, limits: Limits = UNLIMITED) -> Iterator[Page | Skipped]:
    """The pages in a stream of any kind, before they are read. Never raises."""
    yield from pages_in(Input(shown(name), stream), limits, Budget(limits.unpacked))


def pages_in(source: Input, limits: Limits, budget: Budget) -> Iterator[Page | Skipped]:
    """The pages of an input and of all that is packed in it; what broke on the way comes last."""
    guarded: Guarded | None = None
    if source.depth == 0 and _can_seek(source.stream):
        stream = source.stream
    else:
        guarded = Guarded(source.stream, budget)
        stream = cast(BinaryIO, io.BufferedReader(guarded, SNIFF))
    try:
        yield from _opened(source, stream, limits, budget)
    except BROKEN as error:
        yield Skipped(source.name, f"cannot be read: {why(error)}")
    if guarded is not None and guarded.trouble:
        yield Skipped(f"{source.name}@{guarded.broke_at}", guarded.trouble)


def _opened(source: Input, stream: BinaryIO, limits: Limits, budget: Budget) -> Iterator[Page | Skipped]:
    head = _head(stream)
    if not head.strip():
        yield from _empty(source, stream)
        return
    kind = sniff(head, source.name)
    if kind in CONTAINERS and source.depth >= limits.depth:
        yield Skipped(source.name, f"more than {limits.depth} archives inside each other")
        return
    opened = Input(source.name, stream, source.depth, source.fetched, head)
    found = False
    for item in OPENERS[kind](opened, limits):
        found = True
        if isinstance(item, Input):
            yield from pages_in(item, limits, budget)
        else:
            yield item
    if not found:
        yield Skipped(source.name, f"nothing to read in this {kind}")


def open_page(source: Input, limits: Limits) -> Iterator[Page | Skipped]:
    """An input that is one page, HTML or text."""
    data = source.stream.read(limits.page + 1)
    if len(data) > limits.page:
        yield Skipped(source.name, f"page of more than {limits.page:,} bytes")
        return
    try:
        text = decode(data)
    except NotText as error:
        yield Skipped(source.name, str(error))
        return
    html = is_html(text)
    page_id = content_id(text) if source.name == STANDARD_INPUT else _stem(source.name)
    yield Page(page_id, source.name, None if html else text, text if html else None, fetched=source.fetched)


def refuse_json(source: Input, limits: Limits) -> Iterator[Page | Skipped]:
    """JSON that holds no rows."""
    yield Skipped(source.name, 'JSON, but not JSON Lines with "text" or "html" in every row')


def refuse_xml(source: Input, limits: Limits) -> Iterator[Page | Skipped]:
    """XML that is neither a feed nor a page."""
    yield Skipped(source.name, "XML, but neither a feed nor a page")


OPENERS: Mapping[str, Opener] = {
    "zip": open_zip,
    "tar": open_tar,
    "gzip": open_gzip,
    "bzip2": open_bzip2,
    "xz": open_xz,
    "warc": open_warc,
    "feed": open_feed,
    "mail": open_letter,
    "mbox": open_mailbox,
    "rows": open_rows,
    "table": open_table,
    "page": open_page,
    "json": refuse_json,
    "xml": refuse_xml,
}
CONTAINERS = frozenset({"zip", "tar", "gzip", "bzip2", "xz"})


def _empty(source: Input, stream: BinaryIO) -> Iterator[Skipped]:
    """Nothing but white space at the head: an empty file, unless it goes on."""
    if not isinstance(stream, io.BufferedReader) or not isinstance(stream.raw, Guarded) or not stream.raw.trouble:
        yield Skipped(source.name, "empty file")


def _head(stream: BinaryIO) -> bytes:
    """The first bytes; the stream gives them again."""
    if isinstance(stream, io.BufferedReader) and isinstance(stream.raw, Guarded):
        return stream.peek(SNIFF)
    head = stream.read(SNIFF)
    stream.seek(0)
    return head


def _can_seek(stream: BinaryIO) -> bool:
    try:
        return stream.seekable()
    except BROKEN:
        return False


def _stem(name: str) -> str:
    """The name of a file without folders, packing and suffix."""
    path = PurePath(name)
    while path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    return path.stem or name
