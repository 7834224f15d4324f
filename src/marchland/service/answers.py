"""The forms in which answers leave the API: rows as they are exported, and lists page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar import Request
from litestar.params import QueryParameter

from marchland.errors import Misuse
from marchland.views.export import Row, record
from marchland.views.words import clean

T = TypeVar("T")
Json = dict[str, Any]

DAY = r"^[12]\d{3}-\d{2}-\d{2}$"
"""A day of the years 1000 to 2999: so there are days before and after each that is asked about."""

LONGEST = 732
"""Days of the longest period over which consequences and briefs are worked out for a question."""

Day = Annotated[str | None, QueryParameter(pattern=DAY, description="A day, YYYY-MM-DD.")]
At = Annotated[
    str | None,
    QueryParameter(pattern=DAY, description="What held on this day; without it, the last on record."),
]
KnownAt = Annotated[
    str | None,
    QueryParameter(pattern=DAY, description="Use only what was known by this day."),
]
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="Most rows of one page of the list.")]
Offset = Annotated[int, QueryParameter(ge=0, le=10_000_000, description="Rows before the first that is given.")]


class Listed(msgspec.Struct, frozen=True):
    """One page of a list."""

    items: list[Json]
    """The rows, as the export of their kind has them."""
    total: int
    """Rows in the whole list."""
    next: str | None
    """Address of the page that follows, or null."""


def listed(
    request: Request[Any, Any, Any], rows: Sequence[T], form: Callable[[T], Json], limit: int, offset: int
) -> Listed:
    """The rows from `offset` on, `limit` at most, with the address of the next page."""
    shown = rows[offset : offset + limit]
    more = offset + limit < len(rows)
    return Listed([form(one) for one in shown], len(rows), following(request, limit, offset) if more else None)


def following(request: Request[Any, Any, Any], limit: int, offset: int) -> str:
    """The address of the next page of a list."""
    asked = {**dict(request.query_params.items()), "limit": limit, "offset": offset + limit}
    return f"{request.url.path}?{urlencode(asked)}"


def real_day(text: str | None, name: str) -> str | None:
    """A day as ISO 8601, once it has the form of one. Raises Misuse for one that no calendar has."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Misuse(f'{name} wants a day such as 2021-07-09, not "{clean(text, limit=40)}"') from None


def bounded(first: str | None, last: str | None) -> None:
    """Raises Misuse for a period that would take minutes to work out."""
    if first and last and dt.date.fromisoformat(last) - dt.date.fromisoformat(first) >= dt.timedelta(LONGEST):
        raise Misuse(f"the period is longer than {LONGEST} days; ask for a shorter one")


def plain(kind: str, row: Row) -> Json:
    """One row with the columns of its export (`from`, not `from_`)."""
    return record(kind, row)
