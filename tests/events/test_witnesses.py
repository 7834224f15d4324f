"""Witnesses: one utterance, one text or one page counts once; what leans on another counts for less."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from histories import WEIGHTS, article_of
from hypothesis import given, settings
from hypothesis import strategies as st
from war import CROWN, LEAGUE, claim

from marchland.events.bases import Linking, SharedWords, same_speaker, speaker
from marchland.events.group import happenings
from marchland.events.told import told
from marchland.events.witness import Witness, joined, links, utterances, witnesses
from marchland.ledger.store import Ledger
from marchland.ledger.testimony import heard
from marchland.records import ClaimRow

RULES = Linking(roles=frozenset({"spokesman", "mayor", "captain", "officials", "army", "governor"}))
PLAIN = SharedWords({}, {}, {}, {}, rules=RULES)


def quoted(outlet: str, name: str = "Ona Vey", day: str = "2031-05-04", **changes: object) -> ClaimRow:
    """A report of one outlet in its own words, of what a speaker of the League said."""
    kind = {"source_class": "spokesperson", "source_side": LEAGUE, "published": day}
    sentence = f"{name} told {outlet} that Osterby was theirs."
    return claim(outlet, **{"source": name, "source_name": name, "sentence": sentence, **kind, **changes})


def number(rows: Sequence[ClaimRow], shared: SharedWords = PLAIN) -> int:
    """How many witnesses there are."""
    return len({row.witness_id for row in joined(rows, shared)})


PRINTED = [quoted(f"Paper {n}", day=f"2031-05-0{4 + n % 3}") for n in range(5)]


def test_one_spokesman_in_five_outlets_and_over_days_is_one_witness() -> None:
    assert number(PRINTED) == 1
    assert number([*PRINTED, quoted("Lake Radio", "Pell Orr")]) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ona Vey", "League spokesman Ona Vey", True),
        ("spokesman Vey", "Ona Vey", True),
        ("Jawid Besharan", "spokesman Jawed Basharan", True),
        ("the Varn army", "Varn army", True),
        ("Ona Vey", "Ona Orr", False),
        ("Pell Vey", "Ona Vey", False),
        ("League", "Ona Vey of the League", False),
        ("the Varn army", "the Varn governor", False),
    ],
)
def test_names_of_one_speaker(one: str, other: str, same: bool) -> None:
    names = [speaker(quoted("A", name), RULES) for name in (one, other)]
    assert same_speaker(names[0], names[1]) is same is same_speaker(names[1], names[0])


def test_speakers_who_are_nobody_in_particular_are_not_joined_by_name() -> None:
    crowd = [quoted(outlet, "officials", source_class="official", source_side="") for outlet in "AB"]
    assert number(crowd) == 2


def test_a_speaker_weeks_later_speaks_of_another_happening() -> None:
    later = quoted("Z", day="2031-06-20", date_from="2031-06-19", date_to="2031-06-19")
    assert number([PRINTED[0], later]) == 2


def test_headline_and_body_of_one_page_are_one_witness() -> None:
    body = claim("A", sentence="On 3 May the League entered Osterby.", start=200, end=236)
    head = replace(claim("A", sentence="Osterby falls"), page_id=body.page_id, article_id=body.article_id)
    assert number([head, body]) == 1
    assert number([head, body, claim("B")]) == 2


def test_newer_reading_of_a_page_is_no_second_witness() -> None:
    older, newer = (claim("A", url=f"https://varn.example/osterby?utm={n}", sentence=f"Version {n}.", page_id=f"p{n}")
                    for n in range(2))  # fmt: skip
    pages = {one.article_id: "https://varn.example/osterby" for one in (older, newer)}
    assert number([older, newer], replace(PLAIN, pages=pages)) == 1
    assert number([older, newer]) == 2


def test_somebody_who_told_an_agency_is_one_witness_in_all_papers() -> None:
    rows = [quoted(outlet, "an officer", source_class="anonymous") for outlet in "ABC"]
    assert number(rows, replace(PLAIN, relayed={row.claim_id: "AFP" for row in rows})) == 1
    assert number(rows) == 3


def test_denial_is_never_one_witness_with_an_assertion() -> None:
    assert number([PRINTED[0], replace(PRINTED[1], stance="denies")]) == 2


def test_links_give_their_reasons() -> None:
    assert {one.sentence for one in links(PRINTED, PLAIN)} == {"both quote Ona Vey"}
    assert len(links(PRINTED, PLAIN)) == len(PRINTED) - 1


POOL = [*PRINTED, quoted("Lake Radio", "Pell Orr"), quoted("Q", "spokesman Vey"), claim("A"), claim("B"),
        replace(PRINTED[2], stance="denies", claim_id="denied"), quoted("R", "an officer", source_class="anonymous"),
        claim("A", on="2031-06-20", published="2031-06-21")]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(POOL), max_size=12, unique_by=lambda row: row.claim_id), st.randoms())
def test_order_changes_nothing(rows: list[ClaimRow], chance: random.Random) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    assert links(mixed, PLAIN) == links(rows, PLAIN)
    ids = {row.claim_id: row.witness_id for row in joined(rows, PLAIN)}
    assert ids == {row.claim_id: row.witness_id for row in joined(mixed, PLAIN)}


# ------------------------------------------------------------------------------------------------------------ how much


def told_by(rows: Sequence[ClaimRow]) -> tuple[Witness, ...]:
    """The witnesses of the only happening."""
    (one,) = happenings(joined(rows, PLAIN), WEIGHTS)
    return one.witnesses


def test_further_wordings_make_the_reading_surer_and_copies_do_not() -> None:
    words = ("Osterby is ours, Ona Vey said.", "Vey: the League holds the town of Osterby since Saturday",
             "Ona Vey announced the capture on the radio.")  # fmt: skip
    rows = [quoted(f"P{n}", sentence=text, reading=0.8) for n, text in enumerate(words)]
    (one,) = told_by(rows[:1])
    (three,) = told_by(rows)
    (copies,) = told_by([replace(rows[0], claim_id=f"copy {n}", publisher=f"P{n}") for n in range(9)])
    assert one.reading == pytest.approx(0.8) == pytest.approx(copies.reading)
    assert 0.8 < three.reading < 1
    assert three.independence == 1.0


def test_relays_never_weigh_more_than_the_sentence_read_for_certain() -> None:
    rows = [quoted(f"P{n}", sentence=f"Wording number {n} of {n * 7} words.", reading=0.9) for n in range(30)]
    (one,) = told_by(rows)
    assert one.reading <= 1
    assert len(one.rows) == 30


def test_pages_without_a_source_on_one_day_lean_on_each_other() -> None:
    found = told_by([claim("A"), claim("B"), claim("C"), quoted("D")])
    assert sorted(one.independence for one in found) == [0.25, 0.25, 1.0, 1.0]
    assert all("neither with a source" in one.leans_on for one in found if one.independence < 1)


def test_pages_of_two_countries_do_not() -> None:
    found = told_by([claim("varn.va"), claim("lake.lk")])
    assert [one.independence for one in found] == [1.0, 1.0]


def test_voices_of_one_party_lean_on_each_other() -> None:
    found = told_by([quoted("A"), quoted("B", "Pell Orr"), quoted("C", "Mayor Tace", source_side=CROWN)])
    assert sorted(one.independence for one in found) == [0.25, 1.0, 1.0]


def test_page_that_quotes_a_speaker_adds_little_in_its_own_voice() -> None:
    said = quoted("A")
    own = replace(claim("A"), page_id=said.page_id, article_id=said.article_id)
    found = told_by([said, own])
    assert sorted(one.independence for one in found) == [0.25, 1.0]


def test_list_of_towns_is_one_utterance_over_all_places() -> None:
    towns = [claim("A", place_id=f"x:town-{n}", sentence="Four towns fell.") for n in range(4)]
    towns = [replace(row, article_id="a1", page_id="p1") for row in towns]
    assert utterances(towns) == (frozenset(row.claim_id for row in towns),)
    assert len(utterances([*towns, claim("B", place_id="x:town-1")])) == 2
    assert len(witnesses(told(row) for row in towns)) == 4


# ----------------------------------------------------------------------------------------------------------- on record


def test_what_claims_rest_on_is_kept_with_its_reason_in_any_order() -> None:
    kept = []
    for rows in (PRINTED, PRINTED[::-1]):
        with Ledger.open(":memory:") as ledger:
            for row in rows:
                ledger.add(article_of(row), [row])
                ledger.link(article_of(row))
            kept.append(ledger._db.execute("SELECT * FROM witness_link ORDER BY claim_id, kind, basis").fetchall())
            found = heard(ledger, "x:osterby", WEIGHTS)
            (voice,) = found.testimonies[0].voices
            assert {row.witness_id for row in ledger.claims()} == {voice.witness.best.row.witness_id}
            assert "both quote Ona Vey" in {link.sentence for link in voice.links}
    assert kept[0] == kept[1]
    said = {basis for _, kind, basis, *_ in kept[0] if kind == "said"}
    assert len(said) == 1
