"""Names found in running text: where they stand, what stands beside them, and texts that mean harm."""

import sys

import pytest

from marchland.places.find import Finder
from marchland.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def finder(gazetteer: Gazetteer) -> Finder:
    return Finder.of(gazetteer)


CASES = [
    ("Rebels left Herat for Kandahar on foot.", ["Herat", "Kandahar"]),
    ("A convoy reached Mazar-i-Sharif and Qala-i-Naw.", ["Mazar-i-Sharif", "Qala-i-Naw"]),
    ("The road to Deir ez-Zor, and to Sana'a’s gates.", ["Deir ez-Zor", "Sana'a"]),
    ("He was seen in St. Petersburg.", ["St. Petersburg"]),
    ("Boats crossed near N'Djamena's port.", ["N'Djamena"]),
    ("They met in U.S. bases.", ["U.S."]),
    ("Roxas City is one name.", ["Roxas City"]),
    ("Sudanese and Sri Lankan traders waited.", ["Sudanese", "Sri Lankan"]),
    ("a road through herat and kandahar", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "names"), CASES)
def test_the_longest_name_at_each_spot_is_found(finder: Finder, text: str, names: list[str]) -> None:
    found = [text[one.start : one.end] for one in finder.find(text)]
    assert [name for name in found if name not in ("He", "The", "They", "A")] == names


OTHER_SCRIPTS = [
    ("Вчера Киев и Харків молчали.", ["Киев", "Харків"]),
    ("قال شهود في كابل", ["كابل"]),
    ("Ma\u0304zar-e Shari\u0304f is written with combining marks.", ["Ma\u0304zar-e Shari\u0304f"]),
]


@pytest.mark.parametrize(("text", "names"), OTHER_SCRIPTS)
def test_names_in_other_scripts_are_found(finder: Finder, text: str, names: list[str]) -> None:
    found = [text[one.start : one.end] for one in finder.find(text)]
    assert [name for name in names if name in found] == names


NOUNS = [
    ("They hold Kunduz province.", "Kunduz", "province"),
    ("They hold the district of Kunduz.", "Kunduz", "district of"),
    ("They hold the City of Herat.", "Herat", "city of"),
    ("They hold Kunduz and left.", "Kunduz", ""),
]


@pytest.mark.parametrize(("text", "name", "noun"), NOUNS)
def test_the_noun_beside_a_name_is_told(finder: Finder, text: str, name: str, noun: str) -> None:
    (one,) = [one for one in finder.find(text) if one.name == name]
    assert one.noun == noun


SHORT = [
    ("He lives in Springfield, Ill. and works.", "Ill.", "Illinois"),
    ("He lives in Springfield, Ill.", "Ill.", "Illinois"),
    ("He moved from Reno, Nev., to the coast.", "Nev.", "Nevada"),
    ("A US envoy came.", "US", "United States"),
]


@pytest.mark.parametrize(("text", "written", "name"), SHORT)
def test_short_forms_stand_for_one_place(finder: Finder, text: str, written: str, name: str) -> None:
    (one,) = [one for one in finder.find(text) if text[one.start : one.end] == written]
    assert (one.name, bool(one.place_id)) == (name, True)


def test_us_in_small_letters_is_a_word(finder: Finder) -> None:
    assert finder.find("they told us that it was over") == ()


HOSTILE = {
    "one word of five million capitals": "A" * 5_000_000,
    "a line of capitals, each a word": "A " * 300_000,
    "capitals with hyphens": "Ab-" * 1_000_000,
    "capitals with full stops": "A.B." * 1_000_000,
    "apostrophes": "A'b" * 300_000,
    "small words between": "Ab of the " * 400_000,
    "combining marks": "A" + "\u0301" * 3_000_000,
    "commas": "Herat, " * 100_000,
    "letters without case": "ا" * 1_000_000,
    "words without case": "كابل " * 50_000,
    "no letters at all": " ,.-'’" * 500_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_ends_and_its_names_stand_where_they_say(finder: Finder, text: str) -> None:
    for one in finder.find(text):
        assert 0 <= one.run_start <= one.start < one.end <= len(text)


def test_the_work_grows_with_the_text_not_faster(finder: Finder) -> None:
    """Steps are counted, not seconds: the calls that finding makes for twice the text are at most some twice."""
    counted = [_calls(finder, "Ab Cd of Ef, Herat " * size) for size in (2_000, 4_000)]
    assert counted[1] <= 2.2 * counted[0]


def _calls(finder: Finder, text: str) -> int:

    calls = 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        finder.find(text)
    finally:
        sys.setprofile(None)
    return calls
