"""Which party a phrase means: by name, by nation, by epithet in context, and when no table knows it."""

import datetime as dt

import pytest

from marchland.claims.lexicon import rows
from marchland.claims.parties import Parties


@pytest.fixture(scope="module")
def parties():
    return Parties.load()


@pytest.fixture(scope="module")
def without_congo():
    return Parties.load(without={"CD"})


def meant(parties, phrase, country, day, context=()):
    found = parties.resolve(phrase, country=country, day=dt.date.fromisoformat(day), context=context)
    return found.party_id, found.side


NAMES = [
    ("Taliban fighters", "AF", "2021-07-09", "taliban", "taliban"),
    ("Taliban", "AF", "2021-09-20", "taliban-emirate", "taliban-emirate"),
    ("Afghan security forces", "AF", "2021-07-09", "afghan-national-security-forces", "afghanistan-republic"),
    ("M23 rebels", "CD", "2025-01-27", "m23", "m23"),
    ("the FARDC", "CD", "2025-01-27", "drc-forces", "drc-government"),
    ("the Congolese army", "CD", "2025-01-27", "drc-forces", "drc-government"),
    ("Rwandan troops", "CD", "2025-01-27", "rwanda-forces", "rwanda-government"),
    ("the Arakan Army", "MM", "2024-01-10", "arakan-army", "arakan-army"),
    ("the Tatmadaw", "MM", "2024-01-10", "myanmar-forces", "myanmar-government-2021"),
    ("the Malian army", "ML", "2023-11-14", "mali-forces", "mali-government-2020"),
    ("Tuareg rebels", "ML", "2023-11-14", "csp-dpa", "csp-dpa"),
    ("Azerbaijani forces", "AZ", "2020-10-04", "azerbaijan-forces", "azerbaijan-government"),
    ("Armenian forces", "AZ", "2020-10-04", "armenia-forces", "armenia-government"),
    ("Eritrean troops", "ET", "2021-06-28", "eritrea-forces", "eritrea-government"),
    ("the TPLF", "ET", "2021-06-28", "tplf", "tplf"),
    ("Khalifa Haftar's men", "LY", "2019-05-01", "lna", "lna"),
    ("GNA forces", "LY", "2020-06-04", "libya-gna-forces", "libya-gna"),
    ("the Houthis", "YE", "2018-06-01", "houthis", "houthis"),
    ("al-Shabaab fighters", "SO", "2023-01-17", "al-shabaab", "al-shabaab"),
    ("ISIS militants", "IQ", "2014-06-10", "islamic-state", "islamic-state"),
    ("the Iraqi army", "IQ", "2014-06-10", "iraqi-army", "iraq-government"),
    ("Ukraine's army", "UA", "2022-03-01", "ukraine-forces", "ukraine-government"),
    ("Sudan's army", "SD", "2024-01-01", "sudan-forces", "sudan-government-2021"),
    ("HTS-led rebels", "SY", "2024-12-01", "hts", "hts"),
    ("Assad's troops", "SY", "2018-06-01", "syria-assad-forces", "syria-assad-government"),
    ("Pakistani officials", "AF", "2021-07-14", "pakistan-government", "pakistan-government"),
    ("KNLA fighters", "MM", "2024-04-11", "knla", "knu"),
    ("Tigrayan forces", "ET", "2021-06-28", "tdf-tigray", "tplf"),
    ("the Amhara militia", "ET", "2021-06-28", "amhara-special-forces", "ethiopia-government"),
    ("the Yemeni army", "YE", "2018-06-01", "yemen-forces", "yemen-irg"),
    ("Peshmerga", "IQ", "2014-06-12", "peshmerga", "krg"),
    ("the SDF", "SY", "2019-01-01", "sdf", "sdf"),
    ("the RSF", "SD", "2023-05-01", "rsf", "rsf"),
    ("Russian forces", "UA", "2022-03-01", "russia-forces", "russia-government"),
]


@pytest.mark.parametrize(("phrase", "country", "day", "party_id", "side"), NAMES)
def test_a_name_with_or_without_a_noun_of_force_is_its_party(parties, phrase, country, day, party_id, side):
    assert meant(parties, phrase, country, day) == (party_id, side)


@pytest.mark.parametrize(
    ("phrase", "country", "party_id"), [("SNA", "SO", "somalia-forces"), ("SNA", "SY", "sna-syria")]
)
def test_one_abbreviation_is_another_party_in_another_country(parties, phrase, country, party_id):
    assert meant(parties, phrase, country, "2023-01-01")[0] == party_id


EPITHETS = [
    ("the group", "CD", ("drc-forces", "m23", "drc-forces"), "m23"),
    ("the rebels", "CD", ("m23",), "m23"),
    ("government forces", "CD", (), "drc-forces"),
    ("the army", "CD", ("m23",), "drc-forces"),
    ("the junta", "MM", ("arakan-army",), "myanmar-government-2021"),
    ("the insurgents", "AF", ("taliban", "afghan-national-army"), "taliban"),
]


@pytest.mark.parametrize(("phrase", "country", "context", "party_id"), EPITHETS)
def test_a_description_is_the_last_party_of_its_kind_or_the_state(parties, phrase, country, context, party_id):
    day = "2021-07-09" if country == "AF" else "2024-06-01"
    assert meant(parties, phrase, country, day, context)[0] == party_id


def test_spellings_of_one_unknown_name_share_one_id(parties):
    written = ("Blue Hills Front fighters", "the Blue Hills Front", "the Blue Hills Front's")
    assert {meant(parties, one, "ZM", "2024-01-01")[0] for one in written} == {"x:zm:blue-hills-front"}


def test_an_unknown_party_that_is_only_described_is_told_from_a_name(parties):
    assert meant(parties, "some herders", "ZM", "2024-01-01")[0] == "x:zm:some-herders"


@pytest.mark.parametrize(
    ("phrase", "context", "party_id", "side"),
    [
        ("M23 rebels", (), "x:cd:m23", "x:cd:m23"),
        ("the M23", (), "x:cd:m23", "x:cd:m23"),
        ("the rebels", ("x:cd:m23",), "x:cd:m23", "x:cd:m23"),
        ("the rebels", ("x:cd:some-herders",), "x:cd:some-rebels", "x:cd:some-rebels"),
        ("the Congolese army", (), "state:cd:forces", "state:cd"),
        ("the army", (), "state:cd:forces", "state:cd"),
        ("the Congolese government", (), "state:cd", "state:cd"),
        ("Rwandan troops", (), "rwanda-forces", "rwanda-government"),
    ],
)
def test_a_war_whose_rows_are_left_out_still_has_its_sides(without_congo, phrase, context, party_id, side):
    assert meant(without_congo, phrase, "CD", "2025-01-27", context) == (party_id, side)


def test_a_party_carries_the_names_of_its_side(parties):
    army = parties.resolve("Afghan National Army", country="AF", day=dt.date(2021, 7, 9), context=())
    assert "Afghan government" in army.aliases


def test_no_force_or_rebel_stands_on_the_side_of_a_party_of_another_country(parties):
    wrong = [
        row.party_id
        for row in parties.table.values()
        if row.kind in ("state-forces", "rebel") and parties.table[parties.side(row.party_id)].country != row.country
    ]
    assert wrong == []


def test_who_overthrew_a_government_is_not_of_its_side(parties):
    assert not parties.same_side("syria-transitional-government", "syria-assad-government")
    assert parties.same_side("taliban", "taliban-emirate")


def test_opposition_and_alliance_hold_both_ways(parties):
    assert parties.opposed("m23", "drc-forces") and parties.opposed("drc-forces", "m23")
    assert parties.allied("afghan-national-army", "afghan-national-police")
    assert not parties.allied("m23", "drc-forces")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Taliban's fighters left.", ["Taliban"]),
        ("Iran-backed men came.", []),
        ("He had a mat.", []),
        ("Rapid Support Forces and the FARDC met.", ["Rapid Support Forces", "FARDC"]),
    ],
)
def test_names_are_found_in_a_text_whole_and_in_their_case(parties, text, found):
    assert [text[hit.start : hit.end] for hit in parties.find(text) if not hit.starred] == found


@pytest.mark.parametrize(
    ("left_out", "phrase", "party_id"),
    [
        ("SD", "the RSF", "x:sd:rsf"),
        ("AF", "Taliban fighters", "x:af:taliban"),
        ("UA", "Ukraine's army", "state:ua:forces"),
        ("SY", "the rebels", "x:sy:some-rebels"),
    ],
)
def test_any_war_can_be_left_out_of_the_table(left_out, phrase, party_id):
    assert meant(Parties.load(without={left_out}), phrase, left_out, "2024-01-01")[0] == party_id


@pytest.mark.parametrize("name", ["speakers.csv", "outlets.csv"])
def test_every_party_that_speaks_or_owns_is_in_the_table(parties, name):
    assert {row["actor_id"] for _, row in rows(name)} - {""} <= set(parties.table)


def test_the_army_is_that_of_the_country_where_the_place_lies_that_heads_the_line(rows):
    text = "Pakistan's army shelled Chaman as troops fought. Aqina: the port was under the army's control last month."
    (held,) = [row for row in rows(text) if row.event == "controls"]
    assert held.actor_side == "afghanistan-republic" or (held.actor_side or "").startswith("taliban")


def test_a_noun_right_before_its_verb_is_who_did_it_whatever_the_parse_makes_of_the_clause_before(rows):
    text = "M23 rebels hold Goma. On July 10 the rebels attacked from several sides and forces retreated to Sake."
    (left,) = [row for row in rows(text) if row.event == "withdraws_from"]
    assert "march-23" not in (left.actor_side or "") and "m23" not in (left.actor_side or "")
