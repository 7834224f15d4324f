"""The shipped gazetteer: names, variants, divisions, seats."""

import time
from pathlib import Path

import pytest

from marchland.errors import BrokenData
from marchland.places.gazetteer import Gazetteer
from marchland.places.placefile import PlaceFile, shipped_file


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Kabul", "capital", "AF"),
        ("Herat", "city", "AF"),
        ("Kiev", "capital", "UA"),
        ("Georgia", "country", "GE"),
        ("UK", "country", "GB"),
        ("Ivory Coast", "country", "CI"),
        ("Türkiye", "country", "TR"),
        ("Islam Qala", "town", "AF"),
        ("Nirkh", "district", "AF"),
        ("Kherson Oblast", "province", "UA"),
        ("Hairatan", "crossing", "AF"),
        ("کابل", "capital", "AF"),
        ("Київ", "capital", "UA"),
        ("Snake Island", "area", "UA"),
    ],
)
def test_the_best_known_place_of_a_name_comes_first(gazetteer: Gazetteer, name: str, kind: str, country: str) -> None:
    first = gazetteer.lookup(name)[0]
    assert (first.kind, first.country) == (kind, country)


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [("Herat", "province", "AF"), ("Islam Qala", "crossing", "AF"), ("Georgia", "province", "US")],
)
def test_other_places_of_a_name_are_kept(gazetteer: Gazetteer, name: str, kind: str, country: str) -> None:
    assert (kind, country) in {(place.kind, place.country) for place in gazetteer.lookup(name)}


@pytest.mark.parametrize(
    ("written", "meant", "country"),
    [
        ("Torghudi", "Torghundi", "AF"),
        ("Qala e Naw", "Qala-i-Naw", "AF"),
        ("Nerkh", "Nirkh", "AF"),
        ("Deir Ezzor", "Deir ez-Zor", "SY"),
        ("Wad Madani", "Wad Medani", "SD"),
        ("Kramatorks", "Kramatorsk", "UA"),
        ("Ouagadugu", "Ouagadougou", "BF"),
    ],
)
def test_a_variant_leads_to_the_place_meant(gazetteer: Gazetteer, written: str, meant: str, country: str) -> None:
    ids = {place.place_id for place in gazetteer.lookup(meant) if place.country == country}
    found = {place.place_id for place, _ in gazetteer.variants(written)}
    found |= {place.place_id for place in gazetteer.lookup(written)}
    assert ids & found


def test_variants_are_bounded_and_ordered_by_likeness(gazetteer: Gazetteer) -> None:
    found = gazetteer.variants("San Juann", floor=0.5)
    likeness = [score for _, score in found]
    assert 0 < len(found) <= 24
    assert likeness == sorted(likeness, reverse=True)
    assert min(likeness) >= 0.5


@pytest.mark.parametrize("name", ["", "-", "xqzxqzxqz", "\x00", "a" * 5000, "'" * 300])
def test_a_name_of_nothing_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == gazetteer.variants(name) == ()


@pytest.mark.parametrize(
    ("tokens", "count"),
    [
        (["Sher", "Khan", "Bandar", "port"], 3),
        (["Qala", "-", "i", "-", "Naw", "fell"], 5),
        (["Mazar-i-Sharif", ",", "Kabul"], 1),
        (["Deir", "ez", "-", "Zor", "."], 4),
        (["xyzzy", "Kabul"], 0),
        ([], 0),
        (["-", "Kabul"], 0),
    ],
)
def test_the_longest_name_is_counted_in_tokens(gazetteer: Gazetteer, tokens: list[str], count: int) -> None:
    assert gazetteer.longest_name(tokens, 0) == count


@pytest.mark.parametrize(
    ("word", "country"),
    [("Afghan", "AF"), ("afghans", "AF"), ("South Korean", "KR"), ("Congolese", "CD"), ("Table", None)],
)
def test_an_adjective_tells_its_country(gazetteer: Gazetteer, word: str, country: str | None) -> None:
    assert gazetteer.country_of_adjective(word) == country


@pytest.mark.parametrize(
    ("name", "common"),
    [("March", True), ("Police", True), ("Of", True), ("Kabul", False), ("Herat", False), ("US", False)],
)
def test_everyday_words_are_weak_signs_of_a_place(gazetteer: Gazetteer, name: str, common: bool) -> None:
    assert gazetteer.is_common_word_name(name) is common


@pytest.mark.parametrize(
    ("country", "province", "seat"),
    [
        ("AF", "Herat", "Herat"),
        ("AF", "Nimroz", "Zaranj"),
        ("UA", "Luhansk", "Luhansk"),
        ("SD", "Gezira", "Wad Medani"),
    ],
)
def test_a_province_knows_its_seat(gazetteer: Gazetteer, country: str, province: str, seat: str) -> None:
    found = next(p for p in gazetteer.lookup(province) if p.kind == "province" and p.country == country)
    named = {place.place_id for place in gazetteer.lookup(seat)}
    got = gazetteer.seat_of(found)
    assert got is not None
    assert got.place_id in named


@pytest.mark.parametrize(
    ("country", "capital"), [("AF", "Kabul"), ("SY", "Damascus"), ("BR", "Brasília"), ("BI", "Gitega")]
)
def test_a_country_knows_its_capital(gazetteer: Gazetteer, country: str, capital: str) -> None:
    known = gazetteer.country(country)
    assert known is not None
    seat = gazetteer.seat_of(known.place)
    assert seat is not None
    assert seat.place_id in {place.place_id for place in gazetteer.lookup(capital)}


def test_nearly_every_country_with_a_capital_finds_it(gazetteer: Gazetteer) -> None:
    capitals = [c for c in gazetteer.countries() if c.capital]
    lost = [c.place.name for c in capitals if gazetteer.seat_of(c.place) is None]
    assert len(lost) <= 5, lost


def test_places_are_nested_from_town_to_country(gazetteer: Gazetteer) -> None:
    chain = [next(p for p in gazetteer.lookup("Islam Qala") if p.kind == "town")]
    while (parent := gazetteer.parent(chain[-1])) is not None:
        chain.append(parent)
    assert [place.kind for place in chain] == ["town", "district", "province", "country"]
    assert chain[-1].place_id == "iso:AF"


def test_a_crossing_lies_in_its_province(gazetteer: Gazetteer) -> None:
    crossing = gazetteer.get("x:islam-qala-dogharoun")
    assert crossing is not None
    parent = gazetteer.parent(crossing)
    assert parent is not None
    assert (parent.kind, parent.country) == ("province", "AF")


def test_divisions_hold_their_children_and_members(gazetteer: Gazetteer) -> None:
    herat = next(p for p in gazetteer.lookup("Herat") if p.kind == "province" and p.country == "AF")
    districts = gazetteer.children(herat)
    assert 14 <= len(districts) <= 20
    assert {d.kind for d in districts} == {"district"}
    assert gazetteer.members(herat) >= 10
    assert len(gazetteer.divisions("AF", 1)) == 34


def test_every_id_leads_back_to_its_place(gazetteer: Gazetteer) -> None:
    for name in ("Kabul", "Islam Qala", "Georgia", "Snake Island", "San Juan"):
        for place in gazetteer.lookup(name):
            assert gazetteer.get(place.place_id) == place


def test_a_country_answers_to_its_geonames_number_too(gazetteer: Gazetteer) -> None:
    known = gazetteer.country("AF")
    assert known is not None
    assert gazetteer.get("gn:1149361") == known.place


@pytest.mark.parametrize("place_id", ["", "gn:", "gn:0", "gn:-4", "gn:99999999999999", "x:nowhere", "iso:ZZ", "gn:١"])
def test_an_unknown_id_is_nothing(gazetteer: Gazetteer, place_id: str) -> None:
    assert gazetteer.get(place_id) is None
    assert gazetteer.aliases(place_id) == ()


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all" * 100)
    for path in (broken, tmp_path / "absent.db"):
        with pytest.raises(BrokenData, match=path.name):
            Gazetteer.open(path)


def test_the_shipped_file_is_small_and_opens_quickly() -> None:
    begun = time.process_time()
    Gazetteer.open()
    assert time.process_time() - begun < 1.0  # processor time: a busy machine does not fail it
    assert shipped_file().stat().st_size <= 35_000_000


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("US", "United States", "country"),
        ("N. Korea", "North Korea", "country"),
        ("N.J.", "New Jersey", "province"),
        ("W. Va.", "West Virginia", "province"),
        ("Ind.", "Indiana", "province"),
        ("L.A.", "Los Angeles", "city"),
        ("Europe", "Europe", "area"),
        ("Persian Gulf", "Persian Gulf", "area"),
        ("Heathrow Airport", "London Heathrow Airport", "airport"),
        ("Dumayr Airfield", "Dumayr Air Base", "base"),
        ("Dumayr Air Base", "Dumayr Air Base", "base"),
        ("Mt. Everest", "Mount Everest", "area"),
        ("Logan Co.", "Logan County", "district"),
        ("Kitchanga", "Kitshanga", "town"),
    ],
)
def test_short_and_further_names_lead_to_their_place(gazetteer: Gazetteer, written: str, name: str, kind: str) -> None:
    first = gazetteer.lookup(written)[0]
    assert (first.name, first.kind) == (name, kind)


@pytest.mark.parametrize("word", ["us", "Us", "ind", "miss", "Miss", "mass", "Ill", "ore"])
def test_a_word_is_no_abbreviation(gazetteer: Gazetteer, word: str) -> None:
    assert not any(place.kind in ("country", "province") and place.country == "US" for place in gazetteer.lookup(word))


@pytest.mark.parametrize(("written", "meant"), [("Town of Ouagadougou", "Ouagadougou"), ("Mopti Township", "Mopti")])
def test_a_name_that_nothing_has_is_looked_up_without_its_generic_word(
    gazetteer: Gazetteer, written: str, meant: str
) -> None:
    assert gazetteer.lookup(written) == gazetteer.lookup(meant)


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Panjwai", "AF", 31.54, 65.46),  # the settled north, not the middle of the desert
        ("Chakhansur", "AF", 31.17, 62.07),
        ("Anaba", "AF", 35.2, 69.4),
        ("Zakho District", "IQ", 37.14, 42.68),
    ],
)
def test_a_district_lies_where_its_people_do(
    gazetteer: Gazetteer, name: str, country: str, lat: float, lon: float
) -> None:
    district = next(p for p in gazetteer.lookup(name) if p.kind == "district" and p.country == country)
    assert abs(district.lat - lat) < 0.25
    assert abs(district.lon - lon) < 0.25


def test_every_shipped_place_has_a_feature_and_lies_off_the_null_island() -> None:
    places = PlaceFile(shipped_file())
    rows = [places.row(number) for number in range(0, places.size, 7)]
    assert not [row.name for row in rows if not row.feature]
    assert not [row.name for row in rows if row.lat == 0 and row.lon == 0]


def test_the_seat_of_a_district_is_known(gazetteer: Gazetteer) -> None:
    district = next(p for p in gazetteer.lookup("Kuhsan") if p.kind == "district")
    seat = gazetteer.seat_of(district)
    assert seat is not None
    assert (seat.kind, seat.country) == ("town", "AF")
    assert seat.feature == "PPLA2"
