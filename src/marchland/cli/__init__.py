"""The command line: data to standard output, progress to standard error; exit 0 done, 1 failed, 2 misused.

Only this package prints, exits and opens files. The language model and the gazetteer are loaded inside the commands
that need them, so that questions to a ledger are answered at once.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from marchland import __version__
from marchland.cli import (
    asking,
    consequences,
    counting,
    gazetteer,
    ledger,
    reasons,
    searching,
    serving,
    stages,
    witnessing,
)
from marchland.cli.changes import brief, diff
from marchland.cli.output import tell
from marchland.cli.review import reviewing
from marchland.errors import MarchlandError, Misuse

app = typer.Typer(
    name="marchland",
    help="Who holds what, since when, according to whom: a sourced, dated record read from news reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        print(f"marchland {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Who holds what, since when, according to whom: a sourced, dated record read from news reports."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 failed, 2 misused."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app(args=arguments)
    except Misuse as error:
        tell(f"marchland: {error}")
        return 2
    except MarchlandError as error:
        tell(f"marchland: {error}")
        return 1
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    return 0


for command in (
    stages.demo,
    stages.run,
    stages.read,
    stages.claims,
    stages.resolve,
    asking.who,
    reasons.why,
    witnessing.witnesses,
    asking.explain,
    asking.timeline,
    searching.search,
    asking.crossings,
    diff,
    brief,
    counting.counts,
    asking.skipped,
    asking.copies,
    asking.versions,
    consequences.consequences,
    gazetteer.places,
    asking.export,
    serving.serve,
):
    app.command()(command)
app.add_typer(gazetteer.own)
app.add_typer(ledger.own)
app.add_typer(reviewing)
app.add_typer(serving.token)
