"""How long the words of many claims take to index, and how long questions to the index take.

`python -m bench search` measures 100,000 invented claims (bench/claimed_war.py); `python -m bench.search 1000000`
another number. Milliseconds are of the processor: one thread does the work.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.claimed_war import OUTLETS, late_report, world
from marchland.ledger.search import Searcher
from marchland.ledger.search_index import LOT
from marchland.ledger.search_records import Wanted
from marchland.ledger.store import Ledger

SIZE = 100_000
TURNS = 9
QUESTIONS = {
    "a word in one claim of thirteen": Wanted(q="took"),
    "two words": Wanted(q="took osterby"),
    "words in a row": Wanted(q='"took osterby"'),
    "the beginning of a word": Wanted(q="oster*"),
    "a word, narrowed, as known in the middle": Wanted(q="took", outlet=OUTLETS[:1], known_at="2032-06-30"),
    "no word, all denials": Wanted(stance=("denies",)),
    "nothing found, near spellings looked for": Wanted(q="osterbii tookk"),
}


def main(size: int = SIZE) -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as scratch, Ledger.open(Path(scratch) / "war.db") as ledger:
        ledger.add_many((told.article, told.rows) for told in world(size))
        searcher = Searcher.of(ledger)
        lots = []
        done = False
        while not done:
            begun = time.process_time()
            done = searcher.catch_up(ledger).complete
            lots.append(time.process_time() - begun)
        (claims,) = ledger.database.execute("SELECT count(*) FROM claim").fetchone()
        print(f"| {claims:,} claims | |\n|---|---|")
        print(f"| index made, s | {sum(lots):.1f} |")
        print(f"| claims a second | {claims / sum(lots):,.0f} |")
        print(f"| one lot of {LOT} reports, ms, median and slowest | {_ms(lots)} |")
        print(f"| index file, MiB | {(Path(scratch) / 'war.db-search').stat().st_size / 2**20:.0f} |")
        for name, wanted in QUESTIONS.items():
            print(
                f"| {name}: ms, median and slowest | {_ms([_asked(searcher, ledger, wanted) for _ in range(TURNS)])} |"
            )
        typed = [_typed(searcher, ledger, "osterby"[:length]) for length in range(1, 8) for _ in range(TURNS)]
        print(f"| a suggestion, ms, median and slowest | {_ms(typed)} |")
        last = ledger.last_day()
        told = late_report(7, last) if last else None
        if told:
            ledger.add(told.article, told.rows)
            begun = time.process_time()
            searcher.catch_up(ledger, lots=3)
            print(f"| a new report taken in, ms | {1000 * (time.process_time() - begun):.0f} |")


def _asked(searcher: Searcher, ledger: Ledger, wanted: Wanted) -> float:
    begun = time.process_time()
    searcher.find(ledger, wanted)
    return time.process_time() - begun


def _typed(searcher: Searcher, ledger: Ledger, text: str) -> float:
    begun = time.process_time()
    searcher.suggest(ledger, text)
    return time.process_time() - begun


def _ms(seconds: list[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f}, {1000 * max(seconds):.0f}"


if __name__ == "__main__":
    main(*(int(size) for size in sys.argv[1:]))
