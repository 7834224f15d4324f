"""Assessments that are kept: each place is worked out once, and again only after something was written about it.

`Ledger.touch` counts, in the transaction that writes, whatever may change the answer about a place. An assessment is
kept with the count from which it was made and with a hash of the code and data that made it: one that does not match
is never shown, whatever stopped the work. What is shown is the same as if everything were worked out from nothing.

Day of knowledge: "~" stands for everything on record.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from multiprocessing import get_context
from typing import Any

import msgspec

from marchland.errors import StoreFailed
from marchland.ledger.around import NOTHING, Around
from marchland.ledger.assessment import (
    LASTS,
    Assessed,
    Assessment,
    Turn,
    assess,
    begins,
    holding_of,
    packed,
    record_of,
    unpacked,
)
from marchland.ledger.census import around, basis
from marchland.ledger.database import is_address
from marchland.ledger.fuse import Rules
from marchland.ledger.store import Ledger
from marchland.ledger.surroundings import surroundings
from marchland.records import ClaimRow, HoldingRow

LOT = 50
"""Places that are worked out and written at once."""
MANY = 400
"""From so many places on, several processes share the work, where the ledger may have them."""
LATEST = "9999-12-31"
"""The day of knowledge on which everything on record is known."""
_MAKERS = ("ledger", "events", "claims/partytable.py", "places/crossings.py")
_DATA = ("weights.toml", "actors.csv", "crossings.csv")
_TURNS = msgspec.json.Decoder(tuple[Turn, ...])
_STATES = msgspec.json.Decoder(tuple[str, ...])

Changed = Callable[[str, Sequence[HoldingRow], Sequence[HoldingRow]], None]
"""Told of each place worked out anew: its holdings as they were kept before, and as they are now."""


@dataclass(frozen=True, slots=True)
class _Made:
    """An assessment as it is kept; `basis` has the revisions of all places that it rests on."""

    place_id: str
    key: tuple[str, str]
    row: tuple[Any, ...]
    holdings: tuple[tuple[Any, ...], ...]
    basis: tuple[tuple[str, int], ...]


def around_of(ledger: Ledger, rules: Rules, place_id: str, known: dt.date | None) -> tuple[Around, frozenset[str]]:
    """What moves the odds at a place from outside its own claims, and the places whose claims that rests on."""
    place = ledger.place(place_id)
    if place is None:
        return NOTHING, frozenset()
    country = place.country or None
    counted, near = around(ledger, rules, place_id, country, known), surroundings(ledger, rules, place, known)
    beside = Around((*counted.hints, *near[0].hints), (*counted.hazards, *near[0].hazards))
    return beside or NOTHING, basis(ledger, rules, place_id, country) | near[1]


def method(ledger: Ledger) -> str:
    """A hash of everything that makes assessments, but for the claims: the code, the tables, what they do without."""
    return _hashed(tuple(sorted(ledger.without)))


@lru_cache
def _hashed(without: tuple[str, ...]) -> str:
    package, found = files("marchland"), hashlib.sha256("\x1f".join(without).encode())
    for name in _MAKERS:
        entry = package.joinpath(name)
        parts = sorted(entry.iterdir(), key=lambda one: one.name) if entry.is_dir() else [entry]
        for part in (one for one in parts if one.name.endswith(".py")):
            found.update(part.read_bytes())
    for name in _DATA:
        found.update(package.joinpath("lexicons", name).read_bytes())
    return found.hexdigest()[:16]


# -------------------------------------------------------------------------------------------------------------- asking

_FRESH = (
    "a.revision = s.revision AND a.method = ? AND a.known_from <= ? AND ? < a.known_until"
    " AND a.silent_from <= ? AND ? <= a.silent_until"
)


def _fresh(ledger: Ledger, known: str, until: dt.date) -> tuple[str, ...]:
    return (method(ledger), known, known, until.isoformat(), until.isoformat())


def of_place(ledger: Ledger, rules: Rules, place_id: str, known_at: dt.date | None, until: dt.date) -> Assessment:
    """The assessment of one place on what was known by a day; None stands for everything on record."""
    known = known_at.isoformat() if known_at else LATEST
    for _ in range(0 if ledger.supposed else 2):
        found = list(_read(ledger, known, until, place_id=place_id))
        if found:
            return found[0][1]
        try:
            _keep(ledger, [_made(ledger, rules, place_id, known, until)])
        except StoreFailed:
            break  # a read-only copy, a full disk: it is answered all the same, but not kept
    return _assessed(ledger, rules, place_id, known, until)[1]  # or somebody keeps writing about the place


def not_kept(
    ledger: Ledger, rules: Rules, place_id: str, known_at: dt.date, until: dt.date
) -> tuple[Assessment, str]:  # fmt: skip
    """The same as `of_place`, for very many days of knowledge: it is not kept.

    With the first of the days of knowledge for which it stands; empty where it stands for all earlier ones.
    """
    window, made, _ = _assessed(ledger, rules, place_id, known_at.isoformat(), until)
    return made, window[0]


def stands_from(ledger: Ledger, place_id: str) -> str:
    """The first day of knowledge for which the kept assessment on everything on record stands; empty for none kept."""
    query = (
        "SELECT max(a.known_from) FROM assessment a JOIN place_stamp s ON s.place_id = a.place_id"
        " WHERE a.place_id = ? AND a.known_until = ? AND a.revision = s.revision AND a.method = ?"
    )
    (found,) = ledger.database.execute(query, (place_id, LASTS, method(ledger))).fetchone()
    return found or ""


def over_all(
    ledger: Ledger, rules: Rules, known_at: dt.date | None, until: dt.date, at: dt.date | None = None
) -> Iterator[tuple[str, Assessment]]:
    """All places with claims, by id, on what was known by a day; with `at`, only the holdings that may cover it."""
    known = known_at.isoformat() if known_at else LATEST
    try:
        keeps = not ledger.supposed and refresh(ledger, rules, known_at, until) >= 0
    except StoreFailed:
        keeps = False
    if not keeps:  # nothing can be kept, or may be: everything is worked out for this question alone
        places = ledger.database.execute("SELECT place_id FROM place_stamp ORDER BY place_id").fetchall()
        yield from ((place_id, _assessed(ledger, rules, place_id, known, until)[1]) for (place_id,) in places)
        return
    yield from _read(ledger, known, until, at=at)


def kept(
    ledger: Ledger, known_at: dt.date | None, until: dt.date, at: dt.date | None = None, place_id: str | None = None
) -> Iterator[tuple[str, Assessment]]:
    """The same, or of one place, but only of the places that need not be worked out first."""
    return _read(ledger, known_at.isoformat() if known_at else LATEST, until, at=at, place_id=place_id)


def makings(ledger: Ledger, rules: Rules, place_id: str) -> tuple[Sequence[ClaimRow], Rules, Around]:
    """What an assessment of a place on everything on record is made of: its claims, the rules for it, what is around.

    For questions that put something else in their place; nothing is kept.
    """
    decided = ledger.door.judgements(None, place_id)
    rules = replace(rules, judgements=decided) if decided else rules
    return ledger.claims(place_id), rules, around_of(ledger, rules, place_id, None)[0]


def stale(ledger: Ledger, known: str, until: dt.date) -> list[str]:
    """Places of which nothing is kept that still stands, by id."""
    query = (
        "SELECT s.place_id FROM place_stamp s WHERE NOT EXISTS "
        f"(SELECT 1 FROM assessment a WHERE a.place_id = s.place_id AND {_FRESH}) ORDER BY s.place_id"
    )
    return [place_id for (place_id,) in ledger.database.execute(query, _fresh(ledger, known, until))]


def refresh(
    ledger: Ledger, rules: Rules, known_at: dt.date | None, until: dt.date, *, changed: Changed | None = None,
    workers: int | None = None, only: Collection[str] | None = None,
) -> int:  # fmt: skip
    """Work out and keep whatever is out of date, of some places `only` or of all; returns how many places that were.

    With very many of them, a file is read by as many processes as `Ledger.workers` allows, or by `workers`.
    """
    known = known_at.isoformat() if known_at else LATEST
    waiting = [one for one in stale(ledger, known, until) if only is None or one in only]
    workers = workers or (ledger.workers if len(waiting) >= MANY else 1)
    if workers > 1 and _can_be_shared(ledger):
        for made in _pooled(ledger, waiting, known, until, workers):
            _keep(ledger, made, changed)
        return len(waiting)
    for start in range(0, len(waiting), LOT):
        lot = waiting[start : start + LOT]
        _keep(ledger, [_made(ledger, rules, place_id, known, until) for place_id in lot], changed)
    return len(waiting)


def _can_be_shared(ledger: Ledger) -> bool:
    name = ledger.database.name
    return name != ":memory:" and not is_address(name)


# ------------------------------------------------------------------------------------------------------------- reading


def _read(
    ledger: Ledger, known: str, until: dt.date, *, at: dt.date | None = None, place_id: str | None = None
) -> Iterator[tuple[str, Assessment]]:
    """What is kept and stands, by place."""
    covering, day = ("AND h.begins <= ? AND ? < h.ends", (at.isoformat(),) * 2) if at else ("", ())
    which, one = ("AND a.place_id = ?", (place_id,)) if place_id is not None else ("", ())
    query = (
        "SELECT a.place_id, a.silent_from, a.silent_until, a.states, a.turns, a.posterior, h.record "
        "FROM assessment a JOIN place_stamp s ON s.place_id = a.place_id "
        "LEFT JOIN assessed_holding h ON h.place_id = a.place_id AND h.known_from = a.known_from "
        f"AND h.silent_from = a.silent_from {covering} "
        f"WHERE {_FRESH} {which} ORDER BY a.place_id, h.number"
    )
    with ledger.database.snapshot():
        found = ledger.database.stream(query, (*day, *_fresh(ledger, known, until), *one))
        for place, rows in groupby(found, key=lambda row: str(row[0])):
            yield place, _assessment(list(rows))


def _assessment(rows: Sequence[tuple[Any, ...]]) -> Assessment:
    _, silent_from, silent_until, states_record, turns, posterior, _ = rows[0]
    states = _STATES.decode(states_record)
    times, share = unpacked(posterior, len(states))
    holdings = tuple(holding_of(row[-1]) for row in rows if row[-1] is not None)
    return Assessment((silent_from, silent_until), states, times, share, holdings, _TURNS.decode(turns))


# -------------------------------------------------------------------------------------------------------------- making


def _assessed(
    ledger: Ledger, rules: Rules, place_id: str, known: str, until: dt.date
) -> tuple[tuple[str, str], Assessment, frozenset[str]]:
    """The range of days of knowledge, the assessment, and the places that it rests on besides its own claims."""
    asked = None if known == LATEST else dt.date.fromisoformat(known)
    decided = ledger.door.judgements(known if asked else None, place_id)
    rules = replace(rules, judgements=decided) if decided else rules
    beside, others = around_of(ledger, rules, place_id, asked)
    days = sorted({day for one in (place_id, *sorted(others)) for day in ledger.known_days(one)})
    index = bisect_right(days, known)
    window = (days[index - 1] if index else "", days[index] if index < len(days) else LASTS)
    rows = ledger.claims(place_id, known_at=asked) if index else ()
    return window, assess(rows, rules, until, beside), others


def _made(ledger: Ledger, rules: Rules, place_id: str, known: str, until: dt.date) -> _Made:
    with ledger.database.snapshot():
        window, made, others = _assessed(ledger, rules, place_id, known, until)
        rests_on = tuple((one, _revision(ledger, one)) for one in (place_id, *sorted(others)))
    key = (window[0], made.silent[0])
    row = (
        place_id, *window, *made.silent, rests_on[0][1], method(ledger), msgspec.json.encode(made.states).decode(),
        msgspec.json.encode(made.turns).decode(), packed(made),
    )  # fmt: skip
    holdings = tuple(
        (place_id, *key, number, begins(one.row) or "", one.row.until or LASTS, record_of(one))
        for number, one in enumerate(made.rows)
    )
    return _Made(place_id, key, row, holdings, rests_on)


def _revision(ledger: Ledger, place_id: str) -> int:
    found = ledger.database.execute("SELECT revision FROM place_stamp WHERE place_id = ?", (place_id,)).fetchone()
    return int(found[0]) if found else 0


def _keep(ledger: Ledger, made: Sequence[_Made], changed: Changed | None = None) -> None:
    """Write assessments, but for those of places that were written about meanwhile."""
    told: list[tuple[str, list[HoldingRow], list[HoldingRow]]] = []
    with ledger.database.transaction():
        standing = [one for one in made if all(_revision(ledger, place) == count for place, count in one.basis)]
        for one in standing:
            if changed is not None:
                told.append((one.place_id, _before(ledger, one.place_id), _rows(row[-1] for row in one.holdings)))
            _drop(ledger, one)
        db = ledger.database
        db.executemany(f"INSERT INTO assessment VALUES ({','.join('?' * 10)})", [one.row for one in standing])
        db.executemany("INSERT INTO assessed_holding VALUES (?,?,?,?,?,?,?)",
                       [row for one in standing for row in one.holdings])  # fmt: skip
        db.executemany("INSERT INTO place_basis VALUES (?,?) ON CONFLICT DO NOTHING",
                       [(place, one.place_id) for one in standing for place, _ in one.basis[1:]])  # fmt: skip
    for place_id, before, after in told:
        if changed is not None:
            changed(place_id, before, after)


def _drop(ledger: Ledger, made: _Made) -> None:
    """Whatever is out of date for a place, and what stood for another single day of silence, but for the last such day.

    The last day is that of all on record: who asks for an earlier day of knowledge shall not have it worked out again.
    """
    _, _, _, _, _, revision, found_by, *_ = made.row
    ledger.database.execute(
        "DELETE FROM assessment WHERE place_id = ? AND (revision <> ? OR method <> ? OR (known_from = ? AND"
        " (silent_from = ? OR (silent_from = silent_until AND (silent_from < ? OR silent_from < (SELECT"
        " max(b.silent_from) FROM assessment b WHERE b.place_id = assessment.place_id"
        " AND b.known_from = assessment.known_from))))))",
        (made.place_id, revision, found_by, *made.key, made.key[1]),
    )
    ledger.database.execute(
        "DELETE FROM assessed_holding WHERE place_id = ? AND NOT EXISTS (SELECT 1 FROM assessment a "
        "WHERE a.place_id = assessed_holding.place_id AND a.known_from = assessed_holding.known_from "
        "AND a.silent_from = assessed_holding.silent_from)",
        (made.place_id,),
    )


def _before(ledger: Ledger, place_id: str) -> list[HoldingRow]:
    """The holdings on everything on record as they were last kept, out of date or not."""
    found = ledger.database.execute(
        "SELECT h.record FROM assessment a JOIN assessed_holding h ON h.place_id = a.place_id "
        "AND h.known_from = a.known_from AND h.silent_from = a.silent_from "
        "WHERE a.place_id = ? AND a.known_until = ? ORDER BY a.known_from, a.silent_from, h.number",
        (place_id, LASTS),
    )
    return _rows(record for (record,) in found)


def _rows(records: Iterator[str]) -> list[HoldingRow]:
    found: list[Assessed] = [holding_of(record) for record in records]
    return [one.row for one in found]


# -------------------------------------------------------------------------------------------------- several processors

_worker: dict[str, Any] = {}


def _begin(name: str, without: Collection[str]) -> None:
    """Open the ledger in a process of the pool."""
    from marchland.ledger.parties import shipped_rules  # noqa: PLC0415  only where it is needed

    _worker["ledger"], _worker["rules"] = Ledger.open(name, create=False), shipped_rules(without)
    _worker["ledger"].without = without


def _work(task: tuple[list[str], str, dt.date]) -> list[_Made]:
    places, known, until = task
    return [_made(_worker["ledger"], _worker["rules"], place_id, known, until) for place_id in places]


def _pooled(ledger: Ledger, places: Sequence[str], known: str, until: dt.date, workers: int) -> Iterator[list[_Made]]:
    """Assessments from a pool of processes, in the order of the places; only a few lots wait to be written."""
    tasks = [(list(places[start : start + LOT]), known, until) for start in range(0, len(places), LOT)]
    given = (ledger.database.name, tuple(ledger.without))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=given) as pool:
        waiting = deque(pool.submit(_work, task) for task in tasks[: 2 * workers])
        for task in [*tasks[2 * workers :], *[None] * len(waiting)]:
            yield waiting.popleft().result()
            if task is not None:
                waiting.append(pool.submit(_work, task))
