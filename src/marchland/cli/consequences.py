"""`marchland consequences`: what follows from who held the crossings over a period."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.asking import day_of, existing_ledger, place_on_record
from marchland.cli.options import LEDGER, KnownAtOption, LedgerOption
from marchland.cli.output import put, tell
from marchland.errors import Misuse

if TYPE_CHECKING:
    from marchland.consequences.records import Consequences, Figure
    from marchland.consequences.settings import Settings
    from marchland.ledger.store import Ledger

FromOption = Annotated[str | None, typer.Option("--from", help="First day of the period, YYYY-MM-DD.")]
ToOption = Annotated[str | None, typer.Option("--to", help="Last day of the period, YYYY-MM-DD.")]
FiguresOption = Annotated[
    Path | None,
    typer.Option(
        "--figures", help="Your own CSV of figures, used with the shipped ones; columns: docs/consequences.md."
    ),
]
CountryOption = Annotated[str | None, typer.Option("--country", help="Only this country, ISO alpha-2.")]


def consequences(
    place: Annotated[str | None, typer.Argument(help="Only this crossing, or the crossings of this place.")] = None,
    country: CountryOption = None,
    first: FromOption = None,
    last: ToOption = None,
    known_at: KnownAtOption = None,
    figures: FiguresOption = None,
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[
        bool, typer.Option("--json", help="As one JSON object, with all that it was made from.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, as export consequences has it.")] = False,
) -> None:
    """Money and traffic that passed to another holder, people who crossed, crossings that are open; over a period."""
    from marchland.consequences.rows import rows  # noqa: PLC0415
    from marchland.consequences.settings import load_settings  # noqa: PLC0415
    from marchland.views import consequences as view  # noqa: PLC0415
    from marchland.views.export import export as exported  # noqa: PLC0415

    if as_json and as_csv:
        raise Misuse("choose one of --json and --csv")
    settings = load_settings()
    with existing_ledger(ledger) as record:
        found = _followed(record, settings, place, country, first, last, known_at, figures)
    if as_json:
        sys.stdout.write(view.as_json(found))
    elif as_csv:
        sys.stdout.writelines(exported("consequences", "csv", rows(found, settings)))
    else:
        put(view.view(found, settings))


def _followed(
    record: Ledger, settings: Settings, place: str | None, country: str | None, first: str | None, last: str | None,
    known_at: str | None, figures: Path | None,
) -> Consequences:  # fmt: skip
    """What follows, as asked on the command line. Raises Misuse."""
    from marchland.consequences import asked  # noqa: PLC0415

    first, last, known_at = day_of(first, "--from"), day_of(last, "--to"), day_of(known_at, "--known-at")
    if first is None or last is None:
        raise Misuse("consequences are of a period: give --from and --to, such as --from 2021-07-01 --to 2021-09-30")
    if place and country:
        raise Misuse("choose one of a place and --country")
    told = _figures(settings, figures)
    found, scope = asked.on_record(record, known_at), None
    if country is not None:
        scope = asked.of_country(country)
    elif place is not None:
        scope = asked.of_place(found, place_on_record(place, found.claims, found.crossings).place_id)
    return asked.followed(found, first, last, scope=scope, known_at=known_at, figures=told, settings=settings)


def _figures(settings: Settings, path: Path | None) -> list[Figure]:
    """The shipped figures and the user's; tells what of the user's was left out."""
    from marchland.consequences.figures import load_figures, read_file  # noqa: PLC0415
    from marchland.records import Skipped  # noqa: PLC0415
    from marchland.views.consequences import told_skips  # noqa: PLC0415
    from marchland.views.words import clean, count  # noqa: PLC0415

    shipped = list(load_figures(settings))
    if path is None:
        return shipped
    read = list(read_file(path, settings))
    for line in told_skips(path.name, ((one.where, one.why) for one in read if isinstance(one, Skipped))):
        tell(line)
    own = [one for one in read if not isinstance(one, Skipped)]
    mine = {one.figure_id for one in own}
    kept = [one for one in shipped if one.figure_id not in mine]
    known = mine | {one.figure_id for one in kept}
    for one in own:
        if one.repeats and one.repeats not in known:
            tell(f"{one.where}: repeats {clean(one.repeats, limit=60)}, which is no figure; it counts by itself")
    instead = f", {len(shipped) - len(kept)} in the place of shipped ones" if len(kept) < len(shipped) else ""
    tell(f"{path.name}: {count(len(own), 'figure')} of your own{instead}, beside {len(kept)} shipped")
    return kept + own
