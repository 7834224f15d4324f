"""Which states one place can be in, and in what order the filter keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from marchland.ledger.evidence import ABANDONED, BESIEGED, CONTESTED, Change

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Held by each side; contested and besieged, each with the last holder; abandoned; nobody known, always last."""

    sides: tuple[str, ...]
    fine: tuple[tuple[str, str], ...]
    """Each state as its condition (empty for held and nobody known) and its side."""
    states: tuple[str, ...]
    """What is shown: sides, then CONTESTED and ABANDONED where there are such states, then an empty string."""
    columns: Array = field(repr=False)
    """Fine states by shown states, 0 or 1."""

    @classmethod
    def of(cls, sides: tuple[str, ...], conditions: frozenset[str]) -> Layout:
        """The states for some sides, and those of the conditions that anything is told of."""
        fine = [("", side) for side in sides]
        for condition in (CONTESTED, BESIEGED):
            fine += [(condition, side) for side in sides if condition in conditions]
        fine += [(ABANDONED, "")] * (ABANDONED in conditions)
        fine.append(("", ""))
        states = (*sides, *(one for one in (CONTESTED, ABANDONED) if one in conditions), "")
        columns = np.zeros((len(fine), len(states)))
        for row, (condition, side) in enumerate(fine):
            columns[row, states.index(condition if condition in (CONTESTED, ABANDONED) else side)] = 1.0
        return cls(sides, tuple(fine), states, columns)

    @property
    def count(self) -> int:
        """Number of fine states."""
        return len(self.fine)

    def held(self, side: str) -> int:
        """The state in which a side holds it undisturbed; for an empty side, nobody known."""
        return self.fine.index(("", side))

    def having(self, side: str) -> list[int]:
        """The states in which a side holds it, besieged or not; for the name of a condition, its states."""
        return [int(index) for index in np.flatnonzero(self.columns[:, self.states.index(side)])]

    def of_condition(self, condition: str) -> Array:
        """Fine states by sides: 1 where the state is of that condition and side."""
        found = np.zeros((self.count, len(self.sides)))
        for row, (one, side) in enumerate(self.fine):
            if one == condition and side:
                found[row, self.sides.index(side)] = 1.0
        return found

    def along(self, change: Change) -> Array:
        """Fine states by fine states: 1 for each transition that the change makes."""
        made = np.zeros((self.count, self.count))
        for row, (condition, side) in enumerate(self.fine):
            if change.deed == "repels":
                if side == change.to and condition:
                    made[row, self.held(side)] = 1.0
            elif change.to in (CONTESTED, BESIEGED):
                if side in change.among and condition != change.to:
                    made[row, self.fine.index((change.to, side))] = 1.0
            elif change.to == ABANDONED or not change.to:
                if side and side == change.of:
                    made[row, self.fine.index((change.to, ""))] = 1.0
            elif side != change.to or condition:
                made[row, self.held(change.to)] = 1.0
        return made
