"""The review queue in a terminal and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from marchland.ledger.queue import Item
from marchland.views.moved import moved_words, stood_words
from marchland.views.paper import Block, Line, Table
from marchland.views.terminal import short
from marchland.views.words import clean, count, day, escaped, percent


def blocks(found: Sequence[Item], total: int) -> Iterator[Block]:
    """The foremost items, with how much rests on each, how doubtful it is, and why."""
    more = f"; the foremost {len(found)}" if len(found) < total else ""
    yield Line(f"{count(total, 'claim')} worth a look{more}", "bold")
    if not found:
        return
    rows = tuple(
        (short(one.row.claim_id), clean(one.row.place_name or f"“{one.row.place}”"), _deed(one),
         percent(one.effect.share) + ("" if one.effect.exact else " ?"), percent(one.doubt), _why(one))
        for one in found
    )  # fmt: skip
    yield Table(("claim", "place", "what", "effect", "doubt", "why"), rows, whole=frozenset({"claim"}),
                styles=(("claim", "dim"), ("place", "bold"), ("effect", "cyan")), wide="why")  # fmt: skip
    yield Line("effect: how much of the answers would go without it (? told from what it weighs)", "dim")
    yield Line("marchland explain CLAIM shows one; marchland review accept, reject or correct CLAIM judges it", "dim")


def _deed(one: Item) -> str:
    row = one.row
    stance = "" if row.stance == "asserts" else f" ({row.stance})"
    parts = (row.actor_name, row.event.replace("_", " ") + stance, day(row.date_to, none="no day"))
    return clean(", ".join(part for part in parts if part))


def _why(one: Item) -> str:
    turns = [f"{stood_words(it.before)} → {stood_words(it.after)}" for it in one.effect.moved if it.turns][-1:]
    return clean("; ".join((*turns, *(it.words for it in one.doubts[:2]))))


def as_json(found: Sequence[Item]) -> Iterator[str]:
    """One JSON object on a line for each item."""
    for one in found:
        told = {
            "claim_id": one.row.claim_id, "copies": [it for it in one.claims if it != one.row.claim_id],
            "place_id": one.row.place_id, "place_name": one.row.place_name, "event": one.row.event,
            "stance": one.row.stance, "actor_id": one.row.actor_id, "sentence": one.row.sentence, "score": one.score,
            "effect": one.effect.share, "exact": one.effect.exact, "doubt": round(one.doubt, 4),
            "doubts": [{"kind": it.kind, "share": it.share, "words": it.words} for it in one.doubts],
            "without": [moved_words(it) for it in one.effect.moved],
        }  # fmt: skip
        yield escaped(json.dumps(told, ensure_ascii=False)) + "\n"
