"""The map page beside a plain MapLibre page with as many points: first view, and a step of the slider.

`python -m bench.map_page LEDGER [--address http://...]` starts the service over a ledger (bench/many_places.py makes
one of 20,000 places), opens it in Chromium, and the plain page with circles at the same points; prints a table.

First view: from the navigation to the frame with the first marks. Slider step: from the input event to
the frame after the drawing. Both pages are loaded once before, so that files are in the browser's memory as they are
for a reader who comes back; WebGL is drawn by the processor.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import threading
import urllib.request
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.serving import FLAGS, NAMES

WEB = Path(__file__).parent.parent / "src/marchland/service/web"
STEPS = 40
VIEWS = 3
_WAIT = 120_000

_PLAIN = """<!doctype html><meta charset="utf-8"><title>plain</title><style>html, body, #map { height: 100%; margin: 0 }
#map canvas { position: absolute }</style><div id="map"></div><script type="module">
import { Map } from "/vendor/maplibre-gl/maplibre-gl.mjs";
const points = await (await fetch("/points.json")).json();
const colours = ["#d55e00", "#0072b2", "#009e73", "#cc79a7"];
const feature = (coordinates, id) =>
  ({ type: "Feature", id, properties: {}, geometry: { type: "Point", coordinates } });
const ends = (pick, at) => pick(...points.map((one) => one[at]));
const bounds = [[ends(Math.min, 0), ends(Math.min, 1)], [ends(Math.max, 0), ends(Math.max, 1)]];
const state = (day) =>
  ["match", ["%", ["+", ["id"], day], 4], ...colours.flatMap((one, at) => [at, one]), "#777"];
const map = new Map({ container: "map", bounds, fadeDuration: 0, attributionControl: false, style: { version: 8,
  sources: { points: { type: "geojson", data: { type: "FeatureCollection", features: points.map(feature) } } },
  layers: [{ id: "sea", type: "background", paint: { "background-color": "#dfe8ee" } },
    { id: "points", type: "circle", source: "points", paint: { "circle-radius": 5, "circle-color": state(0) } }] } });
map.once("idle", () => requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("painted"))));
window.step = (day) => new Promise((done) => {
  const begun = performance.now();
  map.setPaintProperty("points", "circle-color", state(day));
  const script = performance.now() - begun;
  map.once("idle", () => requestAnimationFrame(() => done([performance.now() - begun, script])));
});
</script>"""

_OUR_STEP = """(step) => new Promise((done) => {
  const input = document.getElementById("held-on"), least = Number(input.min), most = Number(input.max);
  input.value = most - ((step * 7) % (most - least + 1));
  const begun = performance.now();
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const script = performance.now() - begun;
  requestAnimationFrame(() => requestAnimationFrame(() => done([performance.now() - begun, script])));
})"""


def main(arguments: Sequence[str]) -> None:
    """Measure both pages and print."""
    options = argparse.ArgumentParser()
    options.add_argument("ledger", type=Path, nargs="?")
    options.add_argument("--address", help="a service that runs already")
    given = options.parse_args(arguments)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where there is a browser

    with TemporaryDirectory() as scratch, sync_playwright() as driver:
        address = given.address or _service(given.ledger)
        plain = _plain(Path(scratch), _points(address))
        found = next(path for name in NAMES if (path := shutil.which(name)))
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        ours = _measured(browser, address, "marchland:painted", _OUR_STEP)
        theirs = _measured(browser, plain, "painted", "(step) => window.step(step + 1)")
        browser.close()
    _print(ours, theirs)


def _service(ledger: Path) -> str:
    """A service over a ledger, in a thread; its address."""
    import uvicorn  # noqa: PLC0415

    from marchland.service.app import make_app  # noqa: PLC0415
    from marchland.service.settings import Settings  # noqa: PLC0415

    server = uvicorn.Server(
        uvicorn.Config(make_app(Settings(ledger=str(ledger), port=8391, history=False)), port=8391, log_level="warning")
    )
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        threading.Event().wait(0.05)
    return "http://127.0.0.1:8391"


def _points(address: str) -> list[list[float]]:
    with urllib.request.urlopen(f"{address}/api/map", timeout=600) as answer:
        places = json.load(answer)["places"]
    return [[lon, lat] for lon, lat in zip(places["lon"], places["lat"], strict=True) if lon is not None]


def _plain(folder: Path, points: list[list[float]]) -> str:
    """The plain page, served from a folder; its address."""
    (folder / "index.html").write_text(_PLAIN)
    (folder / "points.json").write_text(json.dumps(points))
    (folder / "vendor").symlink_to(WEB / "vendor")

    class Quiet(SimpleHTTPRequestHandler):
        extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}  # noqa: RUF012

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def _measured(browser: Any, address: str, mark: str, step: str) -> dict[str, float]:
    """Milliseconds of first views and steps."""
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    seen = f"() => performance.getEntriesByName('{mark}')[0]?.startTime"
    views = []
    for _ in range(VIEWS + 1):
        page.goto("about:blank")
        page.goto(address, wait_until="commit")
        page.wait_for_function(seen, timeout=_WAIT)
        views.append(page.evaluate(seen))
    page.wait_for_timeout(4000)
    steps, scripts = zip(*[page.evaluate(step, number) for number in range(STEPS)], strict=True)
    page.close()
    return {
        "first view, cold": views[0], "first view": statistics.median(views[1:]),
        "slider step": statistics.median(steps), "slider step, slowest of 20": sorted(steps)[int(0.95 * STEPS)],
        "slider step, script alone": statistics.median(scripts),
    }  # fmt: skip


def _print(ours: dict[str, float], theirs: dict[str, float]) -> None:
    print("| ms | Marchland's map | plain MapLibre | ratio |\n|---|---|---|---|")
    for name, value in ours.items():
        print(f"| {name} | {value:.0f} | {theirs[name]:.0f} | {value / max(theirs[name], 0.1):.2f} |")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
