"""The table of PLOVER frames is well formed: a wrong row is found here, not in a user's record."""

import csv
from collections import Counter
from importlib import resources
from itertools import product

import pytest

ROWS = list(
    csv.DictReader((resources.files("marchland.lexicons") / "plover_frames.csv").read_text("utf-8").splitlines())
)
QUADS = {
    "verbal-cooperation": {"agree", "consult", "support", "concede"},
    "material-cooperation": {"cooperate", "aid", "retreat"},
    "verbal-conflict": {"request", "accuse", "reject", "threaten"},
    "material-conflict": {"protest", "sanction", "mobilize", "coerce", "assault"},
}


def test_every_category_has_at_least_ten_frames():
    counts = Counter(row["category"] for row in ROWS)
    assert set(counts) == set().union(*QUADS.values())
    assert min(counts.values()) >= 10


def test_ids_are_unique_and_sorted():
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))


def test_the_quad_class_follows_from_the_category():
    assert [row["id"] for row in ROWS if row["category"] not in QUADS[row["quad"]]] == []


def test_no_predicate_is_coded_to_two_categories():
    found = {}
    for row in ROWS:
        for words in _spellings(row["predicate"]):
            found.setdefault((" ".join(words), row["pos"]), {}).setdefault(row["category"], row["id"])
    assert {predicate: rows for predicate, rows in found.items() if len(rows) > 1} == {}


def _spellings(predicate):
    return product(*(word.split("|") for word in predicate.split()))


@pytest.mark.parametrize("side", [0, 1])
def test_roles_name_known_steps(side):
    known = {"subj", "obj", "poss", "comp", "owner", "-"}
    steps = {step for row in ROWS for step in row["roles"].removesuffix("!").split(">")[side].split("|")}
    assert {step for step in steps - known if not step.startswith("prep:")} == set()


def test_every_row_has_an_example_a_source_and_a_part_of_speech():
    for row in ROWS:
        assert row["example"].endswith(".") and row["source"] and row["pos"] in ("verb", "noun"), row["id"]
