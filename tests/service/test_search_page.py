"""The page of the search, in a browser: typing, suggestions, narrowing by keyboard, and what stands in the address."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from reports import MONDAY, WAR, put

from marchland.ledger.store import Ledger


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> str:
    path = tmp_path_factory.mktemp("search-page") / "war.db"
    with Ledger.open(path) as ledger:
        put(ledger, *WAR, now=MONDAY)
    made: str = serve(path, history=False)
    return made


@pytest.fixture
def page(chrome: Any) -> Iterator[Any]:
    made = chrome.new_page(viewport={"width": 1200, "height": 800})
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    made.close()
    assert faults == []


def test_suggestions_are_chosen_by_keyboard(page: Any, address: str) -> None:
    page.goto(f"{address}/search")
    page.locator("#search-words").press_sequentially("oste")
    option = page.get_by_role("option").first
    option.wait_for()
    assert "Osterby" in option.inner_text()
    page.keyboard.press("ArrowDown")
    assert page.locator("#search-words").get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/x%3Aosterby")


def test_every_page_has_suggestions_in_its_head(page: Any, address: str) -> None:
    page.goto(f"{address}/record?known=2031-05-06")
    page.locator("h1").wait_for()
    page.keyboard.press("/")
    page.locator("#quick [role=listbox]").wait_for(state="attached")
    page.keyboard.type("beta")
    page.get_by_role("option", name="Beta Herald").click()
    page.wait_for_url("**/search?known=2031-05-06&outlet=Beta+Herald")


def test_narrowing_stands_in_the_address_and_keeps_the_focus(page: Any, address: str) -> None:
    page.goto(f"{address}/search?q=took&known=2031-05-06")
    page.get_by_role("link", name="Gamma Herald").first.wait_for()
    facet = page.locator('[data-stay="outlet/Gamma Herald"]')
    facet.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**outlet=Gamma+Herald**")
    page.locator('[data-stay="outlet/Gamma Herald"].chosen').wait_for()
    assert page.evaluate("document.activeElement.dataset.stay") == "outlet/Gamma Herald"
    assert "known=2031-05-06" in page.url
    assert page.locator(".of-claim .hits > li").count() == 2
    page.go_back()
    page.locator('[data-stay="outlet/Gamma Herald"]:not(.chosen)').wait_for()


def test_words_are_marked_and_never_markup(page: Any, address: str) -> None:
    page.goto(f"{address}/search?q=osterby+<b>took</b>")
    page.locator(".found", has_text="for “osterby <b>took</b>”").wait_for()
    assert page.locator(".main-column b").count() == 0
    page.goto(f"{address}/search?q=osterby")
    mark = page.locator(".hits mark").first
    mark.wait_for()
    assert mark.inner_text() == "Osterby"


def test_where_nothing_is_found_a_spelling_is_offered(page: Any, address: str) -> None:
    page.goto(f"{address}/search?q=osterbii")
    page.get_by_role("link", name="osterby", exact=True).click()
    page.wait_for_url("**q=osterby")
    page.locator(".of-claim").wait_for()


@pytest.mark.parametrize("asked", ["", "?q=osterby&outlet=Beta+Herald", "?q=zzz&at=2031-05-01"])
def test_the_page_has_no_serious_fault_of_access(page: Any, address: str, asked: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.goto(f"{address}/search{asked}")
    page.locator(".found", has_text="claim" if asked != "?q=zzz&at=2031-05-01" else "Nothing").wait_for()
    found = axe.Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
