"""How sure a reading is: which rules apply to which sentence, and that their weights add up. Prose of our own."""

import datetime as dt
import tomllib
from importlib import resources

import pytest
from bench.shared import labelled_sets
from bench.sureness import Case, brier, cases, ranked, reliability
from scripts.fit_sureness import fit, rewritten, told

from marchland.claims.sureness import AFTERWARDS, RULES
from marchland.errors import BrokenData
from marchland.locate import trace
from marchland.places.sureness import PLACE_RULES
from marchland.records import EVENTS, Article, Interval, Part
from marchland.sureness import BASE, PREFIX, Sureness, probability

FILE = tomllib.loads((resources.files("marchland.lexicons") / "sureness.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(coder):
    def read(text, kind="body"):
        article = Article("a", "p", 0, text, (Part(kind, 0, len(text)),), None, "The Test Gazette", "test",
                          Interval.of_days(dt.date(2024, 2, 9)), "test", "en")  # fmt: skip
        return trace(coder.read(article), coder.gazetteer)

    return read


def names(one):
    return {reason.rule.removeprefix(PREFIX) for reason in one.claim.reasons if reason.rule.startswith(PREFIX)}


SAID = [
    ("M23 rebels captured Sake.", "named-actor"),
    ("M23 rebels captured Sake.", "place-close"),
    ("M23 rebels captured Sake.", "short-sentence"),
    ("M23 rebels captured Sake.", "alone"),
    ("The fall of Sake to M23 rebels was a blow to the army.", "noun"),
    ("M23 rebels captured Sake on Monday, residents said.", "dated"),
    ("M23 rebels captured Sake on Monday, residents said.", "named-speaker"),
    ("M23 rebels attacked Sake with mortars before the rain came.", "attack"),
    ("M23 rebels captured 17 of 19 districts of North Kivu.", "counted-places"),
    ("M23 rebels captured the outskirts of Goma on Monday.", "part-of-place"),
    ("Sake was captured by M23 rebels after a night of heavy shelling.", "passive"),
    ("Sake was captured after a night of heavy shelling and rain.", "no-actor"),
    ("M23 rebels came back in the night. They captured Sake after heavy shelling.", "pronoun-actor"),
    ("The army has denied that M23 rebels captured Sake.", "denied"),
    ("M23 rebels reportedly captured Sake after a night of heavy shelling.", "hedged"),
    ("M23 rebels vowed to capture Sake before the rainy season.", "planned"),
    ("People buried their dead in Goma, which M23 rebels captured in the rain.", "side-clause"),
    ("M23 rebels captured Sake, Goma and Bukavu one after the other.", "long-list"),
    ("M23 rebels hold Sake and have dug in around the hills.", "state"),
    ("M23 rebels captured the town of Qwertyville after a night of heavy shelling.", "refused"),
    ("M23 rebels captured Sake on Monday. Residents saw M23 rebels take Sake.", "told-again"),
]


@pytest.mark.parametrize(("text", "rule"), SAID, ids=[f"{rule}: {text}" for text, rule in SAID])
def test_a_rule_applies_where_it_should(text, rule, found):
    claims = [one for one in found(text) if one.row.event in EVENTS]
    assert claims
    assert any(rule in names(one) for one in claims)


SILENT = [
    ("M23 rebels captured Sake after a night of heavy shelling and rain.", rule)
    for rule in ("noun", "passive", "no-actor", "denied", "hedged", "planned", "described-place", "refused", "headline")
]


@pytest.mark.parametrize(("text", "rule"), SILENT, ids=[rule for _, rule in SILENT])
def test_a_rule_keeps_silent_where_it_should(text, rule, found):
    (claim,) = [one for one in found(text) if one.row.event == "captures"]
    assert rule not in names(claim)


def test_a_place_left_unsaid_stands_beside_nothing(found):
    text = "M23 rebels attacked Sake on Monday. The army withdrew on Tuesday, residents said."
    (left,) = [one for one in found(text) if one.row.event == "withdraws_from"]
    assert "unsaid-place" in names(left) and not {"place-close", "place-far"} & names(left)


def test_rebels_at_the_head_of_a_sentence_are_not_a_name(found):
    (claim,) = [one for one in found("Rebels captured the town of Sake on Monday.") if one.row.event == "captures"]
    assert "named-actor" not in names(claim)


def test_headlines_and_captions_say_that_they_are_no_body(found):
    (headline,) = found("M23 rebels capture Sake", "headline")
    (caption,) = found("M23 rebels captured Sake on Monday.", "caption")
    assert "headline" in names(headline) and "aside" in names(caption)


def test_the_weights_that_apply_add_up_to_the_reading(found):
    for text, _ in SAID:
        for one in found(text):
            assert one.row.reading == probability(one.claim.reasons)
            assert 0 < one.row.reading < 1
            assert all(reason.weight == 0 for reason in one.claim.reasons if not reason.rule.startswith(PREFIX))


def test_what_is_plain_is_surer_than_what_must_be_guessed(found):
    (plain,) = found("M23 rebels captured the town of Sake on Monday, residents said.")
    guessed = found("M23 rebels captured the town. Fighters stormed the base and took more positions in the hills.")
    assert guessed and all(one.row.reading < plain.row.reading for one in guessed)
    (unknown,) = found("M23 rebels captured the town of Qwertyville on Monday, residents said.")
    assert unknown.row.reading < plain.row.reading


def test_an_implied_actor_takes_the_place_of_no_actor(found):
    text = "M23 rebels captured Sake on Monday. Goma fell on Tuesday after a night of heavy shelling."
    (goma,) = [one for one in found(text) if one.row.place_name == "Goma"]
    assert "implied-actor" in names(goma) and "no-actor" not in names(goma)


# -------------------------------------------------------------------------------------------------------------- weights


def test_every_rule_has_a_weight_and_every_weight_a_rule():
    fitted = [BASE, *(rule.name for rule in RULES), *(rule.name for rule in PLACE_RULES)]
    later = [name for name in AFTERWARDS if name not in FILE["unfitted"]]
    assert sorted(FILE["weight"]) == sorted(FILE["prior"]) == sorted(fitted + later)
    assert sorted(FILE["unfitted"]) == sorted(set(AFTERWARDS) - set(later))


def test_weights_have_two_decimals_so_that_the_rows_shown_add_up():
    assert all(round(weight, 2) == weight for weight in FILE["weight"].values())


@pytest.mark.parametrize("text", ["[weight", '[weight]\nbase = "much"\n'])
def test_a_broken_file_of_weights_is_named(text):
    with pytest.raises(BrokenData, match=r"sureness\.toml"):
        Sureness.read(text)


def test_a_rule_without_a_weight_is_named():
    with pytest.raises(BrokenData, match="noun"):
        Sureness.read("[weight]\nbase = 2.0\n").reason("noun", "a noun")


# ------------------------------------------------------------------------------------------------------------- the fit


def invented(right, *rules, number=1):
    return [Case("s", f"p{i}", 0.5, right, right, (BASE, *rules), "") for i in range(number)]


MADE = [*invented(True, number=90), *invented(False, number=10), *invented(True, "noun", number=20),
        *invented(False, "noun", number=80)]  # fmt: skip


def test_with_many_labels_the_fit_tells_the_shares():
    weights = fit(MADE, {BASE: 0.0, "noun": 0.0}, spread=10.0)
    assert told([*invented(True), *invented(True, "noun")], weights) == pytest.approx([0.9, 0.2], abs=0.01)


def test_a_narrow_spread_keeps_the_prior_and_so_does_a_rule_that_never_applies():
    weights = fit(MADE, {BASE: 0.0, "noun": -0.5, "headline": -0.7}, spread=0.01)
    assert weights["noun"] == pytest.approx(-0.5, abs=0.01)
    assert weights["headline"] == pytest.approx(-0.7)


def test_only_the_numbers_of_the_table_are_rewritten():
    text = "# words\n[prior]\nnoun = -0.4\n[weight]\nnoun = -0.40\n# more\n[unfitted]\nother = 0.41\n"
    assert rewritten(text, {"noun": -1.234}) == text.replace("noun = -0.40", "noun = -1.23")


def test_the_measures():
    assert brier([1.0, 0.0], [True, False]) == 0
    assert brier([0.5, 0.5], [True, False]) == 0.25
    assert ranked([0.9, 0.1], [True, False]) == 1.0
    assert ranked([0.5, 0.5], [True, False]) == 0.5
    assert reliability([0.95, 0.97, 0.45], [True, False, False])[2:] == [
        "| 0.4 to 0.5 | 1 | 0.45 | 0.00 |",
        "| 0.9 to 1.0 | 2 | 0.96 | 0.50 |",
    ]


@pytest.mark.skipif(not labelled_sets(), reason="the labelled reports are not here (../shared)")
def test_readings_are_about_as_often_right_as_they_are_told(coder):
    made = [one for labelled in labelled_sets() for one in cases(labelled, coder)]
    right = [one.right for one in made]
    share = sum(right) / len(right)
    readings = [one.reading for one in made]
    assert sum(readings) / len(readings) == pytest.approx(share, abs=0.05)
    assert brier(readings, right) < share * (1 - share)
    assert ranked(readings, right) > 0.65
