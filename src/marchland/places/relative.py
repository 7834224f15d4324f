"""Places told by way of others ("30 km west of X", "halfway between X and Y") as a point with a radius.

The words become an `Offset` in `claims.offsets`; here the offset from known places becomes a point. The point is part
of what is said, never the named place itself: it changes nobody's hold on X that troops stand 30 km west of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import asin, atan2, cos, degrees, radians, sin

from marchland.places.choose import Chooser
from marchland.places.distance import EARTH_KM, km
from marchland.places.precision import extent
from marchland.records import Offset, Place, PlacePhrase, Resolved, Spot

ROUNDING = 0.4
"""Share of a distance by which its end may be off: eight points of the compass leave 22 degrees to either side."""
NEAR_KM = 15.0
"""How far from a place "near" it, "outside" it is, at most."""
SIDE_KM = 15.0
"""How far "north of X" is taken to lie from X where no distance is said; it may be off by as much again."""
BEND = 0.25
"""Share of the distance between two places by which a road may leave the straight line."""


@dataclass(frozen=True)
class Beside:
    """Resolves what lies beside a named place."""

    chooser: Chooser

    def place(self, phrase: PlacePhrase, event: str) -> Resolved | None:
        """The point that the phrase tells, as a part of the place it is told from.

        None where the offset is no matter: the phrase has a name of its own that resolves, or the offset is told
        from a country or a province ("west of Ukraine").
        """
        offset = phrase.offset
        if offset is None:
            return None
        own = self.chooser.name(phrase, event) if phrase.name and phrase.name not in offset.anchors else None
        if own is not None and own.choice is not None:
            return None
        told = [self.chooser.name(_anchor(phrase, name), event) for name in offset.anchors]
        places = [one.choice for one in told if one.choice is not None]
        if any(place.kind in _WIDE for place in places):
            return None
        at = spot(offset, places) if len(places) == len(told) else None
        if own is not None:
            return replace(
                own, spot=at, reason=f"{own.reason}; it is said to lie {_words(offset)}" if at else own.reason
            )
        if len(places) < len(told):
            lost = next(one for one in told if one.choice is None)
            return replace(lost, phrase=phrase, part=phrase.text)
        if at is None:
            return Resolved(
                phrase, None, f'"{_words(offset)}": hours of travel are no distance on a map', part=phrase.text
            )
        reason = f"{_words(offset)}: a point within {at.radius_km:.0f} km; {told[0].reason}"
        return Resolved(phrase, places[0], reason, told[0].rivals, _words(offset), at)


_WIDE = frozenset({"country", "province"})


def _anchor(phrase: PlacePhrase, name: str) -> PlacePhrase:
    """The name from which the way is told: distances are told from towns rather than from their provinces."""
    within = phrase.within if name == phrase.name else ()
    kind = (phrase.kind if name == phrase.name else "") or "town"
    return replace(phrase, name=name, text=name, within=within, kind=kind, part="", number="one", offset=None)


def _words(offset: Offset) -> str:
    return f"{offset.text} {' and '.join(offset.anchors)}"


def spot(offset: Offset, places: list[Place]) -> Spot | None:
    """The point that an offset from these places (one, or the two ends) means; None where it tells none."""
    if not places or offset.how == "travel":
        return None
    if offset.how in ("between", "halfway", "road"):
        return _between(offset.how, *places[:2]) if len(places) > 1 else None
    return _beside(offset, places[0])


def _beside(offset: Offset, place: Place) -> Spot:
    own = extent(place)
    if offset.bearing is None:
        return Spot(place.lat, place.lon, own + (offset.km if offset.km is not None else NEAR_KM), "near")
    far = offset.km if offset.km is not None else max(SIDE_KM, own)
    lat, lon = moved(place.lat, place.lon, offset.bearing, far)
    return Spot(lat, lon, own + (far * ROUNDING if offset.km is not None else far), "away")


def _between(how: str, one: Place, other: Place) -> Spot:
    apart = km(one, other)
    lat, lon = moved(one.lat, one.lon, bearing(one, other), apart / 2)
    return Spot(lat, lon, max(apart * BEND if how == "halfway" else apart / 2, extent(one)), how)


def moved(lat: float, lon: float, toward: float, far_km: float) -> tuple[float, float]:
    """The point `far_km` away from another, in the direction `toward` (degrees clockwise from north).

    >>> moved(36.0, 68.0, 180.0, 111.2)
    (35.0, 68.0)
    """
    phi, turn, arc = radians(lat), radians(toward), far_km / EARTH_KM
    new = asin(sin(phi) * cos(arc) + cos(phi) * sin(arc) * cos(turn))
    east = atan2(sin(turn) * sin(arc) * cos(phi), cos(arc) - sin(phi) * sin(new))
    return round(degrees(new), 4), round((lon + degrees(east) + 540) % 360 - 180, 4)


def bearing(one: Place, other: Place) -> float:
    """The direction from one place to another, in degrees clockwise from north."""
    phi, psi, apart = radians(one.lat), radians(other.lat), radians(other.lon - one.lon)
    turn = atan2(sin(apart) * cos(psi), cos(phi) * sin(psi) - sin(phi) * cos(psi) * cos(apart))
    return degrees(turn) % 360
