"""Who held a place, and why: the answer of the filter, its rival, and the rows of evidence that add up to it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace

from marchland.events.told import iso, side_keys
from marchland.events.weights import Dispute
from marchland.ledger.around import NOTHING, Around
from marchland.ledger.contributions import Hearing, asides, rows
from marchland.ledger.evidence import ABANDONED, CONTESTED
from marchland.ledger.fuse import Fused, PlaceRef, Rules, fuse
from marchland.ledger.spells import Spell, spells
from marchland.records import Answer, ClaimRow, Rival


def answer(
    claims: Sequence[ClaimRow], place: PlaceRef, rules: Rules, at: dt.date, known: dt.date | None,
    around: Around = NOTHING, *, reasons: bool = True, state: str | None = None, until: dt.date | None = None,
) -> Answer:  # fmt: skip
    """Who held the place at the end of a day, on these claims; unknown where they say nothing of it.

    With `state` it is about that one: a side, a condition, or an empty string for nobody known. Silence counts up to
    `until`, where that is given; else up to the day asked about.
    With `reasons` the answer has its rows and its rival, which takes the filter once more for every voice.
    """
    fused = fuse(claims, rules, until=until or at, around=around)
    blank = Answer(
        place_id=place.place_id, place_name=place.name, at=at.isoformat(),
        known_at=known.isoformat() if known else None, holder_id=None, holder_name=None, status="unknown",
        probability=0.5, since=None, last_confirmed=None,
    )  # fmt: skip
    if fused is None:
        return replace(blank, rows=tuple(asides(claims, rules.weights.words))) if reasons else blank
    day = at.toordinal()
    state, probability = _holder(fused, day, rules) if state is None else (state, fused.share_of(state, day))
    made = replace(
        _told(blank, fused, state, day, rules), probability=probability, log_odds=fused.log_odds(state, day)
    )  # fmt: skip
    if not reasons:
        return made
    hearing = Hearing(fused, rules.weights, side_keys(claims, rules.same_side))
    return replace(
        made, rows=tuple(rows(hearing, state, day, claims)), rival=rival_of(hearing, state, day, rules.weights.dispute)
    )


def _told(blank: Answer, fused: Fused, state: str, day: int, rules: Rules) -> Answer:
    """The answer in words: status, days, and by how many it is borne out."""
    spell = _spell(fused, state, day, rules)
    side = spell.side if spell else "" if state in (CONTESTED, ABANDONED) else state
    party = fused.parties.get(side)
    if spell is None:
        return replace(blank, holder_id=side or None, holder_name=party.name if party else None,
                       status="held" if side else state or "unknown")  # fmt: skip
    confirmed = [one.last for piece in spell.pieces for one in piece.witness.rows if one.last and one.last <= day]
    against = {piece.witness.claims: piece.witness.best.row.stance for piece in spell.against}
    denials = sum(stance == "denies" for stance in against.values())
    return replace(
        blank, holder_id=side or None, holder_name=party.name if party else None, status=spell.status,
        since=iso(spell.begin), last_confirmed=iso(max(confirmed, default=None)),
        witnesses=len({piece.witness.claims for piece in spell.pieces}), denials=denials,
        against=len(against) - denials,
    )  # fmt: skip


def _holder(fused: Fused, day: int, rules: Rules) -> tuple[str, float]:
    """The likeliest state, if it is likely enough; else nobody known."""
    share = fused.posterior.at(day)
    best = int(share.argmax())
    if share[best] < rules.weights.spell.probability:
        best = len(share) - 1
    return fused.posterior.states[best], float(share[best])


def _spell(fused: Fused, state: str, day: int, rules: Rules) -> Spell | None:
    """The spell of that state which covers the day."""
    found = [
        one for one in spells(fused.evidence, fused.posterior, rules.weights)
        if _shows(one, state) and (one.begin or one.latest or day) <= day and (one.end is None or day < one.end)
    ]  # fmt: skip
    return found[-1] if found else None


def _shows(spell: Spell, state: str) -> bool:
    return state == (spell.status if spell.status in (CONTESTED, ABANDONED) else spell.side)


def rival_of(hearing: Hearing, side: str, day: int, limit: Dispute) -> Rival | None:
    """The likeliest state besides the answer; None where there is no other."""
    fused = hearing.fused
    share = dict(zip(fused.posterior.states, fused.posterior.at(day).tolist(), strict=True))
    other = max((one for one in share if one != side), key=lambda one: (share[one], one), default=None)
    if other is None:
        return None
    now = _between(fused, side, other, day)
    pull_for = now - _between(hearing.silent(side, speaking_for=True), side, other, day)
    pull_against = _between(hearing.silent(side, speaking_for=False), side, other, day) - now
    party = fused.parties.get(other)
    return Rival(
        other or None, party.name if party else None, fused.log_odds(other, day), share[other], pull_for, pull_against,
        min(pull_for, pull_against) > limit.nats,
    )  # fmt: skip


def _between(fused: Fused, side: str, other: str, day: int) -> float:
    """Log-odds of one state against one other."""
    share = fused.posterior.at(day)
    states = fused.posterior.states
    one, two = (max(float(share[states.index(name)]), 1e-9) for name in (side, other))
    return math.log(one / two)
