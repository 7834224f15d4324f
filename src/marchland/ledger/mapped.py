"""What the map shows of every place on both clocks, kept in the ledger until something is written about the place.

There is one version of a place for each stretch of days between those on which something about the place itself became
known, worked out as on the last day of that stretch; a long stretch has several, where something became known about
what lies around the place. So a version may know of its neighbours what became known some days later, up to `SLACK` or
a third of the stretch, and that moves its probabilities a little: `query.who` has them exactly. Of a place with very
many days only `MOST` stretches are kept apart, spread evenly.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import msgspec

from marchland.ledger import query
from marchland.ledger.assess import method, not_kept, of_place, stands_from
from marchland.ledger.assessment import LASTS
from marchland.ledger.borders import BorderClaim, reaching
from marchland.ledger.database import Kept
from marchland.ledger.shown import EPOCH, Shown, shown
from marchland.ledger.store import Ledger

MOST = 200
"""Versions of one place."""
SLACK = 30
"""Days of knowledge within which one version will do, though something became known about the neighbours."""
LOT = 25
"""Places that are worked out and written at once."""
MOST_REMEMBERED = 100_000
_SHOWN: Kept[Shown] = Kept(Shown, "map_now")
_NEXT = "SELECT coalesce(max(made), 0) FROM {}"


@dataclass(frozen=True, slots=True)
class Now:
    """What the map shows of one place on everything on record."""

    place_id: str
    known_first: str
    known_from: str
    silent: tuple[str, str]
    revision: int
    method: str
    made: int
    shown: Shown


@dataclass(frozen=True, slots=True)
class Past:
    """What it showed of one place on the days of knowledge from `known_from` to the day before `known_until`."""

    place_id: str
    known_from: str
    known_until: str
    made: int
    shown: Shown


def horizon(ledger: Ledger) -> dt.date:
    """The last day on record: to it silence counts."""
    return ledger.last_day() or dt.date(1970, 1, 1)


def number(day: str) -> int | None:
    """Days since 1970-01-01 of an ISO day; None for what is none."""
    try:
        return dt.date.fromisoformat(day).toordinal() - EPOCH
    except ValueError:
        return None


# ------------------------------------------------------------------------------------------------------- what is stale


class Marks:
    """By what a kept version of a place is known to stand: the place's revision, and a word for what it is made of."""

    def __init__(self, ledger: Ledger) -> None:
        self.revisions: dict[str, int] = dict(ledger.database.execute("SELECT place_id, revision FROM place_stamp"))
        borders = sum(self.revisions.get(one, 0) for one in ledger.place_ids(kind="country"))
        self._plain, self._crossing = method(ledger), f"{method(ledger)}/{borders}"
        listed = query.listed_crossings() & self.revisions.keys()
        self.crossings = frozenset({*ledger.place_ids(kind="crossing"), *listed})

    def method(self, place_id: str) -> str:
        """What makes its versions, apart from its own claims; whole borders are closed by claims on countries."""
        return self._crossing if place_id in self.crossings else self._plain

    def stand(self, place_id: str, revision: int, made_by: str) -> bool:
        """Whether a version still stands."""
        return self.revisions.get(place_id) == revision and self.method(place_id) == made_by

    def stands(self, one: Now, until: str) -> bool:
        """Whether a present version still stands where silence counts to a day, ISO 8601."""
        return self.stand(one.place_id, one.revision, one.method) and one.silent[0] <= until <= one.silent[1]


def stale_now(ledger: Ledger, marks: Marks) -> list[str]:
    """Places whose present version is not kept, or no longer stands, by id."""
    until = horizon(ledger).isoformat()
    asked = "SELECT place_id, revision, method FROM map_now WHERE silent_from <= ? AND ? <= silent_until"
    return _others(marks, ledger.database.execute(asked, (until, until)))


def stale_past(ledger: Ledger, marks: Marks) -> list[str]:
    """Places whose earlier versions are not kept, or no longer stand, by id."""
    asked = "SELECT place_id, revision, method FROM map_past WHERE known_from = ''"
    return _others(marks, ledger.database.execute(asked))


def _others(marks: Marks, kept: Iterable[tuple[str, int, str]]) -> list[str]:
    standing = {place_id for place_id, revision, by in kept if marks.stand(place_id, revision, by)}
    return sorted(set(marks.revisions) - standing)


# ------------------------------------------------------------------------------------------------------------- keeping


def keep_now(ledger: Ledger, place_ids: Sequence[str], marks: Marks, *, within: float | None = None) -> int:
    """Work out the present versions of places and keep them; how many were done in so many seconds (None: all)."""
    until, begun, done = horizon(ledger), time.monotonic(), 0
    borders = query.borders_told(ledger, None) if marks.crossings.intersection(place_ids) else []
    size = LOT if within is None else 5
    for start in range(0, len(place_ids), size):
        if within is not None and time.monotonic() - begun > within:
            break
        lot = place_ids[start : start + size]
        _put_now(ledger, [_now(ledger, one, until, marks, borders) for one in lot])
        done += len(lot)
    return done


def unkept(ledger: Ledger, place_ids: Sequence[str], marks: Marks) -> list[Now]:
    """The present versions of places in a ledger that cannot be written."""
    until, borders = horizon(ledger), query.borders_told(ledger, None)
    rows = (_now(ledger, one, until, marks, borders) for one in place_ids)
    return [_read(*(*row[:7], 0, row[8])) for row in rows]


def _now(
    ledger: Ledger, place_id: str, until: dt.date, marks: Marks, borders: Sequence[BorderClaim]
) -> tuple[Any, ...]:
    made = of_place(ledger, query.rules_alone(ledger), place_id, None, until)
    lanes = query.crossing(ledger, place_id, until, None, borders, made=made) if place_id in marks.crossings else ()
    found, days = shown(made, query.rules_alone(ledger), lanes), _days(ledger, place_id, marks)
    silent = (until.isoformat(),) * 2 if lanes else made.silent
    first, last = (days[0], days[-1]) if days else ("", "")
    around = stands_from(ledger, place_id)
    last = around if last and _apart(last, around) >= SLACK else last
    spells = [(*party, found.holder.count(number)) for number, party in enumerate(found.parties)]
    return (place_id, first, last, *silent, marks.revisions[place_id], marks.method(place_id),
            msgspec.json.encode(spells).decode(), msgspec.json.encode(found).decode())  # fmt: skip


def _put_now(ledger: Ledger, rows: Sequence[tuple[object, ...]]) -> None:
    db = ledger.database
    with db.transaction():
        lot = _next(ledger)
        db.executemany("DELETE FROM map_now WHERE place_id = ?", [row[:1] for row in rows])
        db.executemany("INSERT INTO map_now VALUES (?,?,?,?,?,?,?,?,?,?)", [(*row[:7], lot, *row[7:]) for row in rows])


def keep_past(ledger: Ledger, place_ids: Sequence[str], marks: Marks) -> Iterator[int]:
    """Work out the earlier versions of places and keep them; tells after every few places how many are done."""
    for start in range(0, len(place_ids), LOT):
        lot = place_ids[start : start + LOT]
        rows = [row for one in lot for row in _past(ledger, one, marks)]
        db = ledger.database
        with db.transaction():
            number = _next(ledger)
            db.executemany("DELETE FROM map_past WHERE place_id = ?", [(one,) for one in lot])
            db.executemany("INSERT INTO map_past VALUES (?,?,?,?,?,?,?)", [(*row[:5], number, row[5]) for row in rows])
        if len(ledger.memo) > MOST_REMEMBERED:
            ledger.memo.clear()  # what was worked out around each place on each of the days
        yield start + len(lot)


def _past(ledger: Ledger, place_id: str, marks: Marks) -> Iterator[tuple[object, ...]]:
    """The rows of one place; the first, before anything was known, says that the others are there."""
    by = (marks.revisions[place_id], marks.method(place_id))
    days = _days(ledger, place_id, marks)
    yield (place_id, "", days[0] if days else LASTS, *by, msgspec.json.encode(Shown()).decode())
    present = _present_from(ledger, place_id)
    if days and present > days[-1]:
        days = (*days, present)
    for known_from, known_until in windows(days):
        for since, end, found in _pieces(ledger, place_id, known_from, known_until, place_id in marks.crossings):
            yield (place_id, since, end, *by, msgspec.json.encode(found).decode())


def _present_from(ledger: Ledger, place_id: str) -> str:
    """From which day of knowledge on the present version stands; empty where none is kept."""
    found = ledger.database.execute("SELECT known_from FROM map_now WHERE place_id = ?", (place_id,)).fetchone()
    return str(found[0]) if found else ""


def _pieces(
    ledger: Ledger, place_id: str, known_from: str, known_until: str, lanes: bool
) -> list[tuple[str, str, Shown]]:  # fmt: skip
    """The versions of one stretch, in order of time: the last first worked out, each reaching back as far as it may."""
    least, found, end = max(SLACK, _apart(known_from, known_until) // 3), [], known_until
    while end > known_from:
        made, stands = as_known(ledger, place_id, _before(end, 1), lanes=lanes)
        since = max(known_from, min(stands, _before(end, least).isoformat()))
        since = since if _apart(known_from, since) >= SLACK else known_from
        found.append((since, end, made))
        end = since
    return found[::-1]


def _apart(day: str, later: str) -> int:
    """Days from one to another; 0 where either is none."""
    one, other = number(day), number(later)
    return 0 if one is None or other is None else other - one


def _before(day: str, days: int) -> dt.date:
    return dt.date.fromisoformat(day) - dt.timedelta(days=days)


def as_known(ledger: Ledger, place_id: str, known: dt.date, *, lanes: bool) -> tuple[Shown, str]:
    """What the map shows of a place as it was known on a day, and the first day of knowledge for which it is that."""
    rules = query.rules_alone(ledger)
    made, stands = not_kept(ledger, rules, place_id, known, known)
    if not lanes:
        return shown(made, rules), stands
    borders = query.borders_told(ledger, known)
    return shown(made, rules, query.crossing(ledger, place_id, known, known, borders, made=made)), stands


def windows(days: Sequence[str]) -> list[tuple[str, str]]:
    """The stretches between days, from each to the next; of more than `MOST`, some are joined with their next."""
    found = list(pairwise(days))
    if len(found) <= MOST:
        return found
    ends = [found[round(number * (len(found) - 1) / (MOST - 1))][1] for number in range(MOST)]
    return list(pairwise([days[0], *ends]))


def _days(ledger: Ledger, place_id: str, marks: Marks) -> tuple[str, ...]:
    """The days on which something about a place became known; of a crossing, also those of claims on its border."""
    days, place = ledger.known_days(place_id), ledger.place(place_id) if place_id in marks.crossings else None
    posts = query.posts_of(place) if place else None
    if posts is None or not days:
        return days
    told = reaching(query.borders_told(ledger, None), posts)
    more = {row.published for row in told if row.published and row.published > days[0]}
    return tuple(sorted({*days, *more}))


def _next(ledger: Ledger) -> int:
    found = (ledger.database.execute(_NEXT.format(table)).fetchone()[0] for table in ("map_now", "map_past"))
    return max(map(int, found)) + 1


# ------------------------------------------------------------------------------------------------------------- reading


def read_now(ledger: Ledger, since: int = 0) -> list[Now]:
    """The present versions that were written after a lot; those out of date are among them."""
    asked = (
        "SELECT place_id, known_first, known_from, silent_from, silent_until, revision, method, made, record"
        " FROM map_now WHERE made > ? AND substr(method, 1, ?) = ?"
    )
    return [_read(*row) for row in ledger.database.execute(asked, (since, *_readable(ledger)))]


def _read(
    place_id: str, first: str, last: str, silent_from: str, silent_until: str, revision: int, by: str, made: int,
    record: str,
) -> Now:  # fmt: skip
    return Now(place_id, first, last, (silent_from, silent_until), revision, by, made, _SHOWN.decode(record))


def read_past(ledger: Ledger, since: int, most: int) -> tuple[list[Past], int, bool]:
    """The earlier versions that were written after a lot, whole lots of about `most` rows; the last lot; if more are.

    Each place that is among them is there with all its versions.
    """
    ends = "SELECT made FROM map_past WHERE made > ? ORDER BY made LIMIT ?"
    found = [made for (made,) in ledger.database.execute(ends, (since, most + 1))]
    if not found:
        return [], since, False
    more = len(found) > most
    last = max((made for made in found if made < found[-1]), default=found[-1]) if more else found[-1]
    asked = (
        "SELECT place_id, known_from, known_until, made, record FROM map_past WHERE made > ? AND made <= ?"
        " AND substr(method, 1, ?) = ?"
        " ORDER BY place_id, known_from"
    )
    rows = ledger.database.execute(asked, (since, last, *_readable(ledger)))
    found = [Past(place_id, first, end, made, _SHOWN.decode(record)) for place_id, first, end, made, record in rows]
    return found, last, more


def _readable(ledger: Ledger) -> tuple[int, str]:
    """Only what this code has made is read: what another one made may have another form."""
    return len(method(ledger)), method(ledger)


def last_lot(ledger: Ledger) -> int:
    """Number of the lot that was written last; 0 for none."""
    return _next(ledger) - 1


def spell_counts(ledger: Ledger) -> Mapping[tuple[str, str], int]:
    """How many spells each holder has in the present versions, by its id and name."""
    counted: dict[tuple[str, str], int] = {}
    for (parties,) in ledger.database.execute("SELECT parties FROM map_now"):
        for party_id, name, count in msgspec.json.decode(parties):
            counted[party_id, name] = counted.get((party_id, name), 0) + count
    return counted


def post_counts(ledger: Ledger) -> Mapping[str, int]:
    """How many lanes have each party at one of their posts in the present versions, told or presumed, by its name."""
    counted: dict[str, int] = {}
    crossings = {*ledger.place_ids(kind="crossing"), *query.listed_crossings()}
    asked = "SELECT record FROM map_now WHERE place_id = ? AND substr(method, 1, ?) = ?"
    for (place_id,) in ledger.database.execute("SELECT place_id FROM map_now").fetchall():
        if place_id not in crossings:
            continue
        for (record,) in ledger.database.execute(asked, (place_id, *_readable(ledger))).fetchall():
            for lane in _SHOWN.decode(record).lanes:
                for name in {lane.a_holder, lane.b_holder, lane.a_presumed, lane.b_presumed} - {None}:
                    counted[str(name)] = counted.get(str(name), 0) + 1
    return counted
