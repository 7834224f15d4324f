"""Fighting, sieges, desertion and silence as states of the chain, with their probabilities."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from histories import RULES, WEIGHTS, crown_says, recapture, spells, told
from war import CROWN, LEAGUE, claim

from marchland.ledger.explain import answer
from marchland.ledger.fuse import PartyRef, PlaceRef, fuse, holdings
from marchland.records import Answer, ClaimRow

HELD = claim("A", event="controls", by_side=CROWN, on="2031-05-01", published="2031-05-02")
INSIDE = [claim(name, event="contests", on="2031-05-03", sentence=f"Fighting in Osterby, {name}.") for name in "BC"]
SIEGE = [claim(name, event="besieges", on="2031-05-03", sentence=f"Osterby besieged, {name}.") for name in "BC"]
FALL = [claim(name, on="2031-05-06", published="2031-05-07", sentence=f"Osterby fell, {name}.") for name in "DE"]


def asked(rows: list[ClaimRow], day: str) -> Answer:
    return answer(rows, PlaceRef.of(rows), RULES, dt.date.fromisoformat(day), None)


def test_on_a_day_of_fighting_who_gives_the_probability_of_contested() -> None:
    found = asked([HELD, *INSIDE], "2031-05-03")
    assert (found.holder_id, found.status, found.since) == (CROWN, "contested", "2031-05-03")
    one = asked([HELD, INSIDE[0]], "2031-05-03")
    assert 0.5 < one.probability < found.probability < 1


def test_siege_leaves_the_holder_in() -> None:
    found = asked([HELD, *SIEGE], "2031-05-20")
    assert (found.holder_id, found.status) == (CROWN, "besieged")
    assert told([HELD, *SIEGE, *FALL])[-2:] == [(CROWN, "besieged", "2031-05-03"), (LEAGUE, "held", "2031-05-06")]


def test_siege_that_is_broken_is_over() -> None:
    broken = claim("F", event="repels", by_side=CROWN, on="2031-05-08", published="2031-05-09")
    assert asked([HELD, *SIEGE, broken], "2031-05-09").status == "held"


def test_fighting_ends_with_the_fall() -> None:
    assert told([HELD, *INSIDE, *FALL]) == [
        (CROWN, "held", None), (CROWN, "contested", "2031-05-03"), (LEAGUE, "held", "2031-05-06"),
    ]  # fmt: skip


def test_fighting_of_which_nobody_tells_the_end_dies_down_and_the_holder_stays() -> None:
    day, month = asked([HELD, *INSIDE], "2031-05-04"), asked([HELD, *INSIDE], "2031-06-10")
    assert (day.status, month.status, month.holder_id) == ("contested", "held", CROWN)
    assert month.since is None


def test_attacker_who_never_got_in_is_not_the_holder() -> None:
    found = fuse([HELD, *INSIDE], RULES, until=dt.date(2031, 7, 1))
    assert found is not None
    assert found.log_odds(LEAGUE, dt.date(2031, 7, 1).toordinal()) < found.log_odds(
        CROWN, dt.date(2031, 7, 1).toordinal()
    )


def test_place_that_its_holder_left_to_nobody_is_abandoned() -> None:
    left = [claim(name, event="withdraws_from", by_side=CROWN, sentence=name) for name in "AB"]
    alone = [replace(row, opponent_id=None, opponent_side=None, opponent_name=None) for row in left]
    assert asked(alone, "2031-05-04").status == "abandoned"


def test_unreported_return_is_likelier_than_a_capture_by_a_third_side() -> None:
    third = claim("T", event="attacks", by_side="x:third", against=LEAGUE, on="2031-05-10", published="2031-05-11")
    fused = fuse([claim("A"), third], RULES, until=dt.date(2031, 9, 1))
    assert fused is not None
    row = dict(zip(fused.posterior.states, fused.posterior.at(dt.date(2031, 9, 1).toordinal()), strict=True))
    assert row[CROWN] > row["x:third"]


@pytest.mark.parametrize(("kind", "days"), [("city", 540), ("village", 180)])
def test_half_of_the_certainty_is_gone_after_the_half_life(kind: str, days: int) -> None:
    rows = [claim(name, place_kind=kind, sentence=name) for name in "ABCD"]
    start = dt.date(2031, 5, 3)
    until = start + dt.timedelta(days=days)
    fused = fuse(rows, RULES, until=until)
    assert fused is not None
    side = fused.posterior.states.index(LEAGUE)
    share = float(fused.posterior.at(until.toordinal())[side] / fused.posterior.at(start.toordinal())[side])
    assert 0.47 < share < 0.55
    assert WEIGHTS.half_life[kind] == days


def test_the_last_days_are_less_sure_because_their_news_is_still_to_come() -> None:
    rows = [claim("A"), claim("B", event="controls", on="2031-05-20", published="2031-05-21")]
    near = fuse(rows, RULES, until=dt.date(2031, 5, 22))
    later = fuse(rows, RULES, until=dt.date(2031, 6, 22))
    assert near is not None
    assert later is not None
    day = dt.date(2031, 5, 22).toordinal()
    assert near.log_odds(LEAGUE, day) < later.log_odds(LEAGUE, day)


def test_swapped_names_give_the_mirrored_record() -> None:
    rows = [claim("A"), *INSIDE, crown_says(), recapture()]
    swap = {LEAGUE: CROWN, CROWN: LEAGUE}
    mirrored = [_swapped(row, swap) for row in rows]
    plain, other = spells(rows), spells(mirrored)
    assert [(swap.get(row.holder_id or ""), row.status, row.from_, row.probability) for row in plain] == [
        (row.holder_id, row.status, row.from_, row.probability) for row in other
    ]


def _swapped(row: ClaimRow, swap: dict[str, str]) -> ClaimRow:
    return replace(
        row, actor_id=swap.get(row.actor_id or ""), actor_side=swap.get(row.actor_side or ""),
        opponent_id=swap.get(row.opponent_id or ""), opponent_side=swap.get(row.opponent_side or ""),
        source_side=swap.get(row.source_side, ""),
    )  # fmt: skip


def test_past_holding_does_not_speak_against_the_capture_that_ended_it() -> None:
    page = {"page_id": "p", "article_id": "a"}
    past = claim("A", event="controls", by_side=CROWN, tense="perfect", date_from="2030-03-01", date_to="2031-05-04",
                 sentence="The Crown had held Osterby since March.", **page)  # fmt: skip
    taken = claim("A", **page)
    found = spells([past, taken])
    assert [(row.holder_id, row.from_) for row in found] == [(CROWN, None), (LEAGUE, "2031-05-03")]
    assert found[-1].probability == pytest.approx(spells([taken])[-1].probability, abs=0.04)
    assert past.claim_id not in found[-1].contradicted_by


def test_holder_by_the_table_alone_is_a_presumption() -> None:
    rules = replace(RULES, prior=lambda place, day: PartyRef(CROWN, "Crown of Varn"))
    lone = replace(claim(), opponent_id=None, opponent_side=None, opponent_name=None)
    fused, named = fuse([lone], rules), fuse([claim()], rules)
    assert fused is not None
    assert named is not None
    first, told_of = holdings(fused, WEIGHTS)[0], holdings(named, WEIGHTS)[0]
    assert (first.holder_id, first.status, first.claims) == (CROWN, "unknown", ())
    assert (told_of.holder_id, told_of.status, told_of.claims) == (CROWN, "held", (claim().claim_id,))


@pytest.mark.parametrize("words", ["on 31 June", "three years after"])
def test_date_words_that_tell_no_day_do_not_make_news_of_the_day_of_publication(words: str) -> None:
    rows = [claim(name, date_from=None, date_to="2031-05-04", date_text=words, sentence=name) for name in "AB"]
    news = [replace(row, date_text=None) for row in rows]
    assert [row.from_ for row in spells(rows) if row.holder_id == LEAGUE] == [None]
    assert [row.from_ for row in spells(news) if row.holder_id == LEAGUE] != [None]


def test_admission_of_a_loss_is_no_denial() -> None:
    lost = crown_says(event="controls", by_side=CROWN, stance="denies", on="2031-05-04",
                      sentence="We have lost Osterby.")  # fmt: skip
    rows = [claim(), lost]
    found = asked(rows, "2031-05-04")
    assert [row.what for row in found.rows if row.claim_id == lost.claim_id] == ["admission"]
    assert lost.claim_id in spells(rows)[-1].claims


def test_witnesses_of_one_state_weigh_no_more_together_than_their_shared_error_allows() -> None:
    many = [claim(f"Outlet {number}", event="controls", on="2031-05-03", sentence=f"Report {number}.",
                  ) for number in range(12)]  # fmt: skip
    found = fuse(many, RULES)
    assert found is not None
    weight = 1.0
    for state in found.evidence.states:
        weight *= state.piece.ratio
    assert weight == pytest.approx(WEIGHTS.change.ratio_cap)


def test_past_perfect_in_the_authors_voice_is_no_news() -> None:
    had = claim(date_from=None, date_to="2031-05-04", date_text=None, tense="pluperfect",
                sentence="Osterby had fallen.")  # fmt: skip
    said = replace(had, source="a witness", source_name="witness", source_class="resident")
    assert [row.from_ for row in spells([had]) if row.holder_id == LEAGUE] == [None]
    assert [row.from_ for row in spells([said]) if row.holder_id == LEAGUE] == ["2031-05-04"]
