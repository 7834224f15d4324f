"""From claims to rows: places told or refused with a reason, days, witnesses."""

import dataclasses
import datetime as dt

import pytest

REFUSED = [
    ("Troops fight in the war. The rebels captured the village of Qwzzyrbad.", "Qwzzyrbad", "no such place"),
    ("Taliban fighters captured the Afghan district of Arghandab on Friday.", "Arghandab", "too close to call"),
    ("The Houthis attacked Marib. The group seized two districts.", None, "does not name 2 such places"),
    (
        "Troops fight in the war. Rebels captured the main crossing between Poland and Belarus.",
        None,
        "crossings lie between",
    ),
]


@pytest.mark.parametrize(("text", "name", "reason"), REFUSED)
def test_a_refused_place_is_a_row_with_its_reason(rows, text, name, reason):
    refused = [r for r in rows(text) if r.place_id is None]
    assert [r.place_name for r in refused] == [name]
    assert reason in refused[0].place_reason
    assert (refused[0].lat, refused[0].lon, refused[0].country) == (None, None, None)


def test_a_claim_on_three_places_is_three_rows_with_ids_of_their_own(rows):
    told = rows("Goma, Sake and Bukavu fell to the M23.")
    assert len({r.claim_id for r in told}) == len({r.place_id for r in told}) == 3


def test_the_same_text_gives_the_same_rows_and_another_day_of_print_other_days(rows):
    text = "M23 rebels captured Goma yesterday."
    assert rows(text) == rows(text)
    (later,) = rows(text, published=dt.date(2025, 1, 28))
    assert (later.date_from, later.date_to, later.published) == ("2025-01-27", "2025-01-27", "2025-01-28")


def test_a_deed_without_a_day_was_done_on_or_before_the_day_of_print_and_a_state_holds_on_it(rows):
    (deed,) = rows("M23 rebels captured Goma.")
    assert (deed.date_from, deed.date_to) == (None, "2021-07-09")
    (state,) = rows("Troops still fight, but the M23 controls Goma.")
    assert (state.date_from, state.date_to) == ("2021-07-09", "2021-07-09")


def test_one_speaker_on_one_happening_is_one_witness_and_another_speaker_another(rows):
    (one,) = rows("M23 rebels captured Goma, the governor said.")
    (same,) = rows("The governor said M23 rebels had captured Goma.")
    (other,) = rows("M23 rebels captured Goma, a UN spokesman said.")
    assert one.witness_id == same.witness_id != other.witness_id


def test_rows_hold_plain_values_that_can_be_exported(rows):
    (row,) = rows("M23 rebels captured Goma on Monday.")
    plain = (str, int, float, tuple, type(None))
    assert all(isinstance(value, plain) for value in dataclasses.asdict(row).values())
    assert row.country == "CD" and -2 < row.lat < -1 and 29 < row.lon < 30
