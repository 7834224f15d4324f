"""Triage: pages that can hold a claim about control are kept, the others go, and the verdict says why."""

from __future__ import annotations

import pytest

from marchland.read.page import MAX_PAGE, Page
from marchland.read.triage import Triage
from marchland.read.triage_words import forms, shipped_triage_words

MENU = "<nav><ul><li><a href='/w'>World</a></li><li><a href='/s'>Sport</a></li></ul></nav>"


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage.load()


def text(words: str) -> Page:
    return Page("p", "p", text=words)


def html(body: str) -> Page:
    return Page("p", "p", html=f"<!DOCTYPE html><html><head><title>News</title></head><body>{body}</body></html>")


KEPT = {
    "a capture": "Fighters overran the district centre before dawn, two councillors said.",
    "a fall": "The provincial capital has fallen to the insurgents, a lawmaker said by telephone.",
    "a recapture": "Soldiers retook the town of Marrin on Friday after a week of shelling.",
    "a retreat": "The garrison withdrew from the outpost overnight.",
    "a state": "Most of the valley is in rebel hands; the army holds only the airport.",
    "a loss": "The government has lost control of the city, the military conceded.",
    "a siege": "Militants have surrounded the base for nine days.",
    "a denial": "An army spokesman denied that the village had been seized.",
    "a crossing shut": "Guards shut the border crossing to lorries at noon.",
    "a crossing reopened": "The crossing reopened for pedestrians on Monday.",
    "a flight over the border": "Dozens of soldiers fled across the border when the post came under fire.",
    "a headline alone": "REBELS CAPTURE PROVINCIAL CAPITAL",
    "a place alone": "Three more district centres were captured, officials said.",
    "a crossing by its name alone": "Torkham was closed on Sunday.",
    "a known party alone": "The Taliban took Kandahar.",
}
DROPPED = {
    "sport": "They seized control of the match when the striker scored his second goal; the league leaders held on.",
    "business": "Shares fell after the retailer lost market share. Investors hoped that sales would recover.",
    "a recipe": "Take two onions, cut them finely and leave them in the pan until they fall apart.",
    "a film": "The film captures a summer by the sea. The actress holds every scene that she is in.",
    "an opening": "The museum reopened its doors on Saturday with an exhibition of clocks.",
    "an election": "The party lost the seat after a recount. Turnout fell to a record low, and voters left early.",
    "a virus": "The infection attacks the lungs; doctors took samples and closed the ward.",
}


@pytest.mark.parametrize("words", KEPT.values(), ids=KEPT.keys())
def test_a_report_about_control_is_kept(triage: Triage, words: str) -> None:
    assert triage.look(text(words)).keep


@pytest.mark.parametrize("words", DROPPED.values(), ids=DROPPED.keys())
def test_the_same_verbs_of_other_things_are_dropped(triage: Triage, words: str) -> None:
    assert not triage.look(text(words)).keep


@pytest.mark.parametrize("words", KEPT.values(), ids=KEPT.keys())
@pytest.mark.parametrize("tag", ["p", "div", "td", "blockquote", "span"])
def test_markup_changes_nothing(triage: Triage, words: str, tag: str) -> None:
    assert triage.look(html(f"{MENU}<{tag}>{words}</{tag}>")).keep


def test_a_link_inside_a_word_of_the_sentence_is_read(triage: Triage) -> None:
    assert triage.look(html("<p>Soldiers <a href='/x'>retook</a> the town of <b>Marrin</b> on Friday.</p>")).keep


def test_links_to_other_stories_do_not_keep_a_page(triage: Triage) -> None:
    story = "<p>Onions are cheap this year, and soup is easy.</p>" * 20
    related = f"<ul><li><a href='/a'>{KEPT['a recapture']}</a></li></ul><h3><a href='/b'>{KEPT['a capture']}</a></h3>"
    card = f"<a href='/c'><div>{KEPT['a siege']}</div></a>"
    assert not triage.look(html(story + related + card)).keep


def test_a_story_in_linked_data_alone_is_read(triage: Triage) -> None:
    data = f'<script type="application/ld+json">{{"articleBody": "{KEPT["a recapture"]}"}}</script>'
    assert triage.look(html(f"{data}<div id='app'></div>")).keep


def test_a_story_swallowed_by_a_menu_that_was_never_closed_is_read(triage: Triage) -> None:
    assert triage.look(html(f"<nav><p>Menu</p><p>{KEPT['a recapture']}</p>")).keep


def test_scripts_are_not_read(triage: Triage) -> None:
    assert not triage.look(html(f"<script>var t = '{KEPT['a recapture']}'</script><p>Nothing here today.</p>")).keep


def test_the_title_that_came_with_a_page_counts(triage: Triage) -> None:
    assert triage.look(Page("p", "p", text="More follows.", title=KEPT["a recapture"])).keep


def test_a_short_name_counts_where_its_country_is_named(triage: Triage) -> None:
    assert triage.look(text("In Sudan the RSF took the market and the bridge, residents said.")).weight > 0
    assert triage.look(text("The RSF took the market by storm with its new lamp.")).weight == 0


@pytest.mark.parametrize("page", [text(""), html(""), Page("p", "p"), text("\x00" * 50), text("!" * 5_000)])
def test_a_page_without_words_is_dropped(triage: Triage, page: Page) -> None:
    assert not triage.look(page).keep


def test_a_page_too_large_to_be_read_is_dropped_at_once(triage: Triage) -> None:
    assert not triage.look(text("a " * MAX_PAGE)).keep


def test_a_page_nested_very_deeply_does_no_harm(triage: Triage) -> None:
    assert triage.look(html("<div>" * 50_000 + KEPT["a recapture"])).keep


@pytest.mark.parametrize("words", [*KEPT.values(), *DROPPED.values()])
def test_the_reasons_add_up_to_the_verdict(triage: Triage, words: str) -> None:
    verdict = triage.look(text(words))
    assert verdict.keep == (sum(reason.weight for reason in verdict.reasons) >= 0)
    assert all(reason.sentence for reason in verdict.reasons)


def test_the_reasons_quote_the_sentence(triage: Triage) -> None:
    reasons = triage.look(text(KEPT["a recapture"])).reasons
    assert "retook the town of Marrin" in reasons[0].sentence
    assert "soldiers" in reasons[0].sentence


def test_the_same_page_has_the_same_verdict(triage: Triage) -> None:
    page = html("".join(f"<p>{words}</p>" for words in KEPT.values()))
    assert triage.look(page) == triage.look(page)


@pytest.mark.parametrize(
    ("word", "form"),
    [("seize", "seizing"), ("seize", "seized"), ("occupy", "occupied"), ("fall", "fell"), ("fall", "fallen"),
     ("take", "took"), ("hold", "held"), ("withdraw", "withdrew"), ("withdraw", "withdrawn"), ("overrun", "overran"),
     ("retake", "retaken"), ("quit", "quitting"), ("clash", "clashes"), ("siege", "sieges"), ("shut", "shutting")],
)  # fmt: skip
def test_every_form_of_a_predicate_is_known(word: str, form: str) -> None:
    words = shipped_triage_words()
    assert words.levels[words.frames[form]] >= words.levels.get(word, 0)


def test_a_regular_verb_needs_no_row() -> None:
    assert {"storm", "storms", "stormed", "storming"} <= forms("storm", {})


def test_every_predicate_of_the_weights_is_one_of_the_frames() -> None:
    words = shipped_triage_words()
    assert words.weights["everyday"] in words.levels.values()
    assert {words.weights[name] for name in ("sure", "plain", "common")} <= set(words.levels.values())
