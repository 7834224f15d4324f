"""What people have decided about events: these claims tell of one happening, those do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

SAME, APART = "same", "apart"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of a person about claims, all of one place."""

    kind: str
    """same: all the claims tell of one happening; apart: no two of them do."""
    claim_ids: tuple[str, ...]
    made: str
    """When it was decided, ISO 8601, UTC."""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """Decisions that agree with one another: what is left when the newer ones have prevailed."""

    same: Mapping[str, str]
    """Claim to the smallest id among the claims that are one happening with it."""
    apart: frozenset[tuple[str, str]]
    """Pairs of such smallest ids, in order, that are not one happening."""
    said: tuple[Judgement, ...] = ()
    """The decisions that hold at least in part, oldest first."""

    def one(self, claim_id: str) -> str:
        """What stands for all the claims that are one happening with this one by decision."""
        return self.same.get(claim_id, claim_id)

    def divided(self, one: str, other: str) -> bool:
        """Whether somebody has decided that two claims are not one happening."""
        first, second = sorted((self.one(one), self.one(other)))
        return (first, second) in self.apart


def settled(judgements: Iterable[Judgement]) -> Settled:
    """Which decisions hold. A newer one prevails over an older one; made at one moment, a split over a merge.

    Merges reach on: with A and B one happening, and B and C, so are A and C, unless a newer decision parts them.
    """
    parent: dict[str, str] = {}
    parted: list[tuple[str, str]] = []
    kept: set[Judgement] = set()
    for one in sorted(set(judgements), key=_order)[::-1]:
        ids = sorted(set(one.claim_ids))
        for first, second in combinations(ids, 2) if one.kind == APART else _enough(ids):
            roots = tuple(sorted((_root(parent, first), _root(parent, second))))
            held = any(tuple(sorted((_root(parent, a), _root(parent, b)))) == roots for a, b in parted)
            if roots[0] == roots[1] or held:
                if held == (one.kind == APART):
                    kept.add(one)
                continue
            kept.add(one)
            if one.kind == APART:
                parted.append((first, second))
            else:
                parent[roots[1]] = roots[0]
    same = {claim: _root(parent, claim) for claim in sorted(parent)}
    pairs = {tuple(sorted((same.get(first, first), same.get(second, second)))) for first, second in parted}
    return Settled(
        same, frozenset((first, second) for first, second in pairs), tuple(sorted(kept, key=_order))
    )  # fmt: skip


def _enough(ids: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Pairs enough to join all: neighbours first, then the rest, so that one refused pair keeps no other apart."""
    return [*pairwise(ids), *combinations(ids, 2)]


def _order(one: Judgement) -> tuple[object, ...]:
    """Oldest first; of those made at one moment the split is the newest."""
    return (one.made, one.kind == APART, one.claim_ids, one.by, one.reason)


def _root(parent: Mapping[str, str], node: str) -> str:
    while (above := parent.get(node, node)) != node:
        node = above
    return node
