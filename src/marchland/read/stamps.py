"""Dates as pages print them: "Updated 09 July 2021", "Jul 14 2021 | 11:52 PM IST", "8/13/2021, 4:39:06 AM"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from marchland.read.settings import Words, alternatives
from marchland.records import Interval

MAX_STAMP = 120
"""Characters: a longer line is prose that names a date, not a stamp."""
MAX_OTHER_WORDS = 4
"""Words besides the date that a stamp may hold (the name of an outlet)."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]m\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A date printed in a text: the words, what they mean, and where they stand. A year of 0 means none was printed."""

    text: str
    start: int
    end: int
    year: int
    month: int
    day: int | None

    @property
    def interval(self) -> Interval | None:
        """The day or the month, or None when the numbers make no date or the year is not printed."""
        return interval_of(self.year, self.month, self.day)


def interval_of(year: int, month: int, day: int | None) -> Interval | None:
    """The day, or the whole month when no day is given; None for what is no date."""
    try:
        first = dt.date(year, month, day or 1)
        after = dt.date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
    return Interval.of_days(first, first if day else after - dt.timedelta(days=1))


class DateFinder:
    """Finds printed dates; made once for the month names of one language."""

    def __init__(self, words: Words) -> None:
        month = rf"(?P<month>{alternatives(frozenset(words.months))})\b\.?"
        day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
        year = r"(?P<year>(?:19|20)\d\d)"
        self._months = words.months
        self._patterns = [
            re.compile(pattern, re.IGNORECASE)
            for pattern in (
                rf"(?<![\d/-]){year}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?(?![\d/-])",
                rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second>\d{{1,2}})(?P=mark){year}(?!\d)",
                rf"\b{day}[\s-]*(?:of\s+)?{month},?[\s-]*{year}\b",
                rf"\b{month}\s*{day}(?:,|\s)\s*{year}\b",
            )
        ]
        self._yearless = [
            re.compile(rf"\b{month}\s*{day}\b(?![:.]\d)", re.IGNORECASE),
            re.compile(rf"\b{day}\s*{month}", re.IGNORECASE),
        ]
        self._stamp_words = words.stamp_words | words.weekdays | frozenset(words.months)

    def full(self, text: str) -> list[Found]:
        """Every date with its year, in the order of the text."""
        found = [self._read(match) for pattern in self._patterns for match in pattern.finditer(text)]
        return sorted((date for date in found if date), key=lambda date: date.start)

    def yearless(self, text: str) -> Iterator[Found]:
        """Days with a month but without a year ("Aug 8")."""
        for pattern in self._yearless:
            for match in pattern.finditer(text):
                yield Found(match.group(), *match.span(), 0, self._month(match["month"]), int(match["day"]))

    def is_stamp(self, line: str) -> bool:
        """Whether the line is a date, perhaps an hour, and at most a few names."""
        # A name with "@" signs a quoted post: its date is not the page's.
        if len(line) > MAX_STAMP or "@" in line or not any(character.isdigit() for character in line):
            return False
        if "|" in line:
            fields = [field.strip() for field in line.split("|")]
            return any(map(self.is_stamp, fields)) and all(
                len(field.split()) <= MAX_OTHER_WORDS + 2 for field in fields
            )
        dates = self.full(line)
        if not dates:
            return False
        rest = line
        for date in reversed(dates):
            rest = rest[: date.start] + " " + rest[date.end :]
        others = [word for word in _WORD.findall(_CLOCK.sub(" ", rest)) if word.casefold() not in self._stamp_words]
        return len(others) <= MAX_OTHER_WORDS and all(word[0].isupper() for word in others)

    def _month(self, name: str) -> int:
        return int(name) if name.isdigit() else self._months[name.casefold()]

    def _read(self, match: re.Match[str]) -> Found | None:
        groups = match.groupdict()
        year = int(groups["year"])
        if groups.get("first"):
            month, day = _which(int(groups["first"]), int(groups["second"]), groups["mark"])
        else:
            month, day = self._month(groups["month"]), int(groups["day"]) if groups["day"] else 0
        found = Found(match.group(), *match.span(), year, month, day or None)
        return found if month and found.interval else None


def _which(first: int, second: int, mark: str) -> tuple[int, int]:
    """Month and day of "8/13/2021"; (0, 0) when both orders are possible and differ. Dots always put the day first."""
    if mark == "." or first > 12:
        return second, first
    if second > 12 or first == second:
        return first, second
    return 0, 0
