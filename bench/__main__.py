"""`python -m bench [NAME...]`: run the benchmarks whose data is at hand and print their tables."""

from __future__ import annotations

import sys

from bench import (
    attribution,
    calibration,
    control_ukraine,
    copies,
    corpora,
    coverage,
    factuality,
    grouping,
    known_then,
    mixed,
    noise,
    pages,
    peace,
    placed,
    places,
    places_found,
    plover,
    re3d,
    same_event,
    scale,
    search,
    service,
    speed,
    stream,
    sureness,
    triage,
)

BENCHES = {
    "attribution": attribution.main,
    "calibration": calibration.main,
    "control_ukraine": control_ukraine.main,
    "copies": copies.main,
    "corpora": corpora.main,
    "coverage": coverage.main,
    "factuality": factuality.main,
    "grouping": grouping.main,
    "known_then": known_then.main,
    "mixed": mixed.main,
    "noise": noise.main,
    "pages": pages.main,
    "peace": peace.main,
    "placed": placed.main,
    "places": places.main,
    "places_found": places_found.main,
    "plover": plover.main,
    "re3d": re3d.main,
    "same_event": same_event.main,
    "scale": scale.main,
    "search": search.main,
    "service": service.main,
    "speed": speed.main,
    "stream": stream.main,
    "sureness": sureness.main,
    "triage": triage.main,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all of them."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    for name in names or list(BENCHES):
        print(f"== {name}")
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
