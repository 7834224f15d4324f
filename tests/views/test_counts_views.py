"""Counts beside the record, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import replace

from marchland.records import CountRow
from marchland.views.counts import counts, lines
from marchland.views.export import columns, export
from marchland.views.paper import plain

ROW = CountRow(
    count_id="n1", place_id="x:fenshire", place_name="Fenshire", country="UZ", lat=38.0, lon=66.0, holder_id="x:fmf",
    holder_name="Free Marsh Front", kind="district", text="17 of 19 districts", event="controls", part=17.0, whole=19.0,
    bound="", day="2031-05-04", known_from="2031-05-05", claimant="Front spokesman", claimant_side="x:fmf",
    interested=True, outlets=("Marsh Courier",), members=16, claimed=14.3, on_record=3, expected=3.4, expected_low=3,
    expected_high=12, shortfall=11.3, held=("Aldham", "Brook", "Carr"), contested=("Dunn",),
    not_held=("Eyot (Norland)",), unknown=tuple(f"Fen {n}" for n in range(30)), note="of 19, where our list has 16",
    weighed=True, sentence="The Front holds 17 of 19 districts.", claims=("c1",),
)  # fmt: skip


def test_the_table_sets_the_count_beside_the_record() -> None:
    shown = list(plain(counts([ROW], named=False)))
    assert shown[1].split("  ")[:4] == [
        "Fenshire",
        "Free Marsh Front",
        "17 of 19 districts",
        "Front spokesman (own gain)",
    ]
    assert "14.3 of 16" in shown[1]
    assert "+11.3" in shown[1]
    assert "3 to 12" in shown[1]


def test_one_place_has_its_members_by_name() -> None:
    shown = list(plain(counts([ROW, replace(ROW, count_id="n2", kind="territory")], named=True)))
    assert shown.count("districts of Fenshire on 4 May 2031, for Free Marsh Front") == 1
    assert "on record for it, 3: Aldham, Brook, Carr" in shown
    assert "fought over, 1: Dunn" in shown
    assert "held by others, 1: Eyot (Norland)" in shown
    assert shown[-1].endswith("Fen 23 and 6 others")


def test_nothing_counted_says_so() -> None:
    assert list(plain(counts([], named=True))) == ["no count of smaller places on record"]


def test_lines_and_export_have_the_same_columns() -> None:
    (line,) = lines([replace(ROW, text="\x1b[31m17 of 19")])
    assert "\x1b" not in line
    assert list(json.loads(line)) == list(columns("counts"))
    (feature,) = json.loads("".join(export("counts", "geojson", [ROW])))["features"]
    assert (feature["id"], feature["properties"]["shortfall"]) == ("n1", 11.3)
