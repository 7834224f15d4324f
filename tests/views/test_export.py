"""Exports: the columns of the contract, and formats that other programs read without harm."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from invented_war import CLAIM, CROSSING, EVENT, HOLDING, REFUSED

from marchland.errors import Misuse
from marchland.views.export import cell, columns, export, without_point

ROWS = {"claims": CLAIM, "events": EVENT, "holdings": HOLDING, "crossings": CROSSING}
CONTRACT = {
    "claims": "claim_id page_id article_id url publisher published published_how sentence start end event stance actor"
    " actor_id actor_name actor_aliases opponent_name place place_id place_name place_aliases place_kind country admin1"
    " lat lon place_reason source source_name source_class source_side date_text date_from date_to date_edtf date_how"
    " quantity witness_id event_id actor_side opponent_id opponent_side place_part frame reading tense"
    " quantity_part quantity_whole quantity_unit quantity_bound quantity_low quantity_high quantity_kind"
    " plover_deed place_precision place_radius_km place_offset_km place_side published_from border_with"
    " geo_precision where_prec date_zone event_reason"
    " plover_category plover_mode plover_context plover_quad plover_aux plover_loss",
    "events": "event_id event place_id place_name country admin1 lat lon actor_id actor_name opponent_name date_from"
    " date_to witnesses outlets claims denied_by part dates_told actors_told decided_by admitted_by",
    "holdings": "holding_id place_id place_name place_aliases kind country admin1 lat lon holder_id holder_name"
    " holder_aliases status probability from from_earliest from_latest until last_confirmed known_from witnesses claims"
    " contradicted_by",
    "crossings": "place_id place_name place_aliases lat lon direction traffic state from until probability claims"
    " post_a post_a_holder post_b post_b_holder post_a_presumed post_b_presumed kind",
}


def text(kind: str, form: str, *rows: object) -> str:
    return "".join(export(kind, form, rows))


@pytest.mark.parametrize("kind", CONTRACT)
def test_columns_are_those_of_the_contract_in_every_format(kind: str) -> None:
    expected = CONTRACT[kind].split()
    assert list(columns(kind)) == expected
    assert list(json.loads(text(kind, "jsonl", ROWS[kind]))) == expected
    assert next(csv.reader(io.StringIO(text(kind, "csv", ROWS[kind])))) == expected
    properties = json.loads(text(kind, "geojson", ROWS[kind]))["features"][0]["properties"]
    assert list(properties) == [name for name in expected if name not in ("lat", "lon")]


def test_lists_stay_lists_in_json_lines_and_are_joined_in_csv() -> None:
    assert json.loads(text("holdings", "jsonl", HOLDING))["place_aliases"] == ["Reedham", "Redham"]
    row = next(csv.DictReader(io.StringIO(text("holdings", "csv", HOLDING))))
    assert row["place_aliases"] == "Reedham;Redham"
    assert row["until"] == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (["=1+1", "b"], "'=1+1;b"),
        ("-12.5", "-12.5"),
        (-12.5, "-12.5"),
        ("plain", "plain"),
        (["a;b", "c"], "a,b;c"),
        (None, ""),
    ],
)
def test_csv_cell_cannot_become_a_formula(value: object, expected: str) -> None:
    assert cell(value) == expected


def test_geojson_is_valid_and_leaves_out_rows_without_a_point() -> None:
    found = json.loads(text("claims", "geojson", CLAIM, REFUSED))
    assert found["type"] == "FeatureCollection"
    (feature,) = found["features"]
    assert (feature["type"], feature["id"]) == ("Feature", "c1")
    assert feature["geometry"] == {"type": "Point", "coordinates": [66.0, 38.0]}
    assert without_point([CLAIM, REFUSED]) == 1


def test_geojson_ids_tell_the_directions_of_a_crossing_apart() -> None:
    other = replace(CROSSING, direction="AF>UZ", traffic="trade")
    ids = [one["id"] for one in json.loads(text("crossings", "geojson", CROSSING, other))["features"]]
    assert ids == ["x:lockgate/both/all/2031-05-04", "x:lockgate/AF>UZ/trade/2031-05-04"]


def test_geojson_of_nothing_is_still_geojson() -> None:
    assert json.loads(text("events", "geojson")) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize(
    ("kind", "form", "words"),
    [("claims", "parquet", "not yet"), ("claims", "xml", "choose one of"), ("wishes", "csv", "choose one of")],
)
def test_unknown_kind_or_format_is_refused_with_the_choices(kind: str, form: str, words: str) -> None:
    with pytest.raises(Misuse, match=words):
        text(kind, form)
