"""What people have decided, laid over what the rules have gathered: happenings are parted, then joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from marchland.events.cluster import Cluster
from marchland.events.gather import Gathered
from marchland.events.judgement import APART, Judgement, Settled
from marchland.events.told import Told


def decide(found: Sequence[Gathered], holds: Settled) -> list[Gathered]:
    """The happenings of one place as people will have them. A decision about claims of two places changes nothing."""
    if not holds.said:
        return list(found)
    parted = [part for one in found for part in _part(one, holds)]
    return [_named(one, holds) for one in _join(parted, holds)]


def _named(one: Gathered, holds: Settled) -> Gathered:
    """With the decisions that concern its claims."""
    ids = {item.row.claim_id for item in one.all}
    return replace(one, decided=tuple(said for said in holds.said if _concerns(said, ids)))


def _concerns(said: Judgement, ids: set[str]) -> bool:
    return len(ids & set(said.claim_ids)) >= (1 if said.kind == APART else 2)


def _made(like: Gathered, rows: Sequence[Told]) -> Gathered:
    told = [one for one in rows if one.row.stance != "denies"]
    against = tuple(one for one in rows if one.row.stance == "denies")
    narrow = [one for one in told or rows if one.last is not None]
    firsts = [one.first for one in narrow if one.first is not None]
    last = max((one.last for one in narrow if one.last is not None), default=like.cluster.last)
    return replace(like, cluster=Cluster(like.cluster.side, min(firsts, default=None), last, told), denials=against)


# -------------------------------------------------------------------------------------------------------------- to part


def _part(one: Gathered, holds: Settled) -> list[Gathered]:
    """One happening as the several that people have made of it; claims that nobody spoke of go with the nearest."""
    parts: list[list[Told]] = []
    free: list[Told] = []
    for item in sorted(one.all, key=_when):
        if not any(holds.divided(item.row.claim_id, other.row.claim_id) for other in one.all):
            free.append(item)
            continue
        fits = [part for part in parts if not _divided(part, [item], holds)]
        kin = [part for part in fits if any(holds.one(o.row.claim_id) == holds.one(item.row.claim_id) for o in part)]
        home = (kin or fits)[0] if kin or fits else None
        if home is None:
            parts.append([item])
        else:
            home.append(item)
    if len(parts) < 2:
        return [one]
    fixed = [list(part) for part in parts]
    for item in free:
        nearest = min(range(len(parts)), key=lambda index: (_apart(item, fixed[index]), index))
        parts[nearest].append(item)
    return [_made(one, part) for part in parts]


def _when(one: Told) -> tuple[int, str]:
    return (one.last or 0, one.row.claim_id)


def _divided(part: Sequence[Told], others: Sequence[Told], holds: Settled) -> bool:
    return any(holds.divided(one.row.claim_id, other.row.claim_id) for one in part for other in others)


def _apart(item: Told, part: Sequence[Told]) -> tuple[bool, int]:
    """How far a claim is from some others: one witness with them, else in days."""
    same = any(one.row.witness_id == item.row.witness_id for one in part)
    days = [abs(one.last - item.last) for one in part if one.last is not None and item.last is not None]
    return (not same, min(days, default=0))


# -------------------------------------------------------------------------------------------------------------- to join


def _join(found: Sequence[Gathered], holds: Settled) -> list[Gathered]:
    """Happenings with claims that people have joined become one; where that undid a split, only those claims move."""
    made = sorted(found, key=_weight)
    for root in sorted(set(holds.same.values())):
        having = [one for one in made if any(holds.one(item.row.claim_id) == root for item in one.all)]
        if len(having) < 2:
            continue
        rest = [one for one in made if one not in having]
        host, left = having[0], []
        for other in having[1:]:
            if not _divided(host.all, other.all, holds):
                host = _made(host, (*host.all, *other.all))
                continue
            moved = [item for item in other.all if holds.one(item.row.claim_id) == root]
            host = _made(host, (*host.all, *moved))
            left.append(_made(other, [item for item in other.all if item not in moved]))
        made = sorted([*rest, host, *(one for one in left if one.all)], key=_weight)
    return made


def _weight(one: Gathered) -> tuple[object, ...]:
    """The best attested first: it lends its deed and its side to what is joined to it."""
    return (-one.cluster.weight, -len(one.all), one.deed, min(item.row.claim_id for item in one.all))
