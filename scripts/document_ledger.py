"""Write the generated parts of docs/ledger.md anew: the tables from the scripts that make them, the answers to its
queries from the ledger of the demo.

    marchland demo && python scripts/document_ledger.py marchland-demo/ledger.db

Without a ledger only the tables are written. Columns without a meaning are named, and the script exits with 1.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from marchland.ledger.database import Database
from marchland.ledger.schema import Table, tables
from marchland.ledger.store import Ledger

PAGE = Path(__file__).parents[1] / "docs" / "ledger.md"
TABLES = re.compile(r"(?<=<!-- tables -->\n).*?(?=<!-- end of tables -->)", re.DOTALL)
QUERY = re.compile(r"<!-- query: (both|sqlite|postgresql) -->\n```sql\n(.*?)```\n```text\n(.*?)```", re.DOTALL)


def without_meaning() -> list[str]:
    """Tables and columns that no comment in their script explains."""
    bare = [table.name for table in tables() if not table.meaning]
    return bare + [f"{table.name}.{one.name}" for table in tables() for one in table.columns if not one.meaning]


def documented() -> str:
    """The tables: those that are written first, this ledger's own, and those that follow from the others."""
    ordered = sorted(tables(), key=lambda one: (one.derived, one.own))
    return "\n".join(_table(one) for one in ordered)


def _table(table: Table) -> str:
    lines = [f"### {table.name}", "", _sentence(table), "", "| column | type | meaning |", "|---|---|---|"]
    for one in table.columns:
        kind = one.kind if one.required else f"{one.kind} or NULL"
        lines.append(f"| `{one.name}` | {kind} | {one.meaning.replace('|', '/')} |")
    return "\n".join([*lines, ""])


def _sentence(table: Table) -> str:
    parts = [f"{table.meaning[:1].upper()}{table.meaning[1:]}."]
    if table.key:
        parts.append(f"Key: {', '.join(f'`{name}`' for name in table.key)}.")
    for one in table.references:
        parts.append(f"{', '.join(f'`{name}`' for name in one.columns)} is in `{one.table}`.")
    if table.derived:
        parts.append("Made from the other tables.")
    if table.own:
        parts.append("This ledger's own: `ledger backup` keeps it, `ledger merge` leaves it where it is.")
    return " ".join(parts)


def answered(database: Database, sql: str) -> str:
    """What a query gives, in columns. Its names are those in the query."""
    names = [name.strip() for name in re.findall(r"AS (\w+)\b(?=[^()]*?(?:,|\nFROM))", sql)]
    rows = [
        tuple("" if value is None else str(value) for value in row) for row in database.execute(sql.strip().rstrip(";"))
    ]
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    lines = ["  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip()
             for row in (names, *rows)]  # fmt: skip
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Rewrite the page; the exit code."""
    page = PAGE.read_text(encoding="utf-8")
    page = TABLES.sub(lambda _: f"\n{documented()}\n", page)
    if arguments:
        with Ledger.open(arguments[0], create=False) as ledger:
            page = QUERY.sub(_Answers(ledger.database), page)
    PAGE.write_text(page, encoding="utf-8")
    for name in without_meaning():
        print(f"{name} has no meaning: add a comment behind it in its .sql file", file=sys.stderr)
    return int(bool(without_meaning()))


class _Answers:
    """Fills in what each query gives; one for PostgreSQL gives what the one before it gives in SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last = ""

    def __call__(self, found: re.Match[str]) -> str:
        where, sql, _ = found.groups()
        self._last = self._last if where == "postgresql" else answered(self._database, sql)
        return f"<!-- query: {where} -->\n```sql\n{sql}```\n```text\n{self._last}```"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
