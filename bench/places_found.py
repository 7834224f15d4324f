"""Finding place names in raw text: `python -m bench places_found`, or `python -m bench.places_found --speed`.

Texts and labels (LGL, TR-News) are for measuring only. A span is found where start and end are the label's; "touched"
where one overlaps it. Articles whose labels do not fit their text are left out. The half "in view" was looked at while
the rules were written, by hash of the id; the half "kept apart" was only measured. Names used of a place, of a body
that is there and of a people all count, since the labels have most of them.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from bench.places import is_exact, is_near, load
from bench.shared import SHARED
from marchland.claims.model import MODELS
from marchland.places.find import Finder
from marchland.places.gazetteer import Gazetteer
from marchland.places.mentioned import places_in
from marchland.places.sense import Teller

Row = dict[str, Any]
Spans = set[tuple[int, int]]
SETS = ("LGL", "TR-News")
TEXTS = (
    ("places/LGL.jsonl", "text"),
    ("places/TR-News.jsonl", "text"),
    ("attribution/polnear-dev.jsonl", "text"),
    ("dates/timebank-aquaint-dev.jsonl", "text"),
    ("same-event/ecbplus-topics-1-35.jsonl.gz", "text"),
    ("conflict-reports/re3d-dev.jsonl", "text"),
)
"""What is read for speed: articles, none of them twice."""
CAPITALS = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)*")
"""What the speed is compared with: nothing but a scan for runs of capitals."""
ROUNDS = 5
NER_LABELS = frozenset({"GPE", "LOC", "FAC", "NORP"})


def main() -> None:
    """Print what is found on each set, beside spaCy's recogniser, and the speed."""
    if not SHARED.exists():
        print(f"skipped: {SHARED} is absent")
        return
    gazetteer = Gazetteer.open()
    teller = Teller.of(gazetteer)
    print("| set | articles, names | precision | recall | F1 | touched | recall of names that the gazetteer has |")
    print("|---|---|---|---|---|---|---|")
    for name in SETS:
        rows = [row for row in load(name) if fits(row)]
        for title, part in (("in view", halved(rows, 0)), ("kept apart", halved(rows, 1)), ("both", rows)):
            print(f"| {name}, {title} {told(part, lambda text: spans(teller, text), gazetteer)}")
        recognised = recogniser()
        if recognised is not None:
            print(f"| {name}, spaCy's recogniser {told(rows, recognised, gazetteer)}")
    print("\n| set | resolved | exact id: precision | recall | F1 | within 161 km: precision | recall | F1 |")
    print("|---|---|---|---|---|---|---|---|")
    for name in SETS:
        rows = [row for row in load(name) if fits(row)]
        for title, part in (("in view", halved(rows, 0)), ("kept apart", halved(rows, 1)), ("both", rows)):
            print(f"| {name}, {title} {resolved(part, teller, gazetteer)}")
    speed(gazetteer)


def fits(row: Row) -> bool:
    """Whether every label stands where it says."""
    return all(row["text"][one["start"] : one["end"]] == one["phrase"] for one in row["toponyms"])


def halved(rows: Iterable[Row], half: int) -> list[Row]:
    """One half of the articles, by hash of the id."""
    return [row for row in rows if int(hashlib.sha256(str(row["id"]).encode()).hexdigest(), 16) % 2 == half]


def spans(teller: Teller, text: str) -> Spans:
    """Where the text names a place, a body that is there, or a people."""
    return {(one.found.start, one.found.end) for one in teller.senses(text) if one.use != "other"}


def told(rows: list[Row], find: Callable[[str], Spans], gazetteer: Gazetteer) -> str:
    """The figures of one row of the table."""
    counts: Counter[str] = Counter()
    for row in rows:
        found = find(row["text"])
        gold = {(one["start"], one["end"]): one["phrase"] for one in row["toponyms"]}
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["right"] += len(found & gold.keys())
        counts["touched"] += sum(any(a < end and start < b for a, b in found) for start, end in gold)
        known = {span for span, phrase in gold.items() if gazetteer.lookup(phrase)}
        counts["known"] += len(known)
        counts["right known"] += len(found & known)
    precision, recall = share(counts, "right", "found"), share(counts, "right", "gold")
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return (
        f"| {len(rows)}, {counts['gold']} | {precision:.3f} | {recall:.3f} | {f1:.3f} | "
        f"{share(counts, 'touched', 'gold'):.3f} | {share(counts, 'right known', 'known'):.3f} |"
    )


def resolved(rows: list[Row], teller: Teller, gazetteer: Gazetteer) -> str:
    """The figures of finding and resolving together.

    Right is a name whose span is a label's and whose place is the label's. Of all that got a place, those on labels
    without an id, which cannot be judged, do not count.
    """
    counts: Counter[str] = Counter()
    for row in rows:
        gold = {(one["start"], one["end"]): one for one in row["toponyms"]}
        counts["gold"] += sum(bool(one["geonameid"]) for one in gold.values())
        for answer in places_in(row["text"], teller, gazetteer):
            label = gold.get((answer.phrase.span.start, answer.phrase.span.end))
            if answer.choice is None or (label and not label["geonameid"]):
                continue
            counts["told"] += 1
            exact = label is not None and is_exact(answer.choice, label, gazetteer)
            counts["exact"] += exact
            counts["near"] += exact or (label is not None and is_near(answer.choice, label))
    figures = " | ".join(three(counts, what) for what in ("exact", "near"))
    return f"| {counts['told']} for {counts['gold']} labels | {figures} |"


def three(counts: Counter[str], what: str) -> str:
    """Precision, recall and F1 of what is right in one way."""
    precision, recall = share(counts, what, "told"), share(counts, what, "gold")
    return f"{precision:.3f} | {recall:.3f} | {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def share(counts: Counter[str], part: str, whole: str) -> float:
    """A share, 0 where there is nothing to have a share of."""
    return counts[part] / max(counts[whole], 1)


def recogniser() -> Callable[[str], Spans] | None:
    """spaCy's own recogniser of the installed model: countries, towns, lands, buildings, peoples."""
    for name in MODELS:
        try:
            nlp = importlib.import_module(name).load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
        except ImportError:
            continue
        if nlp.has_pipe("ner"):
            return lambda text: {
                (one.start_char + one.text.lower().startswith("the ") * 4, one.end_char)
                for one in nlp(text).ents
                if one.label_ in NER_LABELS
            }
    return None


def speed(gazetteer: Gazetteer) -> None:
    """Print megabytes a second of one core for finding, finding with senses, and a bare scan for capitals."""
    articles = list(texts())
    size = sum(len(text.encode()) for text in articles) / 1e6
    print(f"\n{len(articles)} articles, {size:.1f} MB, processor time of one core, best of {ROUNDS}")
    finder, teller = Finder.of(gazetteer), Teller.of(gazetteer)
    bare = min(timed(articles, lambda text: sum(1 for _ in CAPITALS.finditer(text))) for _ in range(ROUNDS))
    print(f"a scan for runs of capitals: {size / bare:.0f} MB/s")
    jobs: tuple[tuple[str, Callable[[str], object]], ...] = (("names", finder.find), ("and senses", teller.senses))
    for title, work in jobs:
        first, *more = (timed(articles, work) for _ in range(ROUNDS))
        best = min(more)
        print(
            f"{title}: {size / best:.1f} MB/s, {best / bare:.1f} times the bare scan "
            f"({size / first:.1f} MB/s in the first round, in which every name is new)"
        )


def timed(articles: list[str], work: Callable[[str], object]) -> float:
    """Seconds of processor time for all articles."""
    start = time.process_time()
    for text in articles:
        work(text)
    return time.process_time() - start


def texts() -> Iterable[str]:
    """The articles of all sets at hand."""
    for name, field in TEXTS:
        path = SHARED / "bench" / name
        if not path.exists():
            continue
        packed = path.read_bytes()
        lines = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode().split("\n")
        yield from (row[field] for row in map(json.loads, filter(None, lines)) if row.get(field))


if __name__ == "__main__":
    if "--speed" in sys.argv:
        speed(Gazetteer.open())
    else:
        main()
