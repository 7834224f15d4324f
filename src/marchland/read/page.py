"""One page to its articles: the same path for text, HTML and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from marchland.read.html import read_markup
from marchland.read.language import language_of
from marchland.read.lines import Reader
from marchland.read.published import Cue, Dates, published_of
from marchland.read.publisher import agencies_of, publisher_of
from marchland.read.split import split_stories
from marchland.read.story import Story, read_story
from marchland.read.text import lines_of
from marchland.records import Article, Skipped, content_id

MAX_PAGE = 5_000_000
"""Bytes or characters of the largest page that is read: five times the longest news page in common use."""
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is read. Either `text` or `html` is given; the rest is what came with it, or None."""

    page_id: str
    where: str
    text: str | None = None
    html: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    title: str | None = None
    """Headline that came with the page: the title of a feed item, the subject of a letter."""
    byline: str | None = None
    """Author that came with the page."""
    updated: str | None = None
    """When it was last changed, ISO 8601."""
    fetched: str | None = None
    """When it was crawled or received, ISO 8601: never the date of publication."""
    published_how: str = "given with the page"
    """Who gave `published`: "pubDate of the feed item"."""
    parts_of_many: bool = False
    """A newsletter or digest: several stories are expected."""


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a page and what its markup told."""

    lines: list[str]
    known: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    publisher: str | None = None
    publisher_how: str = ""
    dates: tuple[Cue, ...] = ()


def read_page(page: Page, reader: Reader, now: dt.datetime) -> Iterator[Article | Skipped]:
    """The articles of a page in order, or one `Skipped` that says why there is none."""
    size = max(len(page.text or ""), len(page.html or ""))
    if size > MAX_PAGE:
        yield Skipped(page.where, f"page of {size:,} characters, more than the {MAX_PAGE:,} that are read")
        return
    source = _source(page, reader, now)
    body = "\n".join(source.lines).strip()
    if not body:
        yield Skipped(page.where, "no text in the page" if page.html else "empty")
        return
    language = language_of(body, reader.words, page.language)
    if language != ENGLISH:
        name = reader.words.languages.get(language, language)
        yield Skipped(page.where, f"in {name} ({language}); only English is read")
        return
    # The extraction has already told the story of an HTML page from its neighbours.
    cut = split_stories(source.lines, reader) if page.html is None else [[line for line in source.lines if line]]
    stories = [read_story(lines, reader, source.known) for lines in cut]
    articles = list(_articles(page, source, [story for story in stories if story.text], reader, now))
    yield from articles
    if not articles:
        yield Skipped(page.where, "nothing but page furniture: no story left")


def _source(page: Page, reader: Reader, now: dt.datetime) -> Source:
    if page.html is None:
        return Source(lines_of(page.text or ""), url=page.url)
    markup = read_markup(page.html, page.url, reader, now)
    return Source(
        lines=markup.lines,
        known=markup.known,
        url=page.url or markup.url,
        publisher=markup.publisher,
        publisher_how=markup.publisher_how,
        dates=markup.dates,
    )


def _articles(page: Page, source: Source, stories: list[Story], reader: Reader, now: dt.datetime) -> Iterator[Article]:
    named = [_publisher(page, source, story, reader) for story in stories]
    elsewhere = next((name for name, _ in named if name), None)
    for number, (story, (publisher, how)) in enumerate(zip(stories, named, strict=True)):
        alone = len(stories) == 1
        # A date that belongs to the page says nothing of the second story printed on it.
        dates = Dates(page.published, source.dates) if alone or number == 0 else Dates()
        published = published_of(story, source.url if alone or number == 0 else None, dates, reader, now)
        yield Article(
            article_id=content_id(page.page_id, number, story.text),
            page_id=page.page_id,
            number=number,
            text=story.text,
            parts=story.parts,
            url=source.url,
            publisher=publisher or elsewhere,
            publisher_how=how if publisher or not elsewhere else "named by another story of the page",
            published=published.interval,
            published_how=published.how,
            language=ENGLISH,
            agencies=agencies_of(story, reader),
            dateline=story.dateline.place if story.dateline else None,
            content_id=content_id(story.text),
        )


def _publisher(page: Page, source: Source, story: Story, reader: Reader) -> tuple[str | None, str]:
    stated = page.publisher.strip() if page.publisher else None
    if not stated and source.publisher:
        return source.publisher, source.publisher_how
    return publisher_of(story, source.url, stated, reader)
