"""Which of its candidates a place name means, or why it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.places.rules import Case, Scene, weigh
from marchland.records import Candidate, Place, PlacePhrase, Resolved

FLOOR = 1.15
"""A best candidate below this is no answer."""
CLOSE = 0.04
"""Two candidates whose scores differ by less are too close to call, when they lie apart."""
APART_KM = 40.0
NEAR_FLOOR = 0.84


@dataclass(frozen=True)
class Chooser:
    """Chooses among the places of one name, in the light of one article."""

    gazetteer: Gazetteer
    scene: Scene

    def name(self, phrase: PlacePhrase, event: str) -> Resolved:
        """The best candidate of a name, its rivals and the reasons."""
        candidates = self._candidates(phrase, event)
        if not candidates:
            return Resolved(phrase, None, f'no such place: nothing is called "{phrase.name}" or sounds like it')
        best, rivals = candidates[0], tuple(candidates[:5])
        if best.score < FLOOR:
            return Resolved(
                phrase,
                None,
                f"no such place in this story: {best.place.name} ({best.place.country}) does not fit",
                rivals,
            )
        close = [c for c in candidates[1:] if best.score - c.score < CLOSE and km(best.place, c.place) > APART_KM]
        if close:
            other = close[0].place
            where = (
                f"{best.place.name} in {best.place.admin1 or best.place.country} and in {other.admin1 or other.country}"
            )
            return Resolved(phrase, None, f"too close to call between {where}", rivals)
        return Resolved(phrase, best.place, "; ".join(r.sentence for r in best.reasons), rivals, phrase.part)

    def _candidates(self, phrase: PlacePhrase, event: str) -> list[Candidate]:
        exact = {place.place_id: (place, 1.0) for place in self.gazetteer.lookup(phrase.name)}
        whole = key(phrase.text)
        if phrase.kind in ("base", "airport", "area", "bridge", "building") and whole != key(phrase.name):
            exact |= {place.place_id: (place, 1.0) for place in self.gazetteer.lookup(_bare(phrase.text))}
        at_home = [p for p, _ in exact.values() if not self.scene.countries or p.country in self.scene.countries[:3]]
        known = any(p.kind in ("country", "capital") or p.population >= 100_000 for p, _ in exact.values())
        if not at_home and not known:
            for place, likeness in self.gazetteer.variants(phrase.name, NEAR_FLOOR):
                exact.setdefault(place.place_id, (place, likeness))
        weighed = [
            weigh(Case(phrase, event, self.scene, self.gazetteer, likeness), place)
            for place, likeness in exact.values()
        ]
        return sorted(weighed, key=lambda c: (-c.score, c.place.place_id))


def _bare(text: str) -> str:
    return text.removeprefix("the ").removeprefix("The ")


def km(a: Place, b: Place) -> float:
    lat1, lon1, lat2, lon2 = map(radians, (a.lat, a.lon, b.lat, b.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(sqrt(h))
