"""Claims about one place to the holdings of that place: one model, two clocks.

What held then is the smoothed posterior on everything known; what was known then is the same on the claims that were
known by that day. Nothing depends on the order in which claims arrived.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from marchland.events.group import Happening, happenings
from marchland.events.judgement import Judgement
from marchland.events.told import SameSide, actor_key, equal_sides, iso, opponent_key, side_keys
from marchland.events.weights import Weights
from marchland.ledger.around import NOTHING, Around, Hazard, Hint
from marchland.ledger.chain import Posterior, posterior
from marchland.ledger.ended import Ended, never
from marchland.ledger.evidence import Evidence, Opposed, gather, never_opposed
from marchland.ledger.spells import Spell, spells
from marchland.records import ClaimRow, HoldingRow, content_id

if TYPE_CHECKING:
    from marchland.ledger.members import Members

MOST_ALIASES = 60


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place as the claims know it."""

    place_id: str
    name: str
    aliases: tuple[str, ...]
    kind: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None

    @classmethod
    def of(cls, rows: Sequence[ClaimRow]) -> PlaceRef:
        """From its claims; which of them comes first does not matter, but one beside the place has another point."""
        row = min(rows, key=lambda one: (one.place_offset_km > 0, one.claim_id))
        return cls(
            row.place_id or "", row.place_name or row.place, row.place_aliases, row.place_kind, row.country,
            row.admin1, row.lat, row.lon,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartyRef:
    """A side, with the names it goes by."""

    side: str
    name: str
    aliases: tuple[str, ...] = ()


PriorHolder = Callable[[PlaceRef, dt.date], PartyRef | None]
PartyLookup = Callable[[str], PartyRef | None]


def no_prior(place: PlaceRef, day: dt.date) -> PartyRef | None:
    """Nobody knows who stood there before, but for the opponents that the claims name."""
    return None


def no_party(side: str) -> PartyRef | None:
    """No table of parties: names come from the claims alone."""
    return None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the filter is given besides claims: numbers, and what is known of parties."""

    weights: Weights
    same_side: SameSide = equal_sides
    opposed: Opposed = never_opposed
    prior: PriorHolder = no_prior
    party: PartyLookup = no_party
    ended: Ended = never
    """The last day of a party that is gone."""
    members: Members | None = None
    """Lists of the smaller places that a place has, where not those of the gazetteer."""
    judgements: tuple[Judgement, ...] = ()
    """What people have decided about events."""


@dataclass(frozen=True, slots=True)
class Fused:
    """One place with its evidence and posterior."""

    place: PlaceRef
    evidence: Evidence
    posterior: Posterior
    days: tuple[int, int, int]
    """First and last day of its evidence, and the day to which silence counts: that last one, or later."""
    parties: dict[str, PartyRef] = field(default_factory=dict)

    def share_of(self, state: str, day: int) -> float:
        """Probability of one state at the end of a day; 0 for one that nothing tells of."""
        states = self.posterior.states
        return float(self.posterior.at(day)[states.index(state)]) if state in states else 0.0

    def log_odds(self, side: str, day: int) -> float:
        """Log-odds of one side (empty: nobody known) against all else, at the end of a day."""
        share = self.share_of(side, day)
        share = min(max(share, 1e-9), 1 - 1e-9)
        return math.log(share / (1 - share))


def fuse(
    rows: Sequence[ClaimRow], rules: Rules, *, until: dt.date | None = None, around: Around = NOTHING
) -> Fused | None:
    """Fuse the claims about one place; `until` is the day to which silence counts. None without any dated evidence.

    A day up to the last of the evidence changes nothing: one posterior answers for all of those days.
    `around` moves the odds from outside those claims; its sides are keys of sides, as in the claims.
    """
    ordered = sorted(rows, key=lambda one: one.claim_id)
    found = happenings(ordered, rules.weights, rules.same_side, rules.judgements)
    days = [one.dating.latest for one in found if one.dating is not None and not one.partial]
    if not ordered or not (days or around.hints):
        return None
    days = [*days, *(hint.day for hint in around.hints)]
    place = PlaceRef.of(ordered)
    first = min(days)
    told = [one.dating.first for one in found if one.dating is not None and not one.partial]
    prior = rules.prior(place, dt.date.fromordinal(min((*told, first))))
    keys = dict(side_keys(ordered, rules.same_side))
    side = _canonical(prior.side, keys, rules) if prior else ""
    end = max(days)
    asked = (first, end, max(end, until.toordinal()) if until else end)
    around = _renamed(around, keys, rules)
    return build(found, place, keys, rules, side, asked, ordered, around)


def build(
    found: Sequence[Happening], place: PlaceRef, keys: dict[str, str], rules: Rules, prior: str,
    days: tuple[int, int, int], rows: Sequence[ClaimRow], around: Around = NOTHING,
) -> Fused | None:  # fmt: skip
    """The filter on happenings that are grouped already. None where they say nothing about any side."""
    evidence = gather(found, keys, rules.weights, prior, rules.opposed, around=around)
    if not evidence.sides:
        return None
    result = posterior(evidence, rules.weights, place.kind, days)
    parties = {side: _named(party_names(side, rows, keys, rules), around) for side in evidence.sides}
    return Fused(place, evidence, result, days, parties)


def _canonical(side: str, keys: dict[str, str], rules: Rules) -> str:
    """The key under which the claims at the place know a side."""
    if side not in keys:
        keys[side] = next((root for root in sorted(set(keys.values()) - {""}) if rules.same_side(root, side)), side)
    return keys[side]


def _named(party: PartyRef, around: Around) -> PartyRef:
    """The same with a name from around the place, where neither its claims nor the table have one."""
    names = around.names_of(party.side) if party.name == party.side else ()
    return PartyRef(party.side, names[0], names[1:]) if names else party


def _renamed(around: Around, keys: dict[str, str], rules: Rules) -> Around:
    """The same with the sides as the claims at the place know them."""
    if not around:
        return around
    hints = (replace(one, side=_canonical(one.side, keys, rules)) for one in around.hints)
    hazards = (replace(one, side=_canonical(one.side, keys, rules)) for one in around.hazards)
    return Around(tuple(sorted(hints, key=_day)), tuple(sorted(hazards, key=_first)))


def _day(one: Hint) -> tuple[int, str, str, float]:
    return (one.day, one.kind, one.sentence, one.ratio)


def _first(one: Hazard) -> tuple[int, int, str, str, float]:
    return (one.first_day, one.last_day, one.side, one.sentence, one.rate)


def party_names(side: str, rows: Sequence[ClaimRow], keys: dict[str, str], rules: Rules) -> PartyRef:
    """The name of a side and all the words it goes by in the claims."""
    known = rules.party(side)
    names: Counter[str] = Counter()
    words: set[str] = set()
    for row in rows:
        if keys.get(actor_key(row)) == side and row.actor_name:
            names[row.actor_name] += 1
            words.update((*row.actor_aliases, row.actor_name, row.actor or row.actor_name))
        if keys.get(opponent_key(row)) == side and row.opponent_name:
            names[row.opponent_name] += 1
            words.add(row.opponent_name)
    common = min(names, key=lambda name: (-names[name], name)) if names else side
    name = known.name if known else common
    listed = (*((known.aliases) if known else ()), *sorted(words))
    return PartyRef(side, name, tuple(dict.fromkeys(word for word in listed if word != name))[:MOST_ALIASES])


# ---------------------------------------------------------------------------------------------------------- holdings


def holdings(fused: Fused, weights: Weights) -> list[HoldingRow]:
    """The holdings of one place, in order of time."""
    return [row_of(fused, spell) for spell in spells(fused.evidence, fused.posterior, weights)]


def _shown(place: PlaceRef, spell: Spell) -> str:
    """A whole province is not held on the word that it fell: it is claimed until its districts are counted."""
    wide = place.kind == "province" and spell.status == "held" and spell.begin is not None
    return "claimed" if wide else spell.status


def row_of(fused: Fused, spell: Spell) -> HoldingRow:
    """One spell as a holding of the export contract."""
    place, party = fused.place, fused.parties.get(spell.side)
    seen = {piece.witness.best.row.claim_id: piece.witness for piece in (*spell.pieces, *spell.lost)}
    held = [told for piece in spell.pieces for told in piece.witness.rows]
    rows = [told for witness in seen.values() for told in witness.rows]
    against = {told.row.claim_id for piece in spell.against for told in piece.witness.rows}
    return HoldingRow(
        holding_id=content_id("holding", place.place_id, spell.side, spell.status, iso(spell.begin), iso(spell.end)),
        place_id=place.place_id,
        place_name=place.name,
        place_aliases=place.aliases,
        kind=place.kind or "",
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        holder_id=spell.side or None,
        holder_name=party.name if party else None,
        holder_aliases=party.aliases if party else (),
        status=_shown(place, spell),
        probability=round(spell.probability, 4),
        from_=iso(spell.begin),
        from_earliest=iso(spell.earliest),
        from_latest=iso(spell.latest),
        until=iso(spell.end),
        last_confirmed=iso(max((told.last for told in held if told.last is not None), default=None)),
        known_from=iso(min((told.known for told in rows if told.known is not None), default=None)),
        witnesses=len(seen),
        claims=tuple(sorted({told.row.claim_id for told in rows})),
        contradicted_by=tuple(sorted(against)),
    )
