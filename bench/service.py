"""Questions to a service at 300 a second: how long each waits, beside an endpoint of Litestar that says hello.

The service runs in a process of its own (`marchland serve`), the client in another, on the same machine. The client is
an open loop: a question is sent when its time has come, whether or not earlier ones are answered, and its wait counts
from then. `python -m bench service` asks the demo and 100,000 invented claims; `python -m bench.service LEDGER...` asks
your own.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

RATE = 300
"""Questions a second."""
SECONDS = 20
CONNECTIONS = 32
"""Connections that are kept open, at most."""
CLAIMS = 100_000
_HELLO = """
import sys, uvicorn
from litestar import Litestar, get
@get("/hello", sync_to_thread=True)
def hello() -> dict[str, str]:
    return {"hello": "world"}
uvicorn.run(Litestar([hello]), port=int(sys.argv[1]), log_level="error", access_log=False, http="h11", loop="asyncio")
"""


def main(ledgers: Sequence[str] = ()) -> None:
    """Print one row for each ledger, and one for the endpoint that says hello."""
    print(
        f"{RATE} questions a second for {SECONDS} s, open loop, {os.cpu_count()} cores for service and client together"
    )
    print("| | answered a second | p50 ms | p95 ms | p99 ms | slowest ms | failed | processor of the service |")
    print("|---|---|---|---|---|---|---|---|")
    with _hello() as (port, process):
        hello = _row("hello, Litestar alone", port, process, ["/hello"])
    with tempfile.TemporaryDirectory() as scratch:
        for ledger in ledgers or _made(Path(scratch)):
            questions = _questions(ledger)
            with _served(ledger) as (port, process):
                mine = _row(Path(ledger).stem, port, process, questions)
            print(f"p99 of {Path(ledger).stem} is {mine / hello:.1f} times that of hello", file=sys.stderr)


def _row(name: str, port: int, process: int, paths: Sequence[str]) -> float:
    """Print how long questions waited; the 99th percentile in seconds."""
    asyncio.run(_load(port, paths, rate=50, seconds=2))
    before = _used(process)
    waits, failed, took = asyncio.run(_load(port, paths, RATE, SECONDS))
    used = _used(process) - before
    ordered = sorted(waits)
    p50, p95, p99 = (1000 * ordered[int(len(ordered) * share)] for share in (0.5, 0.95, 0.99))
    told = (f"{len(waits) / took:.0f}", f"{p50:.1f}", f"{p95:.1f}", f"{p99:.1f}", f"{1000 * ordered[-1]:.0f}")
    print(f"| {name} | {' | '.join(told)} | {failed} | {used / took:.0%} |", flush=True)
    return p99


def _used(process: int) -> float:
    """Seconds of the processor that a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# --------------------------------------------------------------------------------------------------------------- client


class _Line:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader, self._writer = asyncio.StreamReader(), None

    async def ask(self, path: str) -> int:
        """The status of the answer, once all of it has come."""
        if self._writer is None or self._reader.at_eof():
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        await self._reader.readexactly(length)
        return int(head[9:12])


async def _load(port: int, paths: Sequence[str], rate: int, seconds: int) -> tuple[list[float], int, float]:
    """Waits of the answers in seconds, how many were no 200, and how long all took."""
    free: asyncio.LifoQueue[_Line] = asyncio.LifoQueue()
    for _ in range(CONNECTIONS):
        free.put_nowait(_Line(port))
    waits: list[float] = []
    failed = 0

    async def one(path: str, due: float) -> None:
        nonlocal failed
        line = await free.get()
        failed += await line.ask(path) != 200
        waits.append(time.perf_counter() - due)
        free.put_nowait(line)

    draw, start, tasks = random.Random(7), time.perf_counter(), set()
    for number in range(rate * seconds):
        due = start + number / rate
        if (early := due - time.perf_counter()) > 0:
            await asyncio.sleep(early)
        task = asyncio.create_task(one(draw.choice(paths), due))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    while tasks:
        await asyncio.wait(tasks)
    return waits, failed, time.perf_counter() - start


# -------------------------------------------------------------------------------------------------------------- service


@contextmanager
def _hello() -> Iterator[tuple[int, int]]:
    port = _free_port()
    with _running([sys.executable, "-c", _HELLO, str(port)], port) as process:
        yield port, process


@contextmanager
def _served(ledger: str) -> Iterator[tuple[int, int]]:
    port = _free_port()
    command = [sys.executable, "-m", "marchland", "serve", "--ledger", ledger, "--port", str(port)]
    with _running(command, port) as process:
        yield port, process


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[int]:
    made = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield made.pid
    finally:
        made.terminate()
        made.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the service did not start")


def _questions(ledger: str) -> list[str]:
    """Who holds each place on record; what the answers rest on is worked out first, as when reports are read."""
    from marchland.ledger import query  # noqa: PLC0415
    from marchland.ledger.store import Ledger  # noqa: PLC0415

    with Ledger.open(ledger, create=False) as record:
        record.workers = os.cpu_count() or 1
        query.refresh(record)
        return [f"/api/who?place={quote(place_id)}" for place_id in record.place_ids()]


def _made(folder: Path) -> Iterator[str]:
    from bench.claimed_war import world  # noqa: PLC0415
    from marchland import demonstration  # noqa: PLC0415
    from marchland.ledger.store import Ledger  # noqa: PLC0415

    (folder / "demo").mkdir()
    demonstration.run(folder / "demo", lambda _: None)
    yield str((folder / "demo" / "ledger.db").rename(folder / "the demo.db"))
    big = folder / f"{CLAIMS:,} claims.db"
    with Ledger.open(big) as ledger:
        ledger.workers = os.cpu_count() or 1
        ledger.add_many(world(CLAIMS))
    yield str(big)


if __name__ == "__main__":
    main(sys.argv[1:])
