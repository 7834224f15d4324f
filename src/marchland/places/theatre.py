"""The countries that an article is about, told from the names in it: the first guess for every doubtful name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.records import Place

COUNTRY_WEIGHT = 2.0
ADJECTIVE_WEIGHT = 2.0
PLACE_WEIGHT = 1.0
HOME_WEIGHT = 0.7
"""Of a party named in the article, for its home country."""
FAINT = 0.26
"""A country with less than this share of the heaviest one's votes is named in passing, or by a name it shares."""
SMALL_PLACE = 5_000
"""Inhabitants below which a place does not make its country one that the article is about, all alone."""
BIG_PLACE = 100_000
"""Inhabitants: the name of a big place tells its country even when villages elsewhere share it."""


def theatre(
    names: Iterable[str], words: Iterable[str], gazetteer: Gazetteer, homes: Iterable[str] = ()
) -> tuple[str, ...]:
    """Countries by weight, heaviest first, as ISO alpha-2.

    `names` are place names in the article, `words` its capitalised words (for "Afghan", "Syrian"),
    `homes` the countries of the parties in it. A name that several
    countries have counts for each in equal parts, unless one of them is a country, a crossing or a big place.
    A country that rests on the name of one small place alone is out, where something better speaks for another;
    so is one that rests on the name of one big place, where all that is certain speaks for a country that has a town
    of this very name.
    """
    names, words, homes = list(names), list(words), list(homes)
    certain = _certain(names, words, gazetteer, homes)
    names_of_big = {name: place for name in names if (place := _big(name, gazetteer)) is not None}
    votes: defaultdict[str, float] = defaultdict(float)
    small: defaultdict[str, set[str]] = defaultdict(set)
    solid: set[str] = set()
    spared: set[str] = set()
    for name in names:
        found = _votes(name, gazetteer)
        namesake = _namesake(name, certain, names_of_big, gazetteer)
        if namesake is not None:
            votes[namesake] += PLACE_WEIGHT
            solid.add(namesake)
            continue
        for country, weight in found.items():
            votes[country] += weight
            small[country].add(name)
        solid |= set(found) if _is_plain(name, gazetteer) else set()
        spared |= {place.country for place in gazetteer.lookup(name)[:12] if place.population >= SMALL_PLACE}
    for word in words:
        adjective = gazetteer.country_of_adjective(word)
        if adjective is not None:
            votes[adjective] += ADJECTIVE_WEIGHT
            solid.add(adjective)
    for home in homes:
        votes[home] += HOME_WEIGHT
        solid.add(home)
    if solid:
        alone = {country for country, bearers in small.items() if country not in solid | spared and len(bearers) == 1}
        votes = defaultdict(float, {country: weight for country, weight in votes.items() if country not in alone})
    floor = FAINT * max(votes.values(), default=0.0)
    votes = defaultdict(float, {country: weight for country, weight in votes.items() if weight > floor})
    return tuple(country for country, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])))


def _certain(names: Iterable[str], words: Iterable[str], gazetteer: Gazetteer, homes: Iterable[str]) -> frozenset[str]:
    """The countries that a name speaks for which no place elsewhere has, an adjective or a party."""
    adjectives = {country for word in words if (country := gazetteer.country_of_adjective(word)) is not None}
    own = {
        found[0].country
        for name in names
        if (found := gazetteer.lookup(name)[:12])
        and (found[0].kind in ("country", "crossing") or len({place.country for place in found}) == 1)
    }
    return frozenset({*adjectives, *own, *homes} - {""})


def _big(name: str, gazetteer: Gazetteer) -> Place | None:
    """The big place that a name means where nothing speaks against it."""
    first = next(iter(gazetteer.lookup(name)), None)
    plain = first is not None and first.kind not in ("country", "crossing") and first.population >= BIG_PLACE
    return first if plain else None


def _namesake(name: str, certain: frozenset[str], big: Mapping[str, Place], gazetteer: Gazetteer) -> str | None:
    """The one country spoken for that has a town of the name of a big place elsewhere: "Filadelfia" beside names of
    Paraguay alone. None where anything else speaks for the big place's country."""
    place = big.get(name)
    if place is None or len(certain) != 1 or place.country in certain:
        return None
    if any(other.country == place.country and key(at) != key(name) for at, other in big.items()):
        return None
    (country,) = certain
    exact = (town for town in gazetteer.lookup(name) if town.country == country and key(town.name) == key(name))
    return country if any(town.population >= SMALL_PLACE for town in exact) else None


def _is_plain(name: str, gazetteer: Gazetteer) -> bool:
    """Whether the name tells its country by itself: a country, a crossing or a big place."""
    found = gazetteer.lookup(name)
    return bool(found) and (found[0].kind in ("country", "crossing") or found[0].population >= BIG_PLACE)


def _votes(name: str, gazetteer: Gazetteer) -> dict[str, float]:
    found = gazetteer.lookup(name)
    if not found:
        return {}
    if found[0].kind == "country":
        return {found[0].country: COUNTRY_WEIGHT}
    first = found[0]
    if first.kind == "crossing" or first.population >= BIG_PLACE:
        return {first.country: PLACE_WEIGHT}
    if any(not place.country for place in found):
        return {}  # a region, sea or river of several countries, whatever town has its name too
    countries = {place.country for place in found[:12]}
    return {country: PLACE_WEIGHT / len(countries) for country in countries}
