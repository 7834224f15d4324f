"""The table of crossings."""

from collections import Counter

import pytest
from scripts.check_crossings import FAULTS as FAULTS_OF_THE_TABLE
from scripts.check_crossings import figures, findings

from marchland.errors import BrokenData
from marchland.places.countries import load_countries
from marchland.places.crossings import COLUMNS, all_names, load_crossings, read_crossings
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key

CROSSINGS = load_crossings()


def test_there_are_many_crossings_each_with_its_own_id() -> None:
    ids = Counter(crossing.place.place_id for crossing in CROSSINGS)
    assert len(ids) >= 600
    assert max(ids.values()) == 1


GOOD = dict.fromkeys(COLUMNS, "") | {
    "id": "ford", "name": "Ford", "country_a": "AF", "post_a": "Ford", "country_b": "IR", "post_b": "Mill",
    "kind": "road", "lat": "34.6", "lon": "61.0", "radius_km": "3", "confidence": "high", "sources": "https://example.org/ford",
}  # fmt: skip
FAULTS = [
    ({"country_a": "XX"}, "unknown country 'XX'"),
    ({"country_b": "FR"}, "AF and FR are not neighbours"),
    ({"lat": "north"}, "could not convert string to float: 'north'"),
    ({"lat": "91"}, "not a point on earth: 91.0, 61.0"),
    ({"lon": "-181"}, "not a point on earth: 34.6, -181.0"),
    ({"radius_km": "0"}, "radius_km is 0.0; more than 0 and at most 35 is wanted"),
    ({"radius_km": "300"}, "radius_km is 300.0; more than 0 and at most 35 is wanted"),
    ({"kind": "tunnel"}, "unknown kind 'tunnel'"),
    ({"confidence": "sure"}, "unknown confidence 'sure'"),
    ({"sources": ""}, "no sources"),
    ({"sources": "general knowledge, not confirmed"}, "not confirmed, yet not of low confidence"),
    ({"post_b": ""}, "no post_b"),
    ({"locode_a": "IRMIL"}, "not a UN/LOCODE of AF: 'IRMIL'"),
    ({"locode_b": "IR MIL"}, "not a UN/LOCODE of IR: 'IR MIL'"),
]


def table(*rows: dict[str, str]) -> str:
    return "\n".join([",".join(COLUMNS), *(",".join(f'"{row[name]}"' for name in COLUMNS) for row in rows)])


@pytest.mark.parametrize(("change", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_wrong_row_is_named_by_file_and_line(change: dict[str, str], fault: str) -> None:
    with pytest.raises(BrokenData) as raised:
        read_crossings(table(GOOD | {"id": "pass", "post_a": "Pass"}, GOOD | change), load_countries())
    assert str(raised.value) == f"crossings.csv:3: {fault}"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"post_a": "Pass"}, "id as in line 2"),
        ({"id": "pass"}, "pair of posts as in line 2"),
        (
            {"id": "mill", "country_a": "IR", "post_a": "Mill", "country_b": "AF", "post_b": "Ford"},
            "pair of posts as in line 2",
        ),
    ],
)
def test_no_crossing_stands_twice(change: dict[str, str], fault: str) -> None:
    with pytest.raises(BrokenData, match=f"crossings.csv:3: {fault}"):
        read_crossings(table(GOOD, GOOD | change), load_countries())


def test_other_columns_are_refused() -> None:
    with pytest.raises(BrokenData, match=r"crossings.csv:1: the columns are id, name"):
        read_crossings(table(GOOD).replace("sources", "source", 1), load_countries())


def test_a_row_cut_short_is_refused() -> None:
    with pytest.raises(BrokenData, match=r"crossings.csv:2: wrong number of columns"):
        read_crossings(table(GOOD)[:-3], load_countries())


def test_a_crossing_tells_its_codes_and_where_its_sources_come_from() -> None:
    row = GOOD | {"locode_a": "AFFRD", "sources": "https://www.example.org/a; https://example.org/b; UN/LOCODE"}
    (ford,) = read_crossings(table(row), load_countries())
    assert (ford.locode_a, ford.locode_b, ford.place.radius_km) == ("AFFRD", "", 3.0)
    assert ford.origins == {"example.org", "un locode"}
    assert ford.stood_behind


def test_copies_of_wikipedia_are_one_source() -> None:
    row = GOOD | {"sources": "https://en.wikipedia.org/wiki/Ford; https://wikimili.com/en/Ford; https://example.org/a"}
    (ford,) = read_crossings(table(row), load_countries())
    assert ford.origins == {"wikipedia", "example.org"}


def test_what_rests_on_no_source_is_not_stood_behind() -> None:
    row = GOOD | {"confidence": "low", "sources": "general knowledge, not confirmed"}
    (ford,) = read_crossings(table(row), load_countries())
    assert not ford.sources
    assert not ford.stood_behind


def test_the_table_does_not_fall_behind_what_it_has_reached() -> None:
    least = [715, 590, 425, 36, 27, 33]
    assert [name for name, had in zip(figures(CROSSINGS), least, strict=False) if figures(CROSSINGS)[name] < had] == []


def test_names_are_not_repeated() -> None:
    for crossing in CROSSINGS:
        keys = [key(name) for name in all_names(crossing)]
        assert len(keys) == len(set(keys)), crossing.place.place_id


@pytest.mark.parametrize("name", ["Islam Qala", "Dogharoun", "Islam Qala-Dogharoun", "Dogharoon", "اسلام قلعه"])
def test_either_side_and_any_spelling_name_one_crossing(gazetteer: Gazetteer, name: str) -> None:
    assert "x:islam-qala-dogharoun" in {place.place_id for place in gazetteer.lookup(name)}


@pytest.mark.parametrize(("name", "wanted"), [("Islam Qala", True), ("Torghundi", False), ("Bab-i-Dosti", False)])
def test_a_name_that_is_a_town_too_needs_a_cue(gazetteer: Gazetteer, name: str, wanted: bool) -> None:
    crossing = next(place for place in gazetteer.lookup(name) if place.kind == "crossing")
    assert gazetteer.needs_cue(crossing, name) is wanted


def test_crossings_between_two_countries_do_not_depend_on_the_order(gazetteer: Gazetteer) -> None:
    between = gazetteer.crossings_between("AF", "IR")
    assert between == gazetteer.crossings_between("IR", "AF")
    assert "Islam Qala" in {place.name for place in between}
    assert set(between) <= set(gazetteer.crossings_of("IR"))


@pytest.mark.parametrize("fault", sorted(FAULTS_OF_THE_TABLE))
def test_the_table_has_no_fault_that_other_data_can_show(fault: str) -> None:
    assert findings()[fault] == []
