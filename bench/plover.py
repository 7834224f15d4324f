"""PLOVER category of (sentence, source, target): macro F1 of category, quad class and binary class over five folds.

Nothing is trained: the folds only tell how the figure varies, and two of them (`UNSEEN`) were never looked at while
frames were written. The categories are those of the labels, which merge concede and retreat into YIELD.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.shared import SHARED
from marchland.claims.lexicon import Lexicon
from marchland.claims.parse import Parser, Sentence
from marchland.claims.plover import PloverMatch, PloverReader
from marchland.records import Span

DATA = SHARED / "bench" / "event-type" / "plover-plv-train.jsonl"
FOLDS = 5
UNSEEN = (3, 4)
PEERS = (
    ("dictionary coder UD-PETRARCH (test split)", 0.819, 0.686, 0.520),
    ("GPT-4 (test split)", 0.934, 0.767, 0.615),
    ("ZSP, 355M-parameter NLI model (test split)", 0.964, 0.896, 0.824),
)
_MARK = re.compile(r"</?[st]>")
_QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled pair and what we say of it; "NONE" where no frame fits."""

    fold: int
    sentence: str
    source: str
    target: str
    gold: str
    quad: int
    said: str
    match: PloverMatch | None


def main() -> None:
    """Print the table, then how often nothing was found."""
    if not DATA.is_file():
        print(f"skipped: {DATA} is absent")
        return
    found = list(rows())
    print("| | binary | quad | root |\n|---|---|---|---|")
    for title, folds in (("mean of five folds", range(FOLDS)), ("the two folds not looked at", UNSEEN)):
        print(
            f"| Marchland, {title} | "
            + " | ".join(f"{_mean(found, folds, of):.3f}" for of in (binary, quad, root))
            + " |"
        )
    for name, *figures in PEERS:
        print(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
    print(f"\n{len(found)} pairs, no frame fits {sum(row.said == 'NONE' for row in found)} of them")


def rows() -> Iterator[Row]:
    """Every labelled pair with our answer."""
    grammar = Lexicon.load().grammar
    parser, reader = Parser.load(grammar["surrogates"], grammar["shown"]), PloverReader.load()
    listed = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    texts = [one["sentence"] for one in listed]
    parsed = parser.parse((text, Span(0, len(text)), "body", parser.pieces(text, ())) for text in texts)
    for one, sentence in zip(listed, parsed, strict=True):
        source, target = _spans(sentence, one["marked_sentence"])
        match = reader.between(sentence, source, target)
        said = _label(match)
        yield Row(fold(one["sentence_id"]), one["sentence"], one["source"], one["target"], one["gold_root"],
                  one["gold_quad"], said, match)  # fmt: skip


def fold(row_id: str) -> int:
    """The fold of a row, by a hash of its id."""
    return int(hashlib.sha256(row_id.encode()).hexdigest(), 16) % FOLDS


def _spans(sentence: Sentence, marked: str) -> tuple[frozenset[int], frozenset[int]]:
    """Indexes of the words inside the first <s> and the first <t>."""
    found: dict[str, frozenset[int]] = {}
    for kind in "st":
        opening = marked.find(f"<{kind}>")
        closing = marked.find(f"</{kind}>", opening)
        start = len(_MARK.sub("", marked[:opening]))
        end = len(_MARK.sub("", marked[:closing])) if opening >= 0 and closing >= 0 else start
        pieces = enumerate(sentence.pieces)
        found[kind] = (
            frozenset(i for i, p in pieces if p.start < end and p.end > start) if opening >= 0 else frozenset()
        )
    return found["s"], found["t"]


def _label(match: PloverMatch | None) -> str:
    """Our category in the words of the labels, whose annotators put a promise to give way under AGREE."""
    if match is None:
        return "NONE"
    if match.category == "concede" and match.why:
        return "AGREE"
    return "YIELD" if match.category in ("concede", "retreat") else match.category.upper()


def root(row: Row) -> tuple[str, str]:
    """Gold and said category."""
    return row.gold, row.said


def quad(row: Row) -> tuple[str, str]:
    """Gold and said quad class."""
    return str(row.quad), str(_QUAD.get(row.said, 0))


def binary(row: Row) -> tuple[str, str]:
    """Gold and said side: cooperation or conflict."""
    return tuple("none" if q == "0" else "conflict" if q in "34" else "cooperation" for q in quad(row))  # type: ignore[return-value]


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """Mean F1 of the labelled classes; an answer of "none" is a miss."""
    listed = list(pairs)
    gold, said = Counter(g for g, _ in listed), Counter(s for _, s in listed)
    right = Counter(g for g, s in listed if g == s)
    return sum(2 * right[one] / (gold[one] + said[one]) for one in gold) / len(gold)


def _mean(found: Sequence[Row], folds: Iterable[int], of) -> float:  # type: ignore[no-untyped-def]
    wanted = list(folds)
    return sum(macro_f1(of(row) for row in found if row.fold == one) for one in wanted) / len(wanted)
