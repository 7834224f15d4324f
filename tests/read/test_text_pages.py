"""Text pages to articles: parts, several stories on a page, furniture."""

import datetime as dt
from pathlib import Path

import pytest

from marchland.read import read_bytes, read_path
from marchland.records import Article, Interval

NOW = dt.datetime(2026, 3, 1)
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

TWO_STORIES = """Rebels take the bridge at Orlo, cutting the valley road

Soldiers rest beside the road near Orlo on March 3, 2023. (REUTERS)
Short Url
Updated 04 March 2023
Follow

Rebels take the bridge at Orlo, cutting the valley road

  • Garrison leaves at night
  • Traders wait on both banks

ORLO: Rebel fighters captured the bridge at Orlo on Friday, two councillors said, and the road is cut.

"We saw their flag at dawn," a baker told Valley Times. A teacher told Valley Times that shops were shut.


Ministers meet over fishing rights in the southern bay

Updated 11 June 2024
Follow

Ministers meet over fishing rights in the southern bay

  • Talks go on until Thursday

PORT SEL: Ministers of three countries met on Tuesday to settle who may fish in the southern bay this summer.

They will meet again on Thursday, an aide said, and a treaty may follow in the autumn.
"""

ONE_STORY = """Rebels take the bridge at Orlo

Updated 04 March 2023

ORLO: Rebel fighters captured the bridge at Orlo on Friday, two councillors said, and the road is cut.

What the army says

The army said that it still holds the eastern bank, and that the bridge was blown up before it left.

What happens next

HELM: In the capital the cabinet met for an hour and said nothing to the reporters who were waiting outside.

Rebels take the bridge at Orlo
"""


def articles(text: str | bytes, name: str = "page.txt") -> list[Article]:
    data = text.encode() if isinstance(text, str) else text
    read = list(read_bytes(data, name, now=NOW))
    assert all(isinstance(item, Article) for item in read), read
    return [item for item in read if isinstance(item, Article)]


def parts(article: Article, kind: str) -> list[str]:
    return [article.text[part.start : part.end] for part in article.parts if part.kind == kind]


def test_two_stories_on_one_page_are_told_apart() -> None:
    first, second = articles(TWO_STORIES)
    assert parts(first, "headline") == ["Rebels take the bridge at Orlo, cutting the valley road"]
    assert parts(second, "headline") == ["Ministers meet over fishing rights in the southern bay"]
    assert first.published == Interval.of_days(dt.date(2023, 3, 4))
    assert second.published == Interval.of_days(dt.date(2024, 6, 11))
    assert [first.number, second.number] == [0, 1]
    assert first.page_id == second.page_id == "page"
    assert first.article_id != second.article_id


def test_every_part_of_a_story_has_its_role() -> None:
    first, _ = articles(TWO_STORIES)
    assert parts(first, "caption") == ["Soldiers rest beside the road near Orlo on March 3, 2023. (REUTERS)"]
    assert parts(first, "bullet") == ["Garrison leaves at night", "Traders wait on both banks"]
    assert parts(first, "byline") == ["Updated 04 March 2023"]
    assert parts(first, "dateline") == ["ORLO:"]
    assert parts(first, "body")[0].startswith("Rebel fighters captured")
    assert first.dateline == "ORLO"


def test_buttons_and_the_second_printing_of_the_title_go() -> None:
    first, _ = articles(TWO_STORIES)
    assert "Short Url" not in first.text
    assert "Follow" not in first.text
    assert first.text.count("Rebels take the bridge") == 1


def test_the_credit_under_a_picture_is_no_agency_of_the_text() -> None:
    assert articles(TWO_STORIES)[0].agencies == ()


def test_the_outlet_that_people_speak_to_is_the_publisher_of_both_stories() -> None:
    first, second = articles(TWO_STORIES)
    assert (first.publisher, second.publisher) == ("Valley Times", "Valley Times")
    assert "told Valley Times" in first.publisher_how
    assert "another story" in second.publisher_how


def test_a_page_with_one_story_stays_whole() -> None:
    (article,) = articles(ONE_STORY)
    assert "HELM" in article.text
    assert "eastern bank" in article.text


@pytest.mark.parametrize(
    "page",
    [
        "Gate closed\n\nThe gate was closed on Monday by the army, a trader said from the queue.\n\n"
        "“We have nothing left”\n\n“We have nothing left”\n\nHe had waited there for two days with his lorry.",
        "Gate closed again\n\nThe gate was closed on Monday by the army, a trader said from the queue.\n\n"
        "Army says gate is safe for all\n\n— Army Press (@army) March 4, 2023\n\nHe had waited there for two days.",
        "The gate was closed on Monday by the army.\n\n* * *\n\nHe had waited there for two days with his lorry.",
    ],
    ids=["pull quote printed twice", "quoted post with its date", "rule between sections"],
)
def test_what_looks_like_a_second_story_but_is_none(page: str) -> None:
    assert len(articles(page)) == 1


def test_stories_with_datelines_under_headlines_are_told_apart() -> None:
    page = (
        "Rebels take Orlo bridge\nORLO (AFP) - Rebels captured the bridge at Orlo on Friday, a councillor said.\n\n"
        "Army retakes Helm airfield\nHELM (AP) - The army recaptured the airfield of Helm on Saturday, it said.\n"
    )
    first, second = articles(page)
    assert (first.dateline, second.dateline) == ("ORLO", "HELM")
    assert (first.agencies, second.agencies) == (("AFP",), ("AP",))


def test_a_glued_caption_and_the_foot_of_the_page() -> None:
    page = (
        "Guards watch the road in the northern town of Besh on May 11, 2022. (Photo by A. Nobody / AFP)\n\n"
        "On Friday the rebels confirmed that they hold the gate, the main one of the province, and will open it.\n\n"
        "Fighting went on around the town at night, and the clinic was full, a nurse said on the telephone.\n\n"
        "© The Besh Herald\nWe need your support. Please make your donation.\nFollow us on:\nPolicy Desk\n"
        "The board is responsible for all stories that appear under this byline, and for the letters to the editor."
    )
    (article,) = articles(page)
    assert parts(article, "caption")[0].startswith("Guards watch")
    assert len(parts(article, "body")) == 2
    assert "donation" not in article.text
    assert article.publisher == "The Besh Herald"
    assert article.published == Interval.of_days(dt.date(2022, 5, 13))
    assert "inferred" in article.published_how


def test_hard_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    page = (
        "The army said on Tuesday that it had left the valley and the post at the\n"
        "river after two days of fighting, and that no soldier had been lost on\n"
        "the way back to the barracks of the province.\n\n"
        "The rebels had no comment on the withdrawal, but their radio station had\n"
        "spoken of a great victory since the early hours of the morning.\n"
    )
    (article,) = articles(page)
    assert len(article.text.split("\n\n")) == 2
    assert "post at the river" in article.text


def test_odd_spaces_and_hyphens_are_made_plain_and_quotes_kept() -> None:
    (article,) = articles("The “Qala\u2011i\u2011Bost”\u00a0gate is ours\u200b, he said, and the road is open to all.")
    assert article.text == "The “Qala-i-Bost” gate is ours, he said, and the road is open to all."


@pytest.mark.parametrize(
    ("head", "pieces"),
    [
        ("date 2021-07-08 Soldiers pull back.", [("byline", "date 2021-07-08")]),
        ("Caption: soldiers at a post. Rebels took it.", [("caption", "Caption: soldiers at a post.")]),
        ("KABUL: Rebels took it.", [("dateline", "KABUL:")]),
        ("date 2021-08-07 World. KABUL: They took it.",
         [("byline", "date 2021-08-07"), ("byline", "World."), ("dateline", "KABUL:")]),
        ("KANDAHAR/KABUL - Rebels took it.", [("dateline", "KANDAHAR/KABUL -")]),
        ("Khartoum (Xinhua): Rebels took it.", [("dateline", "Khartoum (Xinhua):")]),
        ("PESHAWAR, Feb 20 (DNA): Rebels took it.", [("dateline", "PESHAWAR, Feb 20 (DNA):")]),
        ("July 14 (UPI) - Rebels took it.", [("dateline", "July 14 (UPI) -")]),
        ("May 28, 2024. BBC News. August 6, 2021. A city fell.",
         [("byline", "May 28, 2024."), ("byline", "BBC News."), ("byline", "August 6, 2021.")]),
        ("Tuesday, July 23, 2024. By a staff editor. Balkh fell.",
         [("byline", "Tuesday, July 23, 2024."), ("byline", "By a staff editor.")]),
        ("On July 8, 2021 rebels took it.", []),
        ("By Friday the city had fallen.", []),
        ("The Taliban - a group of rebels - took it.", []),
        ("Afghan National Army (ANA) soldiers took it.", []),
        ("Officials: main gate is lost.", []),
    ],
)  # fmt: skip
def test_the_head_of_running_text_is_cut_into_pieces_and_nothing_is_lost(
    head: str, pieces: list[tuple[str, str]]
) -> None:
    (article,) = articles(head)
    found = [(part.kind, article.text[part.start : part.end]) for part in article.parts]
    assert found[:-1] == pieces
    assert found[-1][0] == "body"
    assert article.text == head


def test_the_first_seed_holds_two_stories_five_years_apart() -> None:
    first, second = _seed("000_*.txt")
    assert first.published == Interval.of_days(dt.date(2021, 7, 9))
    assert second.published == Interval.of_days(dt.date(2026, 2, 3))
    assert (first.dateline, second.dateline) == ("KABUL", "ISLAMABAD")
    assert len(parts(first, "bullet")) == len(parts(second, "bullet")) == 2
    assert len(parts(first, "caption")) == 1


def test_the_second_seed_is_dated_by_inference_and_says_so() -> None:
    (article,) = _seed("004_*.txt")
    assert article.published == Interval.of_days(dt.date(2021, 7, 9))
    assert "inferred" in article.published_how
    assert parts(article, "body")[-1].endswith("heavy fighting.")


def _seed(pattern: str) -> list[Article]:
    found = sorted(SEEDS.glob(pattern))
    if not found:
        pytest.skip("the seed reports are not beside this checkout")
    return [item for item in read_path(found[0], now=NOW) if isinstance(item, Article)]


DATED = "ORLO, 15 March 2024 - Rebel fighters captured the bridge at Orlo on Friday, two councillors said."


@pytest.mark.parametrize(
    ("head", "publisher", "authors"),
    [
        (["Rebels take the bridge at Orlo", "Orlo Courier"], "Orlo Courier", ()),
        (["Bridge taken", "Orlo Courier"], "Orlo Courier", ()),
        (["Rebels take the bridge at Orlo", "Upland Courier", "By Jane Doe"], "Upland Courier", ("Jane Doe",)),
        (["Bridge taken", "By Jane Doe"], None, ("Jane Doe",)),
        (["Rebels take the bridge at Orlo", "By our staff, Orlo Courier"], "Orlo Courier", ()),
        (["Bridge taken"], None, ()),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_the_outlet_or_the_author_stands_between_a_title_and_one_dated_paragraph(
    head: list[str], publisher: str | None, authors: tuple[str, ...], between: str
) -> None:
    (article,) = articles(between.join([*head, DATED]))
    assert (article.headline, article.dateline) == (head[0], "ORLO")
    assert (article.publisher, article.authors) == (publisher, authors)
    assert article.published == Interval(dt.datetime(2024, 3, 15), dt.datetime(2024, 3, 16))
    assert article.published_how == 'dateline: "15 March 2024"'


def test_an_outlet_behind_an_author_is_no_second_author() -> None:
    page = f"Bridge taken\nBy Jane Doe, Orlo Courier\n{DATED}\nA teacher told the Orlo Courier that shops are shut."
    (article,) = articles(page)
    assert (article.publisher, article.authors) == ("Orlo Courier", ("Jane Doe",))
