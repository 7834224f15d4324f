"""Two days of knowledge compared: what changed, and which sentences did it; briefs that go on from one another."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from histories import article_of, crown_denies, recapture
from war import CROWN, LEAGUE, claim

from marchland.ledger import brief, query
from marchland.ledger.compare import Wanted, changes, empty, moment
from marchland.ledger.diff import ChangeRow
from marchland.ledger.review import made_review
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow

FIRST = claim("A")
WAR = [
    FIRST, claim("B", published="2031-05-05"), crown_denies(published="2031-05-06", date_to="2031-05-05"),
    recapture("C"), recapture("D"),
]  # fmt: skip
GATE = {"place_id": "x:gate", "place_name": "Gate", "place": "Gate", "place_kind": "crossing"}
SHUT = claim("E", event="closes", published="2031-05-07", on="2031-05-07", sentence="The Gate was closed.", **GATE)


def fill(ledger: Ledger, rows: Sequence[ClaimRow], now: str = "2031-06-30") -> Ledger:
    stamp = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
    for row in rows:
        ledger.add(article_of(row), [row], now=stamp)
    return ledger


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        yield fill(opened, WAR)


def diff(ledger: Ledger, first: str, last: str | None = None, **wanted: object) -> list[ChangeRow]:
    asked = Wanted(**wanted)  # type: ignore[arg-type]
    before, after = moment(ledger, at=asked.at, known_at=first), moment(ledger, at=asked.at, known_at=last)
    return changes(ledger, before, after, asked)


def kinds(found: Sequence[ChangeRow]) -> list[str]:
    return [one.change for one in found]


def test_nothing_changes_between_a_day_and_itself(ledger: Ledger) -> None:
    assert diff(ledger, "2031-05-05", "2031-05-05") == []


def test_first_report_makes_a_holding_appear_and_is_named(ledger: Ledger) -> None:
    (one,) = diff(ledger, "2031-05-03", "2031-05-04")
    assert (one.change, one.after_holder_id, one.after_status, one.after_from) == (
        "appeared",
        LEAGUE,
        "held",
        "2031-05-03",
    )
    (because,) = one.because
    assert (because.claim_id, because.reason, because.undoes) == (FIRST.claim_id, "new report", True)
    assert because.log_odds > 0 and because.sentence == FIRST.sentence


def test_change_of_holder_names_the_old_one_and_what_made_it(ledger: Ledger) -> None:
    found = diff(ledger, "2031-06-09", "2031-06-11")
    (one,) = [one for one in found if one.change == "holder"]
    assert (one.before_holder_id, one.after_holder_id, one.after_from) == (LEAGUE, CROWN, "2031-06-10")
    assert {item.publisher for item in one.because} == {"C", "D"}
    assert all(item.log_odds > 0 for item in one.because)


def test_question_of_one_day_compares_that_day(ledger: Ledger) -> None:
    assert kinds(diff(ledger, "2031-05-03", "2031-06-11", at="2031-05-10")) == ["appeared"]
    (one,) = diff(ledger, "2031-06-09", "2031-06-11", at="2031-06-12")
    assert (one.change, one.before_holder_id, one.after_holder_id) == ("holder", LEAGUE, CROWN)
    assert diff(ledger, "2031-06-09", "2031-06-11", at="2031-05-10", notable=0.5) == []


def test_new_denial_is_a_change_of_its_own(ledger: Ledger) -> None:
    (one,) = [one for one in diff(ledger, "2031-05-05", "2031-05-06") if one.change == "denied"]
    assert (one.before_holder_id, one.before_status, one.after_status) == (LEAGUE, "captures", "denied")
    assert one.because[0].said_by == "Crown spokesman"
    assert "denied" not in kinds(diff(ledger, "2031-05-06", "2031-05-30"))


def test_taken_back_report_is_the_cause_of_what_goes() -> None:
    with Ledger.open(":memory:") as ledger:
        fill(ledger, [FIRST])
        review = made_review(
            "reject", claims=[FIRST.claim_id], row=FIRST, by="Ada", because="misread", made="2031-05-20T00:00:00+00:00"
        )
        ledger.add_review(review)
        (one,) = diff(ledger, "2031-05-10", "2031-05-20")
        assert (one.change, one.before_holder_id) == ("gone", LEAGUE)
        assert (one.because[0].reason, one.because[0].undoes) == ("reviewer", True)
        assert "rejected by Ada: misread" in one.because[0].sentence


def test_moved_day_is_undone_without_the_report_that_moved_it() -> None:
    sure = [claim(by, on="2031-05-01", published="2031-05-10", sentence=f"{by}: it fell on 1 May.") for by in "XYZ"]
    with Ledger.open(":memory:") as ledger:
        fill(ledger, [FIRST, *sure])
        (one,) = [one for one in diff(ledger, "2031-05-04", "2031-05-10") if one.change == "date"]
        assert (one.before_from, one.after_from) == ("2031-05-03", "2031-05-01")
        assert {item.publisher for item in one.because} <= {"X", "Y", "Z"}


def test_closed_crossing_is_a_change_with_its_sentence(ledger: Ledger) -> None:
    fill(ledger, [SHUT])
    (one,) = [one for one in diff(ledger, "2031-05-06", "2031-05-07") if one.change == "crossing"]
    assert (one.place_name, one.after_status, one.after_from, one.direction) == ("Gate", "closed", "2031-05-07", "both")
    assert one.because[0].sentence == "The Gate was closed."


def test_copy_of_a_known_report_changes_nothing(ledger: Ledger) -> None:
    with Ledger.open(":memory:") as other:
        fill(other, [FIRST, replace(FIRST, claim_id="copy", article_id="copy", publisher="Z", published="2031-05-08")])
        assert [one for one in diff(other, "2031-05-07", "2031-05-08") if one.change != "probability"] == []


def test_silence_is_named_as_the_cause(ledger: Ledger) -> None:
    far = claim("Q", place_id="x:far", place_name="Far", published="2033-06-01", on="2033-06-01")
    fill(ledger, [far])
    found = [one for one in diff(ledger, "2031-06-11", "2033-06-01") if one.place_id == "x:osterby"]
    assert found and {item.reason for one in found for item in one.because} == {"silence"}


def test_changes_can_be_narrowed(ledger: Ledger) -> None:
    fill(ledger, [claim("F", place_id="x:far", place_name="Far", country="XB")])
    span = ("2031-05-03", "2031-06-11")
    assert {one.place_id for one in diff(ledger, *span)} == {"x:osterby", "x:far"}
    assert {one.place_id for one in diff(ledger, *span, place_id="x:far")} == {"x:far"}
    assert {one.place_id for one in diff(ledger, *span, country="XA")} == {"x:osterby"}
    assert {one.change for one in diff(ledger, *span, actor="crown")} == {"appeared"}


def test_order_of_arrival_changes_no_byte() -> None:
    found = []
    for rows in (WAR, WAR[::-1]):
        with Ledger.open(":memory:") as ledger:
            found.append(diff(fill(ledger, rows), "2031-05-04", "2031-06-11"))
    assert found[0] == found[1] and found[0]


def test_later_reports_change_no_past_comparison(ledger: Ledger) -> None:
    before = diff(ledger, "2031-05-03", "2031-05-05")
    fill(ledger, [claim("L", published="2031-09-01", on="2031-05-02")])
    assert diff(ledger, "2031-05-03", "2031-05-05") == before


# ------------------------------------------------------------------------------------------------------------- briefs


def briefed(ledger: Ledger, made: str, name: str = "") -> list[ChangeRow]:
    series = brief.briefs(ledger, name)
    before, after = brief.as_of(ledger, series[-1]) if series else empty(), moment(ledger)
    found = changes(ledger, before, after, Wanted())
    brief.keep(
        ledger, after.view, name=name, made=made, since=series[-1].brief_id if series else "", changes=len(found)
    )
    return found


def test_brief_goes_on_from_the_last_one_of_its_name(ledger: Ledger) -> None:
    assert briefed(ledger, "2031-07-01T00:00:00+00:00")
    assert briefed(ledger, "2031-07-02T00:00:00+00:00") == []
    assert briefed(ledger, "2031-07-03T00:00:00+00:00", "desk")
    assert [one.name for one in brief.briefs(ledger)] == ["", "", "desk"]


def test_late_report_is_in_the_next_brief_though_it_was_printed_before_the_last() -> None:
    with Ledger.open(":memory:") as ledger:
        fill(ledger, [FIRST], "2031-05-05")
        briefed(ledger, "2031-06-01T00:00:00+00:00")
        late = [claim(by, on="2031-04-28", published="2031-05-04", place_id="x:far", place_name="Far") for by in "XY"]
        fill(ledger, late, "2031-06-02")
        found = briefed(ledger, "2031-06-03T00:00:00+00:00")
        assert {(one.place_name, one.change) for one in found} == {("Far", "appeared")}
        assert {item.publisher for one in found for item in one.because} == {"X", "Y"}


def test_brief_is_never_before_what_is_on_record(ledger: Ledger) -> None:
    kept = brief.keep(ledger, moment(ledger).view, name="", made="1999-01-01T00:00:00+00:00", since="", changes=0)
    assert kept.made == "2031-06-30T00:00:00+00:00"


def test_brief_has_the_record_as_it_was(ledger: Ledger) -> None:
    briefed(ledger, "2031-07-01T00:00:00+00:00")
    then = brief.as_of(ledger, brief.briefs(ledger)[-1])
    assert [(one.holding_id, one.probability) for one in then.view.holdings] == [
        (one.holding_id, one.probability) for one in query.holdings(ledger)
    ]


@pytest.mark.parametrize("change", ["DELETE FROM brief", "UPDATE brief SET name = 'x'"])
def test_briefs_are_never_changed(tmp_path, change: str) -> None:  # type: ignore[no-untyped-def]
    with Ledger.open(tmp_path / "a.db") as ledger:
        briefed(fill(ledger, WAR), "2031-07-01T00:00:00+00:00")
    with sqlite3.connect(tmp_path / "a.db") as other, pytest.raises(sqlite3.IntegrityError, match="never"):
        other.execute(change)


def test_retreat_of_a_side_is_not_named_as_what_made_it_hold_the_place() -> None:
    retreat = claim("A", event="withdraws_from", by_side=CROWN, on="2031-05-03", published="2031-05-04",
                    sentence="The Crown's men left before noon.")  # fmt: skip
    with Ledger.open(":memory:") as ledger:
        fill(ledger, [FIRST, retreat, recapture("C"), recapture("D")])
        found = diff(ledger, "2031-05-01", "2031-06-11")
        (one,) = [one for one in found if one.after_holder_id == CROWN and (one.after_from or "") > "2031-05-03"]
        assert {item.publisher for item in one.because} == {"C", "D"}
        (one,) = [one for one in found if one.after_holder_id == LEAGUE and one.after_from]
        assert {item.publisher for item in one.because} <= {"A"}
