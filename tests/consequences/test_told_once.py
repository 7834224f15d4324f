"""A figure told twice is one figure."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marches import SETTINGS, SLOW, figure

from marchland.consequences.once import told_once

APRIL = dt.date(2031, 4, 1)
MARCH = (dt.date(2031, 3, 1), dt.date(2031, 3, 31))
PAGE = "https://news.example/1"

CASES = [
    (figure(1, "a"), figure(1, "b", by="another"), True, "one amount, printed in the same days"),
    (figure(1, "a"), figure(1, "b", by="another", printed=dt.date(2031, 7, 1)), False, "one amount, months apart"),
    (figure(1, "a"), figure(1, "b", printed=dt.date(2030, 1, 1)), True, "one claimant who says the same again"),
    (figure(1, "a"), figure(2, "b"), False, "two amounts"),
    (figure(1, "a"), figure(1, "b", places=("x:weir",)), False, "two crossings"),
    (figure(1, "a"), figure(1, "b", measure="trade"), False, "two measures"),
    (figure(1, "a"), figure(1, "b", per="month"), False, "a day and a month"),
    (figure(1, "a", url=PAGE), figure(70, "b", unit="XAF", url=PAGE), True, "one claimant on one page, two currencies"),
    (figure(1, "a", url=PAGE), figure(70, "b", unit="XAF", url=PAGE, by="another"), False, "two claimants on one page"),
    (figure(1, "a"), figure(70, "b", unit="XAF"), False, "two currencies, no page"),
    (figure(1, "a"), figure(9, "b", by="another", repeats="a"), True, "the table says so"),
    (figure(5, "a", per="total", first=MARCH[0], last=MARCH[1]),
     figure(5, "b", per="total", first=dt.date(2031, 1, 1), last=dt.date(2031, 1, 31)), False, "two months"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same", "case"), CASES, ids=[case[3] for case in CASES])
def test_which_figures_are_one(one, other, same, case):
    found = told_once([one, other], SETTINGS)
    assert (len(found) == 1) == same
    if same:
        assert all(why for _, why in found[0].again)


def test_two_amounts_in_two_currencies_on_one_page_are_not_guessed_at():
    pairs = [figure(amount, f"{unit}{amount}", unit=unit, url=PAGE) for unit, amount in
             (("USD", 3), ("USD", 1), ("XAF", 210), ("XAF", 70))]  # fmt: skip
    assert len(told_once(pairs, SETTINGS)) == 4


def test_the_original_stands_for_its_relays():
    found = told_once(
        [figure(1, "relay", by="echo", repeats="z"), figure(1, "z", printed=dt.date(2031, 4, 9))], SETTINGS
    )
    assert found[0].figure.figure_id == "z"


def test_a_relay_between_two_figures_does_not_join_them():
    first, last = figure(1, "a", by="chief"), figure(1, "c", by="chamber", printed=dt.date(2031, 5, 20))
    between = figure(1, "b", by="echo", printed=dt.date(2031, 4, 25))
    assert len(told_once([first, last], SETTINGS)) == 2
    assert len(told_once([first, between, last], SETTINGS)) == 2


ALL = [replace(one, figure_id=f"f{index}") for index, one in enumerate(one for case in CASES for one in case[:2])]


@SLOW
@given(st.permutations(ALL))
def test_the_order_changes_nothing(figures):
    assert told_once(figures, SETTINGS) == told_once(ALL, SETTINGS)


def test_a_table_of_many_equal_rows_is_told_in_a_moment():
    many = [figure(1, f"n{index}", by=f"clerk {index}") for index in range(20_000)]
    assert len(told_once(many, SETTINGS)) == 1
