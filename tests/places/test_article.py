"""The names of an article weighed together: what follows a name, what the others speak for, what is refused."""

import re

import pytest

from marchland.places.article import neighbours, resolve_mentions
from marchland.places.company import Company
from marchland.records import Place, PlacePhrase, Span

TOLD = [
    # text with its names in brackets, the name looked at, (kind, first-order division, country)
    ("A shop burnt in [Springfield], [Illinois], on Monday.", "Springfield", ("city", "Illinois", "US")),
    ("A shop burnt in [Springfield], [Massachusetts], on Monday.", "Springfield", ("city", "Massachusetts", "US")),
    ("Firemen from [Dallas] and [Tyler] drove to [Paris] in [Texas].", "Paris", ("town", "Texas", "US")),
    ("Buses ran from [Lyon] and [Lille] to [Paris].", "Paris", ("capital", "Île-de-France", "FR")),
    ("Buses ran from [Atlanta] and [Savannah], all over [Georgia].", "Georgia", ("province", "", "US")),
    ("Buses ran from [Tbilisi] and [Batumi], all over [Georgia].", "Georgia", ("country", "", "GE")),
    ("The police of [London], [Ontario], called their colleagues in [Toronto] and [Hamilton].", "London",
     ("city", "Ontario", "CA")),
    ("The [Sudanese] army shelled [Omdurman].", "Sudanese", ("country", "", "SD")),
    ("Troops left [Tripoli] for [Misrata], [Libya].", "Tripoli", ("capital", "", "LY")),
    ("Troops left [Tripoli] for [Sidon], [Lebanon].", "Tripoli", ("city", "", "LB")),
]  # fmt: skip


def phrases_of(marked):
    """The text without its brackets, and a phrase for each name that stood in them."""
    text, found = "", []
    for piece in re.split(r"(\[[^\]]+\])", marked):
        name = piece.strip("[]")
        if piece.startswith("["):
            found.append(PlacePhrase(name, Span(len(text), len(text) + len(name)), name))
        text += name
    return text, found


def answer(marked, name, gazetteer):
    text, found = phrases_of(marked)
    return next(one for one in resolve_mentions(text, found, gazetteer) if one.phrase.name == name)


@pytest.mark.parametrize(("marked", "name", "expected"), TOLD)
def test_the_other_names_of_an_article_tell_which_place_is_meant(gazetteer, marked, name, expected):
    choice = answer(marked, name, gazetteer).choice
    assert choice is not None
    kind, division, country = expected
    assert (choice.kind, choice.country) == (kind, country)
    assert not division or choice.admin1 == division


def test_the_order_of_the_names_changes_nothing(gazetteer):
    text, found = phrases_of("Firemen from [Dallas] and [Tyler] drove to [Paris], [Athens] and [Moscow].")
    forwards = {one.phrase.name: one.choice for one in resolve_mentions(text, found, gazetteer)}
    backwards = {one.phrase.name: one.choice for one in resolve_mentions(text, found[::-1], gazetteer)}
    assert forwards == backwards


def test_a_place_in_a_country_of_which_the_article_does_not_speak_is_refused(gazetteer):
    marked = "Rebels in [Sudan] left [Omdurman], [Khartoum], [Kassala], [Atbara] and [Lanexa] on Monday."
    found = answer(marked, "Lanexa", gazetteer)
    assert found.choice is None
    assert found.reason.startswith("no such place")


def test_reasons_add_up_to_the_score(gazetteer):
    found = answer("A shop burnt in [Springfield], [Illinois], on Monday.", "Springfield", gazetteer)
    assert found.rivals
    for rival in found.rivals:
        assert rival.score == pytest.approx(sum(reason.weight for reason in rival.reasons), abs=0.001)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Tuzla], [Kovany]", [("tuzla", "kovany")]),
        ("[Tuzla] ([Kovany])", [("tuzla", "kovany")]),
        ("[Tuzla] in the [Kovany]", [("tuzla", "kovany")]),
        ("[Tuzla] and [Kovany]", []),
        ("[Tuzla]. [Kovany]", []),
    ],
)
def test_what_follows_a_name_after_a_comma_may_contain_it(marked, expected):
    assert neighbours(*phrases_of(marked)) == expected


def village(number, lat, lon, country="AA"):
    return Place(f"gn:{number}", f"V{number}", "village", country, lat, lon, admin1="North")


def test_a_name_has_no_vote_on_itself():
    company = Company.of({"a": [(village(1, 10.0, 20.0), 1.0)], "b": [(village(2, 10.1, 20.1), 1.0)]})
    assert company.near("a", village(1, 10.0, 20.0)) == 1.0
    assert company.near("c", village(3, 10.0, 20.0)) == 2.0
    alone = Company.of({"a": [(village(1, 10.0, 20.0), 1.0)]})
    assert (alone.near("a", village(1, 10.0, 20.0)), alone.country("a", village(1, 10.0, 20.0))) == (0.0, 0.0)


def test_the_countries_of_a_story_are_ranked_by_votes_and_faint_ones_are_out():
    guesses = {str(n): [(village(n, n, n, "AA"), 1.0)] for n in range(8)}
    guesses |= {
        "x": [(village(90, 0, 0, "BB"), 1.0)],
        "y": [(village(91, 0, 0, "BB"), 0.9), (village(92, 0, 0, "CC"), 0.1)],
    }
    assert Company.of(guesses).countries() == ("AA", "BB")
