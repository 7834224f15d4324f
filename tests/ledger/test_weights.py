"""The numbers are data: complete, explained, and refused when broken."""

from __future__ import annotations

from importlib.resources import files

import pytest

from marchland.errors import BrokenData
from marchland.events.weights import load_weights, read_weights

TEXT = (files("marchland") / "lexicons" / "weights.toml").read_text(encoding="utf-8")


def test_every_table_of_numbers_is_explained() -> None:
    lines = TEXT.splitlines()
    tables = [number for number, line in enumerate(lines) if line.startswith("[")]
    assert all("#" in lines[number + 1] for number in tables)


def test_boast_weighs_less_than_any_bystander_and_admission_more() -> None:
    weights = load_weights()
    bystanders = [ratio for name, ratio in weights.classes.items() if name not in ("belligerent", "reviewer")]
    assert weights.interest.own_gain < min(bystanders)
    assert weights.interest.own_loss > max(bystanders)


def test_shares_of_reports_by_day_are_shares() -> None:
    assert 0.9 < sum(load_weights().freshness.lag) <= 1


def test_unknown_class_and_kind_have_a_weight() -> None:
    weights = load_weights()
    assert weights.ratio_of("oracle") == weights.ratio_of("publisher")
    assert weights.half_life_of("moon base") == weights.half_life_of("other")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("own_gain = 3.0", "", "own_gain"),
        ("own_gain = 3.0", 'own_gain = "three"', "own_gain"),
        ("publisher = 8.0", "", "publisher"),
        ("[prior]", "[[[prior", "weights.toml"),
    ],
)
def test_broken_file_says_what_is_wrong(old: str, new: str, words: str) -> None:
    with pytest.raises(BrokenData, match=words):
        read_weights(TEXT.replace(old, new))
