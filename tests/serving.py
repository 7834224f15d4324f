"""What the tests of the service share: a service over a ledger in a thread of its own, and a browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from marchland.service.app import make_app
from marchland.service.settings import Settings

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage"]
"""Pages draw without a graphics card; the tests run as root in a container."""

Serve = Callable[..., str]


@pytest.fixture(scope="session")
def chrome() -> Iterator[object]:
    """Debian's Chromium, driven by Playwright; `make test` installs it. Without it a test is skipped, but not in CI."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        word = f"no Chromium on this machine ({', '.join(NAMES)}); make test installs it where it may"
        if os.environ.get("CI"):
            pytest.fail(word)
        pytest.skip(word)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where there is a browser

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """`serve(ledger, **settings)` starts a service over a ledger and gives its address; all stop at the end."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(ledger: Path | str, **settings: object) -> str:
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            port = door.getsockname()[1]
        app = make_app(Settings(ledger=str(ledger), port=port, **settings))  # type: ignore[arg-type]
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        running.append((server, thread))
        return f"http://127.0.0.1:{port}"

    yield start
    for server, _ in running:
        server.should_exit = True
    for server, thread in running:
        server.force_exit = True
        thread.join(timeout=10)
