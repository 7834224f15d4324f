"""The map of a ledger of 20,000 places: how long its answers take, how large they are, and how fast a page reads them.

`python -m bench.many_places [PLACES] [--ledger FILE] [--history]` makes an invented ledger (bench/claimed_war.py), with
ten claims a place, unless FILE is there already; works it out, starts the service over it, and prints a table. With
`--history` the earlier days are worked out, too, which takes long. The page's part runs in node.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.claimed_war import START, Told, late_report, world
from marchland.ledger import assess, mapped, query
from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow

PLACES = 20_000
CLAIMS = 10
"""Claims a place, about."""
Figures = dict[str, float]
_PAGE = Path(__file__).parent / "many_places.mjs"
_SERVE = (
    "import sys, uvicorn; from marchland.service.app import make_app; from marchland.service.settings import Settings;"
    "uvicorn.run(make_app(Settings(ledger=sys.argv[1], history=False)), port=int(sys.argv[2]), log_level='warning')"
)


def main(arguments: Sequence[str]) -> None:
    """Make the ledger where it is absent, measure, print."""
    options = argparse.ArgumentParser()
    options.add_argument("places", type=int, nargs="?", default=PLACES)
    options.add_argument("--ledger", type=Path)
    options.add_argument("--history", action="store_true")
    given, figures = options.parse_args(arguments), Figures()
    with tempfile.TemporaryDirectory() as scratch:
        file = given.ledger or Path(scratch) / "places.db"
        if not file.exists():
            _timed(figures, "claims invented and loaded, s", lambda: _load(file, given.places))
        with Ledger.open(file) as ledger:
            ledger.workers = os.cpu_count() or 1
            _work(ledger, figures, history=given.history)
        _serve(file, figures)
    print("| | |\n|---|---|")
    for name, value in figures.items():
        print(f"| {name} | {value:,.4g} |")


def _load(file: Path, places: int) -> None:
    """Every place is told of on the first day, and then as in any world."""

    def told() -> Iterator[Told]:
        yield from (late_report(number, START, "at first") for number in range(places))
        yield from world(CLAIMS * places, places=places)

    def fed() -> Iterator[tuple[Article, tuple[ClaimRow, ...]]]:
        yield from ((one.article, one.rows) for one in told())

    with Ledger.open(file) as ledger:
        ledger.add_many(fed())


def _work(ledger: Ledger, figures: Figures, *, history: bool) -> None:
    """What the helper of the service does in the background."""
    rules, until, count = query.rules_alone(ledger), mapped.horizon(ledger), len(ledger.place_ids())
    figures["places"] = count
    _timed(figures, "assessed, s", lambda: assess.refresh(ledger, rules, None, until))
    marks = mapped.Marks(ledger)
    _timed(figures, "present versions made, s", lambda: mapped.keep_now(ledger, mapped.stale_now(ledger, marks), marks))
    waiting = mapped.stale_past(ledger, marks)
    if history:
        _timed(figures, "earlier versions made, s", lambda: list(mapped.keep_past(ledger, waiting, marks)))
    else:
        some = waiting[: len(waiting) // 200]
        _timed(figures, f"earlier versions of {len(some)} places made, s",
               lambda: list(mapped.keep_past(ledger, some, marks)))  # fmt: skip
    figures["earlier versions"] = ledger.database.execute("SELECT count(*) FROM map_past").fetchone()[0]


def _serve(file: Path, figures: Figures) -> None:
    """The service over it, as a page meets it."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    begun = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-c", _SERVE, str(file), str(port)])
    try:
        address = f"http://127.0.0.1:{port}"
        _until_ready(address)
        figures["service ready, s"] = time.perf_counter() - begun
        for name in ("first", "again"):
            body = _timed(figures, f"/api/map, {name}, ms", lambda: _get(f"{address}/api/map"), 1000)
        figures["/api/map, MB"] = len(body) / 1e6
        _change(file, figures, address, json.loads(body)["made"])
        if shutil.which("node"):
            page = subprocess.run(
                ["node", str(_PAGE), address, str(Path(query.__file__).parents[1] / "service" / "web")],
                check=True, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            figures |= json.loads(page.stdout)
    finally:
        server.terminate()
        server.wait()


def _change(file: Path, figures: Figures, address: str, made: int) -> None:
    """One more report on a place: what an open page asks for, and what the next page gets."""
    with Ledger.open(file) as ledger:
        told = late_report(7, mapped.horizon(ledger), f"of late {time.time()}")
        ledger.add(told.article, told.rows)
        ledger.link(told.article)
        place = told.rows[0].place_id
    asked = f"{address}/api/map/places?id={place}&since={made}"
    found = _timed(figures, "after a report: the changed places, ms", lambda: _get(asked), 1000)
    figures["after a report: changed places"] = len(json.loads(found)["places"]["id"])
    _timed(figures, "after a report: /api/map anew, ms", lambda: _get(f"{address}/api/map"), 1000)


def _timed(figures: Figures, name: str, act: Callable[[], object], scale: float = 1) -> bytes:
    begun = time.perf_counter()
    found = act()
    figures[name] = scale * (time.perf_counter() - begun)
    print(f"{name}: {figures[name]:.3g}", file=sys.stderr)
    return found if isinstance(found, bytes) else b""


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=600) as answer:
        body: bytes = answer.read()
    return body


def _until_ready(address: str) -> None:
    for _ in range(600):
        try:
            _get(f"{address}/api/about")
        except OSError:
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    main(sys.argv[1:])
