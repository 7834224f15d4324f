"""Why this place and not that one: a list of small rules, each with a weight and a sentence it can print."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.records import Candidate, Place, PlacePhrase, Reason

CITY_KINDS = frozenset({"capital", "city", "town", "village"})
PASSAGE_EVENTS = frozenset({"closes", "reopens", "restricts"})
WELL_KNOWN = 30_000
"""Inhabitants of a town that keeps its name from a crossing unless the phrase itself speaks of the crossing."""


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


@dataclass(frozen=True, slots=True)
class Case:
    """One name to be resolved, and what is wanted of it."""

    phrase: PlacePhrase
    event: str
    scene: Scene
    gazetteer: Gazetteer
    likeness: float
    """1 for the very name, less for a variant."""


Rule = Callable[[Case, Place], Reason | None]


def spelling(case: Case, place: Place) -> Reason | None:
    """The name itself, or one that sounds like it."""
    if case.likeness >= 1.0:
        return Reason("spelling", 1.0, f'"{case.phrase.name}" is a name of {place.name}')
    return Reason(
        "spelling", 0.75 * case.likeness, f'"{case.phrase.name}" sounds like {place.name} ({case.likeness:.2f})'
    )


def theatre_country(case: Case, place: Place) -> Reason | None:
    """The countries that the article is about; a name that only sounds alike counts in the first of them alone."""
    countries = case.scene.countries[:1] if case.likeness < 1.0 else case.scene.countries
    for rank, weight in ((0, 1.2), (1, 0.7), (2, 0.5)):
        if rank < len(countries) and countries[rank] in (place.country, place.other_country or place.country):
            return Reason("country", weight, f"the article is about {countries[rank]}")
    known = place.kind in ("country", "capital") or place.population >= 500_000
    if countries and not known:
        return Reason("country", -0.8, f"the article does not speak of {place.country}")
    return None


def container(case: Case, place: Place) -> Reason | None:
    """ "in Herat", "of Laghman province": the phrase names what it lies in."""
    within = [key(name) for name in case.phrase.within]
    if not within:
        return None
    if any(name in (key(place.admin1), key(place.admin2)) for name in within):
        return Reason("within", 1.0, f"it lies in {place.admin1}, as the phrase says")
    found = [p for name in case.phrase.within for p in case.gazetteer.lookup(name)[:4]]
    if any(p.kind == "province" and key(p.name) == key(place.admin1) and p.country == place.country for p in found):
        return Reason("within", 1.0, f"it lies in {place.admin1}, as the phrase says")
    if any(p.kind == "country" and p.country in (place.country, place.other_country) for p in found):
        return Reason("within", 0.5, f"it lies in {place.country}, as the phrase says")
    if any(p.kind == "province" and p.country == place.country and key(p.name) != key(place.name) for p in found):
        return Reason("within", -0.6, f"it does not lie in {', '.join(case.phrase.within)}")
    return None


def province_in_article(case: Case, place: Place) -> Reason | None:
    """The article names the province that this place lies in."""
    if place.admin1 and key(place.admin1) in case.scene.provinces:
        return Reason("province", 0.35, f"the article names {place.admin1}")
    return None


def kind_asked(case: Case, place: Place) -> Reason | None:
    """What the words beside the name ask for: a crossing, a district, a city."""
    asked = case.phrase.kind
    if asked in ("crossing", "port", "border"):
        return Reason("kind", 1.0, "the phrase says crossing") if place.kind == "crossing" else None
    if asked == "district":
        return Reason("kind", 0.8 if place.kind == "district" else -0.2, "the phrase says district")
    if asked == "province":
        return Reason("kind", 1.0 if place.kind == "province" else -0.4, "the phrase says province")
    if asked in ("city", "capital", "town", "village", "centre") and place.kind in ("province", "district", "country"):
        return Reason("kind", -0.6, f"the phrase says {asked}")
    if asked in ("base", "airport") and place.kind == asked:
        return Reason("kind", 1.0, f"the phrase says {asked}")
    return None


def crossing_cue(case: Case, place: Place) -> Reason | None:
    """A crossing's name that is also a town's needs a word that says crossing."""
    if place.kind != "crossing":
        return None
    if case.event in PASSAGE_EVENTS:
        return Reason("crossing cue", 0.8, "what is closed or opened is a crossing")
    if case.phrase.kind in ("crossing", "port", "border"):
        return None
    if not case.gazetteer.needs_cue(place, case.phrase.name):
        known = case.gazetteer.crossing(place.place_id)
        doubtful = known is not None and known.confidence == "low" and not case.scene.speaks_of_crossings
        return (
            Reason("crossing cue", -0.9, "a little-known crossing, and nothing says that one is meant")
            if doubtful
            else None
        )
    if case.phrase.kind in ("district", "province", "city", "village", "centre", "capital"):
        return Reason("crossing cue", -1.5, f"the phrase says {case.phrase.kind}")
    rivals = [p for p in case.gazetteer.lookup(case.phrase.name) if p.country in (place.country, place.other_country)]
    famous = any(p.kind in CITY_KINDS and p.population >= WELL_KNOWN for p in rivals)
    called = key(case.phrase.name) in case.scene.crossing_names
    if called and not famous:
        return Reason("crossing cue", 0.9, "the article calls it a crossing")
    if case.scene.speaks_of_crossings and not famous:
        return Reason("crossing cue", 0.5, "the article speaks of border crossings")
    return Reason("crossing cue", -1.2, "nothing says that the crossing is meant rather than the town")


def division_or_seat(case: Case, place: Place) -> Reason | None:
    """One name for a city and its province: the city, unless the words say province."""
    if place.kind in ("province", "district") and case.phrase.kind not in ("province", "district"):
        return Reason("division", -0.3, "a bare name is the town before the division")
    return None


def size(case: Case, place: Place) -> Reason | None:
    """Bigger places are named more often."""
    people = place.population or {
        "country": 10_000_000,
        "province": 300_000,
        "district": 20_000,
        "crossing": 50_000,
    }.get(place.kind, 300)
    known = f"{people} inhabitants or thereabouts" if place.population else f"as a {place.kind} of the usual size"
    return Reason("size", round(min(math.log10(people + 1), 7.0) / 14, 3), known)


RULES: Sequence[Rule] = (
    spelling, theatre_country, container, province_in_article, kind_asked, crossing_cue, division_or_seat, size,
)  # fmt: skip


def weigh(case: Case, place: Place) -> Candidate:
    """A candidate with the sum of its reasons."""
    reasons = tuple(reason for rule in RULES if (reason := rule(case, place)) is not None)
    return Candidate(place, round(sum(reason.weight for reason in reasons), 4), reasons)
