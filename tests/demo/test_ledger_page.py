"""docs/ledger.md explains every table and column, and its queries give what it shows, in SQLite and PostgreSQL."""

import pytest
from scripts.document_ledger import PAGE, QUERY, TABLES, answered, documented, without_meaning

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


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_queries_give_what_is_shown(number, demo):
    where, sql, shown = QUERIES[number]
    if where == "postgresql":
        pytest.skip("for the other store")
    with Ledger.open(demo / "ledger.db") as ledger:
        assert answered(ledger.database, sql) == shown, ANEW


def test_queries_give_the_same_in_postgresql(demo, address):
    restore(demo / "ledger.db", address)
    with Ledger.open(address) as ledger:
        for where, sql, shown in QUERIES:
            assert where == "sqlite" or answered(ledger.database, sql) == shown, ANEW
