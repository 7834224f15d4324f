"""How many places of the labelled reports, LGL and TR-News the gazetteer knows: `python -m bench coverage [--lost]`.

A place of truth.csv is known when one of its name and country, or one that sounds like it, lies within 15 km of the
labelled point, 35 km for a district. A toponym of LGL and TR-News is known when its GeoNames id, or a place within
161 km of its point, is among all that its words may mean; nothing is said of which would be chosen. Peers' gazetteer
(GeoNames' places of 500 and more, and names of divisions) knows 0.757 and 0.831 of them. Both sets count adjectives
and names of peoples ("Russian", "Iraqis") as toponyms: given with those and without.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.shared import SHARED, labelled_sets
from marchland.places.distance import km_between
from marchland.places.gazetteer import Gazetteer
from marchland.records import Place

DISTRICT_KM, OTHER_KM, NEAR_KM = 35.0, 15.0, 161.0
SETS = ("LGL", "TR-News")
KIND_WORDS = re.compile(r"\b(border )?(crossing|area|airport)$", re.IGNORECASE)


def main(arguments: list[str] | None = None) -> None:
    """Print both tables; with --lost what is not known."""
    lost = "--lost" in (sys.argv if arguments is None else arguments)
    if not SHARED.is_dir():
        print("coverage: no data beside this checkout")
        return
    gazetteer = Gazetteer.open()
    print(f"{'places of':28} {'known':>6} {'of':>5}")
    every = []
    for one in labelled_sets():
        rows = truth_rows(one.truth)
        unknown = [row["place"] for row in rows if not is_known(row, gazetteer)]
        every += [(len(rows), unknown)]
        print(f"{one.name:28} {1 - len(unknown) / len(rows):6.3f} {len(rows):5}", *(unknown if lost else ()))
    total = sum(number for number, _ in every)
    print(f"{'all':28} {1 - sum(len(unknown) for _, unknown in every) / total:6.3f} {total:5}")
    print(f"\n{'toponyms of':14} {'of':>5} {'id':>6} {'known':>6} {'names only: of':>15} {'known':>6}")
    for name in SETS:
        _print_toponyms(name, gazetteer, lost)


# --------------------------------------------------------------------------------------------------------------- truth


def truth_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a truth.csv."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def is_known(row: dict[str, str], gazetteer: Gazetteer) -> bool:
    """Whether any place of the name, in the countries named, lies near enough to the labelled point."""
    countries = [place.country for name in row["country"].split("/") for place in gazetteer.lookup(name)[:1]]
    limit = DISTRICT_KM if row["kind"] == "district" else OTHER_KM
    point = float(row["lat"]), float(row["lon"])
    found = (place for name in names_of(row["place"]) for place in _meant(name, gazetteer))
    inside = [place for place in found if {place.country, place.other_country} & set(countries)]
    if row["kind"] == "border" and len(countries) == 2:
        inside += gazetteer.crossings_between(*countries)
    return any(km_between(point, (place.lat, place.lon)) <= limit for place in inside)


def names_of(written: str) -> list[str]:
    """The names in a label: "Zaranj / Milak (Pul-e Abresham)" has three, "Nassib-Jaber crossing" two."""
    whole = [part.strip() for part in re.split(r"[/(),]", written) if part.strip()]
    bare = [KIND_WORDS.sub("", part).strip() for part in whole]
    return [*whole, *bare, *(half for part in bare for half in part.rsplit("-", 1))]


def _meant(name: str, gazetteer: Gazetteer) -> Iterator[Place]:
    yield from gazetteer.lookup(name)
    yield from (place for place, _ in gazetteer.variants(name))


# ------------------------------------------------------------------------------------------------------------ toponyms


def _print_toponyms(name: str, gazetteer: Gazetteer, lost: bool) -> None:
    toponyms = list(read_toponyms(SHARED / "bench" / "places" / f"{name}.jsonl"))
    named = [one for one in toponyms if gazetteer.country_of_adjective(one["phrase"]) is None]
    unknown = [one for one in toponyms if not has_candidate(one, gazetteer)]
    ids = sum(has_id(one, gazetteer) for one in toponyms)
    in_names = 1 - sum(one in named for one in unknown) / len(named)
    print(
        f"{name:14} {len(toponyms):5} {ids / len(toponyms):6.3f} {1 - len(unknown) / len(toponyms):6.3f}"
        f" {len(named):15} {in_names:6.3f}"
    )
    if lost:
        print("  by feature:", *(f"{code} {n}" for code, n in Counter(one["fcode"] for one in unknown).most_common(12)))
        print("  names:", "; ".join(f"{text} {n}" for text, n in Counter(o["phrase"] for o in unknown).most_common(80)))


def read_toponyms(path: Path) -> Iterator[dict[str, Any]]:
    """Every toponym with an id, of every document."""
    with path.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    for document in documents:
        yield from (one for one in document["toponyms"] if one.get("geonameid") is not None)


def candidates(phrase: str, gazetteer: Gazetteer) -> list[Place]:
    """Every place that the words may mean: by name, else the country of an adjective."""
    code = gazetteer.country_of_adjective(phrase)
    country = gazetteer.country(code) if code else None
    return [*gazetteer.lookup(phrase), *([country.place] if country else [])]


def has_id(toponym: dict[str, Any], gazetteer: Gazetteer) -> bool:
    """Whether the very GeoNames place is among the candidates."""
    wanted = gazetteer.get(f"gn:{toponym['geonameid']}")
    return wanted is not None and wanted.place_id in {one.place_id for one in candidates(toponym["phrase"], gazetteer)}


def has_candidate(toponym: dict[str, Any], gazetteer: Gazetteer) -> bool:
    """Whether the GeoNames place, or one within 161 km of it, is among the candidates."""
    if has_id(toponym, gazetteer):
        return True
    found = candidates(toponym["phrase"], gazetteer)
    return any(km_between((toponym["lat"], toponym["lon"]), (place.lat, place.lon)) <= NEAR_KM for place in found)


if __name__ == "__main__":
    main()
