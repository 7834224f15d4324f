"""Hazards from the places around: who bears on whom, how much, and that it stays between places of one rank."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from histories import RULES, WEIGHTS, spells
from war import CROWN, LEAGUE, claim

from marchland.ledger.around import NOTHING
from marchland.ledger.fuse import fuse, holdings
from marchland.ledger.nearby import Spot, around_of, places_around, relation, spot_of
from marchland.records import HoldingRow

TOWN = Spot("x:osterby", "Osterby", "town", "XA", "Northmark", 60.0, 20.0)
DISTRICT = Spot("x:osterby-d", "Osterby District", "district", "XA", "Northmark", 60.05, 20.0)
NEXT = Spot("x:westerby-d", "Westerby District", "district", "XA", "Northmark", 60.3, 20.0)
FAR = Spot("x:far-d", "Farby District", "district", "XA", "Northmark", 62.0, 20.0)
PROVINCE = Spot("x:northmark", "Northmark", "province", "XA", "Northmark", 61.0, 21.0)
ABROAD = replace(DISTRICT, place_id="x:abroad", country="XB")


@pytest.mark.parametrize(
    ("place", "other", "expected"),
    [
        pytest.param(TOWN, DISTRICT, "parent", id="a town in a district"),
        pytest.param(DISTRICT, TOWN, "", id="never from a part upwards"),
        pytest.param(TOWN, PROVINCE, "parent", id="a town in a province"),
        pytest.param(PROVINCE, DISTRICT, "", id="nor to a province from its districts"),
        pytest.param(DISTRICT, NEXT, "neighbour", id="districts side by side"),
        pytest.param(DISTRICT, FAR, "", id="districts far apart"),
        pytest.param(TOWN, NEXT, "", id="a town of another district"),
        pytest.param(DISTRICT, ABROAD, "", id="over the border"),
        pytest.param(TOWN, TOWN, "", id="itself"),
        pytest.param(replace(TOWN, lat=None), DISTRICT, "", id="nobody knows where"),
    ],
)
def test_who_bears_on_whom(place: Spot, other: Spot, expected: str) -> None:
    assert relation(place, other, WEIGHTS) == expected


def test_no_place_bears_on_one_that_bears_on_it_but_neighbours() -> None:
    every = [TOWN, DISTRICT, NEXT, FAR, PROVINCE, ABROAD]
    for one in every:
        for other in every:
            if relation(one, other, WEIGHTS) == "parent":
                assert relation(other, one, WEIGHTS) == ""


def test_only_the_nearest_neighbours_count_and_order_does_not() -> None:
    near = [replace(NEXT, place_id=f"x:d{number}", lat=60.06 + number / 100) for number in range(20)]
    found = places_around(DISTRICT, near, WEIGHTS)
    assert found == places_around(DISTRICT, near[::-1], WEIGHTS)
    assert set(found) == {f"x:d{number}" for number in range(WEIGHTS.around.most)}


def fallen(spot: Spot) -> list[HoldingRow]:
    rows = spells([claim("A"), claim("B", sentence="It fell.")])
    return [replace(row, place_id=spot.place_id, place_name=spot.name, kind=spot.kind, country=spot.country,
                    admin1=spot.admin1, lat=spot.lat, lon=spot.lon) for row in rows]  # fmt: skip


def test_hazard_of_a_parent_is_the_larger_and_says_why() -> None:
    (parent,) = around_of(TOWN, fallen(DISTRICT), WEIGHTS).hazards
    (neighbour,) = around_of(DISTRICT, fallen(NEXT), WEIGHTS).hazards
    assert parent.rate > neighbour.rate > 0
    assert (parent.side, parent.names[0]) == (LEAGUE, "Lake League")
    assert parent.sentence == "Osterby District, of which it is part, came to be held by Lake League on 2031-05-03"
    assert parent.claim_ids


def test_places_that_never_changed_hands_bring_no_hazard() -> None:
    rows = [row for row in fallen(DISTRICT) if row.holder_id == CROWN]
    assert around_of(TOWN, rows, WEIGHTS) == NOTHING


def test_weak_word_of_a_fall_is_believed_sooner_where_the_district_fell() -> None:
    rows = [claim(stance="hedges", reading=0.5)]
    place = spot_of(spells(rows)[0])
    assert place.name == "Osterby"
    around = around_of(TOWN, fallen(DISTRICT), WEIGHTS)
    day = dt.date(2031, 5, 4).toordinal()
    alone, helped = fuse(rows, RULES), fuse(rows, RULES, around=around)
    assert alone is not None
    assert helped is not None
    assert alone.log_odds(LEAGUE, day) + 0.5 < helped.log_odds(LEAGUE, day)


def test_fall_to_a_taker_whom_nobody_names_was_to_the_side_that_took_the_district() -> None:
    nameless = replace(claim(), actor_id=None, actor_side=None, actor_name=None)
    alone, helped = fuse([nameless], RULES), fuse([nameless], RULES, around=around_of(TOWN, fallen(DISTRICT), WEIGHTS))
    assert alone is not None
    assert helped is not None
    assert [row.holder_name for row in holdings(alone, WEIGHTS)][-1] is None
    assert [row.holder_name for row in holdings(helped, WEIGHTS)][-1] == "Lake League"
