"""speech.csv: the rows that say who says what."""

import pytest

from marchland.claims import attribution
from marchland.claims.lexicon import rows
from marchland.errors import BrokenData


def test_the_words_are_sorted_and_stand_once_for_each_part_of_speech():
    words = [(row["word"], row["pos"]) for _, row in rows("speech.csv")]
    assert words == sorted(set(words))


def test_every_row_takes_something_and_has_a_source():
    assert [row["word"] for _, row in rows("speech.csv") if not row["takes"] or not row["source"]] == []


@pytest.mark.parametrize(("column", "value"), [("pos", "adverb"), ("kind", "sings"), ("strength", "loud")])
def test_a_wrong_row_is_named_with_its_line(monkeypatch, column, value):
    row = {"word": "say", "pos": "verb", "kind": "says", "takes": "that", "strength": "plain", column: value}
    monkeypatch.setattr(attribution, "rows", lambda name: [(7, row)])
    with pytest.raises(BrokenData, match=rf"speech\.csv:7: unknown {column} '{value}'"):
        attribution.load_cues()
