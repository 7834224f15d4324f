"""Who did what to whom and where: the event of a sentence, its parties by role and its places."""

import pytest

WAR = "Troops and rebels fight in the war. "


def found(rows, sentence, event):
    return [r for r in rows(WAR + sentence) if r.event == event and r.sentence == sentence]


ROLES = [
    # sentence, event, actor, opponent, places as resolved
    ("The town of Sake was captured by M23 rebels on Monday.", "captures", "m23", None, ["Sake"]),
    ("Mekelle was taken from Ethiopian government troops by the TPLF on Monday.",
     "captures", "tplf", "ethiopia-government", ["Mek'ele"]),
    ("The capture of Goma by the M23 stunned diplomats.", "captures", "m23", None, ["Goma"]),
    ("The fall of Goma to the M23 stunned diplomats.", "captures", "m23", None, ["Goma"]),
    ("The M23's capture of Goma stunned diplomats.", "captures", "m23", None, ["Goma"]),
    ("Goma, Sake and Bukavu fell to the M23.", "captures", "m23", None, ["Goma", "Sake", "Bukavu"]),
    ("Hayat Tahrir al-Sham captured Aleppo and Homs in December 2024.", "captures", "hts", None, ["Aleppo", "Homs"]),
    ("After seizing Goma, the M23 marched on Bukavu.", "captures", "m23", None, ["Goma"]),
    ("After seizing Goma, the M23 marched on Bukavu.", "attacks", "m23", None, ["Bukavu"]),
    ("Having captured Kidal, Malian soldiers raised the flag.", "captures", "mali-forces", None, ["Kidal"]),
    ("Malian troops recaptured Kidal from Tuareg rebels.", "recaptures", "mali-forces", "csp-dpa", ["Kidal"]),
    ("Libyan National Army forces captured the city of Sirte from GNA forces.",
     "captures", "lna", "libya-gna-forces", ["Sirte"]),
    ("Government soldiers surrendered Goma to the M23.", "surrenders", "drc-government", "m23", ["Goma"]),
    ("The army lost Goma to the M23.", "captures", "m23", "drc-forces", ["Goma"]),
    ("RSF fighters besieged El Fasher for months.", "besieges", "rsf-state", None, ["El Fasher"]),
    ("Sudanese troops repelled an RSF attack on El Fasher.", "repels", "sudan-forces", None, ["El Fasher"]),
    ("Ukrainian troops withdrew from Bakhmut.", "withdraws_from", "ukraine-forces", None, ["Bakhmut"]),
    ("Soldiers fled Sake as the M23 advanced.", "withdraws_from", "drc-forces", None, ["Sake"]),
    ("Ukraine's army recaptured Kherson from Russian troops in November 2022.",
     "recaptures", "ukraine-forces", "russia-forces", ["Kherson"]),
    ("Iraqi forces liberated Mosul from Islamic State.", "recaptures", "iraq-forces", "islamic-state", ["Mosul"]),
    ("Karen rebels captured the trade town of Myawaddy from the junta.",
     "captures", "knla", "myanmar-government-2021", ["Myawaddy"]),
    ("Turkish-backed rebels captured the Syrian town of Jarablus from Islamic State.",
     "captures", "sna-syria", "islamic-state", ["Jarābulus"]),
    ("Somali troops captured Harardhere from al-Shabaab on Monday.",
     "captures", "somalia-forces", "al-shabaab", ["Xarardheere"]),
    ("Al-Shabaab fighters stormed Galkayo.", "attacks", "al-shabaab", None, ["Gaalkacyo"]),
    ("Syrian rebels now control Aleppo.", "controls", "syrian-opposition", None, ["Aleppo"]),
    ("Aleppo is under the control of Syrian rebels.", "controls", "syrian-opposition", None, ["Aleppo"]),
    ("Clashes raged in Goma between the M23 and the Congolese army.", "contests", None, None, ["Goma"]),
    ("The army handed over Kidal to UN peacekeepers.", "hands_over", "mali-forces", "united-nations", ["Kidal"]),
    ("Hodeidah, held by the Houthis since 2014, was quiet.", "controls", "houthis", None, ["Al Ḩudaydah"]),
    ("M23 rebels seize Goma", "captures", "m23", None, ["Goma"]),
    ("Kidal falls to Malian army", "captures", "mali-forces", None, ["Kidal"]),
    ("Sudanese army retakes Wad Madani from RSF", "recaptures", "sudan-forces", None, ["Wad Medani"]),
    ("M23 fighters patrol Goma, which they captured on Monday, Jan. 27, 2025.", "captures", "m23", None, ["Goma"]),
    ("Pakistan closed the Torkham crossing with Afghanistan on Friday.",
     "closes", "pakistan-government", None, ["Torkham"]),
    ("Turkey reopened the Bab al-Hawa crossing to aid trucks.", "reopens", "turkey-government", None, ["Bab al-Hawa"]),
    ("Thailand closed the border crossing at Mae Sot.", "closes", "thailand-government", None, ["Myawaddy-Mae Sot"]),
    ("Uganda reopened the border crossing at Bunagana.", "reopens", "uganda-government", None, ["Bunagana"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "event", "actor", "opponent", "places"), ROLES)
def test_who_did_what_to_whom_and_where(rows, sentence, event, actor, opponent, places):
    told = found(rows, sentence, event)
    assert {(r.actor_id, r.opponent_id) for r in told} == {(actor, opponent)}
    assert [r.place_name for r in told] == places


PARTS = [
    ("Sudanese soldiers captured the airport of El Fasher.", "captures", "El Fasher"),
    ("Ukrainian troops entered the outskirts of Kherson.", "contests", "Kherson"),
    ("The RSF overran a military base in Nyala.", "captures", "Nyala"),
    ("Rebels hold most of Aleppo.", "controls", "Aleppo"),
    ("Parts of Homs are under rebel control.", "controls", "Homs"),
]


@pytest.mark.parametrize(("sentence", "event", "place"), PARTS)
def test_part_of_a_place_is_marked_as_a_part(rows, sentence, event, place):
    (told,) = found(rows, sentence, event)
    assert told.place_name == place
    assert told.place_part in sentence and told.place_part != ""


POINTING = [
    # text, event of its last sentence, actor, places
    ("M23 rebels attacked Sake at dawn. They captured the town by noon.", "captures", "m23", {"Sake"}),
    ("Al-Shabaab attacked Baidoa. The militants withdrew from the town after Somali troops arrived.",
     "withdraws_from", "al-shabaab", {"Baidoa"}),
    ("The Taliban seized Islam Qala and Torghundi in Herat. Iran closed both crossings.",
     "closes", "iran-government", {"Islam Qala", "Torghundi"}),
    ("The Taliban seized Islam Qala and Torghundi in Herat. Fighters now control the crossing with Turkmenistan.",
     "controls", "taliban", {"Torghundi"}),
    ('Fighting went on. "We have captured Goma," M23 spokesman Lawrence Kanyuka said.', "captures", "m23", {"Goma"}),
    ('Fighting went on. "Our forces hold Khartoum," Sudanese army spokesman Nabil Abdullah said.',
     "controls", "sudan-government-2021", {"Khartoum"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "event", "actor", "places"), POINTING)
def test_pronouns_and_descriptions_mean_what_was_named_before(rows, text, event, actor, places):
    told = [r for r in rows(text) if r.event == event]
    assert {r.actor_id for r in told} == {actor}
    assert {r.place_name for r in told} == places


NOTHING = [
    "The champions captured the league title after a fierce battle in Madrid.",
    "The bank took control of its rival in Frankfurt as shares rose.",
    "The senator's party captured the county of Dade in the election.",
    "The home side attacked Liverpool's goal and surrendered a two-goal lead.",
]


@pytest.mark.parametrize("sentence", NOTHING)
def test_reports_of_sport_business_and_elections_say_nothing_of_control(rows, sentence):
    assert rows(sentence) == []


def test_a_party_in_no_table_has_one_id_throughout(rows):
    text = "The rebel Blue Hills Front captured Goma from troops. The Blue Hills Front later seized Bukavu."
    told = [r for r in rows(text) if r.event == "captures"]
    assert [(r.actor_id, r.place_name) for r in told] == [
        ("x:cd:blue-hills-front", "Goma"),
        ("x:cd:blue-hills-front", "Bukavu"),
    ]


def test_a_quotation_denied_afterwards_is_denied_by_the_other_side(rows):
    told = rows("Azerbaijani forces captured Shusha, the president said. Armenia denied this.")
    assert [(r.event, r.stance, r.place_name, r.source_side) for r in told] == [
        ("captures", "asserts", "Shusha", "azerbaijan-government"),
        ("captures", "denies", "Shusha", "armenia-government"),
    ]
