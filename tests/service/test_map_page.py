"""The map in a browser: it opens, slides both clocks, filters, and every place can be reached by keyboard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

WAIT = 20_000


@pytest.fixture(scope="module")
def address(demo: Path, serve: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    ledger = shutil.copy(demo / "ledger.db", tmp_path_factory.mktemp("map") / "ledger.db")
    return str(serve(ledger))


@pytest.fixture
def page(chrome: Any, address: str) -> Iterator[Any]:
    made = chrome.new_page(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.goto(address)
    made.get_by_role("heading", name="Places in view").wait_for(timeout=WAIT)
    yield made
    made.close()
    assert faults == []


def settled(page: Any, words: str) -> None:
    """Wait until the live summary holds these words (a pattern)."""
    page.wait_for_function(
        "words => new RegExp(words).test(document.querySelector('[role=status].map-summary').textContent)",
        arg=words, timeout=WAIT,
    )  # fmt: skip


def held_on(page: Any) -> Any:
    return page.get_by_role("slider", name="Held on")


def asked(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_it_opens_with_its_places_counted_by_holder(page: Any) -> None:
    settled(page, r"^\d+ places: \d+ \w+")
    assert page.get_by_role("list", name="Places in view").get_by_role("button").count() > 10


def test_sliding_held_on_goes_back_in_time_and_stands_in_the_address(page: Any) -> None:
    before = page.locator(".map-summary").text_content()
    held = held_on(page)
    held.focus()
    last = held.get_attribute("aria-valuetext")
    for _ in range(3):
        page.keyboard.press("PageDown")
    assert held.get_attribute("aria-valuetext") != last
    page.wait_for_function(
        "before => document.querySelector('.map-summary').textContent !== before", arg=before, timeout=WAIT
    )
    page.wait_for_function("() => new URLSearchParams(location.search).has('at')", timeout=WAIT)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", asked(page)["at"][0])


def test_links_keep_the_clocks(page: Any) -> None:
    held_on(page).focus()
    page.keyboard.press("Home")
    page.wait_for_function("() => new URLSearchParams(location.search).has('at')", timeout=WAIT)
    page.wait_for_function("() => document.querySelector('#nav a[href*=changes]').href.includes('at=')", timeout=WAIT)


def test_both_sliders_stand_at_one_place_for_one_day(page: Any) -> None:
    held, known = held_on(page), page.get_by_role("slider", name="Known by")
    for end in ("min", "max"):
        assert held.get_attribute(end) == known.get_attribute(end)
    known.focus()
    last = int(known.input_value())
    page.keyboard.press("ArrowLeft")
    earlier = int(known.input_value())
    assert earlier < last  # the day before on which anything became known, however far away
    page.keyboard.press("PageDown")
    assert int(known.input_value()) <= earlier - 1
    page.keyboard.press("End")
    assert int(known.input_value()) == last
    page.keyboard.press("Home")
    first = known.input_value()
    page.keyboard.press("ArrowLeft")
    assert known.input_value() == first
    page.keyboard.press("ArrowRight")
    assert known.input_value() > first


def test_known_by_takes_what_was_not_known_then_off_the_map(page: Any) -> None:
    known = page.get_by_role("slider", name="Known by")
    known.focus()
    page.keyboard.press("Home")
    page.wait_for_function("() => new URLSearchParams(location.search).has('known')", timeout=WAIT)
    settled(page, r"^\d+ places?")
    page.get_by_label("known by follows held on").check()
    page.wait_for_function("() => new URLSearchParams(location.search).has('follow')", timeout=WAIT)


def test_pressing_a_holder_shows_only_its_places(page: Any) -> None:
    settled(page, r"^\d+ places: \d+ \w+.*, \d+")
    button = page.get_by_role("region", name="Legend and filters").get_by_role("button").first
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    settled(page, r"^\d+ places?: \d+ [^,]+$")
    page.get_by_role("button", name="Show all", exact=True).click()
    settled(page, r"^\d+ places: \d+ \w+.*, \d+")


def test_a_place_is_found_chosen_and_left_by_keyboard(page: Any) -> None:
    rows = page.get_by_role("list", name="Places in view").get_by_role("button")
    name = rows.nth(2).locator(".map-name").evaluate("one => one.firstChild.textContent")
    page.get_by_role("searchbox", name="Find a place").focus()
    page.keyboard.type(name)
    page.get_by_role("heading", name="Places found").wait_for(timeout=WAIT)
    found = page.locator(".map-rows button").first
    found.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Chosen place")
    assert panel.get_by_role("heading", name=name).is_visible()
    assert panel.get_by_role("link", name="Evidence and history").get_attribute("href").startswith("/place/")
    page.wait_for_function("() => new URLSearchParams(location.search).has('place')", timeout=WAIT)
    assert page.evaluate("() => document.activeElement.textContent") == "Close"
    page.keyboard.press("Enter")
    assert panel.is_hidden()


def test_an_address_brings_back_clocks_filters_and_place(page: Any, address: str) -> None:
    page.locator(".map-rows button").first.click()
    held_on(page).focus()
    page.keyboard.press("PageDown")
    page.wait_for_function("() => new URLSearchParams(location.search).has('at')", timeout=WAIT)
    kept, words = page.url, held_on(page).get_attribute("aria-valuetext")
    name = page.get_by_role("region", name="Chosen place").get_by_role("heading").first.text_content()
    page.goto("about:blank")
    page.goto(kept)
    page.get_by_role("region", name="Chosen place").get_by_role("heading", name=name).wait_for(timeout=WAIT)
    assert held_on(page).get_attribute("aria-valuetext") == words


def test_marks_are_painted_and_the_ground_follows(page: Any) -> None:
    painted = "() => { const c = document.querySelector('.map-marks'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"  # noqa: E501
    assert page.evaluate(painted) > 500
    page.locator(".map-ground.ready canvas").wait_for(timeout=WAIT)


def test_without_webgl_the_page_says_so_and_goes_on(chrome: Any, address: str) -> None:
    made = chrome.new_page(viewport={"width": 360, "height": 800})
    made.add_init_script(
        "const own = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return kind.startsWith('webgl') ? null : own.call(this, kind, ...rest); };"
    )
    made.goto(address)
    made.get_by_text("no WebGL").wait_for(timeout=WAIT)
    held_on(made).focus()
    made.keyboard.press("Home")
    made.wait_for_function("() => new URLSearchParams(location.search).has('at')", timeout=WAIT)
    assert made.evaluate("() => document.documentElement.scrollWidth") <= 360
    made.close()
