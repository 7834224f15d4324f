"""What moves the odds at a place from outside its own claims: changes around it, counts, corrections."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """A likelihood ratio for who holds the place at the end of a day, from something that is no claim on the place."""

    kind: str
    """What it comes from, in one word ("count", "correction"): the label of its row in `why`."""
    side: str
    """Key of the side it speaks of, as in `ClaimRow.actor_side`; empty for nobody known."""
    day: int
    """Ordinal of the calendar; the hint speaks of the end of that day."""
    ratio: float
    """How many times as likely it is where that side holds the place as where it does not: above 0; 1 says nothing."""
    sentence: str
    """The reason, printable."""
    claim_ids: tuple[str, ...] = ()
    """Claims that it rests on."""
    names: tuple[str, ...] = ()
    """Names of the side, the usual one first, for where the claims on the place have none."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """A raised rate of an unreported change to one side, over some days."""

    side: str
    """Key of the side that may take the place."""
    first_day: int
    last_day: int
    """Ordinals of the calendar, both included."""
    rate: float
    """Changes per day, on top of the rate that the kind of place has: not negative."""
    sentence: str
    """The reason, printable."""
    claim_ids: tuple[str, ...] = ()
    """Claims that it rests on."""
    names: tuple[str, ...] = ()
    """Names of the side, the usual one first, for where the claims on the place have none."""


@dataclass(frozen=True, slots=True)
class Around:
    """All of it for one place."""

    hints: tuple[Hint, ...] = ()
    hazards: tuple[Hazard, ...] = ()

    @property
    def sides(self) -> frozenset[str]:
        """Keys of all sides that it speaks of."""
        return frozenset((*(one.side for one in self.hints), *(one.side for one in self.hazards)))

    def names_of(self, side: str) -> tuple[str, ...]:
        """The names of a side; none where it has none for it."""
        hinted = [one.names for one in self.hints if one.side == side]
        return max([*hinted, *(one.names for one in self.hazards if one.side == side)], default=())

    def __bool__(self) -> bool:
        return bool(self.hints or self.hazards)


NOTHING = Around()
"""Nothing around the place is known: only its own claims count."""
