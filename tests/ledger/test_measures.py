"""What the ledger is measured with: questions from truth rows, scores, delays, charts."""

from __future__ import annotations

import datetime as dt
import math
from xml.etree import ElementTree

import pytest
from bench.baselines import BASELINES
from bench.calibration import LEDGER, asked, by_baseline, by_ledger, report, scored_of
from bench.calibration_page import put
from bench.chart import reliability_chart, share_chart
from bench.day_states import Question, Step, Watched, questions
from bench.known_then import alarms, found
from bench.replay import Replay
from bench.scoring import Forecast, brier, ece, interval, log_score, murphy, reliability
from histories import RULES
from war import CROWN, LEAGUE, claim

from marchland.records import ClaimRow

DAY = dt.date(2031, 5, 3).toordinal()
TAKEN = Step(DAY, 0, "Lake League", False)
BACK = Step(DAY + 200, 1, "Crown of Varn", True)


def place(steps: tuple[Step, ...], *rows: ClaimRow) -> Watched:
    """Osterby with some truth and some claims."""
    days = sorted({row.published or "" for row in rows})
    replay = Replay(tuple(dt.date.fromisoformat(day).toordinal() for day in days),
                    tuple(tuple(row for row in rows if (row.published or "") <= day) for day in days))  # fmt: skip
    sides = {"Lake League": (LEAGUE,), "Crown of Varn": (CROWN,)}
    return Watched("a war", "Osterby", "x:osterby", replay, steps, sides, CROWN)


def asked_of(*steps: Step) -> set[tuple[int, str, bool]]:
    """Days after the first step, holder and truth of every question."""
    return {(one.day - DAY, one.holder, one.holds) for one in questions(place(steps))}


def test_before_a_gain_the_gainer_does_not_hold_it_and_after_it_does() -> None:
    assert asked_of(TAKEN) == {
        *((-days, "Lake League", False) for days in (14, 7, 3, 2, 1)),
        *((days, "Lake League", True) for days in (0, 1, 2, 3, 7, 14)),
    }


def test_between_two_gains_the_first_holder_holds_it() -> None:
    found = asked_of(TAKEN, BACK)
    assert {(60, "Lake League", True), (60, "Crown of Varn", False), (120, "Lake League", True)} <= found
    assert {(198, "Lake League", True), (198, "Crown of Varn", False)} <= found
    assert {(201, "Crown of Varn", True), (201, "Lake League", False)} <= found
    assert not {day for day, _, _ in found} & {199, 200}


def test_two_gains_on_one_day_tell_nothing_of_the_days_around_it() -> None:
    assert asked_of(TAKEN, Step(DAY, 0, "Crown of Varn", True)) == set()


def test_before_a_recapture_without_a_loss_only_its_eve_is_asked_about() -> None:
    assert {day for day, _, holds in asked_of(Step(DAY, 0, "Crown of Varn", True)) if not holds} == {-1}


FALL = [claim("Varn Herald", on="2031-05-03", published="2031-05-04"),
        claim("Marsh Post", on="2031-05-03", published="2031-05-05"),
        claim("Lake Radio", on="2031-05-03", published="2031-05-06")]  # fmt: skip


def test_a_forecast_knows_nothing_that_was_published_later() -> None:
    there = place((TAKEN,), *FALL)
    one, two = (Question(there, DAY + days, "Lake League", True) for days in (0, 3))
    assert asked([one, two]) == [two]
    assert by_ledger(RULES, one) == 0.5
    assert by_ledger(RULES, two) > 0.9
    assert by_baseline(BASELINES["last claim"], two) == 0.95


def test_the_day_on_which_a_gain_was_known_counts_from_the_gain() -> None:
    there = place((TAKEN,), *FALL)
    result = found(there, TAKEN, RULES)
    assert result.told == 1
    assert result.known is not None and 1 <= result.known <= 3


def test_a_gain_that_nobody_tells_of_is_never_known() -> None:
    there = place((BACK,), *FALL)
    assert found(there, BACK, RULES).known is None


def test_a_holder_told_before_its_gain_is_a_false_alarm() -> None:
    late = Step(DAY + 20, 0, "Lake League", False)
    false, sure, evenings = alarms(asked(questions(place((late,), *FALL))), RULES)
    assert 0 < false <= sure <= evenings


def test_the_report_of_a_small_war_gives_no_single_error() -> None:
    there = place((TAKEN, BACK), *FALL)
    printed = "\n".join(report(scored_of("a war", questions(there), RULES)))
    assert "no single calibration error" in printed
    assert LEDGER in printed


# --------------------------------------------------------------------------------------------------------------- scores

FLAT = [Forecast(0.8, index % 5 != 0, f"place {index % 7}") for index in range(100)]


def test_scores_of_a_calibrated_forecast() -> None:
    assert brier(FLAT) == pytest.approx(0.16)
    assert log_score(FLAT) == pytest.approx(-0.8 * math.log(0.8) - 0.2 * math.log(0.2))
    assert murphy(FLAT) == pytest.approx((0.0, 0.0, 0.16))
    assert ece(FLAT) == pytest.approx(0.0)


def test_a_wrong_certainty_costs_much_but_not_everything() -> None:
    assert log_score([Forecast(1.0, False, "x")]) == pytest.approx(-math.log(0.001))


def test_reliability_less_resolution_with_uncertainty_makes_the_brier_score() -> None:
    made = [Forecast(told, index % 10 < count, f"place {index % 4}")
            for told, count in ((0.2, 4), (0.6, 5), (0.9, 10)) for index in range(50)]  # fmt: skip
    rel, res, unc = murphy(made)
    assert rel - res + unc == pytest.approx(brier(made))
    assert [round(one.told, 3) for one in reliability(made, 3)] == [0.2, 0.6, 0.9]


def test_the_interval_draws_places_not_days() -> None:
    one_place = [Forecast(0.5, index % 2 == 0, "only") for index in range(50)]
    assert interval(one_place, brier) == pytest.approx((0.25, 0.25))
    many = [Forecast(0.9, index < 25, f"place {index}") for index in range(50)]
    low, high = interval(many, brier)
    assert low < brier(many) < high


@pytest.mark.parametrize("made", [FLAT, FLAT[:3], [Forecast(index / 50, index > 20, "p") for index in range(50)]])
def test_every_forecast_is_in_one_bin(made: list[Forecast]) -> None:
    assert sum(one.count for one in reliability(made)) == len(made)


def test_charts_are_well_formed_and_escape_their_words() -> None:
    drawn = reliability_chart("a <war> & peace", {"ledger": reliability(FLAT)})
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "&lt;war&gt;" in drawn
    other = share_chart("noise", "level", [0.0, 1.0], {"who": [0.9, 0.8]})
    assert ElementTree.fromstring(other).tag.endswith("svg")
    assert "prefers-color-scheme: dark" in other


def test_a_page_takes_new_lines_between_its_marks_only() -> None:
    text = "a\n<!-- begin: x -->\nold\n<!-- end: x -->\nb\n"
    assert put(text, "x", ["new"]) == "a\n<!-- begin: x -->\n\nnew\n\n<!-- end: x -->\nb\n"
    with pytest.raises(ValueError, match="needs the lines"):
        put(text, "y", [])
