"""What the build script keeps of names; the build itself needs packages that are not installed here."""

import pytest
from scripts.gazetteer_build.entry import Entry
from scripts.gazetteer_build.names import bare_name, division_words, useful_aliases, without_article
from scripts.gazetteer_build.points import place_divisions


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Kābul", True),
        ("KBL", False),
        ("AFKDH", False),
        ("kabwl", False),
        ("کابل", True),
        ("Кабул", False),
        ("soዝmahi", False),
        ("https://example.org/Kabul", False),
    ],
)
def test_codes_and_machine_made_names_are_dropped(name: str, kept: bool) -> None:
    assert (useful_aliases([name], {"ARABIC"}) == [name]) is kept


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Kherson Oblast", "Kherson"),
        ("Province of Nimroz", "Nimroz"),
        ("Département de la Tshopo", "la Tshopo"),
        ("محافظة حلب", "حلب"),
        ("Kabul", ""),
        ("Oblast", ""),
    ],
)
def test_generic_words_come_off_the_names_of_divisions(name: str, bare: str) -> None:
    assert bare_name(name, division_words()) == bare


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Al Qāmishlī", "Qāmishlī"), ("Ash-Shaddadi", "Shaddadi"), ("El Paso", "Paso"), ("Alma", ""), ("Al Ab", "")],
)
def test_the_article_comes_off_an_arabic_name(name: str, bare: str) -> None:
    assert without_article(name) == bare


def test_a_division_without_a_point_gets_its_namesake_town() -> None:
    province = Entry(1, "Westmark", "XX", [], level=1)
    district = Entry(2, "Oldford", "XX", [], level=2, admin1=province)
    towns = [
        Entry(10 + n, name, "XX", [], population=900, lat=10.0 + n / 10, lon=20.0, admin1=province, admin2=district)
        for n, name in enumerate(["Ashby", "Oldford", "Newford"])
    ]
    place_divisions([province, district], towns)
    assert (district.lat, district.lon) == (10.1, 20.0)
    assert district.radius_km == pytest.approx(11.1, abs=0.1)
    assert province.population == 2700
