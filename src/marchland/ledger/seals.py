"""Hashes over what each article brought: what a disk has changed behind the ledger's back is noticed by `check`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from marchland.ledger.database import Database

_SEALED = "INSERT INTO article_seal VALUES (?,?) ON CONFLICT (article_id) DO UPDATE SET digest = excluded.digest"


def seal(database: Database, article_ids: Iterable[str]) -> None:
    """Seal articles as they stand, inside the caller's transaction."""
    for article_id in article_ids:
        (record,) = database.execute("SELECT record FROM article WHERE article_id = ?", (article_id,)).fetchone()
        asked = "SELECT record FROM claim WHERE article_id = ? ORDER BY claim_id"
        claims = (claim for (claim,) in database.execute(asked, (article_id,)))
        database.execute(_SEALED, (article_id, _digest(record, claims)))


def broken(database: Database) -> Iterator[tuple[str, bool]]:
    """Articles whose seal is not that of their records (True), and those that have none (False)."""
    made = {article_id: _begun(record) for article_id, record in
            database.stream("SELECT article_id, record FROM article ORDER BY article_id")}  # fmt: skip
    for article_id, record in database.stream("SELECT article_id, record FROM claim ORDER BY article_id, claim_id"):
        if article_id in made:
            _add(made[article_id], record)
    held = dict(database.stream("SELECT article_id, digest FROM article_seal ORDER BY article_id"))
    for article_id, digest in made.items():
        if held.get(article_id) != digest.hexdigest():
            yield article_id, article_id in held


def _digest(record: str, claims: Iterable[str]) -> str:
    made = _begun(record)
    for claim in claims:
        _add(made, claim)
    return made.hexdigest()


def _begun(record: str) -> hashlib._Hash:
    return hashlib.sha256(record.encode())


def _add(made: hashlib._Hash, record: str) -> None:
    made.update(b"\x1e")
    made.update(record.encode())
