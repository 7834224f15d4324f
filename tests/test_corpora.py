"""The figures of BENCHMARKS.md have floors: a change that loses accuracy on the labelled reports fails here.

The floors lie a little under what the committed code reaches, and at or above what the project asks for.
"""

import csv
import json
import re

import pytest
from bench.corpora import measures
from bench.shared import SHARED, exported, labelled_sets, score

from marchland.read import read_row
from marchland.records import EVENTS, Article

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled reports (../shared) are not here")

FLOORS = {
    "seeds": {"claims F1": 0.85, "change of holder within 1 day": 1.0},
    # 0.60 until Abu Nasr Farahi was moved to where its sources have it, 82 km from the point of the labels.
    "afghanistan-2021": {"claims F1": 0.68, "stance right": 0.93, "change of holder within 1 day": 0.59},
    "world-dev": {"claims F1": 0.75, "stance right": 0.93, "change of holder within 1 day": 0.56},
}
MOST_FALSE = {"seeds": 0.0, "afghanistan-2021": 0.12, "world-dev": 0.20}


@pytest.fixture(scope="module", params=[labelled.name for labelled in labelled_sets()])
def measured(request):
    labelled = next(one for one in labelled_sets() if one.name == request.param)
    with exported(labelled) as folder:
        printed = {what: score(what, labelled, folder) for what in ("claims", "ledger")}
        rows = [json.loads(line) for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
        events = {row["event_id"] for row in rows}
        yield labelled, printed, rows, events


def test_claims_and_changes_of_holder_stay_above_their_floors(measured):
    labelled, printed, _, _ = measured
    found = measures(printed)
    for title, floor in FLOORS[labelled.name].items():
        assert float(found[title]) >= floor, f"{title}: {found[title]}"


def test_false_changes_stay_few(measured):
    labelled, printed, _, _ = measured
    share = re.search(r"false changes at known places\s+([\d.]+)", printed["ledger"])
    assert share is None or float(share.group(1)) <= MOST_FALSE[labelled.name]


def test_every_claims_span_is_its_sentence(measured):
    _, _, rows, _ = measured
    assert rows
    assert all(row["end"] - row["start"] == len(row["sentence"]) for row in rows)


def test_the_seeds_hold_what_was_asked_of_them(measured):
    labelled, _, rows, _ = measured
    if labelled.name != "seeds":
        return
    with (SHARED / "seeds" / "truth.csv").open(encoding="utf-8") as file:
        wanted = {row["place"] for row in csv.DictReader(file)}
    captures = [row for row in rows if row["event"] == "captures" and row["stance"] == "asserts"]
    assert wanted <= {row["place_name"] for row in captures}
    islam_qala = {row["event_id"] for row in captures if row["place_name"] == "Islam Qala" and row["date_to"]}
    assert len(islam_qala) == 1, "one event over both documents"
    for row in rows:
        plain = row["stance"] == "asserts" and row["event"] in ("captures", "controls", "reopens")
        assert not (plain and "did not expect" in row["sentence"])
        assert not (plain and "not inevitable" in row["sentence"])
        assert not (plain and "will restart" in row["sentence"] and row["event"] == "reopens")


def test_pages_of_sport_business_and_history_make_no_claim_of_control(coder):
    pages = [json.loads(line) for path in SHARED.glob("corpora/*/pages.jsonl") for line in path.open(encoding="utf-8")]
    peaceful = [page for page in pages if page.get("hard_negative")]
    assert len(peaceful) >= 30
    wrong = [
        page["id"]
        for page in peaceful
        for item in read_row(page)
        if isinstance(item, Article) and any(claim.event in EVENTS for claim in coder.read(item).claims)
    ]
    assert len(wrong) <= 0.02 * len(peaceful), wrong
