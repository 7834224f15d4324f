"""Pictures of the pages for the documentation, made from the demo: `python scripts/screenshots.py [FOLDER]`.

Needs Chromium (scripts/get_chromium.sh). The pictures go to docs/images; run it again when a page has changed.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from marchland.cli import main
from marchland.service.app import make_app
from marchland.service.settings import Settings

FOLDER = Path(__file__).parents[1] / "docs" / "images"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage"]
CALM = 2500
"""Milliseconds for which nothing more is waited for once a page stands."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what it is called, the address, and the size of the window in CSS pixels."""

    name: str
    path: str
    width: int = 1280
    height: int = 800
    dark: bool = False
    click: str = ""
    """Role=button name of what is pressed before the picture is taken."""


SHOTS = (
    Shot("map", "/?at=2021-07-20&known=2021-07-20"),
    Shot("map-dark", "/?at=2021-07-20&known=2021-07-20", dark=True),
    Shot("map-narrow", "/?at=2021-07-20&known=2021-07-20", width=390, height=844),
    Shot("place", "/place/{Islam Qala}?at=2021-07-20", height=1100),
    Shot("changes", "/changes?since=2021-07-08&known=2021-07-10"),
    Shot("brief", "/brief?from=2021-07-05&to=2021-07-15", height=1000),
    Shot("search", "/search?q=Islam+Qala"),
    Shot("review", "/review"),
)


@contextmanager
def service(ledger: Path) -> Iterator[str]:
    """A service over a ledger while it is needed; its address."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(Settings(str(ledger), port=port)), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = server.force_exit = True
    thread.join(timeout=10)


def take(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    """One picture of one page."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height}, color_scheme="dark" if shot.dark else "light"
    )
    page.goto(address + _path(page, address, shot.path), wait_until="load")
    page.locator("main h1, main canvas").first.wait_for()
    page.wait_for_function("() => !document.querySelector('main .busy')")
    page.wait_for_timeout(CALM)
    if shot.click:
        page.get_by_role("button", name=shot.click).first.click()
        page.wait_for_timeout(CALM)
    page.screenshot(path=folder / f"{shot.name}.png")
    page.close()


def _path(page: Page, address: str, path: str) -> str:
    """The address with the id of a place in the place of its name in braces."""
    head, brace, rest = path.partition("{")
    if not brace:
        return path
    name, _, tail = rest.partition("}")
    place = page.request.get(f"{address}/api/who", params={"place": name}).json()["place_id"]
    return f"{head}{place}{tail}"


def run(folder: Path) -> None:
    """All pictures, from a demo made for them."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        if main(["demo", "--out", scratch]):
            raise SystemExit("the demo failed")
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with service(Path(scratch) / "ledger.db") as address:
            for shot in SHOTS:
                take(browser, address, shot, folder)
        browser.close()


if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
