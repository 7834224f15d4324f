"""Moments in a line of tokens: a day or period with its hours before or after it, or hours alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from marchland.dates import clock as clocks
from marchland.dates.points import read_dated, read_point, read_weekday
from marchland.dates.relative import read_count, read_deictic, read_relative, read_the_unit, read_unit_word, skip_about
from marchland.dates.tokens import Line
from marchland.dates.values import (
    Anchored,
    Around,
    Away,
    Clock,
    DayPart,
    Deictic,
    Offset,
    Point,
    SameTime,
    Unit,
    Value,
)

BEFORE_OR_AFTER = ("before", "after", "prior")
EDGES = {"of": "of", "beginning": "from", "starting": "from", "ended": "to", "ending": "to", "to": "to"}
"""What ties a week to one of its days: "the week ending July 9"."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was read at one position: the value, the hours, and the position after it."""

    value: Value
    clock: Clock | None
    after: int


def read_moment(line: Line, i: int, led: str) -> Moment | None:
    """One moment: a day or period with its hours before or after it, or hours alone."""
    readers = (_edged_day, read_stretched, _clock_led, read_day, _hours_alone, _around, _weekdays_ago)
    found = [hit for reader in readers if (hit := reader(line, i, led))]
    return max(found, key=lambda hit: hit.after, default=None)


def read_day(line: Line, i: int, led: str) -> Moment | None:
    """A day or period, then whatever hours or dates complete it."""
    known = ("day", i, led)
    if known not in line.read:
        line.read[known] = _read_day(line, i, led)
    return line.read[known]  # type: ignore[no-any-return]


def _read_day(line: Line, i: int, led: str) -> Moment | None:
    hit = _bare_day(line, i, led)
    if not hit:
        return None
    hit = _completed(line, hit)
    return _with_hours(line, hit) if _takes_hours(hit.value) else hit


def _bare_day(line: Line, i: int, led: str) -> Moment | None:
    deictic = read_deictic(line, i if line.at(i) != "the" else i + 1)
    point, relative = read_point(line, i, led), read_relative(line, i, led)
    found = [Moment(*deictic)] if deictic else []
    found += [Moment(point[0], None, point[1])] if point else []
    found += [_day_part_of(line, relative[0], relative[1])] if relative else []
    return max(found, key=lambda hit: hit.after, default=None)


def _day_part_of(line: Line, value: Value, after: int) -> Moment:
    """ "the next morning" is a part of the next day; a night runs on to the morning."""
    part = line.words.parts.get(value.unit) if isinstance(value, Anchored) else None
    if not part or not isinstance(value, Anchored):
        return Moment(value, None, after)
    hours = replace(part, end=clocks.NIGHT_END) if value.unit == "night" else part
    return Moment(replace(value, unit="day"), hours, after)


def _completed(line: Line, hit: Moment) -> Moment:
    """ "today, Wednesday, September 23": the date says it all; "yesterday (Friday)" adds nothing."""
    if isinstance(hit.value, Away | Anchored):
        return _counted_from(line, hit)
    if not isinstance(hit.value, Deictic) or line.at(hit.after) not in (",", "("):
        return hit
    point = read_point(line, hit.after + 1, "")
    if not point or (point[0].weekday is None and point[0].day is None):
        return hit
    closed = line.skip(point[1], ")") if line.at(hit.after) == "(" else point[1]
    return Moment(point[0], hit.clock, closed) if point[0].day is not None else replace(hit, after=closed)


def _counted_from(line: Line, hit: Moment) -> Moment:
    """ "a few hours later on Wednesday" is Wednesday; "two days before Eid", "the day after August 15" count on."""
    value = hit.value
    away = value if isinstance(value, Away) else Away(1, 1, value.unit, value.shift, "anchor")  # type: ignore[union-attr]
    word = line.at(hit.after - 1)
    known = away.base == "anchor" and (isinstance(value, Away) or word in BEFORE_OR_AFTER)
    day = read_point(line, line.skip(hit.after, "on", "to"), "on") if known else None
    if not day or (line.at(hit.after - 2) == "shortly"):
        return hit
    sharp = day[0].weekday is not None or day[0].day is not None or day[0].feast is not None
    if word in BEFORE_OR_AFTER:
        return Moment(Offset(away, day[0]), hit.clock, day[1]) if sharp or away.unit in ("year", "decade") else hit
    return Moment(day[0], None, day[1]) if sharp and isinstance(value, Away) else hit


def _around(line: Line, i: int, led: str) -> Moment | None:
    """ "the week of July 5", "the week ending July 9", "the year to September 30"."""
    j = line.skip(i, "the")
    unit = read_unit_word(line, j)
    side = EDGES.get(line.at(j + 1), "")
    if (
        unit not in ("week", "weekend", "month", "year")
        or line.at(j) != unit
        or not side
        or (side == "of" and unit == "year")
    ):
        return None
    point = read_point(line, line.skip(j + 2, "on"), "of")
    exact = point and (point[0].day is not None or point[0].weekday is not None or point[0].feast is not None)
    return Moment(Around(unit, side, point[0]), None, point[1]) if point and exact else None


def _weekdays_ago(line: Line, i: int, led: str) -> Moment | None:
    """ "two Fridays ago"."""
    count = read_count(line, i)
    plural = line.at(count[2]) if count else ""
    weekday = line.words.weekdays.get(plural[:-1]) if plural.endswith("s") else None
    if not count or weekday is None or line.at(count[2] + 1) != "ago" or count[0] != count[1]:
        return None
    weeks = count[0] - 1
    return Moment(Point(weekday=weekday, weeks=-weeks, which=None if weeks else -1), None, count[2] + 2)


def _takes_hours(value: Value) -> bool:
    if isinstance(value, Point):
        return value.day is not None or value.weekday is not None or value.feast is not None
    if isinstance(value, SameTime | Anchored):
        return value.unit == "day"
    return isinstance(value, Offset) or (isinstance(value, Deictic) and not value.approximate)


def _with_hours(line: Line, hit: Moment) -> Moment:
    """Hours that follow a day: "Monday morning", "Friday night at about 10 p.m.", "July 8, early in the morning"."""
    for led in ("", "at", "in"):
        j = line.skip(hit.after, ",") + bool(led) if led else _timestamp(line, hit.after)
        if led and line.at(j - 1) != led:
            continue
        found = clocks.read_clock(line, j, "day") if line.at(j) != "to" else None
        if found and not (led == "in" and line.at(j) != "the"):
            exact = found[0].end - found[0].start <= 1 or hit.clock is None
            hit = Moment(hit.value, found[0] if exact else hit.clock, found[1])
    hit = _into(line, hit)
    dated = read_dated(line, hit.after) if isinstance(hit.value, Point) and hit.value.day is None else None
    return replace(hit, value=replace(dated[0], weekday=hit.value.weekday), after=dated[1]) if dated else hit  # type: ignore[union-attr]


def _timestamp(line: Line, i: int) -> int:
    """The position after the "T" of "2021-07-08T14:30"."""
    return i + 1 if line.at(i) == "t" and line.joined(i) and line.joined(i + 1) else i


def _into(line: Line, hit: Moment) -> Moment:
    """ "Thursday night into Friday morning": on to the morning of the next day."""
    if not hit.clock or hit.clock.end < 24 or line.at(hit.after) != "into":
        return hit
    j = line.skip(hit.after + 1, "the")
    hours = clocks.read_clock(line, j, "into")
    j = line.skip(hours[1], "of", "on") if hours else line.skip(j, "early")
    day = read_weekday(line, j) or ((0, hours[1]) if hours else None)
    if not day:
        return hit
    part = clocks.read_clock(line, day[1], "day") if not hours else None
    return replace(hit, clock=replace(hit.clock, end=clocks.NIGHT_END), after=part[1] if part else day[1])


def _edged_day(line: Line, i: int, led: str) -> Moment | None:
    """ "late on Saturday", "early Thursday", "earlier today", "late last night"."""
    edge = line.at(i)
    if edge not in ("early", "late", "earlier", "later"):
        return None
    hit = read_day(line, line.skip(i + 1, "on"), "on")
    if not hit or not _takes_hours(hit.value) or (isinstance(hit.value, Point) and hit.value.season):
        return None
    hours = {"early": clocks.EARLY_DAY, "late": clocks.LATE_DAY}.get(edge)
    if hit.clock:
        hours = (
            clocks.part_of(hit.clock, edge)
            if edge in ("early", "late") and hit.clock.end - hit.clock.start > 1
            else hit.clock
        )
    return replace(hit, clock=hours)


def read_stretched(line: Line, i: int, led: str) -> Moment | None:
    """ "late June", "the end of July", "earlier in August", "the first week of May", "early last month"."""
    read = _stretch_word(line, i) or _counted_stretch(line, i)
    if not read:
        return None
    stretch, j = read
    point = read_point(line, j, "of")
    if point and point[0].day is None and point[0].weekday is None:
        return Moment(replace(point[0], stretch=stretch), None, point[1])
    unit = read_relative(line, j, "of") if line.at(j) != "the" else None
    unit = unit if unit and isinstance(unit[0], Unit) else read_the_unit(line, j)
    return Moment(replace(unit[0], stretch=stretch), None, unit[1]) if unit and isinstance(unit[0], Unit) else None


def _stretch_word(line: Line, i: int) -> tuple[str, int] | None:
    if line.at(i) in ("earlier", "later"):
        stretch = "so far" if line.at(i) == "earlier" else "rest"
        return stretch, line.skip(i + 1, "in", "on", "during")
    j = line.skip(i, "the", "very")
    stretch = line.words.stretches.get(line.at(j), "")
    if stretch in ("early", "late", "mid"):
        return stretch, line.skip(j + 1, "-", "in", "of")
    return (stretch, j + 2) if stretch and line.at(j + 1) == "of" else None


def _counted_stretch(line: Line, i: int) -> tuple[str, int] | None:
    """ "the first week of", "the last days of", "the first half of", "the last three days of"."""
    j = line.skip(i, "the")
    number = (
        -1
        if line.at(j) in ("last", "final", "closing")
        else line.words.ordinals.get(line.at(j), 1 if line.at(j) == "opening" else 0)
    )
    if number and line.match(j + 1, "half", "of"):
        return f"half {number}", j + 3
    if not number or j == i:
        return None
    count = read_count(line, j + 1)
    j = count[2] if count else j + 1
    unit = read_unit_word(line, j)
    if unit not in ("day", "week", "month") or line.at(j + 1) != "of":
        return None
    plural = line.at(j) != unit
    size = count[1] if count else 5 if plural and unit == "day" else 1
    return f"{unit} {number} {size}", j + 2


def _clock_led(line: Line, i: int, led: str) -> Moment | None:
    """ "8 a.m. on Friday", "midnight on Thursday", "the night of July 8", "eight last night", "dawn Friday"."""
    part = clocks.read_clock(line, i, led or "at")
    if part:
        follows = line.isin(part[1], "on") or line.at(part[1]) in ("of", ",", "from")
        hit = read_day(line, part[1] + follows, "on")
        if hit and _takes_hours(hit.value):
            hour = clocks.read_hour(line, i)
            if hour and hour[0].half == "" and hit.clock:
                return replace(hit, clock=clocks.at_hour(hour[0], hit.clock))
            sharper = hit.clock is None or part[0].end - part[0].start <= 1
            return _into(line, replace(hit, clock=part[0] if sharper else hit.clock))
    return _bare_hour_led(line, i, led)


def _bare_hour_led(line: Line, i: int, led: str) -> Moment | None:
    """ "at around eight last night", "at six in the morning", "at 8 on Friday evening"."""
    hour = clocks.read_hour(line, i) or _unmarked_hour(line, i, led)
    if not hour:
        return None
    day = read_day(line, line.skip(hour[1], "on", ","), "on")
    if day and _takes_hours(day.value):
        return replace(day, clock=clocks.at_hour(hour[0], day.clock))
    part = clocks.read_clock(line, hour[1] + 1, "in") if line.at(hour[1]) in ("in", "at") else None
    if not part:
        return None
    then = read_day(line, line.skip(part[1], "on", "of", ","), "on")
    value, after = (then.value, then.after) if then and _takes_hours(then.value) else (DayPart(), part[1])
    return Moment(value, clocks.at_hour(hour[0], part[0]), after)


def _unmarked_hour(line: Line, i: int, led: str) -> tuple[clocks.Hour, int] | None:
    hit = (
        clocks.read_bare_hour(line, skip_about(line, i))
        if led in ("at", "around", "about", "by", "until", "since")
        else None
    )
    return (clocks.Hour(hit[0], 0, ""), hit[1]) if hit else None


def _hours_alone(line: Line, i: int, led: str) -> Moment | None:
    """ "at night", "in the morning", "at about 10 p.m.", without a day."""
    hit = clocks.read_clock(line, i, led)
    if not hit:
        return None
    a_part = hit[0].name.split()[-1] in line.words.parts
    by_day = a_part and hit[0].end <= clocks.EVENING
    return Moment(DayPart(by_day), hit[0], hit[1]) if not a_part or led else None
