"""All place names of one article weighed together: each helps to tell the others."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from marchland.places.choose import Chooser, Scored
from marchland.places.company import Company, Guess
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.places.rules import CROSSING_WORDS, Scene
from marchland.places.theatre import theatre
from marchland.places.weights import Weights, shipped_weights
from marchland.records import PlacePhrase, Resolved

_BETWEEN = re.compile(r"\s?(?:,\s?|\(|in (?:the )?)")
"""What stands between a name and that of the place it lies in: "Tuzla, Kovany", "Tuzla (Kovany)", "Tuzla in Kovany"."""
_EDGES = ".,;:'\"’”“()"


def resolve_mentions(
    text: str, phrases: Sequence[PlacePhrase], gazetteer: Gazetteer, *, weights: Weights | None = None
) -> tuple[Resolved, ...]:
    """One answer for each named phrase of an article, in their order; a refusal is an answer too."""
    chooser = chooser_for(text, phrases, gazetteer, weights=weights)
    known: dict[tuple[str, str, tuple[str, ...]], Resolved] = {}
    answers = []
    for phrase in phrases:
        same = key(phrase.name), phrase.kind, phrase.within
        found = known.get(same) or known.setdefault(same, chooser.name(phrase, ""))
        answers.append(replace(found, phrase=phrase))
    return tuple(answers)


def chooser_for(
    text: str,
    phrases: Sequence[PlacePhrase],
    gazetteer: Gazetteer,
    *,
    homes: Iterable[str] = (),
    weights: Weights | None = None,
    on: dt.date | None = None,
) -> Chooser:
    """A chooser that knows the article: `phrases` are all its named places, `homes` the countries of its parties.

    `on` is its day, for names and places of a user's own gazetteer that hold on some days only.
    """
    day = on if gazetteer.has_days else None
    chooser = Chooser(gazetteer, scene_of(text, phrases, gazetteer, homes), weights or shipped_weights(), day)
    return in_company(chooser, phrases, sure_votes(text, gazetteer, homes))


def sure_votes(text: str, gazetteer: Gazetteer, homes: Iterable[str]) -> dict[str, Guess]:
    """Votes for countries that need no weighing: of their adjectives ("Sudanese") and of the homes of the parties."""
    words = {word.strip(_EDGES) for word in text.split() if word[:1].isupper()}
    adjectives = {f"adjective {word}": gazetteer.country_of_adjective(word) for word in words}
    voters = adjectives | {f"home {home}": home for home in homes}
    countries = {voter: gazetteer.country(code) for voter, code in voters.items() if code}
    return {voter: [(country.place, 1.0)] for voter, country in countries.items() if country is not None}


def scene_of(text: str, phrases: Sequence[PlacePhrase], gazetteer: Gazetteer, homes: Iterable[str] = ()) -> Scene:
    """What the words of the article tell, before the names are weighed together."""
    words = [word.strip(_EDGES) for word in text.split() if word[:1].isupper()]
    names = [phrase.name for phrase in phrases]
    provinces = {key(place.name) for name in names for place in gazetteer.lookup(name) if place.kind == "province"}
    lowered, pairs = text.lower(), neighbours(text, phrases)
    return Scene(
        theatre(names, words, gazetteer, homes),
        frozenset(provinces),
        frozenset(key(phrase.name) for phrase in phrases if phrase.kind in CROSSING_WORDS),
        "crossing" in lowered or "border post" in lowered,
        by_name(pairs),
        by_name((second, first) for first, second in pairs),
    )


def neighbours(text: str, phrases: Sequence[PlacePhrase]) -> list[tuple[str, str]]:
    """Keys of each two names of which the second follows the first directly, as a container would."""
    ordered = sorted(phrases, key=lambda phrase: phrase.span.start)
    return [
        (key(first.name), key(second.name))
        for first, second in pairwise(ordered)
        if _BETWEEN.fullmatch(text[first.span.end : second.span.start])
    ]


def by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The seconds of each first."""
    found: dict[str, set[str]] = {}
    for first, second in pairs:
        found.setdefault(first, set()).add(second)
    return {name: frozenset(names) for name, names in found.items()}


def in_company(chooser: Chooser, phrases: Sequence[PlacePhrase], told: Mapping[str, Guess]) -> Chooser:
    """The chooser with the votes of all names, counted again as often as the weights say; `told` are sure votes."""
    first = {key(phrase.name): phrase for phrase in reversed(phrases)}
    alone = {name: chooser.alone(phrase) for name, phrase in first.items()}
    for _ in range(chooser.weights.rounds):
        ranked = {name: chooser.with_company(phrase, alone[name]) for name, phrase in first.items()}
        guesses = {name: shares(found, chooser.weights) for name, found in ranked.items()}
        company = Company.of({**told, **guesses})
        chooser = replace(chooser, scene=replace(chooser.scene, company=company, countries=company.countries()))
    return chooser


def shares(ranked: Sequence[Scored], weights: Weights) -> Guess:
    """The candidates of a name with their shares of its vote; none where even the best is no answer."""
    if not ranked:
        return ()
    top = ranked[0][0]
    heat = [(place, math.exp((points - top) / weights.warmth)) for points, place, _ in ranked]
    total = sum(share for _, share in heat)
    return [(place, share / total) for place, share in heat]
