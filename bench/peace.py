"""How many articles of mostly peaceful news get a claim of control: `python -m bench peace`.

Local and world news (LGL, TR-News) and politics (PolNeAR), for measuring only. Nobody has labelled them, and a few do
tell of wars: the figure is an upper bound on false alarms, to be read beside the list of what was found (`--show`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.shared import SHARED
from marchland.claims.coder import Coder
from marchland.records import EVENTS, Article, Part

FILES = {
    "LGL": SHARED / "bench" / "places" / "LGL.jsonl",
    "TR-News": SHARED / "bench" / "places" / "TR-News.jsonl",
    "PolNeAR": SHARED / "bench" / "attribution" / "polnear-dev.jsonl",
}


def main() -> None:
    """Print a row for each set: articles, and those with a claim of control or passage."""
    coder = Coder.load()
    print("| set | articles | with a claim of control |\n|---|---|---|")
    for name, path in FILES.items():
        if not path.exists():
            print(f"skipped: {path} is absent")
            continue
        articles = list(read(path))
        readings = list(coder.read_many(articles))
        found = [reading for reading in readings if any(claim.event in EVENTS for claim in reading.claims)]
        print(f"| {name} | {len(articles)} | {len(found)} |")
        if "--show" in sys.argv:
            for reading in found:
                for claim in (one for one in reading.claims if one.event in EVENTS):
                    print("  ", claim.event, claim.sentence.of(reading.article.text).replace("\n", " ")[:200])


def read(path: Path) -> Iterator[Article]:
    """The articles of one file that have a text."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
        text = json.loads(line)["text"] if line else ""
        if text:
            page = f"{path.stem}-{number}"
            yield Article(page, page, 0, text, (Part("body", 0, len(text)),), None, None, "", None, "", "en")
