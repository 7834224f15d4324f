"""Ranges in a line of tokens: of days, of hours, of nights; both ends belong to them."""

from __future__ import annotations

from dataclasses import replace

from marchland.dates import clock as clocks
from marchland.dates.moments import Moment, read_moment, read_stretched
from marchland.dates.points import ends_list, read_day_number, read_point
from marchland.dates.relative import read_deictic
from marchland.dates.tokens import Line
from marchland.dates.values import Between, Clock, DayPart, Deictic, NoDay, Point, Value

DASHES = ("-", "–", "—")


def read_range(line: Line, i: int) -> Moment | None:
    """The longest range that begins at `i`: of days, or of hours."""
    found = [hit for hit in (_of_days(line, i), _of_hours(line, i), _of_nights(line, i)) if hit]
    return max(found, key=lambda hit: hit.after, default=None)


def _of_days(line: Line, i: int) -> Moment | None:
    """ "from Aug. 6 to Aug. 8", "between 3 and 5 July", "Saturday to Monday", "July 3-5"."""
    led = line.at(i) in ("from", "between") or line.isin(i, "on")
    j = i + 1 if led else i
    first = _range_start(line, j, line.at(i) if led else "")
    if not first or not _joins(line, first, line.at(i)):
        return None
    last = _range_end(line, first, line.at(i))
    joined = line.at(first.after) if line.at(i) != "between" else ""
    if last and joined in ("and", "or") and not _one(first.value, last.value, joined):
        return None
    return Moment(Between(*_share(first.value, last.value)), None, last.after) if last else None


def _of_hours(line: Line, i: int) -> Moment | None:
    """ "between 2 and 4 a.m. on Monday", "from Tuesday night to Wednesday morning"."""
    if line.at(i) not in ("from", "between"):
        return None
    first = read_moment(line, i + 1, "at")
    timed = first and first.clock and (line.isin(first.after, "to") or line.at(first.after) == "and")
    bare = None if timed else clocks.read_bare_hour(line, i + 1)
    j = bare[1] if bare else first.after if first else i
    if not (line.isin(j, "to") or line.at(j) == "and"):
        return None
    last = read_moment(line, j + 1, "at")
    if not last or not last.clock or isinstance(last.value, NoDay):
        return None
    if bare:
        begins = last.clock.start - (last.clock.start - bare[0]) % 12
        value = last.value
    elif first and first.clock and not isinstance(first.value, NoDay):
        begins, hourly = first.clock.start, isinstance(first.value, DayPart)
        value = last.value if hourly else Between(first.value, last.value)
        value = first.value if isinstance(last.value, DayPart) else value
    else:
        return None
    ends = last.clock.start if last.clock.end - last.clock.start <= 1 else last.clock.end
    hours = Clock(begins, ends, "hours", last.clock.zone)
    over_midnight = not isinstance(value, Between) and hours.end <= hours.start
    hours = replace(hours, end=hours.end + 24) if over_midnight else hours
    return Moment(value, hours, last.after)


def _of_nights(line: Line, i: int) -> Moment | None:
    """ "the night of July 8-9", "the nights of 8 and 9 July": from the evening of the first to the morning after."""
    j = line.skip(i, "on", "during", "in", "over")
    j = line.skip(j, "the")
    if line.at(j) not in ("night", "nights") or line.at(j + 1) not in ("of", "from", "between"):
        return None
    days = _of_days(line, j + 1 if line.at(j + 1) in ("from", "between") else j + 2)
    if not days:
        return None
    ends = clocks.NIGHT_END - 24 if line.at(j) == "night" else clocks.NIGHT_END
    return Moment(days.value, Clock(clocks.EVENING, ends, "night"), days.after)


def _one(first: Value, last: Value, joined: str) -> bool:
    """Whether two days make one time: "7 and 8 July", "Tuesday or Wednesday"; "March 3 and March 8" are two."""
    if not (isinstance(first, Point) and isinstance(last, Point)):
        return False
    if first.weekday is not None or last.weekday is not None:
        bare = first.weekday is not None and last.weekday is not None and first.day is None and last.day is None
        return bare and (joined == "or" or (last.weekday - first.weekday) % 7 == 1)  # type: ignore[operator]
    return joined == "or" or first.month is None or last.month is None


def _range_start(line: Line, i: int, led: str) -> Moment | None:
    """A calendar point or, before a dash or "and", a bare day number ("3-5 July")."""
    hit = read_point(line, i, led)
    if hit or (stretch := read_stretched(line, i, led)):
        return Moment(hit[0], None, hit[1]) if hit else stretch
    deictic = read_deictic(line, i)
    if deictic and led in ("from", "between"):
        return Moment(deictic[0], deictic[1], deictic[2])
    day = read_day_number(line, line.skip(i, "the"))
    if not day or line.at(day[1] - 1) in line.words.ordinals:
        return None
    return Moment(Point(day=day[0]), None, day[1])


def _joins(line: Line, first: Moment, led: str) -> bool:
    word = line.at(first.after)
    point = first.value
    if word == "or" or (word == "and" and isinstance(point, Point) and point.weekday is not None):
        return isinstance(point, Point) and (point.day is not None or point.weekday is not None)
    if word == "and":
        return led == "between" or (isinstance(first.value, Point) and first.value.day is not None)
    return line.isin(first.after, "to") and (word != "until" or led == "from")


def _range_end(line: Line, first: Moment, led: str) -> Moment | None:
    """The second end; a bare number is a day only after a day ("July 3-5")."""
    i = first.after + 1
    point = first.value
    hit = read_point(line, i, "to")
    stretch = None if hit else read_stretched(line, i, "to")
    if stretch and isinstance(stretch.value, Point):
        hit = stretch.value, stretch.after
    if hit and _same_kind(point, hit[0]):
        return Moment(hit[0], None, hit[1])
    deictic = read_deictic(line, i)
    if deictic and (line.at(first.after) not in ("and", "or") or led == "between"):
        return Moment(deictic[0], deictic[1], deictic[2])
    day = read_day_number(line, line.skip(i, "the"))
    if not day or not isinstance(point, Point) or point.day is None or point.month is None:
        return None
    follows = point.day < day[0] and (line.at(first.after) != "and" or day[0] == point.day + 1)
    dashed = line.at(first.after) in DASHES and line.joined(first.after)
    ended = dashed or ends_list(line, day[1])
    return Moment(Point(day=day[0], year=None), None, day[1]) if follows and ended else None


def _same_kind(first: Value, second: Point) -> bool:
    """Whether two ends can make one range: both days, both weekdays, both months, both years."""
    if not isinstance(first, Point):
        return isinstance(first, Deictic)
    if first.day is not None and second.day is not None:
        return True
    if first.weekday is not None or second.weekday is not None:
        return first.weekday is not None and second.weekday is not None
    if first.day is not None or second.day is not None:
        return False
    return (first.month is None) == (second.month is None) and first.season == second.season


def _share(first: Value, last: Value) -> tuple[Value, Value]:
    """Month and year that only one end names belong to both."""
    if isinstance(first, Point) and isinstance(last, Point):
        month = last.month if first.month is None and first.day is not None else first.month
        later_month = first.month if last.month is None and last.day is not None else last.month
        year = last.year if first.year is None else first.year
        first = replace(first, month=month, year=year)
        last = replace(last, month=later_month, year=last.year or (first.year if first.weekday is None else None))
    return first, last
