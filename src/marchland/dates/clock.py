"""Hours and parts of day in a line of tokens: "8:30 p.m.", "0735 GMT", "about midnight", "early afternoon"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from marchland.dates.relative import skip_about
from marchland.dates.tokens import Line
from marchland.dates.values import Clock

OWN_CLOCK = ("hours", "hrs", "h", "local")
"""After four figures, an hour on the clock of the place."""
HALF_DAY = 12
LONGEST_HOUR = 2

SMALL_HOURS = Clock(0, 6, "early hours")
EVENING = 18
NIGHT_END = 30
PRESENTLY = 1
"""Hours that "shortly before" and "just after" reach."""
"""Six in the morning of the next day."""
EARLY_DAY = Clock(0, 9, "early")
LATE_DAY = Clock(18, 24, "late")


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour as written; `half` is am, pm, or "" when not said (24-hour clock: "24")."""

    hour: int
    minute: int
    half: str
    zone: str = ""
    """IANA name where the words give a zone."""


def read_clock(line: Line, i: int, led: str) -> tuple[Clock, int] | None:
    """An hour that stands on its own ("10 p.m.", "14:30", "noon") or a part of day ("early afternoon")."""
    known = ("clock", i, bool(led))
    if known not in line.read:
        line.read[known] = _read_clock(line, i, led)
    return line.read[known]  # type: ignore[no-any-return]


def _read_clock(line: Line, i: int, led: str) -> tuple[Clock, int] | None:
    near = _presently(line, i)
    if near:
        return near
    hour = read_hour(line, i)
    if hour:
        return at_hour(hour[0], None), hour[1]
    j = line.skip(skip_about(line, i), "the")
    j = j + 2 if line.match(j, "pre", "-") and line.at(j + 2) == "dawn" else j
    modifier = line.at(j) if line.at(j) in ("early", "late", "mid", "small", "wee") else ""
    j = line.skip(j + 1, "-") if modifier else j
    if line.at(j) == "hours" and modifier in ("early", "small", "wee"):
        return SMALL_HOURS, j + 1
    if line.at(j) in line.words.nights:
        return line.words.nights[line.at(j)], j + 1
    part = line.words.parts.get("predawn" if line.at(j - 1) == "-" and line.at(j - 2) == "pre" else line.at(j))
    known = part and (led or modifier or line.at(j) in ("midnight", "noon", "midday"))
    after = line.skip(j + 1, "hours")
    return (part_of(part, modifier), after) if part and known else None


def _presently(line: Line, i: int) -> tuple[Clock, int] | None:
    """ "shortly before midnight", "just after 3 a.m."."""
    if not line.isin(i, "near") or line.at(i + 1) not in ("before", "after"):
        return None
    hour = read_hour(line, i + 2)
    part = None if hour else line.words.parts.get(line.at(i + 2))
    clock, after = (at_hour(hour[0], None), hour[1]) if hour else (part, i + 3)
    if clock is None:
        return None
    name = f"{line.at(i)} {line.at(i + 1)} {clock.name}"
    middle = 24 if clock.name == "midnight" else clock.start
    if line.at(i + 1) == "before":
        return Clock(middle - PRESENTLY, middle, name, clock.zone), after
    begins = middle if hour or clock.name == "midnight" else clock.end
    return Clock(begins, begins + PRESENTLY, name, clock.zone), after


def read_no_hour(line: Line, i: int) -> tuple[str, int] | None:
    """Figures written as an hour that no clock shows, "24:61": why, and the position after them."""
    hour, minute = line.number(i), line.number(i + 2)
    if hour is None or minute is None or line.at(i + 1) != ":" or not (line.joined(i + 1) and line.joined(i + 2)):
        return None
    if len(line.at(i)) > 2 or len(line.at(i + 2)) != 2 or (hour < 24 and minute < 60) or (hour, minute) == (24, 0):
        return None
    return f"there is no hour {hour}:{minute:02d}", i + 3


def part_of(part: Clock, modifier: str) -> Clock:
    """The early or late half of a part of day, or the whole of it."""
    middle = (part.start + part.end) / 2
    if modifier == "early":
        return Clock(part.start, middle, f"early {part.name}")
    return Clock(middle, part.end, f"late {part.name}") if modifier == "late" else part


def read_hour(line: Line, i: int) -> tuple[Hour, int] | None:
    """An hour with something that shows it is one: a colon, am or pm, o'clock, a zone."""
    i = skip_about(line, i)
    if line.number(i) is None and line.at(i) not in line.words.numbers:
        return None
    hit = _military(line, i) or _spoken(line, i)
    if not hit:
        return None
    hour, after = hit
    zone, after = _zone(line, after) if not hour.zone else (hour.zone, after)
    return replace(hour, zone=zone), _same_hour(line, after)


def _military(line: Line, i: int) -> tuple[Hour, int] | None:
    """ "0735 GMT", "1430Z", "0800 hours"."""
    figures = line.number(i)
    if figures is None or len(line.at(i)) != 4 or figures >= 2400 or figures % 100 > 59:
        return None
    zone = line.words.zones.get(line.at(i + 1))
    letter = line.at(i + 1) in ("z", "h") and not line.joined(i + 1)
    if (zone is None and line.at(i + 1) not in OWN_CLOCK) or letter:
        return None
    return Hour(figures // 100, figures % 100, "24", zone or ""), line.skip(i + 2, "time", "hours", "hrs")


def _spoken(line: Line, i: int) -> tuple[Hour, int] | None:
    hit = read_bare_hour(line, i)
    if not hit:
        return None
    hour, j = hit
    minute, j, coloned = _minute(line, j)
    half, after = _half(line, j)
    if half and hour <= HALF_DAY:
        return Hour(hour, minute, half), after
    if line.match(j, "o", "'", "clock") or line.match(j, "o", "’", "clock"):
        return Hour(hour, minute, ""), j + 3
    if coloned and (hour < 24 or minute == 0):
        j = j + 2 if line.at(j) == ":" and line.joined(j) and line.number(j + 1) is not None else j
        return Hour(hour, minute, "24" if hour > HALF_DAY or len(line.at(i)) == LONGEST_HOUR else ""), j
    return None


def _zone(line: Line, i: int) -> tuple[str, int]:
    """ "GMT", "local time", "Kyiv time": the zone's name, or "" for the clock of the place."""
    zone = line.words.zones.get(line.at(i))
    if zone and (line.shown(i).isupper() or line.capital(i)):
        return zone, line.skip(i + 1, "time")
    if line.at(i) == "local" or (line.capital(i) and line.at(i + 1) == "time"):
        return "", line.skip(i + 1, "time")
    return "", i


def _same_hour(line: Line, i: int) -> int:
    """The position after "(0735 GMT)": the hour again, on another clock."""
    again = (_military(line, i + 1) or _spoken(line, i + 1)) if line.at(i) in ("(", "/") else None
    if not again:
        return i
    j = _zone(line, again[1])[1]
    if line.at(i) == "/":
        return j
    return j + 1 if line.at(j) == ")" else i


def read_bare_hour(line: Line, i: int) -> tuple[int, int] | None:
    """A number that may be an hour: 0 to 24, or a word up to twelve."""
    number = line.number(i)
    if number is None:
        low, high = line.words.numbers.get(line.at(i), (0, 0))
        number = low if low == high and low > 0 and line.at(i) not in ("a", "an") else None
        return (number, i + 1) if number is not None and number <= HALF_DAY else None
    return (number, i + 1) if number <= 24 and len(line.at(i)) <= LONGEST_HOUR else None


def _minute(line: Line, i: int) -> tuple[int, int, bool]:
    number = line.number(i + 1)
    touching = line.joined(i) and line.joined(i + 1)
    if line.at(i) in (":", ".") and touching and number is not None and number < 60 and len(line.at(i + 1)) == 2:
        return number, i + 2, line.at(i) == ":"
    return 0, i, False


def _half(line: Line, i: int) -> tuple[str, int]:
    if line.at(i) in ("am", "pm"):
        return line.at(i), i + 1
    if line.at(i) in ("a", "p") and line.at(i + 1) == "." and line.at(i + 2) == "m" and line.joined(i + 1):
        return line.at(i) + "m", line.skip(i + 3, ".")
    return "", i


def at_hour(hour: Hour, part: Clock | None) -> Clock:
    """The hour on the day's clock; a part of day ("night") tells which half an unmarked hour is in."""
    start = _on_the_day(hour, part) + hour.minute / 60
    return Clock(start, start + 1, f"{hour.hour}:{hour.minute:02d}", hour.zone)


def _on_the_day(hour: Hour, part: Clock | None) -> int:
    if hour.half == "am":
        return hour.hour % HALF_DAY
    if hour.half == "pm":
        return hour.hour % HALF_DAY + HALF_DAY
    if hour.half == "24" or part is None or hour.hour > HALF_DAY or part.start < HALF_DAY - 3:
        return hour.hour
    small_hours = part.end > 24 and hour.hour < 6
    if small_hours:
        return hour.hour + 24
    return hour.hour % HALF_DAY + (24 if hour.hour == HALF_DAY and part.start >= 18 else HALF_DAY)
