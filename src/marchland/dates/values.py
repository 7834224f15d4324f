"""What a time expression says, before it is told against a day of publication. All values are frozen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """Hours of a day, half-open, counted from its midnight; `end` past 24 runs on into the next day."""

    start: float
    end: float
    name: str
    zone: str = ""
    """IANA name of the zone that the words give ("0735 GMT"), or "": the place's own clock."""


@dataclass(frozen=True, slots=True)
class Feast:
    """A holiday, by what fixes its day in a year."""

    name: str
    fixed_by: str
    """fixed (month, day), nth (month, weekday, which), western or orthodox (days from Easter), lunar or solar (month,
    day; day 0 is the whole month)."""
    terms: tuple[int, ...]
    length: int = 1
    """Days that it lasts."""
    other: Feast | None = None
    """The second feast that the bare name may mean ("Eid")."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, season or year as the words name it; None is what they leave out."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    which: int | None = None
    """-1 "last", 0 "this", 1 "next", said of the weekday, month or season."""
    stretch: str = ""
    """early, mid, late, beginning, end, so far ("earlier in August"), rest, or "week 2"."""
    season: tuple[int, int] | None = None
    """First and last month; a month past 12 lies in the next year."""
    year_shift: int | None = None
    """-1 in "August last year"."""
    week_shift: int | None = None
    """-1 in "Friday of last week"."""
    from_anchor: bool = False
    """Counted from another event: "the following Monday"."""
    years: int = 1
    """10 for "the 1990s"."""
    problem: str = ""
    """Why the words can be no date ("31 June"), empty when they can."""
    feast: Feast | None = None
    """A holiday instead of a month and day."""
    calendar: str = ""
    """solar or lunar: year, month and day are of that hijri calendar."""
    weeks: int = 0
    """Weeks further than the nearest such weekday: -1 in "a week ago on Monday"."""
    fiscal: bool = False
    """A fiscal year, whose first day differs by country."""


@dataclass(frozen=True, slots=True)
class Deictic:
    """Days counted from the day of publication: "yesterday", "now", "recently"."""

    name: str
    first: int
    last: int
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A calendar week, weekend, month, quarter, year: this one, the last, the next."""

    unit: str
    shift: int
    stretch: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """A distance from publication ("two weeks ago") or from another event of the text ("a day later")."""

    low: int
    high: int
    unit: str
    sign: int
    base: str
    """published or anchor."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """A stretch that ends or begins at publication: "in the past six days", "for two weeks", "within a week"."""

    low: int
    high: int
    unit: str
    sense: str
    """past, coming, within, for, in."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A unit counted from another event: "that day", "the next morning", "the third day"."""

    unit: str
    shift: int
    of: str = ""
    """What the count begins with, as written: "the offensive" in "the third day of the offensive"."""


@dataclass(frozen=True, slots=True)
class SameTime:
    """A calendar unit at a distance from publication: "a year ago this week", "a month ago today"."""

    unit: str
    away: Away


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from a day that the words name: "two days before Eid", "a week after August 15"."""

    away: Away
    of: Value


@dataclass(frozen=True, slots=True)
class Around:
    """A week, month or year told by one of its days: "the week of July 5", "the week ending July 9"."""

    unit: str
    side: str
    """of, from, to."""
    of: Value


@dataclass(frozen=True, slots=True)
class Bound:
    """One end only: since, until, by, before, after a moment."""

    side: str
    of: Value
    within: int = 0
    """Days that "shortly before" and "just after" reach; 0 is without end."""


@dataclass(frozen=True, slots=True)
class Between:
    """From one moment to another, both included."""

    first: Value
    last: Value


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of day or an hour without a day: "in the night", "at about 10 p.m."."""

    by_day: bool = False
    """In daylight, so that the day of publication is meant; a night or an hour may be the day before's."""


@dataclass(frozen=True, slots=True)
class NoDay:
    """Words about time that give no day; `why` says what they give."""

    why: str


Value = (
    Point | Deictic | Unit | Away | Lasting | Anchored | SameTime | Offset | Around | Bound | Between | DayPart | NoDay
)


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A time expression at `text[start:end]` of the text it was found in, not yet resolved."""

    start: int
    end: int
    text: str
    value: Value
    clock: Clock | None = None
