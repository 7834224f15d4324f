"""What is wrong with a file that is added is named by file and line, and nothing of it is taken in."""

import gzip
import json
import re
import zipfile
from pathlib import Path

import pytest
from tests.places import files

from marchland.errors import BrokenData, Misuse
from marchland.places.countries import load_countries
from marchland.places.gazetteer import Gazetteer
from marchland.places.intake import boundaries, faults
from marchland.places.intake.add import add
from marchland.places.intake.forms import Form, UnknownForm, form_of
from marchland.places.intake.items import Wanted

ALPHA2 = {code: code for code in load_countries()} | {"AFG": "AF"}
GOOD = [files.geonames_line(row) for row in files.GEONAMES]


@pytest.fixture
def refused(tmp_path, gazetteer):
    """The message with which files are refused; nothing is left behind."""

    def told(*paths: Path, country: str = "") -> str:
        folder = tmp_path / "gazetteer"
        with pytest.raises(BrokenData) as error:
            add(paths, Wanted("mine", country, alpha2=ALPHA2), folder, gazetteer, lambda words: None)
        assert list(folder.iterdir()) == []
        return str(error.value)

    return told


def write(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (GOOD[2].replace("\t2024-01-01", ""), "18 columns, a GeoNames dump has 19"),
        (GOOD[2].replace("\t34.61\t", "\t94.61\t"), "latitude 94.61 is not between -90 and 90"),
        (GOOD[2].replace("\t62.11\t", "\tnorth\t"), 'longitude "north" is no number'),
        (GOOD[2].replace("\t62.11\t", "\tnan\t"), "longitude nan is no number"),
        (GOOD[2].replace("9000003", "none"), 'geonameid "none" is no number'),
        (GOOD[2].replace("\tAF\t", "\tAfg\t"), 'country "Afg" is no ISO code of two letters'),
        (GOOD[2].replace("\t9000\t", "\tmany\t"), 'population "many" is no number'),
        (GOOD[2].replace("\t9000\t", f"\t{'9' * 30}\t"), f"population {'9' * 30} is more than there can be"),
        (GOOD[2].replace("Oldford", "").replace("Eski Ford,OLDF,ΟΛΔΦ", ""), "no name"),
        (GOOD[2].replace("9000003", "9000001"), "gn:9000001 stands on AF.txt:1 already"),
    ],
)
def test_a_wrong_row_of_a_dump_is_named_with_its_line(tmp_path, refused, line, why):
    told = refused(write(tmp_path, "AF.txt", "".join([*GOOD[:2], line, *GOOD[3:]])))
    assert told == f"1 fault; nothing was added\n  AF.txt:3: {why}"


def test_bytes_that_are_not_utf8_are_named_with_their_line(tmp_path, refused):
    told = refused(
        write(tmp_path, "AF.txt", "".join(GOOD[:2]).encode() + GOOD[2].encode().replace(b"Eski", b"Esk\xed"))
    )
    assert re.search(r"AF.txt:3: not UTF-8: byte 0xed at place \d+", told)


def test_a_line_of_a_hundred_megabytes_is_named_and_not_held_in_memory(tmp_path, refused):
    path = tmp_path / "AF.txt"
    with path.open("wb") as out:
        out.write("".join(GOOD[:2]).encode())
        for _ in range(100):
            out.write(b"x" * (1 << 20))
        out.write(b"\n" + GOOD[3].replace("9000004", "oops").replace("\tH\tSTM", "\tP\tPPL").encode())
    told = refused(path)
    assert told == (
        '2 faults; nothing was added\n  AF.txt:3: longer than 1 MiB\n  AF.txt:4: geonameid "oops" is no number'
    )


def test_many_faults_are_counted_and_the_first_few_shown(tmp_path, refused):
    told = refused(write(tmp_path, "AF.txt", "".join(GOOD) + GOOD[2].replace("62.11", "x") * 500)).splitlines()
    assert told[0] == "500 faults; nothing was added"
    assert len(told) == faults.SHOWN + 2
    assert told[-1].strip() == "... and 490 more"


def test_wrong_rows_are_left_out_and_told_where_that_is_asked_for(tmp_path, gazetteer):
    rows = "".join([*GOOD, GOOD[2].replace("62.11", "x"), GOOD[2], GOOD[2].replace("9000003", "9000010")])
    summary = add([write(tmp_path, "AF.txt", rows)], Wanted("mine", skip_faulty=True, alpha2=ALPHA2), tmp_path / "g",
                  gazetteer, lambda words: None)  # fmt: skip
    assert (summary.faulty, summary.counts["places"]) == (2, 6)
    assert summary.faults == ['AF.txt:7: longitude "x" is no number', "AF.txt:8: gn:9000003 stands on AF.txt:3 already"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", "id,name,country,lat,lon,parent\na,Awald,AF,34,62,b\nb,Bwald,AF,34,62,a\n"),
        ("b.geojson", '{"type": "FeatureCollection", "features": [{"type": "Feature"'),
    ],
)
def test_cycles_and_broken_files_are_never_passed_over(tmp_path, gazetteer, name, content):
    wanted = Wanted("mine", skip_faulty=True, alpha2=ALPHA2)
    with pytest.raises(BrokenData, match="1 fault"):
        add([write(tmp_path, name, content)], wanted, tmp_path / "g", gazetteer, lambda words: None)


def test_reading_stops_at_a_bounded_number_of_faults(tmp_path, refused, monkeypatch):
    monkeypatch.setattr(faults, "MOST", 50)
    assert refused(write(tmp_path, "AF.txt", GOOD[2].replace("62.11", "x") * 500)).startswith("more than 50 faults")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1\t1140026\ten\tPearlhold\t\t\t\t\t", "9 columns, alternateNamesV2 has 10"),
        ("1\tHerat\ten\tPearlhold\t\t\t\t\t\t", 'geonameid "Herat" is no number'),
    ],
)
def test_a_wrong_row_of_the_alternate_names_is_named(tmp_path, refused, row, why):
    good = "9\t1140026\ten\tLionhold\t\t\t\t\t\t\n"
    assert refused(write(tmp_path, "names.txt", good * 3 + row + "\n")).endswith(f"names.txt:4: {why}")


# --------------------------------------------------------------------------------------------------------- boundaries


def division(shape: object, **about: object) -> tuple[dict[str, object], object]:
    properties = {"shapeName": "Farwald", "shapeID": "F1", "shapeGroup": "AFG", "shapeType": "ADM1", **about}
    return properties, shape


BOW = {"type": "Polygon", "coordinates": [[[60, 30], [61, 31], [61, 30], [60, 31], [60, 30]]]}
SQUARE = files.square(65, 30)


@pytest.mark.parametrize(
    ("feature", "why"),
    [
        (division(BOW), r"no polygon: Self-intersection"),
        (division({"type": "LineString", "coordinates": [[1, 1], [2, 2]]}), "no polygon, but LineString"),
        (division({"type": "Polygon", "coordinates": [[[1, 1], [2, 2]]]}), "no polygon: "),
        (division({"type": "Polygon", "coordinates": "here"}), "no polygon: "),
        (division({"type": "Polygon", "coordinates": []}), "an empty polygon"),
        (division({"type": "Polygon"}), "no polygon: "),
        (division(None), "no polygon, but no geometry"),
        (division(files.square(500_000, 30)), "a polygon off the earth"),
        (division(SQUARE, shapeGroup="XXX"), 'shapeGroup "XXX" is no country'),
        (division(SQUARE, shapeType="province"), 'shapeType "province" is no level'),
        (division(SQUARE, shapeName=" "), "shapeID F1 has no shapeName"),
        (({"name": "Farwald"}, SQUARE), "neither P-codes"),
        (({"ADM1_PCODE": "AF77", "ADM0_PCODE": "AF"}, SQUARE), "P-code AF77 has no name"),
        (({"ADM1_PCODE": "AF77", "ADM1_EN": "Farwald", "validTo": "soon"}, SQUARE), '"soon" is no date'),
        (({"ADM1_PCODE": "QQ77", "ADM1_EN": "Farwald"}, SQUARE), "names no country"),
        (({"ADM2_PCODE": "AF7701", "ADM2_EN": "Nearwald", "ADM1_PCODE": "AF77", "ADM0_PCODE": "AF"}, SQUARE),
         "unknown parent pcode:AF77"),
        (division(SQUARE, shapeID="S0"), "gb:S0 stands on b.geojson: feature 1 already"),
    ],
)  # fmt: skip
def test_a_wrong_feature_is_named_with_its_number(tmp_path, refused, feature, why):
    first = division(files.square(70, 30), shapeName="Firstwald", shapeID="S0")
    told = refused(files.geojson(tmp_path / "b.geojson", [first, feature]))
    assert told.startswith("1 fault; nothing was added\n  b.geojson: feature 2: ")
    assert why in told


def test_json_that_breaks_off_is_named_with_the_last_good_feature(tmp_path, refused):
    whole = files.geojson(tmp_path / "b.geojson", [division(SQUARE), division(SQUARE, shapeID="F2")]).read_text()
    assert "b.geojson: not JSON after feature 1" in refused(write(tmp_path, "b.geojson", whole[: len(whole) * 3 // 4]))


def test_json_without_features_is_named(tmp_path, refused):
    assert "no features" in refused(write(tmp_path, "b.geojson", json.dumps({"type": "FeatureCollection"})))


def test_a_feature_too_large_to_hold_is_named(tmp_path, refused, monkeypatch):
    monkeypatch.setattr(boundaries, "LARGEST_FEATURE", 1 << 18)
    ring = [[65 + step / 1e6, 30.0] for step in range(100_000)]
    huge = division({"type": "Polygon", "coordinates": [ring]})
    assert "a feature of more than" in refused(files.geojson(tmp_path / "b.geojson", [huge]))


# ------------------------------------------------------------------------------------------------------------- tables


HEADER = "id,name,kind,country,lat,lon,parent,population,from,to\n"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,Farwald,town,AF,34", "5 columns, the header has 10"),
        ("a,,town,AF,34,62,,,,", "no name"),
        ("a,Farwald,castle,AF,34,62,,,,", '"castle" is no kind of place'),
        ("a,Farwald,country,AF,34,62,,,,", '"country" is no kind of place'),
        ("a,Farwald,town,QQ,34,62,,,,", '"QQ" is no country'),
        ("a,Farwald,town,,34,62,,,,", "no country"),
        ("a,Farwald,crossing,AF,34,62,,,,", "a crossing has two countries"),
        ("a,Farwald,town,AF,0,0,,,,", "0, 0 lies in the sea"),
        ("a,Farwald,town,AF,34,,,,,", 'longitude "" is no number'),
        ("a,Farwald,town,AF,34,62,,-5,,", "population -5 is below 0"),
        ("a,Farwald,town,AF,34,62,,,2010,2009", "lies before"),
        ("a b,Farwald,town,AF,34,62,,,,", '"a b" is no id'),
        ("a,Farwald,town,AF,34,62,nowhere,,,", "unknown parent nowhere"),
        ("a,Farwald,town,AF,34,62,a,,,", "a cycle of parents: mine:a lies in mine:a"),
        ("first,Farwald,town,AF,34,62,,,,", "mine:first stands on t.csv:2 already"),
        ('a,"Farwald', "no row of CSV"),
    ],
)
def test_a_wrong_row_of_a_table_is_named_with_its_line(tmp_path, refused, row, why):
    told = refused(write(tmp_path, "t.csv", f"{HEADER}first,Firstwald,town,AF,34,62,,,,\n{row}\n"))
    assert told.startswith("1 fault; nothing was added\n  t.csv:3: ")
    assert why in told


@pytest.mark.parametrize(
    ("header", "why"),
    [("name,lat,country", "no column lon"), ("name,lat,latitude,lon", "two columns for lat")],
)
def test_a_wrong_header_is_named(tmp_path, refused, header, why):
    assert refused(write(tmp_path, "t.csv", f"{header}\na,1,2\n")).endswith(f"t.csv:1: {why}")


@pytest.mark.parametrize(
    "rows",
    [
        "a,Awald,district,AF,34,62,b,,,\nb,Bwald,district,AF,34,62,c,,,\nc,Cwald,district,AF,34,62,a,,,\n",
        "gn:1140025,Herat,province,AF,34,62,b,,,\nb,Bwald,district,AF,34,62,gn:1140026,,,\n",
    ],
)
def test_a_cycle_of_parents_is_named_also_through_the_shipped_places(tmp_path, refused, rows):
    assert re.search(r"t.csv:\d: a cycle of parents: (\S+) lies in .* lies in \1$",
                     refused(write(tmp_path, "t.csv", HEADER + rows)))  # fmt: skip


def test_a_name_or_a_membership_of_no_place_is_named(tmp_path, refused):
    assert refused(write(tmp_path, "n.csv", "id,name\nnone,Farwald\n")).endswith(
        "n.csv:2: no place has the id mine:none"
    )
    assert "m.csv:2: no place has the id" in refused(write(tmp_path, "m.csv", "id,parent\nnone,gn:1140025\n"))
    assert "m.csv:2: unknown parent gn:1" in refused(write(tmp_path, "m.csv", "id,parent\ngn:1140026,gn:1\n"))


# -------------------------------------------------------------------------------------------------------------- files


def test_archives_are_read_and_broken_ones_named(tmp_path, refused, gazetteer):
    dump = files.geonames(tmp_path / "AF.txt")
    with zipfile.ZipFile(tmp_path / "AF.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(dump, "AF.txt")
        archive.writestr("readme.txt", "A file of words.\n")
    (tmp_path / "AF.txt.gz").write_bytes(gzip.compress(dump.read_bytes() * 50))
    summary = add(
        [tmp_path / "AF.zip"], Wanted("z", "", alpha2=ALPHA2), tmp_path / "zipped", gazetteer, lambda words: None
    )
    assert summary.forms == {"AF.zip/AF.txt": Form.GEONAMES.value}
    assert list(summary.unread) == ["AF.zip/readme.txt"]
    whole = (tmp_path / "AF.zip").read_bytes()
    assert "a broken zip" in refused(write(tmp_path, "cut.zip", whole[: len(whole) // 2]))
    damaged = whole[:60] + bytes(byte ^ 0x55 for byte in whole[60:90]) + whole[90:]
    assert "damaged.zip/AF.txt: broken after" in refused(write(tmp_path, "damaged.zip", damaged))
    packed = (tmp_path / "AF.txt.gz").read_bytes()
    assert "cut.gz: broken after" in refused(write(tmp_path, "cut.gz", packed[: len(packed) // 2]))


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xff\xfei\x00d\x00", "UTF-16"),
        ("id,name,lat,lon\n".encode("utf-16-le") * 5, "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b'[{"id": 1}]', "a JSON list"),
        (b'{"type": "Topology", "objects": {}}', "TopoJSON"),
        (b"place,latitude\n", "neither a GeoNames dump"),
        (b"Just words.\n", "neither a GeoNames dump"),
        (b"name,lat,lon\rA,1,2\r", "carriage return"),
    ],
)
def test_a_file_in_no_known_form_is_refused_with_what_it_looks_like(head, why):
    with pytest.raises(UnknownForm, match=why):
        form_of(head)


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("".join(GOOD), Form.GEONAMES),
        ("".join(GOOD).replace("\t2024-01-01", ""), Form.GEONAMES),
        ("1\t2\ten\tName\t\t\t\t\t\t\n", Form.ALTERNATES),
        ('  {"type": "FeatureCollection"', Form.GEOJSON),
        ("Name;LAT;LON\n", Form.PLACES),
        ("id,name,from,to\n", Form.NAMES),
        ("id,parent\n", Form.MEMBERSHIPS),
        ("what,place,name\n", Form.CORRECTIONS),
    ],
)
def test_the_form_is_told_from_the_content(head, form):
    assert form_of(head.encode()) is form


def test_a_file_that_only_holds_what_is_not_wanted_is_refused(tmp_path, refused):
    assert "nothing to add" in refused(files.geonames(tmp_path / "AF.txt"), country="IR")


def test_a_table_of_corrections_is_no_layer(tmp_path):
    path = write(tmp_path, "c.csv", "what,place,name\nname,gn:1,X\n")
    with pytest.raises(Misuse, match="gazetteer list"):
        add([path], Wanted("c", "", alpha2=ALPHA2), tmp_path / "gazetteer", Gazetteer.shipped(), lambda words: None)


def test_a_failed_addition_leaves_the_layer_of_that_name_as_it_was(tmp_path, gazetteer):
    folder, wanted = tmp_path / "gazetteer", Wanted("mine", "", alpha2=ALPHA2)
    add([files.geonames(tmp_path / "AF.txt")], wanted, folder, gazetteer, lambda words: None)
    before = (folder / "mine.layer").read_bytes()
    with pytest.raises(BrokenData):
        add([write(tmp_path, "b.txt", GOOD[2].replace("62.11", "x"))], wanted, folder, gazetteer, lambda words: None)
    assert [path.name for path in folder.iterdir()] == ["mine.layer"]
    assert (folder / "mine.layer").read_bytes() == before
