"""Every place that a text names, found, told from people and papers, and resolved: text in, places out."""

from __future__ import annotations

from marchland.places.article import resolve_mentions
from marchland.places.gazetteer import Gazetteer
from marchland.places.sense import Sense, Teller
from marchland.records import PlacePhrase, Resolved, Span


def places_in(text: str, teller: Teller, gazetteer: Gazetteer) -> tuple[Resolved, ...]:
    """One answer for each name that is used of a place, of a body that is there or of a people, in order.

    A short form or an adjective means its one place; all other names are weighed together. A refusal is an answer.
    """
    senses = [sense for sense in teller.senses(text) if sense.use != "other"]
    phrases = [phrase_of(sense, text) for sense in senses]
    named = [phrase for sense, phrase in zip(senses, phrases, strict=True) if sense.found.sort != "adjective"]
    resolved = dict(zip((one.span for one in named), resolve_mentions(text, named, gazetteer), strict=True))
    return tuple(
        _by_id(sense, phrase, gazetteer) if sense.found.place_id else resolved[phrase.span]
        for sense, phrase in zip(senses, phrases, strict=True)
    )


def phrase_of(sense: Sense, text: str) -> PlacePhrase:
    """A name as a phrase: with the kind that the noun beside it asks for, and the place named after a comma."""
    span = Span(sense.found.start, sense.found.end)
    within = (sense.within,) if sense.within else ()
    return PlacePhrase(span.of(text), span, sense.found.name, kind=sense.kind, within=within)


def _by_id(sense: Sense, phrase: PlacePhrase, gazetteer: Gazetteer) -> Resolved:
    place = gazetteer.get(sense.found.place_id)
    return Resolved(phrase, place, f'"{phrase.text}" stands for {place.name if place else sense.found.name}')
