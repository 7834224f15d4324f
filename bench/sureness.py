"""How sure the reader says it is, against how often it is right: reliability and Brier score on the labelled reports.

    python -m bench.sureness [--strict] [--ledger]

A claim is right when the scorer of the labelled set matches it to a label: same page, family of event and place. Where
two claims of a page fit one label, the one whose sentence is nearest takes it; the other is "told again" and counts as
right as well, since it reads what the label says. `--strict` counts it as wrong, as the scorer does. `--ledger` also
compares the record made with these readings to one in which all claims are as sure as they are on average.
"""

from __future__ import annotations

import difflib
import importlib.util
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import Any

from bench.corpora import measures
from bench.shared import SHARED, LabelledSet, exported, labelled_sets, score
from marchland.claims.coder import Coder
from marchland.locate import trace
from marchland.read import read_path
from marchland.records import Article, Traced
from marchland.sureness import PREFIX
from marchland.views.export import record

BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Case:
    """One claim on a labelled page."""

    of: str
    """Name of the labelled set."""
    page: str
    reading: float
    right: bool
    """Whether it fits a label."""
    matched: bool
    """Whether it is also the one claim that the scorer matches to that label."""
    rules: tuple[str, ...]
    """Names of the rules that applied."""
    sentence: str


def cases(labelled: LabelledSet, coder: Coder) -> list[Case]:
    """Every claim of a scored family on the labelled pages of a set, judged."""
    scorer = _scorer()
    gold = [one for row in scorer.read_jsonl([labelled.gold]) for one in scorer.each_place(row)]
    pages = {one["page_id"] for one in gold}
    points: dict[str, Any] = {}
    for row in scorer.read_csv([labelled.truth]):
        points.setdefault(scorer.norm(row["place"]), scorer.point(row))
    by_page: dict[str, list[Traced]] = defaultdict(list)
    for path in labelled.inputs:
        for article in read_path(path):
            if isinstance(article, Article) and article.page_id in pages:
                by_page[article.page_id] += trace(coder.read(article), coder.gazetteer)
    made = []
    for page in sorted(pages):
        found = [one for one in by_page[page] if one.row.event in scorer.FAMILY]
        labels = [one for one in gold if one["page_id"] == page and one["event"] in scorer.FAMILY]
        made += list(_judged(labelled.name, page, labels, found, points, scorer))
    return made


def _judged(
    name: str, page: str, labels: list[Any], found: list[Traced], points: dict[str, Any], scorer: ModuleType
) -> Iterator[Case]:
    found = sorted(found, key=lambda one: (one.row.article_id, one.row.start, one.row.place, one.row.claim_id))
    preds = [record("claims", one.row) for one in found]
    free, matched, right = set(range(len(preds))), set(), set()
    for label in labels:
        fits = [i for i, pred in enumerate(preds) if _fits(label, pred, points, scorer)]
        right |= set(fits)
        left = [i for i in fits if i in free]
        if left:
            best = max(left, key=lambda i: _alike(preds[i]["sentence"], label["sentence"], scorer))
            free.discard(best)
            matched.add(best)
    for i, one in enumerate(found):
        rules = tuple(r.rule.removeprefix(PREFIX) for r in one.claim.reasons if r.rule.startswith(PREFIX))
        yield Case(name, page, one.row.reading, i in right, i in matched, rules, one.row.sentence)


def _fits(label: dict[str, Any], pred: dict[str, Any], points: dict[str, Any], scorer: ModuleType) -> bool:
    """As the scorer has it: one family of events, and the place by name or within 20 km."""
    if scorer.FAMILY[pred["event"]] != scorer.FAMILY[label["event"]]:
        return False
    canonical = scorer.listed(label["place_canonical"])
    names = scorer.names_of(pred, "place", "place_name", "place_aliases")
    if any(scorer.alike(wanted, name) for wanted in canonical + scorer.listed(label["place"]) for name in names):
        return True
    at = scorer.point(pred)
    there = [points.get(scorer.norm(wanted)) for wanted in canonical]
    return bool(at) and any(point and scorer.km(point, at) <= 20 for point in there)


def _alike(one: str, other: str, scorer: ModuleType) -> float:
    return difflib.SequenceMatcher(None, scorer.norm(one), scorer.norm(other)).ratio()


def _scorer() -> ModuleType:
    """The scorer of the labelled sets."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "score" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --------------------------------------------------------------------------------------------------------- the figures


def brier(told: Sequence[float], right: Sequence[bool]) -> float:
    """Mean squared distance between what was told and what was right; 0 is best."""
    return sum((share - hit) ** 2 for share, hit in zip(told, right, strict=True)) / len(told)


def ranked(told: Sequence[float], right: Sequence[bool]) -> float:
    """Chance that a right claim is told surer than a wrong one (area under the ROC curve); luck makes 0.5."""
    hits = [share for share, hit in zip(told, right, strict=True) if hit]
    misses = [share for share, hit in zip(told, right, strict=True) if not hit]
    if not hits or not misses:
        return float("nan")
    won = sum((hit > miss) + 0.5 * (hit == miss) for hit in hits for miss in misses)
    return won / (len(hits) * len(misses))


def reliability(told: Sequence[float], right: Sequence[bool]) -> list[str]:
    """A Markdown table: claims told with about the same sureness, and how many of them are right."""
    lines = ["| told | claims | mean told | share right |", "|---|---|---|---|"]
    pairs = list(zip(told, right, strict=True))
    for low, high in pairwise(BINS):
        inside = [(share, hit) for share, hit in pairs if low <= share < high or (high == 1.0 and share == 1.0)]
        if inside:
            mean = sum(share for share, _ in inside) / len(inside)
            good = sum(hit for _, hit in inside) / len(inside)
            lines.append(f"| {low:.1f} to {high:.1f} | {len(inside)} | {mean:.2f} | {good:.2f} |")
    return lines


def summary(name: str, told: Sequence[float], right: Sequence[bool]) -> str:
    """A row of the table of sets."""
    share = sum(right) / len(right)
    constant = share * (1 - share)
    return (
        f"| {name} | {len(right)} | {share:.3f} | {sum(told) / len(told):.3f} | {brier(told, right):.4f} | "
        f"{constant:.4f} | {ranked(told, right):.3f} |"
    )


HEAD = [
    "| set | claims | share right | mean told | Brier | Brier of that share for all | right told surer than wrong |",
    "|---" * 7 + "|",
]


def main() -> None:
    """Print both tables."""
    sets = labelled_sets()
    if not sets:
        print(f"skipped: {SHARED} is absent")
        return
    strict = "--strict" in sys.argv
    coder = Coder.load()
    every: list[Case] = []
    print("\n".join(HEAD))
    for labelled in sets:
        made = cases(labelled, coder)
        every += made
        print(summary(labelled.name, *_columns(made, strict)))
    print(summary("all", *_columns(every, strict)))
    print()
    print("\n".join(reliability(*_columns(every, strict))))
    if "--ledger" in sys.argv:
        print()
        print("\n".join(ledgers(sets, round(sum(one.reading for one in every) / len(every), 2))))


def ledgers(sets: Sequence[LabelledSet], mean: float) -> list[str]:
    """A Markdown table: what the ledger gets right with these readings, and with all of them alike."""
    titles = ("change of holder within 1 day", "false changes", "crossing opened/closed within 1 day")
    lines = ["| set, readings | " + " | ".join(titles) + " |", "|---" * (len(titles) + 1) + "|"]
    for labelled in sets:
        for name, reading in (("as told", None), (f"all {mean:.2f}", mean)):
            with exported(labelled, reading=reading) as folder:
                found = measures({"ledger": score("ledger", labelled, folder), "claims": ""})
            lines.append(f"| {labelled.name}, {name} | " + " | ".join(found[title] for title in titles) + " |")
    return lines


def _columns(made: Sequence[Case], strict: bool) -> tuple[list[float], list[bool]]:
    return [one.reading for one in made], [one.matched if strict else one.right for one in made]


if __name__ == "__main__":
    main()
