"""The reports of the demo say that they are invented, hold the mess they promise, and match the expected record."""

import csv
import json
from importlib import resources

import pytest

FOLDER = resources.files("marchland.demo") / "reports"
FILES = {f.name: f.read_text("utf-8") for f in FOLDER.iterdir()}
EXPECTED = list(csv.DictReader((resources.files("marchland.demo") / "expected.csv").read_text("utf-8").splitlines()))
LABEL = "(invented outlet)"


def paragraphs(name: str) -> list[str]:
    return [line for line in FILES[name].splitlines() if len(line) > 80 and LABEL not in line]


def test_there_are_at_least_28_reports():
    assert len(FILES) >= 28


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_says_that_it_is_invented(name):
    text = FILES[name]
    stories = [json.loads(row)["text"] for row in text.splitlines()] if name.endswith(".jsonl") else [text]
    assert all(LABEL in story for story in stories)


@pytest.mark.parametrize(
    ("wire", "copy", "at_least"),
    [
        ("02-sher-khan-bandar.txt", "03-digest-sher-khan-bandar.txt", 5),
        ("24-three-capitals-wire.txt", "25-northgate-three-capitals.txt", 3),
        ("24-three-capitals-wire.txt", "26-courier-three-capitals-cut.txt", 2),
        ("33-kabul.txt", "34-digest-kabul-cut.txt", 3),
    ],
)
def test_copies_share_whole_paragraphs_with_the_wire(wire, copy, at_least):
    assert len(set(paragraphs(wire)) & set(paragraphs(copy))) >= at_least


def test_every_expected_row_points_at_a_report_that_is_there():
    numbers = {name[:2] for name in FILES}
    for row in EXPECTED:
        assert set(row["reports"].split(";")) <= numbers, row


def test_a_place_has_at_most_one_final_holder():
    final = [row["place"] for row in EXPECTED if row["final"] == "yes" and row["holder"]]
    assert len(final) == len(set(final))
