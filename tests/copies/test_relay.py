"""Who is credited: the cue, whose text it says it is, and whether the whole article or one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import article

from marchland.copies.relay import RelayFinder
from marchland.copies.settings import load_names, load_settings
from marchland.records import Part

CREDITED = [
    ("Rebels took Reedham, AFP reported.", "AFP", False),
    ("A ferryman told the AFP that Reedham had fallen.", "AFP", False),
    ("According to the Associated Press, Reedham fell at dawn.", "AP", False),
    ("Reedham fell on Monday, the Reuters news agency said.", "Reuters", False),
    ("The mayor said to Xinhua that boats were waiting.", "Xinhua", False),
    ("Reuters' correspondent saw flags on the dyke.", "Reuters", False),
    ("Al Jazeera's Osk Brandel said the jetty was empty.", "Al Jazeera", False),
    ("REEDHAM (Reuters) - Boats left the jetty on Monday.", "Reuters", True),
    ("Boats left the jetty. With inputs from dpa", "dpa", True),
    ("Boats left the jetty. Additional reporting by Reuters", "Reuters", True),
    ("Boats left the jetty on Monday. -AFP", "AFP", True),
    ("Source: Anadolu Agency\nBoats left the jetty.", "Anadolu Agency", True),
]
NOBODY = [
    "The ap on his telephone showed where the boats were.",
    "Caption: boats at the jetty of Reedham on Monday. (Reuters) The town was quiet.",
    "A photo by a villager shows the jetty (Photo: AFP).",
    "Petra Brandel rowed to the far bank.",
    "The dna of the eels was examined.",
]


@pytest.fixture(scope="module")
def finder() -> RelayFinder:
    words = load_settings().relay
    return RelayFinder(load_names(words), words)


@pytest.mark.parametrize(("text", "name", "whole"), CREDITED)
def test_credits_are_found_with_their_cue(finder, text, name, whole):
    (credit,) = finder.credits(article(text))
    assert (credit.name, credit.whole) == (name, whole)
    assert name.split()[0] in credit.span.of(text) or name == "AP"


@pytest.mark.parametrize("text", NOBODY)
def test_pictures_and_ordinary_words_are_no_credit(finder, text):
    assert finder.credits(article(text)) == ()


def test_what_stands_in_a_caption_is_no_credit(finder):
    text = "Boats at the jetty (AFP)\n\nThe town was quiet."
    assert finder.credits(article(text)) != ()
    assert finder.credits(replace(article(text), parts=(Part("caption", 0, 24),))) == ()


def test_an_agency_that_reports_itself_is_its_own_source(finder):
    credits = finder.credits(article("A ferryman told Reuters that Reedham had fallen.", "www.reuters.com"))
    assert [(one.name, one.how, one.whole) for one in credits] == [("Reuters", "published by Reuters", True)]
