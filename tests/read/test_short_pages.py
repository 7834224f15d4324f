"""Short pages, letters and small digests as people save them."""

import datetime as dt

from marchland.read import read_bytes, read_row
from marchland.records import Article

NOW = dt.datetime(2031, 6, 1)


def read(html: str) -> list[Article]:
    return [item for item in read_row({"html": html}, now=NOW) if isinstance(item, Article)]


def body(article: Article) -> list[str]:
    return [article.text[part.start : part.end] for part in article.parts if part.kind == "body"]


def test_paragraphs_below_a_caption_of_a_short_page_are_kept() -> None:
    (article,) = read(
        "<html><body><article><h1>Talks on Reedham</h1><p>Delegates met in Orlo on Wednesday to speak of Reedham, an "
        'aide said.</p><div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">Rebels took Velm last month.'
        "</p></div><p>Nothing was agreed, and they will meet again.</p><p>The ferry stays shut, an officer said.</p>"
        "</article></body></html>"
    )
    assert body(article) == [
        "Delegates met in Orlo on Wednesday to speak of Reedham, an aide said.",
        "Nothing was agreed, and they will meet again.",
        "The ferry stays shut, an officer said.",
    ]


def test_a_paragraph_that_is_a_link_to_another_story_is_no_body() -> None:
    (article,) = read(
        "<html><body><article><h1>Fighting near Reedham</h1><p>Residents of Reedham hid in their homes on Tuesday as "
        "shells fell near the mill, a doctor said.</p><p>The road to Orlo was cut, and the price of water doubled, "
        'traders said on Tuesday.</p><p><a href="/2">Rebels seize the mine town of Velm</a></p><p>The shelling went on '
        "after dark, and the ferry did not run, the doctor said.</p></article></body></html>"
    )
    assert not any("Velm" in paragraph for paragraph in body(article))
    assert len(body(article)) == 3


def test_a_brief_of_three_headings_is_three_stories() -> None:
    articles = read(
        "<html><head><title>Morning brief</title></head><body><h1>Morning brief</h1><h2>Army enters Velm</h2>"
        "<p>The army entered the town of Velm on Tuesday, a general said, and raised its flag over the mill.</p>"
        "<h2>Ferry runs again</h2><p>Boats crossed the Orlo for the first time since March, with sheep, bicycles and "
        "a piano aboard.</p><h2>Otters lose</h2><p>The Otters were beaten at home by a goal in the last minute, and "
        "their trainer resigned.</p></body></html>"
    )
    assert [article.headline for article in articles] == ["Army enters Velm", "Ferry runs again", "Otters lose"]


def test_every_story_of_a_letter_has_its_day() -> None:
    letter = (
        b"From: Valley Letter <news@valley.example>\r\nSubject: The week\r\nDate: Wed, 15 May 2030 06:30:00 +0000\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><h1>The week</h1><h2>Army enters Velm</h2>"
        b"<p>The army entered the town of Velm on Monday, a general said, and raised its flag over the mill.</p>"
        b"<h2>Ferry runs again</h2><p>Boats crossed the Orlo for the first time since March, with a piano.</p>"
        b'<p><a href="https://valley.example/u">unsubscribe</a></p></body></html>\r\n'
    )
    articles = [item for item in read_bytes(letter, "week.eml", now=NOW) if isinstance(item, Article)]
    assert len(articles) == 2
    assert {article.published.first_day if article.published else None for article in articles} == {
        dt.date(2030, 5, 15)
    }
