"""Check the tables of parties, speakers and outlets, and list what is wrong, as file:line.

    python scripts/check_facts.py [FOLDER]      FOLDER defaults to the shipped src/marchland/lexicons

Exit code 0 when nothing was found, 1 otherwise. What each column means is in src/marchland/lexicons/PARTIES.md.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

LEXICONS = Path(__file__).resolve().parents[1] / "src" / "marchland" / "lexicons"
KINDS = frozenset({
    "border-guard", "civil-defence", "coalition", "de-facto-authority", "foreign-forces", "government", "militia",
    "peacekeepers", "PMC", "police", "rebel", "separatist", "state-forces",
})  # fmt: skip
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_HOST = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}(/\S*)?")

Row = dict[str, str]
Numbered = list[tuple[int, Row]]


def read(path: Path) -> Numbered:
    """Rows with their line numbers."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [(reader.line_num, row) for row in reader]


def listed(cell: str) -> list[str]:
    """The parts of a cell that holds a list."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def shape(rows: Numbered) -> Iterator[tuple[int, str]]:
    """Cells missing or too many, the header printed again, spaces around a cell, no source."""
    for line, row in rows:
        if None in row or None in row.values():
            yield line, "wrong number of columns"
        elif all(name == value for name, value in row.items()):
            yield line, "the header again"
        elif any(value != value.strip() for value in row.values()):
            yield line, "spaces around a cell"
        elif not row["sources"]:
            yield line, "no source"


def periods(rows: Numbered) -> Iterator[tuple[int, str]]:
    """Dates that are none, and ends before beginnings."""
    for line, row in rows:
        wrong = [row[name] for name in ("from", "to") if row[name] and not _DATE.fullmatch(row[name])]
        if wrong:
            yield line, f"not a date: {wrong[0]!r}"
        elif row["from"] and row["to"] and _last(row["to"]) < _first(row["from"]):
            yield line, f"ends ({row['to']}) before it begins ({row['from']})"


def names(rows: Numbered) -> Iterator[tuple[int, str]]:
    """An alias twice in one row; a plain alias of ordinary English words, which needs its star.

    Ordinary are several words without a capital, or one word of epithets.csv; "korucu" alone is a name.
    """
    common = {row["epithet"] for _, row in read(LEXICONS / "epithets.csv")}
    for line, row in rows:
        seen: set[str] = set()
        for alias in listed(row["aliases"]):
            bare = alias.rstrip("*")
            if bare.lower() in seen:
                yield line, f"alias {bare!r} twice"
            seen.add(bare.lower())
            if alias == bare and bare.islower() and (" " in bare or bare in common):
                yield line, f"alias {bare!r} is ordinary words and has no *"


def references(rows: Numbered) -> Iterator[tuple[int, str]]:
    """Unknown or contradictory parents, allies, opponents and lineages; rings of parents; ids twice; unknown kinds."""
    table: dict[str, Row] = {}
    for line, row in rows:
        if row["id"] in table:
            yield line, f"id {row['id']!r} twice"
        table[row["id"]] = row
    for line, row in rows:
        named = [row["parent"], row["lineage"], *listed(row["allies"]), *listed(row["opponents"])]
        yield from ((line, f"unknown party {other!r}") for other in named if other and other not in table)
        if row["kind"] not in KINDS:
            yield line, f"unknown kind {row['kind']!r}"
        both = set(listed(row["allies"])) & set(listed(row["opponents"]))
        yield from ((line, f"{other!r} is ally and opponent") for other in sorted(both))
        if row["parent"] in listed(row["opponents"]):
            yield line, f"{row['parent']!r} is parent and opponent"
        if _own_ancestor(row["id"], table):
            yield line, f"{row['id']!r} is its own ancestor"


def collisions(rows: Numbered) -> Iterator[tuple[int, str]]:
    """A plain alias of two parties of one country at one time."""
    bearers: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for line, row in rows:
        for alias in {name.lower() for name in (row["name"], *listed(row["aliases"])) if not name.endswith("*")}:
            for other in bearers[row["country"], alias]:
                if _overlap(row, other):
                    yield line, f"alias {alias!r} is also of {other['id']!r}"
            bearers[row["country"], alias].append(row)


def actors_known(known: frozenset[str]) -> Callable[[Numbered], Iterator[tuple[int, str]]]:
    """Every `actor_id` of a table is a party of `known`."""

    def check(rows: Numbered) -> Iterator[tuple[int, str]]:
        for line, row in rows:
            if row["actor_id"] and row["actor_id"] not in known:
                yield line, f"unknown party {row['actor_id']!r}"

    return check


def outlets(agencies: frozenset[str]) -> Callable[[Numbered], Iterator[tuple[int, str]]]:
    """Hosts that are none or stand twice; agencies that no table knows."""

    def check(rows: Numbered) -> Iterator[tuple[int, str]]:
        hosts: set[str] = set()
        for line, row in rows:
            if not _HOST.fullmatch(row["outlet"]) or row["outlet"] in hosts:
                yield line, f"not a host, or twice: {row['outlet']!r}"
            hosts.add(row["outlet"])
            unknown = [name for name in listed(row["syndicates"]) if name not in agencies]
            yield from ((line, f"unknown agency {name!r}") for name in unknown)

    return check


def findings(folder: Path) -> list[str]:
    """Everything found in one folder of tables, as "file:line: what"."""
    actors = read(folder / "actors.csv")
    known = frozenset(row["id"] for _, row in actors)
    outlet_rows = read(folder / "outlets.csv")
    agency_rows = read(LEXICONS / "agencies.csv")
    agencies = frozenset(name for _, row in agency_rows for name in (row["agency"], *listed(row["aliases"])))
    agencies |= frozenset(row["name"] for _, row in outlet_rows)
    checks: dict[str, Iterable[Callable[[Numbered], Iterator[tuple[int, str]]]]] = {
        "actors.csv": (shape, periods, names, references, collisions),
        "speakers.csv": (shape, periods, names, actors_known(known)),
        "outlets.csv": (shape, actors_known(known), outlets(agencies)),
    }
    found = []
    for name, table_checks in checks.items():
        rows = read(folder / name)
        found += [f"{name}:{line}: {what}" for check in table_checks for line, what in check(rows)]
    return found


def _own_ancestor(party_id: str, table: dict[str, Row]) -> bool:
    seen, at = set(), party_id
    while at in table and at not in seen:
        seen.add(at)
        at = table[at]["parent"]
    return at == party_id


def _overlap(one: Row, other: Row) -> bool:
    """Whether two rows hold at once for more than the day of handing over."""
    return max(_first(one["from"]), _first(other["from"])) < min(_last(one["to"]), _last(other["to"]))


def _first(text: str) -> str:
    return (text + "-01-01")[:10] if text else "0000-01-01"


def _last(text: str) -> str:
    return (text + "-12-31")[:10] if text else "9999-12-31"


if __name__ == "__main__":
    lines = findings(Path(sys.argv[1]) if len(sys.argv) > 1 else LEXICONS)
    print("\n".join(lines) or "nothing found")
    sys.exit(1 if lines else 0)
