"""Where a ledger is kept: SQLite or PostgreSQL, behind one small interface that takes one dialect of SQL.

Rules for SQL that is written against it, in Python and in the .sql files alike:

- `?` for every value, in order; no `?1`, no names, no `?` inside a literal. A value that is only tested for NULL has no
  type in PostgreSQL: build the WHERE clause in Python instead of `? IS NULL OR column = ?`.
- Columns are TEXT, INTEGER (64 bit), REAL (double) or BLOB; values are str, int, float, bytes or None. A bool is an
  INTEGER 0 or 1, a day or a moment is ISO 8601 text, anything with parts is JSON text. Text has no NUL character.
- `INSERT ... ON CONFLICT (key) DO NOTHING` or `DO UPDATE SET x = excluded.x`; never `INSERT OR ...`.
- No `rowid`: a table that has an order has a column for it. Every query whose order matters says ORDER BY; text is
  ordered by its bytes (code points) in both. A column without NULLs, since the two put these at different ends.
- Only functions that both have, with the same answer: count, min, max, length, substr, coalesce, abs, lower of ASCII.
  `sum` of INTEGER must be cast (`CAST (sum(x) AS INTEGER)`). GROUP BY names every column that is not aggregated.
- In .sql files: CREATE TABLE, CREATE INDEX, ALTER TABLE ADD COLUMN, INSERT, UPDATE, DELETE, DROP, and triggers of
  the one form `CREATE TRIGGER name BEFORE UPDATE|DELETE ON table BEGIN SELECT RAISE (ABORT, 'words'); END;`. STRICT
  and WITHOUT ROWID are for SQLite and are left out elsewhere; in a table WITHOUT ROWID the columns of the key come
  first (else SQLite's own check errs). A comment behind CREATE TABLE and behind each column
  says what it means: `docs/ledger.md` and its test are made from these.
- Every write stands inside `transaction()`, which is all or nothing and waits for other writers. A transaction inside
  another one is part of it.
- What comes out of a record column is decoded with `Kept`, which tells a damaged record from a mistake in the program.

What fails raises an error of `marchland.errors` with a word about what to do, never one of the driver's.
"""

from __future__ import annotations

import os
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from marchland.errors import BrokenData, MarchlandError, Misuse, StoreFailed

WAIT = 30
"""Seconds for which a writer waits for another one to end."""
_MEMORY = ":memory:"
_URL = re.compile(r"postgres(ql)?://", re.IGNORECASE)

T = TypeVar("T")


class Rows(Protocol):
    """The answer to one statement."""

    @property
    def rowcount(self) -> int:
        """How many rows were written."""

    def fetchone(self) -> Any:
        """The next row as a tuple, or None."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Database(Protocol):
    """A store that holds one ledger. Every method raises StoreFailed, BrokenData or Misuse where the store fails."""

    name: str
    """File or address for messages, without a password."""

    def execute(self, sql: str, params: Sequence[object] = ()) -> Rows:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""

    def stream(self, sql: str, params: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a large answer, a few thousand at a time; only inside `snapshot` or `transaction`."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; takes the writer's lock, so what is read inside is true until it is written."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whatever others write meanwhile. Nothing is written."""

    def others(self) -> int:
        """A number that changes whenever another connection has written."""

    def version(self) -> int:
        """How many scripts the store has had; 0 for an empty one. Raises Misuse for a store of something else."""

    def migrate(self, script: str, version: int) -> None:
        """Run a script that makes `version` out of the version before; nothing where the store has it already."""

    def replacing(self, table: str) -> AbstractContextManager[None]:
        """Lets rows of an append-only table be replaced, inside a transaction: for `merge` alone."""

    def faults(self) -> list[str]:
        """What the store itself finds wrong with its pages and indexes; empty where all is well."""

    def close(self) -> None:
        """Give the store back."""


def is_address(name: str) -> bool:
    """Whether a ledger's name is the address of a database on a server, not a file."""
    return bool(_URL.match(name))


def open_database(name: str, *, create: bool = True, shared: bool = False) -> Database:
    """The store at a file, at "postgresql://user@host/database?schema=name", or in ":memory:".

    With `shared` several threads may use it, one at a time.
    Raises Misuse for one that is absent (unless it may be made) or no SQLite file, StoreFailed where it cannot be read.
    """
    if is_address(name):
        from marchland.ledger.postgres import Postgres  # noqa: PLC0415  the driver is an extra

        return Postgres.open(name, create=create)
    return Sqlite.open(name, create=create, shared=shared)


class Kept(Generic[T]):
    """Decodes records that a store has kept: bytes that are no record any more are named as damage."""

    def __init__(self, kind: Any, table: str) -> None:
        self._decoder = msgspec.json.Decoder(kind)
        self._table = table

    def decode(self, record: str | bytes) -> T:
        """The record. Raises BrokenData."""
        try:
            made: T = self._decoder.decode(record)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BrokenData(f"a record in table {self._table} is damaged ({error}); {REPAIR}") from error
        return made

    def unpack(self, packed: bytes) -> T:
        """A record that was packed by zlib. Raises BrokenData."""
        try:
            record = zlib.decompress(packed)
        except (zlib.error, TypeError) as error:
            raise BrokenData(f"a record in table {self._table} is damaged ({error}); {REPAIR}") from error
        return self.decode(record)


REPAIR = (
    '"marchland ledger check" names what is damaged; keep the file as it is and bring back a copy with '
    '"marchland ledger restore BACKUP --ledger NEW", or read the reports again into a new ledger'
)


# -------------------------------------------------------------------------------------------------------------- SQLite


class Sqlite:
    """A ledger in one file, which is made for it."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self.name = name

    @classmethod
    def open(cls, name: str, *, create: bool = True, settle: bool = True, shared: bool = False) -> Sqlite:
        """Open a file, or make it. Raises Misuse, StoreFailed, BrokenData.

        Without `settle` the file is only looked at: nothing in it is set up, not even how it is written to.
        With `shared` several threads may use it, one at a time.
        """
        if name != _MEMORY:
            _look_at(Path(name), create)
        try:
            connection = sqlite3.connect(name, timeout=WAIT, isolation_level=None, check_same_thread=not shared)
        except sqlite3.Error as error:
            raise _told(error, name) from error
        made = cls(connection, name)
        try:
            made._settle(settle)
        except BaseException:
            connection.close()
            raise
        return made

    def _settle(self, wanted: bool) -> None:
        self.version()
        if not wanted:
            return
        journal = ("journal_mode = WAL", "synchronous = NORMAL") if self._may_write() else ()
        for pragma in (*journal, "foreign_keys = ON", "cell_size_check = ON"):
            self.execute(f"PRAGMA {pragma}")

    def _may_write(self) -> bool:
        """Whether the file may be written; questions can be asked of a copy on a read-only disk, too."""
        file = Path(self.name)
        return self.name == _MEMORY or os.access(file if file.exists() else file.parent, os.W_OK)

    def execute(self, sql: str, params: Sequence[object] = ()) -> _SqliteRows:
        """As in `Database`."""
        try:
            return _SqliteRows(self._connection.execute(sql, params), self.name)
        except sqlite3.Error as error:
            raise _told(error, self.name) from error

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """As in `Database`."""
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise _told(error, self.name) from error

    def stream(self, sql: str, params: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """As in `Database`."""
        return iter(self.execute(sql, params))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As in `Database`."""
        if self._connection.in_transaction:
            yield
            return
        with self._between("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """As in `Database`."""
        if self._connection.in_transaction:
            yield
            return
        with self._between("BEGIN"):
            self.execute("SELECT count(*) FROM sqlite_master")
            yield

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        self.execute(begin)
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk has rolled it back already
                self._connection.execute("ROLLBACK")
            raise

    def others(self) -> int:
        """As in `Database`."""
        (found,) = self.execute("PRAGMA data_version").fetchone()
        return int(found)

    def version(self) -> int:
        """As in `Database`."""
        (found,) = self.execute("PRAGMA user_version").fetchone()
        if found == 0 and self.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise Misuse(f"{self.name} is an SQLite file of something else, no Marchland ledger")
        return int(found)

    def migrate(self, script: str, version: int) -> None:
        """As in `Database`."""
        with self.transaction():
            if self.version() < version:
                for statement in statements(script):
                    self.execute(statement)
                self.execute(f"PRAGMA user_version = {version}")

    @contextmanager
    def replacing(self, table: str) -> Iterator[None]:
        """As in `Database`."""
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY name"
        guards = self.execute(asked, (table,)).fetchall()
        for name, _ in guards:
            self.execute(f"DROP TRIGGER {name}")
        yield
        for _, made in guards:
            self.execute(made)

    def faults(self) -> list[str]:
        """As in `Database`."""
        try:
            found = [str(row[0]) for row in self.execute("PRAGMA integrity_check(20)")]
        except BrokenData as error:
            return [str(error.__cause__)]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        """As in `Database`."""
        self._connection.close()


class _SqliteRows:
    """Rows of a cursor; reading on may meet a broken page."""

    __slots__ = ("_cursor", "_name")

    def __init__(self, cursor: sqlite3.Cursor, name: str) -> None:
        self._cursor = cursor
        self._name = name

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    def fetchone(self) -> Any:
        return self._guarded(self._cursor.fetchone)

    def fetchall(self) -> list[Any]:
        return self._guarded(self._cursor.fetchall)

    def _guarded(self, fetch: Callable[[], T]) -> T:
        try:
            return fetch()
        except sqlite3.Error as error:
            raise _told(error, self._name) from error

    def __iter__(self) -> Iterator[Any]:
        try:
            for row in self._cursor:  # noqa: UP028  `yield from` would close the cursor, maybe after the connection
                yield row
        except sqlite3.Error as error:
            raise _told(error, self._name) from error


def statements(script: str) -> Iterator[str]:
    """The statements of a script, whole triggers among them."""
    waiting = ""
    for piece in re.split(r"(?<=;)", script):
        waiting += piece
        if sqlite3.complete_statement(waiting):
            yield waiting.strip()
            waiting = ""


def _look_at(file: Path, create: bool) -> None:
    """Raises Misuse where a file is absent or of something else; makes the folder of a new one."""
    try:
        if not file.exists():
            if not create:
                raise Misuse(f"there is no ledger {file}")
            file.parent.mkdir(parents=True, exist_ok=True)
        elif file.is_dir():
            raise Misuse(f"{file} is a folder, no Marchland ledger")
        elif not _may_be_ledger(file):
            raise Misuse(
                f"{file} is no Marchland ledger, nor any other SQLite file; if it was one, its first page is lost: "
                "bring back a copy with marchland ledger restore"
            )
    except OSError as error:
        raise StoreFailed(f"the ledger {file} cannot be read: {error.strerror}") from error


def _may_be_ledger(file: Path) -> bool:
    """Whether a file is empty or begins as SQLite files do; SQLite itself takes a very short file for an empty one."""
    with file.open("rb") as opened:
        return opened.read(16) in (b"", b"SQLite format 3\0")


def _told(error: sqlite3.Error, name: str) -> Exception:
    """What went wrong, as an error of Marchland with a word about what to do; a mistake in the SQL stays as it is."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    kind, words = _TELLS.get(code, (None, ""))
    if kind is None and isinstance(error, sqlite3.OperationalError) and "UTF-8" in str(error):
        kind, words = _TELLS[sqlite3.SQLITE_CORRUPT]
    return kind(words.format(name=name, error=error, wait=WAIT, repair=REPAIR)) if kind else error


_FULL = (
    "{name} could not be written: {error}. What was recorded before is safe. Make room on that disk (SQLite also needs "
    "some for {name}-wal beside it), then run the same again: it goes on where it stopped"
)
_SHUT = "{name} cannot be opened for writing: {error}. See that the file and its folder may be written"
_TELLS: dict[int, tuple[type[MarchlandError], str]] = {
    sqlite3.SQLITE_FULL: (StoreFailed, _FULL),
    sqlite3.SQLITE_IOERR: (StoreFailed, _FULL),
    sqlite3.SQLITE_BUSY: (
        StoreFailed,
        "another process has been writing to {name} for more than {wait} seconds. What was recorded before is safe. "
        "Wait until it has ended, then run the same again: it goes on where it stopped",
    ),
    sqlite3.SQLITE_CANTOPEN: (StoreFailed, _SHUT),
    sqlite3.SQLITE_READONLY: (StoreFailed, _SHUT),
    sqlite3.SQLITE_PERM: (StoreFailed, _SHUT),
    sqlite3.SQLITE_CORRUPT: (BrokenData, "{name} is damaged: {error}; {repair}"),
    sqlite3.SQLITE_NOTADB: (BrokenData, "{name} is damaged, or no Marchland ledger: {error}; {repair}"),
    sqlite3.SQLITE_CONSTRAINT: (BrokenData, "{name} refuses a row: {error}"),
    sqlite3.SQLITE_MISMATCH: (BrokenData, "{name} refuses a row: {error}"),
}
_TELLS[sqlite3.SQLITE_LOCKED] = _TELLS[sqlite3.SQLITE_BUSY]
