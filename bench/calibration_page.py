"""docs/calibration.md: tables between marks, written by the benchmarks that measure them."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "calibration.md"


def show(name: str, lines: Sequence[str], charts: Mapping[str, str]) -> None:
    """Print what a benchmark found and draw its charts into out/bench; with `--write`, into docs and its page."""
    print("\n".join(lines))
    writing = "--write" in sys.argv
    folder = PAGE.parent if writing else ROOT / "out" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    for file, drawn in charts.items():
        (folder / file).write_text(drawn, encoding="utf-8")
    if writing:
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), name, lines), encoding="utf-8")


def put(text: str, name: str, lines: Sequence[str]) -> str:
    """The page with other lines between the marks of one benchmark. Raises ValueError where it has no such marks."""
    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    if begin not in text or end not in text:
        raise ValueError(f"docs/calibration.md has no place for {name}: it needs the lines {begin} and {end}")
    block = "\n".join([begin, "", *lines, "", end])
    return re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: block, text, flags=re.S)
