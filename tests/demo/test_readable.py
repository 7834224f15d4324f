"""The reader makes of the demo's reports what they were written for."""

from importlib import resources
from pathlib import Path

import pytest

from marchland.read import read_path
from marchland.records import Article, Skipped

FOLDER = Path(str(resources.files("marchland.demo") / "reports"))


@pytest.fixture(scope="module")
def pages() -> dict[str, list[Article | Skipped]]:
    return {path.name[:2]: list(read_path(path)) for path in sorted(FOLDER.iterdir())}


def test_only_the_page_in_dari_is_skipped(pages):
    assert [number for number, found in pages.items() if any(isinstance(one, Skipped) for one in found)] == ["37"]


def test_every_story_has_a_date_and_a_publisher(pages):
    stories = [one for found in pages.values() for one in found if isinstance(one, Article)]
    assert [a.page_id for a in stories if a.published is None or a.publisher is None] == []


@pytest.mark.parametrize(("number", "stories"), [("01", 1), ("13", 2), ("20", 4)])
def test_a_page_holds_so_many_stories(pages, number, stories):
    assert len(pages[number]) == stories


@pytest.mark.parametrize("number", ["05", "07", "10", "18", "22", "31", "35"])
def test_furniture_of_a_page_is_left_out(pages, number):
    text = pages[number][0].text
    assert not any(word in text for word in ("Related", "Most read", "Subscribe", "cookies", "Share", "Read next"))
