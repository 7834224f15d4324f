"""Which smaller places a place has: the members that a count counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from marchland.places.names import key

if TYPE_CHECKING:
    from marchland.places.gazetteer import Gazetteer
    from marchland.records import Place


@dataclass(frozen=True, slots=True)
class Member:
    """One smaller place; a district also by its seat, under which reports often tell of it."""

    place_id: str
    name: str
    seat_id: str = ""


Members = Callable[[str, str], tuple[Member, ...]]
"""Place id and kind of member (district, province, capital, crossing) to the members; none where there is no list."""


@cache
def shipped_members() -> Members:
    """Lists of members out of the gazetteer, with the user's own layers. Raises BrokenData."""
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415  loaded only where something is counted

    return members_of(Gazetteer.open())


def members_of(gazetteer: Gazetteer) -> Members:
    """Lists of members out of one gazetteer, by name."""

    @cache
    def members(place_id: str, kind: str) -> tuple[Member, ...]:
        place = gazetteer.get(place_id)
        found = () if place is None else _listed(gazetteer, place, kind)
        return tuple(sorted(set(found), key=lambda one: (one.name, one.place_id)))

    return members


def _listed(gazetteer: Gazetteer, place: Place, kind: str) -> tuple[Member, ...]:
    country = place.kind == "country"
    if kind == "district":
        listed = gazetteer.divisions(place.country, 2) if country else gazetteer.children(place)
        return tuple(_member(gazetteer, one) for one in listed)
    if kind == "province" and country:
        return tuple(Member(one.place_id, one.name) for one in gazetteer.children(place))
    if kind == "capital" and country:
        seats = (gazetteer.seat_of(one) for one in gazetteer.children(place))
        return tuple(Member(one.place_id, one.name) for one in seats if one is not None)
    if kind == "crossing":
        gates = gazetteer.crossings_of(place.country)
        return tuple(Member(one.place_id, one.name) for one in gates if country or key(one.admin1) == key(place.name))
    return ()


def _member(gazetteer: Gazetteer, place: Place) -> Member:
    seat = gazetteer.seat_of(place)
    return Member(place.place_id, place.name, seat.place_id if seat else "")
