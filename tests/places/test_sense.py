"""In which sense a name is used: places told from people, papers, streets and words. All sentences are invented."""

import pytest

from marchland.places.gazetteer import Gazetteer
from marchland.places.mentioned import places_in
from marchland.places.sense import ENOUGH, Teller


@pytest.fixture(scope="module")
def teller(gazetteer: Gazetteer) -> Teller:
    return Teller.of(gazetteer)


def used(teller: Teller, text: str, name: str) -> list[str]:
    return [one.use for one in teller.senses(text) if text[one.found.start : one.found.end] == name]


PLACES = [
    ("Shells fell near Alexandria before dawn.", "Alexandria"),
    ("The army entered Lincoln, Nebraska, at noon.", "Lincoln"),
    ("A bridge in northern Raqqa was blown up.", "Raqqa"),
    ("The Goma-based group denied it.", "Goma"),
    ("Traders from Roxas City waited.", "Roxas City"),
    ("KANDAHAR Residents fled on Friday.", "KANDAHAR"),
    ("They crossed at Gisenyi.", "Gisenyi"),
    ("Fighting went on in Goma, Kisangani and Rutshuru.", "Rutshuru"),
    ("Sen. Otto Brand, R-Florence, was there.", "Florence"),
]


@pytest.mark.parametrize(("text", "name"), PLACES)
def test_a_name_of_a_place(teller: Teller, text: str, name: str) -> None:
    assert used(teller, text, name) == ["place"]


PEOPLE = [
    ("Witnesses saw John Alexandria leave.", "Alexandria"),
    ("Mr. Lincoln left the room.", "Lincoln"),
    ("He spoke to Gen. Haftar on Friday.", "Haftar"),
    ("It was J. Preston who shot.", "Preston"),
    ("Jackson Brandell denied it.", "Jackson"),
    ("Lincoln said nothing.", "Lincoln"),
]


@pytest.mark.parametrize(("text", "name"), PEOPLE)
def test_a_name_of_a_person(teller: Teller, text: str, name: str) -> None:
    assert used(teller, text, name) in ([], ["other"])


def test_a_name_that_the_text_gives_to_a_person_is_a_person_s_everywhere(teller: Teller) -> None:
    text = "Sarah Preston ran the mill. Later Preston sold it."
    assert used(teller, text, "Preston") == ["other", "other"]


def test_a_name_that_is_surely_a_town_stays_one(teller: Teller) -> None:
    text = "Floods reached the outskirts of Preston, in Lancashire. Preston was quiet."
    assert used(teller, text, "Preston") == ["place", "place"]


THINGS = [
    ("He reads the Washington Post.", "Washington"),
    ("He works for the Bank of Cyprus Group.", "Bank"),
    ("He plays for Manchester United.", "Manchester"),
    ("They live on Richmond Street.", "Richmond"),
    ("It rained in March and in May.", "March"),
    ("It rained in March and in May.", "May"),
    ("But nobody came.", "But"),
    ("He was with MAC at the time.", "MAC"),
]


@pytest.mark.parametrize(("text", "name"), THINGS)
def test_a_name_of_no_place(teller: Teller, text: str, name: str) -> None:
    assert used(teller, text, name) in ([], ["other"])


BODIES = [
    ("The Kandahar Police Department opened.", "Kandahar", "body"),
    ("She teaches at the University of Kabul.", "Kabul", "body"),
    ("Sudanese officers waited.", "Sudanese", "people"),
]


@pytest.mark.parametrize(("text", "name", "use"), BODIES)
def test_a_body_or_a_people_named_after_a_place(teller: Teller, text: str, name: str, use: str) -> None:
    assert used(teller, text, name) == [use]


def test_the_reasons_add_up_and_can_be_read(teller: Teller) -> None:
    for one in teller.senses("Mr. Lincoln met Gov. Herat in Kandahar, Afghanistan, said the Zorva Times of Goma."):
        assert one.score == pytest.approx(sum(reason.weight for reason in one.reasons))
        assert (one.use == "other") == (one.score < ENOUGH)
        assert all(reason.sentence for reason in one.reasons)


def test_the_order_of_texts_changes_nothing(gazetteer: Gazetteer) -> None:
    texts = ["Mr. Preston left.", "Preston was shelled.", "They live in Preston."]
    forward, backward = Teller.of(gazetteer), Teller.of(gazetteer)
    there = [forward.senses(text) for text in texts]
    back = [backward.senses(text) for text in reversed(texts)]
    assert there == back[::-1]


def test_places_are_found_and_resolved_together(gazetteer: Gazetteer, teller: Teller) -> None:
    text = "The convoy left Herat for Kandahar. Afghan officers, among them Col. Preston, and a US envoy watched."
    told = [(one.phrase.text, one.choice.country if one.choice else "") for one in places_in(text, teller, gazetteer)]
    assert told == [("Herat", "AF"), ("Kandahar", "AF"), ("Afghan", "AF"), ("US", "US")]


def test_a_container_after_a_comma_is_kept(gazetteer: Gazetteer, teller: Teller) -> None:
    text = "He was born in Paris, Texas, and died there."
    answers = {one.phrase.text: one for one in places_in(text, teller, gazetteer)}
    assert answers["Paris"].phrase.within == ("Texas",)
    assert answers["Paris"].choice is not None and answers["Paris"].choice.country == "US"
