"""Text pages: each shape of dump, digest, letter, live page and export comes apart; a story stays whole.

Pages are written with marks, in tests/pages/dumps.toml: {T1} is the title of a story, {1.2} the second paragraph of the
first. What is read must have just these paragraphs, story by story.
"""

import datetime as dt
import re
import textwrap
import tomllib
from pathlib import Path

import pytest

from marchland.read import read_row
from marchland.records import Article

NOW = dt.datetime(2026, 3, 1)
SENTENCES = [
    "The army said its men had retaken the ridge above the mill in the night and lost no one, code {code}.",
    "A resident of the lower town reached by telephone said that he had heard guns until dawn, code {code}.",
    '"We left with what we could carry," said a teacher, code {code}, who walked for nine hours with her sons.',
    "The governor told reporters that 14 of the 20 posts along the river were in government hands, code {code}.",
    "Rebels seized the customs house on Monday evening and raised a flag over the yard, traders said, code {code}.",
    "It was not possible to check either account, code {code}. The road has been closed since the snow fell.",
]
TITLES = [
    "Rebels seize customs house at Orlo",
    "Army says it holds the ridge above Mill Town",
    "Salt prices double as road stays shut",
    "Ministers to meet over the Helm dam",
    "Ferry sails again after nine weeks",
    "Teachers strike in three provinces over pay",
]


def filled(page: str) -> str:
    page = re.sub(r"\{T(\d)\}", lambda match: TITLES[int(match[1]) - 1], textwrap.dedent(page).strip("\n"))
    return re.sub(
        r"\{(\d)\.(\d)\}",
        lambda match: SENTENCES[(int(match[1]) * 3 + int(match[2])) % 6].replace("{code}", f"{match[1]}x{match[2]}"),
        page,
    )


def read(page: str) -> list[Article]:
    items = list(read_row({"id": "page", "text": page}, now=NOW))
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


def bodies(articles: list[Article]) -> list[list[str]]:
    """The codes of the paragraphs of each article, and whatever else is in its body."""
    found = []
    for article in articles:
        texts = [article.text[part.start : part.end] for part in article.parts if part.kind in ("body", "bullet")]
        found.append([code for text in texts for code in re.findall(r"code (\dx\d)", text) or [text]])
    return found


def wanted(page: str) -> list[list[str]]:
    stories: dict[str, list[str]] = {}
    for story, number in re.findall(r"\{(\d)\.(\d)\}", page):
        stories.setdefault(story, []).append(f"{story}x{number}")
    return list(stories.values())


def days(articles: list[Article]) -> list[str | None]:
    return [str(article.published.first_day) if article.published else None for article in articles]


PAGES = tomllib.loads((Path(__file__).parents[1] / "pages" / "dumps.toml").read_text(encoding="utf-8"))
APART = {row["name"]: (row["page"], row.get("days")) for row in PAGES["apart"]}
WHOLE = {row["name"]: row["page"] for row in PAGES["whole"]}


@pytest.mark.parametrize("name", APART)
def test_every_shape_of_a_page_with_several_stories_comes_apart(name: str) -> None:
    page, printed = APART[name]
    articles = read(filled(page))
    assert bodies(articles) == wanted(page)
    if printed:
        assert days(articles) == printed


@pytest.mark.parametrize("name", WHOLE)
def test_a_story_is_never_cut_and_what_stands_around_it_goes(name: str) -> None:
    page = WHOLE[name]
    articles = read(filled(page))
    assert bodies(articles) == wanted(page)


def test_a_page_wrapped_by_hand_comes_apart_as_well() -> None:
    page, printed = APART["two stories"]
    lines = filled(page).split("\n")
    wrapped = "\n".join("\n".join(textwrap.wrap(line, 64)) if len(line) > 64 else line for line in lines)
    articles = read(wrapped)
    assert bodies(articles) == wanted(page)
    assert days(articles) == printed


def test_the_header_of_an_export_gives_headline_author_section_and_publisher() -> None:
    first, second = read(filled(APART["fields below the title"][0]))
    assert (first.headline, first.authors, first.section) == (TITLES[0], ("Ann Reed",), "")
    assert (second.headline, second.authors, second.section) == (TITLES[2], ("Tom Ilk",), "business")
    first, *_ = read(filled(APART["fields"][0]))
    assert first.publisher == "Helm Radio"


def test_entries_of_a_live_page_are_live_and_those_of_a_chat_are_not() -> None:
    assert {article.section for article in read(filled(APART["hours under days"][0]))} == {"live"}
    assert {article.section for article in read(filled(APART["poster, then day and hour"][0]))} == {""}


def test_pull_quotes_boxes_and_pleas_inside_a_story_go() -> None:
    page = """
        Home | World | Sport
        {T1}
        By Ann Reed
        3 March 2016

        {1.2}
        "We left with what we could carry"
        Read: {T2}
        {1.5}
        Our reporters stay in Orlo. Support their work with a gift of any size.
        {1.4}
        A man waits at the gate of the mill. Photograph: Ann Reed

        Most read
        1. {T3}
        2. {T4}
        © 2016 Helm Times. All rights reserved.
    """
    (article,) = read(filled(page))
    assert bodies([article])[0][-1] == "1x4"
    assert article.headline == TITLES[0]
    assert article.publisher == "Helm Times"
    assert [part.kind for part in article.parts].count("caption") == 1
    for gone in (TITLES[1], TITLES[2], "gift of any size", "Home |", '"We left with what we could carry"\n'):
        assert gone not in article.text


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("04/08/2019 Sunday", "2019-08-04"),
        ("5 Sep 96", "1996-09-05"),
        ("03-Mar-2016 14:12", "2016-03-03"),
        ("March 3, 2016 Thursday", "2016-03-03"),
        ("[Text of report by Radio Helm 1530 gmt 5 Sep 96]", "1996-09-05"),
    ],
)
def test_dates_as_dumps_print_them(printed: str, day: str) -> None:
    page = filled("{T1}\n" + printed + "\n{1.1}\n{1.2}\n\n{T3}\n" + printed + "\n{2.1}\n{2.2}\n")
    assert days(read(page)) == [day, day]


def test_parts_lie_inside_the_text_of_every_story() -> None:
    for page, _ in APART.values():
        for article in read(filled(page)):
            assert all(0 <= part.start < part.end <= len(article.text) for part in article.parts)
