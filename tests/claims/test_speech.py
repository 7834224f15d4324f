"""Who says so, and when it was said against when it was done."""

import pytest

CASES = [
    # sentence, speaker as written, class, side
    ("The M23 seized Goma, the Congolese government said.", "the Congolese government", "minister", "drc-government"),
    ("The Congolese government said the M23 had seized Goma.",
     "The Congolese government", "minister", "drc-government"),
    ("Resident Amani Bahati told Reuters that M23 rebels had captured Goma.",
     "Resident Amani Bahati", "resident", ""),
    ("M23 rebels captured Goma, an army spokesman told AFP.", "an army spokesman", "military", "drc-government"),
    ("According to the United Nations, M23 rebels captured Goma.", "the United Nations", "un-agency", ""),
    ("Rebels have captured Goma, according to local officials.", "local officials", "official", "drc-government"),
    ("Somali troops captured Harardhere from al-Shabaab, the defence ministry said.",
     "the defence ministry", "minister", "somalia-government"),
    ("M23 rebels captured Goma, Reuters reported.", "Reuters", "agency", ""),
    ("A UN spokesman said M23 rebels had captured Goma.", "A UN spokesman", "un-agency", ""),
    ('"M23 rebels are in control of Goma," the governor said.', "the governor", "governor", "drc-government"),
    ("M23 spokesman Lawrence Kanyuka told reporters that his fighters had captured Sake.",
     "M23 spokesman Lawrence Kanyuka", "spokesperson", "m23"),
    ("M23 rebels captured Goma on Monday.", "publisher", "publisher", ""),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "speaker", "kind", "side"), CASES)
def test_the_nearest_speaker_is_named_with_class_and_side(rows, sentence, speaker, kind, side):
    told = [r for r in rows(sentence) if r.event in ("captures", "controls")]
    assert {(r.source, r.source_class, r.source_side) for r in told} == {(speaker, kind, side)}


DENIALS = [
    "Guards repelled an M23 attack on Goma, the mayor said, rejecting an M23 statement that it had been captured.",
    "Troops beat back an assault on Goma, the mayor said, dismissing claims that the city had fallen to the M23.",
    "Troops beat back an assault on Goma, the mayor said, dismissing as false an M23 claim that it had captured Goma.",
    "The mayor, denying reports that Goma had fallen to the M23, said that the army held the town.",
    "The mayor rejected a statement by the M23 saying it had captured Goma.",
    "The mayor denied a statement by the rebels that they had captured Goma.",
]


@pytest.mark.parametrize("sentence", DENIALS)
def test_who_denies_speaks_not_whose_words_are_denied(rows, sentence):
    told = {(r.source.lower(), r.stance) for r in rows(sentence) if r.event == "captures"}
    assert told == {("the mayor", "denies")}


def test_a_quotation_over_two_sentences_has_one_speaker(rows):
    text = '"The rebels took Goma at dawn. They took Sake at noon," resident Amani Bahati said. Soldiers fled.'
    told = [(r.place_name, r.source) for r in rows(text) if r.event == "captures"]
    assert told == [("Goma", "resident Amani Bahati"), ("Sake", "resident Amani Bahati")]


DAYS = [
    ("Rebels captured Goma on Thursday, officials said on Friday.", "2021-07-08", "2021-07-08"),
    ("M23 rebels have captured Goma, a resident said on Tuesday.", None, "2021-07-06"),
    ("M23 fighters captured Goma yesterday.", "2021-07-08", "2021-07-08"),
    ("M23 fighters captured Goma three days ago.", "2021-07-06", "2021-07-06"),
    ("M23 fighters captured Goma last month.", "2021-06-01", "2021-06-30"),
    ("M23 fighters captured Goma in 2012.", "2012-01-01", "2012-12-31"),
    ("M23 rebels captured Goma.", None, "2021-07-09"),
]


@pytest.mark.parametrize(("sentence", "first", "last"), DAYS)
def test_the_day_of_doing_is_kept_apart_from_the_day_of_saying(rows, sentence, first, last):
    told = [r for r in rows(sentence) if r.event == "captures"]
    assert {(r.date_from, r.date_to) for r in told} == {(first, last)}
