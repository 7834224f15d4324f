"""From the posterior to spells: who held the place from when until when, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from marchland.events.weights import Weights
from marchland.ledger.chain import Posterior
from marchland.ledger.evidence import ABANDONED, BESIEGED, CONTESTED, Change, Evidence, Piece


@dataclass(slots=True)
class Spell:
    """A stretch with one most probable holder. Days are ordinals of the calendar."""

    side: str
    """Empty where nobody known holds it."""
    begin: int | None
    """Most probable day of the change; None where it was so before the first report, or no report dates it."""
    earliest: int | None
    latest: int | None
    end: int | None
    """Day of the next change; None while it lasts."""
    probability: float
    status: str = "held"
    pieces: list[Piece] = field(default_factory=list)
    against: list[Piece] = field(default_factory=list)
    lost: list[Piece] = field(default_factory=list)
    """Of the first spell: those who tell that the place was taken from that side, or attacked or left by it."""


def spells(evidence: Evidence, found: Posterior, weights: Weights) -> list[Spell]:
    """Spells in order of time, those without a known holder included where something came before them."""
    made: list[Spell] = []
    for label, status, start, stop in _runs(found, weights):
        spell = _spell(found, label, status, start, stop, weights)
        if made and (made[-1].side, made[-1].status) == (spell.side, spell.status):
            made[-1].probability = max(made[-1].probability, spell.probability)
            continue
        if made:
            spell = _after(made[-1], spell)
            made[-1].end = spell.begin if spell.begin is not None else spell.latest
        made.append(_resumed(made, spell, evidence))
    if made and not made[0].side and made[0].status == "unknown":
        made.pop(0)
    _assign(made, evidence)
    for spell in made:
        spell.status = _status(spell, evidence)
        if spell.side and spell.status in ("held", "claimed") and not _told(spell, evidence, weights):
            spell.begin = None
    return made


def _after(before: Spell, spell: Spell) -> Spell:
    """No spell begins before the one that it follows."""
    first = before.begin if before.begin is not None else before.earliest
    if first is None:
        return spell
    days = (None if day is None else max(day, first) for day in (spell.begin, spell.earliest, spell.latest))
    begin, earliest, latest = days
    return replace(spell, begin=begin, earliest=earliest, latest=latest)


def _resumed(made: Sequence[Spell], spell: Spell, evidence: Evidence) -> Spell:
    """A side that outlasts fighting or a siege does not take the place: it held it all the time."""
    before = made[-1] if made else None
    if spell.status != "held" or before is None or before.side != spell.side:
        return spell
    taken = any(one.to == spell.side and spell.begin is not None and abs(one.dating.latest - spell.begin) <= 1
                and one.deed != "controls" for one in evidence.changes)  # fmt: skip
    if before.status in (CONTESTED, BESIEGED) and not taken:
        return replace(spell, begin=None, earliest=spell.begin, latest=spell.begin)
    return spell


def _runs(found: Posterior, weights: Weights) -> Iterator[tuple[str, str, int, int]]:
    """Stretches of the grid with one most probable state: its label, status, first and last index."""
    best = found.share.argmax(axis=1)
    sides = found.besieged.shape[1]
    held = np.take_along_axis(found.share, best[:, None], axis=1)[:, 0]
    siege = np.take_along_axis(found.besieged, np.minimum(best, sides - 1)[:, None], axis=1)[:, 0] if sides else held
    keys = np.where((best < sides) & (siege > held / 2), best + len(found.states), best)
    edges = [0, *(np.flatnonzero(np.diff(keys)) + 1).tolist(), len(best)]
    for start, end in pairwise(edges):
        label = found.states[best[start]]
        status = label if label in (CONTESTED, ABANDONED) else "held" if label else ""
        status = BESIEGED if keys[start] >= len(found.states) else status
        sure = held[start:end].max() >= weights.spell.probability
        yield (label, status, start, end - 1) if sure else ("", "", start, end - 1)


def _spell(found: Posterior, label: str, status: str, start: int, stop: int, weights: Weights) -> Spell:
    """One stretch as a spell. The holder of a contested place is the side that held it last."""
    state = found.states.index(label)
    column = found.share[start : stop + 1, state]
    lasting = stop == len(found.times) - 1
    probability = float(column[-1] if lasting and column[-1] >= weights.spell.probability else column.max())
    status = status or "unknown"
    side = label
    if label == CONTESTED:
        side = found.states[int(found.inside[start : stop + 1].sum(axis=0).argmax())]
    elif label == ABANDONED:
        side = ""
    if start == 0:
        return Spell(side, None, None, None, None, probability, status)
    if status == BESIEGED:
        day = int((found.times[start] - 1) // 2)
        return Spell(side, day, day, day, None, probability, status)
    begin, earliest, latest, peaked = _entry(found, state, start, stop, weights)
    dated = latest - earliest <= weights.spell.widest_days or peaked or status != "held"
    return Spell(side, begin if dated else None, earliest, latest, None, probability, status)


def _entry(found: Posterior, state: int, start: int, stop: int, weights: Weights) -> tuple[int, int, int, bool]:
    """Most probable day of entry, the range that holds most of the probability, whether that day has most of it."""
    low = start
    while low > 1 and found.share[low - 1, state] > 0.02 and found.share[low - 1, state] <= found.share[low, state]:
        low -= 1
    column = found.share[low - 1 : stop + 1, state]
    mass = np.clip(np.diff(column), 0.0, None)
    mass[int(column.argmax()) :] = 0.0
    days = (found.times[low : stop + 1] - 1) // 2
    before = found.times[low - 1 : stop] // 2
    if mass.sum() <= 0:
        return (*((int(days[start - low]),) * 3), True)
    rising = np.cumsum(mass) / mass.sum()
    tail = (1 - weights.spell.range) / 2
    first, middle, last = (int(np.searchsorted(rising, point)) for point in (tail, 0.5, 1 - tail))
    last = min(last, len(days) - 1)
    by_day: dict[int, float] = {}
    for day, share in zip(days.tolist(), (mass / mass.sum()).tolist(), strict=True):
        by_day[day] = by_day.get(day, 0.0) + share
    mode = max(sorted(by_day), key=lambda day: by_day[day])
    begin = mode if by_day[mode] >= 0.3 else int(days[min(middle, len(days) - 1)])
    return begin, min(int(before[first]), begin), max(int(days[last]), begin), by_day[mode] > 0.5


# ---------------------------------------------------------------------------------------------------- what it rests on


def _assign(made: Sequence[Spell], evidence: Evidence) -> None:
    """Give every piece of evidence to the spell it speaks for, and to the one it speaks against."""
    for change in evidence.fights:
        fought = _covering(made, change.dating.latest)
        if fought is None or fought.status != change.to:
            continue
        for piece in change.pieces:
            (fought.pieces if piece.ratio > 1 else fought.against).append(piece)
    for change in evidence.changes:
        own = _home(made, change)
        for piece in change.pieces:
            if own is not None and change.to:
                (own.pieces if piece.ratio > 1 else own.against).append(piece)
            elif piece.ratio > 1:
                _against(made, change.dating.latest, change.to, piece)
    _before(made, evidence)
    for state in evidence.states:
        spell = _covering(made, state.day)
        if spell is not None and state.side in (spell.side, spell.status):
            (spell.pieces if state.piece.ratio > 1 else spell.against).append(state.piece)
        elif spell is not None and state.piece.ratio > 1:
            spell.against.append(state.piece)


def _before(made: Sequence[Spell], evidence: Evidence) -> None:
    """Who stood there before the first report is told by those who name the loser."""
    if not made or made[0].side != evidence.prior:
        return
    end = made[0].end
    made[0].lost += [piece for first, piece in evidence.stood if piece.ratio > 1 and (end is None or first <= end)]


def _told(spell: Spell, evidence: Evidence, weights: Weights) -> bool:
    """Whether anybody dates the change that began the spell.

    That a side holds a place does not say since when; and a gain that is told without a day is only taken for news of
    the last days where the evidence for it is strong.
    """
    change = weights.change
    if spell.begin is None or spell.earliest is None or spell.latest is None:
        return False
    return any(
        one.deed != "controls" and one.to in (spell.side, "") and one.dating.first <= spell.latest
        and one.dating.latest >= spell.earliest - 1
        and (one.dating.earliest is not None or _news(one, weights).ratio(change.ratio_cap) >= change.open_ratio)
        for one in evidence.changes
    )  # fmt: skip


def _news(change: Change, weights: Weights) -> Change:
    """The change on the word of those alone who name no day, and so tell news: not of those whose day was refused."""
    kept = [one for one in change.pieces if one.ratio <= 1 or not one.witness.best.undated(weights)]
    return replace(change, pieces=kept)


def _home(made: Sequence[Spell], change: Change) -> Spell | None:
    """The spell that a change began, or bears out."""
    near = []
    for index, spell in enumerate(made):
        if _begun_by(spell, change):
            begin = spell.earliest if spell.earliest is not None else -1
            end = spell.end if spell.end is not None else change.dating.latest
            gap = max(begin - change.dating.latest, change.dating.first - end, 0)
            near.append((gap, abs((spell.begin or begin) - change.dating.latest), index))
    return made[min(near)[2]] if near and min(near)[0] <= 1 else None


def _begun_by(spell: Spell, change: Change) -> bool:
    """Whether it is what such a change leads to: its side holds the place, or the place is left to nobody."""
    if change.to == ABANDONED:
        return spell.status == ABANDONED
    return spell.side == change.to and spell.status == "held"


def _covering(made: Sequence[Spell], day: int) -> Spell | None:
    inside = [spell for spell in made if (spell.begin is None or spell.begin <= day)
              and (spell.end is None or day <= spell.end)]  # fmt: skip
    return inside[-1] if inside else None


def _against(made: Sequence[Spell], day: int, to: str, piece: Piece) -> None:
    spell = _covering(made, day)
    if spell is not None and spell.side != to:
        spell.against.append(piece)


def _status(spell: Spell, evidence: Evidence) -> str:
    """held needs one witness without a stake, or against its own; a side's word for itself is a claim.

    A side that stood there by the table of parties alone, of which no claim tells, is no more than a presumption: the
    holder is unknown, though the side is named beside it.
    """
    if spell.status != "held":
        return spell.status
    mine = [piece for piece in spell.pieces if piece.ratio > 1]
    if not mine and not spell.lost and spell.begin is None and spell.side == evidence.prior:
        return "unknown"
    boast = bool(mine) and all(piece.interested for piece in mine)
    return "claimed" if boast and (spell.begin is not None or spell.side != evidence.prior) else "held"
