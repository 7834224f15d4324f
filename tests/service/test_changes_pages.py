"""The pages of changes and of a brief in a browser: what they show, that words of reports stay words, and paper."""

from __future__ import annotations

from typing import Any

import pytest
from changes_war import make

SPAN = "since=2031-05-10&known=2031-05-31"
PERIOD = "from=2031-05-11&to=2031-05-31"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> str:
    return serve(make(tmp_path_factory.mktemp("pages") / "war.db"), history=False)


@pytest.fixture
def page(chrome: Any, site: str) -> Any:
    opened = chrome.new_page(viewport={"width": 1200, "height": 900})
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on("dialog", lambda dialog: opened.faults.append("a script of a report ran"))
    opened.set_default_timeout(20_000)
    yield opened
    assert opened.faults == []
    opened.context.close()


def test_changes_are_listed_by_place_and_unfold_to_their_sentences(page: Any, site: str) -> None:
    page.goto(f"{site}/changes?{SPAN}")
    page.wait_for_selector(".changes details")
    assert "5 places became known after 10 May 2031, up to 31 May 2031; 1 late report" in page.inner_text(
        ".changes-count"
    )
    osterby = page.locator(".changes-place", has_text="Osterby")
    assert osterby.locator(".passing").inner_text().split() == ["L", "→", "C"]
    osterby.locator("summary").first.click()
    assert "The Crown took Osterby back on 20 May." in osterby.inner_text()
    assert osterby.locator("h3 a").get_attribute("href").startswith("/place/x:osterby?")
    assert osterby.locator("blockquote a").first.get_attribute("href").startswith("/claim/")
    late = page.locator(".changes-place", has_text="Vesterby")
    assert "late report: 20 days before" in late.inner_text()


def test_list_turns_to_days_and_narrows_and_the_address_tells_it(page: Any, site: str) -> None:
    page.goto(f"{site}/changes?{SPAN}")
    page.wait_for_selector(".changes details")
    page.select_option("select[name=by]", "day")
    page.wait_for_selector("h2:has-text('22 May 2031')")
    assert "by=day" in page.url and "since=2031-05-10" in page.url and "known=2031-05-31" in page.url
    page.select_option("select[name=country]", "XB")
    page.wait_for_url("**country=XB**")
    page.wait_for_selector(".changes details")
    assert page.locator(".changes > li").count() == 1 and "Holmen" in page.inner_text(".changes")
    page.click(".narrowed button")
    page.wait_for_selector("h2:has-text('22 May 2031')")
    page.fill("input[name=place]", "sandvik")
    page.press("input[name=place]", "Enter")
    page.wait_for_url("**place=x%3Asandvik**")


def test_words_of_reports_are_text(page: Any, site: str) -> None:
    for address in (f"/changes?{SPAN}&place=x:holmen", f"/brief?{PERIOD}&place=x:holmen"):
        page.goto(site + address)
        page.wait_for_selector(".changes details, .brief-sources")
        for one in page.locator(".changes summary").all():
            one.click()
        assert "<script>alert(2)</script>" in page.inner_text("main")
        links = page.eval_on_selector_all("main a", "all => all.map((one) => one.getAttribute('href'))")
        assert not [one for one in links if "evil" in one or "javascript" in one]


def test_next_visit_begins_where_the_last_one_ended(chrome: Any, site: str) -> None:
    context = chrome.new_context()
    first = context.new_page()
    first.goto(f"{site}/changes")
    first.wait_for_selector(".presets button")
    assert "last visit" not in first.inner_text(".presets")
    first.evaluate(
        "() => { const key = Object.keys(localStorage)[0]; localStorage.setItem(key, JSON.stringify("
        "{ ...JSON.parse(localStorage[key]), day: '2031-05-21', when: '2031-05-22' })); }"
    )
    first.close()
    again = context.new_page()
    again.goto(f"{site}/changes")
    again.wait_for_selector(".changes details")
    assert "Since your last visit on 22 May 2031" in again.inner_text(".presets")
    assert "after 21 May 2031" in again.inner_text(".changes-count")
    context.close()


def test_brief_is_read_printed_and_saved(page: Any, site: str) -> None:
    page.goto(f"{site}/brief?{PERIOD}")
    page.wait_for_selector(".brief-sources")
    assert page.inner_text(".brief h1") == "What became known, 11 to 31 May 2031"
    assert "Sandvik" in page.inner_text(".brief-entry:has-text('claimed by one side only')")
    with page.expect_download() as saved:
        page.click("text=DOCX")
    assert saved.value.suggested_filename == "brief-2031-05-11-2031-05-31.docx"
    page.emulate_media(media="print")
    assert not page.is_visible("#top") and not page.is_visible(".brief-form") and page.is_visible(".brief-sources")
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("address", [f"/changes?{SPAN}&by=day", f"/brief?{PERIOD}"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_serious_fault(chrome: Any, site: str, address: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  only where there is a browser

    opened = chrome.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    opened.goto(site + address)
    opened.wait_for_selector(".changes details, .brief-sources")
    for one in opened.locator(".changes summary").all()[:2]:
        one.click()
    found = [one for one in Axe().run(opened).response["violations"] if one["impact"] in ("serious", "critical")]
    assert not found, [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    opened.context.close()
