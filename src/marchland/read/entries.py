"""The days of entries that print no full date: hours under a day's heading, ages, hours counted from the page's day."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from marchland.read.lines import Reader
from marchland.read.published import given_interval
from marchland.records import DateCue, Interval

MAX_HEADING = 60
"""Characters of the heading that names the day of the entries below it."""
LIVE_SHARE = 0.7
"""Share of the entries that must show an hour."""
JUMP = 6 * 60
"""Minutes against the order of the list from which an hour belongs to another day."""
_HOUR = re.compile(r"\b(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?\s*(?P<half>[ap])?\.?m?\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?P<n>\d{1,3})\s*(?P<unit>[a-z]+)\s+ago\b", re.IGNORECASE)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10080}


@dataclass(frozen=True, slots=True)
class Stamped:
    """What one entry shows of its date: machine-readable dates and printed words, and the day's heading above it."""

    machine: tuple[str, ...]
    words: tuple[str, ...]
    heading: str


@dataclass(frozen=True, slots=True)
class PageClock:
    """What the page says of itself: when it was published and last changed, with an hour where it has one."""

    published: dt.datetime | None
    updated: dt.datetime | None


def entry_dates(entries: Sequence[Stamped], page: PageClock, reader: Reader) -> list[DateCue | None]:
    """The day of each entry in the order of the page; None where nothing but the day of the page tells."""
    counted = _counted(entries, page)
    return [
        _machine(entry) or _worded(entry, page, reader) or late for entry, late in zip(entries, counted, strict=True)
    ]


def are_live(entries: Sequence[Stamped]) -> bool:
    """Whether entries run by the hour, as those of live coverage do."""
    timed = sum(any(minutes_in(text) is not None or _AGE.search(text) for text in entry.words) for entry in entries)
    return len(entries) > 2 and timed >= LIVE_SHARE * len(entries)


def moment_of(text: str) -> dt.datetime | None:
    """Day and hour of an ISO 8601 text, as written, without its zone."""
    try:
        return dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        interval = given_interval(text)
        return interval.start if interval else None


def is_day_heading(text: str, reader: Reader) -> bool:
    """Whether a line names a day for what follows: a date, or a weekday with a day and month."""
    if not text or len(text) > MAX_HEADING:
        return False
    bare = text.casefold().strip(" :,.-–—")
    return bare in ("today", "yesterday") or bare in _WEEKDAYS or _is_bare_date(text, reader)


def _is_bare_date(text: str, reader: Reader) -> bool:
    """A date with or without its year, and nothing else but a weekday: no hour, no word for a change."""
    found = next(iter([*reader.dates.full(text), *reader.dates.yearless(text)]), None)
    if found is None:
        return False
    rest = re.findall(r"\w+", (text[: found.start] + " " + text[found.end :]).casefold())
    return all(word in reader.words.weekdays for word in rest)


def _machine(entry: Stamped) -> DateCue | None:
    for text in entry.machine:
        interval = given_interval(text)
        if interval:
            return DateCue(interval, f"time element of the entry: {text[:40]}", "time-tag")
    return None


def _worded(entry: Stamped, page: PageClock, reader: Reader) -> DateCue | None:
    """A full date beside the entry, "yesterday", an age, or the heading of its day."""
    for text in (*entry.words, entry.heading):
        for found in reader.dates.full(text)[:1]:
            return DateCue(found.interval, f'printed with the entry: "{text[:60]}"', "printed")
    near = page.updated or page.published
    if near is None:
        return None
    for text in (*entry.words, entry.heading):
        day = _relative(text, near, reader)
        if day:
            return DateCue(Interval.of_days(day), f'"{text[:60]}", counted from the page of {near.date()}', "printed")
    return None


def _relative(text: str, near: dt.datetime, reader: Reader) -> dt.date | None:
    bare = text.casefold()
    if "yesterday" in bare:
        return near.date() - dt.timedelta(days=1)
    if bare.strip(" :,.") == "today":
        return near.date()
    if bare.strip(" :,.") in _WEEKDAYS:
        return near.date() - dt.timedelta(days=(near.weekday() - _WEEKDAYS.index(bare.strip(" :,."))) % 7)
    age = _AGE.search(bare)
    if age and age["unit"][0] in _MINUTES and not age["unit"].startswith("mo"):
        return (near - dt.timedelta(minutes=int(age["n"]) * _MINUTES[age["unit"][0]])).date()
    for found in reader.dates.yearless(text):
        days = [_day(near.year + step, found.month, found.day or 1) for step in (0, -1)]
        return next((day for day in days if day and day <= near.date() + dt.timedelta(days=2)), None)
    return None


def _counted(entries: Sequence[Stamped], page: PageClock) -> list[DateCue | None]:
    """Days from hours alone: the list runs one way, and an hour that runs the other way is of the next day."""
    hours = [next((hour for text in entry.words if (hour := minutes_in(text)) is not None), None) for entry in entries]
    known = [hour for hour in hours if hour is not None]
    falling = sum(later < earlier for earlier, later in itertools.pairwise(known))
    newest_first = falling * 2 >= len(known) - 1
    anchor = (page.updated or page.published) if newest_first else (page.published or page.updated)
    if anchor is None:
        return [None] * len(entries)
    days: list[DateCue | None] = []
    before, day = None, anchor.date()
    for hour in hours:
        if hour is not None and before is not None:
            if newest_first and hour > before + JUMP:
                day -= dt.timedelta(days=1)
            elif not newest_first and hour < before - JUMP:
                day += dt.timedelta(days=1)
        before = hour if hour is not None else before
        if hour is None:
            days.append(None)
            continue
        days.append(DateCue(Interval.of_days(day), f"hour of the entry, on the page of {anchor.date()}", "printed"))
    return days


def minutes_in(text: str) -> int | None:
    """Minutes after midnight of the hour printed in a text; None where there is none."""
    if "ago" in text.casefold():
        return None
    match = _HOUR.search(text)
    if not match or not (match["m"] or match["half"]):
        return None
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
