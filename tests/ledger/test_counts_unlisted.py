"""A count of what there is no list of is on the table all the same, compared with nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from test_counts import NUMBERS, asked, counted

from marchland.ledger.counts import count_of
from marchland.ledger.store import Ledger


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        yield opened


def test_a_count_of_unlisted_places_is_listed_with_a_note(ledger: Ledger) -> None:
    shires = counted("A", text="4 of 6 shires", part=4, quantity_whole=6.0, quantity_unit="shires")
    cantons = counted("B", text="4 of 6 cantons", part=4, quantity_whole=6.0, quantity_unit="cantons")
    rows = asked(ledger, [shires, cantons])
    assert {row.text: (row.members, row.claimed, row.shortfall, row.weighed, row.note) for row in rows} == {
        f"4 of 6 {kind}": (0, None, None, False, f"compared with nothing: no list of members of kind {kind}")
        for kind in ("shires", "cantons")
    }


@pytest.mark.parametrize(
    "changes", [{"quantity_whole": None}, {"quantity_kind": "people"}, {"quantity_unit": "northern shires"}]
)
def test_what_is_no_part_of_all_such_places_is_no_count(changes: dict[str, object]) -> None:
    assert count_of(counted(text="4 of 6", part=4, **{"quantity_unit": "shires", **changes}), NUMBERS) is None
