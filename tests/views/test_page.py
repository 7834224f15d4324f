"""The page: self-contained, inert, and true to the rows it is given."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace

import pytest
from invented_war import BEFORE, CLAIM, CROSSING, DENIAL, HOLDING

from marchland.views.basemap import Box, clip, outlines
from marchland.views.page import page
from marchland.views.page_data import KnownView, known_days, letters, page_data

HOSTILE = "</script><img src=x onerror=alert(1)>{{script}}<!--"
VIEWS = (KnownView("2031-05-04", (BEFORE, HOLDING)), KnownView("2031-05-05", (HOLDING,), (CROSSING,)))


def embedded(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="record">(.*?)</script>', text, re.S)
    return json.loads(found.group(1))


def test_page_refers_to_nothing_outside_itself() -> None:
    text = page(VIEWS, (CLAIM, DENIAL))
    markup = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.S)
    assert not re.search(r"(?:src|href)\s*=|@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket", markup)
    assert set(re.findall(r"https?://[^\s\"']+", markup)) == {"http://www.w3.org/2000/svg"}


def test_page_never_turns_text_into_markup() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(", page(VIEWS, (CLAIM,)))


@pytest.mark.parametrize("field", ["sentence", "publisher", "source_name", "date_text", "url"])
def test_hostile_report_text_stays_data(field: str) -> None:
    text = page(VIEWS, (replace(CLAIM, **{field: HOSTILE}), DENIAL))
    assert "<img" not in text
    assert text.count("</script>") == 2
    key = {"source_name": "source"}.get(field, field)
    assert HOSTILE in embedded(text)["claims"][0][key]


def test_hostile_place_holder_and_title_stay_text() -> None:
    row = replace(HOLDING, place_name=HOSTILE, holder_name=HOSTILE, place_aliases=(HOSTILE,))
    text = page([KnownView("2031-05-04", (row,))], (CLAIM,), title=HOSTILE)
    assert "<img" not in text
    assert html.escape(HOSTILE) in text
    assert embedded(text)["holders"][0]["name"] == HOSTILE


def test_policy_allows_exactly_the_inline_script_and_style() -> None:
    text = page(VIEWS, (CLAIM,))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text).group(1)
    for name, tag in (("script-src", r"<script>(.*?)</script>"), ("style-src", r"<style>(.*?)</style>")):
        digest = hashlib.sha256(re.search(tag, text, re.S).group(1).encode()).digest()
        assert f"{name} 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_same_rows_give_the_same_bytes() -> None:
    assert page(VIEWS, (CLAIM, DENIAL)) == page(VIEWS, (CLAIM, DENIAL))


def test_data_holds_every_row_once_and_says_what_was_known_when() -> None:
    data = page_data(VIEWS, (CLAIM, DENIAL))
    assert [row["from"] for row in data["holdings"]] == [None, "2031-05-03"]
    assert data["known"] == [
        {"day": "2031-05-04", "holdings": [0, 1], "crossings": []},
        {"day": "2031-05-05", "holdings": [1], "crossings": [0]},
    ]
    assert (data["first"], data["last"]) == ("2031-05-03", "2031-05-05")
    assert data["claims"][data["holdings"][1]["contradicted_by"][0]]["stance"] == "denies"


def test_post_holders_of_a_crossing_are_among_the_holders() -> None:
    data = page_data([KnownView("2031-05-05", (), (replace(CROSSING, post_b_holder="Weirland"),))], ())
    assert {one["name"] for one in data["holders"]} == {"Norland", "Weirland"}


def test_map_is_cut_to_the_region_and_names_its_countries() -> None:
    outlines = page_data(VIEWS, (CLAIM,))["outlines"]
    names = {one["name"] for one in outlines["countries"]}
    assert {"Uzbekistan", "Afghanistan"} <= names
    assert "Brazil" not in names


def test_record_without_places_still_makes_a_page() -> None:
    assert embedded(page([KnownView("2031-05-04", ())], ()))["places"] == []


def test_known_days_are_thinned_evenly_and_keep_the_ends() -> None:
    claims = [replace(CLAIM, published=f"2031-{month:02}-{day:02}") for month in range(1, 13) for day in range(1, 29)]
    days = known_days(claims, most=10)
    assert len(days) == 10
    assert (days[0], days[-1]) == ("2031-01-01", "2031-12-28")
    assert known_days([CLAIM, DENIAL, CLAIM]) == ("2031-05-04", "2031-05-05")


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["Front", "Norland"], ["F", "N"]), (["Front", "Frost"], ["F", "R"]), (["A", "A a"], ["A", "B"]), ([], [])],
)
def test_each_holder_gets_a_letter_of_its_own(names: list[str], expected: list[str]) -> None:
    assert letters(names) == expected


def test_history_told_in_passing_does_not_stretch_the_slider() -> None:
    old = replace(BEFORE, from_="1999-01-01", until=None)
    data = page_data([KnownView("2031-05-04", (old, HOLDING))], (CLAIM,))
    assert (data["first"], data["last"]) == ("2031-05-03", "2031-05-04")


def test_no_outline_jumps_across_the_date_line() -> None:
    steps = [
        abs(step)
        for one in outlines(Box(-180, -85, 180, 85))["countries"]
        for ring in one["rings"]
        for step in ring[2:]
    ]
    assert max(steps) < 60 * 100


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        ([(1, 1), (2, 1), (2, 2)], [(1, 1), (2, 1), (2, 2)]),
        ([(20, 20), (30, 20), (30, 30)], []),
        ([(-5, 2), (5, 2), (5, 4), (-5, 4)], {(0, 2), (5, 2), (5, 4), (0, 4)}),
    ],
)
def test_rings_are_cut_at_the_edge_of_the_region(ring: list, expected: object) -> None:
    found = clip(ring, (0, 0, 10, 10))
    assert (set(found) if isinstance(expected, set) else found) == expected
