"""Counts of smaller places against the record: read, weighed, shared out, compared."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from histories import RULES, WEIGHTS, article_of
from hypothesis import given, settings
from hypothesis import strategies as st
from war import CROWN, LEAGUE, claim

from marchland.ledger import counts
from marchland.ledger.around import NOTHING
from marchland.ledger.census import Census, around, basis, touched_by
from marchland.ledger.counts import Count, count_of
from marchland.ledger.evidence import never_opposed
from marchland.ledger.explain import answer
from marchland.ledger.fuse import PlaceRef, fuse
from marchland.ledger.members import Member
from marchland.ledger.store import Ledger
from marchland.places.gazetteer import Gazetteer
from marchland.records import ClaimRow, CountRow

NUMBERS = WEIGHTS.counts
TOWNS = tuple(f"District {letter}" for letter in "ABCDEFGH")
MEMBERS = tuple(Member(f"x:{name[-1].lower()}", name, f"x:seat-{name[-1].lower()}") for name in TOWNS)
KNOWING = replace(RULES, members=lambda place, kind: MEMBERS if (place, kind) == ("x:north", "district") else ())


def counted(by: str = "Varn Herald", text: str = "6 of 8 districts", part: float = 6, **changes: object) -> ClaimRow:
    given = {"event": "controls", "on": "2031-05-20", "published": "2031-05-20", "quantity_whole": 8.0}
    return claim(by, **{
        **given, "place": "Northmark", "place_id": "x:north", "place_name": "Northmark", "place_kind": "province",
        "quantity": text, "quantity_part": float(part), "quantity_unit": "districts", "quantity_kind": "places",
        "place_aliases": ("Northmark",), "sentence": f"The League holds {text}, {by} said.", **changes,
    })  # fmt: skip


def district(letter: str, **changes: object) -> ClaimRow:
    name = f"District {letter.upper()}"
    return claim(f"{name} Post", **{"place": name, "place_id": f"x:{letter}", "place_name": name,
                 "place_kind": "district", "sentence": f"The League took {name}.", **changes})  # fmt: skip


def made(row: ClaimRow) -> Count:
    found = count_of(row, NUMBERS)
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------------------------ reading


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "district"),
        ({"quantity_unit": "district centres"}, "district"),
        ({"quantity_unit": "northern districts"}, ""),
        ({"quantity_unit": "provincial capitals", "place_kind": "country"}, "capital"),
        ({"quantity_unit": "border crossings"}, "crossing"),
        ({"quantity_unit": "villages"}, "villages"),
        ({"quantity_unit": "territory", "quantity_whole": 100.0, "quantity": "70 % of the territory"}, "territory"),
        ({"quantity_unit": "Northmark", "quantity_whole": 100.0, "quantity": "70 % of Northmark"}, "territory"),
        ({"quantity_unit": "territory", "quantity_whole": None}, ""),
    ],
)
def test_what_is_counted_is_told_by_the_unit(changes: dict[str, object], kind: str) -> None:
    found = count_of(counted(**changes), NUMBERS)
    assert (found.kind if found else "") == kind


@pytest.mark.parametrize(
    "changes",
    [{"stance": "plans"}, {"stance": "denies"}, {"event": "attacks"}, {"place_kind": "town"},
     {"quantity_part": None}, {"date_from": None, "date_to": None, "on": None}],
)  # fmt: skip
def test_what_is_no_count_of_places_held_is_none(changes: dict[str, object]) -> None:
    assert count_of(counted(**changes), NUMBERS) is None


def test_what_was_taken_lately_is_the_least_that_is_held() -> None:
    taken = made(counted(text="5 districts", part=5, event="captures", quantity_whole=None))
    assert taken.bound == "at-least"
    fits = counts.likelihood(taken, 8, 0.9, NUMBERS)
    assert fits[8] == fits[5] > fits[4] > fits[0]


def test_a_share_is_a_share_of_our_list() -> None:
    half = made(counted(text="half of the districts", part=50, quantity_whole=100.0))
    assert counts.claimed(half, 8) == 4
    assert counts.claimed(made(counted(text="5 of 10 districts", part=5, quantity_whole=10.0)), 8) == 4


@pytest.mark.parametrize(("whole", "fits"), [(8, True), (10, True), (7, True), (40, False), (3, False), (None, True)])
def test_another_whole_is_another_scope(whole: float | None, fits: bool) -> None:
    assert counts.in_scope(made(counted(part=3, quantity_whole=whole)), 8, NUMBERS) is fits


# ------------------------------------------------------------------------------------------------------------ weighing

shares = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=6)


def by_hand(held: Sequence[float], unknown: Sequence[float], fits: Sequence[float]) -> list[float]:
    """The same by going through every combination of members held."""
    ratios = []
    for one in range(len(held)):
        sums = [0.0, 0.0]
        for share in (np.arange(counts.SHARES) + 0.5) / counts.SHARES:
            for combination in itertools.product((0, 1), repeat=len(held)):
                odds = [h + u * share for h, u in zip(held, unknown, strict=True)]
                weight = math.prod(
                    o if is_held else 1 - o
                    for other, (o, is_held) in enumerate(zip(odds, combination, strict=True)) if other != one
                )  # fmt: skip
                sums[combination[one]] += weight * fits[sum(combination)]
        ratios.append(sums[1] / sums[0])
    return ratios


@settings(max_examples=25, deadline=None)
@given(shares, st.integers(0, 6))
def test_messages_are_exact(members: list[tuple[float, float]], part: int) -> None:
    held = np.array([share * known for share, known in members])
    unknown = np.array([1 - known for _, known in members])
    fits = counts.likelihood(made(counted(part=part, quantity_whole=None)), len(members), 0.9, NUMBERS)
    found = counts.messages(held, unknown, fits, 1e9)
    assert found == pytest.approx(by_hand(held.tolist(), unknown.tolist(), fits.tolist()), rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(shares)
def test_the_number_held_has_a_distribution_with_the_right_mean(members: list[tuple[float, float]]) -> None:
    held = np.array([share * known for share, known in members])
    unknown = np.array([1 - known for _, known in members])
    found = counts.number_held(held, unknown)
    assert found.sum() == pytest.approx(1)
    assert found @ np.arange(len(found)) == pytest.approx((held + unknown / 2).sum())


def test_five_hundred_members_are_counted_exactly() -> None:
    held, unknown = np.full(500, 0.3), np.full(500, 0.2)
    fits = counts.likelihood(made(counted(part=400, quantity_whole=500.0)), 500, 0.9, NUMBERS)
    found = counts.messages(held, unknown, fits, 1e9)
    assert found == pytest.approx(np.full(500, found[0]))
    assert found[0] > 1


def test_more_claimed_than_on_record_speaks_for_holding_and_less_against() -> None:
    held, unknown = np.array([0.95, 0.95, 0.5, 0.5, 0.5, 0.05]), np.zeros(6)
    many = counts.messages(
        held, unknown, counts.likelihood(made(counted(part=5, quantity_whole=6.0)), 6, 0.9, NUMBERS), 3
    )
    few = counts.messages(
        held, unknown, counts.likelihood(made(counted(part=2, quantity_whole=6.0)), 6, 0.9, NUMBERS), 3
    )
    assert (many[2:5] > 1.2).all()
    assert (few[2:5] < 0.9).all()
    assert (many <= 3).all()
    assert (few >= 1 / 3).all()


def test_who_gains_by_a_count_weighs_least_and_who_loses_by_it_most() -> None:
    ratios = [
        counts.claimant_ratio(made(counted(source_side=side, source_class="spokesperson")), WEIGHTS, RULES.same_side,
                              never_opposed) for side in (LEAGUE, "", CROWN)
    ]  # fmt: skip
    assert ratios == sorted(ratios)
    assert len(set(ratios)) == 3


def test_a_figure_is_its_first_tellers_however_many_repeat_it() -> None:
    told = [made(counted(by, published=f"2031-05-{day}", on=f"2031-05-{day}")) for by, day in (("B", 22), ("A", 20))]
    later = made(counted("C", published="2031-07-20", on="2031-07-20"))
    other = made(counted("D", text="7 of 8 districts", part=7))
    found = counts.first_told([*told, later, other], NUMBERS)
    assert {(first.row.publisher, len(every)) for first, every in found} == {("A", 2), ("C", 1), ("D", 1)}


# ------------------------------------------------------------------------------------------------------ on the record


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        yield opened


def fill(ledger: Ledger, rows: Sequence[ClaimRow]) -> Ledger:
    for row in rows:
        ledger.add(article_of(row), [row])
    return ledger


def asked(ledger: Ledger, rows: Sequence[ClaimRow]) -> list[CountRow]:
    return list(Census(fill(ledger, rows), KNOWING, None).rows())


HELD = [district(letter) for letter in "ab"]
LOST = district("c", event="controls", by_side=CROWN, on="2031-05-19", published="2031-05-19")


def test_a_count_is_set_beside_the_members_on_record_by_name(ledger: Ledger) -> None:
    (row,) = asked(ledger, [*HELD, LOST, counted()])
    assert (row.claimed, row.members, row.on_record, row.shortfall) == (6.0, 8, 2, 4.0)
    assert row.held == ("District A", "District B")
    assert row.not_held == ("District C (Crown of Varn)",)
    assert row.unknown == tuple(f"District {letter}" for letter in "DEFGH")
    assert 1 <= row.expected_low < row.expected < row.expected_high <= 7
    assert (row.weighed, row.note, row.interested) == (True, "", False)


def test_a_district_is_known_by_its_seat(ledger: Ledger) -> None:
    seat = district("d", place="Dale", place_id="x:seat-d", place_name="Dale", place_kind="town")
    (row,) = asked(ledger, [seat, counted()])
    assert row.held == ("District D",)


def test_members_that_are_fought_over_stand_apart(ledger: Ledger) -> None:
    fought = [district("e", event="contests", on="2031-05-19", published="2031-05-20",
                       sentence="Fighting in the streets.", witness_id=f"w{n}") for n in "12"]  # fmt: skip
    (row,) = asked(ledger, [district("e", event="controls", by_side=CROWN, on="2031-05-01"), *fought, counted()])
    assert row.contested == ("District E",)
    assert "District E" not in (*row.held, *row.unknown)


def test_definitions_that_differ_stay_apart(ledger: Ledger) -> None:
    rows = asked(ledger, [
        counted("A"), counted("B", text="6 of 9 districts", quantity_whole=9.0),
        counted("C", text="70 % of the territory", part=70, quantity_whole=100.0, quantity_unit="territory"),
        counted("D", text="5 of the 40 districts", part=5, quantity_whole=40.0),
        counted("E", source="a League spokesman", source_side=LEAGUE, source_name="League spokesman", part=7,
                text="7 of 8 districts"),
    ])  # fmt: skip
    assert {row.claimant: (row.kind, row.note, row.interested) for row in rows} == {
        "A": ("district", "", False),
        "B": ("district", "of 9, where our list has 8", False),
        "C": ("territory", "a share of territory, compared by the number of districts", False),
        "D": ("district", "of another whole: 40, where our list has 8", False),
        "League spokesman": ("district", "", True),
    }
    assert [row.claimed for row in rows if row.claimant == "D"] == [None]


def test_what_at_least_allows_is_no_shortfall(ledger: Ledger) -> None:
    (row,) = asked(ledger, [*HELD, counted(text="at least 1 district", part=1, quantity_bound="at-least",
                                           quantity_whole=None)])  # fmt: skip
    assert row.shortfall == 0


def test_a_count_known_later_is_not_known_before(ledger: Ledger) -> None:
    fill(ledger, [*HELD, counted()])
    assert list(Census(ledger, KNOWING, dt.date(2031, 5, 19)).rows()) == []
    assert around(ledger, KNOWING, "x:a", "XA", dt.date(2031, 5, 19)) == NOTHING


def stale(letter: str) -> ClaimRow:
    return district(letter, event="captures", on="2030-01-05", published="2030-01-06")


def odds(ledger: Ledger, place: str, day: str = "2031-05-20") -> tuple[float, float]:
    """Log-odds of the League without the counts and with them."""
    rows = ledger.claims(place_id=place)
    at = dt.date.fromisoformat(day)
    found = []
    for beside in (NOTHING, around(ledger, KNOWING, place, "XA", None)):
        fused = fuse(rows, KNOWING, until=at, around=beside)
        assert fused is not None
        found.append(fused.log_odds(LEAGUE, at.toordinal()))
    return found[0], found[1]


def test_a_count_moves_a_member_whose_holder_is_out_of_date(ledger: Ledger) -> None:
    fill(ledger, [*(stale(letter) for letter in "abcdefgh"), counted(text="8 of 8 districts", part=8)])
    before, after = odds(ledger, "x:a")
    assert 0.2 < after - before <= math.log(NUMBERS.ratio_cap) + 1e-6


def test_a_member_whose_holder_is_known_barely_moves(ledger: Ledger) -> None:
    admitted = district("a", source="a Crown spokesman", source_name="Crown spokesman", source_side=CROWN,
                        source_class="spokesperson", on="2031-05-19", published="2031-05-19")  # fmt: skip
    sure = [admitted, district("a", on="2031-05-19", published="2031-05-20", source_class="agency")]
    fill(ledger, [*sure, LOST, counted(text="1 of 8 districts", part=1)])
    before, after = odds(ledger, "x:a")
    shares = [1 / (1 + math.exp(-one)) for one in (before, after)]
    assert shares[0] > 0.95
    assert abs(shares[1] - shares[0]) < 0.03


def test_fifty_copies_of_a_count_are_one(ledger: Ledger) -> None:
    rows = [*(stale(letter) for letter in "abcdefgh"), counted(text="8 of 8 districts", part=8)]
    once = odds(fill(ledger, rows), "x:a")
    copies = [counted(f"Copy {n}", text="8 of 8 districts", part=8, published="2031-05-21") for n in range(50)]
    assert odds(fill(ledger, copies), "x:a") == pytest.approx(once)


def test_order_of_arrival_changes_no_count() -> None:
    rows = [*HELD, stale("d"), LOST, counted("A"), counted("B", text="7 of 8 districts", part=7)]
    made = []
    for order in (rows, rows[::-1]):
        with Ledger.open(":memory:") as one:
            found = asked(one, order)
            made.append((found, around(one, KNOWING, "x:d", "XA", None)))
    assert made[0] == made[1]


def test_why_has_a_row_for_the_count(ledger: Ledger) -> None:
    fill(ledger, [*(stale(letter) for letter in "abcdefgh"), counted(text="8 of 8 districts", part=8)])
    rows = ledger.claims(place_id="x:a")
    found = answer(rows, PlaceRef.of(rows), KNOWING, dt.date(2031, 5, 21), None,
                   around(ledger, KNOWING, "x:a", "XA", None))  # fmt: skip
    (row,) = (row for row in found.rows if row.what == "count")
    assert row.sentence == "Varn Herald counts 8 of 8 districts of Northmark as held by Lake League"
    assert sum(one.log_odds for one in found.rows) == pytest.approx(found.log_odds, abs=1e-9)


def test_a_count_touches_its_members_and_a_member_its_fellows(ledger: Ledger) -> None:
    fill(ledger, [*HELD, LOST])
    count = counted()
    assert touched_by(ledger, KNOWING, count) == {"x:a", "x:b", "x:c"}
    assert touched_by(ledger, KNOWING, HELD[0]) == set()
    fill(ledger, [count])
    assert touched_by(ledger, KNOWING, HELD[0]) == {"x:b", "x:c"}
    assert touched_by(ledger, KNOWING, claim("A")) == set()
    everybody = {one for member in MEMBERS for one in (member.place_id, member.seat_id)}
    assert basis(ledger, KNOWING, "x:a", "XA") == everybody - {"x:a"} | {"x:north"}
    assert basis(ledger, KNOWING, "x:osterby", "XA") == set()


def test_a_new_count_makes_what_was_worked_out_about_its_members_out_of_date() -> None:
    country, province = "Afghanistan", "Herat"
    gazetteer = Gazetteer.shipped()
    wide = next(one for one in gazetteer.lookup(province) if one.kind == "province" and one.country == "AF")
    member = gazetteer.children(wide)[0]
    inside = claim("A", place_id=member.place_id, place_name=member.name, place_kind="district", country="AF")
    count = counted(place=province, place_id=wide.place_id, place_name=province, country="AF",
                    sentence=f"They hold 6 of 8 districts of {province}, {country}.")  # fmt: skip
    with Ledger.open(":memory:") as ledger:
        fill(ledger, [inside])
        ((before,),) = ledger.database.execute(REVISION, (member.place_id,))
        fill(ledger, [count])
        ((after,),) = ledger.database.execute(REVISION, (member.place_id,))
    assert after > before


REVISION = "SELECT revision FROM place_stamp WHERE place_id = ?"


def test_a_place_of_a_country_without_counts_has_nothing_around_it(ledger: Ledger) -> None:
    fill(ledger, [claim("A")])
    assert around(ledger, RULES, "x:osterby", "XA", None) == NOTHING


# -------------------------------------------------------------------------------------------------------------- members


def test_the_gazetteer_lists_districts_provinces_capitals_and_crossings() -> None:
    from marchland.ledger.members import members_of  # noqa: PLC0415

    gazetteer = Gazetteer.shipped()
    members = members_of(gazetteer)
    country = next(one for one in gazetteer.lookup("Afghanistan") if one.kind == "country")
    province = next(one for one in gazetteer.lookup("Herat") if one.kind == "province")
    assert len(members(country.place_id, "province")) == len(members(country.place_id, "capital")) == 34
    assert len(members(country.place_id, "district")) > 300
    assert {one.name for one in members(province.place_id, "district")} > {"Kuhsān", "Gulrān"}
    assert all(one.seat_id for one in members(province.place_id, "district") if one.name == "Kuhsān")
    assert members(province.place_id, "crossing")
    assert members(province.place_id, "village") == members("x:nowhere", "district") == ()
