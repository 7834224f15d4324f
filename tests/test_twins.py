"""One event told twice in an article: the telling without a day takes the day of the one that has it."""

import datetime as dt

import pytest

WAR = "Troops and rebels fight in the war. "
TUESDAY = "M23 rebels captured Goma on Tuesday. "
CASES = [
    # text, what the first telling of Goma without a day is dated
    ("M23 rebels capture Goma.\n\n" + TUESDAY, "captures", "2025-02-04", "2025-02-04"),
    (TUESDAY + "The fall of Goma to the M23 stunned diplomats.", "captures", "2025-02-04", "2025-02-04"),
    # the two tellings do not agree on a day
    ("M23 rebels capture Goma.\n\n" + TUESDAY + "M23 rebels captured Goma on 20 November 2012.",
     "captures", None, "2025-02-07"),
    # another event, another place, another side
    ("M23 rebels capture Goma.\n\nM23 rebels captured Sake on Tuesday.", "captures", None, "2025-02-07"),
    ("M23 rebels attacked Goma.\n\n" + TUESDAY, "attacks", None, "2025-02-07"),
    # a plan has no twin
    ("M23 rebels plan to capture Goma.\n\n" + TUESDAY, "captures", None, "2025-02-07"),
    # what was said to have happened by Monday did not happen on Tuesday
    ("The army said on Monday that M23 rebels had captured Goma.\n\n" + TUESDAY, "captures", None, "2025-02-03"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "event", "first", "last"), CASES)
def test_a_telling_without_a_day_takes_the_day_of_its_twin(rows, text, event, first, last):
    found = [r for r in rows(WAR + text, published=dt.date(2025, 2, 7)) if r.event == event and r.place_name == "Goma"]
    undated = [r for r in found if r.date_text is None]
    assert (undated[0].date_from, undated[0].date_to) == (first, last)


def test_a_twin_says_whose_day_it_has(rows):
    found = rows(WAR + "M23 rebels capture Goma.\n\n" + TUESDAY, published=dt.date(2025, 2, 7))
    assert found[0].date_how == 'the day on which this article has it elsewhere: "on Tuesday"'
