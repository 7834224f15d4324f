"""Exports by address: the same bytes as `marchland export` gives, under a name of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from litestar import Request, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, QueryParameter
from litestar.response import Stream

from marchland.service.answers import DAY, At, KnownAt, bounded, real_day
from marchland.service.desk import Desk
from marchland.views.export import FORMATS, KINDS, OF_CLAIMS, export, without_point
from marchland.views.exporting import checked, rows_of

MEDIA = {
    "jsonl": "application/jsonl; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "plover": "application/jsonl; charset=utf-8",
}
"""Media type of each format."""
ENDINGS = {"plover": "plover.jsonl"}
"""Ending of the file, where it is not the name of the format."""
_LOT = 65_536
"""Characters that leave at once."""
_ABOUT = f"{', '.join(KINDS)}; a point; {', '.join((*FORMATS, *OF_CLAIMS))} (plover: claims only)."
_NAME = r"^[a-z]{1,40}\.[a-z]{1,20}$"
Name = Annotated[str, PathParameter(pattern=_NAME, description=f"What to export, as in claims.csv: {_ABOUT}")]
_DAY = DAY
Since = Annotated[str | None, QueryParameter(pattern=_DAY, description="Of changes: since this day of knowledge.")]
First = Annotated[str | None, QueryParameter(name="from", pattern=_DAY, description="Of consequences: first day.")]
Last = Annotated[str | None, QueryParameter(name="to", pattern=_DAY, description="Of consequences: last day.")]


@get("/api/export/{name:str}", sync_to_thread=True, tags=["exports"],
     responses={200: ResponseSpec(str, description="The file.", media_type="application/octet-stream")})  # fmt: skip
def exported(
    request: Request[Any, Any, Any], name: Name, at: At = None, known_at: KnownAt = None, since: Since = None,
    first: First = None, last: Last = None,
) -> Stream:  # fmt: skip
    """The record as JSON Lines, CSV, GeoJSON or PLOVER, as `marchland export` gives it.

    Of GeoJSON, the header Marchland-Left-Out says how many rows have no coordinates.
    """
    kind, _, form = name.partition(".")
    at, known_at, since = real_day(at, "at"), real_day(known_at, "known_at"), real_day(since, "since")
    first, last = real_day(first, "from"), real_day(last, "to")
    export(kind, form, ())
    bounded(first, last)
    checked(kind, at=at, since=since, first=first, last=last)
    desk: Desk = request.app.state.desk
    with desk.reader() as ledger:
        rows = rows_of(ledger, kind, at=at, known_at=known_at, since=since, first=first, last=last)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(kind, form, at, known_at, since)}"'}
    if form == "geojson":
        headers["Marchland-Left-Out"] = str(without_point(rows))
    return Stream(_lots(export(kind, form, rows)), media_type=MEDIA[form], headers=headers)


def file_name(kind: str, form: str, at: str | None, known_at: str | None, since: str | None) -> str:
    """`holdings-at-2021-08-01-known-2021-08-15.csv`."""
    days = [f"{word}-{day}" for word, day in (("since", since), ("at", at), ("known", known_at)) if day]
    return "-".join((kind, *days)) + f".{ENDINGS.get(form, form)}"


def _lots(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces in lots, since each one that leaves has its price."""
    waiting, length = [], 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= _LOT:
            yield "".join(waiting).encode("utf-8", "surrogatepass")
            waiting, length = [], 0
    yield "".join(waiting).encode("utf-8", "surrogatepass")


HANDLERS: list[Any] = [exported]
