"""The numbers that evidence is weighed with, from `lexicons/weights.toml`, which says where each comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import msgspec

from marchland.errors import BrokenData


@dataclass(frozen=True, slots=True)
class Grouping:
    """When claims of one deed by one side are one happening. Distances in days."""

    join_days: int
    outlier_days: int
    pair_days: int
    dated_days: int
    denial_days: int
    date_right: float
    miss_days: int
    vote_share: float
    hedged_vote: float
    narrow_days: int
    open_reach: int
    retold_days: int


@dataclass(frozen=True, slots=True)
class WitnessWeights:
    """How much a witness adds that may rest on what another says; exponents on its likelihood ratio, 0 to 1."""

    rendering: float
    """Exponent of each further wording of one witness on the chance that all of them were misread."""
    side: float
    unsourced: float
    page: float


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long after a change its reports appear."""

    lag: tuple[float, ...]

    def of(self, days: int) -> float:
        """Share of reports that appear `days` after the change."""
        return self.lag[min(days, len(self.lag) - 1)] if days >= 0 else 0.0


@dataclass(frozen=True, slots=True)
class Interest:
    """Likelihood ratios of speakers with a stake in the claim."""

    own_gain: float
    own_loss: float
    deny_own_loss: float
    deny_own_gain: float


@dataclass(frozen=True, slots=True)
class Change:
    """Prior odds and limits of changes and states."""

    claimed: float
    stated: float
    state_reach: int
    link_days: int
    ratio_cap: float
    attacked: float
    open_ratio: float
    repels: float


@dataclass(frozen=True, slots=True)
class Fighting:
    """How fighting inside a place, sieges and desertion end. Half-lives in days, the rest shares."""

    claimed: float
    half_life: float
    stays: float
    siege_half_life: float
    siege_stays: float
    abandoned_half_life: float


@dataclass(frozen=True, slots=True)
class Reporting:
    """Share of changes of each sort that are ever reported, and how soon a place is quiet, in days."""

    capture: float
    recapture: float
    calm_days: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How changes around a place bear on it. Rates in changes per day, distances in km."""

    parent_rate: float
    neighbour_rate: float
    days: int
    before_days: int
    usual_rate: float
    most_odds: float
    inside_km: float
    most: int
    near_km: Mapping[str, float]

    def reach(self, kind: str) -> float:
        """How far the neighbours of that kind of place lie, in km."""
        return self.near_km.get(kind, self.near_km["other"])

    @property
    def widest(self) -> float:
        """How far apart two places may lie, in km, of which one bears on the other."""
        return max(self.inside_km, *self.near_km.values())


@dataclass(frozen=True, slots=True)
class Prior:
    """How sure it is who held a place before the first report."""

    known: float


@dataclass(frozen=True, slots=True)
class Landing:
    """Where unreported changes lead."""

    unknown: float


@dataclass(frozen=True, slots=True)
class SpellLimits:
    """What it takes to be a holding."""

    probability: float
    range: float
    widest_days: int


@dataclass(frozen=True, slots=True)
class Counting:
    """How counts of smaller places are read and weighed. Spreads are shares of the number of members."""

    exact: float
    about: float
    share: float
    least: float
    ratio_cap: float
    same_days: int
    scope: float
    scope_near: int
    most_weighed: int
    most_members: int
    district: tuple[str, ...]
    province: tuple[str, ...]
    capital: tuple[str, ...]
    crossing: tuple[str, ...]
    territory: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """When a holder is called disputed."""

    nats: float


@dataclass(frozen=True, slots=True)
class PassageWeights:
    """Prior and half-life, in days, of the state of a crossing."""

    claimed: float
    half_life: int
    captured_days: int
    captured_rate: float


@dataclass(frozen=True, slots=True)
class Words:
    """Words inside quantities that the ledger must tell apart."""

    partial: tuple[str, ...]
    units: tuple[str, ...]
    seats: tuple[str, ...]
    counting_kinds: tuple[str, ...]
    travellers: tuple[str, ...]
    trade: tuple[str, ...]
    aid: tuple[str, ...]
    limited: tuple[str, ...]
    outbound: tuple[str, ...]
    inbound: tuple[str, ...]
    spans: tuple[str, ...]
    borders: tuple[str, ...]
    crossings: tuple[str, ...]
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    grouping: Grouping
    witness: WitnessWeights
    freshness: Freshness
    interest: Interest
    stance: Mapping[str, float]
    change: Change
    fighting: Fighting
    reporting: Reporting
    around: Surroundings
    prior: Prior
    half_life: Mapping[str, float]
    landing: Landing
    spell: SpellLimits
    dispute: Dispute
    counts: Counting
    passage: PassageWeights
    words: Words


@dataclass(frozen=True, slots=True)
class Weights(_File):
    """All of them; `classes` is the table `[class]`: likelihood ratio of a disinterested speaker by class."""

    classes: Mapping[str, float]

    def ratio_of(self, source_class: str) -> float:
        """Likelihood ratio of a disinterested speaker of that class."""
        return self.classes.get(source_class, self.classes["publisher"])

    def half_life_of(self, kind: str | None) -> float:
        """Days after which, without news, a holder at that kind of place is as likely as not out of date."""
        return self.half_life.get(kind or "other", self.half_life["other"])


@lru_cache
def load_weights() -> Weights:
    """The shipped numbers. Raises BrokenData, with the name of the table, where one is missing or no number."""
    return read_weights((files("marchland") / "lexicons" / "weights.toml").read_text(encoding="utf-8"))


def read_weights(text: str) -> Weights:
    """Numbers from the text of such a file. Raises BrokenData where one is missing or no number."""
    try:
        found = msgspec.toml.decode(text)
        weights: Weights = msgspec.convert({**found, "classes": found.pop("class", {})}, Weights)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BrokenData(f"weights.toml: {error}") from error
    for table, key in ((weights.classes, "publisher"), (weights.half_life, "other"), (weights.around.near_km, "other")):
        if key not in table:
            raise BrokenData(f"weights.toml: the entry {key!r} is missing")
    return weights
