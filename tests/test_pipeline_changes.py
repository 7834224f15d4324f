"""What a run says has changed: also where a place goes back to an earlier holder, or a day is corrected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marchland.pipeline import _changes
from marchland.records import HoldingRow
from marchland.views.paper import Table
from marchland.views.terminal import holdings

FRONT = HoldingRow(
    holding_id="h1", place_id="x:reedham", place_name="Reedham", place_aliases=(), kind="town", country="UZ",
    admin1=None, lat=None, lon=None, holder_id="x:fmf", holder_name="Free Marsh Front", holder_aliases=(),
    status="held", probability=0.9, from_="2031-05-03", from_earliest="2031-05-03", from_latest="2031-05-03",
    until=None, last_confirmed="2031-05-03", known_from="2031-05-04", witnesses=1, claims=("c1",), contradicted_by=(),
)  # fmt: skip
FIRST = replace(FRONT, holder_id="x:nor", holder_name="Norland", from_=None, until="2031-05-03")
BACK = replace(FIRST, from_="2031-05-09", until=None)
UNDATED = replace(FIRST, from_latest="2031-05-09", until=None)
ENDED = replace(FRONT, until="2031-05-09")
UNKNOWN = replace(FRONT, holder_id=None, holder_name=None, status="unknown", claims=(), contradicted_by=("c2",))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([FIRST, FRONT], [FIRST, ENDED, BACK], [BACK]),
        ([FIRST, FRONT], [replace(FIRST, until=None)], [replace(FIRST, until=None)]),
        ([FIRST, FRONT], [FIRST, UNKNOWN], [UNKNOWN]),
        ([FIRST, FRONT], [FIRST, replace(FRONT, from_="2031-05-01")], [replace(FRONT, from_="2031-05-01")]),
        ([FIRST, FRONT], [FIRST, replace(FRONT, from_="2031-05-04", probability=0.95)], []),
        ([FIRST, ENDED], [FIRST, replace(FRONT, until="2031-05-20")], [replace(FRONT, until="2031-05-20")]),
        ([FIRST, FRONT], [FIRST, replace(UNKNOWN, contradicted_by=())], []),
        ([], [FIRST, FRONT], [FRONT]),
        ([], [FIRST, ENDED, UNDATED], [ENDED, UNDATED]),
        ([UNDATED], [FIRST, ENDED, UNDATED], [ENDED, UNDATED]),
    ],
    ids=["back to an earlier holder", "capture undone", "denied", "another day", "a day apart", "another end",
         "silence", "first report", "taken and retaken at once", "late report of a spell that is over"],
)  # fmt: skip
def test_told_is_what_the_answer_gives_otherwise(
    before: list[HoldingRow], after: list[HoldingRow], told: list[HoldingRow]
) -> None:
    assert _changes(before, after) == told


def test_table_tells_when_a_spell_was_over_and_by_when_the_next_had_begun() -> None:
    (table,) = holdings([ENDED, UNDATED])
    assert isinstance(table, Table)
    days = [[dict(zip(table.headers, row, strict=True))[key] for key in ("holder", "since", "until")]
            for row in table.rows]  # fmt: skip
    assert days == [["Free Marsh Front", "3 May 2031", "9 May 2031"], ["Norland", "by 9 May 2031", ""]]
    (table,) = holdings([FRONT])
    assert isinstance(table, Table) and "until" not in table.headers
