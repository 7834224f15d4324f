"""Two views of a ledger compared: what changed, and which claims did it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from marchland.events.group import happenings
from marchland.events.told import actor_key, family, is_admission, ordinal, told, why_no_event
from marchland.events.witness import Witness, witnesses
from marchland.ledger import query
from marchland.ledger.around import Around
from marchland.ledger.census import around
from marchland.ledger.contributions import Voice, voices
from marchland.ledger.diff import (
    NOTABLE,
    Because,
    ChangeRow,
    Moved,
    Pair,
    Sides,
    View,
    Weighing,
    change_row,
    denials,
    denied_row,
    in_order,
    overlap,
    pairs,
    weighings,
)
from marchland.ledger.fuse import Fused, Rules, fuse
from marchland.ledger.fuse import holdings as holdings_of
from marchland.ledger.standing import Standing
from marchland.ledger.store import Ledger
from marchland.ledger.taken_back import REVIEWER, TakenBack
from marchland.records import EVENTS, ClaimRow, CrossingRow, HoldingRow

MOST = 3
"""Claims named for one change."""
LOOKED_AT = 24
"""Witnesses weighed for one change; of more, those on which the newer holding rests come first."""
LEAST_ODDS = 5.0
"""Log-odds beyond this count as this: a side that nobody had named is as good as sure not to hold a place."""
LEAST_HINT = 0.05
"""Log-odds that something beside the place must have moved to be named."""
RANK = {"holder": 0, "appeared": 1, "gone": 2, "status": 3, "date": 4, "crossing": 5, "denied": 6, "admitted": 6,
        "probability": 7}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A view with the claims it rests on."""

    view: View
    standing: Standing
    places: dict[str, list[ClaimRow]] = field(default_factory=dict)
    aside: dict[str, list[tuple[ClaimRow, TakenBack]]] = field(default_factory=dict)
    known_at: str | None = None


def moment(ledger: Ledger, *, at: query.Day = None, known_at: str | None = None) -> Moment:
    """The record as it was known on a day."""
    standing = ledger.door.standing(None, known_at)
    view = View(
        tuple(query.holdings(ledger, at=at, known_at=known_at)),
        tuple(query.crossings(ledger, at=at, known_at=known_at)),
        _deniers(standing.rows),
    )
    return replace(with_claims(view, standing), known_at=known_at)


def claims_of(ledger: Ledger, place_id: str, known_at: str | None = None) -> Moment:
    """Only the claims on one place as they were known on a day, without what follows from them."""
    standing = ledger.door.standing(place_id, known_at)
    return replace(with_claims(View(denials=_deniers(standing.rows)), standing), known_at=known_at)


def empty() -> Moment:
    """Before anything was known."""
    return Moment(View(), Standing(()))


def with_claims(view: View, standing: Standing) -> Moment:
    """A view with the claims on each place."""
    places: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in standing.rows:
        if row.place_id:
            places[row.place_id].append(row)
    aside: dict[str, list[tuple[ClaimRow, TakenBack]]] = defaultdict(list)
    for row, taken in standing.aside:
        if row.place_id:
            aside[row.place_id].append((row, taken))
    return Moment(view, standing, dict(places), dict(aside))


def _deniers(rows: Iterable[ClaimRow]) -> frozenset[str]:
    return frozenset(row.claim_id for row in rows if row.stance == "denies" and row.event in EVENTS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes are asked for."""

    at: str | None = None
    place_id: str | None = None
    country: str | None = None
    actor: str = ""
    notable: float = NOTABLE

    def place(self, place_id: str, country: str | None) -> bool:
        """Whether changes at a place are asked for."""
        return self.place_id in (None, place_id) and (self.country is None or country == self.country)

    def of_day(self, one: ChangeRow) -> bool:
        """Whether a denial is of something that happened on the day asked about, if one is."""
        return self.at is None or (one.before_from or "") <= self.at <= (one.before_until or "9999")

    def row(self, one: ChangeRow) -> bool:
        """Whether a change is: at the place, in the country, by or to the actor."""
        names = (one.before_holder_id, one.before_holder_name, one.after_holder_id, one.after_holder_name)
        told = not self.actor or any(self.actor.casefold() in (name or "").casefold() for name in names)
        return told and self.place(one.place_id, one.country)


def changes(ledger: Ledger, before: Moment, after: Moment, wanted: Wanted) -> list[ChangeRow]:
    """What changed from one view to the other, by place, each change with what made it."""
    rules = query.rules(ledger)
    made: list[ChangeRow] = []
    for pair in pairs(before.view, after.view, at=wanted.at, notable=wanted.notable):
        rows = after.places.get(pair.row.place_id) or before.places.get(pair.row.place_id) or []
        place = rows[0] if rows else None
        bare = change_row(pair, (), place)
        if wanted.row(bare):
            made.append(change_row(pair, causes(ledger, pair, before, after, rules=rules, at=wanted.at), place))
    made += [one for one in denied(before, after, rules) if wanted.row(one) and wanted.of_day(one)]
    return in_order(made, RANK)


def causes(
    ledger: Ledger, pair: Pair, before: Moment, after: Moment, *, rules: Rules, at: str | None = None
) -> list[Because]:
    """What made one change. Of the two moments only the claims on its place are looked at."""
    place_id = pair.row.place_id
    rows = after.places.get(place_id) or before.places.get(place_id) or []
    country = rows[0].country if rows else None
    beside = [_day_around(ledger, rules, one, place_id, country) for one in (before, after)]
    return _because(_Asked(pair, before, after, rules, at, beside[0], beside[1]))


def denied(before: Moment, after: Moment, rules: Rules) -> Iterator[ChangeRow]:
    """New denials. A claim that a person has corrected is no new one, though its id is."""
    known = before.view.denials | {
        after.standing.ids.get(one, one) for one in before.view.denials
    }  # fmt: skip
    fresh = _deniers(after.standing.rows) - known
    for rows in after.places.values():
        if any(row.claim_id in fresh for row in rows):
            found = happenings(rows, rules.weights, rules.same_side, rules.judgements)
            for one in denials(found, known):
                yield denied_row(one, _of_row(one.row, "admission" if one.admission else "denial", 0.0, undoes=True))


# ------------------------------------------------------------------------------------------------------------- causes


@dataclass(frozen=True, slots=True)
class _Asked:
    """One change, with all that may have made it."""

    pair: Pair
    before: Moment
    after: Moment
    rules: Rules
    at: str | None
    was_around: Around
    is_around: Around


def _day_around(ledger: Ledger, rules: Rules, one: Moment, place_id: str, country: str | None) -> Around:
    known = dt.date.fromisoformat(one.known_at) if one.known_at else None
    return around(ledger, rules, place_id, country, known)


def _because(asked: _Asked) -> list[Because]:
    pair, after = asked.pair, asked.after
    place_id = pair.row.place_id
    old, new = asked.before.places.get(place_id, []), after.places.get(place_id, [])
    sides = Sides(old, new, _moved(old, new, pair))
    told = sides.moved.came or sides.moved.went
    if isinstance(pair.row, CrossingRow):
        return _of_passage(pair, sides, after) if told else [_nothing_told(pair)]
    side, day = _question(pair, asked.at)
    filtered = _Filter(asked, side, day)
    found = weighings(sides, filtered.weigh, filtered.outcome, filtered.bears, MOST) if told else []
    return [*(_told(one, after) for one in found), *filtered.hints()] or [_nothing_told(pair)]


@dataclass(frozen=True)
class _Filter:
    """The filter asked again, of one side on one day, with some of the claims."""

    asked: _Asked
    side: str
    day: int

    def _fused(self, rows: Sequence[ClaimRow], beside: Around) -> Fused | None:
        until = dt.date.fromordinal(self.day)
        return fuse(rows, self.asked.rules, until=until, around=beside) if rows else None

    def weigh(self, rows: Sequence[ClaimRow], beside: Around | None = None) -> float:
        """Log-odds of the side on the word of some claims."""
        fused = self._fused(rows, self.asked.is_around if beside is None else beside)
        return max(min(fused.log_odds(self.side, self.day), LEAST_ODDS), -LEAST_ODDS) if fused else -LEAST_ODDS

    def outcome(self, rows: Sequence[ClaimRow]) -> object:
        """The holdings of the side in the days of the change, on the word of some claims."""
        fused = self._fused(rows, self.asked.is_around)
        found = holdings_of(fused, self.asked.rules.weights) if fused else []
        own = [one for one in found if (one.holder_id or "") == self.side and overlap(one, self.asked.pair.row)]
        return [(one.holder_id, one.status, one.from_) for one in own]

    def bears(self, rows: Sequence[ClaimRow], came: bool) -> int:
        """Whether a witness speaks for the side (1), against it (-1), or of neither (0)."""
        claims, row = {one.claim_id for one in rows}, self.asked.pair.row
        if claims & set(row.claims) or any(self._acts(one) for one in rows):
            return 1
        said = next((one for one in (self._is_said if came else self._was_said) if claims & set(_words_of(one))), None)
        return 0 if said is None else 1 if said.speaks_for(self.side) else -1

    def _acts(self, row: ClaimRow) -> bool:
        """Whether it says that the side took the place, or holds it."""
        takes = row.stance == "asserts" and (family(row.event) == "captures" or row.event == "controls")
        return takes and bool(self.side) and self.asked.rules.same_side(actor_key(row), self.side)

    @cached_property
    def _was_said(self) -> tuple[Voice, ...]:
        return self._voices(self.asked.before, self.asked.was_around)

    @cached_property
    def _is_said(self) -> tuple[Voice, ...]:
        return self._voices(self.asked.after, self.asked.is_around)

    def _voices(self, one: Moment, beside: Around) -> tuple[Voice, ...]:
        fused = self._fused(one.places.get(self.asked.pair.row.place_id, []), beside)
        return voices(fused.evidence, self.asked.rules.weights.change.ratio_cap) if fused else ()

    def hints(self) -> list[Because]:
        """What other places and counts say that they did not say before."""
        fresh = [one for one in self.asked.is_around.hints if one not in self.asked.was_around.hints]
        rows = self.asked.after.places.get(self.asked.pair.row.place_id, [])
        whole = self.weigh(rows) if fresh else 0.0
        made = []
        for hint in fresh:
            rest = replace(self.asked.is_around, hints=tuple(one for one in self.asked.is_around.hints if one != hint))
            claim = next(iter(hint.claim_ids), None)
            moved = round(whole - self.weigh(rows, rest), 4) + 0.0
            if abs(moved) >= LEAST_HINT:
                made.append(Because(hint.kind, moved, False, hint.sentence, claim))
        return sorted(made, key=lambda one: (-abs(one.log_odds), one.sentence))[:MOST]


def _words_of(one: Voice) -> tuple[str, ...]:
    """The claims of a witness; what other places say is no witness here."""
    return one.said.claims if isinstance(one.said, Witness) else ()


def _question(pair: Pair, at: str | None) -> tuple[str, int]:
    """Of which side, and on which day, the odds are asked: the newer holder, when it takes over."""
    row = pair.row
    assert isinstance(row, HoldingRow)
    days = [at, row.from_, row.from_latest, row.last_confirmed, row.until, row.known_from]
    day = next((found for one in days if (found := ordinal(one)) is not None), dt.date(1970, 1, 1).toordinal())
    return row.holder_id or "", day


def _moved(old: Sequence[ClaimRow], new: Sequence[ClaimRow], pair: Pair) -> Moved:
    """Witnesses with a row that came in, and with a row that went, those that the change rests on first."""
    had, has = {row.claim_id for row in old}, {row.claim_id for row in new}
    return Moved(_groups(new, has - had, pair), _groups(old, had - has, pair))


def _groups(rows: Sequence[ClaimRow], fresh: set[str], pair: Pair) -> tuple[tuple[ClaimRow, ...], ...]:
    cited = {claim for row in (pair.before, pair.after) if row is not None for claim in _cited(row)}
    heard = [told(row) for row in rows if row.event in EVENTS and not why_no_event(row)]
    found = [
        tuple(one.row for one in witness.rows if one.row.claim_id in fresh)
        for witness in witnesses(heard) if fresh & set(witness.claims)
    ]  # fmt: skip
    found.sort(key=lambda group: (not cited & {row.claim_id for row in group}, group[0].claim_id))
    return tuple(found[:LOOKED_AT])


def _cited(row: HoldingRow | CrossingRow) -> tuple[str, ...]:
    return row.claims if isinstance(row, CrossingRow) else (*row.claims, *row.contradicted_by)


def _of_passage(pair: Pair, sides: Sides, after: Moment) -> list[Because]:
    """The claims on passage that came or went, those that the states rest on first."""
    deeds = ("closes", "restricts", "reopens")
    found = [Weighing(rows, True, 0.0, False) for rows in sides.moved.came if rows[0].event in deeds]
    found += [Weighing(rows, False, 0.0, False) for rows in sides.moved.went if rows[0].event in deeds]
    cited = {claim for row in (pair.before, pair.after) if row is not None for claim in _cited(row)}
    own = [one for one in found if cited & {row.claim_id for row in one.rows}] or found
    return [_told(one, after) for one in own[:MOST]] or [_nothing_told(pair)]


def _told(one: Weighing, after: Moment) -> Because:
    row = min(one.rows, key=lambda item: (item.published or "9999", item.claim_id))
    gone = [taken for old, taken in after.aside.get(row.place_id or "", ()) if old.claim_id == row.claim_id]
    if one.came:
        touched = row.source_class == REVIEWER or row.claim_id in after.standing.ids.values()
        reason = REVIEWER if touched else _reason(row)
        return _of_row(row, reason, one.log_odds, undoes=one.undoes)
    if gone:
        words = f"{gone[-1].words}; it had said: “{row.sentence}”"
        return _of_row(row, gone[-1].reason, one.log_odds, undoes=one.undoes, words=words, known=gone[-1].day)
    return _of_row(row, REVIEWER, one.log_odds, undoes=one.undoes, words=f"corrected; it had said: “{row.sentence}”")


def _reason(row: ClaimRow) -> str:
    if row.stance != "denies":
        return "new report"
    return "admission" if is_admission(row) else "denial"


def _of_row(
    row: ClaimRow, reason: str, log_odds: float, *, undoes: bool, words: str = "", known: str | None = None
) -> Because:
    own = row.source == "publisher" or row.source_name == row.publisher
    return Because(
        reason, round(log_odds, 4) + 0.0, undoes, words or row.sentence, row.claim_id,
        "" if own else row.source_name or row.source, row.publisher, row.url, known or row.published,
    )  # fmt: skip


def _nothing_told(pair: Pair) -> Because:
    """A change that no claim on the place made."""
    now = pair.after
    faded = now is None or now.probability < (pair.before.probability if pair.before else 1.0)
    unknown = isinstance(now, HoldingRow) and not now.holder_id
    unknown = unknown or (isinstance(now, CrossingRow) and now.state == "unknown")
    if faded or unknown:
        return Because("silence", 0.0, False, "no new report on the place: what is known goes out of date")
    return Because(
        "elsewhere", 0.0, False, "no new report on the place: time that passed, other places or other rules moved it"
    )
