"""The commands that ask a ledger: who holds what, why, what happened, what is on record."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.options import DEMO_FOLDER, LEDGER, AtOption, KnownAtOption, LedgerOption, PlaceArgument
from marchland.cli.output import put, tell
from marchland.errors import MarchlandError, Misuse
from marchland.records import ClaimRow, CrossingRow
from marchland.views import terminal
from marchland.views.find import cards_of, cards_on_record, find_place
from marchland.views.paper import show
from marchland.views.terminal import PlaceCard
from marchland.views.words import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from marchland.ledger.store import Ledger
    from marchland.records import Answer

    Question = Callable[[Ledger, str, str | None, str | None], Answer]


def who(
    place: PlaceArgument, at: AtOption = None, known_at: KnownAtOption = None, ledger: LedgerOption = LEDGER
) -> None:
    """Who holds a place: one line, with its probability and last confirmation."""
    from marchland.ledger import query  # noqa: PLC0415

    put(terminal.who(*answered(query.who, place, at, known_at, ledger)))


def answered(ask: Question, place: str, at: str | None, known_at: str | None, name: str) -> tuple[Answer, PlaceCard]:
    """The answer to a question about a place and two days, all as typed. Raises Misuse, or exits with 1."""

    at, known_at = day_of(at, "--at"), day_of(known_at, "--known-at")
    with existing_ledger(name) as record:
        card = place_named(place, record)
        return ask(record, card.place_id, at or known_at or last_day(record), known_at), card


def explain(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or the first few characters of it.")],
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object, with every range.")] = False,
) -> None:
    """How one claim was read: its sentence with the parts marked, the reason for each, and how sure it is."""
    from marchland.ledger.of_claim import of_claim  # noqa: PLC0415
    from marchland.service.holders import party_names  # noqa: PLC0415
    from marchland.views import explain as view  # noqa: PLC0415
    from marchland.views import reviews  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        found = of_claim(record, _claim_on_record(record, claim))
        sides = party_names(record, view.sides_of(found.row))
    if found.article is None:
        raise MarchlandError(
            f"the article of claim {found.row.claim_id} is not in the ledger; marchland ledger check tells more"
        )
    card = view.frame_card(found.row.frame)
    told = view.explanation(found.row, found.article, found.trace, card, others=len(found.others), sides=sides)
    after = found.afterwards
    if as_json:
        sys.stdout.write(view.as_json(told))
    else:
        put((*view.blocks(told), *reviews.of_claim(after.reviews, after.in_force, after.taken, after.now)))


def _claim_on_record(record: Ledger, prefix: str) -> ClaimRow:
    """The claim whose id is this, or begins so; otherwise says what it may be and exits with 1."""
    from marchland.ledger.of_claim import claims_meant  # noqa: PLC0415
    from marchland.views import explain as view  # noqa: PLC0415

    found = claims_meant(record, prefix)
    if len(found) == 1:
        return found[0]
    if found:
        show(view.choices(prefix, found), sys.stderr)
    else:
        tell(f'no claim on record has an id that begins with "{clean(prefix, limit=40)}"; '
             "marchland why, timeline and export claims show them")  # fmt: skip
    raise typer.Exit(1)


def timeline(
    place: Annotated[str | None, typer.Argument(help="Only this place.")] = None,
    country: Annotated[str | None, typer.Option("--country", help="Only this country, ISO alpha-2.")] = None,
    actor: Annotated[str | None, typer.Option("--actor", help="Only what this party did.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="Only what had happened by this day, YYYY-MM-DD.")] = None,
    known_at: KnownAtOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """What happened, by day."""
    from marchland.ledger import query  # noqa: PLC0415

    at, known_at, country = day_of(at, "--at"), day_of(known_at, "--known-at"), country_of(country)
    with existing_ledger(ledger) as record:
        card = place_named(place, record) if place else None
        _country_on_record(record, country)
        actor = _actor_on_record(record, actor)
        events = query.timeline(record, place_id=card.place_id if card else None, country=country, actor=actor,
                                known_at=known_at, at=at)  # fmt: skip
        untold = query.untimely(record, place_id=card.place_id if card else None, country=country, actor=actor,
                                known_at=known_at, at=at)  # fmt: skip
    put((*terminal.timeline(events), *terminal.untimely(untold)))


def _country_on_record(record: Ledger, country: str | None) -> None:
    """Says which countries are on record, and exits with 1, where this one is not."""
    known = {one.country for one in record.places() if one.country}
    if country is None or country in known or any(row.country == country for row in record.claims()):
        return
    told = f"; on record are {', '.join(sorted(known))}" if known else ""
    tell(f"no place on record is in {country}{told}")
    raise typer.Exit(1)


def _actor_on_record(record: Ledger, actor: str | None) -> str | None:
    """A party as typed, or its id where that is another name of it; exits with 1 where no party has the name."""
    from marchland.ledger.named import near_parties, parties_of  # noqa: PLC0415

    wanted = (actor or "").strip().casefold()
    if not wanted:
        return actor
    known = parties_of(record.claims())
    if any(wanted in one.party_id.casefold() or wanted in one.name.casefold() for one in known):
        return wanted
    same = [one for one in known if wanted in {alias.casefold() for alias in one.aliases}]
    if same:
        return same[0].party_id
    near = "; ".join(f"{clean(one.name)} ({clean(one.party_id)})" for one in near_parties(wanted, known))
    tell(f'no party on record is called "{clean(actor or "", limit=60)}"'
         + (f"; did you mean {near}?" if near else ""))  # fmt: skip
    raise typer.Exit(1)


def crossings(at: AtOption = None, known_at: KnownAtOption = None, ledger: LedgerOption = LEDGER) -> None:
    """Every crossing on record: who holds its posts, and what passes."""
    from marchland.ledger import query  # noqa: PLC0415

    at, known_at = day_of(at, "--at"), day_of(known_at, "--known-at")
    with existing_ledger(ledger) as record:
        rows = query.crossings(record, at=at or known_at or last_day(record), known_at=known_at)
    put(terminal.crossings(rows))


def skipped(ledger: LedgerOption = LEDGER) -> None:
    """What was not read, and why: other languages, broken input, pages that triage set aside."""
    with existing_ledger(ledger) as record:
        rows = record.skipped()
    put(terminal.skipped(rows))


def copies(
    known_at: KnownAtOption = None,
    ledger: LedgerOption = LEDGER,
    parts: Annotated[
        bool, typer.Option("--parts", help="Instead, what other articles share: a paragraph, a sentence, a quotation.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON Lines, with every range of characters.")] = False,
) -> None:
    """Articles that are copies of one text: how each is linked, and where the text likely comes from."""
    from marchland.jsonl import encode  # noqa: PLC0415
    from marchland.views import copies as view  # noqa: PLC0415

    known_at = day_of(known_at, "--known-at")
    with existing_ledger(ledger) as record:
        groups, links = ((), record.part_links(known_at)) if parts else (record.copy_groups(known_at), ())
        articles = {one.article_id: one for one in record.articles()}
    if as_json:
        sys.stdout.writelines(encode(one).decode() for one in (*groups, *links))
    else:
        put(view.parts(links, articles) if parts else view.groups(groups, articles))


def versions(
    address: Annotated[str | None, typer.Argument(help="Only this page.")] = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", help="Only readings up to this day, YYYY-MM-DD.")
    ] = None,
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="The changes as JSON Lines, with every range.")] = False,
) -> None:
    """Pages that were read more than once with other words: what came in and what went."""
    from marchland.jsonl import encode  # noqa: PLC0415
    from marchland.views import copies as view  # noqa: PLC0415

    known_at = day_of(known_at, "--known-at")
    with existing_ledger(ledger) as record:
        every, articles = record.copies.versions(address), {one.article_id: one for one in record.articles()}
    found = [one for one in every if known_at is None or one.newer_read[:10] <= known_at]
    if as_json:
        sys.stdout.writelines(encode(one).decode() for one in found)
    else:
        put(view.versions(found, articles))


def export(
    kind: Annotated[str, typer.Argument(help="claims, events, holdings, crossings, changes, counts or consequences.")],
    form: Annotated[str, typer.Option("--format", help="jsonl, csv, geojson; of claims also plover.")] = "jsonl",
    at: AtOption = None,
    known_at: KnownAtOption = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Of changes: since this day of knowledge, YYYY-MM-DD.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="Of consequences: first day.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Of consequences: last day.")] = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """The record as JSON Lines, CSV or GeoJSON; claims also in the fields of PLOVER; consequences of a period."""
    from marchland.views import export as exports  # noqa: PLC0415
    from marchland.views.exporting import checked, rows_of  # noqa: PLC0415

    at, known_at, since = day_of(at, "--at"), day_of(known_at, "--known-at"), day_of(since, "--since")
    first, last = day_of(first, "--from"), day_of(last, "--to")
    exports.export(kind, form, ())
    checked(kind, at=at, since=since, first=first, last=last)
    with existing_ledger(ledger) as record:
        rows = rows_of(record, kind, at=at, known_at=known_at, since=since, first=first, last=last)
    sys.stdout.writelines(exports.export(kind, form, rows))
    left_out = exports.without_point(rows) if form == "geojson" else 0
    if left_out:
        tell(f"left out {left_out} of {len(rows)} {kind}: no coordinates")


# ------------------------------------------------------------------------------------------------------ small helpers


def ledger_path(name: str) -> str:
    """The ledger meant, a file or the address of a database; "demo" is the file of the demo."""
    return str(DEMO_FOLDER / "ledger.db") if name == "demo" else name


def existing_ledger(name: str) -> Ledger:
    """Open a ledger that must be there. Raises Misuse where it is not."""
    from marchland.ledger.database import is_address  # noqa: PLC0415
    from marchland.ledger.store import Ledger  # noqa: PLC0415

    file = ledger_path(name)
    if not is_address(file) and not Path(file).is_file():
        first = "marchland demo" if name == "demo" else f"marchland run PATH... --ledger {file}"
        raise Misuse(f'there is no ledger {file}; make one with "{first}", or name another with --ledger')
    record = Ledger.open(file, create=False)
    record.workers = os.cpu_count() or 1
    return record


def country_of(text: str | None) -> str | None:
    """A country as ISO alpha-2, in capitals. Raises Misuse for anything else."""
    if text is not None and not (len(text) == 2 and text.isalpha()):
        raise Misuse(f'--country wants two letters such as AF (ISO alpha-2), not "{text}"')
    return text.upper() if text else None


def day_of(text: str | None, option: str) -> str | None:
    """A day as ISO 8601. Raises Misuse for anything else."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Misuse(f'{option} wants a day such as 2021-07-09, not "{text}"') from None


def last_day(record: Ledger) -> str:
    """The last day of publication on record; where no report is dated, the last on which one was read.

    Raises Misuse for an empty ledger.
    """
    last = record.last_published() or record.last_day()
    if last is None:
        raise Misuse("the ledger is empty; add reports with marchland run PATH...")
    return last.isoformat()


def place_named(name: str, record: Ledger, among: Collection[str] | None = None) -> PlaceCard:
    """The place on record that a name means; otherwise says what it may mean and exits with 1.

    `among` are the ids that it may mean.
    """
    return _meant(name, cards_on_record(record, among))


def place_on_record(name: str, rows: Iterable[ClaimRow], gates: Iterable[CrossingRow]) -> PlaceCard:
    """The place on record that a name means; otherwise says what it may mean and exits with 1."""
    sides = {gate.place_id: f"{gate.post_a[:2]}/{gate.post_b[:2]}" for gate in gates}
    return _meant(name, cards_of(rows, sides))


def _meant(name: str, cards: Sequence[PlaceCard]) -> PlaceCard:
    found = find_place(name, sorted(cards, key=lambda card: (card.name, card.place_id)))
    if found.card:
        return found.card
    if found.choices:
        show(terminal.choices(name, found.choices), sys.stderr)
    else:
        near = "; ".join(card.label for card in found.suggestions)
        tell(f'no report on record names "{name}"' + (f"; did you mean {near}?" if near else ""))
    raise typer.Exit(1)
