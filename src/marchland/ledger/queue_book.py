"""The review queue of a ledger, kept in memory: what is written has only the places done again that it touches."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from marchland.ledger import query
from marchland.ledger.assess import LATEST, kept, makings, method, stale
from marchland.ledger.assessment import Silence, holdings_until
from marchland.ledger.parties import shipped_posts
from marchland.ledger.passage import Posts
from marchland.ledger.queue import Effect, Item, Makings, WithoutOne, items, ordered, sharpened
from marchland.ledger.standing import Standing
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow

FOREMOST = 300
"""Items of which the effect is worked out; it is told from their weight for all others."""
LOT = 20
"""Items that are worked out before the queue is shown anew."""
PLACES = 200
"""Places that are read at once."""
SHOWN = 10
"""Such lots between two rounds, where very many places are new."""
GLANCE = 2000
"""Claims, the newest, of which the very first round is made where very many places are new."""
FEW = 400
"""So many places at most are worked out by the queue itself; where more are not, others are at work on them."""
MOST = 20_000
"""Items that are kept, the foremost."""
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
        self._cut = 0.0
        """The score below which items are let go."""

    def rounds(self, ledger: Ledger, *, whole: bool = False) -> Iterator[list[Item]]:
        """The queue as it is now, better with every round: the first at once, the last with all that is worked out.

        With `whole`, holdings that are out of date are worked out first, however many they are.
        """
        last = ledger.last_day() or dt.date(1970, 1, 1)
        waiting = len(stale(ledger, LATEST, last))
        if whole or 0 < waiting <= FEW:
            query.refresh(ledger)
        yield from self._renew(ledger, last)
        found = self._all()
        first, rest = found[: self._foremost], found[self._foremost :]
        kept = ((one.claims, *self._exact.get(one.claims, (None, one))) for one in first)
        done = {claims: item for claims, mark, item in kept if mark == self._mark_of(item)}
        yield ordered((*(done.get(one.claims, one) for one in first), *rest))
        by_place: dict[str, list[Item]] = defaultdict(list)
        for one in first:
            if one.claims not in done:
                by_place[one.row.place_id or _NOWHERE].append(one)
        fresh = 0
        for place_id, mine in by_place.items():
            done |= {one.claims: one for one in self._worked_out(ledger, place_id, mine, last)}
            fresh += len(mine)
            if fresh >= LOT:
                fresh = 0
                yield ordered((*(done.get(one.claims, one) for one in first), *rest))
        self._exact = {claims: one for claims, one in self._exact.items() if claims in done}
        yield ordered((*(done.get(one.claims, one) for one in first), *rest))

    @property
    def waits(self) -> bool:
        """Whether holdings of some places were not worked out yet when the queue was made: made again, it is better."""
        return bool(self._early)

    def newest(self, ledger: Ledger) -> list[Item]:
        """The queue in its last round."""
        found: list[Item] = []
        for one in self.rounds(ledger, whole=True):
            found = one
        return found

    def _mark_of(self, one: Item) -> Mark:
        return self._marks.get(one.row.place_id or _NOWHERE, (0, "", ""))

    def _all(self) -> list[Item]:
        return ordered(one for many in self._items.values() for one in many)

    # -------------------------------------------------------------------------------------------------------- at first

    def _renew(self, ledger: Ledger, last: dt.date) -> Iterator[list[Item]]:
        """Make the items anew of the places about which something was written; now and then what there is already."""
        stamps = ledger.database.execute("SELECT place_id, revision FROM place_stamp").fetchall()
        now: dict[str, Mark] = {place: (revision, last.isoformat(), method(ledger)) for place, revision in stamps}
        early = self._early - set(stale(ledger, LATEST, last)) if self._early else set()
        changed = sorted(place for place, mark in now.items() if self._marks.get(place) != mark or place in early)
        if len(changed) > SHOWN * PLACES and not self._items:
            yield ordered(items(_newest(ledger), None, query.rules(ledger).weights))
        for gone in self._items.keys() - now.keys():
            del self._items[gone]
        refused = ledger.door.refused()
        self._items[_NOWHERE] = items(refused.rows, (), query.rules(ledger).weights, _touched([refused]))
        for number, start in enumerate(range(0, len(changed), PLACES), start=1):
            lot = changed[start : start + PLACES]
            self._renew_some(ledger, lot, last)
            self._marks |= {place: now[place] for place in lot}
            if number % SHOWN == 0:
                self._trim()
                yield self._all()
        self._trim()

    def _renew_some(self, ledger: Ledger, places: Sequence[str], last: dt.date) -> None:
        standing = {place: ledger.door.standing(place) for place in places}
        touched, weights = _touched(standing.values()), query.rules(ledger).weights
        silence = Silence.of(last, query.rules(ledger))
        self._early -= set(places)
        for place, found in standing.items():
            made = next((it for _, it in kept(ledger, None, last, place_id=place)), None)
            held = [one.row for one in holdings_until(made, silence)] if made else None
            mine = items(found.rows, held, weights, touched)
            self._items[place] = [one for one in mine if one.score >= self._cut]
            if found.rows and made is None:
                self._early.add(place)

    def _trim(self) -> None:
        """Let go of the hindmost, where there are very many."""
        if sum(map(len, self._items.values())) <= MOST:
            return
        scores = sorted((one.score for many in self._items.values() for one in many), reverse=True)
        self._cut = scores[MOST - 1]
        for place, many in self._items.items():
            self._items[place] = [one for one in many if one.score >= self._cut]

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


def _newest(ledger: Ledger) -> Sequence[ClaimRow]:
    """The newest claims, as they stand among themselves."""
    found = ledger.door.newest(GLANCE)
    gone = set(ledger.door.standing_of(found).ids)
    return [row for row in found if row.claim_id not in gone]


def _touched(standing: Iterable[Standing]) -> frozenset[str]:
    return frozenset(claim for one in standing for claim in one.ids.values())
