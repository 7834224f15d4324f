"""Happenings that are not about control: meetings, accusations, aid; grouped by the comparer of events.

Claims of one kind, of parties that do not contradict one another, on days near each other, are compared word by word;
what lies further apart is never one happening, however alike the words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

from marchland.events.cluster import Cluster, clusters
from marchland.events.compare import Mention, Reports, SameEvent, linked, load_same_event, log_odds
from marchland.events.told import Told, actor_key, is_described, iso, opponent_key
from marchland.events.weights import Grouping
from marchland.records import ClaimRow

NEVER, SURELY = -20.0, 20.0
"""Log-odds of what cannot be one happening, and of what is one witness."""
MOST = 250
"""Claims compared with one another; more of one kind within a few days are told apart by word, parties and day."""
FEW_REPORTS = 50
"""Articles that words are taken to be counted over at least: in two reports no word is rare."""
LONG_WORD = 4
_WORD = re.compile(r"\w+")


@cache
def shipped_same_event() -> SameEvent:
    """The shipped weights of the comparer, read once."""
    return load_same_event()


def others(members: Sequence[Told], keys: Mapping[str, str], grouping: Grouping) -> list[Cluster]:
    """Happenings of one kind of event at one place, or without one."""
    listed = sorted(members, key=lambda one: (_last(one), one.row.claim_id))
    reports = Reports.of(_articles(listed), least=FEW_REPORTS)
    found: list[Cluster] = []
    for near in _near(listed, keys, grouping):
        if len(near) > MOST:
            found += _plainly(near, keys, grouping)
            continue
        mentions = [mention(one, keys) for one in near]
        scores = {
            (a, b): _score((near[a], mentions[a]), (near[b], mentions[b]), keys, reports, grouping)
            for a, b in combinations(range(len(near)), 2)
        }
        groups = linked(len(near), scores, shipped_same_event().threshold)
        found += [_cluster([near[index] for index in group], keys) for group in groups]
    return found


def mention(one: Told, keys: Mapping[str, str]) -> Mention:
    """A claim as the comparer sees it."""
    row = one.row
    days = one.width is not None and one.width <= LONG_WORD and one.first is not None
    return Mention(
        mention_id=row.claim_id,
        trigger=trigger(row),
        sort=row.event,
        parties=frozenset({keys[actor_key(row)], keys[opponent_key(row)]} - {""}),
        places=frozenset({row.place_id} if row.place_id else ()),
        times=frozenset(iso(day) or "" for day in range(one.first or 0, (one.last or 0) + 1)) if days else frozenset(),
        words=frozenset(_words(row)),
        article=row.article_id,
    )


def trigger(row: ClaimRow) -> str:
    """The event's own word, from the name of the frame that found it: "plover:ask-for" is "ask"."""
    return row.frame.rpartition(":")[2].partition("-")[0] or row.event


def _words(row: ClaimRow) -> list[str]:
    return [word for word in _WORD.findall(row.sentence.casefold()) if len(word) >= LONG_WORD]


def _articles(rows: Sequence[Told]) -> dict[str, list[str]]:
    found: dict[str, dict[int, ClaimRow]] = defaultdict(dict)
    for one in rows:
        found[one.row.article_id][one.row.start] = one.row
    return {name: [word for _, row in sorted(told.items()) for word in _words(row)] for name, told in found.items()}


def _last(one: Told) -> int:
    return one.last if one.last is not None else one.known or 0


def _apart(one: Told, other: Told) -> int:
    """Days between two claims; an open start reaches back as far as it must."""
    early, late = sorted((one, other), key=lambda item: (_last(item), item.row.claim_id))
    if late.first is None and late.last is not None and early.first is None:
        return _last(late) - _last(early)
    begin = late.first if late.first is not None else _last(late)
    return max(begin - _last(early), 0)


def _near(listed: Sequence[Told], keys: Mapping[str, str], grouping: Grouping) -> list[list[Told]]:
    """Runs of claims, by day, in which none is further from the one before it than a happening can reach."""
    runs: list[list[Told]] = []
    for one in listed:
        if runs and (_apart(runs[-1][-1], one) <= grouping.join_days):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _score(
    one: tuple[Told, Mention], other: tuple[Told, Mention], keys: Mapping[str, str], reports: Reports,
    grouping: Grouping,
) -> float:  # fmt: skip
    row, rival = one[0].row, other[0].row
    if row.witness_id and row.witness_id == rival.witness_id:
        return SURELY
    if _apart(one[0], other[0]) > grouping.join_days:
        return NEVER
    actors, opponents = (
        (keys[actor_key(row)], keys[actor_key(rival)]),
        (keys[opponent_key(row)], keys[opponent_key(rival)]),
    )
    if _differ(*actors) and set(actors) != set(opponents):
        return NEVER
    if _differ(*opponents) and set(actors) != set(opponents):
        return NEVER
    return log_odds(one[1], other[1], reports, shipped_same_event())


def _differ(one: str, other: str) -> bool:
    """Whether two parties are two: neither is left out, nor only described."""
    return bool(one and other) and one != other and not (is_described(one) or is_described(other))


def _plainly(near: Sequence[Told], keys: Mapping[str, str], grouping: Grouping) -> list[Cluster]:
    """Too many to compare: one word, the same parties and nearly one day are one happening."""
    told: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for one in near:
        told[trigger(one.row), keys[actor_key(one.row)], keys[opponent_key(one.row)]].append(one)
    return [made for key, rows in sorted(told.items()) for made in clusters(rows, key[1], (), grouping)]


def _cluster(rows: Sequence[Told], keys: Mapping[str, str]) -> Cluster:
    named = Counter(keys[actor_key(one.row)] for one in rows)
    named.pop("", None)
    side = min(named, key=lambda key: (-named[key], key)) if named else ""
    firsts = [one.first for one in rows if one.first is not None]
    return Cluster(side, min(firsts, default=None), max(_last(one) for one in rows), list(rows))
