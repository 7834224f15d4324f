"""A run over invented reports, in a process of its own that may be killed: `writer.py LEDGER NUMBER [FIRST]`.

Prints a line after each article. Exit 1 with the error's words where Marchland says that something failed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from reports import PLACES, Report, report

from marchland import pipeline
from marchland.errors import MarchlandError
from marchland.ledger.store import Ledger
from marchland.records import Article, Reading, Skipped

NAMES = sorted(PLACES)


def made(number: int) -> Report:
    """One report; every fourth is another version of the one before it, and every fifth a copy of an older one."""
    day = f"2031-05-{4 + number % 20:02d}"
    page = f"Page{number - (number % 4 == 3)}"
    places = NAMES[number % 4 :] if number % 5 else NAMES[:2]
    more = " ".join(f"Road {number % 5 + step} stayed open to lorries, and the market met." for step in range(12))
    return report(page, *places, day=day, url=f"https://{page}.example/", more=more)


class Coder:
    """Hands on what is there."""

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            yield Reading(article, ())


def run(ledger: str, first: int, end: int) -> None:
    """Read the reports from one number to another."""
    found = dict(made(number) for number in range(first, end))
    by_id = {article.article_id: claims for article, claims in ((a, c) for a, c in found.items())}
    read = [Skipped("broken.html", "empty"), *found]
    stages = pipeline.Stages(lambda _: read, Coder(), lambda reading: by_id[reading.article.article_id])
    with Ledger.open(ledger) as record:
        pipeline.run([Path("reports")], record, stages, lambda words: print(words, flush=True))


if __name__ == "__main__":
    try:
        run(sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else 0, int(sys.argv[2]))
    except MarchlandError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
