"""How one name resolves by itself or in a context that the asker gives: what `marchland places` answers with."""

from __future__ import annotations

from dataclasses import dataclass

from marchland.errors import Misuse
from marchland.places.article import chooser_for
from marchland.places.find import Finder
from marchland.places.gazetteer import Gazetteer
from marchland.records import Candidate, PlacePhrase, Resolved, Span

SHOWN = 10
"""Candidates shown."""
LIKE = 0.6
"""How like a spelling must be to be offered for a name that nobody has."""
OFFERED = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A name, and what is known around it."""

    name: str
    kind: str = ""
    """What the words beside it say it is: city, district, province, crossing, base, airport."""
    country: str = ""
    """ISO alpha-2 of the country that the story is about."""
    near: tuple[str, ...] = ()
    """Other places of the story."""
    context: str = ""
    """Words of the story."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a name means, or why that cannot be told; what else it may mean; or the likest spellings."""

    answer: Resolved
    candidates: tuple[Candidate, ...]
    """The best first, each with its reasons."""
    spellings: tuple[tuple[str, str, float], ...] = ()
    """Name, id and likeness of places that sound somewhat like a name that nobody has."""


def ask(question: Question, gazetteer: Gazetteer) -> Told:
    """Resolve a name as in an article that says no more than the question.

    Raises Misuse for a country or a place near it that nobody has: neither could say anything.
    """
    if question.country and gazetteer.country(question.country) is None:
        raise Misuse(f'--country: no country has the code "{question.country}"')
    for name in question.near:
        if not gazetteer.lookup(name):
            raise Misuse(f'--near: no place is called "{name}"')
    text = ". ".join(part for part in (question.context, *question.near) if part)
    around = [PlacePhrase(one.name, Span(one.start, one.end), one.name) for one in Finder.of(gazetteer).find(text)]
    start = len(text) + 2
    phrase = PlacePhrase(question.name, Span(start, start + len(question.name)), question.name, question.kind)
    homes = [question.country] if question.country else []
    chooser = chooser_for(f"{text}. {question.name}", [*around, phrase], gazetteer, homes=homes)
    answer, ranked = chooser.name(phrase, ""), chooser.ranked(phrase)
    candidates = tuple(chooser.explained(phrase, "", place, likeness) for _, place, likeness in ranked[:SHOWN])
    return Told(answer, candidates, () if ranked else _spellings(question.name, gazetteer))


def _spellings(name: str, gazetteer: Gazetteer) -> tuple[tuple[str, str, float], ...]:
    found = gazetteer.variants(name, LIKE)[:OFFERED]
    return tuple((place.name, place.place_id, likeness) for place, likeness in found)
