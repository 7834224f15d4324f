"""`python -m bench grouping`: are claims of one happening one event? B-cubed on the labelled reports' truth rows.

The gold event of a claim is the truth row that has its place, its kind of deed, its day and its page among the pages of
evidence. Claims of no row are left out: nobody has said what they are.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.clusters import Score, b_cubed, clusters_of
from bench.shared import SHARED, LabelledSet, labelled_sets, ledger_of
from marchland.events.group import is_partial
from marchland.events.told import actor_key, family
from marchland.events.weights import load_weights
from marchland.ledger import query
from marchland.places.distance import km_between
from marchland.places.names import key
from marchland.records import ClaimRow

DEEDS = {
    "captured": "captures", "recaptured": "captures", "surrendered": "leaves", "attacked": "fights",
    "closed": "closes", "reopened": "reopens",
}  # fmt: skip
VERBS = {"captures": "captured", "recaptures": "recaptured"}
"""Which of the two kinds of row a verb speaks of; a claim with the other verb counts where the actor is the same."""
LARGE = frozenset({"country", "province", "district", "area"})
SLACK = {"day": 4}
"""Days by which a claim may miss the day of a row and still be of it; 45 where only the month is known."""
NEAR_KM, NAMED_KM = 6.0, 60.0


def main() -> None:
    """Print precision, recall and F1 for each set, with the fact tables of its war and without."""
    if not SHARED.is_dir():
        print(f"skipped: {SHARED} is absent")
        return
    print("| set | claims | truth rows told | events made | precision | recall | B-cubed F1 |")
    print("|---|---|---|---|---|---|---|")
    for labelled in labelled_sets():
        for title, without in ((labelled.name, ()), (f"{labelled.name}, its parties off", sorted(labelled.countries))):
            with ledger_of(labelled, without=without) as ledger:
                print(row_of(title, query.claims(ledger), labelled))


def row_of(title: str, claims: Sequence[ClaimRow], labelled: LabelledSet) -> str:
    """One row of the table."""
    gold = gold_events(claims, truth_rows(labelled.truth))
    told = predicted(claims, gold)
    found = scored(gold, told)
    return (
        f"| {title} | {len(gold)} | {len(set(gold.values()))} | {len(set(told.values()))} "
        f"| {found.precision:.3f} | {found.recall:.3f} | {found.f1:.3f} |"
    )


def scored(gold: Mapping[str, int], told: Mapping[str, str]) -> Score:
    """B-cubed of the events over the claims that have a gold event."""
    return b_cubed(clusters_of(dict(gold)), clusters_of(dict(told)))


def truth_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a truth file."""
    with path.open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def predicted(claims: Iterable[ClaimRow], gold: Mapping[str, int]) -> dict[str, str]:
    """Claim to its event; one that is in no event is alone."""
    return {one.claim_id: one.event_id or f"alone {one.claim_id}" for one in claims if one.claim_id in gold}


def gold_events(claims: Iterable[ClaimRow], truth: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """Claim to the number of its truth row."""
    words = load_weights().words
    told = [one for one in claims if one.stance in ("asserts", "hedges") and one.place_id]
    told = [one for one in told if not is_partial(one, words)]
    doers = _doers(told, truth)
    found = {}
    for one in told:
        fits = [
            (row["event"] not in VERBS.get(one.event, row["event"]), miss, number) for number, row in enumerate(truth)
            if (miss := _misses(one, row)) is not None and not _by_another(one, row, doers[number])
        ]  # fmt: skip
        if fits:
            found[one.claim_id] = min(fits)[2]
    return found


def _doers(claims: Sequence[ClaimRow], truth: Sequence[Mapping[str, str]]) -> list[set[str]]:
    """For each row, the sides that claims with its own verb name as the one who did it."""
    return [
        {actor_key(one) for one in claims if VERBS.get(one.event) == row["event"] and _misses(one, row) is not None}
        for row in truth
    ]


def _by_another(one: ClaimRow, row: Mapping[str, str], doers: set[str]) -> bool:
    """Whether a claim of a taking is of the taking back, or the other way about: on one day both may be told."""
    return VERBS.get(one.event, row["event"]) != row["event"] and actor_key(one) not in doers


def _misses(one: ClaimRow, row: Mapping[str, str]) -> int | None:
    """By how many days the claim misses the row; None where it is not of it."""
    if DEEDS.get(row["event"]) != family(one.event) or one.page_id not in row["evidence"].split(";"):
        return None
    if not _there(one, row):
        return None
    day = dt.date.fromisoformat(f"{row['date']}-15" if len(row["date"]) == 7 else row["date"])
    last = dt.date.fromisoformat(one.date_to or one.published or day.isoformat())
    first = dt.date.fromisoformat(one.date_from) if one.date_from else dt.date.min
    miss = max((first - day).days, (day - last).days, 0)
    return miss if miss <= SLACK.get(row["date_precision"], 45) else None


def _there(one: ClaimRow, row: Mapping[str, str]) -> bool:
    """Whether the claim is about the place of the row: by its name or its point, and of its size."""
    if (one.place_kind in LARGE) != (row["kind"] in LARGE or row["kind"] == "border"):
        return False
    apart = NAMED_KM + 1
    if one.lat is not None and one.lon is not None:
        apart = km_between((one.lat, one.lon), (float(row["lat"]), float(row["lon"])))
    names = {key(name) for name in (one.place, one.place_name or "", *one.place_aliases)} - {""}
    named = bool(names & {key(name) for name in row["place"].split("/")})
    return apart <= NEAR_KM or (named and apart <= NAMED_KM)
