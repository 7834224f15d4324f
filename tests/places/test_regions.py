"""Regions of several countries: known, but they tell no country."""

import pytest

from marchland.places.gazetteer import Gazetteer
from marchland.places.theatre import theatre


@pytest.mark.parametrize("name", ["Europe", "Middle East", "Mediterranean", "Euphrates", "Horn of Africa", "Kurdistan"])
def test_a_region_of_several_countries_is_known(gazetteer: Gazetteer, name: str) -> None:
    assert any(place.kind == "area" and not place.country for place in gazetteer.lookup(name))


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["Europe", "Europe", "Asia", "Herat"], "AF"),
        (["Middle East", "Middle East", "Mekelle"], "ET"),  # a town of Maryland bears the name, too
    ],
)
def test_a_region_does_not_vote_for_a_country(gazetteer: Gazetteer, names: list[str], first: str) -> None:
    assert theatre(names, [], gazetteer) == (first,)


@pytest.mark.parametrize("name", ["Europe", "Darfur", "Kitshanga"])
def test_a_region_or_added_town_has_parents_and_seats_without_an_error(gazetteer: Gazetteer, name: str) -> None:
    place = gazetteer.lookup(name)[0]
    parent = gazetteer.parent(place)
    assert parent is None or parent.country == place.country
    assert gazetteer.seat_of(place) is None
