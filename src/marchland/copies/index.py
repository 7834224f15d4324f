"""The index of fingerprints, kept in the ledger: a new text is compared with what shares some, nothing else.

New fingerprints gather in memory, beside one row for each text, and are sorted into the inverted index a few thousand
texts at a time: single inserts in the order of hashes would write every page of the file over and over.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marchland.copies.settings import Indexing

if TYPE_CHECKING:
    from marchland.ledger.database import Database


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that shares fingerprints with a new one."""

    text_key: int
    hashes: tuple[int, ...]
    """The shared ones."""
    stock: frozenset[int]
    """Fingerprints of the new text that stand in very many texts."""


class Index:
    """Fingerprint to texts. All writing goes through the transaction that the caller has open."""

    def __init__(self, database: Database, rules: Indexing) -> None:
        self._db = database
        self._rules = rules
        self._tail: dict[int, list[int]] = defaultdict(list)
        self._tail_texts = 0
        self._version = -1
        self._load()

    def _load(self) -> None:
        """Take up what was written by an earlier run, or by another process since."""
        version = self._db.others()
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
        self._db.executemany("INSERT INTO copy_posting VALUES (?,?) ON CONFLICT DO NOTHING", rows)
        self._db.execute("DELETE FROM copy_tail")
        self._tail.clear()
        self._tail_texts = 0

    def candidates(self, hashes: Iterable[int], but: int) -> Iterator[Candidate]:
        """Texts that share any of the fingerprints, best first; `but` is the text itself.

        A fingerprint is worth the less the more texts have it. For one fingerprint the texts with the smallest keys
        are looked at: keys are made of the texts, so which ones these are does not depend on the order of arrival.
        """
        self._load()
        shared: dict[int, list[int]] = defaultdict(list)
        scores: dict[int, float] = defaultdict(float)
        stock = set()
        for one in hashes:
            keys = self._texts(one)
            weight = 1 / (1 + math.log2(len(keys))) if keys else 0.0
            if len(keys) >= self._rules.postings:
                stock.add(one)
            for key in keys:
                shared[key].append(one)
                scores[key] -= weight
        shared.pop(but, None)
        told = frozenset(stock)
        return (Candidate(key, tuple(shared[key]), told) for key in sorted(shared, key=lambda key: (scores[key], key)))

    def _texts(self, one: int) -> list[int]:
        """Texts with a fingerprint, those with the smallest keys, no more than the rules allow."""
        limit, tail = self._rules.postings, self._tail.get(one, [])
        found = self._db.execute(
            "SELECT text_key FROM copy_posting WHERE hash = ? ORDER BY text_key LIMIT ?", (one, limit)
        ).fetchall()
        keys = [*tail, *(key for (key,) in found)]
        return sorted(keys)[:limit] if len(keys) > limit else keys


class Chooser:
    """Which candidates are compared word by word: each adds something to what the ones before it have shown.

    Of fifty copies of one text a few are enough: they are linked with the others already.
    """

    def __init__(self, rules: Indexing, most: int) -> None:
        self._rules = rules
        self._most = most
        self._seen: Counter[int] = Counter()

    def choose(self, found: Iterable[Candidate]) -> Iterator[Candidate]:
        """The candidates worth comparing, in their order, `most` at most."""
        left = self._most
        for one in found:
            if not left:
                return
            if any(self._seen[item] < self._enough(item, one) for item in one.hashes):
                left -= 1
                self._seen.update(one.hashes)
                yield one

    def _enough(self, item: int, one: Candidate) -> int:
        return self._rules.enough_stock if item in one.stock else self._rules.enough
