"""How precisely a place is told: words, radius, and the codes of ACLED and UCDP."""

import pytest

from marchland.places.precision import EXTENT_KM, codes, precision
from marchland.records import Place, PlacePhrase, Resolved, Span, Spot


def place(kind, radius=0.0):
    return Place("x:1", "Reedham", kind, "UZ", 38.0, 66.0, radius_km=radius)


def told(choice, part="", spot=None, kind=""):
    return precision(Resolved(PlacePhrase("Reedham", Span(0, 7), kind=kind), choice, "", part=part, spot=spot))


PLACES = [
    # kind, the gazetteer's radius, words that say only a part is meant -> precision, radius, ACLED, UCDP
    ("village", 0.0, "", "exact", 2.0, 1, 1),
    ("town", 0.0, "", "exact", 4.0, 1, 1),
    ("city", 0.0, "the outskirts of Reedham", "part", 8.0, 1, 2),
    ("crossing", 2.0, "", "exact", 2.0, 1, 1),
    ("crossing", 10.0, "", "near", 10.0, 2, 2),
    ("base", 3.0, "", "exact", 3.0, 1, 1),
    ("area", 12.0, "", "near", 12.0, 2, 2),
    ("area", 60.0, "", "region", 60.0, 3, 5),
    ("district", 20.0, "", "district", 20.0, 2, 3),
    ("district", 0.0, "parts of Reedham", "district", 25.0, 2, 3),
    ("province", 80.0, "", "province", 80.0, 3, 4),
    ("province", 80.0, "two districts of Reedham", "province", 80.0, 3, 4),
    ("country", 450.0, "", "country", 450.0, 3, 6),
    ("country", 450.0, "the north", "region", 450.0, 3, 5),
    ("country", 450.0, "its border with Uzbekistan", "border", 450.0, 3, 5),
]


@pytest.mark.parametrize(("kind", "radius", "part", "words", "off", "acled", "ucdp"), PLACES)
def test_a_place_is_as_precise_as_its_kind_and_the_words_allow(kind, radius, part, words, off, acled, ucdp):
    found = told(place(kind, radius), part)
    assert (found.words, found.radius_km, found.geo_precision, found.where_prec) == (words, off, acled, ucdp)


SPOTS = [("away", 12.0, "away", 2, 2), ("away", 40.0, "far", 3, 5), ("near", 19.0, "near", 2, 2),
         ("halfway", 9.0, "between", 3, 5), ("road", 120.0, "between", 3, 5)]  # fmt: skip


@pytest.mark.parametrize(("how", "radius", "words", "acled", "ucdp"), SPOTS)
def test_a_spot_beside_a_place_has_its_own_radius(how, radius, words, acled, ucdp):
    found = told(place("town"), "30 km west of Reedham", Spot(38.0, 65.6, radius, how))
    assert (found.words, found.radius_km, found.geo_precision, found.where_prec) == (words, radius, acled, ucdp)


def test_an_airport_told_by_its_town_may_lie_outside_it():
    assert (
        told(place("city"), "Reedham airport", kind="airport").radius_km > told(place("city"), "the market").radius_km
    )


def test_a_refused_place_has_no_precision():
    assert told(None) is None


def test_every_kind_has_an_extent_and_every_code_a_meaning():
    kinds = {"country", "province", "district", "capital", "city", "town", "village", "crossing", "base", "airport"}
    assert kinds <= set(EXTENT_KM)
    assert all(1 <= acled <= 3 and 1 <= ucdp <= 6 for acled, ucdp in codes().values())
