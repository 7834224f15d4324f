"""What is printed about a user's own gazetteer: its layers, and what became of files that were added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from marchland.places.corrections import COLUMNS
from marchland.places.intake.add import Summary, summary_of
from marchland.places.layers import Layers
from marchland.views.paper import Block, Line, Table

_COUNTED = ("places", "names", "divisions", "polygons", "memberships")


def summary(told: Summary, done: str) -> Iterator[Block]:
    """What a layer holds and what became of its files."""
    for file, form in told.forms.items():
        yield Line(f"{file}: {form}")
    for file, why in told.unread.items():
        yield Line(f"{file}: not read ({why})")
    counts = [f"{told.counts[what]:,} {what}" for what in _COUNTED if told.counts[what]]
    yield Line(f"{told.name}: {', '.join(counts) or 'nothing'} {done}")
    if told.counts["joined"]:
        yield Line(f"- {told.counts['joined']:,} of the divisions are known already and keep their ids")
    for why, count in told.left_out.most_common():
        yield Line(f"- left out {count:,}: {why}")
    if told.faulty:
        yield Line(f"- left out {told.faulty:,} that are wrong:")
        yield from (Line(f"  {fault}") for fault in told.faults)
    for why, count in told.noted.most_common():
        yield Line(f"- {count:,} {why}")


def layers(known: Layers, path: Path, astray: Sequence[str]) -> Iterator[Block]:
    """The layers, the weakest first, and the corrections with those that point nowhere."""
    rows = tuple(
        (one.name, told.digest, *(f"{told.counts[what]:,}" for what in _COUNTED), "; ".join(told.forms))
        for one in known.files
        for told in (summary_of(one.name, one.about),)
    )
    if rows:
        yield Table(("layer", "digest", *_COUNTED, "files"), rows, right=frozenset(_COUNTED))
    if path.is_file():
        yield Line(f"corrections: {len(known.corrections.rows)} in {path}")
    else:
        yield Line(f"corrections: none; they belong in {path}, below this line:")
        yield Line(",".join(COLUMNS))
    for one in astray:
        yield Line(f"- {one}: no place has this id")
