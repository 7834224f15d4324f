"""All that a brief on some days is made from: what became known on them, and how the record stood at their end.

The days are days of knowledge: what was known on the day before the first is no news, and nothing of what became known
after the last is used. What reports tell of earlier days is in it, marked as late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from marchland.consequences.asked import followed, of_country, of_place, on_record
from marchland.consequences.build import Scope
from marchland.consequences.records import Consequences
from marchland.errors import Misuse
from marchland.ledger import query
from marchland.ledger.between import Noted, Span, noted, told
from marchland.ledger.compare import RANK, Wanted
from marchland.ledger.diff import ChangeRow
from marchland.ledger.review import Review, in_force
from marchland.ledger.store import Ledger
from marchland.ledger.taken_back import RULE_CHANGE, TakenBack
from marchland.ledger.takenbook import TakenBook
from marchland.records import ClaimRow, CountRow, CrossingRow, HoldingRow

MOST = 300
"""Changes told one by one in a brief; of more, the most telling kinds."""
MANY_CLAIMS = 30_000
"""Beyond so many claims on record nobody is kept waiting for consequences and counts: the brief says so instead."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which brief."""

    first: str
    last: str
    wanted: Wanted = field(default_factory=Wanted)

    @property
    def span(self) -> Span:
        """The days of knowledge that are compared."""
        first = dt.date.fromisoformat(self.first)
        before = (first - dt.timedelta(days=1)).isoformat() if first > dt.date.min else None
        return Span(before, self.last)


@dataclass(frozen=True, slots=True)
class Change:
    """One change with what made it and the claims that are named."""

    noted: Noted
    row: ChangeRow
    claims: Mapping[str, ClaimRow]


@dataclass(frozen=True, slots=True)
class Period:
    """What a brief is made from."""

    asked: Asked
    changes: tuple[Change, ...]
    until: str = ""
    """The last day on which anything became known by then: the day of states that are named without one."""
    left_out: int = 0
    """Changes beyond the most that are told one by one."""
    standing: tuple[HoldingRow, ...] = ()
    """Who held what on the day `until`, as far as was known on the last day."""
    began: Mapping[str, HoldingRow] = field(default_factory=dict)
    """Of places that changed hands in these days: who held each on the day before them, as known on the last day."""
    ended: Mapping[str, HoldingRow] = field(default_factory=dict)
    """Of the same places: who held each on the day `until`."""
    crossings: tuple[CrossingRow, ...] = ()
    counts: tuple[CountRow, ...] = ()
    """Counts of smaller places told in these days that the record does not bear out."""
    consequences: Consequences | None = None
    """None where there is nothing, or too much on record to work it out at once."""
    too_large: bool = False
    taken: tuple[tuple[ClaimRow, TakenBack], ...] = ()
    reviews: tuple[Review, ...] = ()
    """What people said of the record in these days, as far as it still stands."""
    claims: int = 0
    """Claims that became known in these days."""
    reports: int = 0
    outlets: int = 0
    place_name: str = ""
    """Of the place that is asked about."""
    parties: Mapping[str, str] = field(default_factory=dict)
    """Names of the parties on record, by id."""


def period(ledger: Ledger, asked: Asked, found: Sequence[Noted] | None = None) -> Period:
    """Everything for one brief; `found` are its changes where they are listed already. Raises Misuse."""
    if asked.first > asked.last:
        raise Misuse(f"the period begins on {asked.first}, after it ends on {asked.last}")
    span, wanted = asked.span, asked.wanted
    listed = noted(ledger, span, wanted) if found is None else list(found)
    shown = _most_telling(listed)
    changes = tuple(
        Change(one, row, claims) for one, (row, claims) in zip(shown, told(ledger, span, shown), strict=True)
    )
    claims, reports, outlets = _news(ledger, span, wanted)
    (on_file,) = ledger.database.execute("SELECT count(*) FROM claim").fetchone()
    last = ledger.last_day(asked.last)
    until = last.isoformat() if last else asked.last
    began, ended = (_hands(ledger, changes, asked, day) for day in (span.since, until))
    made = Period(
        asked, changes, until, len(listed) - len(shown), claims=claims, reports=reports, outlets=outlets,
        standing=tuple(_standing(ledger, asked, until)), began=began, ended=ended,
        crossings=tuple(_crossings(ledger, asked, until)),
        taken=tuple(_taken(ledger, asked)), reviews=tuple(_reviews(ledger, asked)), place_name=_name(ledger, wanted),
        parties=dict(ledger.database.execute("SELECT party_id, name FROM party").fetchall()),
    )  # fmt: skip
    if on_file > MANY_CLAIMS:
        return replace(made, too_large=True)
    return replace(made, counts=tuple(_counts(ledger, asked)), consequences=_consequences(ledger, asked))


def _most_telling(found: Sequence[Noted]) -> list[Noted]:
    """The changes to be told one by one, in their order."""
    if len(found) <= MOST:
        return list(found)
    first = sorted(found, key=lambda one: (not one.changed_hands, RANK.get(one.row.change, 99), one.row.change_id))
    kept = {one.row.change_id for one in first[:MOST]}
    return [one for one in found if one.row.change_id in kept]


def _name(ledger: Ledger, wanted: Wanted) -> str:
    place = ledger.place(wanted.place_id) if wanted.place_id else None
    return place.name if place else wanted.place_id or ""


def _news(ledger: Ledger, span: Span, wanted: Wanted) -> tuple[int, int, int]:
    """Claims, reports and outlets of the days, of the places asked about."""
    where = "c.known > ? AND c.known <= ?"
    values: list[str | None] = [span.since or "", span.until]
    if wanted.place_id or wanted.country:
        column, value = ("place_id", wanted.place_id) if wanted.place_id else ("country", wanted.country)
        where += f" AND c.place_id IN (SELECT place_id FROM place WHERE {column} = ?)"
        values.append(value)
    asked = (
        "SELECT count(*), count(DISTINCT c.article_id), count(DISTINCT a.publisher) FROM claim c"
        f" JOIN article a ON a.article_id = c.article_id WHERE {where}"
    )
    claims, reports, outlets = ledger.database.execute(asked, values).fetchone()
    return int(claims), int(reports), int(outlets)


def _countries(ledger: Ledger) -> dict[str, str]:
    return dict(ledger.database.execute("SELECT place_id, country FROM place").fetchall())


def _standing(ledger: Ledger, asked: Asked, until: str) -> list[HoldingRow]:
    wanted = asked.wanted
    if wanted.place_id or wanted.country:
        among = set(ledger.place_ids(wanted.country)) if wanted.country else set(ledger.place_ids())
        among &= {wanted.place_id} if wanted.place_id else among
        rows = query.holdings_of(ledger, sorted(among), at=until, known_at=asked.last)
    else:
        rows = query.holdings(ledger, at=until, known_at=asked.last)
    return [one for one in rows if _by(one, wanted.actor)]


def _hands(ledger: Ledger, changes: Sequence[Change], asked: Asked, day: str | None) -> dict[str, HoldingRow]:
    """Who held the places that changed hands on one day, as known on the last day of the brief."""
    among = sorted({one.row.place_id for one in changes if one.noted.changed_hands})
    rows = query.holdings_of(ledger, among, at=day, known_at=asked.last) if among and day else []
    return {row.place_id: row for row in rows}


def _by(row: HoldingRow, actor: str) -> bool:
    return actor.casefold() in f"{row.holder_id or ''}\n{row.holder_name or ''}".casefold()


def _crossings(ledger: Ledger, asked: Asked, until: str) -> list[CrossingRow]:
    countries = _countries(ledger)
    among = {place for place in countries if asked.wanted.place_id in (None, place)}
    rows = query.crossings(ledger, at=until, known_at=asked.last, place_ids=among)
    return [
        one for one in rows if one.state != "unknown" and asked.wanted.place(one.place_id, countries.get(one.place_id))
    ]


def _counts(ledger: Ledger, asked: Asked) -> list[CountRow]:
    rows = query.counts(ledger, asked.wanted.place_id, known_at=asked.last)
    return [
        one for one in rows
        if asked.first <= one.known_from <= asked.last and one.shortfall
        and asked.wanted.place(one.place_id, one.country)
        and asked.wanted.actor.casefold() in f"{one.holder_id}\n{one.holder_name}".casefold()
    ]  # fmt: skip


def _taken(ledger: Ledger, asked: Asked) -> list[tuple[ClaimRow, TakenBack]]:
    """What was taken back in these days by those who had printed it."""
    found = [
        one for many in TakenBook(ledger.database).taken().values() for one in many
        if one.reason != RULE_CHANGE and asked.first <= one.day <= asked.last
    ]  # fmt: skip
    rows = ((row, one) for one in found for row in ledger.claims_like(one.claim_id, 1))
    kept = ((row, one) for row, one in rows if row.place_id and asked.wanted.place(row.place_id, row.country))
    return sorted(kept, key=lambda pair: (pair[1].day, pair[0].claim_id))


def _reviews(ledger: Ledger, asked: Asked) -> list[Review]:
    held = (one for one in in_force(ledger.door.reviews(), asked.last) if asked.first <= one.day <= asked.last)
    if not (asked.wanted.place_id or asked.wanted.country):
        return list(held)
    countries = _countries(ledger)
    return [
        one for one in held
        if any(asked.wanted.place(place, countries.get(place)) for place in ledger.door.places_of(one))
    ]  # fmt: skip


def _consequences(ledger: Ledger, asked: Asked) -> Consequences | None:
    """What followed over the days; None where the record does not reach so far, or has nothing of the place."""
    last = ledger.last_day(asked.last)
    if last is None or asked.first > last.isoformat():
        return None
    record, wanted = on_record(ledger, asked.last), asked.wanted
    try:
        scope = of_place(record, wanted.place_id) if wanted.place_id else None
    except ValueError:  # no claim on it by then
        return None
    if wanted.country and scope is None:
        try:
            scope = of_country(wanted.country)
        except Misuse:
            return None
    return followed(record, asked.first, asked.last, scope=scope or Scope(), known_at=asked.last)
