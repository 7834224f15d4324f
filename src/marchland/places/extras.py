"""Small lexicons laid over the gazetteer: further names, places that are not towns, and misleading names."""

from __future__ import annotations

import csv
from importlib.resources import files

from marchland.errors import BrokenData
from marchland.places.countries import split
from marchland.places.names import key
from marchland.records import Place


def _rows(name: str) -> list[dict[str, str]]:
    text = files("marchland.lexicons").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def load_aliases() -> dict[str, tuple[str, ...]]:
    """Place id -> names in use that the shipped file lacks (`lexicons/place_aliases.csv`)."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("place_aliases.csv"):
        found[row["place_id"]] = found.get(row["place_id"], ()) + split(row["aliases"])
    return found


def load_abbreviations() -> dict[str, tuple[str, ...]]:
    """What is written short -> ids of places (`lexicons/abbreviations.csv`): "Calif.", "N.J.", "US", as written."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("abbreviations.csv"):
        found[row["written"]] = (*found.get(row["written"], ()), row["place_id"])
    return found


SITE_FILES = ("sites.csv", "regions.csv", "places.csv")


def load_sites() -> tuple[Place, ...]:
    """Places in the news that the shipped file lacks: bases and islands (`lexicons/sites.csv`), continents, seas and
    ranges (`regions.csv`), towns and villages (`places.csv`).

    Raises BrokenData with file and line for a row that cannot be read, or an id that two rows have.
    """
    sites: dict[str, Place] = {}
    for name in SITE_FILES:
        for line, row in enumerate(_rows(name), start=2):
            site = _site(row, name, line)
            if site.place_id in sites:
                raise BrokenData(f"{name}:{line}: {row['id']} is the id of another place, too")
            sites[site.place_id] = site
    return tuple(sites.values())


def _site(row: dict[str, str], name: str, line: int) -> Place:
    try:
        lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
    except ValueError as error:
        raise BrokenData(f"{name}:{line}: {error}") from error
    return Place(
        place_id=f"s:{row['id']}", name=row["name"], kind=row["kind"], country=row["country"], lat=lat, lon=lon,
        admin1=row["admin1"], feature=row["feature"], aliases=split(row["aliases"]), radius_km=radius,
    )  # fmt: skip


def load_common_words() -> frozenset[str]:
    """Keys of names that are everyday words, months, ranks or first names too (`lexicons/common_words.csv`)."""
    return frozenset(key(row["word"]) for row in _rows("common_words.csv"))
