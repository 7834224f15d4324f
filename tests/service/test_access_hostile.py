"""Reports that mean harm: script in names and headlines, letters that turn the line around, addresses that run code,
endless words. The API hands them on as data, and every page shows them as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from review_marsh import LEAD, claim

from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow, Interval
from marchland.service.app import make_app
from marchland.service.settings import Settings

DEED = "window.hurt=1"
WORDS = (
    f"<script>{DEED}</script>", f"<img src=x onerror={DEED}>", f'"><svg onload={DEED}>', f"'><b onclick={DEED}>",
    f"</title><script>{DEED}</script>", f"<iframe srcdoc='<script>parent.{DEED}</script>'>", f"javascript:{DEED}",
    f"<a href='javascript:{DEED}'>here</a>", f"<style>@import 'data:,{DEED}'</style>", f"${{{DEED}}} {{{{7*7}}}}",
    "<!-- <![CDATA[ ]]> -->", "\u202eysreV\u202c \u2066flip\u2069", "zero\u200bwidth\ufeff", "Z\u0351\u036f\u0300" * 40,
    "\U0001f3f4\U000e0067\U000e0062\U000e007f\U0001f469\u200d\U0001f680", "\x1b[2J\x07\x08bell", "A" * 30_000,
    "\ufdfd \u0b95\u0bcd \u1160", "%00%0a%0d<b>", "-- ' OR 1=1; DROP TABLE claim;", "../../etc/passwd", "=cmd|'/c'!A0",
    "line\u2028two\u2029three", "&lt;script&gt; &#x3c;b&#x3e;", "\uffff\ufffe\ufdd0",
)  # fmt: skip
ADDRESSES = (
    f"javascript:{DEED}", f"data:text/html,<script>{DEED}</script>", f"JaVaScRiPt:{DEED}", "file:///etc/passwd",
    f'https://a.example/"onmouseover="{DEED}', f"vbscript:{DEED}", "http://[::1", "//evil.example/x",
    "\x01javascript:1", f"https://a.example/#<script>{DEED}</script>",
)  # fmt: skip
HOSTILE = 50


def _hostile(number: int) -> tuple[Article, ClaimRow]:
    """One report, its words in every field that a page may show."""
    evil, place = WORDS[number % len(WORDS)], number % 7
    told, url = f"{evil} took {evil[:2000]}.", ADDRESSES[number % len(ADDRESSES)]
    name = WORDS[place]
    bare = claim(f"bad{number}", f"place{place}", on=f"2021-05-{3 + number % 20:02d}")
    row = replace(
        bare, publisher=evil, source_name=evil, sentence=told, end=len(LEAD) + len(told),
        url=url, actor=evil, actor_name=evil, actor_id=f"x:bad{number % 5}", actor_side=f"x:bad{number % 5}",
        actor_aliases=(evil,), place=name, place_name=name, place_aliases=(name, evil), admin1=evil, date_text=evil,
        place_reason=evil, lat=38.0 + place, lon=66.0,
    )  # fmt: skip
    printed = Interval.of_days(dt.date.fromisoformat(row.published or ""))
    article = Article(
        article_id=row.article_id, page_id=row.page_id, number=0, text=f"{LEAD}{told} {evil}", parts=(), url=url,
        publisher=evil, publisher_how=evil, published=printed, published_how=evil, language="en",
    )  # fmt: skip
    return article, row


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("bad") / "bad.db"
    with Ledger.open(file) as ledger:
        articles = [_hostile(number) for number in range(HOSTILE)]
        ledger.add_many([(article, [row]) for article, row in articles])
        ledger.link(*(article for article, _ in articles))
    return file


@pytest.fixture(scope="module")
def client(bad: Path) -> Iterator[TestClient[Any]]:
    app = make_app(Settings(ledger=str(bad), history=False))
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


LISTS = (
    "about", "map", "map/history", "places", "claims", "events", "holdings", "counts", "crossings", "parties",
    "outlets", "copies", "versions", "skipped", "record", "changes", "changes/days", "review/queue", "reviews",
    "search?q=script", "suggest?q=a", "brief?from=2021-05-01&to=2021-05-30", "export/claims.csv",
    "export/holdings.geojson",
)  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_lists_hand_hostile_words_on_as_data(client: TestClient[Any], path: str) -> None:
    _is_data(client.get(f"/api/{path}"))


@pytest.mark.parametrize("number", range(len(WORDS)))
def test_a_hostile_claim_is_told_as_data(client: TestClient[Any], number: int) -> None:
    for path in (f"claims/claim-bad{number}", f"articles/article-bad{number}", f"review/queue/claim-bad{number}"):
        _is_data(client.get(f"/api/{path}"))


@pytest.mark.parametrize("part", ["", "/why", "/band", "/claims", "/events", "/neighbours", "/counts"])
def test_a_hostile_place_is_told_as_data(client: TestClient[Any], part: str) -> None:
    for place in range(7):
        _is_data(client.get(f"/api/places/x:place{place}{part}"))


def _is_data(answer: Any) -> None:
    waits = answer.status_code == 503 and "retry-after" in answer.headers
    assert waits or answer.status_code == 200, f"{answer.url}: {answer.status_code} {answer.text[:300]}"
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in ("application/json", "application/problem+json", "text/csv", "application/geo+json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in answer.headers["content-security-policy"]


# ---------------------------------------------------------------------------------------------------------------- pages

PAGES = (
    "/", "/place/x:place0", "/place/x:place1", "/place/x:place5", "/claim/claim-bad0", "/claim/claim-bad1",
    "/claim/claim-bad6", "/claim/claim-bad16", "/article/article-bad4", "/article/article-bad7", "/crossings",
    "/changes", "/brief?from=2021-05-01&to=2021-05-30", "/search?q=script", "/search?q=%3Cscript%3E", "/review",
    "/record", "/api", "/place/%3Cscript%3Ewindow.hurt=1%3C/script%3E",
)  # fmt: skip
SHOWN = ("/place/x:place0", "/claim/claim-bad0")
"""Pages of which it is looked whether the words are there, as letters."""
FOUND = """() => ({
  hurt: window.hurt ?? null,
  script: document.querySelectorAll("main script, main iframe, main object, main embed, main style").length,
  handlers: [...document.querySelectorAll("*")].filter((one) =>
    one.getAttributeNames().some((name) => name.startsWith("on"))).length,
  links: [...document.querySelectorAll("a[href], [src], [action]")]
    .map((one) => String(one.href || one.src || one.action || ""))
    .filter((url) => !/^(https?|blob):/i.test(url) && !url.startsWith("data:image/")),
})"""


@pytest.fixture(scope="module")
def site(bad: Path, serve: Any) -> str:
    return str(serve(bad, history=False))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_hostile_words_as_text(site: str, chrome: Any, path: str) -> None:
    page = chrome.new_page(viewport={"width": 1000, "height": 800})
    said: list[str] = []
    page.on("dialog", lambda one: (said.append(f"dialog {one.message}"), one.dismiss()))
    page.on("pageerror", lambda one: said.append(f"error {one}"))
    page.on("console", lambda one: said.append(f"{one.type} {one.text}") if _is_trouble(one) else None)
    try:
        page.goto(f"{site}{path}")
        page.wait_for_selector("main > *", state="attached")
        if path in SHOWN:
            page.wait_for_function("() => document.querySelector('main').textContent.includes('<script>window.hurt')")
        page.wait_for_timeout(500)
        assert page.evaluate(FOUND) == {"hurt": None, "script": 0, "handlers": 0, "links": []}
        assert said == []
    finally:
        page.close()


def _is_trouble(message: Any) -> bool:
    """What the browser complains of; not that an address was not found, nor how it draws."""
    text = message.text
    refused = "Content Security Policy" in text
    return refused or (message.type == "error" and "status of 40" not in text and "GL" not in text)
