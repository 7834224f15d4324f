"""Exact scores of a clustering against another: MUC, B-cubed, CEAF_e and their mean, the CoNLL F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Clusters = Sequence[frozenset[Hashable]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def clusters_of(labels: Mapping[Hashable, Hashable]) -> list[frozenset[Hashable]]:
    """Items with one label as one cluster."""
    found: dict[Hashable, set[Hashable]] = {}
    for item, label in labels.items():
        found.setdefault(label, set()).add(item)
    return [frozenset(members) for members in found.values()]


def muc(gold: Clusters, told: Clusters) -> Score:
    """Links: how many joins of each cluster the other side makes as well (Vilain et al. 1995)."""
    return Score(_links(told, gold), _links(gold, told))


def _links(mine: Clusters, theirs: Clusters) -> float:
    owner = {item: index for index, one in enumerate(theirs) for item in one}
    right = asked = 0
    for one in mine:
        parts = {owner.get(item, ("alone", item)) for item in one}
        right += len(one) - len(parts)
        asked += len(one) - 1
    return right / asked if asked else 0.0


def b_cubed(gold: Clusters, told: Clusters) -> Score:
    """Items: which share of its cluster is right, on the mean (Bagga and Baldwin 1998)."""
    return Score(_items(told, gold), _items(gold, told))


def _items(mine: Clusters, theirs: Clusters) -> float:
    owner = {item: index for index, one in enumerate(theirs) for item in one}
    total = sum(len(one) for one in mine)
    right = 0.0
    for one in mine:
        shared = Counter(owner[item] for item in one if item in owner)
        right += sum(count * count for count in shared.values()) / len(one)
    return right / total if total else 0.0


def ceaf_e(gold: Clusters, told: Clusters) -> Score:
    """Clusters: each with at most one of the other side, so that they agree best (Luo 2005, phi 4)."""
    similar = sum(_best(block, gold, told) for block in _blocks(gold, told))
    return Score(similar / len(told) if told else 0.0, similar / len(gold) if gold else 0.0)


def conll(gold: Clusters, told: Clusters) -> float:
    """The mean of the three F1."""
    return sum(one(gold, told).f1 for one in (muc, b_cubed, ceaf_e)) / 3


def _blocks(gold: Clusters, told: Clusters) -> Iterable[tuple[list[int], list[int]]]:
    """Clusters that share items, over any number of steps: what lies apart can be assigned apart."""
    owner = {item: index for index, one in enumerate(told) for item in one}
    reach = [sorted({owner[item] for item in one if item in owner}) for one in gold]
    back: dict[int, list[int]] = {}
    for index, others in enumerate(reach):
        for other in others:
            back.setdefault(other, []).append(index)
    seen: set[int] = set()
    for begin in range(len(gold)):
        if begin in seen or not reach[begin]:
            continue
        rows, columns, waiting = {begin}, set[int](), [begin]
        while waiting:
            for column in reach[waiting.pop()]:
                if column not in columns:
                    columns.add(column)
                    fresh = set(back[column]) - rows
                    rows |= fresh
                    waiting.extend(sorted(fresh))
        seen |= rows
        yield sorted(rows), sorted(columns)


def _best(block: tuple[list[int], list[int]], gold: Clusters, told: Clusters) -> float:
    rows, columns = block
    matrix = [[_phi4(gold[row], told[column]) for column in columns] for row in rows]
    return heaviest(matrix)


def _phi4(one: Collection[Hashable], other: Collection[Hashable]) -> float:
    return 2 * len(set(one) & set(other)) / (len(one) + len(other))


def heaviest(weights: Sequence[Sequence[float]]) -> float:
    """The largest sum of weights with no row and no column used twice (the Hungarian method, in cubic time)."""
    if not weights or not weights[0]:
        return 0.0
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights, strict=True)]
    height, width = len(weights), len(weights[0])
    rise, fall = [0.0] * (height + 1), [0.0] * (width + 1)
    taken = [0] * (width + 1)
    for row in range(1, height + 1):
        _augment(row, weights, rise, fall, taken)
    return sum(weights[taken[column] - 1][column - 1] for column in range(1, width + 1) if taken[column])


def _augment(
    row: int, weights: Sequence[Sequence[float]], rise: list[float], fall: list[float], taken: list[int]
) -> None:
    """Give one more row a column, along the cheapest path of rows that move over."""
    width = len(fall) - 1
    slack, way, done = [float("inf")] * (width + 1), [0] * (width + 1), [False] * (width + 1)
    taken[0], at = row, 0
    while taken[at]:
        done[at] = True
        holder, least, following = taken[at], float("inf"), 0
        for column in range(1, width + 1):
            if done[column]:
                continue
            cost = -weights[holder - 1][column - 1] - rise[holder] - fall[column]
            if cost < slack[column]:
                slack[column], way[column] = cost, at
            if slack[column] < least:
                least, following = slack[column], column
        for column in range(width + 1):
            if done[column]:
                rise[taken[column]] += least
                fall[column] -= least
            else:
                slack[column] -= least
        at = following
    while at:
        taken[at] = taken[way[at]]
        at = way[at]
