"""Whether a crossing is open: one chain for each direction and kind of traffic, by the same filter as its holder.

The states are closed, open, restricted and unknown. Claims of closing and opening are changes, dated like any other;
silence leads to unknown; a post that changed hands is likelier to be closed for a while; and what is said of a whole
border is said of each of its crossings.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from marchland.events.group import Happening, happenings
from marchland.events.told import iso, ordinal
from marchland.events.weights import Weights, Words
from marchland.events.witness import Witness
from marchland.ledger.around import NOTHING, Around, Hazard
from marchland.ledger.chain import posterior
from marchland.ledger.ended import Ended, gone_by, never
from marchland.ledger.evidence import Change, Evidence, Piece, State
from marchland.ledger.fuse import Fused, PartyRef, PlaceRef
from marchland.ledger.spells import Spell, spells
from marchland.records import ClaimRow, CrossingRow, HoldingRow

STATE = {"closes": "closed", "restricts": "restricted", "reopens": "open"}
STATES = tuple(sorted(STATE.values()))
Lane = tuple[str, str]
"""Direction ("both" or "AF>IR") and kind of traffic ("all", ...)."""
WHOLE: Lane = ("both", "all")
_REACH = 12
"""Words after the verb among which "to trade" is looked for."""
_CLAUSE = frozenset({"after", "and", "because", "but", "or", "that", "when", "where", "which", "while", "who"})
"""Words that begin another clause."""
_DETERMINERS = frozenset({"a", "an", "her", "his", "its", "the", "their", "them", "these", "those"})
_UNTOLD = Spell("", None, None, None, None, 1.0)


@dataclass(frozen=True, slots=True)
class Posts:
    """The two posts of a crossing: countries as ISO alpha-2, and names; who is presumed to hold them."""

    country_a: str
    name_a: str
    country_b: str
    name_b: str
    holder_b: str | None = None
    """Who is presumed to stand on the far side, of whose post no claim is kept."""
    holder_a: str | None = None
    """Who is presumed to stand on this side where no claim tells."""


def passage(
    rows: Sequence[ClaimRow], posts: Posts, holdings: Sequence[HoldingRow], weights: Weights, until: int, *,
    at: dt.date | None = None, border: Sequence[ClaimRow] = (), ended: Ended = never,
) -> list[CrossingRow]:  # fmt: skip
    """Spells of one crossing, by direction, traffic and day; `until` is the day to which silence counts.

    With `at`, only what covers that day, with the holders of that day; else each spell has those of its first day.
    `border` are claims on all crossings of a pair of countries (`borders.whole_border`). Plans change nothing. A
    crossing of whose passage nothing is told has one row, its state unknown.
    Of the parties that `ended` knows of, those that are gone hold nothing.
    """
    place, made = PlaceRef.of(rows), []
    for lane, members in by_lane(rows, posts, weights.words, border).items():
        for spell in _spells(members, lane, place, holdings, weights, until):
            made.append(_row(place, lane, spell, posts, (holdings, ended), until, at))
    day = at.isoformat() if at else None
    kept = [row for row in made if day is None or (row.from_ or day) <= day < (row.until or "9999")]
    return kept or [_row(place, WHOLE, _UNTOLD, posts, (holdings, ended), until, at)]


def by_lane(
    rows: Sequence[ClaimRow], posts: Posts, words: Words, border: Sequence[ClaimRow] = ()
) -> dict[Lane, list[ClaimRow]]:
    """What is told of each lane of one crossing, lanes in order; plans left out."""
    place = PlaceRef.of(rows)
    told = [row for row in rows if row.event in STATE and row.stance != "plans"]
    told += [_here(row, place) for row in border if row.event in STATE and row.stance != "plans"]
    lanes = {row.claim_id: lane_of(row, posts, words) for row in told}
    return {
        lane: [_since(row) for row in told if _speaks_of(lanes[row.claim_id], lane)]
        for lane in sorted(set(lanes.values()))
    }


def lane_of(row: ClaimRow, posts: Posts, words: Words) -> Lane:
    """Direction and kind of traffic that a claim speaks of, from its quantity, or "to trade" in its sentence."""
    text = (row.quantity or "").casefold()
    traffic = "all"
    for kind, stems in _kinds(words):
        if _has(text, stems):
            traffic = kind
    if traffic == "all":
        traffic = to_whom(row, words)
    if _has(text, words.outbound):
        return f"{posts.country_a}>{posts.country_b}", traffic
    if _has(text, words.inbound):
        return f"{posts.country_b}>{posts.country_a}", traffic
    return "both", traffic


def to_whom(row: ClaimRow, words: Words) -> str:
    """The traffic that "closed the gate to trade" or "reopened for lorries" names; "all" where it is none or several.

    The words must follow the verb of the claim in its own clause, and the sentence must have that verb only once.
    """
    stem = row.frame.removeprefix("n-").partition("-")[0].removesuffix("e")
    verbs = [*re.finditer(rf"\b{re.escape(stem)}\w*", row.sentence, re.IGNORECASE)] if stem else []
    if len(verbs) != 1:
        return "all"
    clause = re.split(r"[,;:.!?\"“”()–—]", row.sentence[verbs[0].end() :].casefold())[0].split()
    edge = next((index for index, word in enumerate(clause[:_REACH]) if word in _CLAUSE), len(clause))
    kinds = {_named(clause[index + 1 :], words) for index, word in enumerate(clause[:edge]) if word in ("to", "for")}
    told = kinds - {None}
    return told.pop() or "all" if len(told) == 1 else "all"


def _named(phrase: Sequence[str], words: Words) -> str | None:
    """The kind of traffic that a phrase begins with: "all" where it joins several, None where it begins with none.

    "To aid the wounded" names no traffic.
    """
    found, rest = set[str](), [*phrase]
    while rest:
        if rest[0] in words.whole:
            rest = rest[1:]
        kind = _kind(rest[0], words) if rest else None
        if kind is None:
            return "all" if found else None
        after = next((index for index, word in enumerate(rest) if index and _kind(word, words) is None), len(rest))
        if kind == "aid" and rest[after : after + 1] and rest[after] in _DETERMINERS:
            return None
        found.add(kind)
        joined = rest[after : after + 1] and rest[after] in ("and", "or")
        rest = rest[after + 1 :] if joined else []
    return found.pop() if len(found) == 1 else "all" if found else None


def _kind(word: str, words: Words) -> str | None:
    return next((kind for kind, stems in _kinds(words) if _has(word, stems)), None)


def _kinds(words: Words) -> tuple[tuple[str, Sequence[str]], ...]:
    return ("aid", words.aid), ("trade", words.trade), ("travellers", words.travellers)


def _has(text: str, stems: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(stem)}", text) for stem in stems)


def _speaks_of(told: Lane, lane: Lane) -> bool:
    """What is told of both directions, or of all traffic, is told of each."""
    return told[0] in ("both", lane[0]) and told[1] in ("all", lane[1])


def _here(row: ClaimRow, place: PlaceRef) -> ClaimRow:
    """A claim on a whole border as one on this crossing."""
    return replace(row, place_id=place.place_id, place_name=place.name, place_kind="crossing", place_part="",
                   quantity=None)  # fmt: skip


def _since(row: ClaimRow) -> ClaimRow:
    """ "Closed since August" began in August, and is no news of some day between August and the report."""
    first, last = ordinal(row.date_from), ordinal(row.date_to)
    if first is None or last is None or not row.date_how.startswith("since"):
        return row
    day = dt.date.fromordinal(first)
    month = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1).toordinal() - 1
    return replace(row, date_to=iso(min(month if day.day == 1 else first, last)))


# ----------------------------------------------------------------------------------------------------------- the chain


def chain_of(
    rows: Sequence[ClaimRow], lane: Lane, place: PlaceRef, holdings: Sequence[HoldingRow], weights: Weights, until: int
) -> tuple[Fused, Weights] | None:
    """The state of one lane by the filter, with the weights it was asked with; None where nothing dated is told."""
    found = [one for one in happenings(rows, weights) if one.dating is not None and one.witnesses]
    if not found:
        return None
    changes, states = _confirmed([_change(one, lane, weights) for one in found], weights.passage.half_life)
    around = _after_capture(holdings, changes, weights)
    evidence = Evidence(place.place_id, "", STATES, changes, states, (), tuple(found), around)
    scaled = replace(weights, half_life={"other": weights.passage.half_life})
    days = (min(one.dating.first for one in changes), max(one.dating.latest for one in changes), until)
    names = {state: PartyRef(state, state) for state in STATES}
    result = posterior(evidence, scaled, None, days)
    return Fused(replace(place, kind=None), evidence, result, days, names), scaled


def _spells(
    rows: Sequence[ClaimRow], lane: Lane, place: PlaceRef, holdings: Sequence[HoldingRow], weights: Weights, until: int
) -> list[Spell]:
    found = chain_of(rows, lane, place, holdings, weights, until)
    if found is None:
        return []
    fused, scaled = found
    made = [_dated(one, fused.evidence.changes) for one in spells(fused.evidence, fused.posterior, scaled)]
    return [
        replace(one, end=following.begin if following else one.end)
        for one, following in zip_longest(made, made[1:])
    ]  # fmt: skip


def _dated(spell: Spell, changes: Sequence[Change]) -> Spell:
    """Where no day is told, the first that is possible."""
    if spell.begin is not None:
        return spell
    first = [
        one.dating.earliest or one.dating.first for one in changes
        if one.to == spell.side and spell.latest is not None and one.dating.first <= spell.latest <= one.dating.latest
    ]  # fmt: skip
    return replace(spell, begin=min(first, default=spell.earliest))


def _confirmed(changes: Sequence[Change], reach: int) -> tuple[tuple[Change, ...], tuple[State, ...]]:
    """A closing that is told again, with no opening told of in between, says that it is still closed."""
    kept: list[Change] = []
    last = 0
    states: list[State] = []
    for one in sorted(changes, key=lambda item: (item.dating.latest, item.to, item.deed)):
        if kept and kept[-1].to == one.to and one.dating.latest - last <= reach:
            states += [State(one.to, one.dating.latest, False, piece, one.deed) for piece in one.pieces]
        else:
            kept.append(one)
        last = one.dating.latest
    return tuple(kept), tuple(states)


def _change(one: Happening, lane: Lane, weights: Weights) -> Change:
    """The change that a closing or an opening tells of; an opening for an hour, or for some, restricts."""
    state = STATE[one.family]
    limited = any(_has((row.quantity or "").casefold(), weights.words.limited) for row in one.rows)
    if state == "open" and lane == WHOLE and limited:
        state = "restricted"
    if one.dating is None:
        raise ValueError(one.event_id)
    pieces = [_piece(item, sign, weights) for sign, seen in ((1, one.witnesses), (-1, one.denials)) for item in seen]
    return Change(state, "", one.dating, weights.passage.claimed / (1 - weights.passage.claimed), pieces, one.family)


def _piece(item: Witness, sign: int, weights: Weights) -> Piece:
    """A witness as a likelihood ratio, for or against."""
    row = item.best.row
    share = weights.stance.get(row.stance, 0.0) * item.independence
    told = weights.ratio_of(row.source_class) ** (sign * share)
    return Piece(item, item.reading * told + 1 - item.reading, interested=False)


def _after_capture(holdings: Sequence[HoldingRow], changes: Sequence[Change], weights: Weights) -> Around:
    """A post that changes hands is likelier to be closed for a while, whether or not anybody reports it."""
    first = min(one.dating.first for one in changes)
    days = [ordinal(row.from_) for row in holdings if row.status in ("held", "claimed")]
    taken = [day for day in days if day is not None and day >= first]
    limits = weights.passage
    hazards = tuple(
        Hazard("closed", day, day + limits.captured_days - 1, limits.captured_rate, "the post changed hands")
        for day in sorted(taken)
    )
    return Around(hazards=hazards) if hazards else NOTHING


# ------------------------------------------------------------------------------------------------------------ the rows


def _row(
    place: PlaceRef, lane: Lane, spell: Spell, posts: Posts,
    held: tuple[Sequence[HoldingRow], Ended], until: int, at: dt.date | None,
) -> CrossingRow:  # fmt: skip
    begin = spell.begin if spell.begin is not None else spell.earliest
    day = iso(at.toordinal() if at else begin if begin is not None else until) or ""
    holder, presumed = stands(*held, day) if held[0] else (None, posts.holder_a)
    return CrossingRow(
        place_id=place.place_id,
        place_name=place.name,
        place_aliases=place.aliases,
        lat=place.lat,
        lon=place.lon,
        direction=lane[0],
        traffic=lane[1],
        state=spell.side or "unknown",
        from_=iso(begin),
        until=iso(spell.end),
        probability=round(spell.probability, 4),
        claims=tuple(sorted({claim for piece in spell.pieces for claim in piece.witness.claims})),
        post_a=f"{posts.country_a} {posts.name_a}".strip(),
        post_a_holder=holder,
        post_b=f"{posts.country_b} {posts.name_b}".strip(),
        post_b_holder=None,
        post_a_presumed=presumed,
        post_b_presumed=posts.holder_b,
    )


def stands(holdings: Sequence[HoldingRow], ended: Ended, day: str) -> tuple[str | None, str | None]:
    """Who held it at the end of a day by its holdings, and who is only presumed to: one of them at the most.

    A party that was gone by that day neither holds it nor is presumed to.
    """
    inside = [
        row
        for row in holdings
        if ((row.from_ or row.from_latest or day) <= day) and (row.until is None or day < row.until)
    ]
    if not inside or gone_by(ended, inside[-1].holder_id, dt.date.fromisoformat(day)):
        return None, None
    row = inside[-1]
    return (None, row.holder_name) if row.status == "unknown" else (row.holder_name, None)
