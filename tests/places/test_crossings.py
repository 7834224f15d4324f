"""The table of crossings."""

from collections import Counter

import pytest

from marchland.places.crossings import all_names, load_crossings
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key

CROSSINGS = load_crossings()


def test_there_are_many_crossings_each_with_its_own_id() -> None:
    ids = Counter(crossing.place.place_id for crossing in CROSSINGS)
    assert len(ids) >= 600
    assert max(ids.values()) == 1


def test_both_sides_of_every_crossing_are_countries(gazetteer: Gazetteer) -> None:
    for crossing in CROSSINGS:
        assert gazetteer.country(crossing.place.country), crossing.place.place_id
        assert gazetteer.country(crossing.place.other_country), crossing.place.place_id


def test_the_sides_of_every_crossing_are_neighbours(gazetteer: Gazetteer) -> None:
    for crossing in CROSSINGS:
        a = gazetteer.country(crossing.place.country)
        b = crossing.place.other_country
        assert a is not None
        assert b == crossing.place.country or b in a.neighbours, crossing.place.place_id


def test_every_point_is_on_earth_and_admits_its_error() -> None:
    for crossing in CROSSINGS:
        place = crossing.place
        assert -90 <= place.lat <= 90, place.place_id
        assert -180 <= place.lon <= 180, place.place_id
        assert 1 <= place.radius_km < 35, place.place_id


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
