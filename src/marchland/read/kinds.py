"""Which kind of input some bytes are: told by their first bytes, and by the name only where these leave it open."""

from __future__ import annotations

import csv
import re
import tarfile
import zlib
from pathlib import PurePath

import msgspec

from marchland.read.decode import leading_text
from marchland.read.names import BODIES, known_columns

MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"WARC/", "warc"),
)
PACKED = (".gz", ".bz2", ".xz")
ROW_NAMES = frozenset({".jsonl", ".ndjson"})
TABLE_NAMES = frozenset({".csv", ".tsv", ".tab"})
LETTER_HEADS = frozenset(
    {
        *("from", "to", "subject", "date", "message-id", "received", "return-path", "mime-version", "delivered-to"),
        *("content-type", "reply-to", "list-id", "list-unsubscribe", "sender", "dkim-signature", "x-mailer"),
    }
)
LETTER_MARKS = frozenset({"message-id", "received", "return-path", "mime-version", "delivered-to", "dkim-signature"})
"""Headers that no person writes at the head of a text."""
MAX_HEADS = 200
"""Lines in which the headers of a letter are looked for."""
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)")
_HEAD = re.compile(r"([!-9;-~]{1,80}):")
_POSTMARK = re.compile(r"From \S[^\n]*\r?\n[!-9;-~]{1,80}:")
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_FEED_ROOTS = frozenset({"rss", "feed", "RDF"})
_JSON = re.compile(r'\{\s*(?:"[^"\n]{0,200}"\s*:|\})|\[\s*(?:\{|\[)')
_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|meta|title|h1|p)[\s>/]", re.IGNORECASE)


def sniff(head: bytes, name: str) -> str:
    """The kind of an input by its first bytes (64 kB serve best).

    zip, tar, gzip, bzip2, xz, warc, feed, mail, mbox, rows, table, or page (which may turn out not to be text); json
    and xml for those of another kind than is read here.
    """
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return "warc" if kind == "gzip" and _is_packed_warc(head) else kind
    if _BZIP2.match(head):
        return "bzip2"
    if _is_tar(head):
        return "tar"
    return _kind_of_text(leading_text(head).lstrip("\ufeff \t\r\n"), suffix_of(name))


def suffix_of(name: str) -> str:
    """The end of a name that tells its kind, in lower case, below any packing: ".html" of "page.html.gz"."""
    path = PurePath(name)
    while path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    return path.suffix.lower()


def is_html(text: str) -> bool:
    """Whether a page is HTML rather than plain text."""
    head = text[:4096].lstrip("\ufeff \t\r\n")
    return (head.startswith("<") and bool(_TAGS.search(head))) or len(_TAGS.findall(head)) >= 3


def delimiter_of(line: str) -> str:
    """What stands between the columns of a table, told from its first line."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max("\t,;|", key=bare.count)


def columns_of(line: str) -> list[str]:
    """The names of the columns in the first line of a table; empty for what cannot be such a line."""
    try:
        return next(csv.reader([line], delimiter=delimiter_of(line)), [])
    except csv.Error:
        return []


def _kind_of_text(text: str, suffix: str) -> str:
    if text.startswith("<"):
        return _kind_of_markup(text)
    if _POSTMARK.match(text):
        return "mbox"
    if _is_letter(text, suffix):
        return "mail"
    if suffix in ROW_NAMES:
        return "rows"
    if _JSON.match(text):
        return "rows" if _is_row(text.split("\n", 1)[0]) else "json"
    return "table" if text and _is_table(text, suffix) else "page"


def _kind_of_markup(text: str) -> str:
    """A feed, XML of no use here, or a page."""
    root = _root(text)
    if root in _FEED_ROOTS:
        return "feed"
    return "xml" if text.startswith("<?xml") and root.lower() != "html" and not _TAGS.search(text[:4096]) else "page"


def _root(text: str) -> str:
    """The name of the first element, without its prefix."""
    at = 0
    ends = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))
    for _ in range(100):
        at += len(text[at:]) - len(text[at:].lstrip())
        end = next((end for start, end in ends if text.startswith(start, at)), "")
        if not end:
            break
        bracket = text.find("[", at)
        if text.startswith("<!DOCTYPE", at) and 0 <= bracket < text.find(">", at):
            end = "]>"
        found = text.find(end, at)
        if found < 0:
            return ""
        at = found + len(end)
    match = _ROOT.match(text, at)
    return match.group(1) if match else ""


def _is_letter(text: str, suffix: str) -> bool:
    found: set[str] = set()
    for line in text.split("\n", MAX_HEADS)[:MAX_HEADS]:
        match = _HEAD.match(line)
        if match:
            found.add(match.group(1).lower())
        elif not line.startswith((" ", "\t")):
            break
    known = found & LETTER_HEADS
    if suffix in (".eml", ".emlx"):
        return bool(known)
    return (len(known) >= 2 and bool(known & LETTER_MARKS)) or known >= {"from", "subject", "date"}


def _is_row(line: str) -> bool:
    """Whether the first line is an object with a page in it."""
    try:
        row = msgspec.json.decode(line.encode("utf-8", "replace"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(row, dict) and not BODIES.isdisjoint(known_columns(row))


def _is_table(text: str, suffix: str) -> bool:
    if suffix in TABLE_NAMES:
        return True
    columns = columns_of(text.split("\n", 1)[0].rstrip("\r"))
    known = known_columns(columns)
    return len(known) >= 2 and len(known) >= len(columns) / 3 and not BODIES.isdisjoint(known)


def _is_tar(head: bytes) -> bool:
    if head[257:262] == b"ustar":
        return True
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _is_packed_warc(head: bytes) -> bool:
    """A web archive packed record by record. One packed as a whole is a gzip file like any other."""
    try:
        first = zlib.decompressobj(wbits=31).decompress(head, 4 * len(head))
    except zlib.error:
        return False
    return first.startswith(b"WARC/") and b"\r\n\r\nWARC/1." not in first
