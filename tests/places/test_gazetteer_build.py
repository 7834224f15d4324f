"""What the build script keeps of names; the build itself needs packages that are not installed here."""

import pytest
from scripts.gazetteer_build.entry import Entry
from scripts.gazetteer_build.more import airfield_names, village_name
from scripts.gazetteer_build.names import useful_aliases, without_article
from scripts.gazetteer_build.points import gather_members, place_divisions
from scripts.gazetteer_build.sources import Coded, dropped_places

from marchland.places.generic import bare_name, index_keys


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
    assert bare_name(name) == bare


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
    gather_members(towns)
    place_divisions([province, district], towns)
    assert (district.lat, district.lon) == (10.1, 20.0)
    assert district.radius_km == pytest.approx(11.1, abs=0.1)
    assert province.population == 2700


@pytest.mark.parametrize(
    ("name", "city", "further"),
    [
        ("London Heathrow Airport", "London", ["Heathrow Airport"]),
        ("Oldford International Airport", "Oldford", ["Oldford Airport"]),
        ("Ashby Air Base", "Ashby", ["Ashby Airbase", "Ashby Airfield"]),
        ("Newford Airport", "", []),
        ("Newford West Airport", "Newford", []),
        ("Ashby County Airport", "Ashby", []),
    ],
)
def test_an_airfield_has_the_names_that_reports_use(name: str, city: str, further: list[str]) -> None:
    assert airfield_names(name, city) == further


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Saint Oldford"], {"saint oldford", "st oldford"}),
        (["Mount Ashby"], {"mount ashby", "mt ashby"}),
        (["Newford County"], {"newford county", "newford co"}),
        (["Saint"], {"saint"}),
    ],
)
def test_names_printed_short_are_found(names: list[str], keys: set[str]) -> None:
    assert index_keys(names) == keys


@pytest.mark.parametrize(("written", "name"), [("orup", "Orup"), ("Angurak (2)", "Angurak"), ("'Abbas", "Abbas")])
def test_a_village_loses_its_number(written: str, name: str) -> None:
    assert village_name(written) == name


def test_a_wide_district_does_not_lie_at_its_seat() -> None:
    district = Entry(2, "Longmark", "XX", [], level=2)
    towns = [
        Entry(10 + n, f"Town {n}", "XX", [], population=900, lat=10.0, lon=20.0 + n, admin2=district) for n in range(6)
    ]
    district.seat = towns[0]
    gather_members(towns)
    place_divisions([district], towns)
    assert district.lon == pytest.approx(22.5, abs=0.1)


def test_a_place_that_the_newer_list_dropped_is_kept_unless_it_was_merged() -> None:
    def coded(number: int, name: str, lat: float) -> Coded:
        return Coded(number, name, (), lat, 20.0, "PPL", "XX", "XX.1", "XX.1.2", 900)

    province = Entry(1, "Westmark", "XX", [], level=1)
    city = Entry(10, "Oldford", "XX", [], lat=10.0, lon=20.0)
    dump = {1: coded(11, "Oldford", 10.01), 2: coded(12, "Ashby", 10.01), 3: coded(10, "Oldford", 10.0)}
    kept = dropped_places(dump, [city], {"XX.1": province}, {})
    assert [(one.name, one.admin1) for one in kept] == [("Ashby", province)]
