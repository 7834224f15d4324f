"""What a review moves: the answers about the places it bears on, before it and after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from marchland.ledger import query
from marchland.ledger.assessment import Assessment, Silence, begins, covers, turned
from marchland.ledger.explain import answer
from marchland.ledger.fuse import PlaceRef
from marchland.ledger.review import Review
from marchland.ledger.store import Ledger
from marchland.records import Answer, CrossingRow

BESIDE = 8
"""Places whose answers rest on those that a review is about, and that are looked at besides: at most so many."""
FELT = 0.005
"""A change of a probability that is worth a word."""


@dataclass(frozen=True, slots=True)
class Stood:
    """Who held a place at the end of a day, in short."""

    at: str
    holder_id: str | None
    holder_name: str | None
    status: str
    since: str | None
    probability: float
    passage: tuple[str, ...] = ()
    """For a crossing, the state of each lane: "closed", "AF>IR trade open"."""

    @property
    def told(self) -> tuple[object, ...]:
        """All but the probability."""
        return (self.holder_id, self.status, self.since, self.passage)


@dataclass(frozen=True, slots=True)
class Moved:
    """One answer that is another one now."""

    place_id: str
    place_name: str
    before: Stood
    after: Stood

    @property
    def turns(self) -> bool:
        """Whether the answer in words changes, not its probability alone."""
        return self.before.told != self.after.told


Question = tuple[str, str]
"""A place and a day."""


def questions(ledger: Ledger, review: Review) -> list[Question]:
    """Which answers a review may change: of its places and of some that rest on them, on its days and on the last."""
    own = sorted(ledger.door.places_of(review))
    if not own:
        return []
    marks = ", ".join("?" * len(own))
    resting = ledger.database.execute(
        f"SELECT DISTINCT place_id FROM place_basis WHERE on_id IN ({marks}) ORDER BY place_id", own
    ).fetchall()
    beside = [one for (one,) in resting if one not in own][:BESIDE]
    last = ledger.last_day()
    days = _days(ledger, review, last.isoformat() if last else "1970-01-01")
    return [(place, on) for place in own for on in days] + [(place, days[0]) for place in beside]


def _days(ledger: Ledger, review: Review, last: str) -> list[str]:
    """The last day on record, then the days of which the claims tell, as read and as corrected."""
    about = {one.review_id: one for one in ledger.door.reviews()}.get(review.about, review)
    rows = [about.row] if about.row else [row for one in about.claims for row in ledger.claims_like(one, 1)]
    told = {row.date_to or row.date_from or "" for row in rows} | {str(about.changes.get("date_to") or "")}
    return [last, *sorted(one for one in told if one and one < last)]


def answers(ledger: Ledger, asked: Iterable[Question]) -> dict[Question, Stood]:
    """The answers to some questions."""
    return {(place, on): stood(ledger, place, on) for place, on in asked}


def stood(ledger: Ledger, place_id: str, on: str) -> Stood:
    """Who held a place on a day, in short; unknown for one of which nothing is on record."""
    found = _asked(ledger, place_id, on)
    if found is None:
        return Stood(on, None, None, "unknown", None, 0.0)
    lanes = lanes_of(query.crossings(ledger, at=on, place_ids=[place_id]))
    return Stood(on, found.holder_id, found.holder_name, found.status, found.since, round(found.probability, 4), lanes)


def lanes_of(rows: Iterable[CrossingRow]) -> tuple[str, ...]:
    """The state of each lane of a crossing of which something is known, in words."""
    return tuple(
        " ".join((*(word for word in (one.direction, one.traffic) if word not in ("both", "all")), one.state))
        for one in rows if one.state != "unknown"
    )  # fmt: skip


def stood_in(made: Assessment, silence: Silence, on: dt.date, lanes: tuple[str, ...] = ()) -> Stood:
    """The same out of an assessment, where silence counts up to that day."""
    day = on.toordinal()
    if not made.states or silence.precedes(made, day):
        return Stood(on.isoformat(), None, None, "unknown", None, 0.0, lanes)
    rows = [one for one in turned(made, silence) if covers(begins(one.row), one.row.until, on.isoformat())]
    share = round(silence.share(made, rows[-1].row if rows else None, day), 4)
    if not rows:
        return Stood(on.isoformat(), None, None, "unknown", None, share, lanes)
    row = rows[-1].row
    return Stood(on.isoformat(), row.holder_id, row.holder_name, row.status, row.from_, share, lanes)


def _asked(ledger: Ledger, place_id: str, on: str) -> Answer | None:
    if ledger.place(place_id) is not None:
        return query.who(ledger, place_id, at=on)
    rows = ledger.claims(place_id)
    if not rows:
        return None
    return answer(rows, PlaceRef.of(rows), query.rules(ledger), dt.date.fromisoformat(on), None, reasons=False)


def moved(before: dict[Question, Stood], after: dict[Question, Stood], names: dict[str, str]) -> list[Moved]:
    """The answers that are others now: those that turn first, each kind by place and day."""
    found = [
        Moved(place, names.get(place, place), before[place, on], now)
        for (place, on), now in after.items() if differ(before[place, on], now)
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one.turns)


def differ(one: Stood, other: Stood) -> bool:
    """Whether two answers are so far apart that it is worth a word."""
    return one.told != other.told or (one.status != "unknown" and abs(one.probability - other.probability) >= FELT)


def foreseen(ledger: Ledger, review: Review) -> list[Moved]:
    """What a review would move if it were made; nothing is written. Misuse where it is about nothing."""
    asked = questions(ledger, review)
    supposed = ledger.supposing(review)
    return moved(answers(ledger, asked), answers(supposed, asked), names_of(supposed, asked))


def names_of(ledger: Ledger, asked: Sequence[Question]) -> dict[str, str]:
    """The names of the places asked about."""
    return dict(_names(ledger, {place for place, _ in asked}))


def _names(ledger: Ledger, places: Iterable[str]) -> Iterator[tuple[str, str]]:
    for place_id in places:
        known = ledger.place(place_id)
        rows = () if known else ledger.claims(place_id)
        yield place_id, known.name if known else (rows[0].place_name or place_id) if rows else place_id
