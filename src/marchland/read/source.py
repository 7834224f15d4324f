"""Files, folders and bytes to pages: which kind each is, by content before name, with bounds on size."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import BinaryIO

import msgspec

from marchland.errors import Misuse
from marchland.read.decode import NotText, decode
from marchland.read.lines import Reader
from marchland.read.page import MAX_PAGE, Page, read_page
from marchland.read.settings import shipped_words
from marchland.records import Article, Skipped, content_id

SUFFIXES = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson"})
"""Names that are read in a folder; other files of a folder are reported as skipped."""
ROWS = frozenset({".jsonl", ".ndjson"})
SNIFF = 65_536
_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|meta|title|h1|p)[\s>/]", re.IGNORECASE)
_FIELDS = ("url", "publisher", "published", "language")


def read_path(
    path: Path, *, now: dt.datetime | None = None, reader: Reader | None = None
) -> Iterator[Article | Skipped]:
    """The articles of a file, or of every file in a folder, sorted by path. `now` is the clock that bounds dates.

    Raises `Misuse` when the path does not exist; whatever is in the files never raises.
    """
    if not path.exists():
        raise Misuse(f"{path}: no such file or folder; give a page, a .jsonl file or a folder of them")
    now, reader = now or dt.datetime.now(), reader or Reader.of(shipped_words())
    if not path.is_dir():
        yield from _read_file(path, now, reader)
        return
    files = [file for file in sorted(path.rglob("*")) if file.is_file() and not _is_hidden(file, path)]
    for file in files:
        if file.suffix.lower() in SUFFIXES:
            yield from _read_file(file, now, reader)
        else:
            yield Skipped(str(file), f'kind "{file.suffix}" is not read in a folder; give the file itself')
    if not files:
        yield Skipped(str(path), "empty folder")


def read_bytes(
    data: bytes, name: str, *, now: dt.datetime | None = None, reader: Reader | None = None
) -> Iterator[Article | Skipped]:
    """The articles in the bytes of one file called `name`. Never raises."""
    yield from _read_stream(io.BytesIO(data), name, now or dt.datetime.now(), reader or Reader.of(shipped_words()))


def read_row(
    row: Mapping[str, object], where: str = "row", *, now: dt.datetime | None = None, reader: Reader | None = None
) -> Iterator[Article | Skipped]:
    """The articles of one row {"id", "text" or "html", "url", "publisher", "published", "language"}. Never raises.

    Unknown fields are ignored, null counts as absent, and a field of the wrong type is a reason to skip the row.
    """
    now, reader = now or dt.datetime.now(), reader or Reader.of(shipped_words())
    wrong = [key for key in ("text", "html", *_FIELDS) if not isinstance(row.get(key), str | None)]
    if wrong:
        yield Skipped(where, f'field "{wrong[0]}" is not a string')
        return
    text, html = _string(row, "text"), _string(row, "html")
    if text is None and html is None:
        yield Skipped(where, 'neither "text" nor "html" in the row')
        return
    given = row.get("id")
    page_id = str(given) if isinstance(given, str | int) and str(given) else content_id(text or html)
    page = Page(
        page_id,
        where,
        text=text,
        html=html if text is None else None,
        url=_string(row, "url"),
        publisher=_string(row, "publisher"),
        published=_string(row, "published"),
        language=_string(row, "language"),
    )
    yield from read_page(page, reader, now)


def _string(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    # A lone surrogate is legal in JSON and in no encoding.
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) and value.strip() else None


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _read_file(path: Path, now: dt.datetime, reader: Reader) -> Iterator[Article | Skipped]:
    try:
        stream = path.open("rb")
    except OSError as error:
        yield Skipped(str(path), f"cannot be opened: {error.strerror}")
        return
    with stream:
        yield from _read_stream(stream, str(path), now, reader)


def _read_stream(stream: BinaryIO, name: str, now: dt.datetime, reader: Reader) -> Iterator[Article | Skipped]:
    try:
        head = stream.read(SNIFF)
        stream.seek(0)
        if _is_rows(head, name):
            yield from _read_rows(stream, name, now, reader)
            return
        data = stream.read(MAX_PAGE + 1)
    except OSError as error:
        yield Skipped(name, f"cannot be read: {error.strerror}")
        return
    yield from _read_one(data, name, now, reader)


def _is_rows(head: bytes, name: str) -> bool:
    """JSON Lines: the first line is an object with a page in it, or the name says so and nothing speaks against it."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{"):
        return PurePath(name).suffix.lower() in ROWS and not start.startswith((b"<", b"%PDF", b"PK\x03\x04"))
    first = start.split(b"\n", 1)[0]
    try:
        row = msgspec.json.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return PurePath(name).suffix.lower() in ROWS
    return isinstance(row, dict) and ("text" in row or "html" in row or PurePath(name).suffix.lower() in ROWS)


def _read_rows(stream: BinaryIO, name: str, now: dt.datetime, reader: Reader) -> Iterator[Article | Skipped]:
    """Row by row; a line longer than a page is passed over without being held in memory."""
    number = rows = 0
    while line := stream.readline(MAX_PAGE + 1):
        number += 1
        rows += bool(line.strip())
        where = f"{name}:{number}"
        if len(line) > MAX_PAGE and not line.endswith(b"\n"):
            _pass_line(stream)
            yield Skipped(where, f"row of more than {MAX_PAGE:,} bytes")
        elif line.strip():
            yield from _read_line(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, where, now, reader)
    if rows == 0:
        yield Skipped(name, "empty file")


def _pass_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(SNIFF)) and not rest.endswith(b"\n"):
        pass


def _read_line(line: bytes, where: str, now: dt.datetime, reader: Reader) -> Iterator[Article | Skipped]:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Skipped(where, f"broken JSON: {str(error)[:120]}")
        return
    if not isinstance(row, dict):
        yield Skipped(where, "the row is no JSON object")
        return
    yield from read_row(row, where, now=now, reader=reader)


def _read_one(data: bytes, name: str, now: dt.datetime, reader: Reader) -> Iterator[Article | Skipped]:
    """A file that is one page."""
    if len(data) > MAX_PAGE:
        yield Skipped(name, f"page of more than {MAX_PAGE:,} bytes")
        return
    if not data.strip():
        yield Skipped(name, "empty file")
        return
    try:
        text = decode(data)
    except NotText as error:
        yield Skipped(name, str(error))
        return
    page_id = PurePath(name).stem or name
    is_html = _is_html(text)
    page = Page(page_id, name, text=None if is_html else text, html=text if is_html else None)
    yield from read_page(page, reader, now)


def _is_html(text: str) -> bool:
    head = text[:4096].lstrip("\ufeff \t\r\n")
    return (head.startswith("<") and bool(_TAGS.search(head))) or len(_TAGS.findall(head)) >= 3
