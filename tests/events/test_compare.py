"""The comparer of events: rules that add up, whichever of the two comes first."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.events.compare import (
    RULES,
    Mention,
    Reports,
    linked,
    load_same_event,
    log_odds,
    reasons,
    same_events,
)

SHIPPED = load_same_event()
ARTICLES = {
    "a": ["envoy", "lake", "league", "visit", "treaty", "signed", "envoy", "lake"],
    "b": ["league", "envoy", "treaty", "lake", "signed", "ceremony"],
    "c": ["harvest", "barley", "price", "market"],
    "d": ["ferry", "storm", "harbour", "sailor"],
}
REPORTS = Reports.of(ARTICLES)
SIGN = Mention("a/1", "sign", parties=frozenset({"league", "envoy"}), words=frozenset({"sign", "treaty"}), article="a")
AGAIN = replace(SIGN, mention_id="b/1", article="b")
SELL = Mention("c/1", "sell", parties=frozenset({"farmer"}), words=frozenset({"sell", "barley"}), article="c")


def test_one_deed_of_one_party_in_two_like_articles_is_one_event() -> None:
    assert log_odds(SIGN, AGAIN, REPORTS, SHIPPED) > 0 > log_odds(SIGN, SELL, REPORTS, SHIPPED)
    assert same_events([SIGN, AGAIN, SELL], REPORTS, SHIPPED) == (frozenset({"a/1", "b/1"}), frozenset({"c/1"}))


def test_reasons_add_up_and_can_be_read() -> None:
    found = reasons(SIGN, AGAIN, REPORTS, SHIPPED)
    assert SHIPPED.base + sum(one.weight for one in found) == pytest.approx(log_odds(SIGN, AGAIN, REPORTS, SHIPPED))
    assert 'both say "sign"' in {one.sentence for one in found}
    assert all(one.sentence for one in found)


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ({"trigger": "arrest"}, {"trigger": "arresting"}, "like_word"),
        ({"trigger": "earthquake"}, {"trigger": "quake"}, "like_word"),
        ({"trigger": "meet", "sort": "consult"}, {"trigger": "visit", "sort": "consult"}, "same_sort"),
        ({"places": frozenset({"osterby"})}, {"places": frozenset({"osterby"})}, "shared_places"),
        ({"places": frozenset({"osterby"})}, {"places": frozenset({"reedham"})}, "other_places"),
        ({"times": frozenset({"2031-05-03"})}, {"times": frozenset({"2031-05-03"})}, "shared_times"),
        ({"times": frozenset({"2031-05-03"})}, {"times": frozenset({"2031-05-09"})}, "other_times"),
        ({"lead": True, "trigger": "sign"}, {"lead": True, "trigger": "pact"}, "both_lead"),
    ],
)
def test_each_rule_speaks_for_its_case(one: dict[str, object], other: dict[str, object], rule: str) -> None:
    found = reasons(replace(SIGN, **one), replace(AGAIN, **other), REPORTS, SHIPPED)
    assert rule in {item.rule for item in found}


def test_words_of_other_things_are_no_forms_of_one_word() -> None:
    found = reasons(replace(SIGN, trigger="report"), replace(AGAIN, trigger="repel"), REPORTS, SHIPPED)
    assert "like_word" not in {item.rule for item in found}


MENTIONS = st.builds(
    Mention, st.sampled_from([f"m{n}" for n in range(30)]), st.sampled_from(["sign", "signing", "sell", "meet"]),
    st.sampled_from(["", "consult"]), parties=st.frozensets(st.sampled_from(["league", "envoy", "crown"]), max_size=2),
    article=st.sampled_from("abcd"), lead=st.booleans(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(MENTIONS, max_size=8, unique_by=lambda one: one.mention_id), st.randoms())
def test_order_changes_nothing(found: list[Mention], chance: random.Random) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    groups = same_events(mixed, REPORTS, SHIPPED)
    assert groups == same_events(found, REPORTS, SHIPPED)
    assert sorted(one for group in groups for one in group) == sorted(one.mention_id for one in found)


def test_groups_join_by_their_mean() -> None:
    assert linked(3, {(0, 1): 3.0, (0, 2): 1.0, (1, 2): -2.0}, 0.0) == [[0, 1], [2]]
    assert linked(3, {(0, 1): 3.0, (0, 2): 2.5, (1, 2): -2.0}, 0.0) == [[0, 1, 2]]
    assert linked(2, {(0, 1): 0.0}, 0.0) == [[0, 1]]
    assert linked(0, {}, 0.0) == []


def test_every_rule_has_a_weight_and_a_word_about_it() -> None:
    assert {rule.__name__ for rule in RULES} == set(SHIPPED.weights)
    assert all(rule.__doc__ for rule in RULES)
