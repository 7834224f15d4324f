"""Where the ledger keeps which claims were taken back. Everything is written inside the caller's transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from marchland.copies.settings import CopySettings
from marchland.copies.versions import address_of
from marchland.copies.withdrawn import RetractionWords, load_words
from marchland.ledger.database import Database, Kept
from marchland.ledger.taken_back import RULE_CHANGE, Facts, Reading, TakenBack, facts
from marchland.records import Article, ClaimRow, content_id

_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")
_ARTICLE: Kept[Article] = Kept(Article, "article")
_IDS: Kept[tuple[str, ...]] = Kept(tuple[str, ...], "reading")


class TakenBook:
    """Asks and tells the tables `reading`, `taken_back` and `known_later`."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._words: RetractionWords | None = None

    # ---------------------------------------------------------------------------------------------------- writing

    def compare(self, article: Article, settings: CopySettings) -> set[str]:
        """Tell an article that is in and linked from the other readings of its page. Twice does no harm.

        Returns the places whose claims this may have changed.
        """
        if self._words is None:
            self._words = load_words()
        address = address_of(article)
        others = [one for one in self._at(address) if one != article.article_id] if address else []
        mine = self._reading(article.article_id)
        found = facts(mine, [self._reading(one) for one in others], settings, self._words)
        self._write(found)
        return self._places([*(one.claim_id for one in found.taken), *(claim_id for claim_id, _ in found.later)])

    def _places(self, claim_ids: Iterable[str]) -> set[str]:
        found = (
            self._db.execute("SELECT place_id FROM claim WHERE claim_id = ?", (one,)).fetchone() for one in claim_ids
        )
        return {row[0] for row in found if row and row[0]}

    def _at(self, address: str) -> list[str]:
        query = "SELECT article_id FROM copy_article WHERE address = ? ORDER BY article_id"
        return [article_id for (article_id,) in self._db.execute(query, (address,)).fetchall()]

    def _reading(self, article_id: str) -> Reading:
        query = "SELECT record, recorded_at FROM article WHERE article_id = ?"
        record, recorded_at = self._db.execute(query, (article_id,)).fetchone()
        query = "SELECT record FROM claim WHERE article_id = ? ORDER BY claim_id"
        rows = tuple(_ROW.decode(row) for (row,) in self._db.execute(query, (article_id,)).fetchall())
        return Reading(_ARTICLE.decode(record), rows, recorded_at)

    def _write(self, found: Facts) -> None:
        self._db.executemany(
            "INSERT INTO taken_back VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING",
            [(one.claim_id, one.reason, one.by_id, one.day, one.words, one.recorded_at) for one in found.taken],
        )
        self._db.executemany("INSERT INTO known_later VALUES (?,?) ON CONFLICT DO NOTHING", found.later)

    def reread(self, article_id: str, claim_ids: Iterable[str], stamp: str) -> set[str]:
        """Note that an article was read again with these claims; to be called before the new ones are written.

        Returns the places of the claims that it had, where the new ones are others than those of the last time.
        """
        held, now = self.readings(article_id), tuple(sorted(claim_ids))
        if not held:
            query = "SELECT claim_id FROM claim WHERE article_id = ? ORDER BY claim_id"
            first = tuple(claim_id for (claim_id,) in self._db.execute(query, (article_id,)).fetchall())
            (begun,) = self._db.execute(
                "SELECT recorded_at FROM article WHERE article_id = ?", (article_id,)
            ).fetchone()
            if first != now:
                self._add_reading(article_id, first, begun)
            held = ((begun, first),)
        if held[-1][1] == now:
            return set()
        self._add_reading(article_id, now, max(stamp, _after(held[-1][0])))
        return self._places(claim_id for _, claims in held for claim_id in claims)

    def _add_reading(self, article_id: str, claims: Sequence[str], stamp: str) -> None:
        row = (
            content_id("reading", article_id, *claims, stamp),
            article_id,
            msgspec.json.encode(claims).decode(),
            stamp,
        )
        self._db.execute("INSERT INTO reading VALUES (?,?,?,?) ON CONFLICT DO NOTHING", row)

    # ---------------------------------------------------------------------------------------------------- reading

    def readings(self, article_id: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """When an article was read, and the claims of each time, oldest first; nothing for one that was read once."""
        query = "SELECT recorded_at, claims FROM reading WHERE article_id = ? ORDER BY recorded_at, reading_id"
        return tuple((stamp, _IDS.decode(ids)) for stamp, ids in self._db.execute(query, (article_id,)).fetchall())

    def taken(self) -> dict[str, tuple[TakenBack, ...]]:
        """Claim id to all that took it back, in order of time."""
        found: dict[str, list[TakenBack]] = defaultdict(list)
        query = "SELECT claim_id, reason, day, article_id, words, recorded_at FROM taken_back"
        for row in self._db.execute(query).fetchall():
            found[row[0]].append(TakenBack(*row))
        for one in self._superseded():
            found[one.claim_id].append(one)
        return {claim_id: tuple(sorted(many, key=_order)) for claim_id, many in found.items()}

    def _superseded(self) -> Iterable[TakenBack]:
        """Claims of older readings that the newest reading of their article does not have."""
        query = "SELECT article_id, reading_id, claims, recorded_at FROM reading"
        query += " ORDER BY article_id, recorded_at, reading_id"
        newest: dict[str, tuple[str, frozenset[str], str]] = {}
        every: dict[str, set[str]] = defaultdict(set)
        for article_id, reading_id, ids, stamp in self._db.execute(query).fetchall():
            claims = _IDS.decode(ids)
            newest[article_id] = (reading_id, frozenset(claims), stamp)
            every[article_id].update(claims)
        for article_id, (reading_id, held, stamp) in sorted(newest.items()):
            words = f"read again on {stamp[:10]}: no longer found in the sentence"
            for claim_id in sorted(every[article_id] - held):
                yield TakenBack(claim_id, RULE_CHANGE, "", reading_id, words, stamp)

    def read_since(self, moment: str) -> set[str]:
        """Claims that only readings of their article from that moment on have found."""
        before: set[str] = set()
        since: set[str] = set()
        for ids, stamp in self._db.execute("SELECT claims, recorded_at FROM reading").fetchall():
            (since if stamp >= moment else before).update(_IDS.decode(ids))
        return since - before

    def later(self) -> Mapping[str, str]:
        """Claim id to the day before which it was not known, for claims of later readings of a page."""
        return dict(self._db.execute("SELECT claim_id, day FROM known_later").fetchall())


def _after(stamp: str) -> str:
    """The second after a moment: a later reading is later also where both came within one second."""
    return (dt.datetime.fromisoformat(stamp) + dt.timedelta(seconds=1)).isoformat(timespec="seconds")


def _order(one: TakenBack) -> tuple[str, str, str]:
    return (one.day, one.reason, one.by_id)
