"""Who says what, on PolNeAR's development articles: `python -m bench attribution`.

An attribution found and one of the set are the same when the characters of their contents overlap and so do those of
their sources (or neither names one); each counts once, the pairs with most content in common first. F1 is over
attributions. The stricter figure asks besides that the contents have a character F1 of one half. The word that the set
takes for a source is the one beside the cue ("who", "he"), and ours is compared as such.

The words of speech.csv were chosen with one half of the articles in view (by hash of the id); the other half was only
measured.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.shared import SHARED
from marchland.claims.coder import Coder
from marchland.records import Article, Part, Span

FILE = SHARED / "bench" / "attribution" / "polnear-dev.jsonl"
STRICT = 0.5
Marks = frozenset[int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Characters of one attribution's source and content."""

    source: Marks
    content: Marks


@dataclass
class Score:
    """Attributions found, wanted and matched."""

    found: int = 0
    wanted: int = 0
    right: int = 0

    def __str__(self) -> str:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        f1 = 2 * self.right / max(self.found + self.wanted, 1)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({self.found} found, {self.wanted} in the set)"


def main() -> None:
    """Print precision, recall and F1 for both halves, by overlap and by the stricter measure."""
    if not FILE.is_file():
        print(f"no articles at {FILE}")
        return
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    coder = Coder.load()
    start = time.perf_counter()
    found = [read(coder, row) for row in rows]
    print(f"{len(rows)} articles, {len(rows) / (time.perf_counter() - start):.1f} a second, parsing included")
    for name, half in (("in view", 0), ("kept apart", 1), ("both", None)):
        chosen = [i for i, row in enumerate(rows) if half is None or half_of(row["id"]) == half]
        wanted = [gold(rows[i]) for i in chosen]
        ours = [found[i] for i in chosen]
        print(f"{name:10}  overlap  {total(wanted, ours, 0.0)}")
        print(f"{'':10}  strict   {total(wanted, ours, STRICT)}")


def half_of(article_id: str) -> int:
    """0 or 1, by the hash of the id."""
    return int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % 2


def read(coder: Coder, row: dict[str, Any]) -> list[Pair]:
    """What the product attributes in one article."""
    text = row["text"]
    article = Article(row["id"], row["id"], 0, text, (Part("body", 0, len(text)),), None, None, "", None, "", "en")
    return [
        Pair(_marks([one.source] if one.source else []), _marks(one.content)) for one in coder.attributions(article)
    ]


def gold(row: dict[str, Any]) -> list[Pair]:
    """The set's attributions with a content."""
    marked = row["attributions"]
    return [
        Pair(_marks(Span(*s) for s in a["source"]), _marks(Span(*s) for s in a["content"]))
        for a in marked
        if a["content"]
    ]


def _marks(spans: Iterable[Span]) -> Marks:
    return frozenset(i for span in spans for i in range(span.start, span.end))


def total(wanted: Sequence[list[Pair]], found: Sequence[list[Pair]], floor: float) -> Score:
    """Matches one to one, article by article."""
    score = Score()
    for gold_pairs, our_pairs in zip(wanted, found, strict=True):
        score.found += len(our_pairs)
        score.wanted += len(gold_pairs)
        score.right += matched(gold_pairs, our_pairs, floor)
    return score


def matched(gold_pairs: list[Pair], our_pairs: list[Pair], floor: float) -> int:
    """How many pairs are the same attribution, best overlap first."""
    candidates = sorted(
        (
            (overlap(one.content, other.content), i, j)
            for i, one in enumerate(gold_pairs)
            for j, other in enumerate(our_pairs)
            if one.content & other.content and (one.source & other.source or not (one.source or other.source))
        ),
        reverse=True,
    )
    taken: set[int] = set()
    used: set[int] = set()
    for share, i, j in candidates:
        if share >= floor and i not in taken and j not in used:
            taken.add(i)
            used.add(j)
    return len(taken)


def overlap(one: Marks, other: Marks) -> float:
    """F1 of characters."""
    return 2 * len(one & other) / (len(one) + len(other))
