"""Floors under the measures of reading: a change that makes one worse must say why. BENCHMARKS.md has the figures."""

import pytest
from bench import mixed, pages
from bench.shared import SHARED

ALONE = 0.962
"""F1 of trafilatura alone on the same 161 pages; `python -m bench pages` measures it beside."""

needs_pages = pytest.mark.skipif(not (SHARED / "bench" / "pages").is_dir(), reason="the labelled pages are not here")


@pytest.fixture(scope="module")
def read():
    return pages.ours(list(pages.labelled()))


@needs_pages
def test_bodies_of_web_pages_are_as_good_as_those_of_trafilatura_alone(read):
    _, _, f1 = pages.score(zip([page.body for page in read.pages], read.texts, strict=True))
    assert f1 >= ALONE


@needs_pages
def test_hardly_a_page_with_one_story_is_cut(read):
    assert read.cut <= 1


@pytest.fixture(scope="module")
def tallies():
    return mixed.tallies()


@pytest.mark.parametrize(
    ("kind", "half", "boundaries", "days"),
    [
        ("html", "development", 0.97, 0.95),
        ("html", "held out", 0.75, 0.7),
        ("text", "development", 0.85, 0.8),
        ("text", "held out", 0.5, 0.45),
    ],
)
def test_articles_come_apart_and_have_their_days(tallies, kind, half, boundaries, days):
    tally = tallies[kind, half]
    assert tally.boundaries >= boundaries
    assert tally.days_right / tally.dated >= days


def test_captions_and_related_links_stay_out_of_bodies(tallies):
    assert sum(tally.leaks for (_, half), tally in tallies.items() if half == "development") <= 5
