"""The index of a ledger's words: made in lots, newest reports first, kept up, thrown away where it no longer fits.

It lies beside the ledger ("ledger.db-search"), for a ledger on a server in the user's own data folder, and where
neither may be written in a file that is removed at the end. It holds no text as it was written, which is read from the
ledger; but the words and their order are in it, so it may be read by those who may read the ledger, and no others.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from marchland.errors import BrokenData, Misuse, StoreFailed
from marchland.ledger.database import Kept, Sqlite, is_address
from marchland.ledger.search_names import Names
from marchland.ledger.search_spans import Spans, fingerprint
from marchland.ledger.store import Ledger
from marchland.places.home import home
from marchland.records import Article, ClaimRow

LOT = 200
"""Articles, or claims of articles that are in already, that are read in one lot."""
VERSION = "2"
_ARTICLE: Kept[Article] = Kept(Article, "article")
_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")
_ASIDE = "-search"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an index is."""

    articles: int
    """Articles whose words can be found."""
    of: int
    """Articles on record."""
    complete: bool
    """Whether all that is on record can be found."""


class SearchIndex:
    """The index of one ledger; several threads may use it. Close it at the end."""

    def __init__(self, file: Path, *, passing: bool = False, mode: int = 0o600) -> None:
        self._file = file
        self._passing = passing
        self._mode = mode
        self._writing = threading.Lock()
        self._waiting: list[str] = []
        self._claims: list[str] = []

    @classmethod
    def of(cls, ledger: Ledger) -> SearchIndex:
        """The index of a ledger, which is made where there is none. Raises StoreFailed."""
        for file in _homes(ledger.database.name):
            made = cls(file, mode=_mode(ledger.database.name))
            if file.exists() and not os.access(file, os.W_OK):
                continue
            try:
                made._prepare()
            except (StoreFailed, Misuse, OSError):
                continue
            return made
        handle, name = tempfile.mkstemp(prefix="marchland-search-", suffix=".db")
        os.close(handle)
        made = cls(Path(name), passing=True)
        made._prepare()
        return made

    def close(self) -> None:
        """Remove the file where it was only lent."""
        if self._passing:
            _remove(self._file)

    @contextmanager
    def reading(self) -> Iterator[Sqlite]:
        """A connection for a question; all it is asked is of one moment."""
        store = self._opened()
        try:
            with store.snapshot():
                yield store
        finally:
            store.close()

    def _opened(self) -> Sqlite:
        return Sqlite.open(str(self._file), shared=True)

    def _prepare(self) -> None:
        """Make the tables, or throw a damaged index away and make it anew. Raises StoreFailed, Misuse."""
        try:
            self._made()
        except BrokenData:
            _remove(self._file)
            self._made()

    def _made(self) -> None:
        store = self._opened()
        try:
            if store.version() == 0:
                self._file.chmod(self._mode)
                store.migrate((files("marchland") / "ledger" / "search.sql").read_text(encoding="utf-8"), 1)
                with store.transaction():
                    _keep(store, "version", VERSION)
            elif _kept(store, "version") != VERSION:
                raise BrokenData(f"{self._file} is an index of another version")
        except sqlite3.OperationalError as error:
            raise StoreFailed(f"no index of words can be made: {error}; SQLite needs its module FTS5") from error
        finally:
            store.close()

    # -------------------------------------------------------------------------------------------------------- keeping

    def progress(self, ledger: Ledger) -> Progress:
        """How far it is."""
        with self.reading() as store:
            return self._progress(ledger, store)

    def _progress(self, ledger: Ledger, store: Sqlite) -> Progress:
        articles, claims = _counted(ledger)
        mine = store.execute("SELECT count(*) FROM article_item").fetchone()[0]
        theirs = store.execute("SELECT count(*) FROM claim_text WHERE record IS NULL").fetchone()[0]
        even = (articles, claims, fingerprint(ledger)) == (mine, theirs, _kept(store, "spans"))
        return Progress(min(mine, articles), articles, even)

    def catch_up(self, ledger: Ledger, *, lots: int = 1, wait: bool = True) -> Progress:
        """Take in up to `lots` lots of what the ledger has more; how far it is then.

        With `wait` off it does nothing while another thread is at it.
        """
        if not self._writing.acquire(blocking=wait):
            return self.progress(ledger)
        try:
            return self._caught_up(ledger, lots)
        except BrokenData:
            _remove(self._file)
            self._prepare()
            return self._caught_up(ledger, lots)
        finally:
            self._writing.release()

    def _caught_up(self, ledger: Ledger, lots: int) -> Progress:
        store = self._opened()
        try:
            self._check(ledger, store)
            for _ in range(lots):
                done = self._progress(ledger, store)
                if done.complete:
                    return done
                with store.transaction():
                    self._lot(ledger, store)
            return self._progress(ledger, store)
        finally:
            store.close()

    def _check(self, ledger: Ledger, store: Sqlite) -> None:
        """Empty the index where it is of another ledger: its newest or its oldest article is not there."""
        found = store.execute("SELECT article_id FROM article_item WHERE number IN (SELECT min(number) FROM"
                              " article_item UNION SELECT max(number) FROM article_item)").fetchall()  # fmt: skip
        articles, claims = _counted(ledger)
        (mine,) = store.execute("SELECT count(*) FROM article_item").fetchone()
        (theirs,) = store.execute("SELECT count(*) FROM claim_text WHERE record IS NULL").fetchone()
        if mine <= articles and theirs <= claims and all(ledger.has_article(one) for (one,) in found):
            return
        self._waiting, self._claims = [], []
        turn = _kept(store, "turn")
        with store.transaction():
            for table in ("article_item", "claim_text", "claim_item", "name", "state"):
                store.execute(f"DELETE FROM {table}")
            for table in ("article_words", "claim_words", "name_words"):
                store.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
            _keep(store, "version", VERSION)
            _keep(store, "turn", turn)

    def _lot(self, ledger: Ledger, store: Sqlite) -> None:
        """One step, in the caller's transaction: reports, then stray claims, then what took claims back."""
        spans = Spans.of(ledger)
        _keep(store, "turn", str(int(_kept(store, "turn") or 0) + 1))
        if self._left(ledger, store):
            some, self._waiting = self._waiting[:LOT], self._waiting[LOT:]
            _Lot(ledger, store, spans).articles(some)
        elif self._strays(ledger, store):
            few, self._claims = self._claims[:LOT], self._claims[LOT:]
            _Lot(ledger, store, spans).claims(_rows(ledger, "claim_id", few))
        else:
            told = fingerprint(ledger)
            spans.write(ledger, store)
            Names(store).rest(ledger)
            _keep(store, "spans", told)

    def _left(self, ledger: Ledger, store: Sqlite) -> list[str]:
        """Articles that are not in, newest first; asked of the whole ledger only when the last ones are done."""
        (mine,) = store.execute("SELECT count(*) FROM article_item").fetchone()
        if not self._waiting and mine < _counted(ledger)[0]:
            known = {one for (one,) in store.execute("SELECT article_id FROM article_item")}
            asked = "SELECT article_id FROM article ORDER BY recorded_at DESC, article_id"
            found = ledger.database.execute(asked).fetchall()
            self._waiting = [one for (one,) in found if one not in known]
        return self._waiting

    def _strays(self, ledger: Ledger, store: Sqlite) -> list[str]:
        """Claims that came into the ledger after their articles were indexed."""
        (mine,) = store.execute("SELECT count(*) FROM claim_text WHERE record IS NULL").fetchone()
        if not self._claims and mine < _counted(ledger)[1]:
            known = {one for (one,) in store.execute("SELECT claim_id FROM claim_text")}
            found = ledger.database.execute("SELECT claim_id FROM claim ORDER BY claim_id").fetchall()
            self._claims = [one for (one,) in found if one not in known]
        return self._claims


class _Lot:
    """Some articles and claims on their way into the index; inside a transaction of it."""

    def __init__(self, ledger: Ledger, store: Sqlite, spans: Spans) -> None:
        self._ledger = ledger
        self._store = store
        self._spans = spans
        self._names = Names(store)

    def articles(self, ids: Sequence[str]) -> None:
        """Articles with their claims; those that another process put in meanwhile are left out."""
        (last,) = self._store.execute("SELECT coalesce(max(number), 0) FROM article_item").fetchone()
        known = f"SELECT article_id FROM article_item WHERE article_id IN ({_marks(ids)})"
        there = {one for (one,) in self._store.execute(known, ids)}
        asked = f"SELECT record, recorded_at FROM article WHERE article_id IN ({_marks(ids)}) ORDER BY article_id"
        found = self._ledger.database.execute(asked, ids).fetchall()
        every = [(_ARTICLE.decode(record), stamp) for record, stamp in found]
        new = [(article, stamp) for article, stamp in every if article.article_id not in there]
        numbered = [(last + place, article, stamp) for place, (article, stamp) in enumerate(new, start=1)]
        self._store.executemany("INSERT INTO article_item VALUES (?,?,?,?,?)",
                                (_article(number, article, stamp) for number, article, stamp in numbered))  # fmt: skip
        self._store.executemany("INSERT INTO article_words (rowid, headline, body) VALUES (?,?,?)",
                                ((number, one.headline, one.text) for number, one, _ in numbered))  # fmt: skip
        self._names.outlets(article.publisher or "" for article, _ in new)
        self.claims(_rows(self._ledger, "article_id", ids))

    def claims(self, found: Iterable[tuple[str, ClaimRow]]) -> None:
        """Claims as they were read, with the days on which they stand."""
        rows = list(found)
        there = self._there([row.claim_id for _, row in rows])
        (last,) = self._store.execute("SELECT coalesce(max(number), 0) FROM claim_text").fetchone()
        numbered = [(last + place, known, row) for place, (known, row) in
                    enumerate((pair for pair in rows if pair[1].claim_id not in there), start=1)]  # fmt: skip
        self._store.executemany("INSERT INTO claim_text VALUES (?,?,?,NULL)",
                                ((number, row.claim_id, known) for number, known, row in numbered))  # fmt: skip
        self._store.executemany(
            "INSERT INTO claim_words (rowid, sentence, names) VALUES (?,?,?)",
            ((number, row.sentence, names_of(row)) for number, _, row in numbered),
        )
        self._spans.put(self._store, numbered)
        self._names.speakers(row.source_name for _, _, row in numbered if row.source != "publisher")

    def _there(self, ids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for some in _parts(ids):
            asked = f"SELECT claim_id FROM claim_text WHERE claim_id IN ({_marks(some)})"
            found |= {one for (one,) in self._store.execute(asked, some)}
        return found


def names_of(row: ClaimRow) -> str:
    """What a claim is about in the names on record, where its sentence has others ("the insurgents", "the city")."""
    told = (row.place_name, row.admin1, row.actor_name, row.opponent_name, row.source_name)
    return " | ".join(dict.fromkeys(one for one in told if one))


def _rows(ledger: Ledger, column: str, ids: Sequence[str]) -> list[tuple[str, ClaimRow]]:
    """Claims with the first day of knowledge of each, by article or by id."""
    asked = f"SELECT known, record FROM claim WHERE {column} IN ({_marks(ids)}) ORDER BY claim_id"
    return [(known, _ROW.decode(record)) for known, record in ledger.database.execute(asked, ids)]


def _article(number: int, one: Article, stamp: str) -> tuple[object, ...]:
    last = one.published.last_day if one.published else None
    day = last.isoformat() if last else ""
    return (number, one.article_id, one.publisher or "", day, day or stamp[:10])


def _counted(ledger: Ledger) -> tuple[int, int]:
    articles, claims = ledger.database.execute(
        "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM claim)"
    ).fetchone()
    return int(articles), int(claims)


def _parts(values: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for at in range(0, len(values), size):
        yield values[at : at + size]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values)) or "NULL"


def _kept(store: Sqlite, name: str) -> str:
    found = store.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def _keep(store: Sqlite, name: str, value: str) -> None:
    put = "INSERT INTO state VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    store.execute(put, (name, value))


def _mode(name: str) -> int:
    """Who may read an index: whoever may read the ledger's file; the user alone where there is none."""
    file = Path(name)
    return file.stat().st_mode & 0o777 if not is_address(name) and file.is_file() else 0o600


def _homes(name: str) -> Iterator[Path]:
    """Where the index of a ledger may lie, best first."""
    if name == ":memory:":
        return
    if not is_address(name):
        yield Path(name + _ASIDE)
    told = name if is_address(name) else str(Path(name).resolve())
    folder = home() / "search"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return
    yield folder / f"{hashlib.sha256(told.encode()).hexdigest()[:24]}.db"


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
