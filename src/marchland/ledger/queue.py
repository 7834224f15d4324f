"""What is worth a person's look first: claims by how much the record rests on them, times how doubtful they are.

The effect of a claim is told at first from the holdings that it bears out or contradicts and from what it weighs; for
the foremost it is then worked out: the filter answers once more without the claim and its copies.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from marchland.events.told import ordinal, why_no_event
from marchland.events.weights import Weights
from marchland.ledger.around import Around
from marchland.ledger.assessment import Assessment, Silence, assess
from marchland.ledger.doubts import Doubt, Facts, Leaning, doubts, together
from marchland.ledger.fuse import Rules
from marchland.ledger.moved import Moved, Stood, differ, lanes_of, stood_in
from marchland.ledger.passage import STATE, Posts, passage
from marchland.ledger.review import CLASS
from marchland.records import EVENTS, ClaimRow, HoldingRow, Resolved

PAST = 0.6
"""What a change of an answer about an earlier day counts, against one of today's answer."""
SHIFT = 0.3
"""What a shift of the day counts on which a holding began, where it is a month or more."""
SHIFT_DAYS = 30
WAITING = 0.5
"""What a claim that counts for nothing might move if it were mended, against one that counts."""
PLANNED = 0.2
"""The same for one that was read as a plan: mostly it is one."""
LEAST = 0.002
"""Below this effect nothing is to be gained by a look."""
_SURE = 0.98
"""Probabilities are kept off 1 by this when odds are made of them: the filter is sure for other reasons, too."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What the record would be without a claim."""

    share: float
    """0 to 1: how much of the answers about its place would go."""
    exact: bool = False
    """Whether the filter has worked it out; else it is told from what the claim weighs."""
    moved: tuple[Moved, ...] = ()
    """The answers without it, where worked out: on its own day and on the last one on record."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at: a claim with its copies."""

    row: ClaimRow
    """The first of them, as it was read."""
    claims: tuple[str, ...]
    """Ids of all of them; what is said of one reaches those in the same words."""
    outlets: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    doubt: float
    effect: Effect

    @property
    def score(self) -> float:
        """By which the queue is ordered."""
        return round(self.effect.share * self.doubt, 6)


# ------------------------------------------------------------------------------------------------------------ at first


def items(
    rows: Iterable[ClaimRow], holdings: Iterable[HoldingRow] | None, weights: Weights, touched: Collection[str] = ()
) -> list[Item]:  # fmt: skip
    """The claims of some places that may be worth a look, with effects told from their weight; in no order.

    Holdings are None where they are not worked out yet. `touched` has the ids of claims as people have reviewed them:
    they are left out.
    """
    leaning = leanings(holdings or ())
    unheard = 0.1 if holdings is not None else PAST
    made = (_item(group, leaning, weights, unheard) for group in groups(rows, touched))
    return [one for one in made if one.effect.share >= LEAST]


def lone_item(row: ClaimRow, weights: Weights) -> Item:
    """A claim as an item whether or not it is worth a look, as if nothing were known of holdings."""
    return _item([row], {}, weights, 0.1 if row.event in EVENTS else 0.0)


def leanings(holdings: Iterable[HoldingRow]) -> Mapping[str, list[Leaning]]:
    """Claim id to the holdings that it bears out or contradicts."""
    found: dict[str, list[Leaning]] = defaultdict(list)
    for one in holdings:
        for claims, bears_out in ((one.claims, True), (one.contradicted_by, False)):
            for claim in claims:
                found[claim].append(Leaning(one, bears_out))
    return found


def groups(rows: Iterable[ClaimRow], touched: Collection[str]) -> Iterator[list[ClaimRow]]:
    """Claims about control that nobody has reviewed, each with its copies, the first that was published foremost."""
    found: dict[tuple[object, ...], list[ClaimRow]] = defaultdict(list)
    for row in rows:
        if row.event in EVENTS and row.source_class != CLASS and row.claim_id not in touched:
            place = row.place_id or row.place.casefold()
            found[row.witness_id or row.claim_id, place, row.event, row.stance, row.actor_id].append(row)
    for key in sorted(found, key=repr):
        yield sorted(found[key], key=lambda row: (row.published or "9999", row.claim_id))


def _item(
    group: Sequence[ClaimRow], leaning: Mapping[str, list[Leaning]], weights: Weights, unheard: float
) -> Item:  # fmt: skip
    row = group[0]
    mine = tuple({one.holding.holding_id: one for row in group for one in leaning.get(row.claim_id, ())}.values())
    why = doubts(Facts(row, mine))
    return Item(
        row, tuple(one.claim_id for one in group), tuple(sorted({one.publisher or "" for one in group} - {""})), why,
        together(why, row), Effect(round(likely_effect(row, mine, weights, unheard), 6)),
    )  # fmt: skip


def likely_effect(row: ClaimRow, mine: Sequence[Leaning], weights: Weights, unheard: float = 0.1) -> float:
    """How much of the answers about its place a claim makes, from what it weighs and how sure they are of it.

    `unheard` is for one that no holding rests on: what it might move, against what it weighs.
    """
    told = math.log(weights.ratio_of(row.source_class)) * row.reading
    if why_no_event(row):
        return (PLANNED if row.stance == "plans" else WAITING) * (_sigmoid(told) - 0.5)
    if row.event in STATE:
        return PAST * (_sigmoid(told) - 0.5)
    return max((_of_holding(one, told) for one in mine), default=unheard * (_sigmoid(told) - 0.5))


def _of_holding(one: Leaning, told: float) -> float:
    share = min(max(one.holding.probability, 1 - _SURE), _SURE)
    odds = math.log(share / (1 - share))
    if not one.bears_out:
        moved = _sigmoid(odds + told) - share
    elif one.holding.witnesses <= 1:
        moved = share  # nobody else tells of it: without the claim there is no such holding
    else:
        moved = share - _sigmoid(odds - told)
    return moved * (1.0 if one.holding.until is None else PAST)


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def ordered(found: Iterable[Item]) -> list[Item]:
    """The foremost first; those that are worth the same by place and id."""
    return sorted(found, key=lambda one: (-one.score, one.row.place_id or "", one.row.claim_id))


# ---------------------------------------------------------------------------------------------------------- worked out


@dataclass(frozen=True, slots=True)
class Makings:
    """What the answers about one place are made of."""

    rows: Sequence[ClaimRow]
    rules: Rules
    around: Around
    posts: Posts | None = None
    """For a crossing, its two posts."""

    def without(self, claims: Collection[str]) -> Makings:
        """The same without some claims."""
        return replace(self, rows=[row for row in self.rows if row.claim_id not in claims])


class WithoutOne:
    """The answers about one place, and what they would be without some of its claims."""

    def __init__(self, makings: Makings, last: dt.date) -> None:
        """`last` is the last day on record, up to which silence counts."""
        self._makings, self._last = makings, last
        self._kept: dict[dt.date, tuple[Assessment, Stood]] = {}

    def effect(self, row: ClaimRow, claims: Collection[str]) -> Effect:
        """What the record would be without these claims, of which `row` is the first."""
        less, moved, kept = self._makings.without(claims), [], 1.0
        for on in self._days(row):
            if on not in self._kept:
                self._kept[on] = answered(self._makings, on)
            (was, before), (now, after) = self._kept[on], answered(less, on)
            apart = _between(was, now, on) if (before.status, after.status) != ("unknown", "unknown") else 0.0
            gone = max(apart, _shift(before, after), _lanes(before, after))
            kept *= 1 - gone * (1.0 if on == self._last else PAST)
            if differ(before, after):
                moved.append(Moved(row.place_id or "", row.place_name or row.place, before, after))
        return Effect(round(1 - kept, 6), exact=True, moved=tuple(moved))

    def _days(self, row: ClaimRow) -> list[dt.date]:
        told = ordinal(row.date_to or row.date_from)
        own = [dt.date.fromordinal(told)] if told is not None and told < self._last.toordinal() else []
        return [*own, self._last]


def answered(makings: Makings, on: dt.date) -> tuple[Assessment, Stood]:
    """Who held a place on a day, by these claims alone and what is around it."""
    made = assess(makings.rows, makings.rules, on, makings.around)
    silence = Silence.of(on, makings.rules)
    lanes = _passage(makings, on) if makings.posts and makings.rows else ()
    return made, stood_in(made, silence, on, lanes)


def _passage(makings: Makings, on: dt.date) -> tuple[str, ...]:
    assert makings.posts is not None
    rows = passage(makings.rows, makings.posts, (), makings.rules.weights, on.toordinal(), at=on)
    return lanes_of(rows)


def _between(one: Assessment, other: Assessment, on: dt.date) -> float:
    """How far two answers are apart: the share of probability that lies elsewhere."""
    day, labels = on.toordinal(), {*one.states, *other.states, ""}
    if not one.states or not other.states:
        known = one if one.states else other
        return 1 - known.probability("", day) if known.states else 0.0
    return sum(abs(one.probability(label, day) - other.probability(label, day)) for label in labels) / 2


def _shift(before: Stood, after: Stood) -> float:
    """How far the day is moved on which the same holder came, as a share of what a turn counts."""
    first, second = ordinal(before.since), ordinal(after.since)
    same = (before.holder_id, before.status) == (after.holder_id, after.status)
    if not same or first == second:
        return 0.0
    apart = abs(first - second) if first is not None and second is not None else SHIFT_DAYS
    return SHIFT * min(apart / SHIFT_DAYS, 1.0)


def _lanes(before: Stood, after: Stood) -> float:
    """Whether it was open or closed counts as much as who holds it, where nothing else is told of it any more."""
    return 0.8 if before.passage != after.passage else 0.0


def sharpened(item: Item, resolved: Resolved | None, effect: Effect | None) -> Item:
    """The item with the doubt that its place raises, and with the effect that was worked out.

    One that counts for nothing keeps what it might move if it were mended: without it nothing changes, of course.
    """
    if any(one.kind == "left-out" for one in item.doubts):
        effect = None
    extra = [one for one in doubts(Facts(item.row, (), resolved)) if one.kind == "place"] if resolved else []
    why = tuple(sorted((*item.doubts, *extra), key=lambda one: -one.share))
    return replace(item, doubts=why, doubt=together(why, item.row), effect=effect or item.effect)
