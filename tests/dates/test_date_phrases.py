"""Phrases as the press words them (phrases.csv): tense, EDTF text, and the rule that has to fire or the refusal."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest

from marchland.dates import find_dates, resolve
from marchland.records import Interval

TABLE = Path(__file__).parent / "phrases.csv"
DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[~?%]?"
EDTF = re.compile(rf"{DAY}|(?:{DAY}|\.\.)/(?:{DAY}|\.\.)|\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")
"""What Marchland writes of EDTF: dates of levels 0 and 1, intervals with open ends, date and time."""


def rows() -> list[tuple[str, str, str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE))
    return [(r["sentence"], r["published"], r["tense"], r["edtf"], r["rule"]) for r in table]


def test_the_table_holds_at_least_250_phrases_and_none_twice() -> None:
    sentences = [(sentence, published) for sentence, published, *_ in rows()]
    assert len(sentences) >= 250
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(("sentence", "published", "tense", "edtf", "rule"), rows(), ids=lambda value: None)
def test_the_phrase_means_what_the_table_says(sentence: str, published: str, tense: str, edtf: str, rule: str) -> None:
    start, end = sentence.index("{"), sentence.index("}")
    plain = sentence.replace("{", "").replace("}", "")
    found = [each for each in find_dates(plain) if each.start == start]
    assert [each.text.rstrip(".") for each in found] == [sentence[start + 1 : end].rstrip(".")]
    day = Interval.of_days(dt.date.fromisoformat(published))
    interval, text, why = resolve(found[0], day, tense=tense)
    assert text == edtf, why
    assert rule in why
    assert (interval is None) == (edtf == "")
    assert not text or EDTF.fullmatch(text)
