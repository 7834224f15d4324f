"""Claims and holdings against the labelled reports, with the fact tables of each war and without them."""

from __future__ import annotations

import re

from bench.shared import SHARED, exported, labelled_sets, score

ROWS = (
    ("claims F1", "claims", r"claims F1 ([\d.]+)"),
    ("actor right", "claims", r"actor right\s+([\d.]+)"),
    ("stance right", "claims", r"stance right\s+([\d.]+)"),
    ("source right", "claims", r"source right\s+([\d.]+)"),
    ("date in words right", "claims", r"date in words right\s+([\d.]+)"),
    ("change of holder within 1 day", "ledger", r"change of holder within 1 day\s+([\d.]+)"),
    ("false changes", "ledger", r"false changes at known places\s+([\d.]+|n/a)"),
    ("crossing opened/closed within 1 day", "ledger", r"crossing opened/closed \+-1 day\s+([\d.]+|n/a)"),
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
                columns[title] = measures({what: score(what, labelled, folder) for what in ("claims", "ledger")})
    print("\n".join(table(columns)))


def measures(printed: dict[str, str]) -> dict[str, str]:
    """The figures of ROWS out of what the scorer printed."""
    found = {}
    for title, what, pattern in ROWS:
        match = re.search(pattern, printed[what])
        found[title] = match.group(1) if match else "n/a"
    return found


def table(columns: dict[str, dict[str, str]]) -> list[str]:
    """A Markdown table."""
    lines = ["| measure | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for title, _, _ in ROWS:
        lines.append(f"| {title} | " + " | ".join(column[title] for column in columns.values()) + " |")
    return lines
