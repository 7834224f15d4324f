"""On which days of knowledge each claim stands, for the index of words: the answers of the ledger's door as ranges.

A claim stands from the day on which it was known until the day on which somebody took it back. On a place of which
people have said anything, the door is asked once for each stretch between two days on which anything was taken away.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from marchland.ledger.database import Sqlite
from marchland.ledger.review import in_force
from marchland.ledger.store import Ledger
from marchland.ledger.taken_back import TakenBack
from marchland.ledger.takenbook import TakenBook
from marchland.records import ClaimRow

FOREVER = "9999-99-99"
"""The end of what was never taken back."""
_PUT = f"INSERT INTO claim_item VALUES ({', '.join('?' * 19)})"
_TOUCHED = (
    "SELECT i.original FROM claim_item i JOIN claim_text t ON t.number = i.words"
    f" WHERE i.claim_id = i.original AND (i.gone <> '{FOREVER}' OR i.known <> t.known)"
)


def fingerprint(ledger: Ledger) -> str:
    """Changes whenever something was written that may change on which days a claim stands."""
    taken, later, readings, reviews = ledger.database.execute(
        "SELECT (SELECT count(*) FROM taken_back), (SELECT count(*) FROM known_later),"
        " (SELECT count(*) FROM reading), (SELECT count(*) FROM review)"
    ).fetchone()
    linked = ledger.database.execute("SELECT count(*) FROM copy_article").fetchone()[0] if reviews else 0
    return f"{taken}/{later}/{readings}/{reviews}/{linked}"


@dataclass(frozen=True, slots=True)
class Span:
    """A claim and the days of knowledge on which it stands so; `until` is exclusive."""

    row: ClaimRow
    original: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Spans:
    """What says of the claims of a ledger whether they count."""

    taken: Mapping[str, Sequence[TakenBack]]
    later: Mapping[str, str]
    places: frozenset[str]
    """Places of which people have said something."""

    @classmethod
    def of(cls, ledger: Ledger) -> Spans:
        """Read once for each state of the ledger."""
        key = ("search spans", fingerprint(ledger))
        if key not in ledger.memo:
            book = TakenBook(ledger.database)
            reviewed = {place for one in ledger.door.reviews() for place in ledger.door.places_of(one)}
            ledger.memo[key] = cls(book.taken(), book.later(), frozenset(reviewed))
        made: Spans = ledger.memo[key]
        return made

    def put(self, store: Sqlite, numbered: Iterable[tuple[int, str, ClaimRow]]) -> None:
        """New claims as they were read: the number of its words, first day of knowledge, claim."""
        rows = list(numbered)
        if any(row.place_id in self.places for _, _, row in rows):
            store.execute("DELETE FROM state WHERE name = 'spans'")  # people's words may reach them
        items = [_item(words, Span(row, row.claim_id, *self._days(row.claim_id, known))) for words, known, row in rows]
        _add(store, items)

    def _days(self, claim_id: str, known: str) -> tuple[str, str]:
        since = max(known, self.later.get(claim_id, ""))
        return since, min((one.day for one in self.taken.get(claim_id, ())), default=FOREVER)

    # ------------------------------------------------------------------------------------------------------- all again

    def write(self, ledger: Ledger, store: Sqlite) -> None:
        """Bring the days of all claims up to date."""
        self._unreviewed(store)
        if self.places:
            self._reviewed(ledger, store)

    def _unreviewed(self, store: Sqlite) -> None:
        touched = {one for (one,) in store.execute(_TOUCHED)} | self.taken.keys() | self.later.keys()
        base = "SELECT known FROM claim_text WHERE claim_id = ?"
        known = ((one, store.execute(base, (one,)).fetchone()) for one in sorted(touched))
        changed = [(*self._days(one, found[0]), one) for one, found in known if found]
        store.executemany(
            "UPDATE claim_item SET known = ?, gone = ? WHERE original = ? AND claim_id = original", changed
        )

    def _reviewed(self, ledger: Ledger, store: Sqlite) -> None:
        """The claims on places that were reviewed, and those without a place that people spoke of."""
        places = sorted(self.places)
        spoken = [claim for one in ledger.door.reviews() for claim in one.claims]
        first = {
            claim_id: known for column, values in (("place_id", places), ("claim_id", spoken))
            for claim_id, known in _known(ledger, column, values)
        }  # fmt: skip
        spans = [span for place in places for span in self._of_place(ledger, place, first)]
        spans += self._unplaced(ledger, spoken, first)
        store.executemany("DELETE FROM claim_item WHERE place_id = ?", ((one,) for one in places))
        store.executemany("DELETE FROM claim_item WHERE original = ?", ((one,) for one in first))
        numbers = _Numbers(store)
        _add(store, [_item(numbers.of(one), one) for one in spans])

    def _of_place(self, ledger: Ledger, place: str, first: Mapping[str, str]) -> Iterator[Span]:
        reviews = [one for one in ledger.door.reviews() if place in ledger.door.places_of(one)]
        near = {place, *(other for one in reviews for other in ledger.door.places_of(one))}
        ids = {claim_id for claim_id, _ in _known(ledger, "place_id", sorted(near))}
        ids |= {claim_id for one in reviews for claim_id in one.claims}
        cuts = {one.day for one in reviews} | {one.day for claim in ids for one in self.taken.get(claim, ())}
        stood: dict[str, list[Span]] = defaultdict(list)
        ordered = sorted(cuts - {""})
        for since, until in zip(["", *ordered], [*ordered, FOREVER], strict=True):
            standing = ledger.door.standing(place, _day_before(until))
            read = {new: old for old, new in standing.ids.items()}
            for row in standing.rows:
                original = read.get(row.claim_id, row.claim_id)
                known = max(first.get(original, row.published or ""), self.later.get(original, ""))
                _lengthen(stood[row.claim_id], Span(row, original, max(since, known), until), since)
        for many in stood.values():
            yield from many

    def _unplaced(self, ledger: Ledger, spoken: Iterable[str], first: Mapping[str, str]) -> Iterator[Span]:
        """Claims whose place was refused: as they were read they stand until somebody corrects or rejects them."""
        against = [one for one in in_force(ledger.door.reviews()) if one.verb in ("correct", "reject")]
        for claim_id in sorted(set(spoken)):
            found = [row for row in ledger.claims_like(claim_id, 1) if row.claim_id == claim_id and not row.place_id]
            for row in found:
                since, until = self._days(claim_id, first.get(claim_id, row.published or ""))
                yield Span(row, claim_id, since, min([until, *(one.day for one in against if claim_id in one.claims)]))


class _Numbers:
    """The row of each claim's words; a claim as people have corrected it gets a row of its own."""

    def __init__(self, store: Sqlite) -> None:
        self._store = store

    def of(self, span: Span) -> int:
        """The row, which is made for a claim that is new."""
        from marchland.ledger.search_index import names_of  # noqa: PLC0415  that module builds on this one

        row = span.row
        found = self._store.execute("SELECT number FROM claim_text WHERE claim_id = ?", (row.claim_id,)).fetchone()
        if found:
            return int(found[0])
        (last,) = self._store.execute("SELECT coalesce(max(number), 0) FROM claim_text").fetchone()
        record = msgspec.json.encode(row).decode()
        self._store.execute("INSERT INTO claim_text VALUES (?,?,?,?)", (last + 1, row.claim_id, span.since, record))
        self._store.execute("INSERT INTO claim_words (rowid, sentence, names) VALUES (?,?,?)",
                            (last + 1, row.sentence, names_of(row)))  # fmt: skip
        return int(last) + 1


def _lengthen(many: list[Span], one: Span, since: str) -> None:
    """Add a span, or let the last one go on where it reaches to this one."""
    if many and many[-1].until == since:
        one = Span(one.row, one.original, many.pop().since, one.until)
    many.append(one)


def _known(ledger: Ledger, column: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    asked = f"SELECT claim_id, known FROM claim WHERE {column} = ?"
    for value in dict.fromkeys(values):
        yield from ledger.database.execute(asked, (value,)).fetchall()


def _day_before(until: str) -> str | None:
    return None if until == FOREVER else (dt.date.fromisoformat(until) - dt.timedelta(days=1)).isoformat()


def _item(words: int, one: Span) -> tuple[object, ...]:
    row = one.row
    return (
        words, row.claim_id, one.original, row.article_id, row.place_id or "", row.country or "", row.event, row.stance,
        row.actor_id or "", row.opponent_id or "", row.source_name, row.source_side, row.source_class,
        row.publisher or "", row.published or "", row.date_to or row.date_from or "", one.since, one.until,
    )  # fmt: skip


def _add(store: Sqlite, items: Sequence[tuple[object, ...]]) -> None:
    (last,) = store.execute("SELECT coalesce(max(number), 0) FROM claim_item").fetchone()
    store.executemany(_PUT, ((last + place, *item) for place, item in enumerate(items, start=1)))
