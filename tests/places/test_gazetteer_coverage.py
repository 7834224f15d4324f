"""How many places of the labelled reports the gazetteer knows, near enough; skipped where those are absent."""

import pytest
from bench.coverage import has_candidate, is_known, names_of, read_toponyms, truth_rows
from bench.shared import SHARED, LabelledSet, labelled_sets

from marchland.places.gazetteer import Gazetteer

FLOOR = 0.96
TOPONYMS = {"LGL": 0.90, "TR-News": 0.90}


@pytest.mark.skipif(not labelled_sets(), reason="the labelled reports are not beside this checkout")
@pytest.mark.parametrize("labelled", labelled_sets(), ids=lambda one: one.name)
def test_the_places_of_the_labelled_reports_are_known(labelled: LabelledSet, gazetteer: Gazetteer) -> None:
    rows = truth_rows(labelled.truth)
    lost = [row["place"] for row in rows if not is_known(row, gazetteer)]
    assert 1 - len(lost) / len(rows) >= FLOOR, lost


@pytest.mark.skipif(not SHARED.is_dir(), reason="the toponyms are not beside this checkout")
@pytest.mark.parametrize("name", sorted(TOPONYMS))
def test_what_words_may_mean_is_among_the_candidates(name: str, gazetteer: Gazetteer) -> None:
    toponyms = list(read_toponyms(SHARED / "bench" / "places" / f"{name}.jsonl"))
    known = sum(has_candidate(one, gazetteer) for one in toponyms)
    assert known / len(toponyms) >= TOPONYMS[name]


def test_a_label_of_several_names_is_taken_apart() -> None:
    assert {"Oldford", "Newford Bridge"} <= set(names_of("Oldford / Ashby (Newford Bridge)"))
