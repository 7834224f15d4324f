"""A side that says that it does not hold a place admits it, and denies nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from test_diff import diff, fill
from war import CROWN, LEAGUE, claim

from marchland.events.told import is_admission
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.views.changes import words
from marchland.views.paper import plain
from marchland.views.terminal import timeline

HOLDS = claim("A", event="controls", tense="present")
ADMITS = claim(
    "B", event="controls", stance="denies", tense="perfect", source="a League officer",
    source_name="League officer", source_class="party", source_side=LEAGUE, published="2031-05-06",
    sentence="A League officer admits that the town is lost.",
)  # fmt: skip


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        yield fill(opened, [HOLDS, ADMITS])


def test_only_a_side_itself_admits_and_only_that_it_does_not_hold() -> None:
    assert is_admission(ADMITS)
    assert is_admission(replace(ADMITS, source_side="x:ally"), lambda *sides: set(sides) == {"x:ally", LEAGUE})
    for other in ({"source_side": CROWN}, {"source_side": ""}, {"stance": "asserts"}, {"event": "captures"}):
        assert not is_admission(replace(ADMITS, **other))  # type: ignore[arg-type]


def test_event_tells_who_admits_apart_from_who_denies(ledger: Ledger) -> None:
    found = [one for one in query.events(ledger) if one.admitted_by]
    assert [(one.event, one.denied_by, one.admitted_by) for one in found] == [("controls", (), ("a League officer",))]
    assert "a League officer: not held" in "\n".join(plain(timeline(found)))


def test_new_admission_is_called_so(ledger: Ledger) -> None:
    found = diff(ledger, "2031-05-05", "2031-05-07")
    assert {item.reason for one in found for item in one.because if item.claim_id == ADMITS.claim_id} == {"admission"}
    (one,) = [one for one in found if one.change == "admitted"]
    assert (one.before_holder_id, one.before_status, one.after_status) == (LEAGUE, "controls", "admitted")
    assert words(one).startswith("now admitted by League officer: not held by Lake League")
    assert "denied" not in {item.change for item in found}
