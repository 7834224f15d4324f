"""All that follows from the record over a period, for one place, one country or everything on record."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from marchland.consequences.flows import movements, undated
from marchland.consequences.lanes import passage_of
from marchland.consequences.money import money
from marchland.consequences.once import told_once
from marchland.consequences.records import Consequences, Figure, Movement, Period, Route, Tenure, Told, Unused
from marchland.consequences.routes import nearest, route
from marchland.consequences.settings import Settings
from marchland.consequences.tenures import SameSide, tenures
from marchland.errors import Misuse
from marchland.events.told import equal_sides
from marchland.ledger.ended import Ended, never
from marchland.places.names import key
from marchland.records import ClaimRow, CrossingRow, HoldingRow

MOST_NEAR = 5
AROUND = dt.timedelta(days=31)
"""A total of a country is shown beside the estimates where it speaks of days so near to the period."""
Row = TypeVar("Row", HoldingRow, CrossingRow)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked about: one place by id, one country by its ISO alpha-2, or everything."""

    place_id: str = ""
    country: str = ""
    province: tuple[str | None, str] = (None, "")
    """Country and name (as `places.names.key` has it) of the division that the place is, or lies in."""
    neighbours: frozenset[str] = frozenset()
    """Of the country: people who fled into one of them may have come from it."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record, as far as it was known: what `ledger.query` answers."""

    claims: Sequence[ClaimRow]
    holdings: Sequence[HoldingRow]
    crossings: Sequence[CrossingRow]
    until: dt.date
    """The last day of which anything is known; later days are not counted."""


def consequences(
    record: Record, figures: Iterable[Figure], asked: Period, settings: Settings, *, scope: Scope | None = None,
    known_at: str | None = None, same_side: SameSide = equal_sides, ended: Ended = never,
) -> Consequences:  # fmt: skip
    """Everything that follows. Raises Misuse for a period that ends before it begins, or begins after all is known."""
    period, scope, figures = _counted(asked, record.until), scope or Scope(), list(figures)
    gates, spells = _by_place(record.crossings), _by_place(record.holdings)
    claims = {row.claim_id: row for row in record.claims}
    passages = {place: passage_of(rows, claims) for place, rows in sorted(gates.items())}
    sides = {place: (rows[0].post_a[:2], rows[0].post_b[:2]) for place, rows in gates.items()}
    wanted = [place for place in sorted(gates) if _inside(place, gates, spells, scope)]
    held = tuple(
        one for place in wanted
        for one in tenures(spells.get(place, ()), passages[place], period, settings, same_side, ended)
    )  # fmt: skip
    told = told_once(_known(figures, known_at), settings)
    countries = _countries(scope, {sides[one.place_id][0] for one in held})
    made = money(held, told, settings, same_side, {place: both[0] for place, both in sides.items()})
    routes = {
        place: route(rows, spells.get(place, ()), passages[place], period, settings, ended)
        for place, rows in gates.items()
    }
    flowing = [row for row in record.claims if _concerns(row, scope, sides)]
    moves, loose = movements(flowing, sides, period, settings), undated(flowing)
    near, close = _near(routes, record.claims, scope)
    shown = tuple(routes[place] for place in wanted)
    return Consequences(
        period=period, asked=asked, known_at=known_at, estimates=made.estimates, totals=made.totals, tenures=held,
        told=_looked_at(told, held), unused=(*made.unused, *_undated(figures, known_at, held)),
        whole=tuple(sorted((one for one in told if _of_country(one, countries, period)), key=_by_measure)),
        movements=moves, undated=loose,
        routes=shown, nearest=close, near=near,
        holdings=tuple(one for place in wanted for one in spells.get(place, ())),
        crossings=tuple(one for place in wanted for one in gates[place]),
        claims=_quoted(record.claims, held, shown, moves, loose),
        names=tuple((place, routes[place].name) for place in sorted(routes)),
    )  # fmt: skip


def _counted(asked: Period, until: dt.date) -> Period:
    if asked.last < asked.first:
        raise Misuse(f"the period ends on {asked.last} before it begins on {asked.first}")
    if asked.first > until:
        raise Misuse(f"nothing is known of days after {until}; the period begins on {asked.first}")
    return Period(asked.first, min(asked.last, until))


def _by_place(rows: Iterable[Row]) -> dict[str, list[Row]]:
    places: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        places[row.place_id].append(row)
    return dict(places)


def _inside(
    place: str, gates: Mapping[str, Sequence[CrossingRow]], spells: Mapping[str, Sequence[HoldingRow]], scope: Scope
) -> bool:
    """The place itself, crossings of its province, or those with one side in the country asked about."""
    if scope.place_id:
        mine = {(one.country, key(one.admin1 or "")) for one in spells.get(place, ()) if one.admin1}
        return place == scope.place_id or (scope.place_id not in gates and scope.province in mine)
    sides = {gates[place][0].post_a[:2], gates[place][0].post_b[:2]}
    return not scope.country or scope.country in sides


def _concerns(row: ClaimRow, scope: Scope, sides: Mapping[str, tuple[str, str]]) -> bool:
    if scope.place_id:
        return row.place_id == scope.place_id
    if not scope.country or row.country == scope.country:
        return True
    if row.place_id and row.place_id in sides:
        return scope.country in sides[row.place_id]
    return row.event == "flees_across" and row.place_kind == "country" and row.country in scope.neighbours


# ------------------------------------------------------------------------------------------------------------- figures


def _known(figures: Iterable[Figure], known_at: str | None) -> list[Figure]:
    if known_at is None:
        return list(figures)
    return [one for one in figures if one.reported_last and one.reported_last.isoformat() <= known_at]


def _undated(figures: Iterable[Figure], known_at: str | None, held: Sequence[Tenure]) -> tuple[Unused, ...]:
    """Figures of which nobody can say whether they were known by that day."""
    places = {one.place_id for one in held}
    found = [one for one in figures if one.reported_last is None and set(one.places) & places]
    why = f"no day of print, so nobody can say whether it was known by {known_at}"
    return tuple(Unused(one, why) for one in sorted(found, key=lambda each: each.figure_id)) if known_at else ()


def _looked_at(told: Sequence[Told], held: Sequence[Tenure]) -> tuple[Told, ...]:
    places = {one.place_id for one in held}
    return tuple(one for one in told if set(one.figure.places) & places)


def _of_country(one: Told, countries: frozenset[str], period: Period) -> bool:
    """Whether it is a total of one of the countries that speaks of the days asked about, or of those around them."""
    figure = one.figure
    first, last = figure.first or figure.reported_first, figure.last or figure.reported_last
    if figure.country not in countries or first is None or last is None:
        return False
    return first <= period.last + AROUND and last >= period.first - AROUND


def _countries(scope: Scope, held: set[str]) -> frozenset[str]:
    """Those whose totals are shown: the one asked about, or of everything those where a crossing passed to another."""
    if scope.place_id:
        return frozenset()
    return frozenset({scope.country} if scope.country else held)


def _by_measure(one: Told) -> tuple[str, ...]:
    figure = one.figure
    return (figure.country, figure.measure, str(figure.first or figure.reported_first), figure.figure_id)


# -------------------------------------------------------------------------------------------------------------- places


def _near(routes: Mapping[str, Route], claims: Sequence[ClaimRow], scope: Scope) -> tuple[str, tuple[Route, ...]]:
    """The name of the place asked about, and the crossings around it; nothing where it is itself a crossing."""
    rows = [row for row in claims if row.place_id == scope.place_id and row.lat is not None and row.lon is not None]
    if not scope.place_id or scope.place_id in routes or not rows:
        return "", ()
    row = min(rows, key=lambda one: (one.place_offset_km > 0, one.claim_id))
    point = (row.lat or 0.0, row.lon or 0.0)
    return row.place_name or row.place, nearest(tuple(routes.values()), point, "aid", MOST_NEAR)


def _quoted(
    claims: Sequence[ClaimRow], held: Sequence[Tenure], routes: Sequence[Route], moves: Sequence[Movement],
    loose: Sequence[str],
) -> tuple[ClaimRow, ...]:  # fmt: skip
    """The claims that anything rests on, by id."""
    ids = {*loose, *(claim for one in held for claim in one.claims)}
    ids |= {claim for one in routes for lane in one.lanes for claim in lane.claims}
    for one in moves:
        ids |= {
            *one.uncounted,
            *one.denied,
            *(claim for flow in one.flows for each in flow.counts for claim in each.claims),
        }
    return tuple(sorted((row for row in claims if row.claim_id in ids), key=lambda row: row.claim_id))
