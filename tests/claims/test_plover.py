"""PLOVER coding: every frame and operator by its own example, then who does what to whom, and what is not yet done."""

import csv
from importlib import resources

import pytest

from marchland.claims.plover import PloverMatch
from marchland.records import Span

INTRO = "The war goes on and rebels seized the town of Kidal from the army. "
"""Puts a single sentence into a report about war, so that it is read at all."""


def table(name: str) -> list[dict[str, str]]:
    text = (resources.files("marchland.lexicons") / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


FRAMES, OPERATORS = table("plover_frames.csv"), table("plover_operators.csv")
ALGEBRA = table("plover_algebra.csv")


@pytest.fixture(scope="session")
def coded(coder):
    """Sentence -> its PLOVER events, parsed plainly, all examples in one go."""
    texts = dict.fromkeys(row["example"] for row in (*FRAMES, *OPERATORS))
    parsed = coder.parser.parse((t, Span(0, len(t)), "body", coder.parser.pieces(t, ())) for t in texts)
    reader = coder.assembler.plover
    return {sentence.text: reader.all(sentence) for sentence in parsed}


@pytest.mark.parametrize("row", FRAMES, ids=[row["id"] for row in FRAMES])
def test_every_frame_codes_its_own_example(row, coded):
    assert row["category"] in [match.category for match in coded[row["example"]]]


@pytest.mark.parametrize("row", OPERATORS, ids=[f"{row['word']}-{row['pos']}" for row in OPERATORS])
def test_every_operator_has_its_say_in_its_example(row, coded):
    found: list[PloverMatch] = coded[row["example"]]
    if row["operator"] in ("do", "want", "deny") or row["word"] == "wo":
        assert found
    elif row["operator"] == "mention":
        assert {match.category for match in found} <= {"consult"}
    else:
        becomes = {change["becomes"] for change in ALGEBRA if change["operator"] == row["operator"]} - {"same", "none"}
        assert becomes & {match.category for match in found}


def plover(rows, sentence):
    """(category, mode, auxiliary modes, deed, stance, actor, opponent) of every claim that is not about control."""
    return [
        (r.event, r.plover_mode, r.plover_aux, r.plover_deed, r.stance, r.actor or "", r.opponent_name or "")
        for r in rows(INTRO + sentence)
        if r.frame.startswith("plover:")
    ]


CODED = [
    # sentence, category, mode, auxiliary modes, deed, stance, actor as written
    ("Egypt's foreign minister visited Ankara on Monday.",
     "consult", "visit", (), "", "asserts", "Egypt's foreign minister"),
    ("The two generals were received by the Turkish president.",
     "consult", "visit", (), "", "asserts", "the Turkish president"),
    ("Libya has signed a $2 billion arms deal with Pakistan.", "support", "", (), "", "asserts", "Libya"),
    ("The European Union imposed an arms embargo on the junta.",
     "coerce", "restrict", (), "", "asserts", "The European Union"),
    ("Sanctions were imposed on the junta by the European Union.", "coerce", "restrict", (), "", "asserts",
     "the European Union"),
    ("The United States waived its sanctions on Mali.", "retreat", "", (), "", "asserts", "The United States"),
    ("The United States has issued a waiver for the port.", "retreat", "", (), "", "asserts", "The United States"),
    ("Norway sent food and tents to the refugees.", "aid", "", (), "", "asserts", "Norway"),
    ("Norway will send food and tents to the refugees.", "agree", "", ("future",), "aid", "plans", "Norway"),
    ("Norway promised to send food and tents to the refugees.", "agree", "", (), "aid", "asserts", "Norway"),
    ("Norway did not send food to the refugees.", "reject", "assist", (), "aid", "asserts", "Norway"),
    ("Norway may recognise the junta.", "support", "", ("hypothetical",), "", "hedges", "Norway"),
    ("Norway suspended its aid to the junta.", "sanction", "discontinue", (), "", "asserts", "Norway"),
    ("Protesters marched against the junta on Friday.", "protest", "demo", (), "", "asserts", "Protesters"),
    ("Students staged a sit-in and miners went on strike.", "protest", "strike", (), "", "asserts", "miners"),
    ("The rebels threatened to kidnap the governor.", "threaten", "", (), "assault/abduct", "asserts", "The rebels"),
    ("The rebels said they would free the nurses.",
     "concede", "", ("future",), "retreat/release", "plans", "The rebels"),
    ("The rebels refused to free the nurses.", "reject", "yield", (), "retreat/release", "asserts", "The rebels"),
    ("The rebels freed the nurses.", "retreat", "release", (), "", "asserts", "The rebels"),
    ("The rebels, who had kidnapped the nurses, freed them.", "assault", "abduct", (), "", "asserts", "The rebels"),
    ("Chad called up its reservists.", "mobilize", "troops", (), "", "asserts", "Chad"),
    ("Chad's deployment of troops near the border was condemned by Niger.",
     "accuse", "disapprove", (), "", "asserts", "Niger"),
    ("The United Nations urged the rebels to free the nurses.",
     "request", "yield", (), "retreat/release", "asserts", "The United Nations"),
    ("Niger said Chad must release the sailors.", "request", "yield", (), "retreat/release", "asserts", "Niger"),
    ("Niger ended its blockade of the port.", "retreat", "", (), "", "asserts", "Niger"),
    ("The government denied arresting the editor.", "coerce", "arrest", ("negation",), "", "denies", "The government"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "category", "mode", "aux", "deed", "stance", "actor"), CODED, ids=[c[0] for c in CODED]
)
def test_the_rest_of_a_report_is_coded(sentence, category, mode, aux, deed, stance, actor, rows):
    found = [row[:6] for row in plover(rows, sentence)]
    assert (category, mode, aux, deed, stance, actor) in found


@pytest.mark.parametrize(
    ("sentence", "category", "actor", "target"),
    [
        ("Niger accused Chad of shelling the camp.", "accuse", "Government of Niger", "Government of Chad"),
        ("Chad was accused by Niger of breaking its word.", "accuse", "Government of Niger", "Government of Chad"),
        ("Niger's expulsion of Chad's envoy angered many.", "sanction", "Government of Niger", ""),
        ("Niger, which condemned Chad, closed its embassy.", "accuse", "Government of Niger", "Government of Chad"),
        ("Niger and Chad held talks with Nigeria.", "consult", "Government of Niger", "Government of Nigeria"),
        ("Niger wants to sue Chad.", "accuse", "Government of Niger", "Government of Chad"),
    ],
)
def test_source_and_target_come_out_of_any_grammar(sentence, category, actor, target, coder, rows):
    read = [
        (r.event, r.actor_name or "", r.opponent_name or "")
        for r in rows(INTRO + sentence)
        if r.frame.startswith("plover:")
    ]
    assert [one for one in read if one[0] == category and one[1].startswith(actor) and one[2].startswith(target)], read


@pytest.mark.parametrize(
    "sentence",
    [
        "The army acknowledged that its garrison had left the valley.",
        "The rebels met no resistance.",
        "Officials spoke of a tactical move.",
        "The rebels press on with an offensive.",
        "The rebels crossed the river to shell the fort.",
        "The envoys saw areas for cooperation between the two sides.",
        "Special forces rushed to a highway late on Sunday found nobody.",
        "The army was told the rebels met a strong reaction.",
        "Officials warned that the river would rise.",
        "The offer was generous.",
        "The attack on the market was a shock.",
        "It will rain if Chad does not send food.",
    ],
)
def test_what_says_nothing_of_the_kind_is_not_coded(sentence, rows):
    assert plover(rows, sentence) == []


def test_what_somebody_is_accused_of_is_not_coded_as_the_accusers_deed(rows):
    assert [row[0] for row in plover(rows, "Niger accused Chad of kidnapping the nurses.")] == ["accuse"]
