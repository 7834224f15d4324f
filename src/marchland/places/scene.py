"""What an article tells about any place name in it: its countries, its provinces, the places it names and where."""

from __future__ import annotations

from dataclasses import dataclass

from marchland.records import Place, PlacePhrase, Reading


@dataclass(frozen=True, slots=True)
class Named:
    """A place that the article has named, with where."""

    start: int
    place: Place | None
    """None for a name that was refused: "the town" may still mean it, and is refused with it."""
    phrase: PlacePhrase
    why: str
    """Why it is this place, or why it was refused."""
    claimed: bool = False
    """Whether a claim is about it, rather than that it is named in passing."""
    dateline: bool = False
    """Whether it only says where the reporter sits."""


def in_dateline(phrase: PlacePhrase, reading: Reading) -> bool:
    lines = (part for part in reading.article.parts if part.kind == "dateline")
    return any(line.start <= phrase.span.start < line.end for line in lines)


def named_phrases(reading: Reading) -> list[PlacePhrase]:
    """All named phrases of an article: those of claims first, since they know more, then bare mentions elsewhere."""
    claimed = [claim.place for claim in reading.claims if claim.place.name and not claim.place.part]
    covered = {(p.name, p.span.start) for p in claimed}
    spans = [p.span for p in claimed]
    rest = [
        m
        for m in reading.mentions
        if (m.name, m.span.start) not in covered and not any(s.start <= m.span.start < s.end for s in spans)
    ]
    return sorted(claimed + rest, key=lambda p: p.span.start)
