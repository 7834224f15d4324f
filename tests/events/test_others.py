"""What is not about control is grouped across sources, too, with a place or without one."""

from __future__ import annotations

import random
from dataclasses import replace

from histories import WEIGHTS
from hypothesis import given, settings
from hypothesis import strategies as st
from war import CROWN, LEAGUE, claim

from marchland.events.group import group
from marchland.records import ClaimRow

GUILD = "x:salt-guild"


def meeting(outlet: str, sentence: str = "Envoys of the League met the Guild.", **changes: object) -> ClaimRow:
    """A report that the League met the Guild."""
    told = {"event": "consult", "frame": "plover:meet", "against": GUILD, "place_id": None, "sentence": sentence}
    return claim(outlet, **{**told, **changes})


def sets(rows: list[ClaimRow]) -> list[set[str]]:
    """The events as sets of outlets."""
    names = {row.claim_id: row.publisher or "" for row in rows}
    return sorted(({names[claim] for claim in one.claims} for one in group(rows, WEIGHTS)[0]), key=sorted)


A, B = meeting("A"), meeting("B", "The League and the Guild have met, on the third of May.")


def test_one_meeting_told_by_two_outlets_is_one_event_without_a_place() -> None:
    (event,) = group([A, B], WEIGHTS)[0]
    assert (event.event, event.place_id, event.witnesses, event.actor_id) == ("consult", "", 2, LEAGUE)
    assert len(set(group([A, B], WEIGHTS)[1].values())) == 1


def test_other_parties_other_days_other_kinds_are_other_events() -> None:
    others = [
        meeting("other party", by_side=CROWN),
        meeting("other day", on="2031-05-20", published="2031-05-21"),
        meeting("other kind", event="accuse", frame="plover:accuse"),
        meeting("other place", place_id="x:norwick"),
    ]
    assert sets([A, B, *others]) == sorted([{"A", "B"}, *({row.publisher} for row in others)], key=sorted)


def test_other_words_of_one_kind_are_one_event_where_the_reports_are_alike() -> None:
    visit = meeting("C", "Envoys of the League visited the Guild.", frame="plover:visit")
    assert sets([A, visit]) == [{"A", "C"}]


def test_who_met_whom_may_be_told_the_other_way_about() -> None:
    assert sets([A, meeting("C", by_side=GUILD, against=LEAGUE)]) == [{"A", "C"}]


def test_claim_of_nobody_and_nowhere_is_no_event() -> None:
    nobody = replace(A, actor_id=None, actor_side=None, opponent_id=None, opponent_side=None)
    assert group([nobody], WEIGHTS)[0] == ()


def test_very_many_reports_are_grouped_all_the_same() -> None:
    rows = [meeting(f"Outlet {number}") for number in range(260)]
    assert len(group(rows, WEIGHTS)[0]) == 1


POOL = [A, B, meeting("C", frame="plover:visit"), meeting("D", by_side=CROWN), meeting("E", place_id="x:norwick"),
        meeting("F", date_from=None, date_to="2031-05-06", published="2031-05-06"), meeting("G", stance="denies"),
        meeting("H", on="2031-05-06", published="2031-05-07"), meeting("I", date_from=None, date_to=None)]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POOL), max_size=9, unique_by=lambda row: row.claim_id), st.randoms())
def test_order_changes_nothing(rows: list[ClaimRow], chance: random.Random) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    assert group(mixed, WEIGHTS) == group(rows, WEIGHTS)
