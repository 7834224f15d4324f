"""The gazetteer: every place that a name may mean, best known first.

Populated places and divisions come from the shipped file, countries and crossings from lexicons laid over it, so a
new spelling needs no rebuild; what a user has added lies over both (`places.layered`). Nothing here chooses between
places: that is the work of `places.resolve`.

Where a method takes a day (`on`), what did not hold then is left out; None is all days. Only layers know of days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby, islice
from pathlib import Path

from marchland.places.countries import Country, load_countries
from marchland.places.crossings import Crossing, all_names, load_crossings
from marchland.places.extras import load_abbreviations, load_aliases, load_common_words, load_sites
from marchland.places.generic import bare_name, index_keys
from marchland.places.home import gazetteer_folder
from marchland.places.layers import Layers
from marchland.places.names import key, similarity, skeleton
from marchland.places.placefile import PlaceFile, shipped_file
from marchland.places.shipped import DEGREE, KINDS, NO_ROW, Row
from marchland.records import Place

LONGEST_NAME = 6
"""Words of the longest name looked for in a text."""
_JOINERS = frozenset("-–—‐‑'’‘`")
_SKELETON_LETTERS = "abdfghjklmnpqrstvyz"
_SHORTEST_TO_EDIT = 4
"""A skeleton shorter than this is too common to be tried with a letter more or less."""
_KEYS_WEIGHED = 4000
_KEYS_KEPT = 16
_VARIANTS_KEPT = 24
_DIVISION_SHARE = 0.5
"""A division counts as half as well known as a town of its population: "Herat" is the city first."""


class Gazetteer:
    """All places by name, id and division. Immutable once open; safe to share between threads."""

    layers = Layers()
    """What the user has added; empty here."""

    def __init__(
        self,
        places: PlaceFile,
        countries: Mapping[str, Country],
        crossings: Iterable[Crossing],
        sites: Iterable[Place] = (),
        extra_names: Mapping[str, tuple[str, ...]] | None = None,
        common_words: frozenset[str] = frozenset(),
        abbreviations: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Lay countries, crossings, sites and extra names (place id -> names) over the shipped places."""
        self._file = places
        self._countries = countries
        self._crossings = {crossing.place.place_id: crossing for crossing in crossings}
        self._extra_names = extra_names or {}
        self._common_words = common_words
        self._abbreviations = abbreviations or {}
        self._over = {country.place.place_id: country.place for country in countries.values()}
        self._country_ids = {country.geonames_id: country.place.place_id for country in countries.values()}
        self._over |= {crossing_id: crossing.place for crossing_id, crossing in self._crossings.items()}
        self._over |= {site.place_id: site for site in sites}
        self._over_names = self._overlay_names()
        self._adjectives = _adjectives(countries)
        self.lookup_key = lru_cache(maxsize=4096)(self._lookup_key)
        self._variants_of = lru_cache(maxsize=4096)(self._find_variants)
        self._over_skeletons = cache(lambda: _by_skeleton(self._over_names))
        self._place = lru_cache(maxsize=8192)(self._read_place)
        self._longest = lru_cache(maxsize=32768)(self._find_longest)

    @classmethod
    def open(cls, path: Path | None = None, *, folder: Path | None = None, without: str = "") -> Gazetteer:
        """The shipped gazetteer, or the one at `path`, with the shipped lexicons and all that the user has added.

        `folder` holds layers and corrections, if not the user's own folder; `without` names a layer to leave out.
        Raises BrokenData where a file is absent or of another form, or a lexicon or a layer cannot be read.
        """
        from marchland.places.layered import LayeredGazetteer  # noqa: PLC0415  builds on this class

        layers = Layers.open(folder or gazetteer_folder(), without=without)
        return LayeredGazetteer(layers, *shipped_parts(path)) if layers else cls(*shipped_parts(path))

    @classmethod
    def shipped(cls, path: Path | None = None) -> Gazetteer:
        """The same without anything that a user has added."""
        return cls(*shipped_parts(path))

    has_days = False
    """Whether some of its names or places hold on some days only."""

    # ------------------------------------------------------------------------------------------------------- by name

    def lookup(self, name: str, on: dt.date | None = None) -> tuple[Place, ...]:
        """Every place with a name or alias of the same key, best known first; empty where there is none.

        What `name` is short for comes before all others ("Ind.", but not "Ind"). A name that nothing has is looked
        up once more without its generic word: "Town of Oldford", "Oldford Township".
        """
        found: tuple[Place, ...] = self.lookup_key(key(name), on)
        short = self._short_for(name)
        if short:
            return (*short, *(place for place in found if place not in short))
        if not found and (bare := bare_name(name)):
            found = self.lookup_key(key(bare), on)
        return found

    def _short_for(self, name: str) -> tuple[Place, ...]:
        ids = self._abbreviations.get(name) or self._abbreviations.get(name.replace(". ", "."), ())
        return tuple(place for place in map(self.get, ids) if place is not None)

    def _lookup_key(self, exact: str, on: dt.date | None = None) -> tuple[Place, ...]:
        return self._lookup_shipped(exact)

    def _lookup_shipped(self, exact: str) -> tuple[Place, ...]:
        ids = self._over_names.get(exact, ())
        found = {place.place_id: place for place in map(self._shipped, ids) if place is not None}
        for row in self._file.rows_named(exact):
            place = self._place(row)
            found.setdefault(place.place_id, place)
        return tuple(sorted(found.values(), key=lambda place: self._rank(place, exact)))

    def _rank(self, place: Place, exact: str) -> tuple[int, float, str]:
        if place.kind in ("country", "capital"):
            return (0, -place.population, place.place_id)
        if place.kind == "crossing":
            return (3 if self._names_settlement(exact) else 1, 0.0, place.place_id)
        weight = _DIVISION_SHARE if place.kind in ("province", "district") else 1.0
        return (2, -weight * place.population, place.place_id)

    def _names_settlement(self, exact: str) -> bool:
        """Whether a town or a division has this name."""
        return bool(self._file.rows_named(exact))

    def variants(self, name: str, floor: float = 0.84, on: dt.date | None = None) -> tuple[tuple[Place, float], ...]:
        """Places with a name that sounds like this one, with the likeness (floor to 1), the likest first.

        At most 24. Places of exactly this name are the business of `lookup` and come only under another name.
        """
        found: tuple[tuple[Place, float], ...] = self._variants_of(key(name), floor, on)
        return found

    def _find_variants(self, exact: str, floor: float, on: dt.date | None) -> tuple[tuple[Place, float], ...]:
        near = self._keys_near(exact, floor)
        alike = ((similarity(exact, one, floor), one) for one in near if one != exact)
        scored = sorted((pair for pair in alike if pair[0] >= floor), reverse=True)
        best: dict[Place, float] = {}
        for likeness, candidate in islice(scored, _KEYS_KEPT):
            for place in self.lookup_key(candidate, on)[:_VARIANTS_KEPT]:
                best.setdefault(place, likeness)
        ranked = sorted(best.items(), key=lambda found: (-found[1], *self._rank(found[0], exact)))
        return tuple(ranked[:_VARIANTS_KEPT])

    def _keys_near(self, exact: str, floor: float) -> set[str]:
        """Keys of the names that may be as alike to this key as `floor`."""
        near: set[str] = set()
        for bones in near_skeletons(skeleton(exact)):
            near.update(self._file.keys_with(bones)[:_KEYS_WEIGHED], self._over_skeletons().get(bones, ()))
        return near

    def longest_name(self, tokens: Sequence[str], start: int) -> int:
        """How many tokens from `start` form the longest known name of at most six words; 0 where none does.

        Hyphens and apostrophes that are tokens of their own belong to the name ("Qala", "-", "i", "-", "Naw").
        Case does not matter here: the caller asks only where a name may begin.
        """
        window = tuple(tokens[start : start + 2 * LONGEST_NAME])
        count: int = self._longest(window)
        return count

    def _find_longest(self, window: tuple[str, ...]) -> int:
        ends: dict[str, int] = {}
        words: list[str] = []
        for count, token in enumerate(window, start=1):
            written = key(token)
            if written:
                words.append(written)
                ends[" ".join(words)] = count
            elif not words or not set(token) <= _JOINERS:
                break
            if len(words) == LONGEST_NAME:
                break
        return max((count for name, count in ends.items() if self.is_key(name)), default=0)

    def is_key(self, exact: str) -> bool:
        """Whether any place has a name of this key."""
        return exact in self._over_names or exact in self._file.names

    def is_common_word_name(self, name: str) -> bool:
        """Whether the name is also an everyday word, month, rank or first name: a weak sign of a place."""
        return key(name) in self._common_words

    # --------------------------------------------------------------------------------------------------------- by id

    def get(self, place_id: str, on: dt.date | None = None) -> Place | None:
        """The place of an id, or None."""
        return self._shipped(place_id)

    def _shipped(self, place_id: str) -> Place | None:
        if place_id in self._over:
            return self._over[place_id]
        if place_id in self._country_ids:
            return self._over[self._country_ids[place_id]]
        row = self._row_of(place_id)
        return None if row == NO_ROW else self._place(row)

    def knows(self, place_id: str) -> bool:
        """Whether there is a place of this id; faster than `get`."""
        return place_id in self._over or place_id in self._country_ids or self._row_of(place_id) != NO_ROW

    def astray(self) -> tuple[str, ...]:
        """Corrections that point to no place, each with its line."""
        return ()

    def _row_of(self, place_id: str) -> int:
        scheme, _, number = place_id.partition(":")
        if scheme == "gn":
            return self._file.row_of_number(int(number)) if number.isdecimal() and len(number) < 10 else NO_ROW
        return self._file.row_of_code(place_id)

    def _read_place(self, number: int) -> Place:
        row = self._file.row(number)
        place_id = f"gn:{row.number}" if row.number else row.code
        return Place(
            place_id=place_id, name=row.name, kind=KINDS[row.kind], country=row.country, lat=row.lat / DEGREE,
            lon=row.lon / DEGREE, admin1=self._name_of(row.admin1), admin2=self._name_of(row.admin2),
            population=row.population, feature=row.feature, radius_km=row.radius_m / 1000,
            aliases=(*row.aliases, *self._extra_names.get(place_id, ())),
        )  # fmt: skip

    def _name_of(self, row: int) -> str:
        return "" if row == NO_ROW else self._file.row(row).name

    def aliases(self, place_id: str) -> tuple[str, ...]:
        """Every name of a place, its own first; empty for an unknown id."""
        place = self.get(place_id)
        if place is None:
            return ()
        if place_id in self._crossings:
            return all_names(self._crossings[place_id])
        return (place.name, *place.aliases)

    # ------------------------------------------------------------------------------------------ countries, crossings

    def country(self, alpha2: str) -> Country | None:
        """The country of an ISO alpha-2 code."""
        return self._countries.get(alpha2)

    def countries(self) -> tuple[Country, ...]:
        """All countries."""
        return tuple(self._countries.values())

    def country_of_adjective(self, word: str) -> str | None:
        """ISO alpha-2 for "Afghan" or "Afghans"; the more populous country where two share an adjective."""
        return self._adjectives.get(key(word))

    def country_of(self, word: str) -> str | None:
        """ISO alpha-2 for a country's name or adjective: "Iran", "Iranian"."""
        first = next(iter(self.lookup(word)), None)
        return first.country if first is not None and first.kind == "country" else self.country_of_adjective(word)

    def crossing(self, place_id: str) -> Crossing | None:
        """A crossing with its two posts."""
        return self._crossings.get(place_id)

    def crossings_of(self, country: str) -> tuple[Place, ...]:
        """Crossings with a side in this country (ISO alpha-2)."""
        return tuple(c.place for c in self._crossings.values() if country in (c.place.country, c.place.other_country))

    def crossings_between(self, a: str, b: str) -> tuple[Place, ...]:
        """Crossings between two countries (ISO alpha-2), in either order."""
        sides = sorted((a, b))
        every = (crossing.place for crossing in self._crossings.values())
        return tuple(place for place in every if sorted((place.country, place.other_country)) == sides)

    def needs_cue(self, crossing: Place, name: str) -> bool:
        """Whether a name of a crossing is also a town's or a division's, so that words like "crossing" are wanted."""
        exact = key(name)
        others = self._over_names.get(exact, ())
        return self._names_settlement(exact) or any(other not in self._crossings for other in others)

    # ------------------------------------------------------------------------------------------------------ divisions

    def divisions(self, country: str, level: int, on: dt.date | None = None) -> tuple[Place, ...]:
        """First-order (level 1) or second-order (level 2) divisions of a country."""
        return tuple(map(self._place, self._file.divisions(country, level)))

    def divisions_at(self, lat: float, lon: float, on: dt.date | None = None) -> tuple[Place, ...]:
        """The divisions whose polygon holds a point (degrees), the widest first. Only layers have polygons."""
        return ()

    def children(self, place: Place, on: dt.date | None = None) -> tuple[Place, ...]:
        """The districts of a province, the provinces of a country; empty for every other place."""
        if place.kind == "country":
            return self.divisions(place.country, 1, on)
        row = self._row_of(place.place_id) if place.kind == "province" else NO_ROW
        return () if row == NO_ROW else tuple(map(self._place, self._file.children(row, place.country)))

    def members(self, place: Place) -> int:
        """How many populated places of the gazetteer lie in a division; 0 for any other place."""
        row = self._row_of(place.place_id) if place.kind in ("province", "district") else NO_ROW
        return 0 if row == NO_ROW else self._file.members(row)

    def seat_of(self, place: Place) -> Place | None:
        """The capital of a country or the seat of a division where it is known; its `feature` says if derived."""
        if place.kind == "country":
            country = self._countries[place.country]
            return next((one for one in self.lookup(country.capital) if _is_capital(one, place.country)), None)
        row = self._file.seat(self._row_of(place.place_id)) if place.kind in ("province", "district") else NO_ROW
        return None if row == NO_ROW else self._place(row)

    def parent(self, place: Place, on: dt.date | None = None) -> Place | None:
        """What a place lies in: a town in its district or province, a district in its province, a province in its
        country; None for a country."""
        return self._shipped_parent(place)

    def _shipped_parent(self, place: Place) -> Place | None:
        if place.kind == "country":
            return None
        if place.place_id in self._over:
            return self._province_named(place.admin1, place.country) or self._shipped(f"iso:{place.country}")
        row: Row = self._file.row(self._row_of(place.place_id))
        upper = row.admin2 if row.admin2 != NO_ROW else row.admin1
        return self._shipped(f"iso:{place.country}") if upper == NO_ROW else self._place(upper)

    def _province_named(self, name: str, country: str) -> Place | None:
        found = self._lookup_shipped(key(name)) if name else ()
        return next((place for place in found if place.kind == "province" and place.country == country), None)

    # -------------------------------------------------------------------------------------------------------- overlay

    def _overlay_names(self) -> dict[str, tuple[str, ...]]:
        """Key -> ids of the places that the lexicons give this name."""
        named = [(key(name), place_id) for place_id, names in self._extra_names.items() for name in names]
        for place_id, place in self._over.items():
            crossing = self._crossings.get(place_id)
            names = all_names(crossing) if crossing else (place.name, *place.aliases)
            named += [(name, place_id) for name in index_keys(names)]
        pairs = groupby(sorted(set(named)), key=lambda pair: pair[0])
        return {exact: tuple(place_id for _, place_id in group) for exact, group in pairs if exact}


_Parts = tuple[
    PlaceFile,
    dict[str, Country],
    tuple[Crossing, ...],
    tuple[Place, ...],
    dict[str, tuple[str, ...]],
    frozenset[str],
    dict[str, tuple[str, ...]],
]


def shipped_parts(path: Path | None = None) -> _Parts:
    """What a gazetteer is made of: the shipped file, or the one at `path`, and the shipped lexicons."""
    return (
        PlaceFile(path or shipped_file()), load_countries(), load_crossings(), load_sites(), load_aliases(),
        load_common_words(), load_abbreviations(),
    )  # fmt: skip


def _is_capital(place: Place, country: str) -> bool:
    return place.kind == "capital" and place.country == country


def _by_skeleton(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        bones = skeleton(name)
        if bones:
            found.setdefault(bones, []).append(name)
    return found


def _adjectives(countries: Mapping[str, Country]) -> dict[str, str]:
    by_size = sorted(countries.values(), key=lambda country: country.place.population)
    return {key(word): country.place.country for country in by_size for word in country.adjectives}


def near_skeletons(bones: str) -> set[str]:
    """A skeleton and, where it is long enough, all that differ from it by one letter; none for an empty one."""
    if len(bones) < _SHORTEST_TO_EDIT:
        return {bones} if bones else set()
    found = {bones}
    for at in range(len(bones) + 1):
        found.add(bones[:at] + bones[at + 1 :])
        for letter in _SKELETON_LETTERS:
            found |= {bones[:at] + letter + bones[at:], bones[:at] + letter + bones[at + 1 :]}
    return found
