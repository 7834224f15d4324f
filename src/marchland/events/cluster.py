"""Which claims of one deed by one side at one place are one happening."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marchland.events.told import Told
from marchland.events.weights import Grouping
from marchland.events.witness import witnesses


@dataclass(slots=True)
class Cluster:
    """Claims taken for one happening while they are being gathered; `first` and `last` span the narrow dates."""

    side: str
    first: int | None
    last: int
    rows: list[Told] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """How many witnesses it has."""
        return len(witnesses(self.rows))

    def take(self, other: Iterable[Told]) -> None:
        """Add claims and keep the span of the narrow ones."""
        self.rows.extend(other)

    def gap(self, first: int, last: int) -> int:
        """Days between it and an interval; 0 where they touch."""
        return max(first - self.last, (self.first if self.first is not None else self.last) - last, 0)


def clusters(rows: Sequence[Told], side: str, cuts: Sequence[int], grouping: Grouping) -> list[Cluster]:
    """Happenings of one side. `cuts` are days on which the opposite was done: no happening reaches across one."""
    narrow = [one for one in rows if one.width is not None and one.width <= grouping.narrow_days]
    wide = [one for one in rows if one.width is not None and one.width > grouping.narrow_days]
    openings = [one for one in rows if one.width is None and one.last is not None]
    found = _outliers(_narrow(narrow, side, cuts, grouping), cuts, grouping)
    for one in sorted(wide, key=_order):
        _join_wide(found, one, side, cuts)
    for one in sorted(openings, key=_order):
        _join_open(found, one, side, cuts, grouping)
    undated = [one for one in rows if one.last is None]
    if undated and len(found) == 1:
        found[0].take(undated)
    return sorted(found, key=lambda one: (one.last, one.first or 0))


def attach(found: Sequence[Cluster], one: Told, reach: int) -> Cluster | None:
    """The happening that a claim without an actor, or a denial, speaks of: the nearest within `reach` days."""
    if one.last is None:
        return found[0] if len(found) == 1 else None
    first = one.first if one.first is not None else one.last - reach
    near = [(cluster.gap(first, one.last), -cluster.last, cluster.side, cluster) for cluster in found]
    close = sorted(
        (item for item in near if item[0] <= (reach if one.first is not None else 1)), key=lambda item: item[:3]
    )
    return close[0][3] if close else None


def _order(one: Told) -> tuple[int, int, str]:
    return (one.first if one.first is not None else one.last or 0, one.last or 0, one.row.claim_id)


def _cut(cuts: Sequence[int], before: int, after: int) -> bool:
    """Whether the opposite was done strictly between two days."""
    return any(before < cut < after for cut in cuts)


def _narrow(rows: Sequence[Told], side: str, cuts: Sequence[int], grouping: Grouping) -> list[Cluster]:
    found: list[Cluster] = []
    for one in sorted(rows, key=_order):
        first, last = one.first or 0, one.last or 0
        back = found[-1] if found else None
        if back and first - back.last <= grouping.join_days and not _cut(cuts, back.last, first):
            back.take([one])
            back.last = max(back.last, last)
        else:
            found.append(Cluster(side, first, last, [one]))
    return found


def _outliers(found: list[Cluster], cuts: Sequence[int], grouping: Grouping) -> list[Cluster]:
    """Single witnesses with another day go to a better attested happening nearby, or to one another."""
    ranked = sorted(found, key=lambda one: (-one.weight, one.first or 0))
    kept: list[Cluster] = []
    for one in ranked:
        host = _host(one, kept, cuts, grouping)
        if host:
            host.take(one.rows)
        else:
            kept.append(one)
    return kept


def _host(one: Cluster, kept: Sequence[Cluster], cuts: Sequence[int], grouping: Grouping) -> Cluster | None:
    if one.weight > 1:
        return None
    near = []
    for host in kept:
        reach = grouping.outlier_days if host.weight > 1 else grouping.pair_days
        gap = host.gap(one.first or one.last, one.last)
        early, late = sorted((host, one), key=lambda item: item.last)
        if gap <= reach and not _cut(cuts, early.last, late.first or late.last):
            near.append((gap, host.last, host))
    return min(near, key=lambda item: item[:2])[2] if near else None


def _join_wide(found: list[Cluster], one: Told, side: str, cuts: Sequence[int]) -> None:
    """A wide date joins the best attested happening inside it, else it is one of its own."""
    first, last = one.first or 0, one.last or 0
    inside = [cluster for cluster in found if cluster.gap(first, last) <= 1]
    if inside:
        min(inside, key=lambda cluster: (-cluster.weight, -cluster.last)).take([one])
    else:
        found.append(Cluster(side, first, last, [one]))


def _join_open(found: list[Cluster], one: Told, side: str, cuts: Sequence[int], grouping: Grouping) -> None:
    """ "On or before" joins the latest happening before it, unless that is long ago or the opposite was done since."""
    last = one.last or 0
    before = [cluster for cluster in found if (cluster.first if cluster.first is not None else cluster.last) <= last + 1
              and not _cut(cuts, cluster.last, last) and last - cluster.last <= grouping.retold_days]  # fmt: skip
    if before:
        max(before, key=lambda cluster: (cluster.last, cluster.weight)).take([one])
    else:
        found.append(Cluster(side, None, last, [one]))
