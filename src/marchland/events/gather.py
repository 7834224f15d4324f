"""The claims about one place, gathered into happenings: by deed, by side, by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from marchland.events.cluster import Cluster, attach, clusters
from marchland.events.judgement import Judgement
from marchland.events.others import others
from marchland.events.told import UNLISTED, Told, actor_key, family, is_described, opponent_key
from marchland.events.weights import Weights
from marchland.records import EVENTS

OPPOSED = {"closes": ("reopens",), "reopens": ("closes",), "restricts": ("reopens",)}
"""Deeds that undo one another whoever does them."""
DEEDS = frozenset(map(family, EVENTS))
"""Deeds about control of places and passage; the rest is compared word by word."""
SIDED = frozenset({"captures", "leaves", "controls", "repels", "besieges", "hands_over"})
"""Deeds that only the side which did them can deny or undo."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Claims taken for one happening, and the denials of it."""

    deed: str
    partial: bool
    cluster: Cluster
    denials: tuple[Told, ...]
    decided: tuple[Judgement, ...] = ()

    @property
    def all(self) -> tuple[Told, ...]:
        """Every claim, those for it first."""
        return (*self.cluster.rows, *self.denials)


def at_place(
    rows: Sequence[Told], members: Iterable[Told], partial: bool, keys: Mapping[str, str], weights: Weights
) -> Iterator[Gathered]:
    """The happenings that `members` tell of; `rows` is all that is told of the place."""
    kinds: dict[str, list[Told]] = defaultdict(list)
    for one in members:
        kinds[family(one.row.event)].append(one)
    for deed in sorted(kinds):
        cuts = _cuts(rows, deed, keys, weights)
        told = [one for one in kinds[deed] if one.row.stance != "denies"]
        denials = [one for one in kinds[deed] if one.row.stance == "denies"]
        if deed not in DEEDS:
            found = others(told, keys, weights.grouping)
        else:
            found = _fights(told, keys, weights) if deed == "fights" else _by_side(told, deed, cuts, keys, weights)
        for cluster, against in _deny(found, denials, deed, keys, weights):
            yield Gathered(deed, partial, cluster, tuple(against))


def _cuts(rows: Sequence[Told], deed: str, keys: Mapping[str, str], weights: Weights) -> Mapping[str, list[int]]:
    """For each side, the days on which the opposite of its deed is told of, narrowly dated and not denied."""
    cuts: dict[str, list[int]] = {side: [] for side in {"", *keys.values()}}
    for one in rows:
        width = one.width
        if width is None or width > weights.grouping.narrow_days or one.row.stance != "asserts" or one.last is None:
            continue
        actor, kind = keys[actor_key(one.row)], family(one.row.event)
        undone = set(cuts) if kind in OPPOSED.get(deed, ()) else set()
        if deed in ("captures", "leaves", "controls") and kind == "captures" and actor and not one.row.place_part:
            undone = set(cuts) - {actor, ""} if deed != "leaves" else {actor}
        for side in undone:
            cuts[side].append(one.last)
    return cuts


# ---------------------------------------------------------------------------------------------------------- by one side


def _by_side(
    members: Sequence[Told], deed: str, cuts: Mapping[str, list[int]], keys: Mapping[str, str], weights: Weights
) -> list[Cluster]:
    sides: dict[str, list[Told]] = defaultdict(list)
    for one in members:
        sides[keys[actor_key(one.row)]].append(one)
    loose = [one for side in _nameless(sides) for one in sides.pop(side)]
    found = [made for side in sorted(sides) for made in clusters(sides[side], side, cuts[side], weights.grouping)]
    found = _one_taker(found, keys, weights) if deed == "captures" else found
    return found + _settle(found, loose, cuts, keys, weights)


def _nameless(sides: Mapping[str, Sequence[Told]]) -> list[str]:
    """The actors whose claims may speak of what another did: nobody, "fighters", and a name that only one report has.

    Where no named side did it, the words of a report are all there is, and stand.
    """
    named = [side for side in sides if side and not is_described(side)]
    listed = [side for side in named if not side.startswith(UNLISTED)]
    return [
        side for side in sorted(sides)
        if not side or (side not in named and named) or (side not in listed and listed)
    ]  # fmt: skip


def _one_taker(found: list[Cluster], keys: Mapping[str, str], weights: Weights) -> list[Cluster]:
    """A taker that no table knows and few name, where many name another for the same days, is a misreading.

    Not so where one is told to have taken it from the other, or to have taken it back. Two parties that are known stay
    two happenings: which of them it was is for the filter to weigh.
    """
    kept: list[Cluster] = []
    for one in sorted(found, key=lambda item: (-item.weight, item.last, item.side)):
        rivals = [
            host for host in kept
            if one.side.startswith(UNLISTED) and host.side != one.side and host.weight >= 2 * one.weight
            and not _from_one_another(host, one, keys)
            and host.gap(one.first if one.first is not None else one.last, one.last) <= weights.grouping.join_days
        ]  # fmt: skip
        if rivals:
            rivals[0].take(one.rows)
        else:
            kept.append(one)
    return kept


def _from_one_another(one: Cluster, other: Cluster, keys: Mapping[str, str]) -> bool:
    against = {keys[opponent_key(item.row)] for item in (*one.rows, *other.rows)}
    back = any(item.row.event == "recaptures" for item in (*one.rows, *other.rows))
    return back or bool(against & {one.side, other.side})


def _only_back(cluster: Cluster) -> bool:
    """Whether it is only told of as a recapture: then a fall that names no taker is what went before it."""
    return all(item.row.event == "recaptures" for item in cluster.rows)


def _settle(
    found: list[Cluster],
    loose: Sequence[Told],
    cuts: Mapping[str, list[int]],
    keys: Mapping[str, str],
    weights: Weights,
) -> list[Cluster]:
    """Claims that name no actor, or one that no table knows, join what a known side did then; the rest stand alone."""
    left: dict[str, list[Told]] = defaultdict(list)
    for one in sorted(loose, key=lambda item: item.row.claim_id):
        hosts = [
            cluster for cluster in found
            if cluster.side != keys[opponent_key(one.row)] and not (one.row.event == "captures" and _only_back(cluster))
        ]  # fmt: skip
        host = attach(hosts, one, weights.grouping.join_days)
        if host:
            host.take([one])
        else:
            left[keys[actor_key(one.row)]].append(one)
    return [made for side in sorted(left) for made in clusters(left[side], side, cuts[side], weights.grouping)]


# ---------------------------------------------------------------------------------------------------- between two sides


def _fights(members: Sequence[Told], keys: Mapping[str, str], weights: Weights) -> list[Cluster]:
    """Fights between two sides are one happening whoever attacks; a report that names fewer joins a fuller one."""
    between: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for one in members:
        between[tuple(sorted({keys[actor_key(one.row)], keys[opponent_key(one.row)]} - {""}))].append(one)
    found: list[tuple[frozenset[str], Cluster]] = []
    for sides in sorted(between, key=lambda item: (-len(item), item)):
        left = []
        for one in sorted(between[sides], key=lambda item: item.row.claim_id):
            hosts = [cluster for others, cluster in found if others > set(sides)]
            host = attach(hosts, one, weights.grouping.join_days)
            if host:
                host.take([one])
            else:
                left.append(one)
        found += [(frozenset(sides), made) for made in clusters(left, _attacker(left, keys), (), weights.grouping)]
    return [cluster for _, cluster in found]


def _attacker(rows: Sequence[Told], keys: Mapping[str, str]) -> str:
    """The side that most claims name as the one that attacks; of several, the one that the first row names."""
    named = Counter(keys[actor_key(one.row)] for one in rows)
    named.pop("", None)
    return max(named, key=lambda side: named[side]) if named else ""


# -------------------------------------------------------------------------------------------------------------- denials


def _deny(
    found: list[Cluster], denials: Sequence[Told], deed: str, keys: Mapping[str, str], weights: Weights
) -> list[tuple[Cluster, list[Told]]]:
    """Each denial goes to the happening of that side that it may deny; one that finds none stands alone."""
    held: dict[int, list[Told]] = defaultdict(list)
    alone: list[tuple[Cluster, list[Told]]] = []
    for one in sorted(denials, key=lambda item: item.row.claim_id):
        side = keys[actor_key(one.row)] if deed in SIDED else ""
        hosts = [cluster for cluster in found if not side or not cluster.side or cluster.side == side]
        host = attach(hosts, one, weights.grouping.denial_days)
        if host:
            held[id(host)].append(one)
        elif one.last is not None:
            alone.append((Cluster(side, None, one.last), [one]))
    return [(cluster, held[id(cluster)]) for cluster in found] + alone
