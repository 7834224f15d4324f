"""The hour or the day at the head of an entry: "14:05 GMT", "[10.07.2021 06:14] Poster:", "9 May - The river rose"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marchland.read.settings import Words, alternatives

_NUMERIC = r"\d{4}[-./]\d\d?[-./]\d\d?|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})(?!\d)"
_CLOCK = (
    r"(?:(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:[:.][0-5]\d)?(?:\s*[ap]\.?m\b\.?)?|(?:1[0-2]|[1-9])\s*[ap]\.?m\b\.?"
    r"|[012]\d[0-5]\d(?=\s*(?:GMT|UTC|hrs|hours|h\b|Z\b|local|IST|BST|CET|EST|EDT|PKT|[A-Z]{3}:)))"
)
_ZONE = (
    r"(?:\s*(?:GMT|UTC|Z|BST|C?EST|CET|E[DS]T|IST|PKT|AFT|EET|MSK|local(?: time)?|hrs|hours|h|[A-Z]{3,4}T)\b)?"
    r"(?:\s*[+-]\d{1,2}(?::?\d\d)?)?"
)
_WHO = r"(?P<who>(?:[^\W\d]|\+\d)[^:\[\]<>|]{1,40}?)"
_SHORT_YEAR = re.compile(r"\b(?P<d>\d{1,2})[ -](?P<m>[A-Za-z]{3,9})\.?[ -]'?(?P<y>\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an entry: when, who, and what follows on the line."""

    when: str
    who: str
    rest: str


class HeadFinder:
    """Finds the heads of entries; made once for one set of words."""

    def __init__(self, words: Words) -> None:
        months = alternatives(frozenset(words.months))
        weekday = rf"(?:(?:{alternatives(words.weekdays)})\b\.?,?\s+)?"
        named = (
            rf"{weekday}(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{months})\b\.?|(?:{months})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b)"
            r"(?:,?\s+(?:19|20)\d\d\b)?"
        )
        date = rf"(?:{named}|{_NUMERIC})"
        moment = rf"(?:{date}[,\s]*(?:at\s+|[-–—|T]\s*)?{_CLOCK}{_ZONE}|{_CLOCK}{_ZONE}(?:[,\s]+(?:on\s+)?{date})?)"
        flags = re.IGNORECASE
        self._date = re.compile(
            rf"(?:posted\s+(?:on\s+)?)?{weekday}{date}(?:[,\s]+(?:{alternatives(words.weekdays)}))?", flags
        )
        self._any_hour = re.compile(rf"(?<![\w.]){_CLOCK}", flags)
        self._weekday = re.compile(rf"(?:{alternatives(words.weekdays)}):?", flags)
        self._near = re.compile(r"(?:just )?now|moments? ago|an? (?:minute|hour) ago", flags)
        near = rf"(?:(?:today|yesterday|{alternatives(words.weekdays)})\b[\s,]*(?:at\s+)?)?"
        self._hour = re.compile(rf"(?:posted\s+|published\s+|updated\s+)?(?:at\s+)?{near}{_CLOCK}{_ZONE}[:.]?", flags)
        self._boxed = [
            re.compile(
                rf"[\[(<](?P<when>{moment})[\])>]\s*(?:[-–—]\s*)?(?:<?{_WHO}>?\s*:(?:\s+|$))?(?P<rest>.*)", flags
            ),
            re.compile(rf"{_WHO},?\s*[\[(](?P<when>{moment})[\])]:?\s*(?P<rest>.*)", flags),
            re.compile(rf"(?P<when>{date}[,\s]+{_CLOCK}{_ZONE})\s+[-–—]\s+{_WHO}:(?:\s+(?P<rest>.*)|$)", flags),
            re.compile(rf"(?P<when>{_CLOCK})\s+<{_WHO}>\s*(?P<rest>.*)", flags),
            re.compile(rf"(?P<when>{date}[,\s]+{_CLOCK})\s+(?-i:{_WHO}):(?:\s+(?P<rest>.*)|$)", flags),
        ]
        stamp = rf"(?:{date}(?:[,\s]+(?:at\s+)?{_CLOCK}{_ZONE})?|{_CLOCK}{_ZONE})"
        name = r"(?-i:(?P<who>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}))"
        self._boxed += [
            re.compile(rf"{_WHO}\s*\(?@\w+\)?\s*[·•|,–—-]?\s*(?P<when>{stamp}|\d+[hm])(?P<rest>)", flags),
            re.compile(rf"(?:posted by )?{name}\s*[,|–—-]?\s+(?:at )?(?P<when>{_CLOCK}{_ZONE})(?P<rest>)", flags),
            re.compile(
                rf"(?:post )?(?:#?\d+ )?(?:posted )?by\s+{_WHO}\s*[»>|,–—-]+\s*(?P<when>{moment})(?P<rest>)", flags
            ),
        ]
        place = r"(?-i:[A-Z][\w'’-]*(?:[ -][A-Z][\w'’-]*){0,3})"
        self._plain = [
            re.compile(rf"(?P<when>{moment})\s*(?:[-–—|:•]+\s*)(?P<rest>[^\s\d].*)", flags),
            re.compile(rf"(?P<when>{_CLOCK}{_ZONE})\s+(?-i:(?P<rest>[A-Z\"“‘'(].*))", flags),
            re.compile(rf"(?P<when>{named})\s*(?:[–—-]{{1,2}}|:|\.(?-i:(?=\s+[A-Z\"“])))\s+(?P<rest>\S.*)", flags),
            re.compile(rf"(?P<when>{_NUMERIC})\s*(?:[–—-]{{1,2}}|:|\|)\s+(?P<rest>[^\s\d].*)", flags),
            re.compile(rf"(?P<when>{date}),\s+(?P<rest>{place}:\s+\S.*)", flags),
        ]

    def boxed(self, text: str) -> Head | None:
        """The head of an entry with its moment in brackets, or with the name of a poster, as messengers print them."""
        return _first(self._boxed, text)

    def plain(self, text: str) -> Head | None:
        """The head of an entry with text after it."""
        return _first(self._plain, text)

    def has_hour(self, text: str) -> bool:
        """Whether an hour stands anywhere in a line."""
        return bool(self._any_hour.search(text))

    def is_hour(self, text: str) -> bool:
        """Whether a line is an hour and no more."""
        bare = text.strip("[]() ")
        return len(text) <= 40 and bool(self._hour.fullmatch(bare) or self._near.fullmatch(bare))

    def is_date(self, text: str) -> bool:
        """Whether a line is a date, a weekday, or a date and a few words after a comma ("..., Late Edition")."""
        bare = text.strip("-–—= ")
        if len(bare) <= 40 and (self._date.fullmatch(bare) or self._weekday.fullmatch(bare)):
            return True
        match = self._date.match(bare) if len(bare) <= 60 else None
        return bool(match and re.fullmatch(r",(?:\s+\w+,?){1,5}", bare[match.end() :]))


def _first(patterns: list[re.Pattern[str]], text: str) -> Head | None:
    if not any(character.isdigit() for character in text[:60]):
        return None
    for pattern in patterns:
        match = pattern.fullmatch(text)
        if match:
            groups = match.groupdict()
            return Head(groups["when"].strip(), (groups.get("who") or "").strip(), (groups["rest"] or "").strip())
    return None


def day_first(texts: Iterable[str], weekdays: dict[str, int]) -> bool | None:
    """How the numeric dates of a page are to be read, as one of them tells; None where none does."""
    for text in texts:
        for match in _DAY_FIRST.finditer(text):
            first, second = int(match[1]), int(match[3])
            if match[2] == "." or (first > 12 and second <= 12):
                return True
            if second > 12:
                return False
            told = _by_weekday(match, text, weekdays)
            if told is not None:
                return told
    return None


def numeric_day(text: str, first: bool) -> dt.date | None:
    """The day of "04/08/2019" or "4/8/19", read day first or month first."""
    match = _DAY_FIRST.search(text)
    return _day(match, first) if match else None


def _day(match: re.Match[str], first: bool) -> dt.date | None:
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    day, month = (one, other) if first else (other, one)
    try:
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _by_weekday(match: re.Match[str], text: str, weekdays: dict[str, int]) -> bool | None:
    """Which of both readings falls on the weekday that is printed beside the date."""
    named = next(
        (number for word in text.casefold().split() if (number := weekdays.get(word.strip(",.()"))) is not None), None
    )
    fits = [first for first in (True, False) if (day := _day(match, first)) and day.weekday() == named]
    return fits[0] if len(fits) == 1 else None


def short_year(text: str, months: Mapping[str, int]) -> dt.date | None:
    """The day of "5 Sep 96"."""
    for match in _SHORT_YEAR.finditer(text):
        year, month = int(match["y"]), months.get(match["m"].casefold(), 0)
        if month and 0 < int(match["d"]) < 32:
            century = 1900 if year > 69 else 2000
            return dt.date(century + year, month, 1) + dt.timedelta(days=int(match["d"]) - 1)
    return None
