"""Corrections by people: evidence of their own, on both clocks, never edits."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from histories import article_of, crown_says
from war import CROWN, LEAGUE, claim

from marchland.errors import Misuse
from marchland.events.weights import load_weights
from marchland.ledger import query
from marchland.ledger.review import Review, as_claim, holder_row, in_force, made_review
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow

OSTERBY, ALSO = claim("A"), claim("B", published="2031-05-05", sentence="Osterby fell to the League on 3 May.")
MADE = "2031-05-20T10:00:00+00:00"
LATER = "2031-05-21T10:00:00+00:00"


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        yield fill(opened, [OSTERBY, ALSO])


def fill(ledger: Ledger, rows: Sequence[ClaimRow]) -> Ledger:
    for row in rows:
        ledger.add(article_of(row), [row])
    return ledger


def said(verb: str, row: ClaimRow = OSTERBY, *, by: str = "Ada Berg", made: str = MADE, **changes: object) -> Review:
    given = {"changes": changes} if changes else {}
    return made_review(verb, claims=[row.claim_id], row=row, by=by, because="read the page", made=made, **given)  # type: ignore[arg-type]


def holder(
    side: str, day: str = "2031-05-06", *, denies: bool = False, made: str = MADE, by: str = "Ada Berg"
) -> Review:
    bare = holder_row(OSTERBY, side=side, name=side, aliases=(), event="controls")
    row = as_claim(bare, day=day, by=by, because="was there", made=made, denies=denies)
    return made_review("reject" if denies else "accept", row=row, by=by, because="was there", made=made)


def odds(ledger: Ledger, side: str = LEAGUE, known_at: str | None = None) -> float:
    found = query.who(ledger, "x:osterby", "2031-05-06", known_at)
    odds = math.log(found.probability / (1 - found.probability))
    return odds if found.holder_id == side else -odds


def test_rejected_claim_no_longer_counts_from_the_day_of_the_review(ledger: Ledger) -> None:
    assert ledger.add_review(said("reject"))
    assert [row.claim_id for row in ledger.claims("x:osterby")] == [ALSO.claim_id]
    assert len(ledger.claims("x:osterby", "2031-05-19")) == 2
    ((row, taken),) = ledger.door.standing("x:osterby").aside
    assert (row.claim_id, taken.reason, taken.words) == (
        OSTERBY.claim_id,
        "reviewer",
        "rejected by Ada Berg: read the page",
    )


def test_rejection_equals_never_having_had_the_claim() -> None:
    with Ledger.open(":memory:") as without, Ledger.open(":memory:") as reviewed:
        fill(without, [ALSO])
        fill(reviewed, [OSTERBY, ALSO]).add_review(said("reject"))
        assert query.holdings(reviewed) == query.holdings(without)


def test_accepted_claim_weighs_more_and_is_a_row_of_its_own(ledger: Ledger) -> None:
    before = odds(ledger)
    ledger.add_review(said("accept"))
    assert odds(ledger) > before
    assert odds(ledger, known_at="2031-05-19") == pytest.approx(before)
    assert OSTERBY.claim_id not in {row.claim_id for row in ledger.claims()}


def test_two_people_who_disagree_leave_the_claim_as_it_was_read(ledger: Ledger) -> None:
    before = odds(ledger)
    ledger.add_review(said("reject"))
    ledger.add_review(said("accept", by="Bo Dahl"))
    assert odds(ledger) == pytest.approx(before)
    assert sorted(one.verb for one in ledger.door.reviews()) == ["accept", "reject"]


def test_newest_word_of_a_person_counts(ledger: Ledger) -> None:
    ledger.add_review(said("reject"))
    ledger.add_review(said("accept", made=LATER))
    assert len(ledger.claims("x:osterby")) == 2


def test_review_reaches_the_copies_of_the_claim() -> None:
    text = (
        OSTERBY.sentence
        + " "
        + "The mayor counted forty lorries on the causeway and heard no shot since midnight. " * 3
    )
    first = replace(OSTERBY, article_id="one", claim_id="one")
    copy = replace(OSTERBY, article_id="two", claim_id="two", publisher="C", published="2031-05-06")
    with Ledger.open(":memory:") as ledger:
        for row in (first, copy):
            article = replace(article_of(row), text=text, article_id=row.article_id)
            ledger.add(article, [row])
            ledger.link(article)
        ledger.add_review(said("reject", first))
        assert ledger.claims() == ()


def test_corrected_place_moves_the_claim(ledger: Ledger) -> None:
    ledger.add_review(said("correct", place_id="x:westerby", place_name="Westerby", lat=61.0))
    assert [row.claim_id for row in ledger.claims("x:osterby")] == [ALSO.claim_id]
    (moved,) = ledger.claims("x:westerby")
    assert (moved.place_name, moved.lat, moved.actor_id) == ("Westerby", 61.0, LEAGUE)
    assert "corrected by Ada Berg: read the page" in moved.place_reason
    assert ledger.claims("x:westerby", "2031-05-19") == ()
    assert "x:westerby" in ledger.place_ids()
    assert query.who(ledger, "x:westerby", "2031-05-04").holder_id == LEAGUE


def test_claim_without_a_place_can_be_given_one(ledger: Ledger) -> None:
    lost = claim("C", place_id=None, place_name=None)
    fill(ledger, [lost]).add_review(said("correct", lost, place_id="x:westerby", place_name="Westerby"))
    assert [row.publisher for row in ledger.claims("x:westerby")] == ["C"]


def test_corrected_day_moves_the_holding(ledger: Ledger) -> None:
    for row in (OSTERBY, ALSO):
        ledger.add_review(said("correct", row, date_from="2031-05-01", date_to="2031-05-01", date_edtf="2031-05-01"))
    spells = [(one.holder_id, one.from_) for one in query.holdings(ledger) if one.from_]
    assert spells == [(LEAGUE, "2031-05-01")]
    assert [one.from_ for one in query.holdings(ledger, known_at="2031-05-19") if one.from_] == ["2031-05-03"]


def test_holder_accepted_by_a_person_is_evidence_of_its_own_class(ledger: Ledger) -> None:
    before = odds(ledger)
    ledger.add_review(holder(LEAGUE))
    assert odds(ledger) > before
    ledger.add_review(holder(LEAGUE, denies=True, made=LATER, by="Bo Dahl"))
    ledger.add_review(holder(CROWN, made=LATER, by="Cy Eker"))
    assert odds(ledger) < before
    assert odds(ledger, known_at="2031-05-19") == pytest.approx(before)
    assert load_weights().ratio_of("reviewer") > load_weights().interest.own_loss


def test_why_names_the_reviewer_and_the_reason(ledger: Ledger) -> None:
    ledger.add_review(holder(LEAGUE))
    ledger.add_review(said("reject"))
    rows = query.why(ledger, "x:osterby", "2031-05-06").rows
    assert any("Ada Berg" in row.sentence and "was there" in row.sentence and row.log_odds > 0 for row in rows)
    assert any("rejected by Ada Berg: read the page" in row.sentence and row.log_odds == 0 for row in rows)
    total = sum(row.log_odds for row in rows)
    assert 1 / (1 + math.exp(-total)) == pytest.approx(
        query.why(ledger, "x:osterby", "2031-05-06").probability, abs=1e-6
    )


def test_withdrawn_review_counts_until_it_was_withdrawn(ledger: Ledger) -> None:
    first = said("reject")
    ledger.add_review(first)
    back = made_review(
        "withdraw", about=first.review_id, by="Bo Dahl", because="misread", made="2031-06-01T00:00:00+00:00"
    )
    ledger.add_review(back)
    assert len(ledger.claims("x:osterby")) == 2
    assert len(ledger.claims("x:osterby", "2031-05-25")) == 1
    assert len(ledger.door.reviews()) == 2


def test_withdrawal_can_be_withdrawn() -> None:
    first = said("reject")
    second = made_review("withdraw", about=first.review_id, by="B", because="x", made=LATER)
    third = made_review("withdraw", about=second.review_id, by="A", because="y", made=LATER)
    assert {one.review_id for one in in_force([third, second, first])} == {first.review_id, third.review_id}


def test_merge_and_split_are_judgements_on_both_clocks(ledger: Ledger) -> None:
    far = crown_says(on="2031-06-20", published="2031-06-21", sentence="Osterby fell again.")
    fill(ledger, [far])
    assert len({one.event_id for one in query.events(ledger)}) == 2
    ids = [OSTERBY.claim_id, far.claim_id]
    ledger.add_review(
        made_review("merge", claims=ids, by="Ada Berg", because="one fall", made="2031-07-01T00:00:00+00:00")
    )
    assert len(query.events(ledger)) == 1
    assert len(query.events(ledger, known_at="2031-06-30")) == 2
    ledger.add_review(
        made_review("split", claims=ids, by="Bo Dahl", because="two falls", made="2031-07-02T00:00:00+00:00")
    )
    assert len(query.events(ledger)) == 2


def test_judgement_holds_for_a_claim_that_was_also_accepted(ledger: Ledger) -> None:
    far = crown_says(on="2031-06-20", published="2031-06-21", sentence="Osterby fell again.")
    fill(ledger, [far])
    ids = [OSTERBY.claim_id, far.claim_id]
    ledger.add_review(
        made_review("merge", claims=ids, by="Ada Berg", because="one fall", made="2031-07-01T00:00:00+00:00")
    )
    ledger.add_review(said("accept", far, made="2031-07-01T00:00:00+00:00"))
    assert len(query.events(ledger)) == 1


def test_same_review_twice_is_one_row(ledger: Ledger) -> None:
    assert [ledger.add_review(said("accept")) for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"verb": "accept", "by": " "}, "--by NAME"),
        ({"verb": "accept", "because": ""}, "--because REASON"),
        ({"verb": "approve"}, "no review is called"),
        ({"verb": "correct", "changes": {"claim_id": "x"}}, "cannot be corrected"),
        ({"verb": "correct", "changes": {"event": "conquers"}}, "no event is called"),
        ({"verb": "correct", "changes": {"stance": "shouts"}}, "no stance is called"),
    ],
)
def test_review_that_cannot_be_made_is_misuse(given: dict[str, object], words: str) -> None:
    whole = {"by": "Ada", "because": "so", "made": MADE, "claims": ["c"], **given}
    with pytest.raises(Misuse, match=words):
        made_review(str(whole.pop("verb")), **whole)  # type: ignore[arg-type]


def test_review_of_nothing_on_record_is_misuse(ledger: Ledger) -> None:
    with pytest.raises(Misuse, match="no claim on record"):
        ledger.add_review(made_review("accept", claims=["nonsense"], by="A", because="b", made=MADE))
    with pytest.raises(Misuse, match="no review on record"):
        ledger.add_review(made_review("withdraw", about="nonsense", by="A", because="b", made=MADE))
    assert ledger.door.reviews() == ()


@pytest.mark.parametrize("change", ["DELETE FROM review", "UPDATE review SET reviewer = 'x'"])
def test_reviews_are_never_changed(tmp_path, change: str) -> None:  # type: ignore[no-untyped-def]
    with Ledger.open(tmp_path / "a.db") as ledger:
        fill(ledger, [OSTERBY]).add_review(said("accept"))
    with sqlite3.connect(tmp_path / "a.db") as other, pytest.raises(sqlite3.IntegrityError, match="never"):
        other.execute(change)


def test_order_in_which_reviews_and_reports_came_in_changes_nothing() -> None:
    reviews = [
        said("accept"),
        said("reject", ALSO),
        holder(CROWN, "2031-05-10"),
        said("correct", ALSO, stance="hedges"),
    ]
    found = []
    for rows, words in (([OSTERBY, ALSO], reviews), ([ALSO, OSTERBY], reviews[::-1])):
        with Ledger.open(":memory:") as ledger:
            for review in words if fill(ledger, rows) else ():
                ledger.add_review(review)
            found.append((query.holdings(ledger), query.claims(ledger)))
    assert found[0] == found[1]
