"""Reports with words of war that say nothing of who holds what; and short reports of war that do."""

import pytest

from marchland.claims.relevance import Beside
from marchland.records import EVENTS

PEACE = [
    "The Rovers seized control of the match after half-time and their striker scored twice. Fans stormed the field.",
    "Visiting fans overran the field in Durban after the final. The coach said his team had lost the battle.",
    "The bowlers took control in Hamilton on Saturday. Two wickets fell before lunch and the innings collapsed.",
    "The chain captured market share in Canada as its rival retreated from Toronto. Shares rose.",
    "The retailer will enter Poland and withdraw from Norway, its chief executive told investors.",
    "The Greens captured Oregon on Tuesday. Voters in Ohio held the line and the senate fell to the other side.",
    "Snow closed the pass on Monday. The road to Tahoe reopened at night, after motorists had waited for hours.",
    "The blaze took Pine Hollow overnight. Firefighters could not hold the village and pulled back to the lake.",
    "Officers captured nine fugitives and seized cocaine at two border crossings in El Paso over the weekend.",
    "Police surrounded a house in Athens. The suspect left the area, was arrested and is held in the county jail.",
    "Hackers took control of the airport's systems in Seattle and demand a ransom in bitcoin.",
    "Today is 70 years since soldiers captured Verona, on 4 May 1951. A ceremony marks the anniversary.",
    "Thousands lined the streets of Ghent for the anniversary. Allied troops liberated Ghent on 6 September 1944.",
    "The festival took over Lisbon on Friday. Actors and dancers occupied the square until dawn.",
    "Holiday traffic blocked the bridge to Detroit. Motorists waited at the crossing for three hours on Labour Day.",
]


@pytest.mark.parametrize("text", PEACE)
def test_words_of_war_in_a_report_of_something_else_make_no_claim_of_control(rows, text):
    assert [row for row in rows(text) if row.event in EVENTS] == []


WAR = [
    ("Rebels captured Goma on Monday.", "captures"),
    ("Goma fell to the M23 on Monday.", "captures"),
    ("The Taliban took Kunduz on Sunday.", "captures"),
    ("Pakistan closed the Torkham crossing on Sunday.", "closes"),
    ("On the anniversary of the revolt, rebels captured Goma. Fighting went on near the airport.", "captures"),
    ("A football stadium in Goma was hit by rockets after the M23 captured the city from the army.", "captures"),
]


@pytest.mark.parametrize(("text", "event"), WAR)
def test_a_short_report_of_war_is_enough(rows, text, event):
    assert event in {row.event for row in rows(text)}


def test_a_war_told_long_ago_counts_where_no_anniversary_is_kept(rows):
    text = "The M23 captured Goma on Monday. Rebels had captured Goma in November 1996, too, and the army fled."
    dated = {str(row.date_from) for row in rows(text) if row.event == "captures"}
    assert {"1996-11-01", "2021-07-05"} <= dated


def test_a_long_article_with_one_word_of_war_wants_more_of_them_near_the_claim(coder):
    text = "The council met again to speak of rents and of buses, and nothing else came up. " * 40
    sentences = [Beside("Both were taken to Goma.", frozenset(), frozenset())]
    assert coder.relevance.peaceful(text + "The army parade is on Monday.", sentences) == {0}
    near = [Beside("Rebels and soldiers fought on.", frozenset(), frozenset()), *sentences]
    assert coder.relevance.peaceful(text + "The army parade is on Monday.", near) == set()
