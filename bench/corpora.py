"""Claims and holdings against the labelled reports, with the fact tables of each war and without them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bench.shared import SHARED, LabelledSet, exported, labelled_sets, score
from marchland.records import EVENTS

HARD = "hard-negative pages with a claim"
ROWS = (
    ("claims F1", "claims", r"claims F1 ([\d.]+)"),
    ("actor right", "claims", r"actor right\s+([\d.]+)"),
    ("stance right", "claims", r"stance right\s+([\d.]+)"),
    ("source right", "claims", r"source right\s+([\d.]+)"),
    ("date in words right", "claims", r"date in words right\s+([\d.]+)"),
    ("change of holder within 1 day", "ledger", r"change of holder within 1 day\s+([\d.]+)"),
    ("false changes", "ledger", r"false changes at known places\s+([\d.]+|n/a)"),
    ("crossing opened/closed within 1 day", "ledger", r"crossing opened/closed \+-1 day\s+([\d.]+|n/a)"),
    (HARD, "hard negatives", r"(\d+ of \d+)"),
)


def main() -> None:
    """Print one table: a row for each measure, a column for each set, with and without its parties."""
    sets = labelled_sets()
    if not sets:
        print(f"skipped: {SHARED} is absent")
        return
    columns: dict[str, dict[str, str]] = {}
    for labelled in sets:
        for title, without in ((labelled.name, ()), (f"{labelled.name}, its parties off", sorted(labelled.countries))):
            with exported(labelled, without=without) as folder:
                printed = {what: score(what, labelled, folder) for what in ("claims", "ledger")}
                columns[title] = measures({**printed, "hard negatives": hard_negatives(labelled, folder)})
    print("\n".join(table(columns)))


def measures(printed: dict[str, str]) -> dict[str, str]:
    """The figures of ROWS out of what the scorer printed."""
    found = {}
    for title, what, pattern in ROWS:
        match = re.search(pattern, printed.get(what, ""))
        found[title] = match.group(1) if match else "n/a"
    return found


def hard_negatives(labelled: LabelledSet, folder: Path) -> str:
    """How many of the pages of sport, business, elections and history, and of those labelled as without a claim, got a
    claim of control, and which."""
    events: dict[str, set[str]] = {}
    for row in _jsonl(labelled.gold):
        events.setdefault(row["page_id"], set()).add(row["event"])
    pages = {page for page, found in events.items() if found == {"none"}}
    for path in labelled.inputs:
        if path.suffix == ".jsonl":
            pages |= {page["id"] for page in _jsonl(path) if page.get("hard_negative")}
    wrong = {row["page_id"] for row in _jsonl(folder / "claims.jsonl") if row["event"] in EVENTS} & pages
    return f"{len(wrong)} of {len(pages)}: {', '.join(sorted(wrong))}" if pages else "n/a"


def _jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def table(columns: dict[str, dict[str, str]]) -> list[str]:
    """A Markdown table."""
    lines = ["| measure | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for title, _, _ in ROWS:
        lines.append(f"| {title} | " + " | ".join(column[title] for column in columns.values()) + " |")
    return lines
