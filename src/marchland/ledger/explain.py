"""Why that answer: the witnesses added one by one in order of time, each with the change of log-odds that it made.

The filter is exact, so the rows add up to the log-odds of the answer, however the witnesses hang together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from marchland.events.group import happenings
from marchland.events.told import Told, iso, side_keys, told
from marchland.events.witness import Witness, witnesses
from marchland.ledger.around import NOTHING, Around
from marchland.ledger.chain import posterior
from marchland.ledger.evidence import ABANDONED, CONTESTED, Evidence, gather
from marchland.ledger.fuse import Fused, PlaceRef, Rules, fuse
from marchland.ledger.spells import Spell, spells
from marchland.records import EVENTS, Answer, ClaimRow, Weighed

MOST_STEPS = 80
"""With more witnesses than this, the earliest share one row."""


def answer(
    rows: Sequence[ClaimRow], place: PlaceRef, rules: Rules, at: dt.date, known: dt.date | None,
    around: Around = NOTHING,
) -> Answer:  # fmt: skip
    """Who held the place at the end of a day, on these claims; unknown where they say nothing of it."""
    fused = fuse(rows, rules, until=at, around=around)
    blank = Answer(
        place_id=place.place_id, place_name=place.name, at=at.isoformat(),
        known_at=known.isoformat() if known else None, holder_id=None, holder_name=None, status="unknown",
        probability=0.5, since=None, last_confirmed=None, rows=(),
    )  # fmt: skip
    if fused is None:
        return blank
    state, probability = _holder(fused, at.toordinal(), rules)
    spell = _spell(fused, state, at.toordinal(), rules)
    side = spell.side if spell else "" if state in (CONTESTED, ABANDONED) else state
    party = fused.parties.get(side)
    confirmed = [one.last for piece in spell.pieces for one in piece.witness.rows if one.last] if spell else []
    return replace(
        blank,
        holder_id=side or None,
        holder_name=party.name if party else None,
        status=spell.status if spell else "held" if side else state or "unknown",
        probability=probability,
        since=iso(spell.begin) if spell else None,
        last_confirmed=iso(max((day for day in confirmed if day <= at.toordinal()), default=None)),
        rows=tuple(_steps(rows, fused, rules, state, at.toordinal())),
    )


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


# ------------------------------------------------------------------------------------------------------------- rows


def _steps(rows: Sequence[ClaimRow], fused: Fused, rules: Rules, side: str, day: int) -> Iterator[Weighed]:
    found = witnesses(told(row) for row in rows if row.event in EVENTS and row.stance != "plans")
    last = fused.days[1]
    seen_at = min(day, last)
    before = _log_odds((), rows, fused, rules, side, seen_at)
    yield Weighed("prior", before, _prior_words(fused, side))
    start = max(len(found) - MOST_STEPS, 0)
    for count in range(start + 1 if start else 1, len(found) + 1):
        after = _log_odds(found[:count], rows, fused, rules, side, seen_at)
        yield _step(found[count - 1], after - before, earlier=start if count == start + 1 else 0)
        before = after
    around = fused.evidence.around
    for count, hint in enumerate(around.hints, 1):
        after = _log_odds(found, rows, fused, rules, side, seen_at, Around(around.hints[:count]))
        yield Weighed(hint.kind, after - before, hint.sentence, next(iter(hint.claim_ids), None), iso(hint.day))
        before = after
    for count, hazard in enumerate(around.hazards, 1):
        after = _log_odds(found, rows, fused, rules, side, seen_at, Around(around.hints, around.hazards[:count]))
        yield Weighed(
            "hazard", after - before, hazard.sentence, next(iter(hazard.claim_ids), None), iso(hazard.last_day)
        )
        before = after
    faded = fused.log_odds(side, day)
    if day > last:
        yield Weighed("decay", faded - before, f"{day - last} days without news", None, iso(day))


def _log_odds(
    known: Sequence[Witness], rows: Sequence[ClaimRow], fused: Fused, rules: Rules, side: str, day: int,
    around: Around = NOTHING,
) -> float:  # fmt: skip
    """Log-odds of the side on the word of some of the witnesses, the sides and the first holder being settled."""
    told_by = [one.row for item in known for one in item.rows]
    full = fused.evidence
    keys = side_keys(rows, rules.same_side)
    told_of = happenings(told_by, rules.weights, rules.same_side, rules.judgements)
    partly = gather(told_of, keys, rules.weights, "", rules.opposed, prior=full.prior, around=around)
    sides = tuple(sorted({*full.sides, *partly.sides}))
    evidence: Evidence = replace(partly, sides=sides, conditions=full.conditions | partly.conditions)
    found = posterior(evidence, rules.weights, fused.place.kind, fused.days)
    return replace(fused, evidence=evidence, posterior=found).log_odds(side, day)


def _step(one: Witness, weight: float, *, earlier: int) -> Weighed:
    row = one.best.row
    what = "claim" if row.stance != "denies" else "admission" if _admits(row) else "denial"
    others = f" (and {earlier} earlier witnesses)" if earlier else ""
    return Weighed(what, weight, f"{_speaker(one.best)}{others}: “{row.sentence}”", row.claim_id, iso(one.known))


def _admits(row: ClaimRow) -> bool:
    """Whether a side says of itself that it does not hold the place."""
    return row.event == "controls" and bool(row.source_side) and row.source_side == (row.actor_side or row.actor_id)


def _speaker(one: Told) -> str:
    """`Herat lawmaker (of afghanistan-republic), Arab News`."""
    row = one.row
    side = f" (of {row.source_side})" if row.source_side else ""
    if row.source == "publisher" or row.source_name == row.publisher:
        return f"{row.publisher or 'publisher not named'}{side}"
    return f"{row.source_name or row.source}{side}, {row.publisher or 'publisher not named'}"


def _prior_words(fused: Fused, side: str) -> str:
    first = fused.evidence.prior
    if not first:
        return "no claim tells who stood there before"
    name = fused.parties[first].name if first in fused.parties else first
    return f"{name} stood there before the first report" if side == first else f"{name} stood there before"
