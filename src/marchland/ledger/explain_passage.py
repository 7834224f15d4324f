"""Whether a crossing was open, and why: the same rows as for its holder, out of the chain of one lane."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from marchland.errors import Misuse
from marchland.events.told import iso
from marchland.events.weights import Weights
from marchland.ledger.contributions import Hearing, rows
from marchland.ledger.explain import rival_of
from marchland.ledger.fuse import Fused, PlaceRef
from marchland.ledger.passage import Lane, Posts, by_lane, chain_of
from marchland.ledger.spells import spells
from marchland.records import Answer, ClaimRow, HoldingRow, Weighed


def passage_answer(
    claims: Sequence[ClaimRow], posts: Posts, holdings: Sequence[HoldingRow], weights: Weights, at: dt.date,
    known: dt.date | None, lane: str = "", border: Sequence[ClaimRow] = (),
) -> Answer:  # fmt: skip
    """The state of one lane ("both/all", "AF>IR/trade") at the end of a day, with the rows that add up to it.

    Without `lane`, of the whole crossing, else of the first lane that anything is told of. Raises Misuse where nothing
    is told of the lane.
    """
    place, lanes = PlaceRef.of(claims), by_lane(claims, posts, weights.words, border)
    chosen = _chosen(lane, tuple(lanes), place.name)
    found = chain_of(lanes[chosen], chosen, place, holdings, weights, at.toordinal())
    if found is None:
        raise Misuse(f"no claim on record dates the passage of {place.name} ({'/'.join(chosen)})")
    fused, scaled = found
    day = at.toordinal()
    state, probability = _state(fused, day, scaled)
    spell = next((one for one in spells(fused.evidence, fused.posterior, scaled)[::-1]
                  if one.side == state and (one.begin or one.earliest or day) <= day), None)  # fmt: skip
    hearing = Hearing(fused, scaled, {})
    begin = (spell.begin if spell.begin is not None else spell.earliest) if spell else None
    made = tuple(_worded(row) for row in rows(hearing, state, day, lanes[chosen]))
    return Answer(
        place_id=place.place_id, place_name=place.name, at=at.isoformat(),
        known_at=known.isoformat() if known else None, holder_id=None, holder_name=None, status=state or "unknown",
        probability=probability, since=iso(begin),
        last_confirmed=None, rows=made, log_odds=fused.log_odds(state, day),
        rival=rival_of(hearing, state, day, weights.dispute), lane="/".join(chosen),
        witnesses=len({piece.witness.claims for piece in spell.pieces}) if spell else 0,
    )  # fmt: skip


def _worded(row: Weighed) -> Weighed:
    """A row in the words of passage."""
    if row.what == "prior":
        return replace(row, sentence="no claim tells how it was before")
    if row.what == "aside":
        return replace(row, sentence=f"no day that can be told: “{row.quote}”")
    return row


def _chosen(asked: str, told: Sequence[Lane], name: str) -> Lane:
    lanes = {"/".join(lane): lane for lane in told}
    if not lanes:
        raise Misuse(f"no claim on record tells of passage at {name}")
    if asked and asked not in lanes:
        raise Misuse(f'nothing is told of the lane "{asked}" of {name}; on record: {", ".join(lanes)}')
    return lanes[asked] if asked else lanes.get("both/all") or told[0]


def _state(fused: Fused, day: int, weights: Weights) -> tuple[str, float]:
    """The likeliest state, if it is likely enough; else unknown."""
    share = fused.posterior.at(day)
    best = int(share.argmax())
    if share[best] < weights.spell.probability:
        best = len(share) - 1
    return fused.posterior.states[best], float(share[best])
