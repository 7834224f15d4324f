"""From the words of a place to the place: containers, crossings by country, descriptions, refusals."""

import pytest

PLACES = [
    # text, event whose place is looked at, (name, country) of each row; no country where the place is refused
    ("GNA forces captured Tripoli from Haftar's men in Libya.", "captures", [("Tripoli", "LY")]),
    ("Ukraine's army recaptured Kherson from Russian troops.", "recaptures", [("Kherson", "UA")]),
    ("Russian troops captured Kiev, Ukrainian officials said.", "captures", [("Kyiv", "UA")]),
    ("Russian troops captured the eastern Ukrainian city of Lysychansk.", "captures", [("Lysychansk", "UA")]),
    ("Ethiopian troops pulled out of Mekelle, the capital of Tigray.", "withdraws_from", [("Mek'ele", "ET")]),
    ("Yemeni troops took Zinjibar from al-Qaeda militants.", "captures", [("Zinjibār", "YE")]),
    ("Taliban fighters captured Islam Qala in Herat. Iran closed the crossing.", "closes", [("Islam Qala", "AF")]),
    ("Taliban fighters captured Islam Qala and Torghundi. Turkmenistan closed the crossing with Afghanistan.",
     "closes", [("Torghundi", "AF")]),
    ("Iran closed the Islam Qala crossing after the Taliban seized it.", "captures", [("Islam Qala", "AF")]),
    ("Goma changed hands again, with the army retaking it from the M23.", "recaptures", [("Goma", "CD")]),
    ("Taliban fighters attacked Kandahar. They captured the village of Qwzzyrbad.", "captures", [("Qwzzyrbad", None)]),
    # a village elsewhere that shares the name cannot vote for its own country, however often it is named
    ("Mali's army retook Ardara, officials in Bamako said. Ardara was quiet. Ardara had fallen to rebels near Gao.",
     "recaptures", [("Ardara", None)]),
    # a name that only sounds alike is sought in the country of the story alone
    ("Somali troops took Gambale from Al Shabaab, officials in Somalia and Ethiopia said.", "captures",
     [("Gambale", None)]),
    ("Sri Lankan troops captured the rebels' political capital of Kilinochchi, officials in Colombo said.",
     "captures", [("Kilinochchi", "LK")]),
    ("Sri Lanka said its troops captured the unofficial capital of the rebels.", "captures", [(None, None)]),
    ("M23 rebels took Sake in eastern Congo on Tuesday.", "captures", [("Sake", "CD")]),
    # neither the rank nor the second half of a first name is the town spoken of last
    ("Soldiers held Gao in Mali. Brig. Gen. Omar Tem said rebels had seized the town.", "captures", [("Gao", "ML")]),
    ("Soldiers held Gao in Mali. Jean-Yves Tem said rebels had seized the town.", "captures", [("Gao", "ML")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "event", "expected"), PLACES)
def test_names_and_descriptions_lead_to_the_place_that_the_story_means(rows, text, event, expected):
    assert [(r.place_name, r.country) for r in rows(text) if r.event == event] == expected
