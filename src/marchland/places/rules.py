"""Why this place and not that one: a list of small rules, each with a weight and a sentence it can print."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from marchland.places.company import ALL, Company
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import fold, key
from marchland.places.weights import Weights
from marchland.records import Candidate, Place, PlacePhrase, Reason

DIVISION_KINDS = frozenset({"country", "province", "district"})
CITY_KINDS = frozenset({"capital", "city", "town", "village"})
CROSSING_WORDS = ("crossing", "port", "border")
PASSAGE_EVENTS = frozenset({"closes", "reopens", "restricts"})
WELL_KNOWN = 30_000
"""Inhabitants of a town that keeps its name from a crossing unless the phrase itself speaks of the crossing."""
FULL_COMPANY = 3.0
"""So many other names that speak for a candidate say all that company can say."""
ONE_SPOT = 0.4
"""Degrees between a division and a town of its name that is taken for the town it is named after."""
USUAL_PEOPLE = {"country": 10_000_000, "province": 300_000, "district": 20_000, "crossing": 50_000}


@dataclass(frozen=True, slots=True)
class Scene:
    """What the article tells about any name in it."""

    countries: tuple[str, ...]
    """By weight, heaviest first."""
    provinces: frozenset[str]
    """Keys of the provinces that the article names."""
    crossing_names: frozenset[str]
    """Keys of names that the article somewhere calls a crossing, gate or port."""
    speaks_of_crossings: bool
    followed_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Key of a name -> keys of the names that follow it after a comma or in brackets, anywhere in the article."""
    follows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The same, the other way about."""
    company: Company = field(default_factory=Company)
    """What the names of the article speak for together."""


@dataclass(frozen=True, slots=True)
class Case:
    """One name to be resolved, and what is wanted of it."""

    phrase: PlacePhrase
    event: str
    scene: Scene
    gazetteer: Gazetteer
    likeness: float
    """1 for the very name, less for a variant."""

    name: str
    """The key of the name."""


Cue = tuple[str, str, float, str, tuple[object, ...]] | None
"""The rule's printed name, the name of its weight, the amount, and a sentence with its parts: made only to be shown."""
Rule = Callable[[Case, Place], Cue]


def spelling(case: Case, place: Place) -> Cue:
    """The name itself, or one that sounds like it."""
    if case.likeness >= 1.0:
        return "spelling", "exact", 1.0, '"{}" is a name of {}', (case.phrase.name, place.name)
    said = (case.phrase.name, place.name, case.likeness)
    return "spelling", "alike", case.likeness, '"{}" sounds like {} ({:.2f})', said


def by_name(case: Case, place: Place) -> Cue:
    """Its own name, rather than one of the other names that it has somewhere."""
    if case.likeness < 1.0 or (key(place.name) != case.name and fold(place.name) != fold(case.phrase.name)):
        return None
    return "own name", "own-name", 1.0, "as its own name", ()


def theatre_country(case: Case, place: Place) -> Cue:
    """The countries that the article is about; a name that only sounds alike counts in the first of them alone."""
    countries = case.scene.countries[:1] if case.likeness < 1.0 else case.scene.countries[:3]
    if case.name in case.scene.company.own and not case.scene.company.others(case.name, ALL):
        return None  # the article names nothing else
    for rank, country in enumerate(countries):
        if country in (place.country, place.other_country or place.country):
            weight = ("country-first", "country-second", "country-third")[rank]
            return "country", weight, 1.0, "the article is about {}", (country,)
    known = place.kind in ("country", "capital") or place.population >= 500_000
    if case.scene.countries and not known:
        return "country", "country-other", 1.0, "the article does not speak of {}", (place.country,)
    return None


def country_share(case: Case, place: Place) -> Cue:
    """The other names of the article lie in its country."""
    share = case.scene.company.country(case.name, place)
    if share < 0.01:
        return None
    return "other names", "country-share", share, "{:.0%} of the other names speak for {}", (share, place.country)


def container(case: Case, place: Place) -> Cue:
    """ "in Herat", "of Laghman province": the phrase names what it lies in."""
    if not case.phrase.within:
        return None
    within = [key(name) for name in case.phrase.within]
    lies_in = "within", "within", 1.0, "it lies in {}, as the phrase says", (place.admin1,)
    if any(name in (key(place.admin1), key(place.admin2)) for name in within):
        return lies_in
    found = [p for name in case.phrase.within for p in case.gazetteer.lookup(name)[:4]]
    if any(p.kind == "province" and key(p.name) == key(place.admin1) and p.country == place.country for p in found):
        return lies_in
    if any(p.kind == "country" and p.country in (place.country, place.other_country) for p in found):
        return "within", "within-country", 1.0, "it lies in {}, as the phrase says", (place.country,)
    if any(p.kind == "province" and p.country == place.country and key(p.name) != key(place.name) for p in found):
        return "within", "within-not", 1.0, "it does not lie in {}", (", ".join(case.phrase.within),)
    return None


def followed(case: Case, place: Place) -> Cue:
    """ "Tuzla, Kovany": its name is followed by that of the country or the division it lies in."""
    names = case.scene.followed_by.get(case.name)
    if not names:
        return None
    for name in names:
        for one in case.gazetteer.lookup_key(name)[:6]:
            if one.kind in DIVISION_KINDS and lies_in(place, one):
                return "followed", "followed", 1.0, "its name is followed by {}, where it lies", (one.name,)
    return None


def holds(case: Case, place: Place) -> Cue:
    """ "Tuzla, Kovany": a name that follows another one is rather the division or country that the other lies in."""
    if place.kind not in DIVISION_KINDS:
        return None
    for name in case.scene.follows.get(case.name, ()):
        if any(lies_in(one, place) for one in case.gazetteer.lookup_key(name)[:12]):
            return "holds", "holds", 1.0, "it follows the name of a place that lies in it", ()
    return None


def lies_in(place: Place, division: Place) -> bool:
    """Whether a place lies in a country, province or district, by name."""
    if place.country != division.country or place.place_id == division.place_id:
        return False
    return division.kind == "country" or division.name in (place.admin1, place.admin2)


def province_in_article(case: Case, place: Place) -> Cue:
    """The article names the province that this place lies in."""
    if place.admin1 and key(place.admin1) in case.scene.provinces:
        return "province", "province-named", 1.0, "the article names {}", (place.admin1,)
    return None


def province_company(case: Case, place: Place) -> Cue:
    """Other names of the article lie in its province."""
    voters = case.scene.company.province(case.name, place)
    if voters < 0.1:
        return None
    said = (place.admin1 or place.name, voters)
    return "other names", "province-company", _full(voters), "other names speak for {} ({:.1f})", said


def near(case: Case, place: Place) -> Cue:
    """Other names of the article may lie near."""
    voters = case.scene.company.near(case.name, place)
    if voters < 0.1:
        return None
    return "near", "near", _full(voters), "other names may lie within 100 km ({:.1f})", (voters,)


def close_by(case: Case, place: Place) -> Cue:
    """Other names of the article may lie close by."""
    voters = case.scene.company.close(case.name, place)
    if voters < 0.1:
        return None
    return "close", "close-by", _full(voters), "other names may lie within 30 km ({:.1f})", (voters,)


def _full(voters: float) -> float:
    return min(voters, FULL_COMPANY) / FULL_COMPANY


def kind_asked(case: Case, place: Place) -> Cue:
    """What the words beside the name ask for: a crossing, a district, a city."""
    asked, says = case.phrase.kind, "the phrase says {}"
    if asked in CROSSING_WORDS:
        return ("kind", "kind-crossing", 1.0, "the phrase says crossing", ()) if place.kind == "crossing" else None
    if asked in ("district", "province"):
        return "kind", f"kind-{asked}" if place.kind == asked else f"kind-{asked}-not", 1.0, says, (asked,)
    if asked in ("city", "capital", "town", "village", "centre") and place.kind in ("province", "district", "country"):
        return "kind", "kind-town-not", 1.0, says, (asked,)
    if asked in ("base", "airport") and place.kind == asked:
        return "kind", "kind-site", 1.0, says, (asked,)
    return None


def crossing_cue(case: Case, place: Place) -> Cue:
    """A crossing's name that is also a town's needs a word that says crossing."""
    if place.kind != "crossing" or (case.event not in PASSAGE_EVENTS and case.phrase.kind in CROSSING_WORDS):
        return None
    weight, says = _crossing_cue(case, place)
    return ("crossing cue", weight, 1.0, says, (case.phrase.kind,)) if weight else None


def _crossing_cue(case: Case, place: Place) -> tuple[str, str]:
    """The name of the weight and the sentence."""
    if case.event in PASSAGE_EVENTS:
        return "passage", "what is closed or opened is a crossing"
    if not case.gazetteer.needs_cue(place, case.phrase.name):
        known = case.gazetteer.crossing(place.place_id)
        doubtful = known is not None and known.confidence == "low" and not case.scene.speaks_of_crossings
        weight = "crossing-doubtful" if doubtful else ""
        return weight, "a little-known crossing, and nothing says that one is meant"
    if case.phrase.kind in ("district", "province", "city", "village", "centre", "capital"):
        return "crossing-not", "the phrase says {}"
    if not _famous_town(case, place):
        if case.name in case.scene.crossing_names:
            return "crossing-called", "the article calls it a crossing"
        if case.scene.speaks_of_crossings:
            return "crossing-spoken-of", "the article speaks of border crossings"
    return "crossing-uncalled", "nothing says that the crossing is meant rather than the town"


def _famous_town(case: Case, place: Place) -> bool:
    rivals = [p for p in case.gazetteer.lookup(case.phrase.name) if p.country in (place.country, place.other_country)]
    return any(p.kind in CITY_KINDS and p.population >= WELL_KNOWN for p in rivals)


def division_or_seat(case: Case, place: Place) -> Cue:
    """One name for a city and its province: the city, unless the words say province."""
    if place.kind not in ("province", "district") or case.phrase.kind in ("province", "district"):
        return None
    namesakes = case.gazetteer.lookup_key(case.name)[:12]
    if any(one.kind in CITY_KINDS and (lies_in(one, place) or _named_after(one, place)) for one in namesakes):
        return "division", "division-of-town", 1.0, "a bare name is the town before the division", ()
    return None


def _named_after(town: Place, division: Place) -> bool:
    """Whether a division bears the name of a town of its province or of its very spot."""
    near = abs(town.lat - division.lat) < ONE_SPOT and abs(town.lon - division.lon) < ONE_SPOT
    same = bool(division.admin1) and town.admin1 == division.admin1
    return (near or same) and town.country == division.country


def standing(case: Case, place: Place) -> Cue:
    """A country, or a first-order division, is named more often than a town of its size."""
    if place.kind not in ("country", "province", "district", "capital"):
        return None
    return "standing", f"standing-{place.kind}", 1.0, "a {}", (place.kind,)


def size(case: Case, place: Place) -> Cue:
    """Bigger places are named more often."""
    people = place.population or USUAL_PEOPLE.get(place.kind, 300)
    amount = min(math.log10(people + 1), 7.0) / 7
    if place.population:
        return "size", "size", amount, "{} inhabitants or thereabouts", (people,)
    return "size", "size", amount, "as a {} of the usual size", (place.kind,)


RULES: Sequence[Rule] = (
    spelling, by_name, container, followed, holds, province_in_article, kind_asked, crossing_cue,
    division_or_seat, standing, size,
)  # fmt: skip
COMPANY_RULES: Sequence[Rule] = (theatre_country, country_share, province_company, near, close_by)
"""Those that look at the votes of the other names."""


def score(case: Case, place: Place, weights: Weights, rules: Sequence[Rule] = RULES) -> float:
    """The sum of what some rules say of one candidate."""
    found = (rule(case, place) for rule in rules)
    return sum(weights[cue[1]] * cue[2] for cue in found if cue is not None)


def explained(case: Case, place: Place, weights: Weights) -> Candidate:
    """A candidate with its reasons, which add up to its score."""
    found = (rule(case, place) for rule in (*RULES, *COMPANY_RULES))
    reasons = tuple(
        Reason(rule, round(weights[weight] * amount, 4), says.format(*parts))
        for rule, weight, amount, says, parts in filter(None, found)
    )
    return Candidate(place, round(sum(reason.weight for reason in reasons), 4), reasons)
