"""Consequences as flat rows, for export: one for each estimate, total, figure of a country, flow and lane."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from marchland.consequences.once import rate
from marchland.consequences.records import (
    Consequences,
    Estimate,
    Figure,
    Flow,
    Lane,
    Movement,
    Range,
    Route,
    Tenure,
    Told,
    Total,
)
from marchland.consequences.settings import Settings
from marchland.records import content_id


@dataclass(frozen=True, slots=True)
class ConsequenceRow:
    """One consequence (export). Dates are ISO 8601 days, `to` is inclusive."""

    consequence_id: str
    kind: str
    """estimate, total, told-of-country, movement (added up), flow (one stretch of days) or lane."""
    place_ids: tuple[str, ...]
    place_names: tuple[str, ...]
    country: str | None
    """ISO alpha-2: of the near side of crossings, or that whose total it is."""
    lat: float | None
    lon: float | None
    event: str | None
    """flees_across, surrenders or displaces, of people."""
    direction: str | None
    traffic: str | None
    measure: str | None
    unit: str | None
    holder_id: str | None
    holder_name: str | None
    former_name: str | None
    from_: str
    to: str
    low: float | None
    """Money or traffic that the former holder went without; people; the amount as told, of a figure of a country."""
    best: float | None
    high: float | None
    high_is_open: bool
    """Somebody says "more than": `high` is no limit."""
    passing_low: float | None
    """What lay open to the new holder: on days when traffic passes."""
    passing_best: float | None
    passing_high: float | None
    days_low: float | None
    days_best: float | None
    days_high: float | None
    state: str | None
    state_since: str | None
    """Day from which the holder, or the state, was so."""
    state_told: str | None
    days_by_state: tuple[str, ...]
    """"closed: 12", in days of the period."""
    part_of: str | None
    figures: tuple[str, ...]
    claims: tuple[str, ...]
    said_by: tuple[str, ...]
    missing: tuple[str, ...]
    """Crossings that changed hands, too, and are not in a total."""
    notes: tuple[str, ...]


_EMPTY = ConsequenceRow(
    consequence_id="", kind="", place_ids=(), place_names=(), country=None, lat=None, lon=None, event=None,
    direction=None, traffic=None, measure=None, unit=None, holder_id=None, holder_name=None, former_name=None, from_="",
    to="", low=None, best=None, high=None, high_is_open=False, passing_low=None, passing_best=None, passing_high=None,
    days_low=None, days_best=None, days_high=None, state=None, state_since=None, state_told=None, days_by_state=(),
    part_of=None, figures=(), claims=(), said_by=(), missing=(), notes=(),
)  # fmt: skip


def rows(found: Consequences, settings: Settings) -> Iterator[ConsequenceRow]:
    """The rows, in a fixed order. Estimates rounded to two digits after the point."""
    made = _Rows(found, settings)
    yield from (made.estimate(one) for one in found.estimates)
    yield from (made.total(one) for one in found.totals)
    yield from (made.of_country(one) for one in found.whole)
    for movement in found.movements:
        yield made.movement(movement)
        yield from (made.flow(movement, flow) for flow in movement.flows)
    for route in found.routes:
        yield from (made.lane(route, lane) for lane in route.lanes)


def claims_of(tenures: tuple[Tenure, ...], estimate: Estimate) -> tuple[str, ...]:
    """The claims on which the change of holder rests."""
    return tuple(sorted({
        claim for one in tenures if one.place_id in estimate.places and one.holder_id == estimate.holder_id
        for claim in one.claims
    }))  # fmt: skip


class _Rows:
    """Knows the period, the names and the points of places."""

    def __init__(self, found: Consequences, settings: Settings) -> None:
        self._found, self._settings = found, settings
        self._names: Mapping[str, str] = dict(found.names)
        self._points = {one.place_id: (one.lat, one.lon) for one in (*found.routes, *found.nearest)}
        self._countries = {one.place_id: one.posts[0].name[:2] for one in found.routes}
        self._figures: Mapping[str, Figure] = figures_of(found)

    def _row(self, kind: str, identity: tuple[object, ...], **fields: object) -> ConsequenceRow:
        values = {name: getattr(_EMPTY, name) for name in ConsequenceRow.__slots__}
        period = self._found.period
        first, last = period.first.isoformat(), period.last.isoformat()
        made = {"from_": first, "to": last} | fields
        fixed = content_id("consequence", kind, first, last, self._found.known_at, *identity)
        return ConsequenceRow(**(values | made | {"consequence_id": fixed, "kind": kind}))

    def _place(self, places: tuple[str, ...]) -> dict[str, object]:
        lat, lon = self._points.get(places[0], (None, None)) if len(places) == 1 else (None, None)
        country = self._countries.get(places[0])
        return {"country": country, "lat": lat, "lon": lon, "place_ids": places,
                "place_names": tuple(self._names.get(one, one) for one in places)}  # fmt: skip

    def estimate(self, one: Estimate) -> ConsequenceRow:
        return self._row(
            "estimate", (one.places, one.measure, one.unit, one.holder_id, one.since), **self._place(one.places),
            measure=one.measure, unit=one.unit, holder_id=one.holder_id, holder_name=one.holder_name,
            former_name=one.former_name, state_since=one.since, high_is_open=one.open_high, **_three("", one.lost),
            **_three("passing_", one.open), **_three("days_", one.days), figures=one.figures,
            claims=claims_of(self._found.tenures, one),
            said_by=tuple(dict.fromkeys(_says(self._figures[figure]) for figure in one.figures)), notes=one.notes,
        )  # fmt: skip

    def total(self, one: Total) -> ConsequenceRow:
        return self._row(
            "total", (one.country, one.measure, one.unit, one.holder_id, one.back), country=one.country,
            place_ids=one.places, place_names=tuple(self._names.get(place, place) for place in one.places),
            measure=one.measure, unit=one.unit, holder_id=one.holder_id, holder_name=one.holder_name,
            high_is_open=one.open_high, **_three("", one.lost), **_three("passing_", one.open), missing=one.missing,
        )  # fmt: skip

    def of_country(self, told: Told) -> ConsequenceRow:
        one = told.figure
        daily = rate(one, self._settings)
        notes = ["as told, for these days" if one.per == "total" else f"as told, for each {one.per}", one.note]
        if daily:
            notes.insert(1, f"{daily.best:.0f} {one.unit} a day")
        return self._row(
            "told-of-country", (one.figure_id,), country=one.country, measure=one.measure, unit=one.unit,
            from_=str(one.first or one.reported_first or ""), to=str(one.last or one.reported_last or ""),
            **_three("", one.amount), high_is_open=one.bound == "at-least",
            figures=(one.figure_id, *(again.figure_id for again, _ in told.again)), said_by=(_says(one),),
            notes=tuple(note for note in notes if note),
        )  # fmt: skip

    def movement(self, one: Movement) -> ConsequenceRow:
        counted = {claim for flow in one.flows for count in flow.counts for claim in count.claims}
        return self._row(
            "movement", (one.event, one.kind, one.where, one.direction), place_ids=(one.where,),
            place_names=(one.name,), event=one.event, direction=one.direction or None, unit=one.kind or "people",
            **(_three("", one.amount) if one.flows else {}), high_is_open=one.open_high,
            claims=tuple(sorted({*counted, *one.uncounted})), notes=one.notes,
        )  # fmt: skip

    def flow(self, movement: Movement, one: Flow) -> ConsequenceRow:
        return self._row(
            "flow", (one.event, one.kind, one.where, one.direction, one.first, one.last), place_ids=(one.where,),
            place_names=(one.name,), event=one.event, direction=one.direction or movement.direction or None,
            unit=one.kind or "people", from_=one.first or "", to=one.last, **_three("", one.amount),
            high_is_open=one.open_high, part_of=one.part_of or None,
            claims=tuple(sorted({claim for count in one.counts for claim in count.claims})),
            said_by=tuple(dict.fromkeys(count.who for count in one.counts)),
        )  # fmt: skip

    def lane(self, route: Route, one: Lane) -> ConsequenceRow:
        return self._row(
            "lane", (route.place_id, one.traffic), **self._place((route.place_id,)), traffic=one.traffic,
            holder_name=route.posts[0].holder, state=one.state, state_since=one.since, state_told=one.told,
            days_by_state=tuple(f"{state}: {days}" for state, days in one.days if days), claims=one.claims,
            notes=tuple(f"{day}: {state}" for day, state in one.changes),
        )  # fmt: skip


def figures_of(found: Consequences) -> dict[str, Figure]:
    """Every figure that was looked at, by id."""
    told = (*found.told, *found.whole)
    every = [one for each in told for one in (each.figure, *(again for again, _ in each.again))]
    return {one.figure_id: one for one in (*every, *(each.figure for each in found.unused))}


def _says(one: Figure) -> str:
    return f"{one.claimant}, {one.publisher}" if one.publisher else one.claimant


def _three(prefix: str, amount: Range | None) -> dict[str, object]:
    if amount is None:
        return {}
    return {f"{prefix}{name}": round(getattr(amount, name), 2) for name in ("low", "best", "high")}
