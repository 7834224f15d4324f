"""Money and traffic that passed to another holder: days times figures, each figure once, no claimants added up."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marches import CLAIM, FRONT, LEAGUE, NORLAND, SLOW, TAKEN, day, figure, follow, gate, spell

from marchland.consequences.records import Range
from marchland.errors import Misuse


def only(found):
    (estimate,) = found.estimates
    return estimate


def test_a_day_held_by_another_misses_the_figure_of_a_day():
    one = only(follow(TAKEN, [figure(100)]))
    assert one.days == Range(20, 20, 20)
    assert one.lost == Range(2000, 2000, 2000)
    assert (one.former_name, one.holder_name) == ("Norland", "Free Marsh Front")


@pytest.mark.parametrize(
    ("per", "first", "last", "daily"),
    [
        ("week", None, None, 100 / 7),
        ("month", None, None, 100 / 30.436875),
        ("year", None, None, 100 / 365.2425),
        ("total", dt.date(2031, 3, 1), dt.date(2031, 3, 10), 10),
    ],
)
def test_figures_of_longer_times_are_told_for_a_day(per, first, last, daily):
    assert only(follow(TAKEN, [figure(100, per=per, first=first, last=last)])).rate.best == pytest.approx(daily)


def test_days_range_from_the_latest_change_to_the_earliest():
    spells = [spell(NORLAND, None, 11), spell(FRONT, 11, None, early=6, late=16, sure=0.9)]
    days = only(follow(spells, [figure()])).days
    assert (days.low, days.best, days.high) == (pytest.approx(13.5), pytest.approx(18), 25)


@pytest.mark.parametrize(
    ("status", "sure"), [("claimed", 0.95), ("contested", 0.95), ("besieged", 0.95), ("held", 0.7)]
)
def test_what_is_not_firmly_held_leaves_the_low_at_nothing(status, sure):
    spells = [spell(NORLAND, None, 11), spell(FRONT, 11, None, status=status, sure=sure)]
    one = only(follow(spells, [figure(100)]))
    assert (one.days.low, one.lost.low, one.days.high) == (0, 0, 20)


def test_the_holder_from_the_beginning_took_nothing_from_anybody():
    found = follow([spell(NORLAND, None, None)], [figure()])
    assert (found.tenures, found.estimates, found.totals) == ((), (), ())


def test_days_of_which_nobody_knows_the_holder_are_nobodys():
    spells = [spell(NORLAND, None, 6), spell(None, 6, 11), spell(FRONT, 11, None)]
    assert only(follow(spells, [figure()])).days == Range(20, 20, 20)


def test_a_crossing_taken_back_is_told_apart():
    spells = [spell(NORLAND, None, 6), spell(FRONT, 6, 11), spell(NORLAND, 11, None)]
    found = follow(spells, [figure(100)])
    assert [(one.holder_name, one.back, one.days.best) for one in found.tenures] == [
        ("Free Marsh Front", False, 5), ("Norland", True, 20)]  # fmt: skip
    assert sorted((one.holder_name, one.back, one.lost.best) for one in found.totals) == [
        ("Free Marsh Front", False, 500), ("Norland", True, 2000)]  # fmt: skip


def test_claimants_are_never_added_and_the_best_is_a_figure_that_somebody_gives():
    one = only(follow(TAKEN, [figure(100, by="chief"), figure(130, by="chamber"), figure(900, by="councillor")]))
    assert one.rate == Range(100, 130, 900)
    assert one.contradiction == 9
    assert any("contradict" in note for note in one.notes)
    two = only(follow(TAKEN, [figure(100, by="chief"), figure(900, by="councillor")]))
    assert two.rate.best == 100


def test_of_one_claimant_only_the_latest_figure_counts():
    found = follow(TAKEN, [figure(100, by="chief"), figure(300, by="Chief", printed=dt.date(2030, 4, 1))])
    assert only(found).rate == Range(100, 100, 100)
    assert [one.why for one in found.unused] == ["older than another of the same claimant"]


def test_a_figure_beyond_that_of_the_whole_country_counts_in_the_high_only():
    whole = figure(500, country="NO", by="ministry")
    one = only(follow(TAKEN, [figure(100, by="chief"), figure(110, by="chamber"), figure(900, by="councillor"), whole]))
    assert one.rate == Range(100, 100, 900)
    assert any("councillor gives more than ministry gives for the whole country" in note for note in one.notes)


def test_a_figure_told_in_two_currencies_counts_once_in_each():
    pair = [figure(100, "usd", url="https://a.example"), figure(7000, "xaf", unit="XAF", url="https://a.example")]
    found = follow(TAKEN, [*pair, figure(100, by="relay", printed=dt.date(2031, 4, 9))])
    assert [(one.unit, one.rate.best) for one in found.estimates] == [("USD", 100), ("XAF", 7000)]
    assert len(found.told) == 1
    assert len(found.told[0].again) == 2


@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        (figure(measure="share", unit="%"), "a share"),
        (figure(measure="far-side-revenue"), "far side"),
        (figure(per="unstated"), "not stated"),
        (figure(printed=dt.date(2025, 1, 1)), "6 years older"),
        (figure(printed=dt.date(2031, 8, 1)), "after the change"),
        (replace(figure(), reported_first=None, reported_last=None), "no day told"),
    ],
)
def test_a_figure_that_does_not_count_is_shown_with_the_reason(left_out, why):
    found = follow(TAKEN, [left_out])
    assert found.estimates == ()
    assert [one.figure for one in found.unused] == [left_out]
    assert why in found.unused[0].why


def test_a_figure_printed_later_was_not_known_then():
    later = figure(100, printed=day(15))
    assert follow(TAKEN, [later], known_at=day(14).isoformat()).estimates == ()
    assert follow(TAKEN, [later], known_at=day(15).isoformat()).estimates != ()


def test_a_figure_without_a_day_of_print_is_not_known_at_any_day():
    undated = replace(figure(100), reported_first=None, reported_last=None)
    found = follow(TAKEN, [undated], known_at=day(20).isoformat())
    assert [one.why for one in found.unused] == [
        "no day of print, so nobody can say whether it was known by 2031-05-20"]  # fmt: skip


def test_what_lies_open_to_the_new_holder_is_what_can_pass():
    shut = [gate("closed", 11, 21, claims=("c1",))]
    told = (replace(CLAIM, claim_id="c1", date_to=day(20).isoformat(), published=day(20).isoformat()),)
    one = only(follow(TAKEN, [figure(100)], gates=shut, claims=told))
    assert one.lost == Range(2000, 2000, 2000)
    assert one.open == Range(0, 1000, 1000)


def test_a_closing_that_nobody_repeats_grows_doubtful():
    one = only(follow(TAKEN, [figure(100)], gates=[gate("closed", 11, None)]))
    assert one.open == Range(0, 250, 500)


def test_people_go_by_the_travellers_gate_and_goods_by_that_of_trade():
    gates = [gate("closed", 1, None, traffic="trade"), gate("open", 11, None, traffic="travellers")]
    found = follow(TAKEN, [figure(10, measure="people", unit="people"), figure(5, measure="trucks", unit="trucks")],
                   gates=gates, last=24)  # fmt: skip
    by_measure = {one.measure: one for one in found.estimates}
    assert by_measure["people"].open == Range(140, 140, 140)
    assert by_measure["trucks"].open.low == 0
    assert by_measure["people"].lost is None


def test_a_former_holder_that_is_gone_loses_no_more():
    found = follow(TAKEN, [figure(100)], ended=lambda party: day(15) if party == NORLAND else None)
    assert only(found).lost == Range(500, 500, 500)
    assert only(found).days.best == 20


def test_one_figure_for_two_crossings_counts_when_both_are_held():
    spells = [*TAKEN, spell(NORLAND, None, 21, place="x:weir"), spell(FRONT, 21, None, place="x:weir")]
    both = figure(100, places=("x:lockgate", "x:weir"))
    found = follow(spells, [both])
    assert only(found).days == Range(10, 10, 10)
    assert follow(TAKEN, [both]).estimates == ()


def test_a_total_holds_no_crossing_twice_and_names_those_without_a_figure():
    spells = [one for place in ("x:lockgate", "x:weir", "x:sluice")
              for one in (spell(NORLAND, None, 11, place=place), spell(FRONT, 11, None, place=place))]  # fmt: skip
    figures = [figure(100), figure(10, places=("x:weir",)), figure(500, places=("x:lockgate", "x:weir"))]
    (total,) = follow(spells, figures).totals
    assert total.lost == Range(2200, 2200, 2200)
    assert (total.places, total.missing) == (("x:lockgate", "x:weir"), ("x:sluice",))


def test_two_new_holders_are_added_up_apart():
    spells = [*TAKEN, spell(NORLAND, None, 11, place="x:weir"), spell(LEAGUE, 11, None, place="x:weir")]
    found = follow(spells, [figure(100), figure(10, places=("x:weir",))])
    assert sorted((one.holder_name, one.lost.best) for one in found.totals) == [
        ("Free Marsh Front", 2000), ("Lake League", 200)]  # fmt: skip


def test_days_after_all_that_is_known_are_not_counted():
    found = follow(TAKEN, [figure(100)], last=400)
    assert found.period.last == dt.date(2032, 1, 1)
    assert found.asked.last == day(400)
    with pytest.raises(Misuse, match="nothing is known of days after 2032-01-01"):
        follow(TAKEN, [], first=500, last=600)
    with pytest.raises(Misuse, match="before it begins"):
        follow(TAKEN, [], first=10, last=9)


# ----------------------------------------------------------------------------------------------------------- properties

PARTIES = st.sampled_from([NORLAND, FRONT, LEAGUE, None])


@st.composite
def histories(draw):
    """Holders of Lockgate one after the other, with the ranges of their changes."""
    changes = sorted(draw(st.sets(st.integers(2, 60), max_size=4)))
    ends = [*changes, None]
    holders = draw(st.lists(PARTIES, min_size=len(ends), max_size=len(ends)))
    made = []
    for index, (holder, until) in enumerate(zip(holders, ends, strict=True)):
        first = None if index == 0 else changes[index - 1]
        made.append(spell(
            holder, first, until, sure=draw(st.floats(0.5, 1)), status=draw(st.sampled_from(["held", "claimed"])),
            early=None if first is None else first - draw(st.integers(0, 9)),
            late=None if first is None else first + draw(st.integers(0, 9)),
        ))  # fmt: skip
    return made


FIGURES = st.lists(
    st.builds(
        figure, st.integers(1, 1000), by=st.sampled_from(["chief", "chamber", "ministry"]),
        bound=st.sampled_from(["", "about", "at-least"]), printed=st.dates(dt.date(2030, 1, 1), dt.date(2031, 4, 30)),
    ),
    max_size=6,
)  # fmt: skip
GATES = st.lists(
    st.builds(
        gate, st.sampled_from(["open", "closed", "restricted", "unknown"]), st.integers(1, 50),
        st.none() | st.integers(51, 80), traffic=st.sampled_from(["all", "trade", "aid"]),
        direction=st.sampled_from(["both", "NO>SE", "SE>NO"]),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def amounts(found):
    return {(one.places, one.measure, one.unit, one.holder_id, one.since): one for one in found.estimates}


@SLOW
@given(histories(), FIGURES, GATES)
def test_low_is_never_above_best_nor_best_above_high(spells, figures, gates):
    found = follow(spells, figures, last=60, gates=gates)
    ranges = [one for each in found.estimates for one in (each.rate, each.days, each.lost, each.open)]
    ranges += [one for each in found.totals for one in (each.lost, each.open)]
    for one in ranges:
        assert 0 <= one.low <= one.best + 1e-9 <= one.high + 2e-9


@SLOW
@given(histories(), FIGURES, GATES, st.integers(1, 59))
def test_two_halves_of_a_period_add_up_to_the_whole(spells, figures, gates, cut):
    whole = amounts(follow(spells, figures, last=60, gates=gates))
    halves = [amounts(follow(spells, figures, first, last, gates=gates)) for first, last in ((1, cut), (cut + 1, 60))]
    assert set(whole) == set(halves[0]) | set(halves[1])
    for key, one in whole.items():
        parts = [half[key] for half in halves if key in half]
        for name in ("lost", "open", "days"):
            for end in ("low", "best", "high"):
                total = sum(getattr(getattr(part, name), end) for part in parts)
                assert getattr(getattr(one, name), end) == pytest.approx(total)


@SLOW
@given(histories(), FIGURES, GATES, st.randoms())
def test_the_order_of_what_is_known_changes_nothing(spells, figures, gates, random):
    before = follow(spells, figures, last=60, gates=gates)
    mixed = [list(one) for one in (spells, figures, gates)]
    for one in mixed:
        random.shuffle(one)
    after = follow(mixed[0], mixed[1], last=60, gates=mixed[2])
    assert (before.estimates, before.totals, before.told, before.unused, before.routes) == (
        after.estimates, after.totals, after.told, after.unused, after.routes)  # fmt: skip


@SLOW
@given(histories(), FIGURES, st.data())
def test_a_figure_told_again_changes_no_estimate(spells, figures, data):
    before = follow(spells, figures, last=60)
    if figures:
        again = data.draw(st.sampled_from(figures))
        relay = replace(again, figure_id="relay", publisher="Echo", repeats=again.figure_id)
        after = follow(spells, [*figures, relay], last=60)
        assert [replace(one, figures=()) for one in before.estimates] == [
            replace(one, figures=()) for one in after.estimates]  # fmt: skip
        assert before.totals == after.totals
