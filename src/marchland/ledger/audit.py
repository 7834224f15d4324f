"""The audit log: who tried to write through the service, when, from where, and what came of it. Rows are only added."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from marchland.ledger.database import Database

_COLUMNS = "number, made, name, token_id, address, method, path, deed, status"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing that was tried."""

    name: str
    """Whose token came with it; empty without a good one."""
    token_id: str
    address: str
    """Of the machine from which it came."""
    method: str
    path: str
    deed: str
    """In words, where the service can tell."""
    status: int
    """What was answered: 2xx done, 401 no good token, 403 not allowed, 429 too often."""
    made: str = ""
    """When it was answered, ISO 8601, UTC."""
    number: int = 0


def note(database: Database, one: Attempt, *, now: dt.datetime | None = None) -> None:
    """Add what was tried to the log, and to its token that it was used. No text of it may have a NUL."""
    made = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).isoformat(timespec="seconds")
    with database.transaction():
        (last,) = database.execute("SELECT coalesce(max(number), 0) FROM audit").fetchone()
        row = (int(last) + 1, made, one.name, one.token_id, one.address, one.method, one.path, one.deed, one.status)
        database.execute(f"INSERT INTO audit ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)", row)
        if one.token_id:
            database.execute("UPDATE token SET last_used = ? WHERE token_id = ?", (made, one.token_id))


def attempts(database: Database, *, limit: int, offset: int = 0) -> list[Attempt]:
    """The newest first, without the `offset` newest."""
    found = database.execute(
        f"SELECT {_COLUMNS} FROM audit ORDER BY number DESC LIMIT ? OFFSET ?", (limit, offset)
    ).fetchall()
    return [_attempt(*row) for row in found]


def _attempt(number: int, made: str, *told: Any) -> Attempt:
    name, token_id, address, method, path, deed, status = told
    return Attempt(name, token_id, address, method, path, deed, status, made, number)


def how_many(database: Database) -> int:
    """Rows of the log."""
    (found,) = database.execute("SELECT count(*) FROM audit").fetchone()
    return int(found)
