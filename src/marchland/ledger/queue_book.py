"""The review queue of a ledger, kept in memory: what is written has only the places done again that it touches."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from marchland.ledger import query
from marchland.ledger.assess import kept, makings, method
from marchland.ledger.assessment import Silence, holdings_until
from marchland.ledger.parties import shipped_posts
from marchland.ledger.passage import Posts
from marchland.ledger.queue import Effect, Item, Makings, WithoutOne, items, ordered, sharpened
from marchland.ledger.standing import Standing
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow, HoldingRow

FOREMOST = 300
"""Items of which the effect is worked out; it is told from their weight for all others."""
LOT = 20
"""Items that are worked out before the queue is shown anew."""
FEW = 200
"""Changed places that are read one by one; more are read all at once."""
_NOWHERE = ""

Mark = tuple[int, str, str]
"""What the items of a place rest on: its revision, the last day on record, how answers are made."""


class QueueBook:
    """The queue of one ledger as it was last made."""

    def __init__(self, foremost: int = FOREMOST) -> None:
        self._foremost = foremost
        self._marks: dict[str, Mark] = {}
        self._items: dict[str, list[Item]] = {}
        self._exact: dict[tuple[str, ...], tuple[Mark, Item]] = {}
        self._early: set[str] = set()
        """Places whose items were made before their holdings were worked out."""

    def rounds(self, ledger: Ledger) -> Iterator[list[Item]]:
        """The queue as it is now, better with every round: the first at once, the last with all that is worked out."""
        last = ledger.last_day() or dt.date(1970, 1, 1)
        self._renew(ledger, last)
        if self._early:
            yield self._all()
            query.refresh(ledger)
            self._renew(ledger, last)
        found = self._all()
        first, rest = found[: self._foremost], found[self._foremost :]
        kept = ((one.claims, *self._exact.get(one.claims, (None, one))) for one in first)
        early = {claims: item for claims, mark, item in kept if mark == self._mark_of(item)}
        yield ordered((*(early.get(one.claims, one) for one in first), *rest))
        by_place: dict[str, list[Item]] = defaultdict(list)
        for one in first:
            by_place[one.row.place_id or _NOWHERE].append(one)
        done: dict[tuple[str, ...], Item] = {}
        shown = 0
        for place_id in dict.fromkeys(one.row.place_id or _NOWHERE for one in first):
            done |= {one.claims: one for one in self._worked_out(ledger, place_id, by_place[place_id], last)}
            if len(done) - shown >= LOT:
                shown = len(done)
                yield ordered((*((done | early).get(one.claims, one) for one in first), *rest))
        self._exact = {claims: one for claims, one in self._exact.items() if claims in done}
        yield ordered((*(done.get(one.claims, one) for one in first), *rest))

    def newest(self, ledger: Ledger) -> list[Item]:
        """The queue in its last round."""
        found: list[Item] = []
        for one in self.rounds(ledger):
            found = one
        return found

    def _mark_of(self, one: Item) -> Mark:
        return self._marks.get(one.row.place_id or _NOWHERE, (0, "", ""))

    def _all(self) -> list[Item]:
        return ordered(one for many in self._items.values() for one in many)

    # -------------------------------------------------------------------------------------------------------- at first

    def _renew(self, ledger: Ledger, last: dt.date) -> None:
        """Make the items anew of the places about which something was written."""
        stamps = ledger.database.execute("SELECT place_id, revision FROM place_stamp").fetchall()
        now: dict[str, Mark] = {place: (revision, last.isoformat(), method(ledger)) for place, revision in stamps}
        changed = sorted(place for place, mark in now.items() if self._marks.get(place) != mark or place in self._early)
        self._early = set()
        for gone in self._items.keys() - now.keys():
            del self._items[gone]
        rows, touched = _claims(ledger, changed)
        held, weights = _held(ledger, changed, last), query.rules(ledger).weights
        for place_id in changed:
            self._items[place_id] = items(rows.get(place_id, ()), held.get(place_id), weights, touched)
            if rows.get(place_id) and place_id not in held:
                self._early.add(place_id)
        refused = ledger.door.refused()
        self._items[_NOWHERE] = items(refused.rows, (), weights, _touched([refused]))
        self._marks = now

    # ------------------------------------------------------------------------------------------------------ worked out

    def _worked_out(self, ledger: Ledger, place_id: str, found: Sequence[Item], last: dt.date) -> Iterator[Item]:
        """The items of one place with their effects."""
        less: WithoutOne | None = None
        for one in found:
            done, mark = self._exact.get(one.claims), self._mark_of(one)
            if done is None or done[0] != mark:
                trace = ledger.trace(one.row.claim_id)
                if place_id and less is None:
                    less = without_one(ledger, place_id, last)
                effect: Effect | None = less.effect(one.row, one.claims) if less else None
                done = (mark, sharpened(one, trace[1] if trace else None, effect))
                self._exact[one.claims] = done
            yield done[1]


def without_one(ledger: Ledger, place_id: str, last: dt.date) -> WithoutOne:
    """Asks what the answers about a place would be without some of its claims."""
    rows, rules, around = makings(ledger, query.rules(ledger), place_id)
    return WithoutOne(Makings(rows, rules, around, _posts_of(place_id, rows)), last)


def _posts_of(place_id: str, rows: Sequence[ClaimRow]) -> Posts | None:
    known = _posts().get(place_id)
    if known is not None or not rows or rows[0].place_kind != "crossing":
        return known
    return Posts(rows[0].country or "", rows[0].place_name or "", "", "")


@lru_cache(maxsize=1)
def _posts() -> Mapping[str, Posts]:
    return shipped_posts()


def _claims(ledger: Ledger, places: Sequence[str]) -> tuple[Mapping[str, Sequence[ClaimRow]], frozenset[str]]:
    """The claims of some places, and the ids of those that people have reviewed."""
    if len(places) <= FEW:
        standing = {place: ledger.door.standing(place) for place in places}
        return {place: one.rows for place, one in standing.items()}, _touched(standing.values())
    whole = ledger.door.standing()
    found: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in whole.rows:
        found[row.place_id or _NOWHERE].append(row)
    return found, _touched([whole])


def _touched(standing: Iterable[Standing]) -> frozenset[str]:
    return frozenset(claim for one in standing for claim in one.ids.values())


def _held(ledger: Ledger, places: Sequence[str], last: dt.date) -> Mapping[str, Sequence[HoldingRow]]:
    """The holdings that are worked out already."""
    silence = Silence.of(last, query.rules(ledger))
    if len(places) <= FEW:
        found = [it for one in places for it in kept(ledger, None, last, place_id=one)]
    else:
        found = list(kept(ledger, None, last))
    return {place: [one.row for one in holdings_until(made, silence)] for place, made in found}
