"""Whether a crossing is open, in which direction and for whom."""

from __future__ import annotations

import pytest
from histories import WEIGHTS
from war import claim

from marchland.ledger.passage import Posts, passage
from marchland.records import ClaimRow, CrossingRow

POSTS = Posts("XA", "Osterby", "XB", "Westerby", "Republic of Sund")


def gate(event: str, day: str, **changes: object) -> ClaimRow:
    """A claim on the gate at Osterby."""
    return claim(event=event, on=day, published=day, place_kind="crossing", **changes)


def spells(rows: list[ClaimRow], until: str = "2031-07-01") -> list[CrossingRow]:
    import datetime as dt  # noqa: PLC0415

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
    assert (row.post_a, row.post_b, row.post_b_holder) == ("XA Osterby", "XB Westerby", "Republic of Sund")
