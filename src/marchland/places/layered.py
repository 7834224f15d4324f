"""The gazetteer with a user's layers and corrections laid over what ships with the package."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from marchland.places.countries import Country
from marchland.places.crossings import Crossing, all_names
from marchland.places.gazetteer import Gazetteer, near_skeletons
from marchland.places.layers import Layers, once
from marchland.places.names import fold, folds_like, skeleton
from marchland.places.placefile import PlaceFile
from marchland.places.shipped import NO_ROW
from marchland.records import Place

_LEVELS = {"country": 0, "province": 1, "district": 2}
_DIVISIONS = {1: "province", 2: "district"}


class LayeredGazetteer(Gazetteer):
    """All places, with what the layers say of them. Safe to share between threads."""

    has_days = True

    def __init__(
        self, layers: Layers, places: PlaceFile, countries: Mapping[str, Country], crossings: Iterable[Crossing],
        sites: Iterable[Place], extra_names: Mapping[str, tuple[str, ...]], common_words: frozenset[str],
        abbreviations: Mapping[str, tuple[str, ...]],
    ) -> None:  # fmt: skip
        """Lay layers over what ships with the package."""
        self.layers = layers
        self._found = lru_cache(maxsize=16384)(self._find)
        self._bare = lru_cache(maxsize=16384)(self._without_divisions)
        both = (*crossings, *layers.crossings())
        super().__init__(places, countries, both, sites, extra_names, common_words, abbreviations)

    # ------------------------------------------------------------------------------------------------------- by name

    def _lookup_key(self, exact: str, on: dt.date | None = None) -> tuple[Place, ...]:
        ids = dict.fromkeys(place.place_id for place in self._lookup_shipped(exact))
        ids |= dict.fromkeys(self.layers.named(exact, on))
        allowed = (one for one in ids if not self.layers.corrections.bans(one, exact, on))
        found = {place.place_id: place for one in allowed if (place := self.get(one, on)) is not None}
        return tuple(sorted(found.values(), key=lambda place: self._rank(place, exact)))

    def _names_settlement(self, exact: str) -> bool:
        named = self.layers.named(exact, None)
        return super()._names_settlement(exact) or any(one not in self._crossings for one in named)

    def _keys_near(self, exact: str, floor: float) -> set[str]:
        named = self.layers.keys_with(near_skeletons(skeleton(exact)))
        alike = folds_like(fold(exact), [folded for _, folded in named], floor)
        return super()._keys_near(exact, floor) | {named[at][0] for at in alike}

    def is_key(self, exact: str) -> bool:
        """Whether any place has a name of this key."""
        if self.layers.corrections.has_bans(exact):
            return bool(self.lookup_key(exact, None))
        return super().is_key(exact) or self.layers.has_key(exact)

    # --------------------------------------------------------------------------------------------------------- by id

    def get(self, place_id: str, on: dt.date | None = None) -> Place | None:
        """The place of an id, or of a code that a layer gives it ("pcode:AF32"), or None."""
        found: Place | None = self._found(place_id, on)
        return found

    def knows(self, place_id: str) -> bool:
        """Whether there is a place of this id or code; faster than `get`."""
        return super().knows(place_id) or self.get(place_id) is not None

    def _find(self, place_id: str, on: dt.date | None) -> Place | None:
        place: Place | None = self._bare(place_id, on)
        if place is None or place.kind == "country":
            return place
        above = list(self._above(place, on))
        if [(up.place_id, up.name) for up in above] == self._shipped_above(place.place_id):
            return place
        names = {up.kind: up.name for up in above}
        return replace(place, admin1=names.get("province", ""), admin2=names.get("district", ""))

    def _shipped_above(self, place_id: str) -> list[tuple[str, str]] | None:
        """Id and name of what the place lies in by what ships alone, without its country; None for a new place."""
        place = self._shipped(place_id)
        if place is None:
            return None
        found = []
        up = self._shipped_parent(place)
        while up is not None and up.kind != "country":
            found.append((up.place_id, up.name))
            up = self._shipped_parent(up)
        return found

    def _without_divisions(self, place_id: str, on: dt.date | None) -> Place | None:
        """The place, before the names of its divisions are looked up."""
        own_id = self.layers.id_of(place_id)
        base = self._shipped(own_id)
        return self.layers.place(base.place_id if base else own_id, base, on)

    def _above(self, place: Place, on: dt.date | None) -> Iterator[Place]:
        """What a place lies in, step by step, without its country."""
        seen = {place.place_id}
        up = self._parent_id(place.place_id, on)
        while up and up not in seen:
            seen.add(up)
            found = self._bare(up, on)
            if found is None or found.kind == "country":
                return
            yield found
            up = self._parent_id(up, on)

    def _parent_ids(self, place_id: str, on: dt.date | None) -> list[str]:
        base = self._shipped(place_id)
        up = self._shipped_parent(base) if base else None
        return self.layers.parents(place_id, up.place_id if up else "", on)

    def _parent_id(self, place_id: str, on: dt.date | None) -> str:
        return next(iter(self._parent_ids(place_id, on)), "")

    def aliases(self, place_id: str) -> tuple[str, ...]:
        """Every name of a place, its own first; empty for an unknown id."""
        place = self.get(place_id)
        if place is None:
            return ()
        crossing = self._crossings.get(place.place_id)
        names = (place.name, *place.aliases, *(all_names(crossing) if crossing else ()))
        bans = self.layers.corrections.bans
        return tuple(name for exact, name in once(names).items() if not bans(place.place_id, exact, None))

    def astray(self) -> tuple[str, ...]:
        """Corrections that point to no place, each with its line."""
        rows = self.layers.corrections.rows
        return tuple(
            f"line {row.line}: {one}" for row in rows for one in (row.place, row.parent) if one and not self.knows(one)
        )

    # ----------------------------------------------------------------------------------------------------- crossings

    def crossing(self, place_id: str) -> Crossing | None:
        """A crossing with its two posts."""
        found = super().crossing(place_id)
        return None if found is None else replace(found, place=self._as_layered(found.place))

    def crossings_of(self, country: str) -> tuple[Place, ...]:
        """Crossings with a side in this country (ISO alpha-2)."""
        return tuple(map(self._as_layered, super().crossings_of(country)))

    def crossings_between(self, a: str, b: str) -> tuple[Place, ...]:
        """Crossings between two countries (ISO alpha-2), in either order."""
        return tuple(map(self._as_layered, super().crossings_between(a, b)))

    def _as_layered(self, place: Place) -> Place:
        return self.get(place.place_id) or place

    # ----------------------------------------------------------------------------------------------------- divisions

    def divisions(self, country: str, level: int, on: dt.date | None = None) -> tuple[Place, ...]:
        """First-order (level 1) or second-order (level 2) divisions of a country: those of the layer that has them
        all, where one has, with new ones of the corrections; else those of all sources."""
        shipped = [place.place_id for place in super().divisions(country, level)]
        return self._of_kind([*shipped, *self.layers.divisions(country, _DIVISIONS[level])], country, level, on)

    def _of_kind(self, ids: Iterable[str], country: str, level: int, on: dt.date | None) -> tuple[Place, ...]:
        whole = self.layers.covering(country, level)
        kept = (one for one in dict.fromkeys(ids) if whole is None or one in whole)
        places = (place for one in kept if (place := self.get(one, on)) is not None)
        return tuple(place for place in places if place.kind == _DIVISIONS[level])

    def children(self, place: Place, on: dt.date | None = None) -> tuple[Place, ...]:
        """The districts of a province, the provinces of a country; empty for every other place."""
        if place.kind == "country":
            return self.divisions(place.country, 1, on)
        if place.kind != "province":
            return ()
        row = self._row_of(place.place_id)
        shipped = [] if row == NO_ROW else self._file.children(row, place.country)
        ids = [*(self._place(child).place_id for child in shipped), *self.layers.within(place.place_id)]
        inside = [one for one in dict.fromkeys(ids) if place.place_id in self._parent_ids(one, on)]
        return self._of_kind(inside, place.country, 2, on)

    def parent(self, place: Place, on: dt.date | None = None) -> Place | None:
        """What a place lies in: a town in its district or province, a district in its province, a province in its
        country; None for a country."""
        if place.kind == "country":
            return None
        return self.get(self._parent_id(place.place_id, on), on) or self.get(f"iso:{place.country}")

    def members(self, place: Place) -> int:
        """How many populated places lie in a division, by the source that knows most; 0 for any other place."""
        return max(super().members(place), self.layers.settled(place.place_id))

    def seat_of(self, place: Place) -> Place | None:
        """The capital of a country or the seat of a province, as the shipped file has them."""
        known = self._shipped(place.place_id)
        seat = super().seat_of(place) if known is not None and known.kind == place.kind else None
        return None if seat is None else self._as_layered(seat)

    def divisions_at(self, lat: float, lon: float, on: dt.date | None = None) -> tuple[Place, ...]:
        """The divisions whose polygon holds a point (degrees), the widest first."""
        ids = dict.fromkeys(self.layers.containing(lat, lon))
        found = {place.place_id: place for one in ids if (place := self.get(one, on)) is not None}
        return tuple(sorted(found.values(), key=lambda one: (_LEVELS.get(one.kind, 3), -one.radius_km, one.place_id)))
