"""Find every English time expression in a text.

A scanner, not a set of regular expressions: at each word that can begin an expression the readers below look at a
bounded number of tokens, so that the time is linear in the text whatever it holds.
"""

from __future__ import annotations

from dataclasses import replace

from marchland.dates import clock as clocks
from marchland.dates.moments import Moment, read_moment
from marchland.dates.named import find_phrase
from marchland.dates.points import ends_list, read_day_number
from marchland.dates.ranges import read_range
from marchland.dates.relative import read_deictic, skip_about
from marchland.dates.tokens import Line, tokenize
from marchland.dates.values import Away, Bound, DateExpression, DayPart, NoDay, Point
from marchland.dates.words import TimeWords, load_words

BOUNDS = ("since", "until", "by", "before", "after")
AT_AN_HOUR = ("at", "around", "about", "by", "until", "since", "before", "after")
SOON = 7
"""Days that "shortly before" and "just after" reach."""
LONGEST_LIST = 12


def find_dates(text: str, *, words: TimeWords | None = None) -> tuple[DateExpression, ...]:
    """All time expressions of a text, in order, none overlapping another, the longest taken first at each word."""
    line = tokenize(text, words or load_words())
    found, i = [], 0
    while i < len(line.low):
        hits = read_expressions(line, i) if line.promising[i] else ()
        for begin, hit in hits:
            start, end = line.spans[begin][0], line.spans[hit.after - 1][1]
            found.append(DateExpression(start, end, text[start:end], hit.value, hit.clock))
        i = hits[-1][1].after if hits else i + 1
    return tuple(found)


def read_expressions(line: Line, i: int) -> tuple[tuple[int, Moment], ...]:
    """The expression that begins at `i`, with the days of a list that go on from it: "May 1, 4 and 9"."""
    hit = read_expression(line, i)
    if not hit:
        return ()
    return ((i, hit), *_listed(line, hit)) if isinstance(hit.value, Point) and not hit.clock else ((i, hit),)


def _listed(line: Line, hit: Moment) -> tuple[tuple[int, Moment], ...]:
    """The other days of a list in one month; none when the list does not end like one ("May 1, 4 soldiers ...")."""
    point, j = hit.value, hit.after
    if not isinstance(point, Point) or not _may_go_on(line, point, j):
        return ()
    found: list[tuple[int, Moment]] = []
    last, done = 0, False
    while len(found) < LONGEST_LIST and not done and line.at(j) in (",", "and", "or"):
        done = line.at(j) in ("and", "or") or line.at(j + 1) in ("and", "or")
        k = line.skip(j + 1, "and", "or")
        day = read_day_number(line, k)
        if not day or day[0] <= last or line.at(day[1] - 1) in line.words.ordinals:
            return ()
        last, j = day[0], day[1]
        found.append((k, Moment(replace(point, day=last), None, j)))
    return tuple(found) if (done and ends_list(line, j)) or line.at(j) in (":", "") else ()


def _may_go_on(line: Line, point: Point, after: int) -> bool:
    """Whether a day that ends with its number may be the first of a list: "May 1, ..."."""
    plain = point.month and point.day and not point.year and not point.calendar and point.weekday is None
    return bool(plain) and line.number(after - 1) is not None


def read_expression(line: Line, i: int) -> Moment | None:
    """The expression that begins at token `i`, with its preposition."""
    wrong = clocks.read_no_hour(line, i + 1) if line.at(i) in AT_AN_HOUR else None
    if wrong:
        return Moment(NoDay(wrong[0]), None, wrong[1])
    phrase = _bound_phrase(line, i) or _soon(line, i)
    if phrase:
        return phrase
    side = next((side for side in BOUNDS if line.isin(i, side)), "")
    if side:
        hit = read_moment(line, line.skip(skip_about(line, i + 1), "on", "in"), side)
        bounded = (
            hit and not isinstance(hit.value, NoDay | Away) and not (side == "after" and isinstance(hit.value, DayPart))
        )
        return replace(hit, value=Bound(side, hit.value)) if hit and bounded else _by_now(line, i)
    ranged = read_range(line, i)
    if ranged:
        return ranged
    if line.isin(i, "on") or line.at(i) in ("for", "within", "inside", "from", "since"):
        led = line.at(i)
        straight = read_moment(line, i + 1, led)
        led_to = straight or read_moment(line, skip_about(line, i + 1), led)
        return led_to if led_to and not isinstance(led_to.value, NoDay) else _plain(line, i)
    return _plain(line, i)


def _bound_phrase(line: Line, i: int) -> Moment | None:
    """ "no later than September 11", "ahead of Friday", "as of July 8"."""
    found = find_phrase(line, i, line.words.bounds) if line.at(i) in line.words.bound_heads else None
    if not found:
        return None
    side, j = found
    hit = read_moment(line, line.skip(j, "on", "in", "the"), "since" if side == "at" else side)
    if not hit or isinstance(hit.value, NoDay | Away | DayPart):
        return None
    return hit if side == "at" else replace(hit, value=Bound(side, hit.value))


def _soon(line: Line, i: int) -> Moment | None:
    """ "shortly after Eid", "just before July 8"."""
    if not line.isin(i, "near") or not (line.isin(i + 1, "before") or line.isin(i + 1, "after")):
        return None
    side = line.at(i + 1)
    hit = read_moment(line, i + 2, side)
    dated = hit and isinstance(hit.value, Point) and not hit.clock
    return replace(hit, value=Bound(side, hit.value, SOON)) if hit and dated else None


def _plain(line: Line, i: int) -> Moment | None:
    return read_moment(line, i, "")


def _by_now(line: Line, i: int) -> Moment | None:
    """Phrases that begin with a bound's word and are none: "by now"."""
    deictic = read_deictic(line, i)
    return Moment(deictic[0], deictic[1], deictic[2]) if deictic else None
