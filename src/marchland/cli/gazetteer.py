"""The commands on places: how a name resolves."""

from __future__ import annotations

from typing import Annotated

import typer

from marchland.cli.output import put, tell
from marchland.views import terminal


def places(name: Annotated[str, typer.Argument(help="A place name as a report may write it.")]) -> None:
    """How a name resolves: the places it may mean, and why."""
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    exact = gazetteer.lookup(name)
    found = [(place, "has this name") for place in exact]
    found += [
        (place, f"sounds like it ({share:.2f})") for place, share in gazetteer.variants(name) if place not in exact
    ]
    if not found:
        tell(f'no place is called "{name}" or sounds like it')
        raise typer.Exit(1)
    put(terminal.places(found))
