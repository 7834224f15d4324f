"""How many places of the labelled reports the gazetteer knows, near enough; skipped where those are absent."""

import csv
import math
import re
from pathlib import Path

import pytest

from marchland.places.gazetteer import Gazetteer
from marchland.records import Place

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FLOOR = 0.9
KM = {"district": 35.0}
OTHER_KM = 15.0
KIND_WORDS = re.compile(r"\b(border )?(crossing|area|airport)$", re.IGNORECASE)


def km_between(lat: float, lon: float, place: Place) -> float:
    """Great-circle distance in kilometres."""
    a, b = math.radians(lat), math.radians(place.lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(place.lon - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))


def names_of(written: str) -> list[str]:
    """The names in a label: "Zaranj / Milak (Pul-e Abresham)" has three, "Nassib-Jaber crossing" two."""
    whole = [part.strip() for part in re.split(r"[/(),]", written) if part.strip()]
    bare = [KIND_WORDS.sub("", part).strip() for part in whole]
    return [*whole, *bare, *(half for part in bare for half in part.rsplit("-", 1))]


def is_known(row: dict[str, str], gazetteer: Gazetteer) -> bool:
    """Whether any place of the name, in the countries named, lies near enough to the labelled point."""
    countries = {place.country for name in row["country"].split("/") for place in gazetteer.lookup(name)[:1]}
    limit = KM.get(row["kind"], OTHER_KM)
    for name in names_of(row["place"]):
        places = [*gazetteer.lookup(name), *(place for place, _ in gazetteer.variants(name))]
        inside = [place for place in places if {place.country, place.other_country} & countries]
        if any(km_between(float(row["lat"]), float(row["lon"]), place) <= limit for place in inside):
            return True
    return False


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the labelled reports are not beside this checkout")
@pytest.mark.parametrize("corpus", sorted(path.parent.name for path in CORPORA.glob("*/truth.csv")))
def test_the_places_of_the_labelled_reports_are_known(corpus: str, gazetteer: Gazetteer) -> None:
    with (CORPORA / corpus / "truth.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    lost = [row["place"] for row in rows if not is_known(row, gazetteer)]
    assert 1 - len(lost) / len(rows) >= FLOOR, lost
