"""What changed between two days of knowledge, as it is read: listed at once, page by page with what made each change.

To list the changes takes the holdings of both days; to find what made one takes the filter, asked again with and
without each claim. So the first is done for all, and the second only for those that are read.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from marchland.errors import Misuse
from marchland.events.told import SameSide
from marchland.ledger import query
from marchland.ledger.compare import RANK, Moment, Wanted, causes, claims_of, denied, empty
from marchland.ledger.diff import ChangeRow, Pair, View, change_row, pairs
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow, CrossingRow, HoldingRow, Place

KINDS = tuple(RANK)
"""Kinds of change, the most telling first."""
DATED = ("holder", "appeared", "gone", "date", "crossing", "denied", "admitted")
"""Kinds that speak of a day; the others only of how sure something is."""
MOST_AGAINST = 3
"""Claims against a holder that are named beside a change."""


@dataclass(frozen=True, slots=True)
class Span:
    """Two days of knowledge: what had become known on the first does not count as news."""

    since: str | None
    """None: before anything was known."""
    until: str | None
    """None: everything on record."""
    at: str | None = None
    """Only what held on this day."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One change, without what made it."""

    row: ChangeRow
    pair: Pair | None
    """None for a denial, which is its own reason."""
    day: str | None
    """The day it speaks of: since when, or of when that is denied; None where no day is told."""
    known: str | None
    """The day on which the first new report of it became known; None where no report tells of it."""
    late: int
    """Days from the day it speaks of to the earlier day of knowledge: more than 0 for a late report."""
    former: HoldingRow | CrossingRow | None = None
    """What the later view says of the time before."""
    changed_hands: bool = False
    """Whether it tells of a place that passed from one holder to another."""


def noted(
    ledger: Ledger, span: Span, wanted: Wanted, *, without: Collection[str] = (), denials: bool = True
) -> list[Noted]:
    """The changes, by country, division, place and day, but for places that are not worked out yet (`without`).

    Denials take the events of each place they are about: over a whole record they may be left out.
    Raises Misuse for days in the wrong order.
    """
    in_order(span)
    before = view(ledger, span.since, span.at, wanted.place_id, without) if span.since else View()
    after = view(ledger, span.until, span.at, wanted.place_id, without)
    places = {one.place_id: one for one in ledger.places()}
    beside = _Beside(span, news(ledger, span), _spells(after), query.rules(ledger).same_side)
    found = []
    for pair in pairs(before, after, at=span.at, notable=wanted.notable):
        row = _placed(change_row(pair, (), None), places.get(pair.row.place_id))
        if pair.row.place_id not in without and wanted.row(row):
            found.append(_noted(row, pair, beside))
    found += [
        _denial(one, span)
        for one in (_denials(ledger, span, wanted, without) if denials else ())
        if wanted.row(one) and wanted.of_day(one)
    ]
    return sorted(found, key=by_place)


def in_order(span: Span) -> None:
    """Raises Misuse for two days in the wrong order."""
    if span.since and span.until and span.since > span.until:
        raise Misuse(f"the earlier day of knowledge, {span.since}, is after the later one, {span.until}")


def view(
    ledger: Ledger, known_at: str | None, at: str | None = None, place_id: str | None = None,
    without: Collection[str] = (),
) -> View:  # fmt: skip
    """Holdings and crossings as they were known on a day, of all places or of one."""
    among: set[str] | None = set(ledger.place_ids()) - set(without) if without or place_id is not None else None
    if among is not None and place_id is not None:
        among &= {place_id}
        holdings = query.holdings_of(ledger, sorted(among), at=at, known_at=known_at)
    else:
        holdings = query.holdings(ledger, at=at, known_at=known_at, kept=bool(without))
    return View(tuple(holdings), tuple(query.crossings(ledger, at=at, known_at=known_at, place_ids=among)))


def waiting(ledger: Ledger, span: Span) -> dict[str | None, list[str]]:
    """For each of the two days the places that are not worked out for it."""
    days = [span.until] if span.since is None else [span.since, span.until]
    return {day: query.waiting(ledger, known_at=day) for day in days}


def told(ledger: Ledger, span: Span, found: Sequence[Noted]) -> list[tuple[ChangeRow, dict[str, ClaimRow]]]:
    """Each change with what made it, and the claims named in that, or that speak against it, by id."""
    rules, sides = query.rules(ledger), _Sides(ledger, span)
    made = []
    for one in found:
        before, after = sides.of(one.row.place_id)
        because = tuple(
            one.row.because if one.pair is None
            else causes(ledger, one.pair, before, after, rules=rules, at=span.at)
        )  # fmt: skip
        named = {item.claim_id for item in because if item.claim_id} | set(_denying(one.pair))
        made.append((replace(one.row, because=because), _named(named, before, after)))
    return made


def by_place(one: Noted) -> tuple[object, ...]:
    """Order by country, division and place, the most telling kinds first."""
    row = one.row
    return (row.country or "~", row.admin1 or "~", row.place_name, row.place_id, RANK.get(row.change, 99),
            one.day or "", row.change_id)  # fmt: skip


def by_day(one: Noted) -> tuple[object, ...]:
    """Order by the day of which they tell, the last first, those without a day at the end."""
    return (one.day is None, _backwards(one.day), *by_place(one))


def by_known(one: Noted) -> tuple[object, ...]:
    """Order by the day on which they became known, the last first, what no report tells at the end."""
    return (one.known is None, _backwards(one.known), *by_place(one))


ORDERS = {"place": by_place, "day": by_day, "known": by_known}


# ------------------------------------------------------------------------------------------------------------- listing


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is looked at beside a change."""

    span: Span
    fresh: Mapping[str, str]
    """Claims that became known between the two days, with their day."""
    spells: _Spells
    same_side: SameSide


def _noted(row: ChangeRow, pair: Pair, beside: _Beside) -> Noted:
    day, fresh = _day_of(pair), beside.fresh
    cited = [fresh[one] for side in (pair.after, pair.before) if side for one in _cited(side) if one in fresh]
    former = beside.spells.before(pair.after) if pair.after is not None else None
    return Noted(row, pair, day, min(cited, default=None), _late(row.change, day, beside.span.since), former,
                 _changed_hands(pair, former, beside.same_side))  # fmt: skip


def _day_of(pair: Pair) -> str | None:
    if pair.change not in DATED:
        return None
    row = pair.before if pair.change == "gone" and pair.before is not None else pair.row
    return _start(row)


def _late(change: str, day: str | None, since: str | None) -> int:
    if change not in DATED or day is None or since is None:
        return 0
    return max((dt.date.fromisoformat(since) - dt.date.fromisoformat(day)).days, 0)


def _changed_hands(pair: Pair, former: HoldingRow | CrossingRow | None, same_side: SameSide) -> bool:
    """Whether a spell is new to the record that somebody holds, after somebody else did.

    Where only the day is told by which it had begun, it must follow one that reports tell of: before the first report
    on a place nobody lost it.
    """
    now = pair.after
    if pair.change not in ("holder", "appeared") or not isinstance(now, HoldingRow):
        return False
    if not isinstance(former, HoldingRow) or not now.holder_id or not former.holder_id:
        return False
    dated = bool(now.from_ or (now.from_latest and former.claims))
    return dated and not same_side(now.holder_id, former.holder_id)


def _denial(row: ChangeRow, span: Span) -> Noted:
    day = row.before_until or row.before_from
    return Noted(row, None, day, row.because[0].known, _late(row.change, day, span.since))


def _cited(row: HoldingRow | CrossingRow) -> tuple[str, ...]:
    return row.claims if isinstance(row, CrossingRow) else (*row.claims, *row.contradicted_by)


def news(ledger: Ledger, span: Span) -> dict[str, str]:
    """Claims that became known between the two days, with their day."""
    asked = "SELECT claim_id, known FROM claim WHERE known > ? AND known <= ?"
    found = ledger.database.execute(asked, (span.since or "", span.until or "9999")).fetchall()
    return {str(claim): str(known)[:10] for claim, known in found}


def places_of_news(ledger: Ledger, span: Span) -> frozenset[str]:
    """The places that these claims are on."""
    asked = "SELECT DISTINCT place_id FROM claim WHERE known > ? AND known <= ? AND place_id IS NOT NULL"
    found = ledger.database.execute(asked, (span.since or "", span.until or "9999")).fetchall()
    return frozenset(str(place) for (place,) in found)


def _placed(row: ChangeRow, place: Place | None) -> ChangeRow:
    if place is None:
        return row
    return replace(row, kind=place.kind, country=place.country or None, admin1=place.admin1 or None)


@dataclass(frozen=True, slots=True)
class _Spells:
    """Spells of a view by place, and for crossings by direction and traffic, in order of time."""

    rows: Mapping[tuple[str, str, str], Sequence[HoldingRow | CrossingRow]] = field(default_factory=dict)

    def before(self, row: HoldingRow | CrossingRow) -> HoldingRow | CrossingRow | None:
        """The spell that ends where this one begins."""
        start = _start(row)
        return next((one for one in self.rows.get(_lane(row), ()) if start and one.until == start), None)


def _start(row: HoldingRow | CrossingRow) -> str | None:
    """The day on which a spell begins, or that by which it had begun."""
    return row.from_ or (row.from_latest if isinstance(row, HoldingRow) else None)


def _lane(row: HoldingRow | CrossingRow) -> tuple[str, str, str]:
    return (row.place_id, row.direction, row.traffic) if isinstance(row, CrossingRow) else (row.place_id, "", "")


def _spells(after: View) -> _Spells:
    found: dict[tuple[str, str, str], list[HoldingRow | CrossingRow]] = defaultdict(list)
    rows: list[HoldingRow | CrossingRow] = [*after.holdings, *after.crossings]
    for row in rows:
        found[_lane(row)].append(row)
    return _Spells(found)


def _backwards(day: str | None) -> int:
    return -dt.date.fromisoformat(day[:10]).toordinal() if day else 0


# ------------------------------------------------------------------------------------------------------------- denials


def _denials(ledger: Ledger, span: Span, wanted: Wanted, without: Collection[str]) -> Iterator[ChangeRow]:
    """New denials, at the places where a claim that denies something, or a review, became known in between."""
    rules, sides = query.rules(ledger), _Sides(ledger, span)
    for place_id in _denied_places(ledger, span):
        if place_id in without:
            continue
        place = ledger.place(place_id)
        if place is not None and wanted.place(place_id, place.country or None):
            yield from denied(*sides.of(place_id), rules)


def _denied_places(ledger: Ledger, span: Span) -> list[str]:
    days = (span.since or "", span.until or "9999")
    asked = (
        "SELECT DISTINCT place_id FROM claim WHERE known > ? AND known <= ? AND place_id IS NOT NULL"
        ' AND record LIKE \'%"stance":"denies"%\''
    )
    found = {str(place) for (place,) in ledger.database.execute(asked, days).fetchall()}
    reviews = (one for one in ledger.door.reviews() if days[0] < one.day <= days[1])
    return sorted(found | {place for one in reviews for place in ledger.door.places_of(one)})


# -------------------------------------------------------------------------------------------------------------- causes


class _Sides:
    """The claims on each place on both days, each read once."""

    def __init__(self, ledger: Ledger, span: Span) -> None:
        self._ledger, self._span = ledger, span
        self._kept: dict[str, tuple[Moment, Moment]] = {}

    def of(self, place_id: str) -> tuple[Moment, Moment]:
        if place_id not in self._kept:
            self._kept = {place_id: (self._before(place_id), claims_of(self._ledger, place_id, self._span.until))}
        return self._kept[place_id]

    def _before(self, place_id: str) -> Moment:
        return claims_of(self._ledger, place_id, self._span.since) if self._span.since else empty()


def _denying(pair: Pair | None) -> tuple[str, ...]:
    now = pair.after if pair is not None else None
    return now.contradicted_by[:MOST_AGAINST] if isinstance(now, HoldingRow) else ()


def _named(wanted: Collection[str], before: Moment, after: Moment) -> dict[str, ClaimRow]:
    """The claims that are named, as they count, else as they counted or were taken back."""
    rows = [row for many in before.places.values() for row in many]
    rows += [row for many in after.aside.values() for row, _ in many]
    rows += [row for many in after.places.values() for row in many]
    return {row.claim_id: row for row in rows if row.claim_id in wanted}
