"""Why, for people, for programs and as a chart."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_war import ANSWER, CLAIM

from marchland.records import Answer, Weighed
from marchland.views.paper import plain
from marchland.views.terminal import PlaceCard
from marchland.views.waterfall import fitting, waterfall
from marchland.views.why import as_json, rounded, why

CARD = PlaceCard("x:reedham", "Reedham", (), "town", "UZ", "Fenshire")
SVG = "{http://www.w3.org/2000/svg}"
LABEL = CARD.label


def shown(answer: Answer) -> list[str]:
    return list(plain(why(answer, CARD)))


def many(count: int, weight: float = 0.3) -> Answer:
    row = ANSWER.rows[1]
    rows = tuple(replace(row, log_odds=weight + n / 1000, claim_id=f"c{n}") for n in range(count))
    return replace(ANSWER, rows=(*ANSWER.rows, *rows))


def test_rows_add_up_as_printed_and_quote_their_sentence() -> None:
    lines = shown(ANSWER)
    weights = [float(line.split()[0]) for line in lines[3:7]]
    assert weights == [-0.5, 4.2, -0.22, 3.48]
    assert lines[6].endswith("log-odds of Free Marsh Front, that is 97 %")
    assert "“The Front took Reedham on Tuesday, a mayor said.”" in lines[4]
    assert "mayor of Reedham, Marsh Courier" in lines[4]
    assert "against Free Marsh Front" in lines[5]


def test_the_second_state_is_named_and_a_dispute_is_called_one() -> None:
    assert shown(ANSWER)[7] == (
        "second: nobody known, log-odds -3.60 (3 %); witnesses for the answer carry +4.10, those against it -0.22"
    )
    assert ANSWER.rival is not None
    assert shown(replace(ANSWER, rival=replace(ANSWER.rival, disputed=True)))[7].endswith(": disputed")


def test_a_faint_row_of_a_later_time_is_left_out_with_a_note() -> None:
    faint = replace(ANSWER.rows[1], later=True, log_odds=0.001)
    lines = shown(replace(ANSWER, rows=(*ANSWER.rows, faint)))
    assert "1 row left out: told only of days after 6 May 2031, and moving nothing" in lines
    assert not any("later" in line for line in lines[3:7])


def test_who_says_nothing_of_the_holder_stands_apart() -> None:
    aside = replace(ANSWER.rows[1], what="aside", log_odds=0.0, sentence="a plan: “They will go.”")
    lines = shown(replace(ANSWER, rows=(*ANSWER.rows, *[aside] * 10)))
    assert sum("a plan: “They will go.”" in line for line in lines) == 8
    assert lines[-1] == "and 2 more: see marchland why --json"


def test_nothing_on_record_says_so() -> None:
    assert "no claim on record tells who held it" in shown(replace(ANSWER, rows=(), rival=None))


@given(st.lists(st.floats(-20, 20), max_size=60), st.integers(1, 4))
def test_rounded_values_add_up_to_the_rounded_sum(values: list[float], digits: int) -> None:
    made = rounded(values, digits)
    assert round(sum(made), digits) == round(sum(values), digits) + 0.0
    assert all(abs(one - value) <= 10**-digits for one, value in zip(made, values, strict=True))


def test_json_has_every_row_and_adds_up() -> None:
    told = json.loads(as_json(ANSWER))
    assert told["log_odds"] == round(sum(row["log_odds"] for row in told["rows"]), 4) == 3.48
    assert told["rows"][-1]["cumulative"] == 3.48
    assert (told["holder_id"], told["rival"]["holder_id"], told["rival"]["disputed"]) == ("x:fmf", None, False)
    assert told["rows"][1]["outlets"] == ["Marsh Courier"]
    assert as_json(ANSWER) == as_json(replace(ANSWER))


# -------------------------------------------------------------------------------------------------------------- chart


def test_the_chart_is_svg_that_tells_its_rows_in_words() -> None:
    root = ElementTree.fromstring(waterfall(ANSWER, LABEL))
    assert root.tag == f"{SVG}svg"
    assert "held by Free Marsh Front" in (root.findtext(f"{SVG}title") or "")
    words = root.findtext(f"{SVG}desc") or ""
    assert "prior -0.50" in words
    assert words.endswith("total: 97 % Free Marsh Front +3.48.")
    assert [bar.get("class") for bar in root.iter(f"{SVG}rect")] == ["paper", "sum", "for", "against", "sum"]


def test_bars_follow_one_another_to_the_total() -> None:
    bars = list(ElementTree.fromstring(waterfall(many(5), LABEL)).iter(f"{SVG}rect"))[1:]
    ends = [(float(bar.get("x", "")[:-1]), float(bar.get("width", "")[:-1])) for bar in bars]
    for (left, width), (start, _) in pairwise(ends[3:-1]):
        assert left + width == pytest.approx(start, abs=0.02)
    assert ends[-1][0] + ends[-1][1] == pytest.approx(sum(ends[-2]), abs=0.02)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "a & b ]]> <!--",
        "\x1b[31m red \ufffe\uffff \u202e",
    ],
)
def test_hostile_words_stay_text(hostile: str) -> None:
    row = replace(ANSWER.rows[1], quote=hostile, speaker=hostile, outlets=(hostile,))
    chart = waterfall(replace(ANSWER, rows=(*ANSWER.rows, row), holder_name=hostile), hostile)
    root = ElementTree.fromstring(chart)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "line", "g",
    }  # fmt: skip
    assert not re.search(r"\son\w+=|href|url\(|@import|[\x00-\x08\x1b\u202e]", re.sub(r">[^<]*<", "><", chart))
    assert not {letter for letter in chart if letter in "\x1b\u202e\ufffe\uffff"}


def test_a_chart_is_bounded_whatever_it_is_made_of() -> None:
    long = replace(ANSWER.rows[1], quote="word " * 5000, speaker="s" * 5000)
    chart = waterfall(replace(many(300), rows=(*many(300).rows, *[long] * 50)), LABEL)
    assert len(chart) < 150_000
    root = ElementTree.fromstring(chart)
    assert len(root.findall(f"{SVG}g")) == 42
    assert any("rows that move it least" in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_what_is_folded_still_counts() -> None:
    answer = many(300)
    total = sum(row.log_odds for row in answer.rows)
    assert f"{total:+.2f}" in waterfall(answer, LABEL).split("</desc>")[0]


def test_text_is_cut_by_the_room_it_takes() -> None:
    assert fitting("short", 10) == "short"
    assert fitting("a longer line", 8) == "a longe…"
    assert fitting("東京都庁", 5) == "東…"


def test_an_answer_of_nothing_is_a_chart_too() -> None:
    blank = replace(ANSWER, rows=(), rival=None, holder_id=None, holder_name=None, status="unknown")
    assert ElementTree.fromstring(waterfall(blank, LABEL)).tag == f"{SVG}svg"


def test_same_answer_same_bytes() -> None:
    rows = (Weighed("prior", -1.0, "nobody"), replace(ANSWER.rows[1], quote=CLAIM.sentence))
    assert waterfall(replace(ANSWER, rows=rows), LABEL) == waterfall(replace(ANSWER, rows=tuple(rows)), LABEL)
