"""What people said of the record, as people read it and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from marchland.ledger.review import Review
from marchland.ledger.taken_back import TakenBack
from marchland.records import ClaimRow
from marchland.views.paper import Block, Line, Table
from marchland.views.terminal import short
from marchland.views.words import clean, count, day, escaped

_COLUMNS = ("place_name", "event", "stance", "actor_name", "opponent_name", "date_from", "date_to")
"""Columns that tell a reader what a correction changed; the others follow from them."""


def reviews(found: Sequence[Review], standing: frozenset[str]) -> Iterator[Block]:
    """All reviews in order of time; `standing` has the ids of those that nobody has withdrawn."""
    gone = len(found) - len(standing)
    yield Line(f"{count(len(found), 'review')}" + (f", {gone} withdrawn" if gone else ""), "bold")
    if not found:
        return
    rows = tuple(
        (one.review_id, one.made[:16].replace("T", " "), one.by, verb_words(one), about_words(one), one.because,
         "" if one.review_id in standing else "withdrawn")
        for one in found
    )  # fmt: skip
    yield Table(("review", "made (UTC)", "by", "what", "about", "because", ""), rows, whole=frozenset({"review"}),
                styles=(("review", "dim"), ("what", "cyan")), wide="because")  # fmt: skip


def verb_words(one: Review) -> str:
    """`correct: place_name Westerby, date_from 2031-05-01`."""
    told = ", ".join(f"{name.removesuffix('_name')} {one.changes[name]}" for name in _COLUMNS if one.changes.get(name))
    return f"{one.verb}: {told}" if told else one.verb


def about_words(one: Review) -> str:
    """What it is about: `claim 1f0c3a9e: "sentence"`, `Reedham held by Norland on 2031-05-06`."""
    if one.about:
        return f"review {one.about}"
    if one.of_holder and one.row is not None:
        return holder_words(one.row)
    if one.row is not None:
        return f"claim {short(one.row.claim_id)}: “{clean(one.row.sentence, limit=160)}”"
    return "claims " + ", ".join(map(short, one.claims))


def holder_words(row: ClaimRow) -> str:
    """`Reedham: controls, Norland, 2031-05-06`."""
    return f"{row.place_name}: {row.event}, {row.actor_name}, {row.date_to}"


def of_claim(
    found: Sequence[Review], standing: frozenset[str], taken: Sequence[TakenBack], now: str | None = None
) -> Iterator[Block]:
    """What became of one claim: who took it back, and what people said of it; nothing where nobody did."""
    if taken:
        rows = tuple((day(one.day, none="always"), one.reason, one.words) for one in taken)
        yield Line()
        yield Table(("from", "why", "words"), rows, "counts no longer", styles=(("why", "yellow"),), wide="words")
    if found:
        yield Line()
        yield from reviews(found, standing)
    if now:
        yield Line(f"as reviewed it is claim {now}")


def as_json(found: Sequence[Review], standing: frozenset[str]) -> Iterator[str]:
    """One JSON object on a line for each review."""
    for one in found:
        told: Mapping[str, object] = {
            "review_id": one.review_id, "verb": one.verb, "made": one.made, "by": one.by, "because": one.because,
            "in_force": one.review_id in standing, "claims": list(one.claims), "review": one.about or None,
            "place_id": one.row.place_id if one.row else None, "place_name": one.row.place_name if one.row else None,
            "holder_id": one.row.actor_side if one.row and one.of_holder else None,
            "day": one.row.date_to if one.row and one.of_holder else None,
            "changes": {name: list(it) if isinstance(it, tuple) else it for name, it in one.changes.items()},
        }  # fmt: skip
        yield escaped(json.dumps(told, ensure_ascii=False)) + "\n"
