"""By how much each witness moved the answer: added one by one in order of time, each with the change it makes.

What happened, and who tells of it, is settled on all that is known; then every voice is silenced and they are heard
again one after the other. The filter is exact, so the rows add up to the log-odds of the answer, however the voices
hang together. One that only repeats what was sure already moves little: `own` tells what it weighs by itself.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from marchland.events.group import is_partial
from marchland.events.told import family, iso, told, why_no_event
from marchland.events.weights import Weights, Words
from marchland.events.witness import Witness, witnesses
from marchland.ledger.around import Around, Hazard, Hint
from marchland.ledger.chain import posterior
from marchland.ledger.evidence import BESIEGED, Change, Evidence, Piece, State
from marchland.ledger.fuse import Fused
from marchland.records import EVENTS, ClaimRow, Weighed

MOST_STEPS = 80
"""With more voices than this, the earliest share one row."""

UNDATED = dt.date.max.toordinal()
"""Day of a witness whose report has no date: it is heard last."""
PASSAGE = frozenset({"closes", "restricts", "reopens", "flees_across", "displaces"})
"""Kinds of deed that say nothing of who holds a place."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a voice says of one side."""

    side: str
    own: float
    """Its log-likelihood ratio for that side, by itself; for a hazard its rate."""
    first: int
    """The first day of which it tells."""
    affirms: bool = True
    """Whether it says that something happened; else it denies it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whatever moves the odds: a witness with all that it says of the holder, a hint or a hazard."""

    said: Witness | Hint | Hazard
    bearings: tuple[Bearing, ...]
    day: int
    """When it became known."""

    @property
    def key(self) -> object:
        """What tells it from all others."""
        return self.said.claims if isinstance(self.said, Witness) else self.said

    def speaks_for(self, side: str) -> bool:
        """Whether it raises the odds of the side, or lowers those of another."""
        return any((one.own > 0) == (one.side == side) for one in self.bearings if one.own and one.side != BESIEGED)


def voices(evidence: Evidence, cap: float) -> tuple[Voice, ...]:
    """Everything that is heard at a place, in order of the days on which it became known; a denial after its day.

    `cap` is the most that the witnesses of one change weigh together.
    """
    heard_of: dict[tuple[str, ...], tuple[Witness, list[Bearing]]] = {}
    for one, bearing in _bearings(evidence, cap):
        heard_of.setdefault(one.claims, (one, []))[1].append(bearing)
    made = [
        Voice(one, tuple(bearings), UNDATED if one.known is None else one.known) for one, bearings in heard_of.values()
    ]
    around = evidence.around
    made += [Voice(one, (Bearing(one.side, math.log(one.ratio), one.day),), one.day) for one in around.hints]
    made += [Voice(one, (Bearing(one.side, one.rate, one.first_day),), one.first_day) for one in around.hazards]
    return tuple(sorted(made, key=_order))


def _bearings(evidence: Evidence, cap: float) -> Iterator[tuple[Witness, Bearing]]:
    for change in (*evidence.changes, *evidence.fights):
        for piece in change.pieces:
            yield piece.witness, _bearing(change, piece, cap)
    for state in evidence.states:
        ratio = state.piece.ratio
        yield state.piece.witness, Bearing(state.side, math.log(ratio), state.day, ratio >= 1)


def _bearing(change: Change, piece: Piece, cap: float) -> Bearing:
    """What one piece says of a change; a loss to nobody known speaks against the side that lost."""
    own = math.log(min(max(piece.ratio, 1 / cap), cap))
    side, sign = (change.to, 1) if change.to or not change.of else (change.of, -1)
    first = change.dating.first if change.dating.earliest is None else change.dating.earliest
    return Bearing(side, sign * own, first, piece.ratio >= 1)


def _order(one: Voice) -> tuple[int, int, str]:
    if isinstance(one.said, Witness):
        row = one.said.best.row
        return (one.day, 1 if row.stance == "denies" else 0, row.claim_id)
    return (one.day, 2 if isinstance(one.said, Hint) else 3, one.said.sentence)


def heard(evidence: Evidence, kept: Collection[object]) -> Evidence:
    """The evidence as if only these voices had spoken (their keys); the sides and the first holder stay settled."""
    kept = frozenset(kept)
    states = tuple(one for one in evidence.states if one.piece.witness.claims in kept)
    changes, fights = (
        tuple(made for one in told_of if (made := _heard(one, states, kept)) is not None)
        for told_of in (evidence.changes, evidence.fights)
    )
    around = Around(
        tuple(one for one in evidence.around.hints if one in kept),
        tuple(one for one in evidence.around.hazards if one in kept),
    )
    return replace(evidence, changes=changes, fights=fights, states=states, around=around)


def _heard(one: Change, states: tuple[State, ...], kept: Collection[object]) -> Change | None:
    """A change with the pieces that are heard; None where nobody tells of it, or of the state that implies it."""
    if not one.pieces:
        return one if any(_implies(told_of, one) for told_of in states) else None
    pieces = [piece for piece in one.pieces if piece.witness.claims in kept]
    return replace(one, pieces=pieces) if any(piece.ratio >= 1 for piece in pieces) else None


def _implies(state: State, change: Change) -> bool:
    """Whether a state is what a change without witnesses of its own was made for."""
    if state.side != change.to or state.piece.ratio <= 1:
        return False
    if change.deed == "repels":
        return state.deed == "repels" and change.dating.first <= state.day <= change.dating.latest + 1
    return state.day >= change.dating.latest


class Hearing:
    """Asks the filter again with some of the voices. `keys` are those of the sides, as `side_keys` gives them."""

    def __init__(self, fused: Fused, weights: Weights, keys: Mapping[str, str]) -> None:
        self.fused, self._weights, self._keys = fused, weights, keys
        self.words = weights.words
        self.voices = voices(fused.evidence, weights.change.ratio_cap)

    def again(self, kept: Collection[object]) -> Fused:
        """The place as it would be if only these voices had spoken."""
        if len(kept) == len(self.voices):
            return self.fused
        evidence = heard(self.fused.evidence, kept)
        found = posterior(evidence, self._weights, self.fused.place.kind, self.fused.days)
        return replace(self.fused, evidence=evidence, posterior=found)

    def silent(self, side: str, *, speaking_for: bool) -> Fused:
        """The place without those who speak for a side; or without those who speak against it."""
        return self.again([one.key for one in self.voices if one.speaks_for(side) != speaking_for])

    @property
    def weighed(self) -> frozenset[str]:
        """Ids of all claims that have a say."""
        return frozenset(claim for one in self.voices if isinstance(one.said, Witness) for claim in one.said.claims)

    def speaker(self, row: ClaimRow) -> str:
        """Key of the side that the speaker of a claim stands on; empty for none."""
        return self._keys.get(row.source_side, row.source_side)


def rows(hearing: Hearing, side: str, day: int, claims: Sequence[ClaimRow] = ()) -> Iterator[Weighed]:
    """The prior, every voice in order of time, and what silence took since; they add up to `Fused.log_odds`.

    Those of `claims` that say nothing of the holder have rows too, which weigh nothing.
    """
    fused = hearing.fused
    last = fused.days[1]
    seen_at = min(day, last)
    before = hearing.again(()).log_odds(side, seen_at)
    yield _prior(before, fused, side)
    found = hearing.voices
    start = max(len(found) - MOST_STEPS, 0)
    for count in range(start + 1 if start else 1, len(found) + 1):
        after = hearing.again([one.key for one in found[:count]]).log_odds(side, seen_at)
        row = _row(found[count - 1], after - before, hearing, side, seen_at)
        yield row if count > start + 1 or not start else _earlier(row, start)
        before = after
    yield from asides(claims, hearing.words, hearing.weighed)
    if day > last:
        words = f"{day - last} day{'s' if day - last > 1 else ''} without news"
        yield Weighed("decay", fused.log_odds(side, day) - before, words, None, iso(day))


def asides(claims: Sequence[ClaimRow], words: Words, weighed: Collection[str] = ()) -> Iterator[Weighed]:
    """Witnesses who say nothing of the holder, each with the reason; all but those of the claims that are weighed."""
    left = [row for row in claims if row.claim_id not in weighed and row.event in EVENTS]
    for one in witnesses(told(row) for row in left):
        row = one.best.row
        yield replace(_told(one, 0.0, "aside"), sentence=f"{_no_bearing(row, words)}: “{row.sentence}”")


def _no_bearing(row: ClaimRow, words: Words) -> str:
    if reason := why_no_event(row):
        return reason
    if is_partial(row, words):
        return "of a part of the place, or a count"
    return "no side, or no day that can be told" if family(row.event) not in PASSAGE else "of passage, not of a holder"


def _prior(weight: float, fused: Fused, side: str) -> Weighed:
    first = fused.evidence.prior
    if not first:
        return Weighed("prior", weight, "no claim tells who stood there before")
    when = "before the first report" if side == first else "before"
    stood = "stood" if is_told(fused.evidence) else "is assumed to have stood"
    return Weighed("prior", weight, f"{_name(fused, first)} {stood} there {when}", side=first,
                   side_name=_name(fused, first))  # fmt: skip


def is_told(evidence: Evidence) -> bool:
    """Whether a claim says that the first side stood there: as the loser, or as the holder before any other took it."""
    taken = min((one.dating.first for one in evidence.changes if one.to != evidence.prior), default=None)
    held = (one.piece for one in evidence.states
            if one.side == evidence.prior and (taken is None or one.day <= taken))  # fmt: skip
    return any(piece.ratio > 1 for piece in (*(piece for _, piece in evidence.stood), *held))


def _row(voice: Voice, weight: float, hearing: Hearing, side: str, day: int) -> Weighed:
    about = max(voice.bearings, key=lambda one: (one.side == side, abs(one.own), one.side))
    said = voice.said
    if isinstance(said, Witness):
        made = _told(said, weight, _what(voice, hearing))
    else:
        what = "hazard" if isinstance(said, Hazard) else said.kind
        first = next(iter(said.claim_ids), None)
        made = Weighed(what, weight, said.sentence, first, iso(voice.day), claims=said.claim_ids)
    return replace(
        made, side=about.side, side_name=_name(hearing.fused, about.side), against=about.own < 0,
        own=None if isinstance(said, Hazard) else about.own, later=all(one.first > day for one in voice.bearings),
    )  # fmt: skip


def _told(one: Witness, weight: float, what: str) -> Weighed:
    row = one.best.row
    return Weighed(
        what, weight, f"{_speaker(row)}: “{row.sentence}”", row.claim_id, iso(one.known), speaker=_who(row),
        speaker_side=row.source_side, outlets=_outlets(one), quote=row.sentence, claims=one.claims,
    )  # fmt: skip


def _earlier(row: Weighed, count: int) -> Weighed:
    """The first row after many that are not shown one by one."""
    words = f"{count} earlier voices together, the last of all: {row.sentence}"
    return replace(row, what="earlier", sentence=words, side=None, side_name=None, own=None, later=False)


def _what(voice: Voice, hearing: Hearing) -> str:
    """Whether a witness claims, denies, or admits what its own side would rather not say."""
    assert isinstance(voice.said, Witness)
    row = voice.said.best.row
    speaker = hearing.speaker(row)
    own_loss = [one.affirms and (one.own > 0) == (one.side != speaker) for one in voice.bearings]
    if speaker in hearing.fused.evidence.sides and all(own_loss):
        return "admission"
    return "denial" if row.stance == "denies" else "claim"


def _outlets(one: Witness) -> tuple[str, ...]:
    return tuple(sorted({member.row.publisher or "publisher not named" for member in one.rows}))


def _who(row: ClaimRow) -> str:
    """The person or body that says so; empty where the outlet speaks for itself."""
    own_voice = row.source == "publisher" or row.source_name == row.publisher
    return "" if own_voice else row.source_name or row.source


def _speaker(row: ClaimRow) -> str:
    """`Herat lawmaker (of afghanistan-republic), Arab News`."""
    side = f" (of {row.source_side})" if row.source_side else ""
    outlet = row.publisher or "publisher not named"
    return f"{_who(row)}{side}, {outlet}" if _who(row) else f"{outlet}{side}"


def _name(fused: Fused, side: str) -> str | None:
    return fused.parties[side].name if side in fused.parties else (side or None)
