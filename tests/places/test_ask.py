"""How a name resolves when it is asked for by itself or with a context."""

import pytest

from marchland.errors import Misuse
from marchland.places.ask import Question, ask

ASKED = [
    (Question("Tripoli", context="Troops left Misrata and Sirte in Libya"), "gn:2210247"),
    (Question("Tripoli", context="Troops left Beirut and Zahle in Lebanon"), "gn:266826"),
    (Question("Tripoli", country="LB"), "gn:266826"),
    (Question("Herat", kind="province", country="AF"), "gn:1140025"),
    (Question("Arghandab", country="AF", near=("Kandahar",)), "gn:7053298"),
    (Question("Arghandab", country="AF"), None),
    (Question("Qwzzyrbad", country="AF"), None),
]


@pytest.mark.parametrize(("question", "place_id"), ASKED)
def test_a_name_means_what_its_context_says(gazetteer, question, place_id):
    told = ask(question, gazetteer)
    assert (told.answer.choice and told.answer.choice.place_id) == place_id


@pytest.mark.parametrize("question", [Question("Tripoli", country="ZZ"), Question("Tripoli", near=("Qwzzyrbad",))])
def test_a_country_or_a_place_near_it_that_nobody_has_is_refused(gazetteer, question):
    with pytest.raises(Misuse, match=r"ZZ|Qwzzyrbad"):
        ask(question, gazetteer)


def test_two_places_of_one_name_are_too_close_to_call_and_both_are_told(gazetteer):
    told = ask(Question("Arghandab", country="AF"), gazetteer)
    assert told.answer.reason.startswith("too close to call between")
    assert {one.place.admin1 for one in told.candidates[:2]} == {"Kandahār", "Zābul"}


def test_reasons_of_a_candidate_add_up_to_its_score(gazetteer):
    for one in ask(Question("Tripoli", country="LY"), gazetteer).candidates:
        assert sum(reason.weight for reason in one.reasons) == pytest.approx(one.score, abs=0.001)


def test_a_name_that_nobody_has_gets_the_likest_spellings_with_their_likeness(gazetteer):
    told = ask(Question("Qwzzyrbad"), gazetteer)
    assert told.answer.reason == 'no such place: nothing is called "Qwzzyrbad" or sounds like it'
    assert 0 < len(told.spellings) <= 5
    assert all(0.6 <= likeness < 0.9 for _, _, likeness in told.spellings)
    assert ask(Question("Herat"), gazetteer).spellings == ()
