"""When a page was published: which cue wins, which is refused, and how it is said."""

import datetime as dt

import pytest

from marchland.read import read_bytes, read_row
from marchland.records import Article, Interval

NOW = dt.datetime(2026, 3, 1)
STORY = "Rebels captured the bridge at Orlo, two councillors said, and the road to the capital is cut."


def row(text: str = STORY, **fields: object) -> Article:
    (article,) = read_row({"id": "p", "text": text, **fields}, now=NOW)
    assert isinstance(article, Article)
    return article


def day(year: int, month: int, number: int) -> Interval:
    return Interval.of_days(dt.date(year, month, number))


@pytest.mark.parametrize(
    ("text", "fields", "expected", "how"),
    [
        (STORY, {"published": "2021-07-09"}, day(2021, 7, 9), "given with the page"),
        (STORY, {"published": "2021-07-09T18:30:00+04:30"}, day(2021, 7, 9), "given with the page"),
        (STORY, {"published": "2021-07"}, Interval.of_days(dt.date(2021, 7, 1), dt.date(2021, 7, 31)), "given"),
        (STORY, {"url": "https://a.example/2021/07/09/bridge"}, day(2021, 7, 9), "address"),
        (STORY, {"url": "https://a.example/news-20210709-bridge"}, day(2021, 7, 9), "address"),
        (STORY, {"url": "https://a.example/2021/jul/09/bridge"}, day(2021, 7, 9), "address"),
        (f"ORLO, Feb. 20, 2023 (AFP) - {STORY}", {}, day(2023, 2, 20), "dateline"),
        (f"Updated 09 July 2021\n\n{STORY}", {}, day(2021, 7, 9), "printed"),
        (f"15th Jul, 2021. 03:33 pm. {STORY}", {}, day(2021, 7, 15), "printed"),
        (f"8/13/2021, 4:39:06 AM. {STORY}", {}, day(2021, 8, 13), "printed"),
        (f"date 2021-08 {STORY}", {}, Interval.of_days(dt.date(2021, 8, 1), dt.date(2021, 8, 31)), "printed"),
        (f"July 28, 2021. {STORY}", {"url": "https://a.example/2021/07/09/x"}, day(2021, 7, 9), "address"),
        (f"May 28, 2024. Any News. August 6, 2021. {STORY}", {}, day(2021, 8, 6), "earliest of 2"),
    ],
)
def test_the_best_cue_gives_the_date(text: str, fields: dict[str, str], expected: Interval, how: str) -> None:
    article = row(text, **fields)
    assert article.published == expected
    assert how in article.published_how


@pytest.mark.parametrize("given", ["2087-01-01", "1950-05-05", "soon", "2021-13-40", "99999"])
def test_an_impossible_date_is_refused_aloud_and_the_next_cue_is_tried(given: str) -> None:
    article = row(published=given, url="https://a.example/2021/07/09/x")
    assert article.published == day(2021, 7, 9)
    assert article.published_how.startswith("address")
    assert given in article.published_how


def test_a_page_dated_2087_is_read_without_a_date() -> None:
    article = row(f"Updated 09 July 2087\n\n{STORY}")
    assert article.published is None
    assert "in the future" in article.published_how


def test_nothing_is_guessed_where_no_date_can_be_told() -> None:
    article = row("The bridge is lost, and the road to the capital is cut.")
    assert article.published is None
    assert article.published_how.startswith("not known")


def test_the_second_story_of_a_page_does_not_take_the_date_of_the_page() -> None:
    page = f"Bridge at Orlo is lost\nORLO: {STORY}\n\nAirfield of Helm is won\nHELM: {STORY}\n"
    first, second = read_row({"id": "p", "text": page, "published": "2021-07-09"}, now=NOW)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.published == day(2021, 7, 9)
    assert second.published is None


@pytest.mark.parametrize(
    ("markup", "expected", "how"),
    [
        ('<script type="application/ld+json">{"datePublished":"2021-06-27T08:10:00+04:30"}</script>',
         day(2021, 6, 27), "linked"),
        ('<meta property="article:published_time" content="2021-06-27T08:10:00Z">', day(2021, 6, 27), "published_time"),
        ('<meta property="article:published_time" content="2087-06-27"><meta name="date" content="2021-06-27">',
         day(2021, 6, 27), "2087-06-27 refused"),
    ],
)  # fmt: skip
def test_markup_gives_the_date(markup: str, expected: Interval, how: str) -> None:
    html = (
        f"<html><head>{markup}<title>Bridge is lost</title></head><body><article><p>{STORY}</p></article></body></html>"
    )
    (article,) = read_bytes(html.encode(), "p.html", now=NOW)
    assert isinstance(article, Article)
    assert article.published == expected
    assert how in article.published_how


def test_a_placeholder_in_the_markup_casts_no_doubt_on_the_printed_day() -> None:
    html = (
        '<html><head><script type="application/ld+json">{"datePublished":"0001-01-01T00:00:00Z"}</script>'
        f"<title>Bridge is lost</title></head><body><article><p>27 June 2021</p><p>{STORY}</p></article></body>"
    )
    (article,) = read_bytes(html.encode(), "p.html", now=NOW)
    assert isinstance(article, Article)
    assert article.published == Interval.of_days(dt.date(2021, 6, 27))
    assert "refused" not in article.published_how
    assert [rival.refused for rival in article.published_rivals] == ["0001-01-01 lies before 1990"]
