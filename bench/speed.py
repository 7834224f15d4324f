"""Reports a second through read and claims on one core, model load apart, and the memory that it takes.

Three kinds of report: those of the labelled corpora (54 words on average); reports of 700 words made by joining corpus
texts of one set in order, denser in claims than any real page; and reports of 700 words grown by bench/prose.py, with
invented names and a real page's share of background.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.prose import Author
from bench.shared import SHARED, labelled_sets
from marchland.claims.coder import Coder
from marchland.claims.model import load_model
from marchland.locate import locate
from marchland.read import read_path
from marchland.records import Article

WORDS = 700
GROWN = 60
TIMES = (2, 20)
"""How many hundred reports are read in the two processes whose memory is compared."""
ROUNDS = 3
"""Rounds in which ours and the bare parse take turns, so that the noise of the machine falls on both."""
_MEMORY = """
import resource, sys
from pathlib import Path
from bench.speed import grown, articles_of
from marchland.claims.coder import Coder
coder = Coder.load()
rows = (row for block in range(int(sys.argv[1])) for row in grown(100, seed=block, words=120))
count = sum(1 for _ in coder.read_many(articles_of(rows, Path(sys.argv[2]))))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@dataclass(frozen=True)
class Timed:
    """Seconds of processor time for one lot of reports."""

    reports: int
    words: int
    read: float
    claims: float
    first: float
    """The same for the first round, in which every word and name is new."""
    bare: float
    """A bare spaCy parse of the same texts, one text a document, 64 at a time."""

    def told(self, what: str) -> str:
        """One line of the table."""
        whole = self.reports / (self.read + self.claims)
        return (
            f"{what}: {self.reports} reports of {self.words / self.reports:.0f} words; read and claims together "
            f"{whole:.0f} reports a second ({self.reports / (self.read + self.first):.0f} in the first round); "
            f"claims take {self.claims / self.bare:.2f} times a bare parse"
        )


def main() -> None:
    """Print load time, reports a second of each kind beside a bare parse, places, and memory."""
    sets = labelled_sets()
    if not sets:
        print(f"skipped: {SHARED} is absent")
        return
    with tempfile.TemporaryDirectory() as scratch:  # before anything is loaded: a child begins with its parent's peak
        for hundreds in TIMES:
            told = [sys.executable, "-c", _MEMORY, str(hundreds), scratch]
            done = subprocess.run(told, check=True, capture_output=True, text=True)
            print("{} grown reports of 120 words: peak memory {} MiB".format(*done.stdout.split()))
    start = time.process_time()
    coder = Coder.load()
    coder.parser.is_english("word")
    print(f"load {time.process_time() - start:.1f} s; processor time of one core throughout, best of {ROUNDS} rounds")
    texts = [[article.text for article in _articles(labelled.inputs)] for labelled in sets]
    with tempfile.TemporaryDirectory() as scratch:
        lots = {
            "corpora": [path for labelled in sets for path in labelled.inputs],
            "joined": [_written(Path(scratch) / "joined.jsonl", joined(texts))],
            "grown": [_written(Path(scratch) / "grown.jsonl", grown(GROWN))],
        }
        for name, paths in lots.items():
            print(_timed(coder, paths).told(name))
        _places(coder, lots["corpora"])


def joined(sets: Iterable[Sequence[str]]) -> list[str]:
    """Texts of each set joined in order, a paragraph each, to reports of at least 700 words."""
    made: list[str] = []
    for texts in sets:
        report: list[str] = []
        for text in texts:
            report.append(text)
            if sum(len(part.split()) for part in report) >= WORDS:
                made.append("\n\n".join(report))
                report = []
    return made


def grown(count: int, seed: int = 5, words: int = WORDS) -> list[str]:
    """Invented reports of at least so many words: headline, lead, and paragraphs, a quotation in every third."""
    author = Author(seed)
    return [_grown(author, words) for _ in range(count)]


def _grown(author: Author, words: int) -> str:
    facts = author.event().facts
    parts = [author.headline(facts), author.sentence("lead", facts) + " " + author.paragraph(facts)]
    while sum(len(part.split()) for part in parts) < words:
        quote = author.quotation(facts) if len(parts) % 3 == 0 else ""
        parts.append(author.paragraph(facts, quote))
    return "\n\n".join(parts)


def articles_of(texts: Iterable[str], scratch: Path) -> Iterable[Article]:
    """Texts as read from files of a hundred rows, one file at a time."""
    block: list[str] = []
    for text in texts:
        block.append(text)
        if len(block) == 100:
            yield from _articles([_written(scratch / "block.jsonl", block)])
            block = []


def _written(path: Path, texts: Sequence[str]) -> Path:
    rows = (json.dumps({"id": f"r{i}", "text": text, "published": "2031-05-07"}) for i, text in enumerate(texts))
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def _articles(paths: Iterable[Path]) -> list[Article]:
    return [item for path in paths for item in read_path(path) if isinstance(item, Article)]


def _timed(coder: Coder, paths: Sequence[Path]) -> Timed:
    nlp = load_model()
    read, claims, bare = [], [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        articles = _articles(paths)
        read.append(time.process_time() - start)
        start = time.process_time()
        for _reading in coder.read_many(articles):
            pass
        claims.append(time.process_time() - start)
        start = time.process_time()
        for _doc in nlp.pipe((article.text for article in articles), batch_size=64):
            pass
        bare.append(time.process_time() - start)
    words = sum(len(article.text.split()) for article in articles)
    return Timed(len(articles), words, min(read), min(claims), claims[0], min(bare))


def _places(coder: Coder, paths: Sequence[Path]) -> None:
    readings = list(coder.read_many(_articles(paths)))
    start = time.process_time()
    rows = sum(len(locate(reading, coder.gazetteer)) for reading in readings)
    taken = time.process_time() - start
    print(f"places: {len(readings) / taken:.0f} reports a second, {rows} rows")
