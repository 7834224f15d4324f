"""A ledger copied whole: into a file of its own, back again, and from one kind of store to the other.

A backup is itself a ledger, an SQLite file without anything beside it. The same contents give the same bytes, whichever
store they come from. It also has the tokens, as hashes, and the audit log: whoever may write to the ledger may write to
a copy of it that is served.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from marchland.errors import BrokenData, Misuse, StoreFailed
from marchland.ledger.database import REPAIR, Database, Sqlite, is_address
from marchland.ledger.schema import Table, tables
from marchland.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Copied:
    """What went over."""

    place: str
    rows: dict[str, int]
    """By table."""
    digest: str
    """SHA-256 of all rows on record (none that is derived or this ledger's own): the same for the same contents."""


def backup(ledger: Ledger, file: Path) -> Copied:
    """Copy a ledger, as it is at this moment, into a new file. Nobody has to stop writing meanwhile.

    The copy is read back and compared. Raises Misuse where the file is there already, BrokenData where the ledger is
    damaged, StoreFailed where the file cannot be written; then there is no file.
    """
    with _new_file(file) as made:
        return _copied(ledger.database, made.database, str(file))


def restore(file: Path, target: str) -> Copied:
    """Make a ledger of a backup, in a new file or in an empty schema of a database; the backup stays as it is.

    Raises Misuse where the target holds anything or the backup is none, BrokenData for one that is damaged.
    """
    with _opened(file) as source:
        if faults := source.database.faults():
            raise BrokenData(f"the backup {file} is damaged: {faults[0]}; take an older one")
        if not is_address(target):
            with _new_file(Path(target)) as made:
                return _copied(source.database, made.database, target)
        with Ledger.open(target) as made:
            _must_be_empty(made.database)
            return _copied(source.database, made.database, made.database.name)


@contextmanager
def opened(name: str) -> Iterator[Ledger]:
    """A ledger to read from, brought to this version; a file is copied first, so that it stays as it is."""
    if is_address(name):
        with Ledger.open(name, create=False) as made:
            yield made
        return
    with _opened(Path(name)) as made:
        yield made


@contextmanager
def _opened(file: Path) -> Iterator[Ledger]:
    if not file.is_file():
        raise Misuse(f"there is no ledger {file}")
    with tempfile.TemporaryDirectory(prefix="marchland-") as folder:
        own = Path(folder) / "copy.db"
        store = Sqlite.open(str(file), create=False, settle=False)
        try:
            store.execute("VACUUM INTO ?", (str(own),))
        finally:
            store.close()
        with Ledger.open(own, create=False) as made:
            yield made


@contextmanager
def _new_file(file: Path) -> Iterator[Ledger]:
    """A new ledger that appears under its name only when all of it is there."""
    for taken in (file, Path(f"{file}-wal")):
        if taken.exists():
            raise Misuse(f"{taken} is there already; name another file, or move it away first")
    part = Path(f"{file}.part")
    try:
        _remove(part)
        with Ledger.open(part) as made:
            yield made
            made.database.execute("PRAGMA journal_mode = DELETE")
        with part.open("rb+") as done:
            os.fsync(done.fileno())
        part.rename(file)
    except OSError as error:
        raise StoreFailed(f"{file} could not be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            _remove(part)


def _remove(part: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{part}{suffix}").unlink(missing_ok=True)


def _must_be_empty(database: Database) -> None:
    for table in tables():
        if database.execute(f"SELECT 1 FROM {table.name} LIMIT 1").fetchone():
            raise Misuse(f"{database.name} is not empty; give another schema (?schema=NAME), or merge into it with "
                         "marchland ledger merge")  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------- rows


def _copied(source: Database, target: Database, place: str) -> Copied:
    rows, digests = {}, []
    with source.snapshot(), target.transaction():
        for table in (one for one in tables() if not one.answers):
            read = _Digest()
            target.executemany(table.put(), read.over(source.stream(table.ask())))
            written = digest_of(target, table)
            if (read.rows, read.hexdigest()) != written:
                raise BrokenData(f"table {table.name} did not come over whole; {REPAIR}")
            rows[table.name] = read.rows
            if table.on_record:
                digests.append(written[1])
    return Copied(place, rows, _of(digests))


def digest(database: Database) -> str:
    """SHA-256 of all rows on record (none that is derived or this ledger's own): the same for the same contents."""
    with database.snapshot():
        return _of(digest_of(database, table)[1] for table in tables() if table.on_record)


def digest_of(database: Database, table: Table) -> tuple[int, str]:
    """How many rows a table has, and their SHA-256; inside a snapshot or a transaction."""
    made = _Digest()
    for _ in made.over(database.stream(table.ask())):
        pass
    return made.rows, made.hexdigest()


def _of(digests: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


class _Digest:
    """Counts rows and hashes them as they pass."""

    def __init__(self) -> None:
        self.rows = 0
        self._made = hashlib.sha256()

    def over(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            self.rows += 1
            self._made.update(msgspec.json.encode(row))
            yield row

    def hexdigest(self) -> str:
        return self._made.hexdigest()
