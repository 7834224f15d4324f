"""Write lexicons/person_names.csv: first names, and those family names that are places, too. From Faker (MIT).

    python scripts/build_person_names.py

Needs the packages of the group `build-data`. A name that is told wrongly is taken out by hand in `KEPT_OUT`.
"""

from __future__ import annotations

import csv
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from faker.providers import person

from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key

TARGET = Path(__file__).resolve().parents[1] / "src" / "marchland" / "lexicons" / "person_names.csv"
SHORTEST = 3
KEPT_OUT = frozenset(
    {"and", "del", "der", "dos", "east", "las", "los", "mount", "north", "san", "south", "the", "van", "von", "west"}
)
"""Words that stand in names of places as well and say nothing."""


def main() -> None:
    """Write the table, sorted."""
    first, family = set(names("first_name")), set(names("last_name"))
    gazetteer = Gazetteer.open()
    rows = {name: "first" for name in first if not is_land(name, gazetteer)}
    for name in family:
        if gazetteer.is_key(name):
            rows[name] = "both" if name in rows else "family"
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("name", "part", "source"))
        writer.writerows((name, part, "Faker") for name, part in sorted(rows.items()))


def is_land(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a country or a province is best known by this name: "India" says more of the country than of a girl."""
    found = gazetteer.lookup(name)[:1]
    return any(place.kind in ("country", "province") and key(place.name) == name for place in found)


def names(what: str) -> Iterator[str]:
    """Keys of the single-word names in Latin letters of all its languages."""
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            listed = getattr(provider, attribute)
            if attribute.startswith(what) and isinstance(listed, (tuple, list, set, dict)):
                yield from filter(_is_kept, (key(name) for name in listed if isinstance(name, str)))


def _is_kept(exact: str) -> bool:
    return exact.isascii() and exact.isalpha() and len(exact) >= SHORTEST and exact not in KEPT_OUT


if __name__ == "__main__":
    main()
