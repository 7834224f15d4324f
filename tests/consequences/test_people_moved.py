"""Soldiers and people who crossed: witnesses and days, totals apart from their parts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marches import CLAIM, FRONT, NORLAND, SETTINGS, SLOW, day, fled, follow

from marchland.consequences.flows import movements
from marchland.consequences.records import Period, Range

SIDES = {"x:lockgate": ("NO", "SE")}
SUMMER = Period(day(1), day(60))


def moved(*rows, period=SUMMER):
    return movements(rows, SIDES, period, SETTINGS)


def only(*rows, **asked):
    (movement,) = moved(*rows, **asked)
    return movement


CASES = [
    ("one report", [fled(300, 5, 5, name="a")], (300, 300, 300)),
    ("two days are two flows, though the low allows for one",
     [fled(300, 5, 5, name="a"), fled(200, 9, 9, name="b")], (300, 500, 500)),
    ("one day told twice is one flow", [fled(300, 5, 5, name="a"), fled(250, 5, 5, name="b")], (250, 250, 300)),
    ("more than a thousand and 1,037 are one flow",
     [fled(1000, 5, 5, name="a", bound="at-least"), fled(1037, 5, 5, name="b")], (1000, 1037, 1037)),
    ("a total is not added to its parts",
     [fled(300, 5, 5, name="a"), fled(200, 7, 7, name="b"), fled(900, 3, 9, name="c")], (900, 900, 900)),
    ("parts that are more than their total stand",
     [fled(700, 5, 5, name="a"), fled(800, 7, 7, name="b"), fled(900, 3, 9, name="c")], (900, 1500, 1500)),
    ("a count by a day may hold those of the days before",
     [fled(300, 5, 5, name="a"), fled(1587, None, 8, name="b")], (1587, 1587, 1587)),
    ("a count by a day long after is another",
     [fled(300, 5, 5, name="a"), fled(400, None, 40, name="b")], (400, 700, 700)),
    ("one odd number is one count, whatever its days",
     [fled(1037, 5, 5, name="a"), fled(1037, 12, 12, name="b")], (1037, 1037, 1037)),
    ("one round number on two days is two counts",
     [fled(300, 5, 5, name="a"), fled(300, 12, 12, name="b")], (300, 600, 600)),
    ("days told to a range meet where they share a day",
     [fled(300, 5, 5, name="a"), fled(310, 4, 6, name="b"), fled(500, 6, 6, name="c")], (500, 800, 810)),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "amount"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_counts_become_flows(rows, amount):
    assert only(*rows).amount == Range(*amount)


def test_outlets_that_carry_one_witness_are_one_count():
    first = fled(300, 5, 5, name="a")
    copies = [replace(first, claim_id=f"copy{number}", publisher=f"Echo {number}") for number in range(50)]
    before, after = only(first), only(first, *copies)
    assert (before.amount, before.witnesses) == (after.amount, after.witnesses) == (Range(300, 300, 300), 1)


def test_more_than_leaves_the_high_open():
    one = only(fled(300, 5, 5, name="a", bound="at-least"))
    assert (one.amount, one.open_high) == (Range(300, 300, 300), True)


def test_forces_and_people_are_told_apart():
    people = fled(4000, 5, 5, name="b", quantity_kind="people", quantity_unit="people", actor="people")
    found = moved(fled(300, 5, 5, name="a"), people)
    assert sorted((one.kind, one.amount.best) for one in found) == [("forces", 300), ("people", 4000)]


def test_a_count_of_nobody_in_particular_joins_the_others():
    loose = fled(310, 5, 5, name="b", quantity_kind="", quantity_unit="Norlanders", actor="them")
    assert only(fled(300, 5, 5, name="a"), loose).witnesses == 2


@pytest.mark.parametrize("kind", ["places", "vehicles", "money"])
def test_towns_trucks_and_money_are_no_people(kind):
    one = only(fled(300, 5, 5, name="a", quantity_kind=kind))
    assert (one.flows, one.uncounted) == ((), ("a",))


def test_a_share_of_something_is_no_count():
    assert only(fled(17, 5, 5, name="a", quantity_whole=19.0)).flows == ()


def test_reports_without_a_number_are_named_not_counted():
    one = only(fled(300, 5, 5, name="a"), fled(None, 5, 5, name="b"))
    assert (one.amount.best, one.uncounted) == (300, ("b",))


def test_a_denial_is_shown_and_a_plan_is_nothing():
    one = only(fled(300, 5, 5, name="a"), fled(300, 5, 5, name="b", stance="denies"),
               fled(900, 5, 5, name="c", stance="plans"))  # fmt: skip
    assert (one.amount.best, one.denied) == (300, ("b",))


def test_a_hedge_raises_the_high_alone():
    one = only(fled(300, 5, 5, name="a"), fled(900, 5, 5, name="b", stance="hedges"))
    assert one.amount == Range(300, 300, 900)


def test_other_days_are_left_out_and_days_not_told_are_named():
    undated = replace(fled(300, 5, 5, name="b"), date_from=None, date_to=None)
    found = follow([], [], first=6, claims=(fled(300, 5, 5, name="a"), undated))
    assert (found.movements, found.undated) == ((), ("b",))


def test_a_crossing_leads_out_of_the_country_where_the_war_is():
    over = fled(300, 5, 5, name="a", place_id="x:lockgate", place_name="Lockgate", place_kind="crossing", country="NO")
    fight = replace(CLAIM, claim_id="f", event="captures", place_kind="town", country="NO", quantity=None)
    assert only(over).direction == ""
    (one,) = moved(over, fight)
    assert one.direction == ">SE"
    into = fled(320, 5, 5, name="b")
    (both,) = moved(over, fight, into)
    assert (both.amount, both.where) == (Range(300, 300, 320), "iso:SE")


def test_those_who_gave_up_are_counted_by_place():
    rows = [
        fled(200, 5, 5, name="a", event="surrenders", place_id="x:lockgate", place_name="Lockgate"),
        fled(30, 5, 5, name="b", event="surrenders", place_id="t:mere", place_name="Mere", place_kind="town"),
    ]
    assert sorted((one.name, one.amount.best) for one in moved(*rows)) == [("Lockgate", 200), ("Mere", 30)]


def test_what_was_said_of_a_country_counts_for_its_neighbour():
    from marchland.consequences.build import Scope  # noqa: PLC0415

    rows = (fled(300, 5, 5, name="a"),)
    for scope, counted in (
        (Scope(country="NO", neighbours=frozenset({"SE"})), 1),
        (Scope(country="NO", neighbours=frozenset({"FI"})), 0),
        (Scope(country="SE"), 1),
        (Scope(place_id="t:mere"), 0),
    ):
        assert len(follow([], [], claims=rows, scope=scope).movements) == counted


COUNTS = st.lists(
    st.builds(
        lambda number, first, length, bound, index, stance: fled(
            number, None if length is None else first, first + (length or 0), name=f"c{index}", bound=bound,
            stance=stance, by=f"Outlet {index}",
        ),
        st.integers(1, 5000), st.integers(1, 40), st.none() | st.integers(0, 8),
        st.sampled_from(["", "about", "at-least"]), st.integers(0, 10**6),
        st.sampled_from(["asserts", "hedges", "denies"]),
    ),
    max_size=8, unique_by=lambda row: row.claim_id,
)  # fmt: skip


@SLOW
@given(COUNTS)
def test_low_best_and_high_are_in_order(rows):
    for one in moved(*rows):
        for amount in (one.amount, *(flow.amount for flow in one.flows)):
            assert 0 <= amount.low <= amount.best <= amount.high
        assert one.amount.high <= sum(flow.amount.high for flow in one.flows)


@SLOW
@given(COUNTS, st.randoms())
def test_the_order_of_reports_changes_nothing(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    assert moved(*rows) == moved(*mixed)


@SLOW
@given(COUNTS, st.data())
def test_a_copied_report_changes_nothing(rows, data):
    if not rows:
        return
    first = data.draw(st.sampled_from(rows))
    again = replace(first, claim_id="zz-copy", publisher="Echo")
    before, after = moved(*rows), moved(*rows, again)
    assert [(one.amount, one.witnesses) for one in before] == [(one.amount, one.witnesses) for one in after]


def test_sides_of_the_war_play_no_part():
    swapped = fled(300, 5, 5, name="a", actor_id=FRONT, actor_side=FRONT, actor_name="Free Marsh Front")
    assert only(swapped).amount == only(fled(300, 5, 5, name="a", actor_id=NORLAND)).amount
