"""How surely an event is said to have happened, against people's judgement: `python -m bench factuality`.

Sentences with event words that people graded from -3 (certainly did not happen) over 0 to +3 (certainly did): UW (Lee
2015) and MEANTIME (Minard 2016), for measuring only. The claim stage's own reader of stance is asked about each word.

The mapping: the reader's `certainty` runs from -1 to 1, and is multiplied by 3. It is the sign of the polarity (denied
or not) times the least of the strengths of the words that have a say (lexicons/stance.csv); a plain statement is 1.
Strengths were looked at on one half of the sentences only (by a hash of the text); the other half is "held out".
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.shared import SHARED
from marchland.claims.lexicon import Lexicon
from marchland.claims.parse import Parser, Sentence
from marchland.claims.stance import Found, StanceReader
from marchland.records import Span

DATA = SHARED / "bench" / "factuality" / "uw-meantime-train.jsonl"
SCALE = 3.0
SETS = ("UW", "MEANTIME")


@dataclass(frozen=True, slots=True)
class Judged:
    """One event word: the set it is from, people's grade, and what the reader found."""

    dataset: str
    held_out: bool
    gold: float
    found: Found

    @property
    def error(self) -> float:
        """Distance from the grade, on the scale of -3 to 3."""
        return abs(SCALE * self.found.certainty - self.gold)


def main() -> None:
    """Print MAE and Pearson's r for each set, and what share of it each stance has."""
    if not DATA.exists():
        print(f"skipped: {DATA} is absent")
        return
    judged = list(judge(DATA))
    print("| set | events | MAE | Pearson r | always certain, MAE |\n|---|---|---|---|---|")
    for name in SETS:
        of_set = [one for one in judged if one.dataset == name]
        for title, part in (("all", of_set), ("held-out half", [one for one in of_set if one.held_out])):
            print(row(f"{name}, {title}", part))
    print("\n| UW, held-out half, read as | events | MAE |\n|---|---|---|")
    for stance in ("asserts", "hedges", "plans", "denies"):
        part = [one for one in judged if one.dataset == "UW" and one.held_out and one.found.stance == stance]
        print(f"| {stance} | {len(part)} | {mean(one.error for one in part):.3f} |")


def row(title: str, judged: Sequence[Judged]) -> str:
    """One line of the table."""
    ours, gold = [one.found.certainty for one in judged], [one.gold for one in judged]
    certain = mean(abs(SCALE - grade) for grade in gold)
    return (
        f"| {title} | {len(judged)} | {mean(one.error for one in judged):.3f} "
        f"| {statistics.correlation(ours, gold):.3f} | {certain:.3f} |"
    )


def judge(path: Path) -> Iterator[Judged]:
    """Every event word of the file with what the reader finds."""
    lexicon = Lexicon.load()
    parser = Parser.load(lexicon.grammar["surrogates"], lexicon.grammar["shown"])
    reader = StanceReader(lexicon.stance)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    parsed = parser.parse((text, Span(0, len(text)), "body", parser.pieces(text, [])) for text in texts)
    for source, sentence in zip(rows, parsed, strict=True):
        held_out = hashlib.sha256(source["text"].encode()).digest()[-1] % 2 == 1
        for event in source["events"]:
            found = reader.read(_token(event, sentence))
            yield Judged(source["set"], held_out, event["factuality"], found)


def _token(event: dict[str, Any], sentence: Sentence) -> Any:
    """The parsed word at the event's place among the words between blanks."""
    before = sentence.text.split(" ")[: event["token_span"][0]]
    start = len(" ".join(before)) + bool(before)
    token = sentence.at(start)
    if token is None:
        sys.exit(f"no word at {start} of {sentence.text!r}")
    return token


def mean(values: Iterator[float]) -> float:
    """Mean, or NaN of none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else float("nan")
