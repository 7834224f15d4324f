"""Relative time in a line of tokens: "yesterday", "last week", "two days ago", "for six days", "the next day"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from marchland.dates.tokens import Line
from marchland.dates.values import Anchored, Away, Clock, Deictic, Lasting, NoDay, Unit, Value
from marchland.dates.words import Phrase

Meaning = TypeVar("Meaning")
Read = tuple[Value, int] | None

LONGEST_PHRASE = 4
MOST_ABOUT_WORDS = 4
BACK = ("ago", "back")
FORTH = ("from now",)
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
    for size in range(min(LONGEST_PHRASE, len(line.low) - i), 0, -1):
        meaning = table.get(line.low[i : i + size])
        if meaning is not None:
            return meaning, i + size
    return None


def read_relative(line: Line, i: int, led: str) -> Read:
    """The longest relative expression that begins at `i`, deictic words apart."""
    readers = (_unit, _anchored, _away, _lasting, _stretch_of_time, _running_day, _following, _no_day)
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
    count = read_count(line, i)
    if not count:
        return _plural(line, i)
    low, high, j = count
    unit = read_unit_word(line, line.skip(j, "-", "more", "full", "whole", "short"))
    if not unit or unit == "weekend":
        return None
    low = 0 if any(line.at(k) in SMALL for k in range(start, i)) else low
    after = line.skip(j, "-", "more", "full", "whole", "short") + 1
    if line.at(after) == "or" and line.at(after + 1) in ("two", "so"):
        high, after = (high + 1, after + 2)
    compound = line.at(after) == "-" and line.joined(after)
    return None if compound else (low, high, unit, after)


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
        return Anchored(read_unit_word(line, j + 1), line.words.ordinals[line.at(j)] - 1), j + 2
    unit = _unit_or_part(line, j)
    if unit and line.match(j + 1, "before", "last"):
        return Unit(unit, -2), j + 3
    if unit and line.at(j + 1) in ("before", "after", "earlier"):
        return Anchored(unit, 1 if line.at(j + 1) == "after" else -1), j + 2
    return None


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
        return Away(low, high, unit, -1, "published"), j + 1
    if line.match(j, "from", "now"):
        return Away(low, high, unit, 1, "published"), j + 2
    if line.at(j) in LATER and not (line.at(j) == "on" and line.at(j + 1).isalpha()):
        return Away(low, high, unit, 1, "anchor"), j + 1
    return (Away(low, high, unit, -1, "anchor"), j + 1) if line.at(j) in EARLIER else None


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
    hit = _longest(line, i, line.words.no_day)
    as_soon_as = line.at(i - 1) == "as" and hit and line.at(hit[1]) == "as"
    return (NoDay(hit[0]), hit[1]) if hit and not as_soon_as else None
