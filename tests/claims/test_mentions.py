"""Names of places found in a sentence before it is parsed."""

import pytest

from marchland.claims.mentions import find_places, with_nouns
from marchland.records import Article, Part

CASES = [
    ("Rebels took Goma and Sake.", ["Goma", "Sake"]),
    ("Rebels took Qala-i-Naw on Monday.", ["Qala-i-Naw"]),
    ("The army left Wad Madani.", ["Wad Madani"]),
    ("Fighters entered El Fasher's market.", ["El Fasher"]),
    ("The army was paid in full.", []),
]


@pytest.mark.parametrize(("text", "names"), CASES)
def test_the_longest_name_at_each_spot_is_found(coder, text, names):
    connectives = frozenset(coder.lexicon.grammar["connectives"]["words"])
    found = find_places(text, coder.gazetteer, connectives, coder.parser.is_english, coder.near)
    assert [text[m.start : m.end] for m in found] == names


def test_a_noun_of_division_belongs_to_the_name_before_it(coder):
    text = "Rebels took Chin state."
    connectives = frozenset(coder.lexicon.grammar["connectives"]["words"])
    found = find_places(text, coder.gazetteer, connectives, coder.parser.is_english, coder.near)
    (named,) = with_nouns(text, found, frozenset({"state"}))
    assert (named.text, named.name, named.noun) == ("Chin state", "Chin", "state")


OTHERS = [
    ("Rebels took Goma, Gen. Otto Preston said.", ["Goma"]),
    ("Rebels took Goma, said Jean Alexandria, a nurse.", ["Goma"]),
    ("Rebels took Goma, the Washington Post reported.", ["Goma"]),
    ("Sarah Lincoln fled Goma on Friday. Rebels took it at noon, Lincoln said.", ["Goma"]),
    ("Shells fell on Richmond Street in Goma as rebels came.", ["Goma"]),
    ("Rebels took Alexandria and Goma.", ["Alexandria", "Goma"]),
    ("Rebels crossed at Gisenyi and took Goma.", ["Gisenyi", "Goma"]),
]


@pytest.mark.parametrize(("text", "names"), OTHERS)
def test_people_papers_and_streets_are_no_places(coder, text, names):
    article = Article("a", "p", 0, text, (Part("body", 0, len(text)),), None, None, "", None, "", "en")
    assert [phrase.name for phrase in coder.read(article).mentions] == names
