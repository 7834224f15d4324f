"""The index of fingerprints, in the ledger's SQLite file: a new text is compared with what shares some, nothing else.

New fingerprints gather in memory, beside one row for each text, and are sorted into the inverted index a few thousand
texts at a time: single inserts in the order of hashes would write every page of the file over and over.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from marchland.copies.settings import Indexing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that shares fingerprints with a new one."""

    text_key: int
    hashes: frozenset[int]
    """The shared ones."""
    stock: frozenset[int]
    """Those of them that stand in very many texts."""
    score: float
    """Their sum, each worth the less the more texts have it."""


class Index:
    """Fingerprint to texts. All writing goes through the transaction that the caller has open."""

    def __init__(self, connection: sqlite3.Connection, rules: Indexing) -> None:
        self._db = connection
        self._rules = rules
        self._tail: dict[int, list[int]] = defaultdict(list)
        self._tail_texts = 0
        self._version = -1
        self._load()

    def _load(self) -> None:
        """Take up what was written by an earlier run, or by another process since."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return
        self._tail.clear()
        rows = self._db.execute("SELECT text_key, hashes FROM copy_tail ORDER BY text_key").fetchall()
        for key, packed in rows:
            for one in np.frombuffer(packed, "<i8").tolist():
                self._tail[one].append(key)
        self._tail_texts, self._version = len(rows), version

    def forget(self) -> None:
        """Read the newest texts again before the next question: what was added in memory was not kept in the file."""
        self._version = -1

    def add(self, text_key: int, hashes: Sequence[int]) -> None:
        """Add a text. The caller makes sure that it is not in yet."""
        packed = np.array(hashes, "<i8").tobytes()
        self._db.execute("INSERT INTO copy_tail VALUES (?,?)", (text_key, packed))
        for one in hashes:
            self._tail[one].append(text_key)
        self._tail_texts += 1
        if self._tail_texts >= self._rules.tail:
            self._merge()

    def _merge(self) -> None:
        rows = ((one, key) for one in sorted(self._tail) for key in sorted(self._tail[one]))
        self._db.executemany("INSERT OR IGNORE INTO copy_posting VALUES (?,?)", rows)
        self._db.execute("DELETE FROM copy_tail")
        self._tail.clear()
        self._tail_texts = 0

    def candidates(self, hashes: Iterable[int], but: int) -> tuple[Candidate, ...]:
        """Texts that share any of the fingerprints, best first; `but` is the text itself.

        For one fingerprint the texts with the smallest keys are looked at: keys are made of the texts, so which ones
        these are does not depend on the order of arrival.
        """
        self._load()
        texts = {one: self._texts(one) for one in hashes}
        shared: dict[int, list[int]] = defaultdict(list)
        for one, keys in texts.items():
            for key in keys:
                if key != but:
                    shared[key].append(one)
        weight = {one: 1 / (1 + math.log2(len(keys))) for one, keys in texts.items() if keys}
        stock = {one for one, keys in texts.items() if len(keys) >= self._rules.postings}
        found = (
            Candidate(key, frozenset(some), frozenset(stock.intersection(some)), sum(weight[one] for one in some))
            for key, some in shared.items()
        )
        return tuple(sorted(found, key=lambda one: (-one.score, one.text_key)))

    def _texts(self, one: int) -> list[int]:
        limit = self._rules.postings
        found = self._db.execute("SELECT text_key FROM copy_posting WHERE hash = ? LIMIT ?", (one, limit))
        tail = self._tail.get(one)
        keys = [key for (key,) in found]
        return sorted({*keys, *tail})[:limit] if tail else keys


class Chooser:
    """Which candidates are compared word by word: each adds something to what the ones before it have shown.

    Of fifty copies of one text a few are enough: they are linked with the others already.
    """

    def __init__(self, rules: Indexing, most: int) -> None:
        self._rules = rules
        self._most = most
        self._seen: Counter[int] = Counter()

    def choose(self, found: Sequence[Candidate]) -> Iterator[Candidate]:
        """The candidates worth comparing, in their order, `most` at most."""
        left = self._most
        for one in found:
            if left and any(self._seen[item] < self._enough(item, one) for item in one.hashes):
                left -= 1
                self._seen.update(one.hashes)
                yield one

    def _enough(self, item: int, one: Candidate) -> int:
        return self._rules.enough_stock if item in one.stock else self._rules.enough
