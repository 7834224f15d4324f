"""Who says what: source, cue and content of every construction that reports use. All sentences are our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.records import Article, Part

CASES = [
    # sentence, kind, source, cue, content
    ("The mayor said the bridge had been cut.", "says", "The mayor", "said", ["the bridge had been cut"]),
    ("The bridge had been cut, the mayor said.", "says", "the mayor", "said", ["The bridge had been cut"]),
    ("The bridge, the mayor said, had been cut.", "says", "the mayor", "said", ["The bridge", "had been cut"]),
    ("“The bridge is cut,” said the mayor.", "says", "the mayor", "said", ["The bridge is cut"]),
    ("According to residents, the bridge was cut.", "says", "residents", "According", ["the bridge was cut"]),
    ("The bridge was cut, according to two drivers.", "says", "two drivers", "according", ["The bridge was cut"]),
    ("The council voiced its belief that the bridge would hold.", "says", "its", "belief",
     ["that the bridge would hold"]),
    ("The council rejected the claim that the bridge was cut.", "says", "The council", "rejected",
     ["the claim that the bridge was cut"]),
    ("The guards denied the bridge was cut.", "says", "The guards", "denied", ["the bridge was cut"]),
    ("Shells cut the bridge, a nurse at the clinic in Reedham said.", "says", "a nurse at the clinic in Reedham",
     "said", ["Shells cut the bridge"]),
    ("Shells cut the bridge, Sahil Noor, a lawmaker, told reporters.", "says", "Sahil Noor", "told",
     ["Shells cut the bridge"]),
    ("Villagers saw soldiers on the bridge.", "learns", "Villagers", "saw", ["soldiers on the bridge"]),
    ("Analysts expect the bridge to fall.", "thinks", "Analysts", "expect", ["the bridge to fall"]),
    ("The council wants the bridge rebuilt.", "wants", "The council", "wants", ["the bridge rebuilt"]),
    ("The council praised the bridge builders.", "judges", "The council", "praised", ["the bridge builders"]),
    ("It was reported that the bridge was cut.", "says", None, "reported", ["that the bridge was cut"]),
    ("The bridge is said to be cut.", "says", None, "said", ["The bridge", "to be cut"]),
    ("Army: bridge has been cut", "colon", "Army", ":", ["bridge has been cut"]),
    ("Bridge has been cut: army", "colon", "army", ":", ["Bridge has been cut"]),
]  # fmt: skip


def listed(coder, text):
    article = Article("a", "p", 0, text, (Part("body", 0, len(text)),), None, None, "", None, "", "en")
    return [
        (a.kind, a.source.of(text) if a.source else None, a.cue.of(text), [c.of(text) for c in a.content])
        for a in coder.attributions(article)
    ]


@pytest.mark.parametrize(("sentence", "kind", "source", "cue", "content"), CASES, ids=[c[0] for c in CASES])
def test_each_construction_gives_source_cue_and_content(coder, sentence, kind, source, cue, content):
    assert (kind, source, cue, content) in listed(coder, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor may say that the bridge was cut.",
        "The mayor refused to say that the bridge was cut.",
    ],
)
def test_words_that_nobody_spoke_are_not_said(coder, sentence):
    assert [a for a in listed(coder, sentence) if a[2] == "say"] == []


def test_a_quotation_runs_on_over_sentences_and_paragraphs(coder):
    text = (
        "“The bridge is cut,” said the mayor. “We have no bread. Nobody came.”\n\n"
        "“The road is gone, too.”\n\nThe army was silent."
    )
    (said,) = [a for a in listed(coder, text) if a[0] == "says"]
    assert said[1] == "the mayor"
    assert said[3] == ["The bridge is cut", "We have no bread. Nobody came.", "The road is gone, too."]


def test_a_quotation_that_comes_before_its_speaker_waits_for_the_speaker(coder):
    said = [a for a in listed(coder, "“The bridge is cut. We have no bread,” the mayor said.") if a[0] == "says"]
    assert said == [("says", "the mayor", "said", ["The bridge is cut. We have no bread"])]


def test_only_the_outermost_voice_is_listed(coder):
    found = listed(coder, "The mayor said that the guards believed that the bridge was cut.")
    assert [a[1] for a in found] == ["The mayor"]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(text=st.text(alphabet=st.sampled_from('He said "the mayor" “told”: \n.,;–-\'é🚀\u202e()'), max_size=300))
def test_any_text_is_listed_without_error_and_offsets_hold(text, coder):
    article = Article("a", "p", 0, text, (Part("body", 0, len(text)),), None, None, "", None, "", "en")
    for found in coder.attributions(article):
        for span in (found.cue, *found.content, *([found.source] if found.source else [])):
            assert 0 <= span.start < span.end <= len(text)


def test_a_broken_quotation_of_thousands_of_words_is_read(coder):
    text = "“The mayor said the rebels took the bridge and he told us that " * 400
    assert len(listed(coder, text)) < 4_000
