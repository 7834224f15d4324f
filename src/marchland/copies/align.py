"""Which stretches of two texts are the same, edits allowed: seeds of a few words, extended and joined over gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marchland.copies.settings import Aligning
from marchland.copies.sketch import Hashes, Words, shingles
from marchland.records import Aligned

MOST_REPEATS = 4
"""Places in the other text that are tried for one seed, which may be a refrain."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `first` to `last` of one text that are words `other_first` to `other_last` of the other.

    Ends are not included; `matched` counts the words that are equal and in line.
    """

    first: int
    last: int
    other_first: int
    other_last: int
    matched: int


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Words in a row, with the hashes of their runs of `seed` words, sorted: made once, compared often."""

    ids: Hashes
    seeds: Hashes
    order: NDArray[np.intp]
    ranked: Hashes

    @classmethod
    def of(cls, ids: Hashes, rules: Aligning) -> Row:
        """The row of some words."""
        seeds = shingles(ids, rules.seed)
        order = np.argsort(seeds, kind="stable")
        return cls(ids, seeds, order, seeds[order])


def stretches(one: Row, other: Row, rules: Aligning, least: int) -> tuple[Stretch, ...]:
    """The stretches that two texts share, in the order of the first, each with at least `least` equal words."""
    joined = _joined(runs(one, other), one.ids, other.ids, rules.gap)
    kept = (found for found in joined if found.matched >= least and _density(found) >= rules.dense)
    return tuple(_widened(found, one.ids, other.ids, rules.gap) for found in kept)


def aligned(one: Words, other: Words, found: Iterable[Stretch]) -> tuple[Aligned, ...]:
    """Stretches as ranges of characters."""
    ranges = []
    for item in found:
        mine, theirs = one.span(item.first, item.last), other.span(item.other_first, item.other_last)
        ranges.append(Aligned(mine.start, mine.end, theirs.start, theirs.end, item.matched))
    return tuple(ranges)


def _widened(one: Stretch, mine: Hashes, theirs: Hashes, gap: int) -> Stretch:
    """The stretch with the few words beyond an edit near its ends that are too few to be found by themselves."""
    back = min(gap, one.first, one.other_first)
    ahead = min(gap, len(mine) - one.last, len(theirs) - one.other_last)
    before, matched_before = _reach(
        mine[one.first - back : one.first][::-1] == theirs[one.other_first - back : one.other_first][::-1]
    )
    after, matched_after = _reach(mine[one.last : one.last + ahead] == theirs[one.other_last : one.other_last + ahead])
    return Stretch(
        one.first - before, one.last + after, one.other_first - before, one.other_last + after,
        one.matched + matched_before + matched_after,
    )  # fmt: skip


def _reach(equal: NDArray[np.bool_]) -> tuple[int, int]:
    """How far one may go while at least half of the words are equal, ending with an equal one; and how many are."""
    best, matched = (0, 0), 0
    for steps, same in enumerate(equal.tolist(), start=1):
        matched += same
        if same and 2 * matched >= steps:
            best = (steps, matched)
    return best


def _density(one: Stretch) -> float:
    return one.matched / max(one.last - one.first, one.other_last - one.other_first)


def runs(one: Row, other: Row) -> Iterator[Stretch]:
    """Runs of equal words, none inside another, from left to right in the first text."""
    if not len(other.seeds):
        return
    left = np.searchsorted(other.ranked, one.seeds)
    shared = np.flatnonzero(other.ranked[np.minimum(left, len(other.ranked) - 1)] == one.seeds)
    right = np.searchsorted(other.ranked, one.seeds[shared], side="right")
    position, diagonal = 0, 0
    for start, low, high in zip(shared.tolist(), left[shared].tolist(), right.tolist(), strict=True):
        if start < position:
            continue
        places = _near(other.order[low:high], start + diagonal)
        length, _, place = max(
            (_equal(one.ids, other.ids, start, at), -abs(at - start - diagonal), at) for at in places
        )
        yield Stretch(start, start + length, place, place + length, length)
        position, diagonal = start + length, place - start


def _near(places: NDArray[np.intp], wanted: int) -> list[int]:
    """The first few places of a seed, those near where the last match would go on before the others."""
    if len(places) > MOST_REPEATS:
        places = places[np.argsort(np.abs(places - wanted), kind="stable")[:MOST_REPEATS]]
    found: list[int] = places.tolist()
    return found


def _equal(one: Hashes, other: Hashes, start: int, place: int) -> int:
    """How many words are equal from two positions on."""
    length = min(len(one) - start, len(other) - place)
    differ = one[start : start + length] != other[place : place + length]
    first = int(differ.argmax()) if length else 0
    return first if length and differ[first] else length


def _joined(found_runs: Iterable[Stretch], one: Hashes, other: Hashes, gap: int) -> list[Stretch]:
    """Runs that follow one another in both texts with few words between become one stretch."""
    found: list[Stretch] = []
    for run in found_runs:
        # A stray match elsewhere may stand between two runs of one stretch: the last few are all still open.
        at = next(
            (at for at in range(len(found) - 1, max(len(found) - 4, -1), -1) if _follows(run, found[at], gap)), -1
        )
        if at < 0:
            found.append(run)
            continue
        last = found[at]
        between = _between(one[last.last : run.first], other[last.other_last : run.other_first])
        matched = last.matched + between + run.matched
        found[at] = Stretch(last.first, run.last, last.other_first, run.other_last, matched)
    return found


def _follows(run: Stretch, last: Stretch, gap: int) -> bool:
    """Whether a run goes on, in both texts, where a stretch ended, or a few words later."""
    return 0 <= run.first - last.last <= gap and 0 <= run.other_first - last.other_last <= gap


def _between(one: Hashes, other: Hashes) -> int:
    """Equal words of a gap, where it is of one length on both sides."""
    return int((one == other).sum()) if len(one) == len(other) else 0
