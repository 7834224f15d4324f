"""The commands that say why: the evidence behind an answer, as a table, as JSON, as a chart."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from marchland.cli.asking import answered
from marchland.cli.options import LEDGER, AtOption, KnownAtOption, LedgerOption, PlaceArgument
from marchland.cli.output import put, tell
from marchland.errors import Misuse


def why(
    place: PlaceArgument,
    at: AtOption = None,
    known_at: KnownAtOption = None,
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object, with every row.")] = False,
    svg: Annotated[
        Path | None, typer.Option("--svg", help="Draw the rows as a chart into this file, or - for standard output.")
    ] = None,
) -> None:
    """The evidence for and against, row by row, adding up to the odds of the answer."""
    from marchland.ledger import query  # noqa: PLC0415
    from marchland.views import why as view  # noqa: PLC0415
    from marchland.views.waterfall import waterfall  # noqa: PLC0415

    answer, card = answered(query.why, place, at, known_at, ledger)
    if as_json:
        sys.stdout.write(view.as_json(answer))
    if svg is not None:
        _draw(waterfall(answer, card.label), svg, as_json=as_json)
    elif not as_json:
        put(view.why(answer, card))


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
