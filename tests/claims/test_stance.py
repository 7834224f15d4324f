"""Whether a sentence asserts, hedges, denies or plans what it names."""

import pytest

CASES = [
    ("Armenian officials denied that Shusha had fallen to Azerbaijani troops.", "captures", "denies"),
    ("Sudan's army denied that the RSF had captured El Fasher.", "captures", "denies"),
    ("Sudanese troops denied reports that the RSF had captured El Fasher.", "captures", "denies"),
    ("The army rejected claims that the M23 had captured Sake.", "captures", "denies"),
    ("The M23 has not captured Bukavu.", "captures", "denies"),
    ("The M23 never captured Bukavu.", "captures", "denies"),
    ("Bukavu has not fallen to the M23.", "captures", "denies"),
    ("The rebels failed to take Bukavu.", "captures", "denies"),
    ("The army no longer controls Goma.", "controls", "denies"),
    ("The RSF may have captured El Fasher.", "captures", "hedges"),
    ("The RSF reportedly captured El Fasher on Sunday.", "captures", "hedges"),
    ("The M23 allegedly captured Sake.", "captures", "hedges"),
    ("The M23 is believed to have captured Sake.", "captures", "hedges"),
    ("Goma was reported to have fallen to the M23.", "captures", "hedges"),
    ("The fall of El Fasher to the RSF could come within days, analysts said.", "captures", "hedges"),
    ("The RSF plans to capture El Fasher.", "captures", "plans"),
    ("The army will retake Goma, the president said.", "recaptures", "plans"),
    ("The army vowed to recapture Goma from the M23.", "recaptures", "plans"),
    ("The army is preparing to retake Goma from the M23.", "recaptures", "plans"),
    ("The M23 threatened to seize Bukavu.", "captures", "plans"),
    ("The M23 is poised to capture Bukavu.", "captures", "plans"),
    ("If the rebels take Bukavu, the war will spread.", "captures", "plans"),
    ("Residents fear the M23 will capture Bukavu.", "captures", "plans"),
    ("The RSF claimed to have captured El Fasher.", "captures", "asserts"),
    ("The army did not deny that the M23 had captured Sake.", "captures", "asserts"),
    ("The M23 captured Sake; soldiers offered no resistance.", "captures", "asserts"),
    ("The governor ordered the Bunagana crossing closed after M23 attacks.", "closes", "asserts"),
    ("The minister ordered the closure of the Bunagana crossing after M23 attacks.", "closes", "asserts"),
    ("The minister may order the closure of the Bunagana crossing after M23 attacks.", "closes", "plans"),
    ("The general ordered M23 fighters to take Sake.", "captures", "plans"),
]


@pytest.mark.parametrize(("sentence", "event", "stance"), CASES)
def test_the_words_around_an_event_tell_its_stance(rows, sentence, event, stance):
    assert {r.stance for r in rows(sentence) if r.event == event} == {stance}


NOT_FACTS = [
    "Officials did not expect the Taliban to take Kabul.",
    "The fall of Kabul to the Taliban is not inevitable.",
    "The M23 tried to capture Bukavu.",
    "It is unclear whether the M23 has captured Bukavu.",
    "Fears grew that Bukavu would fall to the M23.",
    "The army ruled out that Bukavu could fall to the M23.",
]


@pytest.mark.parametrize("sentence", NOT_FACTS)
def test_what_is_expected_feared_or_tried_is_no_fact(rows, sentence):
    stances = {r.stance for r in rows(sentence) if r.event == "captures"}
    assert stances and "asserts" not in stances


PRESUPPOSED = [
    ("The soldiers who lost Goma to the M23 may be tried.", "captures"),
    ("The government denied that soldiers who fled Goma had been paid.", "withdraws_from"),
    ("Diplomats denied that the ceasefire, which followed the M23's capture of Goma, had collapsed.", "captures"),
]


@pytest.mark.parametrize(("sentence", "event"), PRESUPPOSED)
def test_a_relative_clause_does_not_share_the_stance_of_what_it_hangs_on(rows, sentence, event):
    assert {r.stance for r in rows(sentence) if r.event == event} == {"asserts"}
