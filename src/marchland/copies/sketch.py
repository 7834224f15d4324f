"""A text as numbers: one for each word, and the fingerprints by which copies of it are found.

Fingerprints are winnowed: of the hashes of all runs of a few words, the smallest in each window is kept. Other than
a MinHash signature, which tells how much two *whole* texts share, this keeps a fingerprint of every stretch, so that
three paragraphs cut from a long text are found; other than a sample by a threshold, it cannot miss a stretch that is
long enough.
"""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from marchland.records import Span

Hashes = NDArray[np.uint64]
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
"""The multipliers of the splitmix64 generator."""


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a text: a number for each, the same for the same word everywhere.

    Where they stand is told only when asked: most texts are never linked with any other.
    """

    ids: Hashes
    text: str

    def __len__(self) -> int:
        return len(self.ids)

    @functools.cached_property
    def _bounds(self) -> NDArray[np.int64]:
        found = [match.span() for match in _WORD.finditer(self.text)]
        return np.array(found, np.int64).reshape(-1, 2)

    @property
    def starts(self) -> NDArray[np.int64]:
        """First character of each word."""
        return self._bounds[:, 0]

    @property
    def ends(self) -> NDArray[np.int64]:
        """Character after each word."""
        return self._bounds[:, 1]

    def span(self, first: int, last: int) -> Span:
        """Characters from the word `first` up to the word `last`, which is not included."""
        return Span(int(self.starts[first]), int(self.ends[last - 1]))

    def within(self, span: Span) -> range:
        """Positions of the words that lie in the span."""
        first = int(np.searchsorted(self.starts, span.start))
        return range(first, int(np.searchsorted(self.ends, span.end, side="right")))


def words_of(text: str) -> Words:
    """The words of a text; case and the form of the apostrophe do not count."""
    return Words(np.array([_number(word) for word in _WORD.findall(text)], np.uint64), text)


@functools.lru_cache(maxsize=1 << 17)
def _number(word: str) -> int:
    """64 bits that are the same in every run."""
    folded = word.casefold().replace("’", "'")
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def shingles(ids: Hashes, size: int) -> Hashes:
    """A hash for each run of `size` words; none where the text is shorter."""
    count = len(ids) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = np.zeros(count, np.uint64)
    for offset in range(size):
        mixed = (mixed ^ ids[offset : offset + count]) * _STEP
        mixed ^= mixed >> np.uint64(29)
    return _mixed(mixed)


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(30))) * _MIX[0]
    values = (values ^ (values >> np.uint64(27))) * _MIX[1]
    return values ^ (values >> np.uint64(31))


def winnowed(hashes: Hashes, window: int) -> Hashes:
    """The smallest hash of each window, without repetition; of a text shorter than a window, its smallest."""
    if len(hashes) <= window:
        return hashes.min(initial=np.iinfo(np.uint64).max, keepdims=True) if len(hashes) else hashes
    kept: Hashes = np.unique(sliding_window_view(hashes, window).min(axis=1))
    return kept


def fingerprints(ids: Hashes, size: int, window: int, salt: int = 0) -> tuple[int, ...]:
    """The kept fingerprints as signed 64-bit numbers, which SQLite stores; `salt` keeps two kinds of them apart."""
    kept = winnowed(shingles(ids, size), window)
    salted = _mixed(kept ^ np.uint64(salt)) if salt else kept
    return tuple(salted.view(np.int64).tolist())


def text_key(text: str) -> int:
    """A positive 63-bit number made of the text itself: two articles with one text share it."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big") >> 1
