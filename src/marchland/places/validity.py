"""From when to when a name, a membership or a division holds: days as ISO 8601 text, both ends included."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_DATE = re.compile(r"(\d{3,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?|(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Validity:
    """The first and the last day on which something holds; empty where no bound is known."""

    since: str = ""
    until: str = ""

    def holds(self, on: dt.date | None) -> bool:
        """Whether it holds on a day; without a day, always."""
        if on is None:
            return True
        day = on.isoformat()
        return (not self.since or self.since <= day) and (not self.until or day <= self.until)


ALWAYS = Validity()


def validity(since: str, until: str) -> Validity:
    """The bounds as written: 2004, 2004-04, 2004-04-13 or 20040413; of a year or a month its first or last day.

    Raises ValueError with the reason for what is no date, and where the end lies before the beginning.
    """
    found = Validity(_day(since, last=False), _day(until, last=True))
    if found.since and found.until and found.until < found.since:
        raise ValueError(f'"to" {until} lies before "from" {since}')
    return found


def _day(text: str, *, last: bool) -> str:
    text = text.strip()
    if not text:
        return ""
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f'"{text[:40]}" is no date such as 2004, 2004-04 or 2004-04-13')
    year, month, day = (int(part) if part else 0 for part in (found[1] or found[4], found[2] or found[5],
                                                            found[3] or found[6]))  # fmt: skip
    month = month or (12 if last else 1)
    try:
        day = day or (calendar.monthrange(year, month)[1] if last else 1)
        return dt.date(year, month, day).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f'"{text}" is no day of the calendar') from None
