"""What makes a claim doubtful: a list of small rules, each with the share of such claims that are likely misread.

The shares are an expert's starting values, not fitted; the reader's own sureness and the odds of a rival place are
taken as they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marchland.events.told import actor_key, is_described, ordinal, why_no_event
from marchland.places.distance import km_between
from marchland.records import ClaimRow, HoldingRow, Place, Resolved

UNSURE_READING = 0.15
"""From this share of misreadings on, the reader's own doubt is worth a word."""
CLOSE = 0.1
"""From this share on a rival place is."""
BESIDE, BESIDE_KM = 0.3, 40.0
"""A rival as near as this does less harm: a share of it counts."""
WIDE_DAYS = 7
"""A date of more days than this does not place a change of holder within its week."""
GAINS = ("captures", "recaptures", "controls", "repels")
"""Deeds by which the side that acts gains."""
LEAST = 0.02
"""Nothing is beyond doubt."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a claim has to do with a holding: whether it bears it out or speaks against it."""

    holding: HoldingRow
    bears_out: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at."""

    row: ClaimRow
    leanings: tuple[Leaning, ...] = ()
    resolved: Resolved | None = None
    """How its place was chosen, where that has been looked up."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look again."""

    kind: str
    share: float
    """Of such claims that are likely to be wrong, 0 to 1."""
    words: str


Found = tuple[float, str] | None


def reading(facts: Facts) -> Found:
    """The reader itself was not sure that the sentence says this."""
    missed = 1 - facts.row.reading
    return (
        (missed, f"the reader was {facts.row.reading:.0%} sure of the sentence") if missed >= UNSURE_READING else None
    )


def left_out(facts: Facts) -> Found:
    """It counts for nothing as it stands."""
    row = facts.row
    if row.place_id is None:
        return 0.5, f"no place was chosen for “{row.place}”, so it counts for nothing: {row.place_reason}"
    reason = why_no_event(row)
    return (0.3 if row.stance == "plans" else 0.5, f"it counts for nothing: {reason}") if reason else None


def place(facts: Facts) -> Found:
    """Another place was nearly chosen."""
    rivals = facts.resolved.rivals if facts.resolved and facts.resolved.choice else ()
    others = [one for one in rivals if one.place.place_id != facts.row.place_id]
    mine = next((one.score for one in rivals if one.place.place_id == facts.row.place_id), None)
    if mine is None or not others:
        return None
    near = max(others, key=lambda one: (one.score, one.place.place_id))
    share = 1 / (1 + math.exp(min(mine - near.score, 50.0)))
    if _beside(facts.row, near.place):
        share *= BESIDE
    told = f"{near.place.name} ({near.place.kind}, {near.place.admin1 or near.place.country})"
    return (share, f"“{facts.row.place}” may be another place: {told}") if share >= CLOSE else None


def _beside(row: ClaimRow, other: Place) -> bool:
    """Whether the other place lies there, too: a town and the district around it share most of their news."""
    here = row.country == other.country and row.lat is not None and row.lon is not None
    return here and km_between((row.lat or 0.0, row.lon or 0.0), (other.lat, other.lon)) <= BESIDE_KM


def place_roughly(facts: Facts) -> Found:
    """The place stands for something wider or beside it."""
    rough = facts.row.place_precision in ("far", "between", "province", "border", "region", "country")
    return (0.1, f"the place is told roughly (“{facts.row.place}”)") if rough else None


def dates(facts: Facts) -> Found:
    """The day is not told, or not closely."""
    row = facts.row
    first, last = ordinal(row.date_from), ordinal(row.date_to)
    if first is None or last is None:
        if first == last:
            return 0.3, "no day could be told"
        return 0.15, f"its day is open: on or {'before' if first is None else 'after'} {row.date_to or row.date_from}"
    wide = last - first > WIDE_DAYS
    return (0.2, f"its days are wide: {row.date_from} to {row.date_to}") if wide else None


def hedged(facts: Facts) -> Found:
    """The report does not say so outright."""
    return (0.3, "the report hedges") if facts.row.stance == "hedges" else None


def speaker(facts: Facts) -> Found:
    """Nobody stands behind it by name, or whoever does gains by it."""
    row = facts.row
    if row.source_class in ("anonymous", "person", "media"):
        return 0.25, f"the speaker is not known (“{row.source}”)"
    if row.source_side and row.source_side == actor_key(row) and row.event in GAINS:
        return 0.2, f"the speaker, {row.source_name or row.source}, stands on the side that gains"
    return None


def actor(facts: Facts) -> Found:
    """Who did it is not told, or only described."""
    side = actor_key(facts.row)
    if not side:
        needed = facts.row.event in ("captures", "recaptures", "controls")
        return (0.3, "nobody is said to have done it") if needed else None
    return (0.2, f"who did it is only described (“{facts.row.actor}”)") if is_described(side) else None


def contradicted(facts: Facts) -> Found:
    """Other claims say otherwise."""
    for one in facts.leanings:
        name, against = one.holding.holder_name or "nobody known", len(one.holding.contradicted_by)
        if not one.bears_out:
            return 0.35, f"it speaks against what the record holds ({name})"
        if against:
            speak = "claim speaks" if against == 1 else "claims speak"
            return 0.35, f"{against} {speak} against what it bears out ({name})"
    return None


RULES: dict[str, Callable[[Facts], Found]] = {
    "left-out": left_out, "reading": reading, "place": place, "roughly": place_roughly, "dates": dates,
    "hedged": hedged, "speaker": speaker, "actor": actor, "contradicted": contradicted,
}  # fmt: skip
KINDS = tuple(RULES)
"""Kinds of doubt, by which a queue may be narrowed."""


def doubts(facts: Facts) -> tuple[Doubt, ...]:
    """Every reason to look again at a claim, the weightiest first."""
    found = ((kind, rule(facts)) for kind, rule in RULES.items())
    made = [Doubt(kind, round(one[0], 4), one[1]) for kind, one in found if one is not None]
    return tuple(sorted(made, key=lambda one: -one.share))


def together(found: Sequence[Doubt], row: ClaimRow) -> float:
    """The chance that something is wrong with a claim, as if the reasons had nothing to do with one another."""
    right = 1.0 if any(one.kind == "reading" for one in found) else min(row.reading, 1 - LEAST)
    for one in found:
        right *= 1 - one.share
    return 1 - right
