"""Descriptions ("both crossings", "the provincial capital", "it") are tied to the places that the article has named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from marchland.places.choose import Chooser
from marchland.places.gates import Gates
from marchland.places.gazetteer import Gazetteer
from marchland.places.rules import CITY_KINDS, CROSSING_WORDS, Scene
from marchland.places.scene import Named
from marchland.records import Place, PlacePhrase, Resolved, Span

LIST_SPAN = 250
"""Characters before "those towns" in which the towns are named."""
_KIND_OF_PHRASE = {
    "crossing": frozenset({"crossing"}),
    "district": frozenset({"district"}),
    "province": frozenset({"province"}),
    "city": frozenset({"capital", "city", "town"}),
    "capital": frozenset({"capital", "city", "town"}),
    "town": frozenset({"city", "town", "village", "crossing"}),
    "village": frozenset({"village", "town"}),
    "centre": frozenset({"capital", "city", "town", "district"}),
    "port": frozenset({"crossing", "town", "city"}),
    "base": frozenset({"base", "city", "town"}),
    "airport": frozenset({"airport"}),
}
_WHOLES = CITY_KINDS | {"district", "crossing"}
"""Kinds of places that a part without a name may belong to."""
_CONTAINER_KINDS = frozenset({"district", "province", "city", "town", "village", "capital", "crossing"})


@dataclass(frozen=True)
class Describer:
    """Resolves the descriptions of one article, nearest name first."""

    chooser: Chooser
    named: tuple[Named, ...]
    """The places that the article names, in the order of the text."""
    sentences: Mapping[Span, Span] = field(default_factory=dict)
    """The sentence of each phrase of a claim."""

    @property
    def gazetteer(self) -> Gazetteer:
        """Where the places are looked up."""
        return self.chooser.gazetteer

    @property
    def scene(self) -> Scene:
        """What the article tells about any name in it."""
        return self.chooser.scene

    @cached_property
    def gates(self) -> Gates:
        """What resolves crossings by description."""
        return Gates(self.chooser, self.named)

    def described(self, phrase: PlacePhrase, event: str) -> tuple[Resolved, ...]:
        if phrase.kind in CROSSING_WORDS:
            return self._crossings(phrase, event)
        if phrase.kind in ("it", "context"):
            return self._pointed_at(phrase)
        if phrase.kind == "country":
            return (self._country(phrase),)
        if phrase.number in ("several", "all") and (listed := self._pointed_list(phrase)):
            return listed
        if phrase.number in ("several", "all") and phrase.kind in _CONTAINER_KINDS and not phrase.part:
            return (self._counted(phrase, event),)
        if phrase.within and (phrase.number in ("several", "all") or phrase.kind == "area"):
            return (self.part(phrase, event),)
        if phrase.number in ("several", "all") and phrase.kind == "ground" and _SHARE.search(phrase.text):
            return (replace(self._country(phrase), part=phrase.text),)
        if phrase.number in ("several", "all"):
            return (Resolved(phrase, None, f'"{phrase.text}": several places, and none is named'),)
        if phrase.number == "both" and _OTHERS.search(phrase.text):
            return (Resolved(phrase, None, f'"{phrase.text}": others, and none of them is named'),)
        if phrase.number == "both" and phrase.within:
            return tuple(self.part(replace(phrase, within=(name,)), event) for name in phrase.within)
        if phrase.number == "both":
            return self._last_ones(phrase, 2)
        if phrase.kind == "capital":
            return (self._capital(phrase, event),)
        return (self._one_of_kind(phrase, event),)

    def _pointed_list(self, phrase: PlacePhrase) -> tuple[Resolved, ...]:
        """ "X, Y and Z ... near those towns": the places of that kind named just before."""
        wanted = _KIND_OF_PHRASE.get(phrase.kind)
        if not phrase.text.lower().startswith(("those ", "these ")) or phrase.within:
            return ()
        near = [n for n in self.named if phrase.span.start - LIST_SPAN <= n.start < phrase.span.start]
        places = [n.place for n in near if n.place is not None and (wanted is None or n.place.kind in wanted)]
        unique = list(dict.fromkeys(places))
        return tuple(Resolved(phrase, place, "one of those named before") for place in unique if len(unique) > 1)

    def _crossings(self, phrase: PlacePhrase, event: str) -> tuple[Resolved, ...]:
        """By what the phrase tells (countries, town); else the nearest one that the article names."""
        if (told := self.gates.told(phrase, event)) is not None:
            return told
        if phrase.kind == "border":
            return (self._one_of_kind(replace(phrase, kind="crossing"), event),)
        if phrase.number == "both":
            return self._last_ones(phrase, 2)
        if phrase.number in ("several", "all"):
            return (self._counted(phrase, event),)
        return (self._one_of_kind(phrase, event),)

    def _pointed_at(self, phrase: PlacePhrase) -> tuple[Resolved, ...]:
        """ "it", "there", or a place left unsaid: the one spoken of last."""
        if phrase.number == "both":
            return self._last_ones(phrase, 2)
        before = _claimed_first([n for n in self.named if n.start < phrase.span.start and _is_local(n)])
        if not before or (not phrase.text and before[-1].dateline):
            return (Resolved(phrase, None, f'"{phrase.text or "no place"}": nothing before it names a place'),)
        return (_meant(phrase, before[-1], "the place spoken of last"),)

    def _country(self, phrase: PlacePhrase) -> Resolved:
        country = self.gazetteer.get(f"iso:{self.scene.countries[0]}") if self.scene.countries else None
        return Resolved(
            phrase, country, "the country that the article is about", part=phrase.text if country is None else ""
        )

    def _counted(self, phrase: PlacePhrase, event: str) -> Resolved:
        """ "17 of 19 districts of Herat" is said of Herat, as a count; without a container, of the country."""
        for name in phrase.within:
            wanted = "province" if phrase.kind == "district" else ""
            found = self.chooser.name(replace(phrase, name=name, within=(), kind=wanted), event)
            if found.choice is not None:
                return Resolved(
                    phrase, found.choice, f"a count within {found.choice.name}", found.rivals, part=phrase.text
                )
        country = self._country(phrase)
        return replace(country, part=phrase.text, reason=f"a count; {country.reason}")

    def _last_ones(self, phrase: PlacePhrase, number: int) -> tuple[Resolved, ...]:
        wanted = _KIND_OF_PHRASE.get(phrase.kind)
        crossings = set(self.gates.mentioned()) if phrase.kind in CROSSING_WORDS else set()
        pool = [
            n.place
            for n in self.named
            if n.start < phrase.span.start
            and n.place is not None
            and (n.place in crossings or (not crossings and (wanted is None or n.place.kind in wanted)))
        ]
        if phrase.kind in CROSSING_WORDS and len(set(pool)) < number:
            pool = list(crossings) if len(crossings) == number else pool
        unique = list(dict.fromkeys(reversed(pool)))[:number]
        if len(unique) < number:
            return (Resolved(phrase, None, f'"{phrase.text}": the article does not name {number} such places'),)
        return tuple(
            Resolved(phrase, place, f"one of the {number} last named")
            for place in sorted(unique, key=lambda p: p.place_id)
        )

    def _capital(self, phrase: PlacePhrase, event: str) -> Resolved:
        if (phrase.ordinal and not phrase.within) or _OTHERS.search(phrase.text):
            return self._one_of_kind(phrase, event)
        for name in phrase.within:
            for place in self.gazetteer.lookup(name):
                seat = self.gazetteer.seat_of(place) if place.kind in ("province", "country") else None
                if seat is not None and (not self.scene.countries or place.country in self.scene.countries[:2]):
                    return Resolved(phrase, seat, f"the seat of {place.name}")
        for name in phrase.within:  # "their capital of X"
            itself = self.chooser.name(replace(phrase, name=name, within=(), kind=""), event)
            if itself.choice is not None and itself.choice.kind in CITY_KINDS:
                return replace(itself, phrase=phrase)
        called = [n for n in self.named if n.phrase.kind == "capital" and n.place is not None]
        if called:
            nearest = min(called, key=lambda n: abs(n.start - phrase.span.start))
            return _meant(phrase, nearest, "the article calls it a capital")
        if (
            "provincial" not in phrase.text
            and "state" not in phrase.text
            and "regional" not in phrase.text
            and not _OF_OTHERS.search(phrase.text)
            and self.scene.countries
        ):
            country = self.gazetteer.get(f"iso:{self.scene.countries[0]}")
            seat = self.gazetteer.seat_of(country) if country else None
            if seat is not None and phrase.text.lower().startswith("the"):
                return Resolved(phrase, seat, "the capital of the country that the article is about")
        return self._one_of_kind(phrase, event)

    def _one_of_kind(self, phrase: PlacePhrase, event: str) -> Resolved:
        """ "the city": the last place of that kind before it; "a town": one that is named only afterwards."""
        wanted = _KIND_OF_PHRASE.get(phrase.kind)
        fitting = [
            n for n in self.named if _is_local(n) and (n.place is None or wanted is None or n.place.kind in wanted)
        ]
        if phrase.kind in CROSSING_WORDS:
            fitting = [n for n in fitting if n.place is not None]
            crossings = self.gates.mentioned()
            if crossings and not fitting:
                return Resolved(phrase, crossings[-1], "the crossing that the article names")
        before = _claimed_first([n for n in fitting if n.start < phrase.span.start])
        after = [n for n in fitting if n.start >= phrase.span.end and n.phrase.name not in phrase.within]
        if _INDEFINITE.match(phrase.text) or phrase.ordinal or _OTHERS.search(phrase.text):
            told = [n for n in after if n.claimed and n.phrase.kind != "capital"]
            if told:
                return _meant(phrase, told[0], "named afterwards")
            if phrase.within and phrase.kind in _CONTAINER_KINDS and not phrase.ordinal:
                return self.part(phrase, event)
            return Resolved(phrase, None, f'"{phrase.text}": the article does not name it')
        if phrase.kind in ("province", "district") and (division := self._division_here(phrase)):
            return Resolved(phrase, division, f"{division.name}: the sentence names it")
        if wanted and (here := self._here(phrase, fitting)):
            return _meant(phrase, here, "the last such place named in the sentence")
        if before:
            return _meant(phrase, before[-1], "the last such place named before")
        local = [n for n in self.named if _is_local(n) and n.start < phrase.span.start and n.phrase.kind == phrase.kind]
        if local:
            return _meant(phrase, local[-1], "the last place so called")
        if after and phrase.kind in _CONTAINER_KINDS:
            return _meant(phrase, _claimed_first(after)[0], "the first such place that the article names")
        if phrase.within:
            return self.part(phrase, event)
        return Resolved(phrase, None, f'"{phrase.text}": the article names no such place')

    def part(self, phrase: PlacePhrase, event: str) -> Resolved:
        """Part of a place: said of the whole, and marked as a part, so that it never changes who holds the whole."""
        lost: list[Resolved] = []
        names = [phrase.name] if phrase.name else []
        names += sorted(phrase.within, key=lambda name: _first(name, phrase.text))
        for name in names:
            asked = replace(phrase, name=name, within=(), kind=_kind_after(name, phrase.text))
            found = self.chooser.name(asked, event)
            if found.choice is not None:
                return Resolved(phrase, found.choice, f"a part of {found.choice.name}", found.rivals, part=phrase.text)
            lost.append(found)
        if lost:
            reason = f'"{phrase.text}" is a part of {phrase.name or phrase.within[0]}: {lost[0].reason}'
            return Resolved(phrase, None, reason, lost[0].rivals, part=phrase.text)
        if self.scene.countries and ("country" in phrase.text or "territory" in phrase.text):
            return replace(self._country(phrase), part=phrase.text)
        if whole := _OF_KIND.search(phrase.text):
            described = replace(phrase, text=whole[1], kind=whole[2].lower(), part="", number="one", ordinal=False)
            return replace(self.described(described, event)[0], phrase=phrase, part=phrase.text)
        if (gate := self.gates.of_side(phrase)) is not None:
            return Resolved(
                phrase, gate, f"the {phrase.side} side of the crossing that the article names", part=phrase.text
            )
        wholes = [
            n
            for n in self.named
            if n.start < phrase.span.start
            and (n.place is None or n.place.kind in CITY_KINDS | {"district", "crossing"})
        ]
        if here := self._here(phrase, wholes):
            return replace(_meant(phrase, here, "named in the sentence, a part of it"), part=phrase.text)
        if before := _claimed_first(wholes):
            return replace(_meant(phrase, before[-1], "spoken of last, a part of it"), part=phrase.text)
        return Resolved(phrase, None, f'"{phrase.text}": a part of no place that the article names', part=phrase.text)

    def _division_here(self, phrase: PlacePhrase) -> Place | None:
        """The province or district whose name the sentence has used, if only for its town: "X ... the province"."""
        here = self._here(phrase, [n for n in self.named if n.place is not None and _is_local(n)])
        if here is None or here.place is None:
            return None
        named = (place for place in self.gazetteer.lookup(here.phrase.name) if place.kind == phrase.kind)
        return next((place for place in named if place.country == here.place.country), None)

    def _at_home(self, named: Named) -> bool:
        """Whether the story plays there; a name that was refused counts where something is claimed of it."""
        place, countries = named.place, self.scene.countries[:2]
        if place is None:
            return named.claimed
        return not countries or bool({place.country, place.other_country} & set(countries))

    def _here(self, phrase: PlacePhrase, named: Sequence[Named]) -> Named | None:
        """The last of these that stands before the phrase in its own sentence; what is claimed there comes first."""
        sentence = self.sentences.get(phrase.span)
        if sentence is None:
            return None
        near = [
            n for n in named if sentence.start <= n.start < phrase.span.start and not n.dateline and self._at_home(n)
        ]
        return _claimed_first(near)[-1] if near else None


_OTHERS = re.compile(r"\b(?:more|other|another|further|every|each|any)\b|\d", re.IGNORECASE)
_SHARE = re.compile(r"\d|%|\b(?:half|thirds?|quarters?|most|all|majority|bulk|percent)\b", re.IGNORECASE)
_OF_KIND = re.compile(
    r"\bof (the (?:provincial |regional )?(capital|city|town|district|province|village))$", re.IGNORECASE
)
""" "the outskirts of the capital": the place that the part belongs to."""
_OF_OTHERS = re.compile(
    r"\b(?:of (?!the (?:country|nation)\b)|(?:un|semi-)official|de[ -]facto|self-\w+|former|ex-|political|commercial"
    r"|economic|business|cultural|rebels?'?)",
    re.IGNORECASE,
)
""" "the capital of the rebels", "the unofficial capital" is not the country's."""
_INDEFINITE = re.compile(r"^(?:an?|another|one(?: of)?|some)\s", re.IGNORECASE)


def _is_local(named: Named) -> bool:
    return named.place is None or named.place.kind != "country"


def _first(name: str, text: str) -> int:
    """Where a name stands in a text: "the centre of A district in B" is the centre of A."""
    at = text.find(name)
    return at if at >= 0 else len(text)


def _kind_after(name: str, text: str) -> str:
    """The kind that the noun right after a name tells: "the centre of A **district**"."""
    found = re.search(rf"{re.escape(name)} (district|province|city|town|village)\b", text)
    return found[1] if found else ""


def _meant(phrase: PlacePhrase, named: Named, how: str) -> Resolved:
    """A description tied to a named place; where that name was refused, so is the description."""
    if named.place is None:
        reason = f'"{phrase.text}" is {named.phrase.name} ({how}): {named.why}'
        return Resolved(replace(phrase, name=named.phrase.name), None, reason, part=named.phrase.part)
    return Resolved(phrase, named.place, f"{named.place.name}: {how}", part=named.phrase.part)


def _claimed_first(named: list[Named]) -> list[Named]:
    """Those that claims are about where there are any:

    "the city" is what the report is about, not what it passes by, and where it was written last of all.
    """
    claimed = [n for n in named if n.claimed]
    return [n for n in claimed if not n.phrase.aside] or claimed or [n for n in named if not n.dateline] or named
