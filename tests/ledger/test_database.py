"""The two stores behind one interface: the same statements, the same rows in the same order, the same words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from marchland.errors import BrokenData, MarchlandError, Misuse
from marchland.ledger.database import Database, open_database
from marchland.ledger.postgres import translated
from marchland.ledger.store import Ledger

SCRIPT = """
-- An invented table; its comments have a semicolon, and INTEGER.
CREATE TABLE thing (
    name   TEXT PRIMARY KEY,   -- what it is called; never empty
    size   INTEGER NOT NULL,
    weight REAL,
    packed BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX thing_size ON thing (size) WHERE weight IS NOT NULL;
CREATE TRIGGER thing_is_never_changed BEFORE UPDATE ON thing
BEGIN SELECT RAISE (ABORT, 'things are never changed'); END;
CREATE TRIGGER thing_is_never_removed BEFORE DELETE ON thing
BEGIN SELECT RAISE (ABORT, 'things are never removed'); END;
"""
PUT = "INSERT INTO thing VALUES (?,?,?,?) ON CONFLICT DO NOTHING"


@pytest.fixture
def database(place_for_ledger: str) -> Iterator[Database]:
    made = open_database(place_for_ledger)
    made.migrate(SCRIPT, 1)
    yield made
    made.close()


def test_values_come_back_as_they_went_in(database: Database) -> None:
    row = ("Ødegård's \\ place %s ? $1", -(2**63), 0.1 + 0.2, b"\0\xff")
    database.execute(PUT, row)
    database.execute(PUT, ("none", 2**63 - 1, None, None))
    assert database.execute("SELECT * FROM thing ORDER BY size").fetchall() == [row, ("none", 2**63 - 1, None, None)]


def test_text_is_ordered_by_code_points(database: Database) -> None:
    names = ["b", "A", "a", "B", "é", "e", "Z", "_", "10", "9", "Á", "\U0001f600", "\uffee"]
    database.executemany(PUT, [(name, 0, None, None) for name in names])
    assert [name for (name,) in database.execute("SELECT name FROM thing ORDER BY name")] == sorted(names)
    assert database.execute("SELECT max(name) FROM thing WHERE name < ?", ("b",)).fetchone() == ("a",)


def test_rowcount_tells_what_was_new(database: Database) -> None:
    assert [database.execute(PUT, ("a", 1, None, None)).rowcount for _ in range(2)] == [1, 0]


def test_many_rows_of_which_some_are_there(database: Database) -> None:
    rows = [(f"n{number % 1200}", number, None, None) for number in range(2400)]
    with database.transaction():
        database.executemany(PUT, rows)
    assert database.execute("SELECT count(*), max(size) FROM thing").fetchone() == (1200, 1199)
    with database.snapshot():
        assert len(list(database.stream("SELECT * FROM thing ORDER BY name"))) == 1200


def test_many_large_rows_do_not_block_the_connection(database: Database) -> None:
    with database.transaction():
        database.executemany(PUT, ((f"n{number}", number, None, b"x" * 9000) for number in range(1500)))
    assert database.execute("SELECT count(*), min(length(packed)) FROM thing").fetchone() == (1500, 9000)


def test_transaction_is_all_or_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction():
        database.execute(PUT, ("a", 1, None, None))
        with database.transaction():
            database.execute(PUT, ("b", 1, None, None))
        raise ZeroDivisionError
    assert database.execute("SELECT count(*) FROM thing").fetchone() == (0,)
    with database.transaction():
        database.execute(PUT, ("a", 1, None, None))
    assert database.execute("SELECT count(*) FROM thing").fetchone() == (1,)


@pytest.mark.parametrize("change", ["UPDATE thing SET size = 2", "DELETE FROM thing"])
def test_triggers_refuse_in_their_own_words(database: Database, change: str) -> None:
    database.execute(PUT, ("a", 1, None, None))
    with pytest.raises(BrokenData, match="things are never"):
        database.execute(change)


def test_row_that_breaks_a_rule_is_refused(database: Database) -> None:
    with pytest.raises(BrokenData, match="refuses a row"):
        database.execute(PUT, ("a", "many", None, None))


def test_writes_of_others_are_told_and_own_ones_are_not(database: Database, place_for_ledger: str) -> None:
    before = database.others()
    with database.transaction():
        database.execute(PUT, ("a", 1, None, None))
        assert database.others() == before
    assert database.others() == before
    other = open_database(place_for_ledger)
    with other.transaction():
        other.execute(PUT, ("b", 1, None, None))
    other.close()
    assert database.others() != before


def test_snapshot_sees_one_moment(database: Database, place_for_ledger: str) -> None:
    other = open_database(place_for_ledger)
    with database.snapshot():
        assert database.execute("SELECT count(*) FROM thing").fetchone() == (0,)
        with other.transaction():
            other.execute(PUT, ("b", 1, None, None))
        assert database.execute("SELECT count(*) FROM thing").fetchone() == (0,)
    assert database.execute("SELECT count(*) FROM thing").fetchone() == (1,)
    other.close()


def test_script_that_fails_leaves_the_version_before_whole(database: Database) -> None:
    with pytest.raises((MarchlandError, sqlite3.Error, Exception), match="nonsense"):
        database.migrate("CREATE TABLE second (x INTEGER);\nINSERT INTO nonsense VALUES (1);", 2)
    assert database.version() == 1
    database.migrate("CREATE TABLE second (x INTEGER);", 2)
    database.migrate("CREATE TABLE second (x INTEGER);", 2)
    assert database.version() == 2
    assert database.faults() == []


def test_absent_ledger_is_misuse_unless_it_may_be_made(place_for_ledger: str) -> None:
    with pytest.raises(Misuse, match="there is no ledger"):
        Ledger.open(place_for_ledger, create=False)
    Ledger.open(place_for_ledger).close()
    Ledger.open(place_for_ledger, create=False).close()


def test_schema_of_something_else_is_left_alone(address: str) -> None:
    pg8000 = pytest.importorskip("pg8000.native")
    folder, schema = address.split("host=")[1].split("&schema=")
    other = pg8000.Connection("tests", unix_sock=f"{folder}/.s.PGSQL.5432", database="postgres", ssl_context=False)
    other.run(f"CREATE SCHEMA {schema}")
    other.run(f"CREATE TABLE {schema}.article (x INTEGER)")
    other.close()
    with pytest.raises(Misuse, match="something else"):
        Ledger.open(address)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://me:secret@127.0.0.1:1/x", "me@127.0.0.1:1/x cannot be reached"),
        ("postgresql://me:secret@127.0.0.1:one/x", "me@127.0.0.1:one/x is no address"),
        ("postgresql://me@127.0.0.1/x?shema=a", "no option shema"),
        ("postgresql://me@127.0.0.1/x?sslmode=maybe", "sslmode is"),
    ],
)
def test_bad_addresses_are_named_without_their_password(address: str, words: str) -> None:
    pytest.importorskip("pg8000", reason="the driver of the extra marchland[postgres] is not installed")
    with pytest.raises(MarchlandError, match=words) as told:
        Ledger.open(address)
    assert "secret" not in str(told.value)


def test_scripts_are_translated() -> None:
    made = translated(
        "CREATE TABLE a (\n  x TEXT PRIMARY KEY, -- the INTEGER; of\n  y INTEGER\n) STRICT, WITHOUT ROWID;"
    )
    assert " ".join(made.split()) == 'CREATE TABLE a ( x TEXT COLLATE "C" PRIMARY KEY, y BIGINT );'
