"""Border crossings by description: "the main crossing with Iran", "the post at X", "the crossing between X and Y".

A crossing is told by the pair of countries, by the town or the province it lies at, or by what the article has named.
Where more than one fits, the answer is a refusal that names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from marchland.places.choose import Chooser
from marchland.places.distance import km
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.places.scene import Named
from marchland.records import Candidate, Place, PlacePhrase, Resolved

BESIDE_KM = 30.0
"""A crossing "at" or "near" a town lies no farther from it."""
MUCH_NEARER = 3.0
"""Of two crossings at a town the one is meant that lies this many times nearer."""
SHOWN = 5
BOTH = 2
PASSAGE = frozenset({"closes", "restricts", "reopens"})
"""What is done to a border is done to every crossing on it."""


@dataclass(frozen=True)
class Gates:
    """Resolves crossings by description in one article."""

    chooser: Chooser
    named: tuple[Named, ...]
    """The places that the article names, in the order of the text."""

    @property
    def gazetteer(self) -> Gazetteer:
        """Where the places are looked up."""
        return self.chooser.gazetteer

    def told(self, phrase: PlacePhrase, event: str) -> tuple[Resolved, ...] | None:
        """The crossings that the words of a phrase tell, or a refusal that names the rivals; None where they tell
        nothing by themselves."""
        if pair := self._pair(phrase):
            return self._between(phrase, [pair])
        if whole := self._whole(phrase, event):
            return (whole,)
        if near := self._foreign(phrase):
            home = self._home(near)
            return self._between(phrase, [(home, country) for country in near])
        if towns := self._towns(phrase, event):
            return self._at(phrase, towns)
        return None

    def named_for_town(self, phrase: PlacePhrase, found: Resolved) -> Resolved | None:
        """ "the X crossing", where X is a town: the one crossing at it; None where there are none or several."""
        if found.choice is None or found.choice.kind not in ("town", "village", "city", "district"):
            return None
        near = self._beside([found.choice])
        called = [place for place in near if _solid(phrase.name) in map(_solid, (place.name, *place.aliases))]
        for some, how in ((called, "the crossing of that name at"), (near, "the crossing at")):
            if len(some) == 1:
                return Resolved(phrase, some[0], f"{how} {found.choice.name}")
        return None

    def mentioned(self) -> list[Place]:
        """Crossings that the article names, also by the name of the town beside them."""
        found: list[Place] = []
        for name in self.named:
            if name.place is not None and name.place.kind == "crossing":
                found.append(name.place)
            elif name.place is not None and name.place.kind in ("town", "village", "district"):
                called = (p for p in self.gazetteer.lookup(name.phrase.name) if p.kind == "crossing")
                found += [place for place in called if km(place, name.place) < 40.0]
        return list(dict.fromkeys(found))

    def of_side(self, phrase: PlacePhrase) -> Place | None:
        """ "the Libyan side": the last crossing named before it that has such a side."""
        country = self.gazetteer.country_of(phrase.side) if phrase.side else None
        before = [n.place for n in self.named if n.start < phrase.span.start and n.place in self.mentioned()]
        sided = [place for place in before if place and country in (place.country, place.other_country)]
        return sided[-1] if country and sided else None

    def _whole(self, phrase: PlacePhrase, event: str) -> Resolved | None:
        """ "closed the border with A", "all its A crossings": every crossing between two countries, and none by name.

        It is said of the country whose border it is; `border` is the other.
        """
        every = phrase.number == "all" or phrase.kind == "border"
        near = self._foreign(phrase) or self._by_adjective(phrase)
        if event not in PASSAGE or not every or len(near) != 1:
            return None
        home, abroad = self._home(near), near[0]
        named = [place for place in self.mentioned() if _joins(place, (home, abroad))]
        place = self.gazetteer.get(f"iso:{home}") if home else None
        if place is None or (named and phrase.number != "all"):
            return None
        count = len(self.gazetteer.crossings_between(home, abroad))
        if count == 1:
            return None
        how = f"the whole border between {home} and {abroad}: {count} crossings on record"
        return Resolved(phrase, place, how, part=phrase.text, border=abroad)

    def _by_adjective(self, phrase: PlacePhrase) -> list[str]:
        """ "all its Cambodian crossings": the foreign country that an adjective in the phrase names."""
        countries = self.chooser.scene.countries
        found = (self.gazetteer.country_of_adjective(word) for word in phrase.text.split() if word[:1].isupper())
        return list(dict.fromkeys(code for code in found if code and code != (countries[0] if countries else None)))

    # ------------------------------------------------------------------------------------------------- by countries

    def _pair(self, phrase: PlacePhrase) -> tuple[str, str] | None:
        """ "between A and B": both sides are told."""
        codes = [self._country(name) for name in phrase.with_countries]
        plain = [code for code in codes if code]
        apart = len(plain) == len(codes) == 2 and " between " in f" {phrase.text} "
        return (plain[0], plain[1]) if apart else None

    def _foreign(self, phrase: PlacePhrase) -> list[str]:
        """Foreign countries in the phrase: "with Iran", "Tajikistan border"."""
        countries = self.chooser.scene.countries
        home = countries[0] if countries else None
        found = [self._country(name) for name in (*phrase.with_countries, *phrase.within)]
        abroad = list(dict.fromkeys(code for code in found if code and code != home))
        return abroad or (self._neighbour(home) if home in found and phrase.with_countries else [])

    def _neighbour(self, home: str | None) -> list[str]:
        """ "A closed its border with B" in a story about B: the only other country of the story that borders on it."""
        others = self.chooser.scene.countries[1:]
        found = [code for code in others if home and self.gazetteer.crossings_between(home, code)]
        return found if len(found) == 1 else []

    def _home(self, near: Sequence[str]) -> str:
        others = [code for code in self.chooser.scene.countries if code not in near]
        return others[0] if others else ""

    def _country(self, name: str) -> str | None:
        first = next(iter(self.gazetteer.lookup(name)), None)
        return first.country if first is not None and first.kind == "country" else None

    def _between(self, phrase: PlacePhrase, pairs: Sequence[tuple[str, str]]) -> tuple[Resolved, ...]:
        """By the countries it lies between: those that the article names, else the only one on record."""
        with_whom = ", ".join(dict.fromkeys(code for pair in pairs for code in pair[1:]))
        fitting = [p for p in self.mentioned() if any(_joins(p, pair) for pair in pairs)]
        if not fitting:
            abroad = {country for _, country in pairs}
            fitting = [p for p in self.mentioned() if abroad & {p.country, p.other_country}]
        if phrase.number == "one" and len(fitting) > 1:
            fitting = self._last_before(phrase, fitting)
        if phrase.number == "both" and len(fitting) > BOTH:
            fitting = self._two(phrase, fitting)
        if fitting:
            how = f"the crossing with {with_whom} that the article names"
            return tuple(Resolved(phrase, place, how) for place in fitting)
        every = list(dict.fromkeys(p for pair in pairs for p in self.gazetteer.crossings_between(*pair)))
        if inside := self._inside(phrase, every):
            every = inside
        if len(every) == 1:
            how = f"the only crossing on record between {pairs[0][0]} and {with_whom}"
            return (Resolved(phrase, every[0], how),)
        if every:
            return (_rivals(phrase, every, f"{len(every)} crossings lie between {pairs[0][0]} and {with_whom}"),)
        country = self.gazetteer.get(f"iso:{pairs[0][1]}")
        return (Resolved(phrase, country, f"the border with {pairs[0][1]}", part=phrase.text),)

    def _last_before(self, phrase: PlacePhrase, places: Sequence[Place]) -> list[Place]:
        before = [n.place for n in self.named if n.start < phrase.span.start and n.place in places]
        return [place for place in before[-1:] if place is not None] or list(places[:1])

    def _two(self, phrase: PlacePhrase, places: Sequence[Place]) -> list[Place]:
        """ "two crossings" of more that are named: the last two before it; for a headline the first two after it."""
        near = [n.place for n in self.named if n.place in places and n.start < phrase.span.start][::-1]
        near = near or [n.place for n in self.named if n.place in places]
        return [place for place in list(dict.fromkeys(near))[:BOTH] if place is not None]

    def _inside(self, phrase: PlacePhrase, places: Iterable[Place]) -> list[Place]:
        """Those on the side of a province that the phrase names."""
        within = {key(name) for name in phrase.within}
        return [p for p in places if within & self._provinces(p)]

    def _provinces(self, place: Place) -> set[str]:
        known = self.gazetteer.crossing(place.place_id)
        return {key(name) for name in (place.admin1, known.admin1_b if known else "") if name}

    # ------------------------------------------------------------------------------------------------------ by towns

    def _towns(self, phrase: PlacePhrase, event: str) -> list[Resolved]:
        """ "at X", "in X", "between X and Y"."""
        told = (*phrase.within, *phrase.with_countries)
        names = dict.fromkeys(name for name in told if self._country(name) is None)
        asked = (replace(phrase, name=name, text=name, within=(), with_countries=(), part="") for name in names)
        return [self.chooser.name(replace(one, offset=None), event) for one in asked]

    def _at(self, phrase: PlacePhrase, towns: Sequence[Resolved]) -> tuple[Resolved, ...]:
        whats = " and ".join(one.phrase.name for one in towns)
        places = [one.choice for one in towns if one.choice is not None]
        if not places:
            return (replace(towns[0], phrase=phrase, part=""),)
        own = [place for place in places if place.kind == "crossing"]
        if own:
            return (Resolved(phrase, own[0], f"the crossing of {whats}"),)
        found = self._beside(places)
        named = [place for place in found if place in self.mentioned()]
        if len(named) == 1 or len(found) == 1:
            return (Resolved(phrase, (named or found)[0], f"the crossing at {whats}"),)
        if phrase.number in ("several", "all"):
            return tuple(Resolved(phrase, place, f"a crossing at {whats} that the article names") for place in named)
        if found:
            return (_rivals(phrase, found, f"{len(found)} crossings lie at {whats}"),)
        reason = f'"{phrase.text}": no crossing is on record at {whats}'
        return (Resolved(phrase, None, reason, towns[0].rivals),)

    def _beside(self, places: Sequence[Place]) -> list[Place]:
        """Crossings at a town, nearest first, or in a province; of two towns those that join their countries."""
        first = places[0]
        if first.kind == "province":
            return [p for p in self.gazetteer.crossings_of(first.country) if key(first.name) in self._provinces(p)]
        near = {p: min(km(p, town) for town in places) for p in self.gazetteer.crossings_of(first.country)}
        close = sorted((far, p.place_id, p) for p, far in near.items() if far <= BESIDE_KM)
        sides = {place.country for place in places}
        found = [p for _, _, p in close if len(sides) < 2 or sides == {p.country, p.other_country}]
        much = len(found) > 1 and near[found[0]] * MUCH_NEARER < near[found[1]]
        return found[:1] if much else found


def _solid(name: str) -> str:
    """A name without its gaps: "Albu Kamal" and "Al-Bukamal" are one."""
    return key(name).replace(" ", "").replace("-", "")


def _joins(place: Place, pair: tuple[str, str]) -> bool:
    return {place.country, place.other_country} == set(pair)


def _rivals(phrase: PlacePhrase, places: Sequence[Place], what: str) -> Resolved:
    """A refusal that names who it may be."""
    names = [place.name for place in places]
    listed = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    rivals = tuple(Candidate(place, 0.0) for place in places[:SHOWN])
    return Resolved(phrase, None, f"{what} ({listed}); none is named", rivals)
