"""The commands of the service: serve a ledger to browsers, and say who may write."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.asking import existing_ledger, ledger_path
from marchland.cli.options import DEMO_FOLDER, LEDGER, LedgerOption
from marchland.cli.output import progress_line, put, tell
from marchland.views.paper import Line

if TYPE_CHECKING:
    from marchland.service.settings import Settings

token = typer.Typer(
    name="token",
    help="Who may write through marchland serve: reading needs no token, writing needs one.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

_OPEN = (
    "everybody who reaches {host} over the network may read this record, and tokens pass unencrypted. Put a server "
    "that speaks HTTPS and asks who is there in front of it, or leave --host out"
)


def serve(
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger",
            envvar="MARCHLAND_LEDGER",
            help="Ledger file, postgresql://USER@HOST/DATABASE?schema=NAME, or \"demo\"; if not given, marchland.db of "
            "this folder, else that of the demo, which is made where it is absent.",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; the usual one is reached from this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on; 0 for any that is free.")] = 8321,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A name under which browsers reach it: record.example.org; may be repeated."),
    ] = None,
    browser: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
) -> None:  # fmt: skip
    """Show the record in a browser, with its API: map, evidence, changes, search, review. Ctrl-C stops it."""
    from marchland.service.app import make_app  # noqa: PLC0415
    from marchland.service.server import Server, listening  # noqa: PLC0415
    from marchland.service.settings import Settings  # noqa: PLC0415

    names = tuple(one.strip().lower() for one in name or ())
    settings = Settings(ledger="", host="127.0.0.1" if host == "localhost" else host, port=port, names=names)
    with listening(settings) as sock:
        settings = replace(settings, ledger=_ledger(ledger), port=sock.getsockname()[1])
        server = Server(make_app(settings))
        _greet(settings, browser)
        signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn stops in order, then raises it again
        with suppress(KeyboardInterrupt):
            server.run(sockets=[sock])
    tell("stopped")


def _ledger(name: str | None) -> str:
    """The ledger to serve, made of the bundled reports where none is named and none is here."""
    if name is None and Path(LEDGER).is_file():
        return LEDGER
    if name is not None and (name != "demo" or Path(ledger_path("demo")).is_file()):
        existing_ledger(name).close()
        return ledger_path(name)
    file = ledger_path("demo")
    if not Path(file).is_file():
        tell(f"reading the bundled reports of the demo into {file} (once; half a minute)")
        _make_demo()
    tell(f"serving the demo, {file}; name a ledger of your own with --ledger")
    return file


def _make_demo() -> None:
    from marchland import demonstration  # noqa: PLC0415

    DEMO_FOLDER.mkdir(parents=True, exist_ok=True)
    with progress_line() as progress:
        demonstration.run(DEMO_FOLDER, progress)


def _greet(settings: Settings, browser: bool) -> None:
    from marchland.service.server import only_here  # noqa: PLC0415

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}/"
    if not only_here(settings.host):
        tell(_OPEN.format(host=settings.host))
    put([Line(address, "bold")])
    sys.stdout.flush()
    tell(f"to let somebody write: marchland token add NAME --ledger {settings.ledger}    to stop: Ctrl-C")
    if browser:
        import webbrowser  # noqa: PLC0415

        threading.Timer(1.0, webbrowser.open, [address]).start()


# --------------------------------------------------------------------------------------------------------------- tokens


@token.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Whose it is; what is written with it bears this name.")],
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="review (the usual one) or admin: also read the audit log.")
    ] = None,
    days: Annotated[int | None, typer.Option("--days", help="How long it is good; else until it is revoked.")] = None,
    ledger: LedgerOption = LEDGER,
) -> None:  # fmt: skip
    """Make a token, and show it this one time: the ledger keeps only a hash of it."""
    from marchland.ledger.tokens import SCOPES  # noqa: PLC0415
    from marchland.ledger.tokens import add as make  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        made = make(record.database, name, scope or ["review"], days=days)
    print(made.token)
    may = " and ".join(SCOPES[one] for one in made.kept.scopes)
    until = f"until {made.kept.expires}" if made.kept.expires else f"until marchland token revoke {made.kept.token_id}"
    tell(f"for {made.kept.name}, who may {may}, {until}. It is not shown again: give it to nobody else")


@token.command("list")
def listed(ledger: LedgerOption = LEDGER) -> None:
    """Every token that was made: whose it is, what it is good for, until when, and when it was last used."""
    from marchland.ledger.tokens import tokens  # noqa: PLC0415
    from marchland.views.tokens import table  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        found = tokens(record.database)
    put(table(found))


@token.command("revoke")
def revoke(
    token_id: Annotated[str, typer.Argument(help="Id of a token, or the first few characters of it.")],
    ledger: LedgerOption = LEDGER,
) -> None:
    """Take a token back; from now on whoever has it is refused, also by a service that runs."""
    from marchland.ledger.tokens import revoke as take  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        taken = take(record.database, token_id.strip())
    put([Line(f"{taken.token_id} of {taken.name} is revoked since {taken.revoked}")])
