"""What a sentence is read as: event, stance, parties, place, speaker and day. Many wars, prose of our own."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marchland.records import Article, Interval, Part

CASES = [
    # sentence, event, stance, actor id, place as resolved or named, speaker
    ("M23 rebels seized the eastern Congolese town of Sake on Tuesday, residents said.",
     "captures", "asserts", "m23", "Sake", "residents"),
    ("Ethiopian government troops withdrew from Mekelle on Monday evening.",
     "withdraws_from", "asserts", "ethiopia-government", "Mek'ele", "publisher"),
    ("Mali's army retook Kidal, long a stronghold of Tuareg rebels, on Tuesday, state television reported.",
     "recaptures", "asserts", "mali-forces", "Kidal", "state television"),
    ("Houthi fighters advanced towards Marib city, a military source told AFP.",
     "attacks", "asserts", "houthi-forces", "Ma'rib", "a military source"),
    ("Al-Shabaab recaptured the town of El Buur after Somali troops pulled out.",
     "recaptures", "asserts", "al-shabaab", "Ceelbuur", "publisher"),
    ("Islamic State has lost control of the Iraqi town of Qaim, Iraq's prime minister said.",
     "controls", "denies", "islamic-state", "Al Qā’im", "Iraq's prime minister"),
    ("Armenian officials denied that Shusha had fallen to the Azerbaijani army.",
     "captures", "denies", "azerbaijan-forces", "Shusha", "Armenian officials"),
    ("The M23 vowed to march on Bukavu within days.",
     "attacks", "plans", "m23", "Bukavu", "The M23"),
    ("Myawaddy could fall to Karen rebels within days, analysts said.",
     "captures", "hedges", "knla", "Myawaddy", "analysts"),
    ("Poland reopened the Medyka crossing to trucks on Saturday.",
     "reopens", "asserts", "poland-government", "Shehyni-Medyka", "publisher"),
    ("Kidal was reported to have fallen to the Malian army.",
     "captures", "hedges", "mali-forces", "Kidal", "publisher"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "event", "stance", "actor", "place", "speaker"), CASES, ids=[c[0] for c in CASES])
def test_a_sentence_is_read_with_its_parties_place_and_speaker(sentence, event, stance, actor, place, speaker, rows):
    found = [(r.event, r.stance, r.actor_id, r.place_name, r.source) for r in rows(sentence)]
    assert (event, stance, actor, place, speaker) in found


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("The rebels captured Goma, Sake and Bukavu on Monday.", {"Goma", "Sake", "Bukavu"}),
        ("Government forces now only hold two major cities, Kabul and Jalalabad.", {"Kabul", "Jalalabad"}),
        ("Goma and Bukavu fell to the M23.", {"Goma", "Bukavu"}),
        ("The army captured the northern cities of Gao, Kidal and Timbuktu.", {"Gao", "Kidal", "Timbuktu"}),
    ],
)
def test_each_place_of_a_list_is_a_claim(sentence, names, rows):
    written = {word for r in rows(sentence) for word in names if word in (r.place, r.place_name, *r.place_aliases)}
    assert written == names


@pytest.mark.parametrize(
    "sentence",
    [
        "The Taliban are now in control of 17 out of 19 districts of Herat.",
        "The rebels hold most of Goma.",
        "The army retook parts of Aleppo on Saturday.",
        "Fighters entered the outskirts of Homs.",
        "The militia seized the airport of Benghazi.",
    ],
)
def test_a_part_or_a_count_is_never_the_whole(sentence, rows):
    found = [r for r in rows(sentence) if r.event in ("captures", "recaptures", "controls", "contests")]
    assert found
    assert all(r.place_part or r.quantity for r in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The striker seized control of the match after the break and the coach praised his goal.",
        "Republicans captured three more seats in the Senate as the ballot count went on.",
        "The retailer captured a third of the market and its shares rose.",
        "Cyclists stormed into the town centre at the end of the race.",
    ],
)
def test_sport_elections_and_business_hold_no_claim(sentence, rows):
    assert [r for r in rows(sentence) if not r.frame.startswith("plover:")] == []


def test_the_day_of_saying_is_not_the_day_of_doing(rows):
    (said,) = [r for r in rows("Rebels captured Goma, officials said on Friday.") if r.event == "captures"]
    assert (said.date_from, said.date_to) == (None, "2021-07-09")
    (done,) = [r for r in rows("Rebels captured Goma on Thursday, officials said.") if r.event == "captures"]
    assert (done.date_from, done.date_to) == ("2021-07-08", "2021-07-08")


def test_our_control_is_that_of_the_speakers_side(rows):
    text = '"Bukavu is under our full control," M23 spokesman Lawrence Kanyuka said. The army fought on.'
    (claim,) = [r for r in rows(text) if r.event == "controls"]
    assert claim.actor_side == "m23"


def test_a_quotation_over_two_sentences_has_one_speaker(rows):
    text = (
        '"The rebels captured Goma at dawn. They seized Sake an hour later," resident Amani Bahati said. Troops fled.'
    )
    speakers = {r.source for r in rows(text) if r.event == "captures"}
    assert speakers == {"resident Amani Bahati"}


def test_a_denial_of_what_was_said_before_is_a_denial_of_it(rows):
    text = (
        "Azerbaijani forces have captured the town of Shusha, the president announced. Armenia immediately denied this."
    )
    denied = [r for r in rows(text) if r.stance == "denies"]
    assert [(r.event, r.place_name, r.source) for r in denied] == [("captures", "Shusha", "Armenia")]


def test_a_name_that_no_gazetteer_has_is_refused_and_kept(rows):
    found = [r for r in rows("M23 rebels captured the town of Qwzzyrbad on Monday.") if r.event == "captures"]
    assert [(r.place_id, r.place_name) for r in found] == [(None, "Qwzzyrbad")]
    assert "no such place" in found[0].place_reason


def test_an_unknown_party_gets_an_id_of_its_own_words(rows):
    one = rows("The Zorvan Liberation Front captured Goma on Monday.")
    again = rows("Troops fled as Zorvan Liberation Front fighters seized Bukavu on Monday.")
    ids = {r.actor_id for r in (*one, *again) if r.event == "captures"}
    assert ids == {"x:cd:zorvan-liberation-front"}


@settings(max_examples=25, deadline=None, derandomize=True)
@given(text=st.text(alphabet=st.sampled_from('Rebels took Goma. "“”;:\n\u202e🚀[]()é-–Ω7%'), max_size=400))
def test_any_text_is_read_without_error_and_offsets_hold(text, coder):
    printed = Interval.of_days(dt.date(2021, 7, 9))
    article = Article("a", "p", 0, text, (Part("body", 0, len(text)),), None, None, "", printed, "", "en")
    for claim in coder.read(article).claims:
        assert 0 <= claim.sentence.start < claim.sentence.end <= len(text)
        assert claim.sentence.start <= claim.trigger.start <= claim.trigger.end <= claim.sentence.end


def test_five_thousand_words_without_a_full_stop_are_read_in_pieces(coder):
    text = "the rebels took Goma and " * 1000
    article = Article("a", "p", 0, text, (Part("body", 0, len(text)),), None, None, "", None, "", "en")
    spans = {claim.sentence for claim in coder.read(article).claims}
    assert spans
    assert max(span.end - span.start for span in spans) <= 1_200


def test_an_address_in_the_middle_of_a_sentence_hides_nothing(rows):
    text = "M23 rebels took control https://www.example.org/2022/sake-taken of the town of Sake, residents said."
    assert [(r.event, r.place_name, r.source) for r in rows(text)] == [("captures", "Sake", "residents")]
