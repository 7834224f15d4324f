"""The commands that compare two moments of the record: diff, brief."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.asking import country_of, day_of, existing_ledger, place_named
from marchland.cli.options import LEDGER, LedgerOption
from marchland.cli.output import put, tell
from marchland.errors import Misuse
from marchland.views.words import day as day_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marchland.ledger.brief import Brief
    from marchland.ledger.compare import Moment, Wanted
    from marchland.ledger.diff import ChangeRow
    from marchland.ledger.store import Ledger
    from marchland.views.briefing import Briefing

PlaceWanted = Annotated[str | None, typer.Argument(help="Only this place.")]
CountryOption = Annotated[str | None, typer.Option("--country", help="Only this country, ISO alpha-2.")]
ActorOption = Annotated[str | None, typer.Option("--actor", help="Only what this party gained or lost.")]
AtDay = Annotated[str | None, typer.Option("--at", help="Only who held what on this day, YYYY-MM-DD.")]
JsonOption = Annotated[bool, typer.Option("--json", help="As JSON Lines, with every claim that made a change.")]
Notable = Annotated[
    float, typer.Option("--notable", help="The least change of a probability alone that is told, 0 to 1.")
]


def diff(
    place: PlaceWanted = None,
    known_at: Annotated[
        list[str] | None,
        typer.Option("--known-at", help="The earlier day of knowledge, YYYY-MM-DD; again: the later, if not now."),
    ] = None,
    at: AtDay = None,
    country: CountryOption = None,
    actor: ActorOption = None,
    notable: Notable = 0.1,
    ledger: LedgerOption = LEDGER,
    as_json: JsonOption = False,
) -> None:
    """What changed in the record between two days of knowledge, and which sentences did it."""
    first, last = knowledge(known_at or [])
    at = day_of(at, "--at")
    with existing_ledger(ledger) as record:
        wanted = _wanted(record, place, country, actor, at, notable)
        found = compared(record, first, last, wanted)
    asked = f"What changed from what was known on {day_words(first)} to " + (
        f"what was known on {day_words(last)}" if last else "all on record"
    )
    _show(found, asked + (f", of {day_words(at)}" if at else ""), as_json=as_json)


def brief(
    place: PlaceWanted = None,
    since: Annotated[
        str | None, typer.Option("--since", help="A day of knowledge, YYYY-MM-DD, instead of the last brief.")
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="Since the last brief: the usual.")] = False,
    name: Annotated[str, typer.Option("--name", help="A series of briefs of its own.")] = "",
    peek: Annotated[bool, typer.Option("--peek", help="Do not record it: the next starts where this did.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="The briefs on record, instead.")] = False,
    country: CountryOption = None,
    actor: ActorOption = None,
    notable: Notable = 0.1,
    first: Annotated[
        str | None, typer.Option("--from", help="A brief on a period instead: its first day of knowledge, YYYY-MM-DD.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="The last day of that period.")] = None,
    form: Annotated[str, typer.Option("--format", help="Of a brief on a period: text, md or docx.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", help="Where to write it; DOCX needs a file.")] = None,
    ledger: LedgerOption = LEDGER,
    as_json: JsonOption = False,
) -> None:
    """What changed since the last brief, late reports included; it is recorded, so that the next goes on from there."""
    from marchland.views import changes as view  # noqa: PLC0415

    if since and last:
        raise Misuse("give either --since DAY or --last")
    if first or until:
        _of_period(place, country, actor, notable, first, until, form, output, ledger)
        return
    if form != "text" or output:
        raise Misuse("--format and --output are for a brief on a period: give --from DAY and --to DAY as well")
    since = day_of(since, "--since")
    narrow = bool(place or country or actor)
    with existing_ledger(ledger) as record:
        if listed:
            from marchland.ledger.brief import briefs  # noqa: PLC0415

            put(view.briefs(briefs(record, name or None)))
            return
        wanted = _wanted(record, place, country, actor, None, notable)
        found, title, kept = _brief(record, since, name, wanted, peek=peek or narrow)
    _show(found, title, as_json=as_json)
    if kept:
        tell(f"brief {kept.brief_id} recorded; the next one goes on from here (--peek records none)")
    elif narrow and not peek:
        tell("not recorded: a brief on some of the record is none for the next to go on from")


def _of_period(
    place: str | None, country: str | None, actor: str | None, notable: float, first: str | None, last: str | None,
    form: str, output: Path | None, ledger: str,
) -> None:  # fmt: skip
    """A brief on some days of knowledge; it is not recorded, as none goes on from it."""
    from marchland.briefs import Asked, period  # noqa: PLC0415
    from marchland.consequences.settings import load_settings  # noqa: PLC0415
    from marchland.views.briefing import briefing  # noqa: PLC0415

    first, last = day_of(first, "--from"), day_of(last, "--to")
    if first is None or last is None:
        raise Misuse("a period has two ends: give --from DAY and --to DAY")
    if form not in ("text", "md", "docx"):
        raise Misuse(f'no format of a brief is called "{form}"; choose one of text, md, docx')
    if form == "docx" and output is None:
        raise Misuse("a DOCX file is not for a terminal: give --output FILE")
    with existing_ledger(ledger) as record:
        asked = Asked(first, last, _wanted(record, place, country, actor, None, notable))
        made = briefing(period(record, asked), load_settings())
    _written(made, form, output)


def _written(made: Briefing, form: str, output: Path | None) -> None:
    from marchland.views.brief_docx import docx_bytes  # noqa: PLC0415
    from marchland.views.brief_markdown import markdown  # noqa: PLC0415
    from marchland.views.brief_text import blocks  # noqa: PLC0415
    from marchland.views.paper import show  # noqa: PLC0415

    if output is None:
        if form == "md":
            sys.stdout.write(markdown(made))
        else:
            put(blocks(made))
        return
    if form == "docx":
        output.write_bytes(docx_bytes(made))
    elif form == "md":
        output.write_text(markdown(made), encoding="utf-8")
    else:
        with output.open("w", encoding="utf-8") as file:
            show(blocks(made), file)
    tell(f"wrote {output}")


def _brief(
    record: Ledger, since: str | None, name: str, wanted: Wanted, *, peek: bool
) -> tuple[list[ChangeRow], str, Brief | None]:
    from marchland.ledger.brief import as_of, briefs, keep  # noqa: PLC0415
    from marchland.ledger.compare import changes, empty, moment  # noqa: PLC0415

    series, now = briefs(record, name), dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    after = moment(record)
    origin = ""
    if since:
        before, title, origin = moment(record, known_at=since), f"What changed since {day_words(since)}", since
    elif series:
        before, origin = as_of(record, series[-1]), series[-1].brief_id
        title = f"What changed since the brief of {series[-1].made[:16].replace('T', ' ')} UTC"
    else:
        before, title = empty(), "The first brief"
    found = changes(record, before, after, wanted)
    kept = None if peek else keep(record, after.view, name=name, made=now, since=origin, changes=len(found))
    return found, title, kept


def knowledge(days: Sequence[str]) -> tuple[str, str | None]:
    """Two days of knowledge in order, the later one None for all on record. Raises Misuse."""
    told = [str(day_of(one, "--known-at")) for one in days]
    if not 1 <= len(told) <= 2:
        raise Misuse("give two days of knowledge: --known-at EARLIER --known-at LATER (the later one may be left out)")
    if len(told) == 2 and told[0] > told[1]:
        raise Misuse(f"--known-at {told[0]} is after --known-at {told[1]}: the earlier one comes first")
    return told[0], told[1] if len(told) == 2 else None


def compared(record: Ledger, first: str, last: str | None, wanted: Wanted) -> list[ChangeRow]:
    """The changes between two days of knowledge."""
    from marchland.ledger.compare import changes, moment  # noqa: PLC0415

    before: Moment = moment(record, at=wanted.at, known_at=first)
    return changes(record, before, moment(record, at=wanted.at, known_at=last), wanted)


def _wanted(
    record: Ledger, place: str | None, country: str | None, actor: str | None, at: str | None, notable: float
) -> Wanted:
    from marchland.ledger.compare import Wanted as Asked  # noqa: PLC0415

    if not 0 < notable <= 1:
        raise Misuse(f"--notable wants a share between 0 and 1, not {notable}")
    card = place_named(place, record) if place else None
    return Asked(at, card.place_id if card else None, country_of(country), actor or "", notable)


def _show(found: Sequence[ChangeRow], title: str, *, as_json: bool) -> None:
    from marchland.views import changes as view  # noqa: PLC0415

    if as_json:
        sys.stdout.writelines(view.as_json(found))
    else:
        put((*view.changes(found, title), *view.legend(found)))
