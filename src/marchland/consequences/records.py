"""The records of this stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from marchland.records import ClaimRow, CrossingRow, HoldingRow


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> range:
        """The days as ordinals of the calendar."""
        return range(self.first.toordinal(), self.last.toordinal() + 1)


@dataclass(frozen=True, slots=True)
class Range:
    """Low, best and high; never in another order."""

    low: float = 0.0
    best: float = 0.0
    high: float = 0.0

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.best + other.best, self.high + other.high)

    def times(self, other: Range) -> Range:
        """Both as factors: low by low, best by best, high by high; none may be negative."""
        return Range(self.low * other.low, self.best * other.best, self.high * other.high)


@dataclass(frozen=True, slots=True)
class Figure:
    """What somebody says that a crossing, several together or a whole country takes in or lets through."""

    figure_id: str
    places: tuple[str, ...]
    """Ids of crossings ("x:islam-qala-dogharoun"), all together; empty for a whole country."""
    country: str
    """ISO alpha-2 of the country whose total this is; empty for crossings."""
    measure: str
    """As in lexicons/consequences.toml, `measures`: customs-revenue, trade, people, ..."""
    amount: Range
    """As told, in `unit` for each `per`; one number three times where no range is told."""
    bound: str
    """at-least, at-most, about, or empty."""
    unit: str
    """ISO 4217 for money, a noun for traffic, % for shares."""
    per: str
    """day, week, month, year, total (from the first to the last day) or unstated."""
    first: dt.date | None
    last: dt.date | None
    """The days that it speaks of, where told."""
    claimant: str
    publisher: str
    reported_first: dt.date | None
    reported_last: dt.date | None
    """Day of print as a range: a month where only the month is known; None where no day is told."""
    repeats: str
    """Id of the figure that this one tells again: a relay, or the same amount in another currency."""
    url: str
    checked: bool
    """Whether the page was read when the row was entered."""
    note: str
    where: str
    """File and line."""


@dataclass(frozen=True, slots=True)
class Told:
    """One figure, however often it was told: the one that counts, and those that tell it again, with the reasons."""

    figure: Figure
    again: tuple[tuple[Figure, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tenure:
    """One holder of one crossing over the days of a period, where another held it before."""

    place_id: str
    holder_id: str
    holder_name: str
    former_id: str
    former_name: str
    former_until: str | None
    """Last day of the former holder by the table of parties, where it is known to have ended."""
    back: bool
    """Whether the holder is one that had held it before."""
    since: str | None
    """Most probable day of the change, ISO 8601."""
    earliest: str | None
    latest: str | None
    status: str
    days: Range
    """Days of the period on which it is held."""
    passing: tuple[tuple[str, Range], ...]
    """Of these, the days on which trade, travellers and aid pass, as far as is on record."""
    holdings: tuple[str, ...]
    """Ids of the spells."""
    claims: tuple[str, ...]
    weights: tuple[Mapping[str, Range], ...]
    """For each day of the period, between 0 and 1: "held"; "missed", held while the former holder lasted; and by
    traffic, held and passing."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a crossing, or several together, took in or let through while held by another than before."""

    places: tuple[str, ...]
    measure: str
    unit: str
    holder_id: str
    holder_name: str
    former_name: str
    since: str | None
    """Most probable day of the change; of several crossings, of the last."""
    back: bool
    rate: Range
    """A day, before the change: of the claimants."""
    open_high: bool
    """Whether a claimant says "more than": the high is then no limit."""
    days: Range
    lost: Range | None
    """Of revenue, what the former holder went without: the rate times the days held by the other, open or not, for as
    long as the former holder lasted. None of what is no revenue."""
    open: Range
    """What lay open to the new holder: the same on the days on which traffic passes."""
    figures: tuple[str, ...]
    """Ids of those counted."""
    contradiction: float
    """Factor between the highest and the lowest claimant, 1 where there is only one."""
    notes: tuple[str, ...]
    """What it assumes and what was left out, as sentences."""


@dataclass(frozen=True, slots=True)
class Total:
    """Estimates of one measure and unit added up over crossings, for one new holder."""

    holder_id: str
    holder_name: str
    country: str
    """ISO alpha-2 of the first side; empty for all countries together."""
    measure: str
    unit: str
    back: bool
    lost: Range | None
    open: Range
    places: tuple[str, ...]
    missing: tuple[str, ...]
    """Crossings that passed, too, and have no figure of this measure and unit that counts."""
    open_high: bool


@dataclass(frozen=True, slots=True)
class Unused:
    """A figure that is shown and not counted, with the reason."""

    figure: Figure
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many crossed or gave up, as one witness has it."""

    amount: Range
    exact: bool
    """Whether a number is said without "about" or "more than"."""
    first: int | None
    last: int
    """Days, as ordinals; `first` None for "on or before"."""
    claims: tuple[str, ...]
    who: str
    words: str
    """The count as written."""
    open_high: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """People of one kind who crossed in one direction, or gave up at one place, on the days from first to last."""

    event: str
    kind: str
    """forces, people, or empty where the words do not tell."""
    where: str
    """Id of the place."""
    name: str
    direction: str
    """"AF>TJ", ">TJ" where only the far side is told, or empty."""
    first: str | None
    last: str
    amount: Range
    open_high: bool
    witnesses: int
    counts: tuple[Count, ...]
    part_of: str
    """"total" where it is a total of other flows, "part" where a total holds it, else empty."""


@dataclass(frozen=True, slots=True)
class Movement:
    """All flows of one kind and direction in the period, added up without counting anybody twice."""

    event: str
    kind: str
    where: str
    name: str
    direction: str
    amount: Range
    open_high: bool
    flows: tuple[Flow, ...]
    witnesses: int
    uncounted: tuple[str, ...]
    """Claims that tell of it and give no number."""
    denied: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of traffic over one crossing in the period."""

    traffic: str
    """travellers, trade or aid."""
    state: str
    """At the end of the last day; "open (AF>IR), closed (IR>AF)" where the directions differ."""
    since: str | None
    told: str | None
    """Last day on which anybody said so."""
    doubtful: bool
    """Whether nobody has said so for a while."""
    days: tuple[tuple[str, int], ...]
    """Days of the period by the state of the worse direction, in a fixed order of states; "doubtful" is a state that
    nobody has repeated for a while."""
    changes: tuple[tuple[str, str], ...]
    """Day and new state, in the period."""
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """One side of a crossing at the end of the period."""

    name: str
    holder: str | None
    """None where nobody is known to hold it."""
    status: str
    """As of a holding; "assumed" where no report tells of it; "ended" where its last holder is gone."""
    confirmed: str | None
    """Last day on which a report had it so."""


@dataclass(frozen=True, slots=True)
class Route:
    """One crossing: who holds its posts at the end of the period, and what passes."""

    place_id: str
    name: str
    posts: tuple[Post, ...]
    """Both sides."""
    lanes: tuple[Lane, ...]
    lat: float | None
    lon: float | None
    km: float | None = None
    """From the place asked about, in a straight line."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """All that follows, with everything that it was made from."""

    period: Period
    asked: Period
    known_at: str | None
    estimates: tuple[Estimate, ...]
    totals: tuple[Total, ...]
    tenures: tuple[Tenure, ...]
    told: tuple[Told, ...]
    """The figures that were looked at, each once."""
    unused: tuple[Unused, ...]
    whole: tuple[Told, ...]
    """Figures of whole countries that touch the period: shown beside the estimates, never added."""
    movements: tuple[Movement, ...]
    undated: tuple[str, ...]
    """Claims that count people and tell no day."""
    routes: tuple[Route, ...]
    nearest: tuple[Route, ...]
    """Crossings by distance from the place asked about, those that are open first; empty without such a place."""
    near: str
    holdings: tuple[HoldingRow, ...]
    crossings: tuple[CrossingRow, ...]
    claims: tuple[ClaimRow, ...]
    names: tuple[tuple[str, str], ...]
    """Id and name of the crossings spoken of."""
