"""An invented border for the tests of consequences: Norland's gates, some of which the Free Marsh Front takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import HealthCheck, settings

from marchland.consequences.build import Record, consequences
from marchland.consequences.records import Consequences, Figure, Period, Range
from marchland.consequences.settings import load_settings
from marchland.records import ClaimRow, CrossingRow, HoldingRow

SETTINGS = load_settings()
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""No test fails on a clock."""
NORLAND, FRONT, LEAGUE = "norland", "front", "league"
NAMES = {NORLAND: "Norland", FRONT: "Free Marsh Front", LEAGUE: "Lake League", None: None}
GATES = {"x:lockgate": "Lockgate", "x:weir": "Weir", "x:sluice": "Sluice"}


def day(number: int) -> dt.date:
    """A day of the invented summer: 1 is 1 May 2031."""
    return dt.date(2031, 5, 1) + dt.timedelta(days=number - 1)


def spell(
    holder: str | None, first: int | None, until: int | None, *, place: str = "x:lockgate", sure: float = 1.0,
    early: int | None = None, late: int | None = None, status: str = "held",
) -> HoldingRow:  # fmt: skip
    """A stretch with one holder; days as numbers of the summer."""

    def iso(number: int | None) -> str | None:
        return None if number is None else day(number).isoformat()

    return HoldingRow(
        holding_id=f"h-{place}-{holder}-{first}", place_id=place, place_name=GATES[place], place_aliases=(),
        kind="crossing", country="NO", admin1="Fen", lat=60.0, lon=20.0, holder_id=holder, holder_name=NAMES[holder],
        holder_aliases=(), status=status if holder else "unknown", probability=sure, from_=iso(first),
        from_earliest=iso(early if early is not None else first), from_latest=iso(late if late is not None else first),
        until=iso(until), last_confirmed=iso(first), known_from=iso(first), witnesses=1, claims=(f"c-{place}-{first}",),
        contradicted_by=(),
    )  # fmt: skip


def gate(
    state: str = "unknown", first: int | None = None, until: int | None = None, *, place: str = "x:lockgate",
    traffic: str = "all", direction: str = "both", claims: tuple[str, ...] = (),
) -> CrossingRow:  # fmt: skip
    """A state of a crossing between Norland (NO) and Sweland (SE)."""
    return CrossingRow(
        place_id=place, place_name=GATES[place], place_aliases=(), lat=60.0 + len(place) / 10, lon=20.0,
        direction=direction, traffic=traffic, state=state, from_=day(first).isoformat() if first else None,
        until=day(until).isoformat() if until else None, probability=0.9, claims=claims, post_a=f"NO {GATES[place]}",
        post_a_holder="Norland", post_b="SE Far Post", post_b_holder="Sweland",
    )  # fmt: skip


def figure(
    amount: float = 100.0, name: str = "", *, by: str = "customs chief", unit: str = "USD", per: str = "day",
    measure: str = "customs-revenue", places: tuple[str, ...] = ("x:lockgate",), printed: dt.date | None = None,
    country: str = "", bound: str = "", repeats: str = "", first: dt.date | None = None, last: dt.date | None = None,
    url: str = "", low: float | None = None, high: float | None = None,
) -> Figure:  # fmt: skip
    """A figure printed on 1 April 2031, before the war."""
    printed = printed or dt.date(2031, 4, 1)
    return Figure(
        name or f"{by}-{amount:g}-{unit}-{per}-{bound}-{printed}", () if country else places, country, measure,
        Range(amount if low is None else low, amount, amount if high is None else high), bound, unit, per, first, last,
        by, "Marsh Courier", printed, printed, repeats, url, True, "", "test:1",
    )  # fmt: skip


CLAIM = ClaimRow(
    claim_id="c1", page_id="p1", article_id="a1", url=None, publisher="Marsh Courier", published="2031-05-10",
    published_how="printed", sentence="Soldiers fled.", start=0, end=14, event="flees_across", stance="asserts",
    actor="soldiers", actor_id=NORLAND, actor_name="Norland", actor_aliases=(), actor_side=NORLAND, opponent_id=None,
    opponent_name=None, opponent_side=None, place="Sweland", place_id="iso:SE", place_name="Sweland",
    place_aliases=(), place_kind="country", country="SE", admin1=None, lat=60.0, lon=18.0, place_reason="",
    place_part="", source="publisher", source_name="Marsh Courier", source_class="publisher", source_side="",
    date_text=None, date_from="2031-05-05", date_to="2031-05-05", date_edtf="", date_how="", quantity="300 soldiers",
    witness_id="w1", frame="flee", reading=0.9, tense="past", quantity_part=300.0, quantity_unit="soldiers",
    quantity_low=300.0, quantity_high=300.0, quantity_kind="forces",
)  # fmt: skip


def fled(
    number: float | None, first: int | None, last: int, *, name: str, by: str = "Marsh Courier", bound: str = "",
    **changes: object,
) -> ClaimRow:  # fmt: skip
    """A report that so many fled into Sweland; days as numbers of the summer; a speaker of its own each."""
    high = None if bound == "at-least" else number
    counted = {"quantity": f"{number:g} soldiers" if number else None, "quantity_part": number, "quantity_low": number,
               "quantity_high": high, "quantity_bound": bound, "quantity_kind": "forces" if number else ""}  # fmt: skip
    days = {"date_from": day(first).isoformat() if first else None, "date_to": day(last).isoformat(),
            "published": day(last).isoformat()}  # fmt: skip
    row = replace(CLAIM, claim_id=name, witness_id=f"w-{name}", publisher=by, source_name=by)
    return replace(row, **{**counted, **days, **changes})  # type: ignore[arg-type]


def follow(
    spells: list[HoldingRow], figures: list[Figure], first: int = 1, last: int = 30, *,
    gates: list[CrossingRow] | None = None, claims: tuple[ClaimRow, ...] = (), **asked: object,
) -> Consequences:  # fmt: skip
    """What follows over some days; every place with a holder has a crossing of which nothing is told."""
    places = sorted({one.place_id for one in spells})
    rows = gates if gates is not None else [gate(place=place) for place in places]
    record = Record(claims, spells, rows, dt.date(2032, 1, 1))
    return consequences(record, figures, Period(day(first), day(last)), SETTINGS, **asked)  # type: ignore[arg-type]


TAKEN = [spell(NORLAND, None, 11), spell(FRONT, 11, None)]
"""Lockgate, taken by the Front on 11 May."""
