"""HTML pages: which stories stand on them, where each begins and ends, and what is told of each."""

from __future__ import annotations

import datetime as dt

import pytest

from marchland.read import read_row
from marchland.records import Article

NOW = dt.datetime(2026, 3, 1)
STORIES = (
    (
        "Bridge at Orlen shut after barge strikes pier",
        "The road bridge at Orlen was shut to all traffic on Tuesday after a barge struck its middle pier in fog.",
        "Divers will look at the footings on Thursday. Until then lorries must go round by Tessin.",
    ),
    (
        "Teachers end strike in northern districts",
        "Teachers in the three northern districts voted to go back to their classrooms after eleven days.",
        "The union said that it would count the money before it rang the bell.",
    ),
    (
        "Rebels free nine surveyors near Kassar",
        "Nine surveyors held since March walked into the army post at Kassar at dawn, led by a well digger.",
        "The army denied that any ransom was paid. Two of the nine need care for their feet.",
    ),
    (
        "Wheat price falls for third week",
        "Wheat for delivery in autumn fell again on the Halm exchange, as rain raised hopes of a large harvest.",
        "Traders said that the mills had bought all the grain they could store.",
    ),
)
ONE = [text for story in STORIES for text in story[1:]]


def page(body: str, title: str = "Halm Courier", head: str = "") -> str:
    return f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def paragraphs(story: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in story[1:])


def articles(html: str, url: str | None = None) -> list[Article]:
    return [item for item in read_row({"id": "p", "html": html, "url": url}, now=NOW) if isinstance(item, Article)]


def body(article: Article) -> list[str]:
    return [article.text[part.start : part.end] for part in article.parts if part.kind in ("body", "bullet")]


def days(found: list[Article]) -> list[str]:
    return [str(one.published.first_day) if one.published else "" for one in found]


def test_a_live_blog_takes_its_days_from_the_headings_over_its_entries() -> None:
    first = "".join(
        f"<p><b>{hour}</b> {story[1]}</p>" for hour, story in zip(("14:20", "09:05"), STORIES, strict=False)
    )
    second = "".join(
        f"<p><b>{hour}</b> {story[1]}</p>" for hour, story in zip(("22:10", "18:45"), STORIES[2:], strict=False)
    )
    found = articles(page(f"<h1>Orlen floods: live updates</h1><h3>5 May 2021</h3>{first}<h3>4 May 2021</h3>{second}"))
    assert days(found) == ["2021-05-05", "2021-05-05", "2021-05-04", "2021-05-04"]


def test_hours_that_jump_back_belong_to_the_day_before() -> None:
    entries = "".join(
        f"<div class=entry><span class=time>{hour}</span><h3>{story[0]}</h3>{paragraphs(story)}</div>"
        for hour, story in zip(("01:15", "00:20", "22:50", "17:05"), STORIES, strict=True)
    )
    found = articles(page(f"<h1>Floods live</h1><p class=upd>Updated 5 May 2021, 01:20</p><div>{entries}</div>"))
    assert days(found) == ["2021-05-05", "2021-05-05", "2021-05-04", "2021-05-04"]


def test_ages_are_counted_from_the_hour_of_the_page() -> None:
    entries = "".join(
        f"<article class=entry><span class=age>{age}</span>{paragraphs(story)}</article>"
        for age, story in zip(("10 minutes ago", "2 hours ago", "1 day ago"), STORIES, strict=False)
    )
    found = articles(page(f"<h1>Floods live</h1><p>Last refreshed at 3.30pm on 11 May 2022</p>{entries}"))
    assert days(found) == ["2022-05-11", "2022-05-11", "2022-05-10"]


def test_seconds_in_an_attribute_date_an_entry() -> None:
    entries = "".join(
        f'<div class="tick" data-timestamp="{moment}"><h3>{story[0]}</h3>{paragraphs(story)}</div>'
        for moment, story in zip((1620000000, 1619900000, 1619800000), STORIES, strict=False)
    )
    assert days(articles(page(f"<h1>Ticker</h1>{entries}"))) == ["2021-05-03", "2021-05-01", "2021-04-30"]


@pytest.mark.parametrize(
    ("title", "section"), [("Orlen floods: live updates", "live"), ("News ticker", ""), ("Incident log", "")]
)
def test_hours_make_live_coverage_only_where_the_page_is_no_ticker_or_log(title: str, section: str) -> None:
    entries = "".join(
        f"<div class=entry><span>{hour}</span><h3>{story[0]}</h3>{paragraphs(story)}</div>"
        for hour, story in zip(("17:05", "14:50", "12:20", "09:15"), STORIES, strict=True)
    )
    found = articles(page(f"<h1>{title}</h1><p>4 May 2021</p><div>{entries}</div>", title))
    assert [one.section for one in found] == [section] * 4


def test_stories_appended_for_endless_scrolling_are_told_apart() -> None:
    sections = "".join(
        f"<section class=article-section><h1>{story[0]}</h1><div><span>By A. Writer</span>"
        f"<span>March {9 - at}, 2020</span></div><div>{paragraphs(story)}</div></section>"
        for at, story in enumerate(STORIES[:3])
    )
    found = articles(page(sections))
    assert [one.headline for one in found] == [story[0] for story in STORIES[:3]]
    assert days(found) == ["2020-03-09", "2020-03-08", "2020-03-07"]


def test_teasers_beside_one_long_story_are_no_stories() -> None:
    teasers = "".join(
        f'<div class="card"><h3><a href="/n/{at}">{story[0]}</a></h3><p>{story[1]}</p></div>'
        for at, story in enumerate(STORIES[1:])
    )
    long = "".join(f"<p>{text}</p>" for text in ONE)
    (one,) = articles(page(f"<article><h1>{STORIES[0][0]}</h1>{long}</article><div>{teasers}</div>"))
    assert body(one) == ONE


def test_a_history_in_dates_stays_whole() -> None:
    years = ("9 March 1979", "11 November 1984", "17 August 1991", "2 February 2000")
    dated = "".join(f"<h3>{year}</h3><p>{story[1]}</p>" for year, story in zip(years, STORIES, strict=True))
    assert len(articles(page(f"<h1>A war in four days</h1><p>By Ann Lee</p><p>{ONE[1]}</p>{dated}"))) == 1


def test_a_night_told_by_the_hour_below_an_introduction_stays_whole() -> None:
    hours = "".join(
        f"<p><strong>{hour}</strong> {story[1]}</p>"
        for hour, story in zip(("19.30", "21.10", "23.40", "02.15"), STORIES, strict=True)
    )
    (one,) = articles(
        page(f"<article><h1>The night the mill burned</h1><p>By Ann Lee</p><p>{ONE[1]}</p>{hours}</article>")
    )
    assert body(one)[1] == f"19.30 {STORIES[0][1]}"


def test_an_explainer_with_questions_stays_whole() -> None:
    asked = "".join(
        f"<h2>{question}</h2>{paragraphs(story)}"
        for question, story in zip(("What happened?", "Who pays?", "What comes next?"), STORIES, strict=False)
    )
    (one,) = articles(page(f"<article><h1>Why the bridge at Orlen is shut</h1><p>By Ann Lee</p>{asked}</article>"))
    assert body(one) == ONE[:6]


def test_a_question_in_a_paragraph_belongs_to_an_interview() -> None:
    said = "".join(f"<p><strong>And what did you do then?</strong></p><p>{text}</p>" for text in ONE[:3])
    (one,) = articles(page(f"<article><h1>The man who counts bridges</h1><p>By Ann Lee</p>{said}</article>"))
    assert body(one).count("And what did you do then?") == 3


@pytest.mark.parametrize(
    "beside",
    [
        "<figure><img src=a.jpg><figcaption>Boys beside the river at Orlen, 3 May 2011.</figcaption></figure>",
        "<p><img src=a.jpg></p><p><small>Boys beside the river at Orlen, 3 May 2011.</small></p>",
        "<div class=related><h4>Related</h4><p>Boys beside the river at Orlen, 3 May 2011.</p></div>",
        "<aside class=pullquote>Boys beside the river at Orlen, 3 May 2011.</aside>",
        '<blockquote class="twitter-tweet"><p>Boys beside the river at Orlen, 3 May 2011.</p></blockquote>',
    ],
)
def test_captions_boxes_and_posts_of_others_are_never_in_the_body(beside: str) -> None:
    first, second = paragraphs(STORIES[0]), paragraphs(STORIES[1])
    (one,) = articles(page(f"<article><h1>{STORIES[0][0]}</h1><p>5 May 2021</p>{first}{beside}{second}</article>"))
    assert body(one) == ONE[:4]
    assert days([one]) == ["2021-05-05"]


def test_a_quotation_set_large_is_not_told_twice() -> None:
    said = "“The lake was worn as shirts,” says Ruben Aake, who measured the river for thirty years."
    large = "<blockquote class=pq>“The lake was worn as shirts.”</blockquote>"
    text = f"<p>{ONE[0]}</p>{large}<p>{said}</p><p>{ONE[2]}</p>"
    (one,) = articles(page(f"<article><h1>{STORIES[0][0]}</h1>{text}</article>"))
    assert body(one) == [ONE[0], said, ONE[2]]


def test_stories_told_again_for_a_small_screen_are_told_once() -> None:
    wide = "".join(f"<article><h2>{story[0]}</h2><p>4 May 2021</p>{paragraphs(story)}</article>" for story in STORIES)
    found = articles(page(f"<div class=wide>{wide}</div><div class=narrow>{wide}</div>"))
    assert [one.headline for one in found] == [story[0] for story in STORIES]


def test_titles_in_bold_type_cut_a_digest() -> None:
    parts = "".join(f"<p><b>{story[0]}</b></p>{paragraphs(story)}" for story in STORIES)
    found = articles(page(f"<h1>News in brief</h1><p>Friday, 7 May 2021</p>{parts}<p>That is the news.</p>"))
    assert [(one.headline, body(one)) for one in found] == [(story[0], list(story[1:])) for story in STORIES]
    assert set(days(found)) == {"2021-05-07"}


def test_a_title_may_run_into_its_item_of_a_list() -> None:
    items = "".join(f"<li><strong>{story[0]}.</strong> {story[1]}</li>" for story in STORIES)
    found = articles(page(f"<article><h1>Four for Tuesday</h1><p>May 4, 2021</p><ol>{items}</ol></article>"))
    assert [body(one) for one in found] == [[story[1]] for story in STORIES]


@pytest.mark.parametrize("name", ["headline", "post-title", "river-hed", "storyhead", "contentheading"])
def test_an_element_named_as_titles_are_is_a_heading(name: str) -> None:
    parts = "".join(
        f'<div class="item"><div class="{name}">{story[0]}</div><div>May {9 - at}, 2013</div>{paragraphs(story)}</div>'
        for at, story in enumerate(STORIES)
    )
    found = articles(page(f"<div>{parts}</div>"))
    assert [one.headline for one in found] == [story[0] for story in STORIES]


def test_a_rule_ends_the_last_part_of_a_newsletter() -> None:
    parts = "".join(f"<h2>{story[0]}</h2>{paragraphs(story)}" for story in STORIES)
    farewell = "<hr><p>Next Friday you will hear of the bees, and of the man who sold them to my neighbour.</p>"
    found = articles(page(f"<h1>The weekly digest</h1><p>7 May 2021</p>{parts}{farewell}"))
    assert body(found[-1]) == list(STORIES[-1][1:])


def test_an_end_mark_ends_a_release() -> None:
    parts = "<hr>".join(
        f"<p>No. {at}/2013<br>Orlen, {20 + at} August 2013</p><p><strong>{story[0].upper()}</strong></p>"
        f"{paragraphs(story)}<p>###</p><p>Contact: press section, room 14.</p>"
        for at, story in enumerate(STORIES)
    )
    found = articles(page(f"<h1>Press releases</h1>{parts}"))
    assert [body(one) for one in found] == [list(story[1:]) for story in STORIES]
    assert days(found) == [f"2013-08-2{at}" for at in range(4)]


def test_a_forum_post_has_the_title_and_the_day_of_the_story_that_it_brings() -> None:
    posts = "".join(
        f"<div class=post><h3><a href=#p{at}>Re: News from Orlen</a></h3>"
        f"<p class=author>by <b>tin</b> » Apr {20 + at}, 2009 7:12 am</p>"
        f"<div class=content><b>{story[0]}</b><br>Ann Lee, Morgenblad, {10 + at} April 2009<br><br>"
        f"{story[1]}<br><br>{story[2]}</div></div>"
        for at, story in enumerate(STORIES)
    )
    found = articles(page(f"<h1>Friends of Orlen</h1>{posts}"))
    assert [one.headline for one in found] == [story[0] for story in STORIES]
    assert days(found) == [f"2009-04-{10 + at}" for at in range(4)]


def test_a_day_without_its_year_takes_it_from_the_month_in_the_title() -> None:
    log = "".join(
        f"<h3>Thursday, {12 - at} May</h3><dl><dt>Orlen</dt><dd>{story[1]}</dd></dl>"
        for at, story in enumerate(STORIES)
    )
    found = articles(page(f"<h1>Lake watch</h1><h2>Log of events, May 2011</h2>{log}"))
    assert days(found) == ["2011-05-12", "2011-05-11", "2011-05-10", "2011-05-09"]


def test_a_note_on_the_author_is_no_part_of_the_story() -> None:
    text = paragraphs(STORIES[0]) + paragraphs(STORIES[1])
    head = '<meta name="author" content="Ines Calder">'
    note = "<p>Ines Calder reports on bridges and on those who mend them.</p>"
    (one,) = articles(page(f"<article><h1>{STORIES[0][0]}</h1>{text}{note}</article>", head=head))
    assert body(one) == ONE[:4]


def test_one_preformatted_text_is_read_as_a_text() -> None:
    wire = "\n\n\n".join(
        f"{story[0].upper()}\n\nBy ANN LEE\n\nORLEN, May {3 + at}, 1993 (AP) - {story[1]}\n\n{story[2]}\n\n-30-"
        for at, story in enumerate(STORIES)
    )
    assert len(articles(page(f"<pre>{wire}</pre>"))) == 4


def test_dates_that_rival_or_are_refused_are_told() -> None:
    head = '<meta property="article:published_time" content="2099-01-01"><meta name="date" content="2021-05-04">'
    text = paragraphs(STORIES[0]) + paragraphs(STORIES[1])
    (one,) = articles(page(f"<article><h1>{STORIES[0][0]}</h1>{text}</article>", head=head))
    assert days([one]) == ["2021-05-04"]
    assert "refused" in one.published_how
    assert any(rival.refused for rival in one.published_rivals)


def test_section_authors_address_and_change_come_from_the_markup() -> None:
    head = (
        '<link rel="canonical" href="https://a.example/2021/05/04/bridge"><script type="application/ld+json">'
        '{"@type":"OpinionNewsArticle","headline":"Bridge at Orlen shut after barge strikes pier",'
        '"datePublished":"2021-05-04","dateModified":"2021-05-06","author":[{"name":"Mia Torr"}]}</script>'
    )
    text = paragraphs(STORIES[0]) + paragraphs(STORIES[1])
    (one,) = articles(page(f"<article><h1>{STORIES[0][0]}</h1>{text}</article>", head=head))
    assert (one.section, one.authors) == ("opinion", ("Mia Torr",))
    assert one.updated is not None and str(one.updated.first_day) == "2021-05-06"
    assert one.url == "https://a.example/2021/05/04/bridge"
