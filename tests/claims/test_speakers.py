"""Class and side of a speaker as written."""

import datetime as dt

import pytest

from marchland.claims.parties import Parties
from marchland.claims.speakers import Speakers


@pytest.fixture(scope="module")
def speakers():
    return Speakers.load()


@pytest.fixture(scope="module")
def without_congo():
    return Speakers.load(parties=Parties.load(without={"CD"}))


def heard(speakers, words, country, day, context=()):
    voice = speakers.classify(words, day=dt.date.fromisoformat(day), country=country, context=context)
    return voice.kind, voice.side


VOICES = [
    ("Taliban spokesman Zabihullah Mujahid", "AF", "2021-07-09", (), "spokesperson", "taliban"),
    ("Mujahid", "AF", "2021-07-09", ("taliban",), "spokesperson", "taliban"),
    ("a Herat lawmaker", "AF", "2021-07-09", (), "lawmaker", "afghanistan-republic"),
    ("Sahil Noor, a lawmaker", "AF", "2021-07-09", (), "lawmaker", "afghanistan-republic"),
    ("an Iranian official", "AF", "2021-07-09", (), "foreign-official", "iran-government"),
    ("two security officials", "AF", "2021-07-09", (), "police", "afghanistan-republic"),
    ("the Taliban", "AF", "2021-07-09", (), "belligerent", "taliban"),
    ("residents", "CD", "2025-01-27", (), "resident", ""),
    ("local media", "CD", "2025-01-27", (), "media", ""),
    ("the UN", "SD", "2024-07-09", (), "un-agency", ""),
    ("AFP", "SD", "2024-07-09", (), "agency", ""),
    ("the army", "SD", "2024-07-09", (), "military", "sudan-government-2021"),
    ("Ukraine's general staff", "UA", "2023-01-01", (), "military", "ukraine-government"),
    ("M23 spokesman Lawrence Kanyuka", "CD", "2025-01-27", (), "spokesperson", "m23"),
    ("a spokesman for the rebels", "CD", "2025-01-27", ("m23",), "spokesperson", "m23"),
    ("a spokesman for the rebels", "CD", "2025-01-27", (), "spokesperson", ""),
    ("the group's spokesman", "CD", "2025-01-27", ("m23",), "spokesperson", "m23"),
    ("a rebel commander", "CD", "2025-01-27", ("m23",), "military", "m23"),
    ("John Smith", "SY", "2018-01-01", (), "person", ""),
]


@pytest.mark.parametrize(("words", "country", "day", "context", "kind", "side"), VOICES)
def test_a_speaker_has_the_class_of_the_office_and_the_side_spoken_for(
    speakers, words, country, day, context, kind, side
):
    assert heard(speakers, words, country, day, context) == (kind, side)


@pytest.mark.parametrize(
    ("words", "context", "kind", "side"),
    [
        ("the M23", ("x:cd:m23",), "belligerent", "x:cd:m23"),
        ("a spokesman for the M23", ("x:cd:m23",), "spokesperson", "x:cd:m23"),
        ("a rebel commander", ("x:cd:m23",), "military", "x:cd:m23"),
        ("the army", (), "military", "state:cd"),
    ],
)
def test_a_speaker_for_a_party_in_no_table_is_on_its_side(without_congo, words, context, kind, side):
    assert heard(without_congo, words, "CD", "2025-01-27", context) == (kind, side)


def test_an_owned_outlet_has_a_side_by_name_and_by_host(speakers):
    assert {speakers.side_of_outlet(name) for name in ("Xinhua", "xinhuanet.com", "www.xinhuanet.com")} == {
        "china-government"
    }


LOCAL = [
    ("Russian forces captured Kherson on Wednesday, Mayor Ihor Bondar said.", "ukraine-government"),
    ("Russian forces captured Berdiansk on Sunday, the city's mayor said.", "ukraine-government"),
    ("Taliban fighters captured Farah on Tuesday, Mayor Abdul Karim said.", "afghanistan-republic"),
]


@pytest.mark.parametrize(("sentence", "side"), LOCAL)
def test_a_mayor_is_of_the_state_in_which_the_place_lies_whoever_takes_it(rows, sentence, side):
    (row,) = [row for row in rows(sentence) if row.event == "captures"]
    assert (row.source_class, row.source_side) == ("governor", side)
