"""Reports a second through read and claims on one core, model load apart, and the memory that it takes."""

from __future__ import annotations

import resource
import time

from bench.shared import SHARED, labelled_sets
from marchland.claims.coder import Coder
from marchland.locate import locate
from marchland.read import read_path
from marchland.records import Article


def main() -> None:
    """Print load time, reports a second for each stage, and the peak memory of the process."""
    sets = labelled_sets()
    if not sets:
        print(f"skipped: {SHARED} is absent")
        return
    start = time.perf_counter()
    coder = Coder.load()
    coder.parser.is_english("word")
    loaded = time.perf_counter() - start
    pages = [path for labelled in sets for path in labelled.inputs]
    start = time.perf_counter()
    articles = [item for path in pages for item in read_path(path) if isinstance(item, Article)]
    read = time.perf_counter() - start
    start = time.perf_counter()
    readings = [coder.read(article) for article in articles]
    coded = time.perf_counter() - start
    start = time.perf_counter()
    rows = sum(len(locate(reading, coder.gazetteer)) for reading in readings)
    located = time.perf_counter() - start
    baseline = _parse_alone(coder, articles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = len(articles)
    print(f"load {loaded:.1f} s; {count} reports, {rows} claims; peak memory {peak:.0f} MiB")
    print(
        f"read {count / read:.0f} a second; claims {count / coded:.0f} a second; places {count / located:.0f} a second"
    )
    print(f"read and claims together: {count / (read + coded):.0f} reports a second")
    print(f"claims take {coded / baseline:.1f} times as long as a bare parse of the same texts, run beside it")


def _parse_alone(coder: Coder, articles: list[Article]) -> float:
    start = time.perf_counter()
    for _ in coder.parser.nlp.pipe((article.text for article in articles), batch_size=64):
        pass
    return time.perf_counter() - start
