"""Tokens: who may write through the service. The ledger keeps a hash of each, so that a copy of it lets nobody in.

A token is 32 random bytes, so a plain SHA-256 is the right hash: a slow one (scrypt, Argon2) is for passwords, which
people choose and machines can guess; nobody guesses one of 2^256, however fast the hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from marchland.errors import Misuse
from marchland.ledger.database import Database

SCOPES = {"review": "say what is right and wrong in the record", "admin": "that, and read the audit log"}
"""What a token may be good for, in words."""
PREFIX = "marchland"
LONGEST_NAME = 80
MOST_DAYS = 36_500

_COLUMNS = "token_id, name, digest, scopes, made, expires, last_used, revoked"
_NOBODY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token."""

    token_id: str
    name: str
    scopes: tuple[str, ...]
    made: str
    expires: str
    last_used: str
    revoked: str

    def may(self, scope: str) -> bool:
        """Whether it is good for something; admin is good for all."""
        return scope in self.scopes or "admin" in self.scopes

    def stands(self, now: dt.datetime) -> bool:
        """Whether it is good at all at that moment."""
        return not self.revoked and (not self.expires or _stamp(now) < self.expires)


@dataclass(frozen=True, slots=True)
class Made:
    """A new token: the only time that it can be seen."""

    token: str
    kept: Token


def add(
    database: Database, name: str, scopes: Iterable[str], *, days: int | None = None, now: dt.datetime | None = None
) -> Made:
    """Make a token for somebody, good for `days` or until it is revoked. Misuse for no name or an unknown scope."""
    whose, wanted, moment = _name(name), _scopes(scopes), now or dt.datetime.now(dt.UTC)
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Misuse(f"a token is good for 1 to {MOST_DAYS} days, not {days}; or leave the days out")
    expires = _stamp(moment + dt.timedelta(days=days)) if days else ""
    token_id = secrets.token_hex(4)
    token = f"{PREFIX}_{token_id}_{secrets.token_urlsafe(32)}"
    kept = Token(token_id, whose, wanted, _stamp(moment), expires, "", "")
    row = (token_id, whose, _digest(token), " ".join(wanted), kept.made, expires, "", "")
    with database.transaction():
        database.execute(f"INSERT INTO token ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?)", row)
    return Made(token, kept)


def tokens(database: Database) -> list[Token]:
    """All that were ever made, the oldest first."""
    found = database.execute(f"SELECT {_COLUMNS} FROM token ORDER BY made, token_id").fetchall()
    return [_token(row) for row in found]


def revoke(database: Database, prefix: str, *, now: dt.datetime | None = None) -> Token:
    """Take a token back, from this moment on. Misuse where no or more than one id begins so."""
    moment = _stamp(now or dt.datetime.now(dt.UTC))
    with database.transaction():
        found = [one for one in tokens(database) if prefix and one.token_id.startswith(prefix)]
        if len(found) != 1:
            many = "no token has" if not found else "more than one token has"
            raise Misuse(f'{many} an id that begins with "{prefix}"; marchland token list shows them')
        if not found[0].revoked:
            database.execute("UPDATE token SET revoked = ? WHERE token_id = ?", (moment, found[0].token_id))
    return next(one for one in tokens(database) if one.token_id == found[0].token_id)


def holder(database: Database, token: str, *, now: dt.datetime | None = None) -> Token | None:
    """Whose token it is; None for one that is unknown, revoked or past its day. Takes as long for any."""
    prefix, _, rest = token.partition("_")
    known = prefix == PREFIX and token.isascii() and "\0" not in token
    token_id = rest.partition("_")[0] if known else ""
    row = database.execute(f"SELECT {_COLUMNS} FROM token WHERE token_id = ?", (token_id,)).fetchone()
    same = hmac.compare_digest(row[2] if row else _NOBODY, _digest(token))
    found = _token(row) if row and same else None
    return found if found and found.stands(now or dt.datetime.now(dt.UTC)) else None


def _token(row: tuple[str, ...]) -> Token:
    token_id, name, _, scopes, *moments = row
    return Token(token_id, name, tuple(scopes.split()), *moments)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _name(name: str) -> str:
    line = " ".join(name.split())
    if not 1 <= len(line) <= LONGEST_NAME or not line.isprintable():
        raise Misuse(f"a token wants the name of a person: 1 to {LONGEST_NAME} letters that can be seen")
    return line


def _scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    wanted = set(scopes)
    strays = sorted(wanted - SCOPES.keys())
    if strays or not wanted:
        told = "; ".join(f"{one}: {words}" for one, words in SCOPES.items())
        raise Misuse(f'no scope is called "{strays[0] if strays else ""}"; choose of {told}')
    return tuple(one for one in SCOPES if one in wanted)


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
