"""Which crossings are open, for whom, and who holds their posts."""

from dataclasses import replace

import pytest
from marches import CLAIM, FRONT, NORLAND, TAKEN, day, follow, gate, spell

from marchland.consequences.build import Scope


def lanes(*gates, last=30, spells=(), claims=()):
    found = follow(list(spells), [], last=last, gates=list(gates), claims=claims)
    (route,) = found.routes
    return {lane.traffic: lane for lane in route.lanes}, route


def test_days_are_counted_by_state():
    found, _ = lanes(gate("closed", 6, 11), gate("open", 11, 21), gate("unknown", 21))
    aid = found["aid"]
    assert {state: number for state, number in aid.days if number} == {"closed": 5, "open": 10, "unknown": 15}
    assert (aid.state, aid.since) == ("unknown", None)
    assert aid.changes == (
        (day(6).isoformat(), "closed"),
        (day(11).isoformat(), "open"),
        (day(21).isoformat(), "unknown"),
    )


def test_a_state_for_one_kind_of_traffic_says_nothing_of_the_others():
    found, _ = lanes(gate("closed", 20, None), gate("open", 25, None, traffic="aid"))
    assert {traffic: lane.state for traffic, lane in found.items()} == {
        "aid": "open", "trade": "closed", "travellers": "closed"}  # fmt: skip


def test_the_newest_word_holds_also_against_an_older_one_for_that_traffic_alone():
    found, _ = lanes(gate("closed", 20, None, traffic="trade"), gate("open", 25, None))
    assert found["trade"].state == "open"


def test_directions_that_differ_are_both_told_and_the_worse_counts_the_days():
    found, _ = lanes(gate("open", 25, None), gate("closed", 28, None, direction="SE>NO"))
    assert found["trade"].state == "open NO>SE, closed SE>NO"
    assert dict(found["trade"].days)["closed"] == 3


def test_what_nobody_repeats_is_doubtful():
    found, _ = lanes(gate("closed", 1, None))
    aid = found["aid"]
    assert (aid.state, aid.doubtful, aid.told) == ("closed", True, day(1).isoformat())
    assert {state: number for state, number in aid.days if number} == {"closed": 15, "doubtful": 15}


def test_a_later_report_of_the_same_state_keeps_it_alive():
    told = replace(CLAIM, claim_id="c9", date_to=day(28).isoformat(), published=day(28).isoformat())
    found, _ = lanes(gate("closed", 1, None, claims=("c9",)), claims=(told,))
    assert (found["aid"].doubtful, found["aid"].told) == (False, day(28).isoformat())


def test_the_posts_are_those_of_the_last_day():
    for last, holder in ((10, "Norland"), (11, "Free Marsh Front")):
        _, route = lanes(gate(), spells=TAKEN, last=last)
        assert (route.posts[0].holder, route.posts[1].holder, route.posts[1].status) == (holder, "Sweland", "assumed")


def test_a_holder_of_whom_no_report_tells_is_assumed_and_one_that_is_gone_holds_nothing():
    silent = [replace(spell(NORLAND, None, None, status="unknown"), witnesses=0)]
    assert lanes(gate(), spells=silent)[1].posts[0].status == "assumed"
    found = follow(silent, [], ended=lambda party: day(15))
    assert (found.routes[0].posts[0].holder, found.routes[0].posts[0].status) == (None, "ended")
    assert follow(silent, [], last=15, ended=lambda party: day(15)).routes[0].posts[0].holder == "Norland"


@pytest.mark.parametrize(
    ("states", "first"),
    [
        ({"x:lockgate": "closed", "x:weir": "open"}, "x:weir"),
        ({"x:lockgate": "unknown", "x:weir": "open"}, "x:weir"),
        ({"x:lockgate": "closed", "x:weir": "unknown"}, "x:weir"),
        ({"x:lockgate": "unknown", "x:weir": "closed"}, "x:lockgate"),
        ({"x:lockgate": "open", "x:weir": "open"}, "x:weir"),
    ],
)
def test_the_nearest_open_crossing_comes_first(states, first):
    gates = [gate(state, 25 if state != "unknown" else None, None, place=place) for place, state in states.items()]
    town = replace(CLAIM, claim_id="t", place_id="t:mere", place_name="Mere", place_kind="town", lat=60.5, lon=20.0)
    found = follow([], [], gates=gates, claims=(town,), scope=Scope(place_id="t:mere"))
    assert (found.near, found.nearest[0].place_id) == ("Mere", first)
    assert [one.km is not None for one in found.nearest] == [True, True]


def test_a_country_is_asked_from_either_side():
    spells = [spell(FRONT, 1, None)]
    for country, number in (("NO", 1), ("SE", 1), ("FI", 0)):
        assert len(follow(spells, [], scope=Scope(country=country)).routes) == number
