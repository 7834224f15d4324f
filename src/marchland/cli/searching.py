"""The command that searches the words of a ledger."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.asking import country_of, day_of, existing_ledger, place_named
from marchland.cli.options import LEDGER, KnownAtOption, LedgerOption
from marchland.cli.output import progress_line, put, tell
from marchland.views.words import clean

if TYPE_CHECKING:
    from marchland.ledger.search import Searcher
    from marchland.ledger.search_records import Wanted
    from marchland.ledger.store import Ledger


class Kind(StrEnum):
    """What can be found."""

    place = "place"
    party = "party"
    claim = "claim"
    article = "article"


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="""Words; '"some words" in a row', begin* and -without, in one pair of single quotes."""),
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only this kind.")] = None,
    place: Annotated[list[str] | None, typer.Option("--place", help="Only claims on this place.")] = None,
    party: Annotated[list[str] | None, typer.Option("--party", help="Only claims by or against this party.")] = None,
    country: Annotated[list[str] | None, typer.Option("--country", help="ISO alpha-2.")] = None,
    outlet: Annotated[list[str] | None, typer.Option("--outlet", help="Only what it printed.")] = None,
    speaker: Annotated[list[str] | None, typer.Option("--speaker", help="Only what they say.")] = None,
    event: Annotated[list[str] | None, typer.Option("--event", help="captures, closes, ...")] = None,
    stance: Annotated[list[str] | None, typer.Option("--stance", help="asserts, hedges, denies, plans.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="First day of publication.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day of publication.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="Only what had happened by this day, YYYY-MM-DD.")] = None,
    known_at: KnownAtOption = None,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first, not the best.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=500, help="Most results of a kind.")] = 10,
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object, with every range.")] = False,
) -> None:
    """Places, parties, claims and reports about some words, best first; all words must be there.

    The words of a large ledger are indexed when they are first searched: that may take a minute, and is kept beside the
    ledger. Options can be given more than once: any of their values will do.
    """
    from marchland.ledger.search import Searcher  # noqa: PLC0415
    from marchland.ledger.search_records import FOUND, Wanted  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        searcher = Searcher.of(record)
        try:
            _indexed(searcher, record)
            wanted = Wanted(
                q=" ".join(words or ()), place=tuple(place_named(one, record).place_id for one in place or ()),
                party=tuple(_party(searcher, record, one) for one in party or ()),
                country=tuple(country_of(one) or "" for one in country or ()), outlet=tuple(outlet or ()),
                speaker=tuple(speaker or ()), event=tuple(event or ()), stance=tuple(stance or ()),
                since=day_of(first, "--from"), until=day_of(last, "--to"), at=day_of(at, "--at"),
                known_at=day_of(known_at, "--known-at"), order="newest" if newest else "best",
            )  # fmt: skip
            _show(searcher, record, wanted, (kind.value,) if kind else FOUND, limit, as_json)
        finally:
            searcher.index.close()


def _indexed(searcher: Searcher, record: Ledger) -> None:
    """Index what is not indexed yet, and say how far it is."""
    with progress_line() as progress:
        while not (done := searcher.catch_up(record)).complete:
            progress(f"indexing words: {done.articles:,} of {done.of:,} reports")


def _show(searcher: Searcher, record: Ledger, wanted: Wanted, kinds: Sequence[str], limit: int, as_json: bool) -> None:
    from marchland.jsonl import encode  # noqa: PLC0415
    from marchland.views import search as view  # noqa: PLC0415

    found = searcher.find(record, wanted, kinds=kinds, limit=limit)
    if as_json:
        sys.stdout.write(encode(found).decode())
        return
    put(view.blocks(found))
    for line in view.instead(found):
        tell(line)
    if not any(found.totals[kind] for kind in kinds):
        tell("nothing found")
        raise typer.Exit(1)


def _party(searcher: Searcher, record: Ledger, name: str) -> str:
    """The party of that id or name; otherwise says which it may be and exits with 1."""
    asked = "SELECT party_id FROM party WHERE party_id = ?"
    if found := record.database.execute(asked, (name,)).fetchone():
        return str(found[0])
    hits = searcher.suggest(record, name, kinds=("party",))
    same = [one for one in hits if name.casefold() in (one.name.casefold(), one.spelling.casefold())]
    if same or (len(hits) == 1 and not hits[0].near):
        return (same or hits)[0].id
    near = "; ".join(f"{clean(one.name)} ({clean(one.id)})" for one in hits)
    tell(f'no party on record is called "{clean(name, limit=60)}"' + (f"; did you mean {near}?" if near else ""))
    raise typer.Exit(1)
