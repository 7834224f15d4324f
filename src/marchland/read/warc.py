"""Web archives (WARC) to pages: the HTML and text that was answered with status 200, record by record."""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, cast

from marchland.read.address import address_of
from marchland.read.decode import NotText, decode
from marchland.read.inputs import MEBIBYTE, CutShort, Input, Limits, OutOfBounds, Recalling, moment_of, shown, why
from marchland.read.kinds import is_html
from marchland.read.page import Page
from marchland.read.unpack import Unpacked, Zlib
from marchland.records import Skipped, content_id

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
MAX_RESTARTS = 10_000
"""Broken spots in one archive after which the rest is not read."""
MAX_HEADERS = 256 * 1024
"""Bytes of the headers of one record."""
KEPT = 16 * MEBIBYTE
"""Bytes of a pipe that are kept, so that reading can go on after a broken record."""
SCAN = 4 * MEBIBYTE
"""Bytes that are looked through at a time for the next record."""
_PLAIN, _PACKED = b"WARC/1.", b"\x1f\x8b\x08"


@dataclass(slots=True)
class _Run:
    """The records from one starting point to the end or to the next broken one."""

    at: int
    """Offset of the last record that could be opened; for an unpacked archive, of its last byte."""
    records: int = 0
    broke: str = ""


def open_warc(source: Input, limits: Limits) -> Iterator[Page | Skipped]:
    """The pages of a web archive. A broken record is named by its offset, and reading goes on at the next."""
    others: Counter[str] = Counter()
    packed = source.head.startswith(_PACKED)
    stream = source.stream if source.stream.seekable() else cast(BinaryIO, Recalling(source.stream, KEPT))
    source = replace(source, stream=stream)
    mark = _PACKED if packed else _PLAIN
    run = _Run(at=0)
    for restarts in range(MAX_RESTARTS):
        run = _Run(run.at)
        yield from _records(source, run, others, limits)
        if not run.broke:
            break
        following = _next_mark(stream, run.at + 1, mark)
        if run.records or restarts == 0:
            # A packed record ends where the next begins, and that may be the broken one.
            place = following if packed and run.records and following else run.at
            yield Skipped(f"{source.name}@{place}", f"broken record near this byte: {run.broke}")
        if following is None:
            break
        run.at = stream.seek(following)
    if packed and not run.broke:
        yield from _cut_at_end(source, run.at)
    if others:
        told = ", ".join(f"{count:,} {what}" for what, count in sorted(others.items(), key=lambda one: -one[1])[:8])
        yield Skipped(source.name, f"answers that are no pages: {told}")


def _records(source: Input, run: _Run, others: Counter[str], limits: Limits) -> Iterator[Page | Skipped]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  - only web archives need it

    packed = source.head.startswith(_PACKED)
    try:
        for record in ArchiveIterator(source.stream, parse_http=False, fsspec_args=False):
            run.records += 1
            run.at = record.stream_pos
            length = record.content_length
            if record.record_type == WarcRecordType.response:
                yield from _answer(record, source, others, limits)
            run.at += 0 if packed else length
    except OSError as error:
        run.broke = why(error)


def _answer(record: WarcRecord, source: Input, others: Counter[str], limits: Limits) -> Iterator[Page | Skipped]:
    """The page of one response, and a note where it is cut short; what is no page is counted only."""
    where = f"{source.name}@{record.stream_pos}"
    url = address_of((record.headers.get("WARC-Target-URI") or "").strip("<> "))
    try:
        record.parse_http(auto_decode="none", max_header_len=MAX_HEADERS)
        heads, kind = record.http_headers, (record.http_content_type or "").lower()
    except OSError as error:
        yield Skipped(where, f"broken HTTP headers: {why(error)}", url=url)
        return
    # A response need not be one of HTTP (dns:, ftp:), and then there are no headers.
    status = heads.status_code if heads is not None else None
    if status is None and "http" in (record.headers.get("Content-Type") or "http"):
        yield Skipped(where, "record cut short or broken: no HTTP status", url=url)
        return
    if status != 200 or kind not in PAGE_TYPES:
        others[f"of type {shown(kind)[:60] or 'unknown'}" if status == 200 else f"with status {status}"] += 1
        return
    length = record.content_length
    try:
        data = record.reader.read(limits.page + 1)
    except OSError as error:
        yield Skipped(where, f"broken record: {why(error)}", url=url)
        return
    if len(data) < min(length, limits.page):
        yield Skipped(where, f"record cut short: {len(data):,} of {length:,} bytes; they are read", url=url)
    yield _page(data, record, where, url, limits)


def _page(data: bytes, record: WarcRecord, where: str, url: str | None, limits: Limits) -> Page | Skipped:
    body = _payload(data, record, limits.page)
    if len(body) > limits.page:
        return Skipped(where, f"page of more than {limits.page:,} bytes", url=url)
    if not body.strip():
        return Skipped(where, "empty page", url=url)
    try:
        text = decode(body, record.http_charset)
    except NotText as error:
        return Skipped(where, str(error), url=url)
    html = "html" in (record.http_content_type or "").lower() or is_html(text)
    said = moment_of(record.headers.get("WARC-Date") or "")
    digest = record.headers.get("WARC-Payload-Digest") or hashlib.sha256(data).hexdigest()
    return Page(
        page_id=content_id(url or where, digest),
        where=where,
        text=None if html else text,
        html=text if html else None,
        url=url,
        fetched=shown(said) or None,
    )


def _payload(data: bytes, record: WarcRecord, limit: int) -> bytes:
    """The page inside the coding that the headers tell of, which many archives have undone; at most `limit` + 1."""
    if "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower():
        data = _unchunked(data)
    coding = (record.http_headers.get("Content-Encoding") or "").strip().lower()
    if coding in ("gzip", "x-gzip", "deflate"):
        return _inflated(data, limit)
    return _unbrotlied(data, limit) if coding == "br" else data


def _unchunked(data: bytes) -> bytes:
    """The chunks joined; the data as they are where they are no chunks."""
    parts: list[bytes] = []
    at = 0
    while at < len(data):
        line_end = data.find(b"\r\n", at, at + 80)
        try:
            size = int(data[at:line_end].split(b";")[0], 16) if line_end > 0 else -1
        except ValueError:
            size = -1
        if size <= 0:
            return b"".join(parts) if parts else data
        parts.append(data[line_end + 2 : line_end + 2 + size])
        at = line_end + 2 + size + 2
    return b"".join(parts)


def _inflated(data: bytes, limit: int) -> bytes:
    for bits in (47, -15):
        try:
            return zlib.decompressobj(wbits=bits).decompress(data, limit + 1)
        except zlib.error:
            continue
    return data


def _unbrotlied(data: bytes, limit: int) -> bytes:
    import brotli  # noqa: PLC0415

    try:
        return bytes(brotli.Decompressor().process(data, output_buffer_limit=limit + 1))
    except brotli.error:
        return data


def _next_mark(stream: BinaryIO, after: int, mark: bytes) -> int | None:
    """Where the next record may begin, looked for from `after` on."""
    kept = b""
    try:
        position = stream.seek(after)
    except OutOfBounds:
        position = stream.tell()
    while data := stream.read(SCAN):
        window = kept + data
        found = window.find(mark)
        if found >= 0:
            return position - len(kept) + found
        position += len(data)
        kept = window[-len(mark) :]
    return None


def _cut_at_end(source: Input, last: int) -> Iterator[Skipped]:
    """Whether a packed archive ends inside its last record, which the iterator takes for a proper end."""
    try:
        source.stream.seek(last)
    except OutOfBounds:
        return
    if source.stream.read(len(_PACKED)) != _PACKED:
        return
    source.stream.seek(last)
    rest = Unpacked(source.stream, Zlib, sys.maxsize)
    try:
        while rest.read():
            pass
    except CutShort as error:
        yield Skipped(f"{source.name}@{last}", f"the archive is cut short: {why(error)}")
