"""Counts of smaller places beside the record: the rows of `counts`, and what they say of the members.

A count has its own day and its own claimant, and is held against what was known of the members without any count.
What it says of a member reaches the filter as a hint (`marchland.ledger.around`), bounded and shared.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from marchland.events.told import iso
from marchland.events.weights import Counting
from marchland.ledger import counts
from marchland.ledger.around import NOTHING, Around, Hint
from marchland.ledger.counts import Count
from marchland.ledger.evidence import CONTESTED
from marchland.ledger.fuse import Fused, Rules, fuse, holdings
from marchland.ledger.members import Member, Members, shipped_members
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow, CountRow, HoldingRow, content_id

COUNTED = ('%"quantity_kind":"places"%', '%"quantity_whole":100.0%')
"""What the record of a claim has in it where it may be a count."""
FAINT = 1.02
"""A hint nearer to 1 than this is not given."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """One member on one day, without any count."""

    member: Member
    record_id: str
    """The place on record by which it is known: the member, else its seat; empty for neither."""
    fused: Fused | None
    held: float
    unknown: float
    row: HoldingRow | None

    @property
    def holder(self) -> str:
        """Who holds it on record, alone; empty for nobody known and for a place that is fought over."""
        return (self.row.holder_id or "") if self.row and self.row.status != CONTESTED else ""


class Census:
    """Counts on record, as known by one day. Keeps what it has worked out; make a new one when claims are added."""

    def __init__(self, ledger: Ledger, rules: Rules, known: dt.date | None) -> None:
        self._ledger, self._rules, self._known = ledger, rules, known
        self._numbers = rules.weights.counts
        self._told: dict[str, tuple[tuple[Count, tuple[Count, ...]], ...]] = {}
        self._fused: dict[tuple[str, int], tuple[Fused | None, list[HoldingRow]]] = {}
        self._around: dict[tuple[str, str], dict[str, tuple[Hint, ...]]] = {}
        self._on_record = frozenset(ledger.place_ids())

    # ---------------------------------------------------------------------------------------------------- questions

    def rows(self, place_id: str | None = None, until: dt.date | None = None) -> Iterator[CountRow]:
        """Every count of one place, or of all, told of a day up to `until`; by place, kind and day."""
        for one in (place_id,) if place_id else counted_places(self._ledger):
            for first, every in sorted(self.told(one), key=lambda item: _order(item[0])):
                if until is None or first.day <= until.toordinal():
                    yield self._row(first, every)

    def around(self, place_id: str, country: str | None) -> Around:
        """What all counts say of one place that is a member of another."""
        hints: list[Hint] = []
        for parent in counted_places(self._ledger, country):
            for kind in sorted({first.member_kind for first, _ in self.told(parent)}):
                hints += self._hints(parent, kind).get(place_id, ())
        return Around(tuple(hints)) if hints else NOTHING

    def told(self, place_id: str) -> tuple[tuple[Count, tuple[Count, ...]], ...]:
        """The figures told of a place, each with all its tellings."""
        if place_id not in self._told:
            rows = self._ledger.claims(place_id=place_id, known_at=self._known)
            found = (counts.count_of(row, self._numbers) for row in rows)
            told = counts.first_told((one for one in found if one), self._numbers)
            self._told[place_id] = tuple(told)
        return self._told[place_id]

    def members(self, place_id: str, kind: str) -> tuple[Member, ...]:
        """The members of a place; none where the gazetteer has no list, or one that is too long."""
        found = (self._rules.members or shipped_members())(place_id, kind)
        return found if len(found) <= self._numbers.most_members else ()

    def groups(self, country: str) -> dict[tuple[str, str], frozenset[str]]:
        """Ids of the members and of their seats, for what is counted in a country and not too large to be weighed."""
        found = {}
        for parent in counted_places(self._ledger, country):
            for kind in {first.member_kind for first, _ in self.told(parent)}:
                members = self.members(parent, kind)
                if len(members) <= self._numbers.most_weighed:
                    found[parent, kind] = _ids(members)
        return found

    # ------------------------------------------------------------------------------------------------------ members

    def _seen(self, one: Count) -> list[_Seen]:
        """The members on the day of a count; silence counts to the last day for which any such count is told."""
        told = self.told(one.row.place_id or "")
        until = max(first.day for first, _ in told if first.member_kind == one.member_kind)
        return [self._member(member, one, until) for member in self.members(one.row.place_id or "", one.member_kind)]

    def _member(self, member: Member, one: Count, until: int) -> _Seen:
        """A member on the day of a count; the district itself where it has evidence, else its seat."""
        for record_id in (member.place_id, member.seat_id):
            if record_id not in self._on_record:
                continue
            fused, spells = self._fuse(record_id, until)
            if fused is not None:
                return self._weigh(member, record_id, fused, spells, one)
        return _Seen(member, "", None, 0.0, 1.0, None)

    def _weigh(self, member: Member, record_id: str, fused: Fused, spells: list[HoldingRow], one: Count) -> _Seen:
        held, unknown = (_share(fused, state, one.day) for state in (self._side(fused, one.side), ""))
        day = iso(one.day) or ""
        covering = [row for row in spells if (row.from_ or row.from_latest or "") <= day
                    and (row.until is None or day < row.until)]  # fmt: skip
        row = covering[-1] if covering else None
        return _Seen(member, record_id, fused, held, unknown, row)

    def _side(self, fused: Fused, side: str) -> str:
        """The key under which a member knows a side."""
        same = (one for one in fused.evidence.sides if self._rules.same_side(one, side))
        return side if side in fused.evidence.sides else next(same, side)

    def _fuse(self, place_id: str, until: int) -> tuple[Fused | None, list[HoldingRow]]:
        key = (place_id, until)
        if key not in self._fused:
            rows = self._ledger.claims(place_id=place_id, known_at=self._known)
            fused = fuse(rows, self._rules, until=dt.date.fromordinal(until))
            self._fused[key] = (fused, holdings(fused, self._rules.weights) if fused else [])
        return self._fused[key]

    # -------------------------------------------------------------------------------------------------------- hints

    def _hints(self, parent: str, kind: str) -> dict[str, tuple[Hint, ...]]:
        """What the counts of one kind of member of one place say of each, by its place on record."""
        if (parent, kind) not in self._around:
            found: dict[str, list[Hint]] = {}
            told = [item for item in self.told(parent) if item[0].member_kind == kind]
            for first, every in told:
                if self._weighs(first):
                    for record_id, hint in self._messages(first, every, told):
                        found.setdefault(record_id, []).append(hint)
            self._around[parent, kind] = {place_id: tuple(hints) for place_id, hints in found.items()}
        return self._around[parent, kind]

    def _weighs(self, one: Count) -> bool:
        size = len(self.members(one.row.place_id or "", one.member_kind))
        return 2 <= size <= self._numbers.most_weighed and counts.in_scope(one, size, self._numbers)

    def _messages(
        self, one: Count, every: Sequence[Count], told: Sequence[tuple[Count, tuple[Count, ...]]]
    ) -> Iterator[tuple[str, Hint]]:
        seen = self._seen(one)
        rules, numbers = self._rules, self._numbers
        ratio_of_claimant = counts.claimant_ratio(one, rules.weights, rules.same_side, rules.opposed)
        fits = counts.likelihood(one, len(seen), counts.trust(one, ratio_of_claimant), numbers)
        cap = min(math.sqrt(ratio_of_claimant), numbers.ratio_cap)
        arrays = np.array([item.held for item in seen]), np.array([item.unknown for item in seen])
        ratios = counts.messages(*arrays, fits, cap) ** (1 / _in_a_row(one, told, numbers.same_days))
        claims = tuple(item.row.claim_id for item in every)
        for item, ratio in zip(seen, ratios.tolist(), strict=True):
            known = item.fused is not None and self._side(item.fused, one.side) in item.fused.evidence.sides
            if known and not 1 / FAINT < ratio < FAINT:
                yield item.record_id, Hint("count", one.side, one.day, ratio, _words(one), claims)

    # --------------------------------------------------------------------------------------------------------- rows

    def _row(self, one: Count, every: Sequence[Count]) -> CountRow:
        seen = self._seen(one)
        row, rules = one.row, self._rules
        fits = counts.in_scope(one, len(seen), self._numbers) and bool(seen)
        numbers = counts.number_held(np.array([s.held for s in seen]), np.array([s.unknown for s in seen]))
        low, high = counts.span(numbers, 0.1)
        held = [item for item in seen if item.holder and self._rules.same_side(item.holder, one.side)]
        rest = [item for item in seen if item not in held]
        claimed = round(counts.claimed(one, len(seen)), 1) if fits else None
        party = rules.party(one.side)
        return CountRow(
            count_id=content_id("count", *one.figure, row.claim_id), place_id=row.place_id or "",
            place_name=row.place_name or row.place, country=row.country, lat=row.lat, lon=row.lon,
            holder_id=one.side, holder_name=party.name if party else row.actor_name or one.side, kind=one.kind,
            text=row.quantity or "", event=row.event, part=one.part, whole=one.whole, bound=one.bound,
            day=iso(one.day) or "", known_from=iso(one.known) or "", claimant=_claimant(row),
            claimant_side=row.source_side,
            interested=bool(row.source_side) and rules.same_side(row.source_side, one.side),
            outlets=tuple(sorted({item.row.publisher or "publisher not named" for item in every})),
            members=len(seen), claimed=claimed, on_record=len(held), expected=round(counts.mean(numbers), 2),
            expected_low=low, expected_high=high,
            shortfall=counts.shortfall(one, claimed, len(held)) if claimed is not None else None,
            held=_names(held), contested=_names([item for item in rest if _is_contested(item)]),
            not_held=tuple(f"{item.member.name} ({item.row.holder_name})" for item in rest
                           if item.holder and item.row),
            unknown=_names([item for item in rest if not item.holder and not _is_contested(item)]),
            note=self._note(one, len(seen)), weighed=self._weighs(one), sentence=row.sentence,
            claims=tuple(dict.fromkeys((row.claim_id, *sorted(item.row.claim_id for item in every)))),
        )  # fmt: skip

    def _note(self, one: Count, members: int) -> str:
        """Why a count weighs nothing, or what has to be known to compare it with others."""
        if not members:
            return f"compared with nothing: no list of members of kind {one.member_kind}"
        if not counts.in_scope(one, members, self._numbers):
            return f"of another whole: {one.whole or one.part:g}, where our list has {members}"
        if members > self._numbers.most_weighed:
            return f"compared only: too many members ({members}) to weigh on each"
        if one.kind == "territory":
            return "a share of territory, compared by the number of districts"
        if one.whole and not one.share and one.whole != members:
            return f"of {one.whole:g}, where our list has {members}"
        return "taken, not held in all" if one.row.event != "controls" and one.whole is None else ""


# -------------------------------------------------------------------------------------------------------- on the ledger


def counted_places(ledger: Ledger, country: str | None = None) -> tuple[str, ...]:
    """Countries and provinces on record of which anything is counted, of one country or of all; by id."""
    key = ("counted", country)
    if key not in ledger.memo:
        ledger.memo[key] = ledger.places_told(("country", "province"), COUNTED, country)
    found: tuple[str, ...] = ledger.memo[key]
    return found


def around(ledger: Ledger, rules: Rules, place_id: str, country: str | None, known: dt.date | None) -> Around:
    """What counts say of a place, as known by a day; costs nothing where nothing of its country is counted."""
    if not country or not counted_places(ledger, country):
        return NOTHING
    return census(ledger, rules, known).around(place_id, country)


def basis(ledger: Ledger, rules: Rules, place_id: str, country: str | None) -> frozenset[str]:
    """The places whose claims `around` rests on for a place: what it is counted in, and its fellow members."""
    if not country or not counted_places(ledger, country):
        return frozenset()
    groups = census(ledger, rules, None).groups(country)
    inside = [(parent, ids) for (parent, _), ids in groups.items() if place_id in ids]
    return frozenset().union(*(ids | {parent} for parent, ids in inside)) - {place_id}


def census(ledger: Ledger, rules: Rules, known: dt.date | None) -> Census:
    """The counts as known by a day, kept for as long as nothing is added."""
    key = ("census", known, rules.judgements)
    if key not in ledger.memo:
        ledger.memo[key] = Census(ledger, rules, known)
    found: Census = ledger.memo[key]
    return found


def touched_by(ledger: Ledger, rules: Rules, row: ClaimRow) -> frozenset[str]:
    """Places on record whose odds a claim moves by way of counts: the members that it counts, or its fellow members."""
    counted = members_counted([row], rules.weights.counts, rules.members)
    if not counted and row.place_id:
        counted = basis(ledger, rules, row.place_id, row.country) - set(counted_places(ledger, row.country))
    return counted & set(ledger.place_ids())


def members_counted(rows: Iterable[ClaimRow], numbers: Counting, members: Members | None = None) -> frozenset[str]:
    """Ids of the members, and of their seats, that some claims count; the gazetteer is asked only where any does."""
    found: set[str] = set()
    for one in (made for row in rows if (made := counts.count_of(row, numbers)) is not None):
        listed = (members or shipped_members())(one.row.place_id or "", one.member_kind)
        found |= _ids(listed) if len(listed) <= numbers.most_weighed else frozenset()
    return frozenset(found)


# -------------------------------------------------------------------------------------------------------------- helpers


def _ids(members: Sequence[Member]) -> frozenset[str]:
    return frozenset(one for member in members for one in (member.place_id, member.seat_id) if one)


def _order(one: Count) -> tuple[object, ...]:
    return (one.kind, one.day, one.known, one.row.claim_id)


def _in_a_row(one: Count, told: Sequence[tuple[Count, tuple[Count, ...]]], days: int) -> int:
    """How many figures of one side within `days` before it, itself included: they rest on much the same knowledge."""
    place = (one.known, one.day, one.row.claim_id)
    return sum(
        first.side == one.side and (first.known, first.day, first.row.claim_id) <= place
        and one.known - first.known <= days for first, _ in told
    )  # fmt: skip


def _share(fused: Fused, state: str, day: int) -> float:
    """Probability of a state at the end of a day; between two points of the grid on the line that joins them."""
    found = fused.posterior
    if state not in found.states:
        return 0.0
    return float(np.interp(2 * day + 2, found.times, found.share[:, found.states.index(state)]))


def _claimant(row: ClaimRow) -> str:
    own = row.source == "publisher" or row.source_name == row.publisher
    return (row.publisher or "publisher not named") if own else row.source_name or row.source


def _words(one: Count) -> str:
    row = one.row
    name = row.place_name or row.place
    return f"{_claimant(row)} counts {row.quantity} of {name} as held by {row.actor_name or one.side}"


def _names(found: Sequence[_Seen]) -> tuple[str, ...]:
    return tuple(item.member.name for item in found)


def _is_contested(item: _Seen) -> bool:
    return item.row is not None and item.row.status == CONTESTED
