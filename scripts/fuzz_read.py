"""Fuzz the readers of formats with atheris: whatever the bytes, only pages, inputs and skips come out.

By hand, in an environment that has the package and its `fuzz` dependency group:

    python scripts/fuzz_read.py zip -max_total_time=60 -max_len=4096

The first argument is a kind of input (zip, tar, gzip, warc, feed, mail, mbox, rows, table, page), or "all" for what the
content tells; the others are libFuzzer's. What breaks goes, made small, into tests/read/test_inputs_hostile.py.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with atheris.instrument_imports(include=["marchland.read", "feedparser", "email", "zipfile", "tarfile", "csv"]):
    from marchland.read import source
    from marchland.read.inputs import Budget, Input, Limits
    from marchland.read.page import Page
    from marchland.records import Skipped

from tests.read import builders

LIMITS = Limits(page=100_000, unpacked=4_000_000, row=50_000, feed=200_000, letter=200_000, spool=1_000_000)


def seeds(kind: str) -> list[bytes]:
    """Small valid inputs from which the fuzzer starts."""
    story = builders.STORY.encode()
    return {
        "zip": [builders.zipped({"a.txt": story, "b.html": builders.html().encode()})],
        "tar": [builders.tarred({"a.txt": story, "b.html": builders.html().encode()})],
        "gzip": [builders.packed(story)],
        "warc": [builders.answer(builders.html().encode()) * 2, builders.packed(builders.answer(story)) * 2],
        "feed": [builders.rss(builders.item(), builders.item(number=2))],
        "mail": [builders.letter(), builders.letter("--b\n\nx\n--b--", kind="multipart/mixed; boundary=b")],
        "mbox": [b"From a b 2021\n" + builders.letter() + b"\nFrom a b 2021\n" + builders.letter()],
        "rows": [b'{"id": "a", "text": "The gate was closed."}\n' * 2],
        "table": [b'id,text,date\n1,"The gate, closed",2021-07-09\n'],
        "page": [builders.html().encode(), story],
    }.get(kind, [])


def check(kind: str, data: bytes) -> None:
    """Read the bytes as this kind, or as what their content tells; anything but a page or a skip is an error."""
    if kind == "all":
        found = list(source.pages_of_stream(io.BytesIO(data), "fuzz", LIMITS))
    else:
        opened = Input("fuzz", io.BytesIO(data), head=data[:65_536])
        found = []
        for item in source.OPENERS[kind](opened, LIMITS):
            inside = isinstance(item, Input)
            found += source.pages_in(item, LIMITS, Budget(LIMITS.unpacked)) if inside else [item]
    assert all(isinstance(one, Page | Skipped) for one in found)


def main() -> None:
    """Write the seeds into a corpus folder beside the working folder, and hand over to libFuzzer."""
    kind = sys.argv.pop(1)
    corpus = Path("out") / "fuzz" / kind
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(kind)):
        (corpus / f"seed-{number}").write_bytes(seed)
    atheris.Setup([*sys.argv, str(corpus)], lambda data: check(kind, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
