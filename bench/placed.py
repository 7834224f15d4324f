"""Where claims of the labelled reports are put: how many lie within 15 km (35 for districts) of the truth's point.

A gold claim is matched with a claim of its page, its family and its sentence, one whose words or whose place have its
name first; where the place lies plays no part in the matching. Gold places without
coordinates in truth.csv are left out.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.shared import SHARED, LabelledSet, exported, labelled_sets
from marchland.places.distance import km_between

NEAR_KM = 15.0
DISTRICT_KM = 35.0
SHOWN = 0.95
"""The share of matched claims that should lie near."""
Row = dict[str, Any]


def main() -> None:
    """Print a row for each labelled set, with its parties and without; --misses lists what lies elsewhere."""
    if not SHARED.is_dir():
        print(f"skipped: {SHARED} is absent")
        return
    print("| set | matched claims with a known point | within 15 km (35 for districts) | elsewhere | refused |")
    print("|---|---|---|---|---|")
    for labelled in labelled_sets():
        for title, without in ((labelled.name, ()), (f"{labelled.name}, its parties off", sorted(labelled.countries))):
            with exported(labelled, without=without) as folder:
                found, misses = measure(labelled, _jsonl(folder / "claims.jsonl"))
            placed = found["near"] + found["elsewhere"]
            share = f"{found['near'] / placed:.3f} ({found['near']}/{placed})" if placed else "n/a"
            print(f"| {title} | {placed + found['refused']} | {share} | {found['elsewhere']} | {found['refused']} |")
            if "--misses" in sys.argv:
                print("\n".join(misses))


def measure(labelled: LabelledSet, claims: list[Row]) -> tuple[Counter[str], list[str]]:
    """How many matched claims lie near, elsewhere or nowhere, and where those that do not lie near are."""
    scorer = _scorer()
    points = {scorer.norm(row["place"]): row for row in reversed(_csv(labelled.truth))}
    found: Counter[str] = Counter()
    misses: list[str] = []
    free = [row for row in claims if row["event"] in scorer.FAMILY]
    for gold in (one for row in _jsonl(labelled.gold) for one in scorer.each_place(row)):
        names = scorer.listed(gold.get("place_canonical"))
        truth = next((points[scorer.norm(name)] for name in names if scorer.norm(name) in points), None)
        claim = _match(scorer, gold, free) if gold["event"] in scorer.FAMILY else None
        if claim is None:
            continue
        free.remove(claim)
        verdict = _verdict(truth, claim)
        found[verdict] += 1
        if verdict in ("elsewhere", "refused"):
            misses.append(f"  {gold['page_id']} {verdict}: {names} -> {claim['place']} = {claim['place_name']}")
    return found, misses


def _match(scorer: ModuleType, gold: Row, claims: list[Row]) -> Row | None:
    """The claim of the same page, family and sentence; of several the one whose words name the gold place."""
    words = scorer.norm(gold["sentence"])
    same = [
        row
        for row in claims
        if row["page_id"] == gold["page_id"]
        and scorer.FAMILY[row["event"]] == scorer.FAMILY[gold["event"]]
        and (scorer.norm(row["sentence"]) in words or words in scorer.norm(row["sentence"]))
    ]
    wanted = scorer.listed(gold.get("place_canonical")) + scorer.listed(gold.get("place"))
    named = [row for row in same if any(scorer.alike(one, row["place"]) for one in wanted)]
    meant = [row for row in same if any(_is_called(scorer, row, one) for one in wanted)]
    return next(iter(named or meant or same), None)


def _is_called(scorer: ModuleType, claim: Row, name: str) -> bool:
    return any(scorer.alike(name, one) for one in scorer.names_of(claim, "place_name", "place_aliases"))


def _verdict(truth: Row | None, claim: Row) -> str:
    if truth is None or not truth["lat"]:
        return "no point"
    if claim["place_id"] is None:
        return "refused"
    wide = DISTRICT_KM if "district" in (truth["kind"], claim["place_kind"]) else NEAR_KM
    far = km_between((claim["lat"], claim["lon"]), (float(truth["lat"]), float(truth["lon"])))
    return "near" if far <= wide else "elsewhere"


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _jsonl(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


if __name__ == "__main__":
    main()
