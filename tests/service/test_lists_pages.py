"""The pages of claims, articles, the record and the API in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from lists_war import HOSTILE, make, rows


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("pages") / "war.db")


@pytest.fixture(scope="module")
def address(serve, ledger: Path) -> str:
    return serve(ledger, history=False)


@pytest.fixture
def page(chrome, address: str) -> Iterator[object]:
    made = chrome.new_page(viewport={"width": 1200, "height": 800})
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("dialog", lambda dialog: (faults.append("a dialog"), dialog.dismiss()))
    yield made
    made.close()
    assert faults == []


def row_of(ledger: Path, place: str, publisher: str = ""):
    return next(one for one in rows(ledger).values() if one.place_name == place and publisher in (one.publisher or ""))


def test_a_claim_leads_to_its_sentence_in_the_article(page, address: str, ledger: Path) -> None:
    row = row_of(ledger, "Osterby", "Varn")
    page.goto(f"{address}/claim/{row.claim_id}?at=2031-05-07")
    page.wait_for_selector("h1")
    assert page.inner_text("mark.r2") == "place Osterby"
    assert "90 %" in page.inner_text(".claim-page")
    page.click("text=Whole article")
    page.wait_for_selector(".sentence.asked")
    assert "at=2031-05-07" in page.url and f"claim={row.claim_id}" in page.url
    assert "Osterby" in page.inner_text(".sentence.asked")
    page.wait_for_selector(".sentence.asked:focus")
    assert page.locator(".margin li").count() == 2
    assert page.locator(".margin .warned").inner_text() == "counts no longer"
    assert "Versions of this page" in page.inner_text(".article-page")


def test_hostile_words_are_shown_as_words(page, address: str, ledger: Path) -> None:
    row = row_of(ledger, "Nordhamn")
    page.goto(f"{address}/article/{row.article_id}?claim={row.claim_id}")
    page.wait_for_selector("h1")
    assert page.text_content("h1") == HOSTILE.replace("\u202e", ""), "nothing turns the line around"
    assert page.locator("main script, main textarea").count() == 0
    assert page.locator("main a[href^='javascript']").count() == 0
    page.goto(f"{address}/record?list=claims")
    page.wait_for_selector("table")
    assert "<script>" in page.inner_text("table")


def test_lists_are_narrowed_by_the_form_and_stay_in_the_address(page, address: str) -> None:
    page.goto(f"{address}/record?list=claims")
    page.wait_for_selector("tbody tr")
    assert page.locator("tbody tr").count() == 9
    page.select_option("select[name=stance]", "hedges")
    page.wait_for_url("**stance=hedges**")
    page.wait_for_selector("tbody tr:only-child")
    page.reload()
    page.wait_for_selector("tbody tr")
    assert page.locator("tbody tr").count() == 1


@pytest.mark.parametrize("name", ["places", "events", "holdings", "counts", "parties", "outlets", "copies", "versions",
                                  "skipped"])  # fmt: skip
def test_every_list_is_shown(page, address: str, name: str) -> None:
    page.goto(f"{address}/record?list={name}")
    page.wait_for_selector(".lead")
    assert page.locator("tbody tr").count() > 0 or name == "counts"


def test_the_form_makes_the_address_of_an_export(page, address: str) -> None:
    page.goto(f"{address}/record?list=export&known=2031-05-06")
    page.wait_for_selector("input.address")
    page.select_option("select[name=kind]", "holdings")
    page.select_option("select[name=format]", "csv")
    made = page.input_value("input.address")
    assert made == f"{address}/api/export/holdings.csv?known_at=2031-05-06"
    with urlopen(made) as answer:
        assert answer.read().startswith(b"holding_id,")
    page.select_option("select[name=kind]", "changes")
    assert "need" in page.inner_text(".made")
    page.fill("input[name=since]", "2031-05-05")
    assert "since=2031-05-05" in page.input_value("input.address")


def test_the_guide_to_the_api_has_examples_that_can_be_opened(page, address: str) -> None:
    page.goto(f"{address}/api")
    page.wait_for_selector(".endpoint", timeout=20000)
    examples = page.eval_on_selector_all(
        ".endpoint a[href^='/api/']", "found => found.map(one => one.getAttribute('href'))"
    )
    assert len(examples) > 15
    wanted = [
        one for one in examples if one.startswith(("/api/claims/", "/api/articles/", "/api/export/", "/api/cons"))
    ]
    for one in wanted:
        with urlopen(address + one) as answer:
            assert answer.status == 200
