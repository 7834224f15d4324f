"""Which of its candidates a place name means, or why it cannot be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from marchland.places.distance import km
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.places.rules import COMPANY_RULES, Case, Scene, explained, score
from marchland.places.weights import Weights, shipped_weights
from marchland.records import Candidate, Place, PlacePhrase, Resolved

SITE_KINDS = ("base", "airport", "area", "bridge", "building")
"""Kinds of phrases whose common noun may belong to the name."""
KNOWN_PEOPLE = 100_000
"""Inhabitants of a place that is known wherever the story plays, so that no name that only sounds alike is sought."""
RIVALS = 5
TIES = ("within", "followed", "holds", "other names", "near", "close")
"""Rules that tie a place to the article although it lies in none of its countries."""
Scored = tuple[float, Place, float]
"""Score, place, likeness of its name."""


@dataclass(frozen=True)
class Chooser:
    """Chooses among the places of one name, in the light of one article."""

    gazetteer: Gazetteer
    scene: Scene
    weights: Weights = field(default_factory=shipped_weights)
    on: dt.date | None = None
    """The day on which names are meant, where the gazetteer knows of days."""

    def name(self, phrase: PlacePhrase, event: str) -> Resolved:
        """The best candidate of a name, its rivals and the reasons."""
        ranked = self.ranked(phrase, event)
        if not ranked:
            return Resolved(phrase, None, f'no such place: nothing is called "{phrase.name}" or sounds like it')
        shown = [self.explained(phrase, event, place, likeness) for _, place, likeness in ranked[:RIVALS]]
        rivals, best = tuple(shown), shown[0]
        if best.score < self.weights.floor or self._is_stranger(best, ranked[0][2]):
            where = f"{best.place.name} ({best.place.country})"
            return Resolved(phrase, None, f"no such place in this story: {where} does not fit", rivals)
        if other := self._too_close(ranked):
            return Resolved(phrase, None, f"too close to call between {_both(best.place, other)}", rivals)
        return Resolved(phrase, best.place, "; ".join(r.sentence for r in best.reasons), rivals, phrase.part)

    def ranked(self, phrase: PlacePhrase, event: str = "") -> list[Scored]:
        """Score, place and likeness of every candidate, the best first."""
        return self.with_company(phrase, self.alone(phrase, event))

    def alone(self, phrase: PlacePhrase, event: str = "") -> list[Scored]:
        """Every candidate, weighed without the votes of the other names."""
        return [
            (score(self._case(phrase, event, likeness), place, self.weights), place, likeness)
            for place, likeness in self.candidates(phrase)
        ]

    def with_company(self, phrase: PlacePhrase, scored: Sequence[Scored]) -> list[Scored]:
        """The candidates with the votes of the other names, the best first."""
        case = self._case(phrase, "", 1.0)
        found = [
            (round(points + score(case, place, self.weights, COMPANY_RULES), 4), place, likeness)
            for points, place, likeness in scored
        ]
        return sorted(found, key=lambda one: (-one[0], one[1].place_id))

    def candidates(self, phrase: PlacePhrase) -> list[tuple[Place, float]]:
        """The places of a name with their likeness; those that only sound alike where nothing at hand has the name."""
        exact = {place.place_id: (place, 1.0) for place in self.gazetteer.lookup(phrase.name, self.on)}
        country = self.gazetteer.country_of_adjective(phrase.name)
        if country and (place := self.gazetteer.get(f"iso:{country}")):
            exact.setdefault(place.place_id, (place, 1.0))
        if phrase.kind in SITE_KINDS and key(phrase.text) != key(phrase.name):
            exact |= {place.place_id: (place, 1.0) for place in self.gazetteer.lookup(_bare(phrase.text), self.on)}
        if not any(self._at_hand(place) for place, _ in exact.values()):
            for place, likeness in self.gazetteer.variants(phrase.name, self.weights.alike, self.on):
                exact.setdefault(place.place_id, (place, likeness))
        return list(exact.values())

    def _at_hand(self, place: Place) -> bool:
        """Whether a place of the very name lies in the countries of the story, or is known everywhere."""
        at_home = not self.scene.countries or place.country in self.scene.countries[:3]
        return at_home or place.kind in ("country", "capital") or place.population >= KNOWN_PEOPLE

    def explained(self, phrase: PlacePhrase, event: str, place: Place, likeness: float) -> Candidate:
        """One candidate with its reasons."""
        return explained(self._case(phrase, event, likeness), place, self.weights)

    def _case(self, phrase: PlacePhrase, event: str, likeness: float) -> Case:
        return Case(phrase, event, self.scene, self.gazetteer, likeness, key(phrase.name))

    def _is_stranger(self, best: Candidate, likeness: float) -> bool:
        """Whether the article speaks of other countries alone, and nothing else ties the place to it.

        A name that only sounds alike is believed in the first country of the story alone.
        """
        told = {reason.rule: reason.weight for reason in best.reasons}
        if likeness < 1.0:
            return bool(self.scene.countries) and told.get("country", 0.0) <= 0
        tied = max((told.get(rule, 0.0) for rule in TIES), default=0.0) > 0
        return told.get("country", 0.0) < 0 and not tied

    def _too_close(self, ranked: Sequence[Scored]) -> Place | None:
        """A rival as good as the best that lies elsewhere."""
        top, best, _ = ranked[0]
        close = (place for points, place, _ in ranked[1:] if top - points < self.weights.close)
        return next((place for place in close if km(best, place) > self.weights.apart_km), None)


def _both(one: Place, other: Place) -> str:
    return f"{one.name} in {one.admin1 or one.country} and in {other.admin1 or other.country}"


def _bare(text: str) -> str:
    return text.removeprefix("the ").removeprefix("The ")
