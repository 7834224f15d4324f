"""When a page was published: a cascade of cues, each an interval with its words; an impossible one is refused aloud."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from marchland.read.lines import Reader
from marchland.read.stamps import interval_of
from marchland.read.story import Story
from marchland.records import Interval

EARLIEST = dt.date(1990, 1, 1)
"""Nothing was published on the web before."""
AHEAD = dt.timedelta(days=2)
"""A page may be dated so far after the reader's clock: clocks and time zones differ."""
INFER_FROM = 50_000
"""Characters in which dates are looked for to infer one."""
_PATH = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<mark>[/-])(?P<m>\d{1,2})(?:(?P=mark)(?P<d>\d{1,2}))?(?=[/_.-]|$|\?)"
)
_NAMED = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[/-](?P<m>[a-z]{3,9})(?:[/-](?P<d>\d{1,2}))?(?=[/_-]|$)", re.IGNORECASE
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>20[0-4]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=\D|\d{4}(?:\d\d)?(?:\D|$)|$)")
_COMPACT_LONG = re.compile(r"(?P<y>20[0-4]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)\d{1,10}(?=\D|$)")
_GIVEN = re.compile(r"\s*(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?)?(?:[T\s].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cue:
    """One answer to "when was this published": the interval and where it was read."""

    interval: Interval | None
    how: str


@dataclass(frozen=True, slots=True)
class Dates:
    """What the page says of its own date besides its text."""

    given: str | None = None
    """The row's own `published`."""
    markup: tuple[Cue, ...] = ()
    """Dates in the markup of an HTML page, best first."""


def published_of(story: Story, url: str | None, dates: Dates, reader: Reader, now: dt.datetime) -> Cue:
    """The first plausible cue; `how` names it, the cues that were refused, and says "inferred" where it is so."""
    refused: list[str] = []
    for cue in _cues(story, url, dates, reader):
        if cue.interval is None:
            refused.append(cue.how)
            continue
        why = _implausible(cue.interval, now)
        if why:
            refused.append(f"{cue.how} refused: {why}")
            continue
        return _with_refusals(_narrowed(cue, story, reader, now), refused)
    inferred = _inferred(story.text, now)
    return _with_refusals(inferred, refused)


def given_interval(text: str) -> Interval | None:
    """The interval of "2021-07-09", "2021-07" or "2021", with or without an hour; None for anything else."""
    match = _GIVEN.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(match[group]) if match[group] else None for group in "ymd")
    if month is None:
        first, last = interval_of(year or 0, 1, None), interval_of(year or 0, 12, None)
        return Interval(first.start, last.end) if first and last else None
    return interval_of(year or 0, month, day)


def address_interval(url: str, reader: Reader) -> tuple[Interval, str] | None:
    """The date written in an address (/2021/07/09/, /20210709/, /2021/jul/09/), and its words."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url, flags=re.IGNORECASE)
    months: tuple[Interval, str] | None = None
    for pattern in (_PATH, _NAMED, _COMPACT, _COMPACT_LONG):
        for match in pattern.finditer(path):
            month = match["m"] if match["m"].isdigit() else reader.words.months.get(match["m"].casefold(), 0)
            interval = interval_of(int(match["y"]), int(month), int(match["d"]) if match["d"] else None)
            if interval and match["d"]:
                return interval, match.group()
            if interval and pattern is not _NAMED and match["mark"] == "/":
                months = months or (interval, match.group())
    return months


def _cues(story: Story, url: str | None, dates: Dates, reader: Reader) -> Iterator[Cue]:
    if dates.given:
        interval = given_interval(dates.given)
        how = "given with the page" if interval else f'the given date "{dates.given[:40]}" is no date'
        yield Cue(interval, f"{how}: {dates.given[:40]}" if interval else how)
    yield from dates.markup
    address = address_interval(url, reader) if url else None
    if address and _is_day(address[0]):
        yield Cue(address[0], f'address: "{address[1]}"')
    stamps = list(_stamped(story, reader))
    yield from stamps
    if address:
        yield Cue(address[0], f'address: "{address[1]}"')
    if story.dateline and story.dateline.date:
        hint = _inferred_only(story.text)
        yield from _of_dateline(story.dateline.date, hint, reader)


def _stamped(story: Story, reader: Reader) -> Iterator[Cue]:
    """Printed dates: the dateline's when it has a year, then the earliest stamp.

    The earliest, because the clock of the site and the hour of the last change are always later.
    """
    if story.dateline:
        for found in reader.dates.full(story.dateline.date):
            yield Cue(found.interval, f'dateline: "{found.text}"')
    printed = [(found, stamp) for stamp in story.stamps for found in reader.dates.full(stamp) if found.interval]
    printed.sort(key=lambda pair: (pair[0].day is None, pair[0].year, pair[0].month, pair[0].day or 0))
    rivals = len({(found.year, found.month, found.day) for found, _ in printed})
    for found, stamp in printed:
        of = f", the earliest of {rivals}" if rivals > 1 else ""
        yield Cue(found.interval, f'printed date{of}: "{stamp[:80]}"')


def _of_dateline(words: str, hint: Interval | None, reader: Reader) -> Iterator[Cue]:
    """A dateline without a year, in the year that lies nearest to the hint."""
    if hint is None or hint.first_day is None:
        return
    near = hint.first_day
    for found in reader.dates.yearless(words):
        tries = [replace(found, year=near.year + step).interval for step in (-1, 0, 1)]
        known = [interval for interval in tries if interval and interval.first_day]
        if known:
            best = min(known, key=lambda interval: abs(((interval.first_day or near) - near).days))
            yield Cue(best, f'dateline "{found.text}", its year inferred from the text')
            return


def _narrowed(cue: Cue, story: Story, reader: Reader, now: dt.datetime) -> Cue:
    """A month narrowed to a day by the dateline or by the dates in the text, when these lie inside it."""
    if cue.interval is None or _is_day(cue.interval):
        return cue
    inside: list[Cue] = []
    if story.dateline and story.dateline.date:
        inside.extend(_of_dateline(story.dateline.date, cue.interval, reader))
    inside.append(_inferred(story.text, now))
    for other in inside:
        if other.interval and _lies_in(other.interval, cue.interval):
            return Cue(other.interval, f"{cue.how}; the day {other.how}")
    return cue


def _inferred(text: str, now: dt.datetime) -> Cue:
    from marchland.dates import infer_published  # noqa: PLC0415  - only pages without a printed date need it

    interval, how = infer_published(text[:INFER_FROM])
    if interval is None:
        return Cue(None, f"not known: {how}" if how else "not known: no date is printed or can be inferred")
    why = _implausible(interval, now)
    if why:
        return Cue(None, f"not known; inferred date refused: {why}")
    return Cue(interval, how if "inferred" in how else f"inferred from {how}")


def _inferred_only(text: str) -> Interval | None:
    from marchland.dates import infer_published  # noqa: PLC0415

    return infer_published(text[:INFER_FROM])[0]


def _with_refusals(cue: Cue, refused: list[str]) -> Cue:
    return Cue(cue.interval, "; ".join([cue.how, *refused]))


def _implausible(interval: Interval, now: dt.datetime) -> str:
    """Why nothing can have been published then, or an empty string."""
    first, last = interval.first_day, interval.last_day
    limit = now.date() + AHEAD
    if last is not None and last < EARLIEST:
        return f"{last} lies before {EARLIEST.year}"
    if first is not None and first > limit:
        return f"{first} lies after {limit}, in the future"
    return ""


def _is_day(interval: Interval) -> bool:
    return interval.first_day is not None and interval.first_day == interval.last_day


def _lies_in(inner: Interval, outer: Interval) -> bool:
    if inner.start is None or inner.end is None or outer.start is None or outer.end is None:
        return False
    return outer.start <= inner.start and inner.end <= outer.end and inner != outer
