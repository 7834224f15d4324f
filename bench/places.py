"""Place mentions to places on LGL and TR-News, gold spans given: `python -m bench places`.

Texts and labels are for measuring only and are no part of the project. A mention counts where its label has a GeoNames
id. "where any" counts only the mentions of which the gazetteer knows the name at all, as the peers' figures do.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bench.shared import SHARED
from marchland.places.article import resolve_mentions
from marchland.places.distance import km_between
from marchland.places.gazetteer import Gazetteer
from marchland.places.weights import Weights
from marchland.records import Place, PlacePhrase, Resolved, Span

SETS = ("LGL", "TR-News")
NEAR_KM = 161.0
PEERS = {
    "LGL": "most populous, where any: within 161 km .66; Mordecai3, full GeoNames: exact .794, within 161 km .827",
    "TR-News": "most populous, where any: within 161 km .82; Mordecai3, full GeoNames: exact .843, within 161 km .873",
}


def main() -> None:
    """Print one line for each set and way of counting, then the peers' figures."""
    if not SHARED.exists():
        print(f"skipped: {SHARED} is absent")
        return
    gazetteer = Gazetteer.open()
    for name in SETS:
        rows = load(name)
        start = time.process_time()
        answers = [answered(row, gazetteer) for row in rows]
        took = time.process_time() - start
        counts = tally(rows, answers, gazetteer)
        most = tally(rows, [most_populous(row, gazetteer) for row in rows], gazetteer)
        speed = sum(len(row["toponyms"]) for row in rows) / took
        print(f"{name}: {counts['all']} mentions, {speed:.0f} resolved a second of processor time")
        print(f"  {'':14} exact id / within 161 km: of all, where any candidate; refused")
        for title, figures in (("marchland", counts), ("most populous", most)):
            print(f"  {title:14} {line(figures)}")
        print(f"  the name is known {ratio(counts, 'any', 'all')}, the place {ratio(counts, 'reachable', 'all')}")
        print(f"  peers: {PEERS[name]}")
        if "--errors" in sys.argv:
            print("\n".join(errors(rows, answers, gazetteer)))


def load(name: str) -> list[dict[str, Any]]:
    """The articles of one set."""
    path = SHARED / "bench" / "places" / f"{name}.jsonl"
    return [json.loads(text) for text in path.read_text(encoding="utf-8").split("\n") if text]


def phrases(row: dict[str, Any]) -> tuple[PlacePhrase, ...]:
    """The gold spans of an article as phrases."""
    return tuple(PlacePhrase(one["phrase"], Span(one["start"], one["end"]), one["phrase"]) for one in row["toponyms"])


def answered(row: dict[str, Any], gazetteer: Gazetteer, weights: Weights | None = None) -> tuple[Resolved, ...]:
    """What the article's gold spans mean, in their order."""
    return resolve_mentions(row["text"], phrases(row), gazetteer, weights=weights)


def most_populous(row: dict[str, Any], gazetteer: Gazetteer) -> tuple[Resolved, ...]:
    """The baseline: the best known place of each name."""
    return tuple(
        Resolved(phrase, next(iter(gazetteer.lookup(phrase.name)), None), "best known") for phrase in phrases(row)
    )


def labelled(
    rows: list[dict[str, Any]], answers: list[tuple[Resolved, ...]]
) -> Iterator[tuple[dict[str, Any], Resolved]]:
    """Every label that has an id, with our answer."""
    for row, found in zip(rows, answers, strict=True):
        yield from ((gold, one) for gold, one in zip(row["toponyms"], found, strict=True) if gold["geonameid"])


def tally(rows: list[dict[str, Any]], answers: list[tuple[Resolved, ...]], gazetteer: Gazetteer) -> Counter[str]:
    """Mentions, those whose name is known, right ids, those near enough, refusals."""
    counts: Counter[str] = Counter()
    for gold, answer in labelled(rows, answers):
        known = gazetteer.lookup(gold["phrase"])
        counts["all"] += 1
        counts["reachable"] += any(is_exact(place, gold, gazetteer) for place in known)
        exact = answer.choice is not None and is_exact(answer.choice, gold, gazetteer)
        near = exact or (answer.choice is not None and is_near(answer.choice, gold))
        counts["exact"] += exact
        counts["near"] += near
        counts["refused"] += answer.choice is None
        if known:
            counts["any"] += 1
            counts["exact any"] += exact
            counts["near any"] += near
    return counts


def is_exact(place: Place, gold: dict[str, Any], gazetteer: Gazetteer) -> bool:
    """Whether the place has the label's GeoNames id."""
    country = gazetteer.country(place.country) if place.kind == "country" else None
    return (country.geonames_id if country else place.place_id) == f"gn:{gold['geonameid']}"


def is_near(place: Place, gold: dict[str, Any]) -> bool:
    """Whether the place lies within 161 km (100 miles) of the label's point."""
    return km_between((place.lat, place.lon), (gold["lat"], gold["lon"])) <= NEAR_KM


def line(counts: Counter[str]) -> str:
    """The figures of one way of resolving."""
    parts = [f"{ratio(counts, 'exact', 'all')} / {ratio(counts, 'near', 'all')}"]
    parts.append(f"{ratio(counts, 'exact any', 'any')} / {ratio(counts, 'near any', 'any')}")
    return ", ".join(parts) + f"; {counts['refused']}"


def ratio(counts: Counter[str], part: str, whole: str) -> str:
    """A share with three decimals."""
    return f"{counts[part] / max(counts[whole], 1):.3f}"


def errors(rows: list[dict[str, Any]], answers: list[tuple[Resolved, ...]], gazetteer: Gazetteer) -> Iterator[str]:
    """Each wrong answer whose right one the gazetteer has, the commonest first."""
    wrong: Counter[str] = Counter()
    for gold, answer in labelled(rows, answers):
        right = next((p for p in gazetteer.lookup(gold["phrase"]) if is_exact(p, gold, gazetteer)), None)
        if right is not None and (answer.choice is None or not is_exact(answer.choice, gold, gazetteer)):
            told = answer.choice and f"{answer.choice.kind} {answer.choice.admin1} {answer.choice.country}"
            wrong[f"{gold['phrase']}: {right.kind} {right.admin1} {right.country}; told {told or answer.reason}"] += 1
    yield from (f"{count} {text}" for text, count in wrong.most_common(200))
