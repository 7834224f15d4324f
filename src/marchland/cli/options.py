"""Options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from marchland.records import Sift

LEDGER = "marchland.db"
DEMO_FOLDER = Path("marchland-demo")
STANDARD_INPUT = Path("-")

LedgerOption = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar="MARCHLAND_LEDGER",
        help='Ledger file, postgresql://USER@HOST/DATABASE?schema=NAME, or "demo" for that of the demo.',
    ),
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", help="Day asked about, YYYY-MM-DD; if not given, --known-at or the last on record."),
]
KnownAtOption = Annotated[
    str | None, typer.Option("--known-at", help="Use only what was published by this day, YYYY-MM-DD.")
]
PlaceArgument = Annotated[str, typer.Argument(help='Name, alias or id; "Herat city" or "Herat, AF" tells two apart.')]
Reports = Annotated[
    list[Path],
    typer.Argument(
        help="Pages (HTML, text), JSON Lines, CSV or TSV, RSS or Atom feeds, letters (.eml, .mbox), web archives "
        "(WARC); zip, tar and gzip of these, folders of them, or - for standard input."
    ),
]
TriageOption = Annotated[
    Sift,
    typer.Option(
        "--triage",
        help="Pages that are first searched for words of control, and set aside where there are none: crawls (web "
        "archives only), all or none.",
    ),
]
Source = Annotated[str, typer.Argument(help="JSON Lines file, or - for standard input.")]
