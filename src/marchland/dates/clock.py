"""Hours and parts of day in a line of tokens: "8:30 p.m.", "0735 GMT", "about midnight", "early afternoon"."""

from __future__ import annotations

from dataclasses import dataclass

from marchland.dates.relative import skip_about
from marchland.dates.tokens import Line
from marchland.dates.values import Clock

ZONES = ("gmt", "utc", "hours", "hrs", "edt", "est")
HALF_DAY = 12
LONGEST_HOUR = 2

SMALL_HOURS = Clock(0, 6, "early hours")
EVENING = 18
NIGHT_END = 30
"""Six in the morning of the next day."""
EARLY_DAY = Clock(0, 9, "early")
LATE_DAY = Clock(18, 24, "late")


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour as written; `half` is am, pm, or "" when not said (24-hour clock: "24")."""

    hour: int
    minute: int
    half: str


def read_clock(line: Line, i: int, led: str) -> tuple[Clock, int] | None:
    """An hour that stands on its own ("10 p.m.", "14:30", "noon") or a part of day ("early afternoon")."""
    hour = read_hour(line, i)
    if hour:
        return at_hour(hour[0], None), hour[1]
    j = line.skip(skip_about(line, i), "the")
    modifier = line.at(j) if line.at(j) in ("early", "late", "mid", "small") else ""
    j = line.skip(j + 1, "-") if modifier else j
    if line.at(j) == "hours" and modifier in ("early", "small"):
        return SMALL_HOURS, j + 1
    part = line.words.parts.get(line.at(j))
    known = part and (led or modifier or line.at(j) in ("midnight", "noon", "midday"))
    return (part_of(part, modifier), j + 1) if part and known else None


def part_of(part: Clock, modifier: str) -> Clock:
    """The early or late half of a part of day, or the whole of it."""
    middle = (part.start + part.end) / 2
    if modifier == "early":
        return Clock(part.start, middle, f"early {part.name}")
    return Clock(middle, part.end, f"late {part.name}") if modifier == "late" else part


def read_hour(line: Line, i: int) -> tuple[Hour, int] | None:
    """An hour with something that shows it is one: a colon, am or pm, o'clock, a zone."""
    i = skip_about(line, i)
    military = line.number(i)
    if (
        military is not None
        and len(line.at(i)) == 4
        and line.at(i + 1) in ZONES
        and military < 2400
        and military % 100 < 60
    ):
        return Hour(military // 100, military % 100, "24"), i + 2
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
    if coloned:
        return Hour(hour, minute, "24" if hour > HALF_DAY or len(line.at(i)) == LONGEST_HOUR else ""), after
    return None


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
    return Clock(start, start + 1, f"{hour.hour}:{hour.minute:02d}")


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
