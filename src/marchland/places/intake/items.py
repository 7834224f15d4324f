"""What readers of gazetteer files hand to the writer, one item a row or feature."""

from __future__ import annotations

from dataclasses import dataclass, field

from marchland.places.layerfile import Outline
from marchland.places.validity import ALWAYS, Validity


@dataclass(frozen=True, slots=True)
class NewName:
    """A name of a place."""

    written: str
    language: str = ""
    use: str = ""
    """preferred, short, colloquial or historic; empty for any other."""
    valid: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place with its names; `line` is its line or feature in the file."""

    line: int
    place_id: str
    name: str
    kind: str
    country: str
    lat: float
    lon: float
    names: tuple[NewName, ...] = ()
    population: int = 0
    feature: str = ""
    radius_km: float = 0.0
    parent: str = ""
    """Id or code of what it lies in."""
    parent_name: str = ""
    """Its name, for a parent that only the shipped gazetteer may have."""
    valid: Validity = ALWAYS
    other_country: str = ""
    posts: tuple[str, str] = ("", "")
    codes: tuple[str, ...] = ()
    outline: Outline | None = None


@dataclass(frozen=True, slots=True)
class MoreNames:
    """A name of a place of this or another file."""

    line: int
    place_id: str
    name: NewName


@dataclass(frozen=True, slots=True)
class Membership:
    """That a place lies in another, for a time."""

    line: int
    place_id: str
    parent: str
    valid: Validity


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a row or a feature."""

    line: int
    """0 for the file as a whole."""
    why: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is right but not wanted; counted by reason."""

    why: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A row that is taken in other than it stands; counted by reason."""

    why: str


Item = NewPlace | MoreNames | Membership | Fault | LeftOut | Noted


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for."""

    layer: str
    """Name of the layer: ids of a table without a scheme of their own begin with it."""
    country: str = ""
    """ISO alpha-2: only this country's rows; and the country of rows that name none. Empty for all."""
    skip_faulty: bool = False
    """Leave rows out that are wrong, and count them, instead of refusing the file."""
    alpha2: dict[str, str] = field(default_factory=dict)
    """ISO alpha-3 -> alpha-2, and alpha-2 -> itself."""
