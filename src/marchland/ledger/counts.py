"""Counts of smaller places as evidence: "17 of 19 districts" against what is known of each district.

A count says how many members a side holds, never which. Its likelihood is that of the number of members held, exact
by dynamic programming over members of unlike odds (Poisson-binomial); what nothing is known of counts as held with a
share that is not known either. What the count says of one member is the ratio of that likelihood with the member held
to without, all the others being as uncertain as they are. Everything here is pure arithmetic on records.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marchland.events.told import SameSide, actor_key, opponent_key, told
from marchland.events.weights import Counting, Weights
from marchland.ledger.evidence import Opposed
from marchland.records import ClaimRow

Array = NDArray[np.float64]

HOLDING = frozenset({"captures", "recaptures", "controls"})
"""Events whose actor holds what is counted."""
SHARES = 9
"""Points at which the share of unreported members that a side holds is tried."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many members of a place a side is said to hold, in the terms of one claim."""

    row: ClaimRow
    kind: str
    """What is counted: district, province, capital, crossing, or territory (its share, told by districts).

    Else the word for it as told, where some of a whole are counted: of such there is no list.
    """
    side: str
    """Key of the side that is said to hold them."""
    part: float
    whole: float | None
    """As told; 100 for shares, None where only a number is told."""
    share: bool
    """Whether `part` is in percent of all."""
    bound: str
    """at-least, at-most, about, or empty."""
    day: int
    """The day for which it is told: the ordinal of its last possible day, no later than its report."""
    known: int

    @property
    def member_kind(self) -> str:
        """The kind of place that the members are."""
        return "district" if self.kind == "territory" else self.kind

    @property
    def figure(self) -> tuple[object, ...]:
        """What makes two counts one figure."""
        return (self.row.place_id, self.kind, self.side, self.part, self.whole)


def count_of(row: ClaimRow, rules: Counting) -> Count | None:
    """The count that a claim makes of members of its place; None where it makes none, or tells only of a plan."""
    side, number = actor_key(row), row.quantity_part
    kind = _kind(row, rules)
    one = told(row)
    if row.event not in HOLDING or row.stance in ("plans", "denies") or not (side and kind) or number is None:
        return None
    if one.last is None or one.known is None or not row.place_id or row.place_kind not in ("country", "province"):
        return None
    share = row.quantity_whole == 100 and (kind == "territory" or not re.search(r"\b100\b", row.quantity or ""))
    if kind == "territory" and not share:
        return None
    bound = row.quantity_bound
    if row.event != "controls" and row.quantity_whole is None:
        bound = bound or "at-least"  # what was taken lately is not all that is held
    return Count(row, kind, side, number, row.quantity_whole, share, bound, min(one.last, one.known), one.known)


def _kind(row: ClaimRow, rules: Counting) -> str:
    """What a claim counts; empty where its unit is narrower than all of one kind, or unlisted with no whole told."""
    words = re.findall(r"[^\W\d_]+", row.quantity_unit.casefold())
    names = {name.casefold() for name in (row.place_name, row.place, *row.place_aliases) if name}
    if row.quantity_whole == 100 and row.quantity_unit.casefold() in names:
        return "territory"
    if not words or not set(words[:-1]) <= set(rules.beside):
        return ""
    kinds = {"district": rules.district, "province": rules.province, "capital": rules.capital,
             "crossing": rules.crossing, "territory": rules.territory}  # fmt: skip
    if words[-1] in rules.beside and words[0] in rules.district:
        return "district"  # "district centres"
    found = next((kind for kind, listed in kinds.items() if words[-1] in listed), "")
    if not found and row.quantity_kind == "places" and row.quantity_whole is not None:
        return str(words[-1])
    return "" if found == "territory" and row.quantity_whole != 100 else found


def first_told(counts: Iterable[Count], rules: Counting) -> list[tuple[Count, tuple[Count, ...]]]:
    """One entry for each figure: its first telling, and all tellings of it within `same_days` of that."""
    ordered = sorted(counts, key=lambda one: (one.known, one.day, one.row.claim_id))
    made: list[tuple[Count, list[Count]]] = []
    for one in ordered:
        same = next((item for item in made if _same(item[0], one, rules)), None)
        if same:
            same[1].append(one)
        else:
            made.append((one, [one]))
    return [(first, tuple(every)) for first, every in made]


def _same(one: Count, other: Count, rules: Counting) -> bool:
    witness = one.row.witness_id and one.row.witness_id == other.row.witness_id and one.kind == other.kind
    return bool(witness) or (one.figure == other.figure and abs(other.known - one.known) <= rules.same_days)


# ---------------------------------------------------------------------------------------------------------- likelihood


def claimant_ratio(one: Count, weights: Weights, same_side: SameSide, opposed: Opposed) -> float:
    """Likelihood ratio of who says so: little for a side that counts its own, much for one that counts its losses."""
    row = one.row
    speaker = row.source_side
    ratio = weights.ratio_of(row.source_class)
    if speaker and same_side(speaker, one.side):
        ratio = weights.interest.own_gain
    elif speaker and (opposed(speaker, one.side) or (opponent_key(row) and same_side(speaker, opponent_key(row)))):
        ratio = weights.interest.own_loss
    found: float = ratio ** weights.stance.get(row.stance, 0.0)
    return found


def trust(one: Count, ratio: float) -> float:
    """The chance that a count is right and right read, from the ratio of its claimant; 0 to 1."""
    return one.row.reading * ratio / (1 + ratio)


def shortfall(one: Count, number: float, on_record: int) -> float:
    """What the record lacks of a count, or has too many (negative); what "at least" and "at most" allow is neither."""
    gap = round(number - on_record, 1)
    allowed = (one.bound == "at-least" and gap < 0) or (one.bound == "at-most" and gap > 0)
    return 0.0 if allowed else gap


def in_scope(one: Count, members: int, rules: Counting) -> bool:
    """Whether the whole that is told may be the members that we know."""
    if one.share or one.whole is None:
        return one.share or one.part <= members * rules.scope + rules.scope_near
    near = abs(one.whole - members) <= rules.scope_near
    return near or max(one.whole, members) <= rules.scope * max(min(one.whole, members), 1)


def claimed(one: Count, members: int) -> float:
    """How many of our members the count makes, where lists of members may differ in length."""
    if one.whole:
        return one.part / one.whole * members
    return min(one.part, float(members))


def likelihood(one: Count, members: int, right: float, rules: Counting) -> Array:
    """By the number of members held, 0 to `members`: how well the count fits, times any constant.

    `right` is the chance that it is right at all; where it is not, it says nothing.
    """
    numbers = np.arange(members + 1)
    number = claimed(one, members)
    spread = rules.share if one.kind == "territory" else rules.about if one.bound == "about" else rules.exact
    width = max(spread * members, 0.35)
    if one.whole and not one.share:
        width = math.hypot(width, abs(one.whole - members) / 2)
    beyond = max(rules.least * members, 1.0)
    low, high = (beyond if one.bound == side else width for side in ("at-most", "at-least"))
    gap = numbers - number
    fits = np.exp(-0.5 * (gap / np.where(gap < 0, low, high)) ** 2)
    if one.bound == "at-least" and one.row.event != "controls" and one.whole is None:
        fits = np.where(gap >= 0, 1.0, fits)  # what was taken lately sets no upper limit
    result: Array = right * fits / fits.mean() + (1 - right)
    return result


def number_held(held: Array, unknown: Array) -> Array:
    """Distribution of the number of members held: `held` is each one's probability, `unknown` that nobody is known."""
    total = np.zeros(len(held) + 1)
    for share in _shares():
        total += _sum_of(held + unknown * share)
    result: Array = total / total.sum()
    return result


def messages(held: Array, unknown: Array, fits: Array, cap: float) -> Array:
    """What the count says of each member: the ratio of its likelihood with the member held to without, bounded."""
    count = len(held)
    with_it, without = np.zeros(count), np.zeros(count)
    for share in _shares():
        odds = held + unknown * share
        before = _prefixes(odds)
        after = fits.copy()
        for index in range(count - 1, -1, -1):
            row = before[index][: index + 1]
            without[index] += row @ after[: index + 1]
            with_it[index] += row @ after[1 : index + 2]
            after = (1 - odds[index]) * after[:-1] + odds[index] * after[1:]
    ratio: Array = np.clip(with_it / np.maximum(without, 1e-300), 1 / cap, cap)
    return ratio


def _shares() -> Array:
    return (np.arange(SHARES) + 0.5) / SHARES


def _prefixes(odds: Array) -> list[Array]:
    """Distribution of the number held among the first n members, for every n."""
    made = [np.ones(1)]
    for chance in odds[:-1]:
        last = made[-1]
        after = np.zeros(len(last) + 1)
        after[:-1] += last * (1 - chance)
        after[1:] += last * chance
        made.append(after)
    return made


def _sum_of(odds: Array) -> Array:
    found = np.ones(1)
    for chance in odds:
        after = np.zeros(len(found) + 1)
        after[:-1] += found * (1 - chance)
        after[1:] += found * chance
        found = after
    return found


def mean(distribution: Array) -> float:
    """The number to expect, of the same distribution as its `span`."""
    return float(np.arange(len(distribution)) @ distribution)


def span(distribution: Array, tail: float) -> tuple[int, int]:
    """The range of numbers that leaves out `tail` of the probability at each end."""
    rising = np.cumsum(distribution)
    return int(np.searchsorted(rising, tail)), int(np.searchsorted(rising, 1 - tail))
