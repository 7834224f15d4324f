"""A web archive to articles: pages a second on one core beside trafilatura alone, and memory as the archive grows."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.shared import SHARED

PAGES = SHARED / "bench" / "pages"
NOW = dt.datetime(2026, 11, 1)
TIMES = (1, 10)
"""How often the pages are repeated in the archives whose memory is compared."""
ROUNDS = 5
"""Rounds in which both readers take turns, so that the noise of the machine falls on both."""
_READ = """
import datetime, resource, sys
from pathlib import Path
from marchland.read import read_path
count = sum(hasattr(item, "text") for item in read_path(Path(sys.argv[1]), now=datetime.datetime(2026, 11, 1)))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def main() -> None:
    """Print pages a second for both, their ratio, and the peak memory for archives of two sizes."""
    if not PAGES.is_dir():
        print(f"skipped: {PAGES} is absent")
        return
    pages = _pages()
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch) / "pages.warc.gz"
        archive.write_bytes(_archive(pages, 1))
        ours, alone = _speeds(archive, [html for _, html in pages])
        print(f"web archive to articles: {ours:.0f} pages a second; trafilatura alone on the same pages: {alone:.0f}")
        print(f"that is {ours / alone:.2f} times the speed of trafilatura alone")
        for times in TIMES:
            archive.write_bytes(_archive(pages, times))
            done = subprocess.run(
                [sys.executable, "-c", _READ, str(archive)], check=True, capture_output=True, text=True
            )
            articles, peak = done.stdout.split()
            print(f"{len(pages) * times} pages, {articles} articles: peak memory {peak} MiB")


def _speeds(archive: Path, texts: list[str]) -> tuple[float, float]:
    """Pages a second of the whole way and of trafilatura's extraction, the best round of each."""
    from trafilatura import bare_extraction  # noqa: PLC0415

    from marchland.read import read_path  # noqa: PLC0415

    ours, alone = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _item in read_path(archive, now=NOW):
            pass
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        for html in texts:
            bare_extraction(html, include_comments=False, with_metadata=False)
        alone.append(time.perf_counter() - start)
    return len(texts) / min(ours), len(texts) / min(alone)


def _pages() -> list[tuple[str, str]]:
    truth = json.loads((PAGES / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        (row["url"], gzip.decompress((PAGES / "html" / f"{key}.html.gz").read_bytes()).decode("utf-8", "replace"))
        for key, row in sorted(truth.items())
    ]


def _archive(pages: list[tuple[str, str]], times: int) -> bytes:
    """A WARC file of response records, each compressed by itself as crawlers do."""
    whole = io.BytesIO()
    for number in range(times):
        for url, html in pages:
            whole.write(gzip.compress(_record(f"{url}?copy={number}", html.encode()), 1))
    return whole.getvalue()


def _record(url: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-10-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


if __name__ == "__main__":
    main()
