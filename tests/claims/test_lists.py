"""Lists, gapping, short passives and counts: several places under one verb, each with its own date and sides."""

import pytest

from marchland.claims.unlisted import MOST_NAMES

WAR = "Troops and rebels fight in the war. "

PLACES = [
    # sentence, event, places as written
    ("The militia captured Goma on Monday, Sake on Tuesday and Bukavu on Friday.", "captures", 
     ["Goma", "Sake", "Bukavu"]),
    ("Fighters captured Goma and Bukavu in the south and Bunia in the far north.", "captures",
     ["Goma", "Bukavu", "Bunia"]),
    ("In Bukavu the city was also taken by the M23 without a fight.", "captures", ["the city"]),
    ("Goma, North Kivu, captured.", "captures", ["Goma"]),
    ("Jan. 27 - GOMA: taken", "captures", ["GOMA"]),
    ("The army base in Goma captured.", "captures", ["The army base in Goma"]),
    ("Goma became the first provincial capital to fall to the M23.", "captures", ["Goma"]),
    ("Goma is the second city captured by the M23.", "captures", ["Goma"]),
    ("It is the third town taken by the M23 within a week.", "captures", []),
    ("The government has not commented on the fall of Goma.", "captures", []),
    ("Amani Baraka, a lawmaker from the north, says Sake, the gate to Goma, fell to the M23 on Friday.", "captures",
     ["Sake"]),
    ("The mayor said that Goma had fallen, taken without a fight.", "captures", ["Goma"]),
    ("The town of Sake fell on Monday.", "captures", ["The town of Sake"]),
    ("Hundreds of troops at a base near Goma surrendered to the M23.", "surrenders", ["a base near Goma"]),
    ("Sake surrendered to the M23 without a fight.", "surrenders", ["Sake"]),
    ("Residents in Goma say fighting still rages near Sake.", "contests", ["Sake"]),
    ("The M23 controls 26 of 28 towns in Nord-Kivu, in Ituri 4 of 17 and in Tshopo 3 of 7.", "controls",
     ["26 of 28 towns in Nord-Kivu", "4 of 17", "3 of 7"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "event", "places"), PLACES, ids=[row[0] for row in PLACES])
def test_each_place_of_a_list_gets_its_claim(sentence, event, places, rows):
    found = [row.place for row in rows(WAR + sentence) if row.event == event and row.sentence == sentence]
    assert found == places


def test_each_place_of_a_dated_list_has_the_date_that_follows_it(rows):
    text = WAR + "The M23 captured Goma on Monday, Sake on Tuesday and Bukavu on Friday."
    assert [row.date_text for row in rows(text) if row.event == "captures"] == ["on Monday", "on Tuesday", "on Friday"]


UNLISTED = [
    ("In Zorvaly, which the insurgents had seized on Monday, markets were shut.", "captures", ["Zorvaly"]),
    ("The army captured Kelmira on Monday. Residents of the town of Kelmira fled.", "captures", ["Kelmira"]),
    ("The army captured Kelmira on Monday. Markets are open again, but Kelmira has no water.", "captures", ["Kelmira"]),
    ("The army captured Anton Kelmira on Monday. Friends of Anton Kelmira fled.", "captures", []),
]


@pytest.mark.parametrize(("text", "event", "places"), UNLISTED, ids=[row[0] for row in UNLISTED])
def test_a_place_that_no_gazetteer_has_is_kept_as_written(text, event, places, rows):
    assert [row.place for row in rows(WAR + text) if row.event == event] == places


BACKWARDS = [
    # text, event, places: what only points back, or is told again below, is no claim of its own
    ("Rebels retook the Sake Bridge on Monday. The retaking of the bridge cost forty lives.", "recaptures", 1),
    ("Isis controls swathes of territory in the region.", "controls", 0),
]


@pytest.mark.parametrize(("text", "event", "number"), BACKWARDS, ids=[row[0] for row in BACKWARDS])
def test_a_noun_that_points_back_is_no_second_claim(text, event, number, rows):
    assert len([row for row in rows(WAR + text) if row.event == event]) == number


NOBODY = ["Goma was recaptured by neither side.", "Nobody controls Goma."]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_no_party(text, rows):
    assert [row.actor for row in rows(WAR + text) if row.event in ("recaptures", "controls") and row.actor] == []


SIDES = [
    # sentence, event, actor as written or None
    ("The army shelled rebel-held Goma on Monday.", "controls", "rebel"),
    ("The operation was prompted by the fall of Goma to the M23.", "captures", "the M23"),
    ("The minister accused the M23 of wanting to seize Goma.", "captures", "the M23"),
    ("Losing Goma - the capital of North Kivu - was a blow.", "controls", None),
    ("Fighting was reported in the region, including the large eastern town of Sake.", "contests", None),
]


@pytest.mark.parametrize(("text", "event", "actor"), SIDES, ids=[row[0] for row in SIDES])
def test_the_actor_is_found_where_the_grammar_hides_it(text, event, actor, rows):
    found = [row for row in rows(WAR + text) if row.event == event and row.sentence == text]
    assert [row.actor for row in found if row.place_name] == [actor]


SIDE_CLAUSES = [
    # sentence, event, places as written
    ("The fighters pushed government forces from Goma.", "recaptures", ["Goma"]),
    ("The M23 swept through areas in the east, including the region's largest city of Goma.", "captures", ["Goma"]),
    ("The M23 doubled the territory they now control.", "controls", []),
    ("Rebels captured Goma on Thursday, days after Sake.", "captures", ["Goma", "Sake"]),
    ("Goma fell on Monday after the army retreated.", "withdraws_from", ["Goma"]),
    ("The M23 took Goma as soldiers fled.", "withdraws_from", ["Goma"]),
    ("The army said its units were merely moved outside Goma.", "withdraws_from", ["Goma"]),
    ("The army said the loss of a base is not the loss of a city.", "controls", []),
    ("The army has not admitted the loss of Goma.", "controls", []),
    ("Fighters entered the outskirts of Goma on Sunday.", "contests", ["the outskirts of Goma"]),
    ("The M23 took Goma; it is the second city controlled by the M23.", "controls", ["it"]),
]


@pytest.mark.parametrize(("sentence", "event", "places"), SIDE_CLAUSES, ids=[row[0] for row in SIDE_CLAUSES])
def test_side_clauses_speak_of_the_place_of_the_main_one(sentence, event, places, rows):
    assert [row.place for row in rows(WAR + sentence) if row.event == event] == places


def test_those_towns_are_the_ones_named_before(rows):
    text = WAR + "Residents of Goma, Bukavu and Bunia say fighting still rages near those cities."
    assert [r.place_name for r in rows(text) if r.event == "contests"] == ["Goma", "Bukavu", "Bunia"]


def test_a_text_with_countless_unknown_names_is_bounded(coder):
    letters = "abcdefghijklmnopqrst"
    text = " ".join(f"Troops fought in Zorva{first}{second}." for first in letters for second in letters)
    assert len(coder.unlisted.names(text)) == MOST_NAMES
