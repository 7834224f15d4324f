"""From a place phrase to a place, or to a refusal with its reason.

Names are weighed by `rules`; descriptions ("both crossings", "the provincial capital", "it") are tied to the places
that the article has named, nearest first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from marchland.places.article import chooser_for
from marchland.places.choose import Chooser
from marchland.places.describe import Describer
from marchland.places.gazetteer import Gazetteer
from marchland.places.relative import Beside
from marchland.places.scene import Named, in_dateline, named_phrases
from marchland.places.weights import Weights
from marchland.records import PlacePhrase, Reading, Resolved


@dataclass(frozen=True)
class Resolver:
    """Resolves the phrases of one article."""

    chooser: Chooser
    describer: Describer
    beside: Beside

    @classmethod
    def of(cls, reading: Reading, gazetteer: Gazetteer, *, weights: Weights | None = None) -> Resolver:
        """Look at every name in the article first: each helps to tell the others."""
        phrases = named_phrases(reading)
        homes = [claim.actor.country for claim in reading.claims if claim.actor and claim.actor.country]
        published = reading.article.published
        day = published.last_day if published else None
        chooser = chooser_for(reading.article.text, phrases, gazetteer, homes=homes, weights=weights, on=day)
        claimed = {claim.place for claim in reading.claims}
        found = ((p, chooser.name(p, "")) for p in phrases)
        named = (
            Named(p.span.start, one.choice, p, one.reason, p in claimed, in_dateline(p, reading)) for p, one in found
        )
        sentences = {claim.place.span: claim.sentence for claim in reading.claims}
        describer = Describer(chooser, tuple(sorted(named, key=lambda n: n.start)), sentences)
        return cls(chooser, describer, Beside(chooser))

    def resolve(self, phrase: PlacePhrase, event: str) -> tuple[Resolved, ...]:
        """One answer for most phrases; several for "both crossings"; a refusal is an answer too."""
        return tuple(self._sided(answer) for answer in self._answers(phrase, event))

    def _sided(self, answer: Resolved) -> Resolved:
        """The answer with the one side of the crossing that is meant."""
        place, side = answer.choice, answer.phrase.side
        if not side or place is None or place.kind != "crossing":
            return answer
        country = self.chooser.gazetteer.country_of(side)
        return replace(answer, side=country) if country in (place.country, place.other_country) else answer

    def _answers(self, phrase: PlacePhrase, event: str) -> tuple[Resolved, ...]:
        if phrase.kind == "none":
            return (Resolved(phrase, None, "the sentence names no place"),)
        if phrase.offset is not None and (beside := self.beside.place(phrase, event)) is not None:
            return (beside,)
        site = phrase.kind in ("base", "airport")
        if phrase.part and (not site or (phrase.within and not phrase.name)):
            return (self.describer.part(phrase, event),)
        if phrase.name:
            return (self._named(phrase, event),)
        answers = self.describer.described(phrase, event)
        return tuple(replace(answer, part=phrase.text) for answer in answers) if phrase.part else answers

    def _named(self, phrase: PlacePhrase, event: str) -> Resolved:
        found = self.chooser.name(phrase, event)
        if phrase.kind == "crossing" and (gate := self.describer.gates.named_for_town(phrase, found)) is not None:
            return gate
        choice = found.choice
        whole_country = choice is not None and choice.kind == "country" and phrase.text != phrase.name
        other_kind = phrase.kind in ("base", "airport") and (choice is None or choice.kind != phrase.kind)
        return replace(found, part=phrase.text) if other_kind or (whole_country and not phrase.kind) else found
