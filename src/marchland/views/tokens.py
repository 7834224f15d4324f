"""Who may write through the service, as people read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from marchland.ledger.tokens import Token
from marchland.views.paper import Block, Line, Table
from marchland.views.words import clean, count


def table(found: Sequence[Token], now: dt.datetime | None = None) -> Iterator[Block]:
    """All tokens that were ever made, and how each stands."""
    moment = now or dt.datetime.now(dt.UTC)
    good = sum(one.stands(moment) for one in found)
    yield Line(count(len(found), "token") + (f", {good} good" if good < len(found) else ""), "bold")
    if found:
        rows = tuple(
            (one.token_id, clean(one.name), ", ".join(one.scopes), _minute(one.made), _minute(one.expires) or "revoked",
             _minute(one.last_used) or "never", _state(one, moment))
            for one in found
        )  # fmt: skip
        headers = ("token", "of", "good for", "made (UTC)", "until", "last used", "")
        yield Table(headers, rows, whole=frozenset({"token"}), styles=(("token", "dim"),), wide="of")


def _state(one: Token, now: dt.datetime) -> str:
    if one.revoked:
        return f"revoked {_minute(one.revoked)}"
    return "" if one.stands(now) else "past its day"


def _minute(stamp: str) -> str:
    return stamp[:16].replace("T", " ")
