"""What telling a date passes around: the context it is told in, and the answer or refusal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from marchland.dates.calendar import Days


@dataclass(frozen=True, slots=True)
class Context:
    """What words about time are told against."""

    now: dt.date | None
    """The day of publication."""
    tense: str = ""
    anchor: Days | None = None
    direction: int = 1
    """-1 when the anchor is the later of two events."""
    near: bool = False
    """Take the nearest day that fits, before or after publication ("by Friday")."""


@dataclass(frozen=True, slots=True)
class Told:
    """First and last day (None is open), the rule that gave them, and which ends take the hours."""

    first: dt.date | None
    last: dt.date | None
    rule: str
    approximate: bool = False
    hours: str = "both"
    """both, start, end, before or after (on that day, either side of them), or "" for none."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the words give no day."""

    why: str
