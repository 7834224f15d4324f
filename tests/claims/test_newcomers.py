# ruff: noqa: E501 - an article is one line
"""Parties that no table has, through whole articles: every way of naming them, and who is meant later on.

All parties here are invented. "some" stands for any party that is only described.
"""

import pytest

ARMY, STATE, FRONT = "zambia-forces", "zambia-government", "x:zm:kafue-liberation-front"
BODY, MEN = "x:zm:umoja-watu", "x:zm:moses-tembo"

ARTICLES = [
    (
        "Fighters of the Kafue Liberation Front seized the town of Kasempa on Monday.",
        [("captures", "Kasempa", FRONT)],
    ),
    (
        "Kafue Liberation Front fighters seized the town of Kasempa on Monday.",
        [("captures", "Kasempa", FRONT)],
    ),
    (
        "The Kafue Liberation Front's fighters seized the town of Kasempa on Monday.",
        [("captures", "Kasempa", FRONT)],
    ),
    (
        "Rebels from the Kafue Liberation Front overran Kasempa on Monday.",
        [("captures", "Kasempa", FRONT)],
    ),
    (
        "The Kafue Liberation Front (KLF) said on Monday it had taken Kasempa. On Tuesday KLF fighters captured Solwezi, residents said.",
        [("captures", "Kasempa", FRONT), ("captures", "Solwezi", FRONT)],
    ),
    (
        "Rebels of the Kafue Liberation Front, or KLF, took Kasempa on Monday. The KLF captured Solwezi a day later.",
        [("captures", "Kasempa", FRONT), ("captures", "Solwezi", FRONT)],
    ),
    (
        "The KLF captured Solwezi on Sunday. The Kafue Liberation Front (KLF) has fought the army for a decade.",
        [("captures", "Solwezi", FRONT)],
    ),
    (
        "Rebels known as the Brown Shields seized Kasempa on Monday. The Brown Shields captured Solwezi on Tuesday.",
        [("captures", "Kasempa", "x:zm:brown-shields"), ("captures", "Solwezi", "x:zm:brown-shields")],
    ),
    (
        "A militia called Umoja Watu attacked the town of Kasempa overnight.",
        [("attacks", "Kasempa", BODY)],
    ),
    (
        "Umoja Watu, an armed group from the hills, took Kasempa on Monday. Soldiers fled. Umoja Watu also holds Solwezi.",
        [("captures", "Kasempa", BODY), ("controls", "Solwezi", BODY)],
    ),
    (
        "The armed group Umoja Watu took Kasempa on Monday.",
        [("captures", "Kasempa", BODY)],
    ),
    (
        "The Lukanga movement captured Kasempa on Monday.",
        [("captures", "Kasempa", "x:zm:lukanga")],
    ),
    (
        "The Ndeke militia captured Kasempa on Monday.",
        [("captures", "Kasempa", "x:zm:ndeke")],
    ),
    (
        "Forces loyal to General Moses Tembo captured Kasempa on Monday.",
        [("captures", "Kasempa", MEN)],
    ),
    (
        "Troops loyal to renegade commander Moses Tembo captured Kasempa on Monday. Tembo's men also took Solwezi.",
        [("captures", "Kasempa", MEN), ("captures", "Solwezi", MEN)],
    ),
    (
        "Tembo-aligned militias captured Kasempa on Monday.",
        [("captures", "Kasempa", "x:zm:tembo")],
    ),
    (
        "Rebels led by the Kafue Liberation Front captured Kasempa on Monday.",
        [("captures", "Kasempa", FRONT)],
    ),
    (
        "Mutineers led by Colonel Moses Tembo captured Kasempa on Monday.",
        [("captures", "Kasempa", MEN)],
    ),
    (
        "N17 rebels captured Kasempa on Monday. The N17 then took Solwezi.",
        [("captures", "Kasempa", "x:zm:n17"), ("captures", "Solwezi", "x:zm:n17")],
    ),
    (
        "The Popular Front for the Salvation of Kafue captured Kasempa on Monday.",
        [("captures", "Kasempa", "x:zm:popular-front-for-the-salvation-of-kafue")],
    ),
    (
        "The Kafue Salvation Army (KSA) captured Kasempa on Monday. KSA fighters were seen in the streets of Solwezi, which the group captured on Tuesday.",
        [("captures", "Kasempa", "x:zm:kafue-salvation-army"), ("captures", "Solwezi", "x:zm:kafue-salvation-army")],
    ),
    (
        "Local gunmen captured Kasempa on Monday.",
        [("captures", "Kasempa", "x:zm:some-local-gunmen")],
    ),
    (
        "Self-defence groups captured Kasempa on Monday.",
        [("captures", "Kasempa", "x:zm:some-self-defence-groups")],
    ),
    (
        "Tribal fighters captured Kasempa on Monday.",
        [("captures", "Kasempa", "x:zm:some-tribal-fighters")],
    ),
    (
        "Kafue Liberation Front fighters seized the town of Kasempa on Monday. The rebels captured Solwezi a day later.",
        [("captures", "Solwezi", FRONT)],
    ),
    (
        "Kafue Liberation Front fighters clashed with the army in Kasempa on Monday. The group captured Solwezi a day later.",
        [("captures", "Solwezi", FRONT)],
    ),
    (
        "The Kafue Liberation Front attacked the town of Kasempa on Monday. Government troops withdrew. The militants now control Solwezi.",
        [("controls", "Solwezi", FRONT)],
    ),
    (
        "The Kafue Liberation Front said on Monday that its fighters had captured Kasempa from the army.",
        [("captures", "Kasempa", FRONT, ARMY)],
    ),
    (
        "The Kafue Liberation Front attacked Kasempa on Monday. They captured Solwezi a day later.",
        [("captures", "Solwezi", FRONT)],
    ),
    (
        "General Moses Tembo, the commander of the Kafue Liberation Front, said his men had captured Kasempa.",
        [("captures", "Kasempa", FRONT)],
    ),
    (
        "The rebels took Kasempa from the army, which then shelled Kasempa.",
        [("captures", "Kasempa", "x:zm:some-rebels", ARMY), ("attacks", "Kasempa", ARMY)],
    ),
    (
        "N17 rebels took Kasempa from the army, which retook Kasempa on Friday.",
        [("captures", "Kasempa", "x:zm:n17", ARMY), ("recaptures", "Kasempa", ARMY)],
    ),
    (
        "N17 captured Kasempa after the army withdrew its troops from Solwezi.",
        [("captures", "Kasempa", "x:zm:n17"), ("withdraws_from", "Solwezi", ARMY)],
    ),
    (
        "The army said N17 had attacked Kasempa but that it still controlled the town.",
        [("controls", "", ARMY)],
    ),
    (
        "N17 rebels, who took Kasempa from government troops last month, attacked Solwezi on Monday.",
        [("captures", "Kasempa", "x:zm:n17", ARMY), ("attacks", "Solwezi", "x:zm:n17")],
    ),
    (
        "The army held Kasempa before N17 fighters captured it.",
        [("controls", "Kasempa", ARMY)],
    ),
    (
        "The army clashed with N17 in Kasempa. The latter now controls the town of Solwezi.",
        [("controls", "Solwezi", "x:zm:n17")],
    ),
    (
        "The army lost Kasempa to N17 on Monday. It still controls Solwezi.",
        [("controls", "Solwezi", ARMY)],
    ),
    (
        "Army units in Solwezi came under attack from N17. The rebels captured Kasempa. The army recaptured Kasempa from them on Friday.",
        [("recaptures", "Kasempa", ARMY, "x:zm:n17")],
    ),
    (
        "Kasempa, captured by N17 rebels on Monday, was retaken by the army.",
        [("recaptures", "Kasempa", ARMY)],
    ),
    (
        "A former army commander who defected to N17 captured Kasempa on Monday.",
        [("captures", "Kasempa", "x:zm:n17")],
    ),
    (
        "Soldiers who joined the Kafue Liberation Front captured Kasempa on Monday.",
        [("captures", "Kasempa", FRONT)],
    ),
    (
        "Army defectors captured Kasempa on Monday.",
        [("captures", "Kasempa", "!")],
    ),
    (
        "Mutinous soldiers captured Kasempa on Monday.",
        [("captures", "Kasempa", "!")],
    ),
    (
        "Former soldiers captured Kasempa on Monday.",
        [("captures", "Kasempa", "!")],
    ),
    (
        "Zambian troops captured Kasempa from N17 rebels on Monday.",
        [("captures", "Kasempa", ARMY, "x:zm:n17")],
    ),
    (
        "The junta lost control of Kasempa on Monday, Zambian officials said.",
        [("controls", "Kasempa", STATE)],
    ),
    (
        "Malawian forces crossed into Zambia and captured Chipata on Monday. Zambian troops retook Chipata on Friday. The army now controls Lundazi.",
        [("captures", "Chipata", "malawi-forces"), ("recaptures", "Chipata", ARMY), ("controls", "Lundazi", ARMY)],
    ),
    (
        "N17 attacked Solwezi. Regime forces withdrew from Kasempa on Monday.",
        [("withdraws_from", "Kasempa", ARMY)],
    ),
    (
        "N17 rebels attacked Solwezi. The caretaker government controls Kasempa, Zambian officials said.",
        [("controls", "Kasempa", STATE)],
    ),
    (
        "Militants of the Kafue Liberation Front stormed Kasempa on Monday.",
        [("attacks", "Kasempa", FRONT)],
    ),
    (
        "Umoja Watu fighters captured Kasempa on Monday.",
        [("captures", "Kasempa", BODY)],
    ),
    (
        "Gunmen from Umoja Watu, a rebel group, captured Kasempa on Monday.",
        [("captures", "Kasempa", BODY)],
    ),
    (
        "The rebel group Umoja Watu captured Kasempa on Monday. The group now controls Solwezi.",
        [("controls", "Solwezi", BODY)],
    ),
    (
        "A militia known as Umoja Watu captured Kasempa on Monday. The militia now controls Solwezi.",
        [("controls", "Solwezi", BODY)],
    ),
    (
        "Soldiers loyal to Colonel Moses Tembo captured Kasempa on Monday.",
        [("captures", "Kasempa", MEN)],
    ),
    (
        "Rebels led by Moses Tembo captured Kasempa on Monday.",
        [("captures", "Kasempa", MEN)],
    ),
    (
        "Army deserters captured Kasempa on Monday.",
        [("captures", "Kasempa", "!")],
    ),
    (
        "Renegade soldiers captured Kasempa on Monday.",
        [("captures", "Kasempa", "!")],
    ),
    (
        "Troops loyal to President Noor captured Kasempa on Monday.",
        [("captures", "Kasempa", ARMY)],
    ),
    (
        "Some of the N17 rebels captured Kasempa on Monday.",
        [("captures", "Kasempa", "x:zm:n17")],
    ),
    (
        "N17 rebels captured Kasempa from the army on Monday. They now control Solwezi.",
        [("controls", "Solwezi", "x:zm:n17")],
    ),
    (
        "The army recaptured Kasempa from N17 rebels on Monday. It now controls Solwezi.",
        [("controls", "Solwezi", ARMY)],
    ),
    (
        "Zambian officials said N17 rebels had captured Kasempa.",
        [("captures", "Kasempa", "x:zm:n17")],
    ),
]


def fits(told, want):
    event, place, actor, *rest = want
    of_it = {
        "!": told.actor_id is not None and told.actor_id != ARMY,
        "some": ":some-" in (told.actor_id or ""),
    }.get(actor, told.actor_id == actor)
    placed = place in ("", told.place) or place in (told.place_name, *told.place_aliases)
    return of_it and told.event == event and placed and (not rest or told.opponent_id == rest[0])


@pytest.mark.parametrize(("text", "wanted"), ARTICLES, ids=[text[:50] for text, _ in ARTICLES])
def test_an_article_makes_its_parties_known(rows, text, wanted):
    told = list(rows(text))
    for want in wanted:
        assert any(fits(one, want) for one in told), [(one.event, one.place, one.actor_id) for one in told]


NAMES = [
    ("Fighters of the Red Hill Front left.", "Red Hill Front"),
    ("The Red Hill Front left.", "Red Hill Front"),
    ("Red Hill Front gunmen left.", "Red Hill Front"),
    ("The Front for the Defence of Osterby left.", "Front for the Defence of Osterby"),
    ("The Osterby People's Resistance Army (OPRA) left.", "Osterby People's Resistance Army"),
    ("Rebels known as the Grey Cloaks left.", "Grey Cloaks"),
    ("A militia calling itself Grey Cloaks left.", "Grey Cloaks"),
    ("Grey Cloaks, an insurgent group, left.", "Grey Cloaks"),
    ("The Ostrel militia left.", "Ostrel"),
    ("Ostrel rebels left.", "Ostrel"),
    ("They fought the Ostrel, officials said; the Ostrel captured the bridge.", "Ostrel"),
    ("The army fell back after clashes with the ORL, and the ORL seized the bridge.", "ORL"),
    ("Forces loyal to General Anders Holm left.", "Anders Holm"),
    ("Troops loyal to the warlord Anders Holm left.", "Anders Holm"),
    ("Holm-led rebels left.", "Holm"),
    ("B44 fighters left.", "B44"),
    ("Several fighters from the Osterby Salvation Union were hurt.", "Osterby Salvation Union"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_new_name_is_found_by_what_stands_around_it(coder, text, name):
    assert [one.name for one in coder.newcomers.find(text)] == [name]


NO_PARTIES = [
    "The Second Front Company sold shares.",
    "Local gunmen left.",
    "Tribal fighters left.",
    "Troops loyal to President Anders Holm left.",
    "Pro-army fighters left.",
    "Fighters from the Ostrel clan left.",
    "Zambian rebels left.",
    "The Lusaka militia left.",
    "Anders Holm said militants had left.",
    "The company captured a larger share of the market from Ostrel.",
    "Taliban fighters left.",
]


@pytest.mark.parametrize("text", NO_PARTIES)
def test_what_only_looks_like_a_new_party_is_none(coder, text):
    assert coder.newcomers.find(text) == ()


def test_initials_and_the_full_name_are_one_party(coder):
    found = coder.newcomers.find("The Red Hill Front (RHF) left. RHF fighters came back.")
    assert [set(one.aliases) for one in found] == [{"Red Hill Front", "RHF"}]


def test_a_new_party_tells_why_it_is_one(coder):
    (found,) = coder.newcomers.find("Rebels known as the Grey Cloaks left.")
    assert sum(reason.weight for reason in found.reasons) >= 1.0
    assert all(reason.sentence for reason in found.reasons)
