"""The commands that say why: the evidence behind an answer, as a table, as JSON, as a chart."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.asking import answered
from marchland.cli.options import LEDGER, AtOption, KnownAtOption, LedgerOption, PlaceArgument
from marchland.cli.output import put, tell
from marchland.errors import Misuse

if TYPE_CHECKING:
    from marchland.ledger.store import Ledger
    from marchland.records import Answer


def why(
    place: PlaceArgument,
    at: AtOption = None,
    known_at: KnownAtOption = None,
    ledger: LedgerOption = LEDGER,
    passage: Annotated[bool, typer.Option("--passage", help="Of a crossing: why it was open or closed.")] = False,
    lane: Annotated[
        str, typer.Option("--lane", help='With --passage: direction and traffic, such as "both/all" or "AF>IR/trade".')
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object, with every row.")] = False,
    svg: Annotated[
        Path | None, typer.Option("--svg", help="Draw the rows as a chart into this file, or - for standard output.")
    ] = None,
) -> None:
    """The evidence for and against, row by row, adding up to the odds of the answer."""
    from marchland.ledger import query  # noqa: PLC0415
    from marchland.views import why as view  # noqa: PLC0415
    from marchland.views.waterfall import waterfall  # noqa: PLC0415

    if lane and not passage:
        raise Misuse("--lane is of passage: add --passage")
    ask = partial(_passage, lane=lane) if passage else query.why
    answer, card = answered(ask, place, at, known_at, ledger)
    if as_json:
        sys.stdout.write(view.as_json(answer))
    if svg is not None:
        _draw(waterfall(answer, card.label), svg, as_json=as_json)
    elif not as_json:
        put(view.why(answer, card))


def _passage(record: Ledger, place_id: str, at: str | None, known_at: str | None, *, lane: str) -> Answer:
    from marchland.ledger import query  # noqa: PLC0415

    return query.why_passage(record, place_id, lane, at, known_at)


def _draw(chart: str, file: Path, *, as_json: bool) -> None:
    """Write a chart to a file or to standard output. Raises Misuse where that cannot be."""
    if str(file) == "-":
        if as_json:
            raise Misuse("--json and --svg - both want standard output; name a file for the chart")
        sys.stdout.write(chart)
        return
    try:
        file.write_text(chart, encoding="utf-8")
    except OSError as error:
        raise Misuse(f"the chart cannot be written to {file}: {error.strerror or error}") from error
    tell(f"the chart: {file}")
