"""What a user adds lies over the shipped gazetteer, and corrections over everything."""

import datetime as dt
import json
from pathlib import Path

import pytest
from tests.places import files

from marchland.errors import BrokenData, Misuse
from marchland.places.article import chooser_for
from marchland.places.countries import load_countries
from marchland.places.gazetteer import Gazetteer
from marchland.places.home import CORRECTIONS
from marchland.places.intake.add import add, layer_name, name_from
from marchland.places.intake.items import Wanted
from marchland.records import PlacePhrase, Span

COUNTRIES = load_countries()
ALPHA2 = {code: code for code in COUNTRIES} | {one.alpha3: code for code, one in COUNTRIES.items()}
HERAT_CITY, HERAT, FARAH = "gn:1140026", "gn:1140025", "gn:1142263"
HEAD = "what,place,name,lat,lon,radius_km,kind,country,parent,from,to,note\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of layers."""
    return tmp_path / "gazetteer"


def added(folder: Path, *paths: Path, name: str = "", country: str = "") -> Gazetteer:
    """The gazetteer after files were added to it as one layer."""
    wanted = Wanted(name or name_from(paths), country, alpha2=ALPHA2)
    add(paths, wanted, folder, Gazetteer.open(folder=folder, without=wanted.layer), lambda words: None)
    return Gazetteer.open(folder=folder)


def corrected(folder: Path, *rows: str) -> Gazetteer:
    """The gazetteer after corrections were written."""
    folder.mkdir(exist_ok=True)
    (folder / CORRECTIONS).write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return Gazetteer.open(folder=folder)


def table(tmp_path: Path, name: str, text: str) -> Path:
    """A CSV file."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def ids(places) -> set[str]:
    return {place.place_id for place in places}


# ----------------------------------------------------------------------------------------------------------- GeoNames


def test_a_place_of_a_dump_is_found_under_all_its_names_and_lies_in_its_divisions(tmp_path, folder):
    gazetteer = added(folder, files.geonames(tmp_path / "AF.txt"))
    (oldford,) = gazetteer.lookup("Eski Ford")
    assert (oldford.name, oldford.kind, oldford.admin2, oldford.admin1) == (
        "Oldford", "town", "Oldford District", "Westmark")  # fmt: skip
    assert "OLDF" not in oldford.aliases
    assert "gn:9000003" in ids(place for place, _ in gazetteer.variants("Oldfurd"))
    assert gazetteer.is_key("westmarch")
    assert gazetteer.longest_name(["Eski", "Ford", "fell"], 0) == 2


def test_divisions_of_a_dump_have_their_parents_children_and_members(tmp_path, folder):
    gazetteer = added(folder, files.geonames(tmp_path / "AF.txt"))
    westmark, district = gazetteer.get("gn:9000001"), gazetteer.get("gn:9000002")
    assert westmark in gazetteer.divisions("AF", 1)
    assert gazetteer.children(westmark) == (district,)
    assert gazetteer.parent(district) == westmark
    assert gazetteer.parent(westmark) == gazetteer.get("iso:AF")
    assert gazetteer.members(district) == 1


def test_a_division_is_found_without_its_generic_word_and_a_saint_under_st(tmp_path, folder):
    saint = ("9000010", "Saint Wilfrid Wharf", "", "34.6", "62.1", "P", "PPL", "AF", "99", "", "300")
    gazetteer = added(folder, files.geonames(tmp_path / "AF.txt", [*files.GEONAMES, saint]))
    assert {"gn:9000002", "gn:9000003"} <= ids(gazetteer.lookup("Oldford"))
    assert ids(gazetteer.lookup("St. Wilfrid Wharf")) == {"gn:9000010"}
    assert gazetteer.get("gn:9000010").aliases == ()


def test_what_is_no_place_of_a_record_is_left_out_and_counted(tmp_path, folder):
    wanted = Wanted("af", "", alpha2=ALPHA2)
    summary = add([files.geonames(tmp_path / "AF.txt")], wanted, folder, Gazetteer.shipped(), lambda words: None)
    assert sum(summary.left_out.values()) == 1
    assert summary.counts["places"] == 5
    assert not Gazetteer.open(folder=folder).lookup("Grey River")


def test_the_layer_wins_over_the_shipped_file_and_names_are_joined(tmp_path, folder, gazetteer):
    shipped = gazetteer.get(HERAT_CITY)
    layered = added(folder, files.geonames(tmp_path / "AF.txt"))
    herat = layered.get(HERAT_CITY)
    assert (herat.name, herat.lat, herat.lon) == ("Herat", 34.35, 62.20)
    assert set(shipped.aliases) <= {*herat.aliases, herat.name, shipped.name}
    assert "Hirat Shahr" in herat.aliases
    assert [place.place_id for place in layered.lookup("Herat")].count(HERAT_CITY) == 1
    assert herat in layered.lookup("Hirat Shahr")


def test_of_two_layers_the_later_by_name_wins(tmp_path, folder):
    added(folder, files.geonames(tmp_path / "AF.txt"))
    moved = [row if row[0] != "9000003" else (*row[:3], "34.9", "62.9", *row[5:]) for row in files.GEONAMES]
    gazetteer = added(folder, files.geonames(tmp_path / "zz.txt", moved))
    assert gazetteer.get("gn:9000003").lat == 34.9


def test_only_the_rows_of_a_country_are_taken_where_one_is_asked_for(tmp_path, folder):
    abroad = ("9000009", "Farholm", "", "50", "5", "P", "PPL", "BE", "", "", "300")
    gazetteer = added(folder, files.geonames(tmp_path / "all.txt", [*files.GEONAMES, abroad]), country="AF")
    assert not gazetteer.lookup("Farholm")
    assert gazetteer.lookup("Oldford")


def test_alternate_names_go_to_places_of_the_layer_and_of_the_shipped_file(tmp_path, folder):
    lines = [
        "1\t9000003\ten\tFordham Old\t1\t\t\t\t\t",
        "2\t1140026\ten\tArianapolis\t\t\t\t1\t\t1500",
        "3\t9000003\ten\tQuayford\t\t\t1\t\t2003\t2010-05",
        "4\t9000003\tlink\thttps://example.org/oldford\t\t\t\t\t\t",
        "5\t8999999\ten\tNowhere\t\t\t\t\t\t",
        "6\t9000003\ten\tLongago\t\t\t\t1\tbefore the war\t",
    ]
    names = table(tmp_path, "alternateNamesV2.txt", "".join(f"{line}\n" for line in lines))
    gazetteer = added(folder, names, files.geonames(tmp_path / "AF.txt"), name="af")
    assert ids(gazetteer.lookup("Fordham Old")) == {"gn:9000003"}
    assert ids(gazetteer.lookup("Arianapolis")) == {HERAT_CITY}
    assert ids(gazetteer.lookup("Arianapolis", dt.date(2021, 7, 9))) == set()
    assert ids(gazetteer.lookup("Quayford", dt.date(2010, 5, 31))) == {"gn:9000003"}
    assert ids(gazetteer.lookup("Quayford", dt.date(2010, 6, 1))) == set()
    assert ids(gazetteer.lookup("Longago", dt.date(2010, 6, 1))) == set()
    assert not gazetteer.lookup("Nowhere")


# --------------------------------------------------------------------------------------------------------- boundaries


def cod1(code: str, name: str, *shape: float, **more: object) -> tuple[dict[str, object], object]:
    return {"ADM1_EN": name, "ADM1_PCODE": code, "ADM0_PCODE": code[:2], **more}, files.square(*shape)


def cod2(code: str, name: str, *shape: float, **more: object) -> tuple[dict[str, object], object]:
    above = {"ADM1_EN": "Hirat", "ADM1_PCODE": "AF32", "ADM0_PCODE": "AF"}
    return {"ADM2_EN": name, "ADM2_PCODE": code, **above, **more}, files.square(*shape)


@pytest.fixture
def cod(tmp_path: Path, folder: Path) -> Gazetteer:
    """Herat with two districts, one of which is new."""
    adm1 = files.geojson(tmp_path / "adm1.geojson", [cod1("AF32", "Hirat", 60.5, 33.5, 3, ADM1_FA="هرات باستان")])
    adm2 = files.geojson(tmp_path / "adm2.geojson", [
        cod2("AF3215", "Kohsan", 60.8, 34.4, 0.7), cod2("AF3299", "Newmarch", 61.6, 34.4, 0.7, validTo="2005-12-31"),
    ])  # fmt: skip
    return added(folder, adm1, adm2)


def test_a_division_under_a_like_name_in_its_spot_is_the_one_that_ships(cod, gazetteer):
    herat = cod.get("pcode:AF32")
    assert herat == cod.get(HERAT)
    assert herat.name == "Hirat"
    assert gazetteer.get(HERAT).name in herat.aliases
    assert herat in cod.lookup("هرات باستان")
    assert (herat.lat, herat.lon) == (gazetteer.get(HERAT).lat, gazetteer.get(HERAT).lon), "a point it knows better"


def test_a_new_district_lies_in_the_province_that_its_p_code_names(cod):
    (newmarch,) = cod.lookup("Newmarch")
    assert (newmarch.place_id, newmarch.kind, newmarch.admin1) == ("pcode:AF3299", "district", "Hirat")
    assert cod.parent(newmarch) == cod.get(HERAT)


def test_the_list_of_districts_is_that_of_the_boundaries_where_they_give_all(cod, gazetteer):
    assert {place.name for place in cod.children(cod.get(HERAT))} == {"Kohsan", "Newmarch"}
    assert len(cod.divisions("AF", 2)) == 2
    assert cod.divisions("IR", 2) == gazetteer.divisions("IR", 2)


def test_towns_go_by_the_new_name_of_their_province(cod):
    assert cod.get(HERAT_CITY).admin1 == "Hirat"


def test_the_divisions_at_a_point_come_from_the_polygons(cod):
    assert [place.name for place in cod.divisions_at(34.6, 61.0)] == ["Hirat", "Kohsan"]
    assert [place.name for place in cod.divisions_at(34.6, 61.8)] == ["Hirat", "Newmarch"]
    assert [place.name for place in cod.divisions_at(34.6, 61.8, dt.date(2021, 7, 9))] == ["Hirat"]
    assert cod.divisions_at(10, 10) == ()


def test_what_has_ended_is_left_out_on_later_days(cod):
    assert {place.name for place in cod.divisions("AF", 2, dt.date(2021, 7, 9))} == {"Kohsan"}
    assert cod.get("pcode:AF3299", dt.date(2021, 7, 9)) is None
    assert cod.get("pcode:AF3299", dt.date(2005, 7, 9)) is not None


@pytest.mark.parametrize(
    "properties",
    [
        {"adm1_name": "Farwald", "adm1_name1": "فروالد", "adm1_pcode": "AF77", "lang": "en", "iso3": "AFG"},
        {"admin1Name_en": "Farwald", "admin1Name_fa": "فروالد", "admin1Pcode": "AF77", "admin0Pcode": "AF"},
        {"ADM1_REF": "Farwald", "ADM1_FA": "فروالد", "ADM1_EN": "Farwald", "ADM1_PCODE": "AF77"},
    ],
)
def test_the_columns_of_ocha_are_known_in_all_their_spellings(tmp_path, folder, properties):
    gazetteer = added(folder, files.geojson(tmp_path / "b.geojson", [(properties, files.square(65, 30))]))
    (found,) = gazetteer.lookup("فروالد")
    assert (found.place_id, found.name, found.kind, found.country) == ("pcode:AF77", "Farwald", "province", "AF")


def test_districts_of_geoboundaries_lie_in_the_province_around_them(tmp_path, folder):
    def feature(name: str, level: str, *shape: float) -> tuple[dict[str, object], object]:
        about = {"shapeName": name, "shapeID": f"id-{name}", "shapeGroup": "AFG", "shapeType": level, "shapeISO": ""}
        return about, files.square(*shape)

    both = files.geojson(
        tmp_path / "gb.geojson", [feature("Innerwald", "ADM2", 65.1, 30.1, 0.2), feature("Outerwald", "ADM1", 65, 30)]
    )
    gazetteer = added(folder, both)
    (inner,) = gazetteer.lookup("Innerwald")
    assert inner.admin1 == "Outerwald"


def test_a_district_file_alone_finds_its_province_by_name(tmp_path, folder):
    adm2 = files.geojson(tmp_path / "adm2.geojson", [cod2("AF3299", "Newmarch", 61.6, 34.4, 0.7)])
    gazetteer = added(folder, adm2)
    assert gazetteer.parent(gazetteer.get("pcode:AF3299")).place_id == HERAT


def test_a_polygon_that_touches_itself_is_mended_and_counted(tmp_path, folder):
    ring = [[65, 30], [66, 30], [66, 31], [65.5, 30], [65, 31], [65, 30]]
    touching = (cod1("AF77", "Farwald", 65, 30)[0], {"type": "Polygon", "coordinates": [ring]})
    summary = add([files.geojson(tmp_path / "b.geojson", [touching])], Wanted("b", "", alpha2=ALPHA2), folder,
                  Gazetteer.shipped(), lambda words: None)  # fmt: skip
    assert sum(summary.noted.values()) == 1


# ------------------------------------------------------------------------------------------------------------- tables


PLACES = """\
id,name,kind,country,lat,lon,parent,aliases,from,to
fort,Old Fort Gate,crossing,AF/IR,34.9,61.1,,Fort Gate,,
hollow,Hollowfield,village,AF,34.5,62.5,gn:1140025,Holofild;Hollow-by-Ford,2001,2010-05
camp,Tentwold,,AF,34.6,62.5,hollow,,,
"""


def test_a_table_of_places_has_kinds_parents_aliases_and_days(tmp_path, folder):
    gazetteer = added(folder, table(tmp_path, "mine.csv", PLACES))
    hollow, camp = gazetteer.get("mine:hollow"), gazetteer.get("mine:camp")
    assert (hollow.name, hollow.kind, hollow.aliases) == ("Hollowfield", "village", ("Holofild", "Hollow-by-Ford"))
    assert gazetteer.parent(hollow).place_id == HERAT
    assert gazetteer.parent(camp) == hollow
    assert camp.kind == "village"
    assert gazetteer.lookup("Hollowfield", dt.date(2010, 6, 1)) == ()


def test_a_crossing_of_a_table_is_a_crossing_like_the_others(tmp_path, folder):
    gazetteer = added(folder, table(tmp_path, "mine.csv", PLACES))
    assert "mine:fort" in ids(gazetteer.crossings_between("IR", "AF"))
    assert gazetteer.crossing("mine:fort").post_a == "Old Fort Gate"
    assert ids(gazetteer.lookup("Fort Gate")) == {"mine:fort"}
    assert gazetteer.needs_cue(gazetteer.get("mine:fort"), "Fort Gate") is False


def test_names_and_memberships_have_their_days(tmp_path, folder):
    names = table(tmp_path, "n.csv", "id,name,from,to\nhollow,Newfordham,2006,\n")
    ups = table(tmp_path, "m.csv", f"id,parent,from,to\ncamp,{HERAT},,2005\ncamp,{FARAH},2006,\n")
    places = table(tmp_path, "p.csv", PLACES.replace(",hollow,,,", ",,,,"))
    gazetteer = added(folder, places, names, ups, name="mine")
    camp, before, after = gazetteer.get("mine:camp"), dt.date(2005, 12, 31), dt.date(2006, 1, 1)
    assert gazetteer.parent(camp).place_id == FARAH
    assert gazetteer.parent(camp, before).place_id == HERAT
    assert gazetteer.parent(camp, after).place_id == FARAH
    assert gazetteer.get("mine:camp", before).admin1 != gazetteer.get("mine:camp", after).admin1
    assert gazetteer.lookup("Newfordham", before) == ()
    assert ids(gazetteer.lookup("Newfordham", after)) == {"mine:hollow"}


@pytest.mark.parametrize(("year", "expected"), [(2005, None), (2006, "mine:hollow")])
def test_an_article_means_the_names_of_its_own_day(tmp_path, folder, year, expected):
    names = table(tmp_path, "n.csv", "id,name,from,to\nhollow,Newfordham,2006,\n")
    places = table(tmp_path, "p.csv", PLACES.replace(",hollow,,,", ",,,,"))
    gazetteer = added(folder, places, names, name="mine")
    text = "Fighting was heard in Newfordham in Afghanistan."
    at = text.index("Newfordham")
    phrase = PlacePhrase("Newfordham", Span(at, at + 10), "Newfordham")
    choice = chooser_for(text, [phrase], gazetteer, on=dt.date(year, 6, 1)).name(phrase, "").choice
    assert (choice and choice.place_id) == expected


def test_tables_with_semicolons_and_a_byte_order_mark_are_read(tmp_path, folder):
    path = tmp_path / "mine.csv"
    path.write_bytes(
        "\ufeffname;latitude;longitude;country code\nHollowfield;34,5;62.5;AF\n".replace(",", ".").encode()
    )
    assert ids(added(folder, path).lookup("Hollowfield")) == {"mine:hollowfield"}


# -------------------------------------------------------------------------------------------------------- corrections


def test_a_name_may_be_added_to_a_place_for_a_time(folder):
    gazetteer = corrected(
        folder, f"name,{HERAT_CITY},Pearlholdgate,,,,,,,2021-08-15,,", f"name,{HERAT_CITY},Lionhold,,,,,,,,,"
    )
    assert ids(gazetteer.lookup("Lionhold")) == {HERAT_CITY}
    assert "Lionhold" in gazetteer.aliases(HERAT_CITY)
    assert ids(gazetteer.lookup("Pearlholdgate")) == {HERAT_CITY}
    assert gazetteer.lookup("Pearlholdgate", dt.date(2021, 8, 14)) == ()
    assert ids(place for place, _ in gazetteer.variants("Lyonhold")) == {HERAT_CITY}


def test_a_name_may_be_forbidden_for_a_place(folder, gazetteer):
    assert HERAT in ids(gazetteer.lookup("Herat"))
    layered = corrected(folder, f"not,{HERAT},Herat,,,,,,,,,")
    assert ids(gazetteer.lookup("Herat")) - ids(layered.lookup("Herat")) == {HERAT}
    assert "Herat" not in layered.aliases(HERAT)


def test_a_name_forbidden_for_its_only_place_is_no_name(tmp_path, folder):
    added(folder, files.geonames(tmp_path / "AF.txt"))
    gazetteer = corrected(folder, "not,gn:9000003,Eski Ford,,,,,,,,,")
    assert not gazetteer.is_key("eski ford")
    assert gazetteer.lookup("Eski Ford") == ()


def test_a_point_may_be_moved(folder):
    gazetteer = corrected(folder, f"point,{HERAT_CITY},,34.3,62.3,2,,,,,,", f"point,{FARAH},,33,62,,,,,2030,,")
    herat = gazetteer.get(HERAT_CITY)
    assert (herat.lat, herat.lon, herat.radius_km) == (34.3, 62.3, 2)
    assert gazetteer.get(FARAH).lat == 33
    assert gazetteer.get(FARAH, dt.date(2021, 7, 9)).lat != 33


def test_a_crossing_may_be_corrected_too(folder):
    gate = "x:islam-qala-dogharoun"
    gazetteer = corrected(folder, f"name,{gate},Sunrise Gate,,,,,,,,,", f"point,{gate},,34.66,61.07,1,,,,,,")
    assert ids(gazetteer.lookup("Sunrise Gate")) == {gate}
    assert gazetteer.crossing(gate).place.lat == 34.66
    assert {place.lat for place in gazetteer.crossings_of("AF") if place.place_id == gate} == {34.66}


def test_a_place_may_be_new_and_lie_elsewhere_than_before(folder):
    gazetteer = corrected(
        folder, f"place,my:tor,Torwick,34.5,62.4,1,town,AF,{HERAT},,,", f"parent,{HERAT_CITY},,,,,,,{FARAH},,,"
    )
    assert (gazetteer.get("my:tor").admin1, gazetteer.get("my:tor").kind) == (gazetteer.get(HERAT).name, "town")
    assert gazetteer.get(HERAT_CITY).admin1 == gazetteer.get(FARAH).name


def test_a_new_district_is_among_the_children_also_where_boundaries_give_all(cod, folder):
    gazetteer = corrected(folder, f"place,my:new,Laterfield,34.5,62.4,9,district,AF,{HERAT},,,")
    assert {place.name for place in gazetteer.children(gazetteer.get(HERAT))} == {"Kohsan", "Newmarch", "Laterfield"}


def test_corrections_win_over_layers(tmp_path, folder):
    added(folder, files.geonames(tmp_path / "AF.txt"))
    assert corrected(folder, "point,gn:9000003,,34.9,62.9,,,,,,,").get("gn:9000003").lat == 34.9


def test_corrections_that_point_nowhere_are_told(folder):
    gazetteer = corrected(folder, "name,gn:999999999,Nowhere,,,,,,,,,", f"name,{HERAT_CITY},Lionhold,,,,,,,,,")
    assert gazetteer.astray() == ("line 2: gn:999999999",)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("rename,gn:1,X,,,,,,,,,", r"corrections.csv:2: .*rename"),
        ("name,gn:1,,,,,,,,,,", r"corrections.csv:2: .*needs name"),
        ("name,Herat,X,,,,,,,,,", r"corrections.csv:2: .*no id"),
        ("point,gn:1,,91,10,,,,,,,", r"corrections.csv:2: latitude 91"),
        ("point,gn:1,,x,10,,,,,,,", r'corrections.csv:2: latitude "x" is no number'),
        ("name,gn:1,X,,,,,,,2010,2009,", r"corrections.csv:2: .*before"),
        ("name,gn:1,X,,,,,,,31 June,,", r"corrections.csv:2: .*no date"),
        ("name,gn:1,X,,,,,,,2021-06-31,,", r"corrections.csv:2: .*no day"),
        ("place,my:x,X,1,1,,castle,AF,,,,", r"corrections.csv:2: .*no kind"),
        ("place,my:x,X,1,1,,crossing,AF,,,,", r"corrections.csv:2: a crossing has two countries"),
        ("parent,gn:1,,,,,,,gn:1,,,", r"corrections.csv:2: gn:1 lies in itself"),
        ("parent,gn:1,,,,,,,gn:2,,,\nparent,gn:2,,,,,,,gn:1,,,", r"corrections.csv:2: a cycle of parents: gn:"),
        ("place,my:x,X,1,1,,town,AF,,,,\nplace,my:x,Y,1,1,,town,AF,,,,", r"corrections.csv:3: .*on line 2"),
        ("name,gn:1,X,,,,,,,,,,,", r"corrections.csv:2: more cells"),
    ],
)
def test_a_wrong_correction_is_named_with_its_line(folder, row, why):
    with pytest.raises(BrokenData, match=why):
        corrected(folder, row)


def test_an_unknown_column_of_the_corrections_is_named(folder):
    folder.mkdir()
    (folder / CORRECTIONS).write_text("what,place,nmae\n", encoding="utf-8")
    with pytest.raises(BrokenData, match=r"corrections.csv:1: unknown column nmae"):
        Gazetteer.open(folder=folder)


# ------------------------------------------------------------------------------------------------------------ storage


def test_a_gazetteer_without_layers_is_the_shipped_one(folder):
    assert type(Gazetteer.open(folder=folder)) is Gazetteer


def test_the_same_files_give_the_same_layer(tmp_path, folder):
    path = files.geonames(tmp_path / "AF.txt")
    added(folder, path)
    before = (folder / "af.layer").read_bytes()
    added(folder, path)
    assert (folder / "af.layer").read_bytes() == before


def test_a_layer_of_another_form_and_what_is_no_layer_are_refused(tmp_path, folder):
    added(folder, files.geonames(tmp_path / "AF.txt"))
    (folder / "other.layer").write_bytes(b"no database at all" * 100)
    with pytest.raises(BrokenData, match=r"other.layer: not a layer"):
        Gazetteer.open(folder=folder)


def test_a_layer_cannot_take_the_name_of_a_scheme():
    with pytest.raises(Misuse, match="gn"):
        layer_name("gn")
    assert name_from([Path("GN.txt")]) == "gn-file"
    assert name_from([Path("Île-de-la-Tortue (neu).csv.gz")]) == "le-de-la-tortue-neu"


def test_every_layered_place_is_got_by_its_id(tmp_path, folder):
    gazetteer = added(folder, files.geonames(tmp_path / "AF.txt"))
    for name in ("Oldford", "Herat", "Islam Qala", "Iran", "Westmark"):
        for place in gazetteer.lookup(name):
            assert gazetteer.get(place.place_id) == place


def test_the_shipped_answers_stay_where_layers_say_nothing(tmp_path, folder, gazetteer):
    layered = added(folder, files.geonames(tmp_path / "AF.txt"))
    for name in ("Aleppo", "Goma", "Spin Boldak", "Kyiv", "Khartoum"):
        assert layered.lookup(name) == gazetteer.lookup(name)
        assert [layered.parent(one) for one in layered.lookup(name)] == [
            gazetteer.parent(one) for one in gazetteer.lookup(name)
        ]
    assert json.dumps(layered.variants("Mazar-e Shareef"), default=str) == json.dumps(
        gazetteer.variants("Mazar-e Shareef"), default=str
    )
