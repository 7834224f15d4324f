"""Rules of the date grammar beyond the table: tense, anchors, hours, publication intervals, refusals."""

from __future__ import annotations

import datetime as dt

import pytest

from marchland.dates import DateExpression, edtf, find_dates, resolve
from marchland.records import Interval

FRIDAY = Interval.of_days(dt.date(2021, 7, 9))
THURSDAY = Interval.of_days(dt.date(2021, 7, 8))
JULY = Interval.of_days(dt.date(2021, 7, 1), dt.date(2021, 7, 31))


def only(sentence: str) -> DateExpression:
    """The single expression of a sentence."""
    found = find_dates(sentence)
    assert len(found) == 1, [each.text for each in found]
    return found[0]


def days(interval: Interval | None) -> tuple[str, str]:
    assert interval is not None
    return str(interval.first_day or ".."), str(interval.last_day or "..")


@pytest.mark.parametrize(
    ("sentence", "tense", "first", "last"),
    [
        ("Voting will start on Monday.", "future", "2021-07-12", "2021-07-12"),
        ("Voting will start on Friday.", "future", "2021-07-09", "2021-07-09"),
        ("Voting started on Monday.", "past", "2021-07-05", "2021-07-05"),
        ("Voting will start on July 3.", "future", "2022-07-03", "2022-07-03"),
        ("Voting will start in May.", "future", "2022-05-01", "2022-05-31"),
        ("Voting started in August.", "past", "2020-08-01", "2020-08-31"),
        ("Voting starts in August.", "present", "2021-08-01", "2021-08-31"),
        ("Voting started this week.", "past", "2021-07-05", "2021-07-09"),
        ("Voting started in July.", "perfect", "2021-07-01", "2021-07-09"),
        ("Voting will end within a week.", "future", "2021-07-09", "2021-07-16"),
        ("Voting will run from Monday to Wednesday.", "future", "2021-07-12", "2021-07-14"),
        ("Voting will end by Tuesday.", "future", "..", "2021-07-13"),
        ("Voting ended by Tuesday.", "past", "..", "2021-07-06"),
        ("Voting began at dawn.", "past", "2021-07-09", "2021-07-09"),
        ("Voting starts over the weekend.", "future", "2021-07-10", "2021-07-11"),
    ],
)
def test_tense_tells_the_day_before_from_the_day_after(sentence: str, tense: str, first: str, last: str) -> None:
    assert days(resolve(only(sentence), FRIDAY, tense=tense)[0]) == (first, last)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("A day later they left.", "2021-06-04", "2021-06-04"),
        ("They left the next day.", "2021-06-04", "2021-06-04"),
        ("They left the following morning.", "2021-06-04", "2021-06-04"),
        ("They left that day.", "2021-06-03", "2021-06-03"),
        ("They left the same day.", "2021-06-03", "2021-06-03"),
        ("They left the previous night.", "2021-06-02", "2021-06-03"),
        ("They left hours after the raid.", "2021-06-03", "2021-06-04"),
        ("They left hours earlier.", "2021-06-02", "2021-06-03"),
        ("They left days after the raid.", "2021-06-05", "2021-06-10"),
        ("They left two days before the raid.", "2021-06-01", "2021-06-01"),
        ("They left soon afterwards.", "2021-06-03", "2021-06-06"),
        ("They left on the third day of the raid.", "2021-06-05", "2021-06-05"),
        ("They left later.", "2021-06-03", "2021-07-03"),
        ("They left at night.", "2021-06-03", "2021-06-03"),
        ("They left 36 hours later.", "2021-06-04", "2021-06-05"),
        ("They left the following Monday.", "2021-06-07", "2021-06-07"),
        ("They left the previous Monday.", "2021-05-31", "2021-05-31"),
        ("They left that week.", "2021-05-31", "2021-06-06"),
    ],
)
def test_an_anchor_dates_what_is_told_from_another_event(sentence: str, first: str, last: str) -> None:
    anchor = Interval.of_days(dt.date(2021, 6, 3))
    assert days(resolve(only(sentence), FRIDAY, anchor=anchor)[0]) == (first, last)


def test_hours_after_read_backwards_dates_the_earlier_event() -> None:
    expression = only("They took the gate, hours after taking the bridge.")
    assert days(resolve(expression, FRIDAY, anchor=THURSDAY, backwards=True)[0]) == ("2021-07-07", "2021-07-08")


def test_what_follows_another_event_does_not_pass_publication() -> None:
    assert days(resolve(only("They left days later."), FRIDAY, anchor=THURSDAY)[0]) == ("2021-07-10", "2021-07-15")
    assert days(resolve(only("They left later."), FRIDAY, anchor=THURSDAY)[0]) == ("2021-07-08", "2021-07-09")


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("It fell at around eight last night.", "2021-07-08T20:00", "2021-07-08T21:00"),
        ("It fell last night.", "2021-07-08T18:00", "2021-07-09T06:00"),
        ("It fell overnight.", "2021-07-08T18:00", "2021-07-09T10:00"),
        ("It fell on Monday afternoon.", "2021-07-05T12:00", "2021-07-05T18:00"),
        ("It fell early on Monday.", "2021-07-05T00:00", "2021-07-05T09:00"),
        ("It fell at 10:45 p.m. on Monday.", "2021-07-05T22:45", "2021-07-05T23:45"),
        ("It fell at 12 a.m. Monday.", "2021-07-05T00:00", "2021-07-05T01:00"),
        ("It fell at 12 p.m. Monday.", "2021-07-05T12:00", "2021-07-05T13:00"),
        ("It fell at 0735 GMT on Monday.", "2021-07-05T07:35", "2021-07-05T08:35"),
        ("It fell at six in the evening on Monday.", "2021-07-05T18:00", "2021-07-05T19:00"),
        ("It fell before dawn on Monday.", "2021-07-05T00:00", "2021-07-05T04:00"),
        ("It fell after 6 p.m. on Monday.", "2021-07-05T18:00", "2021-07-06T00:00"),
        ("It fell in the early hours of Monday.", "2021-07-05T00:00", "2021-07-05T06:00"),
        ("It fell at 17:30 on July 5.", "2021-07-05T17:30", "2021-07-05T18:30"),
    ],
)
def test_hours_narrow_the_day(sentence: str, start: str, end: str) -> None:
    interval = resolve(only(sentence), FRIDAY)[0]
    assert interval == Interval(dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end))


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("It fell on 31 June.", "June has no day 31"),
        ("It fell on Feb. 29, 2021.", "no day 29"),
        ("It fell on Friday the 35th.", "no month has a day 35"),
        ("It fell in the year 0.", "no year 0"),
        ("It fell on July 5, 0000.", "no year 0"),
        ("It fell on 07/08/2021.", "cannot be told apart"),
        ("It fell on 2021-13-01.", "no month 13"),
        ("It will fall soon.", "future without a day"),
        ("It fell again.", "repetition without a day"),
        ("It fell a day later.", "another event"),
        ("It fell days after the raid.", "another event"),
        ("It fell hours after the raid.", "another event"),
        ("It fell the next day.", "another event"),
        ("It fell the following Monday.", "another event"),
        ("It fell that day.", "another event"),
        ("It fell between July 8, 2021 and June 3, 2021.", "ends before it begins"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_reason(sentence: str, reason: str) -> None:
    interval, text, why = resolve(only(sentence), FRIDAY)
    assert interval is None
    assert text == ""
    assert reason in why


@pytest.mark.parametrize(
    "words",
    [
        "yesterday",
        "on Friday",
        "last month",
        "two weeks ago",
        "on July 8",
        "in August",
        "on the 3rd",
        "at night",
        "in the spring",
    ],
)
def test_relative_words_are_refused_without_a_publication_day(words: str) -> None:
    interval, _, why = resolve(only(f"It fell {words}."), None)
    assert interval is None
    assert "publication" in why


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on July 8, 2021", "2021-07-08", "2021-07-08"),
        ("in 2016", "2016-01-01", "2016-12-31"),
        ("in late June 2021", "2021-06-21", "2021-06-30"),
        ("since June 23, 2021", "2021-06-23", ".."),
        ("before June 23, 2021", "..", "2021-06-22"),
    ],
)
def test_absolute_words_need_no_publication_day(words: str, first: str, last: str) -> None:
    assert days(resolve(only(f"It fell {words}."), None)[0]) == (first, last)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("yesterday", "2021-06-30", "2021-07-30"),
        ("on Friday", "2021-06-25", "2021-07-30"),
        ("last month", "2021-06-01", "2021-06-30"),
        ("two weeks ago", "2021-06-14", "2021-07-20"),
        ("on July 8, 2021", "2021-07-08", "2021-07-08"),
    ],
)
def test_a_publication_of_several_days_widens_what_hangs_on_it(words: str, first: str, last: str) -> None:
    assert days(resolve(only(f"It fell {words}."), JULY)[0]) == (first, last)


def test_the_date_wins_over_a_weekday_that_disagrees_and_says_so() -> None:
    interval, _, rule = resolve(only("It fell on Friday, July 8, 2021."), FRIDAY)
    assert days(interval) == ("2021-07-08", "2021-07-08")
    assert "disagree" in rule
    assert "disagree" not in resolve(only("It fell on Thursday, July 8, 2021."), FRIDAY)[2]


def test_two_weeks_ago_and_last_month_meet() -> None:
    near, far = (resolve(only(f"It fell {words}."), FRIDAY)[0] for words in ("two weeks ago", "last month"))
    assert near and far and near.start and far.start and near.end and far.end
    assert far.start <= near.start
    assert near.end <= far.end


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels march on the capital as the army may retreat.",
        "The fall of the city shook the region.",
        "May said the general would march.",
        "A second wave of 2000 soldiers came.",
        "They died on the 13th floor.",
        "An august assembly met at the spring.",
        "Prices rose 8.5% to 3,000 a head.",
        "The Sun reported on Bloody Sunday.",
        "They pray on Fridays.",
        "Sat down, the two talked.",
        "They wept for the 6-year-old boy.",
        "They leave as soon as they can.",
        "The 24-member council has 12 seats.",
        "The 9/11 attacks changed little.",
        "Ramadan Ahmed told reporters that Easter Island is far.",
        "Mullah Ramadan and General Asad met Mr. Bahman.",
        "They freed 1943 people and 2021 detainees.",
        "An asad is a lion, a hut a house.",
    ],
)
def test_words_that_only_look_like_dates_are_left_alone(sentence: str) -> None:
    assert find_dates(sentence) == ()


def test_a_count_after_a_month_is_not_a_day() -> None:
    expression = only("It was lost in August 15 soldiers recalled.")
    assert expression.text == "in August"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (dt.date(2021, 7, 8), dt.date(2021, 7, 8), "2021-07-08"),
        (dt.date(2021, 7, 1), dt.date(2021, 7, 31), "2021-07"),
        (dt.date(2021, 1, 1), dt.date(2021, 12, 31), "2021"),
        (dt.date(2021, 7, 1), dt.date(2021, 7, 30), "2021-07-01/2021-07-30"),
        (None, dt.date(2021, 7, 8), "../2021-07-08"),
    ],
)
def test_edtf_names_days_months_years_ranges_and_open_ends(first: dt.date | None, last: dt.date, text: str) -> None:
    assert edtf(Interval.of_days(first, last)) == text


def test_edtf_marks_hours_open_ends_and_approximation() -> None:
    eight = Interval(dt.datetime(2021, 7, 8, 20), dt.datetime(2021, 7, 8, 21))
    assert edtf(eight) == "2021-07-08T20:00:00"
    assert edtf(Interval(dt.datetime(2021, 7, 8), None)) == "2021-07-08/.."
    assert resolve(only("It fell two weeks ago."), FRIDAY)[1] == "2021-06-22~/2021-06-28~"
