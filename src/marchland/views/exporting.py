"""The rows of an export as a ledger is asked for them: what the command line, the service and Python give."""

from __future__ import annotations

from marchland.consequences.asked import followed, on_record
from marchland.consequences.rows import rows as flat
from marchland.consequences.settings import load_settings
from marchland.errors import Misuse
from marchland.ledger import query
from marchland.ledger.compare import Wanted, changes, moment
from marchland.ledger.store import Ledger
from marchland.views.export import Row, columns


def checked(kind: str, *, at: str | None, since: str | None, first: str | None, last: str | None) -> None:
    """Whether a kind of row can be asked for so. Raises Misuse."""
    columns(kind)
    if kind != "consequences" and (first or last):
        raise Misuse("--from and --to are of consequences; filter the export of other kinds")
    if at and kind == "consequences":
        raise Misuse("--at asks who held what; consequences have days of their own (use --from and --to)")
    if (kind == "changes") != (since is not None):
        raise Misuse("changes are told since a day of knowledge: marchland export changes --since YYYY-MM-DD")
    if kind == "consequences" and not (first and last):
        raise Misuse("consequences are of a period: give --from and --to, such as --from 2021-07-01 --to 2021-09-30")


def rows_of(
    ledger: Ledger, kind: str, *, at: str | None = None, known_at: str | None = None, since: str | None = None,
    first: str | None = None, last: str | None = None,
) -> list[Row]:  # fmt: skip
    """The rows of one kind, on both clocks. Raises Misuse for what cannot be asked."""
    checked(kind, at=at, since=since, first=first, last=last)
    if kind == "claims":
        return [one for one in query.claims(ledger, known_at=known_at) if query.happened(one, at)]
    if kind == "events":
        return [one for one in query.events(ledger, known_at=known_at) if query.happened(one, at)]
    if kind == "holdings":
        return list(query.holdings(ledger, at=at, known_at=known_at))
    if kind == "counts":
        return list(query.counts(ledger, at=at, known_at=known_at))
    if kind == "changes":
        return _changes(ledger, str(since), known_at, at)
    if kind == "consequences":
        found = followed(on_record(ledger, known_at), str(first), str(last), known_at=known_at)
        return list(flat(found, load_settings()))
    return list(query.crossings(ledger, at=at, known_at=known_at))


def _changes(ledger: Ledger, since: str, known_at: str | None, at: str | None) -> list[Row]:
    if known_at is not None and since > known_at:
        raise Misuse(f"--since {since} is after --known-at {known_at}")
    before, after = moment(ledger, at=at, known_at=since), moment(ledger, at=at, known_at=known_at)
    return list(changes(ledger, before, after, Wanted(at)))
