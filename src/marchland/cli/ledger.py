"""The commands that keep a ledger: check it, back it up, restore it, merge another into it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from marchland.cli.asking import existing_ledger, ledger_path
from marchland.cli.options import LEDGER, LedgerOption
from marchland.cli.output import put
from marchland.views import keeping

own = typer.Typer(
    name="ledger",
    help="The ledger as a store: check that it is whole, back it up, restore it, merge another one into it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@own.command()
def check(
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="Faults and notes as JSON Lines.")] = False,
) -> None:
    """Whether the ledger is whole: pages, references, hashes, ranges of text, versions. Exit 1 where it is not."""
    from marchland.jsonl import encode  # noqa: PLC0415
    from marchland.ledger.check import check as look  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        report, name = look(record), record.database.name
    if as_json:
        sys.stdout.writelines(encode(one).decode() for one in (*report.faults, *report.notes))
    else:
        put(keeping.checked(name, report))
    if report.faults:
        raise typer.Exit(1)


@own.command()
def backup(file: Annotated[Path, typer.Argument(help="New file for the copy.")], ledger: LedgerOption = LEDGER) -> None:
    """Copy the ledger into a file, as it is at this moment, from SQLite or PostgreSQL; others may go on writing."""
    from marchland.ledger.backup import backup as copy  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        done = copy(record, file)
    put(keeping.copied("backed up to", done))


@own.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup, or any ledger file.")], ledger: LedgerOption = LEDGER
) -> None:
    """Make a ledger of a backup: a new file, or an empty schema of a database. Nothing is ever written over."""
    from marchland.ledger.backup import restore as bring  # noqa: PLC0415

    put(keeping.copied("restored to", bring(file, ledger_path(ledger))))


@own.command()
def merge(
    other: Annotated[str, typer.Argument(help="Another ledger, a file or the address of a database.")],
    ledger: LedgerOption = LEDGER,
) -> None:
    """Put everything that another ledger has into this one; in any order the same comes out. The other one stays."""
    from marchland.ledger.backup import opened  # noqa: PLC0415
    from marchland.ledger.merge import merge as unite  # noqa: PLC0415

    with existing_ledger(ledger) as record, opened(ledger_path(other)) as source:
        done = unite(record, source)
    put(keeping.merged(done, other))
