"""A helper in a process of its own that works out in the background what the map shows: the present first, then what
was known on earlier days. It has a low priority, keeps what it has done in the ledger, and goes on where it stopped.

`python -m marchland.service.history` takes the name of a ledger from the first line of its input, and ends with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

from marchland.errors import MarchlandError
from marchland.ledger import mapped, query
from marchland.ledger.assess import refresh
from marchland.ledger.store import Ledger

_NICE = 15
_LOOK = 1.0
"""Seconds after which it looks again whether somebody has written."""


class Helper:
    """The process, as the service sees it."""

    def __init__(self, ledger: str) -> None:
        """Start it; the name of the ledger goes through a pipe, as it may have a password in it."""
        command = [sys.executable, "-m", "marchland.service.history"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
        )
        if self._process.stdin:
            self._process.stdin.write(f"{ledger}\n")
            self._process.stdin.flush()

    def works(self) -> bool:
        """Whether it is still there; it ends by itself where it cannot write."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End it, with the processes that it may have started."""
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGTERM)
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.close()
        self._process.wait()


def work(ledger: Ledger) -> None:
    """Work out and keep everything that is out of date."""
    rules, until, others = query.rules_alone(ledger), mapped.horizon(ledger), ledger.database.others()
    refresh(ledger, rules, None, until)
    marks = mapped.Marks(ledger)
    mapped.keep_now(ledger, mapped.stale_now(ledger, marks), marks)
    for _ in mapped.keep_past(ledger, mapped.stale_past(ledger, marks), marks):
        if ledger.database.others() != others:
            return  # somebody has written: the present goes first


def main() -> None:
    """Work until the input ends."""
    name = sys.stdin.readline().rstrip("\n")
    threading.Thread(target=_end_with_input, daemon=True).start()
    os.nice(_NICE)
    with suppress(MarchlandError), Ledger.open(name, create=False) as ledger:
        ledger.workers = os.cpu_count() or 1
        seen = None
        while True:
            others = ledger.database.others()
            if others != seen:
                ledger.memo.clear()
                work(ledger)
                seen = others
            time.sleep(_LOOK)


def _end_with_input() -> None:
    """End the process when the service that started it is gone."""
    while sys.stdin.readline():
        pass
    os.killpg(0, signal.SIGTERM)


if __name__ == "__main__":
    main()
