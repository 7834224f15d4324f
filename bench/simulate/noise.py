"""How badly a history is told: every number stands in noise.toml, with the measurement that it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

FILE = Path(__file__).with_name("noise.toml")
MOST_SHARE = 0.95
"""No share grows beyond this, however high the level."""
MOST_WITNESSES = 6.0
SHARES = (
    "silent_fall", "silent_return", "unfound", "undated", "date_off", "hedged", "denied", "false_gain", "misplaced",
    "misdeed", "no_actor", "swapped", "lost_stance", "lost_speaker",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the war."""

    id: str
    name: str
    home: bool = False
    """Whether it is the side that stood there before the war: what it takes, it takes back."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A class of reporters, whom it stands with, and its share of the witnesses of a change."""

    kind: str
    stake: str
    """gainer, loser, or none."""
    share: float


@dataclass(frozen=True, slots=True)
class Noise:
    """Rates of everything that goes wrong between a change and the ledger. Shares are 0 to 1; noise.toml explains."""

    silent_fall: float
    silent_return: float
    witnesses: float
    copies: float
    unfound: float
    lag: tuple[float, ...]
    undated: float
    date_off: float
    date_miss_days: int
    hedged: float
    denied: float
    false_gain: float
    false_denied: float
    misplaced: float
    misdeed: float
    no_actor: float
    swapped: float
    lost_stance: float
    lost_speaker: float
    mention_days: float
    fights: float
    lag_scale: float = 1.0

    def at(self, level: float) -> Noise:
        """The same noise, `level` times as strong: 0 tells all, at once and rightly; 1 is what the corpora show."""
        shares = {name: min(getattr(self, name) * level, MOST_SHARE) for name in SHARES}
        return replace(
            self, **shares, copies=self.copies * level, lag_scale=level,
            witnesses=min(self.witnesses / level, MOST_WITNESSES) if level else MOST_WITNESSES,
            mention_days=max(self.mention_days * level, 10.0),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class War:
    """What the simulator is given besides histories."""

    noise: Noise
    sides: Mapping[str, Party]
    """By the status under which the histories know them."""
    country: str
    speakers: tuple[Speaker, ...]
    readings: Mapping[str, tuple[float, ...]]
    """How sure the reader says it is, of claims that it reads rightly and wrongly; each value as often as seen."""


def load_war(text: str | None = None) -> War:
    """The file's numbers. Raises msgspec.ValidationError where one is missing."""
    return msgspec.toml.decode(text or FILE.read_text(encoding="utf-8"), type=War)
