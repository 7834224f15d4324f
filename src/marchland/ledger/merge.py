"""Two ledgers made one: every article, claim, trace, skipped page and decision of either.

A row is told from others by its key. Where both have a row under one key and the rows differ, the same one is taken
whichever ledger is merged into which: that with the smaller contents, then the earlier moment. The other is kept in
`merge_twin` and named. What is derived (copies, versions) is made again from the articles. What is the other ledger's
own stays there: whom it lets in, and its audit log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec

from marchland.errors import BrokenData
from marchland.ledger.check import damage
from marchland.ledger.database import Database
from marchland.ledger.schema import Table, tables
from marchland.ledger.seals import seal
from marchland.ledger.store import Ledger
from marchland.records import Article, content_id

CHUNK = 500
MOMENTS = {"recorded_at", "known", "run"}
"""Columns that say when a ledger came to have the row: no contradiction, the earlier one holds."""
FIRST_MET = {"place", "party", "skipped"}
"""Tables whose rows are as some claim or run had them first: that they differ is no contradiction either."""
KEYS = {"skipped": ("location", "why")}
"""What tells rows apart where that is not the primary key."""

_WITHOUT_LINKS = (
    "SELECT DISTINCT c.article_id FROM claim c "
    "WHERE NOT EXISTS (SELECT 1 FROM witness_link w WHERE w.claim_id = c.claim_id)"
)
_UNSEALED = (
    "SELECT article_id FROM article a WHERE NOT EXISTS (SELECT 1 FROM article_seal s WHERE s.article_id = a.article_id)"
)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """Two rows with one key that contradict each other."""

    table: str
    key: tuple[Any, ...]
    differs: tuple[str, ...]
    """Columns in which they differ."""
    theirs_kept: bool
    """Whether the row of the other ledger was taken."""


@dataclass(slots=True)
class Merged:
    """What a merge did."""

    added: dict[str, int] = field(default_factory=dict)
    """Rows that were new, by table."""
    twins: list[Twin] = field(default_factory=list)
    linked: int = 0
    """Articles whose copies were looked for anew."""


def merge(ledger: Ledger, other: Ledger) -> Merged:
    """Put everything of another ledger into this one, all or nothing; the other one stays as it is.

    Raises BrokenData where the other one is damaged, and what the stores raise.
    """
    done = Merged()
    mine, theirs = ledger.database, other.database
    if faults := damage(other):
        raise BrokenData(f"{theirs.name} is damaged ({faults[0].table} {faults[0].row}: {faults[0].what}); see "
                         "marchland ledger check")  # fmt: skip
    with mine.transaction(), theirs.snapshot():
        before = {row[0] for row in mine.execute("SELECT claim_id FROM claim")}
        kept = [one for one in tables() if one.on_record]
        for table in kept:
            _Union(mine, table, done).take(theirs)
        fresh = _fresh(ledger, before)
        for article in fresh:
            ledger.link(article)
        done.linked = len(fresh)
        unsealed = {article_id for (article_id,) in mine.execute(_UNSEALED).fetchall()}
        seal(mine, sorted({one.article_id for one in fresh} | _changed(mine, done) | unsealed))
        _date(mine)
        ledger.touch(place_id for (place_id,) in mine.execute("SELECT place_id FROM place").fetchall())
        ledger.memo.clear()
    return done


def _date(mine: Database) -> None:
    """What was taken back was learnt when both readings were there: the moments of these may be earlier now."""
    other = "SELECT claim.article_id FROM claim WHERE claim.claim_id = taken_back.claim_id"
    both = f"article.article_id = taken_back.article_id OR article.article_id = ({other})"
    newest = f"SELECT max(article.recorded_at) FROM article WHERE {both}"
    with mine.replacing("taken_back"):
        mine.execute(f"UPDATE taken_back SET recorded_at = ({newest}) WHERE recorded_at != ({newest})")


def _changed(mine: Database, done: Merged) -> set[str]:
    """Articles of which a row gave way to another one."""
    asked = "SELECT article_id FROM claim WHERE claim_id = ?"
    claims = (mine.execute(asked, one.key).fetchone() for one in done.twins if one.table == "claim")
    return {str(one.key[0]) for one in done.twins if one.table == "article"} | {row[0] for row in claims if row}


def _fresh(ledger: Ledger, before: set[str]) -> list[Article]:
    """Articles that are new, or whose claims are, or that an older Marchland left without what their claims rest on."""
    fresh = {one.article_id: one for one in ledger.copies.unlinked()}
    asked = "SELECT claim_id, article_id FROM claim ORDER BY article_id"
    late = {article for claim, article in ledger.database.execute(asked) if claim not in before} - fresh.keys()
    late |= {article for (article,) in ledger.database.execute(_WITHOUT_LINKS).fetchall()} - fresh.keys()
    found = (fresh.get(article_id) or ledger.article(article_id) for article_id in sorted({*fresh, *late}))
    return [one for one in found if one is not None]


class _Union:
    """Puts the rows of one table of another ledger among one's own."""

    def __init__(self, mine: Database, table: Table, done: Merged) -> None:
        self._mine = mine
        self._table = table
        self._done = done
        self._key = table.place(KEYS.get(table.name, table.order))
        self._moments = [number for number, name in enumerate(table.names) if name in MOMENTS]
        self._rest = [number for number in range(len(table.names)) if number not in (*self._key, *self._moments)]
        self._followed = {one.key: one.theirs_kept for one in done.twins if one.table == "claim"}

    def take(self, theirs: Database) -> None:
        """All rows of the other ledger."""
        rows = theirs.stream(self._table.ask())
        new = 0
        while chunk := list(islice(rows, CHUNK)):
            absent = list(self._absent(chunk))
            self._mine.executemany(self._table.put(), absent)
            new += len(absent)
        self._done.added[self._table.name] = new

    def _absent(self, rows: Sequence[Row]) -> Iterator[Row]:
        for row in rows:
            own = self._own(row)
            if own is None:
                yield row
            elif own != row:
                self._settle(own, row)

    def _own(self, row: Row) -> Row | None:
        names = [self._table.names[number] for number in self._key]
        values = [row[number] for number in self._key]
        each = zip(names, values, strict=True)
        where = " AND ".join(f"{name} IS NULL" if value is None else f"{name} = ?" for name, value in each)
        asked = f"SELECT {', '.join(self._table.names)} FROM {self._table.name} WHERE {where}"
        found: Row | None = self._mine.execute(asked, [one for one in values if one is not None]).fetchone()
        return found

    def _settle(self, own: Row, other: Row) -> None:
        """Take the one of two rows that every order of merging takes."""
        key = tuple(own[number] for number in self._key)
        theirs = self._followed[key] if self._follows(key) else self._weight(other) < self._weight(own)
        taken, left = (other, own) if theirs else (own, other)
        if theirs:
            self._replace(taken)
        differs = tuple(self._table.names[number] for number in self._rest if own[number] != other[number])
        if differs and self._table.name not in FIRST_MET:
            self._done.twins.append(Twin(self._table.name, key, differs, theirs))
            self._keep(key, left)

    def _follows(self, key: tuple[Any, ...]) -> bool:
        """How a claim was read goes with the claim."""
        return self._table.name == "claim_trace" and key in self._followed

    def _weight(self, row: Row) -> tuple[Any, ...]:
        return tuple((row[number] is None, row[number]) for number in (*self._rest, *self._moments))

    def _replace(self, row: Row) -> None:
        names = self._table.names
        settable = [*self._rest, *self._moments]
        sets = ", ".join(f"{names[number]} = ?" for number in settable)
        where = " AND ".join(f"{names[number]} = ?" for number in self._key)
        values = [row[number] for number in (*settable, *self._key)]
        with self._mine.replacing(self._table.name):
            self._mine.execute(f"UPDATE {self._table.name} SET {sets} WHERE {where}", values)

    def _keep(self, key: tuple[Any, ...], row: Row) -> None:
        """The row that gave way, without its moments, which do not belong to it alone."""
        told = [None if number in self._moments else value for number, value in enumerate(row)]
        kept = _json(told)
        made = (self._table.name, _json(key), content_id(kept), kept)
        self._mine.execute("INSERT INTO merge_twin VALUES (?,?,?,?) ON CONFLICT DO NOTHING", made)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
