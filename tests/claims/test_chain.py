"""The chain of voices: publisher, agency, outlet, speaker, the speaker's own source; class and side of the speaker."""

import datetime as dt

import pytest

from marchland.records import Article, Interval, Part

GOMA = "M23 rebels captured Goma"
CONGO = "drc-government"
CASES = [
    # sentence, speaker as written, class, side, chain after the publisher
    (f"{GOMA}, Amani Noor, a lawmaker from Goma, told the Samad news agency.",
     "Amani Noor", "lawmaker", CONGO, ("Samad news agency", "Amani Noor")),
    (f"Amani Noor, the governor of North Kivu, said {GOMA}.", "Amani Noor", "governor", CONGO, ("Amani Noor",)),
    (f"The governor of North Kivu, Amani Noor, said {GOMA}.", "Amani Noor", "governor", CONGO, ("Amani Noor",)),
    (f"North Kivu councillor Amani Noor said {GOMA}.",
     "North Kivu councillor Amani Noor", "councillor", CONGO, ("North Kivu councillor Amani Noor",)),
    (f"{GOMA}, a diplomat who asked not to be named told Reuters.",
     "a diplomat", "anonymous", "", ("Reuters", "a diplomat")),
    (f"{GOMA}, said a security official speaking on condition of anonymity.",
     "a security official", "anonymous", CONGO, ("a security official",)),
    (f"Samad TV quoted a resident as saying that {GOMA}.", "a resident", "resident", "", ("Samad TV", "a resident")),
    (f"A resident was quoted by Samad TV as saying that {GOMA}.",
     "A resident", "resident", "", ("Samad TV", "A resident")),
    (f"Reuters reported, citing two unnamed officers, that {GOMA}.",
     "two unnamed officers", "anonymous", CONGO, ("Reuters", "two unnamed officers")),
    (f"The army said, citing drone footage, that {GOMA}.",
     "The army", "military", CONGO, ("The army", "drone footage")),
    (f"{GOMA}, according to Reuters, which cited a teacher.", "a teacher", "resident", "", ("Reuters", "a teacher")),
    (f"Radio Kivu reported that residents said {GOMA}.", "residents", "resident", "", ("Radio Kivu", "residents")),
    (f"{GOMA}, Rwandan state television reported.",
     "Rwandan state television", "media", "rwanda-government", ("Rwandan state television",)),
    (f"{GOMA}, Samad TV reported.", "Samad TV", "outlet", "", ("Samad TV",)),
    (f"{GOMA}, the Samad news agency reported.", "the Samad news agency", "agency", "", ("Samad news agency",)),
    (f"{GOMA}, a doctor at the hospital in Goma said.",
     "a doctor at the hospital in Goma", "resident", "", ("a doctor at the hospital in Goma",)),
    (f"{GOMA}, tribal elders said.", "tribal elders", "resident", "", ("tribal elders",)),
    (f"{GOMA}, a Kenyan lawmaker said.", "a Kenyan lawmaker", "lawmaker", "kenya-government", ("a Kenyan lawmaker",)),
    (f"{GOMA}, according to a statement by the army.", "the army", "military", CONGO, ("the army",)),
    (f"It was reported that {GOMA}.", "publisher", "publisher", "", ()),
    (f"{GOMA}: army", "army", "military", CONGO, ("army",)),
    ("The army denied a claim by the M23 that its fighters had captured Goma.",
     "The army", "military", CONGO, ("The army",)),
    ("Congolese officials denied Goma had fallen to the M23.",
     "Congolese officials", "official", CONGO, ("Congolese officials",)),
    ("The army acknowledged that its garrison had left Goma.", "The army", "military", CONGO, ("The army",)),
    (f"{GOMA}, a US official said.", "a US official", "foreign-official", "us-government", ("a US official",)),
    (f"{GOMA}, a western diplomat said.", "a western diplomat", "foreign-official", "", ("a western diplomat",)),
    (f"{GOMA}, an unnamed army officer said.",
     "an unnamed army officer", "anonymous", CONGO, ("an unnamed army officer",)),
    (f"{GOMA}, Samad TV's Amani Noor said.", "Samad TV's Amani Noor", "outlet", "", ("Samad TV's Amani Noor",)),
    (f"{GOMA}, a local MP said.", "a local MP", "lawmaker", CONGO, ("a local MP",)),
    (f"{GOMA}, a traveller said.", "a traveller", "anonymous", "", ("a traveller",)),
    ("In a statement, the army said it had recaptured Goma.", "the army", "military", CONGO, ("the army",)),
]  # fmt: skip


def sources(coder, text, agencies=()):
    printed = Interval.of_days(dt.date(2025, 2, 7))
    parts = (Part("body", 0, len(text)),)
    article = Article("a", "p", 0, text, parts, None, "post.example", "", printed, "", "en", agencies=agencies)
    controls = ("captures", "recaptures", "withdraws_from")
    return [claim.source for claim in coder.read(article).claims if claim.event in controls]


@pytest.mark.parametrize(("sentence", "speaker", "kind", "side", "chain"), CASES, ids=[c[0] for c in CASES])
def test_the_speaker_has_class_side_and_chain(coder, sentence, speaker, kind, side, chain):
    (found,) = sources(coder, sentence)
    assert (found.text, found.kind, found.side) == (speaker, kind, side)
    assert found.chain == ("post.example", *chain)


def test_an_event_that_is_a_verb_of_speech_is_told_by_its_reporter(coder):
    text = "The army has accused the M23 of killing villagers near Goma, a teacher said."
    article = Article("a", "p", 0, text, (Part("body", 0, len(text)),), None, "post.example", "", None, "", "en")
    told = [c.source.text for c in coder.read(article).claims if c.event == "accuse"]
    assert told == ["a teacher"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sake saw M23 rebels capture Goma.",
        "The discussion suggested that M23 rebels had captured Goma.",
    ],
)
def test_a_place_or_a_meeting_is_no_speaker(coder, sentence):
    assert {found.text for found in sources(coder, sentence)} <= {"publisher"}


def test_an_aide_is_not_the_person_whose_aide_he_is(coder):
    (found,) = sources(coder, f"{GOMA}, an aide to Lawrence Kanyuka said.")
    assert found.name == "an aide to Lawrence Kanyuka"


def test_an_agency_whose_text_it_is_comes_after_the_publisher(coder):
    (found,) = sources(coder, f"{GOMA}, a teacher said.", agencies=("AFP",))
    assert found.chain == ("post.example", "AFP", "a teacher")


def test_a_surname_stands_for_the_speaker_named_before_with_his_office(coder):
    text = f"Amani Noor, the governor of North Kivu, said {GOMA}. Noor said M23 fighters had also seized Bukavu."
    assert {(s.name, s.kind, s.side) for s in sources(coder, text)} == {("Amani Noor", "governor", CONGO)}


def test_the_group_that_announces_is_the_party_spoken_of(coder):
    text = "M23 rebels advanced on Goma. The group said on Monday that it had captured Bukavu."
    (found,) = sources(coder, text)
    assert (found.kind, found.side) == ("belligerent", "m23")


def test_a_quotation_after_its_speaker_is_the_same_speakers(coder):
    text = f'"{GOMA}," said Amani Noor, a teacher. "They captured Bukavu, too."'
    assert [(s.name, s.kind) for s in sources(coder, text)] == [("Amani Noor", "resident")] * 2


AFFILIATED = [
    ('M23 rebels hold Goma. "We control the city," Colonel Amani Kazi, a spokesman for M23, told reporters.', "m23"),
    ('M23 denied it held Sake. "Goma is in our hands," said its military spokesman.', "m23"),
]


@pytest.mark.parametrize(("text", "side"), AFFILIATED, ids=["rank", "its"])
def test_the_party_that_is_named_outdoes_a_rank(text, side, rows):
    found = [row for row in rows("Troops and rebels fight in the war. " + text) if row.source_class != "publisher"]
    assert found[-1].source_side == side
