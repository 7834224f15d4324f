"""Counts and shares that belong to a claim."""

import pytest

from marchland.claims.lexicon import Lexicon
from marchland.claims.quantity import Counter


@pytest.fixture(scope="module")
def counter():
    return Counter.from_grammar(Lexicon.load().grammar["counts"])


@pytest.mark.parametrize(
    ("words", "part", "whole", "bound"),
    [
        ("85 percent of the territory", 85, 100, ""),
        ("85% of the country", 85, 100, ""),
        ("more than twenty villages", 20, None, "at-least"),
        ("about 1,200 soldiers", 1200, None, "about"),
        ("fewer than three posts", 3, None, "at-most"),
        ("twenty-six districts", 26, None, ""),
        ("two hundred villages", 200, None, ""),
        ("several hundred troops", 300, None, "at-least"),
        ("a few dozen families", 24, None, "at-least"),
    ],
)
def test_a_count_has_a_part_a_whole_and_a_bound(counter, words, part, whole, bound):
    found = counter.find(words)
    assert (found.part, found.whole, found.bound) == (part, whole, bound)


@pytest.mark.parametrize("words", ["most of the city", "parts of Homs", "some of the villages"])
def test_a_share_is_kept_in_words_without_a_number(counter, words):
    found = counter.find(words)
    assert found.text != "" and words.startswith(found.text) and found.part is None


@pytest.mark.parametrize(
    ("words", "unit", "kind"),
    [
        ("412 Norland servicemen", "Norland servicemen", "forces"),
        ("more than 60 Norland military personnel", "Norland military personnel", "forces"),
        ("thousands of people", "people", "people"),
        ("ten soldiers and two policemen", "soldiers", "forces"),
        ("ten villages where people live", "villages", "places"),
    ],
)
def test_what_is_counted_may_have_no_s(counter, words, unit, kind):
    found = counter.find(words)
    assert (found.unit, found.kind) == (unit, kind)


@pytest.mark.parametrize(
    ("text", "event", "quantity"),
    [
        ("Hundreds of troops fled into Iran.", "flees_across", "Hundreds of troops"),
        ("The army said several hundred soldiers surrendered in Herat.", "surrenders", "several hundred soldiers"),
        ("On Monday 412 families were displaced from Herat.", "displaces", "412 families"),
        ("Thousands of families were displaced from Herat.", "displaces", "Thousands of families"),
        ("Shelling displaced 3,000 families from Herat.", "displaces", "3,000 families"),
    ],
)
def test_who_moved_is_counted(rows, text, event, quantity):
    assert [row.quantity for row in rows(text) if row.event == event] == [quantity]


def test_words_without_a_count_have_none(counter):
    assert counter.find("the city of Homs") is None


STRUCTURE = [
    # words, part, whole, unit, bound, low, high, kind
    ("17 of 19 districts of Reedham", 17, 19, "districts", "", 17, 17, "places"),
    ("17 out of the 19 districts", 17, 19, "districts", "", 17, 17, "places"),
    ("3 of 7", 3, 7, "", "", 3, 3, ""),
    ("nearly 26 of its 28 towns", 26, 28, "towns", "about", None, None, "places"),
    ("more than 100 out of nearly 400 districts", 100, 400, "districts", "at-least", 100, None, "places"),
    ("a third of the country's 421 districts", 140.3, 421, "districts", "about", None, None, "places"),
    ("two-thirds of the country", 66.7, 100, "country", "", 66.7, 66.7, "places"),
    ("three quarters of the city", 75, 100, "city", "", 75, 75, "places"),
    ("half of the province", 50, 100, "province", "", 50, 50, "places"),
    ("nearly half of the country", 50, 100, "country", "about", None, None, "places"),
    ("85% of the territory", 85, 100, "territory", "", 85, 85, "places"),
    ("up to 40 per cent of the land", 40, 100, "land", "at-most", None, 40, "places"),
    ("six of the district's nine villages", 6, 9, "villages", "", 6, 6, "places"),
    ("two dozen villages", 24, None, "villages", "", 24, 24, "places"),
    ("a dozen checkpoints", 12, None, "checkpoints", "", 12, 12, "places"),
    ("dozens of villages", 24, None, "villages", "at-least", 24, None, "places"),
    ("scores of fighters", 40, None, "fighters", "at-least", 40, None, "forces"),
    ("hundreds of soldiers", 200, None, "soldiers", "at-least", 200, None, "forces"),
    ("tens of thousands of people", 20000, None, "people", "at-least", 20000, None, "people"),
    ("1,037 servicemen", 1037, None, "servicemen", "", 1037, 1037, "forces"),
    ("at least 46 policemen", 46, None, "policemen", "at-least", 46, None, "forces"),
    ("no fewer than 300 troops", 300, None, "troops", "at-least", 300, None, "forces"),
    ("as many as 1,500 families", 1500, None, "families", "at-most", None, 1500, "people"),
    ("fewer than 50 guards", 50, None, "guards", "at-most", None, 50, "forces"),
    ("about 1,200 refugees", 1200, None, "refugees", "about", None, None, "people"),
    ("an estimated 20,000 people", 20000, None, "people", "about", None, None, "people"),
    ("between 10 and 20 trucks", 10, None, "trucks", "between", 10, 20, "vehicles"),
    ("10 to 20 lorries", 10, None, "lorries", "between", 10, 20, "vehicles"),
    ("10-20 soldiers", 10, None, "soldiers", "between", 10, 20, "forces"),
    ("200 tankers", 200, None, "tankers", "", 200, 200, "vehicles"),
    ("$4 million a month", 4e6, None, "USD", "", 4e6, 4e6, "money"),
    ("more than 4 million dollars", 4e6, None, "USD", "at-least", 4e6, None, "money"),
    ("1.5 million euros", 1.5e6, None, "EUR", "", 1.5e6, 1.5e6, "money"),
    ("some 2.5 million people", 2.5e6, None, "people", "about", None, None, "people"),
    ("two hundred outposts", 200, None, "outposts", "", 200, 200, "places"),
    ("twenty-six municipalities", 26, None, "municipalities", "", 26, 26, "places"),
    ("all three border posts", 3, None, "border posts", "", 3, 3, "places"),
    ("over 90 % of the region", 90, 100, "region", "at-least", 90, None, "places"),
]


@pytest.mark.parametrize("row", STRUCTURE, ids=[row[0] for row in STRUCTURE])
def test_a_quantity_is_a_structure(counter, row):
    found = counter.find(row[0])
    told = (found.part, found.whole, found.unit, found.bound, found.low, found.high, found.kind)
    assert told == row[1:]


@pytest.mark.parametrize(
    ("sentence", "part", "whole"),
    [
        ("The M23 now holds close to a third of the country's 145 districts.", 48.3, 145),
        ("The M23 claims control over 85% of Nord-Kivu.", 85, 100),
        ("The M23 controls 12 of 19 towns in Nord-Kivu.", 12, 19),
        ("The M23 has seized 17 of the 19 districts of Ituri.", 17, 19),
    ],
)
def test_a_count_without_a_name_is_a_claim_about_what_holds_it(sentence, part, whole, rows):
    found = [
        row for row in rows(f"Troops and rebels fight near Goma and Bukavu. {sentence}") if row.event == "controls"
    ]
    assert [(row.quantity_part, row.quantity_whole) for row in found] == [(part, whole)]
    assert found[0].country == "CD"
