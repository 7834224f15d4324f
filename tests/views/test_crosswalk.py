"""Claims in the words of PLOVER: events of control by the table, denials and plans turned round, losses named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from invented_war import CLAIM, DENIAL, EVENT

from marchland.claims.ploverwords import QUAD
from marchland.errors import Misuse
from marchland.records import EVENTS
from marchland.views.crosswalk import auxiliary, code, crosswalk
from marchland.views.export import export, record

AID = replace(
    CLAIM, claim_id="c4", event="agree", stance="plans", frame="plover:send-aid", plover_aux=("future",),
    plover_deed="aid", plover_context="economic", source="publisher",
)  # fmt: skip


def test_every_event_of_control_has_its_two_steps() -> None:
    assert set(crosswalk()) == {(event, stance) for event in EVENTS for stance in ("asserts", "plans")}


@pytest.mark.parametrize(
    ("event", "stance", "category", "mode", "aux"),
    [
        ("captures", "asserts", "coerce", "seize", ()),
        ("captures", "hedges", "coerce", "seize", ("hypothetical",)),
        ("captures", "plans", "threaten", "territory", ("future",)),
        ("controls", "asserts", "", "", ()),
        ("withdraws_from", "asserts", "retreat", "withdraw", ()),
        ("withdraws_from", "plans", "concede", "withdraw", ("future",)),
        ("surrenders", "asserts", "retreat", "disarm", ()),
        ("closes", "asserts", "coerce", "restrict", ()),
        ("reopens", "asserts", "retreat", "access", ()),
        ("attacks", "asserts", "assault", "", ()),
    ],
)
def test_control_follows_the_table(event, stance, category, mode, aux) -> None:  # type: ignore[no-untyped-def]
    coded = code(replace(CLAIM, event=event, stance=stance), crosswalk())
    assert (coded.category, coded.mode, coded.aux) == (category, mode, aux)
    assert coded.quad == QUAD.get(category, "")


def test_what_plover_cannot_hold_is_named() -> None:
    coded = code(replace(CLAIM, quantity="two districts"), crosswalk())
    assert "who holds the place from then on" in coded.loss
    assert "who says so: a mayor" in coded.loss
    assert "the count: two districts" in coded.loss


def test_a_denial_is_a_rejection_by_whoever_denies() -> None:
    coded = code(DENIAL, crosswalk())
    assert (coded.category, coded.source, coded.target) == ("reject", "Norland spokesman", "Free Marsh Front")
    assert "what is denied: captures at Reedham" in coded.loss
    assert coded.aux == ()


def test_what_the_publisher_denies_did_not_happen() -> None:
    coded = code(replace(DENIAL, source="publisher"), crosswalk())
    assert (coded.category, coded.aux) == ("coerce", ("negation",))


def test_of_a_flight_the_source_is_who_caused_it() -> None:
    coded = code(replace(CLAIM, event="flees_across"), crosswalk())
    assert (coded.category, coded.mode, coded.source, coded.target) == (
        "sanction", "expel", "Norland", "Free Marsh Front",
    )  # fmt: skip


def test_what_lies_more_than_a_year_back_is_history() -> None:
    assert "historical" in auxiliary(replace(CLAIM, date_from="1996-01-01", date_to="1996-12-31"))
    assert auxiliary(replace(CLAIM, date_from=None, date_to="1996-12-31")) == ()
    assert "historical" in auxiliary(replace(CLAIM, date_how="some time before: long ago"))


def test_a_promise_names_the_deed_that_is_not_coded() -> None:
    coded = code(AID, crosswalk())
    assert (coded.category, coded.quad, coded.aux, coded.context) == (
        "agree", "verbal-cooperation", ("future",), ("economic",),
    )  # fmt: skip
    assert coded.loss == "what it is about is not coded: aid"


def test_the_export_of_claims_carries_the_coding() -> None:
    row = record("claims", AID)
    assert (row["plover_category"], row["plover_quad"], row["plover_aux"]) == (
        "agree",
        "verbal-cooperation",
        ["future"],
    )
    assert record("claims", CLAIM)["plover_context"] == ["territory", "military"]


def test_plover_json_lines_have_the_fields_of_the_codebook() -> None:
    lines = "".join(export("claims", "plover", [CLAIM, replace(CLAIM, event="controls"), AID])).splitlines()
    first, second = (json.loads(line) for line in lines)
    assert (first["id"], first["date"], first["event"], first["mode"]) == ("c1", "2031-05-03", ["COERCE"], ["seize"])
    assert first["actor"] == [{"sector": "UNK", "entity_text": "Free Marsh Front"}]
    assert first["recipient"] == [{"sector": "UNK", "entity_text": "Norland"}]
    assert (first["quad_code"], first["event_loc"]["country_code"], first["link"]) == (4, "UZB", "e1")
    assert (second["event"], second["mode"], second["quad_code"]) == (["AGREE"], ["future"], 1)


def test_only_claims_can_be_written_as_plover() -> None:
    with pytest.raises(Misuse, match="holds claims only"):
        list(export("events", "plover", [EVENT]))
