"""One page to its articles: the same path for text, HTML and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from marchland.read.address import address_of, canonical_of
from marchland.read.dump import one_story, text_stories, without_boxes
from marchland.read.html import read_markup
from marchland.read.kind import section_of
from marchland.read.language import language_of
from marchland.read.lines import Reader
from marchland.read.published import Dates, published_of, updated_of
from marchland.read.publisher import agencies_of, authors_of, publisher_of
from marchland.read.sheet import NOTHING, Markup, StoryLines
from marchland.read.single import last_resort
from marchland.read.split import split_stories
from marchland.read.story import Story, read_story
from marchland.read.text import lines_of
from marchland.records import Article, Skipped, Span, content_id

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


def read_page(page: Page, reader: Reader, now: dt.datetime) -> Iterator[Article | Skipped]:
    """The articles of a page in order, or one `Skipped` that says why there is none."""
    size = max(len(page.text or ""), len(page.html or ""))
    if size > MAX_PAGE:
        yield Skipped(page.where, f"page of {size:,} characters, more than the {MAX_PAGE:,} that are read")
        return
    markup = _markup(page, reader)
    body = "\n".join(line for story in markup.stories for line in story.lines).strip()
    if not body:
        yield Skipped(page.where, "no text in the page" if page.html else "empty")
        return
    language = language_of(body, reader.words, page.language or markup.told.language)
    if language != ENGLISH:
        name, url = reader.words.languages.get(language, language), address_of(page.url)
        yield Skipped(page.where, f"in {name} ({language}); only English is read", language=language, url=url)
        return
    read = [(lines, read_story(lines.lines, reader, lines.known)) for lines in markup.stories]
    articles = list(_articles(page, markup, [(lines, story) for lines, story in read if story.text], reader, now))
    yield from articles
    if not articles:
        yield Skipped(page.where, "nothing but page furniture: no story left")


def _markup(page: Page, reader: Reader) -> Markup:
    """The stories of the page as lines. In text they are told apart by lines alone."""
    if page.html is not None:
        return read_markup(page.html, reader, letter=page.parts_of_many)
    lines = lines_of(page.text or "")
    if page.title and not any(line == page.title for line in lines[:5]):
        lines = [page.title, "", *lines]
    return Markup(tuple(text_stories(lines, reader, letter=page.parts_of_many) or _by_titles(lines, reader)), NOTHING)


def _by_titles(lines: list[str], reader: Reader) -> list[StoryLines]:
    """The stories that titles printed twice, dates or datelines tell apart; mostly one."""
    stories = split_stories(without_boxes(lines, reader), reader)
    # The lines of several stories come without the gaps between them.
    return [(one_story(lines, reader) if len(stories) == 1 else None) or StoryLines(story) for story in stories]


def _articles(
    page: Page, markup: Markup, stories: list[tuple[StoryLines, Story]], reader: Reader, now: dt.datetime
) -> Iterator[Article]:
    url = address_of(page.url) or address_of(markup.told.address)
    named = [_publisher(page, markup, story, url, reader) for _, story in stories]
    elsewhere = next((name for name, _ in named if name), None)
    for number, ((lines, story), (publisher, how)) in enumerate(zip(stories, named, strict=True)):
        alone = len(stories) == 1
        dates = _dates(page, markup, lines, number, alone, now)
        published, rivals = published_of(story, url if alone or number == 0 else None, dates, reader, now)
        updated = updated_of(story, markup.told.updated if alone else (), published, reader)
        section, section_how = section_of(story, url, lines.sections or markup.told.sections, reader)
        yield Article(
            article_id=content_id(page.page_id, number, story.text),
            page_id=page.page_id,
            number=number,
            text=story.text,
            parts=story.parts,
            url=url,
            publisher=publisher or elsewhere,
            publisher_how=how if publisher or not elsewhere else "named by another story of the page",
            published=published.interval,
            published_how=published.how,
            language=ENGLISH,
            agencies=agencies_of(story, reader),
            dateline=story.dateline.place if story.dateline else None,
            content_id=content_id(story.text),
            headline=story.title,
            authors=authors_of(story, lines.authors or ((page.byline,) if page.byline else ()), reader),
            section=section,
            section_how=section_how,
            canonical_url=canonical_of(url, markup.told.address or None),
            updated=updated.interval if updated else None,
            fetched=page.fetched,
            published_rivals=rivals,
            corrections=tuple(Span(part.start, part.end) for part in story.parts if part.kind == "note"),
        )


def _dates(page: Page, markup: Markup, lines: StoryLines, number: int, alone: bool, now: dt.datetime) -> Dates:
    """A date that belongs to the page says little of the second story printed on it."""
    # All that a letter tells was known on the day on which it was sent.
    first = alone or number == 0 or page.parts_of_many
    return Dates(
        given=page.published if first else None,
        given_how=page.published_how,
        own=lines.own,
        page=lines.page,
        fetched=page.fetched,
        last=partial(last_resort, markup, page.url, now) if alone else None,
    )


def _publisher(page: Page, markup: Markup, story: Story, url: str | None, reader: Reader) -> tuple[str | None, str]:
    stated = page.publisher.strip() if page.publisher else None
    if not stated and markup.told.publisher:
        return markup.told.publisher, markup.told.publisher_how
    return publisher_of(story, url, stated, reader)
