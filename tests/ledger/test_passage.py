"""Whether a crossing is open, in which direction and for whom."""

from __future__ import annotations

import datetime as dt

import pytest
from histories import WEIGHTS
from histories import spells as holdings_of
from war import claim

from marchland.ledger.borders import border_claims, reaching
from marchland.ledger.passage import Posts, passage
from marchland.records import ClaimRow, CrossingRow

POSTS = Posts("XA", "Osterby", "XB", "Westerby", "Republic of Sund")


def gate(event: str, day: str, **changes: object) -> ClaimRow:
    """A claim on the gate at Osterby."""
    return claim(event=event, on=day, published=day, place_kind="crossing", **changes)


def spells(rows: list[ClaimRow], until: str = "2031-07-01") -> list[CrossingRow]:
    return passage(rows, POSTS, [], WEIGHTS, dt.date.fromisoformat(until).toordinal())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([gate("closes", "2031-05-03")], [("both", "all", "closed", "2031-05-03", None)], id="closed"),
        pytest.param(
            [gate("closes", "2031-05-03"), gate("reopens", "2031-05-20")],
            [("both", "all", "closed", "2031-05-03", "2031-05-20"), ("both", "all", "open", "2031-05-20", None)],
            id="closed and opened again",
        ),
        pytest.param(
            [gate("closes", "2031-05-03"), gate("reopens", "2031-05-20", stance="plans")],
            [("both", "all", "closed", "2031-05-03", None)],
            id="a plan to open changes nothing",
        ),
        pytest.param(
            [gate("reopens", "2031-05-20", quantity="lorries only")],
            [("both", "trade", "open", "2031-05-20", None)],
            id="for lorries",
        ),
        pytest.param(
            [gate("reopens", "2031-05-20", quantity="only one hour")],
            [("both", "all", "restricted", "2031-05-20", None)],
            id="for an hour is restricted",
        ),
        pytest.param(
            [gate("closes", "2031-05-03", quantity="outbound travellers")],
            [("XA>XB", "travellers", "closed", "2031-05-03", None)],
            id="one way, for travellers",
        ),
        pytest.param([gate("captures", "2031-05-03")], [("both", "all", "unknown", None, None)], id="nothing told"),
        pytest.param(
            [gate("closes", "2031-05-03", stance="asserts"), gate("closes", "2031-05-04", by="B")],
            [("both", "all", "closed", "2031-05-03", None)],
            id="told twice",
        ),
    ],
)
def test_spells_of_a_crossing(rows: list[ClaimRow], expected: list[tuple[str | None, ...]]) -> None:
    assert [(row.direction, row.traffic, row.state, row.from_, row.until) for row in spells(rows)] == expected


def test_silence_turns_into_unknown() -> None:
    rows = spells([gate("closes", "2031-05-03")], until="2032-06-01")
    assert [row.state for row in rows] == ["closed", "unknown"]
    assert rows[0].until == rows[1].from_


def test_closing_that_all_deny_is_none() -> None:
    rows = [gate("closes", "2031-05-03", reading=0.6), *(
        gate("closes", "2031-05-03", by=name, stance="denies", sentence=name) for name in "AB")]  # fmt: skip
    assert [row.state for row in spells(rows)] == ["unknown"]


def test_both_posts_are_named_with_their_holders() -> None:
    (row,) = spells([gate("closes", "2031-05-03")])
    assert (row.post_a, row.post_b, row.post_b_holder) == ("XA Osterby", "XB Westerby", None)
    assert row.post_b_presumed == "Republic of Sund"


def test_post_that_changed_hands_has_the_holder_of_the_day_that_is_asked_about() -> None:
    rows = [gate("closes", "2031-05-01"), gate("captures", "2031-05-03")]
    held = holdings_of([*rows, gate("captures", "2031-05-03", by="B")])
    first, later = (
        passage(rows, POSTS, held, WEIGHTS, dt.date(2031, 5, 9).toordinal(), at=dt.date(2031, 5, day))[0]
        for day in (2, 9)
    )
    assert (first.state, later.state) == ("closed", "closed")
    assert (first.post_a_holder, later.post_a_holder) == ("Crown of Varn", "Lake League")


def test_closed_since_a_month_began_in_that_month() -> None:
    row = claim(event="closes", place_kind="crossing", date_from="2031-03-01", date_to="2031-05-04",
                date_how="since: month: the latest not after publication", tense="perfect")  # fmt: skip
    assert [(one.state, one.from_) for one in spells([row])] == [("closed", "2031-03-01")]


def test_opening_for_all_reaches_the_lane_of_lorries() -> None:
    rows = [gate("closes", "2031-05-03", quantity="lorries"), gate("reopens", "2031-05-20")]
    lanes = {(row.traffic, row.state, row.from_) for row in spells(rows)}
    assert ("trade", "closed", "2031-05-03") in lanes
    assert ("trade", "open", "2031-05-20") in lanes


@pytest.mark.parametrize(
    ("part", "quantity", "reached"),
    [
        ("all its Iranian crossings", "all its Iranian", True), ("the border with Iran", None, True),
        ("its borders", None, True), ("the border with Pakistan", None, False), ("more crossings", "more", False),
        ("a third crossing", "a third crossing", False), ("two border crossings", "2 border crossings", False),
    ],
)  # fmt: skip
def test_whole_border_is_each_of_its_crossings(part: str, quantity: str | None, reached: bool) -> None:
    row = claim(event="closes", on="2031-05-03", place_id="iso:AF", place_name="Afghanistan", place_kind="country",
                country="AF", place_part=part, quantity=quantity)  # fmt: skip
    posts = Posts("AF", "A", "IR", "B")
    found = reaching(border_claims([row], WEIGHTS.words), posts)
    own = claim(event="captures", on="2031-05-01", place_kind="crossing")
    made = passage([own], posts, [], WEIGHTS, dt.date(2031, 5, 9).toordinal(), border=found)
    assert [one.state for one in made] == (["closed"] if reached else ["unknown"])
    assert made[0].claims == ((row.claim_id,) if reached else ())
