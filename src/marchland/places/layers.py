"""A user's layers and corrections, laid over each other and over the shipped gazetteer.

Of two that speak of one place the later one wins: layers by name, corrections last. Names are joined; the point, the
name and the kind are those of the winner. `on` is a day: what does not hold then is left out; None is all days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import Protocol

from marchland.places.corrections import Corrections, read_corrections
from marchland.places.crossings import Crossing
from marchland.places.home import CORRECTIONS, layer_files
from marchland.places.layerfile import LayerFile, Stored
from marchland.places.names import key
from marchland.places.validity import ALWAYS, Validity
from marchland.records import Place


class Source(Protocol):
    """A layer file, or the corrections."""

    name: str
    covers: frozenset[str]

    def named(self, exact: str, /) -> list[tuple[str, str, Validity]]: ...
    def has_key(self, exact: str, /) -> bool: ...
    def keys_with(self, skeletons: Iterable[str], /) -> list[tuple[str, str]]: ...
    def id_of(self, code: str, /) -> str: ...
    def get(self, place_id: str, on: dt.date | None = None, /) -> Stored | None: ...
    def divisions(self, country: str, kind: str, /) -> list[str]: ...
    def crossings(self) -> list[str]: ...
    def within(self, place_id: str, /) -> list[str]: ...
    def settled(self, place_id: str, /) -> int: ...
    def boxes_at(self, lat: float, lon: float, /) -> list[tuple[str, bytes]]: ...


@dataclass(frozen=True)
class Layers:
    """All layers, the weakest first; empty for a gazetteer without any."""

    sources: tuple[Source, ...] = ()
    corrections: Corrections = field(default_factory=Corrections)

    @classmethod
    def open(cls, folder: Path, *, without: str = "") -> Layers:
        """The layers in a folder but one, and its corrections. Raises BrokenData where one cannot be read."""
        files: tuple[Source, ...] = tuple(LayerFile(path) for path in layer_files(folder) if path.stem != without)
        corrections = read_corrections(folder / CORRECTIONS)
        return cls((*files, corrections) if corrections.rows else files, corrections)

    def __bool__(self) -> bool:
        return bool(self.sources)

    @property
    def files(self) -> tuple[LayerFile, ...]:
        """The layers without the corrections."""
        return tuple(one for one in self.sources if isinstance(one, LayerFile))

    def told(self) -> str:
        """What lies over the shipped file, in words: names of layers with the digests of their files, corrections."""
        named = [f"{one.name} {one.about['digest']}" for one in self.files]
        layers = f"{len(named)} layer{'s' * (len(named) != 1)} ({', '.join(named)})" if named else ""
        rows = len(self.corrections.rows)
        corrected = f"{rows} correction{'s' * (rows != 1)}" if rows else ""
        return " and ".join(part for part in (layers, corrected) if part)

    # ------------------------------------------------------------------------------------------------------- by name

    def named(self, exact: str, on: dt.date | None) -> list[str]:
        """Ids of the places with a name of this key; with a day, those that had it then.

        A name marked as historic without dates holds on no day.
        """
        return [
            place_id
            for source in self.sources
            for place_id, use, valid in source.named(exact)
            if on is None or _in_use(use, valid, on)
        ]

    def has_key(self, exact: str) -> bool:
        """Whether any name has this key."""
        return any(source.has_key(exact) for source in self.sources)

    def keys_with(self, skeletons: Iterable[str]) -> list[tuple[str, str]]:
        """Keys and folded forms of the names with one of these skeletons."""
        wanted = sorted(skeletons)
        return [pair for source in self.sources for pair in source.keys_with(wanted)]

    # --------------------------------------------------------------------------------------------------------- by id

    def id_of(self, code: str) -> str:
        """The id of a place with this id or code ("pcode:AF32"); the code itself where no layer has it."""
        found = (source.id_of(code) for source in reversed(self.sources))
        return next((place_id for place_id in found if place_id), code)

    def place(self, place_id: str, base: Place | None, on: dt.date | None) -> Place | None:
        """A place as all sources together have it; None where none has it, or not on that day.

        The names of the divisions it lies in are left as they are in the base."""
        said = [found for source in self.sources if (found := source.get(place_id, on)) is not None]
        if any(not one.valid.holds(on) for one in said):
            return None
        place = reduce(_over, said, base)
        return None if place is None else self._with_names(place, said, base, on)

    def _with_names(self, place: Place, said: list[Stored], base: Place | None, on: dt.date | None) -> Place:
        own = [one.name for one in reversed(said) if one.name]
        names = [place.name, *own, *((base.name, *base.aliases) if base else ())]
        names += [named.written for one in said for named in one.names
                  if on is None or _in_use(named.use, named.valid, on)]  # fmt: skip
        bans = self.corrections.bans
        kept = [name for exact, name in once(names).items() if not bans(place.place_id, exact, on)] or [place.name]
        return replace(place, name=kept[0], aliases=tuple(kept[1:]))

    # ----------------------------------------------------------------------------------------------------- divisions

    def parents(self, place_id: str, base: str, on: dt.date | None) -> list[str]:
        """What a place lies in, the strongest word first: without a day also what it used to lie in.

        The strongest source that names a parent for all time has the last word; the base's comes last."""
        found: list[tuple[bool, str, str]] = []
        for source in reversed(self.sources):
            said = source.get(place_id)
            bounds = said.parents if said else ()
            held = [(not valid.until, valid.since, self.id_of(up)) for up, valid in bounds if valid.holds(on)]
            found += sorted(held, reverse=True)
            if any(valid == ALWAYS for _, valid in bounds):
                break
        else:
            found += [(True, "", base)] if base else []
        return list(dict.fromkeys(up for _, _, up in found))

    def within(self, place_id: str) -> list[str]:
        """Ids of all that some source says to lie in a place, at some time."""
        ids = {place_id, *(code for code in (self.id_of(place_id),))}
        return [child for source in self.sources for one in sorted(ids) for child in source.within(one)]

    def settled(self, place_id: str) -> int:
        """How many populated places the source that knows most of them has in a division."""
        return max((source.settled(place_id) for source in self.sources), default=0)

    def divisions(self, country: str, kind: str) -> list[str]:
        """Ids of a country's provinces or districts."""
        return [place_id for source in self.sources for place_id in source.divisions(country, kind)]

    def covering(self, country: str, level: int) -> frozenset[str] | None:
        """Ids of the divisions where some layer gives this level of the country in full; else None."""
        kind = "province" if level == 1 else "district"
        whole = [source for source in self.sources if f"{country}/{level}" in source.covers]
        own = [source for source in self.sources if source.name == self.corrections.name]
        ids = (place_id for source in (*whole[-1:], *own) for place_id in source.divisions(country, kind))
        return frozenset(ids) if whole else None

    def containing(self, lat: float, lon: float) -> list[str]:
        """Ids of the divisions whose polygon holds a point."""
        boxes = [box for source in self.sources for box in source.boxes_at(lat, lon)]
        if not boxes:
            return []
        from marchland.places.shapes import holds  # noqa: PLC0415  loads GEOS

        return [place_id for place_id, shape in boxes if holds(shape, lat, lon)]

    def crossings(self) -> list[Crossing]:
        """The border crossings that the layers add."""
        ids = dict.fromkeys(place_id for source in self.sources for place_id in source.crossings())
        return [crossing for place_id in ids if (crossing := self._crossing(place_id)) is not None]

    def _crossing(self, place_id: str) -> Crossing | None:
        said = [found for source in self.sources if (found := source.get(place_id)) is not None]
        place = self.place(place_id, None, None)
        if place is None:
            return None
        posts = [one.posts for one in said if any(one.posts)]
        a, b = posts[-1] if posts else ("", "")
        return Crossing(place, a or place.name, b or place.name, admin1_b="", town_id="", confidence="medium")


def once(names: Iterable[str]) -> dict[str, str]:
    """The names by key, each key with the first of its spellings, in their order."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(key(name), name)
    return found


def _in_use(use: str, valid: Validity, on: dt.date) -> bool:
    undated_past = use == "historic" and valid == ALWAYS
    return not undated_past and valid.holds(on)


def _over(place: Place | None, said: Stored) -> Place | None:
    """What one source says laid over what was known; a source that only adds names to an unknown place adds nothing."""
    if place is None:
        if said.point is None or not said.kind:
            return None
        place = Place(said.place_id, said.name, said.kind, said.country, *said.point)
    lat, lon = said.point or (place.lat, place.lon)
    return replace(
        place, name=said.name or place.name, kind=said.kind or place.kind, country=said.country or place.country,
        lat=lat, lon=lon, population=said.population or place.population, feature=said.feature or place.feature,
        radius_km=said.radius_km or place.radius_km, other_country=said.other_country or place.other_country,
    )  # fmt: skip
