"""docs/ledger.md explains every table and column, and its queries give what it shows, in SQLite and PostgreSQL."""

import pytest
from scripts.document_ledger import PAGE, QUERY, TABLES, answered, documented, without_meaning

from marchland.cli import main
from marchland.ledger.backup import restore
from marchland.ledger.schema import tables
from marchland.ledger.store import Ledger

TEXT = PAGE.read_text(encoding="utf-8")
QUERIES = QUERY.findall(TEXT)
ANEW = "the page is out of date: marchland demo && python scripts/document_ledger.py marchland-demo/ledger.db"


def test_every_table_and_column_has_a_meaning():
    assert without_meaning() == []


def test_the_page_has_the_tables_as_the_scripts_make_them():
    (shown,) = TABLES.findall(TEXT)
    assert shown.strip() == documented().strip(), ANEW
    assert all(
        f"### {table.name}\n" in shown and all(f"| `{name}` |" in shown for name in table.names) for table in tables()
    )


COMMANDS = (
    "export claims", "export events --format csv", "export holdings --known-at 2021-08-10", "export crossings",
    "who Kunduz", "why Kunduz --at 2021-08-10", "timeline", "crossings", "copies", "skipped",
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_queries_give_what_is_shown(number, demo):
    where, sql, shown = QUERIES[number]
    if where == "postgresql":
        pytest.skip("for the other store")
    with Ledger.open(demo / "ledger.db") as ledger:
        assert answered(ledger.database, sql) == shown, ANEW


def test_queries_and_commands_give_the_same_in_postgresql(demo, address, capsys):
    restore(demo / "ledger.db", address)
    for command in COMMANDS:
        printed = []
        for ledger in (str(demo / "ledger.db"), address):
            assert main([*command.split(), "--ledger", ledger]) == 0
            printed.append(capsys.readouterr().out)
        assert printed[0] == printed[1] != ""
    with Ledger.open(address) as ledger:
        for where, sql, shown in QUERIES:
            assert where == "sqlite" or answered(ledger.database, sql) == shown, ANEW
