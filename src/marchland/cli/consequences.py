"""`marchland consequences`: what follows from who held the crossings over a period."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.asking import day_of, existing_ledger, place_on_record
from marchland.cli.options import LEDGER, KnownAtOption, LedgerOption
from marchland.cli.output import put, tell
from marchland.errors import Misuse

if TYPE_CHECKING:
    from marchland.consequences.build import Scope
    from marchland.consequences.records import Consequences, Figure
    from marchland.consequences.rows import ConsequenceRow
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
    from marchland.consequences.settings import load_settings  # noqa: PLC0415
    from marchland.views import consequences as view  # noqa: PLC0415
    from marchland.views.export import export as exported  # noqa: PLC0415

    if as_json and as_csv:
        raise Misuse("choose one of --json and --csv")
    settings = load_settings()
    with existing_ledger(ledger) as record:
        found = follow(record, settings, place, country, first, last, known_at, figures)
    if as_json:
        sys.stdout.write(view.as_json(found))
    elif as_csv:
        sys.stdout.writelines(exported("consequences", "csv", rows_of(found, settings)))
    else:
        put(view.view(found, settings))


def rows_of(found: Consequences, settings: Settings) -> list[ConsequenceRow]:
    """The flat rows, for export."""
    from marchland.consequences.rows import rows  # noqa: PLC0415

    return list(rows(found, settings))


def follow(
    record: Ledger, settings: Settings, place: str | None, country: str | None, first: str | None, last: str | None,
    known_at: str | None, figures: Path | None,
) -> Consequences:  # fmt: skip
    """What follows, as asked on the command line. Raises Misuse."""
    from marchland.consequences.build import Record, consequences as built  # noqa: PLC0415, I001
    from marchland.ledger.ended import shipped_ends  # noqa: PLC0415
    from marchland.consequences.records import Period  # noqa: PLC0415
    from marchland.ledger import query  # noqa: PLC0415
    from marchland.ledger.parties import shipped_rules  # noqa: PLC0415

    first, last, known_at = day_of(first, "--from"), day_of(last, "--to"), day_of(known_at, "--known-at")
    if first is None or last is None:
        raise Misuse("consequences are of a period: give --from and --to, such as --from 2021-07-01 --to 2021-09-30")
    if place and country:
        raise Misuse("choose one of a place and --country")
    period = Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    told = _figures(settings, figures)
    end = record.last_day()
    if end is None:
        raise Misuse("the ledger is empty; add reports with marchland run PATH...")
    known = dt.date.fromisoformat(known_at) if known_at else end
    on_record = Record(
        query.claims(record, known_at=known_at), query.holdings(record, known_at=known_at),
        query.crossings(record, known_at=known_at), min(known, end),
    )  # fmt: skip
    scope = _scope(on_record, place, country)
    return built(on_record, told, period, settings, scope=scope, known_at=known_at,
                 same_side=shipped_rules().same_side, ended=shipped_ends())  # fmt: skip


def _scope(record: object, place: str | None, country: str | None) -> Scope:
    from marchland.consequences.build import Record, Scope  # noqa: PLC0415
    from marchland.places.countries import load_countries  # noqa: PLC0415
    from marchland.places.names import key  # noqa: PLC0415

    assert isinstance(record, Record)
    if country is not None:
        known = load_countries()
        if country.upper() not in known:
            raise Misuse(f'--country wants two letters such as AF (ISO alpha-2), not "{country}"')
        return Scope(country=country.upper(), neighbours=frozenset(known[country.upper()].neighbours))
    if place is None:
        return Scope()
    card = place_on_record(place, record.claims, record.crossings)
    row = min((one for one in record.claims if one.place_id == card.place_id), key=lambda one: one.claim_id)
    division = row.place_name if row.place_kind == "province" else row.admin1
    return Scope(place_id=card.place_id, province=(row.country, key(division or "")))


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
