"""What the map shows of all places, held in memory as it is kept in the ledger, and made into answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import msgspec

from marchland.errors import StoreFailed
from marchland.ledger import mapped
from marchland.ledger.shown import EPOCH
from marchland.ledger.store import Ledger
from marchland.service.desk import Desk
from marchland.service.holders import HolderStyle, drawn, styles
from marchland.views.columns import (
    STATUSES,
    Columns,
    CrossingColumns,
    Holders,
    LaneColumns,
    PlaceColumns,
    SpellColumns,
    numbered,
    thinned,
)
from marchland.views.words import clean

MOST_DAYS = 400
"""Days of knowledge on the map's slider."""
FEW = 60
"""Places that are out of date and are worked out while the question waits, though a helper works on them, too."""
PATIENCE = 1.0
"""Seconds for which it then waits."""
CHUNK = 6000
"""Versions of places in one answer about earlier days, about."""
_LOOK_BACK = 60


class MapAnswer(msgspec.Struct, frozen=True):
    """Places with their holders over time, in columns."""

    revision: str
    """A word for the state of the record."""
    made: int
    """Ask for the places that changed after this answer with `since`."""
    waiting: int
    """Places that are still to be worked out; what is shown of them is missing or out of date."""
    first: int
    """First day of the slider for "held when", in days since 1970-01-01."""
    horizon: int
    """The last day on record."""
    days: list[int]
    """Days on which anything became known; of more than 400, some that are spread evenly."""
    holders: list[HolderStyle]
    statuses: list[str]
    kinds: list[str]
    places: PlaceColumns
    spells: SpellColumns
    lanes: LaneColumns
    crossings: CrossingColumns


class Versions(msgspec.Struct, frozen=True):
    """Earlier versions of places."""

    place: list[int]
    """Number in `places`."""
    known_from: list[int]
    known_until: list[int]
    """The first day of knowledge for which it does not stand."""


class PastAnswer(msgspec.Struct, frozen=True):
    """What was known of places on earlier days. The spells and lanes have numbers of versions in place of places."""

    done: int
    """Places whose earlier days are worked out."""
    of: int
    made: int
    """Ask for what comes after this answer with `since`."""
    more: bool
    """Whether more is there already."""
    holders: list[HolderStyle]
    places: list[str]
    """Their ids; each is here with all its versions, which take the place of those given before."""
    versions: Versions
    spells: SpellColumns
    lanes: LaneColumns


class Atlas:
    """The map of one ledger. Its methods may be called from several threads."""

    def __init__(self, desk: Desk, helped: Callable[[], bool]) -> None:
        """While `helped` is true, somebody else works out what is out of date, and only a few places are done here."""
        self._desk, self._helped = desk, helped
        self._lock = threading.Lock()
        self._now: dict[str, mapped.Now] = {}
        self._seen = self._waiting = 0
        self._state = ""
        self._first = 0
        self._about: dict[str, Any] = {}
        self._places: dict[str, tuple[Any, ...]] = {}
        self._body: tuple[str, bytes] = ("", b"")

    def now(self) -> tuple[str, bytes]:
        """A word for the answer and the answer about all places, as JSON."""
        with self._lock, self._desk.reader() as ledger:
            key = self._renew(ledger, ())
            if self._body[0] != key:
                self._body = (key, msgspec.json.encode(self._answer(ledger, sorted(self._places))))
            return self._body

    def some(self, place_ids: Collection[str], since: int | None) -> MapAnswer:
        """The answer about some places, and about all that changed after an earlier answer."""
        with self._lock, self._desk.reader() as ledger:
            self._renew(ledger, place_ids)
            changed = {one.place_id for one in self._now.values() if since is not None and one.made > since}
            return self._answer(ledger, sorted((changed | set(place_ids)) & self._places.keys()))

    def past(self, since: int) -> PastAnswer:
        """The earlier versions of places that were worked out after an earlier answer."""
        with self._desk.reader() as ledger:
            marks = mapped.Marks(ledger)
            waiting = len(mapped.stale_past(ledger, marks))
            rows, made, more = mapped.read_past(ledger, since, CHUNK)
            return _past(ledger, rows, len(marks.revisions) - waiting, len(marks.revisions), made, more)

    # ------------------------------------------------------------------------------------------------------- renewing

    def _renew(self, ledger: Ledger, asked: Collection[str]) -> str:
        """Bring what is in memory to the present state of the ledger; a word for it."""
        revision = self._desk.revision()
        if self._waiting or (revision, mapped.last_lot(ledger)) != (self._state, self._seen):
            if revision != self._state:
                self._about, self._places = _about(ledger), _places(ledger)
            self._work(ledger, asked)
            self._state = revision
        return f"{self._state}-{self._seen}-{self._waiting}"

    def _work(self, ledger: Ledger, asked: Collection[str]) -> None:
        marks = mapped.Marks(ledger)
        stale = mapped.stale_now(ledger, marks)
        helped = self._helped()
        first = [one for one in stale if one in asked] if helped and (asked or len(stale) > FEW) else stale
        try:
            mapped.keep_now(ledger, first, marks, within=PATIENCE if helped else None)
            stale = mapped.stale_now(ledger, marks) if first else stale
            found = mapped.read_now(ledger, self._seen)
        except StoreFailed:  # a copy that cannot be written
            found, stale = mapped.unkept(ledger, stale, marks), []
        self._now |= {one.place_id: one for one in found}
        self._seen = max([self._seen, *(one.made for one in found)])
        self._waiting = len(stale)
        self._first = self._begins()

    # -------------------------------------------------------------------------------------------------------- telling

    def _answer(self, ledger: Ledger, place_ids: Sequence[str]) -> MapAnswer:
        made = Columns(Holders((one.id, one.name) for one in styles(ledger)))
        for number, place_id in enumerate(place_ids):
            if place_id in self._now:
                made.add(number, self._now[place_id].shown)
        rows = [self._places[one] for one in place_ids]
        kinds = numbered(row[2] or "" for row in rows)
        known = [self._now.get(one) for one in place_ids]
        places = PlaceColumns(
            list(place_ids), [clean(row[1], limit=200) for row in rows], [kinds[row[2] or ""] for row in rows],
            [clean(row[3] or "") for row in rows], [clean(row[4] or "", limit=200) for row in rows],
            [row[5] for row in rows], [row[6] for row in rows],
            [_day(one.known_first) if one else None for one in known],
            [_day(one.known_from) if one else None for one in known],
        )  # fmt: skip
        return MapAnswer(
            revision=self._state, made=self._seen, waiting=self._waiting, first=self._first, **self._about,
            holders=drawn(made.holders.pairs()), statuses=list(STATUSES), kinds=list(kinds), places=places,
            spells=made.spells, lanes=made.lanes, crossings=made.crossings,
        )  # fmt: skip

    def _begins(self) -> int:
        """The first change on record; what is told of long before the first report does not stretch the slider."""
        days: list[int] = self._about["days"] or [self._about["horizon"]]
        early = days[0] - _LOOK_BACK
        begun = (spell.begins for one in self._now.values() for spell in one.shown.spells if spell.early is not None)
        return min([days[0], *(day for day in begun if day >= early)])


def _past(ledger: Ledger, rows: Iterable[mapped.Past], done: int, of: int, made: int, more: bool) -> PastAnswer:
    rows = list(rows)
    columns = Columns(Holders((one.id, one.name) for one in styles(ledger)))
    places = numbered(one.place_id for one in rows)
    versions = [one for one in rows if one.known_from]
    for number, one in enumerate(versions):
        columns.add(number, one.shown)
    told = Versions(
        [places[one.place_id] for one in versions], [_day(one.known_from) or 0 for one in versions],
        [_day(one.known_until) or 0 for one in versions],
    )  # fmt: skip
    return PastAnswer(done, of, made, more, drawn(columns.holders.pairs()), list(places), told, columns.spells,
                      columns.lanes)  # fmt: skip


def _about(ledger: Ledger) -> dict[str, Any]:
    """The days of the record."""
    found = ledger.database.execute("SELECT DISTINCT known FROM claim ORDER BY known")
    days = [day for (known,) in found if (day := _day(known)) is not None]
    return {"horizon": mapped.horizon(ledger).toordinal() - EPOCH, "days": thinned(days, MOST_DAYS)}


def _places(ledger: Ledger) -> dict[str, tuple[Any, ...]]:
    """The places that claims are about, by id."""
    found = ledger.database.execute(
        "SELECT p.place_id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon FROM place p"
        " JOIN place_stamp s ON s.place_id = p.place_id ORDER BY p.place_id"
    )
    return {row[0]: tuple(row) for row in found}


def _day(known: str) -> int | None:
    return mapped.number(known)
