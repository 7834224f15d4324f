"""Crossings by description: by the pair of countries, by town or province, by side; refused where several fit."""

import pytest

WAR = "Taliban fighters fought Afghan army troops in Herat on Monday. "
CROSSINGS = [
    # sentence, event -> (crossing, side) of each row
    ("The Taliban captured the border post at Torghundi.", "captures", [("Torghundi", "")]),
    ("The Taliban seized the border crossing at Zaranj.", "captures", [("Zaranj", "")]),
    ("The Taliban captured the only crossing between Afghanistan and Uzbekistan.", "captures", [("Hairatan", "")]),
    ("Iran closed the crossing in Nimroz.", "closes", [("Zaranj", "")]),
    ("Iran closed the border at Islam Qala.", "closes", [("Islam Qala", "")]),
    ("Fighters closed the Iranian side of the Islam Qala crossing.", "closes", [("Islam Qala", "IR")]),
    ("The Taliban seized the Afghan side of the crossing at Torghundi.", "captures", [("Torghundi", "AF")]),
    ("The Taliban captured Torghundi crossing. Iran closed its crossing with Afghanistan at Dogharoun.", "closes",
     [("Islam Qala", "")]),
    ("The Taliban captured the Islam Qala and Torghundi crossings. Militants attacked the Iranian side.", "attacks",
     [("Islam Qala", "IR")]),
    ("The Taliban captured Islam Qala and Torghundi. Troops left the crossings with Iran and Turkmenistan.",
     "withdraws_from", [("Islam Qala", ""), ("Torghundi", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "event", "expected"), CROSSINGS)
def test_a_crossing_is_known_by_its_countries_its_town_and_its_side(rows, sentence, event, expected):
    told = [row for row in rows(WAR + sentence) if row.event == event and row.start >= len(WAR)]
    assert [(row.place_name, row.place_side) for row in told] == expected


REFUSED = [
    ("The Taliban captured the main crossing with Iran.", "crossings lie between AF and IR (", "Islam Qala"),
    (
        "The Taliban captured crossings with Tajikistan and Uzbekistan.",
        "crossings lie between AF and TJ, UZ (",
        "more)",
    ),
    ("The Taliban captured the border crossing at Ghazni.", "no crossing is on record at Ghazni", ""),
    ("The Taliban captured the border crossing at Qwzzyrbad.", "no such place", "Qwzzyrbad"),
]


@pytest.mark.parametrize(("sentence", "reason", "named"), REFUSED)
def test_where_several_crossings_fit_or_none_the_refusal_says_which(rows, sentence, reason, named):
    (row,) = [row for row in rows(WAR + sentence) if row.event == "captures" and row.start >= len(WAR)]
    assert row.place_id is None
    assert reason in row.place_reason
    assert named in row.place_reason


WHOLE = [
    # sentence, event, (country of the claim, country across the border)
    ("Pakistan closed its border with Afghanistan.", "closes", ("PK", "AF")),
    ("Poland closed all its Belarusian crossings after troops clashed.", "closes", ("PL", "BY")),
    ("Poland reopened the border with Belarus after troops had clashed.", "reopens", ("PL", "BY")),
]


@pytest.mark.parametrize(("sentence", "event", "sides"), WHOLE)
def test_a_border_that_is_closed_is_all_crossings_between_two_countries(rows, sentence, event, sides):
    (row,) = [row for row in rows("Troops fought on the frontier on Monday. " + sentence) if row.event == event]
    assert (row.country, row.border_with) == sides
    assert row.place_part
    assert "the whole border" in row.place_reason


def test_two_crossings_of_three_that_are_named_are_the_first_two_under_the_headline(rows):
    text = (
        "Two Afghanistan-Iran crossings fall to the Taliban. Islam Qala and Abu Nasr Farahi were lost. Zaranj is open."
    )
    told = [row.place_name for row in rows(text) if row.place.startswith("Two")]
    assert told == ["Islam Qala", "Abu Nasr Farahi"]


def test_the_crossing_of_a_town_is_the_one_beside_it_under_that_name(rows):
    told = rows("Rebels fight in Syria. Rebels took Deir ez-Zor and the Albu Kamal crossing.")
    assert ("the Albu Kamal crossing", "crossing") in {(row.place, row.place_kind) for row in told}


def test_a_border_with_one_crossing_is_that_crossing(rows):
    (row,) = [r for r in rows(WAR + "Uzbekistan closed its border with Afghanistan.") if r.event == "closes"]
    assert (row.place_name, row.border_with) == ("Hairatan", "")


def test_a_day_after_a_crossing_is_no_place_that_it_lies_in(rows):
    (row,) = [r for r in rows(WAR + "The Taliban captured a crossing on Tuesday.") if r.event == "captures"]
    assert "Tuesday" not in row.place_reason


NEAREST = [
    ("Rebels hold Goma in Congo. A spokesman in Sake said M23 rebels had captured the town.", "captures", "Sake"),
    ("Rebels hold Goma in Congo. Residents of Sake said the M23 had seized part of the town.", "captures", "Sake"),
]


@pytest.mark.parametrize(("text", "event", "place"), NEAREST)
def test_the_town_is_the_one_that_its_own_sentence_names(rows, text, event, place):
    assert [row.place_name for row in rows(text) if row.event == event] == [place]
