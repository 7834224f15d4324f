"""A walk through all of it: both clocks, a place, why, its sentence, a filter, a review and its undo, export, print."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from marchland.ledger.store import Ledger
from marchland.ledger.tokens import add

WAIT = 30_000
PLACE = "Islam Qala"
GRAVE = ("serious", "critical")
VIEWS = [(1600, 1000, "light"), (360, 800, "dark")]
PAGES = {
    "map": "/?at=2021-07-20",
    "place": "/place/{place}?at=2021-07-20",
    "claim": "/claim/{claim}",
    "article": "/article/{article}?claim={claim}",
    "crossings": "/crossings?at=2021-07-20",
    "changes": "/changes?since=2021-07-08&known=2021-07-10",
    "brief": "/brief?from=2021-07-05&to=2021-07-15",
    "search": "/search?q=crossing",
    "review": "/review",
    "record": "/record",
    "api": "/api",
}


@pytest.fixture(scope="module")
def ledger(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(demo / "ledger.db", tmp_path_factory.mktemp("walk") / "ledger.db"))


@pytest.fixture(scope="module")
def token(ledger: Path) -> str:
    with Ledger.open(ledger) as record:
        return str(add(record.database, "Ada", ["review"]).token)


@pytest.fixture(scope="module")
def site(ledger: Path, token: str, serve: Any) -> str:
    return str(serve(ledger))


@pytest.fixture(scope="module")
def names(chrome: Any, site: str) -> dict[str, str]:
    """Ids that addresses need: of a place, and of a claim about it with its article."""
    page = chrome.new_page()
    told = page.request.get(f"{site}/api/why", params={"place": PLACE, "at": "2021-07-20"}).json()
    claim = next(row["claim_id"] for row in told["rows"] if row["claim_id"])
    article = page.request.get(f"{site}/api/claims/{claim}").json()
    page.close()
    return {"place": told["place_id"], "claim": claim, "article": _article_id(article)}


def _article_id(told: Any) -> str:
    found = re.search(r'"article_id": ?"([^"]+)"', json.dumps(told))
    assert found
    return found.group(1)


@pytest.fixture
def page(chrome: Any) -> Iterator[Any]:
    made = chrome.new_page(viewport={"width": 1400, "height": 1000}, accept_downloads=True, reduced_motion="reduce")
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    made.set_default_timeout(WAIT)
    yield made
    made.close()
    assert faults == []


def stands(page: Any) -> None:
    """Wait until the page has its content and nothing in it is still being fetched."""
    page.locator("main h1, main h2").first.wait_for()
    page.wait_for_timeout(150)
    page.wait_for_function("() => !document.querySelector('main .busy')")


def test_from_the_map_to_the_sentence(page: Any, site: str) -> None:
    page.goto(site)
    page.get_by_role("heading", name=re.compile("places (in view|found)", re.IGNORECASE)).wait_for()
    held, known = page.get_by_role("slider", name="Held on"), page.get_by_role("slider", name="Known by")
    for slider in (held, known):
        slider.focus()
        before = slider.get_attribute("aria-valuetext")
        page.keyboard.press("PageDown")
        assert slider.get_attribute("aria-valuetext") != before
    page.get_by_role("searchbox", name="Find a place").fill(PLACE)
    page.get_by_role("list", name=re.compile("places (in view|found)", re.IGNORECASE)).get_by_role(
        "button", name=re.compile(PLACE)
    ).click()
    page.get_by_role("link", name="Evidence and history").click()
    page.wait_for_url("**/place/**")
    page.get_by_role("heading", name=PLACE, level=1).wait_for()
    assert "at=" in page.url and "known=" in page.url
    page.get_by_role("heading", name=re.compile("evidence", re.IGNORECASE)).first.wait_for()
    page.get_by_role("link", name="how it was read").first.click()
    page.wait_for_url("**/claim/**")
    page.get_by_role("heading", name="How each part was read").wait_for()
    page.get_by_role("link", name="Whole article").click()
    page.wait_for_url("**/article/**")
    page.locator("main mark").first.wait_for()


def test_a_search_is_narrowed_and_stands_in_its_address(page: Any, site: str) -> None:
    page.goto(site + "/search")
    page.locator("main").get_by_role("combobox").first.fill("crossing")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=crossing**")
    page.locator("main").get_by_text(re.compile("denies|asserts")).first.wait_for()
    page.goto(site + "/search?q=crossing&stance=denies")
    page.locator("main a[href^='/claim/']").first.wait_for()


def test_a_review_moves_the_record_and_undo_brings_it_back(page: Any, site: str, token: str) -> None:
    page.goto(site + "/review")
    page.locator("input[name=token]").fill(token)
    page.keyboard.press("Enter")
    page.get_by_text("You review as Ada").wait_for()
    page.locator("#review-title").focus()
    before = page.request.get(f"{site}/api/about").json()["reviews"]
    page.keyboard.press("r")
    page.locator("dialog .turns").first.wait_for()
    page.keyboard.type("the sentence is about another place")
    page.keyboard.press("Control+Enter")
    page.locator("#notice", has_text="Rejected").wait_for()
    assert page.request.get(f"{site}/api/about").json()["reviews"] == before + 1
    page.get_by_role("button", name="Undo").click()
    page.locator("#notice", has_text="Taken back").wait_for()
    assert page.request.get(f"{site}/api/about").json()["reviews"] == before + 2


def test_an_export_is_a_file_with_a_name(page: Any, site: str) -> None:
    page.goto(site + "/record?list=export")
    stands(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download").click()
    assert re.search(r"\.(csv|jsonl|geojson)$", waiting.value.suggested_filename)


def test_a_brief_prints(page: Any, site: str) -> None:
    page.goto(site + PAGES["brief"])
    stands(page)
    page.locator("main").get_by_text(PLACE).first.wait_for()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator("#nav").is_visible()


@pytest.mark.parametrize("name", list(PAGES))
def test_no_page_has_a_grave_fault_for_any_reader(chrome: Any, site: str, names: dict[str, str], name: str) -> None:
    for width, height, scheme in VIEWS:
        size = {"width": width, "height": height}
        page = chrome.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        page.set_default_timeout(WAIT)
        page.goto(site + PAGES[name].format(**names))
        stands(page)
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        grave = {one["id"]: [node["target"] for node in one["nodes"]][:3] for one in found if one["impact"] in GRAVE}
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.close()
        assert (width, scheme, grave) == (width, scheme, {})
        assert wide <= 0, f"{name} is {wide} px wider than a window of {width}"
