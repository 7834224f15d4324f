"""On which day: the event's own words, those of another event, the saying, the days told before in the text."""

import datetime as dt

import pytest

WAR = "Troops and rebels fight in the war. "
PRINTED = dt.date(2025, 2, 7)  # a Friday


def dated(rows, text, place, event, published=PRINTED):
    found = [r for r in rows(WAR + text, published=published) if r.event == event and place in (r.place_name or "")]
    assert found, f"no claim that {event} {place}"
    return found[-1]


def days(row):
    return "..".join((value or "")[5:] if (value or "").startswith("2025") else value or "" for value in
                     dict.fromkeys((row.date_from, row.date_to)))  # fmt: skip


# ------------------------------------------------------------------------------------------------------- one sentence

SENTENCES = [
    # sentence, place, event, days (of 2025 where no year is given)
    ("M23 rebels captured Goma on Tuesday.", "Goma", "captures", "02-04"),
    ("M23 rebels have captured Goma, the governor said.", "Goma", "captures", "..02-07"),
    ("M23 rebels captured Goma.", "Goma", "captures", "..02-07"),
    ("By Tuesday, M23 rebels had captured Goma.", "Goma", "captures", "..02-04"),
    # what came before a day told beside it
    ("Sake was a stronghold in a 2012 revolt that briefly overran Goma.", "Goma", "captures", "2012-01-01..2012-12-31"),
    ("Goma had fallen but was retaken on Wednesday.", "Goma", "recaptures", "02-05"),
    ("Goma had fallen but was retaken on Wednesday.", "Goma", "captures", "..02-05"),
    ("The army retook Sake hours after M23 rebels had captured Goma on Tuesday.", "Goma", "captures", "02-04"),
    # the saying has a day of its own
    ("M23 rebels captured Goma, the army said on Thursday.", "Goma", "captures", "..02-06"),
    ("M23 rebels captured Goma on Monday, the army said on Thursday.", "Goma", "captures", "02-03"),
    ("On Thursday the army said that M23 rebels captured Goma on Monday.", "Goma", "captures", "02-03"),
    ("The governor confirmed on Thursday the fall of Goma to the M23.", "Goma", "captures", "..02-06"),
    ("The army said on Thursday that M23 rebels had captured Goma two days earlier.", "Goma", "captures", "02-04"),
    ("The army said on Thursday that M23 rebels had captured Goma the previous day.", "Goma", "captures", "02-05"),
    ("A teacher said on Thursday that M23 rebels had captured Goma three days before.", "Goma", "captures", "02-03"),
    ("M23 rebels captured Goma three days ago, a teacher said on Thursday.", "Goma", "captures", "02-03"),
    ("“M23 rebels captured Goma yesterday,” a teacher said on Wednesday.", "Goma", "captures", "02-04"),
    ("The army said M23 rebels had captured Goma two days earlier.", "Goma", "captures", "02-04..02-05"),
    # so long after, or before, another event
    ("M23 rebels captured Sake on Wednesday, hours after taking Goma.", "Sake", "captures", "02-05"),
    ("M23 rebels captured Sake on Wednesday, hours after taking Goma.", "Goma", "captures", "02-04..02-05"),
    ("M23 rebels captured Sake on Wednesday, two days after they seized Goma.", "Goma", "captures", "02-03"),
    ("Two days after M23 rebels seized Goma, they captured Sake on Wednesday.", "Goma", "captures", "02-03"),
    ("Two days after M23 rebels seized Goma, they captured Sake on Wednesday.", "Sake", "captures", "02-05"),
    ("M23 rebels captured Sake two days after they seized Goma on Monday.", "Sake", "captures", "02-05"),
    ("M23 rebels captured Sake on Wednesday, days after Goma.", "Goma", "captures", "01-29..02-03"),
    ("M23 rebels seized Goma on Monday and took Sake two days later.", "Sake", "captures", "02-05"),
    ("M23 rebels seized Goma on Monday before capturing Sake the next day.", "Sake", "captures", "02-04"),
    ("After seizing Goma on Monday, M23 rebels took Sake a day later.", "Sake", "captures", "02-04"),
    ("M23 rebels captured Goma, attacked by the group two days earlier, on Wednesday.", "Goma", "captures", "02-05"),
    # a clause that says what happened on the day named
    ("The army has shelled Goma since Monday, when M23 rebels seized the town.", "Goma", "captures", "02-03"),
    ("Trade has stopped since January, when M23 rebels captured Goma.", "Goma", "captures", "01-01..01-31"),
    ("The following day the M23 rebels captured Goma.", "Goma", "captures", "..02-07"),
    # at one time
    ("Residents fled on Tuesday when M23 rebels captured Goma.", "Goma", "captures", "02-04"),
    ("Residents fled on Tuesday as M23 rebels captured Goma.", "Goma", "captures", "02-04"),
    ("M23 rebels advanced on Tuesday, capturing Goma.", "Goma", "captures", "02-04"),
    # before or after an event that has a day
    ("Residents fled on Tuesday after M23 rebels captured Goma.", "Goma", "captures", "..02-04"),
    ("Residents fled on Tuesday after the fall of Goma to the M23.", "Goma", "captures", "..02-04"),
    ("On Thursday the army shelled Goma, which M23 rebels had captured.", "Goma", "captures", "..02-06"),
    ("Having captured Goma, M23 rebels marched on Bukavu on Tuesday.", "Goma", "captures", "..02-04"),
    ("On Tuesday the army shelled Goma before M23 rebels captured it.", "Goma", "captures", "02-04..02-07"),
    # a clause with a day of its own
    ("On Thursday the army shelled Goma, which M23 rebels captured on Monday.", "Goma", "captures", "02-03"),
    ("On Thursday the army shelled Goma, which M23 rebels captured on Monday.", "Goma", "attacks", "02-06"),
    ("Goma, captured by M23 rebels on Monday, was quiet on Thursday.", "Goma", "captures", "02-03"),
    ("The army recaptured Goma, which M23 rebels took on Monday.", "Goma", "recaptures", "..02-07"),
    # a list
    ("M23 rebels captured Goma on Monday and Sake on Wednesday.", "Goma", "captures", "02-03"),
    ("M23 rebels captured Goma on Monday and Sake on Wednesday.", "Sake", "captures", "02-05"),
    ("M23 rebels captured Goma and Sake on February 3 and February 5 respectively.", "Goma", "captures", "02-03"),
    ("M23 rebels captured Goma and Sake on February 3 and February 5 respectively.", "Sake", "captures", "02-05"),
    ("On Monday M23 rebels entered Sake and captured Goma.", "Goma", "captures", "02-03"),
    # a clause inside the clause that is counted from is not dated by it
    ("The visit comes a month after reports said traders left for Goma, which the M23 controls.",
     "Goma", "controls", "02-07"),
    # an aside that a comma closes
    ("M23 rebels captured Goma, located far to the east, on Tuesday.", "Goma", "captures", "02-04"),
    # an attempt has the tense of the verb that the words belong to
    ("M23 rebels launched in January an offensive in an attempt to capture Goma.", "Goma", "captures", "01-01..01-31"),
    # a plan
    ("M23 rebels plan to capture Goma after the army left Sake on Tuesday.", "Goma", "captures", "..02-07"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "place", "event", "expected"), SENTENCES)
def test_the_day_within_one_sentence(rows, sentence, place, event, expected):
    assert days(dated(rows, sentence, place, event)) == expected


# ------------------------------------------------------------------------------------------- from sentence to sentence

MONDAY = "M23 rebels captured Goma on Monday. "
CHAINS = [
    (MONDAY + "A day later, they captured Sake.", "Sake", "captures", "02-04"),
    (MONDAY + "The next day, they captured Sake.", "Sake", "captures", "02-04"),
    (MONDAY + "The following day the group took Sake.", "Sake", "captures", "02-04"),
    (MONDAY + "The same day, they captured Sake.", "Sake", "captures", "02-03"),
    (MONDAY + "That evening they captured Sake.", "Sake", "captures", "02-03"),
    (MONDAY + "By nightfall, they had captured Sake.", "Sake", "captures", "02-03"),
    (MONDAY + "Two days earlier they had captured Sake.", "Sake", "captures", "02-01"),
    (MONDAY + "A day later they captured Sake. Two days later, they captured Bukavu.", "Bukavu", "captures", "02-06"),
    (MONDAY + "Two days earlier they had captured Sake. The next day they captured Bukavu.",
     "Bukavu", "captures", "02-04"),
    (MONDAY + "On Wednesday the group took Bukavu. A day later, it captured Sake.", "Sake", "captures", "02-06"),
    (MONDAY + "It rained all over the town. Shops were shut. A day later, they captured Sake.",
     "Sake", "captures", "02-04"),
    ("Fighting erupted on Sunday in the hills. A day later, M23 rebels captured Goma.", "Goma", "captures", "02-03"),
    ("On Thursday the army shelled Goma, which M23 rebels captured on Monday. A day later the rebels captured Sake.",
     "Sake", "captures", "02-07"),
    ("The army said on Thursday that it left Goma on Monday. A day later, M23 rebels captured Sake.",
     "Sake", "captures", "02-04"),
    # nothing to count from
    ("A day later, M23 rebels captured Sake.", "Sake", "captures", "..02-07"),
    ("In January M23 rebels captured Goma. A day later, they captured Sake.", "Sake", "captures", "..02-07"),
    # a deed that another sentence dates
    ("A day after the fall of Goma, M23 rebels captured Sake. Goma fell on Monday.", "Sake", "captures", "02-04"),
    ("Goma fell to the M23 on January 27. A week after the fall of Goma, the rebels captured Sake.",
     "Sake", "captures", "01-31..02-06"),
    (MONDAY + "Residents speak of hunger. Three days after the fall of Goma, the rebels captured Sake.",
     "Sake", "captures", "02-06"),
    ("The offensive began on Saturday. On the third day of the offensive, M23 rebels captured Goma.",
     "Goma", "captures", "02-03"),
    ("The army fled Sake on Thursday. The attack on Sake came a day after M23 rebels captured Goma.",
     "Goma", "captures", "02-05"),
    # "had": before what was told last
    (MONDAY + "They had captured Sake earlier.", "Sake", "captures", "..02-03"),
    (MONDAY + "The army had left Sake.", "Sake", "withdraws_from", "..02-03"),
    (MONDAY + "The governor said the army had left Sake.", "Sake", "withdraws_from", "..02-07"),
    # somebody else's words
    (MONDAY + "“We left on Tuesday,” a teacher said. The next day, the rebels captured Sake.",
     "Sake", "captures", "02-04"),
    # a paragraph about the past
    ("In 1998, rebels fought the army in the east. M23 rebels captured Goma.", "Goma", "captures", ""),
    ("In 1998, rebels fought the army in the east.\n\nM23 rebels captured Goma.", "Goma", "captures", "..02-07"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "event", "expected"), CHAINS)
def test_the_day_from_an_earlier_or_later_sentence(rows, text, place, event, expected):
    assert days(dated(rows, text, place, event)) == expected


# ------------------------------------------------------------------------------------------------ what is printed of it

REASONS = [
    ("M23 rebels captured Goma on Tuesday.", "captures",
     'weekday: the latest Tuesday not after publication; "on Tuesday" goes with "captured"'),
    (MONDAY + "A day later, they captured Goma.", "captures",
     'days after another event, counted from "on Monday" in the sentence before; "A day later" goes with "captured"'),
    ("Residents fled on Tuesday after M23 rebels captured Goma.", "captures",
     'on or before "fled" "on Tuesday", by "after"'),
    ("The army said on Thursday that M23 rebels had captured Goma two days earlier.", "captures",
     'days before another event, counted from "on Thursday"; "two days earlier" goes with "captured"'),
    (MONDAY + "The army had left Goma.", "withdraws_from",
     'on or before "on Monday" in the sentence before: "had" puts it before what was told last'),
    ("In 1998, rebels fought the army in the east. M23 rebels captured Goma.", "captures",
     'some time before: the paragraph is about "In 1998" in the sentence before'),
    ("M23 rebels captured Sake on Wednesday, two days after they seized Goma.", "captures",
     'days before another event, counted from "on Wednesday"; "two days after" lies between "seized" and "captured"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "event", "expected"), REASONS)
def test_the_rule_is_kept_in_words(rows, text, event, expected):
    assert dated(rows, text, "Goma", event).date_how == expected
