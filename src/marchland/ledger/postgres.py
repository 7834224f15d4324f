"""A ledger in PostgreSQL, with the SQL that `marchland.ledger.database` allows, translated where the two differ.

The driver is pg8000, of the extra `marchland[postgres]`. One ledger is one schema of a database.
"""

from __future__ import annotations

import os
import re
import ssl
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from marchland.errors import BrokenData, Misuse, StoreFailed
from marchland.ledger.database import WAIT, statements

try:
    from pg8000.core import CoreConnection, make_params
    from pg8000.exceptions import DatabaseError, InterfaceError
except ImportError as missing:
    raise Misuse("a ledger in PostgreSQL needs a driver: pip install 'marchland[postgres]'") from missing

READ, WRITTEN = 2000, 40
"""Rows of a large answer that are read in one exchange with the server, and rows that are written in one: while they
are, its short answers wait in the buffer of the connection, which must hold them all."""
_PREPARED = 300
"""Statements that are kept prepared."""
_OPTIONS = {"host", "port", "schema", "sslmode"}
_LOST = (InterfaceError, OSError, struct.error)


class Postgres:
    """A ledger in one schema of a database on a server."""

    def __init__(self, connection: CoreConnection, name: str, schema: str) -> None:
        self._connection = connection
        self.name = name
        self._schema = schema
        self._prepared: dict[str, tuple[Any, Any, Any, str]] = {}
        self._inside = False
        self._own_writes = 0

    @classmethod
    def open(cls, address: str, *, create: bool = True) -> Postgres:
        """Connect; makes the schema and its bookkeeping where they are absent and `create` is set.

        Raises Misuse for a bad address or an absent ledger, StoreFailed where the server does not answer.
        """
        told, schema, arguments = _arguments(address)
        try:
            connection = CoreConnection(**arguments)
        except DatabaseError as error:
            raise StoreFailed(f"{told} cannot be opened: {_words(error)}") from error
        except _LOST as error:
            reason = error.__cause__ or error
            raise StoreFailed(f"{told} cannot be reached: {reason}; see that the server runs there") from error
        made = cls(connection, told, schema)
        try:
            made._settle(create)
        except BaseException:
            made.close()
            raise
        return made

    def _settle(self, create: bool) -> None:
        self._simple(f"SET lock_timeout = '{WAIT}s'; SET client_min_messages = warning; SET search_path = "
                     f"{_quoted(self._schema)}; SET standard_conforming_strings = on")  # fmt: skip
        ((encoding,),) = self._simple("SHOW server_encoding")
        if encoding != "UTF8":
            raise Misuse(f"{self.name} keeps text as {encoding}; a ledger needs a database made with ENCODING 'UTF8'")
        if self._has_table("ledger_store"):
            return
        if self._has_table("article") or self._has_table("claim"):
            raise Misuse(f"{self.name} holds tables of something else; give another schema: ?schema=NAME")
        if not create:
            raise Misuse(f"there is no ledger {self.name}")
        self._simple(_SETTLE.format(schema=_quoted(self._schema)))

    def _has_table(self, table: str) -> bool:
        asked = "SELECT 1 FROM pg_tables WHERE schemaname = ? AND tablename = ?"
        return self.execute(asked, (self._schema, table)).fetchone() is not None

    # ------------------------------------------------------------------------------------------------------ statements

    def execute(self, sql: str, params: Sequence[object] = ()) -> _PostgresRows:
        """As in `Database`."""
        with self._guarded():
            name, columns, functions, text = self._prepare(sql)
            values = make_params(self._connection.py_types, params)
            context = self._connection.execute_named(name, values, columns, functions, text)
        return _PostgresRows(context.rows or (), context.row_count)

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """As in `Database`; the rows of one exchange are sent before the first answer is waited for."""
        each = iter(rows)
        while chunk := list(islice(each, WRITTEN)):
            with self._guarded():
                self._send(sql, chunk)

    def _send(self, sql: str, chunk: list[Sequence[object]]) -> None:
        from pg8000.core import SYNC_MSG, Context, _flush, _write  # noqa: PLC0415

        name, columns, functions, text = self._prepare(sql)
        made = self._connection
        for row in chunk:
            made.send_BIND(name, make_params(made.py_types, row))
            made.send_EXECUTE()
        _write(made._sock, SYNC_MSG)
        _flush(made._sock)
        made.handle_messages(Context(columns=columns, input_funcs=functions, statement=text))

    def stream(self, sql: str, params: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """As in `Database`."""
        if params:
            yield from self.execute(sql, params)
            return
        self._cursors = getattr(self, "_cursors", 0) + 1
        cursor = f"many_{self._cursors}"
        self._simple(f"DECLARE {cursor} NO SCROLL CURSOR FOR {sql}")
        while rows := self._simple(f"FETCH {READ} FROM {cursor}"):
            yield from map(tuple, rows)
        self._simple(f"CLOSE {cursor}")

    def _prepare(self, sql: str) -> tuple[Any, Any, Any, str]:
        if sql not in self._prepared:
            if len(self._prepared) >= _PREPARED:
                oldest = next(iter(self._prepared))
                self._connection.close_prepared_statement(self._prepared.pop(oldest)[0])
            text = _numbered(sql)
            self._prepared[sql] = (*self._connection.prepare_statement(text, ()), text)
        return self._prepared[sql]

    def _simple(self, sql: str) -> Sequence[Any]:
        with self._guarded():
            return self._connection.execute_simple(sql).rows or ()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            raise _told(error, self.name) from error
        except _LOST as error:
            raise StoreFailed(f"the connection to {self.name} was lost ({error}). What was recorded before is safe: "
                              "run the same again when the server answers") from error  # fmt: skip

    # ---------------------------------------------------------------------------------------------------- transactions

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As in `Database`; the writer's lock is that on the one row of ledger_store."""
        if self._inside:
            yield
            return
        with self._between("BEGIN"):
            self.execute("UPDATE ledger_store SET writes = writes + 1")
            yield
        self._own_writes += 1

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """As in `Database`."""
        if self._inside:
            yield
            return
        with self._between("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        self._simple(begin)
        self._inside = True
        try:
            yield
            self._simple("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._inside = False

    def _roll_back(self) -> None:
        try:
            self._connection.execute_simple("ROLLBACK")
        except (*_LOST, DatabaseError):
            return  # the server rolls back what a lost connection left

    def others(self) -> int:
        """As in `Database`."""
        (writes,) = self.execute("SELECT writes FROM ledger_store").fetchone()
        return int(writes) - self._own_writes - int(self._inside)

    def version(self) -> int:
        """As in `Database`."""
        (version,) = self.execute("SELECT version FROM ledger_store").fetchone()
        return int(version)

    def migrate(self, script: str, version: int) -> None:
        """As in `Database`."""
        with self.transaction():
            if self.version() < version:
                for statement in statements(script):
                    self._simple(translated(statement))
                self.execute("UPDATE ledger_store SET version = ?", (version,))

    @contextmanager
    def replacing(self, table: str) -> Iterator[None]:
        """As in `Database`."""
        self._simple(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        self._simple(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def faults(self) -> list[str]:
        """As in `Database`: every row of every table is read, with checksums where the server keeps them."""
        found = []
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = ? ORDER BY tablename"
        for (table,) in self.execute(asked, (self._schema,)).fetchall():
            try:
                self.execute(f"SELECT count(t.*) FROM {_quoted(table)} t")
            except (StoreFailed, BrokenData) as error:
                found.append(f"table {table}: {error}")
        return found

    def close(self) -> None:
        """As in `Database`."""
        try:
            self._connection.close()
        except _LOST:
            return  # it was lost already


class _PostgresRows:
    """Rows that have all come."""

    __slots__ = ("_left", "rowcount")

    def __init__(self, rows: Sequence[Any], rowcount: int) -> None:
        self._left = iter(rows)
        self.rowcount = rowcount

    def fetchone(self) -> Any:
        return next(iter(self), None)

    def fetchall(self) -> list[Any]:
        return list(self)

    def __iter__(self) -> Iterator[Any]:
        return map(tuple, self._left)


# ------------------------------------------------------------------------------------------------------------- dialect

_SETTLE = """
BEGIN;
CREATE SCHEMA IF NOT EXISTS {schema};
CREATE TABLE ledger_store (
    version BIGINT NOT NULL,  -- how many scripts of Marchland the ledger has had
    writes  BIGINT NOT NULL   -- transactions so far; a writer locks the row
);
INSERT INTO ledger_store VALUES (0, 0);
CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END; $$;
COMMIT;
"""
_TRIGGER = re.compile(
    r"CREATE TRIGGER (\w+)\s+BEFORE (UPDATE|DELETE) ON (\w+)\s+BEGIN\s+SELECT RAISE ?\(ABORT, ('[^']*')\);\s*END;",
    re.IGNORECASE,
)
_TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE PRECISION", "BLOB": "BYTEA", "TEXT": 'TEXT COLLATE "C"'}
_LONG = {
    "skipped (location, why)": "skipped USING hash (location)",
    "copy_article (address)": "copy_article USING hash (address)",
}
"""Indexes on text that may be longer than PostgreSQL takes into a sorted index (2,704 bytes)."""
_ENDING = re.compile(r"\)\s*(?:(?:STRICT|WITHOUT ROWID)\s*,?\s*)+;\s*$", re.IGNORECASE)
_NUMBERED: dict[str, str] = {}


def translated(statement: str) -> str:
    """One statement of a .sql file in the dialect of PostgreSQL."""
    bare = re.sub(r"--[^\n]*", "", statement)
    trigger = _TRIGGER.search(bare)
    if trigger:
        name, deed, table, words = trigger.groups()
        made = f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuses({words});"
        if deed.upper() == "DELETE":
            made += (f"CREATE TRIGGER {name}_at_once BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
                     f"EXECUTE FUNCTION ledger_refuses({words});")  # fmt: skip
        return made
    made = _ENDING.sub(");", bare)
    for one, other in _LONG.items():
        made = made.replace(f" ON {one}", f" ON {other}")
    return re.sub(r"\b(INTEGER|REAL|BLOB|TEXT)\b", lambda found: _TYPES[found[1]], made)


def _numbered(sql: str) -> str:
    """`?` as PostgreSQL wants it: $1, $2, ..."""
    first, *others = sql.split("?")
    made = first + "".join(f"${number}{part}" for number, part in enumerate(others, start=1))
    return re.sub(r"\bAS (INTEGER|REAL|BLOB|TEXT)\b", lambda found: f"AS {_TYPES[found[1]]}", made)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


# ------------------------------------------------------------------------------------------------------------- address


def _arguments(address: str) -> tuple[str, str, dict[str, Any]]:
    """The address for messages, the schema, and what the driver wants. Raises Misuse."""
    try:
        parts = urlsplit(address)
        options = {key: values[-1] for key, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
        port = int(options.get("port") or parts.port or os.environ.get("PGPORT") or 5432)
    except ValueError as error:
        raise Misuse(f"{_hidden(address)} is no address of a database: {error}") from error
    if unknown := sorted(options.keys() - _OPTIONS):
        raise Misuse(f"the address of a ledger has no option {unknown[0]}; it may have {', '.join(sorted(_OPTIONS))}")
    host = options.get("host") or unquote(parts.hostname or "") or os.environ.get("PGHOST") or "localhost"
    user = unquote(parts.username or "") or os.environ.get("PGUSER") or os.environ.get("USER") or "postgres"
    arguments: dict[str, Any] = {
        "user": user,
        "password": unquote(parts.password) if parts.password else os.environ.get("PGPASSWORD"),
        "database": unquote(parts.path.lstrip("/")) or os.environ.get("PGDATABASE") or user,
        "application_name": "marchland",
        **_route(host, port, options.get("sslmode", "")),
    }
    return _without_password(parts), options.get("schema", "public"), arguments


def _route(host: str, port: int, sslmode: str) -> dict[str, Any]:
    if host.startswith("/"):
        return {"unix_sock": f"{host}/.s.PGSQL.{port}", "ssl_context": False}
    if sslmode not in ("", "disable", "prefer", "require", "verify-full"):
        raise Misuse(f"sslmode is disable, prefer, require or verify-full, not {sslmode}")
    contexts: dict[str, Any] = {"disable": False, "require": True, "verify-full": ssl.create_default_context()}
    return {"host": host, "port": port, "ssl_context": contexts.get(sslmode)}


def _without_password(parts: SplitResult) -> str:
    return _hidden(parts.geturl())


def _hidden(address: str) -> str:
    return re.sub(r"//([^:@/]*):[^@/]*@", r"//\1@", address)


# -------------------------------------------------------------------------------------------------------------- errors


def _words(error: Exception) -> str:
    told = error.args[0] if error.args else {}
    return str(told.get("M", error)) if isinstance(told, dict) else str(error)


def _told(error: Exception, name: str) -> Exception:
    """What the server said, as an error of Marchland with a word about what to do."""
    told = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
    code, words = str(told.get("C", "")), _words(error)
    if code == "55P03":
        return StoreFailed(f"another process has been writing to {name} for more than {WAIT} seconds. What was "
                           "recorded before is safe. Wait until it has ended, then run the same again")  # fmt: skip
    if code[:2] in ("22", "23", "54"):
        return BrokenData(f"{name} refuses a row: {words}")
    if code[:2] == "XX":
        return BrokenData(f"{name} is damaged: {words}; keep it as it is and bring back a copy with "
                          '"marchland ledger restore BACKUP --ledger NEW"')  # fmt: skip
    if code[:2] in ("53", "57", "58", "08", "25", "28", "42") and code not in ("42601", "42P01", "42703", "42883"):
        return StoreFailed(f"{name} could not be used: {words}. What was recorded before is safe. When the server has "
                           "what it lacks, run the same again")  # fmt: skip
    return error
