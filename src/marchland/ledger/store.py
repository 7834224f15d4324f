"""The ledger: append-only, one transaction for each article, in an SQLite file or in PostgreSQL."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from marchland.copies.groups import Shelf, copy_groups, part_links
from marchland.errors import BrokenData, MarchlandError, Misuse
from marchland.events.weights import load_weights
from marchland.ledger.copybook import CopyBook
from marchland.ledger.database import REPAIR, Database, Kept, open_database
from marchland.ledger.door import Door
from marchland.ledger.review import Review, order
from marchland.ledger.seals import seal
from marchland.ledger.takenbook import TakenBook
from marchland.places.distance import box
from marchland.records import Article, Claim, ClaimRow, CopyGroup, CopyLink, Place, Resolved, Skipped, Traced

MIGRATIONS = (
    "schema.sql", "copies.sql", "skipped.sql", "trace.sql", "stamps.sql", "taken_back.sql", "review.sql", "times.sql",
    "witnesses.sql", "brief.sql", "seals.sql", "assess.sql", "kinds.sql", "surroundings.sql",
    "access.sql", "mapped.sql",
)  # fmt: skip
"""Scripts in order, each one version, only ever added to; `marchland.ledger.database` has the rules for them."""

SIGNS_OF_DAMAGE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, msgspec.DecodeError, zlib.error)
"""What values raise that nobody wrote: reason to look whether the ledger is whole."""
LOT = 1000
"""Articles that are added in one transaction, where very many are."""
_ONCE = "ON CONFLICT DO NOTHING"
_SKIPPED = "?, ?, ?, ?, ?, CAST (? AS INTEGER)"
_STAMP = (
    "INSERT INTO place_stamp VALUES (?, 1) ON CONFLICT (place_id) DO UPDATE SET revision = place_stamp.revision + 1"
)
_KNOWN = "coalesce(published, substr(recorded_at, 1, 10))"
_RESTING = (
    "UPDATE place_stamp SET revision = revision + 1 "
    "WHERE place_id IN (SELECT place_id FROM place_basis WHERE on_id = ?)"
)
_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")
_ARTICLE: Kept[Article] = Kept(Article, "article")
_TRACE: Kept[tuple[Claim, Resolved]] = Kept(tuple[Claim, Resolved], "claim_trace")


class Ledger:
    """Articles and the claims found in them. Content ids make it safe to add the same thing twice.

    Use as a context manager. An article is wholly in, with all its claims, or not at all.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self.memo: dict[object, Any] = {}
        """Results computed from claims, by what they were computed from; lives as long as the connection."""
        self.workers = 1
        """Processes that may share long work: more than one only in a program that can be started anew, as commands."""
        self.without: Collection[str] = ()
        """Countries and parties that the filter's table of parties is to do without: for measuring what it is worth."""
        self.supposed = False
        """Whether it has what nobody has said (`supposing`): nothing that is worked out from it may be kept."""
        self._copies: CopyBook | None = None

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True, shared: bool = False) -> Ledger:
        """Open a ledger, making it where it is absent and `create` is set, and bring an older one to this version.

        `path` is a file, "postgresql://user@host/database?schema=name", or ":memory:", which keeps nothing.
        With `shared` several threads may use it, one at a time.
        Raises Misuse for one that is absent or no ledger, BrokenData for one of a newer version or a damaged one,
        StoreFailed where it cannot be read or written.
        """
        database = open_database(str(path), create=create, shared=shared)
        try:
            migrate(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    @property
    def database(self) -> Database:
        """The store itself, for the modules that keep tables of their own in it."""
        return self._db

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if isinstance(error, SIGNS_OF_DAMAGE) and not isinstance(error, MarchlandError):
                self._tell_damage(error)
        finally:
            self.close()

    def _tell_damage(self, error: Exception) -> None:
        """Where a question failed unexpectedly, say so if it is the ledger that is not whole."""
        from marchland.ledger.check import check  # noqa: PLC0415  only when something has gone wrong

        for fault in check(self).faults[:1]:
            where = f"table {fault.table}" + (f", row {fault.row}" if fault.row else "")
            raise BrokenData(f"{self._db.name} is damaged: {where}: {fault.what}; {REPAIR}") from error

    def close(self) -> None:
        """Close the file, or the connection."""
        self._db.close()

    # ------------------------------------------------------------------------------------------------------ adding

    def add(self, article: Article, found: Sequence[ClaimRow | Traced], *, now: dt.datetime | None = None) -> int:
        """Add an article with its claims, all or nothing; returns how many claims were new.

        `now` is the moment of recording. With a `Traced` claim, how it came about is kept for `explain`. What is there
        already stays as it is.
        Raises Misuse for a claim of another article.
        """
        rows = [one.row if isinstance(one, Traced) else one for one in found]
        strays = [row.claim_id for row in rows if row.article_id != article.article_id]
        if strays:
            raise Misuse(f"claim {strays[0]} is not of article {article.article_id}")
        with self._db.transaction():
            stamp = self._stamp(now or dt.datetime.now(dt.UTC))
            put = f"INSERT INTO article VALUES (?,?,?,?,?,?,?,?,?) {_ONCE}"
            first = self._db.execute(put, _article(article, stamp)).rowcount
            new = [row for row in rows if self._add_claim(row, stamp)]
            self.touch((*(row.place_id for row in new if row.place_id), *self._counted(new)))
            self._add_traces(one for one in found if isinstance(one, Traced))
            if first or new:
                seal(self._db, [article.article_id])
        if new:
            self.memo.clear()
        return len(new)

    def add_many(
        self, found: Iterable[tuple[Article, Sequence[ClaimRow | Traced]]], *, now: dt.datetime | None = None,
        lot: int = LOT,
    ) -> int:  # fmt: skip
        """Add very many articles with their claims, `lot` of them in one transaction; returns how many claims were new.

        They are taken one after another, so they need not all be in memory. A run that is stopped leaves whole lots.
        """
        waiting, added = iter(found), 0
        while some := list(islice(waiting, lot)):
            with self._db.transaction():
                added += sum(self.add(article, rows, now=now) for article, rows in some)
        return added

    def reread(self, article: Article, found: Sequence[ClaimRow | Traced], *, now: dt.datetime | None = None) -> int:
        """Add an article that may be in, as read again with other rules; returns how many claims were new.

        Its claims are now those found; the others stay on record, taken back by "rule change". Raises Misuse.
        """
        if not self.has_article(article.article_id):
            return self.add(article, found, now=now)
        with self._db.transaction():
            stamp = self._stamp(now or dt.datetime.now(dt.UTC))
            ids = (one.row.claim_id if isinstance(one, Traced) else one.claim_id for one in found)
            self.touch(TakenBook(self._db).reread(article.article_id, ids, stamp))
        self.memo.clear()
        return self.add(article, found, now=now)

    def add_review(self, review: Review) -> bool:
        """Keep what a person said of the record; whether it is new. Misuse where it is about nothing."""
        row = replace(review.row, **review.changes) if review.row else None  # type: ignore[arg-type]
        with self._db.transaction():
            added = self.door.keep(review)
            if row is not None and added:
                self._add_place(row)
                self._add_parties(row)
            self.touch(self.door.places_of(review))
        self.memo.clear()
        return added

    def _counted(self, rows: Sequence[ClaimRow]) -> frozenset[str]:
        """Smaller places on which answers may rest on some claims that count them ("17 of 19 districts")."""
        listed = [row for row in rows if row.quantity_part is not None and row.place_kind in ("country", "province")]
        if not listed:
            return frozenset()
        from marchland.ledger.census import members_counted  # noqa: PLC0415  builds on this class

        return members_counted(listed, load_weights().counts) & set(self.place_ids())

    def touch(self, place_ids: Iterable[str]) -> None:
        """Say that something was written on which the answers about these places rest; inside its transaction.

        What was worked out about them before is then known to be out of date (`marchland.ledger.assess`).
        """
        touched = [(place_id,) for place_id in sorted(set(place_ids))]
        self._db.executemany(_STAMP, touched)
        self._db.executemany(_RESTING, touched)

    def link(self, *articles: Article) -> None:
        """Find out what articles that are in share with all others, and which of their claims are the same words.

        Linking again does no harm. Raises Misuse for an article that is not in.
        """
        strays = [one.article_id for one in articles if not self.has_article(one.article_id)]
        if strays:
            raise Misuse(f"article {strays[0]} is not in the ledger; add it before it is linked")
        try:
            with self._db.transaction():
                self.touch(place_id for one in articles for place_id in self.copies.link(one))
                book = TakenBook(self._db)
                self.touch(place_id for one in articles for place_id in book.compare(one, self.copies.settings))
        except BaseException:
            self.copies.forget()
            raise
        self.memo.clear()

    def _stamp(self, now: dt.datetime) -> str:
        """The moment of recording, UTC: never before what is on record, also where the clock was set back."""
        told = now.astimezone(dt.UTC) if now.tzinfo else now.replace(tzinfo=dt.UTC)
        (last,) = self._db.execute("SELECT max(recorded_at) FROM article").fetchone()
        return max(told.isoformat(timespec="seconds"), last or "")

    def _add_claim(self, row: ClaimRow, stamp: str) -> int:
        record = msgspec.json.encode(row).decode()
        known = row.published or stamp[:10]
        cursor = self._db.execute(
            f"INSERT INTO claim VALUES (?,?,?,?,?,?,?,?,?,?) {_ONCE}",
            (row.claim_id, row.article_id, row.place_id, row.event, row.stance, row.date_from, row.date_to,
             row.published, known, record),
        )  # fmt: skip
        if cursor.rowcount:
            self._add_place(row)
            self._add_parties(row)
        return cursor.rowcount

    def _add_traces(self, found: Iterable[Traced]) -> None:
        packed = ((one.row.claim_id, zlib.compress(msgspec.json.encode((one.claim, one.resolved)))) for one in found)
        self._db.executemany(f"INSERT INTO claim_trace VALUES (?,?) {_ONCE}", packed)

    def _add_place(self, row: ClaimRow) -> None:
        """The place as its first claim has it; the point only of a claim on the place itself, not 30 km west of it."""
        if row.place_id is None:
            return
        lat, lon = (None, None) if row.place_offset_km else (row.lat, row.lon)
        cursor = self._db.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (place_id) DO UPDATE"
            " SET lat = excluded.lat, lon = excluded.lon WHERE place.lat IS NULL",
            (row.place_id, row.place_name or row.place, row.place_kind, row.country, row.admin1, lat, lon,
             _json(row.place_aliases)),
        )  # fmt: skip
        if cursor.rowcount:
            self.touch(self._around(row.place_id))

    def _around(self, place_id: str) -> Iterator[str]:
        """Places on which one that has come onto the record may bear (`marchland.ledger.nearby`)."""
        place = self.place(place_id)
        if place is None:
            return
        yield from (one.place_id for one in self.places_near(place, load_weights().around.widest))
        if place.kind == "province":
            inside = "SELECT place_id FROM place WHERE country = ? AND admin1 = ?"
            yield from (one for (one,) in self._db.execute(inside, (place.country, place.name)))

    def _add_parties(self, row: ClaimRow) -> None:
        parties = (
            (row.actor_id, row.actor_name or row.actor, row.actor_side, row.actor_aliases),
            (row.opponent_id, row.opponent_name, row.opponent_side, ()),
        )
        for party_id, name, side, aliases in parties:
            if party_id:
                self._db.execute(
                    f"INSERT INTO party VALUES (?,?,?,?,?) {_ONCE}",
                    (party_id, name or party_id, side or party_id, _json(aliases), row.country),
                )

    def add_skipped(self, run: str, items: Iterable[Skipped]) -> None:
        """Keep what was not read in the run that began at `run` (ISO 8601); what is there already stays as it was."""
        rows = [
            (run, one.where, one.why, one.language, one.url, int(one.set_aside), one.where, one.why) for one in items
        ]
        known = "SELECT 1 FROM skipped WHERE location = ? AND why = ?"
        with self._db.transaction():
            self._db.executemany(f"INSERT INTO skipped SELECT {_SKIPPED} WHERE NOT EXISTS ({known})", rows)

    def supposing(self, *reviews: Review) -> Ledger:
        """This ledger as if people had said these things, too: for questions, which write nothing then.

        It shares the connection, and is good for as long as nobody writes.
        """
        made = Ledger(self._db)
        made.supposed, made.without, made._copies = True, self.without, self.copies
        made.memo["reviews"] = tuple(sorted((*self.door.reviews(), *reviews), key=order))
        same = ("taken", "shared words")
        made.memo |= {name: self.memo[name] for name in same if name in self.memo}
        return made

    # ----------------------------------------------------------------------------------------------------- reading

    @property
    def copies(self) -> CopyBook:
        """What is known of copies, credits and versions."""
        if self._copies is None:
            self._copies = CopyBook(self._db)
        return self._copies

    @property
    def door(self) -> Door:
        """Claims as they stand on a day of knowledge, with what was taken back and what people said."""
        return Door(self._db, self.memo, self.copies.shared_words)

    def has_article(self, article_id: str) -> bool:
        """Whether the article is in."""
        found = self._db.execute("SELECT 1 FROM article WHERE article_id = ?", (article_id,)).fetchone()
        return found is not None

    def articles(self, known_at: str | None = None) -> tuple[Article, ...]:
        """All articles, or those known by a day (published, else recorded), by id."""
        where, values = ("", []) if known_at is None else (f"WHERE {_KNOWN} <= ?", [known_at])
        found = self._db.execute(f"SELECT record FROM article {where} ORDER BY article_id", values)
        return tuple(_ARTICLE.decode(record) for (record,) in found)

    def article(self, article_id: str) -> Article | None:
        """One article, or None where it is not in."""
        found = self._db.execute("SELECT record FROM article WHERE article_id = ?", (article_id,)).fetchone()
        return _ARTICLE.decode(found[0]) if found else None

    def claims_like(self, prefix: str, most: int = 10) -> tuple[ClaimRow, ...]:
        """Claims whose id begins so, by id; no more than `most`. The days of copies are as they were read."""
        query = "SELECT record FROM claim WHERE claim_id >= ? AND substr(claim_id, 1, length(?)) = ?"
        found = self._db.execute(f"{query} ORDER BY claim_id LIMIT ?", (prefix, prefix, prefix, most))
        return tuple(_ROW.decode(record) for (record,) in found)

    def trace(self, claim_id: str) -> tuple[Claim, Resolved] | None:
        """How a claim came about; None for one that was added without, as all were before version 4."""
        found = self._db.execute("SELECT record FROM claim_trace WHERE claim_id = ?", (claim_id,)).fetchone()
        return _TRACE.unpack(found[0]) if found else None

    def copy_groups(self, known_at: str | None = None) -> tuple[CopyGroup, ...]:
        """Articles, published by that day, that are one text, the largest group first, with the likely origin."""
        return copy_groups(self._shelf(known_at), self.copies.settings)

    def part_links(self, known_at: str | None = None) -> tuple[CopyLink, ...]:
        """What articles of two groups share: a standing paragraph, a sentence, a quotation."""
        return part_links(self._shelf(known_at), self.copies.settings)

    def _shelf(self, known_at: str | None) -> Shelf:
        book = self.copies
        return Shelf.of(self.articles(known_at), book.texts(), book.links(), book.credits())

    def claims(
        self, place_id: str | None = None, known_at: dt.date | str | None = None, event: str | None = None
    ) -> tuple[ClaimRow, ...]:
        """Claims by place, and by the day up to which they were known; sorted by that day, then by id.

        What was taken back by then is left out, and people's corrections are in. Those that rest on the same words
        have one `witness_id`, and copies the days that the words first meant.
        """
        rows = self.door.standing(place_id, _iso(known_at)).rows
        return rows if event is None else tuple(row for row in rows if row.event == event)

    def known_days(self, place_id: str) -> tuple[str, ...]:
        """The days on which something about a place became known or was taken back, ISO 8601, in order."""
        return self.door.days(place_id)

    def place_ids(self, country: str | None = None, kind: str | None = None) -> tuple[str, ...]:
        """Ids of all places on record, or of those of one country or kind."""
        given = [(column, value) for column, value in (("country", country), ("kind", kind)) if value is not None]
        where = " AND ".join(f"{column} = ?" for column, _ in given) or "TRUE"
        query = f"SELECT place_id FROM place WHERE {where} ORDER BY place_id"
        return tuple(place_id for (place_id,) in self._db.execute(query, [value for _, value in given]))

    def places_told(self, kinds: Sequence[str], words: Sequence[str], country: str | None = None) -> tuple[str, ...]:
        """Ids of the places of some kinds of which a claim is like one of `words` (LIKE patterns of its record)."""
        of, given = (" AND country = ?", [country]) if country else ("", [])
        query = (
            f"SELECT place_id FROM place WHERE kind IN ({', '.join('?' * len(kinds))}){of}"
            " AND EXISTS (SELECT 1 FROM claim WHERE claim.place_id = place.place_id"
            f" AND ({' OR '.join(['claim.record LIKE ?'] * len(words))})) ORDER BY place_id"
        )
        found = self._db.execute(query, [*kinds, *given, *words])
        return tuple(place_id for (place_id,) in found)

    def places(self) -> tuple[Place, ...]:
        """All places on record, by id; a place without a point is at 0, 0 with a radius of half the globe."""
        found = self._db.execute("SELECT * FROM place ORDER BY place_id")
        return tuple(_place(row) for row in found)

    def place(self, place_id: str) -> Place | None:
        """One place on record, or None."""
        row = self._db.execute("SELECT * FROM place WHERE place_id = ?", (place_id,)).fetchone()
        return _place(row) if row else None

    def places_near(self, place: Place, km: float) -> tuple[Place, ...]:
        """Places of its country that may lie so near, its province among them, by id."""
        low, high, west, east = box(place.lat, place.lon, km)
        found = self._db.execute(
            "SELECT * FROM place WHERE country = ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? "
            "UNION SELECT * FROM place WHERE country = ? AND kind = 'province' AND name = ? ORDER BY 1",
            (place.country, low, high, west, east, place.country, place.admin1),
        )
        return tuple(_place(row) for row in found if row[0] != place.place_id)

    def skipped(self) -> tuple[tuple[str, Skipped], ...]:
        """What was not read, with the run that met it first."""
        columns = "run, location, why, language, url, set_aside"
        found = self._db.execute(f"SELECT {columns} FROM skipped ORDER BY run, location, why")
        return tuple(
            (run, Skipped(where, why, tongue, url, bool(aside))) for run, where, why, tongue, url, aside in found
        )

    def last_published(self) -> dt.date | None:
        """The last day of publication on record; None where no report is dated."""
        (day,) = self._db.execute("SELECT max(published) FROM claim", []).fetchone()
        return dt.date.fromisoformat(day) if day else None

    def last_day(self, known_at: dt.date | str | None = None) -> dt.date | None:
        """The last day, up to `known_at`, on which anything on record became known."""
        where, values = ("", []) if known_at is None else ("WHERE known <= ?", [_iso(known_at)])
        (day,) = self._db.execute(f"SELECT max(known) FROM claim {where}", values).fetchone()
        return dt.date.fromisoformat(day) if day else None


def migrate(database: Database, scripts: Sequence[str] = MIGRATIONS) -> None:
    """Bring a new or older ledger to the present version, one transaction for each; BrokenData for a newer one."""
    version = database.version()
    if version > len(scripts):
        raise BrokenData(
            f"{database.name} is a ledger of version {version}; this Marchland knows {len(scripts)}: use a newer one"
        )
    for number, name in enumerate(scripts[version:], start=version + 1):
        script = (files("marchland") / "ledger" / name).read_text(encoding="utf-8")
        database.migrate(script, number)


def _article(article: Article, stamp: str) -> tuple[str | None, ...]:
    last = article.published.last_day if article.published else None
    return (
        article.article_id, article.page_id, article.url, article.publisher, last.isoformat() if last else None,
        article.content_id, article.text, msgspec.json.encode(article).decode(), stamp,
    )  # fmt: skip


def _place(row: tuple[Any, ...]) -> Place:
    place_id, name, kind, country, admin1, lat, lon, aliases = row
    known = lat is not None and lon is not None
    return Place(
        place_id=place_id, name=name, kind=kind or "", country=country or "", lat=lat or 0.0, lon=lon or 0.0,
        admin1=admin1 or "", aliases=tuple(msgspec.json.decode(aliases)), radius_km=0.0 if known else 20000.0,
    )  # fmt: skip


def _json(values: Sequence[str]) -> str:
    return msgspec.json.encode(list(values)).decode()


def _iso(day: dt.date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, dt.date) else day
