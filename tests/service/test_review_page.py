"""The review page in a browser: by keys alone, with a reason, with undo, and with another reviewer at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from review_marsh import HEDGED, LONE, fill, token

Serve = Callable[..., str]


@pytest.fixture
def marsh(tmp_path: Path) -> Path:
    return fill(tmp_path / "marsh.db")


@pytest.fixture
def site(marsh: Path, serve: Serve) -> str:
    return serve(marsh, history=False)


@pytest.fixture
def page(chrome: Any, site: str) -> Iterator[Any]:
    made = chrome.new_page(viewport={"width": 1280, "height": 900})
    made.goto(f"{site}/review")
    made.locator(".review-item").wait_for()
    made.locator(".review-queue .busy").wait_for(state="detached")
    yield made
    made.close()


def sign_in(page: Any, marsh: Path, name: str = "Ada") -> None:
    page.locator("input[name=token]").fill(token(marsh, name)["Authorization"].removeprefix("Bearer "))
    page.keyboard.press("Enter")
    page.get_by_text(f"You review as {name}").wait_for()
    page.locator("#review-title").focus()


def test_a_claim_is_rejected_and_taken_back_by_keys_alone(page: Any, marsh: Path) -> None:
    sign_in(page, marsh)
    assert page.locator("#review-title").inner_text() == "Reedham"
    page.keyboard.press("r")
    page.locator("dialog .turns").first.wait_for()
    page.keyboard.type("about another town")
    page.keyboard.press("Control+Enter")
    page.locator("#notice", has_text="Rejected. Reedham").wait_for()
    page.locator(f'[data-claim="{LONE.claim_id}"]').wait_for(state="detached")
    page.locator("#review-title", has_text="Norwick").wait_for()
    page.keyboard.press("u")
    page.locator("#notice", has_text="Taken back.").wait_for()
    page.locator(f'[data-claim="{LONE.claim_id}"]').wait_for()


def test_what_accepting_would_change_stands_there_before_and_the_pane_follows_what_is_taken_back(
    page: Any, marsh: Path
) -> None:
    sign_in(page, marsh)
    boxes = page.locator(".review-box")
    boxes.filter(has_text="If you accept it").locator(".review-moved", has_text="Reedham on").wait_for()
    before = boxes.first.inner_text()
    page.keyboard.press("a")
    page.locator("#notice", has_text="Accepted.").wait_for()
    page.locator("#review-title", has_text="Norwick").wait_for()
    page.keyboard.press("u")
    page.locator("#notice", has_text="Taken back.").wait_for()
    page.locator(".review-queue .busy").wait_for(state="detached")
    page.wait_for_function("before => document.querySelector('.review-box').innerText === before", arg=before)


def test_without_a_token_a_key_asks_for_one(page: Any) -> None:
    page.keyboard.press("a")
    page.get_by_text("give your token first").wait_for()
    assert page.evaluate("() => document.activeElement.name") == "token"


def test_keys_walk_the_queue_and_can_be_switched_off(page: Any) -> None:
    page.keyboard.press("j")
    page.locator("#review-title", has_text="Norwick").wait_for()
    assert f"claim={HEDGED.claim_id}" in page.url
    page.keyboard.press("?")
    page.get_by_label("single keys work").uncheck()
    page.locator("#review-title").focus()
    page.keyboard.press("k")
    page.wait_for_timeout(200)
    assert page.locator("#review-title").inner_text() == "Norwick"


def test_a_correction_shows_what_will_change_before_it_is_sent(page: Any, marsh: Path) -> None:
    sign_in(page, marsh)
    page.keyboard.press("c")
    page.locator("dialog input[name=date_from]").fill("2021-04-26")
    page.locator("dialog input[name=date_to]").fill("2021-04-26")
    page.locator("dialog .turns", has_text="26 Apr 2021").first.wait_for()
    page.get_by_role("button", name="Wrong day").click()
    page.get_by_role("button", name="Send").click()
    page.locator(".review-log", has_text="correct: date_from 2021-04-26").wait_for()


def test_the_work_of_another_reviewer_appears_by_itself(page: Any, marsh: Path, site: str) -> None:
    asked = {"verb": "accept", "claims": [LONE.claim_id]}
    httpx.post(f"{site}/api/reviews", json=asked, headers=token(marsh, "Bo")).raise_for_status()
    page.locator(".review-log", has_text="Bo").wait_for()
    page.locator(".review-banner", has_text="Bo").wait_for()


def test_a_claim_has_an_address_and_is_no_trouble_to_screen_readers(page: Any, site: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  only where there is a browser

    page.goto(f"{site}/review?claim={HEDGED.claim_id}")
    page.locator("#review-title", has_text="Norwick").wait_for()
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
