"""The words that a text puts in quotation marks, as one row of words in which no quotation runs into the next."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marchland.copies.sketch import Hashes, Words
from marchland.records import Span

_QUOTED = re.compile(
    r"“([^“”]{10,2000})”|«([^«»]{10,2000})»|\"([^\"\n]{10,2000})\"|(?<!\w)‘([^‘’]{10,400}(?:’\w[^‘’]*)*)’(?!\w)"
)
_EDGE = np.uint64(0x5BD1E9955BD1E995)


@dataclass(frozen=True, slots=True, eq=False)
class Quoted:
    """Quoted words in order; between two quotations stands a number that no word has."""

    ids: Hashes
    positions: NDArray[np.int64]
    """Position of each in the words of the text; -1 between two quotations."""

    def __len__(self) -> int:
        return len(self.ids)

    def length(self, at: int) -> int:
        """Words of the quotation around a word."""
        edges = np.flatnonzero(self.positions < 0)
        after = int(np.searchsorted(edges, at))
        return int(edges[after] - (edges[after - 1] if after else -1)) - 1


def quotations(text: str) -> tuple[Span, ...]:
    """What stands in double, angle or single curly quotation marks. Apostrophes are none."""
    return tuple(Span(*match.span(match.lastindex or 0)) for match in _QUOTED.finditer(text))


def quoted(text: str, words: Words, least: int, edge: int) -> Quoted:
    """The quotations of at least `least` words; `edge` is different for each text, so that edges never match."""
    ids: list[int] = []
    positions: list[int] = []
    for span in quotations(text):
        inside = list(words.within(span))
        if len(inside) >= least:
            ids += [*words.ids[inside].tolist(), int(_EDGE) ^ edge ^ len(ids)]
            positions += [*inside, -1]
    return Quoted(np.array(ids, np.uint64), np.array(positions, np.int64))
