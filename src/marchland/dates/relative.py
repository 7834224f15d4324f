"""Relative time in a line of tokens: "yesterday", "last week", "two days ago", "for six days", "the next day"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from marchland.dates.tokens import Line
from marchland.dates.values import Anchored, Away, Clock, Deictic, Lasting, NoDay, Point, SameTime, Unit, Value
from marchland.dates.words import Phrase

Meaning = TypeVar("Meaning")
Read = tuple[Value, int] | None

LONGEST_PHRASE = 4
MOST_ABOUT_WORDS = 4
BACK = ("ago", "back")
FINER = {
    "decade": ("year", 10),
    "year": ("month", 12),
    "month": ("week", 4),
    "fortnight": ("day", 14),
    "week": ("day", 7),
}
FINER |= {"quarter": ("week", 13), "day": ("hour", 24), "hour": ("minute", 60)}
"""What half of a unit is counted in: the finer unit, and how many make one."""
LONGEST_NAME = 4
END_OF_NAME = (
    "and",
    "as",
    "at",
    "but",
    "by",
    "for",
    "from",
    "in",
    "on",
    "that",
    "they",
    "when",
    "which",
    "while",
    "who",
)
LATER = ("later", "after", "afterwards", "afterward", "on")
EARLIER = ("earlier", "before", "previously", "prior")
RUNNING = ("straight", "successive", "consecutive")
SMALL = ("less", "fewer", "under")


def read_deictic(line: Line, i: int) -> tuple[Deictic, Clock | None, int] | None:
    """ "yesterday", "last night", "now", "recently": the longest phrase of the lexicon that begins at `i`."""
    hit = _longest(line, i, line.words.deictic)
    if not hit or (hit[0][0].name == "now" and line.at(i + 1) == "-"):
        return None
    return hit[0][0], hit[0][1], hit[1]


def _longest(line: Line, i: int, table: Mapping[Phrase, Meaning]) -> tuple[Meaning, int] | None:
    """The longest phrase of a table that begins at `i`: what it means and the position after it."""
    if line.at(i) not in line.words.phrase_heads:
        return None
    for size in range(min(LONGEST_PHRASE, len(line.low) - i), 0, -1):
        meaning = table.get(line.low[i : i + size])
        if meaning is not None:
            return meaning, i + size
    return None


def read_relative(line: Line, i: int, led: str) -> Read:
    """The longest relative expression that begins at `i`, deictic words apart."""
    known = ("relative", i, led)
    if known not in line.read:
        line.read[known] = _read_relative(line, i, led)
    return line.read[known]  # type: ignore[no-any-return]


def _read_relative(line: Line, i: int, led: str) -> Read:
    readers = (_unit, _anchored, _away, _lasting, _stretch_of_time, _running_day, _following, _no_day, _habit)
    found = [hit for reader in readers if (hit := reader(line, i, led))]
    return max(found, key=lambda hit: hit[1], default=None)


def skip_about(line: Line, i: int) -> int:
    """The position after "about", "more than", "at least" and the like."""
    for _ in range(MOST_ABOUT_WORDS):
        if not line.isin(i, "about"):
            break
        i += 1
    return i


def read_count(line: Line, i: int) -> tuple[int, int, int] | None:
    """Lowest and highest number meant, and the position after: "two", "24", "a couple of", "two or three"."""
    first = _number(line, line.skip(i, "a") if line.at(i + 1) in ("couple", "few", "dozen") else i)
    if not first:
        return None
    low, high, j = first
    j = line.skip(j, "of") if line.at(j - 1) in ("couple", "dozen") else j
    second = _number(line, j + 1) if line.at(j) in ("or", "to", "-", "–") else None
    return (low, max(high, second[1]), second[2]) if second else (low, high, j)


def _number(line: Line, i: int) -> tuple[int, int, int] | None:
    hit = line.words.numbers.get(line.at(i))
    if hit:
        return hit[0], hit[1], i + 1
    number = line.number(i)
    return (number, number, i + 1) if number is not None and 0 < number < 1000 else None


def read_unit_word(line: Line, i: int) -> str:
    """The unit of time named at `i`, or ""."""
    return line.words.units.get(line.at(i), "")


def _plural(line: Line, i: int) -> tuple[int, int, str, int] | None:
    """ "days", "weeks" without a number."""
    unit = read_unit_word(line, i)
    if not unit or line.at(i) == unit or unit not in line.words.plurals:
        return None
    low, high = line.words.plurals[unit]
    return low, high, unit, i + 1


def read_amount(line: Line, i: int) -> tuple[int, int, str, int] | None:
    """A number of units, or the bare plural: low, high, unit, position after it."""
    start, i = i, skip_about(line, i)
    half = _half(line, i)
    if half:
        return half
    count = read_count(line, i)
    if not count:
        return _plural(line, i)
    low, high, j = count
    halved = _and_a_half(line, j)
    after = halved or line.skip(j, "-", "more", "full", "whole", "short", "long")
    unit = read_unit_word(line, after)
    if not unit or unit == "weekend":
        return None
    after += 1
    if low == high and unit in FINER and (halved or line.match(after, "and", "a", "half")):
        finer, size = FINER[unit]
        return low * size + size // 2, low * size + size // 2, finer, after if halved else after + 3
    low = 0 if any(line.at(k) in SMALL for k in range(start, i)) else low
    if line.at(after) == "or" and line.at(after + 1) in ("two", "so"):
        high, after = (high + 1, after + 2)
    compound = line.at(after) == "-" and line.joined(after)
    return None if compound else (low, high, unit, after)


def _half(line: Line, i: int) -> tuple[int, int, str, int] | None:
    """ "half an hour", "half-hour", "a half year"."""
    j = line.skip(line.skip(i, "a"), "half")
    unit = read_unit_word(line, line.skip(j, "a", "an", "-")) if line.at(j - 1) == "half" else ""
    if unit not in FINER or unit == "quarter":
        return None
    finer, size = FINER[unit]
    return size // 2, size // 2, finer, line.skip(j, "a", "an", "-") + 1


def _and_a_half(line: Line, i: int) -> int:
    """The position after "and a half" or "1/2" between a number and its unit, or 0."""
    j = i
    for word in ("and", "a", "half"):
        j = line.skip(j, "-")
        if line.at(j) != word:
            break
        j += 1
    else:
        return line.skip(j, "-")
    return i + 3 if line.match(i, "1", "/", "2") else i + 1 if line.at(i) == "½" else 0


def _unit(line: Line, i: int, led: str) -> Read:
    """ "last week", "this month", "next year", "over the weekend"."""
    low = line.at(i)
    if line.match(i, "the", "weekend"):
        return (Unit("weekend", 0), i + 2) if led else None
    if low not in line.words.shifts or low in ("past", "previous", "following", "coming"):
        return None
    shift, j = line.words.shifts[low], i + 1
    if low == "this" and line.at(j) in ("past", "coming"):
        shift, j = line.words.shifts[line.at(j)], j + 1
    j = line.skip(j, "fiscal", "calendar", "academic", "school")
    unit = read_unit_word(line, j)
    if unit in ("", "day", "night", "minute", "hour") or line.at(j) != unit:
        return None
    return Unit(unit, shift), j + 1


def read_the_unit(line: Line, i: int) -> Read:
    """ "the week", "the year" as the present one; only after words such as "earlier in", "the end of"."""
    j = line.skip(i, "the", "this")
    unit = read_unit_word(line, j)
    known = unit in ("week", "weekend", "month", "quarter", "year", "day") and line.at(j) == unit
    return (Unit(unit, 0), j + 1) if known and j > i else None


def _anchored(line: Line, i: int, _led: str) -> Read:
    """ "that day", "the same night", "the next day", "the day before", "the third day of"."""
    j = line.skip(i, "the", "that")
    if j == i:
        return None
    shifts = {"same": 0, "next": 1, "following": 1, "previous": -1, "preceding": -1}
    if line.at(j) in shifts or line.at(i) == "that":
        same = line.skip(j, *shifts)
        unit = _unit_or_part(line, same)
        return (Anchored(unit, shifts.get(line.at(j), 0)), same + 1) if unit else None
    if line.at(j) in line.words.ordinals and line.at(j + 1) in ("day", "night", "week") and line.at(i) == "the":
        return Anchored(
            read_unit_word(line, j + 1), line.words.ordinals[line.at(j)] - 1, _counted_from(line, j + 2)
        ), j + 2
    unit = _unit_or_part(line, j)
    if unit and line.match(j + 1, "before", "last"):
        return Unit(unit, -2), j + 3
    if unit and line.at(j + 1) in ("before", "after", "earlier"):
        of = _event(line, j + 2) if line.at(j + 1) != "earlier" else ""
        return Anchored(unit, 1 if line.at(j + 1) == "after" else -1, of), j + 2
    return None


def _event(line: Line, i: int) -> str:
    """The event after "the day before", as written, or "" where the words stop there."""
    return "" if not line.at(i).isalpha() or line.at(i) in END_OF_NAME else _name(line, i)


def _counted_from(line: Line, i: int) -> str:
    """What "the third day of ..." is counted from, as written: "the offensive"."""
    if line.at(i) not in ("of", "into", "since"):
        return ""
    return _name(line, i + 1)


def _name(line: Line, i: int) -> str:
    end = i
    while end < i + LONGEST_NAME and line.at(end).isalpha() and line.at(end) not in END_OF_NAME:
        end += 1
    return " ".join(line.raw[i:end])


def _unit_or_part(line: Line, i: int) -> str:
    """A calendar unit in the singular, or a part of day."""
    low = line.at(i)
    unit = read_unit_word(line, i)
    return low if (unit == low and unit not in ("minute", "hour", "decade")) or low in line.words.parts else ""


def _away(line: Line, i: int, _led: str) -> Read:
    """ "two weeks ago", "a day later", "hours after", "three weeks from now"."""
    amount = read_amount(line, i)
    if not amount:
        return None
    low, high, unit, j = amount
    if line.at(j) in BACK:
        return _same_time(line, j + 1, Away(low, high, unit, -1, "published"))
    if line.at(j) == "from" and line.at(j + 1) in ("now", "today"):
        return Away(low, high, unit, 1, "published"), j + 2
    weekday = _weekday(line, j)
    if weekday and unit == "week" and low == high:
        sign = 1 if line.at(j) == "from" else -1
        return Point(weekday=weekday[0], weeks=sign * low), weekday[1]
    if line.at(j) == "into" and line.at(j + 1) in ("the", "a", "an", "this", "its", "their"):
        return Away(low, high, unit, 1, "anchor"), j + 1
    if line.at(j) in LATER and not (line.at(j) == "on" and line.at(j + 1).isalpha()):
        return Away(low, high, unit, 1, "anchor"), j + 1
    return (Away(low, high, unit, -1, "anchor"), j + 1) if line.at(j) in EARLIER else None


def _weekday(line: Line, i: int) -> tuple[int, int] | None:
    """The weekday of "a week last Monday", "two weeks from Tuesday"."""
    weekday = line.words.weekdays.get(line.at(i + 1)) if line.at(i) in ("last", "from") else None
    return (weekday, i + 2) if weekday is not None else None


def _same_time(line: Line, i: int, away: Away) -> Read:
    """What makes a distance sharper: "a year ago this week", "a month ago today", "two weeks ago on Friday"."""
    if line.at(i) == "today" or line.match(i, "to", "the", "day"):
        return SameTime("day", away), i + (1 if line.at(i) == "today" else 3)
    unit = read_unit_word(line, i + 1) if line.at(i) == "this" else ""
    if unit in ("week", "month", "year"):
        return SameTime(unit, away), i + 2
    j = line.skip(i, "on", "last")
    weekday = line.words.weekdays.get(line.at(j))
    if weekday is not None and away.unit == "week" and away.low == away.high:
        return Point(weekday=weekday, weeks=-away.low), j + 1
    return away, i


def _habit(line: Line, i: int, _led: str) -> Read:
    """ "every Friday", "each night": no day."""
    if not line.isin(i, "every"):
        return None
    j = line.skip(i + 1, "other", "single", "second", "few")
    named = line.at(j) in line.words.weekdays or read_unit_word(line, j) or line.at(j) in line.words.parts
    return (NoDay("a repetition without a day"), j + 1) if named else None


def _lasting(line: Line, i: int, led: str) -> Read:
    """ "the past six days", "the last 24 hours", "recent weeks", "the coming days"."""
    j = line.skip(i, "the", "these")
    past = line.isin(j, "past_spans")
    if not past and not line.isin(j, "coming_spans"):
        return None
    sense = "past" if past else "coming"
    amount = read_amount(line, j + 1)
    if amount and amount[2] != "weekend":
        return Lasting(amount[0], amount[1], amount[2], sense), amount[3]
    unit = read_unit_word(line, j + 1)
    single = unit and j > i and line.at(j) in ("past", "last", "coming") and unit not in ("weekend", "night", "minute")
    return (Lasting(1, 1, unit, sense), j + 2) if single else None


def _stretch_of_time(line: Line, i: int, led: str) -> Read:
    """ "within a week", "for two weeks", "in only 8 days"."""
    if led not in ("in", "within", "inside", "for"):
        return None
    j = i + 3 if line.match(i, "a", "matter", "of") else i
    amount = read_amount(line, j)
    if not amount:
        return None
    low, high, unit, after = amount
    sense = "within" if led == "inside" else led
    return Lasting(low, high, unit, sense), after


def _running_day(line: Line, i: int, led: str) -> Read:
    """ "for a third day", "for the second straight day": the day of publication."""
    ordinal = led == "for" and line.at(i) in ("a", "the") and line.at(i + 1) in line.words.ordinals
    j = line.skip(i + 2, *RUNNING)
    if not ordinal or line.at(j) not in ("day", "night"):
        return None
    return Deictic("running day", 0, 0), j + 1


def _following(line: Line, i: int, _led: str) -> Read:
    """ "soon afterwards", "later": after another event of the text."""
    hit = _longest(line, i, line.words.following)
    return (Away(hit[0][0], hit[0][1], "day", 1, "anchor"), hit[1]) if hit else None


def _no_day(line: Line, i: int, _led: str) -> Read:
    hit = _longest(line, line.skip(i, "the", "this", "last", "a"), line.words.no_day)
    as_soon_as = line.at(i - 1) == "as" and hit and line.at(hit[1]) == "as"
    return (NoDay(hit[0]), hit[1]) if hit and not as_soon_as else None
