"""The commands by which people correct the record: new rows with a name, a time and a reason, never edits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.asking import day_of, existing_ledger, place_named
from marchland.cli.options import LEDGER, KnownAtOption, LedgerOption
from marchland.cli.output import put, tell
from marchland.errors import Misuse
from marchland.views.paper import Line
from marchland.views.words import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marchland.ledger.review import Review, Value
    from marchland.ledger.store import Ledger
    from marchland.records import ClaimRow

By = Annotated[str, typer.Option("--by", help="Your name.")]
Because = Annotated[str, typer.Option("--because", help="Your reason.")]
Claims = Annotated[list[str], typer.Argument(help="Ids of claims or events, or the first few characters of them.")]
AClaim = Annotated[
    str | None, typer.Argument(help="Id of a claim, or the first few characters of it; or give --place and --holder.")
]
PlaceOption = Annotated[str | None, typer.Option("--place", help="A place on record: name, alias or id.")]
HolderOption = Annotated[str | None, typer.Option("--holder", help="The party that held it: name or id.")]
DayOption = Annotated[str | None, typer.Option("--day", help="The day on which it held it, YYYY-MM-DD.")]

reviewing = typer.Typer(
    name="review",
    help="Corrections by people: each is a row of its own, weighed as evidence, and can be withdrawn.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


def accept(
    by: By, because: Because, claim: AClaim = None, place: PlaceOption = None, holder: HolderOption = None,
    day: DayOption = None, ledger: LedgerOption = LEDGER,
) -> None:  # fmt: skip
    """Say that a claim was read rightly; or, with --place, --holder and --day, that a party held a place."""
    _verdict("accept", claim, (place, holder, day), by, because, ledger)


def reject(
    by: By, because: Because, claim: AClaim = None, place: PlaceOption = None, holder: HolderOption = None,
    day: DayOption = None, ledger: LedgerOption = LEDGER,
) -> None:  # fmt: skip
    """Say that a claim was misread; or, with --place, --holder and --day, that a party did not hold a place."""
    _verdict("reject", claim, (place, holder, day), by, because, ledger)


def correct(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or the first few characters of it.")],
    by: By,
    because: Because,
    place: Annotated[str | None, typer.Option("--place", help="The right place: name or id.")] = None,
    event: Annotated[str | None, typer.Option("--event", help="captures, withdraws_from, closes, ...")] = None,
    stance: Annotated[str | None, typer.Option("--stance", help="asserts, hedges, denies or plans.")] = None,
    actor: Annotated[str | None, typer.Option("--actor", help="Who did it: name or id of a party.")] = None,
    opponent: Annotated[str | None, typer.Option("--opponent", help="To whom: name or id of a party.")] = None,
    day: Annotated[str | None, typer.Option("--day", help="The right day, YYYY-MM-DD.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="The first day on which it may have been.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day; alone: on or before it.")] = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Give parts of a claim other values: the claim as corrected takes its place."""
    from marchland.ledger.meant import Wish, claim_named, columns  # noqa: PLC0415

    if day and (first or last):
        raise Misuse("give either --day, or --from and --to")
    wish = Wish(place, event, stance, actor, opponent, day_of(day or first, "--from"), day_of(day or last, "--to"))
    with existing_ledger(ledger) as record:
        row = claim_named(record, claim)
        changes = columns(record, wish)
        _keep(record, "correct", by, because, claims=[row.claim_id], row=row, changes=changes)


def merge(ids: Claims, by: By, because: Because, ledger: LedgerOption = LEDGER) -> None:
    """Say that claims, or all claims of events, tell of one happening."""
    _judge("merge", ids, by, because, ledger)


def split(ids: Claims, by: By, because: Because, ledger: LedgerOption = LEDGER) -> None:
    """Say that no two of these claims tell of one happening."""
    _judge("split", ids, by, because, ledger)


def withdraw(
    review: Annotated[str, typer.Argument(help="Id of a review, or the first few characters of it.")],
    by: By,
    because: Because,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Take a review back; it stays on record, and counts up to the day of the withdrawal."""
    with existing_ledger(ledger) as record:
        found = [one for one in record.door.reviews() if review and one.review_id.startswith(review)]
        if len(found) != 1:
            many = "no review on record has" if not found else "more than one review has"
            raise Misuse(f'{many} an id that begins with "{review}"; marchland review list shows them')
        _keep(record, "withdraw", by, because, about=found[0].review_id)


def listed(
    place: Annotated[str | None, typer.Argument(help="Only those about this place.")] = None,
    known_at: KnownAtOption = None,
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON Lines.")] = False,
) -> None:
    """Every review on record, withdrawn or not."""
    from marchland.ledger.review import in_force  # noqa: PLC0415
    from marchland.views import reviews as view  # noqa: PLC0415

    known_at = day_of(known_at, "--known-at")
    with existing_ledger(ledger) as record:
        found = [one for one in record.door.reviews() if known_at is None or one.day <= known_at]
        if place is not None:
            place_id = _card(record, place)
            found = [one for one in found if place_id in record.door.places_of(one)]
        held = {one.review_id for one in in_force(record.door.reviews(), known_at)}
    standing = frozenset(held & {one.review_id for one in found})
    if as_json:
        sys.stdout.writelines(view.as_json(found, standing))
    else:
        put(view.reviews(found, standing))


def queued(
    place: Annotated[str | None, typer.Argument(help="Only what is about this place.")] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many are shown.")] = 20,
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON Lines.")] = False,
) -> None:
    """What is worth a look first: claims on which much of the record rests, and which are doubtful."""
    from marchland.ledger.queue_book import QueueBook  # noqa: PLC0415
    from marchland.views import queue as view  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        place_id = _card(record, place) if place is not None else None
        found = [one for one in QueueBook().newest(record) if place_id is None or one.row.place_id == place_id]
    if as_json:
        sys.stdout.writelines(view.as_json(found[:most]))
    else:
        put(view.blocks(found[:most], len(found)))


# ------------------------------------------------------------------------------------------------------------- helpers


def _verdict(
    verb: str, claim: str | None, holding: tuple[str | None, str | None, str | None], by: str, because: str, ledger: str
) -> None:
    from marchland.ledger.meant import claim_named  # noqa: PLC0415

    if (claim is None) == (holding == (None, None, None)):
        raise Misuse(f"marchland review {verb} wants either a claim, or --place, --holder and --day")
    with existing_ledger(ledger) as record:
        if claim is not None:
            row = claim_named(record, claim)
            _keep(record, verb, by, because, claims=[row.claim_id], row=row)
            if copies := record.door.copies_of(row):
                told = ", ".join(f"{one.claim_id[:8]} ({clean(one.publisher or one.page_id)})" for one in copies)
                put([Line(f"the same goes for its copies, which have the same words: {told}")])
            return
        place, holder, day = holding
        if place is None or holder is None or day is None:
            raise Misuse("the word on a holder wants all three: --place, --holder and --day")
        _keep(record, verb, by, because, row=_holder(record, place, holder), day=day_of(day, "--day"))


def _holder(record: Ledger, place: str, holder: str) -> ClaimRow:
    from marchland.ledger.named import parties_of, party_named  # noqa: PLC0415
    from marchland.ledger.review import holder_row  # noqa: PLC0415

    place_id = _card(record, place)
    rows = record.claims(place_id)
    party = party_named(holder, parties_of(record.claims()))
    base = min(rows, key=lambda one: (one.place_offset_km > 0, one.source_class == "reviewer", one.claim_id))
    return holder_row(base, side=party.side, name=party.name, aliases=party.aliases, event="controls")


def _card(record: Ledger, name: str) -> str:

    return place_named(name, record).place_id


def _judge(verb: str, ids: Sequence[str], by: str, because: str, ledger: str) -> None:
    from marchland.ledger.meant import judged  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        _keep(record, verb, by, because, claims=[row.claim_id for row in judged(record, verb, ids)])


def _keep(
    record: Ledger, verb: str, by: str, because: str, *, claims: Sequence[str] = (), about: str = "",
    row: ClaimRow | None = None, changes: dict[str, Value] | None = None, day: str | None = None,
) -> None:  # fmt: skip
    from marchland.ledger.judging import now_after  # noqa: PLC0415
    from marchland.ledger.review import as_claim, made_review  # noqa: PLC0415
    from marchland.views.reviews import about_words, verb_words  # noqa: PLC0415

    made = now_after(record)
    if day is not None and row is not None:
        if day > made[:10]:
            raise Misuse(f"--day {day} has not come yet")
        row = as_claim(row, day=day, by=by, because=because, made=made, denies=verb == "reject")
    review: Review = made_review(
        verb, by=by, because=because, made=made, claims=claims, about=about, row=row, changes=changes
    )
    new = record.add_review(review)
    if not new:
        tell("this very review is on record already")
    put([Line(f"{review.review_id}  {verb_words(review)}  {about_words(review)}")])


for name, command in (
    ("accept", accept),
    ("reject", reject),
    ("correct", correct),
    ("merge", merge),
    ("split", split),
    ("withdraw", withdraw),
    ("list", listed),
    ("queue", queued),
):
    reviewing.command(name)(command)
