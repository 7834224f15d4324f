"""Calendar points in a line of tokens: days, weekdays, months, seasons, years, in all their usual orders.

Every reader takes a line and a position and gives the value with the position after it, or None. Each looks at a
bounded number of tokens. `led` is the preposition in front, lower case, or "".
"""

from __future__ import annotations

from dataclasses import replace

from marchland.dates.named import read_named, read_short_year
from marchland.dates.tokens import Line
from marchland.dates.values import Point

Read = tuple[Point, int] | None

SUFFIXES = ("st", "nd", "rd", "th")
LAST_DAY = 31
LAST_MONTH = 12
YEARS = range(1900, 2100)
"""A bare number is taken for a year only within these."""


def read_point(line: Line, i: int, led: str) -> Read:
    """The longest calendar point that begins at `i`; what was read there before is not read again."""
    known = (i, led)
    if known not in line.read:
        line.read[known] = _read_point(line, i, led)
    return line.read[known]  # type: ignore[no-any-return]


def _read_point(line: Line, i: int, led: str) -> Read:
    readers = (_iso, _numeric, _weekday_led, _shifted, _day_led, _ordinal_day, _month_led, _season, _year, read_named)
    found = [hit for reader in readers if (hit := reader(line, i, led))]
    return max(found, key=lambda hit: hit[1], default=None)


def read_date(line: Line, i: int) -> Read:
    """A day with its month, or a numeric date; never a bare month, weekday or year."""
    for reader in (_iso, _numeric, _day_led, _month_led):
        hit = reader(line, i, "")
        if hit and hit[0].day is not None:
            return hit
    return None


def read_weekday(line: Line, i: int) -> tuple[int, int] | None:
    """A weekday and the position after it; plurals ("Fridays") are habits, not days."""
    words, low = line.words, line.at(i)
    if low in words.weekdays:
        named = line.isin(i - 1, "day_names_before") and line.capital(i - 1)
        return None if named else (words.weekdays[low], i + 1)
    if low in words.weekday_abbreviations and line.capital(i):
        return words.weekday_abbreviations[low], line.skip(i + 1, ".")
    return None


def read_month(line: Line, i: int) -> tuple[int, int] | None:
    """A month and the position after it. Words that are also common words need their capital."""
    words, low = line.words, line.at(i)
    if low in words.months:
        lower_case_word = line.isin(i, "may_need_preposition") and not line.capital(i)
        return None if lower_case_word else (words.months[low], i + 1)
    if low in words.month_abbreviations and line.capital(i):
        return words.month_abbreviations[low], line.skip(i + 1, ".")
    return None


def read_day_number(line: Line, i: int) -> tuple[int, int, bool] | None:
    """A day of the month, the position after it, and whether it is an ordinal ("1st", "first")."""
    low, number = line.at(i), line.number(i)
    if low in line.words.ordinals:
        return line.words.ordinals[low], i + 1, True
    if number is None or len(low) > 2:
        return None
    if line.at(i + 1) in SUFFIXES and line.joined(i + 1):
        return number, i + 2, True
    return (number, i + 1, False) if 1 <= number <= LAST_DAY and not _goes_on(line, i + 1) else None


def ends_list(line: Line, i: int) -> bool:
    """Whether what follows the last number of a list of days shows that it counts nothing: "May 1 and 4 in"."""
    word = line.at(i)
    return not word.isalnum() or word.endswith("ed") or line.isin(i, "after_lists")


def _goes_on(line: Line, i: int) -> bool:
    """Whether the number before `i` is only the head of a longer one ("10:30", "8,000", "3.5", "5%")."""
    if line.at(i) in (":", ",", ".") and line.joined(i):
        return line.joined(i + 1) and line.number(i + 1) is not None
    return line.at(i) in ("%", "°") or (line.joined(i) and line.at(i).isalpha() and not read_month(line, i))


def read_year(line: Line, i: int) -> tuple[int, int] | None:
    """A four-digit year and the position after it."""
    number = line.number(i)
    return (number, i + 1) if number is not None and len(line.at(i)) == 4 and not _goes_on(line, i + 1) else None


def _with_year(line: Line, i: int, point: Point) -> tuple[Point, int]:
    """The point with the year that follows it, if one does: ", 2021", "of 2021", "last year", "of this year"."""
    for j in (i, line.skip(i, ",", "of")):
        hit = read_year(line, j)
        if hit and (hit[0] in YEARS or (j == i and hit[0] > 0) or (point.day and hit[0] == 0)):
            return replace(point, year=hit[0]), hit[1]
        if line.at(j) in line.words.shifts and line.at(j + 1) == "year":
            return replace(point, year_shift=line.words.shifts[line.at(j)]), j + 2
        short = read_short_year(line, j)
        if short:
            return replace(point, year=short[0]), short[1]
    return point, i


def _month_led(line: Line, i: int, led: str) -> Read:
    month = read_month(line, i)
    if not month:
        return None
    day = read_day_number(line, line.skip(month[1], "the"))
    spelt = day and line.at(day[1] - 1) in line.words.ordinals and line.at(day[1] - 2) != "the"
    if day and not spelt and not _counts_things(line, day[1], led):
        return _with_year(line, day[1], Point(month=month[0], day=day[0]))
    point, j = _with_year(line, month[1], Point(month=month[0]))
    return (point, j) if j > month[1] or _stands_alone(line, i, led) else None


def _counts_things(line: Line, i: int, led: str) -> bool:
    """Whether the number before `i` counts what follows: "in August 15 soldiers"."""
    return led == "in" and line.at(i).isalpha() and line.at(i).endswith("s") and not line.capital(i)


def _stands_alone(line: Line, i: int, led: str) -> bool:
    """Whether a month without day and year is one: "in May" is, "May said" is not."""
    doubtful = line.isin(i, "may_need_preposition") or line.at(i) in line.words.month_abbreviations
    labels = line.isin(i - 1, "determiners") and line.at(i + 1).isalpha() and not line.capital(i + 1)
    return bool(led) or line.at(i - 1) == "of" or labels or not doubtful


def _day_led(line: Line, i: int, _led: str) -> Read:
    day = read_day_number(line, line.skip(i, "the"))
    if not day:
        return None
    dashed = line.at(day[1]) == "-" and line.joined(day[1])
    month = read_month(line, day[1] + 1 if dashed else line.skip(day[1], "of"))
    if not month or (line.at(day[1]) != "of" and line.at(day[1] - 1) in line.words.ordinals):
        return None
    year = line.number(month[1] + 1) if dashed and line.at(month[1]) == "-" else None
    if year in YEARS:
        return Point(day=day[0], month=month[0], year=year), month[1] + 2
    return _with_year(line, month[1], Point(day=day[0], month=month[0]))


def _ordinal_day(line: Line, i: int, led: str) -> Read:
    """ "on the 15th", which is not "on the 15th floor"."""
    day = read_day_number(line, i + 1) if led == "on" and line.at(i) == "the" else None
    if not day or not line.joined(day[1] - 1) or (line.at(day[1]).isalpha() and line.at(day[1]) not in ("in", "and")):
        return None
    return Point(day=day[0]), day[1]


def _weekday_led(line: Line, i: int, led: str) -> Read:
    hit = read_weekday(line, i)
    if not hit:
        return None
    weekday, j = hit
    date = read_dated(line, j)
    if date:
        return replace(date[0], weekday=weekday), date[1]
    ordinal = read_day_number(line, j + 1) if line.at(j) == "the" else None
    if ordinal and ordinal[2]:
        return Point(weekday=weekday, day=ordinal[0]), ordinal[1]
    if line.at(i) in line.words.weekday_abbreviations and led != "on":
        return None
    return _with_week(line, j, Point(weekday=weekday))


def read_dated(line: Line, i: int) -> Read:
    """A date that completes a weekday before it: ", June 11, 2025", " (Aug 15)", " 14 August"."""
    opened = line.at(i) == "("
    hit = read_date(line, line.skip(i, ",", "(", "-", "–"))
    if not hit or (opened and line.at(hit[1]) != ")"):
        return None
    return hit[0], hit[1] + opened


def _with_week(line: Line, i: int, point: Point) -> tuple[Point, int]:
    j = line.skip(i, "of")
    if line.at(j) in line.words.shifts and line.at(j + 1) == "week":
        return replace(point, week_shift=line.words.shifts[line.at(j)]), j + 2
    return (replace(point, which=1, weeks=1), i + 1) if line.at(i) == "week" else (point, i)


def _shifted(line: Line, i: int, _led: str) -> Read:
    """ "last Friday", "this past Friday", "next May", "last spring"."""
    low = line.at(i)
    if low not in line.words.shifts:
        return None
    which, j = line.words.shifts[low], i + 1
    if low == "this" and line.at(j) in line.words.shifts:
        which, j = line.words.shifts[line.at(j)], j + 1
    weekday = read_weekday(line, j)
    if weekday:
        from_anchor = low in ("previous", "following")
        return Point(weekday=weekday[0], which=which, from_anchor=from_anchor), weekday[1]
    month = read_month(line, j)
    if month:
        day = read_day_number(line, month[1])
        if day and not _counts_things(line, day[1], "in"):
            return _with_year(line, day[1], Point(month=month[0], day=day[0], which=which))
        return Point(month=month[0], which=which), month[1]
    named = read_named(line, j, "") if line.at(j) in line.words.heads else None
    if named:
        return replace(named[0], which=which), named[1]
    season = line.words.seasons.get(line.at(j))
    return (Point(season=season, which=which), j + 1) if season else None


def _season(line: Line, i: int, led: str) -> Read:
    """ "in the spring of 2021", "summer 2020"; a season's name without year needs its preposition ("the fall of X")."""
    j = line.skip(i, "the")
    season = line.words.seasons.get(line.at(j))
    if not season:
        return None
    point, after = _with_year(line, j + 1, Point(season=season))
    alone = led in ("in", "during", "since", "until", "by", "over") and line.at(after) not in ("of", "-")
    return (point, after) if after > j + 1 or alone else None


def _year(line: Line, i: int, led: str) -> Read:
    named = line.match(i, "the", "year") or line.at(i) == "year"
    j = line.skip(line.skip(i, "the"), "year")
    if named and line.number(j) == 0:
        return Point(year=0), j + 1
    number = line.number(j)
    if number is None or number not in YEARS:
        return None
    if line.at(j + 1) == "s" and line.joined(j + 1):
        return Point(year=number, years=100 if number % 100 == 0 and number < 2000 else 10), j + 2
    return (Point(year=number), j + 1) if named or _is_year(line, j, led) else None


def _is_year(line: Line, i: int, led: str) -> bool:
    """Whether a number is a year: after a preposition, and not a count ("about 2000 soldiers")."""
    if _goes_on(line, i + 1) or line.at(i + 1) in ("-", "–", "/") or (line.joined(i) and line.at(i - 2) != "mid"):
        return False
    if line.at(i - 1) == "(" and line.at(i + 1) == ")":
        return True
    if line.isin(i - 1, "determiners") or _lists_years(line, i) or _labels(line, i):
        return (line.number(i) or 0) % 100 != 0 or (line.at(i - 1) == "the" and line.capital(i + 1))
    if line.at(i - 1) == "due" or (line.at(i - 1) == "to" and line.at(i - 2) in ("back", "dated", "dates", "dating")):
        return True
    counted = line.at(i + 1).endswith("s") and not line.capital(i + 1) and line.at(i + 1) not in ("as", "was", "has")
    return (bool(led) or line.at(i - 1) == "of") and led not in ("at", "about", "around", "on") and not counted


def _labels(line: Line, i: int) -> bool:
    """Whether the number stands before a thing as the year it is of: "a failed 1996 campaign", "the May 1998 tests"."""
    before, thing = line.at(i - 1), line.at(i + 1)
    worded = before.isalpha() and len(before) > 3 and not line.isin(i - 1, "about") and before not in line.words.numbers
    named = thing.isalpha() and len(thing) > 3 and not line.capital(i + 1) and not thing.endswith("s")
    article = any(line.isin(j, "determiners") for j in (i - 2, i - 3))
    return worded and named and article and not line.isin(i + 1, "counted")


def _lists_years(line: Line, i: int) -> bool:
    """Whether the number goes on a list of years: "in 1994, 1995 and 1997"."""
    return line.at(i - 1) in (",", "and", "or", "both") and any(line.number(j) in YEARS for j in (i - 2, i + 2))


def _iso(line: Line, i: int, _led: str) -> Read:
    """ "2021-07-08", "2021/07/08", "2021-07"."""
    year, mark = line.number(i), line.at(i + 1)
    month, day = line.number(i + 2), line.number(i + 4)
    if year is None or len(line.at(i)) != 4 or mark not in ("-", "/") or month is None or len(line.at(i + 2)) != 2:
        return None
    if not (line.joined(i + 1) and line.joined(i + 2)):
        return None
    if line.at(i + 3) == mark and day is not None and len(line.at(i + 4)) == 2 and line.joined(i + 4):
        return Point(year=year, month=month, day=day), i + 5
    a_span_of_years = month > LAST_MONTH or month == (year + 1) % 100 or mark == "/"
    return None if a_span_of_years else (Point(year=year, month=month), i + 3)


def _numeric(line: Line, i: int, _led: str) -> Read:
    """ "13/08/2021", "8.7.2021"; with a slash, day and month are told apart only where one is past 12."""
    mark = line.at(i + 1)
    first, second, year = line.number(i), line.number(i + 2), line.number(i + 4)
    if mark not in ("/", ".", "-") or line.at(i + 3) != mark or first is None or second is None or year is None:
        return None
    short = mark == "." and _led == "on" and len(line.at(i + 4)) == 2
    if len(line.at(i)) > 2 or len(line.at(i + 2)) > 2 or (len(line.at(i + 4)) != 4 and not short):
        return None
    year = year + (1900 if year >= 30 else 2000) if short else year
    if not all(line.joined(j) for j in range(i + 1, i + 5)):
        return None
    if mark == "." or first > LAST_MONTH or first == second:
        return Point(year=year, month=second, day=first), i + 5
    if second > LAST_MONTH:
        return Point(year=year, month=first, day=second), i + 5
    return Point(year=year, problem="day and month cannot be told apart"), i + 5
