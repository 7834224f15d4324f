"""The page of a place and that of the crossings in a browser: both clocks, the band, the evidence, claims, keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from place_war import COPY, FIRST, GATE, TOWN, WRONG, make

WAIT = 15_000


@pytest.fixture(scope="module")
def site(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("place page") / "war.db"
    return str(serve(make(path)))


@pytest.fixture
def page(chrome: Any, site: str) -> Iterator[Any]:
    context = chrome.new_context(base_url=site, viewport={"width": 1200, "height": 900}, bypass_csp=True)
    made = context.new_page()
    made.set_default_timeout(WAIT)
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    context.close()
    assert faults == []


def opened(page: Any, path: str) -> Any:
    page.goto(path)
    page.wait_for_selector(".place-section:not([hidden])")
    settled(page)
    return page


def settled(page: Any) -> None:
    page.wait_for_function("!document.querySelector('[aria-busy=true], .section-body > .busy')")


def faults(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def test_rows_of_the_evidence_add_up_as_they_are_shown(page: Any) -> None:
    opened(page, f"/place/{TOWN}?at=2031-05-12")
    rows = page.locator("#evidence .fall tbody > tr > td.number").all_inner_texts()
    total = page.locator("#evidence .fall tfoot td.number").inner_text()
    assert len(rows) >= 4
    assert sum(map(number, rows)) == pytest.approx(number(total), abs=0.0051)
    assert "Lake League" in page.locator(".verdict").inner_text()
    shown = re.search(r"\d+ %", page.locator("#evidence tfoot").inner_text())
    assert shown and shown.group() in page.locator(".verdict").inner_text()


def test_a_row_leads_to_its_claim_and_a_copy_to_its_witness(page: Any) -> None:
    opened(page, f"/place/{TOWN}?at=2031-05-12")
    page.locator(f'#evidence a[href*="/claim/{FIRST.row.claim_id}"]').first.click()
    card = page.locator(f"#claim-{FIRST.row.claim_id}")
    assert card.evaluate("one => one === document.activeElement")
    assert f"/place/{TOWN}" in page.url
    page.locator(f'#evidence a[href*="/claim/{COPY.row.claim_id}"]').first.click()
    assert card.locator("details.copies").evaluate("one => one.open")
    assert "Reed Post" in card.locator("details.copies").inner_text()


def test_clocks_are_kept_in_the_address_and_in_links(page: Any) -> None:
    opened(page, f"/place/{TOWN}")
    assert page.locator("#clock-at").input_value() == "2031-05-13"
    page.locator("#clock-known").fill("2031-05-04")
    page.wait_for_url("**known=2031-05-04")
    settled(page)
    assert "1 claim on record by 4 May 2031" in page.locator(".verdict").inner_text()
    assert "known=2031-05-04" in page.locator("#nav a").first.get_attribute("href")
    assert "known=2031-05-04" in page.locator("#neighbours a").first.get_attribute("href")
    page.get_by_role("button", name="now").click()
    page.wait_for_function("!location.search.includes('known')")
    page.go_back()
    page.wait_for_function("document.querySelector('#clock-known')?.value === '2031-05-04'")


def test_band_is_read_and_set_by_keyboard_and_by_pointer(page: Any) -> None:
    opened(page, f"/place/{TOWN}?at=2031-05-10")
    slider = page.locator("#band-day")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#band-readout").inner_text().startswith("9 May 2031")
    assert slider.get_attribute("aria-valuetext").startswith("9 May 2031: Lake League")
    page.wait_for_url("**at=2031-05-09")
    settled(page)
    assert "On 9 May 2031" in page.locator(".verdict").inner_text()
    assert page.evaluate("document.activeElement.id") == "band-day"
    box = page.locator(".band-figure").bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    page.wait_for_function("new URLSearchParams(location.search).get('at') < '2031-05-01'")


def test_claims_show_marks_denials_reviews_and_where_they_lead(page: Any) -> None:
    opened(page, f"/place/{TOWN}")
    claims = page.locator("#claims")
    text = claims.inner_text()
    assert "Denied by 1 witness" in text
    assert "accept, by Ada Berg" in text
    assert "also in 1 other outlet" in text
    assert claims.locator("mark", has_text="Osterby").count() >= 3
    card = page.locator(f"#claim-{FIRST.row.claim_id}")
    hrefs = [one.get_attribute("href") for one in card.locator(".links a").all()]
    assert hrefs[:3] == [
        f"/claim/{FIRST.row.claim_id}",
        f"/article/{FIRST.row.article_id}?claim={FIRST.row.claim_id}",
        f"/review?claim={FIRST.row.claim_id}",
    ]
    gone = page.locator(f"#claim-{WRONG.row.claim_id}")
    assert gone.locator("xpath=ancestor::article").locator("h3").inner_text().endswith("Taken back")


def test_a_crossing_shows_both_posts_and_why_it_is_shut(page: Any) -> None:
    opened(page, f"/place/{GATE}?at=2031-05-09")
    assert page.locator("#passage .post").count() == 2
    assert "Lake League" in page.locator("#passage .post").first.inner_text()
    page.get_by_role("button", name=re.compile("^why")).first.click()
    page.wait_for_selector(".lane-why .fall")
    assert "closed" in page.locator(".lane-why").inner_text()
    assert page.locator("#passage").is_visible()
    opened(page, f"/place/{TOWN}")
    assert page.locator("#passage").is_hidden()


def test_parts_say_when_they_have_nothing(page: Any) -> None:
    opened(page, f"/place/{TOWN}?at=2031-05-01&known=2031-05-01")
    assert "No claim on record by 1 May 2031 is about Osterby" in page.locator("#claims").inner_text()
    page.goto("/place/x:nowhere")
    page.get_by_role("alert").wait_for()
    assert "no claim on record is about x:nowhere" in page.get_by_role("alert").inner_text()


def test_crossings_are_listed_and_filtered(page: Any) -> None:
    opened(page, "/crossings?at=2031-05-09")
    assert "Weir Gate" in page.locator("#crossings").inner_text()
    page.locator("#state").select_option("open")
    page.wait_for_function("document.querySelector('#crossings').innerText.includes('No crossing is open')")
    assert "state=open" in page.url
    assert faults(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1200, "dark")])
def test_page_has_no_serious_fault_and_fits(width: int, scheme: str, page: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, f"/place/{GATE}?at=2031-05-12")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
