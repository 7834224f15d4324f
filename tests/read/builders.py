"""Small files of every format, made by hand for the tests."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

STORY = "The army said that it had left the café at the river and the post beside the bridge."
SECOND = "Rebels said on Friday that they had taken the customs post, and the governor denied it."
THIRD = "A border officer told reporters that the gate was closed and that nobody had crossed since dawn."


def html(text: str = STORY, head: str = "") -> str:
    """A page with one paragraph."""
    return f"<!doctype html><html><head>{head}</head><body><p>{text}</p></body></html>"


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """A tar of these members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def answer(
    body: bytes,
    *,
    url: str = "http://wire.example/2021/gate",
    kind: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    heads: str = "",
    record: str = "response",
    date: str = "2021-07-11T06:07:08Z",
) -> bytes:
    """One record of a web archive."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{heads}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {record}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        "WARC-Record-ID: <urn:uuid:0a1b2c3d-0000-4000-8000-00000000000a>\r\n"
        f"Content-Type: application/http; msgtype={record}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """Records of a web archive, packed one by one."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def rss(*items: str, title: str = "The Border Wire", before: str = "") -> bytes:
    """An RSS feed."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{before}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><link>http://wire.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


def item(text: str = STORY, *, title: str = "Post left by the army", more: str = "", number: int = 1) -> str:
    """An item of an RSS feed."""
    return (
        f"<item><title>{title}</title><link>http://wire.example/a/{number}</link><guid>g{number}</guid>"
        f"<pubDate>Fri, 09 Jul 2021 01:30:00 +0430</pubDate><description>{text}</description>{more}</item>"
    )


def letter(
    body: str = STORY, *, kind: str = "text/plain", heads: str = "", subject: str = "The week at the border"
) -> bytes:
    """A letter with one part."""
    return (
        f"Message-ID: <w27@letters.example>\nFrom: Ana Bell from The Border Letter <letter@letters.example>\n"
        f"To: readers@letters.example\nSubject: {subject}\nDate: Fri, 9 Jul 2021 07:00:00 +0430\nMIME-Version: 1.0\n"
        f"Content-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n{heads}\n{body}\n"
    ).encode()
