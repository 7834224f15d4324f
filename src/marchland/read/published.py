"""When a page was published: a cascade of cues, each an interval with its words; an impossible one is refused aloud."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from marchland.read.lines import Reader
from marchland.read.settings import alternatives
from marchland.read.stamps import interval_of
from marchland.read.story import Story
from marchland.records import DateCue, Interval

EARLIEST = dt.date(1990, 1, 1)
"""Nothing was published on the web before."""
AHEAD = dt.timedelta(days=2)
"""A page may be dated so far after the reader's clock: clocks and time zones differ."""
MAX_RIVALS = 12
REPRINT = 400
"""Characters at both ends of a story in which the day of its first printing is looked for."""
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
class Dates:
    """What is known of the date of a story besides its text."""

    given: str | None = None
    """The row's own `published`."""
    given_how: str = "given with the page"
    own: tuple[DateCue, ...] = ()
    """Dates that the markup ties to this story, best first."""
    page: tuple[DateCue, ...] = ()
    """Dates of the whole page; for a story that stands beside others they come last."""
    fetched: str | None = None
    """When the page was crawled, ISO 8601: nothing was published later, and that day itself proves nothing."""
    last: Callable[[], Iterator[DateCue]] | None = None
    """Costly cues, asked for only when all others fail."""


def published_of(
    story: Story, url: str | None, dates: Dates, reader: Reader, now: dt.datetime
) -> tuple[DateCue, tuple[DateCue, ...]]:
    """The first plausible cue, and its rivals; `how` names cue and refusals, and says "inferred" where it is so."""
    refused: list[DateCue] = []
    cues = _cues(story, url, dates, reader)
    for cue in cues:
        why = _implausible(cue, dates.fetched, now) if cue.interval else "no date"
        if why:
            refused.append(replace(cue, refused=why))
            continue
        chosen = _narrowed(cue, story, reader, now)
        rivals = [other for other in (*refused, *_outranked(cues)) if other.interval != chosen.interval]
        return _with_refusals(chosen, refused), tuple(rivals[:MAX_RIVALS])
    for cue in dates.last() if dates.last else ():
        if cue.interval and not _implausible(cue, dates.fetched, now):
            return _with_refusals(cue, refused), tuple(refused[:MAX_RIVALS])
    return _with_refusals(_inferred(story.text, now), refused), tuple(refused[:MAX_RIVALS])


def updated_of(story: Story, cues: tuple[DateCue, ...], published: DateCue, reader: Reader) -> DateCue | None:
    """When the story was last changed: what the markup says, else the latest stamp with a word for it.

    A change before the day of publication is none.
    """
    printed = [
        DateCue(found.interval, f'printed: "{stamp[:80]}"', "updated")
        for stamp in story.stamps
        if not reader.words.changed.isdisjoint(stamp.casefold().replace(":", " ").split())
        for found in reader.dates.full(stamp)
    ]
    known = [cue for cue in (*cues, *printed) if cue.interval and cue.interval.start]
    first = published.interval.start if published.interval else None
    later = [
        cue for cue in known if first is None or (cue.interval and cue.interval.start and cue.interval.start >= first)
    ]
    return max(later, key=lambda cue: (cue.interval.start if cue.interval else None) or dt.datetime.min, default=None)


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


def _cues(story: Story, url: str | None, dates: Dates, reader: Reader) -> Iterator[DateCue]:
    if dates.given:
        interval = given_interval(dates.given)
        how = dates.given_how if interval else f'the given date "{dates.given[:40]}" is no date'
        yield DateCue(interval, f"{how}: {dates.given[:40]}" if interval else how, "given")
    yield from _first_printed(story, reader)
    address = address_interval(url, reader) if url else None
    where = [DateCue(address[0], f'address: "{address[1]}"', "address")] if address else []
    # Markup that dates a page days after its own address tells when the site was moved or the text last touched.
    if where and _is_day(where[0].interval) and any(_lies_after(cue.interval, where[0].interval) for cue in dates.own):
        yield where.pop()
    yield from dates.own
    if where and _is_day(where[0].interval):
        yield where.pop()
    yield from _stamped(story, reader)
    yield from where
    if story.dateline and story.dateline.date:
        hint = next((cue.interval for cue in dates.page if cue.interval), None) or _inferred_only(story.text)
        yield from _of_dateline(story.dateline.date, hint, reader)
    yield from dates.page


def _outranked(cues: Iterator[DateCue]) -> Iterator[DateCue]:
    for _, cue in zip(range(MAX_RIVALS), cues, strict=False):
        if cue.interval:
            yield cue


def _first_printed(story: Story, reader: Reader) -> Iterator[DateCue]:
    """A reprint names the day of its first printing: that is the day from which it was known."""
    pattern = re.compile(rf"\b(?:{alternatives(reader.words.first_printed)})\b([^\n]{{0,120}})", re.IGNORECASE)
    for words in (*story.stamps, *story.marks, story.text[:REPRINT], story.text[-REPRINT:]):
        for match in pattern.finditer(words):
            for found in reader.dates.full(match.group(1))[:1]:
                yield DateCue(found.interval, f'first printed: "{match.group()[:80].strip()}"', "printed")


def _stamped(story: Story, reader: Reader) -> Iterator[DateCue]:
    """Printed dates: the dateline's when it has a year, then the earliest stamp.

    The earliest, because the clock of the site and the hour of the last change are always later.
    """
    if story.dateline:
        for found in reader.dates.full(story.dateline.date):
            yield DateCue(found.interval, f'dateline: "{found.text}"', "dateline")
    printed = [(found, stamp) for stamp in story.stamps for found in reader.dates.full(stamp) if found.interval]
    printed.sort(key=lambda pair: (pair[0].day is None, pair[0].year, pair[0].month, pair[0].day or 0))
    rivals = len({(found.year, found.month, found.day) for found, _ in printed})
    for found, stamp in printed:
        of = f", the earliest of {rivals}" if rivals > 1 else ""
        changed = not reader.words.changed.isdisjoint(stamp.casefold().replace(":", " ").split())
        yield DateCue(found.interval, f'printed date{of}: "{stamp[:80]}"', "updated" if changed else "printed")


def _of_dateline(words: str, hint: Interval | None, reader: Reader) -> Iterator[DateCue]:
    """A dateline without a year, in the year that lies nearest to the hint."""
    if hint is None or hint.first_day is None:
        return
    near = hint.first_day
    for found in reader.dates.yearless(words):
        tries = [replace(found, year=near.year + step).interval for step in (-1, 0, 1)]
        known = [interval for interval in tries if interval and interval.first_day]
        if known:
            best = min(known, key=lambda interval: abs(((interval.first_day or near) - near).days))
            yield DateCue(best, f'dateline "{found.text}", its year inferred from the text', "dateline")
            return


def _narrowed(cue: DateCue, story: Story, reader: Reader, now: dt.datetime) -> DateCue:
    """A month narrowed to a day by the dateline or by the dates in the text, when these lie inside it."""
    if cue.interval is None or _is_day(cue.interval):
        return cue
    inside: list[DateCue] = []
    if story.dateline and story.dateline.date:
        inside.extend(_of_dateline(story.dateline.date, cue.interval, reader))
    inside.append(_inferred(story.text, now))
    for other in inside:
        if other.interval and _lies_in(other.interval, cue.interval):
            return replace(cue, interval=other.interval, how=f"{cue.how}; the day {other.how}")
    return cue


def _inferred(text: str, now: dt.datetime) -> DateCue:
    from marchland.dates import infer_published  # noqa: PLC0415  - only pages without a printed date need it

    interval, how = infer_published(text[:INFER_FROM])
    if interval is None:
        return DateCue(None, f"not known: {how}" if how else "not known: no date is printed or can be inferred")
    cue = DateCue(interval, how if "inferred" in how else f"inferred from {how}", "inferred")
    why = _implausible(cue, None, now)
    return DateCue(None, f"not known; inferred date refused: {why}", "inferred", why) if why else cue


def _inferred_only(text: str) -> Interval | None:
    from marchland.dates import infer_published  # noqa: PLC0415

    return infer_published(text[:INFER_FROM])[0]


def _with_refusals(cue: DateCue, refused: list[DateCue]) -> DateCue:
    said = (
        other.how if other.interval is None else f"{other.how} refused: {other.refused}"
        for other in refused
        if not _is_placeholder(other)
    )
    return replace(cue, how="; ".join([cue.how, *said]))


def _is_placeholder(cue: DateCue) -> bool:
    """Whether the markup holds a day that a program wrote for "none", such as 0001-01-01 or 1970-01-01."""
    last = cue.interval.last_day if cue.interval else None
    return cue.kind in ("linked-data", "meta", "time-tag") and last is not None and last < EARLIEST


def _implausible(cue: DateCue, fetched: str | None, now: dt.datetime) -> str:
    """Why nothing can have been published then, or an empty string."""
    if cue.interval is None:
        return ""
    first, last = cue.interval.first_day, cue.interval.last_day
    limit = now.date() + AHEAD
    if last is not None and last < EARLIEST:
        return f"{last} lies before {EARLIEST.year}"
    if first is not None and first > limit:
        return f"{first} lies after {limit}, in the future"
    crawled = given_interval(fetched) if fetched else None
    if crawled and crawled.last_day and first is not None and first > crawled.last_day + AHEAD:
        return f"{first} lies after the page was crawled"
    return ""


def _lies_after(interval: Interval | None, other: Interval | None) -> bool:
    first, last = interval.first_day if interval else None, other.last_day if other else None
    return first is not None and last is not None and first > last + AHEAD


def _is_day(interval: Interval | None) -> bool:
    return interval is not None and interval.first_day is not None and interval.first_day == interval.last_day


def _lies_in(inner: Interval, outer: Interval) -> bool:
    if inner.start is None or inner.end is None or outer.start is None or outer.end is None:
        return False
    return outer.start <= inner.start and inner.end <= outer.end and inner != outer
