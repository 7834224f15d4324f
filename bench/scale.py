"""How a ledger bears many claims: load, questions, a new report and memory, from 10,000 to 1,000,000 claims.

Each size runs in a process of its own, on invented claims (bench/claimed_war.py). `python -m bench scale` runs the
two smaller sizes; `python -m bench.scale 1000000` any other. Seconds are of the wall clock, with those of the
processor beside them where one process does the work: other work on the machine makes the first longer.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bench.claimed_war import Told, late_report, place_id, world
from marchland.ledger import assess, query
from marchland.ledger.parties import shipped_rules
from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow

SIZES = (10_000, 100_000)
ASKED = 200
"""Places that are asked about, at random."""
LINKED = 500
"""Articles of the end of the world that are linked with all before them; the others are not."""
LATE = 20
"""New reports that are added one by one."""
PAST = "2032-06-30"
"""A day of knowledge in the middle."""

Figures = dict[str, float]
T = TypeVar("T")


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print a table of the sizes, each measured in a process of its own."""
    found = []
    for size in sizes:
        told = subprocess.run(
            [sys.executable, "-m", "bench.scale", "--one", str(size)], check=True, stdout=subprocess.PIPE, text=True
        )
        found.append(json.loads(told.stdout))
        print(f"{size}: {found[-1]}", file=sys.stderr)
    names = list(found[0])
    print("| | " + " | ".join(f"{size:,} claims" for size in sizes) + " |")
    print("|---" * (len(sizes) + 1) + "|")
    for name in names:
        print(f"| {name} | " + " | ".join(f"{one[name]:,.4g}" for one in found) + " |")


def one(size: int, folder: Path) -> Figures:
    """All figures of one size."""
    file = folder / "scale.db"
    figures: Figures = {}
    for part in (_load, _ask, _report):
        with Ledger.open(file) as ledger:
            ledger.workers = os.cpu_count() or 1
            part(ledger, size, figures)
        print(json.dumps(figures), file=sys.stderr)  # a long run tells how far it is
    figures["ledger file, MiB"] = file.stat().st_size / 2**20
    figures["peak memory of the process, MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["peak memory of a helper process, MiB"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return figures


@contextmanager
def _timed(figures: Figures, name: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    figures[f"{name}, s"] = time.perf_counter() - wall
    figures[f"{name}, s of processor"] = time.process_time() - cpu


def _load(ledger: Ledger, size: int, figures: Figures) -> None:
    """Claims made apart from claims added: the making is taken off."""
    with _timed(figures, "claims invented"):
        count = sum(len(told.rows) for told in world(size))
    last: list[Article] = []

    def fed() -> Iterator[tuple[Article, tuple[ClaimRow, ...]]]:
        for told in world(size):
            last.append(told.article)
            del last[:-LINKED]
            yield told.article, told.rows

    with _timed(figures, "load, making included"):
        ledger.add_many(fed())
    for kind in ("s", "s of processor"):
        figures[f"load, {kind}"] = figures[f"load, making included, {kind}"] - figures.pop(f"claims invented, {kind}")
        del figures[f"load, making included, {kind}"]
    with _timed(figures, "500 articles linked"):
        ledger.link(*last)
    figures["claims"], figures["places"] = count, len(ledger.place_ids())
    figures["articles"] = ledger.database.execute("SELECT count(*) FROM article").fetchone()[0]


def _ask(ledger: Ledger, size: int, figures: Figures) -> None:
    chance = random.Random(6)
    rules, last = shipped_rules(), ledger.last_day() or dt.date(2034, 1, 1)
    asked = [place_id(chance.randrange(int(figures["places"]))) for _ in range(ASKED)]
    asked = [one for one in asked if ledger.place(one) is not None]
    figures |= _each("who, cold", asked, lambda one: query.who(ledger, one))
    with _timed(figures, "all places worked out"):
        assess.refresh(ledger, rules, None, last)
    figures |= _each("who, warm", asked, lambda one: query.who(ledger, one))
    figures |= _each("why", asked[:20], lambda one: query.why(ledger, one))
    with _timed(figures, "who held all places on the last day, warm"):
        rows = query.holdings(ledger, at=last)
    figures["places with a holding on that day"] = len(rows)
    print(json.dumps(figures), file=sys.stderr)
    silent = last + dt.timedelta(days=30)
    with _timed(figures, "the same 30 days later, first time"):
        query.holdings(ledger, at=silent)
    with _timed(figures, "the same 31 days later"):
        query.holdings(ledger, at=silent + dt.timedelta(days=1))
    with _timed(figures, "as known on a past day, first time"):
        query.holdings(ledger, at=PAST, known_at=PAST)
    with _timed(figures, "as known on a past day, again"):
        query.holdings(ledger, at=PAST, known_at=PAST)


def _report(ledger: Ledger, size: int, figures: Figures) -> None:
    """New reports, one after another: added, linked, and their places worked out."""
    rules, last = shipped_rules(), ledger.last_day() or dt.date(2034, 1, 1)
    assess.refresh(ledger, rules, None, last)
    told = [
        late_report(37 * number % int(figures["places"]), last, f"for the {number}th time") for number in range(LATE)
    ]

    def take(one: Told) -> None:
        ledger.add(one.article, one.rows)
        ledger.link(one.article)
        for row in one.rows:
            query.who(ledger, row.place_id or "")

    figures |= _each("a new report", told, take)
    figures["places left to work out after 20 reports"] = len(assess.stale(ledger, assess.LATEST, last))


def _each(name: str, over: Sequence[T], ask: Callable[[T], object]) -> Figures:
    """Milliseconds of the clock and of the processor for each, and the slowest."""
    wall, cpu = [], []
    for one in over:
        begun, used = time.perf_counter(), time.process_time()
        ask(one)
        cpu.append(1000 * (time.process_time() - used))
        wall.append(1000 * (time.perf_counter() - begun))
    return {
        f"{name}, ms (median)": statistics.median(wall),
        f"{name}, ms of processor (median)": statistics.median(cpu),
        f"{name}, ms of processor (slowest of {len(cpu)})": max(cpu),
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        with tempfile.TemporaryDirectory() as scratch:
            print(json.dumps(one(int(sys.argv[2]), Path(scratch))))
    else:
        main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
