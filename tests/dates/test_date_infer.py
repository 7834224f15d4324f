"""Publication inferred from the dates inside a text, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest

from marchland.dates import infer_published


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (
            "Guards on the wall on July 7, 2021. (Photo)\n\nOn Friday, the rebels said they held the gate. On "
            "Thursday, the minister denied it. They had crossed in early May.",
            "2021-07-09",
            "2021-07-09",
        ),
        ("A tank on July 8, 2021.\nThe army left the post on Thursday, two officers said.", "2021-07-08", "2021-07-08"),
        ("A tank on July 9, 2021.\nThe army left the post on Thursday, two officers said.", "2021-07-09", "2021-07-15"),
        ("A tank on July 9, 2021.\nThe army left the post.", "2021-07-09", "None"),
        (
            "May 29, 2023 (page stamp)\nThe town fell today, Wednesday, September 23, after a siege.",
            "2020-09-23",
            "2020-09-23",
        ),
        ("The town fell today, June 3, 2021. On Monday it was quiet.", "2021-06-03", "2021-06-03"),
    ],
)
def test_publication_is_inferred_from_full_dates_and_weekdays(text: str, first: str, last: str) -> None:
    interval, how = infer_published(text)
    assert interval is not None
    assert (str(interval.first_day), str(interval.last_day)) == (first, last)
    assert how.startswith("inferred from")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("On Friday the rebels took the gate.", "no full date"),
        ("On Friday, July 9, the rebels took the gate.", "no full date"),
        ("On Friday they marked the September 11, 2001 attacks.", "no full date"),
        ("They left by August 31, 2021, as agreed on Friday.", "no full date"),
        ("A photo of June 3, 2010. On Friday they recalled the war of 2019.", "names the year 2019"),
        ("", "no full date"),
    ],
)
def test_nothing_is_guessed_without_an_anchor(text: str, reason: str) -> None:
    interval, why = infer_published(text)
    assert interval is None
    assert reason in why


def test_an_inference_on_a_hostile_text_is_bounded() -> None:
    interval, _ = infer_published("July 7, 2021. On Friday. " * 5_000)
    assert interval is not None
    assert interval.first_day == dt.date(2021, 7, 9)
