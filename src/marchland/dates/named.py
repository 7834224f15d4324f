"""Days and periods by name in a line of tokens: holidays, hijri dates, quarters, fiscal years, years cut short.

Readers as in `points`: a line, a position and the preposition in front give the value and the position after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from marchland.dates.hijri import LUNAR, SOLAR
from marchland.dates.tokens import Line
from marchland.dates.values import Point
from marchland.dates.words import Phrase

Meaning = TypeVar("Meaning")
Read = tuple[Point, int] | None

LONGEST_NAME = 4
MARKS = ("-", "'", "’", "‘", "ʿ", "`")
A_DAY = ("on", "at", "by", "before", "after", "until", "of", "")
"""Prepositions before a feast that mean its first day, not all of it."""
HIJRI_YEARS = {SOLAR: range(1200, 1500), LUNAR: range(1300, 1500)}
LONGEST_SOLAR_MONTH, LONGEST_LUNAR_MONTH = 31, 30
QUARTERS = ("q1", "q2", "q3", "q4")
CENTURY_TURN = 30
""" '29 is 2029, '30 is 1930."""


def read_named(line: Line, i: int, led: str) -> Read:
    """The longest named day or period that begins at `i`."""
    word = line.at(i + 1) if line.at(i) == "the" else line.at(i)
    figures = word[:1].isdigit()
    if not figures and word not in line.words.namers:
        return None
    found = [hit for reader in (OF_FIGURES if figures else OF_WORDS) if (hit := reader(line, i, led))]
    return max(found, key=lambda hit: hit[1], default=None)


def find_phrase(line: Line, i: int, table: Mapping[Phrase, Meaning]) -> tuple[Meaning, int] | None:
    """The longest phrase of a table that begins at `i`, whatever hyphens and apostrophes stand between its words."""
    words: list[str] = []
    found, j = None, i
    while len(words) < LONGEST_NAME and line.at(j):
        words.append(line.at(j))
        j += 1
        meaning = table.get(tuple(words))
        found = (meaning, j) if meaning is not None else found
        j = line.skip(j, *MARKS)
    return found


def _feast(line: Line, i: int, led: str) -> Read:
    """ "Eid al-Adha", "Christmas Eve", "Nowruz 1400" is not: a year is a common one."""
    j = line.skip(i, "the")
    if line.at(j) not in line.words.heads or not line.capital(j):
        return None
    hit = find_phrase(line, j, line.words.feasts)
    if not hit:
        return None
    feast, after = hit
    if len(feast.name) == len(line.at(j)) and _is_a_name(line, j, led):
        return None
    of_day = led in A_DAY and feast.length > 1 and line.at(i - 1) not in ("of", "during")
    stretch = "day 1 1" if of_day else ""
    year = line.number(line.skip(after, ",", "of", "in"))
    point = Point(feast=feast, stretch=stretch)
    if year and 1800 < year < 2200:
        return Point(feast=feast, stretch=stretch, year=year), line.skip(after, ",", "of", "in") + 1
    shift = line.words.shifts.get(line.at(after)) if line.at(after + 1) == "year" else None
    return (Point(feast=feast, stretch=stretch, year_shift=shift), after + 2) if shift is not None else (point, after)


def _is_a_name(line: Line, i: int, led: str) -> bool:
    """Whether a feast of one word is part of somebody's or a place's name: "Ramadan Ahmed", "Easter Island"."""
    follows = line.capital(i + 1) and line.at(i + 1) not in line.words.weekdays
    return follows or (not led and line.capital(i - 1) and line.at(i - 1) not in line.words.shifts)


def _hijri_date(line: Line, i: int, led: str) -> Read:
    """ "25 Saratan 1400", "Saratan 25", "10 Muharram", "the month of Mizan", "in Jawza 1400"."""
    j = line.skip(i, "the")
    day, j = _day(line, j)
    j = line.skip(j, "of")
    of_month = line.match(j, "month", "of")
    j = j + 2 if of_month else j
    month = _month(line, j)
    if not month:
        return None
    calendar, number, after = month
    if day is None:
        day, after = _day(line, after)
    year, after = _year(line, after if day is None else line.skip(after, ","), calendar)
    shown = day is not None or year is not None or of_month
    return (Point(year=year, month=number, day=day, calendar=calendar), after) if shown else None


def _day(line: Line, i: int) -> tuple[int | None, int]:
    number = line.number(i)
    if number is None or not 1 <= number <= LONGEST_SOLAR_MONTH or len(line.at(i)) > 2:
        return None, i
    return number, i + 2 if line.joined(i + 1) and line.at(i + 1) in ("st", "nd", "rd", "th") else i + 1


def _month(line: Line, i: int) -> tuple[str, int, int] | None:
    if not line.capital(i):
        return None
    solar = line.words.solar_months.get(line.at(i))
    if solar:
        return SOLAR, solar, i + 1
    lunar = find_phrase(line, i, line.words.lunar_months) if line.at(i) in line.words.heads else None
    return (LUNAR, lunar[0], lunar[1]) if lunar else None


def _year(line: Line, i: int, calendar: str) -> tuple[int | None, int]:
    j = line.skip(i, "of")
    year = line.number(j)
    return (year, j + 1) if year in HIJRI_YEARS[calendar] else (None, i)


def _hijri_year(line: Line, i: int, led: str) -> Read:
    """ "the solar year 1400", "1400 solar year", "1443 AH"."""
    j = line.skip(i, "the")
    if len(line.at(j)) != 4 and line.at(j) not in (SOLAR, LUNAR):
        return None
    for calendar in (SOLAR, LUNAR):
        named = line.match(j, calendar, "year") or line.match(j, calendar, "hijri", "year")
        k = j + (3 if line.at(j + 1) == "hijri" else 2) if named else j
        year = line.number(k)
        if year not in HIJRI_YEARS[calendar]:
            continue
        tail = 1 if line.at(k + 1) == calendar else 0
        tail = tail + line.match(k + 1 + tail, "hijri") if tail else tail
        if named:
            return Point(year=year, calendar=calendar), k + 1
        if tail:
            return Point(year=year, calendar=calendar), line.skip(k + 1 + tail, "year")
        if calendar == LUNAR and line.shown(k + 1) == "AH":
            return Point(year=year, calendar=calendar), k + 2
    return None


def _quarter(line: Line, i: int, led: str) -> Read:
    """ "Q1 2021", "the first quarter of 2021", "H1 2021"."""
    j = line.skip(i, "the")
    letter, number, after = line.at(j), line.number(j + 1), j + 2
    size = {"q": 3, "h": 6}.get(letter if line.joined(j + 1) else "", 0)
    if not size and line.at(j) in line.words.ordinals and line.at(j + 1) == "quarter":
        size, number = 3, line.words.ordinals[line.at(j)]
    year = line.number(line.skip(after, "of", ","))
    if not size or number is None or not 1 <= number <= 12 // size or not year or not 1900 <= year < 2100:
        return None
    return Point(season=(size * (number - 1) + 1, size * number), year=year), line.skip(after, "of", ",") + 1


def _fiscal(line: Line, i: int, led: str) -> Read:
    """ "fiscal 2021", "FY2021", "fiscal year 2021"."""
    j = line.skip(i, "the")
    if line.at(j) not in ("fiscal", "fy"):
        return None
    j = line.skip(j + 1, "year")
    year = line.number(j)
    return (Point(year=year, fiscal=True), j + 1) if year and 1900 <= year < 2100 else None


def _two_years(line: Line, i: int, led: str) -> Read:
    """ "2021/22", "2021-22", "2021-2022" as one season or budget year."""
    year, second = line.number(i), line.number(i + 2)
    if year is None or second is None or not 1900 <= year < 2100 or line.at(i + 1) not in ("/", "-", "–"):
        return None
    if not (line.joined(i + 1) and line.joined(i + 2)) or (line.joined(i + 3) and line.at(i + 3) in ("-", "/")):
        return None
    follows = second == (year + 1) % 100 and len(line.at(i + 2)) == 2
    return (Point(year=year, years=2), i + 3) if follows or (second == year + 1 and line.at(i + 1) == "/") else None


def _short_year(line: Line, i: int, led: str) -> Read:
    """ "in '98", "the war of '94"."""
    year = read_short_year(line, i) if led in ("in", "since", "until", "by", "of") or line.at(i - 1) == "of" else None
    return (Point(year=year[0]), year[1]) if year else None


def read_short_year(line: Line, i: int) -> tuple[int, int] | None:
    """ "'98": a year with its century cut off."""
    number = line.number(i + 1)
    cut = line.at(i) in ("'", "’", "‘") and line.joined(i + 1) and len(line.at(i + 1)) == 2
    if number is None or not cut or line.joined(i):
        return None
    return (1900 if number >= CENTURY_TURN else 2000) + number, i + 2


def _century(line: Line, i: int, led: str) -> Read:
    """ "the 20th century", "the nineteenth century"."""
    j = line.skip(i, "the")
    number = line.words.ordinals.get(line.at(j))
    after = j + 1
    if number is None and line.joined(j + 1) and line.at(j + 1) in ("st", "nd", "rd", "th"):
        number, after = line.number(j), j + 2
    if not number or number > 21 or line.at(after) != "century":
        return None
    return Point(year=100 * (number - 1) + 1, years=100), after + 1


def _time_group(line: Line, i: int, led: str) -> Read:
    """ "081430Z JUL 21": the day of a military date-time group; its hours are left to the day."""
    digits = line.at(i)
    if len(digits) != 6 or not digits.isdigit() or line.at(i + 1) != "z" or not line.joined(i + 1):
        return None
    month = line.words.month_abbreviations.get(line.at(i + 2)) or line.words.months.get(line.at(i + 2))
    year = line.number(i + 3)
    if not month or year is None:
        return None
    full = 2000 + year if len(line.at(i + 3)) == 2 else year
    return Point(year=full, month=month, day=int(digits[:2])), i + 4


OF_FIGURES = (_hijri_date, _hijri_year, _two_years, _century, _time_group)
OF_WORDS = (_feast, _hijri_date, _hijri_year, _quarter, _fiscal, _short_year, _century)
