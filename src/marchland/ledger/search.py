"""What is on record about some words: places, parties, claims and articles, narrowed by what claims say of themselves.

Both clocks count, as everywhere: a claim that was not known by the day of knowledge, or was taken back by then, is not
found, and one that people have corrected is found as corrected. Claims and articles come with a piece of their text
and the ranges of the words in it; the words are ranked by BM25, the names on record counting more than other words.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import islice

from marchland.errors import Misuse
from marchland.ledger.database import Kept, Sqlite
from marchland.ledger.search_index import Progress, SearchIndex
from marchland.ledger.search_names import KINDS, OUTLET, PARTY, PLACE, SPEAKER, NameBook, NameHit, Names, rank
from marchland.ledger.search_records import (
    ARTICLE,
    CLAIM,
    EQUAL,
    FACETS,
    FOUND,
    ORDERS,
    ArticleHit,
    ClaimHit,
    Facet,
    Found,
    Instead,
    NamedHit,
    Value,
    Wanted,
)  # fmt: skip
from marchland.ledger.search_words import Term, Words, fold, marks, parse, readable, snippet, tokens
from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow

_SHOWN = 12
"""Values of a facet that are told."""
_BATCH = 5000
"""Claims that are counted at a time."""
_LAST = "9999-12-31"
_HEAD, _NAMES = 3.0, 1.5
"""Weights of a word in a headline and in the names on record, against 1 in the text."""
_TOP = 400
"""Characters before which the headline stands in a text, if it does."""
_RARE = 2
"""Letters that a word needs to be taken for a misspelling."""
_LIKE = 72
_ARTICLE: Kept[Article] = Kept(Article, "article")
_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")


class Searcher:
    """Questions to one ledger through its index; several threads may ask, each with a ledger of its own."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index
        self._book = NameBook()

    @classmethod
    def of(cls, ledger: Ledger) -> Searcher:
        """A searcher with the index of a ledger. Raises StoreFailed where none can be made."""
        return cls(SearchIndex.of(ledger))

    def catch_up(self, ledger: Ledger, *, lots: int = 1, wait: bool = True) -> Progress:
        """Take in what the ledger has more, up to some lots; how far the index is."""
        key = ("all words are in", id(self))
        if key not in ledger.memo:
            done = self.index.catch_up(ledger, lots=lots, wait=wait)
            if not done.complete:
                return done
            ledger.memo[key] = done
        even: Progress = ledger.memo[key]
        return even

    def find(
        self, ledger: Ledger, wanted: Wanted, *, kinds: Sequence[str] = FOUND, limit: int = 20, offset: int = 0
    ) -> Found:
        """One page of each of these kinds, and how many there are of all. Raises Misuse for a day that is none."""
        wanted = _checked(wanted)
        with self.index.reading() as store:
            return _Question(ledger, store, wanted, self._names(store)).found(kinds, limit, offset)

    def suggest(
        self, ledger: Ledger, q: str, *, kinds: Sequence[str] = KINDS, known_at: str | None = None, limit: int = 8
    ) -> tuple[NamedHit, ...]:
        """Names that may be meant by what is being typed, best first."""
        wanted = _checked(Wanted(q=q, known_at=known_at))
        with self.index.reading() as store:
            asked = _Question(ledger, store, wanted, self._names(store))
            return asked.suggested(kinds, limit)

    def _names(self, store: Sqlite) -> NameBook:
        self._book = book = Names(store).book(self._book)
        return book


def _checked(wanted: Wanted) -> Wanted:
    for day in (wanted.since, wanted.until, wanted.at, wanted.known_at):
        _check_day(day)
    if wanted.order not in ORDERS:
        raise Misuse(f"results are ordered by {' or '.join(ORDERS)}")
    cleaned = {
        one.name: tuple(readable(value) for value in getattr(wanted, one.name))
        for one in fields(wanted) if isinstance(getattr(wanted, one.name), tuple)
    }  # fmt: skip
    countries = tuple(value.upper() for value in cleaned.pop("country"))
    return replace(wanted, q=readable(wanted.q), country=countries, **cleaned)  # type: ignore[arg-type]


def _check_day(day: str | None) -> None:
    try:
        if day is not None:
            dt.date.fromisoformat(day)
    except ValueError:
        raise Misuse(f'"{day}" is no day such as 2021-07-09') from None


Clause = tuple[str, list[object]]
Tally = tuple[int, dict[str, "Counter[str]"]]
"""How many claims, and for each facet how many of each value."""


class _Question:
    """One question to an index at one moment."""

    def __init__(self, ledger: Ledger, store: Sqlite, wanted: Wanted, book: NameBook) -> None:
        self._ledger = ledger
        self._store = store
        self._wanted = wanted
        self._book = book
        self._words: Words = parse(wanted.q)

    def found(self, kinds: Sequence[str], limit: int, offset: int) -> Found:
        """One page of each kind that is asked for."""
        asks = bool(self._words.match or self._words.refuse or self._wanted.narrowed)
        tally: Tally = self._tally() if asks else (0, {})
        totals = {CLAIM: tally[0], ARTICLE: self._count(self._articles())} if asks else {}
        named = self._named(near=not any(totals.values()))
        totals |= {kind: len(found) for kind, found in named.items()}
        return Found(
            places=named[PLACE][offset : offset + limit] if PLACE in kinds else (),
            parties=named[PARTY][offset : offset + limit] if PARTY in kinds else (),
            claims=self._claim_page(limit, offset) if CLAIM in kinds and totals.get(CLAIM) else (),
            articles=self._article_page(limit, offset) if ARTICLE in kinds and totals.get(ARTICLE) else (),
            totals={kind: totals.get(kind, 0) for kind in FOUND},
            facets=tuple(self._facets(tally)) if asks else (),
            names=self._names(PLACE, self._wanted.place)
            | self._names(PARTY, (*self._wanted.party, *self._wanted.side)),
            instead=tuple(self._instead()) if asks and not totals[CLAIM] and not totals[ARTICLE] else (),
        )

    # ----------------------------------------------------------------------------------------------- claims, articles

    def _filters(self, *, but: str = "") -> Clause:
        """The clause that claims must fit, without the filter `but`."""
        wanted, clauses = self._wanted, ["c.known <= ?", "c.gone > ?"]
        values: list[object] = [self._known, self._known]
        for name, column in EQUAL.items():
            given = getattr(wanted, name)
            if given and name != but:
                clauses.append(f"c.{column} IN ({_marks(given)})")
                values += given
        if wanted.party and but != "party":
            marks = _marks(wanted.party)
            clauses.append(f"(c.actor IN ({marks}) OR c.opponent IN ({marks}))")
            values += [*wanted.party, *wanted.party]
        if wanted.at:
            clauses.append("c.happened <> '' AND c.happened <= ?")
            values.append(wanted.at)
        return self._published("c", clauses, values)

    def _published(self, item: str, clauses: list[str], values: list[object]) -> Clause:
        """The clauses and those on days of publication."""
        for clause, day in ((">= ?", self._wanted.since), ("<= ?", self._wanted.until)):
            if day:
                clauses.append(f"{item}.published <> '' AND {item}.published {clause}")
                values.append(day)
        return " AND ".join(clauses), values

    @property
    def _known(self) -> str:
        return self._wanted.known_at or _LAST

    def _claims(self, *, but: str = "") -> Clause:
        """The FROM clause of the claims that fit."""
        where, values = self._filters(but=but)
        return self._matching("claim", "claim_item c", "c.words", where, values)

    def _articles(self) -> Clause:
        """The FROM clause of the articles that fit: their words, and where claims are narrowed some claim in them."""
        wanted, clauses = self._wanted, ["a.known <= ?"]
        values: list[object] = [self._known]
        if wanted.outlet:
            clauses.append(f"a.outlet IN ({_marks(wanted.outlet)})")
            values += wanted.outlet
        if replace(wanted, outlet=(), since=None, until=None).narrowed:
            where, more = self._filters()
            clauses.append(f"a.article_id IN (SELECT c.article_id FROM claim_item c WHERE {where})")
            values += more
        return self._matching("article", "article_item a", "a.number", *self._published("a", clauses, values))

    def _matching(self, kind: str, items: str, number: str, where: str, values: list[object]) -> Clause:
        table = f"{kind}_words"
        if self._words.refuse:
            where += f" AND {number} NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"
            values = [*values, self._words.refuse]
        if not self._words.match:
            return f"FROM {items} WHERE {where}", values
        # CROSS JOIN: SQLite looks the words up first, whatever else narrows.
        return f"FROM {table} CROSS JOIN {items} ON {number} = {table}.rowid WHERE {table} MATCH ? AND {where}", [
            self._words.match, *values,
        ]  # fmt: skip

    def _count(self, clause: Clause) -> int:
        told, values = clause
        return int(self._store.execute(f"SELECT count(*) {told}", values).fetchone()[0])

    def _order(self, table: str, weights: str, item: str, key: str) -> str:
        newest = f"{item}.published DESC, {item}.{key}"
        best = self._wanted.order == "best" and self._words.match
        return f"ORDER BY bm25 ({table}, {weights}), {newest}" if best else f"ORDER BY {newest}"

    def _claim_page(self, limit: int, offset: int) -> tuple[ClaimHit, ...]:
        told, values = self._claims()
        order = self._order("claim_words", f"1.0, {_NAMES}", "c", "claim_id")
        asked = f"SELECT c.claim_id {told} {order} LIMIT ? OFFSET ?"
        ids = [one for (one,) in self._store.execute(asked, [*values, limit, offset])]
        rows = self._rows(ids)
        return tuple(
            ClaimHit(rows[one], snippet(rows[one].sentence, self._words.wanted, most=600)) for one in ids if one in rows
        )

    def _rows(self, ids: Sequence[str]) -> dict[str, ClaimRow]:
        """Claims by id, as they were read or as people have corrected them."""
        mine = f"SELECT claim_id, record FROM claim_text WHERE claim_id IN ({_marks(ids)}) AND record IS NOT NULL"
        theirs = f"SELECT claim_id, record FROM claim WHERE claim_id IN ({_marks(ids)})"
        if not ids:
            return {}
        found = [*self._store.execute(mine, ids), *self._ledger.database.execute(theirs, ids)]
        return {claim_id: _ROW.decode(record) for claim_id, record in found}

    def _article_page(self, limit: int, offset: int) -> tuple[ArticleHit, ...]:
        told, values = self._articles()
        order = self._order("article_words", f"{_HEAD}, 1.0", "a", "article_id")
        asked = f"SELECT a.article_id, a.outlet, a.published {told} {order} LIMIT ? OFFSET ?"
        found = self._store.execute(asked, [*values, limit, offset]).fetchall()
        ids = [article_id for article_id, _, _ in found]
        texts, counts = self._texts(ids), self._claims_in(ids)
        return tuple(
            self._article(texts[one], outlet, day, counts.get(one, 0))
            for one, outlet, day in found if one in texts
        )  # fmt: skip

    def _article(self, one: Article, outlet: str, day: str, claims: int) -> ArticleHit:
        body = _body(one)
        return ArticleHit(one.article_id, one.headline, marks(one.headline, self._words.wanted), outlet, day, claims,
                          snippet(body, self._words.wanted))  # fmt: skip

    def _texts(self, ids: Sequence[str]) -> dict[str, Article]:
        asked = f"SELECT record FROM article WHERE article_id IN ({_marks(ids)})"
        found = (_ARTICLE.decode(record) for (record,) in self._ledger.database.execute(asked, ids)) if ids else ()
        return {one.article_id: one for one in found}

    def _claims_in(self, ids: Sequence[str]) -> dict[str, int]:
        where, values = self._filters()
        asked = f"SELECT c.article_id, count(*) FROM claim_item c WHERE {where} AND c.article_id IN ({_marks(ids)})"
        return dict(self._store.execute(f"{asked} GROUP BY c.article_id", [*values, *ids]).fetchall())

    # --------------------------------------------------------------------------------------------------------- facets

    def _tally(self, *, but: str = "") -> Tally:
        """How many claims fit, and how often each value stands in each column, in one reading of them."""
        told, values = self._claims(but=but)
        columns = [EQUAL[_field(name)] for name in FACETS if name != PARTY]
        asked = f"SELECT {', '.join(f'c.{one}' for one in columns)}, c.actor, nullif (c.opponent, c.actor) {told}"
        total, counted = 0, [Counter[str]() for _ in range(len(columns) + 2)]
        found = iter(self._store.execute(asked, values))
        while some := list(islice(found, _BATCH)):
            total += len(some)
            for counter, column in zip(counted, zip(*some, strict=True), strict=True):
                counter.update(column)
        *others, actors, opponents = counted
        made = dict(zip((name for name in FACETS if name != PARTY), others, strict=True))
        return total, {**made, PARTY: actors + opponents}

    def _facets(self, under_all: Tally) -> Iterator[Facet]:
        """Counts of each column under all filters but its own."""
        for name in FACETS:
            chosen = getattr(self._wanted, _field(name))
            total, counted = self._tally(but=_field(name)) if chosen else under_all
            yield self._facet(name, total, counted[name], chosen)

    def _facet(self, name: str, total: int, counted: Counter[str], chosen: Sequence[str]) -> Facet:
        ranked = sorted(((value, number) for value, number in counted.items() if value), key=lambda it: (-it[1], it[0]))
        shown = [*ranked[:_SHOWN], *(one for one in ranked[_SHOWN:] if one[0] in chosen)]
        names = self._names(PARTY, [value for value, _ in shown]) if name == PARTY else {}
        rest = 0 if name == PARTY else total - sum(number for _, number in shown)
        return Facet(name, tuple(Value(value, names.get(value, value), number) for value, number in shown), rest)

    def _names(self, table: str, ids: Sequence[str]) -> dict[str, str]:
        """Names of places or parties by id."""
        asked = f"SELECT {table}_id, name FROM {table} WHERE {table}_id IN ({_marks(ids)})"
        return dict(self._ledger.database.execute(asked, ids).fetchall()) if ids else {}

    # ---------------------------------------------------------------------------------------------------------- names

    def _named(self, *, near: bool) -> dict[str, tuple[NamedHit, ...]]:
        """Places and parties whose name has all the words, or is among them; else, with `near`, near ones."""
        names, words, kinds = Names(self._store), self._words.plain, (PLACE, PARTY)
        hits = names.fitting(words, kinds, unfinished=any(one.prefix for one in self._words.wanted))
        hits += names.within(words, kinds)
        if near and not hits:
            hits = names.near(self._wanted.q, kinds, self._book)
        shown = self._shown(hits)
        return {kind: tuple(one for one in shown if one.kind == kind) for kind in kinds}

    def suggested(self, kinds: Sequence[str], most: int) -> tuple[NamedHit, ...]:
        """What may be meant by what is being typed."""
        names, words = Names(self._store), self._words.plain
        hits = names.fitting(words, kinds, unfinished=True) or names.near(self._wanted.q, kinds, self._book)
        return self._shown(hits, 4 * most)[:most]

    def _shown(self, hits: Iterable[NameHit], most: int | None = None) -> tuple[NamedHit, ...]:
        """The hits with what is known of them, best first; only those of which anything was known by then."""
        weight = self._book.weight
        seen: dict[tuple[str, str], NameHit] = {}
        for one in hits:
            seen.setdefault((one.kind, one.id), one)
        ranked = sorted(seen.values(), key=lambda it: rank(it, weight.get((it.kind, it.id), 0)))[:most]
        counts = {kind: self._told_of(kind, [one.id for one in ranked if one.kind == kind]) for kind in KINDS}
        made = (self._hit(one, counts[one.kind].get(one.id, 0)) for one in ranked)
        countries = self._wanted.country
        return tuple(one for one in made if one.claims and (not countries or one.country in countries))

    def _told_of(self, kind: str, ids: Sequence[str]) -> dict[str, int]:
        """Claims on each that count at the moment of knowledge."""
        columns = {PLACE: ("place_id",), PARTY: ("actor", "opponent"), OUTLET: ("outlet",), SPEAKER: ("speaker",)}[kind]
        counts: dict[str, int] = {}
        for column in columns if ids else ():
            apart = " AND opponent <> actor" if column == "opponent" else ""
            asked = (f"SELECT {column}, count(*) FROM claim_item WHERE {column} IN ({_marks(ids)})"
                     f" AND known <= ? AND gone > ?{apart} GROUP BY {column}")  # fmt: skip
            for one, number in self._store.execute(asked, [*ids, self._known, self._known]):
                counts[one] = counts.get(one, 0) + number
        return counts

    def _hit(self, one: NameHit, claims: int) -> NamedHit:
        name, what, within, country = one.id, "", "", ""
        if one.kind == PLACE and (place := self._ledger.place(one.id)):
            name, what, within, country = place.name, place.kind, place.admin1, place.country
        elif one.kind == PARTY:
            asked = "SELECT name, coalesce(country, '') FROM party WHERE party_id = ?"
            name, country = self._ledger.database.execute(asked, (one.id,)).fetchone() or (one.id, "")
        return NamedHit(one.id, name, one.spelling, one.kind, what, within, country, claims, one.fit == 3)

    # -------------------------------------------------------------------------------------------------------- instead

    def _instead(self) -> Iterator[Instead]:
        """Questions near to this one that find something: without filters, words that may go on, other spellings."""
        if self._wanted.narrowed and self._words.match:
            yield from self._worth(Wanted(q=self._wanted.q, known_at=self._wanted.known_at), "filters")
        begun = " ".join(f"{word}*" for word in self._words.plain)
        if begun and not self._words.unwanted:
            yield from self._worth(replace(self._wanted, q=begun), "beginnings")
        if (told := self._spelled()) != self._wanted.q:
            yield from self._worth(replace(self._wanted, q=told), "spelling")

    def _worth(self, other: Wanted, why: str) -> Iterator[Instead]:
        asked = _Question(self._ledger, self._store, other, self._book)
        if number := self._count_of(asked):
            yield Instead(other.q, why, number)

    @staticmethod
    def _count_of(asked: _Question) -> int:
        return asked._count(asked._claims()) or asked._count(asked._articles())

    def _spelled(self) -> str:
        """The question with each word that no text has in the nearest spelling that one has."""
        told, moved = self._wanted.q, 0
        for start, word in tokens(self._wanted.q):
            plain = fold(word)
            if len(plain) > _RARE and not self._has(plain) and (other := self._nearest(plain)):
                told = told[: start + moved] + other + told[start + moved + len(word) :]
                moved += len(other) - len(word)
        return told

    def _has(self, word: str) -> bool:
        match = Term((word,)).expression
        return any(
            self._store.execute(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (match,)).fetchone()
            for table in ("claim_words", "article_words")
        )

    def _nearest(self, word: str) -> str:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  only where nothing was found

        found: dict[str, int] = {}
        for table in ("claim_vocabulary", "article_vocabulary"):
            asked = f"SELECT term, doc FROM {table} WHERE length(term) BETWEEN ? AND ?"
            for term, number in self._store.execute(asked, (len(word) - 2, len(word) + 2)):
                found[term] = found.get(term, 0) + number
        near = process.extract(word, list(found), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=20)
        best = min(near, key=lambda one: (-one[1], -found[one[0]], one[0]), default=None)
        return str(best[0]) if best else ""


def _field(facet: str) -> str:
    """The filter of a facet in `Wanted`."""
    return "class_" if facet == "class" else facet


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values)) or "NULL"


def _body(article: Article) -> str:
    """What follows the headline, where the text begins with it; else the whole text."""
    at = article.text.find(article.headline) if article.headline else -1
    return article.text[at + len(article.headline) :].lstrip() if 0 <= at < _TOP else article.text
